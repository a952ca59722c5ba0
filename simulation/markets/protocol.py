"""The sealed protocol: ``clear(book, rules, draws) -> Clearing``.

A clearing is a pure function of its three arguments. It knows no clock and no population, changes
none of its input and loses no unit: what was ordered comes back filled or unfilled.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from agents.parameters import Parameters, record_of
from agents.population import Column, dtype_of, empty
from simulation.draws import DrawKey
from simulation.errors import InputError

__all__ = [
    "LARGEST_ORDER_T",
    "LARGEST_PRICE_FEN",
    "MATCH_DTYPE",
    "ORDER_DTYPE",
    "Clearing",
    "book_of",
    "checked_book",
    "run_sealed",
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
        When a quantity is negative or too large, or a price is.
    """
    for name, limit in (("quantity_t", LARGEST_ORDER_T), ("price_fen", LARGEST_PRICE_FEN)):
        wrong = np.flatnonzero((book[name] < 0) | (book[name] > limit))
        if wrong.size:
            row = int(wrong[0])
            raise InputError(
                f"order {row}: {name} = {book[name][row]} is not within 0 and {limit}. "
                "Send a whole number inside these limits."
            )
    return book


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

