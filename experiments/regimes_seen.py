"""The regime that agents are in, read off what they did, beside the regime of theory."""

from enum import IntEnum, unique
from typing import NamedTuple

import numpy as np

from experiments.mapping import MarketMap
from experiments.theory_lines import TheoryMap
from simulation.theory.regimes import Regime

__all__ = [
    "AT_CEILING", "ROOM_FILLED", "Agreement", "Seen", "agreement_of", "price_gap", "regimes_seen",
]

# Room is filled from here on: the first year has little to sell, and at the end of a run the last
# obligation is not yet due, so that not even a limit that binds all the time is used to the full.
ROOM_FILLED = 0.85
# A price is at the ceiling within this distance, and volunteers lift it beyond.
AT_CEILING = 0.10


@unique
class Seen(IntEnum):
    """What anybody can see of a market; codes 0 to 4 are those of `Regime`."""

    VOLUNTARY_ONLY = Regime.VOLUNTARY_ONLY
    LIMIT_BINDS = Regime.LIMIT_BINDS
    ALLOWANCE_SETS_PRICE = Regime.ALLOWANCE_SETS_PRICE
    VOLUNTARY_ABOVE_ALLOWANCE = Regime.VOLUNTARY_ABOVE_ALLOWANCE
    NO_TRADE = Regime.NO_TRADE
    ROOM_LEFT_BELOW = 5
    """Room is left although credits cost less than they are worth: theory knows no such market."""


class Agreement(NamedTuple):
    """How agents under one pricing rule compare with theory, over the cells of a map with room.

    Attributes
    ----------
    mechanism : str
    cells : int
        Cells with compliance room.
    same_share : float
        Share of them in which agents show the regime of theory.
    below_share : float
        Share in which room is left although the price is below the ceiling.
    gap_yuan_per_t : float
        Mean absolute distance of the price from that of theory; NaN where nothing is traded.
    gaps_yuan_per_t : dict
        Regime of theory to the mean of the price less that of theory, signed; all cells.
    """

    mechanism: str
    cells: int
    same_share: float
    below_share: float
    gap_yuan_per_t: float
    gaps_yuan_per_t: dict[Regime, float]


def regimes_seen(found: MarketMap) -> np.ndarray:
    """Regime of each cell, from its price and from how much of the room is filled.

    Parameters
    ----------
    found : MarketMap

    Returns
    -------
    int8 array, shape (r, v)
        Codes of `Seen`.

    Notes
    -----
    Without trade there is none; without room volunteers are alone. Else volunteers lift the price
    where it is more than a tenth above the ceiling; the limit binds where the room is filled; the
    allowance sets the price where room is left and the price is within a tenth of the ceiling.
    """
    price, ceiling = found.price_yuan_per_t, found.ceiling_yuan_per_t
    has_room = np.broadcast_to((found.room_axis > 0)[:, None], price.shape)
    filled = np.nan_to_num(found.room_used) >= ROOM_FILLED
    # The first that is true.
    return np.select(
        [np.isnan(price), ~has_room, price > ceiling * (1 + AT_CEILING), filled,
         price >= ceiling * (1 - AT_CEILING)],
        [Seen.NO_TRADE, Seen.VOLUNTARY_ONLY, Seen.VOLUNTARY_ABOVE_ALLOWANCE, Seen.LIMIT_BINDS,
         Seen.ALLOWANCE_SETS_PRICE],
        Seen.ROOM_LEFT_BELOW,
    ).astype(np.int8)


def price_gap(found: MarketMap, theory: TheoryMap) -> np.ndarray:
    """Price of the agents less that of theory, yuan/t; NaN where either has none."""
    return found.price_yuan_per_t - theory.map.price


def _mean(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")


def agreement_of(found: MarketMap, theory: TheoryMap) -> Agreement:
    """Compare a map with theory, cell by cell.

    Parameters
    ----------
    found : MarketMap
    theory : TheoryMap
        On the same axes.

    Returns
    -------
    Agreement
    """
    seen, gap = regimes_seen(found), price_gap(found, theory)
    room = found.room_axis > 0
    inside = seen[room]
    same = inside == theory.map.regime[room]
    return Agreement(
        found.mechanism, inside.size,
        float(same.mean()) if inside.size else float("nan"),
        float((inside == Seen.ROOM_LEFT_BELOW).mean()) if inside.size else float("nan"),
        _mean(np.abs(gap[room])),
        {regime: _mean(gap[theory.map.regime == regime])
         for regime in Regime if (theory.map.regime == regime).any()},
    )
