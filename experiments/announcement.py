"""What an announcement does, apart from what the rule does once it is in force.

Three worlds with the same luck: as the scenario has it; with every event a surprise, announced when
it takes effect; and without the announced events. Their differences before the date are the effect
of the announcement, after it that of the rule, and of having known it.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from agents.parameters import month_text
from experiments.intervals import Interval, paired_difference
from experiments.seeds import replicate_seed
from experiments.workers import Workers, workers
from simulation.errors import InputError
from simulation.scenario import Scenario
from simulation.world import World

__all__ = [
    "MEASURES", "PARTS", "Announcement", "Window", "announcement_of", "measure", "summary",
    "windows_of",
]

MEASURES = ("price_yuan_per_t", "volume_t", "voluntary_t", "proceeds_yuan")
PARTS = ("before", "after", "surprise", "known")
Row = dict[str, float | None]


class Window(NamedTuple):
    """Months between an announcement and its date, and those after it.

    Attributes
    ----------
    announced, effective, stop : int
        Month numbers; `stop` is the month after the last.
    """

    announced: int
    effective: int
    stop: int


class Announcement(NamedTuple):
    """Effects of an announcement.

    Attributes
    ----------
    scenario : str
        Name.
    window : Window
    replicates : int
    before : dict
        Measure to its paired difference, between announcement and date, against no event.
    after : dict
        The same from the date on.
    surprise : dict
        From the date on, had nobody known.
    known : dict
        From the date on, what having known changes: `after` less `surprise`, paired.
    """

    scenario: str
    window: Window
    replicates: int
    before: dict[str, Interval]
    after: dict[str, Interval]
    surprise: dict[str, Interval]
    known: dict[str, Interval]


def windows_of(scenario: Scenario) -> Window:
    """Months that an announcement is about.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    Window
        Of the events that are announced ahead: from the first announcement to the first date.

    Raises
    ------
    InputError
        When no event is announced ahead, or the run ends before its date.
    """
    ahead = [event for event in scenario.events if event.announced < event.effective]
    if not ahead:
        raise InputError(
            f"{scenario.name}: no event is announced before it takes effect. Give one an earlier "
            "`announced`."
        )
    announced = max(min(event.announced for event in ahead), scenario.start)
    effective = min(event.effective for event in ahead)
    if effective >= scenario.stop or announced >= effective:
        raise InputError(
            f"{scenario.name}: the run does not reach from an announcement to its date. Give it "
            "more months."
        )
    return Window(announced, effective, scenario.stop)


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
        The price is None where nothing was traded.
    """
    months = world.state.monthly
    months = months[(months.month >= first) & (months.month < stop)]
    volume, value = int(months.volume_t.sum()), int(months.value_fen.sum())
    kept = int(months.price_difference_fen.sum() + months.reserve_value_fen.sum())
    return {
        "price_yuan_per_t": value / volume / 100.0 if volume else None,
        "volume_t": float(volume),
        "voluntary_t": float(months.voluntary_t.sum()),
        "proceeds_yuan": (value - kept) / 100.0,
    }


def _worlds(scenario: Scenario) -> tuple[Scenario, Scenario, Scenario]:
    surprise = tuple(
        event.model_copy(update={"announced": event.effective}) for event in scenario.events
    )
    without = tuple(
        event for event in scenario.events if event.announced >= event.effective
    )
    return (
        scenario, scenario.model_copy(update={"events": surprise}),
        scenario.model_copy(update={"events": without}),
    )


def _replicate(worlds: Sequence[Scenario], window: Window, seed: int) -> list[tuple[Row, Row]]:
    found = []
    for scenario in worlds:
        world = World(scenario, seed)
        world.run()
        found.append((
            measure(world, window.announced, window.effective),
            measure(world, window.effective, window.stop),
        ))
    return found


def announcement_of(
    scenario: Scenario, *, replicates: int = 30, base_seed: int = 1,
    advance: Callable[[], None] = lambda: None, spread: Workers | None = None,
) -> Announcement:
    """Effects of what a scenario announces.

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
    Announcement

    Raises
    ------
    InputError
        When nothing is announced ahead.
    """
    window = windows_of(scenario)
    worlds = _worlds(scenario)
    tasks = [(worlds, window, replicate_seed(base_seed, each)) for each in range(replicates)]
    with workers(1) as here:
        rows = (spread or here)(_replicate, tasks, advance)
    known, surprise, without = (
        [[row[world][part] for row in rows] for part in (0, 1)] for world in range(3)
    )

    def differ(found: list[Row], against: list[Row]) -> dict[str, Interval]:
        return {
            name: paired_difference([row[name] for row in found], [row[name] for row in against])
            for name in MEASURES
        }

    return Announcement(
        scenario.name, window, replicates,
        differ(known[0], without[0]), differ(known[1], without[1]),
        differ(surprise[1], without[1]), differ(known[1], surprise[1]),
    )


def summary(found: Announcement) -> dict[str, Any]:
    """Everything, ready for JSON."""
    return {
        "scenario": found.scenario,
        "announced": month_text(found.window.announced),
        "effective": month_text(found.window.effective),
        "replicates": found.replicates,
        "effects": {
            part: {name: interval._asdict() for name, interval in getattr(found, part).items()}
            for part in PARTS
        },
    }
