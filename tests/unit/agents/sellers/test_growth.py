"""Growth of stands: worked examples, and the figures that the parameters claim."""

import math

import numpy as np
import pytest

from agents.sellers.growth import (
    GrowthParameters,
    MeasureTable,
    plant_stock,
    soil_stock,
    weather_factor,
)
from agents.vocabulary import Measure
from tests.helpers import both

LN2 = math.log(2.0)


@pytest.mark.parametrize(
    ("age", "shape", "stock"),
    [
        (10.0, 1.0, 50.0),  # 100 * (1 - 1/2)
        (10.0, 2.0, 25.0),  # 100 * (1/2)^2
        (20.0, 2.0, 56.25),  # 100 * (3/4)^2
        (30.0, 3.0, 66.9921875),  # 100 * (7/8)^3 = 100 * 343/512
    ],
)
def test_plants_follow_chapman_richards(age, shape, stock):
    """At a rate of ln 2 / 10 what is missing halves every ten years."""
    assert both(plant_stock, age, 100.0, LN2 / 10.0, shape) == pytest.approx(stock, rel=1e-14)


@pytest.mark.parametrize("age", [0.0, -1.0])
def test_nothing_is_stored_before_treatment(age):
    """Both pools start empty, also for a shape below 1, whose slope at 0 is infinite."""
    assert both(plant_stock, age, 100.0, 0.1, 0.5) == 0.0
    assert both(soil_stock, age, 100.0, 0.1) == 0.0


def test_both_pools_end_at_their_asymptote():
    """exp(-0.1 * 1000) is 4e-44: nothing is missing any more."""
    assert both(plant_stock, 1000.0, 120.0, 0.1, 2.5) == 120.0
    assert both(soil_stock, 1000.0, 48.0, 0.1) == 48.0


def test_soil_fills_half_its_room_in_a_half_life():
    """40 * (1 - 1/2) = 20 after 25 years at ln 2 / 25, and 30 after 50."""
    assert both(soil_stock, 25.0, 40.0, LN2 / 25.0) == pytest.approx(20.0, rel=1e-14)
    assert both(soil_stock, 50.0, 40.0, LN2 / 25.0) == pytest.approx(30.0, rel=1e-14)


def test_weather_of_no_deviation_changes_nothing():
    """exp(0) is 1, whatever is drawn."""
    assert both(weather_factor, 0.0, 3.7) == 1.0


def test_a_median_month_lies_below_the_mean_month():
    """exp(-0.25^2 / 2) = exp(-0.03125) = 0.9692332..."""
    assert both(weather_factor, 0.25, 0.0) == pytest.approx(0.9692332344763441, rel=1e-14)


@pytest.mark.parametrize("deviation", [0.1, 0.25, 1.0])
def test_weather_is_right_on_average(deviation):
    """The mean over a standard normal, by Gauss-Hermite quadrature, is 1."""
    points, weights = np.polynomial.hermite_e.hermegauss(60)
    values = [both(weather_factor, deviation, point) for point in points.tolist()]
    assert weights @ values / math.sqrt(2.0 * math.pi) == pytest.approx(1.0, rel=1e-10)


def test_planted_forest_grows_fastest_at_eleven_years():
    """The docstring of `MeasureTable` says so: ln(2.5) / 0.08 = 11.45."""
    forest = MeasureTable().protection_forest
    ages = np.arange(0.0, 60.0, 0.01)
    stocks = [
        plant_stock(age, forest.plant_asymptote_t_per_ha, forest.plant_rate_per_year,
                    forest.plant_shape)
        for age in ages.tolist()
    ]
    fastest = ages[np.argmax(np.diff(stocks))]
    assert fastest == pytest.approx(math.log(2.5) / 0.08, abs=0.02)
    assert int(fastest) == 11


def test_planted_soil_gains_what_is_reported():
    """1.2 to 1.4 t/ha a year over 22 years, from cropland turned to forest."""
    forest = MeasureTable().protection_forest
    gain = soil_stock(22.0, forest.soil_asymptote_t_per_ha, forest.soil_rate_per_year) / 22.0
    assert 1.2 <= gain <= 1.4
    assert gain == pytest.approx(1.28, abs=0.005)


def test_check_dams_start_at_seventeen_tonnes():
    """Reported deposits of new dams: 425 t/ha at 4 % a year."""
    dam = MeasureTable().check_dam
    first_day = 1.0 / 365.0
    rate = soil_stock(first_day, dam.soil_asymptote_t_per_ha, dam.soil_rate_per_year) / first_day
    assert rate == pytest.approx(17.0, rel=1e-3)


def test_every_measure_has_its_growth():
    """A measure that is added to the vocabulary must be given numbers, in the same order."""
    table = MeasureTable()
    assert [measure.name.lower() for measure in Measure] == list(type(table).model_fields)
    for measure in Measure:
        growth = table.of(measure)
        assert growth is getattr(table, measure.name.lower())
        assert growth.plant_asymptote_t_per_ha + growth.soil_asymptote_t_per_ha > 0


def test_a_years_weather_deviates_by_seven_percent():
    """Assumption A4: twelve independent months of 25 % make 0.25 / sqrt(12) = 7.2 %."""
    deviation = GrowthParameters().weather_deviation
    assert deviation / math.sqrt(12.0) == pytest.approx(0.072, abs=0.001)
