"""What integrity costs: tonnes over the years, and the price of a real tonne over audits."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from experiments.intervals import Interval, interval_of, paired_difference
from experiments.seeds import replicate_seed
from experiments.workers import Workers, workers
from simulation.outcomes import measure
from simulation.scenario import Scenario
from simulation.timeline import Event
from simulation.world import World

__all__ = ["AUDITS", "NET", "PATHS", "SWEPT", "IntegrityCase", "integrity_case", "runs"]

# Chance that an issue is audited.
AUDITS = (0.0, 0.1, 0.2, 0.4, 0.7, 1.0)
# Outcomes that are followed over them.
SWEPT = (
    "price_yuan_per_t", "cost_yuan_per_real_t", "real_share_of_claims", "over_crediting_share",
    "trust", "found_t", "spot_audit_cost_yuan", "volume_t", "retired_real_t",
)
# Parts of the net effect, for volunteers alone and where the credit counts for compliance.
NET = ("additional_t", "licensed_t", "net_effect_t")
# Columns of `monthly` that are followed over time, and whether they are added up.
PATHS = {
    "verified": ("verified_t", True), "issued": ("issued_t", True), "retired": ("retired_t", False),
    "additional": ("additional_t", True), "cancelled": ("cancelled_t", False),
    "buffer": ("buffer_t", False),
}
MONTHS = 12


class IntegrityCase(NamedTuple):
    """A world in which not all that is issued is real.

    Attributes
    ----------
    scenario : Scenario
        With volunteers alone, and the audits that it ships with.
    years : tuple of int
    paths : dict
        Name in `PATHS` to its tonnes at the end of each year; float array, shape (replicates,
        years).
    audits : tuple of float
    swept : dict
        Outcome to its values; one list for each audit probability, one value a replicate.
    net : dict
        Outcome in `NET` to its values for volunteers alone, and with eligibility.
    eligible_from : int
        Month in which the credit comes to count in the second.
    """

    scenario: Scenario
    years: tuple[int, ...]
    paths: dict[str, np.ndarray]
    audits: tuple[float, ...]
    swept: dict[str, list[list[float | None]]]
    net: dict[str, list[list[float | None]]]
    eligible_from: int

    def at(self, name: str, place: int) -> Interval:
        """Mean of an outcome at one audit probability."""
        return interval_of(self.swept[name][place])

    def change(self, name: str, place: int) -> Interval:
        """Paired difference of an outcome against no audits."""
        return paired_difference(self.swept[name][place], self.swept[name][0])

    def path(self, name: str, year: int) -> Interval:
        """Mean of a path at the end of a year, counted from 0."""
        return interval_of([float(value) for value in self.paths[name][:, year]])


Run = tuple[dict[str, list[float]], dict[str, float | int | None]]


def _run(scenario: Scenario, seed: int) -> Run:
    world = World(scenario, seed)
    world.run()
    monthly = world.state.monthly
    ends = np.flatnonzero(monthly.month % MONTHS == MONTHS - 1)
    paths = {}
    for name, (column, added) in PATHS.items():
        values = monthly[column].astype(float)
        paths[name] = (np.cumsum(values) if added else values)[ends].tolist()
    return paths, measure(world.state)


def runs(replicates: int) -> int:
    """Number of runs that `integrity_case` makes."""
    return (len(AUDITS) + 2) * replicates


def integrity_case(
    scenario: Scenario,
    eligible: Event,
    replicates: int,
    base_seed: int = 1,
    *,
    advance: Callable[[], None] = lambda: None,
    spread: Workers | None = None,
) -> IntegrityCase:
    """Run a world as it ships, over audit probabilities, and with eligibility.

    Parameters
    ----------
    scenario : Scenario
        With volunteers alone.
    eligible : Event
        After which the credit counts for compliance.
    replicates : int
        With common luck.
    base_seed : int
    advance : callable
        Called after every run.
    spread : callable, optional
        Processes of `experiments.workers.workers`; this one where not given.

    Returns
    -------
    IntegrityCase
    """
    seeds = [replicate_seed(base_seed, number) for number in range(replicates)]
    counting = scenario.model_copy(update={"events": (*scenario.events, eligible)})
    cases: Sequence[Scenario] = [
        scenario, counting,
        *(scenario.with_levers({"spot_audit.probability": chance}) for chance in AUDITS),
    ]
    tasks = [(case, seed) for case in cases for seed in seeds]
    with workers(1) as here:
        found: list[Run] = (spread or here)(_run, tasks, advance)
    own, other, *swept = (
        found[place * replicates : (place + 1) * replicates] for place in range(len(cases))
    )
    first, last = scenario.start // MONTHS, (scenario.stop - 1) // MONTHS
    years = tuple(
        year for year in range(first, last + 1)
        if scenario.start <= year * MONTHS + MONTHS - 1 < scenario.stop
    )
    return IntegrityCase(
        scenario, years,
        {name: np.array([paths[name] for paths, _ in own]) for name in PATHS}, AUDITS,
        {name: [[outcomes[name] for _, outcomes in case] for case in swept] for name in SWEPT},
        {name: [[outcomes[name] for _, outcomes in case] for case in (own, other)]
         for name in NET},
        eligible.effective,
    )
