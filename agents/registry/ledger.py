"""The registry's ledger: double entry for tonnes and fen; it never rounds, forgets or creates.

Credits live in serial-numbered blocks. One issue makes one block per project and monitoring
period (two where a buffer share is held back); a transfer splits the last block it touches. Blocks
of one owner in one live state form a queue, so the oldest credits leave first. Every movement of a
block or of money is a line of the append-only journal. What cannot be done is refused by name.
"""

from typing import NamedTuple

import numpy as np

from agents.compiled import kernel, rule
from agents.population import empty
from agents.registry.blocks import (
    BLOCKS,
    ISSUED,
    JOURNAL,
    LIVE,
    LIVE_STATES,
    NEXT_SERIAL,
    REFUSED,
    append,
    enter,
    hand_on,
    latest_month,
    new_block,
    refuse,
    split,
)
from agents.registry.columns import BLOCK_DTYPE, JOURNAL_DTYPE
from agents.vocabulary import Account, CreditState, Entry, Purpose, Refusal

__all__ = [
    "BLOCKS",
    "ISSUED",
    "JOURNAL",
    "LIVE",
    "NEXT_SERIAL",
    "REFUSED",
    "Ledger",
    "balanced",
    "final_tonnes",
    "issue",
    "move",
    "new_ledger",
    "pay",
    "refusal_of_line",
    "refusal_of_move",
    "refusal_of_request",
]

STATES = len(CreditState)
PURPOSES = len(Purpose)
LAST_ENTRY = int(max(Entry))
# Whole numbers of 64 bits end here; months in the journal have 32.
LARGEST = int(np.iinfo(np.int64).max)
# Only three accounts may owe anything (`may_overdraw`), and what all others have is what they owe:
# with a third for each, no sum over any accounts overflows.
MOST_OWED = LARGEST // 3
LAST_MONTH = int(np.iinfo(JOURNAL_DTYPE["month"]).max)


class Ledger(NamedTuple):
    """Everything the registry keeps.

    Attributes
    ----------
    fen : int64 array, shape (accounts,)
        Money; the sum is always zero.
    tonnes : int64 array, shape (accounts, states)
        Credits by owner and state; the sum is always what was issued.
    heads, tails : int64 array, shape (accounts, live states)
        First and last block of each queue; -1 where it is empty.
    blocks : numpy.recarray
        Blocks of credits, with room for more.
    journal : numpy.recarray
        Entries in the order they were made, with room for more.
    counters : int64 array
        Blocks and entries in use, next serial number, tonnes issued, blocks in a live state,
        refusals by name.
    """

    fen: np.ndarray
    tonnes: np.ndarray
    heads: np.ndarray
    tails: np.ndarray
    blocks: np.recarray
    journal: np.recarray
    counters: np.ndarray


def new_ledger(accounts: int, blocks: int, entries: int) -> Ledger:
    """Ledger in which nothing has happened yet.

    Parameters
    ----------
    accounts : int
    blocks, entries : int
        Rows to make room for.

    Returns
    -------
    Ledger
    """
    counters = np.zeros(REFUSED + len(Refusal), dtype=np.int64)
    counters[NEXT_SERIAL] = 1
    return Ledger(
        fen=np.zeros(accounts, dtype=np.int64),
        tonnes=np.zeros((accounts, STATES), dtype=np.int64),
        heads=np.full((accounts, LIVE_STATES), -1, dtype=np.int64),
        tails=np.full((accounts, LIVE_STATES), -1, dtype=np.int64),
        blocks=empty(BLOCK_DTYPE, blocks),
        journal=empty(JOURNAL_DTYPE, entries),
        counters=counters,
    )


@rule
def may_overdraw(account):
    """Whether an account may fall below zero.

    Parameters
    ----------
    account : account number

    Returns
    -------
    bool, true for the outside world, the treasury and the allowance market
    """
    return (
        account == Account.OUTSIDE
        or account == Account.TREASURY
        or account == Account.ALLOWANCE_MARKET
    )


@rule
def follows(month, latest):
    """Whether a line of a month can stand after one of another: the journal is in order of time.

    Parameters
    ----------
    month : month number
    latest : month number of the line before

    Returns
    -------
    bool
    """
    return latest <= month <= LAST_MONTH


@rule
def refusal_of_line(is_money, entry, month, latest):
    """Why a line cannot stand in the journal, whatever it moves.

    Parameters
    ----------
    is_money : whether it is of money, not of credits
    entry : Entry code
    month : month number
    latest : month number of the line before

    Returns
    -------
    Refusal code; 0 where nothing speaks against it
    """
    # Who reads the journal goes by these words: an issue is one where credits come into being.
    fits = Entry.OFFER <= entry <= Entry.CANCEL or entry == Entry.REPLENISH
    if is_money:
        fits = not fits and (entry == Entry.OPENING or Entry.DEPOSIT <= entry <= LAST_ENTRY)
    if not fits:
        return Refusal.WRONG_ENTRY.value
    if not follows(month, latest):
        return Refusal.WRONG_MONTH.value
    return Refusal.NONE.value


@kernel
def pay(ledger, debit, credit, fen, entry, month):
    """Move money between two accounts.

    Parameters
    ----------
    ledger : Ledger, changed in place
    debit, credit : accounts that give and receive
    fen : whole fen, positive
    entry : Entry code
    month : month number

    Returns
    -------
    Refusal code; 0 where the money moved
    """
    accounts = len(ledger.fen)
    if debit < 0 or credit < 0 or debit >= accounts or credit >= accounts:
        return refuse(ledger.counters, Refusal.UNKNOWN_ACCOUNT.value)
    if fen <= 0:
        return refuse(ledger.counters, Refusal.NOT_POSITIVE.value)
    if debit == credit:
        return refuse(ledger.counters, Refusal.SAME_PLACE.value)
    reason = refusal_of_line(
        True, entry, month, latest_month(ledger.journal, ledger.counters)
    )
    if reason != Refusal.NONE:
        return refuse(ledger.counters, reason)
    if ledger.fen[debit] < fen and not may_overdraw(debit):
        return refuse(ledger.counters, Refusal.NOT_ENOUGH_MONEY.value)
    if ledger.fen[debit] < fen - MOST_OWED:
        return refuse(ledger.counters, Refusal.TOO_LARGE.value)
    ledger.fen[debit] -= fen
    ledger.fen[credit] += fen
    enter(
        ledger.journal, ledger.counters, month, entry, True, debit, credit, fen, 0, -1, -1, 0
    )
    return Refusal.NONE.value


@kernel
def issue(
    ledger, owner, project_id, tonnes, state, start, end, month, province=0, counts=True,
    verification=-1,
):
    """Create credits: the only place where tonnes come into being.

    Parameters
    ----------
    ledger : Ledger, changed in place
    owner : account that receives
    project_id : stable id of the project
    tonnes : t, positive
    state : CreditState, HELD or BUFFER
    start, end : first and last month of the monitoring period
    month : month of issue, not before the end of the period
    province : code of the project's province
    counts : whether the credits are of a class, province and vintage that count for compliance
    verification : row of the verification that measured them; -1 for none

    Returns
    -------
    Refusal code; 0 where the credits were issued
    """
    if owner < 0 or owner >= len(ledger.fen):
        return refuse(ledger.counters, Refusal.UNKNOWN_ACCOUNT.value)
    if tonnes <= 0:
        return refuse(ledger.counters, Refusal.NOT_POSITIVE.value)
    if state < 0 or state >= STATES:
        return refuse(ledger.counters, Refusal.UNKNOWN_STATE.value)
    if state >= LIVE_STATES:
        return refuse(ledger.counters, Refusal.FINAL_STATE.value)
    # Who holds credits offers or pledges them; the registry does not.
    if state != CreditState.HELD and state != CreditState.BUFFER:
        return refuse(ledger.counters, Refusal.NOT_AT_ISSUE.value)
    # A period that has not ended cannot have been measured.
    latest = latest_month(ledger.journal, ledger.counters)
    if start > end or end > month or not follows(month, latest):
        return refuse(ledger.counters, Refusal.WRONG_MONTH.value)
    serial = ledger.counters[NEXT_SERIAL]
    # Serial numbers never come round again. All credits together are fewer than the next one, so
    # that no sum of them overflows either.
    if tonnes > LARGEST - serial:
        return refuse(ledger.counters, Refusal.TOO_LARGE.value)
    place = new_block(ledger.blocks, ledger.counters)
    block = ledger.blocks[place]
    block.serial = serial
    block.tonnes = tonnes
    block.project_id = project_id
    block.vintage_start = start
    block.vintage_end = end
    block.issued_month = month
    block.verification = verification
    block.province = province
    block.counts = counts
    block.owner = owner
    block.state = state
    block.purpose = 0
    block.final_month = 0
    append(ledger.blocks, ledger.heads, ledger.tails, place, owner, state)
    ledger.tonnes[owner, state] += tonnes
    ledger.counters[NEXT_SERIAL] = serial + tonnes
    ledger.counters[ISSUED] += tonnes
    enter(
        ledger.journal, ledger.counters, month, Entry.ISSUE.value, False, -1, owner, tonnes,
        serial, -1, state, 0,
    )
    return Refusal.NONE.value


@rule
def is_free_for(before, after):
    """Whether credits may go from one state straight into another.

    What is offered, pledged or held back serves one end at a time, and is set free before it serves
    another: a pledge is not for sale, and what covers losses covers no emissions. Credits on offer
    may be retired, which is a delivery to somebody who retires at once.

    Parameters
    ----------
    before, after : CreditState codes, the first of a live state

    Returns
    -------
    bool
    """
    if before == CreditState.HELD or before == after:
        return True
    if after == CreditState.RETIRED:
        return before == CreditState.ESCROW
    return after == CreditState.HELD or after == CreditState.CANCELLED


@rule
def refusal_of_move(accounts, debit, before, credit, after, tonnes, purpose):
    """Why a movement of credits is refused, whatever the accounts hold.

    Parameters
    ----------
    accounts : how many there are
    debit, before, credit, after, tonnes, purpose : see `move`

    Returns
    -------
    Refusal code; 0 where nothing speaks against it
    """
    if debit < 0 or credit < 0 or debit >= accounts or credit >= accounts:
        return Refusal.UNKNOWN_ACCOUNT.value
    if tonnes <= 0:
        return Refusal.NOT_POSITIVE.value
    # As an index, -1 would be the last state.
    if before < 0 or after < 0 or before >= STATES or after >= STATES:
        return Refusal.UNKNOWN_STATE.value
    if before >= LIVE_STATES:
        return Refusal.FINAL_STATE.value
    if purpose < 0 or purpose >= PURPOSES:
        return Refusal.UNKNOWN_PURPOSE.value
    if after >= LIVE_STATES:
        if purpose == Purpose.NONE and after != CreditState.CANCELLED:
            return Refusal.NO_PURPOSE.value
    elif purpose != Purpose.NONE:
        return Refusal.PURPOSE_TOO_EARLY.value
    if debit == credit and before == after:
        return Refusal.SAME_PLACE.value
    if not is_free_for(before, after):
        return Refusal.NOT_FREE.value
    return Refusal.NONE.value


@kernel
def refusal_of_request(ledger, debit, before, credit, after, tonnes, entry, purpose, month):
    """Why a movement of credits is refused, whatever credits the accounts hold.

    Parameters
    ----------
    ledger : Ledger
    debit, before, credit, after, tonnes, entry, purpose, month : see `move`

    Returns
    -------
    Refusal code; 0 where nothing speaks against it
    """
    reason = refusal_of_move(len(ledger.fen), debit, before, credit, after, tonnes, purpose)
    if reason != Refusal.NONE:
        return reason
    return refusal_of_line(
        False, entry, month, latest_month(ledger.journal, ledger.counters)
    )


@kernel
def move(ledger, debit, before, credit, after, tonnes, entry, purpose, month):
    """Move credits, oldest first, to another owner, another state, or both.

    Parameters
    ----------
    ledger : Ledger, changed in place
    debit, before : account and live state that give
    credit, after : account and state that receive; a final state needs a purpose
    tonnes : t, positive
    entry : Entry code
    purpose : Purpose code of a final state, 0 otherwise
    month : month number

    Returns
    -------
    Refusal code; 0 where all the tonnes moved, otherwise nothing did
    """
    reason = refusal_of_request(
        ledger, debit, before, credit, after, tonnes, entry, purpose, month
    )
    if reason == Refusal.NONE and ledger.tonnes[debit, before] < tonnes:
        reason = Refusal.NOT_ENOUGH_CREDITS.value
    if reason != Refusal.NONE:
        return refuse(ledger.counters, reason)
    left = tonnes
    while left > 0:
        place = ledger.heads[debit, before]
        block = ledger.blocks[place]
        if block.tonnes > left:
            split(ledger.blocks, ledger.tails, ledger.counters, place, left)
        ledger.heads[debit, before] = block.next
        if block.next < 0:
            ledger.tails[debit, before] = -1
        hand_on(
            ledger.blocks, ledger.heads, ledger.tails, ledger.counters, place, credit, after,
            purpose, month,
        )
        amount = block.tonnes
        enter(
            ledger.journal, ledger.counters, month, entry, False, debit, credit, amount,
            block.serial, before, after, purpose,
        )
        left -= amount
    ledger.tonnes[debit, before] -= tonnes
    ledger.tonnes[credit, after] += tonnes
    return Refusal.NONE.value


@kernel
def balanced(ledger):
    """Whether tonnes and fen add up.

    Parameters
    ----------
    ledger : Ledger

    Returns
    -------
    int
        0 where they do, 1 where the tonnes do not, 2 where the fen do not, 3 where an account is
        below zero that must not be.
    """
    # Flat loops without branches, which the compiler turns into vector instructions.
    money = 0
    least = 0
    for account in range(ledger.fen.size):
        money += ledger.fen[account]
        least = min(least, ledger.fen[account])
    flat = ledger.tonnes.reshape(ledger.tonnes.size)
    credits = 0
    fewest = 0
    for place in range(flat.size):
        credits += flat[place]
        fewest = min(fewest, flat[place])
    if credits != ledger.counters[ISSUED]:
        return 1
    if money != 0:
        return 2
    if fewest < 0:
        return 3
    if least < 0:
        for account in range(ledger.fen.size):
            if ledger.fen[account] < 0 and not may_overdraw(account):
                return 3
    return 0


def final_tonnes(ledger: Ledger, state: CreditState, purpose: Purpose) -> int:
    """Credits in a final state by purpose, counted from the blocks.

    Parameters
    ----------
    ledger : Ledger
    state : CreditState
    purpose : Purpose

    Returns
    -------
    int
        t
    """
    blocks = ledger.blocks[: ledger.counters[BLOCKS]]
    chosen = (blocks.state == state) & (blocks.purpose == purpose)
    return int(blocks.tonnes[chosen].sum())
