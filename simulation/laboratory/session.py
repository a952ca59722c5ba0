"""Run a laboratory session and say what came of it."""

import math
from typing import NamedTuple

import numpy as np

from agents.population import Column, dtype_of, empty
from simulation.draws import DrawKey
from simulation.errors import InputError
from simulation.laboratory.crowd import Crowd, orders_of
from simulation.laboratory.rules import SessionRules
from simulation.laboratory.scenario import schedule
from simulation.laboratory.schedules import Schedule, checked
from simulation.markets.protocol import Clearing
from simulation.markets.sessions import session

__all__ = ["DEAL_COLUMNS", "Outcome", "run_session"]

LARGEST_SEED = 2**63 - 1

DEAL_COLUMNS = (
    Column("day", "i8", "day", "from 0"),
    Column("shout", "i8", "shouts", "shout of the day, from 0; 0 where orders are sealed"),
    Column("buyer", "i8", "row", "trader that buys"),
    Column("seller", "i8", "row", "trader that sells"),
    Column("price", "i8", "price steps", "price that the buyer pays"),
    Column("seller_price", "i8", "price steps", "price that the seller gets"),
    Column("value", "i8", "price steps", "value of the buyer's unit"),
    Column("cost", "i8", "price steps", "cost of the seller's unit"),
    Column("buy", "i8", "unit", "buyer's unit among all units of the market"),
    Column("sell", "i8", "unit", "seller's unit among all units of the market"),
)
DEAL_DTYPE = dtype_of(DEAL_COLUMNS)


class Outcome(NamedTuple):
    """What came of a session.

    Attributes
    ----------
    deals : numpy.recarray
        In order; see `DEAL_COLUMNS`.
    efficiency_percent : float
        Surplus of all deals, in percent of the maximum of as many days.
    mean_price : float
        Of all deals; not a number where there are none.
    alpha_percent_by_day : float array, shape (days,)
        Root mean square deviation of prices from the equilibrium, in percent of it (Smith 1962);
        not a number for a day without deals.
    volume_by_day : int64 array, shape (days,)
    price_by_day : float array, shape (days,)
        Mean; not a number for a day without deals.
    """

    deals: np.recarray
    efficiency_percent: float
    mean_price: float
    alpha_percent_by_day: np.ndarray
    volume_by_day: np.ndarray
    price_by_day: np.ndarray


def _deals_of(
    orders: np.recarray, cleared: Clearing, day: int, shouts: np.ndarray
) -> np.recarray:
    matches = cleared.matches
    deals = empty(DEAL_DTYPE, len(matches))
    deals.day, deals.shout = day, shouts
    deals.buy, deals.sell = matches.buy, matches.sell
    deals.buyer, deals.seller = orders.row[matches.buy], orders.row[matches.sell]
    deals.price, deals.seller_price = matches.price_fen, matches.seller_price_fen
    deals.value, deals.cost = orders.price_fen[matches.buy], orders.price_fen[matches.sell]
    return deals


def _outcome(found: Schedule, rules: SessionRules, deals: np.recarray) -> Outcome:
    most = found.competitive().maximum_surplus
    surplus = int((deals.value - deals.cost).sum())
    days = np.arange(rules.days)
    volume = np.bincount(deals.day, minlength=rules.days)
    alpha, mean = np.full(rules.days, math.nan), np.full(rules.days, math.nan)
    for day in days[volume > 0]:
        prices = deals.price[deals.day == day]
        mean[day] = prices.mean()
        deviation = math.sqrt(float(((prices - found.equilibrium) ** 2).mean()))
        alpha[day] = 100.0 * deviation / found.equilibrium
    return Outcome(
        deals=deals,
        efficiency_percent=100.0 * surplus / (most * rules.days) if most else math.nan,
        mean_price=float(deals.price.mean()) if len(deals) else math.nan,
        alpha_percent_by_day=alpha,
        volume_by_day=volume,
        price_by_day=mean,
    )


def run_session(
    market: str | Schedule, rules: SessionRules | None = None, seed: int = 1
) -> Outcome:
    """Run a laboratory session.

    Parameters
    ----------
    market : str or Schedule
        Name of a schedule that ships, such as ``smith-1962``, or one's own.
    rules : SessionRules, optional
    seed : int
        The same seed gives the same session.

    Returns
    -------
    Outcome

    Raises
    ------
    InputError
        When the seed is out of range, the market is unknown, or its strategies and its institution
        have no meaning together.
    """
    if not isinstance(seed, int) or isinstance(seed, bool) or not 0 <= seed <= LARGEST_SEED:
        raise InputError(f"seed = {seed!r} is not a whole number from 0 to {LARGEST_SEED}.")
    found = schedule(market) if isinstance(market, str) else checked(market)
    rules = rules or SessionRules()
    crowd = Crowd(found, rules, seed)
    orders = orders_of(found)
    days = []
    for day in range(rules.days):
        cleared = session(orders, crowd, rules, DrawKey(seed, day))
        days.append(_deals_of(orders, cleared, day, crowd.shouts))
    return _outcome(found, rules, np.concatenate(days).view(np.recarray).astype(DEAL_DTYPE))
