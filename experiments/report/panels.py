"""Parts of figures, as Vega-Lite: rows of dots or bars with intervals and their labels."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from experiments.report.looks import Look

__all__ = [
    "COLOUR", "TIP", "Figure", "Panel", "Row", "Spec", "axis_range", "bars", "dots", "layer",
    "nominal", "number", "sized", "specification",
]

Spec = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
BAND = 30
GAP = 12


class Panel(NamedTuple):
    """One drawing of a figure.

    Attributes
    ----------
    title : str
    chart : dict
        Vega-Lite.
    told : str
        The same in words, for readers who do not see it.
    """

    title: str
    chart: Spec
    told: str


class Figure(NamedTuple):
    """Drawings that are looked at together.

    Attributes
    ----------
    name : str
        Of its files, and of its texts.
    panels : list of Panel
    columns : int
        Panels side by side where there is room.
    key : sequence of (str, str)
        Colours and what they stand for, where a file has to say so; the page has its own.
    """

    name: str
    panels: list[Panel]
    columns: int
    key: Sequence[tuple[str, str]] = ()


class Row(NamedTuple):
    """One dot or bar.

    Attributes
    ----------
    group : str
        What stands on the axis; a newline folds it.
    part : str
        What tells the rows of a group apart.
    mean, low, high : float or None
        In units of the axis; a bar runs from start to mean.
    text, tip : str
        Written beside it; shown when it is pointed at.
    colour : str
    hollow, faint : bool
    start : float
    """

    group: str
    part: str
    mean: float | None
    low: float | None
    high: float | None
    text: str
    tip: str
    colour: str
    hollow: bool = False
    faint: bool = False
    start: float = 0.0


def number(field: str, **more: object) -> Spec:
    """A channel that shows a quantity."""
    return {"field": field, "type": "quantitative", **more}


def nominal(field: str, **more: object) -> Spec:
    """A channel that shows a name."""
    return {"field": field, "type": "nominal", **more}


# Colours stand in the data as they are.
COLOUR = nominal("colour", scale=None)
TIP = nominal("tip")


def layer(
    values: Iterable[Mapping[str, Any]] | None, mark: str, encoding: Spec, **style: object
) -> Spec:
    """Marks of one kind over their own data, or over those of the chart."""
    data = {} if values is None else {"data": {"values": [dict(value) for value in values]}}
    return {**data, "mark": {"type": mark, **style}, "encoding": encoding}


def _values(rows: Iterable[Row], look: Look) -> list[Spec]:
    values = []
    for row in rows:
        ends = [end for end in (row.low, row.high, row.mean, row.start) if end is not None]
        values.append({
            "group": row.group, "part": row.part, "start": row.start, "mean": row.mean,
            "low": row.low, "high": row.high, "text": row.text, "tip": row.tip,
            "colour": row.colour, "left": min(ends), "right": max(ends),
            "fill": look.colours["paper"] if row.hollow else row.colour,
            "opacity": 0.4 if row.faint else 1,
        })
    return values


def axis_range(
    ends: Iterable[float | None], *, zero: bool = True, left: float = 0.04, right: float = 0.04
) -> list[float]:
    """Range of an axis with room for labels, given as shares of the span."""
    known = [end for end in ends if end is not None] + ([0.0] if zero else [])
    low, high = min(known, default=0.0), max(known, default=1.0)
    span = (high - low) or abs(high) or 1.0
    low_pad = left * span if low < 0 or not zero else 0.0
    return [low - low_pad, high + right * span]


def _frame(
    rows: Sequence[Row], domain: Sequence[float], title: str | None, band: int
) -> tuple[Spec, Spec]:
    """Channels across and up that all layers share."""
    groups = list(dict.fromkeys(row.group for row in rows))
    parts = list(dict.fromkeys(row.part for row in rows))
    folded = any("\n" in group for group in groups)
    across = {
        "scale": {"domain": list(domain), "nice": False, "zero": False},
        "axis": {"title": title, "tickCount": 5 if band == BAND else 3, "grid": True,
                 "domain": False, "tickSize": 0},
    }
    up = {"y": nominal(
        "group", sort=groups,
        scale={"type": "band", "domain": groups, "paddingInner": 0.25, "paddingOuter": 0.12},
        axis={"title": None, "domain": False, "ticks": False, "labelPadding": 8,
              **({"labelExpr": "split(datum.label, '\\n')", "labelOffset": -5} if folded else {})},
    )}
    if len(parts) > 1:
        # With one part the offset would move it off the middle of its band.
        up["yOffset"] = nominal(
            "part", sort=parts, scale={"type": "band", "domain": parts, "paddingInner": 0.1}
        )
    return across, up


def _height(rows: Sequence[Row], band: int) -> int:
    groups = len({row.group for row in rows})
    parts = len({row.part for row in rows})
    return groups * (parts * band + GAP)


def _zero(look: Look) -> Spec:
    return layer([{"at": 0}], "rule", {"x": number("at")}, color=look.colours["muted"])


def _labels(rows: Sequence[Row], up: Spec, look: Look) -> list[Spec]:
    layers = []
    for field, align, shift, negative in (("right", "left", 8, False), ("left", "right", -8, True)):
        mine = [row for row in rows if row.text and ((row.mean or 0.0) < 0) == negative]
        if mine:
            encoding = {"x": number(field), **up, "text": nominal("text"), "tooltip": TIP}
            layers.append(layer(
                _values(mine, look), "text", encoding, align=align, dx=shift,
                color=look.colours["ink"],
            ))
    return layers


def _whiskers(rows: Sequence[Row], up: Spec, look: Look, **colour: object) -> list[Spec]:
    with_interval = [row for row in rows if row.low is not None and row.high is not None]
    encoding = {"x": number("low"), "x2": {"field": "high"}, **up, "tooltip": TIP, **colour}
    return [layer(_values(with_interval, look), "rule", encoding, strokeWidth=1.6)] * bool(
        with_interval
    )


def sized(layers: Sequence[Spec], look: Look, height: int) -> Spec:
    """Layers over each other, as wide as the look says."""
    return {"layer": list(layers), "width": look.width or "container", "height": height}


def dots(
    rows: Sequence[Row], look: Look, *, domain: Sequence[float], title: str | None = None,
    band: int = BAND,
) -> Spec:
    """Dots with intervals, one row each.

    Parameters
    ----------
    rows : sequence of Row
    look : Look
    domain : sequence of float
        Range of the axis.
    title : str, optional
        Of the axis.
    band : int
        Height of a row in pixels.

    Returns
    -------
    dict
    """
    across, up = _frame(rows, domain, title, band)
    known = [row for row in rows if row.mean is not None]
    points = layer(
        _values(known, look), "point",
        {"x": number("mean", **across), **up, "color": COLOUR, "tooltip": TIP,
         "fill": nominal("fill", scale=None)},
        size=80, strokeWidth=2, opacity=1,
    )
    layers = [*_whiskers(rows, up, look, color=COLOUR), points, *_labels(rows, up, look)]
    if domain[0] < 0 < domain[1]:
        layers.insert(0, _zero(look))
    return sized(layers, look, _height(rows, band))


def bars(
    rows: Sequence[Row], look: Look, *, domain: Sequence[float], title: str | None = None,
    totals: Sequence[Row] = (), strokes: Sequence[Row] = (), inside: Sequence[Row] = (),
    band: int = BAND,
) -> Spec:
    """Bars with intervals, one row each.

    Parameters
    ----------
    rows : sequence of Row
        Parts of a stack have the same group and part, and a start.
    look : Look
    domain : sequence of float
        Range of the axis.
    title : str, optional
        Of the axis.
    totals : sequence of Row
        Whose intervals are drawn and texts written; the rows where not given.
    strokes : sequence of Row
        Drawn as an upright stroke over the bars.
    inside : sequence of Row
        Whose texts are written in the middle of their bars.
    band : int
        Height of a row in pixels.

    Returns
    -------
    dict
    """
    across, up = _frame(rows, domain, title, band)
    ink = {"value": look.colours["ink"]}
    layers = [
        layer(
            _values(rows, look), "bar",
            {"x": number("start", **across), "x2": {"field": "mean"}, **up, "color": COLOUR,
             "opacity": number("opacity", scale=None), "tooltip": TIP},
        ),
        *_whiskers(totals or rows, up, look, color=ink),
    ]
    if strokes:
        layers.append(layer(
            _values(strokes, look), "tick",
            {"x": number("mean"), **up, "color": ink, "tooltip": TIP},
            thickness=2.5, size=band * 0.9, opacity=1,
        ))
    if inside:
        middle = [{**value, "middle": (value["start"] + value["mean"]) / 2}
                  for value in _values(inside, look)]
        layers.append(layer(
            middle, "text",
            {"x": number("middle"), **up, "text": nominal("text"), "tooltip": TIP},
            color="#1b1e22",
        ))
    layers += [*_labels(totals or rows, up, look), _zero(look)]
    return sized(layers, look, _height(rows, band))


def specification(chart: Spec, look: Look) -> Spec:
    """A chart as Vega-Lite, complete."""
    fit = {"autosize": {"type": "fit-x", "contains": "padding"}} if look.width is None else {}
    return {"$schema": SCHEMA, "config": look.config, **fit, **chart}
