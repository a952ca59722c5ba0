"""Whole fen and whole tonnes: the only places where a float becomes a count."""

import math

from agents.compiled import rule

__all__ = ["FEN_PER_YUAN", "LARGEST_COUNT", "to_fen", "to_tonnes"]

FEN_PER_YUAN = 100

# Beyond 2**53 a float no longer holds every whole number, so a count made from it would be a guess.
LARGEST_COUNT = 9_007_199_254_740_992.0


@rule
def to_fen(yuan):
    """Nearest whole fen; half a fen goes up.

    Parameters
    ----------
    yuan : yuan, finite

    Returns
    -------
    fen, int64

    Raises
    ------
    OverflowError
        When the amount is not a number or too large to be counted in fen.
    """
    fen = yuan * 100.0
    if not abs(fen) < LARGEST_COUNT:
        raise OverflowError("an amount of money is not a number or too large to count in fen")
    return math.floor(fen + 0.5)


@rule
def to_tonnes(tonnes):
    """Whole tonnes; a part of a tonne is never credited, offered or bought.

    Parameters
    ----------
    tonnes : t, finite

    Returns
    -------
    t, int64, rounded down

    Raises
    ------
    OverflowError
        When the amount is not a number or too large to be counted.
    """
    if not abs(tonnes) < LARGEST_COUNT:
        raise OverflowError("an amount of credits is not a number or too large to count")
    return math.floor(tonnes)
