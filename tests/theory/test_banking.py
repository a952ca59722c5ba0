"""Banking of allowances: Rubin's figures, general optimisers, and its special cases."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from simulation.errors import InputError
from simulation.theory.abatement import linear_mac, step_mac
from simulation.theory.banking import banking_path, national_bank_limit_t
from simulation.theory.curves import linear_demand
from simulation.theory.permits import permit_market
from simulation.theory.storage import StorageMarket, competitive_storage

patient = settings(max_examples=60)
LINE = linear_mac(100.0, 1.0)

worlds = st.lists(
    st.tuples(st.integers(10, 100).map(float), st.floats(0.3, 3.0), st.integers(0, 80).map(float)),
    min_size=1, max_size=5,
)
rates = st.sampled_from([0.0, 0.05, 0.2, -0.01])


def test_rubin_two_periods():
    """Caps 60 and 40: the price of both periods, and the bank."""
    alone = banking_path([LINE] * 2, [60, 40], interest_per_period=0.05, banking=False)
    np.testing.assert_allclose(alone.price, [40, 60], atol=1e-3)
    found = banking_path([LINE] * 2, [60, 40], interest_per_period=0.05)
    np.testing.assert_allclose(found.price, [48.780, 51.220], atol=1e-3)
    np.testing.assert_allclose(found.bank_t, [8.780, 0.0], atol=1e-3)


def test_nothing_is_banked_for_a_looser_cap():
    found = banking_path([LINE] * 2, [40, 60], interest_per_period=0.05)
    np.testing.assert_allclose(found.price, [60, 40], atol=1e-9)
    np.testing.assert_array_equal(found.bank_t, [0, 0])


def test_ten_falling_caps():
    found = banking_path([LINE] * 10, np.linspace(80, 35, 10), interest_per_period=0.05)
    assert found.price[0] == pytest.approx(33.789, abs=1e-3)
    assert found.price[-1] == pytest.approx(52.419, abs=1e-3)
    np.testing.assert_allclose(found.price[1:] / found.price[:-1], 1.05, rtol=1e-12)
    assert np.argmax(found.bank_t) == 4
    assert found.bank_t[4] == pytest.approx(36.708, abs=1e-3)
    assert found.bank_t[-1] == 0.0


def discounted_cost(world, rate, emissions):
    intercept, slope, _ = np.array(world).T
    weight = (1 + rate) ** -np.arange(len(world))
    saved = np.maximum(intercept - slope * emissions, 0.0)
    return float(weight @ (saved**2 / (2 * slope)))


@patient
@given(
    world=worlds, rate=rates, opening=st.sampled_from([0.0, 15.0]),
    share=st.sampled_from([0.0, 0.1, 1.0]), limit=st.sampled_from([0.0, 5.0, 30.0, np.inf]),
)
def test_against_a_quadratic_programme(world, rate, opening, share, limit):
    """Least discounted cost of abatement within the bounds of the bank."""
    count = len(world)
    intercept, slope, caps = np.array(world).T
    found = banking_path(
        [linear_mac(one, other) for one, other, _ in world], caps, interest_per_period=rate,
        opening_bank_t=opening, borrowing_share=share, bank_limit_t=limit,
    )
    weight = (1 + rate) ** -np.arange(count)
    free = intercept / slope
    lower = np.tril(np.ones((count, count)))
    supplied = opening + np.cumsum(caps)
    least = -share * np.append(caps[1:], 0.0)
    # Emissions and allowances thrown away.
    both = np.hstack((lower, lower))
    limits = [{"type": "ineq", "fun": lambda x: supplied - both @ x - least,
               "jac": lambda x: -both}]
    if np.isfinite(limit):
        limits.append({"type": "ineq", "fun": lambda x: limit - supplied + both @ x,
                       "jac": lambda x: both})

    def cost(x):
        return discounted_cost(world, rate, x[:count])

    def gradient(x):
        return np.concatenate((-weight * (intercept - slope * x[:count]), np.zeros(count)))

    start = np.concatenate((np.minimum(caps, free), np.maximum(caps - free, 0.0)))
    best = minimize(
        cost, start, jac=gradient, method="SLSQP", constraints=limits,
        bounds=[(0, most) for most in free] + [(0, None)] * count,
        options={"ftol": 1e-14, "maxiter": 1000},
    )
    ours = discounted_cost(world, rate, found.emissions_t)
    assert ours == pytest.approx(best.fun, rel=1e-6, abs=1e-5)
    assert np.all(found.bank_t >= least - 1e-9)
    assert np.all(found.bank_t <= limit + 1e-9)
    carried = np.append(opening, found.bank_t[:-1])
    np.testing.assert_allclose(
        carried + caps, found.emissions_t + found.bank_t + found.left_over_t, atol=1e-9
    )
    rise, most = found.price[1:], (1 + rate) * found.price[:-1]
    # Slower only when nothing more can be borrowed, faster only when the bank is full.
    assert np.all(found.bank_t[:-1][rise < most - 1e-7] <= least[:-1][rise < most - 1e-7] + 1e-7)
    assert np.all(found.bank_t[:-1][rise > most + 1e-7] >= limit - 1e-7)


@patient
@given(world=worlds, rate=rates)
def test_without_banking_each_period_is_a_permit_market(world, rate):
    """Two solvers agree."""
    curves = [linear_mac(one, other) for one, other, _ in world]
    caps = [cap for *_, cap in world]
    found = banking_path(curves, caps, interest_per_period=rate, banking=False)
    for period, (curve, cap) in enumerate(zip(curves, caps, strict=True)):
        alone = permit_market(curve, cap)
        assert found.price_low[period] == pytest.approx(alone.price_low, abs=1e-9)
        assert found.emissions_t[period] == pytest.approx(alone.emissions_t[0], abs=1e-9)


@patient
@given(world=worlds, rate=rates)
def test_banking_is_storage_of_allowances(world, rate):
    demand = [linear_demand(one / other, -1 / other) for one, other, _ in world]
    caps = [cap for *_, cap in world]
    bank = banking_path(demand, caps, interest_per_period=rate)
    store = competitive_storage(StorageMarket(
        demand=demand, inflow_t=caps, interest_per_period=rate
    ))
    np.testing.assert_array_equal(bank.price, store.price)
    np.testing.assert_array_equal(bank.bank_t, store.stock_t)


def test_free_borrowing_and_banking_without_interest_give_one_price():
    """The sum of caps counts: 40 + 60 and 60 + 40 are the same."""
    for caps in ([40, 60], [60, 40], [5, 95]):
        found = banking_path(
            [LINE] * 2, caps, interest_per_period=0.0, borrowing_share=1.0
        )
        np.testing.assert_allclose(found.price, [50, 50])


def test_borrowing_ends_at_its_share():
    found = banking_path([LINE] * 2, [40, 60], interest_per_period=0.05, borrowing_share=0.1)
    np.testing.assert_allclose(found.price, [54, 46])
    np.testing.assert_allclose(found.bank_t, [-6, 0])


@pytest.mark.parametrize("limit", [0.0, 2.0, 5.0, 8.0, 20.0])
def test_a_limit_on_the_bank_holds_the_price_down_today(limit):
    found = banking_path([LINE] * 2, [60, 40], interest_per_period=0.05, bank_limit_t=limit)
    assert found.bank_t[0] == pytest.approx(min(limit, 360 / 41), abs=1e-6)
    assert found.price[0] == pytest.approx(40 + found.bank_t[0])
    assert found.price[1] == pytest.approx(60 - found.bank_t[0])


def test_the_national_limit_is_a_base_and_a_multiple_of_net_sales():
    assert national_bank_limit_t([40_000, -40_000, 0]) == 10_000 * 3 + 60_000
    assert national_bank_limit_t([100], base_t=1, multiple=2) == 201
    limit = national_bank_limit_t([2.0], base_t=1.0)
    found = banking_path([LINE] * 2, [60, 40], interest_per_period=0.05, bank_limit_t=limit)
    assert found.bank_t[0] == pytest.approx(4.0)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"cap_t": [1, 2, 3]}, "cap_t: 3 numbers"),
        ({"interest_per_period": -1.0}, "interest_per_period = -1"),
        ({"opening_bank_t": -1.0}, "opening_bank_t = -1"),
        ({"borrowing_share": 1.5}, "borrowing_share = 1.5"),
        ({"bank_limit_t": -1.0}, "bank_limit_t"),
        ({"emissions": [step_mac([1.0], [1.0], 99.0)] * 2}, "exceeds supply at any price"),
    ],
)
def test_bad_numbers_are_refused(change, says):
    given_t = {"emissions": [LINE] * 2, "cap_t": [60, 40], "interest_per_period": 0.05, **change}
    with pytest.raises(InputError, match=says):
        banking_path(given_t.pop("emissions"), given_t.pop("cap_t"), **given_t)
