"""All overlays on a book: what each sender wants becomes what the market lets it send."""

from agents.compiled import kernel
from agents.vocabulary import Motive, Side
from simulation.markets.overlays.trading_units import in_lots
from simulation.markets.overlays.transaction_tax import before_tax

__all__ = ["shape_orders"]


@kernel
def shape_orders(orders, low, high, tick, lot, tax_share):
    """Bring prices within the limits and onto the tick, quantities into lots, taxes off the bids.

    Parameters
    ----------
    orders : recarray of orders; price and quantity are set anew from limit and wanted tonnes
    low, high : allowed prices, fen/t, multiples of the tick
    tick : fen/t
    lot : t
    tax_share : transaction tax, share of the price

    Returns
    -------
    t of the orders that are not admitted: outside the limits, or below a lot; they stay in the
    book with no tonnes
    """
    refused = 0
    for place in range(len(orders)):
        order = orders[place]
        price = order.limit_fen
        if order.side == Side.BUY:
            # The treasury would pay its own tax to itself.
            taxed = before_tax(price, tax_share) if order.motive != Motive.PUBLIC else price
            price = min(taxed // tick * tick, high)
            allowed = price >= low
        else:
            price = max(-(-price // tick) * tick, low)
            allowed = price <= high
        order.price_fen = price if allowed else order.limit_fen
        order.quantity_t = in_lots(order.wanted_t, lot) if allowed else 0
        if order.quantity_t == 0:
            refused += order.wanted_t
    return refused
