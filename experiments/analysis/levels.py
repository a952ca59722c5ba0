"""Points of a study as ranks and categories, and boxes among them.

A box says, for every factor, which of its levels are allowed. With levels in place of values a
box does not depend on the unit of a factor, nor on the order of the rows.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np

__all__ = [
    "WHOLE", "Box", "Limits", "Sample", "encode", "inside", "limits_of", "outside", "whole_box",
]

WHOLE = 1 << 32
"""A case of 1 in whole parts: sums of whole numbers are the same in any order of rows."""

Box = tuple[np.ndarray, ...]
"""For every factor the levels allowed, bool of shape (levels,)."""


class Sample(NamedTuple):
    """Points by level, in an order that does not depend on the order given.

    Attributes
    ----------
    names : tuple of str
    values : tuple of arrays
        Levels of each factor, sorted, in the factor's own unit.
    ordered : tuple of bool
        True for a numeric factor, False for a categorical one.
    ranks : int array, shape (factors, n)
        Level of each point.
    case : float array, shape (n,), 0 to 1
    parts : int array, shape (n,)
        `case` in parts of `WHOLE`.
    order : int array, shape (n,)
        Row, as given, of each point.
    """

    names: tuple[str, ...]
    values: tuple[np.ndarray, ...]
    ordered: tuple[bool, ...]
    ranks: np.ndarray
    case: np.ndarray
    parts: np.ndarray
    order: np.ndarray


class Limits(NamedTuple):
    """What a box asks of one factor.

    Attributes
    ----------
    factor : str
    low, high : float or None
        Ends in the factor's own unit, midway between the last level kept and the first one
        dropped; both belong to the box. None where that side is unrestricted.
    categories : tuple or None
        Categories allowed; None for a numeric factor.
    """

    factor: str
    low: float | None
    high: float | None
    categories: tuple | None


def encode(
    points: Mapping[str, np.ndarray], case: np.ndarray, ordered: Collection[str] = ()
) -> Sample:
    """Levels of every factor.

    Parameters
    ----------
    points : mapping of str to array, shape (n,)
        Floats are numeric; strings, bools and ints are categories.
    case : array, shape (n,), 0 to 1
        Share of the replicates of a point in which the outcome happened.
    ordered : collection of str
        Factors given as ints that are numeric all the same.

    Returns
    -------
    Sample

    Raises
    ------
    ValueError
        Without points or factors; where lengths differ; where a value is missing or infinite, or
        a case not within 0 and 1; where `ordered` names no numeric factor.
    """
    case = np.asarray(case, dtype=float)
    if case.ndim != 1 or not case.size or not points:
        raise ValueError(
            f"case has shape {case.shape} and there are {len(points)} factors. "
            "Give one case a point, and at least one factor."
        )
    if np.isnan(case).any():
        raise ValueError(
            f"case: {np.isnan(case).sum()} of {case.size} points are NaN. "
            "Leave out points without an outcome first."
        )
    if case.min() < 0 or case.max() > 1:
        raise ValueError(
            f"case: from {case.min()} to {case.max()}. Give shares within 0 and 1."
        )
    if unknown := set(ordered) - set(points):
        raise ValueError(f"ordered: {sorted(unknown)} are no factors; those are {list(points)}.")
    values, kinds, ranks = [], [], []
    for name, column in points.items():
        column, numeric = _column(name, column, case.size, name in ordered)
        levels, rank = np.unique(column, return_inverse=True)
        values.append(levels)
        kinds.append(numeric)
        ranks.append(rank)
    table = np.array(ranks)
    order = np.lexsort((case, *table[::-1]))
    case = case[order]
    return Sample(
        tuple(points), tuple(values), tuple(kinds), np.ascontiguousarray(table[:, order]), case,
        np.rint(case * WHOLE).astype(np.int64), order,
    )


def _column(name: str, column: np.ndarray, n: int, ordered: bool) -> tuple[np.ndarray, bool]:
    """A column of one kind, and whether it is numeric."""
    column = np.asarray(column)
    if column.shape != (n,):
        raise ValueError(f"{name} has shape {column.shape}. Give one value a case, shape ({n},).")
    if column.dtype == object:
        kinds = {type(value) for value in column}
        if kinds == {str}:
            column = column.astype(str)
        elif kinds <= {bool, np.bool_}:
            column = column.astype(bool)
        else:
            raise ValueError(
                f"{name} mixes or lacks values: {sorted(kind.__name__ for kind in kinds)}. "
                "Give floats, ints, bools or strings, one kind a factor."
            )
    if column.dtype.kind == "f" or (ordered and column.dtype.kind in "iu"):
        column = column.astype(float)
        if not np.isfinite(column).all():
            raise ValueError(f"{name}: {(~np.isfinite(column)).sum()} values are not finite.")
        return column, True
    if ordered or column.dtype.kind not in "iubUS":
        raise ValueError(
            f"{name} is {column.dtype}. Give floats, ints, bools or strings; only floats and ints "
            "can be ordered."
        )
    return column, False


def whole_box(sample: Sample) -> Box:
    """The box that holds every point."""
    return tuple(np.ones(levels.size, dtype=bool) for levels in sample.values)


def inside(sample: Sample, box: Box, rows: np.ndarray) -> np.ndarray:
    """Which of the rows lie in the box; bool, shape (rows,)."""
    held = np.ones(rows.size, dtype=bool)
    for allowed, rank in zip(box, sample.ranks, strict=True):
        if not allowed.all():
            held &= allowed[rank[rows]]
    return held


def outside(sample: Sample, box: Box, rows: np.ndarray) -> np.ndarray:
    """Whether a point misses what the box asks of a factor; bool, shape (factors, rows)."""
    return np.array([
        ~allowed[rank[rows]] for allowed, rank in zip(box, sample.ranks, strict=True)
    ])


def limits_of(sample: Sample, box: Box) -> tuple[Limits, ...]:
    """What the box asks, factor by factor; unrestricted factors are left out.

    A numeric side whose last observed level is allowed is unrestricted.
    """
    found = []
    for name, levels, numeric, allowed in zip(
        sample.names, sample.values, sample.ordered, box, strict=True
    ):
        if allowed.all():
            continue
        kept = np.flatnonzero(allowed)
        if not numeric:
            found.append(Limits(name, None, None, tuple(levels[kept].tolist())))
            continue
        first, last = kept[0], kept[-1]
        low = None if first == 0 else _midway(levels[first - 1], levels[first], levels[first])
        high = (
            None if last == levels.size - 1
            else _midway(levels[last], levels[last + 1], levels[last])
        )
        found.append(Limits(name, low, high, None))
    return tuple(found)


def _midway(below: float, above: float, kept: float) -> float:
    """Middle of two levels; the one kept where no number lies between them."""
    middle = below / 2 + above / 2
    return float(middle) if below < middle < above else float(kept)
