"""Credits under a limit: worked figures, general optimisers, limits known and unknown."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq, linprog

from simulation.errors import InputError
from simulation.theory.abatement import linear_mac, step_mac, unregulated_t
from simulation.theory.curves import linear_supply, step_supply, total
from simulation.theory.offset_wedge import offset_market, room_t, uncertain_offsets
from simulation.theory.permits import permit_market
from tests.theory.firms import linear_firms, lines, measures, step_firms, steps

patient = settings(max_examples=60)
SIX = [linear_mac(2000.0 * number, float(number)) for number in range(1, 7)]
# Marginal cost 100 + 0.5 q.
CREDITS = linear_supply(-200.0, 2.0)
shares = st.floats(0.05, 1.1)
# Shares that round to nothing beside the cap are nothing.
limits = st.one_of(st.just(0.0), st.floats(1e-4, 1.0))
credit_lines = st.tuples(st.floats(0, 40), st.floats(0.1, 5))


@pytest.mark.parametrize(
    ("limit", "allowance", "credits", "credit_price", "wedge"),
    [(0.05, 2540.83, 315.79, 257.89, 2282.94), (0.10, 2298.85, 666.67, 433.33, 1865.52),
     (0.50, 1393.26, 2586.52, 1393.26, 0.0)],
)
def test_a_binding_limit_splits_the_price(limit, allowance, credits, credit_price, wedge):
    """Six firms, cap 6,000."""
    found = offset_market(SIX, 6000.0, CREDITS, limit_share=limit)
    assert found.allowance_price == pytest.approx(allowance, abs=0.006)
    assert found.credits_t == pytest.approx(credits, abs=0.006)
    assert found.credit_price == pytest.approx(credit_price, abs=0.006)
    assert found.wedge == pytest.approx(wedge, abs=0.006)
    assert found.binds == (limit < 0.5)
    assert found.emissions_t.sum() == pytest.approx(6000 + found.credits_t, rel=1e-12)
    assert found.credits_t <= limit * found.emissions_t.sum() * (1 + 1e-12)


def credit_supply(line):
    start, rise = line
    return linear_supply(-start * rise, rise)


@patient
@given(linear_firms, shares, limits, credit_lines)
def test_straight_lines_against_a_root_finder(firms, share, limit, line):
    """The slack case first; if it uses too many credits, the case that binds."""
    curves = lines(firms)
    cap = share * sum(unregulated_t(curve) for curve in curves)
    found = offset_market(curves, cap, credit_supply(line), limit_share=limit)

    def emitted(price):
        return sum(max((a - price) / b, 0.0) for a, b in firms)

    def offered(price):
        return max((price - line[0]) * line[1], 0.0)

    def root(function):
        return brentq(function, 0, 200, xtol=1e-13) if function(0.0) > 0 else 0.0

    price = root(lambda p: emitted(p) - cap - offered(p))
    if offered(price) > limit * (cap + offered(price)) + 1e-9:
        most = limit * cap / (1 - limit)
        price = root(lambda p: emitted(p) - cap - most)
        assert found.allowance_price == pytest.approx(price, rel=1e-6, abs=1e-9)
        assert found.credits_t == pytest.approx(most, rel=1e-6)
        if found.credit_price is not None:
            assert found.credit_price == pytest.approx(line[0] + most / line[1], rel=1e-6)
            assert found.binds
    else:
        assert found.allowance_price == pytest.approx(price, rel=1e-6, abs=1e-9)
        assert found.credits_t == pytest.approx(offered(price), rel=1e-6, abs=1e-6)
        assert not found.binds or found.wedge < 1e-6


@patient
@given(step_firms, shares, st.sampled_from([0.0, 0.1, 0.5, 1.0]), measures)
def test_steps_against_a_linear_programme(firms, share, limit, sellers):
    """Least cost of abatement and credits together."""
    curves = steps(firms)
    free = sum(unregulated_t(curve) for curve in curves)
    cap = np.floor(share * free)
    supply = step_supply(*zip(*sellers, strict=True))
    found = offset_market(curves, cap, supply, limit_share=limit)
    own = [measure for firm in firms for measure in firm]
    costs = [cost for cost, _ in own] + [cost for cost, _ in sellers]
    bounds = [(0, tonnes) for _, tonnes in own + sellers]
    # Emissions less credits are at most the cap; credits at most a share of emissions.
    kept = [-1.0] * len(own) + [-1.0] * len(sellers)
    room = [limit] * len(own) + [1.0] * len(sellers)
    best = linprog(costs, A_ub=[kept, room], b_ub=[cap - free, limit * free], bounds=bounds)
    assert best.status == 0

    def along(parts, tonnes):
        spent = 0.0
        for cost, most in sorted(parts):
            part = min(tonnes, most)
            spent, tonnes = spent + cost * part, tonnes - part
        return spent

    ours = along(sellers, found.credits_t) + sum(
        along(firm, unregulated_t(curve) - tonnes)
        for firm, curve, tonnes in zip(firms, curves, found.emissions_t, strict=True)
    )
    assert ours == pytest.approx(best.fun, rel=1e-6, abs=1e-6)


@patient
@given(st.one_of(linear_firms.map(lines), step_firms.map(steps)), shares, limits, limits,
       credit_lines)
def test_more_room_never_raises_the_allowance_price_or_lowers_the_credit_price(
    curves, share, one, other, line
):
    cap = share * sum(unregulated_t(curve) for curve in curves)
    tight, loose = (
        offset_market(curves, cap, credit_supply(line), limit_share=limit)
        for limit in sorted((one, other))
    )
    assert loose.allowance_price <= tight.allowance_price + 1e-8
    assert loose.credits_t >= tight.credits_t - 1e-8
    if tight.credit_price is not None:
        assert loose.credit_price >= tight.credit_price - 1e-8
        assert tight.wedge >= -1e-12


@patient
@given(st.one_of(linear_firms.map(lines), step_firms.map(steps)), shares, credit_lines)
def test_without_room_it_is_the_permit_market(curves, share, line):
    """Two solvers agree; and with all room a credit is an allowance."""
    cap = share * sum(unregulated_t(curve) for curve in curves)
    found = offset_market(curves, cap, credit_supply(line), limit_share=0.0)
    plain = permit_market(curves, cap)
    assert found.allowance_price == pytest.approx(plain.price)
    assert (found.credit_price, found.credits_t) == (None, 0.0)
    free = offset_market(curves, cap, credit_supply(line), limit_share=1.0)
    assert free.wedge in (0.0, None)


def test_a_limit_in_tonnes():
    found = offset_market(SIX, 6000.0, CREDITS, limit_share=0.5, limit_t=666.0 + 2.0 / 3.0)
    assert found.allowance_price == pytest.approx(2298.85, abs=0.006)
    assert room_t(6000.0, 0.1) == pytest.approx(666.0 + 2.0 / 3.0)


@pytest.mark.parametrize("outside", [0.0, 30.0, 400.0])
def test_a_limit_that_binds_in_half_the_draws(outside):
    """5 or 50 % at even odds: the price is half the allowance price and half the outside value."""
    found = uncertain_offsets(
        SIX, 6000.0, CREDITS, limit_shares=[0.05, 0.5], probabilities=[0.5, 0.5],
        outside_value=outside,
    )
    # The sector emits S - p H, with H the sum of 1 / i; 50 % leaves room for all that are made.
    slope, free = sum(1 / number for number in range(1, 7)), 12_000.0
    exact = brentq(
        lambda q: 0.5 * outside + 0.5 * (free - 6000.0 - q) / slope - 100 - q / 2, 316, 6000,
        xtol=1e-12,
    )
    assert found.credits_t == pytest.approx(exact, rel=1e-6)
    assert found.credit_price == pytest.approx(100 + exact / 2, rel=1e-6)
    mean = 0.5 * outside + 0.5 * found.allowance_price[1]
    assert found.credit_price == pytest.approx(mean, rel=1e-9)
    np.testing.assert_allclose(found.value, [outside, found.allowance_price[1]])
    np.testing.assert_allclose(found.used_t, [room_t(6000.0, 0.05), found.credits_t])


@patient
@given(
    linear_firms, shares, credit_lines, st.floats(0, 60),
    st.lists(st.tuples(limits, st.floats(0.1, 1.0)), min_size=1, max_size=4),
)
def test_uncertain_limits_against_a_root_finder(firms, share, line, outside, cases):
    """Expected value of one more credit against its cost, written down here."""
    curves = lines(firms)
    cap = share * sum(unregulated_t(curve) for curve in curves)
    weights = np.array([weight for _, weight in cases])
    chances = weights / weights.sum()
    found = uncertain_offsets(
        curves, cap, credit_supply(line), limit_shares=[limit for limit, _ in cases],
        probabilities=chances, outside_value=outside,
    )

    def allowance(credits):
        def short(price):
            return sum(max((a - price) / b, 0.0) for a, b in firms) - cap - credits
        return brentq(short, 0, 200, xtol=1e-13) if short(0.0) > 0 else 0.0

    rooms = [room_t(cap, limit) for limit, _ in cases]

    def gain(credits):
        worth = [max(outside, allowance(credits)) if credits <= room else outside
                 for room in rooms]
        return float(chances @ worth) - line[0] - credits / line[1]

    exact = brentq(gain, 0.0, 1e4, xtol=1e-11) if gain(1e-12) > 0 else 0.0
    assert found.credits_t == pytest.approx(exact, rel=1e-6, abs=1e-6)
    if found.credit_price is not None:
        assert found.credit_price == pytest.approx(line[0] + exact / line[1], rel=1e-6, abs=1e-6)
        assert found.credit_price == pytest.approx(float(chances @ found.value), abs=1e-6)
    for price, used, room in zip(found.allowance_price, found.used_t, rooms, strict=True):
        usable = min(exact, room)
        lifted = allowance(usable) < outside
        expected = max(allowance(usable), min(outside, allowance(0.0)))
        assert price == pytest.approx(expected, rel=1e-6, abs=1e-5)
        if lifted:
            # Firms use what saves more than it fetches elsewhere.
            wanted = sum(max((a - outside) / b, 0.0) for a, b in firms) - cap
            assert used == pytest.approx(min(usable, max(wanted, 0.0)), rel=1e-6, abs=1e-5)
        elif price > 1e-9:
            assert used == pytest.approx(usable, rel=1e-6, abs=1e-5)


@patient
@given(linear_firms, shares, credit_lines, limits)
def test_a_certain_limit_is_a_known_one(firms, share, line, limit):
    """Two solvers agree where credits have no value outside."""
    curves = lines(firms)
    cap = share * sum(unregulated_t(curve) for curve in curves)
    known = offset_market(curves, cap, credit_supply(line), limit_share=limit)
    found = uncertain_offsets(
        curves, cap, credit_supply(line), limit_shares=[limit], probabilities=[1.0]
    )
    assert found.credits_t == pytest.approx(known.credits_t, abs=1e-8)
    assert found.allowance_price[0] == pytest.approx(known.allowance_price, abs=1e-8)
    if known.credit_price is not None and known.credits_t > 1e-6:
        assert found.credit_price == pytest.approx(known.credit_price, rel=1e-6)


@pytest.mark.parametrize("allowed", [0.0, 1.0])
def test_a_fixed_number_of_credits_is_priced_at_its_expected_value(allowed):
    """200 t that cost 100 exist whatever the limit: allowance at 1, or the outside value at 0."""
    found = uncertain_offsets(
        SIX, 6000.0, step_supply([100.0], [200.0]), limit_shares=[0.0, 0.5],
        probabilities=[1 - allowed, allowed], outside_value=150.0,
    )
    assert found.credits_t == 200.0
    price = permit_market(total(*SIX), 6200.0).price if allowed else 150.0
    assert found.credit_price == pytest.approx(price)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: offset_market(SIX, 6000.0, CREDITS, limit_share=1.1), "limit_share = 1.1"),
        (lambda: offset_market(SIX, 6000.0, SIX[0], limit_share=0.1), r"credit_supply\[0\] falls"),
        (lambda: offset_market(SIX, -1.0, CREDITS, limit_share=0.1), "cap_t = -1"),
        (lambda: offset_market(step_mac([1], [1], 9.0), 5.0, step_supply([1], [2]),
                               limit_share=1.0), "even with credits"),
        (lambda: uncertain_offsets(SIX, 6000.0, SIX[0], limit_shares=[0.1], probabilities=[1.0]),
         r"credit_supply\[0\] falls"),
        (lambda: uncertain_offsets(SIX, 6000.0, CREDITS, limit_shares=[0.1, 0.2],
                                   probabilities=[0.5, 0.6]), "add up to 1.1"),
        (lambda: uncertain_offsets(SIX, 6000.0, CREDITS, limit_shares=[0.1],
                                   probabilities=[1.0], outside_value=math.inf), "outside_value"),
        (lambda: uncertain_offsets(step_mac([1], [1], 9.0), 5.0, CREDITS, limit_shares=[0.1],
                                   probabilities=[1.0]), r"cap_t = 5: firms cannot abate so far\."),
    ],
)
def test_bad_numbers_are_refused(make, says):
    with pytest.raises(InputError, match=says):
        make()
