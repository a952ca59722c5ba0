"""The reference page says what the code says."""

import pytest

from experiments.reference import PAGE, TABLES, page
from simulation import load, simulate


def test_reference_page_is_current():
    """`python -m experiments.reference` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.fixture(scope="module")
def run():
    return simulate(load("tiny", {"months": 24}), 1)


@pytest.mark.parametrize("shown", [table for table in TABLES if table.frame], ids=lambda t: t.frame)
def test_the_page_lists_the_columns_that_people_see(run, shown):
    """Those of the data frame, which are those of the CSV file: yuan, names, derived columns."""
    listed = [name for name, _, _ in shown.rows()]
    assert len(set(listed)) == len(listed)
    assert set(listed) == set(getattr(run, shown.frame).columns)


@pytest.mark.parametrize("shown", [table for table in TABLES if table.frame], ids=lambda t: t.frame)
def test_units_are_those_of_the_values(run, shown):
    """Names where codes were, and no fen."""
    frame = getattr(run, shown.frame)
    for name, unit, _ in shown.rows():
        assert "fen" not in unit
        numeric = frame[name].dtype.kind in "ifb"
        assert not (unit == "name" and numeric and frame[name].notna().any()), name
