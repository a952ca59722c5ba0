"""Green reserves in a world: bought ahead, opened when credits count, or given up."""

import numpy as np
import pytest

from agents.registry.ledger import BLOCKS
from agents.vocabulary import CreditState, Occasion, Purpose
from simulation.results import Run
from simulation.scenario import load
from simulation.world import World

RESERVE = {"voluntary.green_reserve_weight": 4.0, "months": 72,
           "firms.1.occasions_per_year": 4.0, "firms.2.occasions_per_year": 4.0}


def months_of(world):
    """The world after every month."""
    while not world.finished:
        world.run(1)
        yield world


def holds(world):
    """What firms hold is held for something."""
    firms, ledger = world.state.firms, world.state.ledger
    held = ledger.tonnes[firms.account, CreditState.HELD]
    np.testing.assert_array_equal(
        held, firms.for_compliance_t + firms.for_quota_t + firms.reserve_t
    )


def test_a_reserve_is_bought_ahead_and_held_for_compliance_when_credits_count():
    """Only covered firms, at most the room of one deadline, and nothing after the date."""
    world = World(load("tiny-eligible", RESERVE), 1)
    most = 0
    for now in months_of(world):
        holds(now)
        firms, month = now.state.firms, now.month - 1
        assert not firms.reserve_t[~firms.covered].any()
        if month < 2027 * 12:
            most = max(most, int(firms.reserve_t.sum()))
            assert not firms.for_compliance_t.any()
        else:
            assert not firms.reserve_t.any()
        # Beside the drift of emissions since it was bought.
        assert (firms.reserve_t <= 0.06 * firms.activity_t + 1).all()
    assert most > 0
    deals = Run(world).deals
    green = deals[deals.occasion == "green_reserve"]
    assert len(green) > 0
    assert (green.month < "2027-01").all()
    surrendered = world.state.firms.surrendered_credits_t.sum()
    assert surrendered >= green.tonnes.sum()


def test_a_reserve_that_never_counted_is_used_after_its_months():
    """Retired for the firm's own emissions, and no longer held."""
    world = World(load("tiny", {**RESERVE, "voluntary.green_reserve_months": 6}), 1)
    bought = {}
    for now in months_of(world):
        holds(now)
        bought[now.month - 1] = int(now.state.monthly.green_reserve_t.sum())
        held = int(now.state.firms.reserve_t.sum())
        assert held == now.state.monthly.green_held_t[now.month - 1 - now.scenario.start]
    assert max(bought.values()) > 0
    ledger = world.state.ledger
    blocks = ledger.blocks[: ledger.counters[BLOCKS]]
    own = blocks.tonnes[
        (blocks.state == CreditState.RETIRED) & (blocks.purpose == Purpose.OWN_EMISSIONS)
    ].sum()
    held = int(world.state.firms.reserve_t.sum())
    assert own >= max(bought.values()) - held > 0


@pytest.mark.parametrize("overrides", [
    {"expectations.horizon_months": 0}, {"voluntary.green_reserve_weight": 0.0},
    {"compliance.eligible": True}, {"compliance.offset_limit": 0.0},
])
def test_who_looks_no_further_or_may_not_use_it_buys_none(overrides):
    """Short-sighted firms, none that want to, credits that count, and no room."""
    world = World(load("tiny", {**RESERVE, **overrides}), 1)
    world.run()
    assert not world.state.monthly.green_reserve_t.any()


def test_a_bid_for_the_reserve_rises_with_the_chance_that_credits_count():
    """Before and after the announcement, firm by firm."""
    world = World(load("tiny-eligible", RESERVE), 3)
    before, after = [], []
    for now in months_of(world):
        firms = now.state.firms
        bids = firms.bid_fen[(firms.occasion == Occasion.GREEN_RESERVE) & (firms.bid_fen > 0)]
        (before if now.month - 1 < 2026 * 12 else after).extend(bids.tolist())
    assert np.mean(after) > np.mean(before) + 1000


def test_a_reserve_holds_only_credits_that_will_count():
    """Two provinces of which one counts: volunteers take the rest."""
    world = World(load("tiny-eligible", {**RESERVE, "eligibility.provinces": ["Shaanxi"]}), 1)
    held = 0
    for now in months_of(world):
        ledger, firms = now.state.ledger, now.state.firms
        for firm in firms[firms.reserve_t > 0]:
            place = ledger.heads[firm.account, CreditState.HELD]
            while place >= 0:
                assert ledger.blocks[place].counts
                held += int(ledger.blocks[place].tonnes)
                place = ledger.blocks[place].next
    assert held > 0
