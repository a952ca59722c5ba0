"""Regimes and penalties: both versions give equal runs."""

import pytest

from agents.vocabulary import Entry
from simulation.scenario import load
from tests.oracle.running import MECHANISMS, Variant, run_both, run_variant

ELIGIBLE = {"compliance.eligible": True}
SHORT = {"firms.1.free_share": 0.6, "firms.2.free_share": 0.8}
FIXED = {"penalty.form": "fixed", "penalty.fixed_yuan_per_t": 40.0}
DUTY = {"regime.kind": "neutralisation"}
RISING = {"expectations.price_growth_per_year": 0.08}
LONG = {"firms.1.free_share": 1.1, "firms.2.free_share": 1.02}
MOVING_PRICE = {"allowance_price.path": "mean_reverting"}
VARIANTS = {
    "absolute": Variant({"regime.kind": "absolute"}),
    "absolute, falling": Variant(
        {"regime.cap_decline_per_year": 0.13}, base={"regime.kind": "absolute"}
    ),
    "absolute, gone after a year": Variant(
        {"regime.cap_decline_per_year": 1.0}, base={"regime.kind": "absolute"}
    ),
    "tax": Variant({"regime.kind": "tax"}, Entry.CARBON_TAX),
    "no tax": Variant({"regime.tax_yuan_per_t": 0.0}, base={"regime.kind": "tax"}),
    "high tax": Variant(
        {"regime.tax_yuan_per_t": 123.456}, Entry.CARBON_TAX, base={"regime.kind": "tax"}
    ),
    "neutralisation": Variant(DUTY, Entry.PENALTY),
    "an odd duty": Variant({"regime.neutral_share": 0.0029}, base=DUTY),
    "a duty for half a tonne each": Variant({"compliance.discount_ratio": 0.5}, base=DUTY),
    "a whole duty": Variant({"regime.neutral_share": 1.0}, Entry.PENALTY, base=DUTY),
    "a duty to be made good": Variant({"penalty.make_good": True}, Entry.PENALTY, base=DUTY),
    "no regime": Variant({"regime.kind": "none"}),
    "fixed penalty": Variant(FIXED, Entry.PENALTY, base=SHORT),
    "made good": Variant(
        {"penalty.make_good": True}, base={**SHORT, **FIXED, "penalty.fixed_yuan_per_t": 10.0}
    ),
    "made good is dearer": Variant({"penalty.make_good": True}, base={**SHORT, **FIXED}),
    "made good in a cheap future": Variant(
        {"penalty.make_good": True, "penalty.fixed_yuan_per_t": 30.0,
         "expectations.price_growth_per_year": -0.5,
         "expectations.discount_rate_per_year": 0.31},
        Entry.PENALTY, base={**SHORT, **FIXED},
    ),
    "banking": Variant({"banking.rule": "unlimited"}, base={**LONG, **RISING, **MOVING_PRICE}),
    "no banking without a reason": Variant(
        {"banking.rule": "unlimited", **RISING}, base={**LONG, "banking.rule": "unlimited"}
    ),
    "national banking": Variant(
        {"banking.rule": "national"}, base={**LONG, **RISING, **MOVING_PRICE}
    ),
    "odd national banking": Variant(
        {"banking.rule": "national", "banking.free_carry_over_t": 1234.5,
         "banking.net_sales_multiple": 0.37}, base={**LONG, **RISING},
    ),
    "banking under an absolute cap": Variant(
        {"banking.rule": "unlimited"},
        base={**RISING, "regime.kind": "absolute", "regime.cap_decline_per_year": 0.05,
              "firms.1.free_share": 1.2, "firms.2.free_share": 1.2},
    ),
    "borrowing": Variant({"banking.borrowing_share": 0.1}, base=SHORT),
    "borrowing all": Variant({"banking.borrowing_share": 1.0}, base=SHORT),
    "borrowing from a falling cap": Variant(
        {"banking.borrowing_share": 0.29}, base={**SHORT, "regime.kind": "absolute"}
    ),
    "nobody borrows at a low penalty": Variant(
        {"penalty.fixed_yuan_per_t": 61.0}, Entry.PENALTY,
        base={**SHORT, **FIXED, "banking.borrowing_share": 0.2, "penalty.fixed_yuan_per_t": 58.0},
    ),
    "two years": Variant({"banking.period_years": 2}),
    "three years and an early deadline": Variant(
        {"banking.period_years": 3}, base={"compliance.deadline_month": 5, **SHORT}
    ),
    "three years from a December": Variant(
        {"banking.period_years": 3}, base={"start": "2023-12"}
    ),
    "ten years": Variant({"banking.period_years": 10}, base={**LONG, **RISING}),
    "few audits": Variant({"enforcement.audit_probability": 0.15}, Entry.FINE),
    "no audits": Variant({"enforcement.audit_probability": 0.0}),
    "audits and a flat low fine": Variant(
        {"enforcement.audit_probability": 0.7, "enforcement.fine_yuan_per_t": 30.3,
         "enforcement.fine_rise_yuan_per_t_per_t": 0.0}, Entry.FINE,
    ),
    "odd audits, made good": Variant(
        {"penalty.make_good": True}, Entry.FINE,
        base={"enforcement.audit_probability": 0.37, "enforcement.fine_yuan_per_t": 12.34,
              "enforcement.fine_rise_yuan_per_t_per_t": 0.0123},
    ),
    "audits of a tax": Variant(
        {"enforcement.audit_probability": 0.1}, Entry.FINE, base={"regime.kind": "tax"}
    ),
    "audits of a duty": Variant(
        {"enforcement.audit_probability": 0.6, "enforcement.fine_rise_yuan_per_t_per_t": 0.003},
        Entry.FINE, base=DUTY,
    ),
    "a limit for all": Variant({"compliance.system_limit": 0.003}),
    "an odd limit for all": Variant(
        {"compliance.system_limit": 0.00077}, base={"compliance.discount_ratio": 0.71}
    ),
    "a duty knows no limit for all": Variant(
        {"regime.neutral_share": 0.01}, base={**DUTY, "compliance.system_limit": 0.0001}
    ),
    "no credits at all": Variant({"compliance.system_limit": 0.0}),
    "cheap rivals": Variant(
        {"compliance.rival_price_yuan_per_t": 35.0}, Entry.RIVAL_CREDITS,
        base={"compliance.room_share": 0.3},
    ),
    "rivals under a tax": Variant(
        {"compliance.rival_price_yuan_per_t": 12.3, "compliance.transaction_cost_yuan_per_t": 0.7},
        Entry.RIVAL_CREDITS, base={"regime.kind": "tax", "compliance.discount_ratio": 0.6},
    ),
    "no rivals": Variant(
        {"compliance.rivals_open": False}, base={"compliance.rival_price_yuan_per_t": 35.0}
    ),
    "measures": Variant(
        {"firms.1.abatement_steps": [[55.5, 0.1], [20.25, 0.05], [120.0, 0.3], [300.0, 0.5]],
         "firms.2.abatement_steps": [[62.36, 0.2]]},
    ),
    "a retrofit": Variant(
        {"firms.1.retrofit_share": 0.35, "firms.1.retrofit_cost_yuan_per_t_per_year": 50.0,
         "firms.1.retrofit_running_cost_yuan_per_t": 5.5, "firms.1.retrofit_delay_months": 17,
         "firms.1.retrofit_life_months": 43},
    ),
    "a whole retrofit at once, high hurdle": Variant(
        {"firms.2.retrofit_share": 1.0, "firms.2.retrofit_cost_yuan_per_t_per_year": 100.0,
         "firms.2.retrofit_delay_months": 0, "retrofit.hurdle": 3.0}, base=RISING,
    ),
    "bankers who know the price": Variant(
        {"expectations.foresight": "perfect"},
        base={**LONG, **MOVING_PRICE, "banking.rule": "unlimited"},
    ),
    "borrowers who know the price": Variant(
        {"expectations.foresight": "perfect"},
        base={**SHORT, **MOVING_PRICE, "banking.borrowing_share": 0.1},
    ),
    "sellers who know the future": Variant(
        {"expectations.foresight": "perfect"},
        base={**MOVING_PRICE, "quote.strategy": "storage", "expectations.horizon_months": 30},
    ),
    "sellers who know that prices rise": Variant(
        {"expectations.foresight": "perfect"},
        base={"quote.strategy": "storage", "expectations.horizon_months": 48,
              "compliance.rival_price_yuan_per_t": 500.0, "allowance_price.growth_per_year": 0.15},
    ),
    # What a credit is worth moves the asks of sellers that wait for eligibility.
    "storage under a tax": Variant(
        {"regime.kind": "tax", "regime.tax_yuan_per_t": 200.0},
        base={"quote.strategy": "storage", "compliance.rival_price_yuan_per_t": 300.0},
    ),
}
EVENTS = """
    extends = "{base}"
    name = "levers"
    [[events]]
    announced = "2024-01"
    effective = "2025-01"
    set = {{ "regime.kind" = "tax", "regime.tax_yuan_per_t" = 45.0 }}
    [[events]]
    announced = "2024-01"
    effective = "2025-07"
    set = {{ "regime.tax_yuan_per_t" = 51.3 }}
    [[events]]
    announced = "2024-01"
    effective = "2026-01"
    set = {{ "regime.kind" = "absolute", "regime.cap_decline_per_year" = 0.2 }}
    [[events]]
    announced = "2024-01"
    effective = "2027-04"
    set = {{ "penalty.form" = "fixed", "penalty.fixed_yuan_per_t" = 7.0 }}
    [[events]]
    announced = "2024-01"
    effective = "2025-12"
    set = {{ "compliance.system_limit" = 0.0004 }}
    [[events]]
    announced = "2024-01"
    effective = "2026-11"
    set = {{ "compliance.system_limit" = 0.01 }}
    [[events]]
    announced = "2024-01"
    effective = "2026-03"
    set = {{ "banking.rule" = "unlimited", "banking.borrowing_share" = 0.07 }}
    [[events]]
    announced = "2024-01"
    effective = "2027-05"
    set = {{ "enforcement.audit_probability" = 0.2, "enforcement.fine_yuan_per_t" = 20.0 }}
    [[events]]
    announced = "2024-01"
    effective = "2029-11"
    set = {{ "enforcement.fine_rise_yuan_per_t_per_t" = 0.004 }}
    [[events]]
    announced = "2024-01"
    effective = "2027-08"
    set = {{ "banking.rule" = "national", "banking.net_sales_multiple" = 0.2 }}
    [[events]]
    announced = "2024-01"
    effective = "2027-12"
    set = {{ "penalty.make_good" = true, "regime.cap_decline_per_year" = 0.0 }}
    [[events]]
    announced = "2024-01"
    effective = "2028-09"
    set = {{ "regime.kind" = "none" }}
    [[events]]
    announced = "2024-01"
    effective = "2029-03"
    set = {{ "regime.kind" = "neutralisation", "regime.neutral_share" = 0.1 }}
    [[events]]
    announced = "2024-01"
    effective = "2031-06"
    set = {{ "regime.kind" = "absolute", "banking.period_years" = 2 }}
    [[events]]
    announced = "2024-01"
    effective = "2032-02"
    set = {{ "banking.period_years" = 3 }}
"""


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS.keys())
def test_compliance_rules_agree(variant):
    """Ten agents, ten years, rules as Python reads them."""
    run_variant("tiny-eligible", ELIGIBLE, variant, (1, 2, 3))


@pytest.mark.parametrize("mechanism", MECHANISMS)
@pytest.mark.parametrize(
    ("base", "growth"), [("tiny-eligible", 0.0), ("tiny-eligible", 0.1), ("china-counties", 0.1)]
)
def test_compliance_rules_agree_while_they_move(base, growth, mechanism, tmp_path):
    """Regimes follow each other, in January and within the year; the penalty gets cheap."""
    path = tmp_path / "levers.toml"
    path.write_text(EVENTS.format(base=base), encoding="utf-8")
    overrides = {**ELIGIBLE, "market.mechanism": mechanism, "months": 110,
                 "expectations.price_growth_per_year": growth}
    if base == "tiny-eligible":
        overrides |= LONG if growth > 0.0 else SHORT
    else:
        overrides |= {"joining.innovation_per_year": 6.0, "compliance.room_share": 0.01}
    model = run_both(load(str(path), overrides), 2, "quickest")
    years = {row.month // 12 for row in model.monthly if row.carbon_tax_fen}
    assert years == {2025}
    assert any(row.shortfall_t for row in model.monthly)
    assert any(row.allowances_banked_t for row in model.monthly) == (growth > 0.0)
    if base == "tiny-eligible":
        assert any(row.allowances_borrowed_t for row in model.monthly) == (growth == 0.0)
    assert {row.month // 12 for row in model.monthly if row.retired_compliance_t} >= {2024, 2025}
