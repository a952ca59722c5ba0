"""What firms emit at a price, and what abating so far has cost them.

A firm under a price on emissions emits the tonnes that would cost more to abate. So its marginal
abatement cost (MAC), read the other way round, is a demand curve for emissions, and a market for
allowances clears like any other.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from simulation.errors import InputError
from simulation.theory.checks import curves, number
from simulation.theory.combine import area_to, constant, mirrored_prices_at, near
from simulation.theory.curves import Curve, linear_demand, step_demand, total

__all__ = [
    "abatement_cost_yuan",
    "as_firms",
    "linear_mac",
    "marginal_cost",
    "shared_out",
    "step_mac",
    "unregulated_t",
]


def linear_mac(intercept: float, slope: float) -> Curve:
    """Emissions of a firm whose MAC is ``intercept - slope * emissions``.

    Parameters
    ----------
    intercept : float
        yuan/t, cost of the last tonne before emissions are 0; not negative.
    slope : float
        yuan/t per t, positive. Without a price the firm emits ``intercept / slope``.

    Returns
    -------
    Curve

    Raises
    ------
    InputError
    """
    number("MAC: intercept", intercept)
    if not (math.isfinite(slope) and slope > 0):
        raise InputError(f"MAC: slope = {slope} is not above 0. Give the fall of cost per tonne.")
    return linear_demand(intercept / slope, -1.0 / slope)


def step_mac(costs: ArrayLike, abated_t: ArrayLike, remaining_t: float = 0.0) -> Curve:
    """Emissions of a firm that can abate so many tonnes at each of several costs.

    Parameters
    ----------
    costs : array, shape (measures,)
        yuan/t, not negative, in any order.
    abated_t : array, shape (measures,)
        t that each measure abates.
    remaining_t : float
        t that no measure abates.

    Returns
    -------
    Curve

    Raises
    ------
    InputError
    """
    return total(step_demand(costs, abated_t), constant(number("remaining_t", remaining_t)))


def as_firms(firms: Curve | Sequence[Curve]) -> list[Curve]:
    """Firms as a list; one curve is one firm, or a whole sector."""
    return curves("firms", [firms] if isinstance(firms, Curve) else firms, rising=False)


def unregulated_t(firm: Curve) -> float:
    """Emissions without a price, t."""
    return float(firm.below[0])


def marginal_cost(firm: Curve, emissions_t: float) -> tuple[float, float]:
    """MAC at some emissions.

    Parameters
    ----------
    firm : Curve
    emissions_t : float
        t.

    Returns
    -------
    low, high : float
        yuan/t: saved by one tonne more, paid for one tonne less; they differ between two steps.
        Infinite where no measure is left.
    """
    return mirrored_prices_at(firm, emissions_t)


def abatement_cost_yuan(firm: Curve, emissions_t: float) -> float:
    """Cost of abating down to some emissions, the cheapest tonnes first.

    Parameters
    ----------
    firm : Curve
    emissions_t : float
        t, at most what is emitted without a price.

    Returns
    -------
    float
        yuan.

    Raises
    ------
    InputError
        When the firm cannot abate so far.
    """
    price, _ = marginal_cost(firm, emissions_t)
    if emissions_t < 0 or not math.isfinite(price):
        raise InputError(
            f"emissions of {emissions_t:g} t are out of reach: the firm cannot abate so far."
        )
    # The area left of the emissions curve, less the rectangle that is still emitted.
    return area_to(firm, price) - price * min(emissions_t, unregulated_t(firm))


def shared_out(curves: Sequence[Curve], price: float, tonnes: float) -> np.ndarray:
    """Tonnes of each curve at a price, adding up to a sum.

    Parameters
    ----------
    curves : sequence of Curve
    price : float
        yuan/t.
    tonnes : float
        t, within what all of them together may be at the price; if not, the nearest that is.

    Returns
    -------
    float64 array, shape (curves,)
        t. Those who do not mind share the room in proportion to its size (assumption).
    """
    fewest, most = np.array([near(curve, price) for curve in curves]).T
    room = float(np.sum(most - fewest))
    part = (tonnes - float(np.sum(fewest))) / room if room > 0 else 0.0
    return fewest + min(max(part, 0.0), 1.0) * (most - fewest)
