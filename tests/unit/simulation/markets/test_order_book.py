"""Limit order book: worked examples, one rule at a time."""

import pytest

from agents.vocabulary import Side
from simulation.errors import InputError
from simulation.markets.order_book import (
    MOST_ENTRIES,
    NO_PRICE,
    NOTHING,
    BookRefusal,
    Counter,
    best_ask,
    best_bid,
    cancel,
    empty_book,
    forget_trades,
    new_book,
    replace,
    submit,
    tonnes_left,
    trade_count,
)

SELL, BUY = Side.SELL.value, Side.BUY.value


def trades(book):
    """(buyer, seller, tonnes, price) in order."""
    return [trade[:4] for trade in book.trades[: trade_count(book)].tolist()]


@pytest.fixture
def book():
    """Room for ten orders and twenty trades."""
    return new_book(10, 20)


def test_a_trade_has_the_price_of_who_stood_first(book):
    """A buyer at 25 finds a seller at 20, and pays 20; the other way round 25 is paid."""
    submit(book, SELL, 2000, 5, 1)
    submit(book, BUY, 2500, 5, 2)
    submit(book, BUY, 2500, 5, 3)
    submit(book, SELL, 2000, 5, 4)
    assert trades(book) == [(2, 1, 5, 2000), (3, 4, 5, 2500)]


def test_the_better_price_comes_before_the_earlier_order(book):
    """21, 20 and 20 again: the first of those at 20, the second, then 21."""
    for owner, price in ((1, 2100), (2, 2000), (3, 2000)):
        submit(book, SELL, price, 4, owner)
    assert submit(book, BUY, 2100, 9, 9)[1:] == (9, BookRefusal.NONE)
    assert trades(book) == [(9, 2, 4, 2000), (9, 3, 4, 2000), (9, 1, 1, 2100)]


def test_what_does_not_trade_rests(book):
    """8 t meet 5 t: 3 t stay, at their own price."""
    submit(book, SELL, 2000, 5, 1)
    handle, filled, refusal = submit(book, BUY, 2200, 8, 2)
    assert (filled, refusal) == (5, BookRefusal.NONE)
    assert (tonnes_left(book, handle), best_bid(book), best_ask(book)) == (3, 2200, NO_PRICE)


def test_a_cancel_hands_back_what_is_left(book):
    """Once; then the handle points at nothing, even when the slot has a new order."""
    handle, _, _ = submit(book, SELL, 2000, 5, 1)
    submit(book, BUY, 2000, 2, 2)
    assert cancel(book, handle) == (3, BookRefusal.NONE)
    other, _, _ = submit(book, SELL, 2000, 5, 3)
    assert other % 10 == handle % 10  # the same slot
    assert cancel(book, handle) == (0, BookRefusal.UNKNOWN_ORDER)
    assert tonnes_left(book, other) == 5


def test_fewer_tonnes_keep_the_turn_and_anything_else_loses_it(book):
    """Two sellers at 20.00; the first asks for less, then for more."""
    first, _, _ = submit(book, SELL, 2000, 5, 1)
    submit(book, SELL, 2000, 5, 2)
    assert replace(book, first, 2000, 4) == (first, 0, BookRefusal.NONE)
    submit(book, BUY, 2000, 1, 3)
    assert replace(book, first, 2000, 5) == (first, 0, BookRefusal.NONE)
    submit(book, BUY, 2000, 6, 4)
    assert trades(book) == [(3, 1, 1, 2000), (4, 2, 5, 2000), (4, 1, 1, 2000)]


def test_a_replacement_may_trade_at_once(book):
    """A seller comes down to the bid and trades at the bid's price."""
    handle, _, _ = submit(book, SELL, 2500, 5, 1)
    submit(book, BUY, 2000, 3, 2)
    assert replace(book, handle, 1900, 7) == (handle, 3, BookRefusal.NONE)
    assert trades(book) == [(2, 1, 3, 2000)]
    assert tonnes_left(book, handle) == 4


def test_a_refused_replacement_leaves_the_order_alone(book):
    """No tonnes, or a price out of range."""
    handle, _, _ = submit(book, SELL, 2500, 5, 1)
    assert replace(book, handle, 2500, 0) == (handle, 0, BookRefusal.NOT_POSITIVE)
    assert replace(book, handle, -1, 5) == (handle, 0, BookRefusal.PRICE_OUT_OF_RANGE)
    assert tonnes_left(book, handle) == 5


@pytest.mark.parametrize(
    ("side", "price", "tonnes", "why"),
    [
        (SELL, 2000, 0, BookRefusal.NOT_POSITIVE),
        (BUY, 2000, -4, BookRefusal.NOT_POSITIVE),
        (BUY, 2000, 2_000_000_001, BookRefusal.TOO_LARGE),
        (BUY, -1, 1, BookRefusal.PRICE_OUT_OF_RANGE),
        (SELL, 100_000_001, 1, BookRefusal.PRICE_OUT_OF_RANGE),
        (2, 2000, 1, BookRefusal.UNKNOWN_SIDE),
    ],
)
def test_an_impossible_order_is_refused_by_name(book, side, price, tonnes, why):
    """Nothing is kept of it."""
    assert submit(book, side, price, tonnes, 1) == (NOTHING, 0, why)
    assert book.counters[:2].tolist() == [0, 0]


def test_a_full_book_hands_back_the_rest():
    """Two orders fit; a third may trade but not rest."""
    book = new_book(2, 9)
    submit(book, SELL, 2000, 5, 1)
    submit(book, SELL, 2100, 5, 2)
    assert submit(book, BUY, 1000, 5, 3) == (NOTHING, 0, BookRefusal.BOOK_FULL)
    handle, filled, refusal = submit(book, BUY, 2000, 8, 4)
    assert (filled, refusal) == (5, BookRefusal.NONE)  # the seller's slot is free again
    assert tonnes_left(book, handle) == 3


def test_without_room_for_trades_none_is_made():
    """What was traded before stays traded; what is left is handed back."""
    book = new_book(4, 1)
    submit(book, SELL, 2000, 5, 1)
    submit(book, SELL, 2000, 5, 2)
    assert submit(book, BUY, 2000, 8, 3) == (NOTHING, 5, BookRefusal.TRADES_FULL)
    assert best_bid(book) == NO_PRICE
    forget_trades(book)
    assert submit(book, BUY, 2000, 3, 4) == (NOTHING, 3, BookRefusal.NONE)
    assert trades(book) == [(4, 2, 3, 2000)]


def test_a_book_that_cannot_number_its_entries_refuses(book):
    """After 2**36 of them; an order that stands stays."""
    handle, _, _ = submit(book, SELL, 2000, 5, 1)
    book.counters[Counter.ENTRIES] = MOST_ENTRIES
    assert submit(book, BUY, 2000, 5, 2) == (NOTHING, 0, BookRefusal.BOOK_WORN_OUT)
    assert replace(book, handle, 2100, 5) == (handle, 0, BookRefusal.BOOK_WORN_OUT)
    assert tonnes_left(book, handle) == 5


def test_the_last_entry_ranks_behind_the_first_at_the_highest_price():
    """Price and moment share one number; its ends must hold."""
    book = new_book(4, 9)
    submit(book, SELL, 100_000_000, 1, 1)
    book.counters[Counter.ENTRIES] = MOST_ENTRIES - 1
    submit(book, SELL, 100_000_000, 1, 2)
    book.counters[Counter.ENTRIES] = 1
    submit(book, BUY, 100_000_000, 2, 3)
    assert [seller for _, seller, _, _ in trades(book)] == [1, 2]


def test_an_emptied_book_is_as_new(book):
    """Every slot is free again; the trades stay until they are forgotten."""
    for owner in range(10):
        submit(book, SELL, 2000 + owner % 3, 5, owner)
    submit(book, BUY, 2000, 5, 10)
    empty_book(book)
    assert (best_bid(book), best_ask(book), trade_count(book)) == (NO_PRICE, NO_PRICE, 1)
    for owner in range(10):
        assert submit(book, SELL, 2000, 5, owner)[2] == BookRefusal.NONE


@pytest.mark.parametrize(("orders", "trades"), [(0, 5), (5, 0), (2**26 + 1, 5)])
def test_a_book_needs_room(orders, trades):
    """One line that says what is wrong."""
    with pytest.raises(InputError, match=r"is not within|is below"):
        new_book(orders, trades)
