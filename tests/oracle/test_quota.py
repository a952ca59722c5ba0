"""Purchase quotas in a county world: both versions give equal runs."""

import pytest

from agents.vocabulary import Entry, Motive
from simulation.scenario import load
from tests.oracle.running import MECHANISMS, Variant, run_both, run_variant

# From December 2023 over the first deadline, in December 2027.
OVER_THE_DEADLINE = 50


@pytest.mark.parametrize("mechanism", MECHANISMS)
@pytest.mark.parametrize(("name", "seed"), [("provincial-quota", 1), ("mixed", 2)])
def test_a_quota_alone_and_beside_compliance_agrees(name, mechanism, seed):
    """Firms of some provinces buy for the quota, which falls due; others never do."""
    overrides = {"market.mechanism": mechanism, "months": OVER_THE_DEADLINE}
    model = run_both(load(name, overrides), seed)
    assert {firm.under_quota for firm in model.firms} == {False, True}
    assert sum(row.retired_quota_t for row in model.monthly) > 0


def test_fifteen_years_of_three_demands_agree():
    """Eleven deadlines, of the quota and of compliance, in one month."""
    model = run_both(load("mixed"), 3)
    assert len({row.month for row in model.monthly if row.retired_quota_t}) > 5
    assert any(row.quota_lacking_t for row in model.monthly)


# In force from the first January, with credits on the market soon.
SCENE = {
    "months": 16, "joining.innovation_per_year": 6.0, "voluntary.demand_scale": 4.0,
    "quota.share": 0.01,
}
BOTH = {"compliance.eligible": True}
ALL_QUOTA = {"voluntary.demand_scale": 0.0}
VARIANTS = {
    "none": Variant({"quota.share": 0.0}),
    "odd share": Variant({"quota.share": 0.0029}, Entry.PENALTY),
    "all emissions": Variant({"quota.share": 1.0}, Entry.PENALTY),
    "less than a tonne": Variant({"quota.share": 1e-5}, base={"bilateral.smallest_block_t": 1}),
    "small firms too": Variant({"quota.threshold_t_per_year": 0.0}),
    "only large firms": Variant({"quota.threshold_t_per_year": 1_000_000.0}),
    "every province": Variant({"quota.provinces": ()}),
    "one province": Variant({"quota.provinces": ("Fujian",)}),
    "no charge": Variant({"quota.penalty_yuan_per_t": 0.0}),
    "charge below the asks": Variant({"quota.penalty_yuan_per_t": 7.777}, Entry.PENALTY),
    "high charge": Variant({"quota.penalty_yuan_per_t": 4321.0987}),
    "charge eaten by the cost": Variant({"compliance.transaction_cost_yuan_per_t": 60.0}),
    "summer deadline": Variant({"quota.deadline_month": 7}),
    "deadline in February": Variant({"quota.deadline_month": 2}),
    "deadline before that of compliance": Variant({"quota.deadline_month": 11}, base=BOTH),
    "deadline after that of compliance": Variant({"compliance.deadline_month": 10}, base=BOTH),
    "even pace": Variant({f"firms.{row}.pace": 1.0 for row in range(9)}),
    "late pace": Variant({f"firms.{row}.pace": 12.5 for row in range(9)}),
    "subsidy for volunteers": Variant({"voluntary.subsidy_yuan_per_t": 2.345}, Entry.SUBSIDY),
    "nobody else buys": Variant({"bilateral.smallest_block_t": 50}, base=ALL_QUOTA),
    "listing": Variant({"market.mechanism": "listing", "listing.lots_seen": 3}),
    "whole lots": Variant(
        {"listing.partial_lots": False, "quote.offered_share": 0.05},
        base={"market.mechanism": "listing"},
    ),
    "call auction": Variant({"market.mechanism": "call_auction", "call_auction.k": 0.3}),
    # A firm's orders for two motives are in one book, with draws of their own.
    "call auction by time": Variant(
        {"call_auction.rationing": "time"}, base={**BOTH, "market.mechanism": "call_auction"}
    ),
}


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS.keys())
def test_variants_of_the_quota_agree(variant):
    """Share, threshold, provinces, charge and deadline, at their ends and between them."""
    # Plain draws, the slowest part of so many agents, are compared in the tests above.
    run_variant("provincial-quota", SCENE, variant, [1], form="quickest")


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_a_quota_agrees_while_its_rules_move(mechanism, tmp_path):
    """It lapses and returns, sleeps for months, and a deadline passes into the next year."""
    path = tmp_path / "levers.toml"
    path.write_text("""
        extends = "china-counties"
        name = "levers"
        [[events]]
        announced = "2024-01"
        effective = "2024-12"
        set = { "quota.share" = 0.0 }
        [[events]]
        announced = "2024-01"
        effective = "2025-11"
        set = { "quota.share" = 0.003, "quota.deadline_month" = 11 }
        [[events]]
        announced = "2024-01"
        effective = "2026-05"
        set = { "quota.share" = 0.0 }
        [[events]]
        announced = "2024-01"
        effective = "2026-08"
        set = { "quota.share" = 0.02, "quota.penalty_yuan_per_t" = 45.6 }
        [[events]]
        announced = "2024-01"
        effective = "2026-11"
        set = { "quota.deadline_month" = 3 }
        [[events]]
        announced = "2024-01"
        effective = "2027-06"
        set = { "quota.share" = 0.0 }
    """, encoding="utf-8")
    overrides = {
        **SCENE, "months": 50, "voluntary.demand_scale": 1.0, "market.mechanism": mechanism,
    }
    model = run_both(load(str(path), overrides), 1)
    # What was owed for 2024 lapsed in January 2025: nothing falls due in November of that year.
    due = [row.month for row in model.monthly if row.quota_lacking_t or row.retired_quota_t]
    assert due == [2027 * 12 + 2]
    years = {deal.month // 12 for deal in model.deals if deal.motive is Motive.QUOTA}
    assert {2024, 2027} <= years
