"""Factors: ranges, lists and options, and what they set."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from experiments.study.declaring import counts, declaration_of
from experiments.study.factors import Factor
from simulation.errors import ScenarioError
from simulation.scenario import load
from simulation.varying import current_value, varied


def test_a_range_is_walked_evenly_and_reaches_both_ends():
    factor = Factor(key="voluntary.demand_scale", low=0.5, high=2.5)
    assert [factor.at(place) for place in (0.0, 0.5, 1.0)] == [0.5, 1.5, 2.5]


def test_on_a_log_scale_the_middle_is_the_geometric_mean():
    factor = Factor(key="voluntary.demand_scale", low=0.25, high=4.0, scale="log")
    assert factor.at(0.5) == pytest.approx(1.0)
    assert (factor.at(0.0), factor.at(1.0)) == (0.25, 4.0)


def test_whole_numbers_have_equal_shares():
    """Ends included: rounding would give them half a share."""
    factor = Factor(key="verification.delay_months", low=1, high=4)
    places = [place / 400 + 1 / 800 for place in range(400)]
    found = [factor.at(place) for place in places]
    assert {type(value) for value in found} == {int}
    assert [found.count(value) for value in (1, 2, 3, 4)] == [100, 100, 100, 100]


def test_values_have_equal_shares():
    factor = Factor(key="market.mechanism", values=("listing", "bilateral", "call_auction"))
    found = [factor.at((place + 0.5) / 300) for place in range(300)]
    assert [found.count(value) for value in factor.values] == [100, 100, 100]
    assert factor.at(1.0) == "call_auction"


@given(st.floats(0.0, 1.0))
def test_no_place_lies_outside_the_bounds(place):
    """Rounding of logarithms must not step over an inclusive bound."""
    factor = Factor(key="compliance.room_share", low=0.01, high=1.0, scale="log")
    assert 0.01 <= factor.at(place) <= 1.0


def test_a_grid_of_a_range_has_its_ends_and_even_steps():
    factor = Factor(key="voluntary.demand_scale", low=1.0, high=3.0, steps=5)
    assert factor.grid() == pytest.approx((1.0, 1.5, 2.0, 2.5, 3.0))
    whole = Factor(key="verification.delay_months", low=1, high=3, steps=3)
    assert whole.grid() == (1, 2, 3)


def test_a_factor_that_multiplies_keeps_the_differences_between_groups():
    """Each firm its own value, twice as large; counts stay whole."""
    base = load("china-counties")
    factor = Factor(key="firms.*.willingness_yuan_per_t", low=0.5, high=2.0, times=True)
    changed = varied(base, factor.settings(2.0, base))
    before = [group.willingness_yuan_per_t for group in base.firms]
    assert [group.willingness_yuan_per_t for group in changed.firms] == [2 * x for x in before]
    assert len(set(before)) > 1
    counts = Factor(key="firms.*.count", low=0.5, high=2.0, times=True)
    found = varied(base, counts.settings(0.5, base))
    assert [group.count for group in found.firms] == [round(0.5 * g.count) for g in base.firms]


def test_options_set_several_parameters():
    factor = Factor(name="rules", options={
        "strict": {"compliance": {"offset_limit": 0.05}, "compliance.discount_ratio": 0.5},
        "open": {"compliance.offset_limit": 0.2},
    })
    base = load("tiny")
    assert factor.levels == ("strict", "open")
    assert factor.who == "lever"
    changed = varied(base, factor.settings("strict", base))
    assert changed.compliance.offset_limit == 0.05
    assert changed.compliance.discount_ratio == 0.5


def test_who_decides_is_as_declared_unless_said():
    assert Factor(key="compliance.offset_limit", low=0, high=0.1).who == "lever"
    assert Factor(key="voluntary.demand_scale", low=0.5, high=2.0).who == "uncertainty"
    said = Factor(key="voluntary.demand_scale", low=0.5, high=2.0, role="lever")
    assert said.who == "lever"


def test_titles_come_from_the_declaration():
    factor = Factor(key="voluntary.demand_scale", low=0.5, high=2.0)
    assert factor.title("zh") == declaration_of("voluntary.demand_scale").label_zh
    named = Factor(key="voluntary.demand_scale", low=0.5, high=2.0, label="Demand")
    assert named.title("en") == "Demand"


def test_what_an_event_sets_is_declared_as_the_lever_is():
    found = declaration_of("events.0.set.compliance.offset_limit")
    assert found is declaration_of("compliance.offset_limit")
    assert declaration_of("firms.*.count") is declaration_of("firms.3.count")


def test_the_value_of_an_event_can_be_varied():
    """When, and how much: both are the question of a study."""
    base = load("ccer-eligible")
    factor = Factor(key="events.0.effective", values=("2027-01", "2028-01"))
    changed = varied(base, factor.settings("2028-01", base))
    assert changed.events[0].effective - base.events[0].effective == 12
    assert current_value(base, "events.0.set.compliance.eligible") is True


@pytest.mark.parametrize(("key", "expected"), [
    ("months", True), ("verification.delay_months", True), ("firms.*.count", True),
    ("projects.3.count", True), ("events.0.set.verification.delay_months", True),
    ("voluntary.demand_scale", False), ("start", False), ("firms.*.covered", False),
    ("market.mechanism", False),
])
def test_what_counts_in_whole_numbers_is_told_by_its_declaration(key, expected):
    """Also without a default; months of the calendar and switches do not."""
    assert counts(key) is expected


def test_a_factor_cannot_multiply_what_is_no_number():
    base = load("tiny")
    factor = Factor(key="market.mechanism", low=0.5, high=2.0, times=True)
    with pytest.raises(ScenarioError, match=r"mechanism = 'listing' is no number"):
        factor.settings(2.0, base)


def test_values_are_written_with_as_many_digits_as_tell_them_apart():
    """Options of a choice have names of their own."""
    close = Factor(key="verification.fixed_cost_yuan", low=400_000.0, high=400_010.0, steps=3)
    assert len({close.level_title(level, "en") for level in close.grid()}) == 3
    far = Factor(key="voluntary.demand_scale", values=(0.123456, 2.0))
    assert far.level_title(0.123456, "en") == "0.1235"


@pytest.mark.parametrize(("table", "said"), [
    ({"key": "voluntary.demand_scale", "values": (1.0, float("inf"))}, "neither a finite number"),
    ({"key": "voluntary.demand_scale", "values": ("a", "b"), "times": True}, "is no number"),
    ({"key": "market.mechanism", "values": ("listing", "mcafee"), "levels_zh": {"listin": "x"}},
     "did you mean 'listing'"),
    ({"key": "voluntary.demand_scal", "low": 1, "high": 2}, "did you mean 'voluntary.demand_sc"),
    ({"key": "voluntary.demand_scale"}, "Give exactly one of the three"),
    ({"key": "voluntary.demand_scale", "low": 1.0}, "goes from 1.0 to None"),
    ({"key": "voluntary.demand_scale", "low": 2.0, "high": 1.0}, "low below high"),
    ({"key": "voluntary.demand_scale", "low": 0.0, "high": 1.0, "scale": "log"}, "no logarithm"),
    ({"key": "voluntary.demand_scale", "values": (1.0,)}, "has one value"),
    ({"key": "voluntary.demand_scale", "values": (1.0, 1.0)}, "a value twice"),
    ({"key": "voluntary.demand_scale", "values": (1.0, 2.0), "low": 1.0, "high": 2.0},
     "exactly one"),
    ({"key": "voluntary.demand_scale", "values": (1.0, 2.0), "scale": "log"}, "no range for scale"),
    ({"key": "market.mechanism", "low": 0.0, "high": 1.0}, "is no number"),
    ({"key": "verification.delay_months", "low": 0.5, "high": 2.0}, "whole numbers"),
    ({"name": "rules", "key": "months", "options": {"a": {}, "b": {}}}, "no key"),
    ({"options": {"a": {}, "b": {}}}, "Give it a name"),
])
def test_a_factor_that_cannot_be_is_refused(table, said):
    with pytest.raises(ValidationError) as error:
        Factor.model_validate(table)
    assert said in str(error.value)


def test_a_log_range_is_even_in_ratios():
    factor = Factor(key="voluntary.demand_scale", low=1.0, high=100.0, scale="log", steps=3)
    assert factor.grid() == pytest.approx((1.0, 10.0, 100.0))
    assert math.isclose(factor.at(0.25) * factor.at(0.75), 100.0)
