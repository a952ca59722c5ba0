"""One-way auction (单向竞价): each lot is auctioned by itself, its ask is the reserve price.

Lots come up in the order in which they arrive. Whoever still wants something bids its limit in
each of them until it is filled. A lot may go to several winners, the highest bids first. In a
second-price lot all winners pay the highest bid that is left with nothing or too little (Vickrey
1961, J. Finance 16:8), or the reserve: with demand for one unit each, truth is weakly dominant in
such a lot taken by itself. With several lots in a row, or demand for many units, it is not: who
waits, or asks for less, may pay less.
"""

from typing import Literal

import numpy as np

from agents.compiled import allocating_kernel, kernel, rule
from agents.parameters import Parameters, param
from agents.quantities import to_fen
from agents.vocabulary import Side
from simulation.draws import DrawKey
from simulation.markets.protocol import (
    Clearing,
    ascending,
    run_sealed,
    side_by_arrival,
    side_by_priority,
)

__all__ = ["OneWayAuctionRules", "clear", "clear_orders", "last_crowded_step"]

FIRST_PRICE = 0
ASCENDING = 2


class OneWayAuctionRules(Parameters):
    """Micro-rules of the one-way auction."""

    format: Literal["first_price", "second_price", "ascending"] = param(
        "first_price", unit="name", role="lever",
        source="sealed bids at their own price are assumption A23",
        label="Format of a lot's auction", label_zh="竞价方式（一价密封、二价密封、加价）",
    )
    increment_yuan_per_t: float = param(
        0.5, unit="yuan/t", low=0.01, high=10_000, role="lever", source="assumption A23",
        label="Step of the ascending clock", label_zh="加价幅度",
    )


@rule
def last_crowded_step(reserve, losing_bid, increment):
    """Last price of an ascending clock at which more is wanted than there is.

    Parameters
    ----------
    reserve : where the clock starts, fen/t
    losing_bid : highest bid that is left with nothing or too little, fen/t, at least the reserve
    increment : fen/t, at least 1

    Returns
    -------
    fen/t, from the reserve to the losing bid
    """
    return reserve + (losing_bid - reserve) // increment * increment


@kernel
def _demand_beyond(orders, buys, filled, first, quantity, reserve):
    # The bid of the first unit that the lot does not reach; below the reserve where it reaches all.
    place = first
    while place < len(buys) and orders[buys[place]].price_fen >= reserve:
        bid = orders[buys[place]]
        quantity -= bid.quantity_t - filled[buys[place]]
        if quantity < 0:
            return bid.price_fen
        place += 1
    return reserve - 1


@allocating_kernel
def _ranked_by_clock(orders, buys, filled, first, price, increment):
    # Who is still in when the clock has moved on comes first; who left at the last step comes in
    # order of arrival, because the clock does not tell their limits apart.
    inside = first
    while inside < len(buys) and orders[buys[inside]].price_fen >= price + increment:
        inside += 1
    stop = inside
    while stop < len(buys) and orders[buys[stop]].price_fen >= price:
        stop += 1
    ranked = buys[first:stop].copy()
    arrival = np.empty(stop - inside)
    for place in range(inside, stop):
        # Floats that are not negative compare like their bits; -0.0 becomes 0.0.
        arrival[place - inside] = orders[buys[place]].arrival + 0.0
    ranked[inside - first :] = buys[inside:stop][ascending(arrival.view(np.int64))]
    return ranked


@allocating_kernel
def clear_orders(orders, rules, lot, seed, month, filled, matches):
    """Auction lot after lot.

    Parameters
    ----------
    orders : recarray of orders, not changed
    rules : record of `OneWayAuctionRules`
    lot : t, of which all quantities are multiples
    seed, month : address of the draws; nothing is drawn
    filled : int64 array, shape (orders,); zeros, filled in
    matches : recarray with room for as many matches as orders, filled in

    Returns
    -------
    number of matches
    """
    buys = side_by_priority(orders, Side.BUY.value, 0)
    if len(buys) == 0:
        return 0
    increment = to_fen(rules.increment_yuan_per_t)
    found = 0
    first = 0
    for sell in side_by_arrival(orders, Side.SELL.value, orders[buys[0]].price_fen):
        reserve = orders[sell].price_fen
        left = orders[sell].quantity_t
        while first < len(buys) and filled[buys[first]] == orders[buys[first]].quantity_t:
            first += 1
        if first == len(buys):
            break
        losing_bid = _demand_beyond(orders, buys, filled, first, left, reserve)
        price = max(reserve, losing_bid)
        ranked = buys[first:]
        if rules.format == ASCENDING:
            price = last_crowded_step(reserve, price, increment)
            # Without a loser the clock does not move, and everybody is served.
            if losing_bid >= reserve:
                ranked = _ranked_by_clock(orders, buys, filled, first, price, increment)
        for buy in ranked:
            bid = orders[buy].price_fen
            tonnes = min(left, orders[buy].quantity_t - filled[buy])
            if left == 0 or bid < reserve:
                break
            if tonnes == 0:
                continue
            left -= tonnes
            filled[buy] += tonnes
            filled[sell] += tonnes
            match = matches[found]
            match.buy = buy
            match.sell = sell
            match.tonnes = tonnes
            match.price_fen = bid if rules.format == FIRST_PRICE else price
            match.seller_price_fen = match.price_fen
            found += 1
    return found


def clear(
    book: np.recarray, rules: OneWayAuctionRules, draws: DrawKey, lot_t: int = 1
) -> Clearing:
    """Auction lot after lot.

    Parameters
    ----------
    book : numpy.recarray of orders
    rules : OneWayAuctionRules
    draws : DrawKey
        Nothing is drawn.
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
