"""Continuous trading (连续竞价): the month's orders arrive one after the other and meet in a book.

An order that meets the other side trades at once, at the price of the order that stood there first;
what is left rests, with price-time priority. With several rounds traders shout their orders again:
they open with some distance to their limit and give it up round by round, so that early deals are
struck at better prices than limits would give, and late ones at the limits.
"""

import math

import numpy as np

from agents.compiled import allocating_kernel, kernel, rule
from agents.parameters import Parameters, param
from agents.vocabulary import Side
from simulation.draws import CONTINUOUS_SHOUT, DrawKey, draw_block
from simulation.markets.order_book import (
    COUNTERS,
    NOTHING,
    ORDER_DTYPE,
    TRADE_DTYPE,
    OrderBook,
    replace,
    reset,
    submit,
    trade_count,
)
from simulation.markets.protocol import (
    LARGEST_PRICE_FEN,
    Clearing,
    ascending,
    run_sealed,
)

__all__ = ["ContinuousRules", "clear", "clear_orders", "conceded_price"]


class ContinuousRules(Parameters):
    """Micro-rules of continuous trading."""

    rounds: int = param(
        1, unit="rounds", low=1, high=100, role="lever", source="assumption A28",
        label="Times a month that orders are shouted", label_zh="每月报价轮数",
    )
    opening_distance: float = param(
        0.2, unit="1", low=0, high=1, role="uncertainty", source="assumption A28",
        label="Distance of the first of several shouts from the limit, share of it",
        label_zh="首轮报价距限价的幅度（仅一轮时为零）",
    )


@rule
def conceded_price(side, limit, distance, turn, rounds):
    """Price of an order in a round.

    Parameters
    ----------
    side : Side code
    limit : fen/t
    distance : of the first round, share of the limit
    turn : round, from 0
    rounds : at least 1

    Returns
    -------
    fen/t, whole; in the last round the limit

    Notes
    -----
    Even concessions are *assumption* A28.
    """
    step = math.floor(limit * distance * (rounds - 1 - turn) / max(rounds - 1, 1))
    return limit - step if side == Side.BUY else min(limit + step, LARGEST_PRICE_FEN)


@kernel
def _shout(book, order, row, price, handle, filled):
    # What has traded since the last round is no longer wanted.
    left = order.quantity_t - filled
    if left == 0:
        return NOTHING
    if handle == NOTHING:
        handle, _, _ = submit(book, order.side, price, left, row)
    else:
        handle, _, _ = replace(book, handle, price, left)
    return handle


@allocating_kernel
def clear_orders(orders, rules, lot, seed, month, filled, matches):
    """Trade for a month.

    Parameters
    ----------
    orders : recarray of orders, not changed
    rules : record of `ContinuousRules`
    lot : t, of which all quantities are multiples
    seed, month : address of the draws
    filled : int64 array, shape (orders,); zeros, filled in
    matches : recarray with room for as many matches as orders, filled in

    Returns
    -------
    number of matches
    """
    count = len(orders)
    if count == 0:
        return 0
    book = OrderBook(
        np.empty(count, dtype=ORDER_DTYPE), np.empty((2, count), dtype=np.int64),
        np.empty((2, count), dtype=np.int64), np.empty(COUNTERS, dtype=np.int64),
        np.empty(count, dtype=TRADE_DTYPE),
    )
    reset(book)
    handles = np.full(count, NOTHING)
    moment = np.empty(count)
    found = 0
    for turn in range(rules.rounds):
        for row in range(count):
            order = orders[row]
            if turn == 0:
                # Floats that are not negative compare like their bits; -0.0 becomes 0.0.
                moment[row] = order.arrival + 0.0
            else:
                # The government buyer sends nothing else, so its first word is free.
                moment[row] = draw_block(
                    seed, CONTINUOUS_SHOUT, month, order.agent_id, turn
                )[order.motive % 4]
        for row in ascending(moment.view(np.int64)):
            order = orders[row]
            if order.quantity_t == 0:
                continue
            price = conceded_price(
                order.side, order.price_fen, rules.opening_distance, turn, rules.rounds
            )
            handles[row] = _shout(book, order, row, price, handles[row], filled[row])
            while found < trade_count(book):
                trade = book.trades[found]
                filled[trade.buyer] += trade.tonnes
                filled[trade.seller] += trade.tonnes
                match = matches[found]
                match.buy = trade.buyer
                match.sell = trade.seller
                match.tonnes = trade.tonnes
                match.price_fen = trade.price_fen
                match.seller_price_fen = trade.price_fen
                found += 1
    return found


def clear(
    book: np.recarray, rules: ContinuousRules, draws: DrawKey, lot_t: int = 1
) -> Clearing:
    """Trade for a month.

    Parameters
    ----------
    book : numpy.recarray of orders
    rules : ContinuousRules
    draws : DrawKey
        Decides when orders are shouted again; when they first are is in the book.
    lot_t : int
        Smallest tradable step; every quantity must be a multiple of it.

    Returns
    -------
    Clearing

    Raises
    ------
    InputError
        When a quantity or a price is negative or too large, or a quantity no multiple of the lot.
    """
    return run_sealed(clear_orders, book, rules, draws, lot_t)
