"""Rows of a figure out of facts: number, interval, text, and what a pointer is shown."""

from collections.abc import Iterable, Sequence
from typing import Any

from experiments.intervals import Interval
from experiments.report.looks import Look
from experiments.report.numerals import Measure, evened, measure_for, shown
from experiments.report.panels import Panel, Row, Spec
from experiments.report.reading import Fact, Reading
from experiments.report.texts import pointed_at, rule_label, tell

__all__ = [
    "common_measure", "ends_of", "mean_text", "motives_of", "row_of", "rules_of", "stack_of",
    "told_panel", "told_parts",
]


def _scaled(found: Interval, measure: Measure) -> dict[str, Any]:
    ends = zip(("mean", "low", "high"), found[:3], strict=True)
    return {name: None if end is None else end / measure.divisor for name, end in ends}


def mean_text(fact: Fact, measure: Measure, *, signed: bool = False) -> str:
    """The number without its interval."""
    return shown(fact.found, measure, signed=signed).split(" [")[0]


def ends_of(rows: Iterable[Row]) -> list[float | None]:
    """Everything that an axis has to hold."""
    return [end for row in rows for end in (row.mean, row.low, row.high)]


def row_of(
    look: Look, fact: Fact, measure: Measure, group: str, part: str, colour: str, *,
    text: str | None = None, signed: bool = False, **style: object,
) -> Row:
    """A fact as a dot or bar; its text is its number where none is given."""
    words = shown(fact.found, measure, signed=signed) + measure.suffix
    tip = pointed_at((group, part), words, look.language)
    return Row(
        group=group, part=part, text=mean_text(fact, measure) if text is None else text, tip=tip,
        colour=colour, **_scaled(fact.found, measure), **style,
    )


def common_measure(facts: Iterable[Fact], look: Look) -> Measure:
    """One measure for facts of one outcome, with one number of digits."""
    alike = list(facts)
    found = [fact.found for fact in alike]
    return evened(measure_for(alike[0].outcome, found, look.language), found)


def told_panel(
    title: str, measure: Measure, rows: Iterable[Row], look: Look, chart: Spec,
    *, in_title: bool = True,
) -> Panel:
    """A panel that tells its rows in words too."""
    if in_title:
        title = tell("with_unit", look.language, label=title, unit=measure.text)
    return Panel(title, chart, tell("semicolon", look.language).join(row.tip for row in rows))


def rules_of(reading: Reading, look: Look) -> list[tuple[str, str, str]]:
    """Pricing rules with their short names and colours."""
    return [
        (rule, rule_label(rule, look.language), look.rule(number))
        for number, rule in enumerate(reading.rules)
    ]


def motives_of(reading: Reading, regimes: Iterable[str]) -> list[str]:
    """Motives of buyers; the quota only where some is bought for it."""
    bought = any(
        value for rule in reading.rules for regime in regimes
        for value in reading.values("quota_t", rule, regime)
    )
    return ["voluntary", "compliance"] + ["quota"] * bought


def stack_of(
    reading: Reading, look: Look, measure: Measure, where: tuple[str, str],
    names: tuple[str, str], motives: Iterable[str],
) -> list[Row]:
    """Volume of each motive, one beginning where the other ends.

    Parameters
    ----------
    reading : Reading
    look : Look
    measure : Measure
    where : (str, str)
        Pricing rule and regime.
    names : (str, str)
        Group and part of the rows.
    motives : iterable of str

    Returns
    -------
    list of Row
    """
    start, rows = 0.0, []
    for motive in motives:
        fact = reading.level(f"{motive}_t", *where)
        row = row_of(look, fact, measure, *names, look.colours[motive], start=start)
        said = shown(fact.found, measure) + measure.suffix
        rows.append(row._replace(
            tip=pointed_at((*names, tell(motive, look.language)), said, look.language),
            mean=start + (row.mean or 0.0),
        ))
        start = rows[-1].mean or 0.0
    return rows


def told_parts(stack: Sequence[Row], domain: Sequence[float], least: float = 0.1) -> list[Row]:
    """Parts of a stack that are long enough to hold their number; not bars of one part."""
    long = {
        row for row in stack
        if ((row.mean or 0.0) - row.start) / (domain[1] - domain[0]) > least
    }
    parts = [
        {other for other in stack if other[:2] == row[:2] and other.mean != other.start}
        for row in stack
    ]
    return [row for row, its in zip(stack, parts, strict=True) if row in long and len(its) > 1]
