"""A firm's emissions: worked examples of every rule."""

import math

import numpy as np
import pytest

from agents.buyers.emissions import abated_share, abatement_cost, next_activity
from tests.helpers import both


@pytest.mark.parametrize(
    ("growth", "deviation", "normal", "after"),
    [
        (0.0, 0.0, 5.0, 100.0),  # no growth, no shock
        (math.log(1.02), 0.0, 5.0, 102.0),
        (0.0, math.log(2.0), 1.0, 157.28994),  # 200 * exp(-ln(2)^2 / 2)
        (0.0, 0.05, 0.0, 99.875078),  # 100 * exp(-0.00125)
    ],
)
def test_activity_walks_in_logarithms(growth, deviation, normal, after):
    """From 100 t, one year on."""
    found = both(next_activity, 100.0, growth, deviation, normal)
    assert found == pytest.approx(after, rel=1e-6)


@pytest.mark.parametrize("deviation", [0.05, 0.5])
def test_activity_grows_at_its_rate_on_average(deviation):
    """The mean over a standard normal is exp(growth), whatever the deviation."""
    points, weights = np.polynomial.hermite_e.hermegauss(40)
    values = [both(next_activity, 1.0, 0.03, deviation, point) for point in points.tolist()]
    assert weights @ values / math.sqrt(2.0 * math.pi) == pytest.approx(math.exp(0.03), rel=1e-12)


@pytest.mark.parametrize(
    ("price", "share"), [(0.0, 0.0), (62.36, 0.06236), (300.0, 0.3), (900.0, 0.3), (-5.0, 0.0)]
)
def test_a_firm_abates_until_it_costs_the_price(price, share):
    """Marginal cost is 1,000 yuan/t times the share; no more than 30 % can be abated."""
    assert both(abated_share, price, 1000.0, 0.3) == pytest.approx(share, rel=1e-14)


def test_abatement_costs_the_area_under_its_curve():
    """A triangle: half of 10 % of 100 t at up to 100 yuan/t is 500 yuan."""
    assert both(abatement_cost, 0.1, 1000.0, 100.0) == pytest.approx(500.0, rel=1e-14)
    assert both(abatement_cost, 0.0, 1000.0, 100.0) == 0.0
    steps = (np.arange(1000) + 0.5) * 0.1 / 1000
    area = (1000.0 * steps * 100.0 * 0.1 / 1000).sum()
    assert both(abatement_cost, 0.1, 1000.0, 100.0) == pytest.approx(area, rel=1e-12)
