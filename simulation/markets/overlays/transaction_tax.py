"""Transaction tax: a share of the price that the buyer pays to the treasury on top of it.

A buyer's limit includes the tax, so its bid is lower by it. The fee of the exchange, which the
seller pays, is its mirror image: who hands the money over does not matter where prices are free.
"""

import math

from agents.compiled import rule
from agents.parameters import Parameters, param

__all__ = ["TransactionTax", "before_tax", "tax_on"]


class TransactionTax(Parameters):
    """Tax on every deal between firms and projects; the government pays none."""

    share: float = param(
        0.0, unit="1", low=0, high=1, role="lever",
        source="assumption A30; no such tax on credits is known",
        label="Transaction tax, share of the price, paid by the buyer",
        label_zh="交易税率（买方在价款之外缴纳）",
    )


@rule
def before_tax(limit, share):
    """Highest price that leaves room for the tax under a limit.

    Parameters
    ----------
    limit : fen/t, tax included
    share : of the price, not negative

    Returns
    -------
    fen/t, whole, rounded down
    """
    if share == 0.0:
        return limit
    # A last fen that floats would round in is not the buyer's: 110 / 1.1 is 99.99999999999999.
    price = math.floor(limit / (1.0 + share)) + 1
    while price + price * share > limit:
        price -= 1
    return price


@rule
def tax_on(value, share):
    """Tax on a payment.

    Parameters
    ----------
    value : fen
    share : of the price

    Returns
    -------
    fen, whole, rounded down
    """
    return math.floor(value * share)
