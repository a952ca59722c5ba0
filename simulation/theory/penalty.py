"""A cap that cannot be kept at a bearable cost: the penalty is the price.

Nobody pays more for an allowance than for being without it. Where the missing tonnes must be made
good in the next period (as in the European Union), being without costs the penalty *and* an
allowance of the next period.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulation.theory.abatement import as_firms, shared_out
from simulation.theory.checks import number
from simulation.theory.collar import collar_market
from simulation.theory.combine import near
from simulation.theory.curves import Curve, total

__all__ = ["PenaltyMarket", "penalty_market"]


class PenaltyMarket(NamedTuple):
    """Equilibrium under a cap with a penalty.

    Attributes
    ----------
    price, ceiling : float
        yuan/t; the price never exceeds the ceiling.
    emissions_t : float64 array, shape (firms,)
    shortfall_t : float
        t of emissions without an allowance.
    penalty_yuan : float
        Paid for them now.
    """

    price: float
    ceiling: float
    emissions_t: np.ndarray
    shortfall_t: float
    penalty_yuan: float


def penalty_market(
    firms: Curve | Sequence[Curve],
    cap_t: float,
    penalty: float,
    *,
    next_price: float | None = None,
    interest_per_period: float = 0.0,
) -> PenaltyMarket:
    """Competitive equilibrium under a cap with a fixed penalty per tonne.

    Parameters
    ----------
    firms : Curve or sequence of Curve
        Emissions by price, from `simulation.theory.abatement`.
    cap_t : float
        t.
    penalty : float
        yuan/t for each tonne without an allowance.
    next_price : float, optional
        yuan/t, allowance price that is expected for the next period, where missing tonnes must be
        made good; without it they need not.
    interest_per_period : float
        Above -1, discounts the next price.

    Returns
    -------
    PenaltyMarket

    Raises
    ------
    InputError
        When a number is not usable.

    Notes
    -----
    The ceiling is the penalty, with make-good ``penalty + next_price / (1 + r)``. Firms that do not
    mind abate (assumption). Every missing tonne is found; `enforcement` drops that.
    """
    listed = as_firms(firms)
    number("penalty", penalty)
    number("interest_per_period", interest_per_period, -0.99)
    ceiling = penalty
    if next_price is not None:
        ceiling += number("next_price", next_price) / (1.0 + interest_per_period)
    found = collar_market(listed, cap_t, ceiling=ceiling)
    fewest, _ = near(total(*listed), found.price)
    emissions = shared_out(listed, found.price, max(fewest, min(cap_t, found.emissions_t.sum())))
    shortfall = max(float(emissions.sum()) - cap_t, 0.0)
    return PenaltyMarket(found.price, ceiling, emissions, shortfall, penalty * shortfall)
