"""The sealed protocol: ``clear(book, rules, draws) -> Clearing``.

A clearing is a pure function of its three arguments. It knows no clock and no population, changes
none of its input and loses no unit: what was ordered comes back filled or unfilled.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from agents.compiled import allocating_kernel
from agents.parameters import Parameters, record_of
from agents.population import Column, dtype_of, empty
from agents.vocabulary import Side
from simulation.draws import DrawKey
from simulation.errors import InputError

__all__ = [
    "LARGEST_ORDER_T",
    "LARGEST_PRICE_FEN",
    "MATCH_DTYPE",
    "ORDER_DTYPE",
    "Clearing",
    "ascending",
    "book_of",
    "buyers_by_arrival",
    "checked_book",
    "run_sealed",
    "side_by_arrival",
    "side_by_priority",
]

ORDER_COLUMNS = (
    Column("agent_id", "i8", "id", "who sends the order"),
    Column("row", "i8", "row", "row of the sender in its population"),
    Column("side", "i8", "code", "Side"),
    Column("motive", "i8", "code", "Motive"),
    Column("price_fen", "i8", "fen/t", "limit price in the book"),
    Column("quantity_t", "i8", "t", "quantity in the book"),
    Column("limit_fen", "i8", "fen/t", "limit of the sender, before any overlay"),
    Column("wanted_t", "i8", "t", "quantity that the sender wants, before any overlay"),
    Column("arrival", "f8", "1", "moment of the month in which the order arrives, 0 to 1"),
    Column("province", "i8", "code", "province of the sender"),
    Column("eligibility", "i8", "code", "Eligibility that a bid accepts or an ask offers"),
)
ORDER_DTYPE = dtype_of(ORDER_COLUMNS)

MATCH_COLUMNS = (
    Column("buy", "i8", "row", "order that buys"),
    Column("sell", "i8", "row", "order that sells"),
    Column("tonnes", "i8", "t", "quantity"),
    Column("price_fen", "i8", "fen/t", "price that the buyer pays"),
    Column("seller_price_fen", "i8", "fen/t", "price that the seller gets, at most the former"),
)
MATCH_DTYPE = dtype_of(MATCH_COLUMNS)

# A quantity is multiplied with a price, and with another quantity where a margin is rationed: 64
# bits must hold both.
LARGEST_ORDER_T = 2_000_000_000
LARGEST_PRICE_FEN = 100_000_000
# Draws have 32 bits and lie between the steps, so 33 bits hold each of them exactly.
ARRIVAL_STEPS = 2**33
# Fewer keys than this are ranked by comparing them.
MANY_KEYS = 96


class Clearing(NamedTuple):
    """What a clearing decided.

    Attributes
    ----------
    matches : numpy.recarray, shape (matches,)
        Who sells to whom, how much and at which price.
    filled, unfilled : int64 array, shape (orders,)
        Tonnes of each order; their sum is what was ordered.
    """

    matches: np.recarray
    filled: np.ndarray
    unfilled: np.ndarray


def book_of(orders: list[tuple[float, ...]]) -> np.recarray:
    """Book from plain orders.

    Parameters
    ----------
    orders : list of tuple
        Agent, `Side`, `Motive`, price in fen, tonnes, arrival, and if need be province and
        `Eligibility`.

    Returns
    -------
    numpy.recarray, shape (orders,)
    """
    book = empty(ORDER_DTYPE, len(orders))
    for row, (agent_id, side, motive, price_fen, quantity_t, arrival, *more) in enumerate(orders):
        province, eligibility = (*more, 0, 0)[:2]
        book[row] = (
            agent_id, row, side, motive, price_fen, quantity_t, price_fen, quantity_t, arrival,
            province, eligibility,
        )
    return book


def checked_book(book: np.recarray, lot_t: int = 1) -> np.recarray:
    """Book whose numbers a clearing can count with.

    Parameters
    ----------
    book : numpy.recarray of `ORDER_DTYPE`
    lot_t : int
        Smallest tradable step.

    Returns
    -------
    numpy.recarray
        The same book.

    Raises
    ------
    InputError
        When a quantity or a price is negative or too large, a quantity no multiple of the lot, or
        an arrival outside 0 to 1.
    """
    for name, limit in (("quantity_t", LARGEST_ORDER_T), ("price_fen", LARGEST_PRICE_FEN)):
        wrong = np.flatnonzero((book[name] < 0) | (book[name] > limit))
        if wrong.size:
            row = int(wrong[0])
            raise InputError(
                f"order {row}: {name} = {book[name][row]} is not within 0 and {limit}. "
                "Send a whole number inside these limits."
            )
    if lot_t < 1:
        raise InputError(f"lot_t = {lot_t} is below 1. Trade whole tonnes.")
    broken = np.flatnonzero(book.quantity_t % lot_t)
    if broken.size:
        row = int(broken[0])
        raise InputError(
            f"order {row}: quantity_t = {book.quantity_t[row]} is no multiple of the lot of "
            f"{lot_t} t. Round it down."
        )
    outside = np.flatnonzero(~((book.arrival >= 0.0) & (book.arrival < 1.0)))
    if outside.size:
        row = int(outside[0])
        raise InputError(
            f"order {row}: arrival = {book.arrival[row]} is not within 0 and 1. Give the part of "
            "the month that has passed, below 1."
        )
    return book


@allocating_kernel
def ascending(keys):
    """Places of keys, the smallest first; equal keys in the order in which they stand.

    Parameters
    ----------
    keys : int64 array, not negative

    Returns
    -------
    int64 array, places
    """
    count = len(keys)
    if count < MANY_KEYS:
        return np.argsort(keys, kind="mergesort")
    # Byte by byte from the lowest: what comparing costs is that the processor cannot foresee how
    # random keys compare. A byte that is the same in all keys changes nothing.
    differing = 0
    for key in keys:
        differing |= key ^ keys[0]
    order = np.arange(count)
    other = np.empty(count, dtype=np.int64)
    ends = np.empty(257, dtype=np.int64)
    for shift in range(0, 64, 8):
        if (differing >> shift) & 255 == 0:
            continue
        ends[:] = 0
        for key in keys:
            ends[((key >> shift) & 255) + 1] += 1
        for digit in range(256):
            ends[digit + 1] += ends[digit]
        for place in order:
            digit = (keys[place] >> shift) & 255
            other[ends[digit]] = place
            ends[digit] += 1
        order, other = other, order
    return order


@allocating_kernel
def side_by_priority(orders, side, worst_fen):
    """Orders of one side that ask for something: best price first, then in order of arrival.

    Parameters
    ----------
    orders : recarray of orders
    side : Side code
    worst_fen : price up to which sellers, or down to which buyers, are wanted: the best of the
        other side, because who cannot trade needs no rank

    Returns
    -------
    int64 array, rows of the book
    """
    rows = np.empty(len(orders), dtype=np.int64)
    # One stable sort of one whole number: the price above, the moment of arrival below it.
    keys = np.empty(len(orders), dtype=np.int64)
    count = 0
    worst = LARGEST_PRICE_FEN - worst_fen if side == Side.BUY else worst_fen
    for index in range(len(orders)):
        order = orders[index]
        rank = order.price_fen
        if side == Side.BUY:
            rank = LARGEST_PRICE_FEN - order.price_fen
        if order.side == side and order.quantity_t > 0 and rank <= worst:
            rows[count] = index
            keys[count] = rank * ARRIVAL_STEPS + int(order.arrival * ARRIVAL_STEPS)
            count += 1
    return rows[:count][ascending(keys[:count])]


@allocating_kernel
def side_by_arrival(orders, side, limit_fen):
    """Orders of one side that ask for something and reach a price, in order of arrival.

    Parameters
    ----------
    orders : recarray of orders
    side : Side code
    limit_fen : lowest ask where buyers are wanted, highest bid where sellers are; who does not
        reach it cannot trade

    Returns
    -------
    int64 array, rows of the book
    """
    rows = np.empty(len(orders), dtype=np.int64)
    arrival = np.empty(len(orders))
    count = 0
    for index in range(len(orders)):
        order = orders[index]
        if order.side != side or order.quantity_t <= 0:
            continue
        if order.price_fen >= limit_fen if side == Side.BUY else order.price_fen <= limit_fen:
            rows[count] = index
            # Floats that are not negative compare like their bits; -0.0 becomes 0.0.
            arrival[count] = order.arrival + 0.0
            count += 1
    return rows[:count][ascending(arrival[:count].view(np.int64))]


@allocating_kernel
def buyers_by_arrival(orders, least_fen):
    """Buy orders that ask for something and reach a price, in order of arrival.

    Parameters
    ----------
    orders : recarray of orders
    least_fen : lowest ask; who bids less cannot trade

    Returns
    -------
    int64 array, rows of the book
    """
    return side_by_arrival(orders, Side.BUY.value, least_fen)


def run_sealed(
    compiled: Callable[..., int], book: np.recarray, rules: Parameters, draws: DrawKey,
    lot_t: int = 1,
) -> Clearing:
    """Call a compiled mechanism on a book and wrap what it decided.

    Parameters
    ----------
    compiled : callable
        ``(orders, rules, lot, seed, month, filled, matches) -> number of matches``
    book : numpy.recarray of `ORDER_DTYPE`
    rules : Parameters
    draws : DrawKey
    lot_t : int

    Returns
    -------
    Clearing
    """
    checked_book(book, lot_t)
    filled = np.zeros(len(book), dtype=np.int64)
    matches = empty(MATCH_DTYPE, 2 * len(book))
    count = compiled(book, record_of(rules)[0], lot_t, draws.seed, draws.month, filled, matches)
    return Clearing(matches[:count], filled, book.quantity_t - filled)

