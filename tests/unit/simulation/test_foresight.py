"""Perfect foresight is of what then happens, and pays those who wait."""

import numpy as np
import pytest

from agents.expectations import discounted
from simulation.errors import ScenarioError
from simulation.scenario import load
from simulation.state import Foreseen
from simulation.world import World
from tests.helpers import both

KNOWN = {"expectations.foresight": "perfect", "quote.strategy": "storage", "months": 72,
         "expectations.horizon_months": 60}
LATER = [{"announced": "2027-01", "effective": "2028-01", "set": {"compliance.eligible": True}}]
MOVING = {"allowance_price.path": "mean_reverting"}


def test_a_known_price_is_discounted():
    assert both(discounted, 121.0, 0.1, 2.0) == pytest.approx(100.0)


@pytest.mark.parametrize(
    "more", [{}, MOVING, {"allowance_price.path": "record_then_reverting"}, {"regime.kind": "tax"}]
)
def test_what_is_foreseen_comes_true(more):
    """To the last bit, with events and a price that moves."""
    world = World(load("tiny", {**KNOWN, **more, "events": LATER}), 7)
    foreseen = world.state.foreseen.copy()
    world.run()
    monthly = world.state.monthly
    np.testing.assert_array_equal(foreseen[Foreseen.ALLOWANCE], monthly.allowance_price)
    np.testing.assert_array_equal(foreseen[Foreseen.CREDIT] > 0, monthly.eligible)


def asks(more, month):
    world = World(load("tiny", {**KNOWN, "events": LATER, **more}), 7)
    world.run(month)
    return world.state.projects.ask_fen


def test_who_knows_the_future_waits_before_anybody_announces_it():
    """Two years ahead nothing is announced yet; within a short horizon there is nothing to see."""
    announced = asks({"expectations.foresight": "announced",
                      "expectations.eligibility_probability": 0.0}, 20)
    known = asks({}, 20)
    assert (known > 1.5 * announced).all()
    world = World(load("tiny", {**KNOWN, "events": LATER, "expectations.horizon_months": 24}), 7)
    world.run(20)
    # Nobody waits for more than the price that is believed in.
    assert (world.state.projects.ask_fen <= 100 * world.state.projects.believed_price).all()


def test_what_will_end_is_not_waited_for():
    """Eligible today, and no longer from next month on: the belief alone is left."""
    end = [{"announced": "2025-09", "effective": "2025-09", "set": {"compliance.eligible": False}}]
    ends = asks({"compliance.eligible": True, "events": end}, 20)
    stays = asks({"compliance.eligible": True, "events": []}, 20)
    assert (ends < stays).all()


def test_myopic_sellers_know_nothing_whatever_foresight_is():
    known = {"expectations.horizon_months": 0}
    np.testing.assert_array_equal(
        asks(known, 20), asks({**known, "expectations.foresight": "announced"}, 20)
    )


def test_who_knows_that_the_price_will_fall_sells():
    """Spare allowances are kept where the known price beats the discount rate, and only there."""
    base = {"firms.1.free_share": 1.2, "firms.2.free_share": 1.2, "banking.rule": "unlimited",
            "expectations.foresight": "perfect", "months": 36,
            "expectations.discount_rate_per_year": 0.05}
    kept = {}
    for growth in (0.04, 0.06):
        world = World(load("tiny", {**base, "allowance_price.growth_per_year": growth}), 1)
        world.run(12)
        world.run(12)
        kept[growth] = int(world.state.firms.bank_t.sum())
    assert kept[0.04] == 0
    assert kept[0.06] > 0


def test_a_lever_moved_by_hand_is_known_from_then_on():
    world = World(load("tiny", {**KNOWN, "events": []}), 7)
    world.run(5)
    world.set_lever("compliance.eligible", True)
    assert (world.state.foreseen[Foreseen.CREDIT, 5:] > 0).all()
    world.run()
    assert world.state.monthly.eligible[5:].all()


def test_a_price_that_firms_make_cannot_be_known():
    with pytest.raises(ScenarioError, match="Choose 'announced', or another path"):
        load("tiny", {**KNOWN, "allowance_price.path": "endogenous"})
