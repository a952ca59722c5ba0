"""What holds for every book, under every pricing rule."""

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from agents.vocabulary import Motive, Side
from simulation.draws import DrawKey, draw
from simulation.markets import MECHANISMS as ALL_MECHANISMS
from simulation.markets import (
    administered,
    bilateral,
    call_auction,
    continuous,
    listing,
    mcafee,
    one_way_auction,
    pay_as_bid,
    reverse_auction,
)
from simulation.markets.administered import AdministeredRules
from simulation.markets.bilateral import BilateralRules
from simulation.markets.call_auction import CallAuctionRules
from simulation.markets.continuous import ContinuousRules
from simulation.markets.listing import ListingRules
from simulation.markets.mcafee import McAfeeRules
from simulation.markets.one_way_auction import OneWayAuctionRules
from simulation.markets.pay_as_bid import PayAsBidRules
from simulation.markets.protocol import LARGEST_ORDER_T, LARGEST_PRICE_FEN, book_of
from simulation.markets.reverse_auction import ReverseAuctionRules
from simulation.scenario import SECTIONS
from tests.helpers import MONTH

KEYS = st.builds(DrawKey, seed=st.integers(0, 2**63 - 1), month=st.just(MONTH))
AUCTIONS = st.builds(
    CallAuctionRules, k=st.sampled_from([0.0, 0.5, 1.0]) | st.floats(0, 1),
    rationing=st.sampled_from(["pro_rata", "time"]),
)
LISTINGS = st.builds(ListingRules, partial_lots=st.booleans(), lots_seen=st.integers(0, 6))
CONTINUOUS = st.builds(
    ContinuousRules, rounds=st.integers(1, 4),
    opening_distance=st.sampled_from([0.0, 0.001, 1.0]) | st.floats(0, 1),
)
CHANCES = st.sampled_from([0.0, 0.5, 1.0])
RULES = {
    listing: LISTINGS,
    call_auction: AUCTIONS,
    bilateral: st.builds(
        BilateralRules, contact_local=CHANCES, contact_distant=CHANCES, seller_power=CHANCES,
        search_cost_yuan=st.sampled_from([0.0, 0.5, 50.0]), smallest_block_t=st.integers(1, 5),
    ),
    pay_as_bid: st.builds(
        PayAsBidRules, price=st.sampled_from(["bid", "ask", "midpoint"]),
        rationing=st.sampled_from(["pro_rata", "time"]),
    ),
    mcafee: st.builds(McAfeeRules, candidate=st.booleans()),
    one_way_auction: st.builds(
        OneWayAuctionRules,
        format=st.sampled_from(["first_price", "second_price", "ascending"]),
        increment_yuan_per_t=st.sampled_from([0.01, 0.5, 7.0, 10_000.0]),
    ),
    administered: st.builds(
        AdministeredRules, price_yuan_per_t=st.sampled_from([0.0, 20.0, 25.0, 30.0, 1e6]),
        rationing=st.sampled_from(["pro_rata", "queue", "lottery"]),
    ),
    reverse_auction: st.builds(
        ReverseAuctionRules, budget_yuan=st.sampled_from([0.0, 50.0, 500.0, 1e12]),
        payment=st.sampled_from(["uniform", "pay_as_bid"]),
        private_demand=st.sampled_from(["listing", "out"]),
    ),
    continuous: CONTINUOUS,
}
# Rules under which the small books below trade, where the default ones are for real blocks.
BUSY = {
    bilateral: BilateralRules(
        contact_local=1.0, contact_distant=1.0, search_cost_yuan=0.0, smallest_block_t=1
    ),
}
MECHANISMS = st.one_of([st.tuples(st.just(rule), rules) for rule, rules in RULES.items()])


def test_every_mechanism_is_held_to_these_properties():
    """One that is added without rules here would go untested."""
    assert list(RULES) == list(ALL_MECHANISMS.values())


BUYERS = [Motive.VOLUNTARY, Motive.COMPLIANCE, Motive.QUOTA, Motive.PUBLIC]
SMALL, LARGE = st.integers(0, 12), st.integers(0, 30_000_000)
PRICES = st.sampled_from([0, 1, 1999, 2000, 2001, 2500, 3000]) | st.integers(0, LARGEST_PRICE_FEN)


@st.composite
def books(draw, quantities=SMALL):
    """Orders of both sides; few distinct prices, so that margins are often rationed."""
    count = draw(st.integers(0, 12))
    arrivals = draw(st.permutations(range(count)))
    orders = []
    for row in range(count):
        side = draw(st.sampled_from(list(Side)))
        motives = [Motive.SUPPLY] if side == Side.SELL else BUYERS
        who = (101 if side == Side.SELL else 201) * 1_000_000 + row
        orders.append((
            who, side, draw(st.sampled_from(motives)), draw(PRICES), draw(quantities),
            (arrivals[row] + 0.5) / count,
        ))
    return book_of(orders)


@st.composite
def crowds(draw):
    """Thousands of orders, on few prices or many, with lots from nothing to the largest."""
    luck = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sells, buys = draw(st.integers(0, 3000)), draw(st.integers(1000, 3000))
    middle, spread = draw(st.sampled_from([(2000, 1), (2000, 500), (50_000_000, 50_000_000)]))
    count = sells + buys
    side = np.repeat([Side.SELL, Side.BUY], [sells, buys])
    motive = np.where(side == Side.SELL, Motive.SUPPLY, luck.choice(BUYERS, count))
    price = luck.integers(middle - spread, middle + spread, count, endpoint=True)
    tonnes = luck.choice([0, 1, 7, 5000, LARGEST_ORDER_T], count)
    arrival = (luck.permutation(count) + 0.5) / count
    agent_id = np.where(side == Side.SELL, 101, 201) * 1_000_000 + np.arange(count)
    return book_of(list(zip(agent_id, side, motive, price, tonnes, arrival, strict=True)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(crowds(), MECHANISMS, KEYS)
def test_thousands_of_orders_lose_no_unit_either(book, mechanism, key):
    """Sums near the end of 64 bits, margins of a thousand orders, and one side alone."""
    assume(mechanism[0] is not bilateral or len(book) < 3000)
    conserved(book, mechanism, key)


@settings(max_examples=300)
@given(books() | books(LARGE), MECHANISMS, KEYS)
def test_no_clearing_loses_a_unit_or_breaks_a_limit(book, mechanism, key):
    """Everything comes back filled or unfilled, buys match sells, and nobody pays too much."""
    conserved(book, mechanism, key)


def conserved(book, mechanism, key):
    rule, rules = mechanism
    before = book.copy()
    out = rule.clear(book, rules, key)
    np.testing.assert_array_equal(book, before)
    np.testing.assert_array_equal(out.filled + out.unfilled, book.quantity_t)
    assert (out.filled >= 0).all()
    assert (out.unfilled >= 0).all()
    buys = book.side == Side.BUY
    assert out.filled[buys].sum() == out.filled[~buys].sum() == out.matches.tonnes.sum()
    for side, name in ((buys, "buy"), (~buys, "sell")):
        moved = np.zeros(len(book), dtype=np.int64)
        np.add.at(moved, out.matches[name], out.matches.tonnes)
        np.testing.assert_array_equal(moved[side], out.filled[side])
        assert side[out.matches[name]].all()
    assert (out.matches.tonnes > 0).all()
    assert (out.matches.price_fen <= book.price_fen[out.matches.buy]).all()
    assert (out.matches.seller_price_fen >= book.price_fen[out.matches.sell]).all()
    assert (out.matches.seller_price_fen <= out.matches.price_fen).all()


def best_surplus(book):
    """Largest surplus of any matching, tonne by tonne, by the Hungarian method."""
    buys = book.side == Side.BUY
    bids = np.repeat(book.price_fen[buys], book.quantity_t[buys])
    asks = np.repeat(book.price_fen[~buys], book.quantity_t[~buys])
    if not len(bids) or not len(asks):
        return 0
    gain = np.maximum(bids[:, None] - asks[None, :], 0)
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return int(gain[rows, columns].sum())


@settings(max_examples=80)
@given(books(), AUCTIONS, KEYS)
def test_the_auction_leaves_no_gain_from_trade(book, rules, key):
    """Its surplus is that of the best matching, found independently."""
    out = call_auction.clear(book, rules, key)
    buys = book.side == Side.BUY
    worth = out.filled * book.price_fen
    assert worth[buys].sum() - worth[~buys].sum() == best_surplus(book)


def _clears(book, price, volume):
    """Whether a price clears the market at a volume: nobody who is left out would rather trade."""
    buys = book.side == Side.BUY
    for side, better in ((buys, book.price_fen > price), (~buys, book.price_fen < price)):
        at = side & (book.price_fen == price)
        surely, perhaps = book.quantity_t[side & better].sum(), book.quantity_t[at].sum()
        if not surely <= volume <= surely + perhaps:
            return False
    return True


@settings(max_examples=150)
@given(books(), AUCTIONS, KEYS)
def test_the_price_clears_the_market(book, rules, key):
    """Whoever bids more or asks less trades whole; at k = 0 and 1 no price beyond it does."""
    out = call_auction.clear(book, rules, key)
    assume(len(out.matches))
    (price,) = set(out.matches.price_fen.tolist())
    volume = int(out.matches.tonnes.sum())
    assert _clears(book, price, volume)
    ends = [
        int(call_auction.clear(book, CallAuctionRules(k=k), key).matches.price_fen[0])
        for k in (0.0, 1.0)
    ]
    assert ends[0] <= price <= ends[1]
    assert not _clears(book, ends[0] - 1, volume)
    assert not _clears(book, ends[1] + 1, volume)
    assert price == ends[0] + int(rules.k * (ends[1] - ends[0]))


@settings(max_examples=150)
@given(books(), AUCTIONS, KEYS)
def test_better_prices_are_filled_first(book, rules, key):
    """An order trades only if every better one on its side is filled whole."""
    out = call_auction.clear(book, rules, key)
    for side, sign in ((Side.BUY, 1), (Side.SELL, -1)):
        rows = np.flatnonzero(book.side == side)
        traded = rows[out.filled[rows] > 0]
        if len(traded):
            worst = (sign * book.price_fen[traded]).min()
            better = rows[sign * book.price_fen[rows] > worst]
            assert (out.unfilled[better] == 0).all()


@settings(max_examples=150)
@given(books(), AUCTIONS, KEYS)
def test_the_margin_is_shared_fairly(book, rules, key):
    """In proportion no part is a tonne or more from its share; by time nobody waits for a later."""
    out = call_auction.clear(book, rules, key)
    assume(len(out.matches))
    price = out.matches.price_fen[0]
    for side in Side:
        rows = np.flatnonzero((book.side == side) & (book.price_fen == price))
        wanted, given_out = book.quantity_t[rows].sum(), out.filled[rows].sum()
        if wanted == 0:
            continue
        if rules.rationing == "pro_rata":
            share = book.quantity_t[rows] * given_out / wanted
            assert (abs(out.filled[rows] - share) < 1).all()
        else:
            queue = rows[np.argsort(book.arrival[rows])]
            served = np.minimum(np.cumsum(book.quantity_t[queue]), given_out)
            np.testing.assert_array_equal(np.cumsum(out.filled[queue]), served)


@settings(max_examples=150)
@given(books(), MECHANISMS, KEYS, st.randoms(use_true_random=False))
def test_the_place_in_the_book_does_not_matter(book, mechanism, key, random):
    """Time is the moment of arrival, not the row: shuffled, everybody gets the same."""
    rule, rules = mechanism
    order = list(range(len(book)))
    random.shuffle(order)
    plain = rule.clear(book, rules, key)
    shuffled = rule.clear(book[order], rules, key)
    np.testing.assert_array_equal(shuffled.filled, plain.filled[order])
    assert shuffled.matches.tonnes.sum() == plain.matches.tonnes.sum()
    back = np.array(order, dtype=np.int64)
    found = [
        sorted(zip(rows(m.buy).tolist(), rows(m.sell).tolist(), m.tonnes.tolist(),
                   m.price_fen.tolist(), m.seller_price_fen.tolist(), strict=True))
        for m, rows in ((plain.matches, lambda r: r), (shuffled.matches, lambda r: back[r]))
    ]
    assert found[0] == found[1]


def listed_by_hand(book, rules, key):
    """A listing told in plain words."""
    left = {row: int(order.quantity_t) for row, order in enumerate(book)}
    lots = [row for row, order in enumerate(book) if order.side == Side.SELL and left[row]]
    lots.sort(key=lambda row: (book[row].price_fen, book[row].arrival))
    queue = [row for row, order in enumerate(book) if order.side == Side.BUY]
    found = []
    for buy in sorted(queue, key=lambda row: book[row].arrival):
        luck = {
            sell: draw(key.seed, "listing.sight", key.month, int(book[buy].agent_id),
                       4 * int(book[sell].agent_id))
            for sell in lots
        }
        in_sight = sorted(lots, key=luck.get)[: rules.lots_seen or len(lots)]
        for sell in lots:
            if sell not in in_sight or book[sell].price_fen > book[buy].price_fen:
                continue
            if not rules.partial_lots and left[sell] > left[buy]:
                continue
            tonnes = min(left[sell], left[buy])
            if tonnes:
                found.append((buy, sell, tonnes, *[int(book[sell].price_fen)] * 2))
                left[sell] -= tonnes
                left[buy] -= tonnes
    return found


@settings(max_examples=300)
@given(books(), LISTINGS, KEYS)
def test_a_listing_is_what_it_says(book, rules, key):
    """Deal by deal, against a plain loop over sorted lists."""
    matches = listing.clear(book, rules, key).matches
    assert [tuple(int(x) for x in match) for match in matches] == listed_by_hand(book, rules, key)


@settings(max_examples=100)
@given(books(), LISTINGS, KEYS)
def test_the_posted_price_is_paid(book, rules, key):
    """Neither more nor less; and a lot that must go whole goes whole."""
    out = listing.clear(book, rules, key)
    np.testing.assert_array_equal(out.matches.price_fen, book.price_fen[out.matches.sell])
    if not rules.partial_lots:
        sells = np.flatnonzero((book.side == Side.SELL) & (out.filled > 0))
        assert (out.unfilled[sells] == 0).all()
    if rules.lots_seen:
        for buy in np.flatnonzero(book.side == Side.BUY):
            assert (out.matches.buy == buy).sum() <= rules.lots_seen


@settings(max_examples=150)
@given(books() | books(LARGE), RULES[pay_as_bid], KEYS)
def test_paying_as_bid_changes_nothing_but_the_price(book, rules, key):
    """The deals of the call auction, pair by pair; the price is the bid, the ask or between."""
    out = pay_as_bid.clear(book, rules, key)
    uniform = call_auction.clear(book, CallAuctionRules(rationing=rules.rationing), key)
    for name in ("buy", "sell", "tonnes"):
        np.testing.assert_array_equal(out.matches[name], uniform.matches[name])
    np.testing.assert_array_equal(out.filled, uniform.filled)
    bid, ask = book.price_fen[out.matches.buy], book.price_fen[out.matches.sell]
    price = {"bid": bid, "ask": ask, "midpoint": (bid + ask) // 2}[rules.price]
    np.testing.assert_array_equal(out.matches.price_fen, price)
    np.testing.assert_array_equal(out.matches.seller_price_fen, price)


@settings(max_examples=150)
@given(books() | books(LARGE), RULES[administered], KEYS)
def test_at_an_administered_price_the_short_side_is_served_whole(book, rules, key):
    """Nobody who is willing is passed over but for rationing, and that is as fair as it says."""
    out = administered.clear(book, rules, key)
    price = round(100 * rules.price_yuan_per_t)
    buys = book.side == Side.BUY
    willing = [buys & (book.price_fen >= price), ~buys & (book.price_fen <= price)]
    wanted = [int(book.quantity_t[side].sum()) for side in willing]
    volume = min(wanted)
    assert out.matches.tonnes.sum() == volume
    assert (out.matches.price_fen == price).all()
    assert (out.filled[~(willing[0] | willing[1])] == 0).all()
    for side, total in zip(willing, wanted, strict=True):
        rows = np.flatnonzero(side & (book.quantity_t > 0))
        partly = rows[(out.filled[rows] > 0) & (out.unfilled[rows] > 0)]
        if rules.rationing == "pro_rata":
            for row in rows:
                share = int(book.quantity_t[row]) * volume
                assert abs(int(out.filled[row]) * total - share) < total
            continue
        # In a queue and in a lottery one order at most is served in part.
        assert len(partly) <= 1
        if rules.rationing == "queue" and (out.filled[rows] > 0).any():
            last = book.arrival[rows[out.filled[rows] > 0]].max()
            assert (out.unfilled[rows[book.arrival[rows] < last]] == 0).all()


def test_every_ticket_of_a_lottery_may_win():
    """Three buyers, one lot: over the months each of them wins about as often."""
    orders = book_of([
        (101_000_000, Side.SELL, Motive.SUPPLY, 2000, 1, 0.5),
        *[(201_000_000 + row, Side.BUY, Motive.VOLUNTARY, 3000, 1, 0.1 * row) for row in range(3)],
    ])
    rules = AdministeredRules(price_yuan_per_t=25.0, rationing="lottery")
    wins = sum(
        administered.clear(orders, rules, DrawKey(1, month)).filled[1:] for month in range(600)
    )
    assert (abs(wins - 200) < 60).all()


@settings(max_examples=150)
@given(books() | books(LARGE), RULES[reverse_auction], KEYS)
def test_the_public_buyer_is_served_first_and_keeps_to_its_budget(book, rules, key):
    """It pays for the cheapest lots, one price or each its ask; private buyers get the rest."""
    out = reverse_auction.clear(book, rules, key)
    public = book.motive[out.matches.buy] == Motive.PUBLIC
    matches = out.matches[public]
    assert (matches.tonnes * matches.price_fen).sum() <= round(100 * rules.budget_yuan)
    asks = book.price_fen[matches.sell]
    for buy in np.unique(matches.buy):
        mine = matches.buy == buy
        price = asks[mine].max() if rules.payment == "uniform" else asks[mine]
        assert (matches.price_fen[mine] == price).all()
    assert (np.diff(np.flatnonzero(public)) == 1).all()
    assert not len(matches) or public[0]
    private = out.matches[~public]
    assert rules.private_demand == "listing" or not len(private)
    np.testing.assert_array_equal(private.price_fen, book.price_fen[private.sell])


@settings(max_examples=200)
@given(books() | books(LARGE), CONTINUOUS, KEYS)
def test_continuous_trading_leaves_nobody_who_agrees(book, rules, key):
    """In the last round all are at their limits: no unfilled bid reaches an unfilled ask."""
    out = continuous.clear(book, rules, key)
    open_orders = out.unfilled > 0
    bids = book.price_fen[open_orders & (book.side == Side.BUY)]
    asks = book.price_fen[open_orders & (book.side == Side.SELL)]
    if len(bids) and len(asks):
        assert bids.max() < asks.min()


@settings(max_examples=200)
@given(books(), KEYS)
def test_one_round_trades_at_the_limit_of_who_came_first(book, key):
    """Deal by deal, in order of arrival of the later of the two."""
    out = continuous.clear(book, ContinuousRules(), key)
    for match in out.matches:
        first = min(match.buy, match.sell, key=lambda row: book.arrival[row])
        assert match.price_fen == book.price_fen[first]
    ends = [max(book.arrival[m.buy], book.arrival[m.sell]) for m in out.matches]
    assert ends == sorted(ends)


@pytest.mark.parametrize("mechanism", RULES)
def test_books_in_these_properties_trade(mechanism):
    """Examples without a deal would prove nothing: of a hundred random books many clear."""
    rules = BUSY.get(mechanism) or SECTIONS[mechanism.__name__.rpartition('.')[2]]()
    traded = []

    @settings(max_examples=100, database=None, derandomize=True)
    @given(books())
    def look(book):
        traded.append(len(mechanism.clear(book, rules, DrawKey(1, MONTH)).matches) > 0)

    look()
    # Trade reduction leaves less than others: in small books the one pair gives up.
    assert sum(traded) > (5 if mechanism is mcafee else 20)
