"""Several periods with a bank: caps are announced, firms plan as far as they look."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from simulation.allowances.complying import Compliance, comply
from simulation.allowances.market import AllowanceMarket, allocate
from simulation.allowances.rounds import Rounds, trade_in_rounds
from simulation.allowances.terms import RoundRules, Terms
from simulation.errors import InputError

__all__ = ["Path", "run_periods"]


class Path(NamedTuple):
    """What came of several periods.

    Attributes
    ----------
    price : float array, shape (periods,)
        yuan/t; not a number for a period without a deal.
    emissions_t, bank_t : int64 array, shape (periods,)
    rounds : list of Rounds
    compliance : list of Compliance
    """

    price: np.ndarray
    emissions_t: np.ndarray
    bank_t: np.ndarray
    rounds: list[Rounds]
    compliance: list[Compliance]


def run_periods(
    market: AllowanceMarket,
    allocation_t: ArrayLike,
    terms: Terms | None = None,
    rules: RoundRules | None = None,
    seed: int = 1,
) -> Path:
    """Allocate, trade and comply, period after period.

    Parameters
    ----------
    market : AllowanceMarket
        Changed in place.
    allocation_t : array, shape (periods, firms)
        Whole t; all of it is announced at the start. What a firm has borrowed is taken off.
    terms : Terms, optional
        With the horizon of the firms: 1 plans for no other period.
    rules : RoundRules, optional
    seed : int

    Returns
    -------
    Path

    Raises
    ------
    InputError
        When the allocation is not usable.
    """
    terms = terms or Terms()
    given = np.asarray(allocation_t)
    if given.ndim != 2 or given.shape[1] != len(market.firms) or not len(given):
        raise InputError("allocation_t: give one row a period and one column a firm.")
    caps = given.sum(axis=1).astype(np.float64)
    rounds, compliance = [], []
    for period, own in enumerate(given):
        allocate(market, own - market.firms.advance_t)
        # A later cap is known less what has been borrowed from it.
        ahead = caps[period + 1:]
        traded = trade_in_rounds(
            market, terms, rules, caps_ahead=ahead, seed=seed, period=period
        )
        most = np.zeros(len(own), dtype=np.int64)
        if len(ahead):
            most[:] = np.floor(terms.borrow_share * given[period + 1])
        ended = comply(
            market, terms, price=traded.price if np.isfinite(traded.price) else 0.0,
            caps_ahead=ahead, advance_most_t=most, seed=seed, period=period,
        )
        rounds.append(traded)
        compliance.append(ended)
    return Path(
        price=np.array([one.price for one in rounds]),
        emissions_t=np.array([one.emissions_t for one in compliance]),
        bank_t=np.array([one.bank_t for one in compliance]),
        rounds=rounds, compliance=compliance,
    )
