"""One Chinese name for a thing, whoever declares it."""

import re

import pytest

from agents.compiled import ROOT
from agents.vocabulary import Mechanism
from experiments.claims.listed import BENCHMARKS
from experiments.language import LANGUAGES, pick, say
from experiments.report.texts import rule_name
from experiments.study.factors import Factor
from experiments.terms import RULE_NAMES
from experiments.values_told import choice_word
from simulation.month import PHASES
from simulation.outcomes import OUTCOMES
from simulation.scenario import declared, load, scenario_names

BARE = re.compile("(?<!碳)信用")
SAID = (
    *((item.label, item.label_zh) for item in declared()),
    *((each.label, each.label_zh) for each in OUTCOMES),
    *((each.meaning, each.meaning_zh) for each in OUTCOMES),
    *((each.meaning, each.meaning_zh) for each in PHASES),
    *((each.title, each.title_zh) for each in BENCHMARKS),
    *((each.title, each.title_zh) for each in map(load, scenario_names())),
)
FOLDERS = ("agents", "simulation", "experiments", "dashboard", "docs")
PAGES = [
    path for folder in FOLDERS for path in (ROOT / folder).rglob("*")
    if path.suffix in (".py", ".vue", ".toml") or path.name.endswith(".zh.md")
]


def test_what_is_declared_is_shown_with_carbon_before_credit():
    """Bare 信用 is creditworthiness to a Chinese reader."""
    assert len(SAID) > 200
    assert [told for told in (pick(*each, "zh") for each in SAID) if BARE.search(told)] == []


def test_a_text_of_the_user_stays_as_it_was_written():
    assert pick("Mine", "我的信用市场", "zh") == "我的信用市场"


def test_no_page_says_bare_credit():
    assert [path for path in PAGES if BARE.search(path.read_text(encoding="utf-8"))] == []


def test_two_prices_do_not_share_a_name():
    """The rule's price and the one that sellers look to stand in one panel of levers."""
    names = {item.key: pick(item.label, item.label_zh, "zh") for item in declared()}
    assert names["administered.price_yuan_per_t"] != names["quote.guide_price_yuan_per_t"]


@pytest.mark.parametrize("rule", [each.name.lower() for each in Mechanism])
def test_a_pricing_rule_is_called_the_same_by_lever_table_report_and_study(rule):
    factor = Factor(key="market.mechanism", values=list(RULE_NAMES))
    for language, name in zip(LANGUAGES, RULE_NAMES[rule], strict=True):
        assert choice_word(rule, language) == rule_name(rule, language) == name
        assert factor.level_title(rule, language) == name
        assert say(rule, language) == name[:1].upper() + name[1:]
