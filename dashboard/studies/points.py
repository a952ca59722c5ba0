"""Points of grids and lists held against one of them, and outcomes over all points."""

from typing import Any

import numpy as np

from dashboard.parts.looks import axis
from dashboard.studies.drawing import (
    Canvas,
    Drawing,
    Row,
    bare,
    clean,
    factor_axis,
    places,
    rows_chart,
    rows_height,
)
from dashboard.studies.texts import TEXTS
from experiments.analysis.paired import Compared
from experiments.study_report.compared import COLOURS, MOST_DOTS
from experiments.study_report.subject import Subject
from experiments.study_report.texts import tell

__all__ = ["against_drawings", "difference_drawings", "line_drawings", "spread_drawings"]

MOST_DRAWN, BARS, FEW = 500, 24, 12


def _size(point: Compared) -> float:
    mean = None if point.difference is None else point.difference.mean
    return 0.0 if mean is None else abs(mean)


def difference_drawings(subject: Subject, canvas: Canvas) -> list[Drawing]:
    """Difference of each point to the base, with its interval, for each outcome."""
    language, found = canvas.language, []
    order = TEXTS("between", language).join(
        subject.factor(factor, language) for factor in subject.factors)
    for name, comparison in subject.found.paired.items():
        short = {point.point: f"{at}: " + " · ".join(
            subject.with_level(factor, level, language) for factor, level in levels.items()
        ) for at, (point, levels) in enumerate(zip(
            comparison.points, subject.reading.levels, strict=True))}
        others = [each for each in comparison.points if each.difference is not None]
        # Those that differ most surely; the table has them all.
        sure = sorted(others, key=lambda each: (
            1.0 if each.p_holm is None else each.p_holm, -_size(each)))
        kept = {each.point for each in sure[:MOST_DOTS]}
        shown = [each for each in others if each.point in kept]
        measure = subject.measure(
            name, [end for each in shown for end in (each.difference or ())[:3]], language)
        rows = []
        for each in shown:
            ends = [None if end is None else end / measure.divisor
                    for end in (each.difference or (None, None, None))[:3]]
            verdict = tell(each.verdict, language)
            mean, low, high = (each.difference or (None, None, None))[:3]
            words = subject.amount(name, mean, language, signed=True, low=low, high=high)
            rows.append(Row(
                short[each.point], ends[0], ends[1], ends[2],
                tell("point_tip", language, point=subject.point(each.point, language),
                     words=words, verdict=verdict), canvas.paint[COLOURS[each.verdict]],
                hollow=each.verdict == "cannot be told apart",
            ))
        if rows:
            note = TEXTS("difference_note", language, names=order,
                         base=subject.point(comparison.base, language))
            found.append(Drawing(
                f"difference-{name}", tell("less_base", language, label=subject.heading(
                    name, measure, language)), note, rows_chart(rows, canvas, zero=True),
                rows_height([row.label for row in rows])))
    return found


def line_drawings(subject: Subject, canvas: Canvas) -> list[Drawing]:
    """Each outcome along the one factor of a grid."""
    language, paint, found = canvas.language, canvas.paint, []
    factor = next(iter(subject.factors))
    column = subject.column(factor)
    for name, comparison in subject.found.paired.items():
        ends = [end for point in comparison.points for end in point.mean[:3]]
        measure = subject.measure(name, ends, language)
        order = sorted(range(len(column)), key=lambda at: float(column[at]))
        middle, bounds = [], []
        for at in order:
            point = comparison.points[at]
            mean, low, high = point.mean[:3]
            if mean is None:
                continue
            x = clean(places(subject, factor, [column[at]])[0])
            tip = tell("point_tip", language, point=subject.point(point.point, language),
                       words=subject.amount(name, mean, language, low=low, high=high),
                       verdict=tell(point.verdict, language))
            middle.append({"value": [x, clean(mean / measure.divisor)], "name": tip})
            if low is not None and high is not None:
                bounds.append({"coords": [[x, clean(low / measure.divisor)],
                                          [x, clean(high / measure.divisor)]]})
        option = bare(canvas, right=24)
        option["grid"]["bottom"] = 28
        option["xAxis"] = factor_axis(subject, factor, canvas).axes
        option["yAxis"] = axis(canvas.dark, scale=True)
        option["series"] = [
            {"id": "intervals", "type": "lines", "coordinateSystem": "cartesian2d",
             "silent": True, "data": bounds,
             "lineStyle": {"color": paint["rule-1"], "width": 6, "opacity": 0.3}},
            {"id": "reach", "type": "scatter", "symbolSize": 0, "silent": True,
             "data": [end for each in bounds for end in each["coords"]]},
            {"id": "mean", "type": "line", "symbol": "circle", "symbolSize": 8, "data": middle,
             "lineStyle": {"color": paint["rule-1"], "width": 2},
             "itemStyle": {"color": paint["rule-1"]}},
        ]
        found.append(Drawing(f"line-{name}", subject.heading(name, measure, language),
                             TEXTS("line_note", language), option))
    return found


def against_drawings(subject: Subject, outcome: str, canvas: Canvas) -> list[Drawing]:
    """Points of an outcome over each factor."""
    language, means = canvas.language, subject.means[outcome]
    measure = subject.measure(outcome, means.tolist(), language)
    known = np.flatnonzero(~np.isnan(means))
    if not len(known):
        return []
    drawn = known[np.unique(np.linspace(0, len(known) - 1, min(len(known), MOST_DRAWN))
                            .astype(int))]
    found = []
    for name in subject.factors:
        column = subject.column(name)
        across = factor_axis(subject, name, canvas)
        x = places(subject, name, [column[at] for at in drawn])
        option = bare(canvas, right=20)
        option["xAxis"] = [{**each, "name": ""} for each in across.axes]
        option["yAxis"] = axis(canvas.dark, scale=True)
        option["series"] = [{
            "id": "points", "type": "scatter", "xAxisIndex": across.at, "symbolSize": 6,
            "itemStyle": {"color": canvas.paint["rule-1"], "opacity": 0.6},
            "data": [{"value": [clean(place), clean(float(means[at]) / measure.divisor)],
                      "name": tell("colon", language, label=subject.with_level(
                          name, column[at], language),
                          text=subject.amount(outcome, float(means[at]), language))}
                     for place, at in zip(x, drawn.tolist(), strict=True)],
        }]
        found.append(Drawing(f"against-{outcome}-{name}", subject.with_unit(name, language),
                             TEXTS("against_note", language, label=subject.heading(
                                 outcome, measure, language)), option, 220))
    return found


def spread_drawings(subject: Subject, canvas: Canvas) -> list[Drawing]:
    """How each outcome is spread over all points."""
    language, paint, found = canvas.language, canvas.paint, []
    for spread in subject.found.spreads:
        means = subject.means[spread.outcome]
        known = means[~np.isnan(means)]
        if len(known) < FEW or float(np.ptp(known)) == 0.0:
            continue
        measure = subject.measure(spread.outcome, means.tolist(), language)
        counts, edges = np.histogram(known, bins=min(BARS, max(5, len(known) // 4)))
        option = bare(canvas, right=20)
        bars: list[dict[str, Any]] = []
        for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True):
            ends = [subject.amount(spread.outcome, float(end), language) for end in (low, high)]
            bars.append({"value": int(count), "name": TEXTS(
                "bar_tip", language, low=ends[0], high=ends[1], n=int(count))})
        first, last = (float(edges[at]) / measure.divisor for at in (0, -1))
        # Bars stand in bands of their own, below which the numbers of the other axis are written.
        option["xAxis"] = [
            axis(canvas.dark, min=clean(first, 9), max=clean(last, 9), splitLine={"show": False},
                 axisLabel={"color": paint["muted"], "hideOverlap": True, "showMinLabel": False,
                            "showMaxLabel": False, "formatter": "@digits:3"}),
            {"type": "category", "data": list(range(len(bars))), "show": False,
             "position": "top", "axisLabel": {"show": False}},
        ]
        option["yAxis"] = axis(canvas.dark, minInterval=1)
        median = None if spread.median is None else spread.median / measure.divisor
        option["series"] = [
            {"id": "points", "type": "bar", "xAxisIndex": 1, "barCategoryGap": "6%",
             "data": bars, "itemStyle": {"color": paint["rule-1"], "opacity": 0.8}},
            {"id": "median", "type": "line", "data": [], "markLine": {
                "silent": True, "symbol": "none", "label": {"show": False},
                "lineStyle": {"color": paint["ink"], "type": "dashed"},
                "data": [] if median is None else [{"xAxis": clean(median)}]}},
        ]
        found.append(Drawing(f"spread-{spread.outcome}", subject.heading(
            spread.outcome, measure, language), TEXTS("spread_note", language), option, 200))
    return found
