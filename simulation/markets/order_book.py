"""Limit order book: price-time priority, partial fills, cancels, replacements.

A pure matching engine: it knows no trader, no clock and no draw. An order that meets the other
side trades at once, at the price of the order that stood there first; what is left of it rests.
Each side is a heap of resting orders, best price and then earliest first, in which every order
knows its place: so an order can be taken out from the middle, a book costs as much memory as the
orders it may hold, and prices need no grid. Nothing is allocated after `new_book` and nothing
raises: what cannot be done is refused by name.
"""

from enum import IntEnum, unique
from typing import NamedTuple

import numpy as np

from agents.compiled import kernel
from agents.population import Column, dtype_of, empty
from agents.vocabulary import Side
from simulation.errors import InputError
from simulation.markets.protocol import LARGEST_ORDER_T, LARGEST_PRICE_FEN

__all__ = [
    "COUNTERS",
    "NOTHING",
    "NO_PRICE",
    "ORDER_DTYPE",
    "TRADE_DTYPE",
    "BookRefusal",
    "Counter",
    "OrderBook",
    "best_ask",
    "best_bid",
    "cancel",
    "empty_book",
    "forget_trades",
    "new_book",
    "replace",
    "reset",
    "submit",
    "tonnes_left",
    "trade_count",
]

# A handle that points at no order, and the price of a side without one.
NOTHING = -1
NO_PRICE = -1
# A key is the price above, the moment of entry below: 27 and 36 of 63 bits.
ENTRY_BITS = 36
MOST_ENTRIES = 2**ENTRY_BITS
# Handles must stay countable in 64 bits.
MOST_RESTING = 2**26


@unique
class BookRefusal(IntEnum):
    """Why a book did not do what it was asked."""

    NONE = 0
    NOT_POSITIVE = 1
    TOO_LARGE = 2
    PRICE_OUT_OF_RANGE = 3
    UNKNOWN_SIDE = 4
    UNKNOWN_ORDER = 5
    BOOK_FULL = 6
    TRADES_FULL = 7
    BOOK_WORN_OUT = 8


class Counter(IntEnum):
    """Places in ``OrderBook.counters``; the first two are the codes of `Side`."""

    ASKS = 0
    BIDS = 1
    ENTRIES = 2
    TRADES = 3
    FREE = 4


ORDER_COLUMNS = (
    Column("key", "i8", "1", "rank among the orders of the side, smallest first"),
    Column("place", "i8", "place", "place in the heap; where free, the next free slot"),
    Column("serial", "i8", "1", "number of the entry that made the order; -1 where free"),
    Column("side", "i8", "code", "Side"),
    Column("price_fen", "i8", "fen/t", "limit price"),
    Column("tonnes", "i8", "t", "what is left of the order"),
    Column("owner", "i8", "1", "any number of the caller's, such as a row"),
)
ORDER_DTYPE = dtype_of(ORDER_COLUMNS)
COUNTERS = len(Counter)
TRADE_COLUMNS = (
    Column("buyer", "i8", "1", "owner of the order that buys"),
    Column("seller", "i8", "1", "owner of the order that sells"),
    Column("tonnes", "i8", "t", "quantity"),
    Column("price_fen", "i8", "fen/t", "price, that of the standing order"),
    Column("standing", "i8", "code", "Side of the standing order"),
)
TRADE_DTYPE = dtype_of(TRADE_COLUMNS)


class OrderBook(NamedTuple):
    """Everything a book holds; made by `new_book`, changed only by the functions of this module.

    Attributes
    ----------
    orders : numpy.recarray, shape (orders,)
        Slots for resting orders.
    keys, slots : int64 array, shape (2, orders)
        One heap a side: rank, and slot of the order of this rank.
    counters : int64 array, see `Counter`
    trades : numpy.recarray, shape (trades,)
        Trades since the last `forget_trades`, in order.
    """

    orders: np.recarray
    keys: np.ndarray
    slots: np.ndarray
    counters: np.ndarray
    trades: np.recarray


def new_book(orders: int, trades: int) -> OrderBook:
    """Empty book with all the memory it will ever use.

    Parameters
    ----------
    orders : int
        Most orders that may rest at a time, both sides together.
    trades : int
        Most trades between two calls of `forget_trades`. No stream of orders makes more trades
        than it has orders and replacements: each trade uses up one of its two orders.

    Returns
    -------
    OrderBook

    Raises
    ------
    InputError
        When a number is below 1 or there are too many orders.
    """
    if not 1 <= orders <= MOST_RESTING:
        raise InputError(f"orders = {orders} is not within 1 and {MOST_RESTING}.")
    if trades < 1:
        raise InputError(f"trades = {trades} is below 1. Give room for the trades of a session.")
    book = OrderBook(
        orders=empty(ORDER_DTYPE, orders),
        keys=np.zeros((2, orders), dtype=np.int64),
        slots=np.zeros((2, orders), dtype=np.int64),
        counters=np.zeros(COUNTERS, dtype=np.int64),
        trades=empty(TRADE_DTYPE, trades),
    )
    reset(book)
    return book


@kernel
def reset(book):
    """Make a book as new, whatever its memory holds.

    Parameters
    ----------
    book : OrderBook, changed in place
    """
    for slot in range(len(book.orders)):
        book.orders[slot].serial = NOTHING
        # Free slots are a chain; past the last one it ends at a slot that does not exist.
        book.orders[slot].place = slot + 1
    book.counters[:] = 0


@kernel
def _put(book, side, place, key, slot):
    book.keys[side, place] = key
    book.slots[side, place] = slot
    book.orders[slot].place = place


@kernel
def _rise(book, side, place, key, slot):
    # Towards the top, while the order above ranks behind.
    while place > 0:
        above = (place - 1) >> 1
        if book.keys[side, above] <= key:
            break
        _put(book, side, place, book.keys[side, above], book.slots[side, above])
        place = above
    _put(book, side, place, key, slot)


@kernel
def _sink(book, side, place, key, slot):
    # Away from the top, while one of the two orders below ranks before.
    count = book.counters[side]
    while True:
        below = 2 * place + 1
        if below >= count:
            break
        if below + 1 < count and book.keys[side, below + 1] < book.keys[side, below]:
            below += 1
        if book.keys[side, below] >= key:
            break
        _put(book, side, place, book.keys[side, below], book.slots[side, below])
        place = below
    _put(book, side, place, key, slot)


@kernel
def _leave(book, slot):
    # The last order of the heap fills the gap and finds its place from there.
    side = book.orders[slot].side
    place = book.orders[slot].place
    book.counters[side] -= 1
    last = book.counters[side]
    if place != last:
        key = book.keys[side, last]
        moved = book.slots[side, last]
        if place > 0 and key < book.keys[side, (place - 1) >> 1]:
            _rise(book, side, place, key, moved)
        else:
            _sink(book, side, place, key, moved)


@kernel
def _free(book, slot):
    book.orders[slot].serial = NOTHING
    book.orders[slot].place = book.counters[Counter.FREE]
    book.counters[Counter.FREE] = slot


@kernel
def _take_out(book, slot):
    _leave(book, slot)
    _free(book, slot)


@kernel
def _slot_of(book, handle):
    # A handle is serial x slots + slot, so that one of an order long gone is told from a new one.
    if handle < 0:
        return NOTHING
    slot = handle % len(book.orders)
    if book.orders[slot].serial != handle // len(book.orders):
        return NOTHING
    return slot


@kernel
def _fault(price_fen, tonnes):
    if tonnes <= 0:
        return BookRefusal.NOT_POSITIVE.value
    if tonnes > LARGEST_ORDER_T:
        return BookRefusal.TOO_LARGE.value
    if price_fen < 0 or price_fen > LARGEST_PRICE_FEN:
        return BookRefusal.PRICE_OUT_OF_RANGE.value
    return BookRefusal.NONE.value


@kernel
def _trade(book, side, price_fen, tonnes, owner):
    # The incoming order takes the best of the other side as long as prices agree.
    other = 1 - side
    filled = 0
    while filled < tonnes and book.counters[other] > 0:
        slot = book.slots[other, 0]
        standing = book.orders[slot]
        if side == Side.BUY:
            agreed = standing.price_fen <= price_fen
        else:
            agreed = standing.price_fen >= price_fen
        if not agreed:
            break
        found = book.counters[Counter.TRADES]
        if found == len(book.trades):
            return filled, BookRefusal.TRADES_FULL.value
        traded = min(standing.tonnes, tonnes - filled)
        trade = book.trades[found]
        trade.buyer = owner if side == Side.BUY else standing.owner
        trade.seller = standing.owner if side == Side.BUY else owner
        trade.tonnes = traded
        trade.price_fen = standing.price_fen
        trade.standing = other
        book.counters[Counter.TRADES] = found + 1
        filled += traded
        standing.tonnes -= traded
        if standing.tonnes == 0:
            _take_out(book, slot)
    return filled, BookRefusal.NONE.value


@kernel
def _rest(book, slot, side, price_fen, tonnes, entry):
    order = book.orders[slot]
    rank = LARGEST_PRICE_FEN - price_fen if side == Side.BUY else price_fen
    order.key = (rank << ENTRY_BITS) + entry
    order.price_fen = price_fen
    order.tonnes = tonnes
    last = book.counters[side]
    book.counters[side] = last + 1
    _rise(book, side, last, order.key, slot)
    return order.serial * len(book.orders) + slot


@kernel
def submit(book, side, price_fen, tonnes, owner):
    """Send a limit order.

    Parameters
    ----------
    book : OrderBook, changed in place
    side : Side code
    price_fen : fen/t, most that a buyer pays or least that a seller takes
    tonnes : t
    owner : any whole number, handed back in trades

    Returns
    -------
    handle of the resting order, `NOTHING` where none rests; tonnes that traded; BookRefusal code.
    What neither traded nor rests is handed back: nothing of it is kept.
    """
    if side != Side.BUY and side != Side.SELL:
        return NOTHING, 0, BookRefusal.UNKNOWN_SIDE.value
    refusal = _fault(price_fen, tonnes)
    if refusal != BookRefusal.NONE:
        return NOTHING, 0, refusal
    entry = book.counters[Counter.ENTRIES]
    if entry == MOST_ENTRIES:
        return NOTHING, 0, BookRefusal.BOOK_WORN_OUT.value
    book.counters[Counter.ENTRIES] = entry + 1
    filled, refusal = _trade(book, side, price_fen, tonnes, owner)
    if filled == tonnes or refusal != BookRefusal.NONE:
        return NOTHING, filled, refusal
    slot = book.counters[Counter.FREE]
    if slot == len(book.orders):
        return NOTHING, filled, BookRefusal.BOOK_FULL.value
    order = book.orders[slot]
    book.counters[Counter.FREE] = order.place
    order.serial = entry
    order.side = side
    order.owner = owner
    handle = _rest(book, slot, side, price_fen, tonnes - filled, entry)
    return handle, filled, BookRefusal.NONE.value


@kernel
def cancel(book, handle):
    """Withdraw what is left of a resting order.

    Parameters
    ----------
    book : OrderBook, changed in place
    handle : of the order

    Returns
    -------
    tonnes handed back; BookRefusal code
    """
    slot = _slot_of(book, handle)
    if slot == NOTHING:
        return 0, BookRefusal.UNKNOWN_ORDER.value
    tonnes = book.orders[slot].tonnes
    _take_out(book, slot)
    return tonnes, BookRefusal.NONE.value


@kernel
def replace(book, handle, price_fen, tonnes):
    """Give a resting order another price and another number of tonnes.

    Fewer tonnes at the same price keep the order's turn; anything else is a new entry, which may
    trade at once. Where the new terms are refused, the order stands as it was.

    Parameters
    ----------
    book : OrderBook, changed in place
    handle : of the order, which it keeps
    price_fen : fen/t
    tonnes : t, what is wanted from now on

    Returns
    -------
    as `submit`
    """
    slot = _slot_of(book, handle)
    if slot == NOTHING:
        return NOTHING, 0, BookRefusal.UNKNOWN_ORDER.value
    refusal = _fault(price_fen, tonnes)
    if refusal == BookRefusal.NONE and book.counters[Counter.ENTRIES] == MOST_ENTRIES:
        refusal = BookRefusal.BOOK_WORN_OUT.value
    if refusal != BookRefusal.NONE:
        return handle, 0, refusal
    order = book.orders[slot]
    if price_fen == order.price_fen and tonnes <= order.tonnes:
        order.tonnes = tonnes
        return handle, 0, BookRefusal.NONE.value
    # It keeps its slot while it trades, and with it its handle.
    _leave(book, slot)
    entry = book.counters[Counter.ENTRIES]
    book.counters[Counter.ENTRIES] = entry + 1
    filled, refusal = _trade(book, order.side, price_fen, tonnes, order.owner)
    if filled == tonnes or refusal != BookRefusal.NONE:
        _free(book, slot)
        return NOTHING, filled, refusal
    _rest(book, slot, order.side, price_fen, tonnes - filled, entry)
    return handle, filled, BookRefusal.NONE.value


@kernel
def best_bid(book):
    """Highest price that a resting order pays, fen/t, or `NO_PRICE`."""
    if book.counters[Counter.BIDS] == 0:
        return NO_PRICE
    return book.orders[book.slots[Counter.BIDS, 0]].price_fen


@kernel
def best_ask(book):
    """Lowest price that a resting order takes, fen/t, or `NO_PRICE`."""
    if book.counters[Counter.ASKS] == 0:
        return NO_PRICE
    return book.orders[book.slots[Counter.ASKS, 0]].price_fen


@kernel
def tonnes_left(book, handle):
    """Tonnes of a resting order; 0 where the handle points at none."""
    slot = _slot_of(book, handle)
    return 0 if slot == NOTHING else book.orders[slot].tonnes


@kernel
def trade_count(book):
    """Number of trades since the last `forget_trades`."""
    return book.counters[Counter.TRADES]


@kernel
def forget_trades(book):
    """Make room for new trades; the caller has read the old ones."""
    book.counters[Counter.TRADES] = 0


@kernel
def empty_book(book):
    """Withdraw every resting order; trades and the numbers of entries stay."""
    for side in range(2):
        while book.counters[side] > 0:
            # From the end of the heap: nothing has to move.
            _take_out(book, book.slots[side, book.counters[side] - 1])
