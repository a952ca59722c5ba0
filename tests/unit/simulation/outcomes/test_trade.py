"""Outcomes of trade."""

import pytest

from simulation.outcomes import measure
from simulation.results import simulate
from simulation.scenario import load
from simulation.world import World


def test_time_to_sale_is_first_in_first_out():
    """The replayed trade: everything was issued in one month and sold in another."""
    run = simulate("ziyang")
    deal = run.deals.iloc[0]
    issued = run.world.state.verifications.issued_month[0]
    month = run.world.state.deals.month[0]
    assert run.outcomes["months_to_sale"] == month - issued
    assert deal["tonnes"] == 70_000


def test_time_to_sale_counts_only_what_was_sold():
    """Issues of 100 t in months 10 and 20, 150 t sold in month 30: 100 waited 20 and 50 10."""
    world = World(load("tiny"), 1)
    state = world.state
    state.clock[9] = 2
    seller = state.projects.agent_id[0]
    for row, month in enumerate((20, 10)):
        lot = state.verifications[row]
        lot.project_id, lot.issued_month = seller, month
        lot.credited_t, lot.buffer_t, lot.levied_t = 120, 15, 5
    state.clock[8] = 1
    state.deals[0].seller_id, state.deals[0].tonnes, state.deals[0].month = seller, 150, 30
    assert measure(state)["months_to_sale"] == pytest.approx((100 * 20 + 50 * 10) / 150)


def test_without_a_sale_there_is_no_time_to_sale():
    """None, not zero: nothing was sold at once."""
    run = simulate(load("tiny", {"months": 2}))
    assert run.outcomes["months_to_sale"] is None
    assert run.outcomes["efficiency_share"] is None
