"""Taking part, and being turned away."""

import pytest

from agents.sellers.participation import passes_screening, takes_part
from tests.helpers import both


@pytest.mark.parametrize(
    ("cost", "taken"), [(0.0, True), (14.99, True), (15.0, True), (15.01, False), (50.0, False)]
)
def test_who_gains_takes_part(cost, taken):
    """At 20 yuan and 5 of verification, 15 are left for the cost."""
    assert both(takes_part, 20.0, 5.0, cost) == taken


def test_a_price_below_verification_draws_nobody():
    """Not even those who have no cost."""
    assert not both(takes_part, 4.99, 5.0, 0.0)
    assert both(takes_part, 5.0, 5.0, 0.0)


@pytest.mark.parametrize(
    ("additional", "draw", "passed"),
    [(False, 0.79, False), (False, 0.81, True), (True, 0.79, True), (True, 0.0001, True)],
)
def test_screening_finds_four_in_five_and_turns_no_honest_one_away(additional, draw, passed):
    """With a detection of 80 %."""
    assert both(passes_screening, additional, 0.8, draw) == passed


def test_ends_of_detection():
    """Nobody is found, or everybody."""
    assert both(passes_screening, False, 0.0, 1e-10)
    assert not both(passes_screening, False, 1.0, 1.0 - 1e-10)
