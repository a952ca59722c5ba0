"""What is carried over, what is borrowed, and when obligations fall due."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.buyers.banking import (
    borrowed_tonnes,
    carried_over,
    is_last_year,
    kept_after_trading,
    months_of_period,
    year_of_period,
)
from agents.vocabulary import Banking
from tests.helpers import both

TONNES = st.integers(0, 10**9)


@pytest.mark.parametrize(
    ("banking", "spare", "kept"),
    [
        (Banking.NONE, 100_000, 0), (Banking.UNLIMITED, 100_000, 100_000),
        (Banking.NATIONAL, 100_000, 64_000),  # 10,000 + 1.5 x 36,000
        (Banking.NATIONAL, 100_001, 64_000), (Banking.NATIONAL, 10_000, 10_000),
        (Banking.NATIONAL, 0, 0),
    ],
)
def test_each_rule_keeps_its_own(banking, spare, kept):
    """Where an allowance of 60 yuan is expected to be worth 61."""
    assert both(carried_over, banking, spare, 10_000.0, 1.5, 60.0, 61.0) == kept


def test_nothing_is_kept_where_waiting_does_not_pay():
    """Nor where it makes no difference."""
    assert both(carried_over, Banking.UNLIMITED, 100, 0.0, 0.0, 60.0, 60.0) == 0
    assert both(carried_over, Banking.UNLIMITED, 100, 0.0, 0.0, 60.0, 57.0) == 0


@given(TONNES, st.floats(0, 1e9), st.floats(0, 100))
def test_the_national_rule_is_kept_and_used_up(spare, free, multiple):
    """Never more than free + multiple x what is sold, and one tonne more would be too much."""
    kept = both(carried_over, Banking.NATIONAL, spare, free, multiple, 1.0, 2.0)
    slack = 1e-9 * (1.0 + free + multiple * spare)
    assert 0 <= kept <= spare
    assert kept <= free + multiple * (spare - kept) + slack
    if kept < spare:
        assert kept + 1 > free + multiple * (spare - kept - 1) - slack


@pytest.mark.parametrize(
    ("lacking", "outstanding", "later", "borrowed"),
    [(50, 0, 57.0, 29), (20, 0, 57.0, 20), (50, 9, 57.0, 20), (50, 40, 57.0, 0), (50, 0, 60.0, 0)],
)
def test_firms_borrow_what_they_lack_while_it_is_cheaper(lacking, outstanding, later, borrowed):
    """Up to 0.29 of 100 t, 28.999999999999996 in floats, at a price of 60 yuan."""
    found = both(borrowed_tonnes, lacking, 0.29, 100.0, outstanding, 60.0, later)
    assert found == borrowed


def test_periods_are_counted_from_the_first_january():
    """A run from December 2023 in periods of three years: due in 2026 and 2029."""
    december = 2023 * 12 + 11
    due = [
        year for year in range(2024, 2031)
        if both(is_last_year, year * 12 + 11, december, 3)
    ]
    assert due == [2026, 2029]
    assert both(year_of_period, 2025 * 12, december, 3) == 1
    assert both(months_of_period, 1, 3) == 15
    assert both(is_last_year, 2024 * 12, 2024 * 12, 1)


@pytest.mark.parametrize(
    ("banking", "spare", "net_sales", "kept"),
    [(Banking.NONE, 50, 10, 0), (Banking.UNLIMITED, 50, -10, 50), (Banking.NATIONAL, 50, 20, 40),
     (Banking.NATIONAL, 50, -20, 10), (Banking.NATIONAL, 5, 0, 5), (Banking.NATIONAL, 50, 1, 11)],
)
def test_who_has_traded_keeps_what_the_rule_lets_it(banking, spare, net_sales, kept):
    """10 t and 1.5 t for each tonne of net sales, rounded down."""
    assert both(kept_after_trading, int(banking), spare, 10.0, 1.5, net_sales) == kept
