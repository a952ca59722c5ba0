"""The session protocol: ``session(orders, strategy, rules, draws) -> Clearing``.

A sealed rule sees orders once. In a *session* traders react inside the trading time: they shout,
hear, accept, concede. The orders say who may trade how much and up to which limit; the strategy
says what the traders do about it and remembers what they learn; the rules say who may speak when,
and who trades. What comes back is the `Clearing` of the sealed rules: a session knows no clock and
no population either, changes no order and loses no unit.
"""

from typing import Protocol

import numpy as np

from agents.parameters import Parameters
from agents.vocabulary import Side
from simulation.draws import DrawKey
from simulation.errors import InvariantError
from simulation.markets import continuous
from simulation.markets.continuous import ContinuousRules
from simulation.markets.protocol import Clearing, checked_book

__all__ = ["CONCEDING", "Conceding", "Session", "Strategy", "session"]


class Strategy[Rules: Parameters](Protocol):
    """Traders who react inside the trading time."""

    def trade(self, orders: np.recarray, rules: Rules, draws: DrawKey) -> np.recarray:
        """Trade until the session ends.

        Parameters
        ----------
        orders : numpy.recarray of `simulation.markets.protocol.ORDER_DTYPE`, not changed
        rules : Parameters
            Of the session, such as who may speak when.
        draws : DrawKey

        Returns
        -------
        numpy.recarray of `simulation.markets.protocol.MATCH_DTYPE`
            In the order of the deals.
        """
        ...


class Session(Protocol):
    """Anything that trades orders by a strategy, as `session` does."""

    def __call__[Rules: Parameters](
        self, orders: np.recarray, strategy: Strategy[Rules], rules: Rules, draws: DrawKey
    ) -> Clearing:
        """Trade until the session ends."""
        ...


def session[Rules: Parameters](
    orders: np.recarray, strategy: Strategy[Rules], rules: Rules, draws: DrawKey
) -> Clearing:
    """Trade orders while their owners react to what happens.

    Parameters
    ----------
    orders : numpy.recarray of `simulation.markets.protocol.ORDER_DTYPE`
        Who may trade, how much, and the limit. Not changed.
    strategy : Strategy
        What the traders do. It may learn, so that the next session finds it wiser.
    rules : Parameters
        Of the session; what the strategy takes.
    draws : DrawKey

    Returns
    -------
    Clearing
        Matches in the order of the deals, and what of each order is filled and unfilled.

    Raises
    ------
    InputError
        When a quantity or a price is negative or too large, or the strategy cannot trade these
        orders or by these rules.
    InvariantError
        When the strategy trades a unit that nobody ordered, or one twice.
    """
    checked_book(orders)
    matches = strategy.trade(orders, rules, draws)
    filled = np.zeros(len(orders), dtype=np.int64)
    np.add.at(filled, matches.buy, matches.tonnes)
    np.add.at(filled, matches.sell, matches.tonnes)
    found = Clearing(matches, filled, orders.quantity_t - filled)
    _check(orders, found, draws)
    return found


def _check(orders: np.recarray, found: Clearing, draws: DrawKey) -> None:
    wrong_side = (orders.side[found.matches.buy] != Side.BUY).any() or (
        orders.side[found.matches.sell] != Side.SELL
    ).any()
    if wrong_side or (found.matches.tonnes <= 0).any() or (found.unfilled < 0).any():
        raise InvariantError(
            "a session traded a unit that nobody ordered", phase="session",
            month=str(draws.month), seed=draws.seed,
        )


class Conceding:
    """Traders who open at a distance to their limit and give it up, round by round.

    The strategy of the pricing rule `continuous`; it learns nothing.
    """

    def trade(
        self, orders: np.recarray, rules: ContinuousRules, draws: DrawKey
    ) -> np.recarray:
        """Trade for a month, as `Strategy.trade` says."""
        return continuous.clear(orders, rules, draws).matches


CONCEDING = Conceding()
