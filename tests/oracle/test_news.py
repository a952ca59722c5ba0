"""Announced rules, and who acts on them: both versions give equal runs."""

import pytest

from tests.oracle.running import Variant, run_variant

BASE = {"months": 72, "quote.strategy": "storage", "firms.1.occasions_per_year": 4.0,
        "firms.2.occasions_per_year": 4.0}
RESERVE = {"voluntary.green_reserve_weight": 3.0}
TRADED = {
    "allowance_price.path": "endogenous", "firms.1.free_share": 0.8, "firms.2.free_share": 0.9,
    "banking.rule": "unlimited", "regime.kind": "absolute", "regime.cap_decline_per_year": 0.02,
    "expectations.horizon_months": 36,
}


def event(announced, effective, **levers):
    """What is announced in one month for another."""
    return {"announced": announced, "effective": effective,
            "set": {key.replace("__", "."): value for key, value in levers.items()}}


ELIGIBLE = event("2025-01", "2026-01", compliance__eligible=True)
# Lists do not go into a scene, so what would be a base stands in the overrides.
EVENTS = {
    "eligibility": [ELIGIBLE],
    "and its end": [ELIGIBLE, event("2026-06", "2027-06", compliance__eligible=False)],
    "a tax": [event("2025-01", "2026-01", compliance__eligible=True, regime__kind="tax",
                    regime__tax_yuan_per_t=120.0)],
    "a lower tax": [
        event("2024-06", "2024-07", compliance__eligible=True, regime__kind="tax"),
        event("2025-06", "2026-06", regime__tax_yuan_per_t=12.0),
    ],
    "half a tonne each": [ELIGIBLE, event("2026-03", "2027-01", compliance__discount_ratio=0.5)],
    "only one province": [
        event("2025-01", "2026-01", compliance__eligible=True, eligibility__provinces=["Jiangxi"])
    ],
    "later for the others": [
        event("2025-01", "2025-04", compliance__eligible=True, eligibility__provinces=["Jiangxi"]),
        event("2025-06", "2026-06", eligibility__provinces=[]),
    ],
    "two at once": [
        event("2025-01", "2026-01", compliance__offset_limit=0.2),
        event("2025-02", "2025-12", compliance__eligible=True),
        event("2025-03", "2025-12", penalty__make_good=True),
    ],
}


@pytest.mark.parametrize("name", EVENTS)
@pytest.mark.parametrize("scene", [{}, RESERVE])
def test_equal_where_rules_are_announced(name, scene):
    """Sellers who store, and firms with a green reserve."""
    run_variant("tiny", BASE, Variant({"events": EVENTS[name]}, base=scene), (1, 2))


@pytest.mark.parametrize("overrides", [
    RESERVE, {**RESERVE, "voluntary.green_reserve_months": 5},
    {**RESERVE, "expectations.horizon_months": 3}, {**RESERVE, "expectations.credibility": 0.2},
    {**RESERVE, "compliance.offset_limit": 0.001}, {**RESERVE, "quote.strategy": "focal"},
    {**RESERVE, "eligibility.first_vintage_year": 2024, "verification.fixed_cost_yuan": 2e4,
     "verification.cost_yuan_per_t": 5.0, "quote.strategy": "focal"},
    {**RESERVE, "expectations.price_growth_per_year": 0.1},
    {**RESERVE, "voluntary.subsidy_yuan_per_t": 3.0, "quote.strategy": "truthful"},
])
def test_equal_with_a_green_reserve(overrides):
    """Bought before eligibility, opened when it comes, or given up."""
    models = run_variant("tiny-eligible", BASE, Variant(overrides), (1, 2))
    assert any(month.green_reserve_t > 0 for model in models for month in model.monthly)


BANKED = {
    "a higher limit": [event("2025-01", "2026-01", compliance__offset_limit=0.4)],
    "a faster cap": [event("2025-01", "2027-01", regime__cap_decline_per_year=0.2)],
    "eligibility": [ELIGIBLE],
    "no cap any more": [event("2025-01", "2026-01", compliance__penalty_multiple=2.0),
                        event("2026-03", "2027-01", penalty__form="fixed",
                              penalty__fixed_yuan_per_t=30.0)],
}


@pytest.mark.parametrize("name", BANKED)
@pytest.mark.parametrize("eligible", [False, True])
def test_equal_where_firms_bank_for_announced_rules(name, eligible):
    """What all will lack is reckoned by the rules that are announced."""
    run_variant(
        "tiny", BASE,
        Variant({"events": BANKED[name]}, base={**TRADED, "compliance.eligible": eligible})
        if (name, eligible) != ("eligibility", True)
        else Variant({"events": [event("2025-01", "2026-01", compliance__eligible=False)]},
                     base={**TRADED, "compliance.eligible": True}),
        (1, 2),
    )


def test_equal_where_a_cap_is_announced_to_end():
    """Nobody keeps allowances that will be good for nothing."""
    run_variant("tiny", {**BASE, "banking.rule": "unlimited", "firms.2.free_share": 1.1,
                         "expectations.price_growth_per_year": 0.1}, Variant({
        "events": [event("2025-06", "2026-01", regime__kind="tax")],
    }), (1, 2))
