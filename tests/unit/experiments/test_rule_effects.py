"""Figures of two runs beside each other are those of their tables."""

import pytest

from experiments.rule_effects import (
    effect_of,
    rules_at,
    rules_between,
    sums_of,
    without_rules,
)
from simulation.results import simulate
from simulation.scenario import load

ELIGIBLE = 2027 * 12


@pytest.fixture(scope="module")
def pair():
    scenario = load("ccer-eligible", {"months": 72})
    left = without_rules(scenario, [ELIGIBLE])
    return simulate(scenario, 1), simulate(left, 1)


def price(table):
    return table["value_yuan"].sum() / table["volume_t"].sum()


def test_price_volume_and_share_are_of_the_latest_twelve_months(pair):
    runs = [run.world.state.monthly for run in pair]
    start = pair[0].world.scenario.start
    last = ELIGIBLE + 20
    effect = effect_of(*runs, start, ELIGIBLE, last)
    assert (effect.first, effect.last) == (last - 11, last)
    rows = slice(last - 11 - start, last - start + 1)
    one, two = (run.monthly.iloc[rows] for run in pair)
    assert effect.price == pytest.approx(price(one))
    assert effect.price_without == pytest.approx(price(two))
    assert effect.price > effect.price_without
    assert effect.volume_t == pytest.approx(one["volume_t"].sum() / 12)
    assert effect.volume_without_t == pytest.approx(two["volume_t"].sum() / 12)
    assert effect.compliance == pytest.approx(one["compliance_t"].sum() / one["volume_t"].sum())
    assert effect.compliance_without == 0.0


def test_never_before_the_rule_and_never_ahead_of_either_run(pair):
    runs = [run.world.state.monthly for run in pair]
    start = pair[0].world.scenario.start
    assert effect_of(*runs, start, ELIGIBLE, ELIGIBLE + 4).first == ELIGIBLE
    assert effect_of(*runs, start, ELIGIBLE, ELIGIBLE + 20, months=None).first == ELIGIBLE
    assert effect_of(*runs, start, ELIGIBLE, ELIGIBLE - 1) is None
    assert effect_of(runs[0], runs[1][:40], start, ELIGIBLE, start + 40) is None
    assert effect_of(runs[0], runs[1][:40], start, ELIGIBLE, start + 39) is not None


def test_sums_are_those_of_the_tables(pair):
    run = pair[0]
    told, start = sums_of(run.world.state.monthly, 40), 40
    table = run.monthly.iloc[start:]
    assert told["traded"] == table["volume_t"].sum()
    assert told["money"] == pytest.approx(table["value_yuan"].sum())
    assert told["mean_price"] == pytest.approx(price(table))
    assert told["months_traded"] == table["price_yuan_per_t"].notna().sum()
    assert told["issued_t"] == table["issued_t"].sum()
    retired = run.monthly["retired_t"]
    assert told["retired_t"] == retired.iloc[-1] - retired.iloc[start - 1]
    assert sums_of(run.world.state.monthly[:0], 0)["mean_price"] is None


def test_rules_are_changes_not_events():
    scenario = load("mixed")
    rules = rules_at(scenario, ELIGIBLE)
    assert {key for key, _, _ in rules.changes} == {"quota.share", "compliance.eligible"}
    assert rules.announced == 2026 * 12
    assert rules_at(scenario, ELIGIBLE + 1).changes == ()
    assert rules_between(scenario, scenario.start, ELIGIBLE - 1) is None
    assert rules_between(scenario, scenario.start, ELIGIBLE + 9) == rules
    still = load("tiny-eligible", {"compliance.eligible": True})
    assert rules_between(still, still.start, still.stop) is None


def test_steps_of_a_rule_that_were_announced_together_are_one():
    scenario = load("australia")
    whole = rules_between(scenario, scenario.start, scenario.stop)
    assert whole.changes[0][1:] == (75.0, 84.46)
    assert (whole.date, whole.latest, whole.steps) == (2025 * 12, 2030 * 12, 6)
    then = rules_between(scenario, scenario.start, 2027 * 12 + 5)
    assert (then.changes[0][1:], then.steps, then.dates) == ((75.0, 79.59), 3, whole.dates)
    # Announced apart, they are not.
    first = scenario.events[0].model_copy(update={"announced": scenario.start + 1})
    apart = scenario.model_copy(update={"events": (first, *scenario.events[1:])})
    assert rules_between(apart, scenario.start, scenario.stop).date == 2026 * 12
    # Back where they began, the latest step is what changed.
    last = scenario.events[-1].model_copy(
        update={"set": {"allowance_market.ceiling_yuan_per_t": 75.0}}
    )
    back = scenario.model_copy(update={"events": (*scenario.events[:-1], last)})
    assert rules_between(back, scenario.start, scenario.stop).changes[0][1:] == (82.81, 75.0)


def test_without_the_rule_others_stay():
    scenario = load("australia")
    left = without_rules(scenario, [2026 * 12])
    assert [event.effective for event in left.events] == [
        event.effective for event in scenario.events if event.effective != 2026 * 12
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_rules_in_words(language):
    told = rules_at(load("mixed"), ELIGIBLE).told("yuan", language)
    words = {
        "en": ["credits count for compliance", "0 % → 1 %"], "zh": ["碳信用可用于履约", "0% → 1%"],
    }[language]
    for word in words:
        assert any(word in text for text in told), told
