"""Call auction: sealed bids and asks, one uniform price that clears the market.

The volume is the largest at which every bid that trades is at least every ask that trades. The
price lies within the interval of clearing prices, at the point ``k`` of it. Orders at exactly that
price are rationed, pro rata by largest remainder or in order of arrival.
"""

import math
from typing import Literal

import numpy as np

from agents.compiled import allocating_kernel, kernel
from agents.parameters import Parameters, param
from simulation.draws import DrawKey
from simulation.markets.crossing import (
    at_one_price,
    crossing,
    pair,
    share_out,
    sides_that_reach,
)
from simulation.markets.protocol import Clearing, run_sealed

__all__ = ["PRO_RATA", "CallAuctionRules", "clear", "clear_orders", "clearing_interval"]


PRO_RATA = 0


class CallAuctionRules(Parameters):
    """Micro-rules of the call auction."""

    k: float = param(
        0.5, unit="1", low=0, high=1, role="lever",
        source="k-double auction, Rustichini, Satterthwaite and Williams (1994), Econometrica "
        "62:1041; the midpoint is assumption A16",
        label="Point of the clearing interval (0 buyers' end, 1 sellers' end)",
        label_zh="出清区间取价点（0偏向买方，1偏向卖方）",
    )
    rationing: Literal["pro_rata", "time"] = param(
        "pro_rata", unit="name", role="lever", source="assumption A16",
        label="Rationing at the margin", label_zh="边际配给方式",
    )


@kernel
def clearing_interval(orders, buys, sells):
    """Volume, and both ends of the interval of prices that clear it.

    Parameters
    ----------
    orders : recarray of orders
    buys, sells : rows of either side, best price first; none of them empty

    Returns
    -------
    volume : t
    low, high : fen/t; without meaning where the volume is zero
    """
    volume, last_buy, last_sell, next_buy, next_sell = crossing(orders, buys, sells)
    if volume == 0:
        return 0, 0, 0
    low = orders[sells[last_sell]].price_fen
    high = orders[buys[last_buy]].price_fen
    # What did not trade must not want to: its prices narrow the interval.
    if next_buy < len(buys):
        low = max(low, orders[buys[next_buy]].price_fen)
    if next_sell < len(sells):
        high = min(high, orders[sells[next_sell]].price_fen)
    return volume, low, high


@allocating_kernel
def clear_orders(orders, rules, lot, seed, month, filled, matches):
    """Clear a call auction.

    Parameters
    ----------
    orders : recarray of orders, not changed
    rules : record of `CallAuctionRules`
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
    volume, low, high = clearing_interval(orders, buys, sells)
    if volume == 0:
        return 0
    price = low + math.floor(rules.k * (high - low))
    time_priority = rules.rationing != PRO_RATA
    share_out(orders, buys, price, volume, time_priority, lot, filled)
    share_out(orders, sells, price, volume, time_priority, lot, filled)
    found = pair(orders, buys, sells, filled, seed, month, matches)
    at_one_price(matches, found, price, price)
    return found


def clear(
    book: np.recarray, rules: CallAuctionRules, draws: DrawKey, lot_t: int = 1
) -> Clearing:
    """Clear a call auction.

    Parameters
    ----------
    book : numpy.recarray of orders
    rules : CallAuctionRules
    draws : DrawKey
        Decides who is paired with whom.
    lot_t : int
        Smallest tradable step; every quantity must be a multiple of it.

    Returns
    -------
    Clearing
        Every match has the same price.

    Raises
    ------
    InputError
        When a quantity or a price is negative or too large, or a quantity no multiple of the lot.
    """
    return run_sealed(clear_orders, book, rules, draws, lot_t)
