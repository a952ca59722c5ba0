"""Levers are drawn from their declarations, all of them, in both languages."""

import json

import pytest

from dashboard.live.frame import seen
from dashboard.live.levers import (
    DECLARED,
    checked_value,
    lever_groups,
    values_in_force,
    why_refused,
)
from dashboard.live.player import Player
from dashboard.live.steering import closed_of, heading_of
from simulation.errors import InputError
from simulation.scenario import LEVERS, load, scenario_names


def drawn(name, language="en", **changes):
    """Levers of a scenario's start, by key."""
    scenario = load(name)
    values = values_in_force(scenario, scenario.start)
    groups = lever_groups(
        {**values, **changes}, values, {}, language,
        endogenous=scenario.allowance_price.path == "endogenous",
    )
    json.dumps(groups)
    return {lever["key"]: lever for group in groups for lever in group["levers"]}, groups


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", scenario_names())
def test_each_lever_that_matters_is_drawn_once_with_its_value_on_its_slider(name, language):
    levers, groups = drawn(name, language)
    keys = [lever["key"] for group in groups for lever in group["levers"]]
    assert len(keys) == len(set(keys))
    assert set(keys) <= set(LEVERS)
    for lever in levers.values():
        assert lever["label"]
        assert not lever["moved"]
        if lever["kind"] == "number":
            assert lever["slider_low"] <= float(lever["value"]) <= lever["slider_high"]
            assert lever["slider_high"] <= lever["high"]
            assert lever["step"] > 0
        if lever["kind"] == "choice":
            assert lever["value"] in [choice["value"] for choice in lever["choices"]]


def test_over_all_worlds_and_rules_no_lever_is_left_out():
    found = set()
    for name in ("tiny", "california"):
        for mechanism in DECLARED["market.mechanism"].choices:
            found |= set(drawn(name, **{"market.mechanism": mechanism})[0])
    assert found == set(LEVERS)


def test_what_was_moved_is_marked_and_knows_its_way_back():
    levers, groups = drawn("tiny", **{"compliance.offset_limit": 0.3})
    assert [group["told"] for group in groups if group["told"]] == ["1 moved"]
    chinese = drawn("tiny", "zh", **{"compliance.offset_limit": 0.3})[1]
    assert [group["told"] for group in chinese if group["told"]] == ["已调整1项"]
    assert levers["compliance.offset_limit"]["moved"]
    assert levers["compliance.offset_limit"]["start"] == 0.05
    assert levers["compliance.offset_limit"]["back"] == "Back to 5 %"
    assert not levers["compliance.eligible"]["moved"]


@pytest.mark.parametrize(("key", "sent", "value"), [
    ("compliance.offset_limit", 1, 1.0), ("compliance.offset_limit", "0.25", 0.25),
    ("verification.delay_months", 6.0, 6), ("compliance.eligible", True, True),
    ("market.mechanism", "listing", "listing"), ("eligibility.provinces", ["Jiangxi"], ["Jiangxi"]),
])
def test_values_from_the_browser_become_of_the_levers_own_kind(key, sent, value):
    got = checked_value(key, sent)
    assert got == value
    assert type(got) is type(value)


@pytest.mark.parametrize(("key", "sent"), [
    ("compliance.offset_limit", "much"), ("compliance.offset_limit", None),
    ("compliance.offset_limit", {"a": 1}), ("compliance.offset_limit", float("nan")),
    ("verification.delay_months", 2.5), ("nothing.here", 1), ("seed", 1),
])
def test_other_values_are_refused_in_words(key, sent):
    with pytest.raises(InputError, match=r"no number|not a lever|whole number"):
        checked_value(key, sent)


@pytest.mark.parametrize("key", [["compliance"], {"a": 1}, None, 7])
def test_what_is_no_key_is_refused(key):
    with pytest.raises(InputError, match="not a lever"):
        checked_value(key, 1)


@pytest.mark.parametrize(("key", "sent", "english", "chinese"), [
    ("compliance.offset_limit", 7.0, "Give a number from 0 to 100 %.", "请输入0至100%之间的数。"),
    ("compliance.offset_limit", "abc", "Give a number.", "请输入数字。"),
    ("compliance.offset_limit", 10**400, "Give a number.", "请输入数字。"),
    ("verification.delay_months", 2.5, "Give a whole number.", "请输入整数。"),
    ("price_limits.floor_yuan_per_t", -1.0, "Give a number from 0 to 1,000,000.",
     "请输入0至1,000,000之间的数。"),
    ("market.mechanism", "nothing", "Not possible: x", "无法设定：x"),
    ("price_limits.floor_yuan_per_t", 50.0, "Not possible: x", "无法设定：x"),
])
def test_why_a_value_is_refused_is_said_in_both_languages(key, sent, english, chinese):
    assert why_refused(key, sent, InputError("x"), "en") == english
    assert why_refused(key, sent, InputError("x"), "zh") == chinese


def test_shares_are_drawn_in_per_cent_and_names_in_words():
    levers, _ = drawn("ccer-eligible")
    assert (levers["quota.share"]["unit"], levers["quota.share"]["scale"]) == ("%", 100)
    assert levers["quota.share"]["typed"] == "5 stands for 5 %."
    assert levers["price_limits.floor_yuan_per_t"]["scale"] == 1
    assert not levers["price_limits.floor_yuan_per_t"]["typed"]
    scenario = load("california")
    values = values_in_force(scenario, scenario.start)
    options = {"eligibility.credit_classes": ["soil_and_water"],
               "eligibility.provinces": ["California"]}
    groups = lever_groups(values, values, options, "zh", endogenous=True, currency="USD")
    found = {lever["key"]: lever for group in groups for lever in group["levers"]}
    assert found["eligibility.credit_classes"]["choices"] == [
        {"value": "soil_and_water", "label": "水土保持"}]
    assert found["eligibility.provinces"]["choices"][0]["label"] == "加利福尼亚"
    assert found["price_limits.floor_yuan_per_t"]["unit"].startswith("美元/吨")


def test_levers_say_whose_they_are_and_why_none_can_be_moved():
    player = Player(load("tiny-eligible", {"months": 8}))
    player.run_to(player.lane.world.scenario.start + 3)
    assert heading_of(seen(player, 1, "en"), "en") == "Levers"
    assert closed_of(seen(player, 1, "en"), "en") == ""
    player.fork()
    assert heading_of(seen(player, 2, "en"), "en") == "Levers of future B"
    player.run_to(player.lane.world.scenario.stop)
    assert "ended" in closed_of(seen(player, 3, "en"), "en")
    knowing = Player(load("tiny", {"expectations.foresight": "perfect"}))
    assert "foresee" in closed_of(seen(knowing, 1, "en"), "en")


def test_values_follow_the_timeline():
    scenario = load("ccer-eligible")
    before, after = (values_in_force(scenario, month) for month in (2027 * 12 - 1, 2027 * 12))
    assert not before["compliance.eligible"]
    assert after["compliance.eligible"]
