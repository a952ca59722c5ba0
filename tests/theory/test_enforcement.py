"""Enforcement: worked figures, each firm's own problem by search, and its special cases."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize

from simulation.errors import InputError
from simulation.theory.abatement import linear_mac, step_mac, unregulated_t
from simulation.theory.enforcement import enforced_market
from simulation.theory.penalty import penalty_market
from simulation.theory.permits import permit_market
from tests.theory.firms import linear_firms, lines, step_firms, steps

patient = settings(max_examples=60)
FINE = {"fine": 20.0, "fine_rise": 2.0}
shares = st.floats(0.05, 1.1)
audits = st.floats(0.05, 1.0)


@pytest.mark.parametrize(
    ("audit", "price", "violation"), [(0.3, 18.75, 21.25), (0.5, 25.0, 15.0), (0.8, 30.77, 9.23)]
)
def test_identical_firms(audit, price, violation):
    """MAC 100 - e, 60 permits each, marginal fine 20 + 2 v."""
    found = enforced_market([linear_mac(100.0, 1.0)] * 4, 240.0, audit_probability=audit, **FINE)
    assert found.price == pytest.approx(price, abs=0.005)
    np.testing.assert_allclose(found.violation_t, violation, atol=0.005)
    np.testing.assert_allclose(found.emissions_t, 100 - found.price, rtol=1e-12)
    exact = brentq(lambda p: (100 - p) - (p / audit - 20) / 2 - 60, 0, 100, xtol=1e-13)
    assert found.price == pytest.approx(exact, rel=1e-6)


def test_own_abatement_cost_does_not_decide_the_violation():
    curves = [linear_mac(100.0, 1.0), linear_mac(80.0, 0.5), linear_mac(300.0, 4.0)]
    found = enforced_market(curves, 200.0, audit_probability=0.5, **FINE)
    assert found.permits_t.min() > 0
    np.testing.assert_allclose(found.violation_t, found.violation_t[0])
    assert np.ptp(found.emissions_t) > 10


@patient
@given(linear_firms, shares, audits, st.floats(0.5, 80), st.floats(0.05, 4))
def test_each_firm_does_what_is_cheapest_for_it(firms, share, audit, fine, rise):
    """Emissions and permits of each at the price, by a general optimiser; and permits clear."""
    curves = lines(firms)
    cap = share * sum(unregulated_t(curve) for curve in curves)
    found = enforced_market(curves, cap, audit_probability=audit, fine=fine, fine_rise=rise)
    assert found.permits_t.sum() <= cap * (1 + 1e-9)
    if found.price > 1e-9:
        assert found.permits_t.sum() == pytest.approx(cap)
    for place, (intercept, slope) in enumerate(firms):
        free = intercept / slope

        def cost(x, a=intercept, b=slope):
            short = x[0] - x[1]
            return ((a - b * x[0]) ** 2 / (2 * b) + found.price * x[1]
                    + audit * (fine * short + rise * short**2 / 2))

        best = minimize(
            cost, [free, free / 2], method="SLSQP", bounds=[(0, free), (0, free)],
            constraints={"type": "ineq", "fun": lambda x: x[0] - x[1]},
            options={"ftol": 1e-13, "maxiter": 500},
        )
        ours = cost([found.emissions_t[place], found.permits_t[place]])
        assert ours <= best.fun + 1e-6 * max(abs(best.fun), 1.0)
        assert found.emissions_t[place] >= found.permits_t[place]
        assert found.expected_fine_yuan[place] == pytest.approx(
            audit * (fine * found.violation_t[place] + rise * found.violation_t[place] ** 2 / 2)
        )


@patient
@given(linear_firms, shares, audits)
def test_against_a_root_finder(firms, share, audit):
    """The equations of the text, evaluated here."""
    curves = lines(firms)
    cap = share * sum(unregulated_t(curve) for curve in curves)

    def excess(price):
        short = max((price / audit - 20) / 2, 0.0)
        return sum(max(max((a - price) / b, 0.0) - short, 0.0) for a, b in firms) - cap

    found = enforced_market(curves, cap, audit_probability=audit, **FINE)
    if excess(0.0) > 0:
        # From the top down the first price at which permits are short.
        exact = brentq(excess, 0, 200, xtol=1e-12)
        assert found.price == pytest.approx(exact, rel=1e-6, abs=1e-9)
    else:
        assert found.price == pytest.approx(0.0, abs=1e-9)


@patient
@given(st.one_of(linear_firms.map(lines), step_firms.map(steps)), shares)
def test_certain_and_heavy_fines_give_full_compliance(curves, share):
    """Two solvers agree."""
    cap = share * sum(unregulated_t(curve) for curve in curves)
    found = enforced_market(curves, cap, audit_probability=1.0, fine=1e6)
    plain = permit_market(curves, cap)
    assert found.price == pytest.approx(plain.price)
    np.testing.assert_allclose(found.emissions_t, plain.emissions_t, atol=1e-8)
    np.testing.assert_allclose(found.violation_t, 0.0, atol=1e-8)


@patient
@given(linear_firms, shares, audits, st.floats(1, 100))
def test_a_level_fine_is_a_penalty_of_its_expectation(firms, share, audit, fine):
    """Two solvers agree: nobody pays more for a permit than the expected fine."""
    curves = lines(firms)
    cap = share * sum(unregulated_t(curve) for curve in curves)
    found = enforced_market(curves, cap, audit_probability=audit, fine=fine)
    ceiling = penalty_market(curves, cap, audit * fine)
    assert found.price == pytest.approx(ceiling.price)
    assert found.violation_t.sum() == pytest.approx(ceiling.shortfall_t, abs=1e-8)
    assert found.expected_fine_yuan.sum() == pytest.approx(ceiling.penalty_yuan, abs=1e-6)


@patient
@given(linear_firms, shares, audits, audits)
def test_more_audits_raise_the_price_and_lower_emissions(firms, share, one, other):
    curves = lines(firms)
    cap = share * sum(unregulated_t(curve) for curve in curves)
    rare, often = (
        enforced_market(curves, cap, audit_probability=audit, **FINE)
        for audit in sorted((one, other))
    )
    assert often.price >= rare.price - 1e-9
    assert often.emissions_t.sum() <= rare.emissions_t.sum() + 1e-7


def test_who_is_audited_more_violates_less():
    curves = [linear_mac(100.0, 1.0)] * 3
    found = enforced_market(curves, 180.0, audit_probability=[0.3, 0.5, 0.9], **FINE)
    assert np.all(np.diff(found.violation_t) < 0)
    np.testing.assert_allclose(
        [0.3, 0.5, 0.9] * (20 + 2 * found.violation_t), found.price, rtol=1e-12
    )


def test_without_audits_permits_are_worth_nothing():
    found = enforced_market(linear_mac(100.0, 1.0), 60.0, audit_probability=0.0, **FINE)
    assert found.price == 0.0
    assert found.emissions_t[0] == 100.0


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"audit_probability": 1.2}, r"audit_probability\[0\] = 1.2"),
        ({"fine": [1.0, 2.0]}, "fine: 2 numbers"),
        ({"fine_rise": -1.0}, r"fine_rise\[0\] = -1"),
        ({"cap_t": -1.0}, "cap_t = -1"),
    ],
)
def test_bad_numbers_are_refused(change, says):
    given_t = {"firms": linear_mac(100.0, 1.0), "cap_t": 60.0, "audit_probability": 0.5, **FINE}
    given_t |= change
    with pytest.raises(InputError, match=says):
        enforced_market(given_t.pop("firms"), given_t.pop("cap_t"), **given_t)


def test_what_no_measure_abates_is_not_reported():
    """Fines that rise keep the price finite even under a cap that cannot be kept."""
    found = enforced_market(
        step_mac([10.0], [5.0], remaining_t=20.0), 10.0, audit_probability=0.5, **FINE
    )
    assert found.price == pytest.approx(0.5 * (20 + 2 * 10))
    assert found.violation_t[0] == pytest.approx(10.0)
