"""Competitive storage: worked cases, general optimisers as judges, and what news does to prices."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize

from simulation.errors import InputError
from simulation.theory.curves import (
    clearing_interval,
    linear_demand,
    linear_supply,
    step_demand,
    step_supply,
)
from simulation.theory.storage import Announcement, StorageMarket, competitive_storage

patient = settings(deadline=None, max_examples=60)

tonnes = st.integers(0, 40).map(float)
money = st.integers(1, 60).map(float)
rates = st.sampled_from([0.0, 0.03, 0.1, -0.02])
costs = st.sampled_from([0.0, 0.7, 3.0])


def periods(element, least=1, most=5):
    return st.lists(element, min_size=least, max_size=most)


def identity(market, path):
    """Carried in and offered is bought, carried out or left over."""
    carried = np.concatenate(([market.opening_stock_t], path.stock_t[:-1]))
    np.testing.assert_allclose(
        carried + path.offered_t, path.bought_t + path.stock_t + path.left_over_t, atol=1e-8
    )
    for column in (path.stock_t, path.left_over_t, path.bought_t, path.offered_t):
        assert np.all(column >= -1e-8)


def arbitrage(market, path):
    """The rent rises by interest and carrying cost while stock is carried, and never faster."""
    floor = np.broadcast_to(market.cost_floor_yuan_per_t, path.price.shape)
    growth, cost = 1 + market.interest_per_period, market.carrying_cost_yuan_per_t
    for price in (path.price, path.price_low, path.price_high):
        if not np.all(np.isfinite(price)):
            continue
        rent = price - floor
        most = growth * (rent[:-1] + cost)
        assert np.all(rent >= -1e-9)
        assert np.all(rent[1:] <= most + 1e-8)
        kept = path.stock_t[:-1] > 1e-7
        np.testing.assert_allclose(rent[1:][kept], most[kept], atol=1e-7)
        assert np.all(rent[path.left_over_t > 1e-7] <= 1e-8)


def test_a_stock_is_spread_so_that_the_price_rises_at_interest():
    """Two periods, demand 100 - p, 102.5 t, 5 %: 100 - x = p with p2 = 1.05 p1 and x1 + x2 = 102.5.

    p1 (1 + 1.05) = 200 - 102.5, so 47.5610 and 49.9390.
    """
    market = StorageMarket(
        demand=[linear_demand(100, -1)] * 2, inflow_t=[0, 0], opening_stock_t=102.5,
        interest_per_period=0.05,
    )
    path = competitive_storage(market)
    np.testing.assert_allclose(path.price, [97.5 / 2.05, 97.5 * 1.05 / 2.05], rtol=1e-12)
    np.testing.assert_allclose(path.stock_t, [102.5 - 100 + 97.5 / 2.05, 0.0], atol=1e-12)


def test_a_glut_sells_at_the_cost_floor_and_the_rest_is_left():
    """The rent of a stock that nobody will ever use up is 0."""
    market = StorageMarket(
        demand=[linear_demand(100, -1)] * 3, inflow_t=[0, 0, 0], opening_stock_t=1000,
        interest_per_period=0.05, cost_floor_yuan_per_t=20.0,
    )
    path = competitive_storage(market)
    np.testing.assert_array_equal(path.price, [20, 20, 20])
    np.testing.assert_allclose(path.bought_t, [80, 80, 80])
    np.testing.assert_allclose(path.stock_t, [920, 840, 0])
    assert path.left_over_t.tolist() == [0, 0, 760]


def test_dear_storage_separates_the_periods():
    """With a carrying cost above every price each period is a market of its own."""
    demand = [linear_demand(90, -1.5), linear_demand(200, -2), linear_demand(30, -1)]
    supply = [linear_supply(-20, 2), step_supply([10, 30], [20, 90]), linear_supply(40, 0)]
    path = competitive_storage(StorageMarket(
        demand=demand, inflow_t=supply, carrying_cost_yuan_per_t=500.0
    ))
    for period in range(3):
        low, high = clearing_interval(supply[period], demand[period])
        assert (path.price_low[period], path.price_high[period]) == pytest.approx((low, high))


def test_without_cost_the_periods_are_one_market():
    """Without interest and carrying cost a stock known from the start sells at one price."""
    demand = [linear_demand(90, -1.5), linear_demand(200, -2), linear_demand(30, -1)]
    path = competitive_storage(StorageMarket(
        demand=demand, inflow_t=[0, 0, 0], opening_stock_t=100.0
    ))
    low, high = clearing_interval(linear_supply(100, 0), *demand)
    assert low == high
    # In the last one nobody pays that much, and a lower price would do as well.
    assert path.bought_t[2] == 0.0
    np.testing.assert_allclose(path.price_high, low)
    np.testing.assert_allclose(path.price[:2], low)


NEWS = {"inflow_t": [30.0] * 6, "opening_stock_t": 40.0, "interest_per_period": 0.04}
QUIET, BUSY = linear_demand(60, -1), linear_demand(160, -1)


def test_the_price_jumps_at_the_announcement_and_not_at_the_start():
    """Compliance demand from period 4, known from period 2."""
    before = competitive_storage(StorageMarket(demand=[QUIET] * 6, **NEWS))
    later = [QUIET] * 4 + [BUSY] * 2
    path = competitive_storage(
        StorageMarket(demand=[QUIET] * 6, **NEWS), [Announcement(period=2, demand=later)]
    )
    np.testing.assert_allclose(path.price[:2], before.price[:2])
    assert path.price[2] > 1.5 * before.price[2]
    # From then on it rises by interest: nothing happens on the day itself.
    np.testing.assert_allclose(path.price[3:] / path.price[2:-1], 1.04)
    identity(StorageMarket(demand=[QUIET] * 6, **NEWS), path)


def test_news_of_the_first_day_or_without_news_is_no_news():
    later = [QUIET] * 4 + [BUSY] * 2
    foreseen = competitive_storage(StorageMarket(demand=later, **NEWS))
    told = competitive_storage(
        StorageMarket(demand=[QUIET] * 6, **NEWS), [Announcement(period=0, demand=later)]
    )
    again = competitive_storage(
        StorageMarket(demand=later, **NEWS), [Announcement(period=3, demand=later)]
    )
    for path in (told, again):
        np.testing.assert_allclose(path.price, foreseen.price)
        np.testing.assert_allclose(path.stock_t, foreseen.stock_t, atol=1e-9)


@given(st.integers(0, 4))
def test_earlier_news_moves_earlier_prices_more_gently(period):
    """The sooner it is known, the lower the price on the day demand begins."""
    later = [QUIET] * 5 + [BUSY]
    market = StorageMarket(demand=[QUIET] * 6, **NEWS)
    soon, late = (
        competitive_storage(market, [Announcement(period=day, demand=later)])
        for day in (period, period + 1)
    )
    assert soon.price[5] <= late.price[5] + 1e-9


@patient
@given(
    lines=periods(st.tuples(tonnes, st.floats(0.2, 3.0), tonnes)), opening=tonnes, rate=rates,
    cost=costs, floor=st.sampled_from([0.0, 5.0]),
)
def test_linear_demand_against_a_quadratic_programme(lines, opening, rate, cost, floor):
    """The greatest discounted surplus, found by a general optimiser on quantities."""
    count = len(lines)
    market = StorageMarket(
        demand=[linear_demand(end, -fall) for end, fall, _ in lines],
        inflow_t=[inflow for _, _, inflow in lines], opening_stock_t=opening,
        interest_per_period=rate, carrying_cost_yuan_per_t=cost, cost_floor_yuan_per_t=floor,
    )
    path = competitive_storage(market)
    identity(market, path)
    arbitrage(market, path)
    ends, falls, inflow = np.array(lines).T
    weight = (1 + rate) ** -np.arange(count)

    def surplus(bought, stock):
        worth = bought * (ends / falls) - bought**2 / (2 * falls) - floor * bought
        return float(weight @ (worth - cost * stock))

    # Purchases and waste as variables; the stock is what they leave.
    supplied = opening + np.cumsum(inflow)
    lower = np.tril(np.ones((count, count)))
    both = np.hstack((lower, lower))

    def loss(x):
        return -surplus(x[:count], supplied - both @ x)

    def slope(x):
        marginal = (ends - x[:count]) / falls - floor
        saved = cost * (lower.T @ weight)
        return -np.concatenate((weight * marginal + saved, saved))

    found = minimize(
        loss, np.zeros(2 * count), jac=slope, method="SLSQP",
        bounds=[(0, end) for end in ends] + [(0, None)] * count,
        constraints={"type": "ineq", "fun": lambda x: supplied - both @ x, "jac": lambda x: -both},
        options={"ftol": 1e-14, "maxiter": 1000},
    )
    ours = surplus(path.bought_t, path.stock_t)
    assert ours == pytest.approx(-found.fun, rel=1e-6, abs=1e-6)


step_lists = st.lists(st.tuples(money, st.integers(1, 40).map(float)), max_size=3)


@patient
@given(
    orders=periods(st.tuples(step_lists, step_lists)), opening=tonnes, rate=rates, cost=costs,
    floor=st.sampled_from([0.0, 7.0]),
)
def test_steps_against_a_linear_programme(orders, opening, rate, cost, floor):
    """Buyers and sellers in steps; the dual variables of the programme are prices too."""
    count = len(orders)
    market = StorageMarket(
        demand=[step_demand(*zip(*buyers, strict=True)) if buyers else step_demand([], [])
                for buyers, _ in orders],
        inflow_t=[step_supply(*zip(*sellers, strict=True)) if sellers else step_supply([], [])
                  for _, sellers in orders],
        opening_stock_t=opening, interest_per_period=rate, carrying_cost_yuan_per_t=cost,
        cost_floor_yuan_per_t=floor,
    )
    path = competitive_storage(market)
    identity(market, path)
    arbitrage(market, path)
    weight = (1 + rate) ** -np.arange(count)

    # Columns of a period: its buyers, its sellers, the stock carried out, waste.
    gain, bounds, columns = [], [], []
    for period, (buyers, sellers) in enumerate(orders):
        parts = [*((value - floor, -1.0, most) for value, most in buyers),
                 *((-each, 1.0, most) for each, most in sellers),
                 (-cost, -1.0, None), (0.0, -1.0, None)]
        for worth, sign, most in parts:
            gain.append(weight[period] * worth)
            bounds.append((0, most))
            columns.append(np.where(np.arange(count) == period, sign, 0.0))
        if period + 1 < count:
            columns[-2][period + 1] = 1.0
    right = np.zeros(count)
    right[0] = -opening

    def most(period, more):
        """Greatest surplus with some more tonnes in a period."""
        sides = right - more * (np.arange(count) == period)
        found = linprog(-np.array(gain), A_eq=np.array(columns).T, b_eq=sides, bounds=bounds)
        return -found.fun if found.status == 0 else -math.inf

    best = most(0, 0.0)

    def along(steps, tonnes_t):
        """Sum of the first tonnes of a list of steps, in the order given."""
        found = 0.0
        for worth, most in steps:
            part = min(tonnes_t, most)
            found, tonnes_t = found + worth * part, tonnes_t - part
        return found

    ours = sum(
        weight[period] * (
            along(sorted(buyers, reverse=True), path.bought_t[period])
            - floor * path.bought_t[period] - cost * path.stock_t[period]
            - along(sorted(sellers), path.offered_t[period])
        )
        for period, (buyers, sellers) in enumerate(orders)
    )
    assert ours == pytest.approx(best, rel=1e-6, abs=1e-6)
    # What a little more is worth is the lowest rent, what a little less costs is the highest one.
    for period in range(count):
        gained = (most(period, 0.125) - best) / 0.125 / weight[period]
        lost = (best - most(period, -0.125)) / 0.125 / weight[period]
        assert gained + floor == pytest.approx(path.price_low[period], abs=1e-6)
        assert lost + floor == pytest.approx(path.price_high[period], abs=1e-6)


@patient
@given(
    lines=periods(st.tuples(tonnes, st.floats(0.2, 3.0), tonnes), least=2), opening=tonnes,
    rate=rates, cost=costs, more=st.floats(0, 50), where=st.integers(0, 4),
)
def test_more_supply_never_raises_a_price_and_more_demand_never_lowers_one(
    lines, opening, rate, cost, more, where
):
    place = where % len(lines)

    def prices(extra_inflow, extra_demand):
        return competitive_storage(StorageMarket(
            demand=[linear_demand(end + extra_demand * (period == place), -fall)
                    for period, (end, fall, _) in enumerate(lines)],
            inflow_t=[inflow + extra_inflow * (period == place)
                      for period, (*_, inflow) in enumerate(lines)],
            opening_stock_t=opening, interest_per_period=rate, carrying_cost_yuan_per_t=cost,
        ))

    base = prices(0, 0)
    for better, worse in ((base, prices(more, 0)), (prices(0, more), base)):
        assert np.all(better.price_low >= worse.price_low - 1e-8)


def test_steps_tend_to_the_straight_line():
    count = 4000
    values = 100 * (np.arange(count) + 0.5) / count
    fine = step_demand(values, np.full(count, 100 / count))
    market = {"inflow_t": [50.0, 10.0, 20.0], "interest_per_period": 0.1, "opening_stock_t": 5.0}
    smooth = competitive_storage(StorageMarket(demand=[linear_demand(100, -1)] * 3, **market))
    steps = competitive_storage(StorageMarket(demand=[fine] * 3, **market))
    np.testing.assert_allclose(steps.price, smooth.price, atol=0.05)
    np.testing.assert_allclose(steps.stock_t, smooth.stock_t, atol=0.1)


LINE = linear_demand(10, -1)


@pytest.mark.parametrize(
    ("change", "news", "says"),
    [
        ({"demand": []}, [], "demand: give one curve or more"),
        ({"demand": [LINE, linear_supply(1, 1)]}, [], r"demand\[1\] rises"),
        ({"demand": [linear_supply(0, 1), LINE]}, [], r"demand\[0\] rises"),
        ({"inflow_t": [LINE, LINE]}, [], r"inflow_t\[0\] falls"),
        ({"inflow_t": [LINE, 3.0]}, [], "inflow_t: give one curve or more"),
        ({"inflow_t": [1, 2, 3]}, [], "inflow_t: 3 numbers"),
        ({"inflow_t": [linear_supply(1, 0)]}, [], "give 2 curves"),
        ({"inflow_t": [1, -2]}, [], r"inflow_t\[1\] = -2"),
        ({"inflow_t": ["many", 2]}, [], "inflow_t = .*give numbers"),
        ({"opening_stock_t": "much"}, [], "opening_stock_t = much"),
        ({"opening_stock_t": math.nan}, [], "opening_stock_t = nan"),
        ({"interest_per_period": -1.0}, [], "interest_per_period = -1"),
        ({"carrying_cost_yuan_per_t": -1.0}, [], "carrying_cost_yuan_per_t = -1"),
        ({"cost_floor_yuan_per_t": [1, math.inf]}, [], r"cost_floor_yuan_per_t\[1\] = inf"),
        ({}, [Announcement(period=2, demand=[LINE] * 2)], "announcement in period 2"),
        ({}, [Announcement(period=1, demand=[LINE])] * 2, "announcement in period 1"),
        ({}, [Announcement(period=1, demand=[linear_supply(1, 1)] * 2)], r"demand\[0\] rises"),
        ({}, [Announcement(period=1, demand=[LINE] * 2)] * 2, "two announcements"),
    ],
)
def test_bad_numbers_are_refused(change, news, says):
    market = StorageMarket(**{"demand": [LINE] * 2, "inflow_t": [1, 2], **change})
    with pytest.raises(InputError, match=says):
        competitive_storage(market, news)
