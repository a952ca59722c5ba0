"""Competitive storage of a credit: today's price and the prices of the periods to come.

A credit that is not sold today can be sold later. Holders compare the price less the cost of
delivering a tonne (MRV, transfer), the *rent*, with the rent to come. News moves prices on the day
of the announcement, for stocks carry it to the present.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from simulation.errors import InputError
from simulation.theory.checks import curves, number, row
from simulation.theory.combine import substituted
from simulation.theory.curves import Curve, step_supply
from simulation.theory.intertemporal import ArbitragePath, arbitrage_path

__all__ = ["Announcement", "StorageMarket", "competitive_storage"]


@dataclass(frozen=True, kw_only=True)
class StorageMarket:
    """A market in which credits keep.

    Attributes
    ----------
    demand : sequence of Curve
        One a period, by price, as everybody expects it at the start.
    inflow_t : array, shape (periods,), or sequence of Curve
        New tonnes of each period: fixed quantities, or supply by *rent*, where making a tonne has
        a cost of its own, paid when it is made.
    opening_stock_t : float
        t, not negative.
    interest_per_period : float
        Above -1; 0.05 for 5 % a period.
    carrying_cost_yuan_per_t : float
        Paid in a period for each tonne carried out of it.
    cost_floor_yuan_per_t : array, shape (periods,), or float
        Marginal cost of delivering a tonne, paid when it is sold: nobody sells below.
    """

    demand: Sequence[Curve]
    inflow_t: ArrayLike | Sequence[Curve]
    opening_stock_t: float = 0.0
    interest_per_period: float = 0.0
    carrying_cost_yuan_per_t: float = 0.0
    cost_floor_yuan_per_t: ArrayLike = 0.0


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """News about demand.

    Attributes
    ----------
    period : int
        From which on everybody knows.
    demand : sequence of Curve
        Of all periods; what it says about earlier ones is past and has no effect.
    """

    period: int
    demand: Sequence[Curve]


def _inflows(inflow: ArrayLike | Sequence[Curve], periods: int) -> list[Curve]:
    if isinstance(inflow, Sequence) and any(isinstance(part, Curve) for part in inflow):
        if len(inflow) != periods:
            raise InputError(f"inflow_t: give {periods} curves, one for each demand.")
        return curves("inflow_t", inflow, rising=True)
    return [step_supply([0.0], [tonnes]) for tonnes in row("inflow_t", inflow, periods)]


def _solved(
    market: StorageMarket, demand: Sequence[Curve], first: int, opening: float
) -> ArbitragePath:
    periods = len(market.demand)
    floors = row("cost_floor_yuan_per_t", market.cost_floor_yuan_per_t, periods)[first:]
    supplies = _inflows(market.inflow_t, periods)[first:]
    wanted = [
        substituted(curve, 1.0, floor) for curve, floor in zip(demand[first:], floors, strict=True)
    ]
    path = arbitrage_path(
        supplies,
        wanted,
        opening_t=opening,
        interest=market.interest_per_period,
        carrying_cost=market.carrying_cost_yuan_per_t,
        least_t=np.zeros(len(wanted)),
        most_t=np.full(len(wanted), np.inf),
    )
    return path._replace(
        price=path.price + floors,
        price_low=path.price_low + floors,
        price_high=path.price_high + floors,
    )


def competitive_storage(
    market: StorageMarket, announcements: Sequence[Announcement] = ()
) -> ArbitragePath:
    """Equilibrium with perfect foresight of all that has been announced.

    Parameters
    ----------
    market : StorageMarket
    announcements : sequence of Announcement
        In any order, at most one a period. At each of them everybody plans anew with the stock of
        the day; none of them was foreseen.

    Returns
    -------
    ArbitragePath
        Prices include the cost floor.

    Raises
    ------
    InputError
        When a number is not usable, or lengths differ.

    Notes
    -----
    With price p, cost floor c, interest r and carrying cost k, the rent p - c is never negative and
    never rises faster than by ``(1 + r)(p[t] - c[t] + k)``; it rises just so while stock is carried
    (Hotelling 1931, J. Political Economy 39:137, with a cost of extraction; non-negative stock as
    in Williams and Wright 1991, Storage and Commodity Markets). At a rent of 0 tonnes are left
    over. Assumptions: no uncertainty but unforeseen announcements; stock is worth nothing after
    the last period, so give periods enough.
    """
    periods = len(market.demand)
    curves("demand", market.demand, rising=False)
    number("opening_stock_t", market.opening_stock_t)
    number("interest_per_period", market.interest_per_period, -0.99)
    number("carrying_cost_yuan_per_t", market.carrying_cost_yuan_per_t)
    news = sorted(announcements, key=lambda each: each.period)
    for place, each in enumerate(news):
        if not 0 <= each.period < periods or len(each.demand) != periods:
            raise InputError(
                f"announcement in period {each.period} with {len(each.demand)} curves: give a "
                f"period from 0 to {periods - 1} and {periods} curves."
            )
        if place and news[place - 1].period == each.period:
            raise InputError(f"two announcements in period {each.period}: give one.")
        curves(f"announcement in period {each.period}: demand", each.demand, rising=False)

    plans = [(0, market.demand), *((each.period, each.demand) for each in news)]
    parts, opening = [], market.opening_stock_t
    for place, (first, demand) in enumerate(plans):
        end = plans[place + 1][0] if place + 1 < len(plans) else periods
        if first == end:
            continue
        path = _solved(market, demand, first, opening)
        parts.append([column[: end - first] for column in path])
        opening = float(path.stock_t[end - first - 1])
    return ArbitragePath(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
