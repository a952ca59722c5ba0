"""Benchmarks run what they say."""

from agents.vocabulary import Mechanism
from benchmarks.clearing import measured


def test_every_rule_is_timed_on_a_book_that_trades():
    """A rule that matched nothing would be timed doing nothing."""
    found = measured(orders_a_side=200, turns=2)
    assert [row["mechanism"] for row in found] == [rule.name.lower() for rule in Mechanism]
    # Without a public buyer the reverse auction is a listing.
    assert all(row["matches"] > 10 for row in found)
    assert all(0 < row["median_ms"] <= row["slowest_ms"] for row in found)


def test_traded_months_are_timed():
    """The benchmark of traded allowances runs what it says it does."""
    from benchmarks.traded import CASES, TRADED, month_us

    assert month_us({**TRADED, "months": 24}, 1) > 0.0
    assert sum("traded" in name for name in CASES) == 3
