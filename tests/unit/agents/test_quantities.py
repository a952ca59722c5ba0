"""Where a float becomes a count."""

import math

import pytest

from agents.quantities import (
    FEN_PER_YUAN,
    LARGEST_COUNT,
    share_of,
    to_fen,
    to_tonnes,
    worth_fen,
)
from tests.helpers import both


@pytest.mark.parametrize(
    ("yuan", "fen"),
    [
        (30.0, 3000),  # the guide price
        (0.0, 0),
        (0.29, 29),  # 0.29 * 100 is 28.999999999999996: the nearest fen, not the one below
        (0.004, 0),
        (0.005, 1),  # half a fen goes up
        (0.015, 2),  # 1.5 goes up
        (-0.005, 0),  # up means towards the larger number, not away from zero
        (-0.015, -1),
        (-1.0, -100),
        (2_100_000.0, 210_000_000),  # the Ziyang deal
    ],
)
def test_money_becomes_the_nearest_fen(yuan, fen):
    """One yuan is a hundred fen; half a fen goes up."""
    assert both(to_fen, yuan) == fen


@pytest.mark.parametrize(
    ("amount", "tonnes"),
    [(0.0, 0), (0.999999, 0), (1.0, 1), (3.999, 3), (193_002.7, 193_002), (-0.5, -1)],
)
def test_a_part_of_a_tonne_is_never_counted(amount, tonnes):
    """Rounded down, so nothing is credited that has not grown."""
    assert both(to_tonnes, amount) == tonnes


@pytest.mark.parametrize("rule", [to_fen, to_tonnes])
@pytest.mark.parametrize("amount", [math.nan, math.inf, -math.inf, 1e16, -1e16])
@pytest.mark.parametrize("compiled", [True, False])
def test_what_cannot_be_counted_is_refused(rule, amount, compiled):
    """A float that is no number, or past 2**53, would become an arbitrary count."""
    function = rule if compiled else getattr(rule, "py_func", rule)
    with pytest.raises(OverflowError, match="not a number or too large"):
        function(amount)


def test_the_largest_count_is_where_floats_skip_whole_numbers():
    """2**53 + 1 is no float: it reads as 2**53."""
    assert LARGEST_COUNT == 2**53
    assert float(2**53 + 1) == float(2**53)
    assert both(to_tonnes, LARGEST_COUNT - 1) == 2**53 - 1
    with pytest.raises(OverflowError):
        to_tonnes(LARGEST_COUNT)


def test_the_limit_of_money_is_in_fen():
    """The product with a hundred must stay below the limit, not the amount in yuan."""
    assert FEN_PER_YUAN == 100
    assert both(to_fen, 9.0e13) == 9_000_000_000_000_000
    with pytest.raises(OverflowError):
        to_fen(9.1e13)


@pytest.mark.parametrize(
    ("part", "whole", "amount"),
    [
        (3, 10, 7),  # 21 / 10
        (0, 10, 7),
        (10, 10, 10),
        (2_000_000_000, 12_000_000_000, 10_000_000_000),  # the product passes 64 bits
        (2_000_000_000, 999_999_999_999_999_989, 999_999_999_999_999_937),
    ],
)
def test_a_share_is_exact_beyond_64_bits(part, whole, amount):
    """Python's whole numbers have no end, so they are the judge."""
    assert both(share_of, part, whole, amount) == divmod(part * amount, whole)


def test_money_for_tonnes_is_exact_or_refused():
    """70,000 t at 30.00 yuan are 2,100,000.00 yuan; what 53 bits do not hold is refused."""
    assert both(worth_fen, 70_000, 3_000) == 210_000_000
    for form in (worth_fen, worth_fen.py_func):
        with pytest.raises(OverflowError, match="too large to count"):
            form(2_000_000_000, 5_000_000)
