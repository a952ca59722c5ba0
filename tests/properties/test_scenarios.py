"""What holds in every scenario, whatever its levers and uncertain inputs."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.registry.audit import audit
from agents.vocabulary import Motive
from simulation.results import Run, fingerprint
from simulation.scenario import Scenario, declared, load
from simulation.timeline import lever_keys
from simulation.world import World
from tests.helpers import MECHANISMS
from tests.properties.overrides import DRAWN, VALUES, possible, scenarios

SEEDS = st.integers(0, 2**63 - 1)
OVERLAYS = sorted(
    key for key in VALUES
    if key.split(".")[0] in ("price_limits", "trading_units", "transaction_tax")
)
LEVERS = sorted(item.key for item in DRAWN if item.role == "lever")


def checked(world):
    """Run to the end phase by phase, which audits the books after each; look at every month."""
    retired = 0
    while not world.finished:
        phase = world.run_phase()
        if phase.name != "record":
            continue
        state = world.state
        assert audit(state.ledger) == []
        assert state.ledger.fen.sum() == 0
        assert state.ledger.tonnes.min() >= 0
        row = state.monthly[world.month - 1 - world.scenario.start]
        assert row.issued_t <= row.verified_t
        assert row.voluntary_t + row.compliance_t + row.quota_t + row.public_t == row.volume_t
        bid = row.bid_voluntary_t + row.bid_compliance_t + row.bid_quota_t + row.bid_public_t
        assert row.volume_t <= min(row.offered_t + row.offered_reserve_t, bid)
        assert row.retired_t >= retired  # what is retired never leaves
        retired = row.retired_t
    return world


@settings(max_examples=15)
@given(scenarios(), SEEDS)
def test_the_laws_hold_in_every_scenario(scenario, seed):
    """Books right after every phase, no deal outside its limits, every obligation covered."""
    world = checked(World(scenario, seed))
    state = world.state
    deals = state.deals[: state.clock[8]]
    assert (deals.ask_fen <= deals.price_fen).all()
    assert (deals.price_fen <= deals.bid_fen).all()
    assert (deals.tonnes > 0).all()
    firms, projects = state.firms, state.projects
    np.testing.assert_array_equal(
        firms.settled_emissions_t,
        firms.surrendered_allowances_t + firms.credited_t + firms.rivals_t + firms.shortfall_t
        + firms.taxed_t,
    )
    assert (firms.for_compliance_t[~firms.covered] == 0).all()
    assert (firms.budget_fen >= 0).all()
    bought = firms.voluntary_t + firms.compliance_t + firms.quota_t
    sold = projects.sold_t.sum() + state.monthly.reserve_sold_t.sum()
    assert bought.sum() + state.monthly.public_t.sum() == sold
    assert (projects.sold_t <= projects.issued_t).all()
    assert (projects.treatment_fen <= projects.earmarked_fen).all()
    bought = deals[deals.motive == Motive.COMPLIANCE].tonnes.sum()
    kept = firms.surrendered_credits_t.sum() + firms.for_compliance_t.sum()
    # Where buyers are liable, credits can be taken from them; a green reserve turns into holdings.
    if scenario.permanence.liability != "buyer" and not scenario.voluntary.green_reserve_weight:
        assert kept == bought
    outcomes = Run(world).outcomes
    kept = sum(outcomes[f"{name}_t"] for name in ("held", "escrow", "pledged", "buffer"))
    used = sum(
        outcomes[f"retired_{use}_t"]
        for use in ("own_emissions", "local_support", "compliance", "quota")
    )
    assert kept + used + outcomes["cancelled_t"] == outcomes["issued_t"]


@settings(max_examples=20)
@given(scenarios(), SEEDS)
def test_a_compiled_run_equals_a_stepped_one_in_every_scenario(scenario, seed):
    """Byte for byte."""
    whole, stepped = World(scenario, seed), World(scenario, seed)
    whole.run()
    while not stepped.finished:
        stepped.run_phase()
    assert fingerprint(whole) == fingerprint(stepped)


@settings(max_examples=10)
@given(
    scenarios(), SEEDS,
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from(LEVERS), st.data()), max_size=5),
)
def test_a_run_with_levers_moved_by_hand_is_replayed_by_its_scenario(scenario, seed, moves):
    """Any levers, any values within their bounds, at any moments; and it can be rewound."""
    world = World(scenario, seed)
    for months, key, data in moves:
        world.run(months)
        world.run_phase()
        value = data.draw(VALUES[key], label=key)
        with possible():
            world.set_lever(key, value)
    there = world.snapshot()
    world.run()
    world.check_books()
    replayed = World(world.scenario, seed)
    replayed.run()
    assert fingerprint(replayed) == fingerprint(world)
    end = fingerprint(world)
    world.restore(there)
    world.run()
    assert fingerprint(world) == end


@settings(max_examples=30)
@given(scenarios())
def test_a_scenario_survives_being_written_down(scenario):
    """What is saved with the results is the same scenario."""
    again = Scenario.model_validate(scenario.model_dump(mode="json"))
    assert again == scenario
    assert again.fingerprint == scenario.fingerprint


@settings(max_examples=30)
@given(scenarios(most=3), st.sampled_from(sorted(VALUES)), st.data())
def test_a_fingerprint_changes_if_and_only_if_the_content_does(scenario, key, data):
    """One input drawn anew: either it is the same number or the hash is another."""
    section, field = key.split(".")
    table = scenario.model_dump()
    table[section][field] = data.draw(VALUES[key])
    with possible():
        changed = Scenario.model_validate(table)
    assert (changed.fingerprint == scenario.fingerprint) == (changed == scenario)


def test_every_lever_can_be_drawn():
    """None is left out of these properties by accident."""
    from simulation.scenario import SECTIONS

    assert set(LEVERS) == set(lever_keys(SECTIONS))
    uncertain = {item.key for item in declared() if item.role == "uncertainty"}
    left_out = uncertain - set(VALUES)
    assert all(key.startswith("growth.measures.") or key == "network.kind" for key in left_out)


@settings(max_examples=15)
@given(st.data(), SEEDS)
def test_the_laws_hold_under_all_overlays_at_once(data, seed):
    """A reserve that is sold, a tax, lots and ticks: drawn together they are rarely all there."""
    changes = {key: data.draw(VALUES[key], label=key) for key in OVERLAYS}
    changes |= {
        "reserve.levy_share": 0.3, "reserve.soft_ceiling_yuan_per_t": 20.0, "months": 36,
        "market.mechanism": data.draw(st.sampled_from(MECHANISMS)), "compliance.eligible": True,
    }
    with possible():
        scenario = load("tiny", changes)
    state = checked(World(scenario, seed)).state
    rows = state.monthly
    parts = rows.surplus_fen + rows.transaction_cost_fen + rows.lost_policy_fen
    np.testing.assert_allclose(
        parts + rows.lost_not_made_fen + rows.lost_wrong_people_fen, rows.theory_surplus_fen,
        rtol=1e-9, atol=1.0,
    )
