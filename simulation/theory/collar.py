"""A price collar: a floor at which allowances are withheld, and a ceiling at which more are sold.

A cap with a collar is a supply curve in steps: the cap at the floor, each tier of the reserve at
its price, and any amount at a hard ceiling.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from simulation.errors import InputError
from simulation.theory.abatement import as_firms, shared_out, unregulated_t
from simulation.theory.checks import number
from simulation.theory.combine import near
from simulation.theory.curves import Curve, clearing_interval, middle, step_supply, total

__all__ = ["CollarMarket", "collar_market"]


class CollarMarket(NamedTuple):
    """Equilibrium under a cap with a collar.

    Attributes
    ----------
    price, price_low, price_high : float
        yuan/t, the interval of clearing prices and its middle (its low end where it has no high
        one).
    emissions_t : float64 array, shape (firms,)
    withheld_t : float
        t of the cap that stay unsold at the floor.
    sold_extra_t : float
        t sold beyond the cap.
    """

    price: float
    price_low: float
    price_high: float
    emissions_t: np.ndarray
    withheld_t: float
    sold_extra_t: float


def collar_market(
    firms: Curve | Sequence[Curve],
    cap_t: float,
    *,
    floor: float = 0.0,
    tiers: Iterable[tuple[float, float]] = (),
    ceiling: float = math.inf,
) -> CollarMarket:
    """Competitive equilibrium under a cap with a collar.

    Parameters
    ----------
    firms : Curve or sequence of Curve
        Emissions by price, from `simulation.theory.abatement`.
    cap_t : float
        t, all of them auctioned with the floor as reserve price (assumption: allowances given away
        cannot be withheld).
    floor : float
        yuan/t.
    tiers : iterable of (price, tonnes)
        Finite reserves, each sold at its price, which is not below the floor.
    ceiling : float
        yuan/t of a hard ceiling, at which any amount is sold; infinite for none.

    Returns
    -------
    CollarMarket

    Raises
    ------
    InputError
        When a number is not usable, or demand exceeds cap and reserve at any price.

    References
    ----------
    Roberts and Spence (1976), J. Public Economics 5:193, for the supply of licences with a subsidy
    and a penalty beside them; reserves in tiers as in California.
    """
    listed = as_firms(firms)
    number("cap_t", cap_t)
    number("floor", floor)
    number("ceiling", ceiling, floor, finite=False)
    reserve = [tuple(tier) for tier in tiers]
    for place, (price, tonnes) in enumerate(reserve):
        number(f"tiers[{place}] price", price, floor, ceiling)
        number(f"tiers[{place}] tonnes", tonnes)
    if math.isfinite(ceiling):
        # More than anybody could ever want, so that no rounding lifts the price above it.
        reserve.append((ceiling, 2.0 * sum(unregulated_t(firm) for firm in listed)))
    prices, amounts = zip((floor, cap_t), *reserve, strict=True)
    supply, demand = step_supply(prices, amounts), total(*listed)
    low, high = clearing_interval(supply, demand)
    if not math.isfinite(low):
        raise InputError(
            f"cap_t = {cap_t:g}: firms cannot abate so far, and the reserve ends. Give a hard "
            "ceiling, or more."
        )
    price = middle(low, high)
    emissions = shared_out(listed, price, min(near(supply, price)[1], near(demand, price)[1]))
    sold = float(emissions.sum())
    return CollarMarket(
        price, low, high, emissions, max(cap_t - sold, 0.0), max(sold - cap_t, 0.0)
    )
