"""The map: price and volume over voluntary demand and compliance room, both per tonne issued.

Three hundred average covered firms could swallow many times what sixty counties issue, so scale
alone would decide every answer. The map makes scale its axes: voluntary demand and compliance room,
each divided by annual issuance.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from agents.buyers.compliance import compliance_limit
from experiments.seeds import replicate_seed
from experiments.workers import Workers, workers
from simulation.scenario import Scenario
from simulation.world import World

__all__ = ["MarketMap", "Scales", "ceiling_of", "market_map", "runs", "scales_of"]


class Scales(NamedTuple):
    """What a world issues, wants and could surrender in a year, t/year.

    Attributes
    ----------
    issuance_t : float
        Mean yearly issuance, in the months in which the credit is eligible where there are any.
    voluntary_t : float
        Tonnes that voluntary occasions ask for, whatever the price.
    room_t : float
        Credits that the offset limit would allow with the whole room open to them.
    """

    issuance_t: float
    voluntary_t: float
    room_t: float


class MarketMap(NamedTuple):
    """Outcomes over the two axes, for one pricing rule.

    Attributes
    ----------
    mechanism : str
    voluntary_axis : float array, shape (v,)
        Voluntary demand divided by issuance.
    room_axis : float array, shape (r,)
        Compliance room divided by issuance.
    price_yuan_per_t : float array, shape (r, v)
        Mean price over replicates; NaN where nothing was traded.
    voluntary_share, compliance_share : float array, shape (r, v)
        Traded tonnes divided by issued tonnes.
    room_used : float array, shape (r, v)
        Bought for compliance, divided by what could be surrendered in the run; NaN without room.
    allowance_price_yuan_per_t : float
        Mean allowance price of the runs.
    ceiling_yuan_per_t : float
        Most that a compliance buyer would pay, its mean over the months of the runs.
    replicates : int
        Runs of each point.
    """

    mechanism: str
    voluntary_axis: np.ndarray
    room_axis: np.ndarray
    price_yuan_per_t: np.ndarray
    voluntary_share: np.ndarray
    compliance_share: np.ndarray
    room_used: np.ndarray
    allowance_price_yuan_per_t: float
    ceiling_yuan_per_t: float
    replicates: int = 1


def scales_of(scenario: Scenario, seed: int) -> Scales:
    """Scales of a world at voluntary demand 1 and with the whole compliance room open.

    Parameters
    ----------
    scenario : Scenario
    seed : int

    Returns
    -------
    Scales
    """
    world = World(_scaled(scenario, 1.0, 1.0), seed)
    world.run()
    firms, monthly = world.state.firms, world.state.monthly
    # Where the credit becomes eligible in the course of a run, the years since then count.
    counted = monthly.eligible if monthly.eligible.any() else np.ones(len(monthly), dtype=bool)
    issuance = float(monthly.issued_t[counted].sum()) * 12 / int(counted.sum())
    deviation = scenario.voluntary.size_deviation
    # Mean of a lognormal occasion size is its median times exp(deviation squared / 2).
    sizes = firms.occasions_per_year * firms.occasion_median_t * np.exp(0.5 * deviation**2)
    # One obligation is reported every January, settled by now or still open.
    obligations = int((monthly.month % 12 == 0).sum())
    owed = float((firms.settled_emissions_t + firms.obligation_t).sum())
    room = owed * _limit(scenario) / obligations if obligations else 0.0
    return Scales(issuance, float(sizes.sum()), room)


def _limit(scenario: Scenario) -> float:
    """Credits for each tonne of obligation, with the whole room open."""
    return scenario.compliance.offset_limit / scenario.compliance.discount_ratio


def _scaled(scenario: Scenario, demand_scale: float, room_share: float) -> Scenario:
    voluntary = scenario.voluntary.model_copy(update={"demand_scale": demand_scale})
    compliance = scenario.compliance.model_copy(update={"room_share": room_share})
    return scenario.model_copy(update={"voluntary": voluntary, "compliance": compliance})


def runs(voluntary_axis: Sequence[float], room_axis: Sequence[float], replicates: int) -> int:
    """Number of runs of one map."""
    return len(voluntary_axis) * len(room_axis) * replicates


class Point(NamedTuple):
    """What one run came to.

    Attributes
    ----------
    value_yuan, volume_t, issued_t, voluntary_t, compliance_t : float
    room_t : float
        Credits that could be surrendered for the obligations of the run.
    allowance_price_yuan_per_t, ceiling_yuan_per_t : float
        Means over the months of the run.
    """

    value_yuan: float
    volume_t: float
    issued_t: float
    voluntary_t: float
    compliance_t: float
    room_t: float
    allowance_price_yuan_per_t: float
    ceiling_yuan_per_t: float


def ceiling_of(scenario: Scenario, allowance_price: np.ndarray) -> float:
    """Most that a compliance buyer would pay for a credit, mean over months.

    Parameters
    ----------
    scenario : Scenario
    allowance_price : float array
        yuan/t, one a month.

    Returns
    -------
    float
        yuan/t.
    """
    rules = scenario.compliance
    return float(np.mean([
        compliance_limit(
            price, rules.rival_price_yuan_per_t, rules.quality_premium_yuan_per_t,
            rules.discount_ratio, rules.transaction_cost_yuan_per_t,
        )
        for price in allowance_price
    ]))


def _point(scenario: Scenario, seed: int) -> Point:
    world = World(scenario, seed)
    world.run()
    monthly = world.state.monthly
    firms = world.state.firms
    owed = float((firms.settled_emissions_t + firms.obligation_t).sum())
    columns = ("volume_t", "issued_t", "voluntary_t", "compliance_t")
    return Point(
        monthly.value_fen.sum() / 100, *(float(monthly[name].sum()) for name in columns),
        owed * _limit(scenario) * scenario.compliance.room_share,
        float(monthly.allowance_price.mean()), ceiling_of(scenario, monthly.allowance_price),
    )


def market_map(
    scenario: Scenario,
    voluntary_axis: Sequence[float],
    room_axis: Sequence[float],
    *,
    replicates: int = 2,
    base_seed: int = 1,
    advance: Callable[[], None] = lambda: None,
    spread: Workers | None = None,
) -> MarketMap:
    """Run a world over both axes.

    Parameters
    ----------
    scenario : Scenario
        With its pricing rule and its compliance rules.
    voluntary_axis, room_axis : sequence of float
        Divided by annual issuance.
    replicates : int
    base_seed : int
    advance : callable
        Called after every run.
    spread : callable, optional
        Processes of `experiments.workers.workers`; this one where not given.

    Returns
    -------
    MarketMap
    """
    seeds = [replicate_seed(base_seed, replicate) for replicate in range(replicates)]
    tasks = []
    for seed in seeds:
        scales = scales_of(scenario, seed)
        factor = scales.issuance_t / scales.voluntary_t if scales.voluntary_t else 0.0
        for room in room_axis:
            share = min(room * scales.issuance_t / scales.room_t, 1.0) if scales.room_t else 0.0
            tasks += [
                (_scaled(scenario, demand * factor, share), seed) for demand in voluntary_axis
            ]
    with workers(1) as here:
        points = (spread or here)(_point, tasks, advance)
    shape = (replicates, len(room_axis), len(voluntary_axis), len(Point._fields))
    total = np.array(points, dtype=float).reshape(shape).sum(axis=0)
    value, volume, issued, voluntary, compliance, room, *means = np.moveaxis(total, -1, 0)
    price, used = np.full((2, *volume.shape), np.nan)
    np.divide(value, volume, out=price, where=volume > 0)
    np.divide(compliance, room, out=used, where=room > 0)
    allowance, ceiling = (float(mean.mean()) / replicates for mean in means)
    return MarketMap(
        scenario.market.mechanism, np.array(voluntary_axis), np.array(room_axis), price,
        voluntary / issued, compliance / issued, used, allowance, ceiling, replicates,
    )
