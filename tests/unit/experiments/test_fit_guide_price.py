"""The fitted price level is the one that ships."""

import pytest

from experiments.fit_guide_price import early_median, fitted_guide_price, median_price
from simulation.scenario import load


def test_the_median_of_the_real_trades():
    """Eleven priced deals, four of them at exactly 30."""
    assert median_price() == 30.0


def test_the_county_world_ships_the_fitted_guide_price():
    """With it, the median price of the first months is that of the real trades."""
    shipped = load("china-counties").quote.guide_price_yuan_per_t
    assert shipped == fitted_guide_price()
    assert early_median({}) == pytest.approx(median_price(), abs=0.05)


def test_willingness_to_pay_alone_would_not_reach_it():
    """At a guide price of 30 agreements lie above it, however little buyers would pay."""
    for scale in (0.7, 1.3):
        changes = {"quote.guide_price_yuan_per_t": 30.0, "voluntary.willingness_scale": scale}
        assert early_median(changes, replicates=10) > 32.0
