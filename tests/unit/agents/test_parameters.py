"""Months, declarations and records."""

import pytest
from pydantic import ValidationError

from agents.parameters import (
    Parameters,
    declarations,
    month_number,
    month_text,
    param,
    record_of,
    write_record,
)
from simulation.allowance_price import AllowancePriceParameters


@pytest.mark.parametrize(
    ("text", "number"),
    [("2024-01", 24288), ("1900-01", 22800), ("2299-12", 27599), (24288, 24288)],
)
def test_months_are_counted_from_the_year_zero(text, number):
    """2024 * 12 = 24288."""
    assert month_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["2024", "2024-1", "24-01", "2024-00", "2024-13", "2024-01-01", "", "x", "２０２４-01",
     "1899-12", "2300-01", 22799, 27600, 24288.0, True, None],
)
def test_what_is_no_month_is_refused(text):
    """Also true, floats, wide digits and years that nobody means."""
    with pytest.raises(ValueError, match="not a month"):
        month_number(text)


def test_a_month_reads_as_it_was_written():
    """There and back, for every month of three years."""
    for number in range(24288, 24288 + 36):
        assert month_number(month_text(number)) == number
    assert month_text(24299) == "2024-12"


class Table(Parameters):
    """A table for these tests."""

    share: float = param(
        0.5, unit="1", low=0, high=1, role="lever", source="test", label="Share", label_zh="比例",
    )
    above: float = param(
        0.5, unit="1", above=0, role="design", source="test", label="Above", label_zh="大于",
    )


def test_bounds_include_their_ends():
    """Except a lower bound that is declared exclusive."""
    assert Table(share=0).share == 0.0
    assert Table(share=1).share == 1.0
    for wrong in ({"share": -1e-9}, {"share": 1.0 + 1e-9}, {"above": 0.0}):
        with pytest.raises(ValidationError):
            Table(**wrong)


def test_tables_are_frozen_and_strict():
    """A parameter can be neither changed later nor given as a text."""
    table = Table()
    with pytest.raises(ValidationError):
        table.share = 0.2
    for wrong in ({"share": "0.5"}, {"share": float("nan")}, {"unknown": 1}):
        with pytest.raises(ValidationError):
            Table(**wrong)


def test_a_declaration_is_what_was_declared():
    """Sliders and docs read these, so they must not differ from what is checked."""
    share, above = declarations(Table, "here.")
    assert share == (
        "here.share", 0.5, "1", 0, 1, (), "lever", "test", "Share", "比例",
    )
    assert (above.low, above.high) == (0, None)


def test_a_choice_becomes_its_place():
    """The record holds 2 for the third choice; floats stay what they are."""
    table = AllowancePriceParameters(path="mean_reverting", volatility_per_year=0.25)
    record = record_of(table)
    assert record.path[0] == 2
    assert record.volatility_per_year[0] == 0.25
    assert set(record.dtype.names) == set(type(table).model_fields)


def test_one_parameter_can_be_rewritten():
    """What an event does: one field, and no other."""
    record = record_of(AllowancePriceParameters())
    changed = AllowancePriceParameters(path="historical_annual", price_yuan_per_t=1.0)
    write_record(record, changed, "path")
    assert record.path[0] == 1
    assert record.price_yuan_per_t[0] == 62.36
