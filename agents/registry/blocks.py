"""Blocks of credits and lines of the journal: the smallest steps that the ledger is made of.

They take arrays, not the ledger: handing on the whole tuple costs four times as much as the work
they do.
"""

from agents.compiled import kernel
from agents.vocabulary import CreditState

__all__ = [
    "BLOCKS",
    "ISSUED",
    "JOURNAL",
    "LATEST",
    "LIVE",
    "LIVE_STATES",
    "NEXT_SERIAL",
    "REFUSED",
    "append",
    "enter",
    "hand_on",
    "latest_month",
    "new_block",
    "refuse",
    "split",
]

# The states before the final ones.
LIVE_STATES = int(CreditState.RETIRED)

# Places in `Ledger.counters`.
BLOCKS = 0
JOURNAL = 1
NEXT_SERIAL = 2
ISSUED = 3
LIVE = 4
# Month of the last line that has left memory, 0 if none has.
LATEST = 5
REFUSED = 6  # and the following places, one for each Refusal


@kernel
def enter(journal, counters, month, entry, is_money, debit, credit, amount, serial, before, after,
           purpose):
    """Append a line to the journal.

    Parameters
    ----------
    journal, counters : see `Ledger`, changed in place
    month, entry, is_money, debit, credit, amount, serial, before, after, purpose : see
        `JOURNAL_COLUMNS`

    Raises
    ------
    MemoryError
        When there is no room for it.
    """
    place = counters[JOURNAL]
    if place >= len(journal):
        raise MemoryError("the journal is full")
    row = journal[place]
    row.month = month
    row.entry = entry
    row.is_money = is_money
    row.debit = debit
    row.credit = credit
    row.amount = amount
    row.serial = serial
    row.state_from = before
    row.state_to = after
    row.purpose = purpose
    counters[JOURNAL] = place + 1


@kernel
def latest_month(journal, counters):
    """Month of the last line.

    Parameters
    ----------
    journal, counters : see `Ledger`

    Returns
    -------
    month number; 0 where there is no line yet
    """
    lines = counters[JOURNAL]
    if lines == 0:
        return counters[LATEST]
    return journal[lines - 1].month


@kernel
def refuse(counters, reason):
    """Count a refusal and name it.

    Parameters
    ----------
    counters : see `Ledger`, changed in place
    reason : Refusal code

    Returns
    -------
    the same code
    """
    counters[REFUSED + reason] += 1
    return reason


@kernel
def append(blocks, heads, tails, block, owner, state):
    """Put a block at the end of a queue.

    Parameters
    ----------
    blocks, heads, tails : see `Ledger`, changed in place
    block : row
    owner, state : whose queue
    """
    # Final states are records, not stocks: nothing leaves them, so they need no queue.
    blocks[block].next = -1
    if state >= LIVE_STATES:
        return
    last = tails[owner, state]
    if last < 0:
        heads[owner, state] = block
    else:
        blocks[last].next = block
    tails[owner, state] = block


@kernel
def new_block(blocks, counters):
    """Take the next row for a block.

    Parameters
    ----------
    blocks, counters : see `Ledger`, changed in place

    Returns
    -------
    row

    Raises
    ------
    MemoryError
        When there is no room for it.
    """
    place = counters[BLOCKS]
    if place >= len(blocks):
        raise MemoryError("the table of blocks is full")
    counters[BLOCKS] = place + 1
    counters[LIVE] += 1
    return place


@kernel
def split(blocks, tails, counters, block, tonnes):
    """Cut a block in two: so many tonnes stay in its row, the rest stands behind it in the queue.

    Parameters
    ----------
    blocks, tails, counters : see `Ledger`, changed in place
    block : row
    tonnes : t, fewer than the block holds
    """
    # The part that stays becomes a new block and keeps the place of the old one in the queue.
    rest = new_block(blocks, counters)
    old = blocks[block]
    new = blocks[rest]
    new.serial = old.serial + tonnes
    new.tonnes = old.tonnes - tonnes
    new.project_id = old.project_id
    new.vintage_start = old.vintage_start
    new.vintage_end = old.vintage_end
    new.issued_month = old.issued_month
    new.verification = old.verification
    new.province = old.province
    new.counts = old.counts
    new.owner = old.owner
    new.state = old.state
    new.purpose = old.purpose
    new.final_month = old.final_month
    new.next = old.next
    old.tonnes = tonnes
    old.next = rest
    if tails[old.owner, old.state] == block:
        tails[old.owner, old.state] = rest


@kernel
def hand_on(blocks, heads, tails, counters, block, owner, state, purpose, month):
    """Give a block that was taken out of its queue to an owner, in a state.

    Parameters
    ----------
    blocks, heads, tails, counters : see `Ledger`, changed in place
    block : row
    owner, state : who has it now, and how
    purpose : Purpose code of a final state, 0 otherwise
    month : month number
    """
    row = blocks[block]
    row.owner = owner
    row.state = state
    row.purpose = purpose
    if state >= LIVE_STATES:
        row.final_month = month
        counters[LIVE] -= 1
    append(blocks, heads, tails, block, owner, state)
