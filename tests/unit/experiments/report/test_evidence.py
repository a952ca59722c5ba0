"""Treatment and patterns in the report: words follow the numbers."""

import re

import pytest

from experiments.language import LANGUAGES
from experiments.report.judgement import judgement_rows, judgement_words
from experiments.report.looks import for_the_page
from experiments.report.theory import theory_key, theory_words
from experiments.report.treatment import treatment_figure, treatment_words
from simulation.reference_data import priced_trades
from tests.unit.experiments.report.test_regimes import found


@pytest.mark.parametrize(
    ("price", "english", "chinese"),
    [(20.0, "below all of these", "低于上述所有水平"),
     (50.0, "reaches only the lower of these", "较低的水平"),
     (90.0, "and not without it", "否则不够"),
     (250.0, "even without public money", "即使没有财政资金也够")],
)
def test_words_about_treatment_follow_the_best_price(price, english, chinese):
    reading = found({"price_yuan_per_t": [price] * 3})
    assert english in treatment_words(reading, "en")[0]
    assert chinese in treatment_words(reading, "zh")[0]


def test_what_lies_outside_of_the_range_is_said():
    _, honest = treatment_words(found({}), "en")
    assert honest.count("expected") == 3
    assert "keep" in honest


def test_every_real_deal_has_its_mark():
    for language in LANGUAGES:
        panel = treatment_figure(found({}), for_the_page(language)).panels[0]
        name = f"{len(priced_trades())} " + ("real deals" if language == "en" else "笔真实交易")
        (dots,) = [one for one in panel.chart["layer"] if one["mark"]["type"] == "point"]
        marks = [value for value in dots["data"]["values"] if value["group"] == name]
        prices = sorted(row.price_fen / 100 for row in priced_trades())
        assert sorted(mark["mean"] for mark in marks) == prices


def test_patterns_are_told_with_their_verdicts():
    reading = found({})
    _, rows = judgement_rows(reading)
    assert len(rows) == len(reading.patterns)
    for row, pattern in zip(rows, reading.patterns, strict=True):
        assert f"verdict {pattern.verdict}" in row[-1]
    counted = map(int, re.findall(r"meets (\d+), partly meets (\d+) and misses (\d+)",
                                  judgement_words(reading, "en"))[0])
    assert sum(counted) <= len(rows) - 1


def test_without_maps_there_is_no_theory_to_tell():
    reading = found({})
    assert theory_key(reading) == ""
    assert theory_words(reading, "en") == ""
