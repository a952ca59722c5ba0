"""When a seller asks for verification, and what is measured: worked examples."""

import math

import numpy as np
import pytest

from agents.sellers.verification import (
    asks_for_verification,
    credited_share,
    measured_tonnes,
    next_slot,
    pending_worth,
    sampled_error,
    sampling_cost_factor,
)
from tests.helpers import both

# Growth 1,000 t/year, expected price 25.50, cost 0.50, fixed cost 50,000 yuan, 4 % a year:
# lot = sqrt(2 * 50,000 * 1,000 / (0.04 * 25)) = sqrt(1e8) = 10,000 t.
GROWTH, PRICE, COST, FIXED, RATE = 1000.0, 25.5, 0.5, 50_000.0, 0.04


def test_pending_tonnes_are_worth_their_margin():
    """1,000 t * (30 - 0.5) yuan/t."""
    assert both(pending_worth, 1000.0, 30.0, 0.5) == 29_500.0


@pytest.mark.parametrize(("pending", "asks"), [(9_999.0, False), (10_000.0, True), (2e5, True)])
def test_a_seller_waits_for_the_cheapest_lot(pending, asks):
    """The lot is 10,000 t, worth 250,000 yuan, five times the fixed cost."""
    assert both(asks_for_verification, pending, GROWTH, PRICE, COST, FIXED, RATE) == asks


def test_the_lot_is_the_cheapest_one():
    """Harris (1913): fixed cost and interest of a year, minimised over all lots by brute force."""
    lots = np.arange(1000.0, 50_000.0, 1.0)
    cost = FIXED * GROWTH / lots + RATE * (PRICE - COST) * lots / 2.0
    assert lots[np.argmin(cost)] == 10_000.0


@pytest.mark.parametrize(("pending", "asks"), [(2000.0, False), (2001.0, True)])
def test_verification_must_be_worth_its_fixed_cost(pending, asks):
    """Without growth the lot is 0, so only 2,000 t * 25 yuan = 50,000 yuan counts."""
    assert both(asks_for_verification, pending, 0.0, PRICE, COST, FIXED, RATE) == asks


def test_a_stock_that_shrinks_needs_no_lot():
    """Negative growth counts as none: the root of a negative number would not be one."""
    assert both(asks_for_verification, 2001.0, -5.0, PRICE, COST, FIXED, RATE)


@pytest.mark.parametrize("price", [0.5, 0.4, 0.0])
def test_nobody_verifies_for_a_price_below_the_cost(price):
    """No margin, no verification, however much has grown."""
    assert not both(asks_for_verification, 1e9, GROWTH, price, COST, 0.0, RATE)


def test_less_than_a_tonne_is_never_verified():
    """Nothing could be credited, even where verification is free."""
    assert not both(asks_for_verification, 0.999, 0.0, PRICE, COST, 0.0, RATE)
    assert both(asks_for_verification, 1.0, 0.0, PRICE, COST, 0.0, RATE)


@pytest.mark.parametrize(
    ("inflation", "lenience", "normal", "measured"),
    [
        (0.0, 0.0, 0.0, 1000.0),
        (0.0, 0.0, 1.0, 1100.0),  # one deviation of 10 % too much
        (0.0, 0.0, -2.0, 800.0),
        (0.2, 0.0, 1.0, 1320.0),  # 1,000 * 1.2 * 1.1
        (0.2, 0.5, 1.0, 1980.0),  # and the verifier adds half to that
        (-0.5, 0.0, 0.0, 500.0),
        (0.0, 0.0, -10.5, 0.0),  # 1 - 1.05 is below nothing
        (-1.5, 0.0, -10.5, 0.0),  # twice below nothing is not above it
    ],
)
def test_measurement_errs_in_proportion(inflation, lenience, normal, measured):
    """1,000 t removed in truth, deviation 10 %."""
    found = both(measured_tonnes, 1000.0, inflation, lenience, 0.1, normal)
    assert found == pytest.approx(measured, rel=1e-14)


def test_measurement_is_right_on_average():
    """The mean over a standard normal is what was removed (an error of 10 % never reaches 0)."""
    points, weights = np.polynomial.hermite_e.hermegauss(20)
    values = [both(measured_tonnes, 1000.0, 0.0, 0.0, 0.1, point) for point in points.tolist()]
    assert weights @ values / math.sqrt(2.0 * math.pi) == pytest.approx(1000.0, rel=1e-12)


@pytest.mark.parametrize(
    ("effort", "error", "factor"), [(1.0, 0.1, 1.0), (4.0, 0.05, 2.5), (0.25, 0.2, 0.625)]
)
def test_four_times_the_plots_halve_the_error(effort, error, factor):
    """And where half of the cost goes with them, it rises by half of three times itself."""
    assert both(sampled_error, 0.1, effort) == pytest.approx(error, rel=1e-15)
    assert both(sampling_cost_factor, effort, 0.5) == factor
    assert both(sampling_cost_factor, effort, 0.0) == 1.0


@pytest.mark.parametrize(
    ("standard_errors", "screening", "without", "share"),
    [
        (0.0, 0.0, 1.0, 0.95),
        (1.0, 0.0, 1.0, 0.85),  # a standard error of 10 % more
        (0.0, 0.8, 1.0, 0.19),  # nothing is additional, four fifths of that are found
        (0.0, 0.8, 0.5, 0.57),
        (0.0, 0.8, 0.0, 0.95),
        (0.0, 1.0, 7.0, 0.0),  # more without credits than with them is still all
        (0.0, 1.0, -1.0, 0.95),
        (5.0, 0.0, 0.0, 0.45),
    ],
)
def test_what_is_credited_of_a_measured_tonne(standard_errors, screening, without, share):
    """5 % off in any case."""
    found = both(credited_share, 0.05, standard_errors, 0.1, screening, without)
    assert found == pytest.approx(share, rel=1e-14)


def test_a_deduction_beyond_everything_leaves_nothing():
    """Not less than nothing."""
    assert both(credited_share, 0.5, 5.0, 0.2, 0.0, 0.0) == 0.0


def test_a_verifier_with_two_hands_works_in_order():
    """Five requests in one month, two can end in any: they end in months 10, 10, 11, 11 and 12."""
    month, taken, ends = 0, 0, []
    for _ in range(5):
        month, taken = both(next_slot, 10, month, taken, 2)
        ends.append(month)
    assert ends == [10, 10, 11, 11, 12]
    assert both(next_slot, 14, month, taken, 2) == (14, 1)
    assert both(next_slot, 11, month, taken, 0) == (11, 1)
