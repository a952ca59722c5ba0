"""Zero intelligence: any price, or any price without a loss."""

import math

from agents.compiled import rule
from agents.vocabulary import Side
from simulation.laboratory.traders import SILENT

__all__ = ["constrained_quote", "unconstrained_quote"]


@rule
def unconstrained_quote(low, high, draw):
    """Price of a trader that does not look at its limit (ZI-U).

    Parameters
    ----------
    low, high : price steps, the prices that the session allows
    draw : inside (0, 1)

    Returns
    -------
    price, whole, from low to high alike

    References
    ----------
    Gode and Sunder (1993), J. Political Economy 101:119.
    """
    return low + math.floor(draw * (high - low + 1))


@rule
def constrained_quote(side, limit, low, high, draw):
    """Price of a trader that only avoids losses (ZI-C).

    Parameters
    ----------
    side : Side code
    limit : value of a buyer's or cost of a seller's unit
    low, high : price steps, the prices that the session allows
    draw : inside (0, 1)

    Returns
    -------
    price, whole, alike from low to the value or from the cost to high; `SILENT` where there is none

    References
    ----------
    Gode and Sunder (1993), J. Political Economy 101:119.
    """
    if side == Side.BUY:
        high = min(high, limit)
    else:
        low = max(low, limit)
    if low > high:
        return SILENT
    return low + math.floor(draw * (high - low + 1))
