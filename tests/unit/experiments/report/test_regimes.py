"""Regimes with a quota: words follow signs, tonnes of the quota have their own colour."""

import json
import re

import pytest

from experiments import answer as answer_module
from experiments.answer import Answer
from experiments.comparing import Comparison, Variant
from experiments.language import LANGUAGES
from experiments.report.demand import demand_paragraphs
from experiments.report.looks import for_files, for_the_page
from experiments.report.painting import together
from experiments.report.reading import REPORTED, Reading
from experiments.report.regimes import PANELS, regimes_figure
from experiments.report.tables import figure_table

QUOTA = {"quota.share": 0.01}
PLAIN = {"price_yuan_per_t": [20.0, 20.0, 20.0], "proceeds_yuan_per_km2": [5.0, 5.0, 5.0],
         "proceeds_yuan": [5e7, 5e7, 5e7]}


def found(quota, mixed=None):
    """A reading of four regimes; outcomes not named are zero, or those of the base."""
    base = {**{outcome.name: [0.0, 0.0, 0.0] for outcome in REPORTED}, **PLAIN}
    scenarios = [
        answer_module.load("tiny"), answer_module.load("tiny-eligible"),
        answer_module.load("tiny", QUOTA), answer_module.load("tiny-eligible", QUOTA),
    ]
    # Eligibility alone differs from the base, so that a change against one is not one against both.
    eligible = {**base, "net_effect_t": [-1e6, -1e6, -1.1e6]}
    values = [base, eligible, {**base, **quota}, {**base, **(mixed or {})}]
    variants = [Variant(s, v) for s, v in zip(scenarios, values, strict=True)]
    names = ("tiny", "tiny-eligible", "quota", "mixed")
    return Reading(Answer(names, ("listing",), Comparison(variants, 1, 3), [], 4.0, []))


def words(reading, language):
    return re.sub(r"<[^>]+>", "", " ".join(demand_paragraphs(reading, language)))


@pytest.mark.parametrize(
    ("net", "english", "chinese"),
    [([5e6, 6e6, 7e6], "is positive", "净效应为正"),
     ([-5e6, -6e6, -7e6], "is negative", "净效应为负"),
     ([-9e6, 0.0, 1e7], "cannot be told from zero", "无法与零区分")],
)
def test_words_about_a_quota_follow_the_sign_of_its_net_effect(net, english, chinese):
    reading = found({"net_effect_t": net, "price_yuan_per_t": [25.0, 26.0, 27.0]})
    assert english in words(reading, "en")
    assert chinese in words(reading, "zh")
    assert "the price rises by 6.0" in words(reading, "en")


def test_charges_are_held_against_what_sellers_gain():
    lacking = {"quota_lacking_t": [1e6, 1.1e6, 1.2e6], "proceeds_yuan": [6e7, 6e7, 6.1e7]}
    above = found({**lacking, "penalties_yuan": [5e7, 5e7, 5.1e7]})
    assert "40 million yuan more than the quota adds" in words(above, "en").replace("\xa0", " ")
    below = found({**lacking, "penalties_yuan": [1e6, 1e6, 1.1e6]})
    assert "less than the quota adds" in words(below, "en")
    assert "The quota is met in full." in words(found({}), "en")


@pytest.mark.parametrize(
    ("price", "english"),
    [([25.0, 26.0, 27.0], "lift the price above"), ([15.0, 14.0, 13.0], "bring the price below"),
     ([10.0, 20.0, 30.1], "cannot be told from that of eligibility alone")],
)
def test_quota_with_eligibility_is_held_against_eligibility_alone(price, english):
    bought = {"quota_t": [5e6, 5.1e6, 5.2e6]}
    crowded = {"price_yuan_per_t": price, "quota_t": [1e6, 1.1e6, 1.2e6]}
    told = words(found(bought, crowded), "en")
    assert english in told
    assert "compliance buyers take what the quota would have secured" in told
    assert "compliance buyers take" not in words(found(bought, bought), "en")


def test_every_number_about_the_other_regimes_recalls_its_interval():
    reading = found(
        {"net_effect_t": [5e6, 6e6, 7e6]}, {"net_effect_t": [-5e6, -6e6, -7e6]}
    )
    told = " ".join(demand_paragraphs(reading, "en"))
    keys = re.findall(r'value="([^"]+)" data-of="([^"]+)"', told)
    assert any("change&gt;tiny-eligible" in key for _, key in keys)
    for value, key in keys:
        address, end = key.replace("&gt;", ">").rsplit(" ", 1)
        assert getattr(reading.recall(address).found, end) == float(value)


def test_tonnes_of_a_quota_have_their_own_colour():
    """Only where some are bought: the colour would else name nothing."""
    bought = found({"volume_t": [5e6, 5e6, 5e6], "quota_t": [5e6, 5e6, 5e6]})
    for language in LANGUAGES:
        look = for_the_page(language)
        drawn = [json.dumps(panel.chart) for panel in regimes_figure(bought, look).panels]
        assert [look.colours["quota"] in panel for panel in drawn] == [
            name == "volume_t" for name, _ in PANELS
        ]
        assert not any(
            look.colours["quota"] in json.dumps(panel.chart)
            for panel in regimes_figure(found({}), look).panels
        )


def test_files_name_every_colour():
    """A picture that is passed on has no page around it."""
    look = for_files("en", 260)
    figure = regimes_figure(found({"quota_t": [5e6, 5e6, 5e6]}), look)
    drawn = json.dumps(together(figure, look, "title")["vconcat"][0])
    for name in ("Listing", "voluntary", "compliance", "quota"):
        assert f'"name": "{name}"' in drawn
    assert look.colours["quota"] in drawn


def test_a_change_stands_below_its_level_and_only_where_there_is_one():
    table = figure_table(found({"quota_t": [5e6, 5.1e6, 5.2e6]}), "regimes")
    # The quota's own, and the net effect of eligibility that every reading here has.
    assert table.count("<small>") == 2 * len(LANGUAGES)
    assert "<small>+5.1" in table
