"""The price theory of storage: worked examples of every rule."""

import pytest

from agents.sellers.storage import expected_price, storage_ask
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
