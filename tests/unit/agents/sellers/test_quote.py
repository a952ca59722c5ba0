"""What a seller offers and asks: worked examples of every rule."""

import pytest

from agents.sellers.quote import (
    believed_price,
    floor_fen,
    focal_ask,
    marginal_cost,
    money_pressure,
    next_markup,
    offered_tonnes,
)
from tests.helpers import both


def test_marginal_cost_leaves_the_cost_after_the_fee():
    """At 0.80 yuan with a fee of a quarter the seller keeps 0.60, which is what it paid."""
    assert both(marginal_cost, 0.6, 0.25) == pytest.approx(0.8, rel=1e-15)
    assert both(marginal_cost, 0.5, 0.0) == 0.5
    assert both(marginal_cost, 0.0, 0.3) == 0.0


@pytest.mark.parametrize(
    ("cash", "next_cost", "pressure"),
    [
        (40_000_000, 30_000_000, 0.0),  # more than enough
        (30_000_000, 30_000_000, 0.0),
        (7_500_000, 30_000_000, 0.75),  # a quarter of the money
        (0, 30_000_000, 1.0),
        (-5, 30_000_000, 1.0),  # debt is no more pressing than no money
        (0, 0, 0.0),  # nothing to pay
    ],
)
def test_pressure_is_the_share_of_the_cost_that_is_lacking(cash, next_cost, pressure):
    """From 0, enough money, to 1, none."""
    assert both(money_pressure, cash, next_cost) == pressure


@pytest.mark.parametrize(
    ("last", "markup", "pressure", "ask"),
    [
        (0.0, 0.0, 0.0, 30.0),  # no deal yet: the guide price alone
        (20.0, 0.0, 0.0, 27.0),  # 0.7 * 30 + 0.3 * 20
        (20.0, 0.1, 0.0, 29.7),  # 27 * 1.1
        (20.0, 0.1, 0.5, 28.215),  # 29.7 * (1 - 0.5 * 0.1)
        (20.0, -0.25, 1.0, 18.225),  # 27 * 0.75 * 0.9
    ],
)
def test_the_focal_ask_leans_on_guide_and_last_price(last, markup, pressure, ask):
    """Guide 30 with weight 0.7, discount 10 % at full pressure."""
    found = both(focal_ask, 30.0, last, 0.7, markup, pressure, 0.1, 0.5)
    assert found == pytest.approx(ask, rel=1e-14)


def test_nobody_asks_less_than_it_costs():
    """30 * 0.1 = 3 is below a marginal cost of 4."""
    assert both(focal_ask, 30.0, 0.0, 0.7, -0.9, 0.0, 0.1, 4.0) == 4.0


@pytest.mark.parametrize(
    ("offered", "sold", "after"),
    [
        (1000, 1000, 0.06),  # sold out: a step up
        (1000, 0, 0.04),  # nothing sold: a step down
        (1000, 1, 0.05),  # a part sold: no news
        (1000, 999, 0.05),
        (0, 0, 0.05),  # nothing offered: no news either
    ],
)
def test_the_markup_follows_what_sold(offered, sold, after):
    """From 0.05 in steps of 0.01."""
    assert both(next_markup, 0.05, offered, sold, 0.01, 0.25) == pytest.approx(after, rel=1e-14)


def test_the_markup_keeps_its_limits():
    """A step that would pass 0.25 ends there, in both directions."""
    assert both(next_markup, 0.245, 10, 10, 0.01, 0.25) == 0.25
    assert both(next_markup, -0.245, 10, 0, 0.01, 0.25) == -0.25


@pytest.mark.parametrize(
    ("stock", "share", "offered"),
    [
        (10_000, 0.5, 5000),
        (2001, 0.5, 1000),  # 1000.5 rounded down
        (1500, 0.5, 1000),  # half is less than the smallest lot
        (700, 0.5, 700),  # less than the smallest lot is there
        (0, 0.5, 0),
        (10_000, 1.0, 10_000),
        (10_000, 0.0, 1000),  # the smallest lot is offered whatever the share
    ],
)
def test_the_lot_is_a_share_of_the_stock(stock, share, offered):
    """Never less than the smallest lot of 1,000 t, never more than there is."""
    assert both(offered_tonnes, stock, share, 1000) == offered


@pytest.mark.parametrize(
    ("last", "rate", "after"),
    [(20.0, 0.2, 28.0), (40.0, 0.2, 32.0), (20.0, 0.0, 30.0), (20.0, 1.0, 20.0), (0.0, 0.2, 30.0)],
)
def test_belief_moves_part_of_the_way(last, rate, after):
    """From 30 towards the month's mean price; a month without a deal teaches nothing."""
    assert both(believed_price, 30.0, last, rate) == after


@pytest.mark.parametrize(
    ("floor", "fen"), [(0.894, 90), (0.5, 50), (0.29, 29), (0.004, 1), (0.0, 0), (0.625, 63)]
)
def test_a_floor_is_rounded_up(floor, fen):
    """A fen below cost is a loss; the last bits of a float are not a fen."""
    assert both(floor_fen, floor) == fen
