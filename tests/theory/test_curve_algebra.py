"""Curves made of curves, against plain evaluation point by point."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from simulation.theory.combine import (
    area_to,
    clipped,
    constant,
    inverse,
    mirrored_prices_at,
    near,
    substituted,
)
from simulation.theory.curves import (
    linear_demand,
    linear_supply,
    prices_at,
    step_demand,
    step_supply,
    total,
)

steps = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9)), min_size=1, max_size=4)
supplies = st.one_of(
    st.builds(linear_supply, st.floats(-30, 30), st.floats(0.1, 4)),
    st.builds(lambda rows: step_supply(*zip(*rows, strict=True)), steps),
)
demands = st.one_of(
    st.builds(lambda end, fall: linear_demand(end, -fall), st.floats(1, 50), st.floats(0.1, 4)),
    st.builds(lambda rows: step_demand(*zip(*rows, strict=True)), steps),
)
curves = st.one_of(supplies, demands)
# Off the whole numbers, where steps are.
PRICES = np.array([0.0, 0.37, 1.41, 3.3, 7.77, 12.5, 19.9, 26.1, 80.3])


def value(curve, price):
    """Just above the price; the curves of these tests do not jump at it but at 0."""
    return float(curve.around(price)[1])


@given(st.lists(curves, min_size=1, max_size=3), st.lists(curves, max_size=2))
def test_a_sum_is_the_sum_at_each_price(parts, less):
    found = total(*parts, less=less)
    for price in PRICES:
        expected = sum(value(part, price) for part in parts) - sum(
            value(part, price) for part in less
        )
        assert value(found, price) == pytest.approx(expected, abs=1e-9)


@given(curves, st.floats(0.3, 3.0), st.floats(-9.3, 9.3))
def test_another_price_is_the_curve_at_that_price(curve, scale, shift):
    found = substituted(curve, scale, shift)
    for price in PRICES[1:]:
        at = scale * price + shift
        if np.abs(curve.prices - at).min() > 1e-6:
            expected = value(curve, at) if at > 0 else float(curve.below[0])
            assert value(found, price) == pytest.approx(expected, abs=1e-9)


@given(curves, st.floats(-5, 20), st.floats(0, 30))
def test_bounds_cut_the_tonnes(curve, least, width):
    for low, high in ((least, least + width), (least, math.inf), (-math.inf, least)):
        found = clipped(curve, low, high)
        for price in PRICES:
            assert value(found, price) == pytest.approx(
                min(max(value(curve, price), low), high), abs=1e-9
            )


@given(curves, st.sampled_from(PRICES.tolist()))
def test_the_area_is_the_integral(curve, price):
    kinks = curve.prices[(curve.prices > 0) & (curve.prices < price)]
    expected, _ = quad(lambda at: value(curve, at), 0, price, points=kinks if len(kinks) else None)
    assert area_to(curve, price) == pytest.approx(expected, rel=1e-6, abs=1e-6)


@given(supplies, st.floats(0.05, 60))
def test_a_rising_curve_is_below_before_and_above_after(supply, tonnes):
    low, high = prices_at(supply, tonnes)
    assert low <= high
    if math.isfinite(low):
        assert supply.around(low + 1e-7)[1] >= tonnes - 1e-6
        if low > 1e-6:
            assert supply.around(low - 1e-7)[1] < tonnes
    if math.isfinite(high):
        assert supply.around(high + 1e-7)[1] > tonnes
    # A falling curve is a rising one upside down.
    assert mirrored_prices_at(supply.scaled(-1.0), -tonnes) == pytest.approx((low, high))


@given(st.one_of(supplies, demands), st.floats(0.05, 60))
def test_the_inverse_gives_the_price_at_which_the_curve_has_those_tonnes(curve, tonnes):
    rises = curve.above[-1] > curve.below[0] or curve.slope > 0
    low, high = (prices_at if rises else mirrored_prices_at)(curve, tonnes)
    found = inverse(curve, beyond=99.0 if rises else 0.0)
    if not math.isfinite(low):
        assert value(found, tonnes) == 99.0
    elif high - low < 1e-9 and np.abs(found.prices - tonnes).min() > 1e-6:
        assert value(found, tonnes) == pytest.approx(low, abs=1e-6)


@given(demands, st.integers(0, 20))
def test_a_jump_is_found_where_the_last_digits_miss_it(demand, price):
    exact = demand.at(price)
    for missed in (price * (1 + 1e-15), price * (1 - 1e-15)):
        assert near(demand, missed) == pytest.approx(exact, abs=1e-9)
    assert near(demand, price) == exact


def test_a_constant_is_the_same_at_every_price():
    assert [value(constant(-3.0), price) for price in PRICES] == [-3.0] * len(PRICES)
