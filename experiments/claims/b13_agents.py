"""B13 among agents: truthful orders in the call auction over a grid of demands, rooms and prices.

Everybody owns a small step of the curves of B13 and bids what it is worth to it: sellers the steps
of 2 (p - 10), voluntary buyers those of V - p / 2, and thirty covered firms, who share the room L,
the allowance price A.
"""

from types import ModuleType
from typing import NamedTuple

import numpy as np

from agents.parameters import Parameters
from agents.vocabulary import Motive, Side
from experiments.claims.claim import Claim, inside, reported
from simulation.draws import DrawKey
from simulation.markets import call_auction, continuous, listing, mcafee, pay_as_bid
from simulation.markets.call_auction import CallAuctionRules
from simulation.markets.continuous import ContinuousRules
from simulation.markets.listing import ListingRules
from simulation.markets.mcafee import McAfeeRules
from simulation.markets.pay_as_bid import PayAsBidRules
from simulation.markets.protocol import book_of
from simulation.theory.curves import linear_demand, linear_supply
from simulation.theory.regimes import Outcome, Regime, two_demands

__all__ = ["Point", "agents_claims", "grid", "label_of", "traded"]

SOURCE = "B13's curves in steps; regimes of the exact solver, away from their borders"
VOLUNTARY = np.linspace(12.0, 110.0, 8)
ROOM = np.array([0.0, 4.0, 9.0, 17.0, 33.0, 55.0])
ALLOWANCE = np.linspace(13.0, 68.0, 7)
# A label that a small change of the world moves says nothing about those who carry it.
BORDER = 0.05
TONNES_A_UNIT = 100
STEP_T = 10
HIGHEST_PRICE = 130.0
FIRMS = 30
# They are reported and not bent to theory; bilateral agreements need provinces and a network.
OTHERS = (
    ("listing", listing, ListingRules()), ("pay_as_bid", pay_as_bid, PayAsBidRules()),
    ("mcafee", mcafee, McAfeeRules()), ("continuous", continuous, ContinuousRules()),
)


class Point(NamedTuple):
    """One world of the grid, what theory says of it and what agents make of it.

    Attributes
    ----------
    voluntary, room, allowance : float
        V, L and A.
    theory : Outcome
    clear_cut : bool
        Whether the label stays when V, L or A move by five per cent.
    price : float
        Of the call auction, yuan/t; not a number where nothing trades.
    label : Regime
    """

    voluntary: float
    room: float
    allowance: float
    theory: Outcome
    clear_cut: bool
    price: float
    label: Regime


def _solved(voluntary: float, room: float, allowance: float) -> Outcome:
    return two_demands(linear_supply(-20, 2), linear_demand(voluntary, -0.5), room, allowance)


def _clear_cut(voluntary: float, room: float, allowance: float) -> bool:
    moved = [
        _solved(voluntary * v, room * r, allowance * a).regime
        for v, r, a in (
            (1, 1, 1), (1 - BORDER, 1, 1), (1 + BORDER, 1, 1), (1, 1 - BORDER, 1),
            (1, 1 + BORDER, 1), (1, 1, 1 - BORDER), (1, 1, 1 + BORDER),
        )
    ]
    return len(set(moved)) == 1


def traded(
    voluntary: float, room: float, allowance: float, rule: ModuleType = call_auction,
    rules: Parameters | None = None,
) -> tuple[float, float, float]:
    """Price and purchases by motive of truthful agents.

    Parameters
    ----------
    voluntary, room, allowance : float
        V and L in the units of B13, A in yuan/t.
    rule, rules : module and Parameters, optional
        Pricing rule and its micro-rules; the call auction where not given.

    Returns
    -------
    price, voluntary_t, compliance_t : float
        yuan/t, the mean over tonnes, and units of B13; the price is not a number where nothing
        trades.
    """
    step = STEP_T / TONNES_A_UNIT
    # The middle of a step is worth what its curve says there.
    supplied = np.arange(step / 2, 2 * (HIGHEST_PRICE - 10), step)
    wanted = np.arange(step / 2, voluntary, step)
    asks = np.round(100 * (10 + supplied / 2)).astype(int)
    bids = np.round(100 * 2 * (voluntary - wanted)).astype(int)
    shares = np.diff(np.round(np.linspace(0, room * TONNES_A_UNIT, FIRMS + 1)).astype(int))
    orders = [(Side.SELL, Motive.SUPPLY, int(price), STEP_T) for price in asks]
    orders += [(Side.BUY, Motive.VOLUNTARY, int(price), STEP_T) for price in bids]
    orders += [
        (Side.BUY, Motive.COMPLIANCE, round(100 * allowance), int(tonnes)) for tonnes in shares
    ]
    count = len(orders)
    book = book_of([
        (row, *order, (row + 0.5) / count) for row, order in enumerate(orders)
    ])
    found = rule.clear(book, rules or CallAuctionRules(), DrawKey(1, 0))
    by_motive = [
        found.filled[book.motive == motive].sum() / TONNES_A_UNIT
        for motive in (Motive.VOLUNTARY, Motive.COMPLIANCE)
    ]
    matches = found.matches
    price = np.nan
    if len(matches):
        price = float((matches.price_fen * matches.tonnes).sum()) / matches.tonnes.sum() / 100
    return float(price), float(by_motive[0]), float(by_motive[1])


def label_of(price: float, compliance: float, room: float, allowance: float) -> Regime:
    """Regime that a market is in, by what anybody sees of it.

    Parameters
    ----------
    price : float
        Of the credit, yuan/t; not a number without trade.
    compliance : float
        Bought for compliance.
    room : float
        Most that may be bought for compliance, in the same unit.
    allowance : float
        Allowance price, yuan/t.

    Returns
    -------
    Regime
    """
    if np.isnan(price):
        return Regime.NO_TRADE
    if room == 0:
        return Regime.VOLUNTARY_ONLY
    if compliance == 0:
        return Regime.VOLUNTARY_ABOVE_ALLOWANCE
    full = compliance >= round(room * TONNES_A_UNIT) / TONNES_A_UNIT
    return Regime.LIMIT_BINDS if full else Regime.ALLOWANCE_SETS_PRICE


def grid() -> list[Point]:
    """Every world of the grid.

    Returns
    -------
    list of Point
    """
    points = []
    for voluntary in VOLUNTARY:
        for room in ROOM:
            for allowance in ALLOWANCE:
                price, _, compliance = traded(voluntary, room, allowance)
                points.append(Point(
                    voluntary, room, allowance, _solved(voluntary, room, allowance),
                    _clear_cut(voluntary, room, allowance), price,
                    label_of(price, compliance, room, allowance),
                ))
    return points


def _gap(judged: list[Point], rule: ModuleType, rules: Parameters) -> float:
    # A few worlds of each kind are enough to say how far a rule is off.
    found = [
        abs(traded(point.voluntary, point.room, point.allowance, rule, rules)[0]
            / point.theory.price - 1.0)
        for point in judged[::8] if point.theory.price is not None
    ]
    return 100.0 * float(np.nanmean(found))


def agents_claims() -> list[Claim]:
    """Labels and prices of agents over the grid; how far other rules are from theory."""
    judged = [point for point in grid() if point.clear_cut]
    wrong = sum(point.label != point.theory.regime for point in judged)
    away = max(
        abs(point.price / point.theory.price - 1.0)
        for point in judged if point.theory.price is not None
    )
    return [
        inside("B13.agents.points", "Worlds of the grid that are judged", SOURCE, 200, np.inf,
               len(judged)),
        inside("B13.agents.labels", "Worlds whose regime agents miss", SOURCE, 0, 0, wrong),
        inside("B13.agents.price", "Largest distance of the agents' price, percent", SOURCE, 0,
               5, 100.0 * away),
        reported("B13.agents.regimes", "Regimes among the judged worlds", SOURCE, "4",
                 len({point.theory.regime for point in judged})),
        *(
            reported(f"B13.gap.{name}", f"Mean distance of the price from theory under {name}, "
                     "percent", SOURCE, "0", _gap(judged, rule, rules))
            for name, rule, rules in OTHERS
        ),
    ]
