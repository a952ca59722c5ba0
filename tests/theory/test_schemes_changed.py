"""Schemes with rules changed by somebody who had not seen the agents' rules: still where theory is.

An outside reader drew these up to find where agents and theory part, before they agreed; what was
wrong then (a tier without a price was for sale, an auction's floor held up allowances that are
given, theory lost what was banked out of auctions, old debt was counted as emissions) is tested
beside them.
"""

import pytest

from experiments.scheme import scheme_years
from experiments.scheme_theory import rules_left_out
from simulation.errors import InputError
from simulation.scenario import load
from tests.theory.test_schemes import judged, near_theory

DEBTS = {
    "penalty.fixed_yuan_per_t": 1.0, "emissions.abatement_limit": 0.05,
    "regime.cap_decline_per_year": 0.15, "banking.rule": "none",
}
CHANGED = {
    "no first tier": ("california", {"allowance_market.tier_1_yuan_per_t": 0.0}),
    "banking out of auctions": (
        "california", {"banking.rule": "unlimited", "expectations.horizon_months": 120}
    ),
    "a floor without auctions": ("china-national", {"allowance_market.floor_yuan_per_t": 40.0}),
    "a tier without a price": ("china-national", {"allowance_market.tier_1_share": 0.05}),
    "debts": ("eu", DEBTS),
    "a penalty below the price": ("china-national", {"compliance.penalty_multiple": 0.5}),
}


@pytest.mark.parametrize("name", CHANGED)
def test_agents_are_where_theory_says_under_other_rules(name):
    """The tolerances of the schemes that ship; every year in which sellers have credits."""
    scheme, changes = CHANGED[name]
    near_theory(scheme_years(load(scheme, changes)), shortfall=0.005)


@pytest.mark.parametrize("name", ["a floor without auctions", "a tier without a price"])
def test_what_is_not_for_sale_has_no_price(name):
    """The run is the one without it, to the last allowance."""
    scheme, changes = CHANGED[name]
    # As text, because a price that does not exist equals nothing.
    assert [str(one[:-2]) for one in scheme_years(load(scheme, changes))] == [
        str(one[:-2]) for one in judged(scheme)
    ]


def test_debt_is_no_emission():
    """What is missing grows year by year, and what is emitted does not."""
    years = scheme_years(load("eu", DEBTS))
    late = [one for one in years if one.shortfall_t > 0]
    assert len(late) >= 8
    assert max(one.emissions_t for one in late) < 1.05 * min(one.emissions_t for one in late)
    # As much as is emitted beyond what was issued: nothing is counted twice.
    for one in late[1:]:
        assert one.shortfall_t == pytest.approx(one.emissions_t - one.cap_t, abs=1)


def test_years_cannot_be_judged_where_a_period_is_longer_at_some_time():
    """Also where an event makes it so."""
    event = {"announced": "2026-03", "effective": "2026-03", "set": {"banking.period_years": 2}}
    with pytest.raises(InputError, match="in events as well"):
        scheme_years(load("china-national", {"events": [event]}))


def test_what_theory_leaves_out_is_named():
    """Rules in force at any time, and those that move within a year."""
    assert rules_left_out(load("california")) == []
    event = {
        "announced": "2026-03", "effective": "2026-03",
        "set": {"enforcement.audit_probability": 0.5},
    }
    assert rules_left_out(load("china-national", {
        "events": [event], "eligibility.local_share": 0.5, "compliance.room_share": 0.5,
    })) == [
        "compliance.room_share", "eligibility", "enforcement.audit_probability", "at_midyear",
    ]
