"""Bilateral agreement (协议): buyers negotiate with sellers they know; the gain is split.

A buyer knows a seller of its own province with one probability and a distant one with another. In
the order in which their needs arise, buyers turn to the cheapest of their contacts that still has
credits. What both gain is split by bargaining power (Nash 1950, Econometrica 18:155); the buyer's
outside option is its next contact. A deal costs the buyer search and drafting, whatever its size,
and small blocks are not worth anybody's while.
"""

import math

import numpy as np

from agents.compiled import allocating_kernel, kernel, rule
from agents.parameters import Parameters, param
from agents.vocabulary import Motive, Side
from simulation.draws import BILATERAL_CONTACT, DrawKey, uniform
from simulation.markets.protocol import (
    LARGEST_PRICE_FEN,
    Clearing,
    buyers_by_arrival,
    run_sealed,
    side_by_priority,
)

__all__ = ["BilateralRules", "clear", "clear_orders", "knows", "nash_price"]


class BilateralRules(Parameters):
    """Micro-rules of bilateral agreements."""

    contact_local: float = param(
        0.6, unit="1", low=0, high=1, role="uncertainty",
        source="mostly local buyers (facts, section 6); value is assumption A19",
        label="Chance that a buyer knows a seller of its province", label_zh="同省买卖双方相识概率",
    )
    contact_distant: float = param(
        0.05, unit="1", low=0, high=1, role="uncertainty", source="assumption A19",
        label="Chance that a buyer knows a distant seller", label_zh="跨省买卖双方相识概率",
    )
    seller_power: float = param(
        0.5, unit="1", low=0, high=1, role="uncertainty", source="assumption A19",
        label="Seller's bargaining power", label_zh="卖方议价能力",
    )
    search_cost_yuan: float = param(
        20_000.0, unit="yuan", low=0, high=1e9, role="uncertainty", source="assumption A19",
        label="Buyer's cost of search and agreement, per deal", label_zh="每笔协议搜寻与签约成本",
    )
    smallest_block_t: int = param(
        1000, unit="t", low=1, high=100_000_000, role="lever", source="assumption A19",
        label="Smallest block", label_zh="最小成交量",
    )


@rule
def knows(same_province, local, distant, draw):
    """Whether a buyer knows a seller.

    Parameters
    ----------
    same_province : bool
    local, distant : probabilities
    draw : 0 to 1, the same in every month of a run

    Returns
    -------
    bool
    """
    return draw < (local if same_province else distant)


@rule
def nash_price(ask, ceiling, power):
    """Price that splits the gain between a seller's limit and what the buyer would pay.

    Parameters
    ----------
    ask, ceiling : fen/t, ceiling at least ask
    power : of the seller, 0 to 1

    Returns
    -------
    fen/t, whole, from ask to ceiling
    """
    return ask + math.floor(power * (ceiling - ask))


@kernel
def _contacts(orders, bid, lots, rules, seed, filled, known):
    # Month 0 in the address: who knows whom does not change within a run.
    count = 0
    for lot in lots:
        if orders[lot].quantity_t - filled[lot] < rules.smallest_block_t:
            continue
        draw = uniform(seed, BILATERAL_CONTACT, 0, bid.agent_id, orders[lot].agent_id)
        # Everybody knows the government.
        if orders[lot].motive == Motive.PUBLIC or knows(
            bid.province == orders[lot].province, rules.contact_local, rules.contact_distant, draw
        ):
            known[count] = lot
            count += 1
    return count


@allocating_kernel
def clear_orders(orders, rules, lot, seed, month, filled, matches):
    """Let buyers negotiate.

    Parameters
    ----------
    orders : recarray of orders, not changed
    rules : record of `BilateralRules`
    lot : t, of which all quantities are multiples
    seed, month : address of the draws
    filled : int64 array, shape (orders,); zeros, filled in
    matches : recarray with room for twice as many matches as orders, filled in

    Returns
    -------
    number of matches
    """
    lots = side_by_priority(orders, Side.SELL.value, LARGEST_PRICE_FEN)
    if len(lots) == 0:
        return 0
    known = np.empty(len(lots), dtype=np.int64)
    cost_fen = rules.search_cost_yuan * 100.0
    found = 0
    for buy in buyers_by_arrival(orders, orders[lots[0]].price_fen):
        bid = orders[buy]
        count = _contacts(orders, bid, lots, rules, seed, filled, known)
        wanted = bid.quantity_t
        place = 0
        while place < count and wanted >= rules.smallest_block_t:
            sell = known[place]
            place += 1
            ask = orders[sell]
            tonnes = min(ask.quantity_t - filled[sell], wanted)
            if tonnes < rules.smallest_block_t:
                continue
            # Known lots come cheapest first, so the next one is the buyer's outside option.
            ceiling = bid.price_fen - math.ceil(cost_fen / tonnes)
            if ceiling < ask.price_fen:
                continue
            if place < count:
                ceiling = min(ceiling, orders[known[place]].price_fen)
            wanted -= tonnes
            filled[sell] += tonnes
            filled[buy] += tonnes
            match = matches[found]
            match.buy = buy
            match.sell = sell
            match.tonnes = tonnes
            match.price_fen = nash_price(ask.price_fen, ceiling, rules.seller_power)
            match.seller_price_fen = match.price_fen
            found += 1
    return found


def clear(
    book: np.recarray, rules: BilateralRules, draws: DrawKey, lot_t: int = 1
) -> Clearing:
    """Let buyers negotiate.

    Parameters
    ----------
    book : numpy.recarray of orders
    rules : BilateralRules
    draws : DrawKey
        Decides who knows whom.
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
