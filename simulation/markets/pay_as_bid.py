"""Discriminatory call auction (按报价成交): the call auction's deals, each at a price of its own.

Who trades how much with whom is what the call auction decides, draw for draw; only the price
differs, so that two runs with one seed show what the price rule does and nothing else.
"""

from typing import Literal

import numpy as np

from agents.compiled import allocating_kernel, rule
from agents.parameters import Parameters, param
from simulation.draws import DrawKey
from simulation.markets.call_auction import PRO_RATA, clearing_interval
from simulation.markets.crossing import pair, share_out, sides_that_reach
from simulation.markets.protocol import Clearing, run_sealed

__all__ = ["PayAsBidRules", "clear", "clear_orders", "price_of_pair"]

BID = 0
ASK = 1


class PayAsBidRules(Parameters):
    """Micro-rules of the discriminatory call auction."""

    price: Literal["bid", "ask", "midpoint"] = param(
        "bid", unit="name", role="lever", source="assumption A21",
        label="Price of a pair", label_zh="成交价取值（买价、卖价、中间价）",
    )
    rationing: Literal["pro_rata", "time"] = param(
        "pro_rata", unit="name", role="lever", source="assumption A16",
        label="Rationing at the margin", label_zh="边际配给方式",
    )


@rule
def price_of_pair(bid, ask, choice):
    """Price at which a pair trades.

    Parameters
    ----------
    bid, ask : limits, fen/t, bid at least ask
    choice : 0 the bid, 1 the ask, 2 halfway

    Returns
    -------
    fen/t, whole, rounded down
    """
    if choice == BID:
        return bid
    if choice == ASK:
        return ask
    return ask + (bid - ask) // 2


@allocating_kernel
def clear_orders(orders, rules, lot, seed, month, filled, matches):
    """Clear a discriminatory call auction.

    Parameters
    ----------
    orders : recarray of orders, not changed
    rules : record of `PayAsBidRules`
    lot : t, of which all quantities are multiples
    seed, month : address of the draws
    filled : int64 array, shape (orders,); zeros, filled in
    matches : recarray with room for as many matches as orders, filled in

    Returns
    -------
    number of matches
    """
    buys, sells = sides_that_reach(orders)
    if len(buys) == 0:
        return 0
    volume, low, _ = clearing_interval(orders, buys, sells)
    if volume == 0:
        return 0
    # Any price of the interval gives the same parts: where it is not a point, nobody is rationed.
    time_priority = rules.rationing != PRO_RATA
    share_out(orders, buys, low, volume, time_priority, lot, filled)
    share_out(orders, sells, low, volume, time_priority, lot, filled)
    found = pair(orders, buys, sells, filled, seed, month, matches)
    for place in range(found):
        match = matches[place]
        price = price_of_pair(
            orders[match.buy].price_fen, orders[match.sell].price_fen, rules.price
        )
        match.price_fen = price
        match.seller_price_fen = price
    return found


def clear(
    book: np.recarray, rules: PayAsBidRules, draws: DrawKey, lot_t: int = 1
) -> Clearing:
    """Clear a discriminatory call auction.

    Parameters
    ----------
    book : numpy.recarray of orders
    rules : PayAsBidRules
    draws : DrawKey
        Decides who is paired with whom.
    lot_t : int
        Smallest tradable step; every quantity must be a multiple of it.

    Returns
    -------
    Clearing
        The pairs are those of the call auction.

    Raises
    ------
    InputError
        When a quantity or a price is negative or too large, or a quantity no multiple of the lot.
    """
    return run_sealed(clear_orders, book, rules, draws, lot_t)
