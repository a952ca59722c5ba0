"""Continuous trading of allowances by adaptive traders: two desks a firm, with Cliff's ZIP rule.

A firm's buying desk bids for the next lots that its emissions could use, its selling desk offers
the lots that it could do without; abatement cost is what a lot is worth. Desks learn from what they
hear within a session; what is traded stays traded, until nobody gains from more.
"""

import math
from typing import NamedTuple

import numpy as np

from agents.compiled import kernel
from agents.parameters import Parameters, param
from agents.population import empty
from agents.vocabulary import Motive, Side
from simulation.allowances.curves import unit_value
from simulation.allowances.market import AllowanceMarket, check_books, permits_held, settle
from simulation.draws import DrawKey
from simulation.errors import InputError
from simulation.laboratory.crowd import Crowd
from simulation.laboratory.rules import SessionRules
from simulation.laboratory.schedules import LARGEST_STEP, Schedule
from simulation.markets.protocol import ORDER_DTYPE
from simulation.markets.sessions import session

__all__ = ["DeskRules", "Trading", "marginal_costs", "trade_continuously"]

# Sessions of one seed learn apart.
SESSION_SEEDS = 2**32


class DeskRules(Parameters):
    """Micro-rules of continuous trading of allowances."""

    rounds: int = param(
        80, unit="rounds", low=1, high=1000, role="lever", source="assumption A36",
        label="Trading sessions a period", label_zh="每期交易场次",
    )
    idle_rounds: int = param(
        3, unit="rounds", low=1, high=1000, role="design", source="assumption A36",
        label="Sessions in a row without a deal that end the period",
        label_zh="连续无成交即收市的场次",
    )
    lot_t: int = param(
        1, unit="t", low=1, high=1_000_000, role="lever", source="assumption A36",
        label="Tonnes of a lot", label_zh="每手吨数",
    )
    lots: int = param(
        20, unit="lots", low=1, high=1000, role="uncertainty", source="assumption A36",
        label="Lots that a desk may trade in a session", label_zh="每场每席最多手数",
    )
    shouts: int = param(
        5000, unit="shouts", low=1, high=1_000_000, role="lever", source="assumption A36",
        label="Shouts a session", label_zh="每场喊价次数",
    )


class Trading(NamedTuple):
    """What came of continuous trading.

    Attributes
    ----------
    price_by_round : float array, shape (rounds,)
        Mean over tonnes, yuan/t; not a number for a session without a deal.
    traded_by_round : int64 array, shape (rounds,)
        t.
    """

    price_by_round: np.ndarray
    traded_by_round: np.ndarray

    def last_price(self, rounds: int = 5) -> float:
        """Mean of the last sessions that had a deal, yuan/t."""
        prices = self.price_by_round[np.isfinite(self.price_by_round)]
        return float(prices[-rounds:].mean()) if len(prices) else math.nan


@kernel
def _desk_orders(firms, measures, parties, lots, lot, most, orders):
    # Buying desks come first, as the traders of a session do.
    count = len(firms)
    found = 0
    for desk in range(2 * count):
        index = desk % count
        buying = desk < count
        party = parties[index]
        for place in range(lots):
            # Allowances before the lot is bought, or once it is sold.
            level = party.permits_t + (place if buying else -place - 1) * lot
            if level < 0:
                break
            # The middle of the lot stands for it.
            worth = unit_value(firms, measures, index, level + (lot - 1) / 2.0)
            price = math.floor(min(worth, most)) if buying else math.ceil(min(worth, most))
            if buying and price < 1:
                break
            order = orders[found]
            order.agent_id = order.row = desk
            order.side = Side.BUY.value if buying else Side.SELL.value
            order.motive = Motive.COMPLIANCE.value if buying else Motive.SUPPLY.value
            order.price_fen = order.limit_fen = max(price, 1)
            order.quantity_t = order.wanted_t = 1
            order.arrival = (place + 0.5) / (lots + 1)
            found += 1
    return found


def trade_continuously(
    market: AllowanceMarket,
    rules: DeskRules | None = None,
    traders: SessionRules | None = None,
    seed: int = 1,
    period: int = 0,
) -> Trading:
    """Trade allowances on the standing book of the laboratory.

    Parameters
    ----------
    market : AllowanceMarket
        Changed in place.
    rules : DeskRules, optional
    traders : SessionRules, optional
        Of the laboratory; ZIP on both sides where it is left out. Prices are whole yuan.
    seed, period : int
        Address of the draws.

    Returns
    -------
    Trading

    Raises
    ------
    InputError
        When prices would be too high for a laboratory session.
    InvariantError
        When a unit or a fen gets lost.
    """
    rules = rules or DeskRules()
    if traders is None:
        traders = SessionRules(
            institution="standing_book", buyers="zip", sellers="zip", shouts=rules.shouts
        )
    firms, measures, parties = market
    highest = math.ceil(max(firms.intercept.max(), measures.cost.max(), 1.0))
    if highest > LARGEST_STEP:
        raise InputError(
            f"abatement costs up to {highest} yuan/t. A session has prices up to {LARGEST_STEP}: "
            "count in dearer units."
        )
    # Only the number of traders, lots and prices matter here: each session brings its own limits.
    room = ((1,) * rules.lots,) * len(firms)
    schedule = Schedule("allowances", "", "", "", room, room, 1, highest, 0.0)
    space = empty(ORDER_DTYPE, 2 * len(firms) * rules.lots)
    prices, volumes = [], []
    for turn in range(rules.rounds):
        found = _desk_orders(
            firms, measures, parties, rules.lots, rules.lot_t, float(highest), space
        )
        orders = space[:found].copy()
        # What a lot is worth to a desk has changed, so its margin of before means nothing now.
        crowd = Crowd(schedule, traders, (seed + (turn + 1) * SESSION_SEEDS) % 2**63)
        cleared = session(orders, crowd, traders, DrawKey(seed, period * rules.rounds + turn))
        book = orders.copy()
        # A desk's party is its firm, and a price step is a yuan.
        book.row = orders.row % len(firms)
        cleared.matches.price_fen *= 100
        cleared.matches.seller_price_fen *= 100
        settle(market, book, cleared, lot_t=rules.lot_t)
        check_books(market, "trade", period, seed)
        traded = int(cleared.matches.tonnes.sum())
        prices.append(cleared.matches.price_fen.mean() / 100.0 if traded else math.nan)
        volumes.append(traded * rules.lot_t)
        if turn + 1 >= rules.idle_rounds and not any(volumes[-rules.idle_rounds:]):
            break
    return Trading(np.array(prices), np.array(volumes, dtype=np.int64))


def marginal_costs(market: AllowanceMarket) -> np.ndarray:
    """What one tonne less would cost each firm, with what it holds.

    Parameters
    ----------
    market : AllowanceMarket

    Returns
    -------
    float array, shape (firms,)
        yuan/t; not a number for a firm that holds nothing.
    """
    return np.array([
        unit_value(market.firms, market.measures, row, float(held) - 1.0) if held > 0 else math.nan
        for row, held in enumerate(permits_held(market))
    ])
