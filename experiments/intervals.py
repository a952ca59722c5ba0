"""Means over replicates, with intervals that say how sure the mean is."""

import math
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Interval", "interval_of", "paired_difference"]

CONFIDENCE = 0.95


class Interval(NamedTuple):
    """Mean over replicates and its interval.

    Attributes
    ----------
    mean : float or None
        None where no replicate has a value.
    low, high : float or None
        Ends of the 95 % interval of the mean; None with fewer than two values.
    deviation : float or None
        Standard deviation between replicates.
    n : int
        Replicates with a value.
    """

    mean: float | None
    low: float | None
    high: float | None
    deviation: float | None
    n: int


def interval_of(values: Sequence[float | None]) -> Interval:
    """Mean and 95 % interval over replicates.

    Parameters
    ----------
    values : sequence of float or None
        None where a replicate has no value, as the price of a run without trade; these are left
        out, not taken as zero.

    Returns
    -------
    Interval

    Notes
    -----
    Student's t: Monte Carlo error of the mean, not uncertainty about the world.
    """
    known = [float(value) for value in values if value is not None]
    n = len(known)
    if n == 0:
        return Interval(None, None, None, None, 0)
    mean = math.fsum(known) / n
    if n == 1:
        return Interval(mean, None, None, None, 1)
    from scipy.special import stdtrit

    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in known) / (n - 1))
    half = float(stdtrit(n - 1, 0.5 + CONFIDENCE / 2)) * deviation / math.sqrt(n)
    return Interval(mean, mean - half, mean + half, deviation, n)


def paired_difference(
    values: Sequence[float | None], against: Sequence[float | None]
) -> Interval:
    """Mean difference between runs with the same seed.

    Parameters
    ----------
    values, against : sequence of float or None
        Same length, same seeds in the same order; a pair counts where both have a value.

    Returns
    -------
    Interval
    """
    pairs = zip(values, against, strict=True)
    return interval_of(
        [a - b for a, b in pairs if a is not None and b is not None]
    )
