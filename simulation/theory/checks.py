"""What the solvers ask of the numbers they are given."""

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from simulation.errors import InputError
from simulation.theory.curves import Curve

__all__ = ["curves", "number", "row"]


def _within(low: float, high: float) -> str:
    if high == math.inf:
        return "a finite number" if low == -math.inf else f"a finite number of at least {low:g}"
    return f"a number from {low:g} to {high:g}"


def number(
    name: str, value: float, low: float = 0.0, high: float = math.inf, *, finite: bool = True
) -> float:
    """One number, or a line that says what is wrong with it.

    Parameters
    ----------
    name : str
    value : float
    low, high : float
        Bounds, both allowed.
    finite : bool
        Whether infinity is refused even where it is within the bounds.

    Returns
    -------
    float

    Raises
    ------
    InputError
    """
    try:
        found = float(value)
    except (TypeError, ValueError):
        found = math.nan
    if not low <= found <= high or (finite and not math.isfinite(found)):
        raise InputError(f"{name} = {value}: give {_within(low, high)}.")
    return found


def row(
    name: str,
    values: ArrayLike,
    length: int | None = None,
    low: float = 0.0,
    high: float = math.inf,
    *,
    finite: bool = True,
) -> np.ndarray:
    """Several numbers, or a line that says which of them is wrong.

    Parameters
    ----------
    name : str
    values : array, shape (length,), or one number for all
    length : int, optional
        How many there must be; without it any number but none.
    low, high, finite
        As in `number`.

    Returns
    -------
    float64 array, shape (length,)

    Raises
    ------
    InputError
    """
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(f"{name} = {values}: give numbers in a row.") from None
    if array.ndim == 0 and length is not None:
        array = np.full(length, float(array))
    if array.ndim != 1 or array.size == 0 or (length is not None and array.size != length):
        wanted = "one or more" if length is None else length
        raise InputError(f"{name}: {array.size} numbers. Give {wanted} in a row.")
    for place, value in enumerate(array.tolist()):
        number(f"{name}[{place}]", value, low, high, finite=finite)
    return array


def curves(name: str, given: Iterable[Curve], *, rising: bool) -> list[Curve]:
    """Several curves of one direction, or a line that says which of them is not.

    Parameters
    ----------
    name : str
    given : iterable of Curve
        At least one.
    rising : bool
        True for supply, False for demand; a level curve is both.

    Returns
    -------
    list of Curve

    Raises
    ------
    InputError
    """
    listed = list(given)
    if not listed or not all(isinstance(curve, Curve) for curve in listed):
        raise InputError(f"{name}: give one curve or more, from simulation.theory.curves.")
    sign = 1.0 if rising else -1.0
    for place, curve in enumerate(listed):
        ends = np.stack((curve.below, curve.above), axis=1).ravel()
        if np.any(sign * np.diff(ends) < 0) or sign * curve.slope < 0:
            way, other = ("falls", "supply") if rising else ("rises", "demand")
            raise InputError(f"{name}[{place}] {way} with the price: {other} never does. Exchange "
                             "supply and demand, or the curve.")
    return listed
