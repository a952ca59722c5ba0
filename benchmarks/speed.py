"""How many months a second the engine and the object version run, side by side.

``python -m benchmarks.speed`` prints tables, ``--json`` the same figures for a program. Both run
the same months in one process and take turns; before that their deals are compared, so the ratio
is one of equal work. Compilation is left out, set-up is reported apart. Both are single-threaded
and timed by the processor time they use, so that what else a machine does weighs on neither.
"""

import argparse
import json
import sys
from collections.abc import Callable
from itertools import product
from statistics import median
from time import process_time
from typing import Any, get_args

import numpy as np
from numba import njit, objmode
from rich.console import Console
from rich.table import Table

from agents.population import grown
from benchmarks.object_model import ObjectMarketModel
from benchmarks.object_rules import RuleForm
from simulation.month import PHASES, arguments
from simulation.scenario import Scenario, load
from simulation.state import Clock, State, copied
from simulation.world import World

__all__ = ["SIZE", "main", "measured", "phase_times", "speed_scenario"]

MECHANISMS = ("listing", "call_auction", "bilateral", "continuous")
# Worlds of sixty projects and three hundred firms; this one has that many by itself.
COUNTIES = "china-counties"
# The agents of the scenario tiny, many times over; half of the firms are covered.
SIZE = {
    "projects.0.count": 30,
    "projects.1.count": 30,
    "firms.0.count": 150,
    "firms.1.count": 75,
    "firms.2.count": 75,
    "network.neighbours": 4,
}
SEED = 1
TURNS = 7
# One run of the engine is too short for the clock; several in a row are timed.
ENGINE_RUNS = 5


def speed_scenario(
    mechanism: str, *, eligible: bool, world: str = "tiny", **overrides: object
) -> Scenario:
    """Sixty projects and three hundred firms over ten years.

    Parameters
    ----------
    mechanism : {"listing", "call_auction", "bilateral", "continuous"}
    eligible : bool
        Whether the credit counts for compliance, from the first month on.
    world : {"tiny", "china-counties"}
        Scenario that places the agents; those of *tiny* are placed many times over.
    **overrides : object
        Further fields of the scenario, such as ``months``.

    Returns
    -------
    Scenario
    """
    size = {} if world == COUNTIES else SIZE
    return load(world, {
        **size, "market.mechanism": mechanism, "compliance.eligible": eligible, "months": 120,
        **overrides,
    })


def _deals(world: World) -> list[tuple[int, ...]]:
    return world.state.deals[: world.state.clock[Clock.DEALS]].tolist()


def _equal_deals(scenario: Scenario, form: RuleForm) -> int:
    """Deals of both, which must be the same; this also compiles what is still to compile."""
    world, model = World(scenario, SEED), ObjectMarketModel(scenario, SEED, form)
    world.run()
    model.run()
    deals = [tuple(int(part) for part in deal) for deal in model.deals]
    if _deals(world) != deals:
        raise SystemExit("the engine and the object version strike different deals")
    return len(deals)


def _timed(make: Callable[[], Any], runs: int) -> tuple[float, float]:
    """Seconds to set one run up and seconds to run it, in the mean over some runs."""
    setup = running = 0.0
    for _ in range(runs):
        start = process_time()
        ready = make()
        made = process_time()
        ready.run()
        running += process_time() - made
        setup += made - start
    return setup / runs, running / runs


def measured(
    mechanism: str, *, eligible: bool, world: str = "tiny", turns: int = TURNS,
    form: RuleForm = "quickest",
) -> dict[str, Any]:
    """Speed of both versions on one scenario.

    Parameters
    ----------
    mechanism, eligible, world
        See `speed_scenario`.
    turns : int
        Times that each version is timed.
    form : {"plain", "compiled", "quickest"}
        Form of the rules in the object version.

    Returns
    -------
    dict
        Months per second, their ratio, milliseconds of set-up, the ratio with set-up, and the
        number of deals. Each figure is a median over the turns; ratios are taken within a turn.
    """
    scenario = speed_scenario(mechanism, eligible=eligible, world=world)
    deals = _equal_deals(scenario, form)
    engine, other = [], []
    for turn in range(turns):
        timings = [
            (engine, lambda: World(scenario, SEED), ENGINE_RUNS),
            (other, lambda: ObjectMarketModel(scenario, SEED, form), 1),
        ]
        # Whoever goes first in one turn goes second in the next.
        for times, make, runs in timings if turn % 2 == 0 else reversed(timings):
            times.append(_timed(make, runs))
    return {
        "world": world,
        "mechanism": mechanism,
        "demand": "eligible" if eligible else "voluntary",
        "deals": deals,
        "engine_months_per_second": scenario.months / median(run for _, run in engine),
        "object_months_per_second": scenario.months / median(run for _, run in other),
        "ratio": median(
            slow / fast for (_, fast), (_, slow) in zip(engine, other, strict=True)
        ),
        "ratio_with_setup": median(
            sum(slow) / sum(fast) for fast, slow in zip(engine, other, strict=True)
        ),
        "engine_setup_ms": 1000 * median(setup for setup, _ in engine),
        "object_setup_ms": 1000 * median(setup for setup, _ in other),
    }


@njit
def _clock() -> float:
    with objmode(now="float64"):
        now = process_time()
    return now


def _timed_phase(kernel: Callable[..., None]) -> Callable[..., None]:
    """A phase with a clock around it; a call from Python would take longer than the phase."""

    @njit
    def timed(values: Any, spent: Any, place: int) -> None:
        start = _clock()
        read = _clock()
        kernel(*values)
        # Reading the clock takes about as long as a small phase.
        spent[place] += (_clock() - read) - (read - start)

    return timed


def _roomy(scenario: Scenario, last: State) -> State:
    """First state of a run, with room for all of it: phases are called one by one below."""
    state = World(scenario, SEED).state
    ledger = state.ledger
    return state._replace(
        stands=grown(state.stands, 2 * len(last.stands)),
        deals=grown(state.deals, 2 * len(last.deals)),
        ledger=ledger._replace(
            blocks=grown(ledger.blocks, 2 * len(last.ledger.blocks)),
            journal=grown(ledger.journal, 2 * len(last.ledger.journal)),
        ),
    )


def phase_times(
    mechanism: str, *, eligible: bool, world: str = "tiny", repeats: int = TURNS
) -> dict[str, float]:
    """Time of each phase of the engine, in the mean over all months of a run.

    Parameters
    ----------
    mechanism, eligible, world
        See `speed_scenario`.
    repeats : int
        Times that the run is timed; the median counts.

    Returns
    -------
    dict
        Phase to microseconds a month; then ``rest``, what a month of `World.run` takes beyond its
        phases: sums that are checked, and arrays that are touched for the first time or grow.
    """
    scenario = speed_scenario(mechanism, eligible=eligible, world=world)
    ended = World(scenario, SEED)
    ended.run()
    start = _roomy(scenario, ended.state)
    timed = [_timed_phase(phase.kernel) for phase in PHASES]
    whole, spent = [], []
    for _ in range(repeats + 1):
        whole.append(_timed(lambda: World(scenario, SEED), ENGINE_RUNS)[1])
        state, seconds = copied(start), np.zeros(len(PHASES))
        values = [tuple(arguments(phase, state)) for phase in PHASES]
        for _ in range(scenario.months):
            for place, phase in enumerate(timed):
                phase(values[place], seconds, place)
            state.clock[Clock.MONTH] += 1
        spent.append(seconds)
        # No event is applied here: the scenario has none that changes anything.
        if state.clock[Clock.DEALS] != ended.state.clock[Clock.DEALS]:
            raise SystemExit("the phases that were timed do not make up the run")
    # The first turn compiled the clocks.
    phases = np.median(spent[1:], axis=0)
    times = dict(zip((phase.name for phase in PHASES), phases.tolist(), strict=True))
    times["rest"] = median(whole[1:]) - sum(times.values())
    return {name: 1e6 * seconds / scenario.months for name, seconds in times.items()}


def _print(results: list[dict[str, Any]], phases: dict[str, dict[str, float]]) -> None:
    console = Console()
    table = Table(title="Months per second: 60 projects, 300 firms")
    table.add_column("rule", no_wrap=True)
    table.add_column("demand", no_wrap=True)
    for name in ("deals", "engine", "object", "ratio"):
        table.add_column(name, justify="right")
    table.add_column("set-up\nms", justify="right")
    table.add_column("ratio,\nset-up in", justify="right")
    for row in results:
        table.add_row(
            row["mechanism"], row["demand"], str(row["deals"]),
            f"{row['engine_months_per_second']:,.0f}", f"{row['object_months_per_second']:,.0f}",
            f"{row['ratio']:.1f}", f"{row['engine_setup_ms']:.0f}, {row['object_setup_ms']:.0f}",
            f"{row['ratio_with_setup']:.1f}",
        )
    console.print(table)
    # One table for each kind of demand: all columns together would be wider than a page.
    for demand in ("voluntary", "eligible"):
        shown = {name: times for name, times in phases.items() if name.endswith(demand)}
        table = Table(title=f"Engine: microseconds a month, by phase; demand: {demand}")
        table.add_column("phase")
        for name in shown:
            table.add_column(name.partition(",")[0], justify="right")
        for name in next(iter(shown.values())):
            table.add_row(name, *(f"{times[name]:.1f}" for times in shown.values()))
        table.add_section()
        table.add_row("all", *(f"{sum(times.values()):.1f}" for times in shown.values()))
        console.print(table)


def main(argv: list[str] | None = None) -> int:
    """Time both versions and print what came out.

    Parameters
    ----------
    argv : list of str, optional
        Arguments of the command line.

    Returns
    -------
    int
        0; the exit code.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print figures for a program")
    parser.add_argument("--turns", type=int, default=TURNS, help="times each version is timed")
    parser.add_argument(
        "--form", choices=get_args(RuleForm), default="quickest",
        help="rules of the object version: plain Python, compiled, or whichever is quicker to call",
    )
    parser.add_argument(
        "--world", choices=("tiny", COUNTIES), default="tiny", help="scenario that is timed",
    )
    options = parser.parse_args(argv)
    cases = list(product(MECHANISMS, (False, True)))
    results = [
        measured(
            mechanism, eligible=eligible, world=options.world, turns=options.turns,
            form=options.form,
        )
        for mechanism, eligible in cases
    ]
    phases = {
        f"{mechanism}, {'eligible' if eligible else 'voluntary'}":
            phase_times(
                mechanism, eligible=eligible, world=options.world, repeats=options.turns
            )
        for mechanism, eligible in cases
    }
    if options.json:
        json.dump({"runs": results, "engine_phases_us": phases}, sys.stdout, indent=2)
        print()
    else:
        _print(results, phases)
    return 0


if __name__ == "__main__":
    sys.exit(main())
