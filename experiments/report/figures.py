"""The first three figures: price, volume by motive, and what the atmosphere gets."""

from experiments.report.looks import Look
from experiments.report.numerals import Measure, measure_for, shown
from experiments.report.panels import Figure, Panel, axis_range, bars, dots
from experiments.report.reading import Fact, Reading
from experiments.report.rows import (
    common_measure,
    ends_of,
    mean_text,
    motives_of,
    row_of,
    rules_of,
    stack_of,
    told_panel,
    told_parts,
)
from experiments.report.texts import pointed_at, regime_name, tell

__all__ = ["atmosphere_figure", "price_figure", "volume_figure"]

TONNES = ("removed_t", "issued_t", "additional_t", "licensed_t", "net_effect_t")


def _said(fact: Fact, measure: Measure, part: str, without: str, look: Look) -> str:
    """What stands beside a dot: its number and its regime, or why there is none."""
    if fact.found.mean is None:
        return tell("colon", look.language, label=part, text=tell(without, look.language))
    return f"{mean_text(fact, measure)}  {part}"


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
    measure = common_measure(facts.values(), look)
    for rule, label, colour in rules_of(reading, look):
        for regime in (reading.base, reading.changed):
            fact, part = facts[rule, regime], _regime(reading, look, regime)
            levels.append(row_of(
                look, fact, measure, label, part, colour, hollow=regime == reading.base,
                text=_said(fact, measure, part, "no_trade", look),
            ))
        fact = reading.change(name, rule)
        changes.append(row_of(
            look, fact, measure, label, "", colour, signed=True,
            text=shown(fact.found, measure, signed=True)
            if fact.found.mean is not None else tell("no_trade", language),
        ))
    return Figure("price", [
        told_panel(tell("price_axis", language), measure, levels, look,
                   dots(levels, look, domain=axis_range(ends_of(levels), right=0.75))),
        told_panel(tell("paired_difference", language), measure, changes, look,
                   dots(changes, look, domain=axis_range(ends_of(changes), left=0.8, right=0.8))),
    ], 2)


def volume_figure(reading: Reading, look: Look) -> Figure:
    """Volume split by motive, and the change of each."""
    language = look.language
    regimes = (reading.base, reading.changed)
    motives = motives_of(reading, regimes)
    volumes = {
        (rule, regime): reading.level("volume_t", rule, regime)
        for rule in reading.rules for regime in regimes
    }
    measure = common_measure(volumes.values(), look)
    stack, totals, changes = [], [], []
    for rule, label, _ in rules_of(reading, look):
        for regime in regimes:
            part, fact = _regime(reading, look, regime), volumes[rule, regime]
            stack += stack_of(reading, look, measure, (rule, regime), (label, part), motives)
            totals.append(row_of(
                look, fact, measure, label, part, "", text=f"{mean_text(fact, measure)}  {part}",
            ))
        for motive in motives:
            fact, name = reading.change(f"{motive}_t", rule), tell(motive, language)
            said = mean_text(fact, measure, signed=True)
            changes.append(row_of(
                look, fact, measure, label, name, look.colours[motive], signed=True,
                # The first rule names the colours for all.
                text=f"{name} {said}" if rule == reading.rules[0] else said,
            ))
    domain = axis_range(ends_of(totals), right=0.62)
    return Figure("volume", [
        told_panel(tell("volume_axis", language), measure, [*totals, *stack], look,
                   bars(stack, look, domain=domain, totals=totals,
                        inside=told_parts(stack, domain))),
        told_panel(tell("change_by_motive", language), measure, changes, look,
                   dots(changes, look, domain=axis_range(ends_of(changes), left=1.25, right=1.25))),
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
    for rule, label, colour in rules_of(reading, look):
        rows, strokes = [], []
        for name in TONNES:
            group = tell(name, language)
            rows.append(row_of(
                look, facts[rule, reading.changed, name], measure, group, "", colour,
                faint=name != "net_effect_t",
            ))
            before = facts[rule, reading.base, name]
            stroke = row_of(look, before, measure, group, "", "")
            said = shown(before.found, measure) + measure.suffix
            strokes.append(stroke._replace(tip=pointed_at((group, base), said, language)))
        every += ends_of(rows + strokes)
        panels.append((label, rows, strokes))
    domain = axis_range(every, left=0.17, right=0.17)
    axis = tell("with_unit", language, label=tell("tonnes_axis", language), unit=measure.text)
    drawn = [
        told_panel(label, measure, [*rows, *strokes], look, in_title=False,
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
    measure, rows = common_measure(facts.values(), look), []
    for rule, label, colour in rules_of(reading, look):
        for regime in regimes:
            fact, part = facts[rule, regime], _regime(reading, look, regime)
            rows.append(row_of(
                look, fact, measure, label, part, colour, hollow=regime == reading.base,
                text=_said(fact, measure, part, "no_net_tonne", look),
            ))
    chart = dots(rows, look, domain=axis_range(ends_of(rows), right=0.75))
    return told_panel(tell("cost_per_net", look.language), measure, rows, look, chart)
