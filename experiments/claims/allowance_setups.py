"""Named set-ups in which agents trade allowances; quantities of a sector are thousand tonnes.

The numbers of the worked examples are small, and agents trade whole tonnes: read as thousand
tonnes, a tonne is fine enough not to show.
"""

import numpy as np

from simulation.allowances import (
    AllowanceMarket,
    Compliance,
    Rounds,
    Supply,
    Terms,
    allocate,
    comply,
    linear_firms,
    trade_in_rounds,
)

__all__ = [
    "FIRMS",
    "THOUSAND",
    "montgomery",
    "percent_off",
    "period",
    "random_allocation",
    "sector",
    "uneven",
]

THOUSAND = 1000
# Firms of a sector, alike.
FIRMS = 10


def montgomery(allocation_t: np.ndarray, developers: int = 0) -> AllowanceMarket:
    """Six firms of B5, MAC ``i (2000 - e)`` for i from 1 to 6, with allowances.

    Parameters
    ----------
    allocation_t : int64 array, shape (6,)
    developers : int
        Sellers of credits.

    Returns
    -------
    AllowanceMarket
    """
    number = np.arange(1.0, 7.0)
    market = linear_firms(2000.0 * number, number, developers)
    allocate(market, allocation_t)
    return market


def sector(intercept: float, slope: float = 1.0) -> AllowanceMarket:
    """Ten like firms whose curves add up to MAC ``intercept - slope E``, E in thousand tonnes.

    Parameters
    ----------
    intercept : float
        yuan/t.
    slope : float
        yuan/t per thousand t.

    Returns
    -------
    AllowanceMarket
        Without allowances.
    """
    return linear_firms([intercept] * FIRMS, [slope * FIRMS / THOUSAND] * FIRMS)


def uneven(total_t: float, firms: int = FIRMS) -> np.ndarray:
    """Whole allocation in which every other firm gets three times as much as its neighbour.

    Parameters
    ----------
    total_t : float
        Whole t.
    firms : int

    Returns
    -------
    int64 array, shape (firms,)
        Adding up to the total. Like firms with like allocations would have no reason to trade.
    """
    weight = np.where(np.arange(firms) % 2 == 0, 3.0, 1.0)
    given = np.floor(total_t * weight / weight.sum()).astype(np.int64)
    given[0] += round(total_t) - given.sum()
    return given


def random_allocation(cap_t: int, seed: int, firms: int = 6) -> np.ndarray:
    """Whole random allocation of a cap.

    Parameters
    ----------
    cap_t, seed, firms : int

    Returns
    -------
    int64 array, shape (firms,)
    """
    parts = np.random.default_rng(seed).random(firms)
    given = np.floor(cap_t * parts / parts.sum()).astype(np.int64)
    given[0] += cap_t - given.sum()
    return given


def period(
    market: AllowanceMarket, terms: Terms | None = None, supply: Supply | None = None,
    seed: int = 1,
) -> tuple[Rounds, Compliance]:
    """Trade, then comply.

    Parameters
    ----------
    market : AllowanceMarket
        Changed in place.
    terms : Terms, optional
    supply : Supply, optional
    seed : int

    Returns
    -------
    Rounds, Compliance
    """
    more = {} if supply is None else {"supply": supply}
    traded = trade_in_rounds(market, terms, seed=seed, **more)
    return traded, comply(market, terms, price=traded.price, seed=seed)


def percent_off(measured: np.ndarray | float, expected: np.ndarray | float) -> float:
    """Greatest distance of what is measured from what is expected, in percent of the latter."""
    off = np.abs(np.asarray(measured) - expected) / np.abs(expected)
    return float(100.0 * np.max(off))
