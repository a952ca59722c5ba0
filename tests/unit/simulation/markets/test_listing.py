"""Listing: worked examples."""

import pytest

from simulation.draws import DrawKey, draw
from simulation.markets import listing
from simulation.markets.listing import ListingRules
from tests.helpers import MONTH
from tests.unit.simulation.markets.books import KEY, book, buy, deals, sell


def clear(orders, *, draws=KEY, **rules):
    """Clear with these rules."""
    return listing.clear(orders, ListingRules(**rules), draws)


def test_buyers_take_the_cheapest_lots_in_the_order_of_arrival():
    """The first has a limit of 22 and takes 60 t at 20; the second takes what is left and the 25s.

    100 t at 20.00 and 50 t at 25.00 are listed; of 120 t the second buyer gets 40 + 50.
    """
    orders = book(
        buy(3000, 120, who=1, arrival=0.9), buy(2200, 60, who=0, arrival=0.1),
        sell(2500, 50, who=1), sell(2000, 100, who=0),
    )
    out = clear(orders)
    assert deals(out) == [(1, 3, 60, 2000), (0, 3, 40, 2000), (0, 2, 50, 2500)]
    assert out.filled.tolist() == [90, 60, 50, 100]
    assert out.unfilled.tolist() == [30, 0, 0, 0]


def test_the_posted_price_is_paid():
    """However much more the buyer would have given."""
    assert deals(clear(book(buy(9900, 5), sell(2000, 5)))) == [(0, 1, 5, 2000)]


def test_a_limit_is_a_limit():
    """One fen too little buys nothing; exactly enough does."""
    assert deals(clear(book(buy(1999, 5), sell(2000, 5)))) == []
    assert deals(clear(book(buy(2000, 5), sell(2000, 5)))) == [(0, 1, 5, 2000)]


def test_equal_prices_are_taken_in_the_order_of_arrival():
    """The lot listed first sells first, wherever it stands in the book."""
    orders = book(buy(3000, 5), sell(2000, 5, arrival=0.8), sell(2000, 5, who=1, arrival=0.3))
    assert deals(clear(orders)) == [(0, 2, 5, 2000)]


def test_a_lot_may_have_to_be_bought_whole():
    """100 t are too many for who wants 60, and just right for who wants 100."""
    lots = [sell(2000, 100, who=0), sell(2500, 50, who=1)]
    assert deals(clear(book(buy(3000, 100), *lots), partial_lots=False)) == [(0, 1, 100, 2000)]
    # The cheaper lot is too large, the dearer one fits; 10 t stay unfilled.
    out = clear(book(buy(3000, 60), *lots), partial_lots=False)
    assert deals(out) == [(0, 2, 50, 2500)]
    assert out.unfilled[0] == 10
    # The whole of the first, and no part of the second.
    out = clear(book(buy(3000, 120), *lots), partial_lots=False)
    assert deals(out) == [(0, 1, 100, 2000)]
    # Both whole.
    out = clear(book(buy(3000, 150), *lots), partial_lots=False)
    assert deals(out) == [(0, 1, 100, 2000), (0, 2, 50, 2500)]


def test_a_lot_too_large_for_one_is_there_for_the_next():
    """Passing a lot by does not take it from the list."""
    orders = book(
        buy(3000, 60, arrival=0.1), buy(3000, 100, who=1, arrival=0.2), sell(2000, 100)
    )
    assert deals(clear(orders, partial_lots=False)) == [(1, 2, 100, 2000)]


def test_sold_lots_are_passed_over():
    """Three buyers of 10 t empty two lots of 15 t one after the other."""
    orders = book(
        *[buy(3000, 10, who=row, arrival=row / 10) for row in range(3)],
        sell(2000, 15, who=0), sell(2100, 15, who=1),
    )
    assert deals(clear(orders)) == [
        (0, 3, 10, 2000), (1, 3, 5, 2000), (1, 4, 5, 2100), (2, 4, 10, 2100),
    ]


def sight(seed, buyer, seller):
    """The draw by which this buyer sees this seller's lot, as docs/model.md addresses it."""
    return draw(seed, "listing.sight", MONTH, buyer, 4 * seller)


@pytest.mark.parametrize("seen", [1, 2, 3])
def test_a_buyer_sees_the_lots_with_its_smallest_draws(seen):
    """Five lots of a tonne; the cheapest among those in sight is bought, over many seeds."""
    orders = book(buy(9900, 1), *[sell(2000 + row, 1, who=row) for row in range(5)])
    bought = set()
    for seed in range(1, 40):
        luck = [sight(seed, int(orders[0].agent_id), int(lot.agent_id)) for lot in orders[1:]]
        in_sight = sorted(range(5), key=lambda row: luck[row])[:seen]
        out = clear(orders, lots_seen=seen, draws=DrawKey(seed, MONTH))
        assert deals(out) == [(0, 1 + min(in_sight), 1, 2000 + min(in_sight))]
        bought.add(min(in_sight))
    assert len(bought) == 6 - seen  # with two in sight nobody is left with the dearest


def test_a_lot_out_of_sight_is_not_bought():
    """One lot in sight and two wanted: the second tonne is not to be had."""
    orders = book(buy(9900, 2), sell(2000, 1), sell(2001, 1, who=1))
    assert clear(orders, lots_seen=1).unfilled[0] == 1


@pytest.mark.parametrize("seen", [0, 5, 6, 1000])
def test_zero_or_enough_means_all_lots(seen):
    """Five lots, all bought."""
    orders = book(buy(9900, 5), *[sell(2000 + row, 1, who=row) for row in range(5)])
    assert clear(orders, lots_seen=seen).filled.tolist() == [5, 1, 1, 1, 1, 1]


@pytest.mark.parametrize(
    "orders",
    [
        book(), book(buy(3000, 10)), book(sell(2000, 10)), book(buy(3000, 0), sell(2000, 10)),
        book(buy(3000, 10), sell(2000, 0)),
    ],
    ids=["empty", "no-sellers", "no-buyers", "nothing-wanted", "nothing-offered"],
)
@pytest.mark.parametrize("seen", [0, 1])
def test_without_two_sides_nothing_happens(orders, seen):
    """Everything comes back unfilled."""
    out = clear(orders, lots_seen=seen)
    assert len(out.matches) == 0
    assert out.unfilled.tolist() == orders.quantity_t.tolist()
