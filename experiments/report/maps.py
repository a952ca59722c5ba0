"""The map: price and traded share over voluntary demand and compliance room, by pricing rule."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from experiments.mapping import MarketMap
from experiments.report.looks import RAMPS, Look
from experiments.report.numerals import figure, ratio
from experiments.report.panels import (
    TIP,
    Figure,
    Panel,
    Spec,
    layer,
    nominal,
    number,
    sized,
)
from experiments.report.reading import Reading
from experiments.report.texts import rule_label, tell

__all__ = ["Polyline", "edges", "map_figure", "map_ranges"]

HEIGHT = 300
LIGHT, DARK = "#ffffff", "#22272c"


class Polyline(NamedTuple):
    """A line that theory draws over the maps.

    Attributes
    ----------
    points : sequence of pairs of float
        Voluntary demand and compliance room, both divided by annual issuance.
    label, label_zh : str
        Written at its last point that lies on the map.
    mechanism : str or None
        Pricing rule it belongs to; all of them where not given.
    """

    points: Sequence[tuple[float, float]]
    label: str
    label_zh: str
    mechanism: str | None = None


def edges(axis: np.ndarray) -> list[tuple[float, float]]:
    """Where the cells of an axis begin and end: half-way between its values.

    Parameters
    ----------
    axis : float array, ascending

    Returns
    -------
    list of pairs of float
    """
    if len(axis) == 1:
        return [(float(axis[0]) - 0.5, float(axis[0]) + 0.5)]
    middles = (axis[1:] + axis[:-1]) / 2
    first, last = axis[0] - (middles[0] - axis[0]), axis[-1] + (axis[-1] - middles[-1])
    ends = [float(first), *map(float, middles), float(last)]
    return list(pairwise(ends))


def _traded_percent(found: MarketMap) -> np.ndarray:
    return 100 * (found.voluntary_share + found.compliance_share)


def map_ranges(maps: Sequence[MarketMap]) -> dict[str, tuple[float, float]]:
    """Range of each ramp, common to all pricing rules: price in yuan/t, traded share in %."""
    prices = np.concatenate([found.price_yuan_per_t.ravel() for found in maps])
    known = prices[np.isfinite(prices)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    return {"price": (low, high if high > low else low + 1.0), "share": (0.0, 100.0)}


def _cells(
    found: MarketMap, values: np.ndarray, bounds: tuple[float, float], look: Look, unit: str
) -> list[Spec]:
    cells = []
    for row, (bottom, top) in enumerate(edges(found.room_axis)):
        for column, (left, right) in enumerate(edges(found.voluntary_axis)):
            value = float(values[row, column])
            known = bool(np.isfinite(value))
            share = (value - bounds[0]) / (bounds[1] - bounds[0]) if known else 0.0
            demand, room = float(found.voluntary_axis[column]), float(found.room_axis[row])
            tip = tell(
                "cell", look.language, demand=ratio(demand), room=ratio(room),
                amount=f"{figure(value, 1)} {unit}" if known else tell("no_trade", look.language),
            )
            # Light numbers only where the ramp is dark enough to carry them.
            ink = (LIGHT if share > 0.68 else DARK) if known else look.colours["muted"]
            cells.append({
                "x": left, "x2": right, "y": bottom, "y2": top, "at_x": demand, "at_y": room,
                "value": round(value, 3) if known else None, "text": figure(value, 0), "ink": ink,
                "tip": tip,
            })
    return cells


def _ticks(axis: np.ndarray) -> list[float]:
    """Values of an axis that stand far enough apart to be written."""
    room = 0.09 * float(axis[-1] - axis[0])
    ticks: list[float] = []
    for value in map(float, axis):
        if not ticks or value - ticks[-1] >= room:
            ticks.append(value)
    return ticks


def _theory(lines: Sequence[Polyline], found: MarketMap, look: Look) -> list[Spec]:
    layers = []
    right, top = edges(found.voluntary_axis)[-1][1], edges(found.room_axis)[-1][1]
    for line in lines:
        if line.mechanism not in (None, found.mechanism):
            continue
        points = [{"x": x, "y": y, "order": order} for order, (x, y) in enumerate(line.points)]
        inside = [point for point in points if point["x"] <= right and point["y"] <= top]
        path = {"x": number("x"), "y": number("y"), "order": number("order")}
        # A dark line on a light one is seen on every cell.
        layers += [
            layer(points, "line", path, color=LIGHT, strokeWidth=4, clip=True),
            layer(points, "line", path, color=DARK, strokeWidth=1.6, clip=True),
        ]
        if inside:
            label = line.label_zh if look.language == "zh" else line.label
            at_right = inside[-1]["x"] > 0.6 * right
            style = {
                "align": "right" if at_right else "left", "dx": -6 if at_right else 6, "dy": -8,
                "fontStyle": "italic", "color": DARK,
            }
            place = {"x": number("x"), "y": number("y"), "text": nominal("label")}
            named = [{**inside[-1], "label": label}]
            layers += [
                layer(named, "text", place, stroke=LIGHT, strokeWidth=3, **style),
                layer(named, "text", place, **style),
            ]
    return layers


def _heat(
    found: MarketMap, values: np.ndarray, ramp: str, bounds: tuple[float, float], look: Look,
    lines: Sequence[Polyline], unit: str, legend: bool,
) -> Spec:
    cells = _cells(found, values, bounds, look, unit)

    def channel(field: str, title: str, ticks: np.ndarray) -> Spec:
        ends = edges(ticks)
        axis = {
            "title": tell(title, look.language), "values": _ticks(ticks), "grid": False,
            "domain": False, "format": "~g", "labelFontSize": 11, "labelOverlap": False,
        }
        scale = {"domain": [ends[0][0], ends[-1][1]], "nice": False, "zero": False}
        return number(field, axis=axis, scale=scale)

    shade = number(
        "value", legend={"title": unit, "gradientLength": 200} if legend else None,
        scale={"domain": list(bounds), "range": list(RAMPS[ramp]), "interpolate": "lab"},
    )
    tiles = layer(
        None, "rect",
        {"x": channel("x", "voluntary_axis", found.voluntary_axis), "x2": {"field": "x2"},
         "y": channel("y", "room_axis", found.room_axis), "y2": {"field": "y2"}, "tooltip": TIP,
         "color": {"condition": {"test": "isValid(datum.value)", **shade},
                   "value": look.colours["faint"]}},
        stroke=look.colours["paper"], strokeWidth=0.6,
    )
    numbers = layer(
        None, "text",
        {"x": number("at_x"), "y": number("at_y"), "text": nominal("text"), "tooltip": TIP,
         "color": nominal("ink", scale=None)},
        fontSize=10,
    )
    chart = sized([tiles, numbers, *_theory(lines, found, look)], look, HEIGHT)
    apart = {"scale": {"color": "independent"}}
    return {"data": {"values": cells}, **chart, "resolve": apart}


def map_figure(reading: Reading, look: Look, lines: Sequence[Polyline] = ()) -> Figure:
    """Price (upper row) and traded share (lower row), a panel for each pricing rule.

    Parameters
    ----------
    reading : Reading
    look : Look
    lines : sequence of Polyline
        Of theory, drawn over the panels.

    Returns
    -------
    Figure
    """
    maps, language = reading.answer.maps, look.language
    bounds = map_ranges(maps)
    money = "yuan/t" if language == "en" else "元/吨"

    def legend(found: MarketMap) -> bool:
        # The page shows the ramp once, above the panels; a file has it beside the last one.
        return look.width is not None and found is maps[-1]

    def panel(found: MarketMap, ramp: str, values: np.ndarray, unit: str) -> Panel:
        title = tell(f"{ramp}_of", language, rule=rule_label(found.mechanism, language))
        known = values[np.isfinite(values)]
        told = tell(
            "map_told", language, low=figure(float(known.min()), 0), unit=unit,
            high=figure(float(known.max()), 0),
        ) if len(known) else tell("no_trade", language)
        return Panel(
            title, _heat(found, values, ramp, bounds[ramp], look, lines, unit, legend(found)), told
        )

    price = [panel(found, "price", found.price_yuan_per_t, money) for found in maps]
    share = [panel(found, "share", _traded_percent(found), "%") for found in maps]
    return Figure("map", [*price, *share], max(len(maps), 1))
