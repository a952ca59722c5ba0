"""Populations: each kind of agent is one structured array, one row an agent."""

from typing import NamedTuple

import numpy as np

__all__ = ["Column", "dtype_of", "empty", "grown"]


class Column(NamedTuple):
    """One quantity of every agent of a kind.

    Attributes
    ----------
    name : str
        Field of the structured array.
    kind : str
        NumPy type: ``f8`` for beliefs and biophysics, ``i8`` for fen, tonnes, ids and codes,
        ``?`` for yes or no.
    unit : str
        Unit, ``1`` for a pure number.
    meaning : str
        One line for the docs.
    """

    name: str
    kind: str
    unit: str
    meaning: str


def dtype_of(columns: tuple[Column, ...]) -> np.dtype:
    """Aligned record type of a population.

    Parameters
    ----------
    columns : tuple of Column

    Returns
    -------
    numpy.dtype
        Its scalars are ``numpy.record``, so that ``row.field`` reads the same whether a kernel is
        compiled or not.
    """
    fields = np.dtype([(column.name, column.kind) for column in columns], align=True)
    return np.dtype((np.record, fields))


def empty(columns: tuple[Column, ...] | np.dtype, rows: int) -> np.recarray:
    """Rows of zeros.

    Parameters
    ----------
    columns : tuple of Column or numpy.dtype
    rows : int

    Returns
    -------
    numpy.recarray, shape (rows,)
    """
    dtype = columns if isinstance(columns, np.dtype) else dtype_of(columns)
    return np.zeros(rows, dtype=dtype).view(np.recarray)


def grown(rows: np.recarray, capacity: int) -> np.recarray:
    """Copy with room for more rows; what was there keeps its place.

    Parameters
    ----------
    rows : numpy.recarray, shape (n,)
    capacity : int
        At least n.

    Returns
    -------
    numpy.recarray, shape (capacity,)
    """
    larger = empty(rows.dtype, capacity)
    larger[: len(rows)] = rows
    return larger
