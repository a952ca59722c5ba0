"""The sealed protocol: what every mechanism refuses, and what it leaves alone."""

import numpy as np
import pytest

from agents.vocabulary import Mechanism, Motive, Side
from simulation.errors import InputError
from simulation.markets import MECHANISMS, bilateral, call_auction, listing
from simulation.markets.call_auction import CallAuctionRules
from simulation.markets.listing import ListingRules
from simulation.markets.protocol import (
    LARGEST_ORDER_T,
    LARGEST_PRICE_FEN,
    book_of,
    checked_book,
)
from tests.unit.simulation.markets.books import KEY, book, buy, sell

RULES = [(listing, ListingRules()), (call_auction, CallAuctionRules())]


def test_every_mechanism_has_its_file():
    """The choice in a scenario, the code and the file belong together."""
    assert dict(MECHANISMS) == {
        Mechanism.LISTING: listing, Mechanism.CALL_AUCTION: call_auction,
        Mechanism.BILATERAL: bilateral,
    }


def test_a_book_is_written_down_as_given():
    """Row by row; the row of the sender is its place in the list."""
    orders = book_of([
        (7, Side.BUY, Motive.COMPLIANCE, 3000, 5, 0.25), (8, Side.SELL, 0, 2000, 4, 0.5, 3),
    ])
    assert orders[0].tolist() == (7, 0, 1, 2, 3000, 5, 0.25, 0)
    assert orders[1].tolist() == (8, 1, 0, 0, 2000, 4, 0.5, 3)


@pytest.mark.parametrize(("mechanism", "rules"), RULES)
@pytest.mark.parametrize(
    ("order", "says"),
    [
        (buy(3000, -1), "quantity_t = -1 is not within 0 and 2000000000"),
        (buy(3000, LARGEST_ORDER_T + 1), "quantity_t = 2000000001 is not within"),
        (sell(-1, 5), "price_fen = -1 is not within 0 and 100000000"),
        (sell(LARGEST_PRICE_FEN + 1, 5), "price_fen = 100000001 is not within"),
    ],
)
def test_an_impossible_order_is_refused_in_one_line(mechanism, rules, order, says):
    """With its place in the book, the value and the limit."""
    with pytest.raises(InputError) as error:
        mechanism.clear(book(sell(2000, 5), order), rules, KEY)
    message = str(error.value)
    assert message.startswith("order 1: ")
    assert says in message
    assert "\n" not in message


@pytest.mark.parametrize(("mechanism", "rules"), RULES)
def test_the_largest_order_at_the_largest_price_clears(mechanism, rules):
    """2e9 t at 1,000,000 yuan are 2e17 fen: 64 bits hold them."""
    orders = book(buy(LARGEST_PRICE_FEN, LARGEST_ORDER_T), sell(LARGEST_PRICE_FEN, LARGEST_ORDER_T))
    out = mechanism.clear(orders, rules, KEY)
    assert out.filled.tolist() == [LARGEST_ORDER_T] * 2
    assert (out.matches.tonnes * out.matches.price_fen).sum() == 2 * 10**17


@pytest.mark.parametrize(("mechanism", "rules"), RULES)
def test_a_clearing_leaves_the_book_alone(mechanism, rules):
    """It is a function of its arguments: called twice it says the same, and changes nothing."""
    orders = book(buy(3000, 7), buy(2500, 4, who=1), sell(2000, 5), sell(2200, 9, who=1))
    before = orders.copy()
    first, second = (mechanism.clear(orders, rules, KEY) for _ in range(2))
    np.testing.assert_array_equal(orders, before)
    np.testing.assert_array_equal(first.matches, second.matches)
    np.testing.assert_array_equal(first.filled, second.filled)


@pytest.mark.parametrize("arrival", [-0.1, 1.0, 2.0, float("nan")])
def test_an_arrival_outside_the_month_is_refused(arrival):
    """It would spill into the price in the key by which a side is sorted."""
    with pytest.raises(InputError, match="is not within 0 and 1"):
        checked_book(book(sell(2000, 5, arrival=arrival)))
