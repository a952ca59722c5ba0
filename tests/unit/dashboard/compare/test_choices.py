"""What may be compared, and what is said where it may not."""

import string

import pytest

from dashboard.compare.choices import (
    FIRST_CHOICES,
    MECHANISMS,
    MOST_RUNS,
    OWN,
    Choice,
    Choices,
    all_rules,
    opening_told,
    plan,
    scenario_options,
)
from dashboard.compare.texts import TEXTS
from experiments.comparing import compare
from experiments.language import LANGUAGES
from simulation.errors import InputError
from simulation.scenario import load

TINY = (Choice("tiny"), Choice("tiny-eligible"))


def _fields(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


@pytest.mark.parametrize("key", TEXTS.texts)
def test_both_languages_say_the_same_things(key):
    english, chinese = TEXTS.texts[key]
    assert _fields(english) == _fields(chinese)
    assert english
    assert chinese


def test_what_is_chosen_at_first_can_be_run():
    found = plan(FIRST_CHOICES, "en")
    assert [scenario.name for scenario in found.scenarios] == [
        "china-counties", "ccer-eligible", "provincial-quota", "mixed",
    ]
    assert (found.replicates, found.base_seed, found.runs) == (10, 1, 40)


def test_all_rules_are_nine_variants_the_scenarios_own_first():
    variants = all_rules("tiny")
    found = plan(Choices(variants), "en")
    assert variants[0].mechanism == OWN
    assert sorted(each.market.mechanism for each in found.scenarios) == sorted(MECHANISMS)
    assert found.scenarios[1] == load("tiny", {"market.mechanism": variants[1].mechanism})


@pytest.mark.parametrize(("language", "named"), [
    ("en", "1, 3 in yuan; 2 in US dollars"), ("zh", "1、3以元计价；2以美元计价"),
])
def test_currencies_are_refused_as_on_the_command_line(language, named):
    """All variants are named, not the last one of a currency only."""
    names = ("china-counties", "california", "mixed")
    with pytest.raises(InputError, match="china-counties and mixed in yuan, california in USD"):
        compare([load(name) for name in names], replicates=0)
    with pytest.raises(InputError) as refused:
        plan(Choices(tuple(map(Choice, names))), language)
    assert named in str(refused.value)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("choices", "named"), [
    (Choices(TINY[:1]), ""),
    (Choices(TINY * 5), "10"),
    (Choices(TINY, replicates="61"), "60"),
    (Choices(TINY, replicates="0"), "60"),
    (Choices(TINY, replicates="1_0"), "1_0"),
    (Choices(TINY, replicates="十"), "十"),
    (Choices(TINY, replicates="²"), "²"),
    (Choices(TINY, replicates=""), "60"),
    (Choices(TINY, seed="-1"), "-1"),
    (Choices(TINY, seed="9" * 30), "999"),
    (Choices(TINY, seed=str(2**63)), str(2**63)),
    (Choices((TINY[0], Choice("tiny", "listing"))), ""),
    (Choices((TINY[0], Choice("nowhere"))), "nowhere"),
    (Choices((TINY[0], Choice("../tiny"))), "../tiny"),
    (Choices((TINY[0], Choice("tiny", "magic"))), "magic"),
    (Choices(all_rules("tiny"), replicates="41"), str(MOST_RUNS)),
])
def test_what_cannot_be_run_is_refused_in_one_line(choices, named, language):
    with pytest.raises(InputError) as refused:
        plan(choices, language)
    assert named in str(refused.value)
    assert "\n" not in str(refused.value)


def test_digits_of_a_chinese_keyboard_are_digits():
    found = plan(Choices(TINY, replicates=" １２ ", seed="３"), "zh")
    assert (found.replicates, found.base_seed) == (12, 3)


def test_the_limit_says_a_number_of_replicates_that_is_allowed():
    assert plan(Choices(all_rules("tiny"), replicates="40"), "en").runs == MOST_RUNS
    with pytest.raises(InputError, match="at most 40"):
        plan(Choices(all_rules("tiny"), replicates="60"), "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_opening_tells_what_is_chosen(language):
    first = opening_told(FIRST_CHOICES, language)
    assert first == TEXTS("opening", language)
    pair = opening_told(Choices(TINY), language)
    for name in ("tiny", "tiny-eligible"):
        scenario = load(name)
        assert {"en": scenario.title, "zh": scenario.title_zh}[language] in pair
    assert "9" in opening_told(Choices(all_rules("tiny")), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_scenarios_of_another_currency_say_so(language):
    options = {option["value"]: option["label"] for option in scenario_options(language)}
    assert options["california"].endswith({"en": " (USD)", "zh": "（USD）"}[language])
    assert "USD" not in options["tiny"]
