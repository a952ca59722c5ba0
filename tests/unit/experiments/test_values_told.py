"""Values in words: shares, choices, money in the scenario's own currency."""

import pytest

from experiments.language import LANGUAGES
from experiments.values_told import (
    DECLARED,
    choice_word,
    is_share,
    rule_told,
    unit_word,
    value_told,
)
from simulation.scenario import LEVERS


@pytest.mark.parametrize(("key", "value", "english", "chinese"), [
    ("compliance.offset_limit", 0.05, "5 %", "5%"),
    ("compliance.offset_limit", 0.125, "12.5 %", "12.5%"),
    ("compliance.eligible", True, "yes", "是"),
    ("market.mechanism", "bilateral", "bilateral agreement", "协议转让"),
    ("price_limits.floor_yuan_per_t", 60.0, "60 USD/t", "60美元/吨"),
    ("bilateral.smallest_block_t", 1000, "1,000 t", "1,000吨"),
    ("bilateral.search_cost_yuan", 20000.0, "20,000 USD", "20,000美元"),
    ("eligibility.provinces", ["Hunan"], "Hunan", None),
    ("eligibility.provinces", [], "none", "无"),
    ("price_limits.ceiling_yuan_per_t", 0.0, "none", "无"),
    ("quota.share", 0.0, "0 %", "0%"),
])
def test_values(key, value, english, chinese):
    assert value_told(key, value, "USD", "en") == english
    if chinese is not None:
        assert value_told(key, value, "USD", "zh") == chinese


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_default_of_a_lever_can_be_told(language):
    for key in LEVERS:
        item = DECLARED.get(key)
        if item is not None:
            told = value_told(key, item.default, "yuan", language)
            assert told
            assert "None" not in told


def test_only_shares_are_told_in_per_cent():
    assert is_share("quota.share")
    assert not is_share("compliance.eligible")
    assert not is_share("price_limits.floor_yuan_per_t")
    assert not is_share("no.such.key")


def test_units_have_chinese_words():
    units = {DECLARED[key].unit for key in LEVERS if key in DECLARED}
    for unit in units - {"1", "name", "month"}:
        chinese = unit_word(unit, "zh")
        assert not [letter for letter in chinese if letter.isascii() and letter.isalpha()], unit
    assert unit_word("yuan/t, 0 for none", "en", "EUR") == "EUR/t, 0: none"
    assert unit_word("1", "en") == ""


def test_a_rule_is_a_statement_or_a_value_that_moves():
    assert rule_told("compliance.eligible", False, True, "yuan", "en") == (
        "credits count for compliance"
    )
    assert rule_told("quota.share", 0.0, 0.01, "yuan", "zh").endswith("0% → 1%")
    assert "→" not in rule_told("quota.share", 0.01, 0.01, "yuan", "en")
    assert choice_word("made_up", "zh") == "made up"
