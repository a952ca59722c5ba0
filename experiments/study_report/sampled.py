"""Outcomes against each factor, and how each outcome is spread over all points."""

from typing import Any

import numpy as np

from experiments.language import Language
from experiments.report.looks import Look
from experiments.report.numerals import figure
from experiments.report.panels import Figure, Panel, layer, number, sized
from experiments.report.texts import plain
from experiments.study.findings import Spread
from experiments.study_report.casemaps import axis_of, places_of
from experiments.study_report.parts import (
    Column,
    Named,
    Section,
    Table,
    marked_number,
    plain_number,
    share,
)
from experiments.study_report.subject import Subject, level_text, rounded
from experiments.study_report.texts import said, tell

__all__ = ["sampled_answer", "sampled_sections", "spread_sections"]

MOST_DRAWN, BINS, BARS = 500, 8, 24
# With fewer points a bar would hold one or two: each point is drawn.
FEW = 20


def sampled_answer(subject: Subject, language: Language) -> list[str]:
    """How widely each outcome is spread, where a design asks nothing more."""
    sentences = []
    for at, spread in enumerate(subject.found.spreads):
        label = plain(subject.label(spread.outcome, language))
        if spread.low is None:
            sentences.append(tell("spread_none", language, label=label))
            continue
        low, median, high = (
            marked_number(value, f"outcomes/{at}/{key}",
                          subject.amount(spread.outcome, value, language))
            for key, value in zip(("low", "median", "high"), spread[4:7], strict=True)
        )
        sentences.append(tell("spread_words", language, label=label, low=low, median=median,
                              high=high))
    return sentences


def _bins(subject: Subject, name: str, outcome: str) -> list[dict[str, Any]]:
    """Means of an outcome over equal shares of the points, from low to high in a factor."""
    means = subject.means[outcome]
    known = ~np.isnan(means)
    rows = []
    column = np.array(subject.column(name), dtype=object)
    if subject.numeric(name):
        values = column.astype(float)[known] * subject.scale(name)
        order = np.argsort(values, kind="stable")
        groups = [part for part in np.array_split(order, min(BINS, len(order))) if len(part)]
        rows = [{"x": float(np.median(values[part])), "low": float(values[part].min()),
                 "high": float(values[part].max()), "points": len(part),
                 "mean": float(means[known][part].mean())} for part in groups]
    else:
        texts = [str(value) for value in column]
        for place, level in enumerate(dict.fromkeys(map(str, subject.factors[name].levels))):
            mine = np.array([text == level for text in texts]) & known
            if mine.any():
                rows.append({"x": float(place), "value": level, "points": int(mine.sum()),
                             "mean": float(means[mine].mean())})
    return rows


def _against(subject: Subject, name: str, outcome: str, look: Look) -> Panel:
    language, means = look.language, subject.means[outcome]
    measure = subject.measure(outcome, means.tolist(), language)
    size = measure.divisor
    kind = float if subject.numeric(name) else str
    x = places_of(subject, name, np.array([kind(level) for level in subject.column(name)]))
    known = np.flatnonzero(~np.isnan(means))
    drawn = known[np.unique(np.linspace(0, len(known) - 1, min(len(known), MOST_DRAWN))
                            .astype(int))] if len(known) else known
    values = [{"x": rounded(float(x[at])), "y": rounded(float(means[at]) / size)} for at in drawn]
    line = [{"x": row["x"], "y": rounded(row["mean"] / size)}
            for row in _bins(subject, name, outcome)]
    across = axis_of(subject, name, "x", language, titleLimit=250)
    across["axis"]["title"] = subject.unit(subject.factors[name], language) or None
    up = number("y", scale={"zero": False, "nice": True}, axis={"title": None, "tickCount": 4})
    encoding = {"x": across, "y": up}
    layers = [layer(values, "circle", encoding, color=look.colours["muted"], size=12, opacity=0.4)]
    if subject.numeric(name):
        layers.append(layer(line, "line", encoding, color=look.colours["rule-2"], strokeWidth=2))
    layers.append(layer(line, "circle", encoding, color=look.colours["rule-2"], size=55, opacity=1))
    told = tell("told_bins", language, text=tell("semicolon", language).join(
        figure(each["y"], 2) for each in line))
    title = subject.factor(name, language)
    return Panel(title, sized(layers, look, 190), told)


def _bin_table(subject: Subject, outcome: str) -> Table:
    rows = []
    for name in subject.factors:
        percent = "" if subject.scale(name) == 1 else " %"
        for row in _bins(subject, name, outcome):
            ends = {} if "value" in row else {"value": (
                f"{level_text(row['low'])} – {level_text(row['high'])}{percent}")}
            rows.append({"factor": subject.factor_named(name), **row, **ends})
    return Table(f"binned_{outcome}", said("table_binned"), [
        Column("factor", said("factor")), Column("value", said("column_values")),
        Column("points", said("column_points")),
        subject.unit_column("mean", "column_mean", outcome, [row["mean"] for row in rows]),
    ], rows)


def sampled_sections(subject: Subject) -> list[Section]:
    """A figure an outcome: its points over each factor, with means of equal shares of them."""
    if subject.study.design.kind != "latin_hypercube" or subject.study.discovery is not None:
        return []
    found = []
    for outcome in subject.study.outcomes:
        means = subject.means[outcome]
        if np.isnan(means).all():
            continue

        def heading(each: Language, outcome: str = outcome) -> str:
            measure = subject.measure(outcome, subject.means[outcome].tolist(), each)
            label = subject.heading(outcome, measure, each)
            return tell("section_against", each, label=label)

        found.append(Section(
            f"against_{outcome}", heading, said("words_against"),
            said("caption_against", n=BINS), lambda look, outcome=outcome: Figure(
                f"against_{outcome}",
                [_against(subject, name, outcome, look) for name in subject.factors], 3),
            240, [("rule-2", said("key_mean")), ("muted", said("key_point"))],
            [_bin_table(subject, outcome)],
        ))
    return found


def _bars(subject: Subject, outcome: str) -> list[dict[str, Any]]:
    means = subject.means[outcome]
    known = means[~np.isnan(means)]
    if len(known) < FEW or float(known.max()) <= float(known.min()):
        return []
    counts, edges = np.histogram(known, bins=min(BARS, max(5, len(known) // 4)))
    return [{"low": float(low), "high": float(high), "points": int(count)}
            for low, high, count in zip(edges, edges[1:], counts, strict=False)]


def _histogram(subject: Subject, spread: Spread, look: Look) -> Panel:
    language, outcome = look.language, spread.outcome
    means = subject.means[outcome]
    measure = subject.measure(outcome, means.tolist(), language)
    size, bars = measure.divisor, _bars(subject, outcome)
    across = number("low", scale={"zero": False, "nice": False, "padding": 4},
                    axis={"title": None, "tickCount": 5, "grid": False})
    colour = look.colours["rule-1"]
    if bars:
        values = [{"low": each["low"] / size, "high": each["high"] / size, "n": each["points"]}
                  for each in bars]
        up = number("n", axis={"title": tell("axis_points", language), "tickCount": 3,
                               "tickMinStep": 1})
        layers = [layer(values, "bar", {"x": across, "x2": {"field": "high"}, "y": up,
                                         "y2": {"datum": 0}},
                        color=colour, opacity=0.75, binSpacing=1)]
        if spread.median is not None:
            layers.append(layer([{"at": spread.median / size}], "rule", {"x": number("at")},
                                color=look.colours["ink"], strokeWidth=1.6, strokeDash=[4, 3]))
    else:
        known = means[~np.isnan(means)]
        values = [{"low": rounded(float(each) / size)} for each in dict.fromkeys(known.tolist())]
        layers = [layer(values, "tick", {"x": across}, color=colour, thickness=2.5, size=40,
                        opacity=0.8)]
    words = tell("spread_none" if spread.low is None else "told_spread", language,
                 label=subject.label(outcome, language),
                 low=subject.amount(outcome, spread.low, language),
                 median=subject.amount(outcome, spread.median, language),
                 high=subject.amount(outcome, spread.high, language))
    chart = sized(layers, look, 150 if bars else 60)
    return Panel(subject.heading(outcome, measure, language), chart, words)


def spread_sections(subject: Subject) -> list[Section]:
    """How each outcome is spread over the points of the study."""
    shown = [each for each in subject.found.spreads if each.points > 1 and each.low is not None]
    rows = [{**each._asdict(), "outcome": subject.named(each.outcome),
             **_in_percent(subject, each.outcome, each._asdict()),
             "unit": subject.outcome_unit(each.outcome)}
            for each in subject.found.spreads]
    table = Table("spreads", said("table_spreads"), [
        Column("outcome", said("outcome")), Column("unit", said("unit")),
        Column("points", said("column_points")),
        *(Column(key, said(f"column_{name}")) for key, name in (
            ("mean", "mean"), ("deviation", "deviation"), ("low", "p5"), ("median", "median"),
            ("high", "p95"), ("noise_deviation", "noise_deviation"))),
        Column("with_value_share", said("column_with_value"), share),
    ], rows)
    bars = Table("histograms", said("table_histograms"), [
        Column("outcome", said("outcome")), Column("unit", said("unit")),
        Column("low", said("column_from")),
        Column("high", said("column_to")), Column("points", said("column_points")),
    ], [{"outcome": subject.named(each.outcome), "unit": subject.outcome_unit(each.outcome), **bar,
         **_in_percent(subject, each.outcome, bar)}
        for each in shown for bar in _bars(subject, each.outcome)])
    names = list(subject.reading.levels[0]) if subject.reading.levels else []
    points = Table("points", said("table_points"), [
        Column("point", said("column_point")),
        *map(subject.level_column, names),
        *(subject.headed_column(f"outcome.{name}", name, subject.means[name].tolist())
          for name in subject.means),
    ], [{"point": at,
         **{name: subject.level_named(name, each) for name, each in level.items()},
         **{f"outcome.{name}": float(found[at]) for name, found in subject.means.items()}}
        for at, level in enumerate(subject.reading.levels)])
    columns = 3 if len(shown) > 2 else 2
    return [Section(
        "spreads", said("section_spreads"), said("words_spreads"), said("caption_spreads"),
        (lambda look: Figure("spreads", [_histogram(subject, each, look) for each in shown],
                             columns)) if shown else None,
        260, [], [table, bars, points],
    )]


def _in_percent(subject: Subject, outcome: str, row: dict[str, Any]) -> dict[str, Named]:
    """Shares of a row as every figure tells them; a file has them as they are."""
    size = subject.measure(outcome, [], "en").divisor
    if subject.outcome(outcome).unit != "1" or size == 1:
        return {}
    return {key: Named(repr(row[key]), *[plain_number(row[key] / size)] * 2)
            for key in ("mean", "deviation", "low", "median", "high", "noise_deviation")
            if row.get(key) is not None}
