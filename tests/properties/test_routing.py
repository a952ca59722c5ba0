"""What holds where credits are not all alike: books by class, under every pricing rule."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.parameters import record_of
from agents.population import empty
from agents.vocabulary import Eligibility, Motive, Side
from simulation.markets import MECHANISMS as MODULES
from simulation.markets.protocol import MATCH_DTYPE, book_of
from simulation.markets.routing import match_book, match_by_class
from tests.properties.test_markets import KEYS, MECHANISMS

ANY, ELIGIBLE, LOCAL = (int(kind) for kind in Eligibility)
PRICES = st.sampled_from([1999, 2000, 2001, 2500, 3000])


RULE_TYPES = {
    module: next(
        value for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__
    )
    for module in MODULES.values()
}


@st.composite
def books(draw):
    """Orders of three provinces: sellers of both kinds, buyers of all three."""
    count = draw(st.integers(0, 14))
    arrivals = draw(st.permutations(range(count)))
    orders = []
    for row in range(count):
        sells = draw(st.booleans())
        kind = draw(st.sampled_from([ANY, ELIGIBLE] if sells else [ANY, ELIGIBLE, LOCAL]))
        motive = Motive.SUPPLY if sells else Motive.COMPLIANCE if kind else Motive.VOLUNTARY
        province = draw(st.integers(0, 2))
        if sells and draw(st.integers(0, 9)) == 0:
            motive, province = Motive.PUBLIC, -1
        orders.append((
            (101 if sells else 201) * 1_000_000 + row, Side.SELL if sells else Side.BUY, motive,
            draw(PRICES), 2 * draw(st.integers(0, 6)), (arrivals[row] + 0.5) / count, province,
            kind,
        ))
    return book_of(orders)


def records(mechanism):
    """One record for each pricing rule, that of the one in force as drawn."""
    module, rules = mechanism
    kept = [
        record_of(rules if other is module else rules_type())[0]
        for other, rules_type in RULE_TYPES.items()
    ]
    code = next(name for name, other in MODULES.items() if other is module)
    return int(code), kept


def run(match, mechanism, book, key, lot):
    """Matches and fills."""
    code, kept = records(mechanism)
    filled, matches = np.zeros(len(book), dtype=np.int64), empty(MATCH_DTYPE, 2 * len(book) + 1)
    found = match(code, book, *kept, lot, key.seed, key.month, filled, matches)
    return matches[:found], filled


def step_by_step(mechanism, book, key, lot):
    """The three steps, each a plain book of its own."""
    filled, found = np.zeros(len(book), dtype=np.int64), []
    sells = book.side == Side.SELL
    steps = [
        (~sells & (book.eligibility == LOCAL) & (book.province == province),
         sells & (book.eligibility == ELIGIBLE) & (book.province == province))
        for province in range(3)
    ]
    steps.append((~sells & (book.eligibility == ANY), sells & (book.eligibility == ANY)))
    steps.append((~sells & (book.eligibility != LOCAL), sells & (book.eligibility == ELIGIBLE)))
    for bids, asks in steps:
        rows = np.flatnonzero(bids | asks)
        part = book[rows].copy()
        part.quantity_t -= filled[rows]
        matches, got = run(match_book, mechanism, part, key, lot)
        filled[rows] += got
        found += [
            (int(rows[m.buy]), int(rows[m.sell]), int(m.tonnes), int(m.price_fen)) for m in matches
        ]
    return found, filled


@settings(max_examples=300)
@given(books(), MECHANISMS, KEYS, st.sampled_from([1, 2]))
def test_buyers_get_what_they_accept_and_the_steps_are_those_that_are_stated(
    book, mechanism, key, lot
):
    """No unit lost, no limit broken, no credit where it does not count; nothing changed."""
    before = book.copy()
    matches, filled = run(match_by_class, mechanism, book, key, lot)
    assert (book == before).all()
    bids, asks = book[matches.buy], book[matches.sell]
    assert (asks.eligibility >= np.minimum(bids.eligibility, ELIGIBLE)).all()
    local = bids.eligibility == LOCAL
    assert (asks.province[local] == bids.province[local]).all()
    got = np.zeros(len(book), dtype=np.int64)
    np.add.at(got, matches.buy, matches.tonnes)
    np.add.at(got, matches.sell, matches.tonnes)
    np.testing.assert_array_equal(got, filled)
    assert (filled <= book.quantity_t).all()
    found, expected = step_by_step(mechanism, book, key, lot)
    assert found == [
        (int(m.buy), int(m.sell), int(m.tonnes), int(m.price_fen)) for m in matches
    ]
    np.testing.assert_array_equal(filled, expected)


@settings(max_examples=100)
@given(books(), MECHANISMS, KEYS)
def test_credits_that_are_all_alike_make_one_book(book, mechanism, key):
    """Where all count and nobody asks for local ones, routing changes nothing."""
    book.eligibility = np.where(book.side == Side.SELL, ELIGIBLE, book.eligibility % 2)
    routed, filled = run(match_by_class, mechanism, book, key, 1)
    plain, expected = run(match_book, mechanism, book, key, 1)
    assert (routed == plain).all()
    np.testing.assert_array_equal(filled, expected)
