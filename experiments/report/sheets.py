"""Tables as CSV: every number of the report, exact, with names that programs can use."""

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence

from experiments.integrity import IntegrityCase
from experiments.new_treatment import treatment_cases
from experiments.price_theories import MEASURES
from experiments.regimes_seen import Seen, regimes_seen
from experiments.report.among import AmongRules, among_rules
from experiments.report.kinds import AmongKinds, among_kinds
from experiments.report.reading import REPORTED, Fact, Reading
from experiments.report.signature import agreements, every_map
from experiments.report.treatment import base_scenario
from simulation.theory.breakeven import BreakEven
from simulation.theory.regimes import Regime

__all__ = ["sheet", "sheet_names", "sheets"]

INTERVAL = ("mean", "low", "high", "deviation", "n")


def sheet(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV, its lines ended in one way everywhere."""
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
    for found in every_map(reading):
        seen = regimes_seen(found)
        for row, room in enumerate(found.room_axis):
            for column, demand in enumerate(found.voluntary_axis):
                price = float(found.price_yuan_per_t[row, column])
                exact = float(theory.map.price[row, column])
                yield [
                    found.mechanism, float(demand), float(room),
                    price if math.isfinite(price) else None,
                    float(found.voluntary_share[row, column]),
                    float(found.compliance_share[row, column]),
                    _finite(found.room_used[row, column]), Seen(seen[row, column]).name.lower(),
                    exact if math.isfinite(exact) else None,
                    Regime(theory.map.regime[row, column]).name.lower(),
                ]


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _signature(reading: Reading) -> Iterator[list[object]]:
    for found in agreements(reading):
        yield [
            found.mechanism, found.cells, _finite(found.same_share), _finite(found.below_share),
            _finite(found.gap_yuan_per_t),
            *(_finite(found.gaps_yuan_per_t.get(regime, math.nan)) for regime in Regime),
        ]


def _kinds(among: AmongKinds) -> Iterator[list[object]]:
    first = among.kinds[0]
    for rule in among.rules:
        for kind in among.kinds:
            for outcome in among.outcomes:
                level = among.level(outcome.name, rule, kind)
                yield [rule, kind, "", outcome.name, outcome.unit, *level.found]
                if kind != first:
                    change = among.change(outcome.name, rule, kind, first)
                    yield [rule, kind, first, outcome.name, outcome.unit, *change.found]


def _kind_replicates(among: AmongKinds) -> Iterator[list[object]]:
    for rule in among.rules:
        for kind in among.kinds:
            series = [among.values(outcome.name, rule, kind) for outcome in among.outcomes]
            for replicate, values in enumerate(zip(*series, strict=True)):
                yield [rule, kind, replicate, *values]


def _bunching(reading: Reading) -> Iterator[list[object]]:
    for case in reading.answer.paces:
        for replicate, profile in enumerate(case.profiles):
            for month, value in enumerate(profile, start=1):
                yield [case.mechanism, case.room, case.whole, case.pace, replicate, month,
                       _finite(value)]


def _integrity(case: IntegrityCase) -> Iterator[list[object]]:
    for name, rows in case.swept.items():
        for chance, values in zip(case.audits, rows, strict=True):
            for replicate, value in enumerate(values):
                yield ["audits", chance, name, replicate, value]
    for name, rows in case.net.items():
        for eligible, values in enumerate(rows):
            for replicate, value in enumerate(values):
                yield ["eligible", eligible, name, replicate, value]


def _integrity_years(case: IntegrityCase) -> Iterator[list[object]]:
    for name, values in case.paths.items():
        for replicate, path in enumerate(values):
            for year, value in zip(case.years, path, strict=True):
                yield [year, f"{name}_t", replicate, _finite(value)]


def _of_compliance(reading: Reading) -> dict[str, str]:
    """Tables of theory, compliance regimes and bunching, where an answer has them."""
    found, kinds = {}, among_kinds(reading)
    if reading.theory:
        found["signature.csv"] = sheet(
            ["mechanism", "cells", "same_regime_share", "room_left_below_share",
             "price_distance_yuan_per_t",
             *(f"gap_{regime.name.lower()}_yuan_per_t" for regime in Regime)],
            _signature(reading),
        )
    if kinds:
        found["kinds.csv"] = sheet(
            ["mechanism", "kind", "less_kind", "outcome", "unit", *INTERVAL], _kinds(kinds)
        )
        found["kind_replicates.csv"] = sheet(
            ["mechanism", "kind", "replicate", *(outcome.name for outcome in kinds.outcomes)],
            _kind_replicates(kinds),
        )
    case = reading.answer.integrity
    if case:
        found["integrity.csv"] = sheet(
            ["varied", "value", "outcome", "replicate", "result"], _integrity(case)
        )
        found["integrity_years.csv"] = sheet(
            ["year", "quantity", "replicate", "tonnes"], _integrity_years(case)
        )
    if reading.answer.paces:
        found["bunching.csv"] = sheet(
            ["mechanism", "room", "whole_room", "pace", "replicate", "month_of_year",
             "purchases_of_mean_month"],
            _bunching(reading),
        )
    return found


def _rules(among: AmongRules) -> Iterator[list[object]]:
    for rule in among.rules:
        for regime in among.regimes:
            for outcome in among.outcomes:
                level = among.level(outcome.name, rule, regime)
                yield [rule, regime, "", outcome.name, outcome.unit, *level.found]
                if rule != among.usual:
                    change = among.change(outcome.name, rule, regime)
                    yield [rule, regime, among.usual, outcome.name, outcome.unit, *change.found]


def _rule_replicates(among: AmongRules) -> Iterator[list[object]]:
    for rule in among.rules:
        for regime in among.regimes:
            series = [among.values(outcome.name, rule, regime) for outcome in among.outcomes]
            for replicate, values in enumerate(zip(*series, strict=True)):
                yield [rule, regime, replicate, *values]


def _theories(reading: Reading) -> Iterator[list[object]]:
    for found in reading.theories:
        for name in MEASURES:
            yield [found.case.mechanism, found.case.theory, name, *found.interval(name)]


def _theory_deals(reading: Reading) -> Iterator[list[object]]:
    for case in reading.answer.theories:
        for replicate, deals in enumerate(case.runs):
            for price, tonnes in zip(deals.price_yuan_per_t, deals.tonnes, strict=True):
                yield [case.mechanism, case.theory, replicate, float(price), int(tonnes)]


def _of_pricing(reading: Reading) -> dict[str, str]:
    """Tables of the pricing rules and of the price theories, where an answer has them."""
    found, among = {}, among_rules(reading)
    if among:
        names = [outcome.name for outcome in among.outcomes]
        found["rules.csv"] = sheet(
            ["mechanism", "regime", "less_mechanism", "outcome", "unit", *INTERVAL], _rules(among)
        )
        found["rule_replicates.csv"] = sheet(
            ["mechanism", "regime", "replicate", *names], _rule_replicates(among)
        )
    if reading.answer.theories:
        found["theories.csv"] = sheet(
            ["mechanism", "theory", "measure", *INTERVAL], _theories(reading)
        )
        found["theory_deals.csv"] = sheet(
            ["mechanism", "theory", "replicate", "price_yuan_per_t", "tonnes"],
            _theory_deals(reading),
        )
    return found


def sheet_names(reading: Reading) -> list[str]:
    """Names of the tables, in the order in which the page lists them."""
    names = ["outcomes", "differences"]
    names += ["rules", "rule_replicates"] * bool(reading.answer.rules)
    names += ["map"] + ["signature"] * bool(reading.theory)
    names += ["kinds", "kind_replicates"] * bool(reading.answer.kinds)
    names += ["bunching"] * bool(reading.answer.paces)
    names += ["integrity", "integrity_years"] * bool(reading.answer.integrity) + ["break_even"]
    names += ["theories", "theory_deals"] * bool(reading.answer.theories)
    return [*names, "patterns", "replicates", "dictionary"]


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
        "outcomes.csv": sheet([*where, "outcome", "unit", *INTERVAL], _rows(reading, "level")),
        "differences.csv": sheet(
            [*where, "against", "outcome", "unit", *INTERVAL], _rows(reading, "change")
        ),
        "patterns.csv": sheet(
            ["pattern", "real", "low", "high", *INTERVAL, "inside_share", "verdict", "fitted"],
            ([found.pattern.name, found.real, found.low, found.high, *found.found, found.inside,
              found.verdict, found.pattern.fitted] for found in reading.patterns),
        ),
        "break_even.csv": sheet(
            ["public_share", "discount_rate_per_year", *BreakEven._fields, "low", "high"],
            ([case.public_share, case.rate_per_year, *case.found, case.low, case.high]
             for case in treatment_cases(base_scenario(reading))),
        ),
        "map.csv": sheet(
            ["mechanism", "voluntary_demand", "room", "price_yuan_per_t", "voluntary_share",
             "compliance_share", "room_used_share", "regime",
             "theory_price_yuan_per_t", "theory_regime"],
            _map(reading),
        ),
        "replicates.csv": sheet([*where, "replicate", *names], _replicates(reading)),
        "dictionary.csv": sheet(
            ["outcome", "unit", "label", "label_zh", "meaning", "meaning_zh"],
            ((*o[:3], o.label_zh, o.meaning, o.meaning_zh)
             for o in REPORTED),
        ),
        **_of_pricing(reading), **_of_compliance(reading),
    }
