"""Scenarios: what is declared, what is validated, and what identifies one."""

import math
import re
from typing import get_args

import pytest
from pydantic import ValidationError

from agents.vocabulary import Measure, Mechanism, PathKind
from simulation.groups import MeasureName, MeasureShares
from simulation.markets.call_auction import PRO_RATA
from simulation.scenario import SECTIONS, Scenario, declared, load, scenario_names
from simulation.state import Rules
from simulation.timeline import lever_keys
from tests.helpers import MECHANISMS, VILLAGE, one_of, village

DECLARED = {item.key: item for item in declared()}


def test_three_scenarios_ship():
    """The seed case, and ten agents with and without eligibility."""
    assert {"tiny", "tiny-eligible", "ziyang"} <= set(scenario_names())


@pytest.mark.parametrize("name", scenario_names())
def test_every_scenario_that_ships_loads(name):
    """Under its own name, with a title in both languages."""
    scenario = load(name)
    assert scenario.name == name
    assert scenario.title
    assert re.search(r"[\u4e00-\u9fff]", scenario.title_zh)


def test_keys_are_declared_once():
    """Two declarations of one key could disagree."""
    assert len(DECLARED) == len(declared())
    assert len(DECLARED) > 100


@pytest.mark.parametrize("key", DECLARED)
def test_a_declaration_is_complete(key):
    """Unit, source, both labels and a role; the default lies inside the bounds."""
    item = DECLARED[key]
    assert item.unit.strip()
    assert item.source.strip()
    assert item.label.strip()
    assert re.search(r"[\u4e00-\u9fff]", item.label_zh)
    assert not re.search(r"[\u4e00-\u9fff]", item.label)
    assert item.role in ("lever", "uncertainty", "design")
    if item.choices:
        assert item.default is None or item.default in item.choices
    elif isinstance(item.default, (int, float)) and not isinstance(item.default, bool):
        assert math.isfinite(item.default)
        assert item.low is None or item.low <= item.default
        assert item.high is None or item.default <= item.high


@pytest.mark.parametrize("key", [key for key, item in DECLARED.items()
                                 if isinstance(item.default, float)])
def test_a_number_has_bounds(key):
    """A slider and a sweep need both ends."""
    item = DECLARED[key]
    assert item.low is not None
    assert item.high is not None
    assert item.low < item.high


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("market.mechanism", Mechanism),
        ("allowance_price.path", PathKind),
        ("projects.N.new_measure", Measure),
    ],
)
def test_choices_stand_in_the_order_of_their_codes(key, names):
    """A record holds the place of a choice, a kernel compares it with the enum."""
    assert [choice.upper() for choice in DECLARED[key].choices] == [
        name.name for name in sorted(names)
    ]
    assert [int(name) for name in sorted(names)] == list(range(len(names)))


def test_shares_stand_in_the_order_of_the_measures():
    """Building reads them by place."""
    assert list(MeasureShares.model_fields) == [measure.name.lower() for measure in Measure]
    assert get_args(MeasureName) == tuple(MeasureShares.model_fields)


def test_pro_rata_is_the_first_way_of_rationing():
    """The kernel knows it by this place."""
    assert DECLARED["call_auction.rationing"].choices[PRO_RATA] == "pro_rata"


def test_events_can_move_every_lever_and_nothing_else():
    """Every lever's section is one that a kernel reads."""
    levers = lever_keys(SECTIONS)
    marked = {key for key, item in DECLARED.items() if item.role == "lever"}
    assert set(levers) == marked
    assert {section for section, _ in levers.values()} <= set(Rules._fields)
    assert "compliance.eligible" in levers
    assert "quote.anchor_weight" not in levers


def test_a_scenario_is_frozen():
    """A run can be made again because nobody changed what it was made from."""
    with pytest.raises(ValidationError):
        load("tiny").months = 5


def test_the_last_month_is_the_one_before_stop():
    """120 months from January 2024 end with December 2033."""
    scenario = load("tiny")
    assert scenario.stop == scenario.start + 120


def test_equal_content_has_an_equal_fingerprint():
    """However it was written: in a file, as an override, or by default."""
    plain = load("tiny").fingerprint
    assert load("tiny").fingerprint == plain
    assert load("tiny", {"compliance.offset_limit": 0.05}).fingerprint == plain
    assert load("tiny", {"months": 120, "voluntary.peer_weight": 0.3}).fingerprint == plain
    # A whole number means the same as a number with a point.
    assert load("tiny", {"voluntary.peer_weight": 1}).fingerprint == load(
        "tiny", {"voluntary.peer_weight": 1.0}
    ).fingerprint
    assert re.fullmatch(r"[0-9a-f]{12}", plain)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", "other"), ("months", 119), ("start", "2024-02"),
        ("compliance.offset_limit", 0.050001), ("market.mechanism", "call_auction"),
        ("growth.measures.grass",
         {"plant_asymptote_t_per_ha": 8.0, "plant_rate_per_year": 0.5, "plant_shape": 1.01,
          "soil_asymptote_t_per_ha": 35.0, "soil_rate_per_year": 0.05}),
        ("projects.0.count", 3),
        ("projects.1.shares", {"protection_forest": 1.0, "closure_replanting": 0.0,
                               "low_yield_forest": 0.0, "tending": 0.0}),
        ("firms.2.name", "Mill"), ("network.kind", "none"),
        ("events", [{"announced": "2024-01", "effective": "2025-01",
                     "set": {"compliance.eligible": True}}]),
    ],
)
def test_any_change_changes_the_fingerprint(key, value):
    """Also in a nested table, a group, a text or an event."""
    assert load("tiny", {key: value}).fingerprint != load("tiny").fingerprint


@pytest.mark.parametrize(
    "change", [item for item in DECLARED.values() if item.choices and "." in item.key
               and "N" not in item.key], ids=lambda item: item.key,
)
def test_every_choice_has_its_own_fingerprint(change):
    """No two choices are one."""
    prints = {load("tiny", {change.key: choice}).fingerprint for choice in change.choices}
    assert len(prints) == len(change.choices)


def test_a_lever_is_set_in_a_copy():
    """The scenario itself stays as it is."""
    scenario = load("tiny")
    moved = scenario.with_levers({"compliance.offset_limit": 0.2})
    assert moved.compliance.offset_limit == 0.2
    assert scenario.compliance.offset_limit == 0.05


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("quote.anchor_weight", 0.5, "'quote.anchor_weight' is not a lever"),
        ("compliance.ofset_limit", 0.5, "did you mean 'compliance.offset_limit'?"),
        ("compliance.offset_limit", 1.5, "compliance.offset_limit = 1.5 is above 1"),
        ("compliance.offset_limit", "much", "is not a number"),
        ("compliance.offset_limit", [0.1], "is not a number"),
        ("compliance.eligible", 1, "compliance.eligible = 1 is neither true nor false"),
        ("market.mechanism", "auction", f"Give one of {one_of(MECHANISMS)}"),
        ("registry.opens", "soon", "not a month; write it as YYYY-MM"),
    ],
)
def test_a_wrong_lever_is_refused_in_one_line(key, value, says):
    """With the key, the value and the limit."""
    with pytest.raises(ValueError, match=re.escape(says)) as error:
        load("tiny").with_levers({key: value})
    assert "\n" not in str(error.value)


LIMITS = {"floor": "price_limits.floor_yuan_per_t", "ceiling": "price_limits.ceiling_yuan_per_t"}


def timeline(*moves):
    """A scenario whose price limits move: (month, floor or None, ceiling or None)."""
    events = [
        {"announced": "2024-01", "effective": month, "set": {
            LIMITS[name]: value for name, value in zip(LIMITS, values, strict=True)
            if value is not None
        }}
        for month, *values in moves
    ]
    return {**VILLAGE, "events": events}


@pytest.mark.parametrize("moves", [
    [("2024-03", None, 40.0), ("2024-05", 30.0, None)],
    # Both at once, where one of them alone would not go with what was there.
    [("2024-03", 10.0, 20.0), ("2024-05", 50.0, 60.0)],
    # Listed in any order: months decide.
    [("2024-05", 50.0, None), ("2024-03", 10.0, 60.0)],
])
def test_events_may_build_on_each_other(moves):
    """What counts is the timeline, not each event beside the tables of the scenario."""
    scenario = Scenario.model_validate(timeline(*moves))
    last = scenario.at(scenario.stop).price_limits
    assert last.floor_yuan_per_t <= last.ceiling_yuan_per_t


@pytest.mark.parametrize(("moves", "says"), [
    ([("2024-03", None, 40.0), ("2024-05", 50.0, None)],
     "events.1.set.price_limits: floor_yuan_per_t = 50.0 is above"),
    ([("2024-05", None, 40.0), ("2024-03", 50.0, None)],
     "events.0.set.price_limits: floor_yuan_per_t = 50.0 is above"),
])
def test_events_that_contradict_each_other_are_refused(moves, says):
    """Each would do alone; together they leave no price. The later one is named."""
    with pytest.raises(ValidationError, match=re.escape(says)):
        Scenario.model_validate(timeline(*moves))


def test_an_event_that_leaves_no_price_is_refused():
    """Across tables: a tick that no price between the limits is a multiple of."""
    event = {"announced": "2024-01", "effective": "2024-03", "set": {
        "price_limits.floor_yuan_per_t": 30.0, "price_limits.ceiling_yuan_per_t": 40.0,
        "trading_units.tick_yuan_per_t": 100.0,
    }}
    with pytest.raises(ValidationError, match=r"events.0.set: trading_units.tick_yuan_per_t"):
        Scenario.model_validate({**VILLAGE, "events": [event]})


def test_an_event_may_take_effect_in_the_first_month():
    """But not before it."""
    event = {"announced": "2023-01", "effective": "2024-01", "set": {"compliance.eligible": True}}
    assert Scenario.model_validate({**VILLAGE, "events": [event]}).events[0].effective == 24288


def test_groups_are_lists_of_tables():
    """In the order in which the scenario places them."""
    scenario = village()
    assert [group.name for group in (*scenario.projects, *scenario.firms)] == ["Terraces", "Works"]
