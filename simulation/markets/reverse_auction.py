"""Reverse auction (政府采购): a public buyer buys from the lowest asks, before private demand.

The public buyer's order stands in the book like any other; its quantity and its limit are what it
orders, its budget is a rule of the auction. What it does not buy stays listed for private buyers,
or they stay out: a rule parameter.
"""

from typing import Literal

import numpy as np

from agents.compiled import allocating_kernel, kernel
from agents.parameters import Parameters, param
from agents.quantities import to_fen
from agents.vocabulary import Motive, Side
from simulation.draws import DrawKey
from simulation.markets.protocol import (
    LARGEST_ORDER_T,
    LARGEST_PRICE_FEN,
    Clearing,
    buyers_by_arrival,
    run_sealed,
    side_by_priority,
)

__all__ = ["ReverseAuctionRules", "clear", "clear_orders"]

UNIFORM = 0
LISTING = 0


class ReverseAuctionRules(Parameters):
    """The public buyer's demand, and micro-rules of its auction."""

    quantity_t: int = param(
        10_000, unit="t", low=0, high=LARGEST_ORDER_T, role="lever", source="assumption A25",
        label="Most tonnes bought publicly in a month", label_zh="政府每月采购量上限",
    )
    budget_yuan: float = param(
        300_000.0, unit="yuan", low=0, high=1e12, role="lever", source="assumption A25",
        label="Public budget of a month", label_zh="政府每月采购预算",
    )
    ceiling_yuan_per_t: float = param(
        40.0, unit="yuan/t", low=0, high=1_000_000, role="lever", source="assumption A25",
        label="Highest ask that the public buyer accepts", label_zh="政府采购限价",
    )
    payment: Literal["uniform", "pay_as_bid"] = param(
        "uniform", unit="name", role="lever", source="assumption A25",
        label="What winners get: the highest accepted ask, or each its own",
        label_zh="支付方式（统一价、按报价）",
    )
    private_demand: Literal["listing", "out"] = param(
        "listing", unit="name", role="lever", source="assumption A25",
        label="Private buyers take what is left at its posted price, or stay out",
        label_zh="私人需求（挂牌续购、不参与）",
    )


@kernel
def _take(orders, buy, sell, tonnes, price, filled, match):
    filled[sell] += tonnes
    filled[buy] += tonnes
    match.buy = buy
    match.sell = sell
    match.tonnes = tonnes
    match.price_fen = price
    match.seller_price_fen = price


@kernel
def _buy_publicly(orders, lots, buy, uniform, budget, lot, filled, matches, found):
    bid = orders[buy]
    start = found
    taken = 0
    spent = 0
    for sell in lots:
        ask = orders[sell].price_fen
        left = orders[sell].quantity_t - filled[sell]
        if left == 0:
            continue
        if taken == bid.quantity_t or ask > bid.price_fen:
            break
        tonnes = min(left, bid.quantity_t - taken)
        if ask > 0:
            # At a uniform price the next lot also raises what the earlier ones cost.
            affordable = budget // ask - taken if uniform else (budget - spent) // ask
            tonnes = min(tonnes, affordable // lot * lot)
        if tonnes <= 0:
            break
        _take(orders, buy, sell, tonnes, ask, filled, matches[found])
        found += 1
        taken += tonnes
        spent = taken * ask if uniform else spent + tonnes * ask
    if uniform and found > start:
        price = matches[found - 1].price_fen
        for place in range(start, found):
            matches[place].price_fen = price
            matches[place].seller_price_fen = price
    return found, spent


@allocating_kernel
def clear_orders(orders, rules, lot, seed, month, filled, matches):
    """Serve public orders, then private ones where they take part.

    Parameters
    ----------
    orders : recarray of orders, not changed
    rules : record of `ReverseAuctionRules`
    lot : t, of which all quantities are multiples
    seed, month : address of the draws; nothing is drawn
    filled : int64 array, shape (orders,); zeros, filled in
    matches : recarray with room for as many matches as orders, filled in

    Returns
    -------
    number of matches
    """
    lots = side_by_priority(orders, Side.SELL.value, LARGEST_PRICE_FEN)
    if len(lots) == 0:
        return 0
    buyers = buyers_by_arrival(orders, orders[lots[0]].price_fen)
    uniform = rules.payment == UNIFORM
    budget = to_fen(rules.budget_yuan)
    found = 0
    for buy in buyers:
        if orders[buy].motive == Motive.PUBLIC:
            found, spent = _buy_publicly(
                orders, lots, buy, uniform, budget, lot, filled, matches, found
            )
            budget -= spent
    if rules.private_demand != LISTING:
        return found
    first_open = 0
    for buy in buyers:
        bid = orders[buy]
        if bid.motive == Motive.PUBLIC:
            continue
        wanted = bid.quantity_t
        while first_open < len(lots) and (
            filled[lots[first_open]] == orders[lots[first_open]].quantity_t
        ):
            first_open += 1
        place = first_open
        while place < len(lots) and wanted > 0 and orders[lots[place]].price_fen <= bid.price_fen:
            sell = lots[place]
            place += 1
            tonnes = min(wanted, orders[sell].quantity_t - filled[sell])
            if tonnes > 0:
                _take(orders, buy, sell, tonnes, orders[sell].price_fen, filled, matches[found])
                found += 1
                wanted -= tonnes
    return found


def clear(
    book: np.recarray, rules: ReverseAuctionRules, draws: DrawKey, lot_t: int = 1
) -> Clearing:
    """Serve public orders, then private ones where they take part.

    Parameters
    ----------
    book : numpy.recarray of orders
        Orders with the motive PUBLIC are those of the public buyer.
    rules : ReverseAuctionRules
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
