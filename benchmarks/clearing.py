"""How long one clearing of a large book takes, under each pricing rule.

``python -m benchmarks.clearing`` prints a table, ``--json`` the same figures for a program. The
book has as many sellers as buyers, with prices from 20 to 40 yuan and lots of 1,000 to 5,000 t;
bilateral agreements are timed on a smaller one, because every buyer looks at every seller.
Compilation is left out; each figure is of the processor time of the compiled clearing alone.
"""

import argparse
import json
import statistics
import time

import numpy as np
from rich.console import Console
from rich.table import Table

from agents.parameters import record_of
from agents.population import empty
from agents.vocabulary import Mechanism, Motive, Side
from simulation.markets import MECHANISMS
from simulation.markets.protocol import MATCH_DTYPE, ORDER_DTYPE
from simulation.scenario import SECTIONS

__all__ = ["book_of_size", "main", "measured"]

ORDERS_A_SIDE = 10_000
FEWER = {Mechanism.BILATERAL: 1_000}
TURNS = 31
MONTH = 24_288


def book_of_size(orders_a_side: int, seed: int = 1) -> np.recarray:
    """A book with so many orders on either side."""
    luck = np.random.default_rng(seed)
    count = 2 * orders_a_side
    book = empty(ORDER_DTYPE, count)
    buying = np.arange(count) >= orders_a_side
    book.side = np.where(buying, Side.BUY, Side.SELL)
    book.motive = np.where(buying, Motive.VOLUNTARY, Motive.SUPPLY)
    book.agent_id = np.where(buying, 2, 1) * 1_000_000_000 + np.arange(count)
    book.price_fen = book.limit_fen = luck.integers(2000, 4000, count)
    book.quantity_t = book.wanted_t = luck.integers(1000, 5000, count, endpoint=True)
    book.arrival = luck.permutation(count) / count
    return book


def measured(orders_a_side: int = ORDERS_A_SIDE, turns: int = TURNS) -> list[dict[str, object]]:
    """Milliseconds of a clearing under every rule."""
    found = []
    for mechanism, rule in MECHANISMS.items():
        size = min(orders_a_side, FEWER.get(mechanism, orders_a_side))
        book = book_of_size(size)
        rules = record_of(SECTIONS[mechanism.name.lower()]())[0]
        filled = np.zeros(len(book), dtype=np.int64)
        matches = empty(MATCH_DTYPE, 2 * len(book))
        took = []
        for _ in range(turns + 1):
            filled[:] = 0
            start = time.process_time_ns()
            count = rule.clear_orders(book, rules, 1, 1, MONTH, filled, matches)
            took.append((time.process_time_ns() - start) / 1e6)
        found.append({
            "mechanism": mechanism.name.lower(), "orders_a_side": size, "matches": int(count),
            # The first turn compiled.
            "median_ms": statistics.median(took[1:]), "slowest_ms": max(took[1:]),
        })
    return found


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print figures for a program")
    parser.add_argument("--orders", type=int, default=ORDERS_A_SIDE, help="orders a side")
    parser.add_argument("--turns", type=int, default=TURNS, help="times each rule is timed")
    given = parser.parse_args(arguments)
    found = measured(given.orders, given.turns)
    if given.json:
        print(json.dumps(found, indent=2))
        return
    table = Table(title=f"One clearing, median of {given.turns} turns")
    for name in ("rule", "orders a side", "matches", "ms", "slowest, ms"):
        table.add_column(name, justify="left" if name == "rule" else "right")
    for row in found:
        table.add_row(
            str(row["mechanism"]), f"{row['orders_a_side']:,}", f"{row['matches']:,}",
            f"{row['median_ms']:.2f}", f"{row['slowest_ms']:.2f}",
        )
    Console().print(table)


if __name__ == "__main__":
    main()
