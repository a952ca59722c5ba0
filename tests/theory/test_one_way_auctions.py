"""One-way auctions against their theory: what a bid below or above one's value gains."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.markets import one_way_auction
from simulation.markets.one_way_auction import OneWayAuctionRules, last_crowded_step
from tests.helpers import both
from tests.unit.simulation.markets.books import KEY, book, buy, deals, sell

limits = st.integers(0, 12)


def auctioned(orders, style="second_price", increment=0.01):
    """One book of lots and bids."""
    rules = OneWayAuctionRules(format=style, increment_yuan_per_t=increment)
    return one_way_auction.clear(orders, rules, KEY)


def one_lot(reserve, tonnes, bids):
    """A lot and buyers of one unit each."""
    return book(
        *[buy(bid, 1, who=row, arrival=row / 20) for row, bid in enumerate(bids)],
        sell(reserve, tonnes),
    )


@settings(deadline=None, max_examples=300)
@given(limits, st.integers(1, 4), st.lists(limits, min_size=1, max_size=6), limits,
       st.integers(0, 5))
def test_truth_is_weakly_dominant_in_a_second_price_lot(reserve, tonnes, bids, stated, who):
    """Vickrey (1961): whatever the others bid, no other bid gains more than one's own value."""
    row = who % len(bids)
    value, gains = bids[row], []
    for bid in (value, stated):
        changed = [*bids[:row], bid, *bids[row + 1 :]]
        out = auctioned(one_lot(reserve, tonnes, changed))
        mine = out.matches[out.matches.buy == row]
        gains.append(int((mine.tonnes * (value - mine.price_fen)).sum()))
    assert gains[1] <= gains[0]


def test_bidding_less_may_gain_in_a_first_price_lot():
    """Value 10, rival 4: truth gains nothing, a bid of 5 gains 5."""
    for bid, gain in ((10, 0), (5, 5)):
        (deal,) = deals(auctioned(one_lot(0, 1, [bid, 4]), "first_price"))
        assert 10 - deal[3] == gain


def test_waiting_may_gain_where_lots_follow_each_other():
    """The promise is for one lot: the second, with the lower reserve, is cheaper."""
    lots = sell(8, 1, arrival=0.1), sell(2, 1, who=1, arrival=0.2)
    assert deals(auctioned(book(buy(10, 1), *lots)))[0][3] == 8
    assert deals(auctioned(book(buy(7, 1), *lots)))[0][3] == 2


@pytest.mark.parametrize(
    ("style", "prices"),
    [("first_price", [900, 700]), ("second_price", [600, 600]), ("ascending", [550, 550])],
)
def test_a_lot_of_two_units_and_three_bidders(style, prices):
    """Reserve 4.00, bids 9, 7 and 6: own bids; the third bid; the clock at 4.00 + 3 x 0.50."""
    out = auctioned(one_lot(400, 2, [900, 600, 700]), style, 0.5 if style != "ascending" else 0.75)
    assert sorted(out.matches.price_fen.tolist(), reverse=True) == prices
    assert out.filled.tolist() == [1, 0, 1, 2]


@pytest.mark.parametrize("style", ["second_price", "ascending"])
def test_without_a_loser_the_reserve_is_paid(style):
    """Two units, two bidders; the third is below the reserve."""
    out = auctioned(one_lot(400, 2, [900, 399, 700]), style, 1.0)
    assert out.matches.price_fen.tolist() == [400, 400]


def test_the_clock_stops_before_the_highest_losing_bid():
    """From 4.00 in steps of 0.75 past a losing bid of 6.00: 4.00, 4.75, 5.50, not 6.25."""
    assert both(last_crowded_step, 400, 600, 75) == 550
    assert both(last_crowded_step, 400, 550, 75) == 550
    assert both(last_crowded_step, 400, 400, 75) == 400


def test_the_clock_does_not_tell_apart_who_leaves_at_one_step():
    """6.00 and 6.40 leave between 6.00 and 6.50: the earlier of them gets the last unit."""
    orders = book(
        buy(900, 1), buy(600, 1, who=1, arrival=0.1), buy(640, 1, who=2, arrival=0.2),
        sell(600, 2),
    )
    assert auctioned(orders, "ascending", 0.5).filled.tolist() == [1, 1, 0, 2]
    assert auctioned(orders, "second_price").filled.tolist() == [1, 0, 1, 2]


orders = st.lists(st.tuples(limits, st.integers(0, 5)), max_size=6)


@settings(deadline=None)
@given(orders, orders)
def test_a_clock_with_steps_of_a_fen_is_a_second_price_auction(bids, lots):
    """With demand for any number of units, and any number of lots."""
    both_sides = book(*[
        side(price, tonnes, who=row, arrival=row / 20)
        for side, given_orders in ((buy, bids), (sell, lots))
        for row, (price, tonnes) in enumerate(given_orders)
    ])
    assert deals(auctioned(both_sides, "ascending")) == deals(auctioned(both_sides))
