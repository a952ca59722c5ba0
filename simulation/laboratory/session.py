"""Run a laboratory session and say what came of it."""

import math
from typing import NamedTuple

import numpy as np

from agents.parameters import record_of
from agents.vocabulary import Motive, Side
from simulation.draws import DrawKey
from simulation.errors import InputError
from simulation.laboratory.floor import DEAL_DTYPE, Count, SessionRules, open_floor
from simulation.laboratory.schedules import Schedule, checked, schedule
from simulation.laboratory.traders import SILENT
from simulation.laboratory.trading import acceptance_day, limit_of, quote_of, standing_day
from simulation.markets import call_auction
from simulation.markets.call_auction import CallAuctionRules
from simulation.markets.protocol import book_of

__all__ = ["Outcome", "run_session"]

DAYS = {"standing_book": standing_day, "random_acceptance": acceptance_day}
# Strategies that react to what happens within a day.
REACTING = {"zip": "ZIP learns from shouts", "gd": "Gjerstad-Dickhaut learns from shouts",
            "sniper": "a sniper takes a standing quote"}


class Outcome(NamedTuple):
    """What came of a session.

    Attributes
    ----------
    deals : numpy.recarray
        In order: day, shout, rows of buyer and seller, price, value and cost.
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


def _sensible(found: Schedule, rules: SessionRules) -> tuple[int, int]:
    strategies = dict.fromkeys((rules.buyers, rules.sellers))
    for strategy in strategies:
        if rules.institution == "call_auction" and strategy in REACTING:
            raise InputError(
                f"{strategy} in a call_auction: {REACTING[strategy]}, and orders are sealed. Use "
                "zi_u, zi_c or truthful, or another institution."
            )
        if rules.institution == "random_acceptance" and strategy == "sniper":
            raise InputError(
                "sniper under random_acceptance: no quote stands that it could take. Use "
                "standing_book."
            )
    if set(strategies) == {"sniper"}:
        raise InputError(
            "buyers and sellers are snipers: nobody would ever quote first. Give one side another "
            "strategy."
        )
    for name in ("learning_rate", "margin"):
        if getattr(rules, f"{name}_low") > getattr(rules, f"{name}_high"):
            raise InputError(f"{name}_low is above {name}_high. Swap them.")
    low = max(found.lowest, rules.floor)
    high = min(found.highest, rules.ceiling) if rules.ceiling else found.highest
    if low > high:
        raise InputError(
            f"no price is allowed: floor {rules.floor}, ceiling {rules.ceiling}, prices of the "
            f"market {found.lowest} to {found.highest}. Leave room between them."
        )
    return low, high


def _auction_day(floor, record, seed, day, low, high):  # noqa: ANN001, ANN202
    # Every unit is an order of its own; all are sealed, then cleared at one price.
    floor.traders.done[:] = 0
    orders = []
    owners = []
    for index, trader in enumerate(floor.traders):
        for unit in range(trader.units):
            trader.done = unit
            # The number of the unit takes the place of the shout's.
            price = quote_of(floor, index, record, seed, day, unit, low, high, 1.0)
            if price != SILENT:
                buying = trader.side == Side.BUY
                motive = Motive.VOLUNTARY if buying else Motive.SUPPLY
                # A trader's first unit is its best one: at one price it comes first.
                arrival = (unit + 0.5) / (trader.units + 1)
                orders.append((trader.agent_id * 1000 + unit, trader.side, motive, price, 1,
                               arrival))
                owners.append(index)
    cleared = call_auction.clear(
        book_of(orders), CallAuctionRules(rationing="time"), DrawKey(seed, day)
    )
    floor.traders.done[:] = 0
    for match in cleared.matches:
        buyer, seller = owners[match.buy], owners[match.sell]
        deal = floor.deals[floor.counts[Count.DEALS]]
        deal.day, deal.buyer, deal.seller, deal.price = day, buyer, seller, match.price_fen
        # Units are worth what the schedule says in the order in which they trade, whichever of a
        # trader's orders was filled.
        deal.value, deal.cost = limit_of(floor, buyer), limit_of(floor, seller)
        floor.traders.done[buyer] += 1
        floor.traders.done[seller] += 1
        floor.counts[Count.DEALS] += 1


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
        When the market is unknown, or its strategies and its institution have no meaning together.
    """
    found = schedule(market) if isinstance(market, str) else checked(market)
    rules = rules or SessionRules()
    low, high = _sensible(found, rules)
    record = record_of(rules)[0]
    floor = open_floor(found, rules, record, seed)
    trade_for_a_day = DAYS.get(rules.institution, _auction_day)
    for day in range(rules.days):
        trade_for_a_day(floor, record, seed, day, low, high)
    deals = floor.deals[: floor.counts[Count.DEALS]].copy()
    return _outcome(found, rules, deals.view(np.recarray).astype(DEAL_DTYPE))
