"""The first three figures: price, volume by motive, and what the atmosphere gets."""

from collections.abc import Iterable
from typing import Any

from experiments.intervals import Interval
from experiments.report.looks import Look
from experiments.report.numerals import Measure, evened, measure_for, shown
from experiments.report.panels import Figure, Panel, Row, Spec, axis_range, bars, dots
from experiments.report.reading import Fact, Reading
from experiments.report.texts import pointed_at, regime_name, rule_label, tell

__all__ = ["atmosphere_figure", "price_figure", "volume_figure"]

MOTIVES = ("voluntary", "compliance")
TONNES = ("removed_t", "issued_t", "additional_t", "licensed_t", "net_effect_t")


def _scaled(found: Interval, measure: Measure) -> dict[str, Any]:
    ends = zip(("mean", "low", "high"), found[:3], strict=True)
    return {name: None if end is None else end / measure.divisor for name, end in ends}


def _mean(fact: Fact, measure: Measure, *, signed: bool = False) -> str:
    return shown(fact.found, measure, signed=signed).split(" [")[0]


def _ends(rows: list[Row]) -> list[float | None]:
    return [end for row in rows for end in (row.mean, row.low, row.high)]


def _row(
    look: Look, fact: Fact, measure: Measure, group: str, part: str, colour: str, *,
    text: str | None = None, signed: bool = False, **style: object,
) -> Row:
    words = shown(fact.found, measure, signed=signed) + measure.suffix
    tip = pointed_at((group, part), words, look.language)
    return Row(
        group=group, part=part, text=_mean(fact, measure) if text is None else text, tip=tip,
        colour=colour, **_scaled(fact.found, measure), **style,
    )


def _measure(facts: Iterable[Fact], look: Look) -> Measure:
    """One measure for facts of one outcome, with one number of digits."""
    alike = list(facts)
    found = [fact.found for fact in alike]
    return evened(measure_for(alike[0].outcome, found, look.language), found)


def _said(fact: Fact, measure: Measure, part: str, without: str, look: Look) -> str:
    """What stands beside a dot: its number and its regime, or why there is none."""
    if fact.found.mean is None:
        return tell("colon", look.language, label=part, text=tell(without, look.language))
    return f"{_mean(fact, measure)}  {part}"


def _panel(
    title: str, measure: Measure, rows: Iterable[Row], look: Look, chart: Spec,
    *, in_title: bool = True,
) -> Panel:
    """A panel that tells its rows in words too."""
    if in_title:
        title = tell("with_unit", look.language, label=title, unit=measure.text)
    return Panel(title, chart, tell("semicolon", look.language).join(row.tip for row in rows))


def _rules(reading: Reading, look: Look) -> list[tuple[str, str, str]]:
    return [
        (rule, rule_label(rule, look.language), look.rule(number))
        for number, rule in enumerate(reading.rules)
    ]


def _regime(reading: Reading, look: Look, regime: str) -> str:
    return regime_name(reading.variant(reading.rules[0], regime).scenario, look.language)


def price_figure(reading: Reading, look: Look) -> Figure:
    """Price with and without eligibility by pricing rule, and the paired differences."""
    name, language = "price_yuan_per_t", look.language
    levels, changes = [], []
    facts = {
        (rule, regime): reading.level(name, rule, regime)
        for rule in reading.rules for regime in (reading.base, reading.changed)
    }
    measure = _measure(facts.values(), look)
    for rule, label, colour in _rules(reading, look):
        for regime in (reading.base, reading.changed):
            fact, part = facts[rule, regime], _regime(reading, look, regime)
            levels.append(_row(
                look, fact, measure, label, part, colour, hollow=regime == reading.base,
                text=_said(fact, measure, part, "no_trade", look),
            ))
        fact = reading.change(name, rule)
        changes.append(_row(
            look, fact, measure, label, "", colour, signed=True,
            text=shown(fact.found, measure, signed=True)
            if fact.found.mean is not None else tell("no_trade", language),
        ))
    return Figure("price", [
        _panel(tell("price_axis", language), measure, levels, look,
               dots(levels, look, domain=axis_range(_ends(levels), right=0.6))),
        _panel(tell("paired_difference", language), measure, changes, look,
               dots(changes, look, domain=axis_range(_ends(changes), left=0.8, right=0.8))),
    ], 2)


def _stack(
    reading: Reading, look: Look, measure: Measure, rule: str, regime: str, label: str
) -> list[Row]:
    """Voluntary and compliance volume, one beginning where the other ends."""
    part, start, rows = _regime(reading, look, regime), 0.0, []
    for motive in MOTIVES:
        fact = reading.level(f"{motive}_t", rule, regime)
        row = _row(look, fact, measure, label, part, look.colours[motive], start=start)
        names = (label, part, tell(motive, look.language))
        said = shown(fact.found, measure) + measure.suffix
        rows.append(row._replace(
            tip=pointed_at(names, said, look.language), mean=start + (row.mean or 0.0)
        ))
        start = rows[-1].mean or 0.0
    return rows


def volume_figure(reading: Reading, look: Look) -> Figure:
    """Volume split into voluntary and compliance, and the change of each."""
    language = look.language
    regimes = (reading.base, reading.changed)
    volumes = {
        (rule, regime): reading.level("volume_t", rule, regime)
        for rule in reading.rules for regime in regimes
    }
    measure = _measure(volumes.values(), look)
    stack, totals, changes = [], [], []
    for rule, label, _ in _rules(reading, look):
        for regime in regimes:
            part, fact = _regime(reading, look, regime), volumes[rule, regime]
            stack += _stack(reading, look, measure, rule, regime, label)
            totals.append(_row(
                look, fact, measure, label, part, "", text=f"{_mean(fact, measure)}  {part}",
            ))
        for motive in MOTIVES:
            fact, name = reading.change(f"{motive}_t", rule), tell(motive, language)
            said = _mean(fact, measure, signed=True)
            changes.append(_row(
                look, fact, measure, label, name, look.colours[motive], signed=True,
                # The first rule names the colours for all.
                text=f"{name} {said}" if rule == reading.rules[0] else said,
            ))
    domain = axis_range(_ends(totals), right=0.5)
    # Where a bar has two parts that are long enough, each is told its number.
    inside = [
        row for row in stack
        if ((row.mean or 0.0) - row.start) / (domain[1] - domain[0]) > 0.1
        and any(other.start == row.mean != other.mean or row.start == other.mean != row.mean
                for other in stack if other[:2] == row[:2] and other is not row)
    ]
    return Figure("volume", [
        _panel(tell("volume_axis", language), measure, [*totals, *stack], look,
               bars(stack, look, domain=domain, totals=totals, inside=inside)),
        _panel(tell("change_by_motive", language), measure, changes, look,
               dots(changes, look, domain=axis_range(_ends(changes), left=1.0, right=1.0))),
    ], 2)


def atmosphere_figure(reading: Reading, look: Look) -> Figure:
    """Removed, issued, additional, licensed and the net effect; the cost of a net tonne."""
    language = look.language
    facts = {
        (rule, regime, name): reading.level(name, rule, regime)
        for rule in reading.rules for regime in (reading.base, reading.changed)
        for name in TONNES
    }
    first = next(iter(facts.values())).outcome
    measure = measure_for(first, [fact.found for fact in facts.values()], language)
    base = _regime(reading, look, reading.base)
    every, panels = [], []
    for rule, label, colour in _rules(reading, look):
        rows, strokes = [], []
        for name in TONNES:
            group = tell(name, language)
            rows.append(_row(
                look, facts[rule, reading.changed, name], measure, group, "", colour,
                faint=name != "net_effect_t",
            ))
            before = facts[rule, reading.base, name]
            stroke = _row(look, before, measure, group, "", "")
            said = shown(before.found, measure) + measure.suffix
            strokes.append(stroke._replace(tip=pointed_at((group, base), said, language)))
        every += _ends(rows + strokes)
        panels.append((label, rows, strokes))
    domain = axis_range(every, left=0.17, right=0.17)
    axis = tell("with_unit", language, label=tell("tonnes_axis", language), unit=measure.text)
    drawn = [
        _panel(label, measure, [*rows, *strokes], look, in_title=False,
               chart=bars(rows, look, title=axis, domain=domain, strokes=strokes))
        for label, rows, strokes in panels
    ]
    return Figure("atmosphere", [*drawn, _cost_panel(reading, look)], 2)


def _cost_panel(reading: Reading, look: Look) -> Panel:
    regimes = (reading.base, reading.changed)
    facts = {
        (rule, regime): reading.level("cost_yuan_per_net_t", rule, regime)
        for rule in reading.rules for regime in regimes
    }
    measure, rows = _measure(facts.values(), look), []
    for rule, label, colour in _rules(reading, look):
        for regime in regimes:
            fact, part = facts[rule, regime], _regime(reading, look, regime)
            rows.append(_row(
                look, fact, measure, label, part, colour, hollow=regime == reading.base,
                text=_said(fact, measure, part, "no_net_tonne", look),
            ))
    chart = dots(rows, look, domain=axis_range(_ends(rows), right=0.6))
    return _panel(tell("cost_per_net", look.language), measure, rows, look, chart)
