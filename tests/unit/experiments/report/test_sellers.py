"""Price theories beside the record: words follow distances, every real deal has its mark."""

import csv
import io
import re

import numpy as np
import pytest

from experiments.answer import Answer
from experiments.language import LANGUAGES
from experiments.price_theories import (
    MEASURES,
    MECHANISMS,
    THEORIES,
    Deals,
    Measured,
    TheoryCase,
    held,
    kolmogorov_distance,
    record,
)
from experiments.report import fitting
from experiments.report.fitting import closest, sellers_words, steadiness
from experiments.report.looks import for_the_page
from experiments.report.reading import Reading
from experiments.report.sellers import sellers_figure, sellers_tables, trade_label
from experiments.report.sheets import sheets
from simulation.reference_data import priced_trades
from simulation.scenario import load
from tests.unit.experiments.report.test_regimes import found

REAL = record().price_yuan_per_t


def made(prices, listing=None):
    """A reading in which each theory has these prices in each of three runs."""
    cases = []
    for mechanism, its in zip(MECHANISMS, (prices, listing or prices), strict=True):
        for theory in THEORIES:
            values = np.asarray(its.get(theory, np.full(5, 500.0)), dtype=float)
            runs = [Deals(values, np.full(len(values), 10.0))] * 3
            cases.append(TheoryCase(mechanism, theory, load("tiny"), runs))
    answer: Answer = found({}).answer
    return Reading(answer._replace(theories=cases))


def words(reading, language):
    return re.sub(r"<[^>]+>", "", " ".join(sellers_words(reading, language)))


def of_rule(reading, mechanism="bilateral"):
    return [case for case in reading.theories if case.case.mechanism == mechanism]


def test_the_theory_that_is_the_record_fits():
    """Every deal at its real price: no distance, and the focal point is met."""
    reading = made({"storage": np.sort(REAL)})
    told = words(reading, "en")
    assert "the storage theory comes closest to the 11 real prices" in told
    assert "the storage theory puts 36" in told
    assert "储存理论最接近" in words(reading, "zh")


@pytest.mark.parametrize(
    ("prices", "english", "chinese"),
    [({"focal": [29.0, 30.0, 31.0], "storage": [29.0, 30.0, 31.0]},
      "By both distances storage cannot be told from it", "按两种距离，储存都与之无法区分"),
     ({"focal": np.where(REAL == 81.0, 3000.0, REAL), "storage": [31.0]},
      "no theory comes closest to the 11 real prices by both", "没有一种理论按两种距离都")],
)
def test_a_tie_and_a_disagreement_are_said(prices, english, chinese):
    reading = made(prices)
    assert english in words(reading, "en")
    assert chinese in words(reading, "zh")


def test_a_tie_is_decided_by_pairs():
    reading = made({"focal": [29.0, 30.0, 31.0], "storage": [29.0, 30.0, 31.0]})
    names = [case.case.theory for case in closest(of_rule(reading), "kolmogorov_distance_share")]
    assert names == ["focal", "storage"]


def test_that_the_level_is_fitted_is_said_whatever_comes_out():
    for prices in ({"focal": REAL}, {"truthful": REAL}):
        told = words(made(prices), "en")
        assert "the level of the focal theory is fitted to the record" in told
        assert "11 prices are few" in told


@pytest.mark.parametrize(
    ("deals", "english"),
    [([29.0, 30.5, 31.0], "not one simulated deal is"),
     ([30.0, *np.linspace(20.0, 40.0, 20)], "of simulated deals are there at most (focal)"),
     ([30.0, 31.0], "the focal theory puts")],
)
def test_the_focal_point_is_looked_for(deals, english):
    """Half as many as in the record, or more, count as found."""
    assert english in words(made({"focal": deals}), "en")


def test_prices_outside_the_middle_are_counted():
    told = words(made({"focal": np.linspace(29.0, 40.0, 100)}), "en")
    assert "Of the 11 real prices 4 lie outside" in told
    assert "(18, 18, 75 and 81)" in told
    wide = words(made({"focal": [0, 18, 30, 81, 99.0] * 30}), "en")
    assert "All 11 real prices lie within" in wide


@pytest.mark.parametrize(
    ("listing", "english"),
    [({"focal": [29.0, 30.0, 31.0]}, "closer to the record than the focal theory under bilateral"),
     ({"focal": [300.0, 301.0]}, "Under listing every theory is further")],
)
def test_the_other_pricing_rule_is_compared(listing, english):
    assert english in words(made({"focal": [28.0, 29.0, 31.0]}, listing), "en")


def test_leaving_out_a_price_is_counted():
    """A theory far from all others stays; of two that lack one price each, either can win."""
    sure = made({"focal": [30.0, 31.0]})
    assert steadiness(of_rule(sure), kolmogorov_distance) == ("focal", len(REAL))
    ends = np.argmin(REAL), np.argmax(REAL)
    low, high = (np.delete(REAL, end) for end in ends)
    torn = made({"focal": low, "storage": high})
    assert 0 < steadiness(of_rule(torn), kolmogorov_distance)[1] < len(REAL)


def measured(theory, gap, area=(1.0, 1.0, 1.0), mechanism="bilateral"):
    """A case with these distances, one a replicate."""
    values = {name: [1.0, 1.0, 1.0] for name in MEASURES}
    values |= {fitting.GAP: list(gap), fitting.AREA: list(area)}
    deals = [Deals(np.array([30.0]), np.array([1.0]))] * 3
    return Measured(TheoryCase(mechanism, theory, load("tiny"), deals), values)


def test_closest_by_both_is_only_what_is_closest_by_each():
    """Bargaining cannot be told from the closest by either distance, yet is closest by none."""
    cases = [
        measured("focal", [0.1, 0.1, 0.101], [30.0, 31.0, 30.5]),
        measured("bargaining", [0.05, 0.2, 0.3], [4.0, 9.0, 20.0]),
        measured("storage", [0.6, 0.61, 0.62], [3.0, 3.1, 3.2]),
    ]
    told, best = fitting._fit(cases, "X", "en")
    assert "no theory comes closest to the 11 real prices by both distances" in told
    assert "by the largest gap between cumulative curves it is focal, 10" in told
    assert "By the largest gap bargaining cannot be told from focal." in told
    assert "By the area bargaining cannot be told from storage." in told
    assert best.case.theory == "focal"


@pytest.mark.parametrize(
    ("others", "english"),
    [([("storage", [0.05, 0.6, 0.9])], "cannot be told to be further from the record than the"),
     ([("storage", [0.5, 0.6, 0.9]), ("focal", [0.05, 0.9, 1.9])], "cannot be told to be further"),
     ([("storage", [0.5, 0.6, 0.9])], "every theory is further"),
     ([("storage", [0.05, 0.06, 0.04])], "closer to the record than the focal theory under X"),
     ([("storage", [None, None, None])], "")],
)
def test_the_other_rule_is_further_only_where_every_pair_is(others, english):
    best = measured("focal", [0.1, 0.1, 0.101])
    cases = [measured(theory, gap, mechanism="listing") for theory, gap in others]
    told = fitting._elsewhere(cases, best, "X", "en")
    assert english in told
    assert bool(told) == bool(english)


def test_theories_without_a_common_replicate_are_not_compared():
    cases = [measured("focal", [0.1, None, None]), measured("storage", [None, 0.2, 0.3])]
    assert [case.case.theory for case in closest(cases, fitting.GAP)] == ["focal"]


def test_one_price_outside_is_told_in_the_singular():
    told = words(made({"focal": [18.0, *np.linspace(17.0, 75.0, 9), *[18.0] * 3]}), "en")
    assert "Of the 11 real prices one lies outside" in told


def test_the_reference_row_is_called_a_reference():
    assert "Truthful, the last row, is a reference" in words(made({"focal": REAL}), "en")
    assert "末行“按成本报价”只是参照" in words(made({"focal": REAL}), "zh")


def test_without_a_deal_there_is_nothing_to_tell():
    reading = made({theory: [] for theory in THEORIES})
    assert "no theory has a deal" in words(reading, "en")
    for panel in sellers_figure(reading, for_the_page("en")).panels:
        assert "Focal" not in panel.told


def test_every_real_deal_and_every_theory_has_its_mark(reading):
    for language in LANGUAGES:
        names = [trade_label(trade, language) for trade in priced_trades()]
        assert len(set(names)) == len(names)
        for panel in sellers_figure(reading, for_the_page(language)).panels:
            (dots,) = [one for one in panel.chart["layer"] if one["mark"]["type"] == "point"]
            marks = {value["group"]: value["mean"] for value in dots["data"]["values"]}
            for trade in priced_trades():
                assert marks[trade_label(trade, language)] == trade.price_fen / 100
            assert len(marks) == len(names) + len(THEORIES)


def test_names_of_real_deals_are_short_and_of_one_language():
    names = {language: [trade_label(trade, language) for trade in priced_trades()]
             for language in LANGUAGES}
    assert "Luodi River, 2023-12" in names["en"]
    assert "罗地河，2023-12" in names["zh"]
    assert "Ziyang, undated" in names["en"]
    assert "紫阳，日期不详" in names["zh"]
    assert not any(re.search("[\u4e00-\u9fff]", name) for name in names["en"])
    assert max(map(len, names["en"])) < 25


def test_only_what_was_fitted_is_called_fitted(reading):
    bilateral, listing = sellers_figure(reading, for_the_page("en")).panels
    assert "Focal (fitted)" in bilateral.told
    assert "Focal (fitted)" not in listing.told


def test_tables_of_theories_hold_what_was_measured(reading):
    written = sheets(reading)
    cases = {(case.case.mechanism, case.case.theory): case for case in reading.theories}
    for row in csv.DictReader(io.StringIO(written["theories.csv"])):
        mean = cases[row["mechanism"], row["theory"]].interval(row["measure"]).mean
        assert row["mean"] == ("" if mean is None else repr(mean))
    deals = list(csv.DictReader(io.StringIO(written["theory_deals.csv"])))
    assert len(deals) == sum(len(case.prices) for case in reading.answer.theories)
    assert deals
    tables = list(sellers_tables(reading))
    assert len(tables) == len(MECHANISMS)
    # The record stands beside the theories, without a distance from itself.
    _, _, rows = tables[0]
    told = {re.sub("<[^>]+>", "", row[0]): row[1] for row in rows}
    (median,) = [value for name, value in told.items() if "Median price" in name]
    assert median == "30"
    assert [value for name, value in told.items() if "Kolmogorov" in name] == ["–"]


def test_holding_a_case_against_the_record_is_done_once(reading):
    assert reading.theories is reading.theories
    again = held(reading.answer.theories[0])
    assert again.values == reading.theories[0].values
