"""The path of the allowance price: worked examples."""

import math

import numpy as np
import pytest

from agents.vocabulary import PathKind
from simulation.allowance_price import next_allowance_price
from simulation.scenario import load
from simulation.world import World
from tests.helpers import both

CONSTANT, HISTORICAL, REVERTING, RECORD, ENDOGENOUS = (int(kind) for kind in PathKind)


def test_a_constant_price_only_grows_at_its_rate():
    """60 yuan/t, doubling in ten years; last month's price and the draw do not matter."""
    growth = math.log(2.0) / 10.0
    for price, luck in ((60.0, 0.0), (999.0, 3.0)):
        found = both(
            next_allowance_price, CONSTANT, price, 60.0, 42.85, growth, 10.0, 1.0, 0.3, luck
        )
        assert found == pytest.approx(120.0, rel=1e-14)


def test_an_endogenous_price_stays_until_firms_have_traded():
    found = both(next_allowance_price, ENDOGENOUS, 51.3, 60.0, 42.85, 0.1, 10.0, 1.0, 0.3, 2.0)
    assert found == 51.3


def test_the_historical_path_is_the_years_mean():
    """Nothing else is read."""
    found = both(next_allowance_price, HISTORICAL, 999.0, 60.0, 42.85, 0.1, 3.0, 1.0, 0.3, 2.0)
    assert found == 42.85


def test_a_path_leaves_the_record_where_it_ends():
    """The year's mean while there is one; from then on it returns to its level from the last."""
    rest = (0.0, 1.0, 12.0 * math.log(2.0), 0.3, 0.0)
    on = both(next_allowance_price, RECORD, 240.0, 60.0, 42.85, *rest)
    after = both(next_allowance_price, RECORD, 240.0, 60.0, math.nan, *rest)
    assert on == 42.85
    assert after == pytest.approx(120.0, rel=1e-14)


def test_the_county_world_follows_the_record():
    """96.03 in 2024, 62.36 in 2025, and no two equal months from 2026 on."""
    world = World(load("china-counties", {"months": 49}))
    world.run()
    price = world.state.monthly.allowance_price
    assert price[0] == 68.0  # December 2023
    assert (price[1:13] == 96.03).all()
    assert (price[13:25] == 62.36).all()
    assert len(np.unique(price[24:])) == 25


def test_the_price_returns_to_its_level():
    """At 12 ln 2 a year half the logarithmic gap closes in a month: 240 falls to 120."""
    rate = 12.0 * math.log(2.0)
    found = both(next_allowance_price, REVERTING, 240.0, 60.0, 0.0, 0.0, 1.0, rate, 0.3, 0.0)
    assert found == pytest.approx(120.0, rel=1e-14)


def test_without_reversion_the_price_is_a_random_walk():
    """A volatility of sqrt(12) ln 2 a year doubles the price with one deviation in a month."""
    volatility = math.sqrt(12.0) * math.log(2.0)
    found = both(
        next_allowance_price, REVERTING, 70.0, 60.0, 0.0, 0.0, 1.0, 0.0, volatility, 1.0
    )
    assert found == pytest.approx(140.0, rel=1e-13)


def test_slow_reversion_is_almost_none():
    """The deviation of a month is continuous where the speed goes to 0."""
    slow, none = (
        both(next_allowance_price, REVERTING, 70.0, 60.0, 0.0, 0.0, 1.0, speed, 0.5, 1.3)
        for speed in (1e-6, 0.0)
    )
    assert slow == pytest.approx(none, rel=1e-6)


@pytest.mark.parametrize("speed", [1e-17, 1e-14])
def test_hardly_any_reversion_is_almost_none(speed):
    """Speeds down to 0 are allowed; the deviation must not jump to nothing."""
    slow, none = (
        both(next_allowance_price, REVERTING, 70.0, 60.0, 0.0, 0.0, 1.0, each, 0.5, 1.3)
        for each in (speed, 0.0)
    )
    assert slow == pytest.approx(none, rel=1e-6)


def test_the_spread_settles_where_theory_says():
    """Ornstein-Uhlenbeck: the logarithm's variance ends at volatility^2 / (2 speed)."""
    speed, volatility = 6.0, 0.4
    decay = math.exp(-speed / 12.0)
    up = both(
        next_allowance_price, REVERTING, 60.0, 60.0, 0.0, 0.0, 1.0, speed, volatility, 1.0
    )
    monthly = math.log(up / 60.0) ** 2
    assert monthly / (1.0 - decay**2) == pytest.approx(volatility**2 / (2.0 * speed), rel=1e-12)


def test_the_historical_path_holds_its_ends():
    """Years on record are those of data/prices.csv; before and after them the nearest one holds."""
    world = World(load("tiny", {
        "allowance_price.path": "historical_annual", "start": "2019-01", "months": 120,
    }))
    world.run()
    prices = world.state.monthly.allowance_price[::12]
    np.testing.assert_array_equal(
        prices, [42.85, 42.85, 42.85, 55.3, 68.0, 96.03, 62.36, 62.36, 62.36, 62.36]
    )
