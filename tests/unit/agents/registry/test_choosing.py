"""Movements of some credits only: a worked example, the order of use, and every refusal."""

import pytest

from agents.registry.audit import audit
from agents.registry.choosing import move_chosen, move_least_useful, tonnes_chosen
from agents.registry.ledger import REFUSED, issue
from agents.vocabulary import CreditState, Entry, Purpose, Refusal, Standing
from tests.helpers import MONTH
from tests.unit.agents.registry.test_ledger import (
    BUYER,
    CANCELLED,
    HELD,
    PROJECT,
    RETIRED,
    SELLER,
    blocks_of,
    bytes_of,
    ledger_of,
)

HOME, ABROAD = 4, 5
OTHER, ELSEWHERE, LOCAL = (int(standing) for standing in Standing)
DELIVER, RETIRE, USE = int(Entry.DELIVER), int(Entry.RETIRE), int(Purpose.QUOTA)


def mixed():
    """40 local, 30 that do not count, 20 from elsewhere, 10 local: in this order of age."""
    ledger = ledger_of()
    for tonnes, province, counts in (
        (40, HOME, True), (30, HOME, False), (20, ABROAD, True), (10, HOME, True)
    ):
        issue(ledger, SELLER, PROJECT, tonnes, HELD, MONTH, MONTH, MONTH, province, counts)
    return ledger


def tonnes(ledger, account):
    """Held of each standing."""
    return [tonnes_chosen(ledger, account, HELD, HOME, s, s) for s in (OTHER, ELSEWHERE, LOCAL)]


def test_only_the_chosen_leave_the_oldest_first_and_the_last_is_split():
    """45 local ones: 40, then 5 of the 10 at the end; what stands between stays."""
    ledger = mixed()
    assert tonnes(ledger, SELLER) == [30, 20, 50]
    done = move_chosen(
        ledger, SELLER, HELD, BUYER, HELD, 45, DELIVER, 0, MONTH, HOME, LOCAL, LOCAL
    )
    assert done == Refusal.NONE
    assert blocks_of(ledger) == [
        (1, 40, BUYER, HELD), (41, 30, SELLER, HELD), (71, 20, SELLER, HELD),
        (91, 5, BUYER, HELD), (96, 5, SELLER, HELD),
    ]
    assert audit(ledger) == []
    assert tonnes(ledger, SELLER) == [30, 20, 5]
    assert tonnes(ledger, BUYER) == [0, 0, 45]


def test_the_rest_of_a_split_block_keeps_what_it_is():
    """Province and standing go with both halves."""
    ledger = mixed()
    move_chosen(ledger, SELLER, HELD, BUYER, HELD, 7, DELIVER, 0, MONTH, HOME, ELSEWHERE, ELSEWHERE)
    assert tonnes(ledger, SELLER) == [30, 13, 50]
    assert tonnes(ledger, BUYER) == [0, 7, 0]


def test_the_end_of_the_queue_can_leave_from_behind_others():
    """Its predecessor becomes the end, so that what arrives next stands behind it."""
    ledger = ledger_of()
    for counts in (False, True):
        issue(ledger, SELLER, PROJECT, 10, HELD, MONTH, MONTH, MONTH, HOME, counts)
    move_chosen(ledger, SELLER, HELD, BUYER, HELD, 10, DELIVER, 0, MONTH, HOME, LOCAL, LOCAL)
    issue(ledger, SELLER, PROJECT, 5, HELD, MONTH, MONTH, MONTH, HOME, True)
    assert audit(ledger) == []
    assert tonnes(ledger, SELLER) == [10, 0, 5]


def test_a_use_that_takes_any_takes_the_least_useful():
    """65 of 100: 30 that do not count, 20 from elsewhere, 15 local."""
    ledger = mixed()
    done = move_least_useful(
        ledger, SELLER, HELD, SELLER, RETIRED, 65, RETIRE, USE, MONTH, HOME
    )
    assert done == Refusal.NONE
    assert tonnes(ledger, SELLER) == [0, 0, 35]
    assert ledger.tonnes[SELLER, RETIRED] == 65
    assert audit(ledger) == []


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        ((99, HELD, BUYER, HELD, 1, 0), Refusal.UNKNOWN_ACCOUNT),
        ((SELLER, HELD, BUYER, HELD, 0, 0), Refusal.NOT_POSITIVE),
        ((SELLER, RETIRED, BUYER, HELD, 1, 0), Refusal.FINAL_STATE),
        ((SELLER, HELD, SELLER, RETIRED, 1, 0), Refusal.NO_PURPOSE),
        ((SELLER, HELD, SELLER, HELD, 1, 0), Refusal.SAME_PLACE),
        ((SELLER, HELD, BUYER, HELD, 101, 0), Refusal.NOT_ENOUGH_CREDITS),
        ((BUYER, HELD, SELLER, HELD, 1, 0), Refusal.NOT_ENOUGH_CREDITS),
    ],
)
def test_refusals_are_named_and_change_nothing(arguments, refusal):
    """By both ways to move."""
    debit, before, credit, after, amount, purpose = arguments
    ledger = mixed()
    whole = bytes_of(ledger)
    for number, ask in enumerate((
        lambda: move_chosen(ledger, debit, before, credit, after, amount, DELIVER, purpose, MONTH,
                            HOME, OTHER, LOCAL),
        lambda: move_least_useful(ledger, debit, before, credit, after, amount, DELIVER, purpose,
                                  MONTH, HOME),
    ), 1):
        assert ask() == refusal
        assert ledger.counters[REFUSED + refusal] == number
    assert bytes_of(ledger) == whole


def test_too_few_of_a_standing_is_refused_though_there_are_enough_of_all():
    """21 from elsewhere where 20 are held."""
    ledger = mixed()
    whole = bytes_of(ledger)
    assert move_chosen(
        ledger, SELLER, HELD, SELLER, CANCELLED, 21, int(Entry.CANCEL), 0, MONTH, HOME, ELSEWHERE,
        ELSEWHERE,
    ) == Refusal.NOT_ENOUGH_CREDITS
    assert bytes_of(ledger) == whole
    assert ledger.tonnes[SELLER, CreditState.CANCELLED] == 0
