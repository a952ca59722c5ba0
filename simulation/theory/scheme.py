"""A whole scheme at once: a cap with floor, reserve, ceiling, penalty, and credits to a limit.

Allowances are a supply in steps: the cap at the floor, each tier of the reserve at its price, any
amount at a ceiling, and being without one at the penalty. Credits stand in for allowances up to a
share of emissions. The single parts are in `permits`, `collar`, `penalty` and `offset_wedge`, which
this solver joins and by which it is tested.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from simulation.errors import InputError
from simulation.theory.abatement import as_firms, shared_out, unregulated_t
from simulation.theory.checks import curves, number
from simulation.theory.combine import clipped, constant, near
from simulation.theory.curves import (
    Curve,
    clearing_interval,
    middle,
    prices_at,
    step_supply,
    total,
)

__all__ = ["SchemeMarket", "scheme_market"]

# Sums of emissions are known to their last digits only.
ROUNDING = 1e-12


class SchemeMarket(NamedTuple):
    """Equilibrium of a scheme.

    Attributes
    ----------
    allowance_price, allowance_price_low, allowance_price_high : float
        yuan/t, the middle of the clearing prices and their ends.
    credit_price : float or None
        yuan/t; None where no credit is used.
    wedge : float or None
        yuan/t, allowance price less credit price.
    emissions_t : float64 array, shape (firms,)
    allowances_t, credits_t, shortfall_t : float
        t by which emissions are covered, and those that are not; they add up to emissions.
    withheld_t : float
        t of the cap that find no buyer.
    sold_extra_t : float
        t of allowances beyond the cap.
    binds : bool
        Whether more credits would be used if that were allowed.
    """

    allowance_price: float
    allowance_price_low: float
    allowance_price_high: float
    credit_price: float | None
    wedge: float | None
    emissions_t: np.ndarray
    allowances_t: float
    credits_t: float
    shortfall_t: float
    withheld_t: float
    sold_extra_t: float
    binds: bool


def _allowance_supply(
    firms: list[Curve], cap_t: float, floor: float, tiers: Iterable[tuple[float, float]],
    ceiling: float, penalty: float,
) -> tuple[Curve, Curve]:
    # With what the penalty lets go uncovered, and without.
    steps = [(floor, cap_t)]
    for place, (price, tonnes) in enumerate(tiers):
        number(f"tiers[{place}] price", price, floor, ceiling)
        number(f"tiers[{place}] tonnes", tonnes)
        steps.append((float(price), float(tonnes)))
    # More than anybody could ever want, so that no rounding lifts the price above it.
    plenty = 2.0 * sum(unregulated_t(firm) for firm in firms)
    if math.isfinite(ceiling):
        steps.append((ceiling, plenty))
    sold = step_supply(*zip(*steps, strict=True))
    if not math.isfinite(penalty):
        return sold, sold
    return total(sold, step_supply([penalty], [plenty])), sold


def scheme_market(
    firms: Curve | Sequence[Curve],
    cap_t: float,
    *,
    floor: float = 0.0,
    tiers: Iterable[tuple[float, float]] = (),
    ceiling: float = math.inf,
    penalty: float = math.inf,
    credit_supply: Curve | None = None,
    limit_share: float = 0.0,
    limit_t: float = math.inf,
) -> SchemeMarket:
    """Competitive equilibrium of allowances and credits under all rules of a scheme together.

    Parameters
    ----------
    firms : Curve or sequence of Curve
        Emissions by price, from `simulation.theory.abatement`.
    cap_t : float
        t of allowances, given or auctioned; with a floor all of them are auctioned.
    floor : float
        yuan/t, below which no allowance of the cap is sold.
    tiers : iterable of (price, tonnes)
        Finite reserves, each sold at its price.
    ceiling : float
        yuan/t at which any amount is sold; infinite for none.
    penalty : float
        yuan/t that a missing tonne costs, making it good included; infinite for none.
    credit_supply : Curve, optional
        Of credits to compliance buyers, by price: what others want is taken off already.
    limit_share : float
        0 to 1, share of verified emissions that credits may cover.
    limit_t : float
        t that they may cover in all.

    Returns
    -------
    SchemeMarket

    Raises
    ------
    InputError
        When a number is not usable, or firms cannot abate so far at any price.

    Notes
    -----
    Emissions E are demand D at the price p. Firms take their room as given, so what they want of
    allowances is ``D(p) - min(K(p), s D(p))``, the greater of ``D - K`` and ``(1 - s) D``. Both
    fall, so the price at which supply meets the greater one is the greater of the prices at which
    it meets each. Firms that do not mind the penalty abate (assumption, as in `penalty`).

    References
    ----------
    Roberts and Spence (1976), J. Public Economics 5:193, for the collar; Montgomery (1972),
    J. Economic Theory 5:395, for the equilibrium.
    """
    listed = as_firms(firms)
    number("cap_t", cap_t)
    number("floor", floor)
    number("ceiling", ceiling, floor, finite=False)
    number("penalty", penalty, finite=False)
    share = number("limit_share", limit_share, 0.0, 1.0)
    number("limit_t", limit_t, finite=False)
    demand = total(*listed)
    supply, sold = _allowance_supply(listed, cap_t, floor, tiers, ceiling, penalty)
    credits = constant(0.0)
    if credit_supply is not None and share > 0:
        curves("credit_supply", [credit_supply], rising=True)
        credits = clipped(credit_supply, 0.0, limit_t)
    unlimited = clearing_interval(total(supply, credits), demand)
    limited = clearing_interval(supply, demand.scaled(1.0 - share))
    low, high = max(unlimited[0], limited[0]), max(unlimited[1], limited[1])
    if not math.isfinite(low):
        raise InputError(
            f"cap_t = {cap_t:g}: firms cannot abate so far, even with credits and the reserve. "
            "Give a ceiling or a penalty, or more allowances."
        )
    price = middle(low, high)
    fewest, most = near(demand, price)
    dear, cheap = near(sold, price)
    made = near(credits, price)[1]
    # As much is emitted as can be covered: the rest is abated, or missing.
    coverable = cheap + made if share >= 1 else min(cheap + made, cheap / (1.0 - share))
    emitted = max(fewest, min(most, coverable))
    emissions = shared_out(listed, price, emitted)
    emitted = float(emissions.sum())
    # Allowances for which others would take less than the price are all used.
    used = min(made, share * emitted, max(emitted - min(dear, emitted), 0.0))
    allowances = min(emitted - used, cheap)
    missing = emitted - used - allowances
    if missing <= ROUNDING * emitted:
        allowances, missing = allowances + missing, 0.0
    room = min(share * emitted, limit_t)
    binds = used > 0 and used >= room - ROUNDING * emitted
    credit_price = None
    if used > 0:
        credit_price = price
        if binds and credit_supply is not None:
            at = prices_at(credit_supply, used)
            credit_price = middle(min(at[0], price), min(at[1], price))
    wedge = None if credit_price is None else price - credit_price
    return SchemeMarket(
        price, low, high, credit_price, wedge, emissions, allowances, used, missing,
        max(cap_t - allowances, 0.0), max(allowances - cap_t, 0.0),
        bool(binds and wedge is not None and wedge > 0),
    )
