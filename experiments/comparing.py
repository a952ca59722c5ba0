"""Compare scenarios with common luck: replicate by replicate, then the differences."""

from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any, NamedTuple

from experiments.intervals import Interval, interval_of, paired_difference
from experiments.seeds import replicate_seed
from experiments.workers import Workers, workers
from simulation.errors import InputError
from simulation.outcomes import OUTCOMES
from simulation.results import simulate
from simulation.scenario import Scenario

__all__ = ["Comparison", "Variant", "compare"]

Values = dict[str, float | int | None]


class Variant(NamedTuple):
    """One scenario of a comparison.

    Attributes
    ----------
    scenario : Scenario
    values : dict
        Outcome name to its values, one a replicate.
    varied : tuple of (str, str)
        Parameters that were varied in the comparison, and their values as given.
    """

    scenario: Scenario
    values: dict[str, list[float | int | None]]
    varied: tuple[tuple[str, str], ...] = ()

    def interval(self, name: str) -> Interval:
        """Mean of an outcome over replicates."""
        return interval_of(self.values[name])


class Comparison(NamedTuple):
    """Scenarios run with the same seeds; the first is what the others are held against.

    Attributes
    ----------
    variants : list of Variant
    base_seed : int
    replicates : int
    """

    variants: list[Variant]
    base_seed: int
    replicates: int

    def difference(self, variant: Variant, name: str, against: Variant | None = None) -> Interval:
        """Mean paired difference of an outcome against a variant, by default the first."""
        other = against or self.variants[0]
        return paired_difference(variant.values[name], other.values[name])

    def summary(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        names = [outcome.name for outcome in OUTCOMES]
        first = self.variants[0]
        return {
            "version": version("swcmarket"),
            "base_seed": self.base_seed,
            "replicates": self.replicates,
            "confidence": 0.95,
            "scenarios": [
                {
                    **_identity(variant),
                    "outcomes": {name: variant.interval(name)._asdict() for name in names},
                }
                for variant in self.variants
            ],
            "differences": [
                {
                    **_identity(variant),
                    "against": first.scenario.name,
                    "against_mechanism": first.scenario.market.mechanism,
                    "outcomes": {
                        name: self.difference(variant, name)._asdict() for name in names
                    },
                }
                for variant in self.variants[1:]
            ],
        }


def _identity(variant: Variant) -> dict[str, Any]:
    scenario = variant.scenario
    return {
        "scenario": scenario.name,
        "mechanism": scenario.market.mechanism,
        "scenario_hash": scenario.fingerprint,
        **({"varied": dict(variant.varied)} if variant.varied else {}),
    }


def _replicate(scenarios: Sequence[Scenario], seed: int) -> list[Values]:
    """Outcomes of every scenario with one seed."""
    return [simulate(scenario, seed).outcomes for scenario in scenarios]


def compare(
    scenarios: Sequence[Scenario],
    *,
    replicates: int = 30,
    base_seed: int = 1,
    advance: Callable[[], None] = lambda: None,
    spread: Workers | None = None,
    varied: Sequence[tuple[tuple[str, str], ...]] = (),
) -> Comparison:
    """Run scenarios with common luck.

    Parameters
    ----------
    scenarios : sequence of Scenario
        The first is what the others are held against.
    replicates : int
        Runs of each scenario.
    base_seed : int
    advance : callable
        Called after every run.
    spread : callable, optional
        Processes of `experiments.workers.workers`; this one where not given.
    varied : sequence, optional
        What was varied in each scenario; see `Variant`.

    Returns
    -------
    Comparison

    Raises
    ------
    InputError
        When scenarios are in different currencies.
    InvariantError
        When the model breaks one of its own laws.
    """
    currencies: dict[str, list[str]] = {}
    for scenario in scenarios:
        currencies.setdefault(scenario.currency, []).append(scenario.name)
    if len(currencies) > 1:
        named = ", ".join(
            f"{' and '.join(dict.fromkeys(names))} in {currency}"
            for currency, names in currencies.items()
        )
        raise InputError(
            f"amounts of money are {named}: their differences would mean nothing. Compare "
            "scenarios of one currency."
        )

    def ended() -> None:
        for _ in scenarios:
            advance()

    tasks = [(scenarios, replicate_seed(base_seed, number)) for number in range(replicates)]
    with workers(1) as here:
        rows = (spread or here)(_replicate, tasks, ended)
    variants = [
        Variant(
            scenario, {o.name: [row[place][o.name] for row in rows] for o in OUTCOMES},
            varied[place] if varied else (),
        )
        for place, scenario in enumerate(scenarios)
    ]
    return Comparison(variants, base_seed, replicates)
