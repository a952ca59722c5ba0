"""Transaction costs: Stavins' wedge, general optimisers, and what a cost per deal changes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize

from simulation.errors import InputError
from simulation.theory.abatement import linear_mac, step_mac, unregulated_t
from simulation.theory.permits import permit_market
from simulation.theory.transaction_cost import costly_trade, single_deal
from tests.theory.firms import linear_firms, lines, step_firms, steps

patient = settings(max_examples=60)
# MAC q and 3 q of abatement q, 50 t each to abate.
TWO, HELD = [linear_mac(200.0, 1.0), linear_mac(600.0, 3.0)], [150.0, 150.0]
wedges = st.sampled_from([0.0, 1.0, 7.5, 40.0])


@pytest.mark.parametrize(
    ("cost", "traded", "marginal"),
    [(0, 25, (75, 75)), (20, 20, (70, 90)), (40, 15, (65, 105)), (80, 5, (55, 135)),
     (100, 0, (50, 150)), (150, 0, (50, 150))],
)
def test_two_firms(cost, traded, marginal):
    found = costly_trade(TWO, HELD, cost)
    assert found.traded_t == pytest.approx(traded, abs=1e-9)
    np.testing.assert_allclose(found.marginal_cost_low, marginal, atol=1e-9)
    np.testing.assert_allclose(found.emissions_t, [150 - traded, 150 + traded], atol=1e-9)
    assert found.buyers_price - found.sellers_price == cost
    # Two triangles: the wedge falls from 100 to the cost, one tonne traded closes it by 4.
    assert found.gain_yuan == pytest.approx(2 * traded**2, abs=1e-9)


@patient
@given(linear_firms, st.lists(st.floats(0, 1.3), min_size=5, max_size=5), wedges)
def test_straight_lines_against_a_quadratic_programme(firms, shares, cost):
    """Least cost of abatement and trade together."""
    curves = lines(firms)
    intercept, slope = np.array(firms).T
    free = intercept / slope
    held = free * np.array(shares[: len(firms)])
    found = costly_trade(curves, held, cost)
    count = len(firms)

    # Emissions, sales and purchases of each firm.
    def total(x):
        emitted, bought = x[:count], x[2 * count:]
        saved = intercept - slope * emitted
        return float(np.sum(saved**2 / (2 * slope)) + cost * bought.sum())

    def gradient(x):
        return np.concatenate((-(intercept - slope * x[:count]), np.zeros(count),
                               np.full(count, cost)))

    eye = np.eye(count)
    covered = np.hstack((-eye, -eye, eye))
    closed = np.concatenate((np.zeros(count), np.ones(count), -np.ones(count)))
    best = minimize(
        total, np.concatenate((np.minimum(held, free), np.zeros(2 * count))), jac=gradient,
        method="SLSQP", bounds=[(0, most) for most in free] + [(0, None)] * (2 * count),
        constraints=[
            {"type": "ineq", "fun": lambda x: held + covered @ x, "jac": lambda x: covered},
            {"type": "ineq", "fun": lambda x: closed @ x, "jac": lambda x: closed},
        ],
        options={"ftol": 1e-14, "maxiter": 1000},
    )
    saved = np.maximum(intercept - slope * found.emissions_t, 0)
    ours = float(np.sum(saved**2 / (2 * slope))) + cost * found.traded_t
    assert ours == pytest.approx(best.fun, rel=1e-6, abs=1e-5)
    alone = np.maximum(intercept - slope * np.minimum(held, free), 0)
    assert found.gain_yuan == pytest.approx(float(np.sum(alone**2 / (2 * slope))) - ours, abs=1e-5)


@patient
@given(step_firms, st.lists(st.floats(0, 1.3), min_size=4, max_size=4), wedges)
def test_steps_against_a_linear_programme(firms, shares, cost):
    curves = steps(firms)
    free = np.array([unregulated_t(curve) for curve in curves])
    held = np.round(free * np.array(shares[: len(firms)]))
    found = costly_trade(curves, held, cost)
    # Abatement of each measure, then sales and purchases of each firm.
    owner = [place for place, firm in enumerate(firms) for _ in firm]
    count, rows = len(firms), len(owner)
    costs = [each for firm in firms for each, _ in firm] + [0.0] * count + [cost] * count
    bounds = [(0, most) for firm in firms for _, most in firm] + [(0, None)] * (2 * count)
    covered = np.zeros((count + 1, rows + 2 * count))
    covered[owner, np.arange(rows)] = -1.0
    covered[np.arange(count), rows + np.arange(count)] = 1.0
    covered[np.arange(count), rows + count + np.arange(count)] = -1.0
    covered[count, rows:] = [-1.0] * count + [1.0] * count
    best = linprog(costs, A_ub=covered, b_ub=np.append(held - free, 0.0), bounds=bounds)
    alone = linprog(costs, A_ub=covered, b_ub=np.append(held - free, 0.0),
                    bounds=bounds[:rows] + [(0, 0)] * (2 * count))
    assert found.gain_yuan == pytest.approx(alone.fun - best.fun, rel=1e-6, abs=1e-6)


@patient
@given(linear_firms, st.lists(st.floats(0, 1.3), min_size=5, max_size=5))
def test_without_cost_it_is_the_permit_market(firms, shares):
    """Two solvers agree, and only then the allocation is idle."""
    curves = lines(firms)
    held = np.array([share * unregulated_t(curve)
                     for share, curve in zip(shares, curves, strict=False)])
    found = costly_trade(curves, held, 0.0)
    plain = permit_market(curves, held.sum(), held)
    np.testing.assert_allclose(found.emissions_t, plain.emissions_t, atol=1e-8)


@patient
@given(linear_firms, st.lists(st.floats(0, 1.3), min_size=5, max_size=5), st.floats(0, 30),
       st.floats(0, 30))
def test_a_higher_cost_never_adds_trade_or_gain(firms, shares, cost, more):
    curves = lines(firms)
    held = [share * unregulated_t(curve) for share, curve in zip(shares, curves, strict=False)]
    low, high = costly_trade(curves, held, cost), costly_trade(curves, held, cost + more)
    assert high.traded_t <= low.traded_t + 1e-9
    assert high.gain_yuan <= low.gain_yuan + 1e-6
    assert high.gain_yuan >= -1e-9


def test_a_cost_per_permit_leaves_the_end_to_the_market():
    """As long as the first firm sells, where both began does not show in the end."""
    ends = [costly_trade(TWO, [150 + more, 150 - more], 20.0).emissions_t for more in (0, 5, -5)]
    for end in ends[1:]:
        np.testing.assert_allclose(end, ends[0])


@pytest.mark.parametrize(
    ("more", "fixed", "traded"),
    # The gain of t tonnes is 2 t**2: 800 from 20 t, 200 from 10 t.
    [(0, 799.0, 20), (0, 801.0, 0), (10, 0.0, 30), (-10, 199.0, 10), (-10, 201.0, 0)],
)
def test_a_cost_per_deal_makes_the_end_depend_on_the_beginning(more, fixed, traded):
    held = [150 + more, 150 - more]
    found = single_deal(TWO, held, 20.0, fixed)
    assert found.traded_t == pytest.approx(traded, abs=1e-9)
    np.testing.assert_allclose(found.emissions_t, [held[0] - traded, held[1] + traded])
    assert found.gain_yuan == pytest.approx(2 * traded**2 - fixed if traded else 0.0, abs=1e-9)


@given(st.floats(0, 100), st.floats(0, 2000), st.floats(-40, 40))
def test_a_deal_is_made_where_a_search_over_all_sizes_finds_a_gain(cost, fixed, more):
    held = np.array([150 + more, 150 - more])
    found = single_deal(TWO, held, cost, fixed)
    sizes = np.linspace(-100, 100, 20_001)
    owed = np.stack((200 - held[0] + sizes, 200 - held[1] - sizes))
    saved = (owed[0] ** 2 + 3 * owed[1] ** 2) / 2
    before = ((200 - held[0]) ** 2 + 3 * (200 - held[1]) ** 2) / 2
    best = max(float(np.max(before - saved - cost * np.abs(sizes))) - fixed, 0.0)
    assert found.gain_yuan == pytest.approx(best, abs=1e-3)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: costly_trade(TWO, [1.0], 0.0), "allocation_t: 1 numbers"),
        (lambda: costly_trade(TWO, HELD, -1.0), "cost_yuan_per_t = -1"),
        (lambda: costly_trade([step_mac([1], [1], 9.0)], [8.0], 0.0), "cannot abate so far"),
        (lambda: single_deal(TWO, HELD, 1.0, -1.0), "cost_yuan_per_deal = -1"),
        (lambda: single_deal(TWO[:1], HELD[:1], 1.0, 1.0), "between two"),
    ],
)
def test_bad_numbers_are_refused(make, says):
    with pytest.raises(InputError, match=says):
        make()
