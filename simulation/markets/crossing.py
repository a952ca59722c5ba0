"""Where bids and asks cross, and who is paired with whom: what pooled pricing rules share."""

import numpy as np

from agents.compiled import allocating_kernel, kernel
from agents.quantities import share_of
from agents.vocabulary import Side
from simulation.draws import CALL_AUCTION_PAIRING, uniform_blocks
from simulation.markets.protocol import LARGEST_PRICE_FEN, ascending, side_by_priority

__all__ = [
    "at_one_price",
    "crossing",
    "give_in_order",
    "give_pro_rata",
    "pair",
    "share_out",
    "sides_that_reach",
]


@allocating_kernel
def sides_that_reach(orders):
    """Both sides by priority: all asks, and the bids that reach the best of them.

    Parameters
    ----------
    orders : recarray of orders

    Returns
    -------
    buys, sells : int64 arrays, rows of the book; no buys where there are no sells
    """
    sells = side_by_priority(orders, Side.SELL.value, LARGEST_PRICE_FEN)
    if len(sells) == 0:
        return sells, sells
    return side_by_priority(orders, Side.BUY.value, orders[sells[0]].price_fen), sells


@kernel
def at_one_price(matches, found, price, seller_price):
    """Give every match the same prices.

    Parameters
    ----------
    matches : recarray; changed
    found : number of matches
    price, seller_price : fen/t
    """
    for place in range(found):
        match = matches[place]
        match.price_fen = price
        match.seller_price_fen = seller_price


@kernel
def crossing(orders, buys, sells):
    """Walk both sides from the best price inwards, as far as bids reach asks.

    Parameters
    ----------
    orders : recarray of orders
    buys, sells : rows of either side, best price first; none of them empty

    Returns
    -------
    volume : t, the largest at which every bid that trades is at least every ask that trades
    last_buy, last_sell : places in `buys` and `sells` of the worst orders that trade; -1 if none
    next_buy, next_sell : places of the best orders of which something does not trade; the number
        of rows if there is none
    """
    volume = 0
    b = 0
    s = 0
    last_buy = -1
    last_sell = -1
    bid_left = orders[buys[0]].quantity_t
    ask_left = orders[sells[0]].quantity_t
    while b < len(buys) and s < len(sells):
        if orders[buys[b]].price_fen < orders[sells[s]].price_fen:
            break
        tonnes = min(bid_left, ask_left)
        volume += tonnes
        last_buy = b
        last_sell = s
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
    return volume, last_buy, last_sell, b, s


@kernel
def give_in_order(orders, rows, amount, filled):
    """Serve orders whole, one after the other, until nothing is left.

    Parameters
    ----------
    orders : recarray of orders
    rows : rows in the order of service
    amount : t to give out
    filled : int64 array, shape (orders,); changed

    Returns
    -------
    t that are left
    """
    for row in rows:
        filled[row] = min(orders[row].quantity_t, amount)
        amount -= filled[row]
    return amount


@allocating_kernel
def give_pro_rata(orders, rows, wanted, amount, lot, filled):
    """Give orders parts in proportion to their quantities, by largest remainder.

    Parameters
    ----------
    orders : recarray of orders
    rows : rows; of equal remainders the first in these rows gets the lot
    wanted : t, sum of their quantities, above `amount`
    amount : t to give out
    lot : t, of which all these are multiples
    filled : int64 array, shape (orders,); changed
    """
    # Largest remainder, not rounding: the parts must sum to what there is.
    remainder = np.empty(len(rows), dtype=np.int64)
    left = amount // lot
    for place in range(len(rows)):
        row = rows[place]
        lots, rest = share_of(orders[row].quantity_t // lot, wanted // lot, amount // lot)
        filled[row] = lots * lot
        remainder[place] = -rest
        left -= lots
    for place in np.argsort(remainder, kind="mergesort")[:left]:
        filled[rows[place]] += lot


@allocating_kernel
def share_out(orders, rows, price, volume, time_priority, lot, filled):
    """Serve one side of a uniform price: better orders whole, those at the price rationed.

    Parameters
    ----------
    orders : recarray of orders
    rows : rows of the side, best price first and, at one price, in order of arrival
    price : fen/t
    volume : t to give out
    time_priority : whether the margin is served in order of arrival, or pro rata
    lot : t, of which all quantities are multiples
    filled : int64 array, shape (orders,); changed
    """
    start = 0
    while start < len(rows) and orders[rows[start]].price_fen != price:
        start += 1
    left = give_in_order(orders, rows[:start], volume, filled)
    stop = start
    wanted = 0
    while stop < len(rows) and orders[rows[stop]].price_fen == price:
        wanted += orders[rows[stop]].quantity_t
        stop += 1
    if time_priority or wanted <= left:
        give_in_order(orders, rows[start:stop], left, filled)
    else:
        give_pro_rata(orders, rows[start:stop], wanted, left, lot, filled)


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
        # The government buyer sends nothing else, so its first word is free.
        draws[place] = words[orders[trading[place]].motive % 4, place]
    return trading[:count][ascending(draws.view(np.int64))]


@allocating_kernel
def pair(orders, buys, sells, filled, seed, month, matches):
    """Pair those who trade; prices are the caller's business.

    Parameters
    ----------
    orders : recarray of orders
    buys, sells : rows of either side
    filled : int64 array, shape (orders,); tonnes of each order, of both sides alike
    seed, month : address of the draws
    matches : recarray with room for as many matches as orders; rows and tonnes are filled in

    Returns
    -------
    number of matches
    """
    # Who is paired with whom decides who holds the real tonnes, so it is a declared draw.
    buys = _drawn_order(orders, buys, filled, seed, month)
    sells = _drawn_order(orders, sells, filled, seed, month)
    found = 0
    s = 0
    ask_left = 0
    if len(sells) > 0:
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
            found += 1
            wanted -= tonnes
            ask_left -= tonnes
    return found
