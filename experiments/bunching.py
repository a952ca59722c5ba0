"""When in the year compliance buyers buy: with the pace of a scenario, and with an even one."""

import csv
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from agents.parameters import month_number
from experiments.intervals import Interval, interval_of
from experiments.seeds import replicate_seed
from experiments.workers import Workers, workers
from simulation.reference_data import DATA
from simulation.scenario import Scenario
from simulation.world import World

__all__ = [
    "EVEN", "LAST_MONTHS", "PaceCase", "RecordedVolume", "bunching", "deadline_of", "even_pace",
    "intended", "last_share", "november_ratio", "pace_of", "recorded_volumes", "runs",
]

EVEN = 1.0
# What counts as just before the deadline.
LAST_MONTHS = 3
MONTHS = 12


class RecordedVolume(NamedTuple):
    """Daily volume of the national allowance market in some months of its first year.

    Attributes
    ----------
    first, last : int
        Month numbers.
    volume_mt_per_day : float
    at_least : bool
        Whether the record gives a lower bound.
    source : str
    """

    first: int
    last: int
    volume_mt_per_day: float
    at_least: bool
    source: str


class PaceCase(NamedTuple):
    """Purchases for compliance by month, under one pricing rule, at one room and pace.

    Attributes
    ----------
    mechanism : str
    room : float
        Compliance room divided by annual issuance.
    whole : bool
        Whether all of the offset limit is open.
    pace : float
        1 even, more is later.
    profiles : float array, shape (replicates, 12)
        Purchases of each month of the year, January first, divided by the mean of the twelve; over
        all whole years in which the credit counts. NaN where nothing is bought.
    """

    mechanism: str
    room: float
    whole: bool
    pace: float
    profiles: np.ndarray

    def month(self, month: int) -> Interval:
        """Purchases of a month of the year, 1 to 12, relative to the mean month."""
        return interval_of(_known(self.profiles[:, month - 1]))


def _known(values: np.ndarray) -> list[float | None]:
    return [float(value) if np.isfinite(value) else None for value in values]


def deadline_of(scenario: Scenario) -> int:
    """Month of the year in which obligations are settled, 1 to 12."""
    return scenario.compliance.deadline_month


def pace_of(scenario: Scenario) -> float:
    """Pace of the firms that owe something; that of the first group where they differ."""
    return next((group.pace for group in scenario.firms if group.covered), EVEN)


def even_pace(scenario: Scenario) -> Scenario:
    """The same scenario, but every firm buys evenly over the year."""
    firms = tuple(group.model_copy(update={"pace": EVEN}) for group in scenario.firms)
    return scenario.model_copy(update={"firms": firms})


def intended(pace: float, months: int = LAST_MONTHS, deadline: int = MONTHS) -> float:
    """Share of a year's purchases that firms want to make in the last months.

    Parameters
    ----------
    pace : 1 even, more is later
    months : before and with the deadline
    deadline : month of the year

    Returns
    -------
    0 to 1; what they get depends on supply as well
    """
    return 1.0 - ((deadline - months) / deadline) ** pace


def last_share(case: PaceCase, deadline: int = MONTHS) -> list[float | None]:
    """Share of yearly purchases made in the last three months to the deadline, by replicate."""
    rows = [(deadline - 1 - back) % MONTHS for back in range(LAST_MONTHS)]
    return _known(case.profiles[:, rows].sum(axis=1) / MONTHS)


def november_ratio(case: PaceCase) -> list[float | None]:
    """November against the mean of August to October, as far as the record goes, by replicate."""
    before = case.profiles[:, 7:10].mean(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return _known(case.profiles[:, 10] / before)


def recorded_volumes() -> list[RecordedVolume]:
    """What data/allowance_volume.csv records.

    Returns
    -------
    list of RecordedVolume
        In the order of time.
    """
    with (DATA / "allowance_volume.csv").open(encoding="utf-8", newline="") as file:
        return [
            RecordedVolume(
                month_number(row["month_first"]), month_number(row["month_last"]),
                float(row["volume_mt_per_day"]), row["bound"] == "at least", row["source"],
            )
            for row in csv.DictReader(file)
        ]


def _profile(scenario: Scenario, seed: int) -> np.ndarray:
    world = World(scenario, seed)
    world.run()
    monthly = world.state.monthly
    # A year that begins or ends within the run, or in which the credit begins to count, is no year.
    years = monthly.month // MONTHS
    whole = [
        year for year in np.unique(years)
        if (years == year).sum() == MONTHS and monthly.eligible[years == year].all()
    ]
    counted = np.isin(years, whole)
    bought = np.bincount(
        monthly.month[counted] % MONTHS, monthly.compliance_t[counted], minlength=MONTHS
    )
    total = bought.sum()
    return bought * MONTHS / total if total > 0 else np.full(MONTHS, np.nan)


def runs(places: int, replicates: int) -> int:
    """Number of runs that `bunching` makes."""
    return 2 * places * replicates


def bunching(
    scenario: Scenario,
    places: Sequence[tuple[str, float]],
    whole_room: float,
    *,
    replicates: int,
    base_seed: int = 1,
    advance: Callable[[], None] = lambda: None,
    spread: Workers | None = None,
) -> list[PaceCase]:
    """Run a world with its own pace and with an even one, at several rooms.

    Parameters
    ----------
    scenario : Scenario
        In which the credit counts for compliance.
    places : sequence of (str, float)
        Pricing rule, and compliance room divided by annual issuance.
    whole_room : float
        The most room there is, in the same unit.
    replicates : int
        With common luck.
    base_seed : int
    advance : callable
        Called after every run.
    spread : callable, optional
        Processes of `experiments.workers.workers`; this one where not given.

    Returns
    -------
    list of PaceCase
        For each place, the scenario's pace and then the even one.
    """
    seeds = [replicate_seed(base_seed, number) for number in range(replicates)]
    cases, tasks = [], []
    for mechanism, asked in places:
        room = min(asked, whole_room)
        market = scenario.market.model_copy(update={"mechanism": mechanism})
        compliance = scenario.compliance.model_copy(update={"room_share": room / whole_room})
        open_to = scenario.model_copy(update={"market": market, "compliance": compliance})
        for altered in (open_to, even_pace(open_to)):
            cases.append((mechanism, room, room == whole_room, pace_of(altered)))
            tasks += [(altered, seed) for seed in seeds]
    with workers(1) as here:
        profiles = (spread or here)(_profile, tasks, advance)
    return [
        PaceCase(*case, np.array(profiles[place * replicates : (place + 1) * replicates]))
        for place, case in enumerate(cases)
    ]
