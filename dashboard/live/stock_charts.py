"""Volumes by motive, where credits are, and how many stand for something."""

from typing import Any

import numpy as np

from agents.parameters import month_text
from dashboard.live.frame import Frame, month_names
from dashboard.live.marks import marks_of
from dashboard.live.texts import SAY
from dashboard.parts.looks import axis, frame, months_axis
from experiments.language import Language, pick
from experiments.report.looks import colours
from simulation.scenario import Scenario

__all__ = [
    "real_option", "real_update", "registry_option", "registry_update", "told",
    "volume_option", "volume_update",
]

MOTIVES = (
    ("voluntary", "voluntary_t", "voluntary"), ("compliance", "compliance_t", "compliance"),
    ("quota", "quota_t", "quota"), ("public", "public_t", "rule-4"),
)
STATES = (
    ("retired", "retired_t", "rule-3"), ("held", "held_t", "rule-1"),
    ("escrow", "escrow_t", "quota"), ("pledged", "pledged_t", "voluntary"),
    ("buffer", "buffer_t", "compliance"), ("cancelled", "cancelled_t", "muted"),
)
REAL = (
    ("issued", "issued_t", "rule-1"), ("removed", "removed_t", "rule-3"),
    ("additional", "additional_t", "rule-2"),
)

CHARTS = {"volume": MOTIVES, "registry": STATES, "real": REAL}


def volume_option(scenario: Scenario, dark: bool, language: Language) -> dict[str, Any]:
    """Stacked bars, a month each."""
    series = [
        {"id": column, "name": SAY(key, language), "type": "bar", "stack": "volume", "data": [],
         "barCategoryGap": "10%", "itemStyle": {"color": colours(dark)[colour]}}
        for key, column, colour in MOTIVES
    ]
    return _over_months(scenario, dark, language, series, gap=True)


def volume_update(seen: Frame, dark: bool, language: Language) -> dict[str, Any]:
    """Bars of the future that is shown; only who has bought yet is named."""
    rows = seen.lane.monthly
    return _updated(seen, dark, language, MOTIVES, {
        column: rows[column] for _, column, _ in MOTIVES
    })


def registry_option(scenario: Scenario, dark: bool, language: Language) -> dict[str, Any]:
    """Stacked areas of the states of credits."""
    paint = colours(dark)
    series = [
        {"id": column, "name": SAY(key, language), "type": "line", "stack": "states", "data": [],
         "symbol": "none", "lineStyle": {"width": 0}, "itemStyle": {"color": paint[colour]},
         "areaStyle": {"color": paint[colour], "opacity": 0.85}}
        for key, column, colour in STATES
    ]
    return _over_months(scenario, dark, language, series)


def registry_update(seen: Frame, dark: bool, language: Language) -> dict[str, Any]:
    """Areas of the future that is shown; only states that occurred are named."""
    rows = seen.lane.monthly
    return _updated(seen, dark, language, STATES, {column: rows[column] for _, column, _ in STATES})


def real_option(scenario: Scenario, dark: bool, language: Language) -> dict[str, Any]:
    """Sums since the first month."""
    paint = colours(dark)
    series = [
        {"id": column, "name": SAY(key, language), "type": "line", "data": [], "symbol": "none",
         "lineStyle": {"color": paint[colour], "width": 2}, "itemStyle": {"color": paint[colour]}}
        for key, column, colour in REAL
    ]
    return _over_months(scenario, dark, language, series)


def real_update(seen: Frame, dark: bool, language: Language) -> dict[str, Any]:
    """Sums of the future that is shown."""
    rows = seen.lane.monthly
    return _updated(seen, dark, language, REAL, {
        column: np.cumsum(rows[column]) for _, column, _ in REAL
    })


def told(kind: str, update: dict[str, Any], seen: Frame, language: Language) -> str:
    """One of these charts in words: the latest month, in thousands of tonnes.

    Parameters
    ----------
    kind : str
        "volume", "registry" or "real".
    update : dict
        Of the chart.
    seen : Frame
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    title = SAY(kind, language)
    if seen.row is None:
        return title
    values = [
        f"{SAY(key, language)} {each['data'][seen.place]:,.6g}"
        for (key, _, _), each in zip(CHARTS[kind], update["series"], strict=True)
        if each["data"][seen.place]
    ]
    if not values:
        values = [SAY("no_price", language) if kind == "volume" else "0"]
    values.append(SAY("in_thousands", language))
    return SAY("price_told", language, title=title, month=month_text(seen.month),
               values=pick(", ", "，", language).join(values))


def _updated(
    seen: Frame, dark: bool, language: Language, parts: tuple[tuple[str, str, str], ...],
    values: dict[str, np.ndarray],
) -> dict[str, Any]:
    # A name without anything in the picture only asks for an explanation.
    there = [SAY(key, language) for key, column, _ in parts
             if parts is REAL or values[column].any()]
    return {
        "series": [{"id": column, "data": _thousands(values[column])} for _, column, _ in parts],
        "legend": {"data": there or [SAY(key, language) for key, _, _ in parts[:2]]},
        "marks": marks_of(seen, dark, language),
    }


def _over_months(
    scenario: Scenario, dark: bool, language: Language, series: list[dict[str, Any]], *,
    gap: bool = False,
) -> dict[str, Any]:
    return {
        **frame(dark, language), "series": series,
        "xAxis": months_axis(dark, month_names(scenario), boundaryGap=gap),
        "yAxis": axis(dark),
    }


def _thousands(tonnes: np.ndarray) -> list[float]:
    return np.round(np.asarray(tonnes, dtype=float) / 1000, 2).tolist()
