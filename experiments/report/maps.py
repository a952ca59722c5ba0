"""The map: price and traded share over voluntary demand and compliance room, by pricing rule."""

from collections.abc import Sequence

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
from experiments.theory_lines import Polyline, TheoryMap

__all__ = ["map_figure", "map_ranges", "shown_maps", "stretched"]

HEIGHT = 260
# In the place of a pricing rule.
THEORY = "theory"
LIGHT, DARK = "#ffffff", "#22272c"


def stretched(values: Sequence[float], axis: np.ndarray) -> np.ndarray:
    """Places on a map whose cells are all of one size.

    Parameters
    ----------
    values : sequence of float
        In units of the axis.
    axis : float array, ascending
        A value of it has its number in the axis as its place; between two, places go evenly.

    Returns
    -------
    float array

    Notes
    -----
    Regimes change where demand is small, and there the values of the axes stand close together.
    """
    if len(axis) == 1:
        return np.asarray(values, dtype=float) - axis[0]
    # The last cell reaches half a step beyond its value.
    ends = np.append(axis, axis[-1] + (axis[-1] - axis[-2]) / 2)
    places = np.append(np.arange(len(axis), dtype=float), len(axis) - 0.5)
    return np.interp(values, ends, places)


def _traded_percent(found: MarketMap) -> np.ndarray:
    return 100 * (found.voluntary_share + found.compliance_share)


def _exact(theory: TheoryMap, like: MarketMap) -> MarketMap:
    """Theory as a map, so that it is drawn as agents are."""
    exact = theory.map
    return like._replace(
        mechanism=THEORY, price_yuan_per_t=exact.price, voluntary_share=exact.voluntary_t,
        compliance_share=exact.compliance_t,
    )


def shown_maps(reading: Reading) -> list[MarketMap]:
    """What the figure shows: theory first, then agents under each pricing rule."""
    maps = reading.answer.maps
    return [*([_exact(reading.theory, maps[0])] if reading.theory else ()), *maps]


def map_ranges(maps: Sequence[MarketMap]) -> dict[str, tuple[float, float]]:
    """Range of each ramp, common to all panels: price in yuan/t, traded share in %."""
    prices = np.concatenate([found.price_yuan_per_t.ravel() for found in maps])
    known = prices[np.isfinite(prices)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    return {"price": (low, high if high > low else low + 1.0), "share": (0.0, 100.0)}


def _cells(
    found: MarketMap, values: np.ndarray, bounds: tuple[float, float], look: Look, unit: str
) -> list[Spec]:
    cells = []
    for row in range(len(found.room_axis)):
        for column in range(len(found.voluntary_axis)):
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
                "x": column - 0.5, "x2": column + 0.5, "y": row - 0.5, "y2": row + 0.5,
                "at_x": column, "at_y": row,
                "value": round(value, 3) if known else None, "text": figure(value, 0), "ink": ink,
                "tip": tip,
            })
    return cells


def _along(line: Polyline, found: MarketMap) -> list[Spec]:
    """A line in small steps: straight in its units, it bends where the cells do."""
    points = np.asarray(line.points, dtype=float)
    steps = np.linspace(0.0, len(points) - 1.0, 40 * (len(points) - 1) + 1)
    x, y = (np.interp(steps, np.arange(len(points)), points[:, side]) for side in (0, 1))
    places = zip(
        stretched(x, found.voluntary_axis), stretched(y, found.room_axis), strict=True
    )
    return [
        {"x": round(float(left), 3), "y": round(float(up), 3), "order": order}
        for order, (left, up) in enumerate(places)
    ]


def _name_of(
    line: Polyline, points: Sequence[Spec], right: float
) -> tuple[dict[str, float], Spec]:
    """Where the name of a line stands, and how."""
    style = {"fontSize": 11, "fontWeight": "bold", "baseline": "bottom"}
    first, last = points[0], points[-1]
    if first["x"] == last["x"]:
        # Beside an upright line, half way up.
        middle = {"x": first["x"], "y": (first["y"] + last["y"]) / 2}
        return middle, {**style, "angle": 270, "align": "center", "dy": -4}
    # A line from edge to edge has its name where it begins, another where it ends.
    crosses = last["x"] > 0.6 * right
    end = first if crosses else last
    # Just above the border of two rows, where no number stands.
    place = {"x": end["x"], "y": float(np.floor(end["y"] + 0.5) + 0.5)}
    return place, {**style, "align": "left", "dx": 4, "dy": -1}


def _theory(lines: Sequence[Polyline], found: MarketMap, look: Look) -> list[Spec]:
    layers, names = [], []
    right = len(found.voluntary_axis) - 0.5
    for line in lines:
        if line.mechanism not in (None, found.mechanism):
            continue
        # Names stand on the panel of theory, where they hide no number of the agents.
        named_here = found.mechanism == THEORY or line.mechanism is not None
        points = _along(line, found)
        path = {"x": number("x"), "y": number("y"), "order": number("order")}
        # A dark line on a light one is seen on every cell.
        layers += [
            layer(points, "line", path, color=LIGHT, strokeWidth=4, clip=True),
            layer(points, "line", path, color=DARK, strokeWidth=1.6, clip=True),
        ]
        if not named_here:
            continue
        label = line.label_zh if look.language == "zh" else line.label
        named, style = _name_of(line, points, right)
        named = [{**named, "label": label}]
        place = {"x": number("x"), "y": number("y"), "text": nominal("label")}
        names += [
            layer(named, "text", place, stroke=LIGHT, strokeWidth=3, color=LIGHT, **style),
            layer(named, "text", place, color=DARK, **style),
        ]
    # No line runs through a name.
    return [*layers, *names]


def _heat(
    found: MarketMap, values: np.ndarray, ramp: str, bounds: tuple[float, float], look: Look,
    lines: Sequence[Polyline], unit: str, legend: bool,
) -> Spec:
    cells = _cells(found, values, bounds, look, unit)

    def channel(field: str, title: str, ticks: np.ndarray) -> Spec:
        names = [ratio(float(value)) for value in ticks]
        axis = {
            "title": tell(title, look.language), "values": list(range(len(ticks))), "grid": False,
            "domain": False, "labelExpr": f"{names}[datum.value]", "labelFontSize": 11,
            "labelOverlap": False, "tickSize": 0, "labelPadding": 5,
            # Values are thinned out to the ticks that suit the width, unless their number is given.
            "tickCount": len(ticks),
        }
        scale = {"domain": [-0.5, len(ticks) - 0.5], "nice": False, "zero": False}
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
    """Price (upper row) and traded share (lower row): theory, then each pricing rule.

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
    maps, language = shown_maps(reading), look.language
    bounds = map_ranges(maps)
    money = "yuan/t" if language == "en" else "元/吨"

    def legend(found: MarketMap) -> bool:
        # The page shows the ramp once, above the panels; a file has it beside the last one.
        return look.width is not None and found is maps[-1]

    def panel(found: MarketMap, ramp: str, values: np.ndarray, unit: str) -> Panel:
        title = tell(f"map_theory_{ramp}", language)
        if found.mechanism != THEORY:
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
