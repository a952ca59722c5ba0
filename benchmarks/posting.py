"""What keeping the registry's books costs: its share of a month, and how it grows with accounts.

``python -m benchmarks.posting`` prints tables, ``--json`` the same figures for a program. First a
run of ten years with 60 projects and 300 firms is timed, and in turns with it the posting of its
own journal, line by line, into an empty ledger; both must end with the same books. Then batches of
three operations an account are posted for 300 to a million accounts, with buyers in order and at
random: where only the second takes longer with more accounts, it is for memory that no cache holds.
Posting is `agents.registry.posting.post`; times are of the processor, compilation is left out.
"""

import argparse
import json
import sys
from itertools import product
from statistics import median
from time import process_time
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from agents.population import empty
from agents.registry.columns import OPERATION_COLUMNS
from agents.registry.ledger import BLOCKS, JOURNAL, LIVE, Ledger, new_ledger
from agents.registry.posting import post
from agents.vocabulary import Account, CreditState, Entry, Operation, Purpose
from benchmarks.speed import ENGINE_RUNS, MECHANISMS, SEED, TURNS, speed_scenario
from simulation.world import World

__all__ = ["growth", "main", "operations_of", "share_of_a_month", "trading_day"]

ACCOUNTS = (300, 3_000, 30_000, 300_000, 1_000_000)
# Small batches are posted so often that about so many operations are timed.
TIMED_OPERATIONS = 300_000
MONTH = 24_288
EACH = 10  # t, issued to every seller


def operations_of(ledger: Ledger) -> np.recarray:
    """The journal of a run once more, as operations that can be posted.

    Parameters
    ----------
    ledger : Ledger
        Of a run in which the rules tell no credits apart: the oldest always left first.

    Returns
    -------
    numpy.recarray
        One operation a line, of `OPERATION_COLUMNS`.
    """
    lines = ledger.journal[: ledger.counters[JOURNAL]]
    rows = empty(OPERATION_COLUMNS, len(lines))
    for name in ("entry", "month", "debit", "credit", "amount", "state_to", "purpose"):
        rows[name] = lines[name]
    # A payment has no states, and an issue none before it.
    rows.state_from = np.maximum(lines.state_from, 0)
    rows.operation = np.where(lines.is_money, Operation.PAY, Operation.MOVE)
    issues = np.flatnonzero(lines.entry == Entry.ISSUE)
    rows.operation[issues] = Operation.ISSUE
    # The first credit of an issue never leaves the row that was made for it.
    blocks = ledger.blocks[: ledger.counters[BLOCKS]]
    order = np.argsort(blocks.serial)
    made = blocks[order[np.searchsorted(blocks.serial[order], lines.serial[issues])]]
    for name in ("project_id", "vintage_start", "vintage_end", "province", "counts"):
        rows[name][issues] = made[name]
    return rows


def _same_books(one: Ledger, other: Ledger) -> bool:
    """Balances and lines alike, serial numbers included, and blocks that cover the same credits."""
    used = one.counters[JOURNAL]
    if not (one.counters[: LIVE + 1] == other.counters[: LIVE + 1]).all():
        return False
    blocks = [ledger.blocks[: ledger.counters[BLOCKS]] for ledger in (one, other)]
    blocks = [rows[np.argsort(rows.serial)] for rows in blocks]
    return (
        bool((one.fen == other.fen).all() and (one.tonnes == other.tonnes).all())
        and one.journal[:used].tolist() == other.journal[:used].tolist()
        and all(
            (blocks[0][name] == blocks[1][name]).all()
            for name in ("serial", "tonnes", "owner", "state", "purpose", "final_month")
        )
    )


def _posting_seconds(operations: np.recarray, accounts: int, room: Ledger, runs: int) -> float:
    """Seconds to post them into an empty ledger, in the mean over some runs."""
    answers = np.zeros(len(operations), dtype=np.int64)
    spent = 0.0
    for _ in range(runs):
        # `post` wants room for as many lines as there are blocks before it moves any.
        blocks, lines = len(room.blocks), len(room.journal)
        ledger = new_ledger(accounts, blocks + 1, lines + blocks)
        start = process_time()
        done = post(ledger, operations, answers)
        spent += process_time() - start
    if done < len(operations) or answers.any():
        raise SystemExit("a line of the journal was refused when posted again")
    if not _same_books(ledger, room):
        raise SystemExit("the journal posted again leads to other books")
    return spent / runs


def share_of_a_month(
    mechanism: str, *, eligible: bool, turns: int = TURNS, runs: int = ENGINE_RUNS,
    **overrides: object,
) -> dict[str, Any]:
    """Time that a run's postings take, against that of the run.

    Parameters
    ----------
    mechanism, eligible, **overrides
        See `benchmarks.speed.speed_scenario`.
    turns : int
        Times that both are timed, one after the other.
    runs : int
        Runs in a row that are timed as one.

    Returns
    -------
    dict
        Microseconds a month of both, the share, and operations a month; medians over the turns,
        the share taken within a turn.
    """
    scenario = speed_scenario(mechanism, eligible=eligible, **overrides)
    world = World(scenario, SEED)
    world.run()
    ended = world.state.ledger
    operations = operations_of(ended)
    accounts = len(ended.fen)
    _posting_seconds(operations, accounts, ended, 1)
    months, postings = [], []
    for _ in range(turns):
        spent = 0.0
        for _ in range(runs):
            ready = World(scenario, SEED)
            start = process_time()
            ready.run()
            spent += process_time() - start
        months.append(spent / runs)
        postings.append(_posting_seconds(operations, accounts, ended, runs))
    return {
        "mechanism": mechanism,
        "demand": "eligible" if eligible else "voluntary",
        "operations_per_month": len(operations) / scenario.months,
        "month_us": 1e6 * median(months) / scenario.months,
        "posting_us": 1e6 * median(postings) / scenario.months,
        "share": median(
            part / whole for part, whole in zip(postings, months, strict=True)
        ),
    }


def trading_day(accounts: int, *, at_random: bool) -> np.recarray:
    """Three operations an account: half of them sell to the other half, each to one.

    Parameters
    ----------
    accounts : int
        Of firms; those of the registry come before them.
    at_random : bool
        Whether luck says who buys of whom. Sellers come in the order of their numbers, as the
        engine walks its rows, and otherwise buyers do so too.

    Returns
    -------
    numpy.recarray
        Rows of `OPERATION_COLUMNS`; none of them is refused.
    """
    pairs = accounts // 2
    luck = np.random.default_rng(SEED)
    sellers = len(Account) + np.arange(pairs)
    buyers = len(Account) + pairs + (luck.permutation(pairs) if at_random else np.arange(pairs))
    tonnes = luck.integers(1, EACH, size=pairs, endpoint=True)
    fen = 3_000 * tonnes
    held, escrow, retired = CreditState.HELD, CreditState.ESCROW, CreditState.RETIRED
    kinds = (
        (Operation.ISSUE, Entry.ISSUE, 0, sellers, np.full(pairs, EACH), 0, held),
        (Operation.PAY, Entry.DEPOSIT, int(Account.OUTSIDE), buyers, fen, 0, 0),
        (Operation.MOVE, Entry.OFFER, sellers, sellers, tonnes, held, escrow),
        (Operation.PAY, Entry.PAYMENT, buyers, sellers, fen, 0, 0),
        (Operation.MOVE, Entry.DELIVER, sellers, buyers, tonnes, escrow, held),
        (Operation.MOVE, Entry.RETIRE, buyers, buyers, tonnes, held, retired),
    )
    rows = empty(OPERATION_COLUMNS, len(kinds) * pairs)
    for place, (operation, entry, debit, credit, amount, before, after) in enumerate(kinds):
        part = rows[place * pairs : (place + 1) * pairs]
        part.operation, part.entry, part.debit, part.credit = operation, entry, debit, credit
        part.amount, part.state_from, part.state_to = amount, before, after
        if after == retired:
            part.purpose = Purpose.OWN_EMISSIONS
    # Payment and delivery of a deal follow each other, deal by deal.
    deals = rows[3 * pairs : 5 * pairs]
    deals[:] = deals[np.arange(2 * pairs).reshape(2, pairs).T.ravel()]
    rows.month = MONTH
    rows.vintage_start, rows.vintage_end = MONTH - 12, MONTH - 1
    rows.project_id = 1_001_000_000
    return rows


def growth(
    sizes: tuple[int, ...] = ACCOUNTS, turns: int = TURNS, timed: int = TIMED_OPERATIONS
) -> list[dict[str, Any]]:
    """Time an operation takes, by number of accounts.

    Parameters
    ----------
    sizes : tuple of int
        Numbers of firms' accounts.
    turns : int
        Times that each size is timed; the sizes take turns.
    timed : int
        Operations that a turn times at least.

    Returns
    -------
    list of dict
        For each size: operations, nanoseconds each as a median and their ratio to the first size,
        with buyers in order and at random.
    """
    cases = [(size, at_random) for size in sizes for at_random in (False, True)]
    took: dict[tuple[int, bool], list[float]] = {case: [] for case in cases}
    batches = {case: trading_day(case[0], at_random=case[1]) for case in cases}
    for turn in range(turns + 1):
        for case, batch in batches.items():
            spent = _ns_each(batch, case[0], max(1, timed // len(batch)))
            # The first turn compiled.
            if turn > 0:
                took[case].append(spent)
    middle = {case: median(times) for case, times in took.items()}
    return [
        {
            "accounts": size, "operations": len(batches[size, True]),
            "ns_in_order": middle[size, False], "ns_at_random": middle[size, True],
            "ratio_in_order": middle[size, False] / middle[sizes[0], False],
            "ratio_at_random": middle[size, True] / middle[sizes[0], True],
        }
        for size in sizes
    ]


def _ns_each(batch: np.recarray, accounts: int, repeats: int) -> float:
    """Nanoseconds that an operation of a batch takes, in the mean over some ledgers."""
    # A line an operation, and room for as many as the last one might write.
    fresh, ledger = (
        new_ledger(len(Account) + accounts, len(batch), len(batch) + EACH) for _ in range(2)
    )
    answers = np.zeros(len(batch), dtype=np.int64)
    nothing = batch[:0]
    spent = 0.0
    for _ in range(repeats):
        # Written to before it is timed: memory that was never touched takes longer.
        for part, new in zip(ledger, fresh, strict=True):
            part[:] = new
        start = process_time()
        done = post(ledger, batch, answers)
        ended = process_time()
        post(ledger, nothing, answers)
        # Calling it takes about as long as a hundred operations.
        spent += (ended - start) - (process_time() - ended)
        if done < len(batch) or answers.any():
            raise SystemExit("an operation of the benchmark was refused")
    return 1e9 * spent / repeats / len(batch)


def _print(shares: list[dict[str, Any]], sizes: list[dict[str, Any]]) -> None:
    console = Console()
    table = Table(title="A month of 60 projects and 300 firms, and the posting in it")
    table.add_column("rule", no_wrap=True)
    table.add_column("demand", no_wrap=True)
    for name in ("operations", "month, us", "posting, us", "share, %"):
        table.add_column(name, justify="right")
    for row in shares:
        table.add_row(
            row["mechanism"], row["demand"], f"{row['operations_per_month']:,.0f}",
            f"{row['month_us']:.1f}", f"{row['posting_us']:.1f}", f"{100 * row['share']:.1f}",
        )
    console.print(table)
    table = Table(title="Posting three operations an account")
    for name in ("accounts", "operations", "ns each,\nin order", "ratio", "ns each,\nat random",
                 "ratio"):
        table.add_column(name, justify="right")
    for row in sizes:
        table.add_row(
            f"{row['accounts']:,}", f"{row['operations']:,}", f"{row['ns_in_order']:.0f}",
            f"{row['ratio_in_order']:.2f}", f"{row['ns_at_random']:.0f}",
            f"{row['ratio_at_random']:.2f}",
        )
    console.print(table)


def main(argv: list[str] | None = None) -> int:
    """Time the postings and print what came out.

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
    parser.add_argument("--turns", type=int, default=TURNS, help="times everything is timed")
    options = parser.parse_args(argv)
    shares = [
        share_of_a_month(mechanism, eligible=eligible, turns=options.turns)
        for mechanism, eligible in product(MECHANISMS, (False, True))
    ]
    sizes = growth(turns=options.turns)
    if options.json:
        json.dump({"shares": shares, "growth": sizes}, sys.stdout, indent=2)
        print()
    else:
        _print(shares, sizes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
