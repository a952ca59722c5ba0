"""Measurement, permanence, audits and trust: the engine and the object version agree."""

import pytest

from agents.vocabulary import Entry
from tests.oracle.running import MECHANISMS, Variant, run_variant

# Often verified, so that there is something to reverse, to audit and to owe.
BASE = {"months": 96, "verification.fixed_cost_yuan": 20_000.0, "verification.delay_months": 2}
LOST = {"permanence.hazard_scale": 15.0}
FOUND = {"verification.leniency": 0.4, "spot_audit.probability": 0.6,
         "verification.inflation_deviation": 0.3}
ELIGIBLE = {"compliance.eligible": True, "compliance.offset_limit": 0.2, "quota.share": 0.01,
            "voluntary.collateral_weight": 2.0, "firms.0.occasions_per_year": 6.0}
P, V, A = "permanence.", "verification.", "spot_audit."
VARIANTS = {
    "reversals": Variant(LOST, Entry.CANCEL),
    "few reversals": Variant({P + "hazard_scale": 2.0}),
    "a part is lost": Variant({P + "loss_share": 0.3}, Entry.CANCEL, LOST),
    "clusters": Variant({P + "cluster_share": 1.0}, Entry.CANCEL, LOST),
    "alone": Variant({P + "cluster_share": 0.0}, Entry.CANCEL, LOST),
    "one measure": Variant({P + "protection_forest_hazard_per_year": 0.02,
                            P + "check_dam_hazard_per_year": 0.9}, Entry.CANCEL, LOST),
    "upkeep": Variant({P + "upkeep_yuan_per_ha_per_year": 30.0}, Entry.UPKEEP, LOST),
    "upkeep that does not pay": Variant({P + "upkeep_yuan_per_ha_per_year": 900.0}, None, LOST),
    "sellers liable, upkeep": Variant(
        {P + "liability": "seller", P + "upkeep_yuan_per_ha_per_year": 60.0}, Entry.UPKEEP, LOST),
    "sellers liable": Variant({P + "liability": "seller"}, Entry.CANCEL, LOST),
    "buyers liable": Variant({P + "liability": "buyer"}, Entry.CANCEL, {**LOST, **ELIGIBLE}),
    "buyers liable, credits told apart": Variant(
        {P + "liability": "buyer", "eligibility.provinces": ["Jiangxi"],
         "eligibility.local_share": 0.3}, Entry.CANCEL, {**LOST, **ELIGIBLE}),
    "buyers with green reserves": Variant(
        {P + "liability": "buyer",
         "events": [{"announced": "2024-01", "effective": "2031-01",
                     "set": {"compliance.eligible": True}}]}, Entry.CANCEL,
        {**LOST, "voluntary.green_reserve_weight": 5.0, "firms.1.occasions_per_year": 6.0}),
    "buyers and the reserve": Variant(
        {P + "liability": "buyer"}, Entry.CANCEL,
        {**LOST, "reserve.levy_share": 0.3, "price_limits.ceiling_yuan_per_t": 60.0}),
    "nobody liable": Variant({P + "liability": "none"}, None, LOST),
    "replenished": Variant({P + "replenishment_share": 0.5}, Entry.REPLENISH, LOST),
    "small pool": Variant({V + "buffer_share": 0.01}, Entry.CANCEL, LOST),
    "rule changes": Variant({"events": [
        {"announced": "2026-03", "effective": "2026-03", "set": {P + "liability": "seller"}},
        {"announced": "2028-03", "effective": "2028-03", "set": {P + "liability": "pool",
                                                                V + "buffer_share": 0.3}},
    ]}, Entry.CANCEL, LOST),
    "sampling": Variant({V + "sampling_effort": 4.0, V + "sampling_cost_share": 0.7}),
    "little sampling": Variant({V + "sampling_effort": 0.1, V + "uncertainty_deduction": 1.0}),
    "inflated baselines": Variant({V + "baseline_inflation": 0.2, V + "inflation_deviation": 0.5}),
    "lenient": Variant({V + "leniency": 0.3}),
    "screened": Variant({V + "additionality_screening": 0.8}),
    "queue": Variant({V + "capacity_per_month": 1, V + "fixed_cost_yuan": 100.0}),
    "queue that shortens": Variant({V + "capacity_per_month": 2, V + "fixed_cost_yuan": 100.0,
                                    "events": [{"announced": "2025-03", "effective": "2025-03",
                                                "set": {V + "delay_months": 0}}]}),
    "audits": Variant(FOUND, Entry.SPOT_AUDIT),
    "audits at once": Variant({A + "delay_months": 0, A + "error": 0.0, A + "tolerance": 0.0},
                              Entry.SPOT_AUDIT, FOUND),
    "audits of all": Variant({A + "probability": 1.0, A + "deterrence": 0.0, A + "cost_yuan": 0.0},
                             Entry.CANCEL, FOUND),
    "audits after reversals": Variant(LOST, Entry.SPOT_AUDIT, FOUND),
    "no trust": Variant({"trust.sensitivity": 200.0, "trust.recovery_months": 240.0},
                        None, {**FOUND, **LOST}),
    "blind trust": Variant({"trust.sensitivity": 0.0}, None, {**FOUND, **LOST}),
    "scandals of all kinds": Variant({"trust.covered_weight": 1.0}, None, {**FOUND, **LOST}),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_equal_under_every_rule_of_integrity(name):
    """Ten agents, eight years."""
    run_variant("tiny", BASE, VARIANTS[name], (1, 2))


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_equal_under_every_pricing_rule(mechanism):
    """Everything at once: buyers that lose what they hold, audits, a queue, upkeep."""
    run_variant("tiny", BASE, Variant(
        {**LOST, **FOUND, P + "liability": "buyer", P + "upkeep_yuan_per_ha_per_year": 30.0,
         V + "capacity_per_month": 1},
        base={**ELIGIBLE, "market.mechanism": mechanism},
    ), (3,))


def test_equal_where_firms_trade_allowances():
    """Credits that vanish from under a firm's plan."""
    run_variant("tiny-eligible", BASE, Variant(
        {**LOST, P + "liability": "buyer"}, Entry.CANCEL,
        {"allowance_price.path": "endogenous", "compliance.deadline_month": 12},
    ), (1,))
