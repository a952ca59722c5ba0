"""What is wanted of an outcome, and which of several answers nobody beats on every count."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from simulation.errors import InputError

__all__ = ["Criterion", "Direction", "hypervolume", "known", "nondominated", "signs"]

Direction = Literal["high", "low"]


class Criterion(NamedTuple):
    """One outcome, which way it is wanted, and from where on it is good enough.

    Attributes
    ----------
    outcome : str
    direction : "high" or "low"
    threshold : float or None
        Unit of the outcome; met at the value itself. None: the outcome is weighed, not required.
    """

    outcome: str
    direction: Direction = "high"
    threshold: float | None = None


def signs(directions: Sequence[str]) -> np.ndarray:
    """Factors that turn every outcome so that higher is better.

    Parameters
    ----------
    directions : sequence of "high" or "low", length k

    Returns
    -------
    float array, shape (k,)
        1 or -1.

    Raises
    ------
    InputError
        For any other word.
    """
    for direction in directions:
        if direction not in ("high", "low"):
            raise InputError(f"direction = {direction!r} is unknown. Give high or low.")
    return np.array([1.0 if direction == "high" else -1.0 for direction in directions])


def known(value: float | None) -> float | None:
    """A plain number for tables and JSON; None where there is none.

    Parameters
    ----------
    value : float or None

    Returns
    -------
    float or None
    """
    return None if value is None or np.isnan(value) else float(value)


def nondominated(values: ArrayLike, directions: Sequence[str]) -> np.ndarray:
    """Points that no other point beats.

    A point is beaten by one at least as good in every direction and better in one.

    Parameters
    ----------
    values : float array, shape (n, k)
        A point with a NaN is never in the set and beats nobody.
    directions : sequence of "high" or "low", length k

    Returns
    -------
    bool array, shape (n,)
        Equal points are in the set together.

    Raises
    ------
    InputError
        If there is not one direction for each column.

    Notes
    -----
    Every pair is compared: n squared bytes, a megabyte for a thousand points.
    """
    good = _turned(values, directions)
    inside = ~np.isnan(good).any(axis=1)
    good = good[inside]
    as_good = np.ones((len(good), len(good)), dtype=bool)
    better = np.zeros_like(as_good)
    for column in good.T:
        as_good &= column[:, None] >= column
        better |= column[:, None] > column
    inside[inside] = ~(as_good & better).any(axis=0)
    return inside


def hypervolume(
    values: ArrayLike, directions: Sequence[str], reference: Sequence[float]
) -> float:
    """Area between a front of two outcomes and a reference point; grows as the front advances.

    Parameters
    ----------
    values : float array, shape (n, 2)
        Beaten points, points with a NaN and points no better than the reference add nothing.
    directions : sequence of "high" or "low", length 2
    reference : sequence of float, length 2
        A point all acceptable answers beat; areas compare only for the same one.

    Returns
    -------
    float
        Product of the two units, not negative; exact, not sampled.

    Raises
    ------
    InputError
        If there are not two outcomes.

    References
    ----------
    Zitzler & Thiele (1999), Multiobjective evolutionary algorithms: a comparative case study and
    the strength Pareto approach, IEEE Transactions on Evolutionary Computation 3(4).
    """
    if len(directions) != 2:
        raise InputError(f"an area needs two outcomes, not {len(directions)}.")
    gains = _turned(values, directions) - _turned([reference], directions)
    gains = gains[(gains > 0).all(axis=1)]
    # From the best in the first outcome on, each step that climbs in the second adds a slab.
    gains = gains[np.argsort(-gains[:, 0], kind="stable")]
    height = np.maximum.accumulate(gains[:, 1])
    return float((gains[:, 0] * np.diff(height, prepend=0.0)).sum())


def _turned(values: ArrayLike, directions: Sequence[str]) -> np.ndarray:
    """The points with every outcome turned so that higher is better."""
    table: np.ndarray[Any, np.dtype[np.float64]] = np.asarray(values, dtype=float)
    if table.size == 0:
        table = table.reshape(0, len(directions))
    if table.ndim != 2 or table.shape[1] != len(directions):
        raise InputError(
            f"values have the shape {table.shape}, with {len(directions)} directions. "
            "Give one row for each point and one direction for each column."
        )
    return table * signs(directions)
