"""Floor, ceiling and reserve: worked figures, general optimisers, limits."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.theory.abatement import abatement_cost_yuan, linear_mac, step_mac, unregulated_t
from simulation.theory.collar import collar_market
from simulation.theory.permits import permit_market
from tests.theory.firms import cheapest_quadratic, linear_firms, lines, step_firms, steps

patient = settings(max_examples=60)
collars = st.tuples(
    st.floats(0, 60), st.lists(st.tuples(st.floats(0, 40), st.floats(0, 30)), max_size=3),
    st.floats(0, 40),
)
shares = st.floats(0.05, 1.2)


@pytest.mark.parametrize(
    ("shock", "price", "emissions", "withheld", "extra"),
    [(-20, 30, 50, 10, 0), (0, 40, 60, 0, 0), (20, 50, 70, 0, 10)],
)
def test_the_collar_binds_when_it_should(shock, price, emissions, withheld, extra):
    """MAC 100 + shock - E, cap 60, floor 30, ceiling 50."""
    found = collar_market(linear_mac(100.0 + shock, 1.0), 60.0, floor=30.0, ceiling=50.0)
    assert found.price == pytest.approx(price, abs=1e-6)
    assert found.emissions_t[0] == pytest.approx(emissions, abs=1e-6)
    assert found.withheld_t == pytest.approx(withheld, abs=1e-6)
    assert found.sold_extra_t == pytest.approx(extra, abs=1e-6)


def test_a_finite_reserve_is_breached():
    found = collar_market(linear_mac(120.0, 1.0), 60.0, floor=30.0, tiers=[(50.0, 5.0)])
    assert found.price == pytest.approx(55.0, abs=1e-6)
    assert found.sold_extra_t == pytest.approx(5.0, abs=1e-6)


@pytest.mark.parametrize(
    ("intercept", "price", "extra"),
    # 60 t, then 5 t at 50, 10 t at 60, all at 80: the price waits at each tier.
    [(112.0, 50.0, 2.0), (117.0, 52.0, 5.0), (130.0, 60.0, 10.0), (140.0, 65.0, 15.0),
     (165.0, 80.0, 25.0)],
)
def test_tiers_are_sold_one_after_another(intercept, price, extra):
    found = collar_market(
        linear_mac(intercept, 1.0), 60.0, tiers=[(60.0, 10.0), (50.0, 5.0)], ceiling=80.0
    )
    assert found.price == pytest.approx(price)
    assert found.sold_extra_t == pytest.approx(extra)


def described(collar):
    floor, tiers, above = collar
    reserve = [(floor + rise, tonnes) for rise, tonnes in tiers]
    return floor, reserve, floor + max([rise for rise, _ in tiers], default=0.0) + above


@patient
@given(linear_firms, shares, collars)
def test_against_a_quadratic_programme(firms, share, collar):
    """Least cost of abatement and of buying from the state at its prices."""
    curves = lines(firms)
    floor, reserve, ceiling = described(collar)
    cap = share * sum(unregulated_t(curve) for curve in curves)
    found = collar_market(curves, cap, floor=floor, tiers=reserve, ceiling=ceiling)
    tiers = sorted([(floor, cap), *reserve, (ceiling, math.inf)])

    def bill(emitted):
        left, paid = float(np.sum(emitted)), 0.0
        for price, tonnes in tiers:
            part = min(left, tonnes)
            paid, left = paid + price * part, left - part
        return paid

    ours = bill(found.emissions_t) + sum(
        abatement_cost_yuan(curve, tonnes)
        for curve, tonnes in zip(curves, found.emissions_t, strict=True)
    )
    # The state's prices rise, so the bill is the largest of straight lines: one programme each.
    best = math.inf
    start = 0.0
    for price, tonnes in tiers:
        offset = bill(np.array([start])) - price * start
        cost, emitted = cheapest_quadratic(
            firms, extra=lambda x, p=price: p * float(np.sum(x)),
            extra_gradient=lambda x, p=price: np.full(len(x), p), total=start + tonnes
            if math.isfinite(tonnes) else None,
        )
        if emitted.sum() >= start - 1e-6:
            best = min(best, cost + offset)
        start += tonnes
    assert ours == pytest.approx(best, rel=1e-6, abs=1e-4)


@patient
@given(st.one_of(linear_firms.map(lines), step_firms.map(steps)), shares, collars)
def test_the_price_stays_inside_and_what_is_sold_is_emitted(curves, share, collar):
    floor, reserve, ceiling = described(collar)
    cap = share * sum(unregulated_t(curve) for curve in curves)
    found = collar_market(curves, cap, floor=floor, tiers=reserve, ceiling=ceiling)
    assert found.price <= ceiling + 1e-9
    if found.emissions_t.sum() > 0:
        assert found.price_high >= floor - 1e-9
    assert found.emissions_t.sum() == pytest.approx(cap - found.withheld_t + found.sold_extra_t)
    assert min(found.withheld_t, found.sold_extra_t) == 0.0
    if found.withheld_t > 1e-9:
        assert found.price <= floor + 1e-9
    if found.sold_extra_t > 1e-9:
        assert found.price >= min([price for price, tonnes in reserve if tonnes > 0],
                                  default=ceiling) - 1e-9


@patient
@given(st.one_of(linear_firms.map(lines), step_firms.map(steps)), shares)
def test_a_wide_collar_is_none(curves, share):
    """Two solvers agree where no end of it is reached."""
    cap = share * sum(unregulated_t(curve) for curve in curves)
    plain = permit_market(curves, cap)
    if plain.price > 0:
        found = collar_market(curves, cap, floor=0.0, ceiling=1e6)
        assert found.price_low == pytest.approx(plain.price_low)
        np.testing.assert_allclose(found.emissions_t, plain.emissions_t, atol=1e-8)


@given(st.floats(0, 150))
def test_a_collar_without_width_is_a_tax(cap):
    found = collar_market(linear_mac(100.0, 1.0), cap, floor=35.0, ceiling=35.0)
    assert found.price == pytest.approx(35.0)
    assert found.emissions_t[0] == pytest.approx(65.0)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"cap_t": -1.0}, "cap_t = -1"),
        ({"floor": -1.0}, "floor = -1"),
        ({"floor": 9.0, "ceiling": 8.0}, "ceiling = 8"),
        ({"floor": 9.0, "tiers": [(8.0, 1.0)]}, r"tiers\[0\] price = 8"),
        ({"tiers": [(8.0, -1.0)]}, r"tiers\[0\] tonnes = -1"),
        ({"firms": step_mac([5.0], [1.0], 70.0)}, "the reserve ends"),
    ],
)
def test_bad_numbers_are_refused(change, says):
    given_t = {"firms": linear_mac(100.0, 1.0), "cap_t": 60.0, **change}
    with pytest.raises(InputError, match=says):
        collar_market(given_t.pop("firms"), given_t.pop("cap_t"), **given_t)
