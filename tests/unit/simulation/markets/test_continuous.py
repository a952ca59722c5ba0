"""Continuous trading: worked examples, and the concession of prices."""

from agents.vocabulary import Side
from simulation.markets import continuous
from simulation.markets.continuous import ContinuousRules, conceded_price
from tests.helpers import both
from tests.unit.simulation.markets.books import KEY, book, buy, deals, sell

BUY, SELL = Side.BUY.value, Side.SELL.value


def trade(orders, **rules):
    """Deals under these rules."""
    return deals(continuous.clear(orders, ContinuousRules(**rules), KEY))


def test_a_price_is_conceded_in_even_steps():
    """A limit of 30.00 and a distance of a fifth, three rounds: 6.00 away, 3.00 away, the limit."""
    assert [both(conceded_price, BUY, 3000, 0.2, turn, 3) for turn in range(3)] == [
        2400, 2700, 3000,
    ]
    assert [both(conceded_price, SELL, 3000, 0.2, turn, 3) for turn in range(3)] == [
        3600, 3300, 3000,
    ]
    assert both(conceded_price, BUY, 3000, 0.2, 0, 1) == 3000
    assert both(conceded_price, SELL, 100_000_000, 1.0, 0, 2) == 100_000_000


def test_who_stood_first_sets_the_price():
    """The ask at 20 waits for the bid at 30; the bid at 28 waits for the ask at 21."""
    orders = book(
        sell(2000, 5, arrival=0.1), buy(3000, 5, arrival=0.2),
        buy(2800, 5, who=1, arrival=0.3), sell(2100, 5, who=1, arrival=0.4),
    )
    assert trade(orders) == [(1, 0, 5, 2000), (2, 3, 5, 2800)]


def test_a_bid_takes_the_cheapest_asks_and_the_rest_waits():
    """12 t: 5 at 20, 5 at 21, and 2 of an ask that comes later, at the bid's 25."""
    orders = book(
        sell(2100, 5, arrival=0.1), sell(2000, 5, who=1, arrival=0.2), buy(2500, 12, arrival=0.3),
        sell(2200, 5, who=2, arrival=0.4),
    )
    assert trade(orders) == [(2, 1, 5, 2000), (2, 0, 5, 2100), (2, 3, 2, 2500)]


def test_with_rounds_the_price_lies_between_the_limits():
    """Bid 30, ask 20, distance a fifth: shouted at 24 and 24 in the first of two rounds."""
    orders = book(sell(2000, 5, arrival=0.1), buy(3000, 5, arrival=0.2))
    assert trade(orders, rounds=2, opening_distance=0.2) == [(1, 0, 5, 2400)]
    assert trade(orders, rounds=1, opening_distance=0.2) == [(1, 0, 5, 2000)]


def test_who_is_too_far_apart_meets_in_a_later_round():
    """Bid 21, ask 20: apart by a fifth each, together only at their limits, in the last round."""
    orders = book(sell(2000, 5, arrival=0.1), buy(2100, 5, arrival=0.2))
    (found,) = trade(orders, rounds=4, opening_distance=0.2)
    assert found[:3] == (1, 0, 5)
    assert found[3] in (2000, 2100)  # whichever of the two was shouted first
