"""What the solvers ask of the numbers they are given."""

import math

import numpy as np
from numpy.typing import ArrayLike

from simulation.errors import InputError

__all__ = ["number", "row"]


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
    if not low <= value <= high or (finite and not math.isfinite(value)):
        raise InputError(f"{name} = {value}: give {_within(low, high)}.")
    return float(value)


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
    array = np.asarray(values, dtype=np.float64)
    if array.ndim == 0 and length is not None:
        array = np.full(length, float(array))
    if array.ndim != 1 or array.size == 0 or (length is not None and array.size != length):
        wanted = "one or more" if length is None else length
        raise InputError(f"{name}: {array.size} numbers. Give {wanted} in a row.")
    for place, value in enumerate(array.tolist()):
        number(f"{name}[{place}]", value, low, high, finite=finite)
    return array
