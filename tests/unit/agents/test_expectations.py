"""Beliefs about eligibility."""

import pytest

from agents.expectations import chance_by_then, months_to_wait
from tests.helpers import MONTH, both


@pytest.mark.parametrize(("eligible_from", "horizon", "months", "chance"), [
    (0, 12, 12, 0.1),            # no news
    (MONTH + 7, 12, 7, 0.8),     # announced and near
    (MONTH + 12, 12, 12, 0.8),   # just within sight
    (MONTH + 13, 12, 12, 0.1),   # too far to be seen
    (MONTH + 7, 0, 0, 0.1),      # myopic
])
def test_news_within_the_horizon_counts(eligible_from, horizon, months, chance):
    """The date itself, believed as far as the announcement is; a prior otherwise."""
    assert both(months_to_wait, MONTH, eligible_from, horizon) == months
    assert both(chance_by_then, MONTH, eligible_from, horizon, 0.1, 0.8) == chance
