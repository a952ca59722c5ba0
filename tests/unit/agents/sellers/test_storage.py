"""The price theory of storage: worked examples of every rule."""

import pytest

from agents.sellers.storage import expected_price, price_after_news, storage_ask
from tests.helpers import both


@pytest.mark.parametrize(
    ("belief", "compliance", "probability", "expected"),
    [
        (30.0, 60.0, 0.0, 30.0),
        (30.0, 60.0, 0.1, 33.0),
        (30.0, 60.0, 1.0, 60.0),
        (70.0, 60.0, 0.5, 70.0),  # a better voluntary price is kept
    ],
)
def test_eligibility_raises_what_is_expected(belief, compliance, probability, expected):
    """By its chance times what compliance buyers would pay more."""
    assert both(expected_price, belief, compliance, probability) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("now", "then", "expected"),
    [
        (0.0, 60.0, 54.0),  # credits come to count: 30 + 0.8 x 30
        (20.0, 60.0, 54.0),
        (0.0, 25.0, 30.0),  # they do, and volunteers pay more
        (60.0, 60.0, 30.0),  # nothing changes
        (60.0, 0.0, 22.0),  # they no longer count: 30 - 0.8 x (30 - 20)
        (60.0, 25.0, 26.0),  # they are worth less
        (60.0, 40.0, 30.0),  # less, and more than the belief
    ],
)
def test_announced_rules_move_what_is_expected(now, then, expected):
    """A belief of 30, 20 without compliance buyers, and a chance of 0.8."""
    assert both(price_after_news, 30.0, now, then, 20.0, 0.8) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("expected", "rate", "months", "cost", "floor", "ask"),
    [
        (31.5, 0.05, 12, 0.0, 0.5, 30.0),  # 31.5 in a year is 30 today
        (31.5, 0.05, 12, 1.0, 0.5, 29.0),  # less a yuan for keeping it
        (31.5, 0.05, 0, 1.0, 0.5, 31.5),  # nothing to wait for
        (33.075, 0.05, 24, 1.0, 0.5, 28.0),
        (0.2, 0.05, 12, 1.0, 0.5, 0.5),  # never below the floor
    ],
)
def test_selling_now_is_as_good_as_keeping(expected, rate, months, cost, floor, ask):
    """The later price, discounted, less what keeping costs."""
    assert both(storage_ask, expected, rate, months, cost, floor) == pytest.approx(ask)
