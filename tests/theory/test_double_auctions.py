"""Double auctions against their theory: worked examples, largest surplus, and what truth gains."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from simulation.markets import call_auction, mcafee
from simulation.markets.call_auction import CallAuctionRules
from simulation.markets.mcafee import McAfeeRules
from tests.unit.simulation.markets.books import KEY, book, buy, sell

# A slow machine is no counterexample.
patient = settings(deadline=None)
SMITH_FEN = list(range(75, 350, 25))
CASE_B = ([1000, 800, 600, 100], [100, 300, 500, 550])


def single_units(bids, asks):
    """A book of orders of one unit each; earlier in the list is earlier in the month."""
    late = len(bids) + len(asks)
    return book(
        *[buy(price, 1, who=row, arrival=row / late) for row, price in enumerate(bids)],
        *[sell(price, 1, who=row, arrival=(len(bids) + row) / late)
          for row, price in enumerate(asks)],
    )


def cleared(bids, asks):
    """Trades by order, and what a buyer pays and a seller gets; None where nobody trades."""
    out = mcafee.clear(single_units(bids, asks), McAfeeRules(), KEY)
    prices = set(zip(
        out.matches.price_fen.tolist(), out.matches.seller_price_fen.tolist(), strict=True
    ))
    assert len(prices) <= 1
    paid, received = next(iter(prices), (None, None))
    return out.filled[: len(bids)].tolist(), out.filled[len(bids) :].tolist(), paid, received


def by_the_paper(bids, asks):
    """McAfee (1992) for units, as it is written there: trades, and both prices."""
    ranked_bids, ranked_asks = sorted(bids, reverse=True), sorted(asks)
    pairs = zip(ranked_bids, ranked_asks, strict=False)
    k = sum(bid >= ask for bid, ask in pairs)
    if k == 0:
        return 0, None, None
    bid, ask = ranked_bids[k - 1], ranked_asks[k - 1]
    if k < len(bids) and k < len(asks):
        candidate = (ranked_bids[k] + ranked_asks[k]) // 2
        if ask <= candidate <= bid:
            return k, candidate, candidate
    return (k - 1, bid, ask) if k > 1 else (0, None, None)


def test_mcafees_case_a_trades_at_one_price():
    """Smith's schedule: k = 6, candidate (1.75 + 2.25) / 2 = 2.00, which suits the sixth pair."""
    bought, sold, paid, received = cleared(SMITH_FEN, SMITH_FEN)
    assert (sum(bought), sum(sold), paid, received) == (6, 6, 200, 200)


def test_mcafees_case_b_gives_up_one_trade():
    """The candidate 3.25 is not in [5, 6]: two trades, buyers pay 6, sellers get 5, 2 are kept."""
    bids, asks = CASE_B
    bought, sold, paid, received = cleared(bids, asks)
    assert (bought, sold, paid, received) == ([1, 1, 0, 0], [1, 1, 0, 0], 600, 500)
    kept = 2 * (paid - received)
    gains = 1000 + 800 - 100 - 300
    assert (kept, gains) == (200, 1400)
    assert gains / (gains + 600 - 500) == pytest.approx(14 / 15)


units = st.lists(st.integers(0, 12), max_size=6)


@patient
@given(units, units)
def test_single_units_clear_as_in_the_paper(bids, asks):
    """Number of trades and prices; the highest bids and the lowest asks are served."""
    bought, sold, paid, received = cleared(bids, asks)
    assert (sum(bought), paid, received) == by_the_paper(bids, asks)
    assert sum(sold) == sum(bought)
    for served, limits, sign in ((bought, bids, 1), (sold, asks, -1)):
        inside = [sign * limit for limit, one in zip(limits, served, strict=True) if one]
        outside = [sign * limit for limit, one in zip(limits, served, strict=True) if not one]
        assert not inside or not outside or min(inside) >= max(outside)


@patient
@given(units, units)
def test_at_most_one_trade_is_given_up(bids, asks):
    """That of the pair with the least to gain."""
    bought, _, _, _ = cleared(bids, asks)
    agreed = sum(
        bid >= ask
        for bid, ask in zip(sorted(bids, reverse=True), sorted(asks), strict=False)
    )
    assert sum(bought) in (agreed, agreed - 1, 0)


@settings(deadline=None, max_examples=200)
@given(units, units, st.integers(0, 11), st.integers(0, 13))
def test_no_misstatement_gains_with_single_units(bids, asks, who, stated):
    """McAfee (1992): truth is weakly dominant for buyers and for sellers."""
    if not bids or not asks:
        return
    for is_buyer, limits in ((True, bids), (False, asks)):
        row = who % len(limits)
        value = limits[row]
        changed = [*limits[:row], stated, *limits[row + 1 :]]
        results = []
        for now in (limits, changed):
            bought, sold, paid, received = cleared(
                now if is_buyer else bids, asks if is_buyer else now
            )
            if is_buyer:
                results.append(value - paid if bought[row] else 0)
            else:
                results.append(received - value if sold[row] else 0)
        truthful, misstated = results
        assert misstated <= truthful


def test_a_buyer_of_many_units_may_gain_by_misstating():
    """The promise is for single units: a large order moves the margin that prices all its units.

    Two units wanted at 6; offered at 0, 4 and 9; a rival bids 3. Truth: both units trade at
    (3 + 9) / 2 = 6. Stated with a limit of 3 one unit trades, at (3 + 4) / 2, rounded down.
    """
    asks = [sell(price, 1, who=row, arrival=row / 10) for row, price in enumerate((0, 4, 9))]
    results = []
    for limit in (6, 3):
        orders = book(buy(limit, 2, arrival=0.5), buy(3, 1, who=1, arrival=0.6), *asks)
        mine = mcafee.clear(orders, McAfeeRules(), KEY).matches
        assert (mine.buy == 0).all()
        results.append(int((mine.tonnes * (6 - mine.price_fen)).sum()))
    assert results == [0, 3]


def test_an_order_that_trades_in_part_does_not_suggest_the_price():
    """15 t wanted at 30, 10 t offered at 20; outside are 22 and 31: the price is 26.50."""
    out = mcafee.clear(
        book(buy(3000, 15), buy(2200, 5, who=1), sell(2000, 10), sell(3100, 5, who=1)),
        McAfeeRules(), KEY,
    )
    assert out.matches.price_fen.tolist() == out.matches.seller_price_fen.tolist() == [2650]


orders = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 5)), max_size=5)


@patient
@given(orders, orders, st.sampled_from([0.0, 0.5, 1.0]))
def test_the_call_auction_reaches_the_largest_surplus(bids, asks, k):
    """The linear programme over all matchings finds no more."""
    out = call_auction.clear(
        book(
            *[buy(price, tonnes, who=row, arrival=row / 20)
              for row, (price, tonnes) in enumerate(bids)],
            *[sell(price, tonnes, who=row, arrival=0.5 + row / 20)
              for row, (price, tonnes) in enumerate(asks)],
        ),
        CallAuctionRules(k=k), KEY,
    )
    limits = np.array([price for price, _ in bids] + [-price for price, _ in asks])
    surplus = int((limits * out.filled).sum())
    best = 0.0
    if bids and asks:
        gain = np.array([[bid - ask for ask, _ in asks] for bid, _ in bids], dtype=float)
        rows = np.kron(np.eye(len(bids)), np.ones(len(asks)))
        columns = np.kron(np.ones(len(bids)), np.eye(len(asks)))
        found = linprog(
            -gain.ravel(), A_ub=np.vstack((rows, columns)),
            b_ub=[tonnes for _, tonnes in bids] + [tonnes for _, tonnes in asks],
        )
        best = -found.fun
    assert surplus == pytest.approx(best, abs=1e-9)
