"""Grid or list: every point with its interval, and held against the base."""

from typing import Any

import numpy as np

from experiments.analysis.paired import Compared, Comparison
from experiments.language import Language
from experiments.report.looks import RAMPS, Look
from experiments.report.numerals import figure, listed
from experiments.report.panels import (
    TIP,
    Figure,
    Panel,
    Row,
    axis_range,
    dots,
    layer,
    nominal,
    number,
    sized,
)
from experiments.report.texts import plain
from experiments.study_report.casemaps import axis_of, places_of
from experiments.study_report.parts import (
    Column,
    Section,
    Table,
    marked_number,
    share,
    signed_index,
)
from experiments.study_report.subject import Subject, rounded
from experiments.study_report.texts import said, tell
from experiments.study_report.wrapping import band_for, folded

__all__ = ["compared_answer", "compared_sections"]

MOST_DOTS = 24
MOST_NAMED = 4
COLOURS = {"base": "ink", "higher": "higher", "lower": "lower", "cannot be told apart": "muted"}


def compared_answer(subject: Subject, language: Language) -> list[str]:
    """Which points differ from the base, for every outcome."""
    sentences = []
    for name, found in subject.found.paired.items():
        label = plain(subject.label(name, language))
        apart = [(at, point) for at, point in enumerate(found.points)
                 if point.verdict in ("higher", "lower")]
        others = len(found.points) - 1
        if not apart:
            sentences.append(tell("paired_none", language, label=label, n=others,
                                  base=plain(subject.point(found.base, language))))
            continue
        apart.sort(key=lambda each: -abs(_difference(each[1])))
        parts = [
            tell("paired_part", language, point=plain(subject.point(point.point, language)),
                 verdict=tell(point.verdict, language),
                 amount=_marked(subject, name, at, point, language))
            for at, point in apart[:MOST_NAMED]
        ]
        key = "paired_some" if len(apart) <= MOST_NAMED else "paired_many"
        sentences.append(tell(key, language, label=label, n=len(apart), of=others,
                              base=plain(subject.point(found.base, language)),
                              parts=listed(parts, language)))
    return sentences


def _difference(point: Compared) -> float:
    if point.difference is None or point.difference.mean is None:
        return 0.0
    return point.difference.mean


def _marked(subject: Subject, name: str, at: int, point: Compared, language: Language) -> str:
    value = _difference(point)
    return marked_number(value, f"paired/{name}/{at}/difference",
                         subject.amount(name, value, language, signed=True))


def _shown(found: Comparison) -> list[Compared]:
    if len(found.points) <= MOST_DOTS:
        return list(found.points)
    # The base, and what differs most surely from it; the table has them all.
    order = sorted(found.points, key=lambda each: (
        each.difference is not None, 1.0 if each.p_holm is None else each.p_holm,
        -abs(_difference(each)),
    ))
    kept = {each.point for each in order[:MOST_DOTS]}
    return [each for each in found.points if each.point in kept]


def _dots(subject: Subject, name: str, look: Look) -> list[Panel]:
    language, points = look.language, _shown(subject.found.paired[name])
    panels = []
    for sort in ("level", "difference"):
        intervals = [point.mean if sort == "level" else point.difference for point in points]
        measure = subject.measure(
            name, [end for one in intervals if one for end in one[:3]], language)
        rows = []
        for point, one in zip(points, intervals, strict=True):
            if one is None or one.mean is None:
                continue
            ends = [None if end is None else end / measure.divisor for end in one[:3]]
            words = subject.amount(name, one.mean, language, low=one.low, high=one.high,
                                   signed=sort == "difference")
            verdict = tell(point.verdict, language)
            rows.append(Row(
                folded(subject.point(point.point, language), 32, 5), "", ends[0], ends[1], ends[2],
                verdict if point.verdict in ("higher", "lower") and sort != "level" else "",
                tell("point_tip", language, point=subject.point(point.point, language),
                     words=words, verdict=verdict),
                look.colours[COLOURS[point.verdict]], hollow=point.verdict == (
                    "base" if sort == "level" else "cannot be told apart"),
            ))
        if not rows:
            continue
        domain = axis_range((end for row in rows for end in (row.mean, row.low, row.high)),
                            zero=sort == "difference", left=0.2 if sort != "level" else 0.06,
                            right=0.06 if sort == "level" else 0.2)
        key = "level_of" if sort == "level" else "less_base"
        heading = tell(key, language, label=subject.heading(name, measure, language))
        panels.append(Panel(heading, dots(
            rows, look, domain=domain, band=band_for(row.group for row in rows)),
                            tell("semicolon", language).join(row.tip for row in rows)))
    return panels


def _heat(subject: Subject, name: str, look: Look) -> Panel:
    language = look.language
    one, other = subject.factors
    means = subject.means[name]
    measure = subject.measure(name, means.tolist(), language)
    known = means[~np.isnan(means)] / measure.divisor
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    ramp, values = RAMPS["price"], []
    for level, mean in zip(subject.reading.levels, means, strict=True):
        missing = np.isnan(mean)
        value = None if missing else float(mean) / measure.divisor
        step = 0.0 if value is None or high <= low else (value - low) / (high - low)
        digits = max(0, 2 - int(np.floor(np.log10(max(abs(high), abs(low), 1e-9)))))
        values.append({
            "x": subject.level(one, level[one], language),
            "y": subject.level(other, level[other], language),
            "fill": look.colours["faint"] if value is None else ramp[round(step * 6)],
            "text": "–" if value is None else figure(value, digits),
            "ink": "#ffffff" if value is not None and round(step * 6) > 3 else "#1b1e22",
            "tip": tell("is_amount", language, label=subject.combination(level, language),
                        amount=subject.amount(name, None if missing else float(mean), language)),
        })
    axis = {"domain": False, "ticks": False, "labelAngle": 0}
    encoding = {
        "x": nominal("x", sort=None, axis={**axis, "title": subject.with_unit(one, language)}),
        "y": nominal("y", sort=None, axis={**axis, "title": subject.with_unit(other, language)}),
    }
    rows = len({each["y"] for each in values})
    layers = [
        layer(values, "rect", {**encoding, "color": nominal("fill", scale=None), "tooltip": TIP}),
        layer(values, "text", {**encoding, "text": nominal("text"),
                               "color": nominal("ink", scale=None), "tooltip": TIP}),
    ]
    told = tell("semicolon", language).join(each["tip"] for each in values)
    heading = subject.heading(name, measure, language)
    return Panel(heading, sized(layers, look, max(44 * rows, 90)), told)


def _line(subject: Subject, name: str, look: Look) -> Panel:
    language, found = look.language, subject.found.paired[name]
    factor = next(iter(subject.factors))
    ends = [end for point in found.points for end in point.mean[:3]]
    measure = subject.measure(name, ends, language)
    size, values = measure.divisor, []
    for level, point in zip(subject.column(factor), found.points, strict=True):
        if point.mean.mean is None:
            continue
        mean, low, high = point.mean[:3]
        values.append({
            "x": float(places_of(subject, factor, np.array([level]))[0]),
            "y": rounded(mean / size, 5),
            "low": rounded((mean if low is None else low) / size, 5),
            "high": rounded((mean if high is None else high) / size, 5),
            "tip": tell("point_tip", language, point=subject.point(point.point, language),
                        verdict=tell(point.verdict, language), words=subject.amount(
                name, mean, language, low=low, high=high)),
        })
    across = axis_of(subject, factor, "x", language)
    up = number("y", scale={"zero": False, "nice": True}, axis={"title": None, "tickCount": 5})
    colour = look.colours["rule-1"]
    layers = [
        layer(values, "area", {"x": across, "y": number("low", **{k: v for k, v in up.items()
              if k in ("scale", "axis")}), "y2": {"field": "high"}}, color=colour, opacity=0.16),
        layer(values, "line", {"x": across, "y": up}, color=colour, strokeWidth=2),
        layer(values, "circle", {"x": across, "y": up, "tooltip": TIP}, color=colour, size=60,
              opacity=1),
    ]
    told = tell("semicolon", language).join(each["tip"] for each in values)
    return Panel(subject.heading(name, measure, language), sized(layers, look, 260), told)


def _table(subject: Subject, name: str) -> Table:
    rows = [
        {**row, "point": subject.point_named(str(row["point"])),
         "verdict": subject.verdict(str(row["verdict"]))}
        for row in subject.found.paired[name].rows()
    ]
    amounts = ("mean", "low", "high", "difference", "difference_low", "difference_high")
    values = [row[key] for row in rows for key in amounts]
    return Table(f"points_{name}", lambda each: subject.label(name, each), [
        Column("point", said("column_point")), Column("verdict", said("verdict")),
        *(subject.unit_column(key, f"column_{key}", name, values) for key in amounts),
        Column("n", said("column_n")), Column("share_with_value", said("column_with_value"), share),
        Column("p", said("column_p"), signed_index),
        Column("p_holm", said("column_p_holm"), signed_index),
    ], rows)


def compared_sections(subject: Subject) -> list[Section]:
    """Every outcome by point, as a line, a heat map or rows, with differences to the base."""
    found: dict[str, Any] = subject.found.paired
    if not found:
        return []
    tables = [_table(subject, name) for name in found]
    grid = subject.study.design.kind == "grid"
    factors, sections = list(subject.factors), []
    if grid and len(factors) == 1 and subject.numeric(factors[0]):
        sections.append(Section(
            "line", said("section_line"), said("words_line"), said("caption_line"),
            lambda look: Figure("line", [_line(subject, name, look) for name in found], 2), 400,
            [], tables,
        ))
    elif grid and len(factors) == 2 and subject.reading.points <= 400:
        sections.append(Section(
            "heat", said("section_heat"), said("words_heat"), said("caption_heat"),
            lambda look: Figure("heat", [_heat(subject, name, look) for name in found], 2), 400,
            [], tables,
        ))
    first = next(iter(found.values()))
    more = said("caption_points_some", n=MOST_DOTS, of=len(first.points)) if (
        len(first.points) > MOST_DOTS) else said("caption_points")
    sections.append(Section(
        "points", said("section_points"),
        lambda each: tell("words_points", each, base=plain(subject.point(first.base, each))), more,
        lambda look: Figure("points", [part for name in found
                                       for part in _dots(subject, name, look)], 2),
        360, [(COLOURS[word], said(word)) for word in
              ("base", "higher", "lower", "cannot be told apart")], tables,
    ))
    return sections
