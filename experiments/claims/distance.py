"""How far a claim is from what was expected, on one scale for all of them."""

import math

from experiments.claims.record import Line, PatternLine

__all__ = ["distance_of", "pattern_distance"]


def distance_of(line: Line) -> float | None:
    """Distance of a claim from what was expected, in tolerances.

    Parameters
    ----------
    line : Line

    Returns
    -------
    float or None
        0 as expected; -1 and 1 at the ends of the tolerance; infinite where there is none and the
        number is another. None where the claim is not judged, not by numbers, or by its sign only.

    Notes
    -----
    With one end only, 1 (or -1) is at that end; the middle is reached as far inside as the end is
    from zero.
    """
    low, high, measured = line.low, line.high, line.measured
    if measured is None or (low is None and high is None):
        return None
    if low is not None and high is not None:
        return _within(low, high, measured)
    if high is not None:
        return max(0.0, 1.0 - (high - measured) / abs(high)) if high else None
    return -max(0.0, 1.0 - (measured - low) / abs(low)) if low else None


def pattern_distance(pattern: PatternLine, value: float | None) -> float | None:
    """Distance of a number from the middle of a pattern's range, in halves of the range."""
    return None if value is None else _within(pattern.low, pattern.high, value)


def _within(low: float, high: float, value: float) -> float:
    middle, room = (low + high) / 2, (high - low) / 2
    if room > 0:
        return (value - middle) / room
    return 0.0 if value == middle else math.copysign(math.inf, value - middle)
