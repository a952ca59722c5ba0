"""The compiled theory beside a month against the exact solvers."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from agents.vocabulary import Motive, Side
from simulation.markets import call_auction
from simulation.markets.call_auction import CallAuctionRules
from simulation.markets.overlays.shaping import shape_orders
from simulation.scenario import load
from simulation.state import Clock
from simulation.theory.beside import beside
from simulation.theory.equilibrium import competitive_equilibrium, efficiency_of
from simulation.theory.pools import Pools
from simulation.world import World
from tests.helpers import MECHANISMS
from tests.properties.test_markets import KEYS, books

COST = 2000
BUYERS = st.lists(
    st.tuples(st.sampled_from([1500, 1999, 2000, 2001, 2500]) | st.integers(0, 5000),
              st.integers(0, 12)),
    max_size=8,
)


def alone(values, wanted, filled, stock):
    """Theory where no rule stands in the way."""
    nothing = np.zeros(len(values), dtype=np.int64)
    return beside(
        values, wanted, values, wanted, filled, nothing, nothing, Pools(0, stock, 0, 0),
        np.zeros(0, dtype=np.int64), float(COST), COST, 0,
    )


@settings(max_examples=300)
@given(BUYERS, st.integers(0, 40), st.randoms(use_true_random=False))
def test_theory_beside_a_month_is_the_exact_one(buyers, stock, random):
    """Price interval, volume and surplus; and both losses of any trades at all."""
    values = np.array([value for value, _ in buyers], dtype=np.int64)
    wanted = np.array([tonnes for _, tonnes in buyers], dtype=np.int64)
    filled, left = np.zeros_like(wanted), stock
    for place in random.sample(range(len(buyers)), len(buyers)):
        filled[place] = random.randint(0, min(left, int(wanted[place])))
        left -= int(filled[place])
    found = alone(values, wanted, filled, stock)
    exact = competitive_equilibrium(values, wanted, [COST], [stock])
    assert found.maximum == exact.maximum_surplus == found.admissible
    assert found.volume == exact.volume_low
    if exact.volume_low > 0:
        assert (found.price_low, found.price_high) == (exact.price_low, exact.price_high)
    trading = np.flatnonzero(filled)
    deals = (trading, np.zeros(len(trading), dtype=np.int64), filled[trading])
    lost = efficiency_of(values, wanted, [COST], [stock], deals)
    assert found.realised == lost.realised
    assert found.admissible - found.reachable == lost.not_made
    assert found.reachable - found.realised == lost.wrong_people


@settings(max_examples=150)
@given(
    books(), KEYS, st.integers(0, 30), st.integers(0, 30),
    st.sampled_from([0, 2000, 2400]), st.sampled_from([0, 2100]), st.sampled_from([1, 300]),
    st.sampled_from([1, 3]), st.sampled_from([0.0, 0.1]), st.sampled_from([0, 300, 700]),
)
def test_policy_takes_what_linear_programming_says_it_takes(
    book, key, stock, reserve, soft, floor, tick, lot, share, subsidy
):
    """The best allocation under the rules, found by an outside solver."""
    bids = book[book.side == Side.BUY]
    assume(len(bids))
    low, high = -(-floor // tick) * tick, 10**8 // tick * tick
    shape_orders(bids, low, high, tick, lot, share)
    least = max(-(-COST // tick) * tick, low)
    # Volunteers bid more than a tonne is worth to them, so bids do not rise with values.
    worth = bids.limit_fen - subsidy * (bids.motive == Motive.VOLUNTARY)
    nothing = np.zeros(len(bids), dtype=np.int64)
    found = beside(
        worth, bids.wanted_t, bids.price_fen, bids.quantity_t, nothing, nothing, nothing,
        Pools(0, stock, 0, reserve), np.zeros(0, dtype=np.int64), float(COST), least, soft,
    )
    # Each buyer may take from the sellers and from the reserve.
    gain = np.repeat(worth - COST, 2).astype(float)
    bounds = []
    for bid in bids:
        open_to = bid.price_fen >= least
        bounds += [(0, int(bid.quantity_t) if open_to else 0),
                   (0, int(bid.quantity_t) if open_to and 0 < soft <= bid.price_fen else 0)]
    count = len(bids)
    of_bid = np.kron(np.eye(count), [1.0, 1.0])
    of_source = np.tile(np.eye(2), count)
    solved = linprog(
        -gain, np.vstack([of_bid, of_source]), [*bids.quantity_t.tolist(), stock, reserve],
        bounds=bounds,
    )
    assert found.admissible == pytest.approx(-solved.fun, rel=1e-9, abs=1e-6)
    assert found.admissible <= found.maximum


STOCKS = st.lists(st.integers(0, 15), min_size=2, max_size=2)
KINDS = st.sampled_from([(0, 0), (1, 0), (2, 0), (2, 1)])


@settings(max_examples=300)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([1990, 2100, 2300, 2350, 2500]), st.integers(0, 12), KINDS,
            st.sampled_from([0, 600]),
        ),
        max_size=8,
    ),
    STOCKS, st.integers(0, 20), st.integers(0, 10), st.integers(0, 10),
    st.sampled_from([0, 2000, 2400]), st.data(),
)
def test_the_best_use_of_unlike_credits_is_what_linear_programming_finds(
    buyers, local, other, reserve_counting, reserve_other, soft, data
):
    """Bids for any, for those that count and for local ones; two provinces and a reserve."""
    values = np.array([buyer[0] for buyer in buyers], dtype=np.int64)
    wanted = np.array([buyer[1] for buyer in buyers], dtype=np.int64)
    accepts = np.array([buyer[2][0] for buyer in buyers], dtype=np.int64)
    homes = np.array([buyer[2][1] for buyer in buyers], dtype=np.int64)
    # Some bid more than a tonne is worth to them, so that the best do not always reach furthest.
    bids = values + np.array([buyer[3] for buyer in buyers], dtype=np.int64)
    # Two provinces, what does not count, and both of the reserve.
    stocks = [*local, other, reserve_counting, reserve_other]
    may_take = np.array([
        [[1, 1, 1, 1, 1], [1, 1, 0, 1, 0], [home == 0, home == 1, 0, 0, 0]][kind]
        for kind, home in zip(accepts, homes, strict=True)
    ], dtype=bool).reshape(len(values), 5)

    def best(reaches, most):
        """Most surplus of all that trade at most so much."""
        if not len(values):
            return 0.0
        # Nobody who is worth less than the cost is served, whatever the bid.
        gain = np.repeat((values - COST).astype(float), 5)
        of_bid = np.kron(np.eye(len(values)), np.ones(5))
        of_stock = np.tile(np.eye(5), len(values))
        open_to = may_take & np.column_stack([np.ones((len(values), 3), bool), reaches, reaches])
        bounds = [(0, None if free else 0) for free in open_to.ravel()]
        solved = linprog(
            -gain, np.vstack([of_bid, of_stock, np.ones(5 * len(values))]),
            [*wanted.tolist(), *stocks, most], bounds=bounds,
        )
        return -solved.fun

    # Any trades that are possible: one buyer after the other takes from where it may.
    filled, left = np.zeros(len(values), dtype=np.int64), list(stocks)
    for place in range(len(values)):
        for stock in np.flatnonzero(may_take[place]):
            if stock >= 3 and not 0 < soft <= bids[place]:
                continue
            tonnes = data.draw(st.integers(0, int(min(wanted[place] - filled[place],
                                                      left[stock]))))
            filled[place] += tonnes
            left[stock] -= tonnes
    found = beside(
        values, wanted, bids, wanted, filled, accepts, homes,
        Pools(sum(local), other, reserve_counting, reserve_other),
        np.array(local, dtype=np.int64), float(COST), COST, soft,
    )
    reaches = np.array([0 < soft <= bid for bid in bids], dtype=bool)
    everywhere = np.ones(len(values), dtype=bool)
    assert found.maximum == pytest.approx(best(everywhere, 10**6), abs=1e-6)
    assert found.admissible == pytest.approx(best(reaches, 10**6), abs=1e-6)
    assert found.reachable == pytest.approx(best(reaches, int(filled.sum())), abs=1e-6)
    assert found.realised <= found.reachable + 1e-6


def test_the_reserve_serves_nobody_who_wants_local_credits():
    """Ten local ones: eight go to a bid below the reserve's price, two are left for local use."""
    values, bids = np.array([2350, 2300]), np.array([2350, 2900])
    wanted, nothing = np.array([8, 10]), np.zeros(2, dtype=np.int64)
    found = beside(
        values, wanted, bids, wanted, nothing, np.array([1, 2]), nothing, Pools(10, 0, 5, 0),
        np.array([10]), float(COST), COST, 2400,
    )
    assert found.admissible == 8 * 350 + 2 * 300
    # Without rules the reserve takes five of the eight.
    assert found.maximum == 8 * 350 + 7 * 300


def test_prices_beside_unlike_credits_are_those_of_credits_that_count():
    """Ten that count and ten that do not; compliance wants twelve, volunteers five."""
    values = np.array([6000, 5000, 3000, 2500], dtype=np.int64)
    wanted = np.array([8, 4, 3, 2], dtype=np.int64)
    accepts = np.array([1, 1, 0, 0], dtype=np.int64)
    nothing = np.zeros(4, dtype=np.int64)

    def prices(counting, other):
        found = beside(
            values, wanted, values, wanted, nothing, accepts, nothing,
            Pools(counting, other, 0, 0), np.zeros(1, dtype=np.int64), float(COST), COST, 0,
        )
        return found.price_low, found.price_high

    # The tenth goes at 5000 and two that bid as much go without.
    assert prices(10, 10) == (5000, 5000)
    assert prices(12, 10) == (COST, 5000)
    assert prices(13, 10) == (COST, COST)
    # Nothing is left over: volunteers who go without keep the price up.
    assert prices(14, 0) == (3000, 3000)


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_the_parts_add_up_in_every_month(mechanism):
    """Most surplus = surplus + cost of search + three losses, none of them negative."""
    world = World(load("ccer-eligible", {
        "market.mechanism": mechanism, "price_limits.floor_yuan_per_t": 22.0,
        "trading_units.lot_t": 50, "transaction_tax.share": 0.05, "months": 60,
        "reserve.levy_share": 0.1, "reserve.soft_ceiling_yuan_per_t": 45.0,
    }), 1)
    world.run()
    rows = world.state.monthly
    parts = [rows.surplus_fen, rows.transaction_cost_fen, rows.lost_policy_fen,
             rows.lost_not_made_fen, rows.lost_wrong_people_fen]
    np.testing.assert_allclose(sum(parts), rows.theory_surplus_fen, rtol=1e-12, atol=1.0)
    assert min(part.min() for part in parts[1:]) >= -1e-9 * rows.theory_surplus_fen.max()
    assert all(part.sum() > 0 for part in (parts[0], parts[2], parts[3]))
    assert (rows.transaction_cost_fen.sum() > 0) == (mechanism == "bilateral")


def test_a_market_of_truthful_sellers_loses_nothing_in_a_call_auction():
    """Everything offered at cost and one price for all: the lot share is all that is lost."""
    world = World(load("china-counties", {
        "market.mechanism": "call_auction", "quote.strategy": "truthful",
        "quote.offered_share": 1.0, "months": 48,
    }), 1)
    world.run()
    rows = world.state.monthly
    assert rows.theory_surplus_fen.sum() > 0
    np.testing.assert_allclose(rows.surplus_fen, rows.theory_surplus_fen, rtol=1e-12)


def split(**overrides):
    """The parts of the surplus of a world with a reserve."""
    world = World(load("ccer-eligible", {
        "market.mechanism": "reverse_auction", "reserve.levy_share": 0.5, "months": 48,
        "joining.innovation_per_year": 6.0, "voluntary.demand_scale": 40.0, **overrides,
    }), 1)
    world.run()
    rows = world.state.monthly
    return [float(rows[name].sum()) for name in ("lost_policy_fen", "lost_not_made_fen")]


def test_a_reserve_that_is_not_offered_is_held_back_whatever_its_price():
    """Where the government buys it sells nothing, so the soft ceiling changes no loss."""
    assert split() == split(**{"reserve.soft_ceiling_yuan_per_t": 25.0})
    assert split()[0] > 0


def test_realised_surplus_is_that_of_the_deals():
    """Buyers' and sellers' gains of the deals add up to the surplus of the months."""
    world = World(load("ccer-eligible", {"market.mechanism": "listing", "months": 60}), 1)
    world.run()
    state = world.state
    deals = state.deals[: state.clock[Clock.DEALS]]
    cost = round(float(state.rules.verification.cost_yuan_per_t[0]) * 100)
    gains = ((deals.bid_fen - cost) * deals.tonnes).sum()
    assert state.monthly.surplus_fen.sum() == pytest.approx(float(gains), rel=1e-12)


def test_a_tax_on_buyers_is_a_fee_on_sellers():
    """Who hands the money over does not matter: same trades, and the wedge is the same."""
    rng = np.random.default_rng(1)
    for _ in range(200):
        # Numbers that 1.25 and 0.8 divide without rest.
        bids = rng.integers(10, 60, 6) * 100
        asks = rng.integers(10, 60, 6) * 80
        taxed = _auction((bids / 1.25).astype(int), asks)
        charged = _auction(bids, (asks / 0.8).astype(int))
        np.testing.assert_array_equal(taxed.filled, charged.filled)


def _auction(bids, asks):
    from simulation.draws import DrawKey
    from simulation.markets.protocol import book_of
    orders = [(201_000_000 + row, Side.BUY, 1, int(price), 1, (row + 0.5) / 7)
              for row, price in enumerate(bids)]
    orders += [(101_000_000 + row, Side.SELL, 0, int(price), 1, (row + 0.5) / 7)
               for row, price in enumerate(asks)]
    return call_auction.clear(book_of(orders), CallAuctionRules(), DrawKey(1, 24288))
