"""Refusals of the model are told in Chinese, and those of unknown kinds as they are."""

import re

import pytest

from dashboard.live.levers import DECLARED
from experiments.refusals_told import plain_refusal, refusal_told
from simulation.errors import ScenarioError
from simulation.scenario import LEVERS, load, scenario_names
from simulation.world import World


def refusals_of(name):
    """What the levers of a scenario refuse at their bounds, beside price limits."""
    for first in ({}, {"price_limits.floor_yuan_per_t": 50.0},
                  {"price_limits.ceiling_yuan_per_t": 20.0}):
        try:
            scenario = load(name, first)
        except ScenarioError:
            continue
        world = World(scenario, 1)
        for key in sorted(LEVERS):
            item = DECLARED[key]
            number = isinstance(item.default, (int, float)) and not isinstance(item.default, bool)
            values = list(item.choices) or ([True, False] if item.unit == "bool" else [])
            if number and item.unit != "month":
                values = [0 if item.low is None else item.low - 1, 0.5, 2, 1e4, 2e9, 3.7, 0.001]
            elif not values:
                values = ["x", 5, ["x"], "2020-01", True, False]
            for value in values:
                try:
                    world.scenario.with_levers({key: value})
                except (ScenarioError, ValueError) as error:
                    yield str(error)


@pytest.mark.parametrize("name", ["tiny", "california", "australia", "china-national"])
def test_whatever_a_lever_refuses_is_told_in_chinese(name):
    found = list(refusals_of(name))
    assert len(found) > 50
    for english in found:
        told = refusal_told(english, "zh")
        # Keys, names and choices stay, but no sentence does.
        assert not re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", told), english
        assert told.endswith("。")
        assert "{" not in told
        assert refusal_told(english, "en") == english


def test_names_stand_for_keys_and_numbers_stay():
    told = refusal_told("compliance.offset_limit = 7 is above 1. Give 1 or less.", "zh")
    assert told == "抵销比例上限（compliance.offset_limit）= 7 超过上限 1。"
    later = refusal_told(
        "price_limits.floor_yuan_per_t = 40.0 does not go with what comes later: price_limits: "
        "floor_yuan_per_t = 40.0 is above ceiling_yuan_per_t = 33.0. Swap them, or leave the "
        "ceiling at 0 for none.", "zh",
    )
    assert later == ("最低限价（price_limits.floor_yuan_per_t）不能改为40.0，与此后的变动不相容："
                     "最低限价40高于最高限价33，请对调，或将最高限价设为0（不设上限）。")


def test_places_in_files_are_left_out():
    english = (
        "allowance_market.ceiling_yuan_per_t = 120.0 does not go with what comes later: "
        "events.0.set: allowance_market.ceiling_yuan_per_t = 76.5 is below floor_yuan_per_t = "
        "90.0. Let prices rise from floor to ceiling.."
    )
    plain = plain_refusal(english)
    assert "events" not in plain
    assert plain.endswith("to ceiling.")
    told = refusal_told(english, "zh")
    assert "events" not in told
    assert "高于" in told
    assert "各级价格须由低到高。" in told


def test_what_is_not_known_stays_as_it_is():
    assert refusal_told("Something else went wrong.", "zh") == "Something else went wrong."


@pytest.mark.parametrize("name", scenario_names())
def test_every_scenario_has_levers_to_refuse(name):
    assert any(True for _ in refusals_of(name))
