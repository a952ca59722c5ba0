"""Ticks and lots."""

import pytest

from agents.vocabulary import Motive
from simulation.errors import InputError
from simulation.markets import call_auction, listing, reverse_auction
from simulation.markets.call_auction import CallAuctionRules
from simulation.markets.listing import ListingRules
from simulation.markets.overlays.trading_units import in_lots, round_prices
from simulation.markets.reverse_auction import ReverseAuctionRules
from tests.helpers import both
from tests.unit.simulation.markets.books import KEY, book, buy, deals, sell


@pytest.mark.parametrize(
    ("tonnes", "lot", "expected"), [(0, 5, 0), (4, 5, 0), (14, 5, 10), (7, 1, 7)]
)
def test_quantities_are_rounded_down_to_lots(tonnes, lot, expected):
    """Nobody trades more than it wants."""
    assert both(in_lots, tonnes, lot) == expected


def test_prices_that_a_rule_computes_are_rounded_down_to_the_tick():
    """The midpoint of 20 and 31 yuan on a tick of two yuan."""
    out = call_auction.clear(book(sell(2000, 5), buy(3100, 5)), CallAuctionRules(), KEY)
    assert deals(out) == [(1, 0, 5, 2550)]
    round_prices(out.matches, 1, 200)
    assert deals(out) == [(1, 0, 5, 2400)]
    assert out.matches.seller_price_fen[0] == 2400


def test_a_margin_is_rationed_in_lots():
    """Seven lots of three tonnes for three equal bids of five: two, two and three lots."""
    orders = book(
        sell(2000, 21), *(buy(2500, 15, arrival=0.1 * place, who=place) for place in (1, 2, 3))
    )
    out = call_auction.clear(orders, CallAuctionRules(k=1.0), KEY, 3)
    assert out.filled.tolist() == [21, 9, 6, 6]


def test_a_public_budget_pays_for_whole_lots():
    """Money for 17 tonnes buys three lots of five."""
    rules = ReverseAuctionRules(budget_yuan=17 * 20.0)
    orders = book(sell(2000, 50), buy(3000, 50, motive=Motive.PUBLIC))
    assert deals(reverse_auction.clear(orders, rules, KEY, 5)) == [(1, 0, 15, 2000)]


@pytest.mark.parametrize(("lot", "words"), [(2, "no multiple of the lot of 2 t"), (0, "below 1")])
def test_a_book_that_is_not_in_lots_is_refused(lot, words):
    """A clearing would break the last lot."""
    with pytest.raises(InputError, match=words):
        listing.clear(book(sell(2000, 5)), ListingRules(), KEY, lot)
