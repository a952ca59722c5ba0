"""The pricing rules, written twice, match any book alike."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.vocabulary import Motive, Side
from benchmarks.object_auctions import (
    clear_administered,
    clear_mcafee,
    clear_one_way_auction,
    clear_pay_as_bid,
    clear_reverse_auction,
)
from benchmarks.object_market import (
    Order,
    clear_bilateral,
    clear_call_auction,
    clear_continuous,
    clear_listing,
)
from simulation.draws import DrawKey
from simulation.draws import draw as draw_at
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
from simulation.markets.protocol import book_of

KEY = DrawKey(seed=5, month=24_300)
FIRST_ID = {Side.SELL: 1_001_000_000, Side.BUY: 2_001_000_000}
MOTIVES = {Side.SELL: (Motive.SUPPLY,), Side.BUY: (Motive.VOLUNTARY, Motive.COMPLIANCE)}


def word(stream, agent_id, place, block=0, month=KEY.month):
    """One word, of this month or of month 0."""
    return draw_at(KEY.seed, stream, month, agent_id, 4 * block + place)


@st.composite
def books(draw):
    """Few prices and small lots, so that ties, shared margins and exact matches are common."""
    orders = []
    for side in Side:
        for agent_id in range(FIRST_ID[side], FIRST_ID[side] + draw(st.integers(0, 6))):
            for motive in MOTIVES[side]:
                price, tonnes = draw(st.integers(0, 5)), draw(st.integers(1, 7))
                arrival = word("order.arrival", agent_id, motive)
                orders.append((agent_id, side, motive, price, tonnes, arrival))
    return draw(st.permutations(orders))


def by_the_engine(mechanism, orders, rules):
    """Matches as (buyer, motive, seller, tonnes, price, seller's price)."""
    book = book_of(orders)
    return [
        (int(book.agent_id[match.buy]), int(book.motive[match.buy]),
         int(book.agent_id[match.sell]), int(match.tonnes), int(match.price_fen),
         int(match.seller_price_fen))
        for match in mechanism.clear(book, rules, KEY).matches
    ]


def sides(orders):
    """Bids and asks for the object version; the sender is its id."""
    by_side = {side: [] for side in Side}
    for agent_id, side, motive, price, tonnes, arrival in orders:
        by_side[side].append(Order(agent_id, motive, price, tonnes, arrival))
    return by_side[Side.BUY], by_side[Side.SELL]


def plain(matches):
    """Matches of the object version in the same form."""
    return [
        (bid.sender, int(bid.motive), ask.sender, tonnes, *prices)
        for bid, ask, tonnes, *prices in matches
    ]


def pairing(order):
    """Draw that decides with whom an order is paired."""
    return word("call_auction.pairing", order.sender, order.motive)


@settings(max_examples=300, deadline=None)
@given(books(), st.booleans(), st.integers(0, 7))
def test_the_listing_matches_any_book_alike(orders, partial_lots, lots_seen):
    rules = listing.ListingRules(partial_lots=partial_lots, lots_seen=lots_seen)
    matches = clear_listing(
        *sides(orders), partial_lots=partial_lots, lots_seen=lots_seen,
        sight=lambda bid, ask: word("listing.sight", bid.sender, 0, block=ask.sender),
    )
    assert plain(matches) == by_the_engine(listing, orders, rules)


@settings(max_examples=300, deadline=None)
@given(books(), st.sampled_from([0.0, 0.3, 0.5, 1.0]), st.sampled_from(["pro_rata", "time"]))
def test_the_call_auction_matches_any_book_alike(orders, k, rationing):
    rules = call_auction.CallAuctionRules(k=k, rationing=rationing)
    matches = clear_call_auction(
        *sides(orders), k=k, by_time=rationing == "time", pairing=pairing
    )
    assert plain(matches) == by_the_engine(call_auction, orders, rules)


@settings(max_examples=300, deadline=None)
@given(
    books(), st.sampled_from(["bid", "ask", "midpoint"]), st.sampled_from(["pro_rata", "time"])
)
def test_paying_as_bid_matches_any_book_alike(orders, price, rationing):
    rules = pay_as_bid.PayAsBidRules(price=price, rationing=rationing)
    matches = clear_pay_as_bid(
        *sides(orders), price=price, by_time=rationing == "time", pairing=pairing
    )
    assert plain(matches) == by_the_engine(pay_as_bid, orders, rules)


@settings(max_examples=300, deadline=None)
@given(books(), st.booleans())
def test_trade_reduction_matches_any_book_alike(orders, candidate):
    matches = clear_mcafee(*sides(orders), candidate=candidate, pairing=pairing)
    rules = mcafee.McAfeeRules(candidate=candidate)
    assert plain(matches) == by_the_engine(mcafee, orders, rules)


@settings(max_examples=300, deadline=None)
@given(
    books(), st.sampled_from(["first_price", "second_price", "ascending"]), st.integers(1, 4)
)
def test_one_way_auctions_match_any_book_alike(orders, style, increment_fen):
    rules = one_way_auction.OneWayAuctionRules(
        format=style, increment_yuan_per_t=increment_fen / 100
    )
    matches = clear_one_way_auction(*sides(orders), style=style, increment_fen=increment_fen)
    assert plain(matches) == by_the_engine(one_way_auction, orders, rules)


@settings(max_examples=300, deadline=None)
@given(books(), st.integers(0, 5), st.sampled_from(["pro_rata", "queue", "lottery"]))
def test_an_administered_price_matches_any_book_alike(orders, price_fen, rationing):
    rules = administered.AdministeredRules(price_yuan_per_t=price_fen / 100, rationing=rationing)
    matches = clear_administered(
        *sides(orders), price_fen=price_fen, rationing=rationing, pairing=pairing,
        lottery=lambda order: word("administered.lottery", order.sender, order.motive),
    )
    assert plain(matches) == by_the_engine(administered, orders, rules)


@settings(max_examples=300, deadline=None)
@given(
    books(), st.lists(st.tuples(st.integers(0, 5), st.integers(0, 20)), max_size=2),
    st.integers(0, 60), st.sampled_from(["uniform", "pay_as_bid"]),
    st.sampled_from(["listing", "out"]),
)
def test_a_reverse_auction_matches_any_book_alike(orders, public, budget, payment, private):
    orders = orders + [
        (4_000_000_000 + row, Side.BUY, Motive.PUBLIC, price, tonnes, row / 4)
        for row, (price, tonnes) in enumerate(public) if tonnes > 0
    ]
    rules = reverse_auction.ReverseAuctionRules(
        budget_yuan=budget / 100, payment=payment, private_demand=private
    )
    matches = clear_reverse_auction(
        *sides(orders), budget_fen=budget, payment=payment, private_demand=private
    )
    assert plain(matches) == by_the_engine(reverse_auction, orders, rules)


@settings(max_examples=300, deadline=None)
@given(
    books(), st.sets(st.integers(0, 5)), st.sampled_from([0.0, 0.3, 0.5, 1.0]),
    st.sampled_from([0.0, 0.01, 0.05, 0.08]), st.integers(1, 3),
    *[st.sampled_from([0.0, 0.5, 1.0])] * 2,
)
def test_bilateral_agreements_match_any_book_alike(
    orders, near_places, power, cost, block, local, distant
):
    """Agents with equal places are neighbours: some in one province, the others elsewhere."""
    rules = bilateral.BilateralRules(
        contact_local=local, contact_distant=distant, seller_power=power, search_cost_yuan=cost,
        smallest_block_t=block,
    )

    def province(agent_id):
        return int(agent_id % 1_000_000 in near_places)

    def knows(bid, ask):
        draw = word("bilateral.contact", bid.sender, 0, block=ask.sender, month=0)
        near = province(bid.sender) == province(ask.sender)
        return draw < (local if near else distant)

    matches = clear_bilateral(
        *sides(orders), seller_power=power, search_cost_yuan=cost, smallest_block_t=block,
        knows=knows,
    )
    located = [(*order, province(order[0])) for order in orders]
    assert plain(matches) == by_the_engine(bilateral, located, rules)


@pytest.mark.parametrize("few_prices", [True, False])
def test_books_of_thousands_of_orders_are_matched_alike(few_prices):
    """Two thousand orders a side: long margins, many ties, lots up to the largest."""
    dice = random.Random(7)
    orders = []
    for side, motive in ((Side.SELL, Motive.SUPPLY), (Side.BUY, Motive.VOLUNTARY)):
        for agent_id in range(FIRST_ID[side], FIRST_ID[side] + 2000):
            price = dice.randint(0, 3) if few_prices else dice.randint(1500, 4500)
            tonnes = dice.choice((1, 7, 5000, 2_000_000_000))
            arrival = word("order.arrival", agent_id, motive)
            orders.append((agent_id, side, motive, price, tonnes, arrival))
    dice.shuffle(orders)
    middle = 2 if few_prices else 3000
    matched = {
        pay_as_bid: (pay_as_bid.PayAsBidRules(), clear_pay_as_bid(
            *sides(orders), price="bid", by_time=False, pairing=pairing
        )),
        mcafee: (mcafee.McAfeeRules(), clear_mcafee(
            *sides(orders), candidate=True, pairing=pairing
        )),
        one_way_auction: (
            one_way_auction.OneWayAuctionRules(format="second_price"),
            clear_one_way_auction(*sides(orders), style="second_price", increment_fen=50),
        ),
        administered: (
            administered.AdministeredRules(price_yuan_per_t=middle / 100),
            clear_administered(
                *sides(orders), price_fen=middle, rationing="pro_rata", pairing=pairing,
                lottery=lambda order: 0.0,
            ),
        ),
        reverse_auction: (reverse_auction.ReverseAuctionRules(), clear_reverse_auction(
            *sides(orders), budget_fen=30_000_000, payment="uniform", private_demand="listing"
        )),
    }
    for mechanism, (rules, matches) in matched.items():
        assert len(matches) > 100
        assert plain(matches) == by_the_engine(mechanism, orders, rules), mechanism.__name__


@settings(max_examples=400, deadline=None)
@given(books(), st.integers(1, 4), st.sampled_from([0.0, 0.3, 1.0]))
def test_continuous_trading_matches_any_book_alike(orders, rounds, opening_distance):
    rules = continuous.ContinuousRules(rounds=rounds, opening_distance=opening_distance)
    matches = clear_continuous(
        *sides(orders), rounds=rounds, opening_distance=opening_distance,
        shout=lambda order, number: word(
            "continuous.shout", order.sender, order.motive, block=number
        ),
    )
    assert by_the_engine(continuous, orders, rules) == plain(matches)
