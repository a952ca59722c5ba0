"""A penalty as ceiling: worked figures, general optimisers, and make-good."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.theory.abatement import abatement_cost_yuan, linear_mac, step_mac, unregulated_t
from simulation.theory.penalty import penalty_market
from simulation.theory.permits import permit_market
from tests.theory.firms import (
    cheapest_quadratic,
    cheapest_steps,
    linear_firms,
    lines,
    step_firms,
    steps,
)

patient = settings(max_examples=60)
LINE = linear_mac(100.0, 1.0)
shares = st.floats(0.0, 1.2)


def test_an_infeasible_cap_costs_the_penalty():
    """MAC 100 - E, cap 30, penalty 50."""
    found = penalty_market(LINE, 30.0, 50.0)
    assert (found.price, found.ceiling) == pytest.approx((50, 50), abs=1e-6)
    assert found.emissions_t[0] == pytest.approx(50, abs=1e-6)
    assert found.shortfall_t == pytest.approx(20, abs=1e-6)
    assert found.penalty_yuan == pytest.approx(1000, abs=1e-6)


def test_make_good_raises_the_ceiling_and_ends_the_shortfall():
    found = penalty_market(LINE, 30.0, 50.0, next_price=60.0, interest_per_period=0.05)
    assert found.ceiling == pytest.approx(107.142857, abs=1e-6)
    assert found.price == pytest.approx(70, abs=1e-6)
    assert found.shortfall_t == found.penalty_yuan == 0.0


def test_make_good_at_a_low_next_price_still_leaves_a_shortfall():
    """50 + 10.5 / 1.05 = 60: 10 t are missing, and the penalty is due for them, not the ceiling."""
    found = penalty_market(LINE, 30.0, 50.0, next_price=10.5, interest_per_period=0.05)
    assert found.price == pytest.approx(60.0)
    assert found.shortfall_t == pytest.approx(10.0)
    assert found.penalty_yuan == pytest.approx(500.0)


@patient
@given(linear_firms, shares, st.floats(0, 120))
def test_straight_lines_against_a_quadratic_programme(firms, share, penalty):
    """Either the cap is kept, or each tonne is weighed against the penalty."""
    curves = lines(firms)
    cap = share * sum(unregulated_t(curve) for curve in curves)
    found = penalty_market(curves, cap, penalty)
    kept, _ = cheapest_quadratic(firms, total=cap)
    paid, emitted = cheapest_quadratic(
        firms, extra=lambda x: penalty * float(np.sum(x)),
        extra_gradient=lambda x: np.full(len(x), penalty),
    )
    best = min(kept, paid - penalty * cap) if emitted.sum() >= cap else kept
    ours = found.penalty_yuan + sum(
        abatement_cost_yuan(curve, tonnes)
        for curve, tonnes in zip(curves, found.emissions_t, strict=True)
    )
    assert ours == pytest.approx(best, rel=1e-6, abs=1e-4)
    assert found.price <= found.ceiling


@patient
@given(step_firms, shares, st.integers(0, 70).map(float))
def test_steps_against_a_linear_programme(firms, share, penalty):
    curves = steps(firms)
    cap = np.floor(share * sum(unregulated_t(curve) for curve in curves))
    found = penalty_market(curves, cap, penalty)
    ours = found.penalty_yuan + sum(
        abatement_cost_yuan(curve, tonnes)
        for curve, tonnes in zip(curves, found.emissions_t, strict=True)
    )
    assert ours == pytest.approx(cheapest_steps(firms, cap, penalty), rel=1e-6, abs=1e-6)


@patient
@given(linear_firms, st.floats(0.01, 1.2))
def test_a_penalty_nobody_would_pay_changes_nothing(firms, share):
    """Two solvers agree."""
    curves = lines(firms)
    cap = share * sum(unregulated_t(curve) for curve in curves)
    found, plain = penalty_market(curves, cap, 1000.0), permit_market(curves, cap)
    assert found.price == pytest.approx(plain.price)
    assert found.shortfall_t == pytest.approx(0.0, abs=1e-9)


def test_who_does_not_mind_abates():
    found = penalty_market(step_mac([50.0], [40.0], remaining_t=60.0), 80.0, 50.0)
    assert (found.shortfall_t, found.emissions_t[0]) == (0.0, 80.0)
    # What no measure abates is missing at any price.
    found = penalty_market(step_mac([50.0], [40.0], remaining_t=60.0), 50.0, 50.0)
    assert (found.price, found.shortfall_t) == (50.0, 10.0)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"penalty": -1.0}, "penalty = -1"),
        ({"cap_t": np.nan}, "cap_t = nan"),
        ({"next_price": -1.0}, "next_price = -1"),
        ({"interest_per_period": -2.0}, "interest_per_period = -2"),
    ],
)
def test_bad_numbers_are_refused(change, says):
    given_t = {"firms": LINE, "cap_t": 30.0, "penalty": 50.0, **change}
    with pytest.raises(InputError, match=says):
        penalty_market(**given_t)
