"""The registry's ledger: one worked example, and every refusal."""

import numpy as np
import pytest

from agents.population import empty
from agents.registry.audit import audit
from agents.registry.columns import OPERATION_COLUMNS
from agents.registry.ledger import (
    BLOCKS,
    ISSUED,
    JOURNAL,
    LIVE,
    NEXT_SERIAL,
    REFUSED,
    balanced,
    final_tonnes,
    follows,
    is_free_for,
    issue,
    may_overdraw,
    move,
    new_ledger,
    pay,
    refusal_of_line,
    refusal_of_move,
)
from agents.registry.posting import do
from agents.vocabulary import Account, CreditState, Entry, Operation, Purpose, Refusal
from tests.helpers import MONTH, both

OUTSIDE, POOL = int(Account.OUTSIDE), int(Account.BUFFER_POOL)
SELLER, BUYER = len(Account), len(Account) + 1
PROJECT = 1_001_000_000
HELD, ESCROW, PLEDGED, BUFFER, RETIRED, CANCELLED = (int(state) for state in CreditState)
MOVE_IN = int(Entry.DELIVER)
MOST = int(np.iinfo(np.int64).max)


def operation(kind):
    """A row that asks for something of this kind."""
    rows = empty(OPERATION_COLUMNS, 1)
    rows.operation = kind
    return rows[0]


def ledger_of(*issues: int):
    """Ledger of nine accounts; the seller holds one block for each number of tonnes."""
    ledger = new_ledger(len(Account) + 2, blocks=32, entries=64)
    for number, tonnes in enumerate(issues):
        start = MONTH - 12 * (len(issues) - number)
        done = issue(ledger, SELLER, PROJECT, tonnes, HELD, start, start + 11, start + 12)
        assert done == Refusal.NONE
    return ledger


def blocks_of(ledger):
    """(serial, tonnes, owner, state) of every block, by serial number."""
    used = ledger.blocks[: ledger.counters[BLOCKS]]
    rows = [(int(b.serial), int(b.tonnes), int(b.owner), int(b.state)) for b in used]
    return sorted(rows)


def bytes_of(ledger):
    """Everything but the count of refusals."""
    parts = [ledger.fen, ledger.tonnes, ledger.heads, ledger.tails, ledger.counters[:REFUSED]]
    parts += [ledger.blocks[name] for name in ledger.blocks.dtype.names]
    parts += [ledger.journal[name] for name in ledger.journal.dtype.names]
    return b"".join(np.ascontiguousarray(part).tobytes() for part in parts)


def test_a_move_is_refused_for_the_first_reason_that_stands_against_it():
    """What the accounts hold is asked afterwards."""
    assert both(refusal_of_move, 9, 7, HELD, 8, HELD, 1, 0) == Refusal.NONE
    assert both(refusal_of_move, 9, 7, HELD, 9, HELD, 0, 0) == Refusal.UNKNOWN_ACCOUNT
    assert both(refusal_of_move, 9, 7, RETIRED, 8, HELD, 0, 0) == Refusal.NOT_POSITIVE
    assert both(refusal_of_move, 9, 7, CANCELLED, 8, HELD, 1, 0) == Refusal.FINAL_STATE
    assert both(refusal_of_move, 9, 7, RETIRED, 8, 6, 1, 0) == Refusal.UNKNOWN_STATE
    assert both(refusal_of_move, 9, 7, HELD, 7, RETIRED, 1, 7) == Refusal.UNKNOWN_PURPOSE
    assert both(refusal_of_move, 9, 7, HELD, 7, RETIRED, 1, 0) == Refusal.NO_PURPOSE
    assert both(refusal_of_move, 9, 7, HELD, 7, HELD, 1, 1) == Refusal.PURPOSE_TOO_EARLY
    assert both(refusal_of_move, 9, 7, HELD, 7, HELD, 1, 0) == Refusal.SAME_PLACE
    assert both(refusal_of_move, 9, 7, PLEDGED, 8, RETIRED, 1, 1) == Refusal.NOT_FREE


def test_credits_serve_one_end_at_a_time():
    """By state before: where credits may go straight away; the others are set free first."""
    roads = {
        HELD: {HELD, ESCROW, PLEDGED, BUFFER, RETIRED, CANCELLED},
        ESCROW: {HELD, ESCROW, RETIRED, CANCELLED},
        PLEDGED: {HELD, PLEDGED, CANCELLED},
        BUFFER: {HELD, BUFFER, CANCELLED},
    }
    for before, allowed in roads.items():
        states = (*roads, RETIRED, CANCELLED)
        assert {after for after in states if both(is_free_for, before, after)} == allowed


def test_a_line_of_the_journal_has_a_word_and_a_month_that_fit():
    """Credits from offer to cancellation, money from deposits on; time does not run back."""
    for entry in Entry:
        money = both(refusal_of_line, True, int(entry), 5, 5)
        credits = both(refusal_of_line, False, int(entry), 5, 5)
        assert (money == Refusal.NONE) + (credits == Refusal.NONE) == (entry != Entry.ISSUE)
        assert {money, credits} <= {Refusal.NONE, Refusal.WRONG_ENTRY}
    assert both(refusal_of_line, True, len(Entry), 5, 5) == Refusal.WRONG_ENTRY
    assert both(refusal_of_line, False, -1, 5, 5) == Refusal.WRONG_ENTRY
    assert both(refusal_of_line, False, int(Entry.OFFER), 4, 5) == Refusal.WRONG_MONTH
    assert both(follows, 5, 5)
    assert both(follows, 2**31 - 1, 5)
    assert not both(follows, 4, 5)
    # The journal keeps months in 32 bits: a later one would be written down as another.
    assert not both(follows, 2**31, 5)


def test_an_issue_makes_one_block():
    """100 t get the serial numbers 1 to 100, with project and monitoring period."""
    ledger = ledger_of(100)
    block = ledger.blocks[0]
    assert blocks_of(ledger) == [(1, 100, SELLER, HELD)]
    assert (block.project_id, block.vintage_start, block.vintage_end, block.issued_month) == (
        PROJECT, MONTH - 12, MONTH - 1, MONTH,
    )
    assert ledger.counters[NEXT_SERIAL] == 101
    assert ledger.counters[ISSUED] == 100
    entry = ledger.journal[0]
    assert (entry.entry, entry.debit, entry.credit, entry.amount, entry.serial) == (
        Entry.ISSUE, -1, SELLER, 100, 1,
    )
    assert not entry.is_money


def test_the_oldest_credits_leave_first_and_the_last_block_is_split():
    """Of 100 + 50 t, 120 go: serials 1-100 whole, 101-120 split off; 121-150 stay."""
    ledger = ledger_of(100, 50)
    assert move(ledger, SELLER, HELD, BUYER, HELD, 120, MOVE_IN, 0, MONTH) == Refusal.NONE
    assert blocks_of(ledger) == [
        (1, 100, BUYER, HELD), (101, 20, BUYER, HELD), (121, 30, SELLER, HELD),
    ]
    assert ledger.tonnes[SELLER, HELD] == 30
    assert ledger.tonnes[BUYER, HELD] == 120
    moved = ledger.journal[2 : ledger.counters[JOURNAL]]
    assert [(int(row.serial), int(row.amount)) for row in moved] == [(1, 100), (101, 20)]
    assert audit(ledger) == []


def test_a_split_keeps_where_the_credits_come_from():
    """Both parts remember project, monitoring period and month of issue."""
    ledger = ledger_of(100)
    move(ledger, SELLER, HELD, BUYER, HELD, 1, MOVE_IN, 0, MONTH)
    old, new = ledger.blocks[0], ledger.blocks[1]
    for name in ("project_id", "vintage_start", "vintage_end", "issued_month"):
        assert old[name] == new[name]
    assert (old.serial, old.tonnes, new.serial, new.tonnes) == (1, 1, 2, 99)


def test_the_rest_of_a_split_block_stays_the_oldest():
    """10 of 100 leave, then 100 more: the 90 that were left go before the younger 50."""
    ledger = ledger_of(100, 50)
    move(ledger, SELLER, HELD, BUYER, HELD, 10, MOVE_IN, 0, MONTH)
    move(ledger, SELLER, HELD, SELLER, ESCROW, 100, int(Entry.OFFER), 0, MONTH)
    assert blocks_of(ledger) == [
        (1, 10, BUYER, HELD), (11, 90, SELLER, ESCROW), (101, 10, SELLER, ESCROW),
        (111, 40, SELLER, HELD),
    ]


def test_what_comes_back_queues_behind_what_stayed():
    """Escrow returned is the youngest of the stock; the order is that of arrival on the account."""
    ledger = ledger_of(10, 10)
    move(ledger, SELLER, HELD, SELLER, ESCROW, 10, int(Entry.OFFER), 0, MONTH)
    move(ledger, SELLER, ESCROW, SELLER, HELD, 10, int(Entry.WITHDRAW), 0, MONTH)
    move(ledger, SELLER, HELD, BUYER, HELD, 10, MOVE_IN, 0, MONTH)
    assert blocks_of(ledger) == [(1, 10, SELLER, HELD), (11, 10, BUYER, HELD)]


def test_an_emptied_queue_can_be_filled_again():
    """All out, then all back: nothing is lost at the ends of the queue."""
    ledger = ledger_of(10)
    for debit, credit in ((SELLER, BUYER), (BUYER, SELLER), (SELLER, BUYER)):
        assert move(ledger, debit, HELD, credit, HELD, 10, MOVE_IN, 0, MONTH) == Refusal.NONE
    assert blocks_of(ledger) == [(1, 10, BUYER, HELD)]
    assert ledger.heads[SELLER, HELD] == ledger.tails[SELLER, HELD] == -1
    assert audit(ledger) == []


def test_retired_credits_keep_owner_month_and_purpose():
    """30 of 100 t retired for the holder's own emissions; they belong to it for ever."""
    ledger = ledger_of(100)
    purpose = int(Purpose.OWN_EMISSIONS)
    done = move(
        ledger, SELLER, HELD, SELLER, RETIRED, 30, int(Entry.RETIRE), purpose, MONTH + 5
    )
    assert done == Refusal.NONE
    assert blocks_of(ledger) == [(1, 30, SELLER, RETIRED), (31, 70, SELLER, HELD)]
    assert ledger.blocks[0].final_month == MONTH + 5
    assert ledger.blocks[1].final_month == 0
    assert final_tonnes(ledger, CreditState.RETIRED, Purpose.OWN_EMISSIONS) == 30
    assert final_tonnes(ledger, CreditState.RETIRED, Purpose.COMPLIANCE) == 0
    assert audit(ledger) == []


def test_a_cancelled_credit_needs_no_purpose():
    """It was of no use to anybody."""
    ledger = ledger_of(100)
    done = move(ledger, SELLER, HELD, SELLER, CANCELLED, 5, int(Entry.CANCEL), 0, MONTH)
    assert done == Refusal.NONE
    assert ledger.tonnes[SELLER, CANCELLED] == 5


def test_collateral_is_pledged_and_released():
    """What is pledged cannot be delivered; what is released can."""
    ledger = ledger_of(100)
    move(ledger, SELLER, HELD, SELLER, PLEDGED, 60, int(Entry.PLEDGE), 0, MONTH)
    refused = move(ledger, SELLER, HELD, BUYER, HELD, 50, MOVE_IN, 0, MONTH)
    assert refused == Refusal.NOT_ENOUGH_CREDITS
    move(ledger, SELLER, PLEDGED, SELLER, HELD, 60, int(Entry.RELEASE), 0, MONTH)
    assert move(ledger, SELLER, HELD, BUYER, HELD, 50, MOVE_IN, 0, MONTH) == Refusal.NONE
    assert ledger.tonnes[SELLER, PLEDGED] == 0
    assert audit(ledger) == []


def test_money_is_moved_and_never_made():
    """30 yuan from outside to the buyer, 18 of them on to the seller."""
    ledger = ledger_of()
    assert pay(ledger, OUTSIDE, BUYER, 3000, int(Entry.DEPOSIT), MONTH) == Refusal.NONE
    assert pay(ledger, BUYER, SELLER, 1800, int(Entry.PAYMENT), MONTH) == Refusal.NONE
    assert (ledger.fen[OUTSIDE], ledger.fen[BUYER], ledger.fen[SELLER]) == (-3000, 1200, 1800)
    assert ledger.fen.sum() == 0
    entry = ledger.journal[1]
    assert (entry.debit, entry.credit, entry.amount) == (BUYER, SELLER, 1800)
    assert entry.is_money
    assert audit(ledger) == []


def test_only_the_world_outside_may_owe_money():
    """The treasury and the allowance market stand for people the model leaves out."""
    allowed = {account for account in Account if both(may_overdraw, int(account))}
    assert allowed == {Account.OUTSIDE, Account.TREASURY, Account.ALLOWANCE_MARKET}
    assert not both(may_overdraw, SELLER)


def test_credits_are_retired_on_behalf_of_another():
    """The buyer never holds them, but it is the buyer's emissions that they are used for."""
    ledger = ledger_of(100)
    done = move(
        ledger, SELLER, HELD, BUYER, RETIRED, 30, int(Entry.RETIRE), int(Purpose.OWN_EMISSIONS),
        MONTH,
    )
    assert done == Refusal.NONE
    assert blocks_of(ledger) == [(1, 30, BUYER, RETIRED), (31, 70, SELLER, HELD)]
    assert ledger.tonnes[[SELLER, BUYER, BUYER], [HELD, RETIRED, HELD]].tolist() == [70, 30, 0]
    line = ledger.journal[1]
    assert (line.debit, line.credit, line.state_from, line.state_to, line.purpose) == (
        SELLER, BUYER, HELD, RETIRED, Purpose.OWN_EMISSIONS,
    )
    assert ledger.counters[LIVE] == 1
    assert final_tonnes(ledger, CreditState.RETIRED, Purpose.OWN_EMISSIONS) == 30
    assert audit(ledger) == []
    # Neither of the two gets them back.
    for owner in (SELLER, BUYER):
        assert move(ledger, owner, RETIRED, BUYER, HELD, 1, MOVE_IN, 0, MONTH) == (
            Refusal.FINAL_STATE
        )


def test_the_last_number_can_be_used():
    """One tonne or fen more is refused (`ASKED`); this much is granted, and adds up."""
    ledger = ledger_of(100)
    assert issue(ledger, SELLER, PROJECT, MOST - 101, HELD, MONTH, MONTH, MONTH) == Refusal.NONE
    for debtor in Account:
        if may_overdraw(debtor):
            assert pay(ledger, int(debtor), BUYER, MOST // 3, 9, MONTH) == Refusal.NONE
    # No account can have more than this, and no sum of accounts is more.
    assert ledger.fen[BUYER] == 3 * (MOST // 3) <= MOST
    assert move(ledger, SELLER, HELD, BUYER, HELD, MOST - 1, MOVE_IN, 0, MONTH) == Refusal.NONE
    assert ledger.counters[NEXT_SERIAL] == MOST
    assert balanced(ledger) == 0
    assert audit(ledger) == []


ASKED = [
    (Refusal.UNKNOWN_ACCOUNT, lambda b: pay(b, -1, BUYER, 10, 9, MONTH)),
    (Refusal.UNKNOWN_ACCOUNT, lambda b: pay(b, OUTSIDE, 10, 10, 9, MONTH)),
    (Refusal.UNKNOWN_ACCOUNT, lambda b: issue(b, -1, PROJECT, 10, HELD, MONTH, MONTH, MONTH)),
    (Refusal.UNKNOWN_ACCOUNT, lambda b: issue(b, 10, PROJECT, 10, HELD, MONTH, MONTH, MONTH)),
    (Refusal.UNKNOWN_ACCOUNT, lambda b: move(b, -1, HELD, BUYER, HELD, 10, 4, 0, MONTH)),
    (Refusal.UNKNOWN_ACCOUNT, lambda b: move(b, SELLER, HELD, 10, HELD, 10, 4, 0, MONTH)),
    (Refusal.NOT_POSITIVE, lambda b: pay(b, OUTSIDE, BUYER, 0, 9, MONTH)),
    (Refusal.NOT_POSITIVE, lambda b: pay(b, OUTSIDE, BUYER, -5, 9, MONTH)),
    (Refusal.NOT_POSITIVE, lambda b: issue(b, SELLER, PROJECT, 0, HELD, MONTH, MONTH, MONTH)),
    (Refusal.NOT_POSITIVE, lambda b: move(b, SELLER, HELD, BUYER, HELD, 0, 4, 0, MONTH)),
    (Refusal.NOT_POSITIVE, lambda b: move(b, SELLER, HELD, BUYER, HELD, -1, 4, 0, MONTH)),
    (Refusal.SAME_PLACE, lambda b: pay(b, BUYER, BUYER, 10, 9, MONTH)),
    (Refusal.SAME_PLACE, lambda b: move(b, SELLER, HELD, SELLER, HELD, 10, 4, 0, MONTH)),
    (Refusal.NOT_ENOUGH_MONEY, lambda b: pay(b, BUYER, SELLER, 1001, 10, MONTH)),
    (Refusal.NOT_ENOUGH_CREDITS, lambda b: move(b, SELLER, HELD, BUYER, HELD, 91, 4, 0, MONTH)),
    (Refusal.NOT_ENOUGH_CREDITS, lambda b: move(b, BUYER, HELD, SELLER, HELD, 1, 4, 0, MONTH)),
    (Refusal.FINAL_STATE, lambda b: move(b, SELLER, RETIRED, SELLER, HELD, 10, 4, 0, MONTH)),
    (Refusal.FINAL_STATE, lambda b: move(b, SELLER, RETIRED, BUYER, RETIRED, 10, 5, 1, MONTH)),
    (Refusal.FINAL_STATE, lambda b: move(b, SELLER, CANCELLED, SELLER, HELD, 1, 4, 0, MONTH)),
    (Refusal.FINAL_STATE, lambda b: issue(b, SELLER, PROJECT, 5, RETIRED, MONTH, MONTH, MONTH)),
    (Refusal.NO_PURPOSE, lambda b: move(b, SELLER, HELD, SELLER, RETIRED, 10, 5, 0, MONTH)),
    # As an index, the state -1 is the one of cancelled credits, and of the queue of the buffer.
    (Refusal.UNKNOWN_STATE, lambda b: move(b, SELLER, -1, BUYER, HELD, 1, 4, 0, MONTH)),
    (Refusal.UNKNOWN_STATE, lambda b: move(b, SELLER, HELD, BUYER, -1, 1, 4, 0, MONTH)),
    (Refusal.UNKNOWN_STATE, lambda b: move(b, SELLER, HELD, BUYER, 6, 1, 4, 1, MONTH)),
    (Refusal.UNKNOWN_STATE, lambda b: issue(b, SELLER, PROJECT, 5, -1, MONTH, MONTH, MONTH)),
    (Refusal.UNKNOWN_STATE, lambda b: issue(b, SELLER, PROJECT, 5, 6, MONTH, MONTH, MONTH)),
    (Refusal.UNKNOWN_PURPOSE, lambda b: move(b, SELLER, HELD, SELLER, RETIRED, 1, 5, -1, MONTH)),
    (Refusal.UNKNOWN_PURPOSE, lambda b: move(b, SELLER, HELD, SELLER, CANCELLED, 1, 8, 9, MONTH)),
    (Refusal.PURPOSE_TOO_EARLY, lambda b: move(b, SELLER, HELD, BUYER, HELD, 1, 4, 1, MONTH)),
    (Refusal.NOT_AT_ISSUE, lambda b: issue(b, SELLER, PROJECT, 5, ESCROW, MONTH, MONTH, MONTH)),
    (Refusal.NOT_AT_ISSUE, lambda b: issue(b, SELLER, PROJECT, 5, PLEDGED, MONTH, MONTH, MONTH)),
    (Refusal.NOT_FREE, lambda b: move(b, SELLER, BUFFER, SELLER, RETIRED, 1, 5, 1, MONTH)),
    (Refusal.NOT_FREE, lambda b: move(b, SELLER, PLEDGED, SELLER, ESCROW, 1, 2, 0, MONTH)),
    (Refusal.WRONG_ENTRY, lambda b: pay(b, OUTSIDE, BUYER, 10, int(Entry.DELIVER), MONTH)),
    (Refusal.WRONG_ENTRY, lambda b: pay(b, OUTSIDE, BUYER, 10, len(Entry), MONTH)),
    (Refusal.WRONG_ENTRY, lambda b: move(b, SELLER, HELD, BUYER, HELD, 1, 1, 0, MONTH)),
    (Refusal.WRONG_MONTH, lambda b: pay(b, OUTSIDE, BUYER, 10, 9, MONTH - 1)),
    (Refusal.WRONG_MONTH, lambda b: pay(b, OUTSIDE, BUYER, 10, 9, 2**31)),
    (Refusal.WRONG_MONTH, lambda b: move(b, SELLER, HELD, BUYER, HELD, 1, 4, 0, MONTH - 1)),
    (Refusal.WRONG_MONTH, lambda b: issue(b, SELLER, PROJECT, 5, HELD, 0, 1, MONTH - 1)),
    (Refusal.WRONG_MONTH, lambda b: issue(b, SELLER, PROJECT, 5, HELD, MONTH, MONTH + 1, MONTH)),
    (Refusal.WRONG_MONTH, lambda b: issue(b, SELLER, PROJECT, 5, HELD, MONTH, MONTH - 1, MONTH)),
    (Refusal.TOO_LARGE, lambda b: issue(b, SELLER, PROJECT, MOST - 100, HELD, MONTH, MONTH, MONTH)),
    # The world outside owes 1,000 fen by now.
    (Refusal.TOO_LARGE, lambda b: pay(b, OUTSIDE, BUYER, MOST // 3 - 999, 9, MONTH)),
    (Refusal.TOO_LARGE, lambda b: pay(b, OUTSIDE, BUYER, MOST, 9, MONTH)),
    (Refusal.UNKNOWN_OPERATION, lambda b: do(b, operation(len(Operation)))),
    (Refusal.UNKNOWN_OPERATION, lambda b: do(b, operation(-1))),
]


@pytest.mark.parametrize(
    ("reason", "ask"), ASKED, ids=[f"{reason.name}-{row}" for row, (reason, _) in enumerate(ASKED)]
)
def test_a_refusal_has_a_name_and_changes_nothing(reason, ask):
    """The seller holds 90 t and retired 10, the buyer has 10 yuan; one counter goes up by one."""
    ledger = ledger_of(100)
    move(ledger, SELLER, HELD, SELLER, RETIRED, 10, int(Entry.RETIRE), 1, MONTH)
    pay(ledger, OUTSIDE, BUYER, 1000, int(Entry.DEPOSIT), MONTH)
    before = bytes_of(ledger)
    assert ask(ledger) == reason
    assert bytes_of(ledger) == before
    refused = np.zeros(len(Refusal), dtype=np.int64)
    refused[reason] = 1
    np.testing.assert_array_equal(ledger.counters[REFUSED:], refused)


def test_every_refusal_is_tried():
    """A name without an example would be a name nobody has seen."""
    assert {reason for reason, _ in ASKED} == set(Refusal) - {Refusal.NONE}


def test_the_outside_may_owe_what_an_account_may_not():
    """The same payment, refused to the buyer and granted to the treasury."""
    ledger = ledger_of()
    assert pay(ledger, BUYER, SELLER, 1, 10, MONTH) == Refusal.NOT_ENOUGH_MONEY
    assert pay(ledger, int(Account.TREASURY), SELLER, 1, 10, MONTH) == Refusal.NONE


def test_a_payment_may_empty_an_account():
    """The last fen can be spent, and the last tonne moved."""
    ledger = ledger_of(100)
    pay(ledger, OUTSIDE, BUYER, 1000, int(Entry.DEPOSIT), MONTH)
    assert pay(ledger, BUYER, SELLER, 1000, 10, MONTH) == Refusal.NONE
    assert move(ledger, SELLER, HELD, BUYER, HELD, 100, MOVE_IN, 0, MONTH) == Refusal.NONE


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (lambda ledger: None, 0),
        (lambda ledger: ledger.tonnes.__setitem__((BUYER, HELD), 1), 1),
        (lambda ledger: ledger.fen.__setitem__(BUYER, 1), 2),
        (lambda ledger: ledger.fen.__setitem__([OUTSIDE, BUYER], [5, -5]), 3),
        (lambda ledger: ledger.tonnes.__setitem__(([SELLER, BUYER], HELD), [101, -1]), 3),
    ],
)
def test_the_monthly_check_tells_what_is_wrong(harm, code):
    """0 nothing, 1 tonnes, 2 fen, 3 an account below zero although the sums are right."""
    ledger = ledger_of(100)
    harm(ledger)
    assert balanced(ledger) == code


def test_a_full_journal_stops_the_run():
    """Rather than writing past its end."""
    ledger = new_ledger(len(Account) + 2, blocks=8, entries=1)
    pay(ledger, OUTSIDE, BUYER, 10, 9, MONTH)
    with pytest.raises(MemoryError, match="journal is full"):
        pay(ledger, OUTSIDE, BUYER, 10, 9, MONTH)


def test_a_full_table_of_blocks_stops_the_run():
    """Rather than overwriting a block."""
    ledger = new_ledger(len(Account) + 2, blocks=1, entries=8)
    issue(ledger, SELLER, PROJECT, 10, HELD, MONTH, MONTH, MONTH)
    with pytest.raises(MemoryError, match="blocks is full"):
        issue(ledger, POOL, PROJECT, 10, BUFFER, MONTH, MONTH, MONTH)
