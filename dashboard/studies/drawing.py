"""What charts of studies share: a drawing with its words, axes of factors, and intervals."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from dashboard.parts.looks import axis, frame, tooltip
from dashboard.studies.texts import TEXTS
from experiments.language import Language
from experiments.report.looks import RAMPS, colours
from experiments.study.declaring import Level
from experiments.study_report.subject import Subject, rounded
from experiments.study_report.wrapping import band_for, folded

__all__ = [
    "LABEL", "Canvas", "Drawing", "FactorAxis", "Row", "bare", "clean", "factor_axis", "intervals",
    "known_levels", "places", "reach", "row_axes", "rows_chart", "rows_height",
]

# Of a band that names of one category are spread over, so that their points part.
SPREAD = 0.6
# Width in letters and lines of a name beside its row.
LABEL = (24.0, 3)


# On dark paper what is high is bright: fields that are pale on white paper would glare.
DARK_RAMPS = {
    "price": ("#1d2b33", "#21404e", "#275a6c", "#2f7688", "#4494a0", "#74b5b4", "#a9d4cb"),
    "share": ("#2b2620", "#463822", "#66502a", "#896a33", "#ad8644", "#cfa763", "#e8cb94"),
}


class Canvas(NamedTuple):
    """How a drawing is to look.

    Attributes
    ----------
    language : {"en", "zh"}
    dark : bool
    """

    language: Language
    dark: bool

    def ramp(self, name: str) -> tuple[str, ...]:
        """Shades of what is measured, from low to high: `price` or `share`."""
        return (DARK_RAMPS if self.dark else RAMPS)[name]

    @property
    def deeper(self) -> str:
        """What the high end of a ramp is called."""
        return TEXTS("brighter" if self.dark else "darker", self.language)

    @property
    def paint(self) -> dict[str, str]:
        """The palette by name."""
        return colours(self.dark)


class Drawing(NamedTuple):
    """A chart and its words.

    Attributes
    ----------
    name : str
    title, note : str
        The note is said once for charts that share it.
    option : dict
        Of ECharts.
    height : int
        Pixels.
    wide : bool
        Whether it takes the whole width of the page.
    own : str
        What is said of this chart alone.
    """

    name: str
    title: str
    note: str
    option: dict[str, Any]
    height: int = 280
    wide: bool = False
    own: str = ""


class FactorAxis(NamedTuple):
    """An axis of a factor.

    Attributes
    ----------
    axes : list of dict
        The one that is seen; for names, another beside it on which points are placed.
    at : int
        Which of them series use.
    """

    axes: list[dict[str, Any]]
    at: int


class Row(NamedTuple):
    """A row of a chart of rows: a value with its interval.

    Attributes
    ----------
    label : str
    value, low, high : float or None
    tip : str
        Said where it is pointed at.
    colour : str
    hollow : bool
    text : str
        Written beside it.
    """

    label: str
    value: float | None
    low: float | None
    high: float | None
    tip: str
    colour: str
    hollow: bool = False
    text: str = ""


def clean(value: float | None, digits: int = 5) -> float | None:
    """A number as charts take it: rounded, None where there is none."""
    if value is None or not np.isfinite(value):
        return None
    return rounded(float(value), digits)


def bare(canvas: Canvas, *, legend: bool = False, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """The frame of a chart whose marks say themselves what they are when pointed at."""
    option = frame(canvas.dark, canvas.language, legend=legend, **more)
    # The name of a mark is its tip: ECharts writes it as text, never as HTML.
    option["tooltip"] = {**tooltip(canvas.dark, trigger="item"), "formatter": "{b}",
                         "extraCssText": "max-width: 22rem; white-space: pre-line;"}
    return option


def known_levels(subject: Subject, name: str) -> list[str]:
    """Values of a factor of names, in their order."""
    levels = subject.factors[name].levels or dict.fromkeys(subject.column(name))
    return [str(level) for level in levels]


def factor_axis(subject: Subject, name: str, canvas: Canvas, *, up: bool = False) -> FactorAxis:
    """An axis for a factor: its own scale, or its names in a row.

    Parameters
    ----------
    subject : Subject
    name : str
    canvas : Canvas
    up : bool
        Whether it is the upright one.

    Returns
    -------
    FactorAxis
    """
    paint, title = canvas.paint, subject.with_unit(name, canvas.language)
    naming: dict[str, Any] = {
        "name": folded(title, 70, 1), "nameLocation": "end" if up else "middle",
        "nameGap": 10 if up else 26,
        "nameTextStyle": {"color": paint["muted"], "align": "left" if up else "center"},
    }
    if subject.numeric(name):
        low, high = (end * subject.scale(name) for end in subject.ends(name))
        log = subject.factors[name].scale == "log" and low > 0
        pad = 0.0 if log else 0.02 * (high - low)
        ends = (low / (high / low) ** 0.02, high * (high / low) ** 0.02) if log else (
            low - pad, high + pad)
        # Within a hundredfold marks at powers of ten would be one or two.
        base = {"logBase": 2 if high / low <= 100 else 10} if log else {}
        return FactorAxis([axis(canvas.dark, **naming, **base, type="log" if log else "value",
                                min=clean(ends[0]), max=clean(ends[1]), scale=True,
                                splitLine={"show": False},
                                axisLine={"show": True, "lineStyle": {"color": paint["faint"]}},
                                axisLabel={"color": paint["muted"], "formatter": "@digits:3",
                                           "hideOverlap": True, "showMinLabel": False,
                                           "showMaxLabel": False})], 0)
    known = known_levels(subject, name)
    shown = [folded(subject.level(name, each, canvas.language), 16, 2) for each in known]
    # Category axes count from below: the order of the study is kept from above.
    seen = axis(canvas.dark, **naming, type="category", data=shown, position="left" if up
                else "bottom", splitLine={"show": False},
                axisLabel={"color": paint["muted"], "interval": 0})
    hidden = {"type": "value", "min": 0, "max": len(known), "show": False,
              "axisLabel": {"show": False}}
    return FactorAxis([seen, hidden], 1)


def places(subject: Subject, name: str, values: Sequence[Level] | np.ndarray, *,
           spread: float = SPREAD) -> list[float]:
    """Where values of a factor stand on its axis; names in their bands, spread a little."""
    if subject.numeric(name):
        return [float(value) * subject.scale(name) for value in values]
    known = {each: at for at, each in enumerate(known_levels(subject, name))}
    # The golden ratio spreads any number of points evenly, and the same way each time.
    shifts = (np.arange(len(values)) * 0.6180339887 % 1.0 - 0.5) * spread
    return [known[str(value)] + 0.5 + float(shift)
            for value, shift in zip(values, shifts, strict=True)]


def intervals(rows: Sequence[tuple[float | None, float | None, float]], colour: str,
              *, name: str, width: float = 1.5) -> dict[str, Any]:
    """Lines from low to high at places of a hidden axis (the second upright one)."""
    return {
        "id": name, "type": "lines", "coordinateSystem": "cartesian2d", "yAxisIndex": 1,
        "silent": True, "z": 4, "lineStyle": {"color": colour, "width": width, "opacity": 0.85},
        "data": [{"coords": [[clean(low), at], [clean(high), at]]} for low, high, at in rows
                 if clean(low) is not None and clean(high) is not None],
    }


def reach(values: Iterable[float | None]) -> dict[str, Any]:
    """Marks that nobody sees, so that the axis covers intervals as well: lines do not move it."""
    known = [value for value in map(clean, values) if value is not None]
    ends = [min(known), max(known)] if known else []
    return {"id": "reach", "type": "scatter", "symbolSize": 0, "silent": True,
            "data": [[end, 0] for end in ends]}


def row_axes(labels: Sequence[str], canvas: Canvas) -> list[dict[str, Any]]:
    """Names from above, and a hidden axis of numbers on which marks may stand between them."""
    paint = canvas.paint
    return [
        axis(canvas.dark, type="category", data=list(labels), inverse=True,
             splitLine={"show": False},
             axisLabel={"color": paint["ink"], "interval": 0, "fontSize": 12, "width": 168,
                        "overflow": "truncate"}),
        {"type": "value", "min": 0, "max": len(labels), "inverse": True, "show": False,
         "axisLabel": {"show": False}},
    ]


def rows_chart(rows: Sequence[Row], canvas: Canvas, *, zero: bool = False, percent: bool = False,
               stroke: float | None = None, least: float | None = None) -> dict[str, Any]:
    """A dot in each row with a line for its interval.

    Parameters
    ----------
    rows : sequence of Row
    canvas : Canvas
    zero : bool
        Whether a line marks zero.
    percent : bool
        Whether the axis goes from 0 to 100.
    stroke : float, optional
        Where another line is drawn, dashed.
    least : float, optional
        Where the axis begins.

    Returns
    -------
    dict
    """
    paint = canvas.paint
    option = bare(canvas, right=30)
    option["yAxis"] = row_axes([folded(row.label, *LABEL) for row in rows], canvas)
    ends = {"min": 0, "max": 100} if percent else {} if least is None else {"min": least}
    option["xAxis"] = axis(canvas.dark, scale=not zero, **ends)
    marks = [{"xAxis": 0, "lineStyle": {"color": paint["muted"], "type": "solid"}}] * zero
    if stroke is not None:
        marks = [*marks, {"xAxis": clean(stroke),
                          "lineStyle": {"color": paint["ink"], "type": "dashed"}}]
    option["series"] = [
        intervals([(row.low, row.high, at + 0.5) for at, row in enumerate(rows)], paint["muted"],
                  name="intervals", width=2),
        reach([end for row in rows for end in (row.low, row.high)]),
        {"id": "rows", "type": "scatter", "symbolSize": 10, "z": 5, "data": [
            {"value": [clean(row.value), at], "name": row.tip,
             "label": {"show": bool(row.text), "formatter": row.text.replace("{", "("),
                       "position": "right", "color": paint["ink"], "fontSize": 12},
             "itemStyle": {"color": paint["paper"] if row.hollow else row.colour,
                           "borderColor": row.colour, "borderWidth": 2}}
            for at, row in enumerate(rows) if clean(row.value) is not None],
         "markLine": {"silent": True, "symbol": "none", "label": {"show": False}, "data": marks}},
    ]
    return option


def rows_height(labels: Sequence[str], most: int = 1200) -> int:
    """Height of a chart of rows in pixels, with room for the longest name."""
    names = [folded(label, *LABEL) for label in labels]
    return min(60 + band_for(names, 34) * max(len(names), 1), most)
