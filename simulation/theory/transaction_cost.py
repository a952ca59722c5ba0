"""Transaction costs in a permit market (Stavins 1995): a wedge between firms, and fewer deals.

A cost per permit keeps buyers and sellers apart by that much and leaves the final allocation to the
market. A cost per deal does not: small gains are forgone, so who got the permits matters.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from simulation.errors import InputError
from simulation.theory.abatement import (
    abatement_cost_yuan,
    as_firms,
    marginal_cost,
    shared_out,
    unregulated_t,
)
from simulation.theory.checks import number, row
from simulation.theory.combine import clipped, constant, near, substituted
from simulation.theory.curves import Curve, clearing_interval, middle, total

__all__ = ["CostlyTrade", "costly_trade", "single_deal"]


class CostlyTrade(NamedTuple):
    """What is traded when trading costs something.

    Attributes
    ----------
    sellers_price, buyers_price : float
        yuan/t received, and paid with the cost; the middle of what clears the market.
    traded_t : float
    emissions_t : float64 array, shape (firms,)
    marginal_cost_low, marginal_cost_high : float64 array, shape (firms,)
        yuan/t at these emissions; equal but at a corner or between two steps.
    gain_yuan : float
        Abatement cost saved by trade, less all transaction costs.
    """

    sellers_price: float
    buyers_price: float
    traded_t: float
    emissions_t: np.ndarray
    marginal_cost_low: np.ndarray
    marginal_cost_high: np.ndarray
    gain_yuan: float


def _described(
    firms: list[Curve], held: np.ndarray, sold: np.ndarray, bought: np.ndarray, price: float,
    cost: float,
) -> CostlyTrade:
    free = np.array([unregulated_t(firm) for firm in firms])
    before, after = np.minimum(held, free), np.minimum(held - sold + bought, free)
    marginal = np.array([
        marginal_cost(firm, tonnes) for firm, tonnes in zip(firms, after, strict=True)
    ])
    traded = float(bought.sum())
    saved = sum(
        abatement_cost_yuan(firm, first) - abatement_cost_yuan(firm, last)
        for firm, first, last in zip(firms, before, after, strict=True)
    )
    return CostlyTrade(
        price, price + cost, traded, after, marginal[:, 0], marginal[:, 1],
        float(saved) - cost * traded,
    )


def costly_trade(
    firms: Sequence[Curve], allocation_t: ArrayLike, cost_yuan_per_t: float
) -> CostlyTrade:
    """Competitive equilibrium with a constant cost for each permit traded.

    Parameters
    ----------
    firms : sequence of Curve
        Emissions by price, from `simulation.theory.abatement`.
    allocation_t : array, shape (firms,)
        t given to each firm, at least what it cannot abate.
    cost_yuan_per_t : float
        Lost with every permit traded, whoever pays it.

    Returns
    -------
    CostlyTrade

    Raises
    ------
    InputError
        When a number is not usable, or a firm cannot abate down to its allocation.

    References
    ----------
    Stavins (1995), J. Environmental Economics and Management 29:133, with constant marginal
    transaction costs.
    """
    listed = as_firms(firms)
    held = row("allocation_t", allocation_t, len(listed))
    cost = number("cost_yuan_per_t", cost_yuan_per_t)
    for place, firm in enumerate(listed):
        if not np.isfinite(marginal_cost(firm, held[place])[0]):
            raise InputError(
                f"allocation_t[{place}] = {held[place]:g}: the firm cannot abate so far. Allocate "
                "what it cannot abate."
            )
    supplies = [
        clipped(total(constant(given), less=[firm]), 0.0, np.inf)
        for firm, given in zip(listed, held, strict=True)
    ]
    demands = [
        substituted(clipped(total(firm, constant(-given)), 0.0, np.inf), 1.0, cost)
        for firm, given in zip(listed, held, strict=True)
    ]
    price = middle(*clearing_interval(total(*supplies), *demands))
    # Those who do not mind do trade.
    traded = min(near(total(*supplies), price)[1], near(total(*demands), price)[1])
    return _described(
        listed, held, shared_out(supplies, price, traded), shared_out(demands, price, traded),
        price, cost,
    )


def single_deal(
    firms: Sequence[Curve],
    allocation_t: ArrayLike,
    cost_yuan_per_t: float,
    cost_yuan_per_deal: float,
) -> CostlyTrade:
    """What two firms trade when a deal has a fixed cost as well.

    Parameters
    ----------
    firms : sequence of two Curve
    allocation_t, cost_yuan_per_t
        As in `costly_trade`.
    cost_yuan_per_deal : float
        Paid once if anything is traded.

    Returns
    -------
    CostlyTrade

    Raises
    ------
    InputError
        As in `costly_trade`, or when there are not two firms.

    Notes
    -----
    The deal leaves the most to the two together (efficient bargaining, assumption): it has the size
    that it would have without the fixed cost, or is not made.
    """
    if len(as_firms(firms)) != 2:
        raise InputError("firms: a single deal is between two. Give two curves.")
    fixed = number("cost_yuan_per_deal", cost_yuan_per_deal)
    found = costly_trade(firms, allocation_t, cost_yuan_per_t)
    if found.traded_t > 0 and found.gain_yuan > fixed:
        return found._replace(gain_yuan=found.gain_yuan - fixed)
    held = row("allocation_t", allocation_t, 2)
    return _described(
        list(firms), held, np.zeros(2), np.zeros(2), found.sellers_price, cost_yuan_per_t
    )
