"""Firms that trade allowances among themselves, against the exact solver of a whole scheme.

Truthful firms in the call auction, without shocks: prices within 1 % (5 % with credits), emissions
within 0.5 %.
"""

import numpy as np
import pytest

from simulation.scenario import load
from simulation.state import Authority
from simulation.theory.abatement import linear_mac
from simulation.theory.banking import banking_path
from simulation.theory.combine import clipped
from simulation.theory.curves import step_supply, total
from simulation.theory.scheme import scheme_market
from simulation.world import World

FIRMS = [
    {"name": "Steep", "count": 6, "emissions_t_per_year": 200_000.0, "emissions_deviation": 0.5,
     "covered": True, "free_share": 0.95, "abatement_slope_yuan_per_t": 1500.0},
    {"name": "Flat", "count": 6, "emissions_t_per_year": 100_000.0, "emissions_deviation": 0.5,
     "covered": True, "free_share": 0.75, "abatement_slope_yuan_per_t": 400.0},
]
PROJECTS = [{"name": "County", "count": 12, "area_ha": 2000.0, "treated": "2002-01"}]
QUIET = {"emissions.shock_deviation": 0.0, "start": "2025-01", "months": 12, "projects": [],
         "firms": FIRMS, "allowance_price.path": "endogenous", "regime.kind": "absolute",
         "regime.cap_decline_per_year": 0.0, "compliance.rivals_open": False}


def world_of(more=None, seed=1):
    world = World(load("tiny", {**QUIET, **(more or {})}), seed)
    world.run()
    return world


def curves_of(world):
    """Emissions of each firm by price: the area left of its own curve, down to its limit."""
    limit = world.scenario.emissions.abatement_limit
    firms = world.state.firms
    return [
        clipped(linear_mac(slope, slope / activity), activity * (1.0 - limit), np.inf)
        for activity, slope in zip(firms.activity_t, firms.abatement_slope, strict=True)
    ]


def cap_of(world):
    firms = world.state.firms
    return float(np.floor(firms.free_share * firms.activity_t).sum())


def price_of(world, months=slice(None)):
    return world.state.monthly.allowance_price[months]


def emitted(world):
    return int(world.state.firms.settled_emissions_t.sum())


@pytest.mark.parametrize("auction_share", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_price_is_the_marginal_cost_at_the_cap(auction_share, seed):
    """Montgomery (1972): whoever gets the allowances, in every month of the year."""
    world = world_of({"allowance_market.auction_share": auction_share}, seed)
    theory = scheme_market(curves_of(world), cap_of(world))
    assert price_of(world) == pytest.approx(theory.allowance_price, rel=0.01)
    assert emitted(world) == pytest.approx(theory.emissions_t.sum(), rel=1e-4)
    firms = world.state.firms
    assert firms.settled_emissions_t == pytest.approx(theory.emissions_t, rel=0.005)
    assert firms.shortfall_t.sum() == 0


@pytest.mark.parametrize("mechanism", ["call_auction", "pay_as_bid", "mcafee", "continuous"])
def test_other_rules_find_nearly_the_same(mechanism):
    world = world_of({"allowance_market.mechanism": mechanism})
    theory = scheme_market(curves_of(world), cap_of(world))
    assert price_of(world) == pytest.approx(theory.allowance_price, rel=0.05)
    assert emitted(world) == pytest.approx(theory.emissions_t.sum(), rel=0.005)


@pytest.mark.parametrize(
    ("rules", "terms"),
    [
        ({"floor_yuan_per_t": 120.0}, {"floor": 120.0}),
        ({"ceiling_yuan_per_t": 50.0}, {"ceiling": 50.0}),
        ({"tier_1_yuan_per_t": 45.0, "tier_1_share": 0.02, "tier_2_yuan_per_t": 60.0,
          "tier_2_share": 0.02, "ceiling_yuan_per_t": 75.0},
         {"tiers": [(45.0, 0.02), (60.0, 0.02)], "ceiling": 75.0}),
        ({"floor_yuan_per_t": 20.0, "tier_1_yuan_per_t": 40.0, "tier_1_share": 0.01,
          "ceiling_yuan_per_t": 90.0}, {"floor": 20.0, "tiers": [(40.0, 0.01)], "ceiling": 90.0}),
    ],
)
def test_a_collar_binds_as_theory_says(rules, terms):
    """The whole cap is auctioned, as the solver has it."""
    more = {f"allowance_market.{name}": value for name, value in rules.items()}
    world = world_of({"allowance_market.auction_share": 1.0, **more})
    cap = cap_of(world)
    terms = {**terms, "tiers": [(price, share * cap) for price, share in terms.get("tiers", [])]}
    theory = scheme_market(curves_of(world), cap, **terms)
    assert price_of(world) == pytest.approx(theory.allowance_price, rel=0.01)
    assert emitted(world) == pytest.approx(theory.emissions_t.sum(), rel=0.002)
    assert world.state.authority[Authority.SOLD] == pytest.approx(theory.allowances_t, rel=0.002)


@pytest.mark.parametrize("penalty", [30.0, 60.0, 2000.0])
def test_a_fixed_penalty_is_the_highest_price(penalty):
    world = world_of({"penalty.form": "fixed", "penalty.fixed_yuan_per_t": penalty})
    theory = scheme_market(curves_of(world), cap_of(world), penalty=penalty)
    assert price_of(world) == pytest.approx(theory.allowance_price, rel=0.01)
    assert (price_of(world) <= penalty + 0.01).all()
    found = int(world.state.firms.shortfall_t.sum())
    assert found == pytest.approx(theory.shortfall_t, rel=0.01, abs=20)


@pytest.mark.parametrize("decline", [0.05, 0.1])
def test_while_allowances_are_banked_the_price_rises_at_interest(decline):
    """Rubin (1996) in two years: the first foresees the second, which may not bank any more."""
    more = {
        "months": 24, "regime.cap_decline_per_year": decline, "banking.rule": "unlimited",
        "expectations.horizon_months": 12, "expectations.discount_rate_per_year": 0.05,
        "events": [{"announced": "2026-01", "effective": "2026-01",
                    "set": {"banking.rule": "none"}}],
    }
    world = world_of(more)
    caps = [cap_of(world), cap_of(world) * (1.0 - decline)]
    theory = banking_path([total(*curves_of(world))] * 2, caps, interest_per_period=0.05)
    yearly = price_of(world).reshape(2, 12).mean(axis=1)
    assert yearly == pytest.approx(theory.price, rel=0.01)
    assert yearly[1] / yearly[0] == pytest.approx(1.05, abs=0.005)
    banked = int(world.state.monthly.allowances_banked_t[11])
    assert banked == pytest.approx(theory.bank_t[0], rel=0.01)
    myopic = price_of(world_of({**more, "expectations.horizon_months": 0}))
    apart = [scheme_market(curves_of(world), cap).allowance_price for cap in caps]
    assert myopic.reshape(2, 12).mean(axis=1) == pytest.approx(apart, rel=0.01)


@pytest.mark.parametrize("limit", [0.0, 0.01, 0.05, 0.3])
def test_rival_credits_hold_the_price_until_their_room_is_used(limit):
    """At 60 + 1 yuan from outside, in any number, up to the limit."""
    world = world_of({
        "compliance.rivals_open": True, "compliance.rival_price_yuan_per_t": 60.0,
        "compliance.offset_limit": limit,
    })
    theory = scheme_market(
        curves_of(world), cap_of(world), credit_supply=step_supply([61.0], [1e9]),
        limit_share=limit,
    )
    assert price_of(world) == pytest.approx(theory.allowance_price, rel=0.01)
    assert world.state.firms.rivals_t.sum() == pytest.approx(theory.credits_t, rel=0.01, abs=10)
    assert emitted(world) == pytest.approx(theory.emissions_t.sum(), rel=1e-3)


@pytest.mark.parametrize("limit", [0.02, 0.05, 0.5])
def test_credits_within_the_limit_lower_the_price(limit):
    """Credits at their verification cost, from large stocks; slack and binding limits."""
    world = world_of({
        "months": 24, "projects": PROJECTS, "compliance.eligible": True,
        "compliance.offset_limit": limit, "quote.strategy": "truthful",
        "verification.delay_months": 0, "market.mechanism": "call_auction",
        "compliance.rival_price_yuan_per_t": 500.0,
    })
    firms, monthly = world.state.firms, world.state.monthly
    cost = world.scenario.verification.cost_yuan_per_t
    value = world.scenario.compliance.transaction_cost_yuan_per_t
    theory = scheme_market(
        curves_of(world), cap_of(world), credit_supply=step_supply([cost + value], [1e9]),
        limit_share=limit,
    )
    assert price_of(world, slice(12, 24)) == pytest.approx(theory.allowance_price, rel=0.05)
    used = int(monthly.retired_compliance_t[12:].sum())
    assert used == pytest.approx(theory.credits_t, rel=0.05)
    assert firms.shortfall_t.sum() == 0
