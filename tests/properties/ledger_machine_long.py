"""A million random operations on the registry, legal and illegal; outside the test suite.

``python -m tests.properties.ledger_machine_long --operations 1000000`` posts them in batches. After
every operation a compiled check looks at the sums and at what the operation touched; after every
batch each answer, balance, queue and serial number is held against `PlainRegistry`, the journal is
replayed from its first line, and the audit is run. The first fault stops it.
"""

import argparse
import sys
from time import perf_counter

import numpy as np
from rich.console import Console
from rich.table import Table

from agents.compiled import allocating_kernel, kernel
from agents.population import empty, grown
from agents.registry.audit import audit
from agents.registry.blocks import LIVE_STATES
from agents.registry.columns import OPERATION_COLUMNS
from agents.registry.ledger import (
    BLOCKS,
    ISSUED,
    JOURNAL,
    LIVE,
    NEXT_SERIAL,
    REFUSED,
    balanced,
    new_ledger,
)
from agents.registry.posting import do, posted
from agents.vocabulary import Account, CreditState, Entry, Operation, Purpose, Refusal
from tests.helpers import MONTH
from tests.properties.plain_registry import (
    LARGEST,
    Asked,
    PlainRegistry,
    Replay,
    contents,
    credits_of,
    queues_of,
)

__all__ = ["main", "ran"]

# One registry serves so many operations; the next one has other accounts and other luck. A replay
# from the first line after every batch would otherwise take the square of the operations.
LIFE = 25_000
BATCH = 2_500
FREE_FROM = CreditState.HELD.value
RETIRED, BUFFER = CreditState.RETIRED.value, CreditState.BUFFER.value


@kernel
def _queue_is_right(ledger, account, state):
    if account < 0 or account >= len(ledger.fen) or state < 0 or state >= LIVE_STATES:
        return True
    tonnes = 0
    last = -1
    place = ledger.heads[account, state]
    while place >= 0:
        block = ledger.blocks[place]
        if block.owner != account or block.state != state or block.purpose != 0:
            return False
        tonnes += block.tonnes
        last = place
        place = block.next
    return last == ledger.tails[account, state] and tonnes == ledger.tonnes[account, state]


@kernel
def _lines_are_right(ledger, asked, first):
    # The new lines add up to what was asked, and say so.
    total = 0
    for place in range(first, ledger.counters[JOURNAL]):
        line = ledger.journal[place]
        total += line.amount
        if line.amount <= 0 or line.month != asked.month or line.credit != asked.credit:
            return False
        if line.is_money != (asked.operation == Operation.PAY):
            return False
    return total == asked.amount


@allocating_kernel
def _post_checked(ledger, operations, answers, fen, tonnes, counters):
    """First operation after which something is wrong, and a number for what; -1 where nothing."""
    for place in range(len(operations)):
        asked = operations[place]
        fen[:] = ledger.fen
        tonnes[:] = ledger.tonnes
        counters[:] = ledger.counters
        answer = do(ledger, asked)
        answers[place] = answer
        now = ledger.counters
        if balanced(ledger) != 0:
            return place, 1
        if now[NEXT_SERIAL] != now[ISSUED] + 1:
            return place, 2
        refusals = 0
        for reason in range(len(now) - REFUSED):
            refusals += now[REFUSED + reason] - counters[REFUSED + reason]
        if answer != 0:
            if refusals != 1 or now[REFUSED + answer] != counters[REFUSED + answer] + 1:
                return place, 3
            for number in range(REFUSED):
                if now[number] != counters[number]:
                    return place, 4
            if not (fen == ledger.fen).all() or not (tonnes == ledger.tonnes).all():
                return place, 5
            continue
        if refusals != 0:
            return place, 6
        lines = now[JOURNAL] - counters[JOURNAL]
        if lines < 1 or not _lines_are_right(ledger, asked, counters[JOURNAL]):
            return place, 7
        # Every line into a final state is a block less that lives.
        ended = 0
        if asked.operation >= Operation.MOVE and asked.state_to >= LIVE_STATES:
            ended = lines
        if now[LIVE] - counters[LIVE] != now[BLOCKS] - counters[BLOCKS] - ended:
            return place, 8
        # What is final stays, and only the operation's own place grows.
        for account in range(len(fen)):
            for state in range(LIVE_STATES, tonnes.shape[1]):
                more = 0
                if ended > 0 and account == asked.credit and state == asked.state_to:
                    more = asked.amount
                if ledger.tonnes[account, state] != tonnes[account, state] + more:
                    return place, 9
        if not _queue_is_right(ledger, asked.debit, asked.state_from):
            return place, 10
        if not _queue_is_right(ledger, asked.credit, asked.state_to):
            return place, 11
    return -1, 0


WRONG = (
    "", "tonnes, fen or an account below zero", "the next serial number",
    "the count of refusals", "a counter after a refusal", "a balance after a refusal",
    "a refusal counted for what was done", "the lines of the journal",
    "the number of blocks that live", "what a final state holds", "the queue that gave",
    "the queue that received",
)


def _roads(luck: np.random.Generator, count: int) -> dict[str, np.ndarray]:
    # Roads of the model, so that many requests are legal: state before and after, entry, use.
    held, escrow, pledged, buffer, retired, cancelled = map(int, CreditState)
    roads = np.array([
        (held, escrow, Entry.OFFER), (escrow, held, Entry.WITHDRAW), (held, held, Entry.DELIVER),
        (escrow, held, Entry.DELIVER), (held, pledged, Entry.PLEDGE),
        (pledged, held, Entry.RELEASE), (held, retired, Entry.RETIRE),
        (escrow, retired, Entry.RETIRE), (held, cancelled, Entry.CANCEL),
        (held, buffer, Entry.DELIVER), (buffer, held, Entry.RELEASE),
        (buffer, cancelled, Entry.CANCEL),
    ])
    chosen = roads[luck.integers(len(roads), size=count)]
    return {"state_from": chosen[:, 0], "state_to": chosen[:, 1], "entry": chosen[:, 2]}


def random_operations(
    luck: np.random.Generator, accounts: int, count: int, month: int
) -> np.recarray:
    """Operations of all kinds: most of them legal but for what the accounts hold, a fifth spoiled.

    Parameters
    ----------
    luck : numpy.random.Generator
    accounts : int
    count : int
    month : int
        Of the first one; now and then a month passes.

    Returns
    -------
    numpy.recarray
        Rows of `OPERATION_COLUMNS`.
    """
    rows = empty(OPERATION_COLUMNS, count)
    kinds = list(map(int, Operation))
    rows.operation = luck.choice(kinds, size=count, p=[0.16, 0.2, 0.28, 0.12, 0.12, 0.12])
    rows.month = month + np.cumsum(luck.random(count) < 0.002)
    rows.debit, rows.credit = luck.integers(accounts, size=(2, count))
    rows.amount = luck.integers(1, 13, size=count)
    for name, column in _roads(luck, count).items():
        rows[name] = column
    # Half of what moves stays with its owner, as in the market.
    stays = luck.random(count) < 0.4
    rows.credit[stays] = rows.debit[stays]
    rows.purpose = np.where(
        rows.state_to == RETIRED, luck.integers(1, len(Purpose), size=count), 0
    )
    rows.least = luck.integers(0, 2, size=count)
    rows.most = rows.least + luck.integers(0, 2, size=count)
    rows.province = luck.integers(0, 3, size=count)
    rows.counts = luck.random(count) < 0.6
    # Few projects, so that what is chosen by one stands between others and is found.
    rows.project_id = luck.integers(1, 4, size=count)
    rows.verification = luck.integers(-1, 50, size=count)
    rows.vintage_start = rows.month - 12
    rows.vintage_end = rows.month - 1
    pays, issues = rows.operation == Operation.PAY, rows.operation == Operation.ISSUE
    rows.entry[pays] = luck.integers(Entry.DEPOSIT, len(Entry), size=pays.sum())
    rows.state_to[issues] = np.where(luck.random(issues.sum()) < 0.15, BUFFER, FREE_FROM)
    # Deposits, so that there is something to spend.
    rows.debit[pays & (luck.random(count) < 0.3)] = Account.OUTSIDE
    _spoil(luck, rows, accounts)
    return rows


def _spoil(luck: np.random.Generator, rows: np.recarray, accounts: int) -> None:
    # One field of a fifth of them is made up, most often out of range.
    made_up = {
        "operation": [-1, len(Operation)], "entry": [-1, int(Entry.ISSUE), len(Entry)],
        "month": [-1, -MONTH],
        "debit": [-1, accounts, 2**31 - 1], "credit": [-1, accounts, -(2**31)],
        "amount": [0, -1, 10**6, LARGEST, LARGEST - 5, -LARGEST - 1],
        "state_from": [-1, 1, 2, 3, 4, 5, 6], "state_to": [-1, 1, 2, 3, 4, 5, 6],
        "purpose": [-1, 0, 1, len(Purpose)], "vintage_start": [MONTH + 10**6], "least": [3, -1],
    }
    names = list(made_up)
    chosen = np.where(luck.random(len(rows)) < 0.2, luck.integers(len(names), size=len(rows)), -1)
    for place, name in enumerate(names):
        at = np.flatnonzero(chosen == place)
        spoiled = luck.choice(made_up[name], size=len(at))
        # A month is as far off as it says; a line of the month before is dated back all the same.
        rows[name][at] = rows.month[at] + spoiled if name == "month" else spoiled
    # A million credits issued at once would take the plain registry a while.
    rows.amount[(rows.operation == Operation.ISSUE) & (rows.amount == 10**6)] = LARGEST


def _held_against(ledger, plain, replay, operations, answers):
    for place, row in enumerate(operations.tolist()):
        asked = Asked(*row)
        faults = plain.faults(asked)
        if answers[place] not in (faults or {Refusal.NONE}):
            raise SystemExit(f"{asked} was answered {Refusal(answers[place]).name}, not {faults}")
        if not faults:
            plain.do(asked)
    replay.read(ledger)
    places, births = credits_of(ledger)
    queues = {place: list(queue) for place, queue in plain.queues.items()}
    used = ledger.blocks[: ledger.counters[BLOCKS]]
    checks = {
        "fen": plain.fen == ledger.fen.tolist() == replay.fen,
        "tonnes": bool((plain.tonnes() == ledger.tonnes).all()),
        "serial numbers": sorted(places) == list(range(1, int(ledger.counters[ISSUED]) + 1)),
        "places": places == plain.places(),
        "births": births == plain.credits,
        "queues": queues_of(ledger) == queues,
        "replay": replay.places == {serial: fate[:3] for serial, fate in places.items()},
        "live blocks": int((used.state < LIVE_STATES).sum()) == ledger.counters[LIVE],
    }
    wrong = [name for name, right in checks.items() if not right] + audit(ledger)
    if wrong:
        raise SystemExit(f"the registry went astray: {', '.join(wrong)}")


def _life(seed: int, count: int, batch: int) -> np.ndarray:
    """One registry, from nothing; answers to its operations."""
    luck = np.random.default_rng(seed)
    accounts = len(Account) + int(luck.integers(2, 33))
    ledger = new_ledger(accounts, 0, 0)
    checked = new_ledger(accounts, 0, 0)
    plain, replay = PlainRegistry(accounts), Replay(accounts)
    scratch = tuple(
        np.zeros_like(part) for part in (ledger.fen, ledger.tonnes, ledger.counters)
    )
    heard = []
    for first in range(0, count, batch):
        operations = random_operations(luck, accounts, min(batch, count - first), plain.month
                                       or MONTH)
        ledger, answers = posted(ledger, operations)
        checked = checked._replace(
            blocks=grown(checked.blocks, len(ledger.blocks)),
            journal=grown(checked.journal, len(ledger.journal)),
        )
        again = np.zeros_like(answers)
        place, wrong = _post_checked(checked, operations, again, *scratch)
        if place >= 0:
            raise SystemExit(f"{Asked(*operations[place].tolist())}: {WRONG[wrong]} went wrong")
        if contents(ledger) != contents(checked) or (again != answers).any():
            raise SystemExit("operations by themselves and as a batch lead to different ledgers")
        _held_against(ledger, plain, replay, operations, answers)
        heard.append(answers)
    return np.concatenate(heard)


def ran(operations: int, seed: int = 1, *, life: int = LIFE, batch: int = BATCH) -> dict[str, int]:
    """Do so many operations and check them.

    Parameters
    ----------
    operations : int
    seed : int
        Of the first registry; each one after it has the next.
    life, batch : int
        Operations of one registry, and between two full checks.

    Returns
    -------
    dict
        How many were answered so, by name of the `Refusal`; NONE where they were done.

    Raises
    ------
    SystemExit
        At the first fault.
    """
    heard = np.zeros(len(Refusal), dtype=np.int64)
    for number, first in enumerate(range(0, operations, life)):
        answers = _life(seed + number, min(life, operations - first), batch)
        heard += np.bincount(answers, minlength=len(Refusal))
    return {reason.name: int(heard[reason]) for reason in Refusal}


def main(argv: list[str] | None = None) -> int:
    """Run it and print what was done.

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
    parser.add_argument("--operations", type=int, default=1_000_000, help="how many")
    parser.add_argument("--seed", type=int, default=1, help="of the first registry")
    options = parser.parse_args(argv)
    start = perf_counter()
    heard = ran(options.operations, options.seed)
    table = Table(title=f"{sum(heard.values()):,} operations, {perf_counter() - start:.0f} seconds")
    table.add_column("answer")
    table.add_column("operations", justify="right")
    for name, count in heard.items():
        table.add_row("done" if name == "NONE" else name, f"{count:,}")
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
