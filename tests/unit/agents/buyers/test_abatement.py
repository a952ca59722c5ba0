"""Measures in steps, and what makes a retrofit pay, by hand."""

import pytest

from agents.buyers.abatement import (
    discounted_months,
    measure_taken,
    retrofit_pays,
    retrofit_value,
    stepped_cost,
    stepped_share,
)
from agents.buyers.compliance import rivals_bought
from simulation.errors import ScenarioError
from simulation.scenario import load
from simulation.world import World
from tests.helpers import both

STEPS = (10.0, 0.1, 30.0, 0.2, 80.0, 0.05, 0.0, 0.0)


@pytest.mark.parametrize(
    ("price", "share"),
    [(5.0, 0.0), (9.95, 0.0), (10.0, 0.05), (10.025, 0.075), (10.06, 0.1), (50.0, 0.3),
     (100.0, 0.35)],
)
def test_measures_cheaper_than_the_price_are_taken(price, share):
    """One that costs just the price by half: costs spread half a percent to either side."""
    assert both(stepped_share, price, *STEPS) == pytest.approx(share)


@pytest.mark.parametrize(
    ("share", "cost"), [(0.0, 0.0), (0.05, 0.5), (0.2, 4.0), (0.35, 11.0), (0.9, 11.0)]
)
def test_the_cheapest_measures_come_first(share, cost):
    """0.2 is 0.1 at 10 and 0.1 at 30: 1 + 3 yuan for each tonne emitted before."""
    assert both(stepped_cost, share, *STEPS) == pytest.approx(cost)


@pytest.mark.parametrize(
    ("price", "cost", "taken"), [(0.0, 0.0, 0.0), (0.01, 0.0, 1.0), (20.0, 20.0, 0.5)]
)
def test_a_measure_that_costs_nothing_is_taken_at_any_price(price, cost, taken):
    assert both(measure_taken, price, cost) == taken


def test_months_are_discounted_one_by_one():
    """0.9^2 + 0.9^3 + 0.9^4, and plain counting without discount."""
    assert both(discounted_months, 0.9, 2, 3) == pytest.approx(0.81 + 0.729 + 0.6561)
    assert both(discounted_months, 1.0, 5, 12) == 12.0


def test_a_retrofit_is_worth_what_it_saves():
    """Without discount or growth: ten years of 50 - 20 yuan; a delay costs nothing then."""
    assert both(retrofit_value, 50.0, 0.0, 0.0, 20.0, 12, 120) == pytest.approx(300.0)
    # At 8 % the same money two years later is worth 1.08^-2 of it.
    now = both(retrofit_value, 50.0, 0.0, 0.08, 20.0, 0, 120)
    later = both(retrofit_value, 50.0, 0.0, 0.08, 20.0, 24, 120)
    assert later == pytest.approx(now / 1.08**2)
    # A price that grows at the discount rate is not discounted.
    assert both(retrofit_value, 50.0, 0.08, 0.08, 0.0, 24, 120) == pytest.approx(500.0)


@pytest.mark.parametrize(
    ("value", "hurdle", "pays"), [(300.0, 2.0, True), (299.0, 2.0, False), (150.0, 1.0, True),
                                  (-1.0, 1.0, False)]
)
def test_what_cannot_be_undone_must_return_more_than_it_costs(value, hurdle, pays):
    assert both(retrofit_pays, value, 150.0, hurdle) == pays


def test_nothing_is_free_where_nothing_is_saved():
    assert not both(retrofit_pays, 0.0, 0.0, 1.0)


@pytest.mark.parametrize(
    ("need", "covered", "carbon", "bought"),
    [(500, 10, 60.0, 40), (30, 10, 60.0, 30), (500, 60, 60.0, 0), (500, 10, 51.0, 0)],
)
def test_rivals_fill_what_the_limit_leaves(need, covered, carbon, bought):
    """5 % of 1,000 t at 50 + 1 yuan; at the same price nobody bothers."""
    found = both(rivals_bought, need, 1000, 0.05, covered, covered, 0.0, carbon, 50.0, 1.0)
    assert found == bought


@pytest.mark.parametrize(
    ("covered", "elsewhere", "bought"), [(0, 0, 25), (30, 10, 15), (30, 0, 20)]
)
def test_rivals_leave_to_local_credits_what_only_these_can_fill(covered, elsewhere, bought):
    """Of 50 t under the limit, 25 are for local credits, and a rival is not known to be one."""
    found = both(rivals_bought, 500, 1000, 0.05, covered, elsewhere, 0.5, 60.0, 50.0, 1.0)
    assert found == bought


def test_a_firm_builds_waits_and_abates_whatever_the_price():
    """Decided in January 2025, working from April 2026, worn out in April 2028."""
    world = World(load("tiny", {
        "firms.1.retrofit_share": 0.4, "firms.1.retrofit_cost_yuan_per_t_per_year": 1.0,
        "firms.1.retrofit_delay_months": 15, "firms.1.retrofit_life_months": 24,
        "start": "2025-01", "months": 60, "firms.1.abatement_steps": [[1000.0, 0.5]],
    }))
    built = []
    while not world.finished:
        world.run(1)
        built.append(world.state.firms.built_share[2])
    assert built[14:16] == [0.0, 0.4]
    assert built[38:40] == [0.4, 0.0]
    # Again in January 2029.
    assert [int(month.month) % 12 for month in world.state.monthly if month.retrofits] == [0, 0]
    assert world.state.monthly.retrofits.sum() == 4


def test_a_spreadsheet_may_hold_measures(tmp_path):
    (tmp_path / "firms.csv").write_text(
        "name,covered,abatement_steps\nMill,true,70:0.1; 20.25:0.05\nShop,false,\n",
        encoding="utf-8",
    )
    path = tmp_path / "mine.toml"
    path.write_text('start = "2024-01"\nmonths = 12\nfirms_csv = "firms.csv"\n', encoding="utf-8")
    mill, shop = load(str(path)).firms
    assert mill.abatement_steps == ((20.25, 0.05), (70.0, 0.1))
    assert shop.abatement_steps == ()


@pytest.mark.parametrize(
    ("steps", "says"),
    [("none", "not a list of measures"), ("20:x", "not a list of measures"),
     ([[1.0, True]], "not a list of measures"),
     ([[1.0, 0.1]] * 5, "at most four"), ([[1.0, 0.0]], "is no measure"),
     ([[-1.0, 0.1]], "is no measure"), ([[1.0, 0.6], [2.0, 0.5]], "at most all")],
)
def test_measures_that_cannot_be_are_refused(steps, says):
    with pytest.raises(ScenarioError, match=says) as error:
        load("tiny", {"firms.1.abatement_steps": steps})
    assert "\n" not in str(error.value)
