"""Listing (挂牌): fixed-price lots; buyers come in the order in which their orders arrive.

Each buyer takes the cheapest lots it sees, up to its limit and its quantity, at the posted price.
"""

import numpy as np

from agents.compiled import allocating_kernel
from agents.parameters import Parameters, param
from agents.vocabulary import Side
from simulation.draws import LISTING_SIGHT, DrawKey, uniform
from simulation.markets.protocol import (
    LARGEST_PRICE_FEN,
    Clearing,
    buyers_by_arrival,
    run_sealed,
    side_by_priority,
)

__all__ = ["ListingRules", "clear", "clear_orders"]


class ListingRules(Parameters):
    """Micro-rules of the listing."""

    partial_lots: bool = param(
        True, unit="1", role="lever", source="assumption A15",
        label="A lot may be bought in parts", label_zh="可部分摘牌",
    )
    lots_seen: int = param(
        0, unit="lots, 0 for all", low=0, high=1_000_000, role="uncertainty",
        source="assumption A15",
        label="Lots a buyer sees", label_zh="买方可见挂牌数",
    )


@allocating_kernel
def _sight_threshold(orders, lots, seen, seed, month, buyer_id):
    # A buyer sees the lots with its smallest draws; the address holds both ids, so a new seller
    # leaves what the buyer draws for the others alone.
    draws = np.empty(len(lots))
    for place in range(len(lots)):
        draws[place] = uniform(
            seed, LISTING_SIGHT, month, buyer_id, orders[lots[place]].agent_id
        )
    return np.sort(draws)[seen - 1]


@allocating_kernel
def clear_orders(orders, rules, lot, seed, month, filled, matches):
    """Clear a listing.

    Parameters
    ----------
    orders : recarray of orders, not changed
    rules : record of `ListingRules`
    lot : t, of which all quantities are multiples
    seed, month : address of the draws
    filled : int64 array, shape (orders,); zeros, filled in
    matches : recarray with room for as many matches as orders, filled in

    Returns
    -------
    number of matches
    """
    lots = side_by_priority(orders, Side.SELL.value, LARGEST_PRICE_FEN)
    n_sells = len(lots)
    if n_sells == 0:
        return 0
    limited = 0 < rules.lots_seen < n_sells
    found = 0
    first_open = 0
    for buy in buyers_by_arrival(orders, orders[lots[0]].price_fen):
        bid = orders[buy]
        wanted = bid.quantity_t
        threshold = 1.0
        if limited:
            threshold = _sight_threshold(
                orders, lots, rules.lots_seen, seed, month, bid.agent_id
            )
        place = first_open
        while place < n_sells and wanted > 0:
            sell = lots[place]
            ask = orders[sell]
            left = ask.quantity_t - filled[sell]
            if left == 0:
                if place == first_open:
                    first_open += 1
                place += 1
                continue
            if ask.price_fen > bid.price_fen:
                break
            place += 1
            if not rules.partial_lots and left > wanted:
                continue
            if limited and uniform(
                seed, LISTING_SIGHT, month, bid.agent_id, ask.agent_id
            ) > threshold:
                continue
            tonnes = min(left, wanted)
            wanted -= tonnes
            filled[sell] += tonnes
            filled[buy] += tonnes
            match = matches[found]
            match.buy = buy
            match.sell = sell
            match.tonnes = tonnes
            match.price_fen = ask.price_fen
            match.seller_price_fen = ask.price_fen
            found += 1
    return found


def clear(
    book: np.recarray, rules: ListingRules, draws: DrawKey, lot_t: int = 1
) -> Clearing:
    """Clear a listing.

    Parameters
    ----------
    book : numpy.recarray of orders
    rules : ListingRules
    draws : DrawKey
        Decides which lots a buyer sees.
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
