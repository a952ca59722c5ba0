"""Firms that trade allowances among themselves: both versions give equal runs."""

import pytest

from agents.vocabulary import Entry
from tests.oracle.running import Variant, run_variant

TRADED = {"allowance_price.path": "endogenous", "months": 60}
ELIGIBLE = {"compliance.eligible": True}
SHORT = {"firms.1.free_share": 0.8, "firms.2.free_share": 0.9}
FIXED = {"penalty.form": "fixed", "penalty.fixed_yuan_per_t": 60.0}
MARKET = "allowance_market."
VARIANTS = {
    "short": Variant(SHORT, Entry.ALLOWANCES),
    "credits": Variant(ELIGIBLE, base=SHORT),
    "many credits, no limit": Variant(
        {"compliance.offset_limit": 1.0}, base={**SHORT, **ELIGIBLE, "quote.strategy": "truthful"}
    ),
    "half a tonne a credit": Variant(
        {"compliance.discount_ratio": 0.5}, base={**SHORT, **ELIGIBLE}
    ),
    "absolute": Variant({"regime.kind": "absolute", "regime.cap_decline_per_year": 0.03}),
    "pay as bid": Variant({MARKET + "mechanism": "pay_as_bid"}, base=SHORT),
    "mcafee": Variant({MARKET + "mechanism": "mcafee"}, base=SHORT),
    "listing": Variant({MARKET + "mechanism": "listing"}, base={**SHORT, **ELIGIBLE}),
    "continuous": Variant({MARKET + "mechanism": "continuous"}, base=SHORT),
    "auction": Variant({MARKET + "auction_share": 0.37}, base={**SHORT, **ELIGIBLE}),
    "auction, floor": Variant({MARKET + "floor_yuan_per_t": 90.5}, base={
        MARKET + "auction_share": 1.0}),
    "tiers": Variant(
        {MARKET + "tier_1_yuan_per_t": 30.0, MARKET + "tier_1_share": 0.031,
         MARKET + "tier_2_yuan_per_t": 40.0, MARKET + "tier_2_share": 0.02},
        base={**SHORT, MARKET + "auction_share": 0.5},
    ),
    "ceiling": Variant({MARKET + "ceiling_yuan_per_t": 44.4}, base=SHORT),
    "a low penalty": Variant(FIXED, Entry.PENALTY, base=SHORT),
    "made good": Variant({"penalty.make_good": True}, base={**SHORT, **FIXED}),
    "banking": Variant(
        {"banking.rule": "unlimited"},
        base={**SHORT, "regime.kind": "absolute", "regime.cap_decline_per_year": 0.05,
              "expectations.horizon_months": 36},
    ),
    "national banking": Variant(
        {"banking.rule": "national"},
        base={**SHORT, **ELIGIBLE, "regime.kind": "absolute", "regime.cap_decline_per_year": 0.05},
    ),
    "borrowing": Variant({"banking.borrowing_share": 0.03}, base=SHORT),
    "two years": Variant({"banking.period_years": 2}, base={**SHORT, **ELIGIBLE}),
    "two years, auctions": Variant(
        {"banking.period_years": 2}, base={**SHORT, MARKET + "auction_share": 0.6}
    ),
    "few audits": Variant({"enforcement.audit_probability": 0.1}, Entry.FINE, base=SHORT),
    "stability reserve": Variant(
        {MARKET + "reserve_on": True, MARKET + "reserve_upper_t": 300_000.0,
         MARKET + "reserve_middle_t": 200_000.0, MARKET + "reserve_lower_t": 100_000.0,
         MARKET + "reserve_release_t": 20_000.0, MARKET + "reserve_invalid_above_t": 60_000.5},
        base={"firms.1.free_share": 1.05, "firms.2.free_share": 1.05, "banking.rule": "unlimited",
              MARKET + "auction_share": 0.5, "regime.kind": "absolute",
              "regime.cap_decline_per_year": 0.06, "expectations.horizon_months": 48},
    ),
    "quota beside it": Variant({"quota.share": 0.01}, base={**SHORT, **ELIGIBLE}),
    "price limits": Variant(
        {"price_limits.ceiling_yuan_per_t": 25.0, "trading_units.lot_t": 10},
        base={**SHORT, **ELIGIBLE},
    ),
    "a reserve of credits": Variant(
        {"reserve.levy_share": 0.1, "reserve.soft_ceiling_yuan_per_t": 21.0},
        base={**SHORT, **ELIGIBLE},
    ),
    "bilateral credits": Variant({"market.mechanism": "bilateral"}, base={**SHORT, **ELIGIBLE}),
    "one round": Variant({MARKET + "rounds_most": 1}, base={**SHORT, **ELIGIBLE,
        "market.mechanism": "call_auction", "compliance.offset_limit": 0.5}),
    "cheap rivals": Variant(
        {"compliance.rivals_open": True}, Entry.RIVAL_CREDITS,
        base={**SHORT, "compliance.rival_price_yuan_per_t": 23.4,
              "compliance.rivals_open": False},
    ),
    "rivals beside credits": Variant(
        {"compliance.rival_price_yuan_per_t": 31.0}, Entry.RIVAL_CREDITS,
        base={**SHORT, **ELIGIBLE, "compliance.offset_limit": 0.2},
    ),
    "no rivals": Variant(
        {"compliance.rivals_open": False},
        base={**SHORT, "compliance.rival_price_yuan_per_t": 23.4},
    ),
    "rivals and a bank": Variant(
        {"compliance.rivals_open": True}, Entry.RIVAL_CREDITS,
        base={**SHORT, "compliance.rivals_open": False,
              "compliance.rival_price_yuan_per_t": 20.5,
              "banking.rule": "unlimited", "regime.kind": "absolute",
              "regime.cap_decline_per_year": 0.05, "expectations.horizon_months": 24},
    ),
    "rivals, hiding, borrowing": Variant(
        {"compliance.rival_price_yuan_per_t": 40.0}, Entry.RIVAL_CREDITS,
        base={**SHORT, **FIXED, "enforcement.audit_probability": 0.3,
              "banking.borrowing_share": 0.01},
    ),
    "measures": Variant(
        {"firms.1.abatement_steps": [[70.5, 0.1], [20.25, 0.05], [120.0, 0.3]],
         "firms.2.abatement_steps": [[45.0, 0.2]]}, base={**SHORT, **ELIGIBLE},
    ),
    "a retrofit": Variant(
        {"firms.1.retrofit_share": 0.15, "firms.1.retrofit_cost_yuan_per_t_per_year": 4.0,
         "firms.1.retrofit_running_cost_yuan_per_t": 2.5, "firms.1.retrofit_delay_months": 7,
         "firms.1.retrofit_life_months": 25}, base={**SHORT, **ELIGIBLE},
    ),
    "from a December": Variant({"start": "2023-12"}, base=SHORT),
}


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS.keys())
def test_allowance_markets_agree(variant):
    """Ten agents, five years, rules as Python reads them."""
    run_variant("tiny", TRADED, variant, (1, 2))
