"""Strategies of the laboratory: worked examples of every rule."""

import numpy as np
import pytest

from agents.population import empty
from agents.vocabulary import Side
from simulation.laboratory.floor import SHOUT_COLUMNS
from simulation.laboratory.traders import SILENT
from simulation.laboratory.traders.gjerstad_dickhaut import (
    belief,
    best_quote,
    count_history,
    joined_belief,
)
from simulation.laboratory.traders.sniper import sniper_quote
from simulation.laboratory.traders.truthful import truthful_quote
from simulation.laboratory.traders.zero_intelligence import constrained_quote, unconstrained_quote
from simulation.laboratory.traders.zip import next_margin, target_price, wants_change, zip_quote
from tests.helpers import both

BUY, SELL = Side.BUY.value, Side.SELL.value


def test_zero_intelligence_shouts_any_price():
    """Of 1 to 200, the lowest draw gives 1, the middle 101, the highest 200."""
    assert [both(unconstrained_quote, 1, 200, draw) for draw in (1e-9, 0.5, 1 - 1e-9)] == [
        1, 101, 200,
    ]


def test_a_constrained_trader_never_loses():
    """A buyer with 102: 1 to 102; a seller with 34: 34 to 200; who is left no price is silent."""
    ends = (1e-9, 1 - 1e-9)
    assert [both(constrained_quote, BUY, 102, 1, 200, draw) for draw in ends] == [1, 102]
    assert [both(constrained_quote, SELL, 34, 1, 200, draw) for draw in ends] == [34, 200]
    assert both(constrained_quote, BUY, 59, 60, 200, 0.5) == SILENT
    assert both(constrained_quote, SELL, 85, 1, 84, 0.5) == SILENT


def test_a_truthful_trader_says_its_limit():
    """Within what is allowed; a value above the ceiling is shouted at the ceiling."""
    assert both(truthful_quote, BUY, 70, 1, 200) == both(truthful_quote, SELL, 70, 1, 200) == 70
    assert both(truthful_quote, BUY, 102, 1, 84) == 84
    assert both(truthful_quote, SELL, 34, 60, 200) == 60
    assert both(truthful_quote, BUY, 59, 60, 200) == SILENT
    assert both(truthful_quote, SELL, 85, 1, 84) == SILENT


def test_a_zip_price_is_the_limit_and_a_margin():
    """200 less a fifth, 50 and a fifth, rounded; never at a loss."""
    assert both(zip_quote, BUY, 200, -0.2, 1, 400) == 160
    assert both(zip_quote, SELL, 51, 0.2, 1, 400) == 61  # 61.2
    assert both(zip_quote, BUY, 200, -1.0, 1, 400) == 1
    assert both(zip_quote, SELL, 350, 0.5, 1, 400) == 400
    # Below the floor, or above the ceiling, it says its limit and is not heard.
    assert both(zip_quote, BUY, 50, -0.2, 60, 400) == 50
    assert both(zip_quote, SELL, 90, 0.2, 1, 80) == 90


@pytest.mark.parametrize(
    ("side", "active", "price", "shout", "shout_is_bid", "accepted", "wish"),
    [
        (SELL, True, 90, 100, True, True, 1),  # could have had 100
        (SELL, False, 90, 100, False, True, 1),  # so could one that has sold out
        (SELL, True, 110, 100, True, True, -1),  # a bid went to somebody cheaper
        (SELL, True, 110, 100, False, True, 0),  # an offer that was accepted teaches it nothing
        (SELL, False, 110, 100, True, True, 0),
        (SELL, True, 110, 100, False, False, -1),  # not even 100 was accepted
        (SELL, True, 100, 100, False, False, -1),  # it was its own
        (SELL, True, 110, 100, True, False, 0),
        (SELL, True, 90, 100, False, False, 0),
        (BUY, True, 110, 100, False, True, 1),
        (BUY, True, 90, 100, False, True, -1),
        (BUY, True, 90, 100, True, True, 0),
        (BUY, True, 90, 100, True, False, -1),
        (BUY, False, 90, 100, True, False, 0),
        (BUY, True, 90, 100, False, False, 0),
    ],
)
def test_who_wants_another_margin(side, active, price, shout, shout_is_bid, accepted, wish):
    """Cliff (1997), figures 26 and 27, line by line."""
    assert both(wants_change, side, active, price, shout, shout_is_bid, accepted) == wish


def test_a_target_lies_a_little_beyond_the_shout():
    """100 x (1 + 0.05 x 0.4) + 5 x 0.6 = 105; the other way 95."""
    assert both(target_price, 100, True, 0.05, 5.0, 0.4, 0.6) == pytest.approx(105.0, rel=1e-15)
    assert both(target_price, 100, False, 0.05, 5.0, 0.4, 0.6) == pytest.approx(95.0, rel=1e-15)


def test_a_margin_moves_towards_the_target():
    """A seller at 60 hears 80: 0.5 x 0 + 0.5 x 0.2 x 20 = 2 more; then with momentum 3 more."""
    margin, change = both(next_margin, SELL, 50, 60.0, 80.0, 0.0, 0.2, 0.5)
    assert (margin, change) == pytest.approx((62 / 50 - 1, 2.0), rel=1e-15)
    margin, change = both(next_margin, SELL, 50, 60.0, 80.0, 2.0, 0.2, 0.5)
    assert (margin, change) == pytest.approx((63 / 50 - 1, 3.0), rel=1e-15)


def test_a_margin_is_never_a_loss():
    """A seller's margin stops at 0, a buyer's between -1 and 0."""
    assert both(next_margin, SELL, 50, 51.0, 1.0, 0.0, 0.5, 0.0)[0] == 0.0
    assert both(next_margin, BUY, 50, 49.0, 99.0, 0.0, 0.5, 0.0)[0] == 0.0
    assert both(next_margin, BUY, 50, 10.0, -90.0, 0.0, 0.5, 0.0)[0] == -1.0


@pytest.mark.parametrize(
    ("best_bid", "best_ask", "before", "left", "price"),
    [
        (50, 100, -1, 0.5, SILENT),  # nothing speaks for it
        (95, 100, -1, 0.5, 100),  # a spread of 5 %
        (90, 100, -1, 0.5, SILENT),  # 10 % is not below 10 %
        (50, 100, 100, 0.5, 100),  # as good as the best of yesterday
        (50, 100, 99, 0.5, SILENT),
        (-1, 100, -1, 0.09, 100),  # time runs out
        (95, -1, -1, 0.01, SILENT),  # nobody offers
    ],
)
def test_a_sniper_waits_for_a_reason(best_bid, best_ask, before, left, price):
    """A buyer with 120; with 99 it would lose."""
    arguments = (best_bid, best_ask, before, left, 0.1, 0.1)
    assert both(sniper_quote, BUY, 120, *arguments) == price
    assert both(sniper_quote, BUY, 99, *arguments) == SILENT


def test_a_selling_sniper_takes_a_bid():
    """At the highest price of the day before, or in a hurry."""
    assert both(sniper_quote, SELL, 80, 100, 150, 100, 0.5, 0.1, 0.1) == 100
    assert both(sniper_quote, SELL, 80, 100, 150, 101, 0.5, 0.1, 0.1) == SILENT
    assert both(sniper_quote, SELL, 80, 100, 150, 101, 0.05, 0.1, 0.1) == 100
    assert both(sniper_quote, SELL, 101, 100, 150, 100, 0.05, 0.1, 0.1) == SILENT


def test_a_belief_is_a_share_of_what_was_heard():
    """Two taken, one of the others', one refused: three of four."""
    assert both(belief, 2, 1, 1) == 0.75
    assert both(belief, 0, 0, 0) == 0.0


def test_between_known_prices_a_belief_is_joined_smoothly():
    """At the ends what is known; half way the mean; flat at both ends."""
    assert [both(joined_belief, 0.2, 0.8, share) for share in (0.0, 0.5, 1.0)] == pytest.approx(
        [0.2, 0.5, 0.8], rel=1e-15
    )
    assert both(joined_belief, 0.0, 1.0, 0.1) == pytest.approx(0.028, rel=1e-12)


def test_the_best_quote_weighs_gain_against_chance():
    """Bids of 40 refused and of 60 taken, an ask of 80: a buyer with 100 bids 58.

    60 gains 40 for sure; 58 lies nine tenths of the way from belief 0 at 40 to belief 1 at 60,
    0.972 by the cubic, times 42 is 40.8; 59 gives 40.7, 57 gives 40.4.
    """
    history = empty(SHOUT_COLUMNS, 8)
    for row, shout in enumerate([(BUY, 40, 0), (BUY, 60, 1), (SELL, 80, 0)]):
        history[row] = shout
    counts = np.zeros((3, 101), dtype=np.int64)
    assert count_history(history, 3, BUY, 8, counts) == 3
    assert best_quote(BUY, 100, 1, 100, counts) == 58
    assert best_quote(BUY, 60, 1, 100, counts) == 52  # 0.648 x 8
    assert best_quote(BUY, 1, 1, 100, counts) == SILENT
    # What was refused at 40 says nothing against 60: with 200 it is better than 100 for sure.
    assert best_quote(BUY, 200, 1, 100, counts) == 60
    # For a seller the bids are the others': at 60 somebody has bid as much, its own 80 was refused.
    assert count_history(history, 3, SELL, 8, counts) == 3
    assert best_quote(SELL, 10, 1, 100, counts) == 61  # 0.99275 x 51


def test_only_the_last_deals_are_remembered():
    """With a memory of one deal, what came before the older deal's end is forgotten."""
    history = empty(SHOUT_COLUMNS, 8)
    for row, shout in enumerate([(BUY, 10, 0), (BUY, 20, 1), (BUY, 30, 0), (BUY, 40, 1)]):
        history[row] = shout
    counts = np.zeros((3, 101), dtype=np.int64)
    assert count_history(history, 4, BUY, 1, counts) == 2
    assert counts.sum() == 2
    assert count_history(history, 4, BUY, 2, counts) == 4
