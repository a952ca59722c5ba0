"""Whole fen and whole tonnes: the only places where a float becomes a count."""

import math

from agents.compiled import rule

__all__ = [
    "FEN_PER_YUAN", "LARGEST_COUNT", "LAST_BITS", "share_of", "to_fen", "to_tonnes", "worth_fen",
]

FEN_PER_YUAN = 100

# Beyond 2**53 a float no longer holds every whole number, so a count made from it would be a guess.
LARGEST_COUNT = 9_007_199_254_740_992.0
# What floats miss by their last bits is still whole: 100 * 0.29 is 28.999999999999996 to them.
LAST_BITS = 1.0 + 1e-15


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
def share_of(part, whole, amount):
    """``part * amount / whole`` in whole numbers that may be large.

    Parameters
    ----------
    part, whole, amount : int64, not negative, part and amount at most whole, whole below 2**61

    Returns
    -------
    quotient and remainder, int64
    """
    if part == 0 or amount <= 4_000_000_000_000_000_000 // part:
        product = part * amount
        return product // whole, product % whole
    # Digit by digit, as on paper: the product itself has more than 64 bits.
    quotient = 0
    remainder = 0
    for place in range(62, -1, -1):
        quotient *= 2
        remainder *= 2
        if (part >> place) & 1:
            remainder += amount
        while remainder >= whole:
            remainder -= whole
            quotient += 1
    return quotient, remainder


@rule
def worth_fen(tonnes, price_fen):
    """Money for some tonnes at a price.

    Parameters
    ----------
    tonnes : t, int64
    price_fen : fen/t, int64

    Returns
    -------
    fen, int64

    Raises
    ------
    OverflowError
        When the amount is too large to be counted: whole numbers wrap around without a word.
    """
    if not abs(float(tonnes) * float(price_fen)) < LARGEST_COUNT:
        raise OverflowError("an amount of money is too large to count in fen")
    return tonnes * price_fen


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
