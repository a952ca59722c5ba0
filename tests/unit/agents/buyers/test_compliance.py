"""The compliance motive: worked examples of every rule."""

import pytest

from agents.buyers.compliance import (
    compliance_limit,
    compliance_order,
    credits_admitted,
    emissions_covered,
    held_usable,
    offset_room,
    ordered_anywhere,
    share_by_now,
    wanted_by_now,
    wanted_of,
)
from tests.helpers import both


@pytest.mark.parametrize(
    ("obligation", "limit", "ratio", "room"),
    [
        (100_000, 0.05, 1.0, 5000),  # the national limit
        (100_000, 0.05, 0.5, 10_000),  # two credits for a tonne: twice as many
        (99, 0.05, 1.0, 4),  # 4.95 rounded down
        (19, 0.05, 1.0, 0),
        (100_000, 0.0, 1.0, 0),
        (100_000, 1.0, 1.0, 100_000),
    ],
)
def test_the_offset_limit_is_never_passed(obligation, limit, ratio, room):
    """A share of the obligation, in credits, rounded down."""
    assert both(offset_room, obligation, limit, ratio) == room
    assert room * ratio <= obligation * limit


def test_a_limit_of_whole_credits_is_used_whole():
    """29 % of 100 t are 29 credits; `emissions_covered` takes care of this, the room does not."""
    assert offset_room(100, 0.29, 1.0) == 29


@pytest.mark.parametrize(
    ("allowance", "rival", "premium", "ratio", "limit"),
    [
        (62.36, 70.76, 0.0, 1.0, 61.36),  # the allowance is cheaper; one yuan of transaction cost
        (80.0, 70.0, -5.0, 1.0, 64.0),  # the rival credit is cheaper: 70 - 5 - 1
        (60.0, 70.0, 0.0, 0.5, 29.0),  # half a tonne covered: 60 * 0.5 - 1
        (0.5, 70.0, 0.0, 1.0, 0.0),  # not worth the transaction
    ],
)
def test_a_credit_is_worth_what_it_replaces(allowance, rival, premium, ratio, limit):
    """The lesser of an allowance and a rival credit, less one yuan for the transaction."""
    found = both(compliance_limit, allowance, rival, premium, ratio, 1.0)
    assert found == pytest.approx(limit, rel=1e-14)


@pytest.mark.parametrize(
    ("gone", "pace", "wanted"),
    [
        (3, 1.0, 300),  # evenly: a quarter
        (6, 2.0, 300),  # late: (1/2)^2
        (1, 2.0, 8),  # 1200 / 144 = 8.33
        (6, 0.5, 848),  # early: sqrt(1/2) * 1200 = 848.5
    ],
)
def test_purchases_follow_the_pace(gone, pace, wanted):
    """Room for 1,200 credits, twelve months to the deadline."""
    assert both(wanted_by_now, 1200, gone, 12, pace) == wanted
    share = both(share_by_now, gone, 12, pace)
    assert 0.0 < share < 1.0
    assert both(wanted_of, 1200, share) == wanted


@pytest.mark.parametrize("pace", [0.1, 1.0, 2.0, 50.0])
@pytest.mark.parametrize("months", [2, 6, 12])
def test_the_whole_room_is_wanted_in_the_last_month(pace, months):
    """One to the power of anything is one."""
    assert both(wanted_by_now, 1234, months, months, pace) == 1234


def test_what_is_held_is_not_ordered_again():
    """And nobody orders less than nothing."""
    assert both(compliance_order, 300, 100) == 200
    assert both(compliance_order, 300, 300) == 0
    assert both(compliance_order, 100, 300) == 0


@pytest.mark.parametrize(
    ("credits", "ratio", "covered"),
    [
        (100, 1.0, 100),
        (100, 0.29, 29),  # 28.999999999999996 in floats
        (3, 0.5, 1),  # 1.5 rounded down
        (0, 1.0, 0),
    ],
)
def test_credits_cover_emissions_at_their_ratio(credits, ratio, covered):
    """Whole tonnes, rounded down."""
    assert both(emissions_covered, credits, ratio) == covered


@pytest.mark.parametrize(
    ("brought", "total", "most", "admitted"),
    [
        (30, 100, 100, 30), (30, 100, 200, 30), (30, 100, 50, 15), (33, 100, 50, 16),
        (33, 100, 0, 0), (0, 0, 0, 0),
        (4 * 10**14, 9 * 10**14, 5 * 10**14, 222_222_222_222_222),
    ],
)
def test_too_many_credits_are_admitted_pro_rata(brought, total, most, admitted):
    """Rounded down, also where the product has more than 64 bits."""
    assert both(credits_admitted, brought, total, most) == admitted


@pytest.mark.parametrize(
    ("apart", "local", "elsewhere", "usable"),
    [
        (False, 0, 0, 60),  # nobody has looked
        (True, 10, 100, 60),  # 10 + 50 elsewhere
        (True, 0, 100, 50),
        (True, 0, 20, 20),
        (True, 100, 100, 60),  # what is held for a quota counts for nothing here
    ],
)
def test_of_sixty_credits_those_are_usable_that_count(apart, local, elsewhere, usable):
    """Room for 100, half of it for local credits."""
    assert both(held_usable, 60, apart, local, elsewhere, 100, 0.5) == usable


@pytest.mark.parametrize(
    ("wanted", "elsewhere", "share", "anywhere"),
    [(100, 0, 1.0, 50), (100, 30, 1.0, 20), (100, 80, 1.0, 0), (10, 0, 1.0, 10), (30, 0, 0.3, 15)],
)
def test_what_only_local_credits_can_fill_is_ordered_of_them(wanted, elsewhere, share, anywhere):
    """Room for 100, half of it for local credits, as much of it as the pace asks for by now."""
    assert both(ordered_anywhere, wanted, elsewhere, 100, share, 0.5) == anywhere
