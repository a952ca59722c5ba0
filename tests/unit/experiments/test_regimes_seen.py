"""Regimes of agents are read off what they did, and held against theory cell by cell."""

import numpy as np
import pytest

from experiments.mapping import MarketMap
from experiments.regimes_seen import (
    AT_CEILING,
    ROOM_FILLED,
    Seen,
    agreement_of,
    price_gap,
    regimes_seen,
)
from experiments.theory_lines import theory_of
from simulation.scenario import load
from simulation.theory.regimes import Regime

CEILING = 60.0
VOLUNTARY = np.array([0.0, 0.5, 2.0, 16.0])
ROOM = np.array([0.0, 0.25, 2.0])


def found(price, used):
    """A map of which prices and the use of the room are known."""
    price, used = (np.broadcast_to(np.asarray(each, dtype=float), (3, 4)) for each in (price, used))
    return MarketMap("listing", VOLUNTARY, ROOM, price, price, price, used, CEILING, CEILING)


@pytest.mark.parametrize(
    ("price", "used", "seen"),
    [
        (np.nan, np.nan, Seen.NO_TRADE),
        (30.0, ROOM_FILLED, Seen.LIMIT_BINDS),
        (30.0, ROOM_FILLED - 0.01, Seen.ROOM_LEFT_BELOW),
        (CEILING * (1 - AT_CEILING) + 0.1, 0.3, Seen.ALLOWANCE_SETS_PRICE),
        (CEILING * (1 + AT_CEILING) - 0.1, 0.3, Seen.ALLOWANCE_SETS_PRICE),
        (CEILING * (1 + AT_CEILING) + 0.1, 0.3, Seen.VOLUNTARY_ABOVE_ALLOWANCE),
        (CEILING * (1 + AT_CEILING) + 0.1, 1.0, Seen.VOLUNTARY_ABOVE_ALLOWANCE),
    ],
)
def test_a_regime_is_told_by_price_and_room(price, used, seen):
    """Without room volunteers are alone, whatever the price."""
    codes = regimes_seen(found(price, used))
    assert set(codes[1:].ravel()) == {seen}
    alone = Seen.NO_TRADE if seen == Seen.NO_TRADE else Seen.VOLUNTARY_ONLY
    assert set(codes[0]) == {alone}


def test_codes_of_agents_and_theory_are_the_same():
    for regime in Regime:
        assert Seen[regime.name] == regime


def test_agents_who_do_as_theory_says_agree_with_it_everywhere():
    """Theory's own prices and tonnes, told by the rule for agents, give theory's own regimes."""
    theory = theory_of(load("china-counties"), found(1.0, 1.0), seed=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        used = theory.map.compliance_t / ROOM[:, None]
    # At this strength theory's price is far enough above the ceiling to be told from it.
    exact = found(theory.map.price, used)
    agreed = agreement_of(exact, theory)
    assert len(np.unique(theory.map.regime)) == len(Regime)
    assert agreed.same_share == 1.0
    assert agreed.below_share == 0.0
    assert agreed.gap_yuan_per_t == 0.0
    assert agreed.cells == 8
    np.testing.assert_array_equal(regimes_seen(exact), theory.map.regime)


def test_gaps_are_signed_and_by_the_regime_of_theory():
    theory = theory_of(load("china-counties"), found(1.0, 1.0), seed=1)
    exact = theory.map
    shift = np.where(exact.regime == Regime.LIMIT_BINDS, 2.0, -3.0)
    moved = found(exact.price + shift, 0.0)
    agreed = agreement_of(moved, theory)
    assert agreed.gaps_yuan_per_t[Regime.LIMIT_BINDS] == pytest.approx(2.0)
    assert agreed.gaps_yuan_per_t[Regime.ALLOWANCE_SETS_PRICE] == pytest.approx(-3.0)
    assert np.isnan(agreed.gaps_yuan_per_t[Regime.NO_TRADE])
    inside = exact.regime[1:]
    assert agreed.gap_yuan_per_t == pytest.approx(
        np.where(inside == Regime.LIMIT_BINDS, 2.0, 3.0).mean()
    )
    assert np.isnan(price_gap(moved, theory)[0, 0])


def test_a_map_without_trade_has_no_gap():
    """And says so, instead of a zero."""
    theory = theory_of(load("china-counties"), found(1.0, 1.0), seed=1)
    agreed = agreement_of(found(np.nan, np.nan), theory)
    assert np.isnan(agreed.gap_yuan_per_t)
    assert agreed.same_share == 0.0
