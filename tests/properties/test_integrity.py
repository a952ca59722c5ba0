"""What holds under any rules of measurement, permanence, audits and trust."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.registry.ledger import REFUSED
from agents.vocabulary import Account, CreditState
from benchmarks.object_model import ObjectMarketModel
from experiments.counterfactual import removed_without_demand_t
from simulation.results import Run
from simulation.scenario import declared, load
from simulation.world import World
from tests.helpers import MECHANISMS
from tests.oracle.comparing import differences
from tests.properties.overrides import VALUES, possible

RULES = sorted(
    item.key for item in declared()
    if item.key.split(".")[0] in ("permanence", "spot_audit", "trust", "verification")
    and item.key in VALUES
)
HELD, BUFFER = int(CreditState.HELD), int(CreditState.BUFFER)
POOL = int(Account.BUFFER_POOL)
# Often enough issued, lost and found for something to happen; and other uses of credits beside.
OFTEN = {
    "verification.fixed_cost_yuan": st.sampled_from([0.0, 1000.0, 20_000.0]),
    "verification.delay_months": st.integers(0, 6),
    "permanence.hazard_scale": st.sampled_from([0.0, 1.0, 10.0, 100.0]),
    "permanence.liability": st.sampled_from(["pool", "seller", "buyer", "none"]),
    "spot_audit.probability": st.sampled_from([0.0, 0.3, 1.0]),
    "compliance.eligible": st.booleans(),
    "quota.share": st.sampled_from([0.0, 0.01]),
    "voluntary.collateral_weight": st.sampled_from([0.1, 3.0]),
    "voluntary.green_reserve_weight": st.sampled_from([0.0, 3.0]),
    "firms.1.occasions_per_year": st.sampled_from([0.4, 12.0]),
    "reserve.levy_share": st.sampled_from([0.0, 0.2]),
    "eligibility.provinces": st.sampled_from([[], ["Jiangxi"]]),
    "market.mechanism": st.sampled_from(MECHANISMS),
    "reinvestment.public_share": st.sampled_from([0.0, 0.6]),
}
SEEDS = st.integers(0, 2**63 - 1)


@st.composite
def worlds(draw):
    """Ten agents for four years; a rule may change on the way."""
    changes = {key: draw(value) for key, value in OFTEN.items()}
    for key in draw(st.lists(st.sampled_from(RULES), max_size=6, unique=True)):
        changes[key] = draw(VALUES[key])
    if draw(st.booleans()):
        changes["events"] = [{"announced": "2025-06", "effective": "2025-06", "set": {
            "permanence.liability": draw(OFTEN["permanence.liability"]),
            "verification.buffer_share": draw(st.sampled_from([0.0, 0.5, 1.0])),
            "compliance.eligible": draw(st.booleans()),
        }}]
    with possible():
        return load("tiny", {**changes, "months": 48})


@settings(max_examples=25)
@given(worlds(), SEEDS)
def test_truths_and_debts_stay_within_their_bounds(scenario, seed):
    """Month by month; the registry is never asked for what it would refuse."""
    world = World(scenario, seed)
    while not world.finished:
        world.run(1)
        state = world.state
        projects, firms, ledger = state.projects, state.firms, state.ledger
        for name in ("uncovered_t", "owed_t", "owed_to_pool_t", "found_t", "reversed_t"):
            assert (projects[name] >= 0).all(), name
        assert (projects.reversed_t + projects.found_t <= projects.issued_t).all()
        noted = firms.for_compliance_t + firms.for_quota_t + firms.reserve_t
        assert (noted == ledger.tonnes[firms.account, HELD]).all()
        periods = state.verifications[: state.clock[9]]
        assert (periods.real_t >= 0).all()
        assert (periods.real_t <= periods.removed_t * (1 + 1e-12)).all()
        stands = state.stands[: state.clock[5]]
        assert (stands.area_ha >= 0).all()
        assert (stands.area_without_ha <= stands.area_ha * (1 + 1e-12)).all()
        assert 0.0 <= state.prices[8] <= 1.0
        if scenario.permanence.liability == "pool" and not scenario.events:
            # Arrears stand only where the pool is empty at the start of the next month.
            assert ledger.tonnes[POOL, BUFFER] == 0 or state.monthly.reversed_t[
                world.month - 1 - scenario.start
            ] >= 0
    assert world.state.ledger.counters[REFUSED:].sum() == 0
    world.check_books()
    stored = world.state.projects
    kept = np.zeros(len(stored))
    for period in world.state.verifications[: world.state.clock[9]]:
        kept[np.searchsorted(stored.agent_id, period.project_id)] += period.real_t
    # Periods hold all that is measured, and no more.
    np.testing.assert_allclose(kept, stored.measured_t, rtol=1e-9, atol=1e-6)


@settings(max_examples=12)
@given(worlds(), SEEDS)
def test_both_versions_agree_under_any_rules(scenario, seed):
    """Every balance, lot, agent and period."""
    world, model = World(scenario, seed), ObjectMarketModel(scenario, seed)
    world.run()
    model.run()
    assert differences(world, model) == []


@settings(max_examples=12)
@given(worlds(), SEEDS)
def test_additional_is_what_the_world_without_buyers_lacks(scenario, seed):
    """The run's own books of that world, against that world."""
    found = Run(_ended(scenario, seed)).outcomes
    alone = removed_without_demand_t(scenario, seed)
    scale = max(abs(found["removed_t"]), found["lost_t"], 1.0)
    assert found["additional_t"] == pytest.approx(
        found["removed_t"] - alone, rel=1e-7, abs=1e-9 * scale
    )


def _ended(scenario, seed):
    world = World(scenario, seed)
    world.run()
    return world
