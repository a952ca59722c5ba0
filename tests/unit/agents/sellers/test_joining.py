"""Joining the scheme."""

import math

import pytest

from agents.sellers.joining import joins
from tests.helpers import both


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_the_hazard_is_innovation_and_imitation(share):
    """A month's chance is 1 - exp(-(p + q F) / 12)."""
    chance = 1.0 - math.exp(-(0.1 + 0.4 * share) / 12.0)
    assert both(joins, 0.1, 0.4, share, chance * 0.999)
    assert not both(joins, 0.1, 0.4, share, chance * 1.001)


def test_nobody_joins_without_a_reason():
    """No innovation, and nobody to imitate."""
    assert not both(joins, 0.0, 0.4, 0.0, 1e-10)
