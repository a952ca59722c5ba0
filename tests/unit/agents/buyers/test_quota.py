"""The purchase quota: worked examples of every rule."""

import pytest

from agents.buyers.quota import quota_limit, quota_owed
from tests.helpers import both


@pytest.mark.parametrize(
    ("emissions", "share", "threshold", "owed"),
    [
        (1_000_000, 0.01, 26_000.0, 10_000),
        (26_000, 0.01, 26_000.0, 260),  # the threshold itself is in
        (25_999, 0.01, 26_000.0, 0),
        (30_099, 0.01, 26_000.0, 300),  # 300.99 rounded down
        (100_000, 0.29, 0.0, 29_000),  # 29,000 whole, whatever floats make of 0.29
        (1_000_000, 0.0, 0.0, 0),
        (1_000_000, 1.0, 0.0, 1_000_000),
    ],
)
def test_a_share_of_emissions_is_owed_from_the_threshold_on(emissions, share, threshold, owed):
    """Whole credits, rounded down."""
    assert both(quota_owed, emissions, share, threshold) == owed


@pytest.mark.parametrize(
    ("charge", "transaction_cost", "limit"), [(60.0, 1.0, 59.0), (60.0, 0.0, 60.0), (1.0, 5.0, 0.0)]
)
def test_nobody_pays_more_than_the_charge(charge, transaction_cost, limit):
    """Less what buying costs; never below nothing."""
    assert both(quota_limit, charge, transaction_cost) == limit
