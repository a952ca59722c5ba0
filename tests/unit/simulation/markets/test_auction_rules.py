"""Prices of the auctions: worked examples of every rule."""

import pytest

from simulation.markets.mcafee import candidate_price
from simulation.markets.one_way_auction import last_crowded_step
from simulation.markets.pay_as_bid import price_of_pair
from tests.helpers import both


@pytest.mark.parametrize(("bid", "ask", "price"), [(175, 225, 200), (600, 500, 550), (3, 4, 3)])
def test_those_outside_suggest_the_mean_of_their_limits(bid, ask, price):
    """In whole fen, rounded down; Smith's schedule gives 2.00 yuan."""
    assert both(candidate_price, bid, ask) == price


@pytest.mark.parametrize(
    ("reserve", "losing", "increment", "price"),
    [(3000, 3450, 100, 3400), (3000, 3400, 100, 3400), (3000, 3000, 50, 3000),
     (3000, 3099, 1, 3099)],
)
def test_the_clock_stops_at_the_last_step_that_is_too_low(reserve, losing, increment, price):
    """Steps are counted from the reserve."""
    assert both(last_crowded_step, reserve, losing, increment) == price


@pytest.mark.parametrize(("choice", "price"), [(0, 4001), (1, 3000), (2, 3500)])
def test_a_pair_trades_at_its_bid_its_ask_or_halfway(choice, price):
    """Half a fen goes to the buyer."""
    assert both(price_of_pair, 4001, 3000, choice) == price
