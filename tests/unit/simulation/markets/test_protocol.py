"""The sealed protocol: what every mechanism refuses, and what it leaves alone."""

import numpy as np
import pytest

from agents.vocabulary import Mechanism, Motive, Side
from simulation.errors import InputError
from simulation.markets import (
    MECHANISMS,
    administered,
    bilateral,
    call_auction,
    continuous,
    listing,
    mcafee,
    one_way_auction,
    pay_as_bid,
    reverse_auction,
)
from simulation.markets.call_auction import CallAuctionRules
from simulation.markets.continuous import ContinuousRules
from simulation.markets.listing import ListingRules
from simulation.markets.protocol import (
    LARGEST_ORDER_T,
    LARGEST_PRICE_FEN,
    MANY_KEYS,
    ascending,
    book_of,
    checked_book,
)
from tests.unit.simulation.markets.books import KEY, book, buy, sell

RULES = [
    (listing, ListingRules()), (call_auction, CallAuctionRules()), (continuous, ContinuousRules()),
]


def test_every_mechanism_has_its_file():
    """The choice in a scenario, the code and the file belong together."""
    assert dict(MECHANISMS) == {
        Mechanism.LISTING: listing,
        Mechanism.CALL_AUCTION: call_auction,
        Mechanism.BILATERAL: bilateral,
        Mechanism.PAY_AS_BID: pay_as_bid,
        Mechanism.MCAFEE: mcafee,
        Mechanism.ONE_WAY_AUCTION: one_way_auction,
        Mechanism.ADMINISTERED: administered,
        Mechanism.REVERSE_AUCTION: reverse_auction,
        Mechanism.CONTINUOUS: continuous,
    }


def test_a_book_is_written_down_as_given():
    """Row by row; the row of the sender is its place in the list."""
    orders = book_of([
        (7, Side.BUY, Motive.COMPLIANCE, 3000, 5, 0.25), (8, Side.SELL, 0, 2000, 4, 0.5, 3),
    ])
    assert orders[0].tolist() == (7, 0, 1, 2, 3000, 5, 3000, 5, 0.25, 0, 0)
    assert orders[1].tolist() == (8, 1, 0, 0, 2000, 4, 2000, 4, 0.5, 3, 0)


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


@pytest.mark.parametrize("arrival", [1.0, 1.5, -1.5])
@pytest.mark.parametrize(("mechanism", "rules"), RULES)
def test_a_moment_outside_the_month_never_beats_a_price(mechanism, rules, arrival):
    """It is refused, or it comes first or last among equal prices; 20.00 sells before 20.01."""
    orders = book(
        buy(3000, 5, arrival=0.9), sell(2001, 5, who=1, arrival=arrival if arrival < 0 else 0.0),
        sell(2000, 5, arrival=0.0 if arrival < 0 else arrival),
    )
    try:
        out = mechanism.clear(orders, rules, KEY)
    except InputError:
        return
    assert out.filled.tolist() == [5, 0, 5]


@pytest.mark.parametrize(("mechanism", "rules"), RULES)
def test_equal_prices_and_arrivals_keep_the_order_of_the_book(mechanism, rules):
    """The last resort where even the moment is the same; the highest price is no exception."""
    for price in (0, 2000, LARGEST_PRICE_FEN):
        lots = [sell(price, 1, who=row, arrival=0.5) for row in range(3)]
        out = mechanism.clear(book(buy(LARGEST_PRICE_FEN, 1), *lots), rules, KEY)
        assert out.filled.tolist() == [1, 1, 0, 0]


# Under continuous trading a lot that comes after the buyer cannot be what it buys first.
SEALED = [pair for pair in RULES if pair[0] is not continuous]


@pytest.mark.parametrize(("mechanism", "rules"), SEALED)
def test_the_latest_cheap_lot_sells_before_the_earliest_dear_one(mechanism, rules):
    """The last moment that can be drawn, against the first, one fen apart."""
    first, last = 0.5 / 2**32, 1.0 - 0.5 / 2**32
    for price in (0, 2000, LARGEST_PRICE_FEN - 1):
        orders = book(
            buy(LARGEST_PRICE_FEN, 5), sell(price + 1, 5, who=1, arrival=first),
            sell(price, 5, arrival=last),
        )
        assert mechanism.clear(orders, rules, KEY).filled.tolist() == [5, 0, 5]
        orders = book(
            sell(0, 5), buy(price, 5, arrival=first), buy(price + 1, 5, who=1, arrival=last),
        )
        if mechanism is call_auction:
            assert mechanism.clear(orders, rules, KEY).filled.tolist() == [5, 0, 5]


@pytest.mark.parametrize(("mechanism", "rules"), RULES)
def test_draws_that_differ_by_a_step_are_told_apart(mechanism, rules):
    """Neighbouring words of a draw: the earlier sells first, though it stands later in the book."""
    lots = [sell(2000, 1, who=row, arrival=(word + 0.5) / 2**32)
            for row, word in enumerate((2**32 - 1, 2**32 - 2))]
    out = mechanism.clear(book(buy(3000, 1), *lots), rules, KEY)
    assert out.filled.tolist() == [1, 0, 1]


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


@pytest.mark.parametrize("count", [0, 1, 2, MANY_KEYS - 1, MANY_KEYS, 3 * MANY_KEYS])
@pytest.mark.parametrize("largest", [1, 2, 300, 2**33, 2**63])
def test_keys_are_ranked_from_the_smallest_and_equal_ones_as_they_stand(count, largest):
    """Few keys are compared and many are not; both must agree with NumPy's stable sort."""
    keys = np.random.default_rng(count).integers(0, largest, size=count, dtype=np.int64)
    expected = np.argsort(keys, kind="stable").tolist()
    for function in (ascending, getattr(ascending, "py_func", ascending)):
        assert function(keys).tolist() == expected


def test_buyers_of_a_listing_come_in_order_however_close_they_arrive():
    """A book made by hand may hold moments that no draw tells apart."""
    orders = book(
        buy(3000, 1, who=1, arrival=0.25 + 2**-50), buy(3000, 1, arrival=0.25), sell(2000, 1),
    )
    assert listing.clear(orders, ListingRules(), KEY).filled.tolist() == [0, 1, 1]
