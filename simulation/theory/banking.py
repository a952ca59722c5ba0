"""Banking of allowances (Rubin 1996): a permit that is saved today is a permit tomorrow.

While allowances are banked their price rises at the rate of interest; where the bank is empty it
may fall, unless allowances of the next year can be borrowed.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from simulation.theory.abatement import as_firms
from simulation.theory.checks import number, row
from simulation.theory.curves import Curve, linear_supply
from simulation.theory.intertemporal import arbitrage_path

__all__ = ["BankingPath", "banking_path", "national_bank_limit_t"]


class BankingPath(NamedTuple):
    """Equilibrium of an allowance market over several periods.

    Attributes
    ----------
    price, price_low, price_high : float64 array, shape (periods,)
        yuan/t, as in `ArbitragePath`.
    emissions_t : float64 array, shape (periods,)
    bank_t : float64 array, shape (periods,)
        t carried out of each period; negative where the next cap was drawn upon.
    left_over_t : float64 array, shape (periods,)
        t of allowances that are worth nothing.
    """

    price: np.ndarray
    price_low: np.ndarray
    price_high: np.ndarray
    emissions_t: np.ndarray
    bank_t: np.ndarray
    left_over_t: np.ndarray


def national_bank_limit_t(
    net_sales_t: ArrayLike, base_t: float = 10_000.0, multiple: float = 1.5
) -> float:
    """Most allowances that firms may keep under the Chinese rule.

    Parameters
    ----------
    net_sales_t : array, shape (firms,)
        t sold less bought by each firm; negative for a buyer, whose limit is the base.
    base_t : float
        t for every firm.
    multiple : float
        Of net sales.

    Returns
    -------
    float
        t of all firms together.

    References
    ----------
    Allocation plan for the power sector of 2023 and 2024: 10 000 t plus 1.5 times net sales
    (https://icapcarbonaction.com/en/news/china-releases-allocation-plan-power-sector-2023-and-2024).
    """
    sales = row("net_sales_t", net_sales_t, low=-np.inf)
    number("base_t", base_t)
    number("multiple", multiple)
    return float(np.sum(base_t + multiple * np.maximum(sales, 0.0)))


def banking_path(
    emissions: Sequence[Curve],
    cap_t: ArrayLike,
    *,
    interest_per_period: float,
    opening_bank_t: float = 0.0,
    borrowing_share: float = 0.0,
    bank_limit_t: ArrayLike = np.inf,
    banking: bool = True,
) -> BankingPath:
    """Competitive equilibrium with banking, known caps and known costs.

    Parameters
    ----------
    emissions : sequence of Curve
        Of all firms together, one a period; `simulation.theory.curves.total` adds firms up.
    cap_t : array, shape (periods,)
        t.
    interest_per_period : float
        Above -1.
    opening_bank_t : float
        t banked before the first period.
    borrowing_share : float
        0 to 1, share of the next cap that may be used a period ahead; at the end nothing may be
        owed.
    bank_limit_t : array, shape (periods,), or float
        t, most that all firms together may carry over; `national_bank_limit_t` for the Chinese
        rule at given net sales (assumption: firms take the limit as given).
    banking : bool
        False for a limit of 0.

    Returns
    -------
    BankingPath

    Raises
    ------
    InputError
        When a number is not usable, lengths differ, or a cap is lower than firms can go.

    Notes
    -----
    ``p[t+1] = (1 + r) p[t]`` while the bank is between its bounds; higher where the limit on the
    bank binds, lower where nothing (more) can be borrowed.

    References
    ----------
    Rubin (1996), J. Environmental Economics and Management 31:269, in discrete time.
    """
    listed = as_firms(emissions)
    caps = row("cap_t", cap_t, len(listed))
    number("interest_per_period", interest_per_period, -0.99)
    number("opening_bank_t", opening_bank_t)
    number("borrowing_share", borrowing_share, 0.0, 1.0)
    most = row("bank_limit_t", bank_limit_t, len(listed), finite=False) * 1.0
    if not banking:
        most[:] = 0.0
    path = arbitrage_path(
        [linear_supply(cap, 0.0) for cap in caps],
        listed,
        opening_t=opening_bank_t,
        interest=interest_per_period,
        carrying_cost=0.0,
        least_t=0.0 - borrowing_share * np.append(caps[1:], 0.0),
        most_t=most,
    )
    return BankingPath(
        path.price, path.price_low, path.price_high, path.bought_t, path.stock_t,
        path.left_over_t,
    )
