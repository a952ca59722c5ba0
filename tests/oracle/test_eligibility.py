"""Credits that are not all alike: both versions give equal runs."""

import pytest

from agents.vocabulary import Entry
from tests.oracle.running import MECHANISMS, Variant, run_variant

# Verification so cheap that sellers ask for it again and again: several vintages.
BASE = {"compliance.eligible": True, "months": 72, "verification.fixed_cost_yuan": 20_000.0,
        "verification.cost_yuan_per_t": 5.0}
RULE = "eligibility."
NEW = {RULE + "first_vintage_year": 2024}
JIANGXI = {RULE + "provinces": ["Jiangxi"]}
CLASSED = {"projects.0.credit_class": "forest", "projects.1.credit_class": "terraces"}
SCARCE = {"compliance.offset_limit": 0.5, "firms.1.free_share": 0.7, "firms.2.free_share": 0.8}
TRADED = {"allowance_price.path": "endogenous"}


def event(month, **levers):
    """What changes from a month on."""
    return {"announced": "2025-01", "effective": month, "set": levers}


VARIANTS = {
    "vintage": Variant(NEW),
    "old vintages": Variant({RULE + "last_vintage_year": 2025}),
    "a window": Variant({**NEW, RULE + "last_vintage_year": 2026}, base=SCARCE),
    "province": Variant(JIANGXI),
    "class": Variant({RULE + "credit_classes": ["terraces"]}, base=CLASSED),
    "both": Variant({**NEW, **JIANGXI}, base=SCARCE),
    "local": Variant({RULE + "local_share": 0.5}, base=SCARCE),
    "all local": Variant({RULE + "local_share": 1.0}, base=SCARCE),
    "local, new": Variant({RULE + "local_share": 0.37, **NEW}, base=SCARCE),
    "local and rivals": Variant(
        {RULE + "local_share": 0.5}, Entry.RIVAL_CREDITS,
        base={**SCARCE, "compliance.rival_price_yuan_per_t": 24.0},
    ),
    "local, all together": Variant(
        {RULE + "local_share": 0.5}, base={**SCARCE, "compliance.system_limit": 0.02}
    ),
    "half a tonne a credit": Variant(
        {RULE + "local_share": 0.5}, base={**SCARCE, "compliance.discount_ratio": 0.5}
    ),
    "quota beside it": Variant({**NEW, RULE + "local_share": 0.5}, base={**SCARCE,
        "quota.share": 0.01}),
    "truthful": Variant(NEW, base={**SCARCE, "quote.strategy": "truthful"}),
    "storage": Variant(NEW, base={"quote.strategy": "storage", "compliance.eligible": False}),
    "bargaining": Variant(JIANGXI, base={"quote.strategy": "bargaining"}),
    "known future": Variant(
        NEW, base={"quote.strategy": "storage", "expectations.foresight": "perfect"}
    ),
    "reserve": Variant(
        NEW, base={**SCARCE, "reserve.levy_share": 0.2, "reserve.soft_ceiling_yuan_per_t": 23.0}
    ),
    "lots of ten": Variant(NEW, base={**SCARCE, "trading_units.lot_t": 10}),
    "duty": Variant(
        {RULE + "local_share": 0.4}, base={"regime.kind": "neutralisation"}
    ),
    "rules move": Variant({"events": [
        event("2026-01", **{"eligibility.local_share": 0.6}),
        event("2026-07", **{"eligibility.provinces": ["Shaanxi"]}),
        event("2027-03", **{"eligibility.first_vintage_year": 2025}),
        event("2027-09", **{"eligibility.provinces": [], "eligibility.last_vintage_year": 2026}),
        event("2028-02", **{"compliance.eligible": False}),
        event("2028-10", **{"compliance.eligible": True, "eligibility.local_share": 0.0}),
    ]}, base=SCARCE),
    "traded": Variant(NEW, base={**SCARCE, **TRADED}),
    "traded, local": Variant({RULE + "local_share": 0.5}, base={**SCARCE, **TRADED}),
    "traded, local, rivals": Variant(
        {RULE + "local_share": 0.5}, Entry.RIVAL_CREDITS,
        base={**SCARCE, **TRADED, "compliance.rival_price_yuan_per_t": 31.0},
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_equal_where_only_some_credits_count(name):
    """Ten agents, six years."""
    run_variant("tiny", BASE, VARIANTS[name], (1, 2))


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_equal_under_every_pricing_rule(mechanism):
    """New vintages, half of the room for local ones, a collateral and a quota beside them."""
    run_variant("tiny", BASE, Variant(
        {**NEW, RULE + "local_share": 0.5},
        base={**SCARCE, "market.mechanism": mechanism, "quota.share": 0.005,
              "voluntary.collateral_weight": 0.5},
    ), (3,))


def test_a_replayed_lot_is_made_up_of_what_does_not_count_first():
    """Ziyang's own listing, with a vintage window that its first period does not meet."""
    run_variant("ziyang", {"compliance.eligible": True}, Variant(
        {RULE + "first_vintage_year": 2024}
    ), (1,))
