"""The benchmark of postings posts what it says, and all of it."""

import numpy as np
import pytest

from agents.registry.audit import audit
from agents.registry.ledger import new_ledger
from agents.registry.posting import posted
from agents.vocabulary import Account, CreditState, Operation
from benchmarks.posting import growth, operations_of, share_of_a_month, trading_day


def test_the_journal_of_a_run_is_posted_again_in_a_part_of_its_time():
    """Both must end with the same books, or it stops: a share of other books means nothing."""
    found = share_of_a_month("listing", eligible=True, turns=1, runs=1, months=24)
    assert found["operations_per_month"] > 10
    assert 0 < found["posting_us"] < found["month_us"]


def test_a_journal_becomes_operations_of_all_kinds(eligible):
    """One for each line, and posted they are the run's journal."""
    ledger = eligible.world.state.ledger
    rows = operations_of(ledger)
    assert set(rows.operation) == {Operation.ISSUE, Operation.PAY, Operation.MOVE}
    again, answers = posted(new_ledger(len(ledger.fen), 0, 0), rows)
    assert not answers.any()
    assert again.journal[: len(rows)].tolist() == ledger.journal[: len(rows)].tolist()
    assert (again.fen == ledger.fen).all()
    assert (again.tonnes == ledger.tonnes).all()


@pytest.mark.parametrize("at_random", [False, True])
def test_a_trading_day_is_three_operations_an_account(at_random):
    """Every seller sells, every buyer retires what it bought, and nothing is refused."""
    batch = trading_day(40, at_random=at_random)
    assert len(batch) == 3 * 40
    ledger, answers = posted(new_ledger(len(Account) + 40, 0, 0), batch)
    assert not answers.any()
    assert audit(ledger) == []
    buyers = len(Account) + 20
    assert (ledger.tonnes[buyers:, CreditState.RETIRED] > 0).all()
    assert (ledger.fen[len(Account) : buyers] > 0).all()
    assert np.array_equal(np.unique(batch.credit[batch.purpose > 0]), np.arange(buyers, 48))


def test_every_size_is_timed_with_buyers_in_order_and_at_random():
    """The first size is what the others are held against."""
    # Enough of them that a clock of processor time, coarse on some machines, has moved.
    found = growth((30, 60), turns=1, timed=100_000)
    assert [row["operations"] for row in found] == [90, 180]
    assert found[0]["ratio_in_order"] == found[0]["ratio_at_random"] == 1
    assert all(row["ns_in_order"] > 0 and row["ns_at_random"] > 0 for row in found)
