"""Trade-reduction double auction: traders gain nothing by misstating a limit; one trade may go.

Buyers and sellers who trade face prices that their own limits do not set. Where one price from
the orders that stay outside suits the worst pair that would trade, all trade at it. Where it does
not, that pair gives up: buyers pay its bid, sellers get its ask, and the exchange keeps what lies
between.

References
----------
McAfee (1992), A dominant strategy double auction, J. Economic Theory 56:434, for orders of one
unit each. For larger orders, which the paper does not treat, the generalisation is assumption A22:
an order stands for as many units of equal value, those outside are orders of which nothing trades,
and the order that gives up does so whole. Then a large trader can move the margin, and with it the
price of all its units, so truth is no longer dominant.
"""

import numpy as np

from agents.compiled import allocating_kernel, rule
from agents.parameters import Parameters, param
from agents.vocabulary import Side
from simulation.draws import DrawKey
from simulation.markets.crossing import at_one_price, crossing, give_in_order, pair
from simulation.markets.protocol import (
    LARGEST_PRICE_FEN,
    Clearing,
    run_sealed,
    side_by_priority,
)

__all__ = ["McAfeeRules", "candidate_price", "clear", "clear_orders"]


class McAfeeRules(Parameters):
    """Micro-rules of the trade-reduction double auction."""

    candidate: bool = param(
        True, unit="1", role="lever",
        source="McAfee (1992), J. Economic Theory 56:434; without it the margin always gives up",
        label="One price for all where the margin accepts it",
        label_zh="边际双方接受时采用统一价",
    )


@rule
def candidate_price(outside_bid, outside_ask):
    """Price that those who stay outside suggest.

    Parameters
    ----------
    outside_bid, outside_ask : best limits of orders of which nothing trades, fen/t

    Returns
    -------
    fen/t, whole, rounded down

    References
    ----------
    McAfee (1992): the mean of the (k + 1)th bid and the (k + 1)th ask, where k pairs agree.
    """
    return (outside_bid + outside_ask) // 2


@allocating_kernel
def clear_orders(orders, rules, lot, seed, month, filled, matches):
    """Clear a trade-reduction double auction.

    Parameters
    ----------
    orders : recarray of orders, not changed
    rules : record of `McAfeeRules`
    lot : t, of which all quantities are multiples
    seed, month : address of the draws
    filled : int64 array, shape (orders,); zeros, filled in
    matches : recarray with room for as many matches as orders, filled in

    Returns
    -------
    number of matches
    """
    sells = side_by_priority(orders, Side.SELL.value, LARGEST_PRICE_FEN)
    # All buyers, those below every ask too: the best of them helps to suggest the price.
    buys = side_by_priority(orders, Side.BUY.value, 0)
    if len(sells) == 0 or len(buys) == 0:
        return 0
    volume, last_buy, last_sell, _, _ = crossing(orders, buys, sells)
    if volume == 0:
        return 0
    price = orders[buys[last_buy]].price_fen
    seller_price = orders[sells[last_sell]].price_fen
    reduced = True
    # Whose order trades in part is not outside: its own limit must not help to set its price.
    outside_buy = last_buy + 1
    outside_sell = last_sell + 1
    # Where nobody is left outside on one side there is nobody to suggest a price.
    if rules.candidate and outside_buy < len(buys) and outside_sell < len(sells):
        suggested = candidate_price(
            orders[buys[outside_buy]].price_fen, orders[sells[outside_sell]].price_fen
        )
        if seller_price <= suggested <= price:
            price = suggested
            seller_price = suggested
            reduced = False
    if reduced:
        bought = 0
        for row in buys[:last_buy]:
            bought += orders[row].quantity_t
        sold = 0
        for row in sells[:last_sell]:
            sold += orders[row].quantity_t
        volume = min(bought, sold)
        if volume == 0:
            return 0
    give_in_order(orders, buys, volume, filled)
    give_in_order(orders, sells, volume, filled)
    found = pair(orders, buys, sells, filled, seed, month, matches)
    at_one_price(matches, found, price, seller_price)
    return found


def clear(
    book: np.recarray, rules: McAfeeRules, draws: DrawKey, lot_t: int = 1
) -> Clearing:
    """Clear a trade-reduction double auction.

    Parameters
    ----------
    book : numpy.recarray of orders
    rules : McAfeeRules
    draws : DrawKey
        Decides who is paired with whom.
    lot_t : int
        Smallest tradable step; every quantity must be a multiple of it.

    Returns
    -------
    Clearing
        All buyers pay one price and all sellers get one price, which may be lower.

    Raises
    ------
    InputError
        When a quantity or a price is negative or too large, or a quantity no multiple of the lot.
    """
    return run_sealed(clear_orders, book, rules, draws, lot_t)
