"""What an announcement does, apart from what the rule does once it is in force.

For every announced event, three worlds with the same luck: as the scenario has it; with this event
a surprise, announced when it takes effect; and without it. Their differences before the date are
the effect of the announcement, after it that of the rule, and of having known it.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from agents.parameters import month_text
from experiments.intervals import Interval, paired_difference
from experiments.seeds import replicate_seed
from experiments.workers import Workers, workers
from simulation.errors import InputError
from simulation.scenario import Scenario
from simulation.world import World

__all__ = [
    "MEASURES", "PARTS", "Announcement", "Window", "announcements_of", "measure", "nobody_acts",
    "summary", "windows_of",
]

MEASURES = (
    "price_yuan_per_t", "volume_t", "voluntary_t", "proceeds_yuan", "green_held_t",
    "allowance_price_yuan_per_t", "allowances_held_t", "shortfall_t",
)
PARTS = ("before", "after", "surprise", "known")
Row = dict[str, float | None]


class Window(NamedTuple):
    """Months between an announcement and its date, and those after it.

    Attributes
    ----------
    event : int
        Place of the event in the scenario.
    announced, effective, stop : int
        Month numbers; `stop` is the month after the last.
    """

    event: int
    announced: int
    effective: int
    stop: int


class Announcement(NamedTuple):
    """Effects of an announced event.

    Attributes
    ----------
    scenario : Scenario
    window : Window
    replicates : int
    before : dict
        Measure to its paired difference, between announcement and date, against no such event.
    after : dict
        The same from the date on.
    surprise : dict
        From the date on, had nobody known.
    known : dict
        From the date on, what having known changes: `after` less `surprise`, paired.
    """

    scenario: Scenario
    window: Window
    replicates: int
    before: dict[str, Interval]
    after: dict[str, Interval]
    surprise: dict[str, Interval]
    known: dict[str, Interval]


def windows_of(scenario: Scenario) -> list[Window]:
    """Months that announcements are about.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    list of Window
        One for each event that is announced ahead and takes effect within the run, by its date.

    Raises
    ------
    InputError
        When there is none, or agents know the whole timeline from the first month.
    """
    if scenario.expectations.foresight == "perfect":
        raise InputError(
            f"{scenario.name}: expectations.foresight = 'perfect' knows every event from the first "
            "month, so nothing can be a surprise. Set it to 'announced'."
        )
    ahead = [
        (row, event) for row, event in enumerate(scenario.events)
        if event.announced < event.effective
    ]
    if not ahead:
        raise InputError(
            f"{scenario.name}: no event is announced before it takes effect. Give one an earlier "
            "`announced`."
        )
    found = [
        Window(row, max(event.announced, scenario.start), event.effective, scenario.stop)
        for row, event in ahead if scenario.start < event.effective < scenario.stop
    ]
    if not found:
        raise InputError(
            f"{scenario.name}: no announced event takes effect between the second month "
            f"{month_text(scenario.start + 1)} and the last {month_text(scenario.stop - 1)}. Move "
            "start or months."
        )
    return sorted(found, key=lambda window: window.effective)


def nobody_acts(scenario: Scenario) -> bool:
    """Whether nothing in a scenario looks ahead, so that announcements can change nothing.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    bool
    """
    if scenario.expectations.horizon_months == 0:
        return True
    strategies = {group.strategy or scenario.quote.strategy for group in scenario.projects}
    return (
        "storage" not in strategies and scenario.voluntary.green_reserve_weight == 0.0
        and scenario.banking.rule == "none"
    )


def measure(world: World, first: int, stop: int) -> Row:
    """Trade of a world in some months.

    Parameters
    ----------
    world : World
        Run to its end.
    first, stop : int
        Month numbers; `stop` is not counted.

    Returns
    -------
    dict
        Holdings and the allowance price are means of the months; a price is None where there is
        none.
    """
    months = world.state.monthly
    months = months[(months.month >= first) & (months.month < stop)]
    volume, value = int(months.volume_t.sum()), int(months.value_fen.sum())
    kept = int(months.price_difference_fen.sum() + months.reserve_value_fen.sum())

    def mean(name: str) -> float | None:
        return float(np.mean(months[name])) if len(months) else None

    return {
        "price_yuan_per_t": value / volume / 100.0 if volume else None,
        "volume_t": float(volume),
        "voluntary_t": float(months.voluntary_t.sum()),
        "proceeds_yuan": (value - kept) / 100.0,
        "green_held_t": mean("green_held_t"),
        "allowance_price_yuan_per_t": mean("allowance_price"),
        "allowances_held_t": mean("allowances_held_t"),
        "shortfall_t": float(months.shortfall_t.sum()),
    }


def _worlds(scenario: Scenario, windows: Sequence[Window]) -> list[Scenario]:
    # As it is; then for each event, without news of it, and without it.
    found = [scenario]
    for window in windows:
        events = list(scenario.events)
        event = events[window.event]
        events[window.event] = event.model_copy(update={"announced": event.effective})
        found.append(scenario.model_copy(update={"events": tuple(events)}))
        del events[window.event]
        found.append(scenario.model_copy(update={"events": tuple(events)}))
    return found


def _replicate(
    worlds: Sequence[Scenario], windows: Sequence[Window], seed: int
) -> list[list[tuple[Row, Row]]]:
    # World by world, window by window: before the date, and from it on.
    found = []
    for scenario in worlds:
        world = World(scenario, seed)
        world.run()
        found.append([
            (measure(world, window.announced, window.effective),
             measure(world, window.effective, window.stop))
            for window in windows
        ])
    return found


def announcements_of(
    scenario: Scenario, *, replicates: int = 30, base_seed: int = 1,
    advance: Callable[[], None] = lambda: None, spread: Workers | None = None,
) -> list[Announcement]:
    """Effects of what a scenario announces, event by event.

    Parameters
    ----------
    scenario : Scenario
    replicates : int
    base_seed : int
    advance : callable
        Called after every replicate.
    spread : callable, optional
        Processes of `experiments.workers.workers`; this one where not given.

    Returns
    -------
    list of Announcement

    Raises
    ------
    InputError
        When nothing is announced ahead.
    """
    windows = windows_of(scenario)
    worlds = _worlds(scenario, windows)
    tasks = [(worlds, windows, replicate_seed(base_seed, each)) for each in range(replicates)]
    with workers(1) as here:
        runs = (spread or here)(_replicate, tasks, advance)

    def differ(world: int, against: int, window: int, part: int) -> dict[str, Interval]:
        return {
            name: paired_difference(
                [run[world][window][part][name] for run in runs],
                [run[against][window][part][name] for run in runs],
            )
            for name in MEASURES
        }

    found = []
    for row, window in enumerate(windows):
        surprise, without = 1 + 2 * row, 2 + 2 * row
        found.append(Announcement(
            scenario, window, replicates,
            differ(0, without, row, 0), differ(0, without, row, 1),
            differ(surprise, without, row, 1), differ(0, surprise, row, 1),
        ))
    return found


def summary(found: Sequence[Announcement]) -> dict[str, Any]:
    """Everything, ready for JSON."""
    scenario = found[0].scenario
    return {
        "scenario": scenario.name,
        "scenario_hash": scenario.fingerprint,
        "currency": scenario.currency,
        "replicates": found[0].replicates,
        "events": [
            {
                "announced": month_text(one.window.announced),
                "effective": month_text(one.window.effective),
                "set": scenario.events[one.window.event].set,
                "effects": {
                    part: {
                        name: interval._asdict() for name, interval in getattr(one, part).items()
                    }
                    for part in PARTS
                },
            }
            for one in found
        ],
    }
