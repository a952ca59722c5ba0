"""Tradable permits (Montgomery 1972): one price, least cost, whoever got the permits.

In equilibrium every firm abates until its marginal cost is the price, and a firm that emits nothing
has a lower one. How permits were given away decides who pays whom, and nothing else.
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
from simulation.theory.combine import near
from simulation.theory.curves import Curve, middle, total

__all__ = ["PermitMarket", "permit_market", "taxed_emissions_t", "uniform_standard_t"]


class PermitMarket(NamedTuple):
    """Equilibrium of a market for permits.

    Attributes
    ----------
    price, price_low, price_high : float
        yuan/t: the interval of clearing prices and its middle (its low end where the cap is as low
        as firms can go). 0 where the cap does not bind.
    emissions_t : float64 array, shape (firms,)
    purchases_t : float64 array, shape (firms,)
        Emissions less allocation; negative where a firm sells.
    abatement_cost_yuan : float64 array, shape (firms,)
    total_cost_yuan : float
        The least at which the cap can be kept.
    """

    price: float
    price_low: float
    price_high: float
    emissions_t: np.ndarray
    purchases_t: np.ndarray
    abatement_cost_yuan: np.ndarray
    total_cost_yuan: float


def _allocation(allocation_t: ArrayLike | None, cap_t: float, firms: int) -> np.ndarray:
    if allocation_t is None:
        return np.full(firms, cap_t / firms)
    given = row("allocation_t", allocation_t, firms)
    if abs(given.sum() - cap_t) > 1e-9 * max(cap_t, 1.0):
        raise InputError(
            f"allocation_t adds up to {given.sum():g} t, the cap is {cap_t:g} t. Allocate the cap."
        )
    return given


def permit_market(
    firms: Curve | Sequence[Curve], cap_t: float, allocation_t: ArrayLike | None = None
) -> PermitMarket:
    """Competitive equilibrium under a cap.

    Parameters
    ----------
    firms : Curve or sequence of Curve
        Emissions by price, from `simulation.theory.abatement`.
    cap_t : float
        t.
    allocation_t : array, shape (firms,), optional
        t given to each firm, adding up to the cap; without it equal parts.

    Returns
    -------
    PermitMarket

    Raises
    ------
    InputError
        When the cap is lower than firms can go, or the allocation is not the cap.

    References
    ----------
    Montgomery (1972), J. Economic Theory 5:395: the equilibrium exists, costs least, and does not
    depend on the allocation. Price-taking firms that keep the rule are assumptions of his.
    """
    listed = as_firms(firms)
    number("cap_t", cap_t)
    given = _allocation(allocation_t, cap_t, len(listed))
    low, high = marginal_cost(total(*listed), cap_t)
    if not np.isfinite(low):
        raise InputError(
            f"cap_t = {cap_t:g}: firms cannot abate so far. Give a higher cap, or a penalty "
            "(simulation.theory.penalty)."
        )
    price = middle(low, high)
    emissions = shared_out(listed, price, cap_t)
    costs = np.array([
        abatement_cost_yuan(firm, tonnes) for firm, tonnes in zip(listed, emissions, strict=True)
    ])
    return PermitMarket(
        price, low, high, emissions, emissions - given, costs, float(costs.sum())
    )


def taxed_emissions_t(
    firms: Curve | Sequence[Curve], tax: float
) -> tuple[np.ndarray, np.ndarray]:
    """Emissions under a tax.

    Parameters
    ----------
    firms : Curve or sequence of Curve
    tax : float
        yuan/t, not negative.

    Returns
    -------
    fewest, most : float64 array, shape (firms,)
        t; they differ where a measure costs just the tax.
    """
    number("tax", tax)
    fewest, most = np.array([near(firm, tax) for firm in as_firms(firms)]).T
    return fewest, most


def uniform_standard_t(firms: Curve | Sequence[Curve], cap_t: float) -> np.ndarray:
    """Emissions if all firms had to abate the same share of what they emit without a price.

    Parameters
    ----------
    firms : Curve or sequence of Curve
    cap_t : float
        t.

    Returns
    -------
    float64 array, shape (firms,)
        t; `abatement_cost_yuan` says what that costs.
    """
    free = np.array([unregulated_t(firm) for firm in as_firms(firms)])
    number("cap_t", cap_t)
    return free * min(cap_t / free.sum(), 1.0) if free.sum() > 0 else free
