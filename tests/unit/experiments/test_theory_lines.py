"""Lines of theory on the maps: read from the scenario, and true to the solver beside them."""

import numpy as np
import pytest

from experiments.mapping import MarketMap
from experiments.theory_lines import theory_of, voluntary_curve
from simulation.scenario import load
from simulation.theory.curves import step_supply
from simulation.theory.regimes import Regime, two_demands

AXIS = np.array([0.0, 0.25, 0.5, 1.0, 2.0])


def blank(ceiling=69.0):
    """A map of which only the axes and the worth of a credit are known."""
    empty = np.full((len(AXIS), len(AXIS)), np.nan)
    return MarketMap("listing", AXIS, AXIS, empty, empty, empty, empty, 70.0, ceiling)


@pytest.fixture(scope="module")
def scenario():
    return load("china-counties")


def test_demand_is_what_the_firms_of_the_scenario_want(scenario):
    """Twice the willingness is the same curve at twice the price; more spread, more high values."""
    plain = voluntary_curve(scenario, 1)
    double = voluntary_curve(load("china-counties", {"voluntary.willingness_scale": 2.0}), 1)
    for price in (10.0, 30.0, 60.0):
        assert double.at(2 * price)[1] == pytest.approx(plain.at(price)[1], rel=0.01)
    wide = voluntary_curve(load("china-counties", {"voluntary.willingness_deviation": 0.8}), 1)
    assert wide.at(120.0)[1] > 2 * plain.at(120.0)[1]


def test_prices_of_theory_lie_between_cost_and_ceiling(scenario):
    theory = theory_of(scenario, blank(), seed=1)
    known = theory.map.price[np.isfinite(theory.map.price)]
    assert known.min() == pytest.approx(theory.cost_yuan_per_t)
    assert known.max() <= theory.ceiling_yuan_per_t
    assert theory.map.price.shape == (len(AXIS), len(AXIS))
    assert theory.ceiling_yuan_per_t == 69.0
    assert theory_of(scenario, blank(40.0), seed=1).map.price[-1, 0] == pytest.approx(40.0)


def test_on_either_side_of_a_line_the_solver_finds_the_regime_it_names(scenario):
    """Above the border of the limit the allowance sets the price, below it the limit binds."""
    theory = theory_of(scenario, blank(), seed=1)
    demand = voluntary_curve(scenario, 1)
    unit = demand.scaled(1.0 / demand.at(0.0)[1])
    supply = step_supply([theory.cost_yuan_per_t], [theory.supply_share])

    def at(strength, room):
        return two_demands(supply, unit.scaled(strength), room, theory.ceiling_yuan_per_t)

    border = next(line for line in theory.lines if line.label == "allowance sets the price")
    for x in (0.2, 0.9, 1.7):
        y = np.interp(x, *zip(*border.points, strict=True))
        assert at(x, y - 0.02).regime == Regime.LIMIT_BINDS
        assert at(x, y + 0.02).regime == Regime.ALLOWANCE_SETS_PRICE
    enough = next(line for line in theory.lines if line.label == "demand meets supply")
    (_, head), (foot, _) = enough.points
    for x in (0.1 * foot, 0.6 * foot):
        y = head * (1 - x / foot)
        assert at(x, y - 0.02).price == pytest.approx(theory.cost_yuan_per_t)
        assert at(x, y + 0.02).price > 2 * theory.cost_yuan_per_t


def test_supply_and_cost_are_read_from_the_scenario():
    changed = load("china-counties", {
        "verification.buffer_share": 0.4, "verification.cost_yuan_per_t": 3.0,
        "market.exchange_fee_share": 0.25,
    })
    theory = theory_of(changed, blank(), seed=1)
    assert theory.supply_share == pytest.approx(0.6)
    assert theory.cost_yuan_per_t == pytest.approx(4.0)
    (_, head), _ = theory.lines[0].points
    assert head == pytest.approx(0.6)


def test_lines_end_with_the_map():
    """Much demand for compliance: the border leaves the map at its side, not beyond."""
    narrow = MarketMap("listing", AXIS[:3], AXIS, *([np.zeros((5, 3))] * 4), 70.0, 69.0)
    theory = theory_of(load("china-counties"), narrow, seed=1)
    for line in theory.lines:
        for x, y in line.points:
            assert -1e-9 <= x <= 0.625 + 1e-9
            assert -1e-9 <= y <= 2.5 + 1e-9
