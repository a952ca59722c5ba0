"""Fans over replicates: bands and medians, in one chart or a panel each."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from dashboard.compare.texts import TEXTS
from dashboard.parts.looks import axis, frame, months_axis
from experiments.language import Language, pick, unit_in
from experiments.overview import multiple
from experiments.report.looks import colours
from experiments.series_compared import Fan, Series
from experiments.tables import number

__all__ = [
    "COLOURS", "MOST_OUTER_BANDS", "Scaled", "fan_option", "fan_update", "legend_room",
    "lowest_share", "paint_of", "scaled", "series_note", "series_title", "share_option",
    "share_update",
]

# One for each of nine variants, in this order; after the first five lines are dashed as well.
COLOURS = (
    "rule-1", "rule-2", "rule-3", "rule-4", "compliance", "voluntary", "lower", "muted", "quota",
)
DASHES = ("solid", "dashed")
# Where fewer replicates have a price there is a dot and no band: it would be one of few runs.
THIN = 0.5
# More bands than this in one chart could not be told apart; then the outer ones are left out.
MOST_OUTER_BANDS = 4
MOST_IN_TOOLTIP = 2
# Part of the ends of bands that the axis holds in any case.
UNCUT = 0.985
# A line of a legend on a phone, what a name takes beside its letters, and the height of a line.
LEGEND_LINE, LEGEND_GAP, LEGEND_ROW = 330, 34, 20
# More lines than these would take the chart's own room; then one turns the legend over.
MOST_ROWS = 4
WORTH_CUTTING = 1.35
BANDS = (("low", 0, 0.0), ("outer-low", 1, 0.10), ("inner", 3, 0.24), ("outer-high", 4, 0.10))


class Scaled(NamedTuple):
    """Fans of one series in a unit that is easy to read.

    Attributes
    ----------
    series : Series
    unit : str
    fans : list of Fan
        One a variant.
    scale : float
        What they are divided by.
    digits : int
        Decimals that are worth drawing.
    low, high : float
        Ends of an axis for all of them.
    peak : float or None
        Highest point of the bands, where the axis cuts them off.
    """

    series: Series
    unit: str
    fans: list[Fan]
    scale: float
    digits: int
    low: float
    high: float
    peak: float | None = None


def paint_of(place: int, dark: bool) -> str:
    """Colour of a variant."""
    return colours(dark)[COLOURS[place % len(COLOURS)]]


def scaled(series: Series, fans: Sequence[Fan], currency: str, language: Language) -> Scaled:
    """Fans with the unit and axis they share.

    Parameters
    ----------
    series : Series
    fans : sequence of Fan
        One a variant.
    currency : str
    language : {"en", "zh"}

    Returns
    -------
    Scaled
    """
    # Of rare prices only the median is drawn, as a dot.
    firm = [fan.quantiles[:, fan.share >= THIN] for fan in fans]
    inner = _known(*(part[1:4] for part in firm), *(fan.quantiles[2] for fan in fans))
    outer = _known(*firm)
    low, peak = min([*inner, *outer], default=0.0), max([*inner, *outer], default=0.0)
    # A band that shoots up in a few months would press all the rest together.
    high = max([*inner, np.quantile(outer, UNCUT)]) if len(outer) else peak
    high = peak if peak < WORTH_CUTTING * high else high
    unit, scale = unit_in(series.unit, currency, language), 1.0
    if series.unit == "t":
        unit, scale = multiple("t", [low, high], language)
    largest = max(abs(low), abs(high)) / scale
    digits = max(0, 4 - math.ceil(math.log10(largest))) if largest > 0 else 0
    end = _round_up(high / scale) or 1.0
    return Scaled(
        series, unit, list(fans), scale, digits, -_round_up(-low / scale) if low < 0 else 0.0,
        end, peak / scale if peak / scale > end else None,
    )


def _known(*parts: np.ndarray) -> np.ndarray:
    return np.concatenate([part[np.isfinite(part)] for part in parts])


def _round_up(number: float) -> float:
    if number <= 0:
        return 0.0
    size = 10.0 ** math.floor(math.log10(number))
    return next(step * size for step in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
                if step * size >= number * (1 - 1e-9))


def series_title(series: Series, language: Language) -> str:
    """What a chart of a series is called."""
    return pick(series.label, series.label_zh, language)


def series_note(found: Scaled, by: str, language: Language) -> str:
    """Unit and how to read it."""
    name = found.series.name
    kind = {"price_yuan_per_t": "price", "volume_t": "volume"}.get(name, "end")
    note = TEXTS(f"{kind}_{by}", language, unit=found.unit)
    if found.peak is not None:
        peak = number(found.peak, language, min(found.digits, 2))
        note += TEXTS("cut", language, peak=peak)
    return note


def fan_option(
    names: Sequence[str], places: Sequence[int], periods: list[str], found: Scaled, dark: bool,
    language: Language,
) -> dict[str, Any]:
    """Chart of one series without its numbers.

    Parameters
    ----------
    names : sequence of str
        Of the variants that are drawn.
    places : sequence of int
        Their places in the comparison, which decide their colours.
    periods : list of str
    found : Scaled
    dark : bool
    language : {"en", "zh"}

    Returns
    -------
    dict
    """
    option = frame(dark, language, legend=len(names) > 1, right=24)
    option["tooltip"]["valueFormatter"] = f"@digits:{found.digits}"
    option["xAxis"] = months_axis(dark, periods)
    option["yAxis"] = axis(dark)
    if len(names) > 1:
        option["legend"] |= {"data": list(names), "icon": "circle"}
        _put_legend(option, names)
    option["series"] = [
        part for name, place in zip(names, places, strict=True)
        for part in _parts(name, place, len(names), dark, language)
    ]
    return option


def legend_room(names: Sequence[str]) -> int:
    """Pixels that a legend needs beyond its first line: names that fit no line have one each.

    Parameters
    ----------
    names : sequence of str

    Returns
    -------
    int
    """
    wide = sum(_width(name) + LEGEND_GAP for name in names)
    rows = len(names) if len(names) <= MOST_ROWS and wide > LEGEND_LINE else 1
    return (rows - 1) * LEGEND_ROW


def _width(name: str) -> float:
    # About, at the size of legends; a Chinese character is two wide.
    return sum(12.0 if letter > "\u2e7f" else 6.2 for letter in name)


def _put_legend(option: dict[str, Any], names: Sequence[str]) -> None:
    room = legend_room(names)
    if room:
        option["legend"] |= {"type": "plain", "orient": "vertical", "itemGap": 6}
        option["grid"]["top"] += room
    # What is cut all the same the tooltip and the table have whole.
    option["legend"]["textStyle"] |= {
        "width": LEGEND_LINE - 14 if room or len(names) < 3 else 190, "overflow": "truncate",
        "ellipsis": "…",
    }


def _parts(
    name: str, place: int, drawn: int, dark: bool, language: Language
) -> list[dict[str, Any]]:
    paint, crowded = paint_of(place, dark), drawn > MOST_OUTER_BANDS
    parts: list[dict[str, Any]] = []
    for band, _, strength in BANDS:
        outer = band.startswith("outer")
        parts.append({
            "id": f"{place}-{band}", "name": name, "type": "line", "stack": f"fan-{place}",
            # Losses can make a series negative: bands are stacked all the same.
            "stackStrategy": "all", "symbol": "none", "silent": True, "color": paint,
            "lineStyle": {"width": 0}, "tooltip": {"show": False}, "z": 1,
            "areaStyle": {"color": paint, "opacity":
                          (0 if outer else strength / 2) if crowded else strength},
        })
    full = drawn <= MOST_IN_TOOLTIP
    parts.append({
        "id": f"{place}-median", "name": name, "type": "line", "symbol": "circle",
        "symbolSize": 4, "showSymbol": False, "color": paint, "z": 3,
        "lineStyle": {"width": 2, "type": DASHES[place >= 5]},
        "dimensions": ["period", *(TEXTS(key, language) for key in ("median", "low", "high"))],
        "encode": {"x": 0, "y": 1, "tooltip": [1, 2, 3] if full else [1]},
    })
    parts.append({
        "id": f"{place}-thin", "name": name, "type": "scatter", "symbolSize": 4, "color": paint,
        "z": 2, "itemStyle": {"opacity": 0.75},
        "dimensions": ["period", TEXTS("median", language)],
        "encode": {"x": 0, "y": 1, "tooltip": [1]},
    })
    return parts


def fan_update(places: Sequence[int], found: Scaled) -> dict[str, Any]:
    """The numbers of a chart, and an axis that holds all variants.

    Parameters
    ----------
    places : sequence of int
        Variants that are drawn.
    found : Scaled

    Returns
    -------
    dict
    """
    series: list[dict[str, Any]] = []
    for place in places:
        fan = found.fans[place]
        rows = np.round(fan.quantiles / found.scale, found.digits)
        # A month between two without a price has no line: it is a dot too.
        thin = ~(fan.share >= THIN)
        firm = ~thin & np.isfinite(rows[2])
        alone = firm & ~(np.append(firm[1:], False) | np.append(False, firm[:-1]))
        dots, line = (thin | alone) & np.isfinite(rows[2]), firm & ~alone
        for band, top, _ in BANDS:
            below = {"outer-low": 0, "inner": 1, "outer-high": 3}.get(band)
            values = rows[0] if below is None else rows[top] - rows[below]
            series.append({
                "id": f"{place}-{band}", "data": _listed(values, line, found.digits),
            })
        ends = [_listed(rows[each], line, found.digits) for each in (2, 0, 4)]
        series.append({
            "id": f"{place}-median",
            "data": [[period, *values] for period, values in
                     zip(fan.periods, zip(*ends, strict=True), strict=True)],
        })
        series.append({
            "id": f"{place}-thin",
            "data": [[fan.periods[at], float(rows[2, at])] for at in np.flatnonzero(dots)],
        })
    return {"series": series, "yAxis": {"min": found.low, "max": found.high}}


def _listed(values: np.ndarray, drawn: np.ndarray, digits: int) -> list[float | None]:
    return [
        round(value, digits) if there else None
        for value, there in zip(values.tolist(), drawn.tolist(), strict=True)
    ]


def lowest_share(fans: Sequence[Fan]) -> float:
    """Smallest share of replicates that trade in a period, over all variants."""
    shares = np.concatenate([fan.share[np.isfinite(fan.share)] for fan in fans])
    return float(shares.min()) if shares.size else 1.0


def share_option(
    names: Sequence[str], periods: list[str], dark: bool, language: Language
) -> dict[str, Any]:
    """Chart of how often there is trade, without its numbers."""
    option = frame(dark, language, right=24)
    option["legend"]["icon"] = "circle"
    _put_legend(option, names)
    option["tooltip"]["valueFormatter"] = "@digits:0"
    option["xAxis"] = months_axis(dark, periods)
    option["yAxis"] = axis(dark, min=0, max=100)
    option["series"] = [
        {
            "id": f"{place}-share", "name": name, "type": "line", "step": "middle",
            "showSymbol": False, "color": paint_of(place, dark),
            "lineStyle": {"width": 1.5, "type": DASHES[place >= 5]},
        }
        for place, name in enumerate(names)
    ]
    return option


def share_update(fans: Sequence[Fan]) -> dict[str, Any]:
    """The numbers of how often there is trade, in percent."""
    return {"series": [
        {"id": f"{place}-share", "data": _listed(100 * fan.share, np.isfinite(fan.share), 0)}
        for place, fan in enumerate(fans)
    ]}
