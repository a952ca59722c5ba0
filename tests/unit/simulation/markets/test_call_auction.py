"""Call auction: worked examples, one of them from Smith (1962)."""

import pytest

from agents.vocabulary import Motive
from simulation.draws import DrawKey, draw
from simulation.markets import call_auction
from simulation.markets.call_auction import CallAuctionRules
from tests.helpers import MONTH
from tests.unit.simulation.markets.books import KEY, book, buy, deals, sell


def clear(orders, *, k=0.5, rationing="pro_rata", draws=KEY):
    """Clear with these rules."""
    return call_auction.clear(orders, CallAuctionRules(k=k, rationing=rationing), draws)


LIMITS_FEN = range(75, 326, 25)  # 0.75 to 3.25 yuan in steps of 0.25


@pytest.mark.parametrize("k", [0.0, 0.5, 1.0])
def test_smiths_first_market_clears_at_two(k):
    """Smith (1962), J. Political Economy 70:111, test 1: eleven buyers, eleven sellers.

    Bids 3.25, 3.00, ... meet asks 0.75, 1.00, ...; the sixth pair agrees exactly at 2.00, which is
    both ends of the interval. The surplus is 2.50 + 2.00 + 1.50 + 1.00 + 0.50 + 0 = 7.50.
    """
    orders = book(
        *[buy(price, 1, who=row, arrival=row / 11) for row, price in enumerate(LIMITS_FEN)],
        *[sell(price, 1, who=row, arrival=row / 11) for row, price in enumerate(LIMITS_FEN)],
    )
    out = clear(orders, k=k)
    assert set(out.matches.price_fen.tolist()) == {200}
    assert out.matches.tonnes.sum() == 6
    worth = out.filled * orders.price_fen
    assert worth[:11].sum() - worth[11:].sum() == 750
    assert out.filled.tolist() == [0] * 5 + [1] * 6 + [1] * 6 + [0] * 5


@pytest.mark.parametrize(("k", "price"), [(0.0, 2001), (0.5, 2500), (1.0, 3000)])
def test_k_chooses_the_point_of_the_interval(k, price):
    """One bid of 30.00, one ask of 20.01: 2001 + floor(0.5 * 999) = 2500."""
    out = clear(book(buy(3000, 10), sell(2001, 10)), k=k)
    assert deals(out) == [(0, 1, 10, price)]


@pytest.mark.parametrize(("k", "price"), [(0.0, 2500), (0.5, 2650), (1.0, 2800)])
def test_orders_that_do_not_trade_narrow_the_interval(k, price):
    """A bid of 25.00 and an ask of 28.00 are left; outside them one of both would want to trade."""
    orders = book(buy(3000, 10), sell(2000, 10), buy(2500, 5, who=1), sell(2800, 5, who=1))
    out = clear(orders, k=k)
    assert deals(out) == [(0, 1, 10, price)]
    assert out.unfilled.tolist() == [0, 0, 5, 5]


def test_a_partly_filled_order_sets_the_price():
    """The seller still has 5 t at 20.00, so the price cannot be higher."""
    out = clear(book(buy(3000, 10), sell(2000, 15)), k=1.0)
    assert deals(out) == [(0, 1, 10, 2000)]
    assert out.unfilled.tolist() == [0, 5]


def test_the_margin_is_shared_in_proportion():
    """37 of 100 t: parts 18.5, 11.1 and 7.4; the odd tonne goes to the largest remainder, 0.5."""
    orders = book(
        buy(2500, 37), sell(2000, 50, who=0, arrival=0.9), sell(2000, 30, who=1, arrival=0.2),
        sell(2000, 20, who=2, arrival=0.1),
    )
    assert clear(orders).filled.tolist() == [37, 19, 11, 7]


def test_two_odd_tonnes_go_to_the_two_largest_remainders():
    """38 of 100 t: parts 19.0, 11.4 and 7.6 make 37; 0.6 is the largest remainder. 39: 19.5, 11.7,
    7.8 make 37, so 0.8 and 0.7 get one each."""
    lots = [sell(2000, 50, who=0), sell(2000, 30, who=1), sell(2000, 20, who=2)]
    assert clear(book(buy(2500, 38), *lots)).filled.tolist() == [38, 19, 11, 8]
    assert clear(book(buy(2500, 39), *lots)).filled.tolist() == [39, 19, 12, 8]


def test_equal_remainders_go_by_arrival():
    """10 t for three lots of 10: 3.33 each, and the odd tonne to who came first."""
    orders = book(
        buy(2500, 10), sell(2000, 10, who=0, arrival=0.5), sell(2000, 10, who=1, arrival=0.1),
        sell(2000, 10, who=2, arrival=0.9),
    )
    assert clear(orders).filled.tolist() == [10, 3, 4, 3]


def test_buyers_are_rationed_alike():
    """7 t for bids of 6 and 8 at one price: 3 and 4."""
    out = clear(book(buy(2000, 6), buy(2000, 8, who=1), sell(1500, 7)))
    assert out.filled.tolist() == [3, 4, 7]


def test_rationing_by_time_serves_who_came_first():
    """37 t: the lots of 20 and, in part, of 30; the largest lot came last."""
    orders = book(
        buy(2500, 37), sell(2000, 50, who=0, arrival=0.9), sell(2000, 30, who=1, arrival=0.2),
        sell(2000, 20, who=2, arrival=0.1),
    )
    assert clear(orders, rationing="time").filled.tolist() == [37, 0, 17, 20]


def test_better_prices_are_served_before_the_margin():
    """The ask of 19.00 sells whole; only those at 20.00 share the rest of 30 t."""
    orders = book(
        buy(2500, 40), sell(1900, 10, arrival=0.9), sell(2000, 40, who=1), sell(2000, 20, who=2),
    )
    assert clear(orders, k=0.0).filled.tolist() == [40, 10, 20, 10]


@pytest.mark.parametrize(
    "orders",
    [
        book(),
        book(buy(3000, 10)),
        book(sell(2000, 10)),
        book(buy(1999, 10), sell(2000, 10)),  # nobody agrees
        book(buy(3000, 0), sell(2000, 10)),
        book(buy(3000, 10), sell(2000, 0)),
    ],
    ids=["empty", "no-sellers", "no-buyers", "apart", "nothing-wanted", "nothing-offered"],
)
def test_without_two_sides_that_agree_nothing_happens(orders):
    """Everything comes back unfilled."""
    out = clear(orders)
    assert len(out.matches) == 0
    assert out.filled.tolist() == [0] * len(orders)
    assert out.unfilled.tolist() == orders.quantity_t.tolist()


def test_an_order_of_nothing_changes_nothing():
    """Not even the interval of prices."""
    with_it = clear(book(buy(3000, 10), sell(2000, 10), buy(2900, 0, who=1), sell(2100, 0, who=1)))
    without = clear(book(buy(3000, 10), sell(2000, 10)))
    assert deals(with_it) == deals(without)


def test_credits_can_be_had_for_nothing():
    """A price of 0 fen is a price."""
    assert deals(clear(book(buy(0, 5), sell(0, 5)))) == [(0, 1, 5, 0)]


def test_pairs_follow_the_drawn_order():
    """Three buyers and three sellers of a tonne each, sorted by their draws and joined."""
    orders = book(*[buy(3000, 1, who=row) for row in range(3)],
                  *[sell(2000, 1, who=row) for row in range(3)])
    seen = set()
    for seed in range(1, 30):
        luck = [
            draw(seed, "call_auction.pairing", MONTH, int(order.agent_id), int(order.motive))
            for order in orders
        ]
        buyers = sorted(range(3), key=lambda row: luck[row])
        sellers = sorted(range(3, 6), key=lambda row: luck[row])
        found = [(b, s) for b, s, _, _ in deals(clear(orders, draws=DrawKey(seed, MONTH)))]
        assert found == list(zip(buyers, sellers, strict=True))
        seen.add(tuple(sorted(found)))
    assert len(seen) == 6  # every way of pairing comes up


def test_a_firm_with_two_motives_is_drawn_twice():
    """Its orders keep their own price and place; one firm can trade with both."""
    orders = book(
        buy(3000, 5), buy(4000, 5, motive=Motive.COMPLIANCE), sell(2000, 10),
    )
    out = clear(orders, k=0.0)
    assert out.filled.tolist() == [5, 5, 10]
    assert {int(m.buy) for m in out.matches} == {0, 1}


def test_a_large_order_is_paired_with_many():
    """8 t from lots of 3, 3 and 2: three deals, whatever the drawn order."""
    out = clear(book(buy(3000, 8), *[sell(2000, n, who=row) for row, n in enumerate((3, 3, 2))]))
    assert sorted(tonnes for _, _, tonnes, _ in deals(out)) == [2, 3, 3]


def test_the_margin_is_shared_among_the_largest_orders():
    """Six lots of the largest size, bids for five of them: each order is within its limits."""
    largest = 2_000_000_000
    orders = book(
        *[sell(2000, largest, who=row, arrival=row / 10) for row in range(6)],
        *[buy(2500, largest, who=row, arrival=row / 10) for row in range(5)],
    )
    out = clear(orders)
    assert out.filled[6:].tolist() == [largest] * 5
    assert out.filled[:6].sum() == 5 * largest
