"""Which limits of a box matter, and the box without those that do not.

References
----------
Bryant, B. P. and Lempert, R. J. (2010), Thinking inside the box: a participatory,
computer-assisted approach to scenario discovery, Technological Forecasting and Social Change 77,
34-49.
"""

from typing import NamedTuple

import numpy as np
from scipy.special import betainc

from experiments.analysis.levels import Box, Sample, outside

__all__ = ["REDUNDANT", "Side", "quasi_p", "sides", "simplify"]

REDUNDANT = 0.05
"""Quasi-p-value above which a restriction is dropped (Bryant and Lempert's usual level)."""


class Side(NamedTuple):
    """One limit of a box, and what the sample says about it.

    Attributes
    ----------
    factor : int
    side : str
        "low", "high" or "categories".
    quasi_p : float, 0 to 1
    """

    factor: int
    side: str
    quasi_p: float


def quasi_p(points: float, cases: float, density: float) -> float:
    """Chance of at least so many cases among so many points were their density the wider one.

    Parameters
    ----------
    points, cases : points of the box and cases among them, 0 <= cases <= points
    density : density of the box without the restriction, 0 to 1

    Returns
    -------
    float, 0 to 1

    Notes
    -----
    The binomial tail of Bryant and Lempert (2010). Cases need not be whole: the tail as an
    incomplete beta function is the binomial one at whole numbers and runs smoothly between
    (*assumption*; shares of several replicates vary less than the binomial says, so the test is
    the stricter for them). "Quasi", as the box was chosen on the same points.
    """
    return 1.0 if cases <= 0 else float(betainc(cases, points - cases + 1, density))


def sides(sample: Sample, rows: np.ndarray, box: Box, whole: bool = False) -> list[Side]:
    """Quasi-p-value of every limit of the box, or of every restricted factor as a `whole`."""
    missing = outside(sample, box, rows)
    misses = missing.sum(axis=0)
    held = rows[misses == 0]
    cases = float(sample.case[held].sum())
    found = []
    for factor, allowed in enumerate(box):
        limited = _limited(sample, factor, allowed)
        for side in ("whole",) if whole and limited else limited:
            opened = _opened(allowed, side)
            beside = rows[(misses == 1) & missing[factor]]
            wider = np.concatenate([held, beside[opened[sample.ranks[factor, beside]]]])
            density = min(float(sample.case[wider].sum()) / wider.size, 1.0)
            p = 1.0 if wider.size == held.size else quasi_p(held.size, cases, density)
            found.append(Side(factor, side, p))
    return found


def _limited(sample: Sample, factor: int, allowed: np.ndarray) -> tuple[str, ...]:
    """Sides on which the factor is restricted."""
    if not sample.ordered[factor]:
        return () if allowed.all() else ("categories",)
    return tuple(
        side for side, end in (("low", allowed[0]), ("high", allowed[-1])) if not end
    )


def _opened(allowed: np.ndarray, side: str) -> np.ndarray:
    """Levels allowed once a side is unrestricted."""
    opened = allowed.copy()
    kept = np.flatnonzero(allowed)
    if side == "low":
        opened[: kept[0]] = True
    elif side == "high":
        opened[kept[-1] :] = True
    else:
        opened[:] = True
    return opened


def simplify(sample: Sample, rows: np.ndarray, box: Box) -> tuple[Box, list[tuple[Side, Box]]]:
    """The box without limits that hardly matter, and what was dropped, one at a time.

    Returns
    -------
    box : Box
    dropped : list of (Side, Box)
        Each limit, the one with the largest quasi-p-value first, and the box it was dropped from.

    Notes
    -----
    Limits of the two sides of a factor are judged one by one. Where both stay, so does the factor:
    both wings are thinner than the box, and with both the density is at most the larger of those
    with one.
    """
    dropped = []
    while found := sides(sample, rows, box):
        worst = max(found, key=lambda side: side.quasi_p)
        if worst.quasi_p <= REDUNDANT:
            break
        dropped.append((worst, box))
        opened = _opened(box[worst.factor], worst.side)
        box = (*box[: worst.factor], opened, *box[worst.factor + 1 :])
    return box, dropped
