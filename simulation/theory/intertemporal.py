"""Prices of one good over several periods between which a stock may be carried.

Whoever carries a tonne to the next period forgoes interest and pays for the carrying. So the price
cannot rise faster than both together as long as the stock can grow, and cannot rise more slowly as
long as it can shrink. Storage of credits and banking of allowances are this problem with different
bounds of the stock.

It is solved forwards by the tonnes that are left at the end of a period as a function of its
price, given that all earlier periods were dealt with as well as possible: a rising curve of
straight pieces, cut at the bounds and moved by one period of interest and carrying cost. Then
backwards for prices and stocks. Nothing is iterated to a tolerance.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulation.errors import InputError
from simulation.theory.combine import clipped, constant, near, substituted
from simulation.theory.curves import Curve, prices_at, total

__all__ = ["ArbitragePath", "arbitrage_path"]


class ArbitragePath(NamedTuple):
    """Equilibrium over several periods.

    Attributes
    ----------
    price, price_low, price_high : float64 array, shape (periods,)
        yuan/t. The lowest and the highest path that clear all periods, and their mean (the lowest
        where the highest is infinite).
    bought_t, offered_t : float64 array, shape (periods,)
        t, demand that is met and supply that is made. Those who do not mind do trade.
    stock_t : float64 array, shape (periods,)
        t carried out of each period; negative where tonnes are borrowed.
    left_over_t : float64 array, shape (periods,)
        t that nobody wants at price 0, now or later. What is carried in and offered is bought,
        carried out or left over.
    """

    price: np.ndarray
    price_low: np.ndarray
    price_high: np.ndarray
    bought_t: np.ndarray
    offered_t: np.ndarray
    stock_t: np.ndarray
    left_over_t: np.ndarray


def _ends_of_period(
    flows: Sequence[Curve], opening: float, growth: float, cost: float,
    least: np.ndarray, most: np.ndarray,
) -> list[Curve]:
    # Tonnes at the end of each period by its price. Below price 0 everything has been thrown away.
    carried, ends = constant(opening), []
    for period, flow in enumerate(flows):
        end = total(carried, flow)
        ends.append(end)
        held = clipped(end, least[period], most[period])
        held.below[0] = least[period]
        carried = substituted(held, 1.0 / growth, -cost)
    return ends


def _prices(
    ends: list[Curve], growth: float, cost: float, least: np.ndarray, most: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    lowest, highest = np.empty((2, len(ends)))
    tie = [math.inf, math.inf]
    for period in reversed(range(len(ends))):
        # At lower prices the stock is at its least, at higher ones at its most.
        shrunk, grown = (
            prices_at(ends[period], bounds[period]) for bounds in (least, most)
        )
        if period == len(ends) - 1:
            # Nothing comes after: what is not used now is worth nothing.
            found = list(shrunk)
        else:
            found = [min(max(tie[side], shrunk[side]), grown[side]) for side in (0, 1)]
        lowest[period], highest[period] = found
        tie = [price / growth - cost for price in found]
    return lowest, highest


def _stocks(
    path: np.ndarray, ends: list[Curve], flows: Sequence[Curve], growth: float, cost: float,
    least: np.ndarray, most: np.ndarray,
) -> np.ndarray:
    stock = np.empty(len(ends))
    stock[-1] = least[-1]
    for period in reversed(range(1, len(ends))):
        before = period - 1
        tie = path[period] / growth - cost
        slack = 1e-12 * (abs(tie) + cost + float(ends[before].prices[-1]))
        low, high = near(ends[before], path[before])
        if path[before] <= 0:
            low = -math.inf
        if path[before] > tie + slack:
            high = least[before]
        elif path[before] < tie - slack:
            low = most[before]
        low, high = np.clip((low, high), least[before], most[before])
        # At least what this period cannot do without. What is worth nothing stays if that is free.
        needed = stock[period] - near(flows[period], path[period])[1]
        idle = path[before] <= 0 and cost == 0
        stock[before] = high if idle else min(max(needed, low), high)
    return stock


def arbitrage_path(
    supplies: Sequence[Curve],
    demands: Sequence[Curve],
    *,
    opening_t: float,
    interest: float,
    carrying_cost: float,
    least_t: np.ndarray,
    most_t: np.ndarray,
) -> ArbitragePath:
    """Competitive prices and stocks.

    Parameters
    ----------
    supplies, demands : sequence of Curve
        One of each a period.
    opening_t : float
        t carried into the first period.
    interest : float
        Per period, above -1.
    carrying_cost : float
        yuan/t paid in a period for a tonne carried out of it; not negative.
    least_t, most_t : float64 array, shape (periods,)
        t, bounds of the stock at the end of each period; the last of `least_t` is what must be
        left at the end.

    Returns
    -------
    ArbitragePath

    Raises
    ------
    InputError
        When no price is high enough to clear all periods.

    Notes
    -----
    With price p, interest r, carrying cost k and stock S within [L, U]:
    ``p[t+1] = (1 + r)(p[t] + k)`` where L < S[t] < U, at most that where S[t] = L, at least that
    where S[t] = U. These are the conditions of the greatest discounted surplus. Where several
    stocks will do, the smallest is taken: those who do not mind buy early. Tonnes that are worth
    nothing to anybody stay in the stock to the end if that costs nothing, and are left over at once
    if it does.
    """
    growth = 1.0 + interest
    flows = [total(one, less=[other]) for one, other in zip(supplies, demands, strict=True)]
    ends = _ends_of_period(flows, opening_t, growth, carrying_cost, least_t, most_t)
    lowest, highest = _prices(ends, growth, carrying_cost, least_t, most_t)
    if not np.all(np.isfinite(lowest)):
        period = int(np.flatnonzero(~np.isfinite(lowest))[0])
        raise InputError(
            f"period {period}: demand exceeds supply at any price. Give more supply, or a demand "
            "that ends at some price."
        )
    # A mean of two equilibrium paths is one as well, but only as a whole.
    path = (lowest + highest) / 2 if np.all(np.isfinite(highest)) else lowest
    stock = _stocks(path, ends, flows, growth, carrying_cost, least_t, most_t)
    offered, wanted = (
        np.array([near(curve, price)[1] for curve, price in zip(side, path, strict=True)])
        for side in (supplies, demands)
    )
    shrunk = np.concatenate(([opening_t], stock[:-1])) - stock
    bought = np.minimum(wanted, shrunk + offered)
    # Below price 0 nothing is offered: only there may more be for sale than is bought.
    spare = np.where(path > 0, 0.0, shrunk + offered - bought)
    return ArbitragePath(
        path, lowest, highest, bought, bought + spare - shrunk, stock, spare
    )
