"""Fans over replicates, and that a comparison is the same run by run or at once."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from experiments.comparing import compare
from experiments.series_compared import (
    QUANTILES,
    RunSeries,
    Span,
    by_quantile,
    comparison_of,
    fan,
    replicate_runs,
    span_of,
)
from simulation.errors import InputError
from simulation.scenario import load


def _run(start: int, volume: list[float], price: float = 10.0) -> RunSeries:
    traded = np.array(volume, dtype=float)
    return RunSeries(start, traded * price, traded, traded.cumsum(), traded.cumsum() / 2)


def test_a_comparison_run_by_run_is_that_of_the_command_line():
    scenarios = [load("tiny"), load("tiny-eligible", {"market.mechanism": "call_auction"})]
    rows = [[replicate_runs(scenario, 7, number) for scenario in scenarios] for number in range(3)]
    assert comparison_of(scenarios, rows, 7) == compare(scenarios, replicates=3, base_seed=7)


def test_quantiles_are_those_of_numpy_where_values_are_missing():
    rows = np.random.default_rng(1).normal(size=(7, 5))
    rows[2:5, 1] = rows[:6, 3] = np.nan
    assert_allclose(by_quantile(rows, QUANTILES), np.nanquantile(rows, QUANTILES, axis=0))
    rows[:, 2] = np.nan
    assert np.isnan(by_quantile(rows, QUANTILES)[:, 2]).all()


def test_a_month_without_trade_has_no_price_and_counts_against_the_share():
    runs = [_run(24, [0, 4, 4], price) for price in (10.0, 20.0)] + [_run(24, [0, 0, 2], 30.0)]
    found = fan(runs, "price_yuan_per_t", Span(24, 27))
    assert found.periods == ["0002-01", "0002-02", "0002-03"]
    assert_allclose(found.share, [0, 2 / 3, 1])
    assert_allclose(found.quantiles[2], [np.nan, 15, 20])


def test_months_outside_a_scenario_have_neither_value_nor_share():
    found = fan([_run(25, [0, 1])], "volume_t", Span(24, 28))
    assert_allclose(found.quantiles[2], [np.nan, 0, 1, np.nan])
    assert_allclose(found.share, [np.nan, 1, 1, np.nan])
    price = fan([_run(25, [0, 1])], "price_yuan_per_t", Span(24, 28))
    assert_allclose(price.share, [np.nan, 0, 1, np.nan])


def test_years_are_whole_ones_the_price_weighted_by_volume():
    volume = [5.0] + [1.0] * 11 + [3.0] + [7.0]
    run = _run(23, volume)
    run.value_yuan[12] = 60.0
    span = Span(23, 37)
    assert fan([run], "volume_t", span, "year").periods == ["0002"]
    assert_allclose(fan([run], "volume_t", span, "year").quantiles[2], [14])
    assert_allclose(fan([run], "retired_t", span, "year").quantiles[2], [19])
    assert_allclose(
        fan([run], "price_yuan_per_t", span, "year").quantiles[2], [(11 * 10 + 60) / 14]
    )
    # In part only: no value, rather than a small one.
    wider = fan([run], "volume_t", Span(12, 48), "year")
    assert_allclose(wider.quantiles[2], [np.nan, 14, np.nan])


def test_volume_and_retirement_agree_with_the_outcomes_of_the_run():
    scenario = load("tiny-eligible")
    found = replicate_runs(scenario, 1, 0)
    assert found.series.volume_t.sum() == found.outcomes["volume_t"]
    assert_allclose(found.series.additional_t[-1], found.outcomes["additional_t"])
    assert span_of([scenario]) == (scenario.start, scenario.start + scenario.months)


def test_an_unknown_series_is_refused():
    with pytest.raises(InputError, match="volume_t"):
        fan([_run(24, [1])], "volume", Span(24, 25))
