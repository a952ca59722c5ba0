"""What firms want to hold of allowances, by hand."""

import pytest

from agents.buyers.allowances import (
    allowances_wanted,
    bank_share,
    credits_expected,
    emissions_planned,
    last_effort,
    next_credit_belief,
    share_in_use,
)
from agents.vocabulary import Banking
from tests.helpers import both

NONE, UNLIMITED, NATIONAL = (int(kind) for kind in Banking)


def test_a_plan_adds_the_months_that_are_left():
    """50 t so far, 120 t a year of which a quarter is abated, four months: 50 + 30."""
    assert both(emissions_planned, 50.0, 120.0, 0.25, 4) == pytest.approx(80.0)


@pytest.mark.parametrize(
    ("room", "held", "share", "expected"),
    [(100, 20, 0.5, 60), (100, 20, 0.0, 20), (100, 20, 1.0, 100), (100, 140, 0.5, 100),
     (101, 0, 0.5, 50)],
)
def test_credits_that_are_held_count_and_a_share_of_the_rest(room, held, share, expected):
    assert both(credits_expected, room, held, share) == expected


def test_beliefs_move_with_what_orders_bring():
    """Half of the way from 1 to 0.2; without an order they stay."""
    assert both(next_credit_belief, 1.0, 50, 10, 0.5) == pytest.approx(0.6)
    assert both(next_credit_belief, 0.7, 0, 0, 0.5) == 0.7


@pytest.mark.parametrize(
    ("without", "with_all", "expected"),
    [(100, 20, 1.0), (100, -300, 0.25), (-5, -50, 0.0), (0, 0, 0.0), (7, 0, 1.0)],
)
def test_as_many_credits_as_leave_the_market_even(without, with_all, expected):
    assert both(share_in_use, without, with_all) == pytest.approx(expected)


def test_a_firm_banks_its_part_of_what_all_will_lack():
    """A fifth of 1,000 t; nothing where the rule forbids it or nobody will lack."""
    assert both(bank_share, UNLIMITED, 1000.0, 0.2, 0.0, 10.0, 1.5) == pytest.approx(200.0)
    assert both(bank_share, NONE, 1000.0, 0.2, 0.0, 10.0, 1.5) == 0.0
    assert both(bank_share, UNLIMITED, -1.0, 0.2, 0.0, 10.0, 1.5) == 0.0


def test_the_national_rule_limits_the_bank():
    """10 t + 1.5 x what is sold: of 90 spare tonnes 58 are kept and 32 sold."""
    kept = both(bank_share, NATIONAL, 1000.0, 0.2, 90.0, 10.0, 1.5)
    assert kept == pytest.approx(58.0)
    assert kept == pytest.approx(10.0 + 1.5 * (90.0 - kept))
    assert both(bank_share, NATIONAL, 1000.0, 0.2, -40.0, 10.0, 1.5) == pytest.approx(4.0)


@pytest.mark.parametrize(
    ("need", "later", "expected"), [(10.4, 0.0, 10), (10.5, 0.0, 11), (10.0, 3.0, 7), (1.0, 9.0, 0)]
)
def test_wishes_are_whole_and_not_negative(need, later, expected):
    assert both(allowances_wanted, need, later) == expected


@pytest.mark.parametrize(
    ("lacking", "expected"), [(0.0, 100.0), (30.0, 70.0), (60.0, 55.0)]
)
def test_who_lacks_allowances_abates_on_as_far_as_it_pays(lacking, expected):
    """100 t of the month, 55 t with all that is cheaper than being without."""
    assert both(last_effort, 100.0, 55.0, lacking) == pytest.approx(expected)
