"""A map: an outcome over two factors, point by point of a grid or binned from a sample."""

import itertools
import math
from typing import Any, NamedTuple

import numpy as np

from dashboard.studies.cases import case_factors
from dashboard.studies.drawing import Canvas, Drawing, bare, clean, known_levels
from dashboard.studies.texts import TEXTS
from experiments.language import Language
from experiments.report.numerals import figure
from experiments.study_report.discovery import case_label
from experiments.study_report.subject import Subject
from experiments.study_report.wrapping import folded

__all__ = ["CASES", "Cell", "cells_of", "map_drawing", "map_factors", "map_outcomes"]

# Stands for the share of cases among the outcomes.
CASES = "cases"
MOST_VALUES, BINS = 24, 7
# Of a ramp, from where on letters change.
HALF = 0.55
LETTERS = {False: "#1b1e22", True: "#ffffff"}
# Width in letters and lines of a name beside its field.
FIELD = (14.0, 2)


class Cell(NamedTuple):
    """A field of the map.

    Attributes
    ----------
    x, y : int
        Column from the left, row from below.
    mean : float or None
        Mean over its points, None where none has a value.
    points : int
    """

    x: int
    y: int
    mean: float | None
    points: int


class _Bands(NamedTuple):
    """How a factor is cut: names of its bands, and which band each point is in."""

    names: list[str]
    of: np.ndarray


def map_factors(subject: Subject) -> list[str]:
    """Factors that vary, by which a map can be spanned."""
    return [name for name in subject.factors if len(set(map(str, subject.column(name)))) > 1]


def map_outcomes(subject: Subject, language: Language) -> list[tuple[str, str]]:
    """What a map can show: key and label, the cases of a discovery first."""
    first = [(CASES, TEXTS("share_of_cases", language))] if len(case_factors(subject)) > 1 else []
    return [*first, *((name, subject.label(name, language)) for name in subject.means)]


def cells_of(x: np.ndarray, y: np.ndarray, values: np.ndarray) -> list[Cell]:
    """Means of values over pairs of bands.

    Parameters
    ----------
    x, y : int array, shape (n,)
        Band of each point.
    values : float array, shape (n,)
        NaN where a point has no value.

    Returns
    -------
    list of Cell
        Only those in which there is a point.
    """
    found: dict[tuple[int, int], list[float]] = {}
    for left, low, value in zip(x.tolist(), y.tolist(), values.tolist(), strict=True):
        found.setdefault((left, low), []).append(value)
    cells = []
    for (left, low), mine in sorted(found.items()):
        known = [value for value in mine if not math.isnan(value)]
        mean = sum(known) / len(known) if known else None
        cells.append(Cell(left, low, mean, len(mine)))
    return cells


def _bands(subject: Subject, name: str, column: list[Any], language: Language) -> _Bands:
    if not subject.numeric(name):
        known = known_levels(subject, name)
        return _Bands([subject.level(name, each, language) for each in known],
                      np.array([known.index(str(value)) for value in column]))
    values = np.array(column, dtype=float)
    distinct = np.unique(values)
    if len(distinct) <= (MOST_VALUES if subject.study.design.kind == "grid" else BINS):
        return _Bands([subject.level(name, float(value), language) for value in distinct],
                      np.searchsorted(distinct, values))
    # Even in the factor's own scale, as the points are.
    where = np.array([subject.place(name, value) for value in values])
    of = np.clip((where * BINS).astype(int), 0, BINS - 1)
    low, high = (end * subject.scale(name) for end in subject.ends(name))
    log = subject.factors[name].scale == "log"
    edges = [low * (high / low) ** (at / BINS) if log else low + (high - low) * at / BINS
             for at in range(BINS + 1)]
    names = [f"{_short(one)}–{_short(two)}" for one, two in itertools.pairwise(edges)]
    return _Bands(names, of)


def _short(value: float) -> str:
    return f"{value:,.2g}" if abs(value) < 100 else f"{float(f'{value:.2g}'):,.0f}"


def map_drawing(
    subject: Subject, one: str, other: str, outcome: str, canvas: Canvas
) -> Drawing | None:
    """The map of an outcome.

    Parameters
    ----------
    subject : Subject
    one, other : str
        Factors across and up.
    outcome : str
        Name, or `CASES`.
    canvas : Canvas

    Returns
    -------
    Drawing or None
        None where there are no such factors or outcome.
    """
    language, cases = canvas.language, subject.found.cases
    if outcome == CASES and cases is not None and {one, other} <= set(cases.points):
        columns = {name: cases.points[name].tolist() for name in (one, other)}
        values, divisor, unit = cases.case, 0.01, "%"
        title = TEXTS("map_cases", language, case=case_label(subject, language))
    elif outcome in subject.means and {one, other} <= set(subject.factors):
        columns = {name: subject.column(name) for name in (one, other)}
        values = subject.means[outcome]
        measure = subject.measure(outcome, values.tolist(), language)
        divisor, unit = measure.divisor, measure.text
        title = subject.heading(outcome, measure, language)
    else:
        return None
    x, y = (_bands(subject, name, columns[name], language) for name in (one, other))
    cells = cells_of(x.of, y.of, values / divisor)
    grid = subject.study.design.kind == "grid" and len(map_factors(subject)) == 2
    note = TEXTS("map_note_grid" if grid else "map_note_binned", language,
                 deeper=canvas.deeper)
    option = _option(subject, (one, other), (x, y), cells, unit, canvas)
    return Drawing("map", title, note, option, min(150 + 46 * len(y.names), 720), wide=True)


def _option(
    subject: Subject, names: tuple[str, str], bands: tuple[_Bands, _Bands], cells: list[Cell],
    unit: str, canvas: Canvas,
) -> dict[str, Any]:
    language, paint = canvas.language, canvas.paint
    known = [cell.mean for cell in cells if cell.mean is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    largest = max(abs(low), abs(high), 1e-9)
    digits = max(0, min(2 - math.floor(math.log10(largest)), 6))
    if high <= low:
        high = low + max(abs(low), 1.0) * 1e-6
    titles = [subject.with_unit(name, language) for name in names]
    data = []
    for cell in cells:
        shown = "–" if cell.mean is None else figure(cell.mean, digits)
        where = "\n".join(f"{title}: {each.names[at]}" for title, each, at in zip(
            titles, bands, (cell.x, cell.y), strict=True))
        tip = TEXTS("cell_tip", language, where=where, value=f"{shown} {unit}".strip(),
                    n=cell.points)
        # On the darker half of the ramp letters are white.
        above = cell.mean is not None and (cell.mean - low) / (high - low) > HALF
        deep = above is not canvas.dark
        data.append({
            "value": [cell.x, cell.y, "-" if cell.mean is None else clean(cell.mean)],
            "name": tip, "label": {"formatter": shown, "color": LETTERS[deep]},
            **({"itemStyle": {"color": paint["faint"]}} if cell.mean is None else {}),
        })
    option = bare(canvas, top=30, right=16)
    lines = max((folded(text, *FIELD).count("\n") + 1 for text in bands[0].names), default=1)
    option["grid"] |= {"bottom": 56 + 14 * lines, "top": 30}

    def category(name: str, each: _Bands, *, up: bool) -> dict[str, Any]:
        return {
            "type": "category", "data": [folded(text, *FIELD) for text in each.names],
            "name": folded(subject.with_unit(name, language), 60, 1),
            "nameLocation": "end" if up else "middle", "nameGap": 10 if up else 12 + 14 * lines,
            "nameTextStyle": {"color": paint["muted"], "align": "left" if up else "center"},
            "axisLine": {"show": False}, "axisTick": {"show": False},
            "axisLabel": {"color": paint["ink"], "interval": 0 if up else "auto",
                          "hideOverlap": True, "fontSize": 12},
            "splitArea": {"show": False},
        }

    option["xAxis"] = category(names[0], bands[0], up=False)
    option["yAxis"] = category(names[1], bands[1], up=True)
    option["visualMap"] = {
        "min": clean(low), "max": clean(high), "calculable": False, "orient": "horizontal",
        "left": "center", "bottom": 0, "itemWidth": 12, "itemHeight": 160, "dimension": 2,
        "text": [figure(high, digits), figure(low, digits)],
        "textStyle": {"color": paint["muted"]},
        "inRange": {"color": list(canvas.ramp("share" if unit == "%" else "price"))},
    }
    option["series"] = [{
        "id": "cells", "type": "heatmap", "data": data,
        "label": {"show": len(bands[0].names) <= 14, "fontSize": 12},
        "itemStyle": {"borderColor": paint["paper"], "borderWidth": 1},
    }]
    return option
