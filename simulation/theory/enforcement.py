"""Enforcement by audits (Malik 1990, Stranlund and Dhanda 1999): how many tonnes go unreported.

A firm saves the price with every tonne that it emits without a permit, and risks a fine that rises
with the violation. So it violates until the expected marginal fine is the price: by its own cost of
abatement nothing is decided but how many permits it holds.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from simulation.errors import InputError
from simulation.theory.abatement import as_firms, shared_out, unregulated_t
from simulation.theory.checks import number, row
from simulation.theory.combine import clipped, near
from simulation.theory.curves import (
    Curve,
    clearing_interval,
    linear_supply,
    middle,
    prices_at,
    step_supply,
    total,
)

__all__ = ["EnforcedMarket", "enforced_market"]


class EnforcedMarket(NamedTuple):
    """Equilibrium of a permit market with imperfect enforcement.

    Attributes
    ----------
    price : float
        yuan/t.
    emissions_t, permits_t, violation_t : float64 array, shape (firms,)
        Emissions are permits held plus violation.
    expected_fine_yuan : float64 array, shape (firms,)
    """

    price: float
    emissions_t: np.ndarray
    permits_t: np.ndarray
    violation_t: np.ndarray
    expected_fine_yuan: np.ndarray


def _violation(audit: float, fine: float, rise: float, most: float) -> Curve:
    # Tonnes whose expected marginal fine is at most the price, without asking whether that many
    # are emitted.
    if audit == 0:
        return step_supply([0.0], [most])
    if rise == 0:
        return step_supply([audit * fine], [most])
    return linear_supply(-fine / rise, 1.0 / (audit * rise))


def enforced_market(
    firms: Curve | Sequence[Curve],
    cap_t: float,
    *,
    audit_probability: ArrayLike,
    fine: ArrayLike,
    fine_rise: ArrayLike = 0.0,
) -> EnforcedMarket:
    """Competitive equilibrium when firms weigh permits against being caught.

    Parameters
    ----------
    firms : Curve or sequence of Curve
        Emissions by price, from `simulation.theory.abatement`.
    cap_t : float
        t of permits; who got them does not matter.
    audit_probability : array, shape (firms,), or float
        0 to 1; an audit finds everything (assumption).
    fine, fine_rise : array, shape (firms,), or float
        A violation of v tonnes that is found costs ``fine v + fine_rise v**2 / 2`` yuan: yuan/t for
        the first tonne, and its rise per tonne.

    Returns
    -------
    EnforcedMarket

    Raises
    ------
    InputError
        When a number is not usable.

    Notes
    -----
    With price P, audit probability a and violation v: ``P = a (fine + fine_rise v)`` where v is
    positive and below emissions. A firm whose whole emissions would be in violation holds no
    permit and emits what it would at the price at which it sold its last one. Firms are neutral to
    risk (assumption).

    References
    ----------
    Malik (1990), J. Environmental Economics and Management 18:97; Stranlund and Dhanda (1999),
    J. Environmental Economics and Management 38:267.
    """
    listed = as_firms(firms)
    count = len(listed)
    number("cap_t", cap_t)
    audits = row("audit_probability", audit_probability, count, 0.0, 1.0)
    fines, rises = row("fine", fine, count), row("fine_rise", fine_rise, count)
    unreported, demands, last_prices = [], [], []
    for firm, *terms in zip(listed, audits, fines, rises, strict=True):
        unreported.append(_violation(*terms, unregulated_t(firm)))
        short = total(unreported[-1], less=[firm])
        demands.append(clipped(short.scaled(-1.0), 0.0, np.inf))
        last_prices.append(prices_at(short, 0.0)[0])
    low, high = clearing_interval(linear_supply(cap_t, 0.0), *demands)
    if not np.isfinite(low):
        raise InputError("enforcement: no price clears the market. Give a positive cap or fine.")
    price = middle(low, high)
    most = near(total(*demands), price)[1]
    permits = shared_out(demands, price, min(cap_t, most))
    # Firms that do not mind emit no more than they have reason to leave unreported.
    emissions = permits.copy()
    for place, (firm, hidden, last) in enumerate(
        zip(listed, unreported, last_prices, strict=True)
    ):
        fewest, enough = near(firm, min(price, last))
        emissions[place] += near(hidden, min(price, last))[0]
        emissions[place] = min(max(emissions[place], fewest), enough)
    # Never below the permits, not even in the last digit.
    emissions = np.maximum(emissions, permits)
    violation = emissions - permits
    return EnforcedMarket(
        price, emissions, permits, violation,
        audits * (fines * violation + rises * violation**2 / 2.0),
    )
