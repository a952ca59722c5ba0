"""Batches of operations: in order, each answered, with room made for all of them."""

import numpy as np
import pytest

from agents.registry.audit import audit
from agents.registry.ledger import BLOCKS, JOURNAL, LIVE, REFUSED, new_ledger
from agents.registry.posting import post, posted
from agents.vocabulary import Account, CreditState, Entry, Operation, Purpose, Refusal, Standing
from tests.helpers import MONTH
from tests.properties.plain_registry import Asked, contents, rows_of

SELLER, BUYER = len(Account), len(Account) + 1
HELD, ESCROW, PLEDGED, BUFFER, RETIRED, CANCELLED = map(int, CreditState)
HOME = 3


def issued(tonnes, province=HOME, counts=True):
    return Asked(
        Operation.ISSUE, month=MONTH, credit=SELLER, amount=tonnes, state_to=HELD,
        province=province, project_id=1_001_000_000, vintage_start=MONTH - 12,
        vintage_end=MONTH - 1, counts=counts,
    )


def moved(tonnes, operation=Operation.MOVE, **fields):
    return Asked(**{
        "operation": operation, "entry": int(Entry.DELIVER), "month": MONTH, "debit": SELLER,
        "credit": BUYER, "amount": tonnes, "state_from": HELD, "state_to": HELD, **fields,
    })


def empty_ledger():
    return new_ledger(len(Account) + 2, blocks=0, entries=0)


def test_a_batch_is_done_in_order():
    """What the first operations bring, the next ones can spend; what they spend is gone."""
    paid = Asked(
        Operation.PAY, int(Entry.PAYMENT), MONTH, int(Account.TREASURY), SELLER, amount=500
    )
    back = Asked(Operation.PAY, int(Entry.PAYMENT), MONTH, SELLER, BUYER, amount=500)
    batch = [moved(1), issued(10), moved(4), moved(7), back, paid, back, back]
    ledger, answers = posted(empty_ledger(), rows_of(batch))
    no_credits, no_money = Refusal.NOT_ENOUGH_CREDITS, Refusal.NOT_ENOUGH_MONEY
    assert answers.tolist() == [no_credits, 0, 0, no_credits, no_money, 0, 0, no_money]
    assert ledger.tonnes[[SELLER, BUYER], HELD].tolist() == [6, 4]
    assert ledger.fen[[SELLER, BUYER]].tolist() == [0, 500]
    assert ledger.counters[[REFUSED + no_credits, REFUSED + no_money]].tolist() == [2, 2]
    assert audit(ledger) == []


def test_a_batch_can_choose():
    """Those that do not count, of three kinds; then what nobody can surrender before the rest."""
    other, elsewhere, _ = map(int, Standing)
    batch = [
        issued(5), issued(5, HOME + 1), issued(5, counts=False),
        moved(3, Operation.MOVE_CHOSEN, province=HOME, least=elsewhere, most=elsewhere),
        moved(1, Operation.MOVE_CHOSEN, province=HOME, least=other, most=other),
        moved(
            7, Operation.MOVE_LEAST_USEFUL, province=HOME, state_to=RETIRED,
            purpose=int(Purpose.OWN_EMISSIONS), entry=int(Entry.RETIRE),
        ),
    ]
    ledger, answers = posted(empty_ledger(), rows_of(batch))
    assert not answers.any()
    lines = ledger.journal[3 : ledger.counters[JOURNAL]]
    assert list(zip(lines.serial.tolist(), lines.amount.tolist(), strict=True)) == [
        (6, 3), (11, 1), (12, 4), (9, 2), (1, 1),
    ]
    assert ledger.counters[LIVE] == 3
    assert audit(ledger) == []


def test_it_stops_where_an_operation_might_need_more_room_than_there_is():
    """Nothing is half done: three blocks leave at once, and the journal has two lines left."""
    batch = rows_of([issued(2), issued(2), issued(2), moved(6)])
    answers = np.full(4, -1)
    ledger = new_ledger(len(Account) + 2, blocks=4, entries=5)
    assert post(ledger, batch, answers) == 3
    assert answers.tolist() == [0, 0, 0, -1]
    before = contents(ledger)
    assert post(ledger, batch, answers, 3) == 3
    assert contents(ledger) == before
    ledger = new_ledger(len(Account) + 2, blocks=2, entries=9)
    assert post(ledger, batch, answers) == 2


def test_a_batch_of_a_few_operations_can_write_many_lines():
    """A thousand blocks of a tonne go back and forth: a thousand lines each time."""
    ledger, _ = posted(empty_ledger(), rows_of([issued(1)] * 1000))
    there, back = moved(1000), moved(1000, debit=BUYER, credit=SELLER)
    ledger, answers = posted(ledger, rows_of([there, back] * 20))
    assert not answers.any()
    assert ledger.counters[JOURNAL] == 41_000
    assert ledger.counters[BLOCKS] == ledger.counters[LIVE] == 1000
    assert audit(ledger) == []


def test_a_huge_request_needs_no_huge_journal():
    """It is bounded by the blocks that there are."""
    ledger, answers = posted(empty_ledger(), rows_of([issued(5), moved(2**62)]))
    assert answers.tolist() == [0, Refusal.NOT_ENOUGH_CREDITS]
    assert len(ledger.journal) < 10


def test_every_operation_needs_an_answer():
    """Or the answers would be written past the end."""
    with pytest.raises(ValueError, match="fewer answers"):
        post(empty_ledger(), rows_of([issued(1)]), np.zeros(0, dtype=np.int64))


def test_nothing_asked_is_nothing_done():
    """An empty batch."""
    ledger, answers = posted(empty_ledger(), rows_of([]))
    assert len(answers) == 0
    assert ledger.counters[JOURNAL] == 0
