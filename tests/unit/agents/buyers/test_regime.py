"""What is owed, given and paid under each regime."""

import pytest

from agents.buyers.regime import (
    carbon_price,
    emissions_owed,
    free_allocation,
    frozen_activity,
    has_allowances,
    price_of_emitting,
    regime_limit,
)
from agents.vocabulary import Regime
from tests.helpers import both


@pytest.mark.parametrize(
    ("kind", "owed", "given", "price"),
    [
        (Regime.CAP, 1000, 1080.0, 60.0), (Regime.ABSOLUTE, 1000, 900.0, 60.0),
        (Regime.TAX, 1000, 0.0, 45.0), (Regime.NEUTRALISATION, 29, 0.0, 90.0),
        (Regime.NONE, 0, 0.0, 0.0),
    ],
)
def test_each_regime_owes_gives_and_costs_its_own(kind, owed, given, price):
    """1,000 t emitted at an activity of 1,200 t, of 1,000 t in the first year, 90 % free.

    1,000 x 0.029 is 28.999999999999996 in floats, and 29 t are owed.
    """
    assert both(emissions_owed, kind, 1000, 0.029) == owed
    assert both(free_allocation, kind, 0.9, 1200.0, 1000.0) == pytest.approx(given)
    assert both(carbon_price, kind, 60.0, 45.0, 70.0, 20.0) == price
    assert both(has_allowances, kind) == (given > 0.0)


def test_nobody_pays_more_than_the_penalty():
    """At an allowance price of 100, 70 and 20 yuan to make it good."""
    assert both(carbon_price, Regime.CAP, 100.0, 45.0, 70.0, 20.0) == 90.0


def test_an_absolute_cap_starts_at_the_activity_it_finds():
    """And falls by a tenth a year; left and entered again, it starts anew; 0 is no start."""
    first = both(frozen_activity, Regime.ABSOLUTE, -1.0, 1000.0, 0.1)
    assert first == 1000.0
    second = both(frozen_activity, Regime.ABSOLUTE, first, 1500.0, 0.1)
    assert second == pytest.approx(900.0)
    assert both(frozen_activity, Regime.TAX, second, 1500.0, 0.1) == -1.0
    assert both(frozen_activity, Regime.ABSOLUTE, 0.0, 1500.0, 0.1) == 0.0


def test_a_duty_on_a_share_costs_a_share_and_knows_no_limit():
    """A tenth of a tonne at 90 yuan."""
    assert both(price_of_emitting, Regime.NEUTRALISATION, 90.0, 0.1) == 9.0
    assert both(price_of_emitting, Regime.TAX, 90.0, 0.1) == 90.0
    assert both(regime_limit, Regime.NEUTRALISATION, 0.05) == 1.0
    assert both(regime_limit, Regime.ABSOLUTE, 0.05) == 0.05
