"""Prices against quantities: the closed form, drawn worlds, numerical integrals, the collar."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import minimize_scalar
from scipy.stats import norm

from simulation.errors import InputError
from simulation.theory.abatement import linear_mac
from simulation.theory.collar import collar_market
from simulation.theory.weitzman import (
    UncertainCost,
    advantage_of_price,
    best_collar,
    expected_loss,
    simulated_advantage,
)

patient = settings(max_examples=40)
slopes = st.floats(0.1, 5.0)


def case(benefit=1.0, cost=1.0, shock=10.0):
    return UncertainCost(
        cost_intercept=20.0, cost_slope=cost, benefit_intercept=100.0, benefit_slope=benefit,
        shock_sd=shock,
    )


CASES = [(0.5, 25.0), (1.0, 0.0), (2.0, -50.0)]


@pytest.mark.parametrize(("benefit", "expected"), CASES)
def test_weitzmans_formula(benefit, expected):
    """Cost 20 + theta + q with sd 10, benefit 100 - B q."""
    assert advantage_of_price(case(benefit)) == pytest.approx(expected, abs=1e-9)
    difference = expected_loss(case(benefit), math.inf) - expected_loss(case(benefit), 0.0)
    assert difference == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("benefit", "expected"), CASES)
def test_drawn_worlds_agree(benefit, expected):
    found = simulated_advantage(case(benefit), 0.0, 200_000, seed=1)
    # Where the slopes are equal nothing is left but rounding.
    assert found.mean == pytest.approx(expected, abs=4 * found.standard_error + 1e-9)
    # Not by accident: the error is small beside the differences.
    assert found.standard_error < 1.0


@patient
@given(slopes, slopes, st.floats(0.5, 30.0), st.floats(0.0, 60.0))
def test_the_loss_of_a_collar_against_numerical_integration(benefit, cost, shock, width):
    """Abatement at the clipped price in each world, against the best of that world."""
    this = case(benefit, cost, shock)
    cap = 80.0 / (benefit + cost)
    tax = 20.0 + cost * cap

    def lost(theta):
        price = min(max(20.0 + theta + cost * cap, tax - width), tax + width)
        off = (price - 20.0 - theta) / cost - (80.0 - theta) / (benefit + cost)
        return (benefit + cost) / 2 * off**2 * norm.pdf(theta, scale=shock)

    edges = sorted({-12 * shock, -min(width, 12 * shock), min(width, 12 * shock), 12 * shock})
    pieces = [quad(lost, low, high, epsabs=1e-12, limit=200)[0]
              for low, high in pairwise(edges)]
    assert expected_loss(this, width) == pytest.approx(sum(pieces), rel=1e-6, abs=1e-9)


@patient
@given(slopes, slopes, st.floats(0.5, 30.0))
def test_the_best_collar_against_a_search(benefit, cost, shock):
    this = case(benefit, cost, shock)
    width = best_collar(this)
    found = minimize_scalar(
        lambda h: expected_loss(this, h), bounds=(0, 12 * shock), method="bounded",
        options={"xatol": 1e-9},
    )
    assert expected_loss(this, width) <= found.fun * (1 + 1e-9)
    assert expected_loss(this, width) == pytest.approx(found.fun, rel=1e-6)


@patient
@given(slopes, slopes, st.floats(0.5, 30.0))
def test_a_collar_is_at_least_as_good_as_the_better_of_the_two(benefit, cost, shock):
    this = case(benefit, cost, shock)
    best = expected_loss(this, best_collar(this))
    assert best < min(expected_loss(this, 0.0), expected_loss(this, math.inf))


def test_a_level_benefit_wants_a_tax_and_a_steep_one_a_cap():
    assert best_collar(case(0.0)) == 0.0
    assert expected_loss(case(0.0), 0.0) == pytest.approx(0.0, abs=1e-12)
    steep = case(1e6)
    assert expected_loss(steep, best_collar(steep)) == pytest.approx(
        expected_loss(steep, math.inf), rel=1e-3
    )
    assert best_collar(case(5.0)) > best_collar(case(0.5))


def test_without_uncertainty_all_are_the_same():
    this = case(2.0, 1.0, 0.0)
    assert advantage_of_price(this) == 0.0
    assert best_collar(this) == 0.0
    assert expected_loss(this, 0.0) == expected_loss(this, 5.0) == 0.0


def test_a_world_under_the_collar_is_a_market_under_a_collar():
    """Two solvers agree on abatement in each of some worlds; emissions without a price vary."""
    this = case(2.0)
    width = best_collar(this)
    cap = this.best_quantity_t
    for theta in (-25.0, -5.0, 0.0, 8.0, 30.0):
        # MAC 20 + theta + q over up to 200 t of abatement.
        market = collar_market(
            linear_mac(220.0 + theta, 1.0), 200.0 - cap,
            floor=this.best_price - width, ceiling=this.best_price + width,
        )
        price = np.clip(20.0 + theta + cap, this.best_price - width, this.best_price + width)
        assert market.price == pytest.approx(price)
        assert 200.0 - market.emissions_t[0] == pytest.approx(price - 20.0 - theta)


def test_the_gain_of_the_best_collar_shows_in_drawn_worlds():
    this = case(2.0)
    width = best_collar(this)
    found = simulated_advantage(this, width, 200_000, seed=2)
    gain = expected_loss(this, math.inf) - expected_loss(this, width)
    assert found.mean == pytest.approx(gain, abs=4 * found.standard_error)
    assert found.mean > 100 * found.standard_error


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: case(-1.0), "benefit_slope = -1"),
        (lambda: case(1.0, 0.0), "cost_slope = 0"),
        (lambda: case(shock=math.nan), "shock_sd = nan"),
        (lambda: expected_loss(case(), -1.0), "half_width = -1"),
        (lambda: simulated_advantage(case(), 0.0, 1, 1), "draws = 1"),
    ],
)
def test_bad_numbers_are_refused(make, says):
    with pytest.raises(InputError, match=says):
        make()
