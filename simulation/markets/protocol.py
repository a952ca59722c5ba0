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
    "book_of",
    "buyers_by_arrival",
    "checked_book",
    "run_sealed",
    "side_by_priority",
]

ORDER_COLUMNS = (
    Column("agent_id", "i8", "id", "who sends the order"),
    Column("row", "i8", "row", "row of the sender in its population"),
    Column("side", "i8", "code", "Side"),
    Column("motive", "i8", "code", "Motive"),
    Column("price_fen", "i8", "fen/t", "limit price"),
    Column("quantity_t", "i8", "t", "quantity"),
    Column("arrival", "f8", "1", "moment of the month in which the order arrives, 0 to 1"),
    Column("province", "i8", "code", "province of the sender"),
)
ORDER_DTYPE = dtype_of(ORDER_COLUMNS)

MATCH_COLUMNS = (
    Column("buy", "i8", "row", "order that buys"),
    Column("sell", "i8", "row", "order that sells"),
    Column("tonnes", "i8", "t", "quantity"),
    Column("price_fen", "i8", "fen/t", "price"),
)
MATCH_DTYPE = dtype_of(MATCH_COLUMNS)

# A quantity is multiplied with a price, and with another quantity where a margin is rationed: 64
# bits must hold both.
LARGEST_ORDER_T = 2_000_000_000
LARGEST_PRICE_FEN = 100_000_000
# Draws have 32 bits and lie between the steps, so 33 bits hold each of them exactly.
ARRIVAL_STEPS = 2**33


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
        Agent, `Side`, `Motive`, price in fen, tonnes, arrival, and if need be province.

    Returns
    -------
    numpy.recarray, shape (orders,)
    """
    book = empty(ORDER_DTYPE, len(orders))
    for row, (agent_id, side, motive, price_fen, quantity_t, arrival, *more) in enumerate(orders):
        province = more[0] if more else 0
        book[row] = (agent_id, row, side, motive, price_fen, quantity_t, arrival, province)
    return book


def checked_book(book: np.recarray) -> np.recarray:
    """Book whose numbers a clearing can count with.

    Parameters
    ----------
    book : numpy.recarray of `ORDER_DTYPE`

    Returns
    -------
    numpy.recarray
        The same book.

    Raises
    ------
    InputError
        When a quantity or a price is negative or too large, or an arrival is outside 0 to 1.
    """
    for name, limit in (("quantity_t", LARGEST_ORDER_T), ("price_fen", LARGEST_PRICE_FEN)):
        wrong = np.flatnonzero((book[name] < 0) | (book[name] > limit))
        if wrong.size:
            row = int(wrong[0])
            raise InputError(
                f"order {row}: {name} = {book[name][row]} is not within 0 and {limit}. "
                "Send a whole number inside these limits."
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
def side_by_priority(orders, side):
    """Orders of one side that ask for something: best price first, then in order of arrival.

    Parameters
    ----------
    orders : recarray of orders
    side : Side code

    Returns
    -------
    int64 array, rows of the book
    """
    rows = np.empty(len(orders), dtype=np.int64)
    # One stable sort of one whole number: the price above, the moment of arrival below it.
    keys = np.empty(len(orders), dtype=np.int64)
    count = 0
    for index in range(len(orders)):
        order = orders[index]
        if order.side == side and order.quantity_t > 0:
            rank = order.price_fen
            if side == Side.BUY:
                rank = LARGEST_PRICE_FEN - order.price_fen
            rows[count] = index
            keys[count] = rank * ARRIVAL_STEPS + int(order.arrival * ARRIVAL_STEPS)
            count += 1
    return rows[:count][np.argsort(keys[:count], kind="mergesort")]


@allocating_kernel
def buyers_by_arrival(orders):
    """Buy orders that ask for something, in order of arrival.

    Parameters
    ----------
    orders : recarray of orders

    Returns
    -------
    int64 array, rows of the book
    """
    rows = np.empty(len(orders), dtype=np.int64)
    arrival = np.empty(len(orders))
    count = 0
    for index in range(len(orders)):
        if orders[index].side == Side.BUY and orders[index].quantity_t > 0:
            rows[count] = index
            arrival[count] = orders[index].arrival
            count += 1
    return rows[:count][np.argsort(arrival[:count], kind="mergesort")]


def run_sealed(
    compiled: Callable[..., int], book: np.recarray, rules: Parameters, draws: DrawKey
) -> Clearing:
    """Call a compiled mechanism on a book and wrap what it decided.

    Parameters
    ----------
    compiled : callable
        ``(orders, rules, seed, month, filled, matches) -> number of matches``
    book : numpy.recarray of `ORDER_DTYPE`
    rules : Parameters
    draws : DrawKey

    Returns
    -------
    Clearing
    """
    checked_book(book)
    filled = np.zeros(len(book), dtype=np.int64)
    matches = empty(MATCH_DTYPE, 2 * len(book))
    count = compiled(book, record_of(rules)[0], draws.seed, draws.month, filled, matches)
    return Clearing(matches[:count], filled, book.quantity_t - filled)

