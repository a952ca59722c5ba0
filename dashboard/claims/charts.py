"""Claims and patterns on one scale: distance from what was expected, in tolerances."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.claims.groups import Group, pattern_name
from dashboard.claims.texts import TEXTS, number, said
from dashboard.parts.looks import axis, frame, tooltip
from experiments.claims.distance import distance_of, pattern_distance
from experiments.claims.record import Line, PatternLine
from experiments.claims_told import statement_told
from experiments.language import Language
from experiments.report.looks import colours

__all__ = ["LIMIT", "group_chart", "overview_chart", "pattern_chart", "unscaled"]

# What lies further out is drawn at the edge, as a triangle.
LIMIT = 2.0
DIGITS = 3


def unscaled(lines: Sequence[Line]) -> int:
    """Judged claims that have no distance: of a sign only, or relative to another number."""
    return sum(line.verdict != "reported" and distance_of(line) is None for line in lines)


def _told(line: Line, language: Language) -> str:
    expected = said(line.expected, language)
    if line.tolerance != line.expected:
        expected = f"{expected}, {said(line.tolerance, language)}"
    heads = (TEXTS("measured", language), TEXTS("expected", language))
    return (
        f"{line.id}\n{statement_told(line.statement, language)}\n"
        f"{heads[0]}: {number(line.measured)}\n"
        f"{heads[1]}: {expected}\n{TEXTS(f'word_{line.verdict}', language)}"
    )


def _dot(
    place: float, distance: float, upright: bool, paint: Mapping[str, str], *, holds: bool,
    name: str, identity: str, size: int, hollow: bool = False,
) -> dict[str, Any]:
    shown = round(max(-LIMIT, min(LIMIT, distance)), DIGITS)
    colour = paint["muted"] if hollow else paint["rule-1" if holds else "rule-2"]
    dot: dict[str, Any] = {
        "value": [round(place, DIGITS), shown] if upright else [shown, round(place, DIGITS)],
        "name": name, "id": identity, "symbol": "circle" if holds else "diamond",
        "symbolSize": size if holds else size + 5,
        "itemStyle": {"color": colour, "opacity": 0.85} if not hollow else
        {"color": "transparent", "borderColor": colour, "borderWidth": 1.5},
    }
    if abs(distance) > LIMIT:
        # Points outwards; degrees go against the clock from upright.
        turned = {(True, True): 0, (True, False): 180, (False, True): -90, (False, False): 90}
        dot |= {"symbol": "triangle", "symbolRotate": turned[upright, distance > 0]}
        if math.isfinite(distance):
            dot["label"] = {
                "show": True, "formatter": f"{distance:.1f}".replace("-", "−"), "color":
                paint["ink"], "position": ("bottom" if distance > 0 else "top") if upright else
                ("left" if distance > 0 else "right"),
            }
    return dot


def _band(upright: bool, paint: Mapping[str, str]) -> dict[str, Any]:
    across = "yAxis" if upright else "xAxis"
    return {
        "markArea": {
            "silent": True, "itemStyle": {"color": paint["rule-3"], "opacity": 0.12},
            "data": [[{across: -1}, {across: 1}]],
        },
        "markLine": {
            "silent": True, "symbol": "none", "label": {"show": False}, "animation": False,
            "lineStyle": {"color": paint["muted"], "type": "solid", "width": 1},
            "data": [{across: 0}],
        },
    }


def _scale(dark: bool) -> dict[str, Any]:
    return axis(dark, min=-LIMIT, max=LIMIT, interval=1, splitLine={"show": False})


def _pointed(dark: bool) -> dict[str, Any]:
    return tooltip(dark, trigger="item") | {
        "formatter": "{b}",
        "extraCssText": "white-space: pre-line; max-width: 22rem; overflow-wrap: anywhere;",
    }


def overview_chart(shown: Sequence[Group], dark: bool, language: Language) -> dict[str, Any]:
    """A column a benchmark, a dot a judged claim.

    Parameters
    ----------
    shown : sequence of Group
    dark : bool
    language : {"en", "zh"}

    Returns
    -------
    dict
        Option of a chart.
    """
    paint = colours(dark)
    dots = []
    for column, group in enumerate(shown):
        scaled = [(line, gone) for line in group.lines
                  if line.verdict != "reported" and (gone := distance_of(line)) is not None]
        for place, (line, gone) in enumerate(scaled):
            across = column + 0.12 + 0.76 * (place + 0.5) / len(scaled)
            dots.append(_dot(
                across, gone, True, paint, holds=line.verdict == "holds",
                name=_told(line, language), identity=line.id, size=6,
            ))
    names = [group.benchmark.id for group in shown]
    option = frame(dark, language, legend=False) | {"tooltip": _pointed(dark)}
    option["xAxis"] = [
        {"type": "category", "data": names, "axisTick": {"show": False}, "position": "bottom",
         "axisLine": {"show": False}, "splitLine": {"show": True, "lineStyle":
                                                    {"color": paint["faint"]}},
         "axisLabel": {"color": paint["ink"], "interval": 0, "hideOverlap": True,
                       # Names that only just do not touch read as one.
                       "padding": [0, 4], "fontSize": 12}},
        {"type": "value", "min": 0, "max": len(names), "show": False},
    ]
    option["yAxis"] = _scale(dark)
    option["series"] = [
        {"id": "claims", "type": "scatter", "xAxisIndex": 1, "data": dots, **_band(True, paint)},
    ]
    return option


def group_chart(
    lines: Sequence[Line], now: Mapping[str, Line], dark: bool, language: Language, *, named: bool,
) -> dict[str, Any] | None:
    """A row a judged claim, from top to bottom.

    Parameters
    ----------
    lines : sequence of Line
    now : mapping of str to Line
        Claims that were measured again, by id; then the last ones are hollow.
    dark : bool
    language : {"en", "zh"}
    named : bool
        Whether there is room for the names of rows.

    Returns
    -------
    dict or None
        Option of a chart; None where no claim has a place on the scale.
    """
    paint = colours(dark)
    rows = [line for line in lines
            if line.verdict != "reported" and distance_of(line) is not None]
    if not rows:
        return None
    size = 7 if named or len(rows) < 20 else 5
    dots, again = [], []
    for place, line in enumerate(rows):
        new = now.get(line.id)
        dots.append(_dot(
            place, distance_of(line) or 0.0, False, paint, holds=line.verdict == "holds",
            name=_told(line, language), identity=line.id, size=size + 3 if new else size,
            hollow=new is not None,
        ))
        if new is not None and (gone := distance_of(new)) is not None:
            again.append(_dot(
                place, gone, False, paint, holds=new.verdict == "holds",
                name=f"{TEXTS('now', language)}\n{_told(new, language)}", identity=new.id,
                size=size,
            ))
    option = frame(dark, language, legend=False) | {"tooltip": _pointed(dark)}
    option["xAxis"] = _scale(dark)
    option["yAxis"] = {
        "type": "category", "inverse": True,
        "data": [line.id.split(".", 1)[1] for line in rows],
        "axisLine": {"show": False}, "axisTick": {"show": False},
        "axisLabel": {"show": named, "color": paint["ink"], "interval": 0, "fontSize": 12,
                      "width": 150, "overflow": "truncate", "margin": 12},
        "splitLine": {"show": named, "lineStyle": {"color": paint["faint"]}},
    }
    option["series"] = [
        {"id": "last", "type": "scatter", "data": dots, **_band(False, paint)},
        {"id": "now", "type": "scatter", "data": again},
    ]
    return option


def pattern_chart(
    patterns: Sequence[PatternLine], dark: bool, language: Language
) -> dict[str, Any]:
    """A row a pattern: mean and interval of the model, and the record, in the range that counts.

    Parameters
    ----------
    patterns : sequence of PatternLine
    dark : bool
    language : {"en", "zh"}

    Returns
    -------
    dict
        Option of a chart.
    """
    paint = colours(dark)
    model: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    real, intervals = [], []
    for place, pattern in enumerate(patterns):
        gone = pattern_distance(pattern, pattern.mean)
        name = pattern_name(pattern, language)
        if gone is not None:
            met = pattern.verdict == "met"
            model[met].append(_dot(
                place, gone, False, paint, holds=met, name=name, identity=pattern.name, size=11,
            ))
            ends = [pattern_distance(pattern, end) for end in (pattern.mean_low, pattern.mean_high)]
            if None not in ends:
                # The colour of its dot, drawn as a line between two points.
                cut = [round(max(-LIMIT, min(LIMIT, end or 0.0)), DIGITS) for end in ends]
                intervals.append([
                    {"coord": [cut[0], place],
                     "lineStyle": {"color": paint["rule-1" if met else "rule-2"]}},
                    {"coord": [cut[1], place]},
                ])
        if (there := pattern_distance(pattern, pattern.real)) is not None:
            real.append(_dot(
                place, there, False, paint, holds=True, name=name, identity=pattern.name, size=15,
                hollow=True,
            ))
    option = frame(dark, language) | {"tooltip": _pointed(dark)}
    option["xAxis"] = _scale(dark)
    option["yAxis"] = {
        "type": "category", "inverse": True,
        "data": [pattern_name(pattern, language) for pattern in patterns],
        "axisLine": {"show": False}, "axisTick": {"show": False},
        "axisLabel": {"color": paint["ink"], "interval": 0, "width": 150, "overflow": "break",
                      "fontSize": 12, "lineHeight": 14, "margin": 14},
        "splitLine": {"show": True, "lineStyle": {"color": paint["faint"]}},
    }
    lines = {"silent": True, "symbol": "none", "label": {"show": False},
             "lineStyle": {"type": "solid", "width": 3, "opacity": 0.6}, "data": intervals}
    option["series"] = [
        {"id": "record", "name": TEXTS("record", language), "type": "scatter", "data": real,
         "symbol": "circle", "z": 3,
         "itemStyle": {"color": "transparent", "borderColor": paint["muted"], "borderWidth": 1.5},
         **_band(False, paint)},
        {"id": "met", "name": TEXTS("model", language), "type": "scatter", "data": model[True],
         "itemStyle": {"color": paint["rule-1"]}, "markLine": lines},
        {"id": "missed", "name": TEXTS("model_outside", language), "type": "scatter",
         "symbol": "diamond", "data": model[False], "itemStyle": {"color": paint["rule-2"]}},
    ]
    return option
