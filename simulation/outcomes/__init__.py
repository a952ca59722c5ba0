"""Outcomes of a run: what is reported, in which unit, and what it means."""

from simulation.outcomes.compliance import COMPLIANCE_OUTCOMES
from simulation.outcomes.integrity import INTEGRITY_OUTCOMES
from simulation.outcomes.money import MONEY_OUTCOMES
from simulation.outcomes.outcome import Outcome, finished_months
from simulation.outcomes.price import PRICE_OUTCOMES
from simulation.outcomes.registry import REGISTRY_OUTCOMES
from simulation.outcomes.surplus import SURPLUS_OUTCOMES
from simulation.outcomes.trade import TRADE_OUTCOMES
from simulation.state import State

__all__ = ["OUTCOMES", "Outcome", "finished_months", "measure"]

OUTCOMES = (
    *TRADE_OUTCOMES, *PRICE_OUTCOMES, *MONEY_OUTCOMES, *SURPLUS_OUTCOMES, *REGISTRY_OUTCOMES,
    *COMPLIANCE_OUTCOMES, *INTEGRITY_OUTCOMES,
)


def measure(state: State) -> dict[str, float | int | None]:
    """Every outcome of a run.

    Parameters
    ----------
    state : State

    Returns
    -------
    dict
        Name to number, in the order of `OUTCOMES`.
    """
    return {outcome.name: outcome.of(state) for outcome in OUTCOMES}
