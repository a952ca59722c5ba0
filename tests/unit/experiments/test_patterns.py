"""Patterns of the record: verdicts keep to their rule, numbers are read from runs and trades."""

import numpy as np
import pytest

from experiments.patterns import PATTERNS, judged, patterns, verdict_of
from simulation.reference_data import record_months
from simulation.results import simulate
from simulation.scenario import load

NAMED = {pattern.name: pattern for pattern in PATTERNS}


@pytest.fixture(scope="module")
def run():
    return simulate(load("china-counties", {"months": record_months()}), 1)


@pytest.mark.parametrize(
    ("values", "verdict", "inside"),
    [([1.0, 3.0], "met", 0.0), ([2.0, 2.0, 9.0, 9.0], "partly", 0.5),
     ([2.0, 9.0, 9.0, 9.0], "partly", 0.25), ([2.0, 9.0, 9.0, 9.0, 9.0], "missed", 0.2),
     ([None, 2.0], "met", 1.0), ([None], "none", 0.0)],
)
def test_a_verdict_follows_the_mean_then_the_share_of_runs(values, verdict, inside):
    """The band is 1.5 to 2.5; a run without a number is left out."""
    assert verdict_of(values, 1.5, 2.5) == (verdict, pytest.approx(inside))


def test_the_record_is_read_from_the_trades():
    """The numbers of the reference facts come out of data/trades.csv."""
    assert NAMED["price_median_yuan_per_t"].real() == 30.0
    assert NAMED["size_median_t"].real() == 48_600
    assert NAMED["usual_price_share"].real() == pytest.approx(7 / 11)
    low, high = NAMED["first_deal_share"].band(None)
    assert (round(low, 2), round(high, 2)) == (0.26, 0.91)
    low, high = NAMED["cost_share"].band(None)
    assert (round(low, 2), round(high, 2)) == (0.06, 0.11)


def test_patterns_of_a_run_are_those_of_its_tables(run):
    """The same numbers out of the tidy tables, by other means."""
    deals = run.deals
    price = deals["price_yuan_per_t"]

    def found(name):
        return NAMED[name].of(run)

    assert found("price_median_yuan_per_t") == pytest.approx(price.median())
    assert found("usual_price_share") == pytest.approx(price.between(30.0, 38.1).mean())
    assert found("size_median_t") == deals["tonnes"].median()
    assert found("size_range_share") == deals["tonnes"].between(10_000, 151_000).mean()
    projects, firms = run.projects.set_index("name"), run.firms.set_index("name")
    sellers, buyers = projects.loc[deals["seller"]], firms.loc[deals["buyer"]]
    assert found("local_share") == np.mean(
        sellers["province"].to_numpy() == buyers["province"].to_numpy()
    )
    assert found("heavy_share") == (buyers["sector"] == "materials").mean()
    first = deals.drop_duplicates("seller").set_index("seller")
    verified = projects.loc[first.index, "verified_t"]
    assert found("first_deal_share") == pytest.approx((first["tonnes"] / verified).median())
    monthly = run.monthly.set_index("month")["allowance_price_yuan_per_t"]
    ratio = price / monthly.loc[deals["month"]].to_numpy()
    assert found("allowance_share") == pytest.approx(ratio.median())


def test_revenue_is_held_against_the_cost_of_the_land(run):
    """Twice the cost of treatment halves the share."""
    dear = simulate(load("china-counties", {
        "months": record_months(), "reinvestment.treatment_cost_yuan_per_ha": 17_600.0,
        "reinvestment.earmarked_share": 0.0,
    }), 1)
    plain = simulate(load("china-counties", {
        "months": record_months(), "reinvestment.earmarked_share": 0.0,
    }), 1)
    of = NAMED["cost_share"].of
    assert of(dear) == pytest.approx(of(plain) / 2)


def test_only_the_fitted_pattern_says_so():
    assert [pattern.name for pattern in PATTERNS if pattern.fitted] == ["price_median_yuan_per_t"]


def test_patterns_are_measured_in_the_months_of_the_record():
    """However long the scenario runs."""
    long, short = (
        patterns(load("china-counties", {"months": months}), 2, 1)
        for months in (40, record_months())
    )
    assert [found.found for found in long] == [found.found for found in short]


def test_a_world_without_deals_has_no_pattern():
    silent = simulate(load("tiny", {"voluntary.demand_scale": 0.0}), 1)
    assert {judged(pattern, [silent]).verdict for pattern in PATTERNS} == {"none"}
