"""Whole batches of operations on the ledger: done in order, answered one by one."""

import numpy as np

from agents.compiled import kernel
from agents.population import grown
from agents.registry.blocks import BLOCKS, JOURNAL, LIVE, refuse
from agents.registry.choosing import move_chosen, move_least_useful, move_of_project
from agents.registry.columns import OPERATION_DTYPE
from agents.registry.ledger import Ledger, issue, move, pay
from agents.vocabulary import Operation, Refusal

__all__ = ["OPERATION_DTYPE", "do", "post", "posted"]


@kernel
def do(ledger, asked):
    """Do one operation, or refuse it.

    Parameters
    ----------
    ledger : Ledger, changed in place
    asked : a row of `OPERATION_COLUMNS`

    Returns
    -------
    Refusal code; 0 where it was done
    """
    # The narrow columns become whole numbers of the width in which the engine asks: one compiled
    # form of each operation serves both.
    kind = asked.operation
    entry, month = np.int64(asked.entry), np.int64(asked.month)
    debit, credit = np.int64(asked.debit), np.int64(asked.credit)
    before, after = np.int64(asked.state_from), np.int64(asked.state_to)
    purpose, province = np.int64(asked.purpose), np.int64(asked.province)
    if kind == Operation.PAY:
        return pay(ledger, debit, credit, asked.amount, entry, month)
    if kind == Operation.MOVE:
        return move(
            ledger, debit, before, credit, after, asked.amount, entry, purpose, month
        )
    if kind == Operation.MOVE_CHOSEN:
        return move_chosen(
            ledger, debit, before, credit, after, asked.amount, entry, purpose, month, province,
            np.int64(asked.least), np.int64(asked.most),
        )
    if kind == Operation.MOVE_LEAST_USEFUL:
        return move_least_useful(
            ledger, debit, before, credit, after, asked.amount, entry, purpose, month, province
        )
    if kind == Operation.ISSUE:
        return issue(
            ledger, credit, asked.project_id, asked.amount, after, np.int64(asked.vintage_start),
            np.int64(asked.vintage_end), month, province=province, counts=asked.counts,
            verification=asked.verification,
        )
    if kind == Operation.MOVE_OF_PROJECT:
        return move_of_project(
            ledger, debit, before, credit, after, asked.amount, entry, purpose, month,
            asked.project_id,
        )
    return refuse(ledger.counters, Refusal.UNKNOWN_OPERATION.value)


@kernel
def post(ledger, operations, answers, first=0):
    """Do operations in order, as far as there is room for them.

    Parameters
    ----------
    ledger : Ledger, changed in place
    operations : rows of `OPERATION_COLUMNS`
    answers : int64 array, one for each operation; written: Refusal code, 0 where it was done
    first : row to begin with

    Returns
    -------
    row of the first operation that was not looked at; as many as there are where all were

    Raises
    ------
    ValueError
        When there are fewer answers than operations.
    """
    if len(answers) < len(operations):
        raise ValueError("fewer answers than operations")
    for place in range(first, len(operations)):
        asked = operations[place]
        # An operation makes at most one block: the one issued, or the rest of the one cut last. It
        # writes a line for each block that it touches, of which there are at most as many as live,
        # and at most as many as tonnes, as each gives one at least. A payment is one line.
        lines = 1
        if asked.operation != Operation.PAY and asked.operation != Operation.ISSUE:
            lines = min(asked.amount, ledger.counters[LIVE])
        if (
            ledger.counters[BLOCKS] + 1 > len(ledger.blocks)
            or ledger.counters[JOURNAL] + lines > len(ledger.journal)
        ):
            return place
        answers[place] = do(ledger, asked)
    return len(operations)


def posted(ledger: Ledger, operations: np.recarray) -> tuple[Ledger, np.ndarray]:
    """Do any operations in order; room is made for them.

    Parameters
    ----------
    ledger : Ledger
        Changed in place; where its blocks or its journal need room, they move into larger arrays,
        which only the ledger that is handed back knows.
    operations : numpy.recarray
        Rows of `OPERATION_COLUMNS`.

    Returns
    -------
    ledger : Ledger
    answers : int64 array
        Refusal code of each operation; 0 where it was done.

    Notes
    -----
    How many lines a batch writes depends on how its own operations cut the blocks, and a bound for
    all of it that needs no posting is a product of operations and blocks. So there is room for one
    block and one line an operation, and `post` stops before the first one that could need more.
    Then the tables at least double, which makes the cost of copying one of the lines written.
    """
    answers = np.zeros(len(operations), dtype=np.int64)
    done = 0
    lines = len(operations)
    while True:
        left = len(operations) - done
        blocks = int(ledger.counters[BLOCKS]) + left
        entries = int(ledger.counters[JOURNAL]) + max(left, lines)
        ledger = ledger._replace(
            blocks=_with_room(ledger.blocks, blocks), journal=_with_room(ledger.journal, entries)
        )
        done = int(post(ledger, operations, answers, done))
        if done == len(operations):
            return ledger, answers
        lines = min(int(operations[done].amount), int(ledger.counters[LIVE]))


def _with_room(rows: np.recarray, needed: int) -> np.recarray:
    return rows if len(rows) >= needed else grown(rows, max(needed, 2 * len(rows)))
