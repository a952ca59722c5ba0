"""One credit, two demands: the four regimes of benchmark B13, and what must hold in all of them."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.theory.curves import linear_demand, linear_supply, step_demand, step_supply
from simulation.theory.equilibrium import competitive_equilibrium
from simulation.theory.regimes import Regime, regime_map, two_demands

# A slow machine is no counterexample.
patient = settings(deadline=None)

SUPPLY = linear_supply(-20, 2)

# V, L, A; price, voluntary, compliance, regime, displaced.
B13 = [
    (40, 0, 60, 24, 28, 0, Regime.VOLUNTARY_ONLY, 0),
    (40, 30, 60, 36, 22, 30, Regime.LIMIT_BINDS, 6),
    (40, 30, 30, 30, 25, 15, Regime.ALLOWANCE_SETS_PRICE, 3),
    (100, 30, 30, 48, 76, 0, Regime.VOLUNTARY_ABOVE_ALLOWANCE, 0),
]

prices = st.integers(0, 20).map(float)
rooms = st.integers(0, 30).map(float)
steps = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9)), max_size=6)
lines = st.tuples(
    st.floats(-50, 50), st.floats(0.1, 5), st.floats(1, 100), st.floats(0.1, 5),
)


def supply_of(offers):
    return step_supply([cost for cost, _ in offers], [tonnes for _, tonnes in offers])


def demand_of(orders):
    return step_demand([value for value, _ in orders], [tonnes for _, tonnes in orders])



def check_clears(outcome, offered, wanted, room, allowance, price, tolerance=0.0):
    """Everybody is content at the price; offered and wanted are (fewest, most) at it."""
    volume = outcome.voluntary_t + outcome.compliance_t
    assert wanted[0] - tolerance <= outcome.voluntary_t <= wanted[1] + tolerance
    assert 0 <= outcome.compliance_t <= room
    if price < allowance:
        assert outcome.compliance_t == room
    if price > allowance:
        assert outcome.compliance_t == 0
    assert volume <= offered[1] + tolerance
    # What sellers want to sell and cannot has no price.
    if price > 0:
        assert volume >= offered[0] - tolerance


@pytest.mark.parametrize(
    ("demand", "room", "allowance", "price", "voluntary", "compliance", "regime", "displaced"), B13
)
def test_the_four_regimes(
    demand, room, allowance, price, voluntary, compliance, regime, displaced
):
    """Supply 2 (p - 10), voluntary demand V - 0.5 p, room L below the allowance price A."""
    found = two_demands(SUPPLY, linear_demand(demand, -0.5), room, allowance)
    assert found.regime == regime
    numbers = (found.price, found.voluntary_t, found.compliance_t, found.displaced_t)
    assert numbers == pytest.approx((price, voluntary, compliance, displaced), abs=1e-6)
    assert found.price_low == found.price_high == found.price


@pytest.mark.parametrize("row", B13)
def test_steps_tend_to_the_straight_lines(row):
    """Ever finer steps of the same curves give the same market, in proportion to the step."""
    demand, room, allowance, price, voluntary, compliance, regime, displaced = row
    for count in (500, 5000):
        middles = (np.arange(count) + 0.5) / count
        tonnes = np.full(count, 200.0 / count)
        supply = step_supply(10 + 200 * middles / 2, tonnes)
        wanted = step_demand(2 * demand * middles, np.full(count, demand / count))
        found = two_demands(supply, wanted, room, allowance)
        close = 2 * (200 + demand) / count
        assert found.price == pytest.approx(price, abs=close)
        assert found.voluntary_t == pytest.approx(voluntary, abs=close)
        assert found.compliance_t == pytest.approx(compliance, abs=close)
        assert found.displaced_t == pytest.approx(displaced, abs=2 * close)
        assert found.regime == regime


@patient
@given(lines, rooms, st.floats(0, 60))
def test_straight_lines_clear(line, room, allowance):
    """The equations of the two lines, evaluated here and not by the solver."""
    start, rise, end, fall = line
    found = two_demands(linear_supply(start, rise), linear_demand(end, -fall), room, allowance)
    price = found.price_low if found.price is None else found.price
    offered = max(0.0, start + rise * price)
    wanted = max(0.0, end - fall * price)
    check_clears(found, (offered, offered), (wanted, wanted), room, allowance, price, 1e-9)


@patient
@given(steps, steps, rooms, prices)
def test_steps_clear_at_each_price_of_the_interval(offers, orders, room, allowance):
    """Orders counted one by one, and not by the solver's curves."""
    found = two_demands(supply_of(offers), demand_of(orders), room, allowance)
    trades = found.voluntary_t + found.compliance_t > 0
    assert (found.price is not None) == trades
    assert (found.regime != Regime.NO_TRADE) == trades
    if trades:
        assert found.price == (found.price_low + found.price_high) / 2
    for price in {found.price_low, min(found.price_high, 99.0), found.price}:
        if price is None:
            continue
        offered = (
            sum(tonnes for cost, tonnes in offers if cost < price),
            sum(tonnes for cost, tonnes in offers if cost <= price),
        )
        wanted = (
            sum(tonnes for value, tonnes in orders if value > price),
            sum(tonnes for value, tonnes in orders if value >= price),
        )
        check_clears(found, offered, wanted, room, allowance, price)


@patient
@given(steps, steps, rooms, prices)
def test_labels_mean_what_they_say(offers, orders, room, allowance):
    found = two_demands(supply_of(offers), demand_of(orders), room, allowance)
    assert found.displaced_t >= 0
    match found.regime:
        case Regime.VOLUNTARY_ONLY:
            assert room == found.compliance_t == found.displaced_t == 0
        case Regime.LIMIT_BINDS:
            assert found.compliance_t == room > 0
            assert found.price <= allowance
        case Regime.ALLOWANCE_SETS_PRICE:
            assert found.compliance_t < room
            assert found.price == allowance
        case Regime.VOLUNTARY_ABOVE_ALLOWANCE:
            assert found.compliance_t == found.displaced_t == 0
            assert found.price > allowance
        case Regime.NO_TRADE:
            assert found.price is None


@patient
@given(steps, steps, rooms, rooms, prices, prices)
def test_more_room_or_a_dearer_allowance_never_lowers_the_price(
    offers, orders, room, more_room, allowance, more_allowance
):
    supply, demand = supply_of(offers), demand_of(orders)
    base = two_demands(supply, demand, room, allowance)
    for raised in (
        two_demands(supply, demand, room + more_room, allowance),
        two_demands(supply, demand, room, allowance + more_allowance),
    ):
        assert raised.price_low >= base.price_low
        assert raised.price_high >= base.price_high
        assert raised.voluntary_t <= base.voluntary_t
        if base.price is not None and raised.price is not None:
            assert raised.price >= base.price


@patient
@given(steps, steps)
def test_without_room_it_is_the_competitive_equilibrium(offers, orders):
    """Two solvers that share no code agree."""
    found = two_demands(supply_of(offers), demand_of(orders), 0, 0)
    book = [[row[part] for row in side] for side in (orders, offers) for part in (0, 1)]
    plain = competitive_equilibrium(*book)
    assert (found.price_low, found.price_high) == (plain.price_low, plain.price_high)
    assert found.voluntary_t == plain.volume_high


@patient
@given(steps, steps, rooms, prices)
def test_compliance_is_one_more_buyer_at_the_allowance_price(offers, orders, room, allowance):
    """Room L at price A trades as an order for L tonnes at limit A."""
    assume(room > 0)
    found = two_demands(supply_of(offers), demand_of(orders), room, allowance)
    book = [[row[part] for row in side] for side in (orders, offers) for part in (0, 1)]
    plain = competitive_equilibrium([*book[0], allowance], [*book[1], room], *book[2:])
    assert (found.price_low, found.price_high) == (plain.price_low, plain.price_high)
    assert found.voluntary_t + found.compliance_t == plain.volume_high


ONE_OFFER = step_supply([20], [10])


@pytest.mark.parametrize(
    ("supply", "demand", "room", "allowance", "expected"),
    [
        # No supply, whatever is wanted.
        (step_supply([], []), linear_demand(40, -0.5), 30, 60, (None, 0, 0, 0, Regime.NO_TRADE)),
        (linear_supply(-5, 0), linear_demand(40, -0.5), 30, 60, (None, 0, 0, 0, Regime.NO_TRADE)),
        # No demand of any kind; no voluntary demand.
        (SUPPLY, step_demand([], []), 0, 60, (None, 0, 0, 0, Regime.NO_TRADE)),
        (SUPPLY, linear_demand(0, 0), 30, 60, (25, 0, 30, 0, Regime.LIMIT_BINDS)),
        (SUPPLY, linear_demand(0, 0), 30, 20, (20, 0, 20, 0, Regime.ALLOWANCE_SETS_PRICE)),
        # A room beyond all supply never binds: the allowance sets the price.
        (SUPPLY, linear_demand(40, -0.5), 1e15, 60,
         (60, 10, 90, 18, Regime.ALLOWANCE_SETS_PRICE)),
        # An allowance below the cheapest seller keeps compliance out.
        (SUPPLY, linear_demand(40, -0.5), 30, 9,
         (24, 28, 0, 0, Regime.VOLUNTARY_ABOVE_ALLOWANCE)),
        (SUPPLY, linear_demand(4, -0.5), 30, 9, (None, 0, 0, 0, Regime.NO_TRADE)),
        # Ties: at a price of the allowance, a room that is used up binds, one that is not does not.
        (SUPPLY, linear_demand(40, -0.5), 15, 30, (30, 25, 15, 3, Regime.LIMIT_BINDS)),
        (SUPPLY, linear_demand(55, -0.5), 15, 30, (30, 40, 0, 0, Regime.ALLOWANCE_SETS_PRICE)),
        # Those who do not mind trade, voluntary buyers first.
        (ONE_OFFER, step_demand([20], [6]), 7, 20, (20, 6, 4, 0, Regime.ALLOWANCE_SETS_PRICE)),
        # A gap in the steps: the middle of 20 and 30.
        (ONE_OFFER, step_demand([30], [10]), 0, 0, (25, 10, 0, 0, Regime.VOLUNTARY_ONLY)),
        # More than enough at no cost: the price is 0 and the rest stays unsold.
        (linear_supply(50, 1), linear_demand(40, -0.5), 5, 60, (0, 40, 5, 0, Regime.LIMIT_BINDS)),
        # A fixed supply: what compliance takes, voluntary buyers lose.
        (linear_supply(30, 0), linear_demand(40, -0.5), 10, 60,
         (40, 20, 10, 10, Regime.LIMIT_BINDS)),
    ],
)
def test_degenerate_markets(supply, demand, room, allowance, expected):
    found = two_demands(supply, demand, room, allowance)
    price, voluntary, compliance, displaced, regime = expected
    assert found.regime == regime
    assert found.price == (None if price is None else pytest.approx(price, abs=1e-9))
    numbers = (found.voluntary_t, found.compliance_t, found.displaced_t)
    assert numbers == pytest.approx((voluntary, compliance, displaced), abs=1e-9)


@pytest.mark.parametrize(
    ("supply", "demand", "interval"),
    [
        (SUPPLY, linear_demand(0, 0), (0, 10)),
        (SUPPLY, linear_demand(4, -0.5), (8, 10)),
        (ONE_OFFER, step_demand([12], [5]), (12, 20)),
        (ONE_OFFER, step_demand([], []), (0, 20)),
        (step_supply([], []), step_demand([12], [5]), (12, math.inf)),
    ],
)
def test_where_nothing_trades_the_interval_keeps_both_sides_away(supply, demand, interval):
    found = two_demands(supply, demand, 0, 0)
    assert (found.price, found.regime) == (None, Regime.NO_TRADE)
    assert (found.price_low, found.price_high) == interval


@pytest.mark.parametrize("curve", [SUPPLY, linear_demand(40, -0.5), step_supply([5, 9], [1, 2])])
@pytest.mark.parametrize("price", [0.0, 5.0, 7.0, 60.0, 500.0])
def test_twice_the_people_trade_twice_the_tonnes(curve, price):
    assert curve.scaled(2).at(price) == tuple(2 * tonnes for tonnes in curve.at(price))


MAP = {"issuance_t": 50.0, "reference_price": 30.0}


def test_a_map_holds_the_outcome_of_each_point():
    """B13's rows 1 to 3, found again on axes in units of issuance."""
    demand = linear_demand(40, -0.5)
    found = regime_map(SUPPLY, demand, 30.0, [0.5, 4.0], [0.0, 0.6], **MAP)
    # 0.5 x 50 t at 30 yuan/t is B13's own demand.
    np.testing.assert_allclose(found.price[:, 0], [24, 30])
    np.testing.assert_allclose(found.voluntary_t[:, 0], [28, 25])
    np.testing.assert_allclose(found.compliance_t[:, 0], [0, 15])
    np.testing.assert_allclose(found.displaced_t[:, 0], [0, 3])
    assert found.regime.tolist() == [
        [Regime.VOLUNTARY_ONLY, Regime.VOLUNTARY_ONLY],
        [Regime.ALLOWANCE_SETS_PRICE, Regime.VOLUNTARY_ABOVE_ALLOWANCE],
    ]


@pytest.mark.parametrize("steps", [False, True])
@pytest.mark.parametrize("allowance", [5.0, 18.0, 30.0, 200.0])
@pytest.mark.parametrize(("right", "top"), [(3.0, 2.0), (0.5, 0.4), (0.3, 9.0)])
def test_the_regime_changes_exactly_on_the_lines(steps, allowance, right, top):
    """A hair to either side of every line the labels are those the line announces."""
    supply, demand = SUPPLY, linear_demand(40, -0.5)
    if steps:
        supply = step_supply([10, 15, 18, 25, 40], [8, 8, 9, 20, 30])
        demand = step_demand([10, 16, 18, 30, 45], [5, 9, 9, 9, 9])
    found = regime_map(supply, demand, allowance, [right], [top], **MAP)
    assert len({boundary.regimes for boundary in found.boundaries}) == len(found.boundaries)
    unit = demand.scaled(50.0 / demand.at(30.0)[1])

    def regime(x, y):
        return two_demands(supply, unit.scaled(x), 50.0 * y, allowance).regime

    for (lower, upper), line in found.boundaries:
        assert np.all(line >= 0)
        assert np.all(line <= [right, top])
        along = line[1] - line[0]
        across = np.array([abs(along[1]), abs(along[0])]) / math.hypot(*along)
        for part in (0.01, 0.5, 0.99):
            point = line[0] + part * along
            assert regime(*(point + 1e-7 * across)) == upper
            below = point - 1e-7 * across
            # The lowest line is the edge of the map: the room is 0 on it.
            assert regime(below[0], max(below[1], 0.0)) == lower


@pytest.mark.parametrize("allowance", [5.0, 18.0, 30.0, 200.0])
def test_where_the_regime_changes_there_is_a_line(allowance):
    """No line is drawn that the grid does not show, and none is missing above room 0."""
    columns, rows = np.linspace(0.013, 3, 40), np.linspace(0.009, 2, 31)
    found = regime_map(SUPPLY, linear_demand(40, -0.5), allowance, columns, rows, **MAP)
    drawn = {frozenset(edge.regimes) for edge in found.boundaries if edge.line[:, 1].any()}
    seen = set()
    for neighbours in (
        zip(found.regime[:, 1:].flat, found.regime[:, :-1].flat, strict=True),
        zip(found.regime[1:].flat, found.regime[:-1].flat, strict=True),
    ):
        seen |= {frozenset(pair) for pair in neighbours if pair[0] != pair[1]}
    # Neighbours on a grid may skip the corner where three regimes meet.
    corner = {frozenset((Regime.LIMIT_BINDS, Regime.VOLUNTARY_ABOVE_ALLOWANCE))}
    assert drawn - corner == seen - corner


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: linear_supply(0, -1), "Supply cannot fall"),
        (lambda: linear_demand(5, 0), "Demand must end"),
        (lambda: step_supply([1, 2], [3]), "2 prices for 1"),
        (lambda: step_demand([math.nan], [3]), "price = nan"),
        (lambda: two_demands(SUPPLY, linear_demand(4, -1), -1, 5), "room_t = -1"),
        (lambda: two_demands(SUPPLY, linear_demand(4, -1), 1, math.inf), "allowance_price = inf"),
        (lambda: regime_map(SUPPLY, linear_demand(4, -1), 5, [1], [1], issuance_t=1,
                            reference_price=9), "no voluntary buyer"),
        (lambda: regime_map(SUPPLY, linear_demand(4, -1), 5, [-1], [1], **MAP), "voluntary_axis"),
    ],
)
def test_what_has_no_equilibrium_is_refused(make, says):
    with pytest.raises(InputError, match=says):
        make()
