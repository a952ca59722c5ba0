"""Populations: columns become records, and records can get more room."""

import numpy as np
import pytest

from agents.buyers.columns import FIRM_COLUMNS
from agents.population import Column, dtype_of, empty, grown
from agents.registry.columns import (
    BLOCK_COLUMNS,
    DEAL_COLUMNS,
    JOURNAL_COLUMNS,
    OPERATION_COLUMNS,
    VERIFICATION_COLUMNS,
)
from agents.sellers.columns import PROJECT_COLUMNS, STAND_COLUMNS
from simulation.state import MONTHLY_COLUMNS

COLUMNS = (Column("id", "i8", "id", "who"), Column("share", "f8", "1", "how much"))


def test_a_population_starts_with_zeros():
    """One row an agent, one field a column."""
    rows = empty(COLUMNS, 3)
    assert rows.id.tolist() == [0, 0, 0]
    assert rows.dtype.names == ("id", "share")
    assert isinstance(rows[0], np.record)


def test_more_room_keeps_what_was_there():
    """The old rows keep their places, the new ones are zero, and the original is untouched."""
    rows = empty(COLUMNS, 2)
    rows.id = [7, 8]
    larger = grown(rows, 4)
    assert larger.id.tolist() == [7, 8, 0, 0]
    larger.id[0] = 1
    assert rows.id.tolist() == [7, 8]


@pytest.mark.parametrize(
    "columns",
    [FIRM_COLUMNS, PROJECT_COLUMNS, STAND_COLUMNS, BLOCK_COLUMNS, JOURNAL_COLUMNS, DEAL_COLUMNS,
     OPERATION_COLUMNS, VERIFICATION_COLUMNS, MONTHLY_COLUMNS],
)
def test_columns_say_what_they_are(columns):
    """Unique names, a unit and a meaning; money and tonnes that are counted are whole."""
    assert len({column.name for column in columns}) == len(columns)
    for column in columns:
        assert column.unit
        assert column.meaning
        assert column.kind in ("f8", "i8", "i4", "i2", "?")
        if column.unit in ("fen", "fen/t", "fen or t"):
            assert column.kind == "i8"
    assert dtype_of(columns).names == tuple(column.name for column in columns)
