"""Truthful: the limit itself."""

from agents.compiled import rule
from agents.vocabulary import Side
from simulation.laboratory.traders import SILENT

__all__ = ["truthful_quote"]


@rule
def truthful_quote(side, limit, low, high):
    """Price of a trader that says what its unit is worth to it.

    Parameters
    ----------
    side : Side code
    limit : value of a buyer's or cost of a seller's unit
    low, high : price steps, the prices that the session allows

    Returns
    -------
    price, the allowed one next to the limit on the side without a loss; `SILENT` where there is
    none

    Notes
    -----
    The benchmark of mechanism theory, not a theory of behaviour; *assumption*.
    """
    if side == Side.BUY:
        return SILENT if limit < low else min(limit, high)
    return SILENT if limit > high else max(limit, low)
