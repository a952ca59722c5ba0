"""The audit finds what was tampered with, and says where."""

import numpy as np
import pytest

from agents.registry.audit import audit
from agents.registry.ledger import BLOCKS, ISSUED, JOURNAL, issue, move, new_ledger, pay
from agents.vocabulary import Account, CreditState, Entry, Purpose
from tests.helpers import MONTH

SELLER, BUYER = len(Account), len(Account) + 1
HELD, RETIRED = int(CreditState.HELD), int(CreditState.RETIRED)


@pytest.fixture
def books():
    """Two issues, one sale against payment, one retirement; everything is in order."""
    ledger = new_ledger(len(Account) + 2, blocks=16, entries=32)
    for tonnes in (100, 50):
        issue(ledger, SELLER, 1_001_000_000, tonnes, HELD, MONTH, MONTH, MONTH)
    pay(ledger, int(Account.OUTSIDE), BUYER, 36_000, int(Entry.DEPOSIT), MONTH)
    pay(ledger, BUYER, SELLER, 36_000, int(Entry.PAYMENT), MONTH)
    move(ledger, SELLER, HELD, BUYER, HELD, 120, int(Entry.DELIVER), 0, MONTH)
    move(
        ledger, BUYER, HELD, BUYER, RETIRED, 120, int(Entry.RETIRE),
        int(Purpose.OWN_EMISSIONS), MONTH,
    )
    return ledger


def test_honest_books_pass(books):
    """Nothing to report."""
    assert books.counters[BLOCKS] == 3
    assert books.counters[JOURNAL] == 8
    assert audit(books) == []


def _fen(ledger):
    ledger.fen[SELLER] += 1


def _two_accounts(ledger):
    ledger.fen[SELLER] += 1
    ledger.fen[BUYER] -= 1


def _balance(ledger):
    ledger.tonnes[SELLER, HELD] += 1


def _state(ledger):
    ledger.tonnes[BUYER, RETIRED] -= 1
    ledger.tonnes[BUYER, HELD] += 1


def _issued(ledger):
    ledger.counters[ISSUED] += 1


def _block_size(ledger):
    ledger.blocks.tonnes[2] += 1


def _block_owner(ledger):
    ledger.blocks.owner[2] = BUYER


def _block_state(ledger):
    ledger.blocks.state[0] = HELD


def _paid(ledger):
    ledger.journal.amount[3] += 1


def _moved(ledger):
    ledger.journal.amount[4] -= 1


def _payee(ledger):
    ledger.journal.credit[3] = BUYER


def _nothing(ledger):
    ledger.journal.amount[3] = 0
    ledger.fen[SELLER] -= 36_000
    ledger.fen[BUYER] += 36_000


def _overlap(ledger):
    ledger.blocks.serial[1] -= 1


def _gap(ledger):
    ledger.blocks.serial[2] += 1


def _purpose(ledger):
    ledger.blocks.purpose[0] = int(Purpose.COMPLIANCE)


def _serials(ledger):
    ledger.blocks.serial[: ledger.counters[BLOCKS]] += 7


def _moved_serial(ledger):
    ledger.journal.serial[4] += 1


def _month(ledger):
    ledger.journal.month[4] += 1


def _queue(ledger):
    ledger.heads[SELLER, HELD] = 0


@pytest.mark.parametrize("harm", [_purpose, _serials, _moved_serial, _month, _queue])
def test_quieter_tampering_is_found(books, harm):
    """What a credit was used for, which serial numbers moved and when, and who leaves next."""
    harm(books)
    assert audit(books)


@pytest.mark.parametrize(
    ("harm", "lines"),
    [
        (_fen, [f"fen: journal and balances differ on accounts {SELLER}"]),
        (_two_accounts, [f"fen: journal and balances differ on accounts {SELLER}, {BUYER}"]),
        (_balance, ["tonnes: journal and balances differ", "tonnes: blocks and balances differ"]),
        (_state, ["tonnes: journal and balances differ", "tonnes: blocks and balances differ"]),
        (_issued, ["tonnes: 150 in accounts, 151 issued"]),
        (_block_size, ["tonnes: blocks and balances differ"]),
        (_block_owner, ["tonnes: blocks and balances differ"]),
        (_block_state, ["tonnes: blocks and balances differ"]),
        (_paid, [f"fen: journal and balances differ on accounts {SELLER}, {BUYER}"]),
        (_moved, ["tonnes: journal and balances differ"]),
        (_payee, [f"fen: journal and balances differ on accounts {SELLER}, {BUYER}"]),
        (_nothing, ["journal: an entry is not positive"]),
        (_overlap, ["serial numbers: blocks overlap or leave gaps"]),
        (_gap, ["serial numbers: blocks overlap or leave gaps"]),
    ],
)
def test_tampering_is_found(books, harm, lines):
    """Each change is one that an insider could make to hide a tonne or a fen."""
    harm(books)
    found = audit(books)
    for line in lines:
        assert line in found
    assert all("\n" not in line for line in found)


def test_money_from_nowhere_is_found(books):
    """A line without a payer would otherwise be charged to the last account."""
    entry = np.flatnonzero(books.journal.is_money[: books.counters[JOURNAL]])[0]
    books.journal.debit[entry] = -1
    assert audit(books) == ["fen: an entry takes money from nowhere"]
