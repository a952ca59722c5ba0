"""Quality that buyers cannot see: the solver against a plain search, and agents against both."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.claims.e02 import agents_share
from simulation.errors import InputError
from simulation.theory.lemons import full_information_surplus, pooled_market, traded_share

money = st.floats(1.0, 1000.0)


@given(cost=money, value=money)
def test_a_price_is_an_equilibrium_where_buyers_get_their_moneys_worth(cost, value):
    """At each price: mean content of those who sell, times its value, against the price."""
    found = pooled_market(cost, value)
    for price in np.linspace(0.01, 2.0, 50) * max(cost, value):
        worth = value * traded_share(price, cost) / 2.0
        everybody = traded_share(price, cost) == 1.0
        viable = worth >= price * (1.0 + 1e-12)
        if viable and everybody:
            assert found.price_low <= price <= found.price_high
        if found.traded_share == 0.0:
            assert worth <= price * (1.0 + 1e-12)


@given(cost=money, value=money)
def test_hidden_quality_never_adds_surplus(cost, value):
    """What pooled markets gain is at most what everybody seeing would gain."""
    assert pooled_market(cost, value).surplus <= full_information_surplus(cost, value)


@pytest.mark.parametrize(("cost", "value"), [(60.0, 80.0), (50.0, 101.0), (60.0, 100.0)])
def test_agents_end_where_the_solver_does(cost, value):
    """Repeated auctions unravel well below twice the cost, and hold above it.

    Just below it a few hundred agents stop early: no whole seller is left to drop out.
    """
    found = agents_share(cost, value, sellers=200)
    assert found == pytest.approx(pooled_market(cost, value).traded_share, abs=0.02)


def test_without_a_market_there_is_no_price():
    """Not zero: none."""
    assert math.isnan(pooled_market(60.0, 80.0).price_low)


@pytest.mark.parametrize(("cost", "value"), [(0.0, 1.0), (1.0, -1.0), (math.nan, 1.0)])
def test_bad_numbers_are_refused(cost, value):
    """In one line."""
    with pytest.raises(InputError, match="is not above 0"):
        pooled_market(cost, value)
