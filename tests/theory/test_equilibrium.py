"""The competitive equilibrium of a book of true values and costs, exact to the fen."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.theory.equilibrium import competitive_equilibrium, efficiency_of

# A slow machine is no counterexample.
patient = settings(deadline=None)

SMITH_FEN = list(range(75, 350, 25))

# Gode and Sunder (1993), markets 1 to 4: values, costs; price, efficient volume, maximum surplus,
# and the efficiency if every unit trades. Six buyers and six sellers hold the schedule each.
GODE_SUNDER = [
    ([102, 97, 92, 87, 82, 77], [34, 46, 58, 70, 82, 94], 82, 24, 1020, 90.00),
    ([117, 105, 93, 81, 69, 57], [49, 54, 59, 64, 69, 74], 69, 24, 1020, 90.00),
    ([133, 95, 90], [90, 95, 100], 95, 6, 258, 76.74),
    ([180, 175, 170, 165, 160], [90, 142, 170, 190, 198], 170, 12, 738, 48.78),
]

steps = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3)), max_size=4)


@st.composite
def books(draw):
    """Small books: values, tonnes wanted, costs, tonnes offered."""
    buyers, sellers = draw(steps), draw(steps)
    return (
        [value for value, _ in buyers], [tonnes for _, tonnes in buyers],
        [cost for cost, _ in sellers], [tonnes for _, tonnes in sellers],
    )


@st.composite
def books_with_deals(draw):
    """A book, and deals in which random units of it meet."""
    book = draw(books())
    buyers = draw(st.permutations(units(range(len(book[0])), book[1])))
    sellers = draw(st.permutations(units(range(len(book[2])), book[3])))
    deals = draw(st.integers(0, min(len(buyers), len(sellers))))
    return book, (buyers[:deals], sellers[:deals], [1] * deals)


def units(things, tonnes):
    """Each thing as often as it has tonnes."""
    return [thing for thing, often in zip(things, tonnes, strict=True) for _ in range(often)]


def best_by_trying(book, volume):
    """Largest surplus of so many tonnes, all ways of choosing sellers tried.

    For given sellers the best buyers are those with the highest values.
    """
    values = sorted(units(book[0], book[1]), reverse=True)[:volume]
    costs = units(book[2], book[3])[:6]
    return max(sum(values) - sum(chosen) for chosen in permutations(costs, volume))


def at_price(book, price):
    """Fewest and most tonnes that buyers want and sellers offer at a price."""
    values, wanted, costs, offered = (np.array(part, dtype=int) for part in book)
    return (
        (wanted[values > price].sum(), wanted[values >= price].sum()),
        (offered[costs < price].sum(), offered[costs <= price].sum()),
    )


def test_smith_schedule_in_whole_fen():
    """Smith (1962), test 1: five gainful trades, a sixth without gain, surplus 7.50 yuan."""
    ones = [1] * 11
    found = competitive_equilibrium(SMITH_FEN, ones, SMITH_FEN, ones)
    assert found == (200, 200, 5, 6, 750)
    assert all(type(number) is int for number in found)


def test_smith_schedule_in_yuan():
    yuan = [fen / 100 for fen in SMITH_FEN]
    found = competitive_equilibrium(yuan, np.ones(11), yuan[::-1], np.ones(11))
    assert found == pytest.approx((2.00, 2.00, 5, 6, 7.50), abs=1e-12)


@pytest.mark.parametrize(("values", "costs", "price", "volume", "surplus", "all_trade"),
                         GODE_SUNDER)
def test_gode_sunder_schedules(values, costs, price, volume, surplus, all_trade):
    """What each market could give, and what is left if the wrong people trade too (ZI-U)."""
    sixes = [6] * len(values), [6] * len(costs)
    book = values, sixes[0], costs, sixes[1]
    found = competitive_equilibrium(*book)
    assert (found.price_low, found.price_high, found.volume_low) == (price, price, volume)
    assert found.maximum_surplus == surplus
    rows = range(len(values))
    everyone = efficiency_of(*book, (rows, rows, sixes[0]))
    assert round(100 * everyone.share, 2) == all_trade
    assert (everyone.not_made, everyone.wrong_people) == (0, surplus - everyone.realised)


def test_a_trade_that_is_not_made_is_not_the_fault_of_those_who_trade():
    """McAfee (1992), case B: two of three trades, gains 14 of 15."""
    book = [10, 8, 6, 1], [1] * 4, [1, 3, 5, 5.5], [1] * 4
    found = efficiency_of(*book, ([0, 1], [1, 0], [1, 1]))
    assert found.share == pytest.approx(14 / 15, abs=1e-12)
    assert (found.not_made, found.wrong_people) == (1.0, 0.0)


def test_an_outsider_who_displaces_a_buyer_is_the_wrong_person():
    """One tonne trades, as it should, but the buyer is worth 6 and not 10."""
    book = [10, 6], [1, 1], [4], [1]
    found = efficiency_of(*book, ([1], [0], [1]))
    assert found == (2 / 6, 2, 6, 0, 4)


@patient
@given(books())
def test_maximum_surplus_is_what_trying_everything_finds(book):
    """Sellers beyond the sixth tonne are cut off: the search tries every order of the rest."""
    costs = units(book[2], book[3])[:6]
    book = book[0], book[1], costs, [1] * len(costs)
    largest = min(len(units(book[0], book[1])), len(costs))
    tried = [best_by_trying(book, volume) for volume in range(largest + 1)]
    found = competitive_equilibrium(*book)
    assert found.maximum_surplus == max(tried)
    best = [volume for volume, surplus in enumerate(tried) if surplus == max(tried)]
    assert (found.volume_low, found.volume_high) == (best[0], best[-1])


@patient
@given(books(), st.integers(0, 26))
def test_a_price_clears_if_and_only_if_it_is_in_the_interval(book, half):
    """At each price of the interval every volume of the other is wanted and offered; else none."""
    price = half / 2
    found = competitive_equilibrium(*book)
    (wanted_low, wanted_high), (offered_low, offered_high) = at_price(book, price)
    volumes = max(wanted_low, offered_low), min(wanted_high, offered_high)
    if found.price_low <= price <= found.price_high:
        assert volumes[0] <= found.volume_low <= found.volume_high <= volumes[1]
    else:
        assert volumes[0] > volumes[1]


@patient
@given(books_with_deals())
def test_losses_add_up_and_are_charged_to_the_right_cause(example):
    book, deals = example
    found = efficiency_of(*book, deals)
    best = competitive_equilibrium(*book)
    tonnes = len(deals[2])
    values, costs = sorted(units(*book[:2]), reverse=True), sorted(units(*book[2:]))
    of_these = sum(values[:tonnes]) - sum(costs[:tonnes])
    assert found.realised == sum(
        book[0][buyer] - book[2][seller] for buyer, seller, _ in zip(*deals, strict=True)
    )
    assert found.realised + found.not_made + found.wrong_people == best.maximum_surplus
    assert found.not_made >= 0
    assert found.wrong_people >= 0
    if tonnes >= best.volume_low:
        assert found.not_made == 0
    else:
        assert found.not_made == best.maximum_surplus - of_these > 0
    assert (found.share is None) == (best.maximum_surplus == 0)


@patient
@given(books(), st.randoms())
def test_the_order_of_the_rows_does_not_matter(book, luck):
    rows = [list(zip(*book[side : side + 2], strict=True)) for side in (0, 2)]
    for side in rows:
        luck.shuffle(side)
    mixed = [[row[part] for row in side] for side in rows for part in (0, 1)]
    assert competitive_equilibrium(*mixed) == competitive_equilibrium(*book)


def test_fen_are_counted_exactly_beyond_64_bits():
    """One order of 2e12 t at a million yuan/t is more than 64 bits hold."""
    rows, tonnes, value = 100, 2_000_000_000_000, 100_000_000
    book = [value] * rows, [tonnes] * rows, [1] * rows, [tonnes] * rows
    found = competitive_equilibrium(*book)
    assert found.maximum_surplus == rows * tonnes * (value - 1)
    sold = efficiency_of(*book, ([0], [99], [tonnes]))
    assert sold.not_made == (rows - 1) * tonnes * (value - 1)


@pytest.mark.parametrize(
    ("book", "prices"),
    [
        (([], [], [], []), (0, math.inf)),
        (([5], [1], [], []), (5, math.inf)),
        (([], [], [7], [1]), (0, 7)),
        (([5], [1], [7], [1]), (5, 7)),
        (([5], [0], [3], [1]), (0, 3)),
    ],
)
def test_where_nothing_can_trade_the_interval_keeps_both_sides_away(book, prices):
    found = competitive_equilibrium(*book)
    assert found == (*prices, 0, 0, 0)
    assert efficiency_of(*book, ([], [], [])).share is None


@pytest.mark.parametrize(
    ("book", "deals", "says"),
    [
        (([5], [1, 2], [3], [1]), None, "demanded_t has 2"),
        (([-5], [1], [3], [1]), None, r"values\[0\] = -5"),
        (([5.0], [1], [math.nan], [1]), None, r"costs\[0\] = nan"),
        (([5], [1], [3], [1]), ([0], [0], [2]), "trades 2 t and has 1"),
        (([5], [1], [3], [1]), ([1], [0], [1]), "list of 1 steps"),
        (([5], [1], [3], [1]), ([0, 0], [0], [1]), "one of each a deal"),
    ],
)
def test_what_is_no_book_is_refused(book, deals, says):
    with pytest.raises(InputError, match=says):
        competitive_equilibrium(*book) if deals is None else efficiency_of(*book, deals)
