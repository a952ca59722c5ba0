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
from agents.quantities import share_of
from agents.vocabulary import Side
from simulation.draws import CALL_AUCTION_PAIRING, DrawKey, uniform_blocks
from simulation.markets.protocol import (
    LARGEST_PRICE_FEN,
    Clearing,
    ascending,
    run_sealed,
    side_by_priority,
)

__all__ = ["PRO_RATA", "CallAuctionRules", "clear", "clear_orders"]


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
def _volume_and_interval(orders, buys, sells):
    # Walk both sides from the best price inwards, the smaller of the two heads at a time.
    volume = 0
    b = 0
    s = 0
    bid_left = orders[buys[0]].quantity_t
    ask_left = orders[sells[0]].quantity_t
    low = 0
    high = 0
    while b < len(buys) and s < len(sells):
        bid = orders[buys[b]].price_fen
        ask = orders[sells[s]].price_fen
        if bid < ask:
            break
        tonnes = min(bid_left, ask_left)
        volume += tonnes
        low = ask
        high = bid
        bid_left -= tonnes
        ask_left -= tonnes
        if bid_left == 0:
            b += 1
            if b < len(buys):
                bid_left = orders[buys[b]].quantity_t
        if ask_left == 0:
            s += 1
            if s < len(sells):
                ask_left = orders[sells[s]].quantity_t
    # What did not trade must not want to: its prices narrow the interval.
    if b < len(buys):
        low = max(low, orders[buys[b]].price_fen)
    if s < len(sells):
        high = min(high, orders[sells[s]].price_fen)
    return volume, low, high


@allocating_kernel
def _share_out(orders, rows, price, volume, time_priority, filled):
    # Better than the price: served whole. At the price: rationed. Rows come best price first and,
    # at one price, in order of arrival.
    left = volume
    start = 0
    while start < len(rows) and orders[rows[start]].price_fen != price:
        row = rows[start]
        filled[row] = min(orders[row].quantity_t, left)
        left -= filled[row]
        start += 1
    stop = start
    wanted = 0
    while stop < len(rows) and orders[rows[stop]].price_fen == price:
        wanted += orders[rows[stop]].quantity_t
        stop += 1
    if time_priority or wanted <= left:
        for place in range(start, stop):
            row = rows[place]
            filled[row] = min(orders[row].quantity_t, left)
            left -= filled[row]
        return
    # Largest remainder, not rounding: the parts must sum to what is left.
    remainder = np.empty(stop - start, dtype=np.int64)
    given = 0
    for place in range(start, stop):
        row = rows[place]
        filled[row], rest = share_of(orders[row].quantity_t, wanted, left)
        remainder[place - start] = -rest
        given += filled[row]
    for place in np.argsort(remainder, kind="mergesort")[: left - given]:
        filled[rows[start + place]] += 1


@allocating_kernel
def _drawn_order(orders, rows, filled, seed, month):
    senders = np.empty(len(rows), dtype=np.int64)
    trading = np.empty(len(rows), dtype=np.int64)
    count = 0
    for row in rows:
        if filled[row] > 0:
            senders[count] = orders[row].agent_id
            trading[count] = row
            count += 1
    words = uniform_blocks(seed, CALL_AUCTION_PAIRING, month, senders[:count])
    draws = np.empty(count)
    for place in range(count):
        draws[place] = words[orders[trading[place]].motive, place]
    return trading[:count][ascending(draws.view(np.int64))]


@allocating_kernel
def clear_orders(orders, rules, seed, month, filled, matches):
    """Clear a call auction.

    Parameters
    ----------
    orders : recarray of orders, not changed
    rules : record of `CallAuctionRules`
    seed, month : address of the draws
    filled : int64 array, shape (orders,); zeros, filled in
    matches : recarray with room for as many matches as orders, filled in

    Returns
    -------
    number of matches
    """
    sells = side_by_priority(orders, Side.SELL.value, LARGEST_PRICE_FEN)
    if len(sells) == 0:
        return 0
    buys = side_by_priority(orders, Side.BUY.value, orders[sells[0]].price_fen)
    if len(buys) == 0:
        return 0
    volume, low, high = _volume_and_interval(orders, buys, sells)
    if volume == 0:
        return 0
    price = low + math.floor(rules.k * (high - low))
    time_priority = rules.rationing != PRO_RATA
    _share_out(orders, buys, price, volume, time_priority, filled)
    _share_out(orders, sells, price, volume, time_priority, filled)

    # Who is paired with whom decides who holds the real tonnes, so it is a declared draw.
    buys = _drawn_order(orders, buys, filled, seed, month)
    sells = _drawn_order(orders, sells, filled, seed, month)
    found = 0
    s = 0
    ask_left = filled[sells[0]]
    for buy in buys:
        wanted = filled[buy]
        while wanted > 0:
            while ask_left == 0:
                s += 1
                ask_left = filled[sells[s]]
            tonnes = min(wanted, ask_left)
            match = matches[found]
            match.buy = buy
            match.sell = sells[s]
            match.tonnes = tonnes
            match.price_fen = price
            found += 1
            wanted -= tonnes
            ask_left -= tonnes
    return found


def clear(book: np.recarray, rules: CallAuctionRules, draws: DrawKey) -> Clearing:
    """Clear a call auction.

    Parameters
    ----------
    book : numpy.recarray of orders
    rules : CallAuctionRules
    draws : DrawKey
        Decides who is paired with whom.

    Returns
    -------
    Clearing
        Every match has the same price.

    Raises
    ------
    InputError
        When a quantity or a price is negative or too large.
    """
    return run_sealed(clear_orders, book, rules, draws)
