"""What holds in every month in which firms trade allowances, whatever the rules."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.errors import ScenarioError
from simulation.scenario import load
from simulation.state import Authority
from simulation.world import World
from tests.properties.overrides import VALUES, possible

SECTIONS = (
    "compliance", "regime", "penalty", "banking", "enforcement", "expectations", "emissions",
)
KEYS = sorted(
    key for key in VALUES
    if key.split(".")[0] in SECTIONS
    and key not in ("regime.kind", "compliance.deadline_month", "expectations.foresight")
)
MECHANISMS = ("call_auction", "pay_as_bid", "mcafee", "listing", "continuous")
prices = st.floats(1.0, 300.0)
collars = st.lists(prices, min_size=4, max_size=4).map(sorted)


@st.composite
def markets(draw):
    """An allowance market, and the rules around it."""
    keys = draw(st.lists(st.sampled_from(KEYS), max_size=10, unique=True))
    found = {key: draw(VALUES[key], label=key) for key in keys}
    auctioned = draw(st.sampled_from((0.0, 0.3, 0.77, 1.0)))
    low, one, two, high = draw(collars)
    parts = {
        "floor_yuan_per_t": low, "tier_1_yuan_per_t": one, "tier_2_yuan_per_t": two,
        "ceiling_yuan_per_t": high,
    }
    kept = draw(st.lists(st.sampled_from(sorted(parts)), unique=True))
    own = {name: parts[name] for name in kept} | {
        "tier_1_share": draw(st.floats(0.0, 0.2)), "tier_2_share": draw(st.floats(0.0, 0.2)),
        "auction_share": auctioned,
        "mechanism": draw(st.sampled_from(
            [name for name in MECHANISMS if name != "mcafee" or auctioned == 0.0]
        )),
        "rounds_most": draw(st.integers(1, 6)), "ladder_share": draw(st.floats(0.0, 0.5)),
        "reserve_on": auctioned > 0.0 and draw(st.booleans()), "reserve_upper_t": 400_000.0,
        "reserve_middle_t": 300_000.0, "reserve_lower_t": 100_000.0,
        "reserve_release_t": draw(st.floats(0.0, 200_000.0)),
        "reserve_invalid_above_t": draw(st.floats(0.0, 500_000.0)),
    }
    found |= {f"allowance_market.{name}": value for name, value in own.items()}
    found |= {f"firms.{row}.free_share": draw(st.floats(0.0, 1.5)) for row in (1, 2)}
    return found | {
        "regime.kind": draw(st.sampled_from(("cap", "absolute"))),
        "market.mechanism": draw(st.sampled_from(("call_auction", "listing", "bilateral"))),
        "compliance.eligible": draw(st.booleans()), "allowance_price.path": "endogenous",
        "months": 40,
    }


def surrendered_within_limits(before, world):
    """One deadline: the identity, and the limits of each firm and of all."""
    firms, compliance = world.state.firms, world.state.rules.compliance[0]

    def change(name):
        return firms[name] - before[name]

    np.testing.assert_array_equal(
        change("settled_emissions_t"),
        change("surrendered_allowances_t") + change("credited_t") + change("rivals_t")
        + change("shortfall_t"),
    )
    covered = change("surrendered_credits_t") * compliance.discount_ratio
    limit = compliance.offset_limit * compliance.room_share
    slack = 1e-12 * before.obligation_t
    assert (covered <= limit * before.obligation_t + slack).all()
    together = change("credited_t") + change("rivals_t")
    assert (together <= compliance.offset_limit * before.obligation_t + slack).all()
    assert covered.sum() <= compliance.system_limit * before.obligation_t.sum() + slack.sum()


@settings(max_examples=60)
@given(markets(), st.integers(0, 2**63 - 1))
def test_allowances_add_up_and_no_limit_is_passed(changes, seed):
    """Phase by phase: books, identity, ceiling, bank, limits, and money that only changes hands."""
    with possible():
        world = World(load("tiny", changes), seed)
    ceiling = changes.get("allowance_market.ceiling_yuan_per_t", np.inf)
    while not world.finished:
        before = world.state.firms.copy() if world.next_phase.name == "comply" else None
        phase = world.run_phase().name
        if before is not None:
            surrendered_within_limits(before, world)
        if phase == "trade_allowances":
            firms = world.state.firms
            assert (firms.allocation_t + firms.bank_t + firms.traded_t >= 0).all()
            assert (firms.bank_t >= 0).all()
            for tier in (1, 2):
                # What has no price is not for sale.
                if f"allowance_market.tier_{tier}_yuan_per_t" not in changes:
                    held = int(world.state.authority[Authority.TIER_1 + tier - 1])
                    share = changes[f"allowance_market.tier_{tier}_share"]
                    assert held == int(world.state.authority[Authority.CAP] * share * (1 + 1e-15))
    monthly, authority = world.state.monthly, world.state.authority
    traded = monthly.allowance_volume_t > 0
    assert (monthly.allowance_price[traded] <= np.floor(ceiling * 100 + 0.5) / 100).all()
    assert (authority >= 0).all()
    assert authority[Authority.SOLD] == monthly.allowance_auctioned_t.sum()
    assert (monthly.allowance_rounds <= changes["allowance_market.rounds_most"]).all()
    world.check_books()


@settings(max_examples=15)
@given(markets(), st.integers(0, 2**63 - 1))
def test_whole_runs_steps_and_forks_are_one(changes, seed):
    """A fork in the middle repeats the future, whichever way both go on."""
    with possible():
        scenario = load("tiny", changes)
    whole, stepped = World(scenario, seed), World(scenario, seed)
    whole.run()
    for _ in range(430):
        stepped.run_phase()
    fork = stepped.fork()
    fork.run()
    stepped.run()
    for world in (fork, stepped):
        for name in ("monthly", "firms", "authority"):
            np.testing.assert_array_equal(
                np.asarray(getattr(world.state, name)), np.asarray(getattr(whole.state, name))
            )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"compliance.deadline_month": 6}, "Set it to 12"),
        ({"regime.kind": "tax"}, "Choose 'cap' or 'absolute'"),
        ({"allowance_market.mechanism": "bilateral"}, "contact network"),
        ({"allowance_market.mechanism": "administered"}, "guide price"),
        ({"allowance_market.mechanism": "mcafee", "allowance_market.auction_share": 0.5},
         "would sell nothing"),
        ({"allowance_market.reserve_on": True}, "Auction a share"),
        ({"firms.1.covered": False, "firms.2.covered": False}, "none is covered"),
        ({"allowance_market.floor_yuan_per_t": 50.0,
          "allowance_market.ceiling_yuan_per_t": 40.0}, "rise from floor to ceiling"),
        ({"allowance_market.reserve_on": True, "allowance_market.auction_share": 0.5,
          "allowance_market.reserve_lower_t": 9e8},
         "lowest threshold first"),
        ({"events": [{"announced": "2025-01", "effective": "2026-01",
                      "set": {"regime.kind": "tax"}}]}, "events.0"),
        ({"events": [{"announced": "2025-01", "effective": "2026-01",
                      "set": {"compliance.deadline_month": 5}}]}, "events.0"),
    ],
)
def test_what_does_not_go_together_is_refused(changes, says):
    with pytest.raises(ScenarioError, match=says) as error:
        load("tiny", {"allowance_price.path": "endogenous", **changes})
    assert "\n" not in str(error.value)


def test_a_lever_that_ends_the_allowance_market_is_refused():
    world = World(load("tiny", {"allowance_price.path": "endogenous", "months": 24}))
    with pytest.raises(ScenarioError, match="needs a regime with allowances"):
        world.set_lever("regime.kind", "none")
