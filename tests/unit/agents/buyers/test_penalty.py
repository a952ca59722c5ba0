"""What being without an allowance costs."""

import pytest

from agents.buyers.penalty import cost_of_making_good, penalty_price, prefers_penalty
from agents.expectations import worth_later
from agents.vocabulary import PenaltyForm, Regime
from tests.helpers import both


@pytest.mark.parametrize(
    ("multiple", "prefers"), [(5.0, False), (1.0, False), (0.99, True), (0.0, True)]
)
def test_a_penalty_is_paid_only_where_it_is_cheaper(multiple, prefers):
    """At an allowance price of 60; who is indifferent complies."""
    penalty = both(penalty_price, PenaltyForm.MULTIPLE, multiple, 1.0, 60.0)
    assert both(prefers_penalty, 60.0, penalty, 0.0) == prefers


def test_a_fixed_penalty_does_not_follow_the_allowance_price():
    """Only one of the two numbers counts."""
    assert both(penalty_price, PenaltyForm.FIXED, 5.0, 300.0, 60.0) == 300.0
    assert both(penalty_price, PenaltyForm.FIXED, 9.0, 300.0, 80.0) == 300.0


def test_making_good_is_worth_the_discounted_allowance():
    """Benchmark B7: a penalty of 50 and a next price of 60 at 5 % cost 107.14."""
    worth = both(worth_later, 0.0, 0.05, 1.0)
    later = both(cost_of_making_good, Regime.CAP, True, 60.0, 50.0, worth)
    assert 50.0 + later == pytest.approx(107.142857, abs=1e-6)
    assert not both(prefers_penalty, 107.14, 50.0, later)
    assert both(prefers_penalty, 107.15, 50.0, later)


def test_nothing_is_made_good_without_a_penalty():
    """Under a tax there is none; under a duty the next penalty is what it costs."""
    assert both(cost_of_making_good, Regime.TAX, True, 60.0, 50.0, 0.9) == 0.0
    assert both(cost_of_making_good, Regime.NEUTRALISATION, True, 60.0, 50.0, 0.9) == 45.0
    assert both(cost_of_making_good, Regime.ABSOLUTE, False, 60.0, 50.0, 0.9) == 0.0


@pytest.mark.parametrize(
    ("growth", "discount", "years", "factor"),
    [(0.0, 0.0, 1.0, 1.0), (0.05, 0.05, 3.0, 1.0), (0.1, 0.0, 2.0, 1.21), (0.0, 0.25, 1.0, 0.8)],
)
def test_growth_and_discount_compound(growth, discount, years, factor):
    """Year by year."""
    assert both(worth_later, growth, discount, years) == pytest.approx(factor, rel=1e-12)
