"""What an outcome is, and the parts of a state that outcomes are taken from."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from simulation.state import Clock, State

__all__ = ["Outcome", "column", "deals_of", "finished_months", "yuan"]


class Outcome(NamedTuple):
    """One number that a run is judged by.

    Attributes
    ----------
    name : str
        Key in JSON and tables; units last.
    unit : str
    label, label_zh : str
        What people read.
    meaning, meaning_zh : str
        How it is computed.
    of : callable
        State to a number; ``None`` where it does not exist, as the price of a run without trade.
    """

    name: str
    unit: str
    label: str
    label_zh: str
    meaning: str
    meaning_zh: str
    of: Callable[[State], float | int | None]


def finished_months(state: State) -> np.recarray:
    """Rows of the months that have ended.

    Parameters
    ----------
    state : State

    Returns
    -------
    numpy.recarray
    """
    return state.monthly[: state.clock[Clock.MONTH] - state.clock[Clock.FIRST]]


def deals_of(state: State) -> np.recarray:
    """Deals of a run so far.

    Parameters
    ----------
    state : State

    Returns
    -------
    numpy.recarray
    """
    return state.deals[: state.clock[Clock.DEALS]]


def yuan(fen: float) -> float:
    """Yuan from fen."""
    return float(fen) / 100.0


def column(name: str, kind: type = int) -> Callable[[State], float | int]:
    """Sum of a monthly column, as an outcome.

    Parameters
    ----------
    name : str
        Column of `simulation.state.MONTHLY_COLUMNS`.
    kind : type

    Returns
    -------
    callable
    """
    return lambda state: kind(state.monthly[name].sum())
