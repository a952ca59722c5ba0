"""The map: scale as axes, not as an accident."""

import numpy as np
import pytest

from experiments.mapping import ceiling_of, market_map, runs, scales_of
from experiments.workers import workers
from simulation.results import simulate
from simulation.scenario import load


@pytest.fixture(scope="module")
def eligible():
    """Ten agents, eligible from the start."""
    return load("tiny-eligible", {"compliance.eligible": True, "events": []})


def test_scales_are_those_of_a_year(eligible):
    """Issued in the mean year; room as the limit on settled emissions."""
    scales = scales_of(eligible, 5)
    run = simulate(eligible, 5)
    years = eligible.months / 12
    assert scales.issuance_t == pytest.approx(run.outcomes["issued_t"] / years)
    settled = run.firms["settled_emissions_t"].sum()
    assert scales.room_t == pytest.approx(0.05 * settled / years)
    assert scales.voluntary_t > 0


def test_scales_do_not_depend_on_where_the_scenario_stands(eligible):
    """Demand and room of the scenario itself are set to 1 first."""
    other = load("tiny-eligible", {
        "compliance.eligible": True, "events": [], "voluntary.demand_scale": 0.1,
        "compliance.room_share": 0.3,
    })
    assert scales_of(other, 5) == scales_of(eligible, 5)


def test_the_corner_without_demand_has_no_price(eligible):
    """Without either demand nothing is traded; room alone brings compliance trade alone."""
    found = market_map(eligible, (0.0, 1.0), (0.0, 0.5), replicates=2)
    assert np.isnan(found.price_yuan_per_t[0, 0])
    assert found.voluntary_share[1, 0] == 0.0 < found.compliance_share[1, 0]
    assert found.compliance_share[0, 1] == 0.0 < found.voluntary_share[0, 1]
    assert found.replicates == 2


def test_a_credit_is_worth_the_lesser_of_allowance_and_rival_month_by_month(eligible):
    """Less the transaction cost; the mean of the lesser is below the lesser of the means."""
    rules = eligible.compliance
    rival, cost = rules.rival_price_yuan_per_t, rules.transaction_cost_yuan_per_t
    assert ceiling_of(eligible, np.array([40.0])) == pytest.approx(40.0 - cost)
    assert ceiling_of(eligible, np.array([40.0, 200.0])) == pytest.approx(
        (40.0 + rival) / 2 - cost
    )


def test_the_room_is_that_of_the_obligations_of_the_run(eligible):
    """Nobody surrenders more than it, and little room is used up."""
    found = market_map(eligible, (0.0, 1.0), (0.0, 0.1, 0.5), replicates=2)
    assert np.isnan(found.room_used[0]).all()
    assert (found.room_used[1:] <= 1.0).all()
    assert (found.room_used[1:] > 0.5).all()
    # The same from what was bought, as far as issuance is that of the mean year.
    bought = found.compliance_share[1:] / found.room_axis[1:, None]
    np.testing.assert_allclose(found.room_used[1:], bought, rtol=0.25)


def test_processes_draw_the_same_map(eligible):
    """And every run is counted once."""
    ended = []
    axes = ((0.0, 1.0), (0.5,))
    with workers(2) as spread:
        found = market_map(
            eligible, *axes, replicates=2, advance=lambda: ended.append(1), spread=spread
        )
    alone = market_map(eligible, *axes, replicates=2)
    assert len(ended) == runs(*axes, 2) == 4
    for left, right in zip(found, alone, strict=True):
        np.testing.assert_array_equal(left, right)
