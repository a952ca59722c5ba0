"""Quality that buyers cannot see: how much of a market is left (Akerlof 1970, QJE 84:488).

A credit holds a share of a real tonne, uniform from 0 to 1, which its seller alone knows. Keeping
it is worth the seller's cost for each real tonne in it, having it is worth the buyer's value.
"""

import math
from typing import NamedTuple

from simulation.errors import InputError

__all__ = ["Pooling", "full_information_surplus", "pooled_market", "traded_share"]


class Pooling(NamedTuple):
    """Equilibria of a market in which all credits look alike.

    Attributes
    ----------
    price_low, price_high : float
        Prices at which every credit trades; NaN where there is none.
    traded_share : float
        Share of credits traded in the best equilibrium.
    surplus : float
        Gain per credit in that equilibrium, traded or not.
    """

    price_low: float
    price_high: float
    traded_share: float
    surplus: float


def _check(cost: float, value: float) -> None:
    for name, number in (("cost", cost), ("value", value)):
        if not (math.isfinite(number) and number > 0):
            raise InputError(f"{name} = {number} is not above 0. Give a finite number above 0.")


def traded_share(price: float, cost: float) -> float:
    """Share of sellers who would sell at a price: those with less than price / cost of a tonne.

    Parameters
    ----------
    price : per credit
    cost : per real tonne

    Returns
    -------
    float
        0 to 1.
    """
    return min(max(price / cost, 0.0), 1.0)


def pooled_market(cost: float, value: float) -> Pooling:
    """Equilibria where quality is unseen.

    Parameters
    ----------
    cost : seller's cost per real tonne
    value : buyer's value per real tonne

    Returns
    -------
    Pooling

    Raises
    ------
    InputError
        When a number is not above 0.

    Notes
    -----
    At a price p below the cost those with a content below p / cost sell, so the mean content is
    p / (2 cost) and a credit is worth p x value / (2 cost) to a buyer: at least p only where the
    value is twice the cost. Then all trade, at prices from the cost to half the value.
    """
    _check(cost, value)
    if value < 2.0 * cost:
        return Pooling(math.nan, math.nan, 0.0, 0.0)
    return Pooling(cost, value / 2.0, 1.0, (value - cost) / 2.0)


def full_information_surplus(cost: float, value: float) -> float:
    """Gain per credit where everybody sees the content.

    Parameters
    ----------
    cost, value : per real tonne

    Returns
    -------
    float
    """
    _check(cost, value)
    return max(value - cost, 0.0) / 2.0
