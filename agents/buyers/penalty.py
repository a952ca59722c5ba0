"""The penalty for emissions left uncovered, with or without making them good."""

from typing import Literal

from agents.compiled import rule
from agents.parameters import Parameters, param
from agents.vocabulary import PenaltyForm, Regime

__all__ = ["PenaltyParameters", "cost_of_making_good", "penalty_price", "prefers_penalty"]


class PenaltyParameters(Parameters):
    """Penalty for a shortfall; a multiple of the price is `compliance.penalty_multiple`."""

    form: Literal["multiple", "fixed"] = param(
        "multiple", unit="name", role="lever",
        source="a multiple of the mean price before the deadline (background, unsourced)",
        label="Form of the penalty", label_zh="罚款形式",
    )
    fixed_yuan_per_t: float = param(
        300.0, unit="yuan/t", low=0, high=10_000, role="lever",
        source="about five times the allowance mean of 2025; assumption A41",
        label="Fixed penalty for a tonne not covered", label_zh="固定罚款标准",
    )
    make_good: bool = param(
        False, unit="1", role="lever",
        source="an equal cut of later allocation for refusal (background, unsourced); assumption "
        "A41",
        label="Shortfall is owed again", label_zh="缺口须于次年补足",
    )


@rule
def penalty_price(form, multiple, fixed, allowance_price):
    """Penalty for a tonne left uncovered.

    Parameters
    ----------
    form : PenaltyForm
    multiple : of the allowance price
    fixed, allowance_price : yuan/t

    Returns
    -------
    yuan/t
    """
    if form == PenaltyForm.FIXED:
        return fixed
    return multiple * allowance_price


@rule
def cost_of_making_good(kind, make_good, allowance_price, penalty, worth):
    """What a tonne left uncovered costs at the next deadline, in today's money.

    Parameters
    ----------
    kind : Regime
    make_good : whether it is owed again
    allowance_price, penalty : yuan/t
    worth : see `agents.expectations.worth_later`

    Returns
    -------
    yuan/t

    Notes
    -----
    It is covered then by an allowance, and under a duty to neutralise, where a firm that lacked
    credits once counts on none, by the penalty; further deadlines are not looked at: assumption
    A41. Without allowances or a duty there is no penalty, and nothing to make good.
    """
    if not make_good:
        return 0.0
    if kind == Regime.NEUTRALISATION:
        return penalty * worth
    if kind == Regime.CAP or kind == Regime.ABSOLUTE:
        return allowance_price * worth
    return 0.0


@rule
def prefers_penalty(allowance_price, penalty, later):
    """Whether being without an allowance is cheaper than buying one.

    Parameters
    ----------
    allowance_price, penalty : yuan/t
    later : see `cost_of_making_good`, yuan/t

    Returns
    -------
    bool; who is indifferent complies
    """
    return penalty + later < allowance_price
