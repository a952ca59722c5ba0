"""A scenario with parameters changed is the one that its files would have given."""

import pytest

from simulation.errors import ScenarioError
from simulation.scenario import load
from simulation.varying import current_value, varied

CHANGES = [
    {},
    {"months": 60},
    {"start": "2025-01"},
    {"market.mechanism": "call_auction", "voluntary.demand_scale": 2.5},
    {"growth.measures.terrace.soil_rate_per_year": 0.05},
    {"projects.3.count": 2, "projects.3.area_ha": 900.0, "firms.0.covered": True},
    {"eligibility.first_vintage_year": 2015, "compliance.eligible": True},
    {"events": [{"announced": "2026-01", "effective": "2026-06", "set": {"quota.share": 0.1}}]},
]


@pytest.mark.parametrize("changes", CHANGES, ids=lambda changes: ",".join(changes) or "none")
@pytest.mark.parametrize("name", ["china-counties", "mixed", "forest-buffer"])
def test_varying_gives_what_loading_gives(name, changes):
    """The hash is of everything in a scenario."""
    assert varied(load(name), changes).fingerprint == load(name, changes).fingerprint


def test_what_an_event_sets_is_a_parameter_too():
    """Its key has a dot, and stands behind others."""
    base = load("mixed")
    key = "events.0.set.quota.share"
    found = varied(base, {key: 0.25})
    assert current_value(found, key) == 0.25
    assert current_value(base, key) == 0.01
    assert found.at(found.stop).quota.share == 0.25
    assert found.at(found.stop).compliance.eligible


def test_the_base_stays_as_it_is():
    """Thousands of points start from it."""
    base = load("tiny")
    before = base.fingerprint
    varied(base, {"voluntary.demand_scale": 3.0, "projects.0.count": 2})
    assert base.fingerprint == before
    assert varied(base, {}) is base


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"voluntary.demand_scal": 1.0}, "did you mean 'demand_scale'"),
        ({"voluntary.demand_scale": -1.0}, "voluntary.demand_scale = -1.0 is below 0. Give 0 or"),
        ({"voluntary.demand_scale": "much"}, "is not a number"),
        ({"projects.99.count": 1}, "'99' is not in the list. Give a number from 0 to"),
        ({"months.long": 1}, "there is nothing inside"),
        ({"price_limits.floor_yuan_per_t": 9.0, "price_limits.ceiling_yuan_per_t": 8.0},
         "is above ceiling_yuan_per_t = 8.0"),
        ({"quota.provinces": ("Atlantis",)}, "is the province of no firm"),
    ],
)
def test_a_change_that_cannot_be_is_one_line(changes, said):
    """Where, what, the limit and the way out."""
    with pytest.raises(ScenarioError) as error:
        varied(load("tiny"), changes)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_the_value_of_a_parameter_is_found_by_its_key():
    """In tables, groups and tables of tables."""
    base = load("tiny")
    assert current_value(base, "market.mechanism") == base.market.mechanism
    assert current_value(base, "projects.0.count") == base.projects[0].count
    with pytest.raises(ScenarioError, match=r"unknown key 'market\.mechanis'"):
        current_value(base, "market.mechanis")
