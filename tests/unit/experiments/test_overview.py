"""Many variants side by side."""

import csv
import io
import json

import pytest
from rich.console import Console

from experiments.cli import main
from experiments.commands.compare import _points
from experiments.comparing import Comparison, Variant
from experiments.overview import labels, overview_tables
from simulation.errors import InputError
from simulation.outcomes import OUTCOMES
from simulation.scenario import load


def made(values, varied=(), **overrides):
    """A variant with one outcome that is not zero."""
    zero = {outcome.name: [0.0] * 3 for outcome in OUTCOMES}
    return Variant(load("tiny", overrides), {**zero, **values}, varied)


def cells(table, column):
    """Texts of a column."""
    return [str(cell) for cell in table.columns[column].cells]


def test_what_differs_is_the_label():
    """Nothing that all variants share is said in every row."""
    rules = [made({}, **{"market.mechanism": name}) for name in ("listing", "mcafee")]
    assert labels(Comparison(rules, 1, 3), "en") == ["Listing", "McAfee auction"]
    varied = [made({}, (("quote.strategy", name),)) for name in ("focal", "storage")]
    assert labels(Comparison(varied, 1, 3), "zh") == ["focal", "storage"]
    two = [made({}, (("a", "1"), ("b", name))) for name in "xy"]
    assert labels(Comparison(two, 1, 3), "en") == ["b = x", "b = y"]
    assert labels(Comparison([made({})], 1, 3), "en") == ["tiny"]


def test_a_star_says_that_the_difference_excludes_zero():
    """Paired: prices that move by exactly one yuan are told apart, however they scatter."""
    first = made({"price_yuan_per_t": [10.0, 20.0, 30.0]})
    second = made({"price_yuan_per_t": [11.0, 21.0, 31.01]}, months=24)
    third = made({"price_yuan_per_t": [30.0, 20.0, 10.0]}, months=36)
    table, = overview_tables(Comparison([first, second, third], 1, 3), "en")
    shown = cells(table, 1)
    assert shown[0] == "20.00 ± 24.84"
    assert shown[1].splitlines()[1] == "+1.00 ± 0.01 *"
    assert not shown[2].endswith("*")


@pytest.mark.parametrize(("language", "unit", "text"), [
    ("en", "million yuan", "250.0 ± "), ("zh", "亿元", "2.50 ± "),
])
def test_large_numbers_are_told_in_multiples(language, unit, text):
    """Millions in English, hundreds of millions in Chinese."""
    variants = [made({"proceeds_yuan": [2e8, 2.5e8, 3e8]}), made({}, months=24)]
    table, = overview_tables(Comparison(variants, 1, 3), language)
    assert table.columns[1].header.endswith(unit)
    assert cells(table, 1)[0].startswith(text)


def test_what_does_not_exist_is_none():
    """A run without trade has no price; half of the runs may have one."""
    nothing = made({"price_yuan_per_t": [None] * 3})
    once = made({"price_yuan_per_t": [None, 20.0, None]}, months=24)
    table, = overview_tables(Comparison([nothing, once], 1, 3), "en")
    assert cells(table, 1)[0] == "none"
    assert cells(table, 1)[1].splitlines() == ["20.00", "none  "]


def test_who_buys_and_what_is_additional_stand_in_the_overview():
    """Nothing that the question is about is left to --details."""
    shown = ("voluntary_t", "compliance_t", "quota_t", "issued_t", "additional_t", "net_effect_t")
    variants = [made({name: [1.0, 2.0, 3.0] for name in shown}), made({}, months=24)]
    tables = overview_tables(Comparison(variants, 1, 3), "en")
    heads = [column.header.split("\n")[0] for table in tables for column in table.columns[1:]]
    labels = {outcome.name: outcome.label for outcome in OUTCOMES}
    assert heads == [labels[name] for name in shown]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_overview_fits_eighty_columns(language):
    """Long names fold, numbers stay whole."""
    numbers = {outcome.name: [4e8, 6e8, 8e8] for outcome in OUTCOMES}
    variants = [made(numbers), made({name: [each * 2 for each in values]
                                     for name, values in numbers.items()}, name="tiny-eligible")]
    terminal = Console(width=80, file=io.StringIO())
    for table in overview_tables(Comparison(variants, 1, 3), language):
        terminal.print(table)
    shown = terminal.file.getvalue()
    assert "…" not in shown
    whole = "600.0 ± 496.8" if language == "en" else "6.00 ± 4.97"
    assert shown.count(whole) >= 3
    assert "atmosphere" in shown if language == "en" else "净效应" in shown


def test_all_points_of_all_axes_are_crossed():
    """The last axis varies fastest; no axis is one point."""
    assert _points([]) == [()]
    assert _points(["a=1, 2", "b=x"]) == [("a=1", "b=x"), ("a=2", "b=x")]


@pytest.mark.parametrize("axes", [["a"], ["a="], ["a=1,,2"], ["a=1", "a=2"]])
def test_an_axis_that_says_nothing_is_refused(axes):
    """No value, an empty one, or a parameter twice."""
    with pytest.raises(InputError, match="--vary"):
        _points(axes)


def test_a_parameter_is_varied_from_the_command_line(capsys, tmp_path):
    """Each value is a variant, in the summary, in the table and in the file."""
    words = ["compare", "tiny", "--vary", "quote.strategy=focal,truthful,storage", "-n", "2",
             "--set", "months=48", "--out", str(tmp_path / "found")]
    main([*words, "--json"])
    found = json.loads(capsys.readouterr().out)
    assert [each["varied"] for each in found["scenarios"]] == [
        {"quote.strategy": name} for name in ("focal", "truthful", "storage")
    ]
    prices = [each["outcomes"]["price_yuan_per_t"]["mean"] for each in found["scenarios"]]
    assert len(set(prices)) == 3
    with (tmp_path / "found" / "replicates.csv").open(encoding="utf-8") as file:
        assert {row["quote.strategy"] for row in csv.DictReader(file)} == {
            "focal", "truthful", "storage",
        }
    main(words)
    table = capsys.readouterr().out
    assert "truthful" in table
    assert "Lost: policy" not in table
    main([*words, "--details"])
    assert "less tiny" in capsys.readouterr().out
