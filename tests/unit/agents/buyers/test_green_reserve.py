"""The green reserve: what a credit is worth that may count later, and how many are wanted."""

import pytest

from agents.buyers.green_reserve import reserve_limit, reserve_wanted
from tests.helpers import both


@pytest.mark.parametrize(
    ("chance", "value_then", "outside", "limit"),
    [
        (0.8, 60.0, 30.0, 54.0),
        (0.0, 60.0, 30.0, 30.0),
        (1.0, 60.0, 0.0, 60.0),
        (0.8, 20.0, 30.0, 30.0),  # the better use, though it counts
    ],
)
def test_a_credit_is_worth_the_chance_of_its_better_use(chance, value_then, outside, limit):
    """Without discount and cost."""
    assert both(reserve_limit, chance, value_then, outside, 0.0, 0.0, 12) == pytest.approx(limit)


def test_waiting_costs():
    """Half a year at 21 % is a tenth; then half of the yearly cost, and never below nothing."""
    assert both(reserve_limit, 1.0, 55.0, 30.0, 0.21, 2.0, 6) == pytest.approx(50.0 - 1.0)
    assert both(reserve_limit, 0.1, 1.0, 1.0, 0.05, 100.0, 12) == 0.0


@pytest.mark.parametrize(
    ("size", "room", "held", "wanted"),
    [(500, 300.9, 0, 300), (500, 300.9, 120, 180), (100, 300.0, 120, 100), (500, 300.0, 400, 0)],
)
def test_no_more_is_wanted_than_one_deadline_can_take(size, room, held, wanted):
    """What is held already fills the room."""
    assert both(reserve_wanted, size, room, held) == wanted
