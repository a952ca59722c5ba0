"""Which book an order goes to: one for each class of credits, cleared by the pricing rule in force.

Where the rules tell credits apart, a pooled book would sell buyers who comply what they cannot use.
So the book is split by what bids accept, and cleared in three steps (assumption A51):

1. bids for local credits with the asks of credits that count, province by province;
2. bids for any credits with the asks of those that do not count;
3. bids for credits that count, and what is left of those for any, with what is left of the asks of
   credits that count.
"""

import numpy as np

from agents.compiled import allocating_kernel, kernel
from agents.vocabulary import Eligibility, Mechanism, Side
from simulation.markets.administered import clear_orders as clear_administered
from simulation.markets.bilateral import clear_orders as clear_bilateral
from simulation.markets.call_auction import clear_orders as clear_call_auction
from simulation.markets.continuous import clear_orders as clear_continuous
from simulation.markets.listing import clear_orders as clear_listing
from simulation.markets.mcafee import clear_orders as clear_mcafee
from simulation.markets.one_way_auction import clear_orders as clear_one_way_auction
from simulation.markets.pay_as_bid import clear_orders as clear_pay_as_bid
from simulation.markets.reverse_auction import clear_orders as clear_reverse_auction

__all__ = ["match_book", "match_by_class"]


@kernel
def match_book(
    mechanism, book, listing, call_auction, bilateral, pay_as_bid, mcafee, one_way_auction,
    administered, reverse_auction, continuous, lot, seed, month, filled, matches
):
    """Match a book by a pricing rule.

    Parameters
    ----------
    mechanism : Mechanism
    book : recarray of orders
    listing, call_auction, bilateral, pay_as_bid, mcafee, one_way_auction, administered,
    reverse_auction, continuous : see `Rules`
    lot : t
    seed, month : address of the draws
    filled, matches : filled in

    Returns
    -------
    number of matches
    """
    if mechanism == Mechanism.LISTING:
        return clear_listing(book, listing, lot, seed, month, filled, matches)
    if mechanism == Mechanism.BILATERAL:
        return clear_bilateral(book, bilateral, lot, seed, month, filled, matches)
    if mechanism == Mechanism.PAY_AS_BID:
        return clear_pay_as_bid(book, pay_as_bid, lot, seed, month, filled, matches)
    if mechanism == Mechanism.MCAFEE:
        return clear_mcafee(book, mcafee, lot, seed, month, filled, matches)
    if mechanism == Mechanism.ONE_WAY_AUCTION:
        return clear_one_way_auction(book, one_way_auction, lot, seed, month, filled, matches)
    if mechanism == Mechanism.ADMINISTERED:
        return clear_administered(book, administered, lot, seed, month, filled, matches)
    if mechanism == Mechanism.REVERSE_AUCTION:
        return clear_reverse_auction(book, reverse_auction, lot, seed, month, filled, matches)
    if mechanism == Mechanism.CONTINUOUS:
        return clear_continuous(book, continuous, lot, seed, month, filled, matches)
    return clear_call_auction(book, call_auction, lot, seed, month, filled, matches)


@allocating_kernel
def _clear_part(
    mechanism, orders, rows, listing, call_auction, bilateral, pay_as_bid, mcafee,
    one_way_auction, administered, reverse_auction, continuous, lot, seed, month, filled, matches,
    found
):
    # The orders of some rows, with what is left of them; new matches behind those found already.
    if len(rows) == 0:
        return found
    part = orders[rows]
    for place in range(len(rows)):
        part[place].quantity_t -= filled[rows[place]]
    filled_now = np.zeros(len(rows), dtype=np.int64)
    new = match_book(
        mechanism, part, listing, call_auction, bilateral, pay_as_bid, mcafee, one_way_auction,
        administered, reverse_auction, continuous, lot, seed, month, filled_now, matches[found:],
    )
    for place in range(len(rows)):
        filled[rows[place]] += filled_now[place]
    for place in range(found, found + new):
        matches[place].buy = rows[matches[place].buy]
        matches[place].sell = rows[matches[place].sell]
    return found + new


@allocating_kernel
def _rows_for(orders, bids, asks, province):
    # Orders of one step, in the order of the book: bids and asks of an eligibility. Of a province
    # where one is named.
    rows = np.empty(len(orders), dtype=np.int64)
    count = 0
    bidding = asking = False
    for place in range(len(orders)):
        order = orders[place]
        buys = order.side == Side.BUY
        wanted = bids if buys else asks
        # In the last step bids for any credits stand beside those for credits that count.
        fits = order.eligibility == wanted or (
            buys and bids == Eligibility.ELIGIBLE and order.eligibility == Eligibility.ANY
        )
        if not fits or (province >= 0 and order.province != province):
            continue
        rows[count] = place
        count += 1
        if order.quantity_t > 0:
            bidding |= buys
            asking |= not buys
    return rows[: count if bidding and asking else 0]


@allocating_kernel
def match_by_class(
    mechanism, orders, listing, call_auction, bilateral, pay_as_bid, mcafee, one_way_auction,
    administered, reverse_auction, continuous, lot, seed, month, filled, matches
):
    """Match a book whose credits are not all alike.

    Parameters
    ----------
    mechanism, listing, call_auction, bilateral, pay_as_bid, mcafee, one_way_auction,
    administered, reverse_auction, continuous, lot, seed, month : see `match_book`
    orders : recarray of orders, not changed
    filled : int64 array, shape (orders,); zeros, filled in
    matches : recarray with room for twice as many matches as orders, filled in: an order stands in
        two steps at most

    Returns
    -------
    number of matches
    """
    most = -1
    for place in range(len(orders)):
        most = max(most, orders[place].province)
    asked = np.zeros(most + 1, dtype=np.bool_)
    for place in range(len(orders)):
        if orders[place].eligibility == Eligibility.LOCAL:
            asked[orders[place].province] = True
    found = 0
    for province in range(most + 1):
        if not asked[province]:
            continue
        rows = _rows_for(
            orders, Eligibility.LOCAL.value, Eligibility.ELIGIBLE.value, province
        )
        found = _clear_part(
            mechanism, orders, rows, listing, call_auction, bilateral, pay_as_bid, mcafee,
            one_way_auction, administered, reverse_auction, continuous, lot, seed, month, filled,
            matches, found,
        )
    for kind in (Eligibility.ANY.value, Eligibility.ELIGIBLE.value):
        rows = _rows_for(orders, kind, kind, -1)
        found = _clear_part(
            mechanism, orders, rows, listing, call_auction, bilateral, pay_as_bid, mcafee,
            one_way_auction, administered, reverse_auction, continuous, lot, seed, month, filled,
            matches, found,
        )
    return found
