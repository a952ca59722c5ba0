"""What an allowance market holds: firms with abatement curves, and accounts in double entry."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from agents.compiled import kernel
from agents.population import Column, empty
from agents.quantities import worth_fen
from simulation.errors import InputError, InvariantError
from simulation.markets.protocol import LARGEST_ORDER_T, Clearing

__all__ = [
    "AUTHORITY",
    "DEVELOPERS",
    "OUTSIDE",
    "RETIRED",
    "AllowanceMarket",
    "allocate",
    "check_books",
    "linear_firms",
    "permits_held",
    "settle",
    "stepped_firms",
]

FIRM_COLUMNS = (
    Column("agent_id", "i8", "id", "address of the firm's draws"),
    Column("intercept", "f8", "yuan/t", "marginal cost of abating the last tonne, of a line"),
    Column("slope", "f8", "yuan/t per t", "of marginal cost; 0 where the firm has measures"),
    Column("unregulated_t", "f8", "t", "emissions where they are free"),
    Column("share", "f8", "1", "part of the caps ahead for which the firm plans"),
    Column("credits_t", "i8", "t", "credits that cover emissions of this period"),
    Column("owed_t", "i8", "t", "missing tonnes of earlier periods to be made good"),
    Column("advance_t", "i8", "t", "borrowed from the next allocation"),
)
MEASURE_COLUMNS = (
    Column("cost", "f8", "yuan/t", "of the measure"),
    Column("tonnes", "f8", "t", "that it abates; 0 for none"),
)
PARTY_COLUMNS = (
    Column("agent_id", "i8", "id", "address of the party's draws"),
    Column("permits_t", "i8", "t", "allowances; below zero what the authority has issued"),
    Column("credits_t", "i8", "t", "credits; below zero what a developer has made"),
    Column("cash_fen", "i8", "fen", "received less paid"),
)
# Parties after the firms.
AUTHORITY, OUTSIDE, RETIRED, DEVELOPERS = 0, 1, 2, 3
NO_FIRM = 1_000_000_000


class AllowanceMarket(NamedTuple):
    """State of an allowance market.

    Attributes
    ----------
    firms : numpy.recarray, shape (firms,)
    measures : numpy.recarray, shape (firms, measures)
        The cheapest first.
    parties : numpy.recarray, shape (firms + 3 + developers,)
        Firms in their rows, then the authority, the outside world to which transaction costs are
        paid, what is retired, and developers of credits. Every column of accounts adds up to zero.
    """

    firms: np.recarray
    measures: np.recarray
    parties: np.recarray

    def row(self, party: int) -> int:
        """Row of `AUTHORITY`, `OUTSIDE`, `RETIRED`, or `DEVELOPERS` and what follows it."""
        return len(self.firms) + party


def _opened(firms: np.recarray, measures: np.recarray, developers: int) -> AllowanceMarket:
    firms.agent_id = np.arange(len(firms))
    firms.share = firms.unregulated_t / max(firms.unregulated_t.sum(), 1.0)
    parties = empty(PARTY_COLUMNS, len(firms) + DEVELOPERS + developers)
    parties.agent_id = np.arange(len(parties)) + NO_FIRM
    parties.agent_id[: len(firms)] = firms.agent_id
    return AllowanceMarket(firms, measures, parties)


def linear_firms(
    intercepts: ArrayLike, slopes: ArrayLike, developers: int = 0
) -> AllowanceMarket:
    """Firms whose marginal abatement cost is ``intercept - slope * emissions``.

    Parameters
    ----------
    intercepts : array, shape (firms,)
        yuan/t, not negative.
    slopes : array, shape (firms,)
        yuan/t per t, positive.
    developers : int
        Parties that may sell credits.

    Returns
    -------
    AllowanceMarket
        Nobody holds anything yet.

    Raises
    ------
    InputError
        When a number is not usable.
    """
    a, b = (np.atleast_1d(np.asarray(given, dtype=np.float64)) for given in (intercepts, slopes))
    if a.shape != b.shape or a.ndim != 1 or a.size == 0:
        raise InputError("intercepts and slopes: give one of each for every firm.")
    if not (np.isfinite(a).all() and (a >= 0).all() and np.isfinite(b).all() and (b > 0).all()):
        raise InputError(
            "intercepts and slopes: give finite numbers, slopes above 0 and no intercept below."
        )
    firms = empty(FIRM_COLUMNS, a.size)
    firms.intercept, firms.slope, firms.unregulated_t = a, b, a / b
    _countable(firms)
    return _opened(firms, np.zeros((a.size, 1), dtype=empty(MEASURE_COLUMNS, 1).dtype).view(
        np.recarray), developers)


def stepped_firms(
    unregulated_t: ArrayLike, measures: list[list[tuple[float, float]]], developers: int = 0
) -> AllowanceMarket:
    """Firms with lists of abatement measures.

    Parameters
    ----------
    unregulated_t : array, shape (firms,)
        t emitted where emissions are free.
    measures : list of list of (yuan/t, t)
        One list a firm, in any order.
    developers : int
        Parties that may sell credits.

    Returns
    -------
    AllowanceMarket

    Raises
    ------
    InputError
        When a number is not usable, or measures abate more than is emitted.
    """
    free = np.atleast_1d(np.asarray(unregulated_t, dtype=np.float64))
    if free.size != len(measures) or free.size == 0:
        raise InputError("unregulated_t and measures: give one of each for every firm.")
    firms = empty(FIRM_COLUMNS, free.size)
    firms.unregulated_t = free
    most = max(1, *(len(own) for own in measures))
    steps = np.zeros((free.size, most), dtype=empty(MEASURE_COLUMNS, 1).dtype).view(np.recarray)
    for row, own in enumerate(measures):
        for place, (cost, tonnes) in enumerate(sorted(own)):
            if not (0 <= cost < np.inf and 0 <= tonnes < np.inf):
                raise InputError(
                    f"measures[{row}][{place}] = {(cost, tonnes)}: give finite numbers of at "
                    "least 0."
                )
            steps[row, place] = (cost, tonnes)
        if not steps.tonnes[row].sum() <= free[row] < np.inf:
            raise InputError(
                f"measures[{row}] abate {steps.tonnes[row].sum():g} t of {free[row]:g} t. Give "
                "at most what is emitted."
            )
    _countable(firms)
    return _opened(firms, steps, developers)


def _countable(firms: np.recarray) -> None:
    if firms.unregulated_t.sum() * 4 > LARGEST_ORDER_T:
        raise InputError(
            f"firms emit {firms.unregulated_t.sum():g} t. Give at most {LARGEST_ORDER_T / 4:g} t, "
            "or count in larger units."
        )


def permits_held(market: AllowanceMarket) -> np.ndarray:
    """Allowances of each firm, t: a view, int64 array of shape (firms,)."""
    return market.parties.permits_t[: len(market.firms)]


def allocate(market: AllowanceMarket, allocation_t: ArrayLike) -> None:
    """Give allowances to firms.

    Parameters
    ----------
    market : AllowanceMarket
        Changed in place.
    allocation_t : array, shape (firms,)
        Whole t, not negative.

    Raises
    ------
    InputError
        When the allocation is not usable.
    """
    given = np.asarray(allocation_t)
    if given.shape != (len(market.firms),) or (given < 0).any() or (given != given // 1).any():
        raise InputError(
            f"allocation_t: give {len(market.firms)} whole numbers that are not negative."
        )
    whole = given.astype(np.int64)
    permits_held(market)[:] += whole
    market.parties.permits_t[market.row(AUTHORITY)] -= whole.sum()


@kernel
def _settle(parties, firms, orders, matches, cost_fen, credit, lot):
    # The buyer bears the transaction cost.
    outside = parties[firms + OUTSIDE]
    for place in range(len(matches)):
        match = matches[place]
        buyer = parties[orders[match.buy].row]
        seller = parties[orders[match.sell].row]
        tonnes = match.tonnes * lot
        paid = worth_fen(tonnes, match.price_fen)
        fee = worth_fen(tonnes, cost_fen)
        buyer.cash_fen -= paid + fee
        seller.cash_fen += paid
        outside.cash_fen += fee
        if credit:
            buyer.credits_t += tonnes
            seller.credits_t -= tonnes
        else:
            buyer.permits_t += tonnes
            seller.permits_t -= tonnes
    return len(matches)


def settle(
    market: AllowanceMarket, orders: np.recarray, cleared: Clearing, cost_fen: int = 0,
    *, credit: bool = False, lot_t: int = 1,
) -> None:
    """Deliver against payment, deal by deal.

    Parameters
    ----------
    market : AllowanceMarket
        Changed in place.
    orders : numpy.recarray
        `row` is the row of the party.
    cleared : Clearing
    cost_fen : int
        Transaction cost of the buyer, fen/t.
    credit : bool
        Whether credits are traded, not allowances.
    lot_t : int
        Tonnes of one unit of the book.
    """
    _settle(
        market.parties, len(market.firms), orders, cleared.matches, cost_fen, credit, lot_t
    )


def check_books(market: AllowanceMarket, where: str, period: int, seed: int) -> None:
    """Stop a run that makes or loses a unit or a fen, or sells what it does not have.

    Parameters
    ----------
    market : AllowanceMarket
    where : str
        Step after which the books are checked.
    period, seed : int

    Raises
    ------
    InvariantError
    """
    parties, count = market.parties, len(market.firms)
    for name in ("permits_t", "credits_t", "cash_fen"):
        if parties[name].sum() != 0:
            raise InvariantError(
                f"{name} of all parties does not add up to zero", phase=where, month=str(period),
                seed=seed,
            )
    if (parties.permits_t[:count] < 0).any() or (parties.credits_t[:count] < 0).any():
        raise InvariantError(
            "a firm holds less than nothing", phase=where, month=str(period), seed=seed
        )
