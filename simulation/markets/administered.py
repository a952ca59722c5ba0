"""Administered price (指导价成交): who is willing at the guide price trades at it.

The short side is served whole, the long side is rationed: pro rata, in a queue, or by lottery.
"""

from typing import Literal

import numpy as np

from agents.compiled import allocating_kernel, kernel
from agents.parameters import Parameters, param
from agents.quantities import to_fen
from agents.vocabulary import Side
from simulation.draws import ADMINISTERED_LOTTERY, DrawKey, uniform_blocks
from simulation.markets.crossing import at_one_price, give_in_order, give_pro_rata, pair
from simulation.markets.protocol import Clearing, ascending, run_sealed, side_by_arrival

__all__ = ["AdministeredRules", "clear", "clear_orders"]

PRO_RATA = 0
LOTTERY = 2


class AdministeredRules(Parameters):
    """Micro-rules of the administered price."""

    price_yuan_per_t: float = param(
        30.0, unit="yuan/t", low=0, high=1_000_000, role="lever",
        source="median of the priced trades in data/trades.csv; that it is set is assumption A24",
        label="Administered price", label_zh="政府指导价",
    )
    rationing: Literal["pro_rata", "queue", "lottery"] = param(
        "pro_rata", unit="name", role="lever", source="assumption A24",
        label="Rationing of the long side", label_zh="配给方式（按比例、排队、摇号）",
    )


@kernel
def _sum(orders, rows):
    tonnes = 0
    for row in rows:
        tonnes += orders[row].quantity_t
    return tonnes


@allocating_kernel
def _by_lot(orders, rows, seed, month):
    senders = np.empty(len(rows), dtype=np.int64)
    for place in range(len(rows)):
        senders[place] = orders[rows[place]].agent_id
    words = uniform_blocks(seed, ADMINISTERED_LOTTERY, month, senders)
    draws = np.empty(len(rows))
    for place in range(len(rows)):
        draws[place] = words[orders[rows[place]].motive % 4, place]
    return rows[ascending(draws.view(np.int64))]


@allocating_kernel
def _ration(orders, rows, wanted, volume, rationing, lot, seed, month, filled):
    if rationing == PRO_RATA and wanted > volume:
        give_pro_rata(orders, rows, wanted, volume, lot, filled)
    elif rationing == LOTTERY and wanted > volume:
        give_in_order(orders, _by_lot(orders, rows, seed, month), volume, filled)
    else:
        give_in_order(orders, rows, volume, filled)


@allocating_kernel
def clear_orders(orders, rules, lot, seed, month, filled, matches):
    """Trade at the guide price.

    Parameters
    ----------
    orders : recarray of orders, not changed
    rules : record of `AdministeredRules`
    lot : t, of which all quantities are multiples
    seed, month : address of the draws
    filled : int64 array, shape (orders,); zeros, filled in
    matches : recarray with room for as many matches as orders, filled in

    Returns
    -------
    number of matches
    """
    price = to_fen(rules.price_yuan_per_t)
    buys = side_by_arrival(orders, Side.BUY.value, price)
    sells = side_by_arrival(orders, Side.SELL.value, price)
    bid = _sum(orders, buys)
    offered = _sum(orders, sells)
    volume = min(bid, offered)
    if volume == 0:
        return 0
    _ration(orders, buys, bid, volume, rules.rationing, lot, seed, month, filled)
    _ration(orders, sells, offered, volume, rules.rationing, lot, seed, month, filled)
    found = pair(orders, buys, sells, filled, seed, month, matches)
    at_one_price(matches, found, price, price)
    return found


def clear(
    book: np.recarray, rules: AdministeredRules, draws: DrawKey, lot_t: int = 1
) -> Clearing:
    """Trade at the guide price.

    Parameters
    ----------
    book : numpy.recarray of orders
    rules : AdministeredRules
    draws : DrawKey
        Decides a lottery, and who is paired with whom.
    lot_t : int
        Smallest tradable step; every quantity must be a multiple of it.

    Returns
    -------
    Clearing
        Every match is at the guide price.

    Raises
    ------
    InputError
        When a quantity or a price is negative or too large, or a quantity no multiple of the lot.
    """
    return run_sealed(clear_orders, book, rules, draws, lot_t)
