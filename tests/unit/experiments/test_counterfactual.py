"""What would have been without credit revenue."""

import pytest

from experiments.comparing import compare
from experiments.counterfactual import removed_without_demand_t, without_demand
from simulation.results import simulate
from simulation.scenario import load


def test_sunk_treatment_is_never_additional():
    """With no land left to treat, nothing that a run removes is additional."""
    idle = {f"projects.{row}.treatable_ha": 0.0 for row in range(len(load("tiny").projects))}
    run = simulate(load("tiny", idle), seed=2)
    assert run.outcomes["volume_t"] > 0
    found = run.outcomes
    assert found["additional_t"] == 0.0
    assert found["additional_share_of_issued"] == 0.0
    assert found["cost_yuan_per_net_t"] is None


def test_new_treatment_is_additional_and_surrender_is_a_licence():
    """Net = additional less licensed; additional is what the new stands removed."""
    run = simulate("tiny-eligible", seed=3)
    found = run.outcomes
    assert found["new_area_ha"] > 0
    assert found["additional_t"] > 0
    assert found["net_effect_t"] == found["additional_t"] - found["licensed_t"]
    assert found["licensed_t"] > 0


LOST = {"permanence.hazard_scale": 8.0, "verification.fixed_cost_yuan": 20_000.0}


@pytest.mark.parametrize("changes", [
    {},
    LOST,
    {**LOST, "permanence.loss_share": 0.4, "permanence.cluster_share": 1.0},
    {**LOST, "permanence.liability": "seller", "permanence.upkeep_yuan_per_ha_per_year": 40.0},
    {**LOST, "permanence.upkeep_yuan_per_ha_per_year": 5.0, "reinvestment.public_share": 0.7},
    {**LOST, "permanence.upkeep_yuan_per_ha_per_year": 20.0, "start": "2024-10", "months": 60},
    {**LOST, "joining.innovation_per_year": 0.2, "projects.0.joined": False},
], ids=[
    "no loss", "loss", "part of clusters", "upkeep, liable", "upkeep", "start in autumn", "joining",
])
@pytest.mark.parametrize("name", ["tiny", "tiny-eligible"])
def test_a_run_knows_what_the_world_without_buyers_would_remove(name, changes):
    """Its own books of that world, against that world: fire by fire, with the same weather."""
    run = simulate(load(name, changes), seed=4)
    alone = removed_without_demand_t(run.scenario, 4)
    assert run.outcomes["additional_t"] == pytest.approx(
        run.outcomes["removed_t"] - alone, rel=1e-9, abs=1e-3
    )
    assert (run.outcomes["lost_t"] > 0) == bool(changes)


def test_the_counterfactual_does_not_depend_on_demand():
    """Every regime, pricing rule and room of a seed shares one."""
    changes = {"market.mechanism": "listing", "compliance.room_share": 0.2}
    hashes = {
        without_demand(load(name, more)).fingerprint
        for name in ("china-counties", "ccer-eligible", "provincial-quota", "mixed")
        for more in ({}, changes)
    }
    assert len(hashes) == 1


def test_events_on_the_supply_side_stay():
    """A registry that opens later, or a deduction that changes, belongs to the counterfactual."""
    event = {
        "announced": "2025-01", "effective": "2025-01",
        "set": {"compliance.eligible": True, "reinvestment.public_share": 0.5},
    }
    alone = without_demand(load("tiny", {"events": [event]}))
    assert [entry.set for entry in alone.events] == [{"reinvestment.public_share": 0.5}]


def test_public_money_counts_in_the_cost_and_penalties_do_not():
    """Cost = proceeds + what the state spends; a charge is a transfer, not a saving."""
    run = simulate(load("tiny", {
        "quota.share": 0.05, "quota.penalty_yuan_per_t": 5.0, "quota.threshold_t_per_year": 0.0,
        "reinvestment.public_share": 0.3,
    }), seed=1)
    found = run.outcomes
    assert found["penalties_yuan"] > 0
    spent = found["penalties_yuan"] - found["government_balance_yuan"]
    assert spent > 0
    assert found["cost_yuan_per_net_t"] == pytest.approx(
        (found["proceeds_yuan"] + spent) / found["net_effect_t"]
    )


def test_a_comparison_reports_the_paired_outcomes():
    """Next to those of single runs."""
    found = compare([load("tiny"), load("tiny-eligible")], replicates=2)
    outcomes = found.summary()["scenarios"][1]["outcomes"]
    assert outcomes["net_effect_t"]["n"] == 2
    values = found.variants[1].values
    rows = zip(values["net_effect_t"], values["additional_t"], values["licensed_t"], strict=True)
    assert all(net == additional - licensed for net, additional, licensed in rows)
