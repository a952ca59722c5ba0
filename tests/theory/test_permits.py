"""Tradable permits: Montgomery's figures, least cost by general optimisers, tax and standard."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.theory.abatement import (
    abatement_cost_yuan,
    linear_mac,
    marginal_cost,
    step_mac,
    unregulated_t,
)
from simulation.theory.curves import linear_supply, total
from simulation.theory.permits import permit_market, taxed_emissions_t, uniform_standard_t
from tests.theory.firms import (
    cheapest_quadratic,
    cheapest_steps,
    linear_firms,
    lines,
    step_firms,
    steps,
)

patient = settings(max_examples=60)
shares = st.floats(0.01, 1.2)

SIX = [linear_mac(2000.0 * number, float(number)) for number in range(1, 7)]


def cost_of(firms, emissions):
    return sum(
        abatement_cost_yuan(firm, tonnes) for firm, tonnes in zip(firms, emissions, strict=True)
    )


@pytest.mark.parametrize(
    ("cap", "price", "cost", "standard", "saving"),
    [(9000.0, 1224.49, 1_836_735, 2_625_000, 30.03),
     (6000.0, 2758.62, 7_517_241, 10_500_000, 28.41)],
)
def test_six_firms(cap, price, cost, standard, saving):
    """MAC i (2000 - e), i from 1 to 6; at the lower cap the first firm emits nothing."""
    found = permit_market(SIX, cap)
    assert found.price == pytest.approx(price, abs=0.005)
    assert found.total_cost_yuan == pytest.approx(cost, abs=0.5)
    uniform = cost_of(SIX, uniform_standard_t(SIX, cap))
    assert uniform == pytest.approx(standard, abs=1e-6)
    assert 100 * (1 - found.total_cost_yuan / uniform) == pytest.approx(saving, abs=0.005)
    assert found.emissions_t.sum() == pytest.approx(cap, rel=1e-12)


def test_the_corner():
    found = permit_market(SIX, 6000.0)
    expected = [0, 620.69, 1080.46, 1310.34, 1448.28, 1540.23]
    np.testing.assert_allclose(found.emissions_t, expected, atol=0.005)
    # The firm that emits nothing abates at less than the price.
    assert marginal_cost(SIX[0], 0.0)[0] < found.price


@patient
@given(linear_firms, shares)
def test_straight_lines_against_a_quadratic_programme(firms, share):
    curves = lines(firms)
    cap = share * sum(unregulated_t(curve) for curve in curves)
    found = permit_market(curves, cap)
    cost, _ = cheapest_quadratic(firms, total=cap)
    assert found.total_cost_yuan == pytest.approx(cost, rel=1e-6, abs=1e-5)
    assert found.emissions_t.sum() <= cap * (1 + 1e-12)
    # Nobody can gain: marginal cost is the price, or less at a corner.
    for curve, tonnes in zip(curves, found.emissions_t, strict=True):
        low, high = marginal_cost(curve, tonnes)
        assert low <= found.price * (1 + 1e-9) + 1e-9
        assert high >= found.price * (1 - 1e-9) - 1e-9


@patient
@given(step_firms, shares)
def test_steps_against_a_linear_programme(firms, share):
    curves = steps(firms)
    free = sum(unregulated_t(curve) for curve in curves)
    cap = np.floor(share * free)
    found = permit_market(curves, cap)
    best = cheapest_steps(firms, cap)
    assert found.total_cost_yuan == pytest.approx(best, rel=1e-6, abs=1e-6)
    assert found.emissions_t.sum() == pytest.approx(min(cap, free))
    # One tonne more saves the lowest price, one less costs the highest.
    if 1 <= cap <= free - 1:
        assert best - cheapest_steps(firms, cap + 1) == pytest.approx(found.price_low)
        assert cheapest_steps(firms, cap - 1) - best == pytest.approx(found.price_high)


@patient
@given(linear_firms, shares, st.randoms(use_true_random=False))
def test_the_allocation_decides_who_pays_and_nothing_else(firms, share, chance):
    curves = lines(firms)
    cap = share * sum(unregulated_t(curve) for curve in curves)
    parts = np.array([chance.random() + 0.01 for _ in curves])
    given_t = cap * parts / parts.sum()
    found, equal = permit_market(curves, cap, given_t), permit_market(curves, cap)
    assert found.price == equal.price
    np.testing.assert_array_equal(found.emissions_t, equal.emissions_t)
    np.testing.assert_allclose(found.purchases_t, found.emissions_t - given_t)


@patient
@given(st.one_of(linear_firms.map(lines), step_firms.map(steps)), shares)
def test_a_tax_of_that_price_gives_those_emissions(curves, share):
    cap = share * sum(unregulated_t(curve) for curve in curves)
    found = permit_market(curves, cap)
    fewest, most = taxed_emissions_t(curves, found.price)
    assert np.all(found.emissions_t >= fewest - 1e-9)
    assert np.all(found.emissions_t <= most + 1e-9)


@patient
@given(st.one_of(linear_firms.map(lines), step_firms.map(steps)), shares, st.floats(0.5, 1.0))
def test_a_tighter_cap_never_lowers_price_or_cost_and_a_standard_never_costs_less(
    curves, share, tighter
):
    cap = share * sum(unregulated_t(curve) for curve in curves)
    loose, tight = permit_market(curves, cap), permit_market(curves, tighter * cap)
    assert tight.price_low >= loose.price_low - 1e-9
    assert tight.total_cost_yuan >= loose.total_cost_yuan - 1e-6
    standard = cost_of(curves, uniform_standard_t(curves, cap))
    assert standard >= loose.total_cost_yuan * (1 - 1e-9) - 1e-6


def test_a_cap_that_does_not_bind_has_no_price():
    found = permit_market(SIX, 12_001.0)
    assert (found.price, found.total_cost_yuan) == (0.0, 0.0)
    assert found.emissions_t.sum() == 12_000.0


def test_fine_steps_tend_to_the_line():
    count = 4000
    costs = 100 * (np.arange(count) + 0.5) / count
    fine = step_mac(costs, np.full(count, 50 / count))
    for cap in (10.0, 33.3):
        smooth, stepped = permit_market(linear_mac(100, 2), cap), permit_market(fine, cap)
        assert stepped.price == pytest.approx(smooth.price, abs=0.05)
        assert stepped.total_cost_yuan == pytest.approx(smooth.total_cost_yuan, rel=1e-3)


def test_what_no_measure_abates_stays():
    """10 t can be abated, 5 t cannot: a cap of 5 t has a lowest price and no highest."""
    firm = step_mac([20.0, 40.0], [4.0, 6.0], remaining_t=5.0)
    found = permit_market(firm, 5.0)
    assert (found.price, found.price_high, found.total_cost_yuan) == (40.0, np.inf, 320.0)
    with pytest.raises(InputError, match="cannot abate so far"):
        permit_market(firm, 4.9)
    with pytest.raises(InputError, match="out of reach"):
        abatement_cost_yuan(firm, 4.0)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: permit_market([], 1.0), "firms: give one curve or more"),
        (lambda: permit_market([linear_supply(1.0, 1.0)], 1.0), r"firms\[0\] rises"),
        (lambda: permit_market(SIX, -1.0), "cap_t = -1"),
        (lambda: permit_market(SIX, 9000.0, [1500.0] * 5), "allocation_t: 5 numbers"),
        (lambda: permit_market(SIX, 9000.0, [1500.0] * 5 + [1400.0]), "Allocate the cap"),
        (lambda: taxed_emissions_t(SIX, np.nan), "tax = nan"),
        (lambda: linear_mac(100.0, 0.0), "slope = 0"),
        (lambda: linear_mac(-1.0, 1.0), "intercept = -1"),
        (lambda: step_mac([1.0], [1.0, 2.0]), "1 prices for 2"),
        (lambda: step_mac([1.0], [1.0], -3.0), "remaining_t = -3"),
    ],
)
def test_bad_numbers_are_refused(make, says):
    with pytest.raises(InputError, match=says):
        make()


def test_a_sector_is_the_sum_of_its_firms():
    assert permit_market(total(*SIX), 6000.0).price == pytest.approx(
        permit_market(SIX, 6000.0).price, rel=1e-12
    )
