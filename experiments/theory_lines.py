"""What competitive theory says on the axes of the maps: regimes, their borders and prices.

Theory reads the same scenario as the agents and nothing that they did, but for the allowance
price, which comes from outside in both: its ceiling is the mean of what a credit was worth.
"""

from typing import NamedTuple

import numpy as np
from scipy.special import ndtri

from experiments.mapping import MarketMap
from simulation.scenario import Scenario
from simulation.theory.curves import Curve, step_demand, step_supply
from simulation.theory.regimes import Regime, RegimeMap, regime_map
from simulation.world import World

__all__ = ["Polyline", "TheoryMap", "theory_of", "voluntary_curve"]

# Equal parts into which the spread between the occasions of one firm is cut.
PARTS = 40
NAMES = {
    Regime.ALLOWANCE_SETS_PRICE: ("allowance sets the price", "配额定价"),
    Regime.VOLUNTARY_ABOVE_ALLOWANCE: ("voluntary above it", "自愿高于配额"),
}


class Polyline(NamedTuple):
    """A line that theory draws over the maps.

    Attributes
    ----------
    points : sequence of pairs of float
        Voluntary demand and compliance room, both divided by annual issuance.
    label, label_zh : str
        Written at its last point that lies on the map.
    mechanism : str or None
        Pricing rule it belongs to; all of them where not given.
    """

    points: list[tuple[float, float]]
    label: str
    label_zh: str
    mechanism: str | None = None


class TheoryMap(NamedTuple):
    """Theory for one map.

    Attributes
    ----------
    map : RegimeMap
        On the axes of the map.
    cost_yuan_per_t : float
        For which a seller would sell: verification, with the fee of the exchange.
    ceiling_yuan_per_t : float
        Most that a compliance buyer would pay.
    supply_share : float
        Share of what is issued that can be sold: the buffer cannot.
    voluntary_alone_from : float
        Voluntary demand divided by issuance from which it lifts the price above the ceiling;
        infinite where nobody values a credit that high.
    lines : list of Polyline
    """

    map: RegimeMap
    cost_yuan_per_t: float
    ceiling_yuan_per_t: float
    supply_share: float
    voluntary_alone_from: float
    lines: list[Polyline]


def voluntary_curve(scenario: Scenario, seed: int) -> Curve:
    """Voluntary demand of a year: the values that the firms of a scenario draw.

    Parameters
    ----------
    scenario : Scenario
    seed : int

    Returns
    -------
    Curve

    Notes
    -----
    Each occasion counts as often as it arises and by its mean size; values are rounded to ten fen.
    Peers, budgets and planned purchases are left out (simplification of this theory).
    """
    firms, rules = World(scenario, seed).state.firms, scenario.voluntary
    tonnes = firms.occasions_per_year * firms.occasion_median_t
    kinds = np.array([
        (rules.neutrality_weight, 0.0), (rules.footprint_weight, 0.0),
        (rules.local_weight, rules.local_premium),
        (rules.collateral_weight, rules.collateral_premium),
    ])
    weights = kinds[:, 0] / kinds[:, 0].sum()
    spread = np.exp(rules.willingness_deviation * ndtri((np.arange(PARTS) + 0.5) / PARTS))
    median = firms.willingness * rules.willingness_scale
    values = median[:, None, None] * (1.0 + kinds[:, 1])[:, None] * spread
    values += rules.subsidy_yuan_per_t
    shares = np.broadcast_to(tonnes[:, None, None] * weights[:, None] / PARTS, values.shape)
    return step_demand(np.round(values.ravel(), 1), shares.ravel())


def _with_edge(axis: np.ndarray) -> np.ndarray:
    # The last cell reaches half a step beyond its value, and so do the lines.
    return np.append(axis, axis[-1] + (axis[-1] - axis[-2]) / 2) if len(axis) > 1 else axis


def _enough(unit: Curve, cost: float, supply: float, right: float, top: float) -> Polyline:
    """Where all who pay the cost of a seller buy all that there is."""
    _, wanted = unit.at(cost)
    # From the room at which compliance alone takes all, down to none or to the edge of the map.
    foot = (supply / wanted, 0.0) if wanted * right > supply else (right, supply - wanted * right)
    head = (0.0, supply) if supply <= top else ((supply - top) / wanted, top)
    return Polyline([head, foot], "demand meets supply", "供需相等")


def theory_of(scenario: Scenario, found: MarketMap, seed: int) -> TheoryMap:
    """Theory for a map.

    Parameters
    ----------
    scenario : Scenario
        Of the map.
    found : MarketMap
        Gives the axes and the mean of what a compliance buyer would pay.
    seed : int
        Of the firms.

    Returns
    -------
    TheoryMap

    Notes
    -----
    Competitive and static: all who would trade do, at one price a year; supply is what is issued in
    a year, less the buffer, at the cost of verification. The room is filled by anybody's demand for
    compliance; what it would pay is the mean over the months of the run.
    """
    ceiling = found.ceiling_yuan_per_t
    cost = scenario.verification.cost_yuan_per_t / (1.0 - scenario.market.exchange_fee_share)
    share = 1.0 - scenario.verification.buffer_share
    demand = voluntary_curve(scenario, seed)
    unit = demand.scaled(1.0 / demand.at(0.0)[1])
    columns, rows = _with_edge(found.voluntary_axis), _with_edge(found.room_axis)
    # Everything in units of one year's issuance.
    whole = regime_map(
        step_supply([cost], [share]), unit, ceiling, columns, rows, issuance_t=1.0,
        reference_price=0.0,
    )
    size = (slice(len(found.room_axis)), slice(len(found.voluntary_axis)))
    inside = whole._replace(
        voluntary_axis=found.voluntary_axis, room_axis=found.room_axis,
        **{name: getattr(whole, name)[size]
           for name in ("price", "voluntary_t", "compliance_t", "displaced_t", "regime")},
    )
    lines = [_enough(unit, cost, share, float(columns[-1]), float(rows[-1]))]
    for border in whole.boundaries:
        # The lowest line, without room, is the edge of the map.
        if border.line[:, 1].max() > 0.0:
            points = [(float(x), float(y)) for x, y in border.line]
            lines.append(Polyline(points, *NAMES[border.regimes[1]]))
    least, _ = unit.at(ceiling)
    alone = share / least if least > 0 else float("inf")
    return TheoryMap(inside, cost, ceiling, share, alone, lines)
