"""Agents in the worlds of B13."""

import math

import pytest

from experiments.claims.b13_agents import label_of, traded
from simulation.theory.regimes import Regime


@pytest.mark.parametrize(("world", "price", "voluntary", "compliance", "regime"), [
    ((40, 0, 60), 24.0, 28.0, 0.0, Regime.VOLUNTARY_ONLY),
    ((40, 30, 60), 36.0, 22.0, 30.0, Regime.LIMIT_BINDS),
    ((40, 30, 30), 30.0, 25.0, 15.0, Regime.ALLOWANCE_SETS_PRICE),
    ((100, 30, 30), 48.0, 76.0, 0.0, Regime.VOLUNTARY_ABOVE_ALLOWANCE),
])
def test_truthful_agents_make_the_four_worked_cases(world, price, voluntary, compliance, regime):
    """The table of the benchmark, by orders of ten tonnes in a call auction."""
    found = traded(*world)
    assert found == pytest.approx((price, voluntary, compliance), abs=0.2)
    assert label_of(found[0], found[2], world[1], world[2]) == regime


def test_a_market_without_trade_has_no_price_and_no_regime():
    """Nobody wants what costs ten."""
    found = traded(3.0, 5.0, 8.0)
    assert math.isnan(found[0])
    assert label_of(found[0], found[2], 5.0, 8.0) == Regime.NO_TRADE
