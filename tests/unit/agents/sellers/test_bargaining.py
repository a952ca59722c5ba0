"""The price theory of bargaining: worked examples of every rule."""

import pytest

from agents.sellers.bargaining import bargaining_ask, next_sale_chance, outside_option
from tests.helpers import both

MONTH = 1.05 ** (1.0 / 12.0)


@pytest.mark.parametrize(
    ("belief", "chance", "floor", "outside"),
    [
        (30.0, 1.0, 0.5, 30.0 / MONTH),  # a sure buyer next month
        (30.0, 0.0, 0.5, 0.5),  # none: the floor
        (30.0, 0.5, 10.0, 20.0 / MONTH),
        (5.0, 0.5, 10.0, 10.0),  # never below the floor
    ],
)
def test_the_outside_option_is_the_next_buyer(belief, chance, floor, outside):
    """Its chance times its price, a month later."""
    assert both(outside_option, belief, chance, 0.05, floor) == pytest.approx(outside)


@pytest.mark.parametrize(
    ("belief", "outside", "share", "ask"),
    [(30.0, 20.0, 0.5, 25.0), (30.0, 20.0, 0.0, 20.0), (30.0, 20.0, 1.0, 30.0),
     (15.0, 20.0, 0.5, 20.0)],
)
def test_the_ask_splits_the_gain(belief, outside, share, ask):
    """Between the outside option and what a buyer is thought to pay."""
    assert both(bargaining_ask, belief, outside, share) == ask


@pytest.mark.parametrize(
    ("offered", "sold", "chance"),
    [(100, 100, 0.55), (100, 0, 0.45), (100, 50, 0.5), (0, 0, 0.5)],
)
def test_the_chance_is_learned_from_the_own_lot(offered, sold, chance):
    """A tenth of the way to the sold share; an empty month teaches nothing."""
    assert both(next_sale_chance, 0.5, offered, sold, 0.1) == pytest.approx(chance)
