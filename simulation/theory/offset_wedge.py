"""Credits beside allowances under a limit: one price if it is slack, two if it binds.

To a firm a credit is an allowance as long as it may use one more. If the limit binds, credits are
worth what the last of them costs to make, and the wedge to the allowance price is a rent of those
who hold room. If the limit becomes known only after the credits were made, their price is the
expectation of both cases.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from simulation.errors import InputError
from simulation.theory.abatement import as_firms, shared_out
from simulation.theory.checks import curves, number, row
from simulation.theory.combine import clipped, constant, inverse, mirrored_prices_at, near
from simulation.theory.curves import (
    Curve,
    clearing_interval,
    linear_supply,
    middle,
    prices_at,
    total,
)

__all__ = ["OffsetMarket", "UncertainOffsets", "offset_market", "room_t", "uncertain_offsets"]


class OffsetMarket(NamedTuple):
    """Equilibrium of allowances and credits.

    Attributes
    ----------
    allowance_price : float
        yuan/t.
    credit_price : float or None
        yuan/t, the middle of what clears; None where no credit is used.
    credits_t : float
    emissions_t : float64 array, shape (firms,)
        Together the cap and the credits; less where not even the cap is used.
    wedge : float or None
        yuan/t, allowance price less credit price.
    binds : bool
        Whether more credits would be used if that were allowed.
    """

    allowance_price: float
    credit_price: float | None
    credits_t: float
    emissions_t: np.ndarray
    wedge: float | None
    binds: bool


class UncertainOffsets(NamedTuple):
    """Equilibrium of credits that are made before the limit is known.

    Attributes
    ----------
    credit_price : float or None
        yuan/t before the limit is known, the middle of what clears; the probability-weighted mean
        of `value`. None where no credit is made.
    credits_t : float
        t made.
    allowance_price : float64 array, shape (cases,)
        yuan/t once the limit is known.
    used_t : float64 array, shape (cases,)
        t used for compliance.
    value : float64 array, shape (cases,)
        yuan/t of a credit then: the allowance price if there is room for all, or what credits are
        worth outside. Where there is room for just as many as were made, between the two.
    """

    credit_price: float | None
    credits_t: float
    allowance_price: np.ndarray
    used_t: np.ndarray
    value: np.ndarray


def room_t(cap_t: float, limit_share: float, limit_t: float = math.inf) -> float:
    """Most credits that may be used.

    Parameters
    ----------
    cap_t : float
        t of allowances.
    limit_share : float
        0 to 1, of verified emissions.
    limit_t : float
        t, a limit in tonnes beside it.

    Returns
    -------
    float
        t. Emissions are cap C and credits K, so ``K <= s (C + K)`` is ``K <= s C / (1 - s)``.
    """
    number("cap_t", cap_t)
    number("limit_share", limit_share, 0.0, 1.0)
    number("limit_t", limit_t, finite=False)
    share = limit_share * cap_t / (1.0 - limit_share) if limit_share < 1 else math.inf
    return min(share, limit_t)


def _allowances(
    firms: list[Curve], cap_t: float, credit_supply: Curve
) -> tuple[float, float, np.ndarray]:
    # Price, credits used and emissions.
    cap, demand = linear_supply(cap_t, 0.0), total(*firms)
    low, high = clearing_interval(total(cap, credit_supply), demand)
    if not math.isfinite(low):
        raise InputError(
            f"cap_t = {cap_t:g}: firms cannot abate so far, even with credits. Give a higher cap "
            "or more credits."
        )
    price = middle(low, high)
    most = near(credit_supply, price)[1]
    emissions = shared_out(firms, price, min(near(demand, price)[1], cap_t + most))
    return price, min(max(float(emissions.sum()) - cap_t, 0.0), most), emissions


def offset_market(
    firms: Curve | Sequence[Curve],
    cap_t: float,
    credit_supply: Curve,
    *,
    limit_share: float,
    limit_t: float = math.inf,
) -> OffsetMarket:
    """Competitive equilibrium of allowances and credits under a limit.

    Parameters
    ----------
    firms : Curve or sequence of Curve
        Emissions by price, from `simulation.theory.abatement`.
    cap_t : float
        t of allowances.
    credit_supply : Curve
        Of credits, by price.
    limit_share : float
        0 to 1, share of verified emissions that credits may cover.
    limit_t : float
        t that they may cover in all.

    Returns
    -------
    OffsetMarket

    Raises
    ------
    InputError
        When a number is not usable, or firms cannot abate so far.

    Notes
    -----
    Room is traded freely, or all firms use theirs in full (assumption): only the sum counts.
    """
    listed = as_firms(firms)
    curves("credit_supply", [credit_supply], rising=True)
    room = room_t(cap_t, limit_share, limit_t)
    price, used, emissions = _allowances(listed, cap_t, clipped(credit_supply, 0.0, room))
    if used <= 0:
        return OffsetMarket(price, None, 0.0, emissions, None, False)
    credit_price = price
    # The sum of emissions is known to its last digits only.
    if used >= room - 1e-12 * (cap_t + used):
        used = room
        low, high = prices_at(credit_supply, room)
        credit_price = middle(min(low, price), min(high, price))
    wedge = price - credit_price
    return OffsetMarket(price, credit_price, used, emissions, wedge, used == room and wedge > 0)


def uncertain_offsets(
    firms: Curve | Sequence[Curve],
    cap_t: float,
    credit_supply: Curve,
    *,
    limit_shares: ArrayLike,
    probabilities: ArrayLike,
    outside_value: float = 0.0,
) -> UncertainOffsets:
    """Competitive equilibrium when credits are made before the limit is drawn.

    Parameters
    ----------
    firms, cap_t, credit_supply
        As in `offset_market`.
    limit_shares : array, shape (cases,)
        0 to 1, of verified emissions.
    probabilities : array, shape (cases,)
        Adding up to 1.
    outside_value : float
        yuan/t that any number of credits fetches elsewhere (assumption: a level demand).

    Returns
    -------
    UncertainOffsets

    Raises
    ------
    InputError
        When a number is not usable, or firms cannot abate down to the cap.

    References
    ----------
    Gronwald and Hintermann (2016), Climate Change Economics, for credits as allowances with a
    probability. Neutrality to risk is assumption.
    """
    listed = as_firms(firms)
    curves("credit_supply", [credit_supply], rising=True)
    shares = row("limit_shares", limit_shares, high=1.0)
    chances = row("probabilities", probabilities, len(shares), high=1.0)
    if abs(chances.sum() - 1.0) > 1e-9:
        raise InputError(f"probabilities add up to {chances.sum():g}. Make it 1.")
    number("outside_value", outside_value)
    highest = mirrored_prices_at(total(*listed), number("cap_t", cap_t))[0]
    if not math.isfinite(highest):
        raise InputError(f"cap_t = {cap_t:g}: firms cannot abate so far. Give a higher cap.")

    rooms = np.array([room_t(cap_t, share) for share in shares])
    wanted = total(*listed, constant(-cap_t))
    # What one more credit is worth in each case, by the number of credits made.
    worth = [
        clipped(inverse(clipped(wanted, 0.0, room)), outside_value, math.inf) for room in rooms
    ]
    expected = total(*(
        curve.scaled(chance) for curve, chance in zip(worth, chances, strict=True)
    ))
    # Nobody pays for a credit more than the highest allowance price and the value elsewhere.
    cost = inverse(credit_supply, beyond=highest + outside_value + 1.0)
    # Those who do not mind do make them.
    made = mirrored_prices_at(total(expected, less=[cost]), 0.0)[1]
    low, high = near(expected, made)
    cheapest, dearest = near(cost, made)
    price = (max(low, cheapest) + min(high, dearest)) / 2.0
    # Where the number made is just the room, values lie between two ends: one part for all.
    part = (price - low) / (high - low) if high > low and made > 0 else 0.0
    ends = np.array([near(curve, made) for curve in worth])
    results = [
        _allowances(listed, cap_t, linear_supply(min(made, room), 0.0)) for room in rooms
    ]
    used = np.array([result[1] for result in results])
    allowance = np.array([result[0] for result in results])
    # Credits that are worth more elsewhere are not used here.
    lifted = allowance < outside_value
    elsewhere = max(near(wanted, outside_value)[1], 0.0)
    used[lifted] = np.minimum(used[lifted], elsewhere)
    allowance[lifted] = min(outside_value, highest)
    value = ends[:, 0] + part * (ends[:, 1] - ends[:, 0])
    return UncertainOffsets(price if made > 0 else None, made, allowance, used, value)
