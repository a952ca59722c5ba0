"""What a month costs where firms trade allowances, beside the same month at a price from outside.

``python -m benchmarks.traded`` prints microseconds of processor time a month and their ratio;
worlds take turns. Compilation and set-up are left out.
"""

from statistics import median
from time import process_time

from rich.console import Console
from rich.table import Table

from simulation.scenario import load
from simulation.world import World

__all__ = ["main", "month_us"]

TURNS = 5
TRADED = {"allowance_price.path": "endogenous"}
CREDITS = {"compliance.eligible": True}
BANKED = {"banking.rule": "unlimited", "expectations.horizon_months": 36}
CASES = {
    "price from outside": {},
    "traded": TRADED,
    "price from outside, credits count": CREDITS,
    "traded, credits count": TRADED | CREDITS,
    "traded, credits count, banking three years ahead": TRADED | CREDITS | BANKED,
}


def month_us(changes: dict[str, object], seed: int) -> float:
    """Processor time of a month of ``china-counties`` (60 projects, 300 firms), microseconds."""
    scenario = load("china-counties", {"market.mechanism": "call_auction", **changes})
    world = World(scenario, seed)
    start = process_time()
    world.run()
    return (process_time() - start) / scenario.months * 1e6


def main() -> None:
    """Print a row a case."""
    for changes in CASES.values():
        month_us(changes, 1)
    times: dict[str, list[float]] = {name: [] for name in CASES}
    for turn in range(TURNS):
        for name, changes in CASES.items():
            times[name].append(month_us(changes, 2 + turn))
    table = Table(title="60 projects x 300 firms, call auction, processor time")
    for heading in ("Case", "us a month", "against the first"):
        table.add_column(heading, justify="left" if heading == "Case" else "right")
    first = median(times["price from outside"])
    for name, found in times.items():
        table.add_row(name, f"{median(found):.0f}", f"{median(found) / first:.1f} x")
    Console().print(table)


if __name__ == "__main__":
    main()
