"""Laboratory sessions compared: several markets, strategies or institutions, many seeds."""

from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any, NamedTuple

from experiments.intervals import Interval, interval_of, paired_difference
from experiments.seeds import replicate_seed
from experiments.workers import Workers, workers
from simulation.laboratory import LaboratoryScenario, simulate_laboratory
from simulation.laboratory.outcomes import SESSION_OUTCOMES

__all__ = ["SessionComparison", "SessionVariant", "compare_sessions"]


class SessionVariant(NamedTuple):
    """One laboratory scenario of a comparison.

    Attributes
    ----------
    scenario : LaboratoryScenario
    values : dict
        Outcome name to its values, one a replicate.
    """

    scenario: LaboratoryScenario
    values: dict[str, list[float | None]]

    def interval(self, name: str) -> Interval:
        """Mean of an outcome over replicates."""
        return interval_of(self.values[name])

    def identity(self) -> dict[str, str]:
        """Name, institution, strategies and hash."""
        rules = self.scenario.laboratory
        return {
            "scenario": self.scenario.name,
            "institution": rules.institution,
            "buyers": rules.buyers,
            "sellers": rules.sellers,
            "scenario_hash": self.scenario.fingerprint,
        }


class SessionComparison(NamedTuple):
    """Laboratory scenarios run with the same seeds.

    Attributes
    ----------
    variants : list of SessionVariant
    base_seed : int
    replicates : int
    """

    variants: list[SessionVariant]
    base_seed: int
    replicates: int

    def summary(self) -> dict[str, Any]:
        """Everything, ready for JSON.

        Differences are against the first variant, of those that trade its schedule: between two
        schedules a difference of prices says nothing.
        """
        names = [outcome.name for outcome in SESSION_OUTCOMES]
        first, *others = self.variants
        return {
            "version": version("swcmarket"),
            "base_seed": self.base_seed,
            "replicates": self.replicates,
            "confidence": 0.95,
            "scenarios": [
                {
                    **variant.identity(),
                    "outcomes": {name: variant.interval(name)._asdict() for name in names},
                }
                for variant in self.variants
            ],
            "differences": [
                {
                    **variant.identity(),
                    "against": first.identity(),
                    "outcomes": {
                        name: paired_difference(variant.values[name], first.values[name])._asdict()
                        for name in names
                    },
                }
                for variant in others
                if variant.scenario.schedule == first.scenario.schedule
            ],
        }


def _replicate(
    scenarios: Sequence[LaboratoryScenario], seed: int
) -> list[dict[str, float | None]]:
    return [simulate_laboratory(scenario, seed).outcomes for scenario in scenarios]


def compare_sessions(
    scenarios: Sequence[LaboratoryScenario],
    *,
    replicates: int = 30,
    base_seed: int = 1,
    advance: Callable[[], None] = lambda: None,
    spread: Workers | None = None,
) -> SessionComparison:
    """Run laboratory scenarios with common luck.

    Parameters
    ----------
    scenarios : sequence of LaboratoryScenario
    replicates : int
        Sessions of each.
    base_seed : int
    advance : callable
        Called after every session.
    spread : callable, optional
        Processes of `experiments.workers.workers`; this one where not given.

    Returns
    -------
    SessionComparison
    """
    def ended() -> None:
        for _ in scenarios:
            advance()

    tasks = [(scenarios, replicate_seed(base_seed, number)) for number in range(replicates)]
    with workers(1) as here:
        rows = (spread or here)(_replicate, tasks, ended)
    variants = [
        SessionVariant(
            scenario, {o.name: [row[place][o.name] for row in rows] for o in SESSION_OUTCOMES}
        )
        for place, scenario in enumerate(scenarios)
    ]
    return SessionComparison(variants, base_seed, replicates)
