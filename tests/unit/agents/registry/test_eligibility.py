"""Which credits count: windows, limits on what comes from elsewhere, and the use of both."""

import pytest

from agents.registry.choosing import standing_of
from agents.registry.eligibility import elsewhere_room, usable_credits, vintage_counts
from agents.vocabulary import Standing
from tests.helpers import both

JANUARY_2024 = 2024 * 12


@pytest.mark.parametrize(
    ("start", "end", "first", "last", "counts"),
    [
        (JANUARY_2024, JANUARY_2024 + 11, 0, 0, True),
        (JANUARY_2024, JANUARY_2024 + 11, 2024, 2024, True),
        # A month before the window, or behind it, is enough.
        (JANUARY_2024 - 1, JANUARY_2024 + 11, 2024, 0, False),
        (JANUARY_2024, JANUARY_2024 + 12, 0, 2024, False),
        (JANUARY_2024 - 264, JANUARY_2024 - 1, 0, 2023, True),
        (JANUARY_2024 - 264, JANUARY_2024 - 1, 2002, 2023, True),
        (JANUARY_2024 - 264, JANUARY_2024 - 1, 2003, 2023, False),
    ],
)
def test_the_whole_monitoring_period_must_lie_in_the_window(start, end, first, last, counts):
    """January and December are the edges; 0 means no end."""
    assert both(vintage_counts, start, end, first, last) is counts


@pytest.mark.parametrize(
    ("room", "share", "elsewhere"),
    [(100, 0.0, 100), (100, 0.5, 50), (101, 0.5, 50), (100, 1.0, 0), (0, 0.5, 0), (100, 0.7, 30)],
)
def test_what_only_local_credits_can_fill_is_closed_to_others(room, share, elsewhere):
    """Rounded down; 1 - 0.7 is a bit below 0.3 and still gives 30."""
    assert both(elsewhere_room, room, share) == elsewhere


def test_local_credits_all_count_and_others_up_to_their_room():
    """30 local and 80 others of which 50 may be used."""
    assert both(usable_credits, 30, 80, 50) == 80
    assert both(usable_credits, 30, 20, 50) == 50


@pytest.mark.parametrize(
    ("counts", "origin", "province", "standing"),
    [
        (False, 3, 3, Standing.OTHER), (True, 3, 3, Standing.LOCAL),
        (True, 3, 4, Standing.ELSEWHERE), (True, 0, -1, Standing.ELSEWHERE),
    ],
)
def test_standing(counts, origin, province, standing):
    """What does not count is of no use wherever it comes from."""
    assert both(standing_of, counts, origin, province) == standing
