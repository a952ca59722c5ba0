"""How many orders a second the order book takes, checked against the plain one.

``python -m benchmarks.book`` prints a table, ``--json`` the same figures for a program. A stream is
limit orders around a price that walks, a part of which cross the spread, cancels of recent orders
and replacements. Before anything is timed the compiled book and sorted lists of plain objects give
the same answers and the same trades on the same stream. Every command counts as an order, a cancel
and a command that comes too late included. One core, timed by the processor time it uses.
"""

import argparse
import json
import sys
from statistics import median
from time import process_time

import numpy as np
from rich.console import Console
from rich.table import Table

from agents.population import empty
from benchmarks.plain_book import PlainBook
from simulation.markets.book_stream import ANSWER_DTYPE, COMMAND_DTYPE, CommandKind, process
from simulation.markets.order_book import Counter, new_book

__all__ = ["main", "measured", "same_as_plain", "stream"]

MIX = {CommandKind.SUBMIT: 0.55, CommandKind.CANCEL: 0.37, CommandKind.REPLACE: 0.08}
TURNS = 7
CHECKED = 60_000
COMMANDS = 2_000_000
# What is cancelled, and how many commands back that may have been sent.
STREAMS = {"recent orders": 400, "older orders": 40_000, "any order": 1_000_000}


def stream(commands: int, reach: int, seed: int = 1) -> np.recarray:
    """Commands around a price that walks.

    Parameters
    ----------
    commands : int
    reach : int
        How many commands back the order of a cancel or a replacement was sent, at most.
    seed : int

    Returns
    -------
    numpy.recarray of `COMMAND_DTYPE`
    """
    luck = np.random.default_rng(seed)
    found = empty(COMMAND_DTYPE, commands)
    found.kind = luck.choice(list(MIX), size=commands, p=list(MIX.values()))
    found.side = luck.integers(0, 2, commands)
    middle = 3000 + np.cumsum(luck.normal(0.0, 0.5, commands))
    # Behind the middle by a few fen to a few yuan; one order in eight reaches across it.
    distance = np.where(
        luck.random(commands) < 0.125, -luck.exponential(20.0, commands),
        luck.exponential(80.0, commands),
    )
    found.price_fen = np.maximum(middle + np.where(found.side == 0, distance, -distance), 1)
    found.tonnes = 1 + luck.geometric(0.002, commands)
    found.target = np.arange(commands) - luck.integers(1, reach + 1, commands)
    return found


def plain_answers(commands: np.recarray, orders: int, trades: int) -> tuple[list, PlainBook]:
    """What the plain book answers to each command."""
    book = PlainBook(orders, trades)
    answers = []
    for row, command in enumerate(commands.tolist()):
        kind, side, price_fen, tonnes, target = command
        # An order keeps its name when it is replaced, and a later command may mean the later one.
        name = found_name(commands, target) if 0 <= target < row else -1
        if kind == CommandKind.SUBMIT:
            rests, moved, refusal = book.submit(row, side, price_fen, tonnes, row)
        elif kind == CommandKind.CANCEL:
            rests, (moved, refusal) = False, book.cancel(name)
        else:
            rests, moved, refusal = book.replace(name, price_fen, tonnes)
        answers.append((rests, moved, int(refusal)))
    return answers, book


def found_name(commands: np.recarray, target: int) -> int:
    """Row of the command that first sent the order which a command speaks of, or -1."""
    while commands.kind[target] == CommandKind.REPLACE:
        earlier = int(commands.target[target])
        if not 0 <= earlier < target:
            return -1
        target = earlier
    return target if commands.kind[target] == CommandKind.SUBMIT else -1


def same_as_plain(commands: np.recarray, orders: int, trades: int) -> list[str]:
    """Differences between both books on one stream, in words.

    Parameters
    ----------
    commands : numpy.recarray of `COMMAND_DTYPE`
    orders, trades : int
        Room of both books.

    Returns
    -------
    list of str
        Empty where they agree.
    """
    book, answers = new_book(orders, trades), empty(ANSWER_DTYPE, len(commands))
    process(book, commands, answers)
    expected, plain = plain_answers(commands, orders, trades)
    found = [(row.handle >= 0, int(row.tonnes), int(row.refusal)) for row in answers]
    differences = [
        f"command {row}: {mine} instead of {other}"
        for row, (mine, other) in enumerate(zip(found, expected, strict=True)) if mine != other
    ]
    made = [tuple(trade) for trade in book.trades[: book.counters[Counter.TRADES]].tolist()]
    if made != plain.trades:
        differences.append(f"trades: {len(made)} instead of {len(plain.trades)}, or other ones")
    for side, orders_of_side in plain.sides.items():
        resting = _resting(book, side)
        if resting != [(order.owner, order.price_fen, order.tonnes) for order in orders_of_side]:
            differences.append(f"what rests on side {side.name} differs")
    return differences


def _resting(book, side):
    order_of_ranks = np.argsort(book.keys[side, : book.counters[side]])
    orders = book.orders[book.slots[side, order_of_ranks]]
    return [(int(o.owner), int(o.price_fen), int(o.tonnes)) for o in orders]


def measured(commands_count: int = COMMANDS, turns: int = TURNS) -> list[dict[str, object]]:
    """One row of figures a stream."""
    rows = []
    for name, reach in STREAMS.items():
        short = stream(CHECKED, reach)
        differences = same_as_plain(short, CHECKED, CHECKED)
        if differences:
            raise SystemExit(f"the two books differ on {name}: {differences[0]}")
        commands = stream(commands_count, reach)
        answers = empty(ANSWER_DTYPE, commands_count)
        seconds = []
        for _ in range(turns):
            book = new_book(commands_count, commands_count)
            start = process_time()
            process(book, commands, answers)
            seconds.append(process_time() - start)
        rows.append({
            "stream": name,
            "orders_per_second": round(commands_count / median(seconds)),
            "slowest_turn": round(commands_count / max(seconds)),
            "trades": int(book.counters[Counter.TRADES]),
            "resting": int(book.counters[Counter.ASKS] + book.counters[Counter.BIDS]),
            "too_late_share": round(float((answers.refusal != 0).mean()), 3),
        })
    return rows


def main(arguments: list[str] | None = None) -> None:
    """Print how many orders a second the book takes."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--json", action="store_true", help="print figures for a program")
    parser.add_argument("--commands", type=int, default=COMMANDS)
    options = parser.parse_args(arguments)
    rows = measured(options.commands)
    if options.json:
        json.dump({"commands": options.commands, "turns": TURNS, "rows": rows}, sys.stdout)
        return
    table = Table(title=f"Order book, {options.commands:,} commands, median of {TURNS} turns")
    for name in rows[0]:
        table.add_column(name.replace("_", " "), justify="left" if name == "stream" else "right")
    for row in rows:
        table.add_row(*(f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in
                        row.values()))
    Console().print(table)


if __name__ == "__main__":
    main()
