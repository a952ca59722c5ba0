"""The first paragraph and the surprises: words follow the signs of what was found."""

import re

import pytest

from experiments.language import LANGUAGES
from experiments.report.reading import Reading
from experiments.report.surprises import surprises
from tests.unit.experiments.report.made import told, words


@pytest.mark.parametrize(
    ("values", "english", "chinese"),
    [
        ([24.0, 25.0, 26.0], "their price rises", "价格上升"),
        ([16.0, 15.0, 14.0], "their price falls", "价格下降"),
        ([10.0, 20.0, 30.1], "no change of the price can be told from chance", "价格有无变化无法"),
        ([20.0, 20.0, 20.0], "their price does not change", "价格不变"),
        ([None, None, None], "no two prices can be compared", "没有可比的价格"),
    ],
)
def test_words_about_the_price_follow_its_sign(values, english, chinese):
    found = told({"price_yuan_per_t": values})
    assert english in words(found, "en")
    assert chinese in words(found, "zh")


@pytest.mark.parametrize(
    ("before", "after", "english"),
    [
        ([5.0, 6.0, 7.0], [-5.0, -6.0, -7.0], "turns negative"),
        ([-5.0, -6.0, -7.0], [5.0, 6.0, 7.0], "turns positive"),
        ([5.0, 6.0, 7.0], [-9.0, 0.0, 10.0], "cannot be told from zero"),
        ([-5.0, -6.0, -7.0], [-8.0, -9.0, -10.1], "stays negative and worsens"),
        ([5.0, 6.0, 7.0], [8.0, 9.0, 10.1], "stays positive and grows"),
        ([5.0, 6.0, 7.0], [3.0, 4.0, 5.1], "stays positive but shrinks"),
    ],
)
def test_words_about_the_atmosphere_follow_both_signs(before, after, english):
    base = {"net_effect_t": [1e6 * value for value in before]}
    found = told({"net_effect_t": [1e6 * value for value in after]}, base)
    assert f"the net effect on the atmosphere {english}" in words(found, "en")
    zero = "(not to be told from zero" in words(found, "en")
    assert zero == (english == "cannot be told from zero")


def test_what_falls_is_told_by_how_much_not_with_two_minuses():
    found = told({"volume_t": [100.0, 110.0, 120.0]}, {"volume_t": [500.0, 510.0, 521.0]})
    assert re.search(r"traded volume falls by 400\.\d* \[39\d", words(found, "en"))


def test_a_reason_is_given_only_where_it_holds():
    """Few additional tonnes explain a loss; where most are additional something else is said."""
    loss = {"net_effect_t": [-5e6, -6e6, -7e6], "licensed_t": [9e6, 9e6, 9.1e6],
            "additional_t": [3e6, 3e6, 3.1e6], "retired_compliance_t": [9e6, 9e6, 9.1e6]}
    few = told({**loss, "additional_share_of_issued": [0.1, 0.11, 0.12]})
    assert "licenses a tonne of emissions" in words(few, "en")
    many = told({**loss, "additional_share_of_issued": [0.8, 0.81, 0.82]})
    assert "less than the emissions licensed" in words(many, "en")
    discounted = told({
        **loss, "additional_share_of_issued": [0.1, 0.11, 0.12],
        "retired_compliance_t": [18e6, 18e6, 18.2e6],
    })
    assert "licenses 0.5\u00a0t of emissions" in words(discounted, "en")


def test_surprises_keep_to_their_rules():
    quiet = Reading(told({}))
    assert surprises(quiet, "en") == []
    loud = Reading(told(
        {"net_effect_t": [-5e6, -6e6, -7e6], "watershed_received_yuan": [5e6, 6e6, 7e6]},
        {"net_effect_t": [5e5, 6e5, 7e5]},
    ))
    for language in LANGUAGES:
        first = surprises(loud, language)[0]
        assert "−6.0" in first or "−600" in first
