"""What holds for every book under every overlay, whatever the pricing rule."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from agents.vocabulary import Motive, Side
from simulation.markets import administered, bilateral, call_auction, listing, reverse_auction
from simulation.markets.call_auction import CallAuctionRules
from simulation.markets.listing import ListingRules
from simulation.markets.overlays.price_limits import allowed_prices
from simulation.markets.overlays.shaping import shape_orders
from simulation.markets.overlays.trading_units import round_prices
from simulation.markets.overlays.transaction_tax import before_tax, tax_on
from simulation.markets.protocol import LARGEST_PRICE_FEN
from tests.properties.test_markets import KEYS, LARGE, MECHANISMS, books

TICKS = st.sampled_from([1, 7, 50, 1000])
LOTS = st.sampled_from([1, 3, 1000])
SHARES = st.sampled_from([0.0, 0.03, 0.1, 1.0]) | st.floats(0, 1)
YUAN = st.sampled_from([0.0, 10.0, 19.99, 20.005, 25.0, 40.0])
LIMITS = st.tuples(YUAN, YUAN, st.sampled_from([0.0, 0.001, 0.1, 1.0]), YUAN).filter(
    lambda limits: limits[1] == 0.0 or limits[0] <= limits[1]
)


@settings(max_examples=400)
@given(books() | books(LARGE), MECHANISMS, KEYS, LIMITS, TICKS, LOTS, SHARES)
def test_every_deal_keeps_to_the_overlays(book, mechanism, key, limits, tick, lot, share):
    """Within the limits, on the tick, in lots, and nobody beyond its own limit, tax included."""
    rule, rules = mechanism
    low, high = allowed_prices(*limits, tick)
    wanted = int(book.wanted_t.sum())
    refused = shape_orders(book, low, high, tick, lot, share)
    assert 0 <= refused <= wanted
    out = rule.clear(book, rules, key, lot)
    matches = out.matches
    round_prices(matches, len(matches), tick)
    for match in matches:
        bid, ask = book[match.buy], book[match.sell]
        tax = tax_on(match.tonnes * match.price_fen, share) if bid.motive != Motive.PUBLIC else 0
        assert low <= match.price_fen <= high or rule is administered
        assert match.price_fen % tick == 0
        assert match.seller_price_fen % tick == 0
        assert match.tonnes % lot == 0
        assert match.tonnes * match.price_fen + tax <= match.tonnes * bid.limit_fen
        assert ask.limit_fen <= match.seller_price_fen <= match.price_fen
    bought = np.bincount(matches.buy, matches.tonnes, len(book))
    sold = np.bincount(matches.sell, matches.tonnes, len(book))
    np.testing.assert_array_equal(out.filled, bought + sold)
    assert (out.filled <= book.wanted_t).all()


@given(books(), MECHANISMS, KEYS, st.sampled_from([3, 1000, 2_000_000]))
def test_a_market_in_lots_is_the_market_in_tonnes_on_another_scale(book, mechanism, key, lot):
    """Where no rule speaks of tonnes, a lot is only a unit."""
    rule, rules = mechanism
    assume(rule not in (bilateral, reverse_auction))
    single = rule.clear(book, rules, key)
    book.quantity_t *= lot
    scaled = rule.clear(book, rules, key, lot)
    np.testing.assert_array_equal(scaled.filled, single.filled * lot)
    for name in ("buy", "sell", "price_fen", "seller_price_fen"):
        np.testing.assert_array_equal(scaled.matches[name], single.matches[name])
    np.testing.assert_array_equal(scaled.matches.tonnes, single.matches.tonnes * lot)


@given(books(), KEYS)
def test_limits_beyond_the_clearing_interval_leave_the_call_auction_alone(book, key):
    """Where orders are sealed, a collar that does not bind changes nothing (Isaac and Plott 1981).

    One fen beyond the interval, that is: at its very end bids above the ceiling would be rationed
    with those at it.
    """
    buyers, sellers = (
        call_auction.clear(book, CallAuctionRules(k=k), key) for k in (0.0, 1.0)
    )
    assume(len(buyers.matches))
    low, high = int(buyers.matches.price_fen[0]), int(sellers.matches.price_fen[0])
    shape_orders(book, max(low - 1, 0), min(high + 1, LARGEST_PRICE_FEN), 1, 1, 0.0)
    for k, before in ((0.0, buyers), (1.0, sellers)):
        after = call_auction.clear(book, CallAuctionRules(k=k), key)
        np.testing.assert_array_equal(after.matches, before.matches)


@given(books(), KEYS, st.integers(1, 40))
def test_the_price_passes_the_soft_ceiling_only_when_the_reserve_is_gone(book, key, tonnes):
    """Who would pay more than the ceiling finds the reserve first."""
    reserve = book[:1].copy()
    reserve.agent_id, reserve.side, reserve.motive = 4_000_000_000, Side.SELL, Motive.PUBLIC
    reserve.limit_fen = reserve.price_fen = 2000
    reserve.wanted_t = reserve.quantity_t = tonnes
    reserve.arrival = 1.0 - 2.0**-33
    assume(len(book))
    full = np.concatenate([book, reserve]).view(np.recarray)
    for rule, rules in ((listing, ListingRules()), (call_auction, CallAuctionRules(k=0.0))):
        out = rule.clear(full, rules, key)
        if (out.matches.price_fen > 2000).any():
            assert out.unfilled[-1] == 0


@given(st.integers(0, LARGEST_PRICE_FEN), SHARES, st.integers(1, 10**6))
def test_the_tax_fits_under_the_limit_and_wastes_no_fen(limit, share, tonnes):
    """The next fen would not fit any more."""
    price = before_tax(limit, share)
    assert tonnes * price + tax_on(tonnes * price, share) <= tonnes * limit
    assert (price + 1) + (price + 1) * share > limit


@given(LIMITS, TICKS)
def test_a_band_never_leaves_the_floor_and_the_ceiling(limits, tick):
    """Its ends are on the tick, and there is always a price where floor and ceiling leave one."""
    floor, ceiling, _, _ = limits
    low, high = allowed_prices(*limits, tick)
    hard_low, hard_high = allowed_prices(floor, ceiling, 0.0, 0.0, tick)
    assert low % tick == high % tick == 0
    if hard_low <= hard_high:
        assert hard_low <= low <= high <= hard_high
