"""What holds for every session, whatever its strategy: the properties of the sealed rules."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from agents.population import empty
from agents.vocabulary import Side
from simulation.draws import DrawKey
from simulation.errors import InputError, InvariantError
from simulation.laboratory import Schedule, SessionRules
from simulation.laboratory.crowd import SEALED, Crowd, orders_of
from simulation.markets import continuous
from simulation.markets.protocol import MATCH_DTYPE
from simulation.markets.sessions import CONCEDING, session
from tests.properties.test_markets import CONTINUOUS, KEYS, books

LIMITS = st.integers(1, 30)
INSTITUTIONS = ("standing_book", "random_acceptance", *SEALED)
STRATEGIES = ("zi_u", "zi_c", "zip", "gd", "sniper", "truthful")


@st.composite
def markets(draw):
    """A few traders a side with a few units each, the best first."""
    sides = [
        tuple(
            tuple(sorted(draw(st.lists(LIMITS, min_size=1, max_size=3)), reverse=buying))
            for _ in range(draw(st.integers(1, 4)))
        )
        for buying in (True, False)
    ]
    return Schedule("random", "", "", "", *sides, 1, 30, 15.0)


RULES = st.builds(
    SessionRules, institution=st.sampled_from(INSTITUTIONS), buyers=st.sampled_from(STRATEGIES),
    sellers=st.sampled_from(STRATEGIES), shouts=st.integers(1, 60), failures=st.integers(1, 20),
    ends_with_a_side=st.booleans(),
)


def holds(orders, out, *, buyers_look=True, sellers_look=True):
    """No unit is lost or made, what is bought is sold, and nobody who looks at a limit breaks it.
    """
    np.testing.assert_array_equal(out.filled + out.unfilled, orders.quantity_t)
    assert (out.filled >= 0).all()
    assert (out.unfilled >= 0).all()
    buys = orders.side == Side.BUY
    assert out.filled[buys].sum() == out.filled[~buys].sum() == out.matches.tonnes.sum()
    for side, name in ((buys, "buy"), (~buys, "sell")):
        moved = np.zeros(len(orders), dtype=np.int64)
        np.add.at(moved, out.matches[name], out.matches.tonnes)
        np.testing.assert_array_equal(moved[side], out.filled[side])
        assert side[out.matches[name]].all()
    assert (out.matches.tonnes > 0).all()
    assert (out.matches.seller_price_fen <= out.matches.price_fen).all()
    if buyers_look:
        assert (out.matches.price_fen <= orders.price_fen[out.matches.buy]).all()
    if sellers_look:
        assert (out.matches.seller_price_fen >= orders.price_fen[out.matches.sell]).all()


@settings(max_examples=400, deadline=None)
@given(markets(), RULES, st.integers(0, 2**63 - 1))
def test_a_laboratory_day_loses_no_unit_and_breaks_no_limit(market, rules, seed):
    """Two days of one crowd, which learns; its orders stay as they are."""
    try:
        crowd = Crowd(market, rules, seed)
    except InputError:
        assume(False)
    orders = orders_of(market)
    before = orders.copy()
    for day in range(2):
        out = session(orders, crowd, rules, DrawKey(seed, day))
        np.testing.assert_array_equal(orders, before)
        holds(orders, out, buyers_look=rules.buyers != "zi_u", sellers_look=rules.sellers != "zi_u")
        if rules.institution != "mcafee":
            np.testing.assert_array_equal(out.matches.price_fen, out.matches.seller_price_fen)
        for row in np.unique(orders.row):
            own = out.filled[orders.row == row]
            # The best unit first: nobody trades a unit before the better ones.
            assert (np.diff(own) <= 0).all()


@settings(max_examples=200, deadline=None)
@given(markets(), RULES, st.integers(0, 2**31), st.integers(0, 11))
def test_who_has_fewer_orders_today_trades_no_more(market, rules, seed, taken_out):
    """Any order may be missing: what it stood for is not traded, and nobody stumbles over it."""
    try:
        crowd = Crowd(market, rules, seed)
    except InputError:
        assume(False)
    orders = orders_of(market)
    session(orders, crowd, rules, DrawKey(seed, 0))
    fewer = orders[np.arange(len(orders)) != taken_out]
    out = session(fewer, crowd, rules, DrawKey(seed, 1))
    holds(fewer, out, buyers_look=rules.buyers != "zi_u", sellers_look=rules.sellers != "zi_u")


@settings(max_examples=200, deadline=None)
@given(books(), CONTINUOUS, KEYS)
def test_continuous_trading_is_a_session_of_conceding_traders(book, rules, key):
    """Deal by deal what the pricing rule does."""
    out = session(book, CONCEDING, rules, key)
    plain = continuous.clear(book, rules, key)
    holds(book, out)
    for ours, theirs in zip(out, plain, strict=True):
        np.testing.assert_array_equal(ours, theirs)


MARKET = Schedule("two", "", "", "", ((9, 8),), ((1,), (2,)), 1, 10, 5.0)


@pytest.mark.parametrize("institution", INSTITUTIONS)
def test_sessions_in_these_properties_trade(institution):
    """Examples without a deal would prove nothing: truthful traders who gain do trade."""
    rules = SessionRules(institution=institution, buyers="truthful", sellers="truthful")
    crowd = Crowd(MARKET, rules, 1)
    assert len(session(orders_of(MARKET), crowd, rules, DrawKey(1, 0)).matches) > 0


@pytest.mark.parametrize(
    ("matches", "broken"),
    [
        ([(0, 2, 1)], False), ([(2, 0, 1)], True), ([(0, 2, 2)], True), ([(0, 2, 0)], True),
        ([(0, 2, 1), (0, 3, 1)], True), ([(0, 1, 1)], True),
    ],
)
def test_a_strategy_that_makes_units_up_is_stopped(matches, broken):
    """A wrong side, too much, nothing, the same unit twice."""

    class Careless:
        def trade(self, orders, rules, draws):
            found = empty(MATCH_DTYPE, len(matches))
            for row, match in enumerate(matches):
                found[row] = (*match, 5, 5)
            return found

    if not broken:
        holds(orders_of(MARKET), session(orders_of(MARKET), Careless(), None, DrawKey(1, 0)))
        return
    with pytest.raises(InvariantError, match="nobody ordered"):
        session(orders_of(MARKET), Careless(), None, DrawKey(1, 0))


def test_a_crowd_refuses_what_is_not_its_own():
    """Other rules, a trader that is not there, more units than it has room for."""
    rules = SessionRules()
    crowd, orders = Crowd(MARKET, rules, 1), orders_of(MARKET)
    with pytest.raises(InputError, match="by the rules with which it was made"):
        session(orders, crowd, SessionRules(shouts=3), DrawKey(1, 0))
    for name, value in (("row", 3), ("side", Side.SELL.value), ("quantity_t", 3)):
        other = orders.copy()
        other[name][0] = value
        with pytest.raises(InputError, match="order 0: row"):
            session(other, crowd, rules, DrawKey(1, 0))
    free = orders.copy()
    free.price_fen[0] = 0
    with pytest.raises(InputError, match="a limit is not within"):
        session(free, crowd, rules, DrawKey(1, 0))
