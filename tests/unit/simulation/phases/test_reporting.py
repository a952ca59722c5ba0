"""Phases `move_allowance_price` and `report_emissions`, and what the recorder writes down."""

import math

import numpy as np
import pytest

from agents.vocabulary import CreditState
from simulation.draws import draw, normal_quantile
from simulation.results import simulate
from simulation.scenario import load
from simulation.world import World
from tests.helpers import MONTH, after, village


def test_january_reports_the_year_that_closed():
    """Emissions less abatement, a free allocation on what was emitted before it, a new budget.

    62.36 yuan at a slope of 1,000 abate 6.236 %, at a cost of 0.5 * 62.36 * 62,360 t.
    """
    world = after(World(village({
        "firms.0.covered": True, "firms.0.growth_per_year": 0.02, "firms.0.free_share": 0.9,
    })), "report_emissions", MONTH)
    firm = world.state.firms[0]
    assert (firm.emissions_t, firm.obligation_t, firm.allocation_t) == (937_640, 937_640, 900_000)
    assert firm.abated_t == pytest.approx(62_360.0)
    assert firm.abatement_cost == pytest.approx(0.5 * 62.36 * 62_360.0)
    assert firm.activity_t == pytest.approx(1_000_000.0 * math.exp(0.02))
    assert firm.budget_fen == round(1_000_000.0 * math.exp(0.02) * 3.0 * 100)


def test_other_months_report_nothing():
    """Eleven of twelve."""
    world = after(World(village({"firms.0.covered": True})), "report_emissions", MONTH)
    before = world.state.firms.copy()
    for _ in range(11):
        after(world, "report_emissions", world.month + 1)
        np.testing.assert_array_equal(world.state.firms.activity_t, before.activity_t)
        np.testing.assert_array_equal(world.state.firms.emissions_t, before.emissions_t)
    after(world, "report_emissions", MONTH + 12)
    assert world.state.firms.abatement_cost[0] > before.abatement_cost[0]


def test_shocks_are_drawn_at_the_firms_address():
    """Stream `emissions`, month of January, word 0."""
    world = World(load("tiny"), seed=8)
    before = world.state.firms.copy()
    after(world, "report_emissions", MONTH)
    for old, new in zip(before, world.state.firms, strict=True):
        luck = normal_quantile(draw(8, "emissions", MONTH, int(old.agent_id), 0))
        expected = old.activity_t * math.exp(old.growth_per_year + 0.05 * luck - 0.5 * 0.05**2)
        assert new.activity_t == pytest.approx(expected, rel=1e-12)


def test_firms_are_drawn_around_their_medians():
    """Words 0 and 1 of each firm's setup draw."""
    for firm in World(load("tiny"), seed=8).state.firms[:2]:
        size, worth = (
            normal_quantile(draw(8, "setup.firm", 0, int(firm.agent_id), k)) for k in (0, 1)
        )
        assert firm.activity_t == pytest.approx(400_000.0 * math.exp(0.3 * size), rel=1e-12)
        assert firm.willingness == pytest.approx(34.0 * math.exp(0.1 * worth), rel=1e-12)


def test_the_price_is_drawn_for_everybody_alike():
    """Stream `allowance_price`, id 0; from the level of the first month on."""
    world = World(village({
        "allowance_price.path": "mean_reverting", "allowance_price.reversion_per_year": 0.0,
    }), seed=8)
    world.run()
    steps = [
        0.3 * math.sqrt(1 / 12) * normal_quantile(draw(8, "allowance_price", MONTH + month, 0, 0))
        for month in range(24)
    ]
    expected = 62.36 * np.exp(np.cumsum(steps))
    np.testing.assert_allclose(world.state.monthly.allowance_price, expected, rtol=1e-12)


def test_the_recorder_counts_by_state():
    """Every month: issued so far = held + escrow + pledged + buffer + retired + cancelled."""
    monthly = simulate("tiny-eligible", seed=4).monthly
    total = sum(monthly[f"{state.name.lower()}_t"] for state in CreditState)
    np.testing.assert_array_equal(total, monthly["issued_t"].cumsum())
    assert monthly["pledged_t"].max() > 0
    assert monthly["retired_t"].is_monotonic_increasing
    assert monthly["month"].is_unique
