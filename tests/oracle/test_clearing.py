"""The pricing rules, written twice, match any book alike."""

from hypothesis import given, settings
from hypothesis import strategies as st

from agents.vocabulary import Motive, Side
from benchmarks.object_market import (
    Order,
    clear_bilateral,
    clear_call_auction,
    clear_continuous,
    clear_listing,
)
from simulation.draws import DrawKey
from simulation.draws import draw as draw_at
from simulation.markets import bilateral, call_auction, continuous, listing
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
    """Matches as (buyer, motive, seller, tonnes, price)."""
    book = book_of(orders)
    return [
        (int(book.agent_id[match.buy]), int(book.motive[match.buy]),
         int(book.agent_id[match.sell]), int(match.tonnes), int(match.price_fen))
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
        (bid.sender, int(bid.motive), ask.sender, tonnes, price)
        for bid, ask, tonnes, price in matches
    ]


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
        *sides(orders), k=k, by_time=rationing == "time",
        pairing=lambda order: word("call_auction.pairing", order.sender, order.motive),
    )
    assert plain(matches) == by_the_engine(call_auction, orders, rules)


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


@settings(max_examples=400)
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
