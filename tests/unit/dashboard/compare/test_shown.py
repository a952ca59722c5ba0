"""Charts, table and files say what the comparison holds."""

import csv
import io
import json

import numpy as np
import pytest
from numpy.testing import assert_allclose

from dashboard.compare.charts import (
    COLOURS,
    fan_option,
    fan_update,
    legend_room,
    lowest_share,
    scaled,
    series_note,
    share_update,
)
from dashboard.compare.choices import MOST_VARIANTS
from dashboard.compare.numbers import names_of, outcome_rows, outcomes_csv, series_csv
from experiments.comparing import Comparison, Variant, compare
from experiments.language import LANGUAGES
from experiments.overview import PANELS
from experiments.series_compared import (
    QUANTILES,
    SERIES,
    Fan,
    fan,
    replicate_runs,
    span_of,
)
from simulation.outcomes import OUTCOMES
from simulation.scenario import load

PRICE, VOLUME = SERIES[0], SERIES[1]


@pytest.fixture(scope="module")
def comparison():
    return compare([load("tiny"), load("tiny-eligible")], replicates=4, base_seed=3)


@pytest.fixture(scope="module")
def fans(comparison):
    scenarios = [variant.scenario for variant in comparison.variants]
    return [
        {series.name: fan(
            [replicate_runs(scenario, 3, number).series for number in range(4)],
            series.name, span_of(scenarios),
        ) for series in SERIES}
        for scenario in scenarios
    ]


def _fan(rows: list[list[float]], share: list[float]) -> Fan:
    return Fan([f"20{place:02d}" for place in range(len(share))], np.array(rows),
               np.array(share))


def _data(update: dict, key: str) -> list:
    return next(part["data"] for part in update["series"] if part["id"] == key)


def test_every_variant_has_a_colour_of_its_own():
    assert len(set(COLOURS)) == len(COLOURS) >= MOST_VARIANTS


def test_bands_stacked_on_each_other_end_at_the_quantiles():
    found = scaled(PRICE, [_fan([[1, 2], [2, 4], [3, 6], [5, 8], [9, 10]], [1, 1])], "yuan", "en")
    update = fan_update([0], found)
    parts = [_data(update, f"0-{band}") for band in ("low", "outer-low", "inner", "outer-high")]
    assert_allclose(np.cumsum(parts, axis=0), [[1, 2], [2, 4], [5, 8], [9, 10]])
    assert _data(update, "0-median") == [["2000", 3, 1, 9], ["2001", 6, 2, 10]]


def test_a_price_of_few_replicates_is_a_dot_without_a_band():
    rows = np.tile([[10.0, 20.0, 30.0, np.nan]], (5, 1))
    found = scaled(PRICE, [_fan(rows, [1.0, 1.0, 0.25, 0.0])], "yuan", "en")
    update = fan_update([0], found)
    assert _data(update, "0-thin") == [["2002", 30.0]]
    assert [point[1] for point in _data(update, "0-median")] == [10, 20, None, None]
    assert _data(update, "0-inner")[2] is None


def test_a_lonely_month_is_a_dot_as_a_line_of_one_point_is_none():
    rows = np.tile([[np.nan, 20.0, np.nan]], (5, 1))
    found = scaled(PRICE, [_fan(rows, [0.0, 1.0, 0.0])], "yuan", "en")
    assert _data(fan_update([0], found), "0-thin") == [["2001", 20.0]]


def test_all_variants_fit_the_axis_and_a_cut_is_told():
    calm = _fan(np.tile([[10.0] * 100], (5, 1)), [1.0] * 100)
    wild = np.tile([[12.0] * 100], (5, 1))
    wild[4, 7] = 300.0
    found = scaled(PRICE, [calm, _fan(wild, [1.0] * 100)], "yuan", "en")
    assert found.high == 12
    assert "300" in series_note(found, "month", "en")
    even = scaled(PRICE, [calm], "yuan", "en")
    assert even.high == 10
    assert "cut" not in series_note(even, "month", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_large_volumes_have_a_unit_that_is_easy_to_read(language):
    found = scaled(VOLUME, [_fan([[0.0], [1e6], [2e6], [3e6], [4e6]], [1.0])], "yuan", language)
    unit, scale = {"en": ("million t", 1e6), "zh": ("万吨", 1e4)}[language]
    assert (found.unit, found.scale) == (unit, scale)
    assert unit in series_note(found, "year", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_money_is_in_the_currency_of_the_scenarios(language):
    found = scaled(PRICE, [_fan([[1.0]] * 5, [1.0])], "USD", language)
    assert found.unit == {"en": "USD/t", "zh": "美元/吨"}[language]


def test_nothing_traded_at_all_can_still_be_drawn():
    found = scaled(PRICE, [_fan(np.full((5, 3), np.nan), [0.0] * 3)], "yuan", "en")
    assert (found.low, found.high) == (0, 1)
    assert _data(fan_update([0], found), "0-thin") == []
    assert lowest_share(found.fans) == 0


def test_names_that_fit_no_line_of_a_legend_have_a_line_each():
    """Cut to the same beginning they would be twins."""
    assert legend_room(["Live run", "a"]) == 0
    long = ["2027年起三省实行强制购买", "2027年起三省强制购买与全国履约并行", "2027年起可用于履约"]
    assert legend_room(long) > 0
    assert legend_room(long * 3) == 0
    found = scaled(PRICE, [_fan([[1, 2]] * 5, [1, 1])] * 3, "yuan", "zh")
    option = fan_option(long, [0, 1, 2], ["2000", "2001"], found, False, "zh")
    assert option["legend"]["orient"] == "vertical"
    assert option["grid"]["top"] == 34 + legend_room(long)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cell_says_in_sight_of_how_many_runs_it_speaks(language):
    values = {o.name: [1.0, 2.0, None] for o in OUTCOMES}
    variants = [Variant(load("tiny"), values), Variant(load("tiny-eligible"), values)]
    row = outcome_rows(Comparison(variants, 1, 3), language)[0]
    assert all("2" in cell["few"] and "3" in cell["few"] for cell in row["cells"])
    whole = {o.name: [1.0, 2.0, 3.0] for o in OUTCOMES}
    variants = [Variant(load("tiny"), whole), Variant(load("tiny-eligible"), whole)]
    assert "few" not in outcome_rows(Comparison(variants, 1, 3), language)[0]["cells"][0]


@pytest.mark.parametrize("dark", [False, True])
def test_charts_are_ready_for_the_browser(comparison, fans, dark):
    for series in SERIES:
        found = scaled(series, [own[series.name] for own in fans], "yuan", "zh")
        option = fan_option(["a", "b"], [0, 1], found.fans[0].periods, found, dark, "zh")
        update = fan_update([0, 1], found)
        json.dumps([option, update], allow_nan=False)
        # Merged by their ids: what has no partner would be drawn with defaults.
        assert {part["id"] for part in option["series"]} == {
            part["id"] for part in update["series"]
        }
    json.dumps(share_update([own[PRICE.name] for own in fans]), allow_nan=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_has_the_outcomes_of_the_command_line(comparison, language):
    rows = outcome_rows(comparison, language)
    main = [name for panel in PANELS for name in panel]
    assert [row["key"] for row in rows] == [
        name for name in main if any(any(each.values[name]) for each in comparison.variants)
    ]
    assert all(len(row["cells"]) == 2 for row in rows)
    assert "difference" not in rows[0]["cells"][0]
    assert "±" in rows[0]["cells"][1]["difference"]
    assert names_of(comparison, language) == {
        "en": ["Voluntary demand only", "Eligible for compliance from 2027"],
        "zh": ["仅自愿需求", "2027年起可用于履约"],
    }[language]


def test_a_star_stands_where_the_interval_excludes_zero(comparison):
    for row in outcome_rows(comparison, "en"):
        found = comparison.difference(comparison.variants[1], row["key"])
        apart = found.low is not None and not found.low <= 0 <= found.high
        assert row["cells"][1]["apart"] == apart


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_of_outcomes_holds_the_numbers_unrounded(comparison, language):
    lines = list(csv.DictReader(io.StringIO(outcomes_csv(comparison, language))))
    assert len(lines) == 2 * len(OUTCOMES)
    second = comparison.variants[1]
    for line, outcome in zip(lines[len(OUTCOMES) :], OUTCOMES, strict=True):
        assert (line["scenario"], line["outcome"]) == ("tiny-eligible", outcome.name)
        for column, found in (
            ("mean", second.interval(outcome.name).mean),
            ("difference", comparison.difference(second, outcome.name).mean),
        ):
            assert line[column] == ("" if found is None else str(found))


def test_the_file_of_series_holds_every_period(comparison, fans):
    lines = list(csv.DictReader(io.StringIO(series_csv(comparison, fans, "en"))))
    assert len(lines) == 2 * len(SERIES) * 120
    prices = [line for line in lines if line["series"] == PRICE.name]
    own = fans[0][PRICE.name]
    for line, share, values in zip(prices, own.share, own.quantiles.T, strict=False):
        assert int(line["replicates_with_value"]) == round(4 * share)
        assert (line["quantile_50"] == "") == np.isnan(values[QUANTILES.index(0.5)])


def test_months_outside_a_scenario_are_not_in_the_file(comparison, fans):
    longer = _fan(np.tile([[np.nan, 5.0, 5.0]], (5, 1)), [np.nan, 1.0, 1.0])
    text = series_csv(comparison, [fans[0], dict.fromkeys(fans[1], longer)], "en")
    assert len(text.splitlines()) == 1 + len(SERIES) * (120 + 2)
