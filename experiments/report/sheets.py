"""Tables as CSV: every number of the report, exact, with names that programs can use."""

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence

from experiments.new_treatment import treatment_cases
from experiments.report.reading import REPORTED, Fact, Reading
from experiments.report.treatment import base_scenario
from simulation.theory.breakeven import BreakEven
from simulation.theory.regimes import Regime

__all__ = ["sheets"]

INTERVAL = ("mean", "low", "high", "deviation", "n")


def _sheet(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(heads)
    table.writerows(rows)
    return text.getvalue()


def _rows(reading: Reading, sort: str) -> Iterator[list[object]]:
    of = reading.level if sort == "level" else reading.change
    regimes = reading.regimes if sort == "level" else reading.regimes[1:]
    for row, place in enumerate(reading.places):
        for rule in reading.rules:
            for regime in regimes:
                for outcome in REPORTED:
                    fact: Fact = of(outcome.name, rule, regime, row)
                    where = [place.room, place.whole, rule, regime]
                    if sort == "change":
                        where.append(reading.base)
                    yield [*where, outcome.name, outcome.unit, *fact.found]


def _replicates(reading: Reading) -> Iterator[list[object]]:
    for row, place in enumerate(reading.places):
        for rule in reading.rules:
            for regime in reading.regimes:
                series = [reading.values(o.name, rule, regime, row) for o in REPORTED]
                for replicate, values in enumerate(zip(*series, strict=True)):
                    yield [place.room, place.whole, rule, regime, replicate, *values]


def _map(reading: Reading) -> Iterator[list[object]]:
    theory = reading.theory
    for found in reading.answer.maps:
        for row, room in enumerate(found.room_axis):
            for column, demand in enumerate(found.voluntary_axis):
                price = float(found.price_yuan_per_t[row, column])
                exact = float(theory.map.price[row, column])
                yield [
                    found.mechanism, float(demand), float(room),
                    price if math.isfinite(price) else None,
                    float(found.voluntary_share[row, column]),
                    float(found.compliance_share[row, column]),
                    exact if math.isfinite(exact) else None,
                    Regime(theory.map.regime[row, column]).name.lower(),
                ]


def sheets(reading: Reading) -> dict[str, str]:
    """Every table, by the name of its file.

    Parameters
    ----------
    reading : Reading

    Returns
    -------
    dict
        ``outcomes.csv`` and so on, to its text; a cell is empty where there is no number.
    """
    where = ("room", "whole_room", "mechanism", "regime")
    names = [outcome.name for outcome in REPORTED]
    return {
        "outcomes.csv": _sheet([*where, "outcome", "unit", *INTERVAL], _rows(reading, "level")),
        "differences.csv": _sheet(
            [*where, "against", "outcome", "unit", *INTERVAL], _rows(reading, "change")
        ),
        "patterns.csv": _sheet(
            ["pattern", "real", "low", "high", *INTERVAL, "inside_share", "verdict", "fitted"],
            ([found.pattern.name, found.real, found.low, found.high, *found.found, found.inside,
              found.verdict, found.pattern.fitted] for found in reading.patterns),
        ),
        "break_even.csv": _sheet(
            ["public_share", "discount_rate_per_year", *BreakEven._fields, "low", "high"],
            ([case.public_share, case.rate_per_year, *case.found, case.low, case.high]
             for case in treatment_cases(base_scenario(reading))),
        ),
        "map.csv": _sheet(
            ["mechanism", "voluntary_demand", "room", "price_yuan_per_t", "voluntary_share",
             "compliance_share", "theory_price_yuan_per_t", "theory_regime"],
            _map(reading),
        ),
        "replicates.csv": _sheet([*where, "replicate", *names], _replicates(reading)),
        "dictionary.csv": _sheet(
            ["outcome", "unit", "label", "label_zh", "meaning", "meaning_zh"],
            (o[:6] for o in REPORTED),
        ),
    }
