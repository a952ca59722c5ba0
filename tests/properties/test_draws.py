"""An agent's luck is its own: neither other agents nor other rules change it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.scenario import load
from simulation.state import Clock
from simulation.world import World

EXTRA_PROJECTS = {
    "name": "New project", "area_ha": 900.0, "treated": "2015-01", "area_deviation": 0.2,
}
EXTRA_FIRMS = {"name": "New works", "count": 3, "occasions_per_year": 2.0, "covered": True}
SETUP_PROJECTS = ("agent_id", "cluster", "site_index", "plant_t", "soil_t", "treatable_ha")
SETUP_FIRMS = ("agent_id", "activity_t", "willingness", "emissions_t", "budget_fen")


def world_of(seed, changes=None, *, projects=0, firms=0):
    """Ten agents, no peers, no new land; groups may be appended."""
    quiet = {"voluntary.peer_weight": 0.0, "months": 24, "compliance.eligible": True,
             "projects.0.treatable_ha": 0.0, "projects.1.treatable_ha": 0.0}
    table = load("tiny", {**quiet, **(changes or {})}).model_dump()
    table["projects"] = [*table["projects"], *[EXTRA_PROJECTS] * projects]
    table["firms"] = [*table["firms"], *[EXTRA_FIRMS] * firms]
    return World(type(load("tiny")).model_validate(table), seed)


CHANGES = {
    "another mechanism": {"changes": {"market.mechanism": "call_auction"}},
    "another offset limit": {"changes": {"compliance.offset_limit": 0.3}},
    "more in the first group of projects": {"changes": {"projects.0.count": 5}},
    "more in the last group of projects": {"changes": {"projects.1.count": 5}},
    "more in the first group of firms": {"changes": {"firms.0.count": 7}},
    "more in the last group of firms": {"changes": {"firms.2.count": 7}},
    "groups appended": {"projects": 2, "firms": 2},
}


def shared(left, right):
    """Rows of the agents that both worlds have, in the same order."""
    common = np.intersect1d(left.agent_id, right.agent_id)
    return tuple(rows[np.searchsorted(rows.agent_id, common)] for rows in (left, right))


@pytest.mark.parametrize("change", CHANGES)
@settings(max_examples=5)
@given(st.integers(0, 2**63 - 1))
def test_setup_is_the_same_whoever_else_is_there(change, seed):
    """Areas, sites, emissions and willingness of the ten agents, from their own addresses."""
    plain, other = world_of(seed).state, world_of(seed, **CHANGES[change]).state
    for rows, names in (("projects", SETUP_PROJECTS), ("firms", SETUP_FIRMS)):
        old, new = shared(getattr(plain, rows), getattr(other, rows))
        assert len(old) == len(getattr(plain, rows))
        for name in names:
            np.testing.assert_array_equal(old[name], new[name], err_msg=name)


@pytest.mark.parametrize("change", CHANGES)
@settings(max_examples=4)
@given(st.integers(0, 2**63 - 1))
def test_weather_and_emissions_are_the_same_whoever_else_is_there(change, seed):
    """After two years: what grew (no land was added), activity, emissions and abatement."""
    plain, other = world_of(seed), world_of(seed, **CHANGES[change])
    plain.run()
    other.run()
    old, new = shared(plain.state.projects, other.state.projects)
    np.testing.assert_array_equal(old.plant_t, new.plant_t)
    np.testing.assert_array_equal(old.soil_t, new.soil_t)
    old, new = shared(plain.state.firms, other.state.firms)
    for name in ("activity_t", "emissions_t", "abated_t", "allocation_t"):
        np.testing.assert_array_equal(old[name], new[name], err_msg=name)
    np.testing.assert_array_equal(
        plain.state.monthly.allowance_price, other.state.monthly.allowance_price
    )


def occasions(world):
    """What arose, by agent and month: kind, size and willingness."""
    found = {}
    length = world.scenario.voluntary.occasion_months
    while not world.finished:
        month = world.month
        if world.run_phase().name != "bid_voluntary":
            continue
        for firm in world.state.firms[world.state.firms.occasion > 0]:
            if firm.occasion_ends == month + length - 1:
                found[int(firm.agent_id), month] = (
                    int(firm.occasion), int(firm.occasion_t), float(firm.occasion_willingness),
                )
    return found


@pytest.mark.parametrize("change", CHANGES)
@settings(max_examples=2)
@given(st.integers(0, 2**63 - 1))
def test_occasions_are_the_same_whoever_else_is_there(change, seed):
    """Without trade the same occasions arise; with trade, whichever arises in both is the same.

    A purchase closes an occasion earlier or later, so with trade another month may be free for the
    next one (simplification S2): only what is drawn must agree.
    """
    often = {f"firms.{group}.occasions_per_year": 4.0 for group in range(3)}
    for opens, all_alike in (("2100-01", True), ("2023-12", False)):
        given_change = dict(CHANGES[change])
        given_change["changes"] = {
            **often, "registry.opens": opens, **given_change.get("changes", {}),
        }
        plain = occasions(world_of(seed, {**often, "registry.opens": opens}))
        other = occasions(world_of(seed, **given_change))
        assert len(plain) > 5
        both = plain.keys() & other.keys()
        assert {key: plain[key] for key in both} == {key: other[key] for key in both}
        if all_alike:
            assert both == plain.keys()


def measured(world):
    """Measured and removed tonnes of each verification, by project and month of issue."""
    world.run()
    done = world.state.verifications[: world.state.clock[Clock.VERIFICATIONS]]
    return {
        (int(row.project_id), int(row.issued_month)): (float(row.measured_t), float(row.removed_t))
        for row in done
    }


@pytest.mark.parametrize("change", CHANGES)
@settings(max_examples=3)
@given(st.integers(0, 2**63 - 1))
def test_measurement_is_the_same_whoever_else_is_there(change, seed):
    """The verifier's luck belongs to the project and the month, also after deals set runs apart.

    Without a fixed cost every month is verified.
    """
    often = {"verification.fixed_cost_yuan": 0.0, "verification.delay_months": 0}
    given_change = dict(CHANGES[change])
    given_change["changes"] = {**often, **given_change.get("changes", {})}
    plain, other = measured(world_of(seed, often)), measured(world_of(seed, **given_change))
    both = plain.keys() & other.keys()
    assert len(both) == 4 * 24
    for key in both:
        left, right = (found / removed for found, removed in (plain[key], other[key]))
        assert left == pytest.approx(right, rel=1e-12), key
