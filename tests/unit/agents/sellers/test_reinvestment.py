"""Money back into the watershed: worked examples."""

import pytest

from agents.sellers.reinvestment import earmarked, new_area
from tests.helpers import both


@pytest.mark.parametrize(
    ("proceeds", "share", "fen"),
    [
        (210_000_000, 1.0, 210_000_000),  # Ziyang: all of 2,100,000 yuan
        (210_000_000, 0.5, 105_000_000),
        (101, 0.5, 50),  # half a fen stays with the seller
        (1, 0.5, 0),
        (0, 0.5, 0),
        (12_345, 0.0, 0),
    ],
)
def test_the_watersheds_part_is_rounded_down(proceeds, share, fen):
    """The account never gets more than its share."""
    assert both(earmarked, proceeds, share) == fen


@pytest.mark.parametrize(
    ("fund", "treatable", "public", "area"),
    [
        (88_000.0, 600.0, 0.0, 10.0),  # 88,000 / 8,800
        (87_999.0, 600.0, 0.0, 0.0),  # a yuan short of the smallest area
        (88_000.0, 600.0, 0.5, 20.0),  # public money pays half, so the fund reaches twice as far
        (8.8e9, 600.0, 0.0, 600.0),  # no more land
        (8.8e9, 9.9, 0.0, 0.0),  # too little land to start
        (0.0, 600.0, 0.0, 0.0),
    ],
)
def test_new_treatment_is_what_money_and_land_allow(fund, treatable, public, area):
    """At 8,800 yuan/ha and blocks of at least 10 ha."""
    found = both(new_area, fund, treatable, 8800.0, public, 10.0)
    assert found == pytest.approx(area, rel=1e-14)
