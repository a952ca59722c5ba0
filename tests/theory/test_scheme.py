"""A whole scheme at once: it is each of its parts, and what general optimisers find."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from simulation.errors import InputError
from simulation.theory.abatement import step_mac, unregulated_t
from simulation.theory.collar import collar_market
from simulation.theory.curves import linear_supply, step_supply
from simulation.theory.offset_wedge import offset_market
from simulation.theory.penalty import penalty_market
from simulation.theory.permits import permit_market
from simulation.theory.scheme import scheme_market
from tests.theory.firms import linear_firms, lines, step_firms, steps
from tests.theory.test_collar import collars, described

patient = settings(max_examples=60)
any_firms = st.one_of(linear_firms.map(lines), step_firms.map(steps))
shares = st.floats(0.05, 1.2)
limits = st.floats(0.0, 0.6)
credit_lines = st.tuples(st.floats(0.0, 40.0), st.floats(0.05, 5.0))

# Benchmark B5: six firms, MAC = a - b e.
SIX = lines([(2000.0 * n, float(n)) for n in range(1, 7)])


def supply_of(line):
    cost, slope = line
    return linear_supply(-cost * slope, slope)


def cap_of(curves, share):
    return share * sum(unregulated_t(curve) for curve in curves)


def test_worked_figures_of_the_parts():
    """B5 at 9,000 t, B12 at 5 % and 10 %, both of the six firms."""
    assert scheme_market(SIX, 9000.0).allowance_price == pytest.approx(1224.49, abs=0.005)
    credit = linear_supply(-200.0, 2.0)
    for limit, price, used, credit_price in (
        (0.05, 2540.83, 315.79, 257.89), (0.10, 2298.85, 666.67, 433.33),
    ):
        found = scheme_market(SIX, 6000.0, credit_supply=credit, limit_share=limit)
        assert found.allowance_price == pytest.approx(price, abs=0.005)
        assert found.credits_t == pytest.approx(used, abs=0.005)
        assert found.credit_price == pytest.approx(credit_price, abs=0.005)
        assert found.binds


def test_credits_keep_the_price_below_the_ceiling():
    """By hand: MAC 100 - E, cap 50, ceiling 45; credits at 20 for up to a tenth of emissions."""
    firm = lines([(100.0, 1.0)])
    without = scheme_market(firm, 50.0, ceiling=45.0)
    assert (without.allowance_price, without.sold_extra_t) == (45.0, pytest.approx(5.0))
    found = scheme_market(
        firm, 50.0, ceiling=45.0, credit_supply=step_supply([20.0], [100.0]), limit_share=0.1
    )
    # E = 50 / 0.9, of which a tenth are credits; the MAC there is 44.44, below the ceiling.
    assert found.emissions_t[0] == pytest.approx(50.0 / 0.9)
    assert found.allowance_price == pytest.approx(100.0 - 50.0 / 0.9)
    assert found.credit_price == pytest.approx(20.0)
    assert found.sold_extra_t == 0.0


def test_a_limit_counts_emissions_beyond_the_cap():
    """By hand: at the ceiling 40 of MAC 100 - E, 60 t are emitted and 6 of them may be credits."""
    found = scheme_market(
        lines([(100.0, 1.0)]), 50.0, ceiling=40.0, credit_supply=step_supply([20.0], [100.0]),
        limit_share=0.1,
    )
    assert found.allowance_price == pytest.approx(40.0)
    assert found.credits_t == pytest.approx(6.0)
    assert found.sold_extra_t == pytest.approx(4.0)


def test_cheap_allowances_come_before_dear_credits():
    """By hand: MAC 100 - E, 50 t at any price, credits at 40 without a limit: 10 of them."""
    found = scheme_market(
        lines([(100.0, 1.0)]), 50.0, credit_supply=step_supply([40.0], [100.0]), limit_share=1.0
    )
    assert found.allowance_price == pytest.approx(40.0)
    assert (found.allowances_t, found.credits_t) == (pytest.approx(50.0), pytest.approx(10.0))


@patient
@given(any_firms, shares)
def test_a_cap_alone_is_a_permit_market(curves, share):
    cap = cap_of(curves, share)
    try:
        expected = permit_market(curves, cap)
    except InputError:
        with pytest.raises(InputError):
            scheme_market(curves, cap)
        return
    found = scheme_market(curves, cap)
    assert found.allowance_price == pytest.approx(expected.price, rel=1e-9, abs=1e-9)
    assert found.emissions_t == pytest.approx(expected.emissions_t, rel=1e-9, abs=1e-9)


@patient
@given(any_firms, shares, collars)
def test_without_credits_it_is_a_collar(curves, share, collar):
    cap = cap_of(curves, share)
    floor, reserve, ceiling = described(collar)
    expected = collar_market(curves, cap, floor=floor, tiers=reserve, ceiling=ceiling)
    found = scheme_market(curves, cap, floor=floor, tiers=reserve, ceiling=ceiling)
    assert found.allowance_price == pytest.approx(expected.price, rel=1e-9, abs=1e-9)
    assert found.emissions_t.sum() == pytest.approx(expected.emissions_t.sum(), abs=1e-8)
    assert found.withheld_t == pytest.approx(expected.withheld_t, abs=1e-8)
    assert found.sold_extra_t == pytest.approx(expected.sold_extra_t, abs=1e-8)


@patient
@given(any_firms, shares, st.floats(0.5, 80.0))
def test_with_a_penalty_alone_it_is_a_penalty_market(curves, share, penalty):
    cap = cap_of(curves, share)
    expected = penalty_market(curves, cap, penalty)
    found = scheme_market(curves, cap, penalty=penalty)
    assert found.allowance_price == pytest.approx(expected.price, rel=1e-9, abs=1e-9)
    assert found.shortfall_t == pytest.approx(expected.shortfall_t, abs=1e-8)


@patient
@given(any_firms, shares, credit_lines, limits)
def test_without_a_collar_it_is_an_offset_market(curves, share, line, limit):
    cap = cap_of(curves, share)
    supply = supply_of(line)
    try:
        expected = offset_market(curves, cap, supply, limit_share=limit)
    except InputError:
        return
    found = scheme_market(curves, cap, credit_supply=supply, limit_share=limit)
    assert found.allowance_price == pytest.approx(expected.allowance_price, rel=1e-9, abs=1e-7)
    assert found.credits_t == pytest.approx(expected.credits_t, rel=1e-7, abs=1e-7)
    if expected.credits_t > 1e-6:
        assert found.credit_price == pytest.approx(expected.credit_price, rel=1e-6, abs=1e-6)


@patient
@given(any_firms, shares, collars, credit_lines, limits, st.floats(0.0, 200.0))
def test_everything_together_adds_up(curves, share, collar, line, limit, penalty):
    """Covered or missing, within the limit, never above ceiling or penalty."""
    cap = cap_of(curves, share)
    floor, reserve, ceiling = described(collar)
    found = scheme_market(
        curves, cap, floor=floor, tiers=reserve, ceiling=ceiling, penalty=penalty,
        credit_supply=supply_of(line), limit_share=limit,
    )
    emitted = found.emissions_t.sum()
    assert found.allowances_t + found.credits_t + found.shortfall_t == pytest.approx(emitted)
    assert found.credits_t <= limit * emitted + 1e-9
    assert found.allowance_price <= min(ceiling, max(penalty, 0.0)) + 1e-9
    assert cap - found.withheld_t + found.sold_extra_t == pytest.approx(found.allowances_t)
    if found.shortfall_t > 1e-9:
        assert found.allowance_price == pytest.approx(penalty)
    if found.credit_price is not None:
        assert found.credit_price <= found.allowance_price + 1e-9


@settings(max_examples=40)
@given(linear_firms, st.floats(0.2, 1.0), collars, credit_lines, st.floats(0.02, 0.6),
       st.floats(20.0, 150.0))
def test_against_a_general_optimiser(firms, share, collar, line, limit, penalty):
    """With room as it came out: least cost of abatement, allowances, credits and the penalty.

    SLSQP chooses emissions of each firm and tonnes of each tier, of credits and of the shortfall.
    """
    curves = lines(firms)
    cap = cap_of(curves, share)
    floor, reserve, ceiling = described(collar)
    found = scheme_market(
        curves, cap, floor=floor, tiers=reserve, ceiling=ceiling, penalty=penalty,
        credit_supply=supply_of(line), limit_share=limit,
    )
    intercept, slope = np.array(firms).T
    free = intercept / slope
    room = limit * found.emissions_t.sum()
    cost, rise = line
    tiers = [(floor, cap), *reserve, (ceiling, 2 * free.sum()), (penalty, 2 * free.sum())]
    price, most = np.array(tiers).T
    count, step = len(firms), len(tiers)
    scale = float(intercept @ free) / 2.0 + 1.0

    def bill(x):
        emitted, bought, credits = x[:count], x[count:count + step], x[-1]
        abated = float(np.sum((intercept - slope * emitted) ** 2 / slope)) / 2.0
        return (abated + price @ bought + cost * credits + credits**2 / (2 * rise)) / scale

    def gradient(x):
        emitted, credits = x[:count], x[-1]
        return np.concatenate((
            -(intercept - slope * emitted), price, [cost + credits / rise])) / scale

    row = np.concatenate((-np.ones(count), np.ones(step + 1))) / free.sum()
    bounds = [*zip(np.zeros(count), free, strict=True),
              *zip(np.zeros(step), most, strict=True), (0.0, room)]
    start = np.concatenate((free, np.zeros(step - 1), [2 * free.sum()], [0.0]))
    start[count + step - 1] = free.sum()
    best = minimize(
        bill, start, jac=gradient, method="SLSQP", bounds=bounds,
        constraints=[{"type": "ineq", "fun": lambda x: row @ x, "jac": lambda x: row}],
        options={"ftol": 1e-15, "maxiter": 2000},
    )
    ours = np.zeros(len(start))
    ours[:count] = found.emissions_t
    left = found.allowances_t
    for place in np.argsort(price[:-1], kind="stable"):
        ours[count + place] = min(left, most[place])
        left -= ours[count + place]
    ours[count + step - 1] = found.shortfall_t
    ours[-1] = found.credits_t
    assert bill(ours) == pytest.approx(best.fun, rel=1e-6, abs=1e-7)


def test_what_cannot_be_is_said_in_one_line():
    stubborn = step_mac([5.0], [1.0], remaining_t=10.0)
    with pytest.raises(InputError, match="cannot abate so far"):
        scheme_market(stubborn, 1.0)
    assert scheme_market(stubborn, 1.0, penalty=30.0).shortfall_t == pytest.approx(9.0)
    with pytest.raises(InputError, match="limit_share"):
        scheme_market(SIX, 10.0, limit_share=1.5)
    with pytest.raises(InputError, match="tiers"):
        scheme_market(SIX, 10.0, floor=10.0, tiers=[(5.0, 1.0)])
