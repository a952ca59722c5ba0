"""Price over time: market, theory, limits, allowances, months without trade, events."""

from typing import Any

import numpy as np

from agents.parameters import month_text
from dashboard.live.frame import Frame, month_names
from dashboard.live.texts import SAY
from dashboard.parts.looks import axis, frame, months_axis
from experiments.explaining import LABELS
from experiments.language import Language, pick
from experiments.report.looks import colours
from simulation.scenario import Scenario

__all__ = ["price_option", "price_update"]


def price_option(
    scenario: Scenario, dark: bool, language: Language, *, forked: bool
) -> dict[str, Any]:
    """Axes and empty series.

    Parameters
    ----------
    scenario : Scenario
    dark : bool
    language : {"en", "zh"}
    forked : bool
        Whether there is a second future.

    Returns
    -------
    dict
        Option of ECharts.
    """
    paint = colours(dark)
    line = {"type": "line", "data": [], "symbol": "none", "connectNulls": False}

    def named(key: str) -> str:
        return SAY(key, language)

    limit = {"color": paint["lower"], "width": 1, "type": "dotted"}
    theory = {"color": paint["higher"], "width": 1.2, "opacity": 0.9}
    first = named("credit_price")
    if forked:
        first = SAY("credit_price_b", language, name=named("future_a"))
    series = [
        {"id": "none", "name": named("no_trade"), "type": "bar", "data": [], "yAxisIndex": 1,
         "barCategoryGap": "0%", "itemStyle": {"color": paint["faint"], "opacity": 0.75},
         "silent": True, "z": 0, "tooltip": {"show": False}},
        {**line, "id": "allowance", "name": named("allowance"),
         "lineStyle": {"color": paint["muted"], "width": 1.2},
         "itemStyle": {"color": paint["muted"]}},
        {**line, "id": "theory", "name": named("theory"), "lineStyle": theory,
         "itemStyle": {"color": paint["higher"]}, "step": "middle"},
        {**line, "id": "theory_high", "name": named("theory_high"),
         "lineStyle": {**theory, "type": "dashed"}, "itemStyle": {"color": paint["higher"]},
         "step": "middle"},
        {**line, "id": "floor", "name": named("floor"), "lineStyle": limit,
         "itemStyle": {"color": paint["lower"]}},
        {**line, "id": "ceiling", "name": named("ceiling"), "lineStyle": limit,
         "itemStyle": {"color": paint["lower"]}},
        {**line, "id": "without", "name": named("price_without"), "symbol": "emptyCircle",
         "symbolSize": 3, "showAllSymbol": True,
         "lineStyle": {"color": paint["rule-1"], "width": 1.6, "type": [5, 4]},
         "itemStyle": {"color": paint["rule-1"]}, "z": 4},
        {**line, "id": "price", "name": first, "symbol": "circle", "symbolSize": 5,
         "showAllSymbol": True, "lineStyle": {"color": paint["rule-1"], "width": 2.2},
         "itemStyle": {"color": paint["rule-1"]}, "z": 5,
         "markLine": {"symbol": "none", "data": [], "animation": False}},
    ]
    if forked:
        series.append(
            {**line, "id": "price_b", "symbol": "circle", "symbolSize": 5, "showAllSymbol": True,
             "name": SAY("credit_price_b", language, name=named("future_b")),
             "lineStyle": {"color": paint["rule-2"], "width": 2.2},
             "itemStyle": {"color": paint["rule-2"]}, "z": 6}
        )
    option = frame(dark, language, top=44)
    option["legend"]["selected"] = {named("theory_high"): False}
    hidden = axis(dark, max=1, show=False)
    return {
        **option, "series": series,
        "xAxis": months_axis(dark, month_names(scenario), boundaryGap=True),
        "yAxis": [axis(dark, min=0), hidden],
    }


def price_update(seen: Frame, dark: bool, language: Language) -> dict[str, Any]:
    """Data of the series, and marks of events and of the month that is shown.

    Parameters
    ----------
    seen : Frame
    dark : bool
    language : {"en", "zh"}

    Returns
    -------
    dict
        Merged into `price_option`.
    """
    first = seen.lanes[0]
    rows = first.monthly
    theory = rows.theory_volume_t > 0
    series: list[dict[str, Any]] = [
        {"id": "none", "data": [None if row else 1 for row in (seen.lane.monthly.volume_t > 0)]},
        {"id": "allowance", "data": gaps(rows.allowance_price, rows.allowance_price > 0)},
        {"id": "theory", "data": gaps(rows.theory_price_low_fen / 100, theory)},
        {"id": "theory_high", "data": gaps(rows.theory_price_high_fen / 100, theory)},
        {"id": "floor", "data": gaps(rows.lowest_allowed_fen / 100, rows.lowest_allowed_fen > 0)},
        {"id": "ceiling",
         "data": gaps(rows.highest_allowed_fen / 100, rows.highest_allowed_fen > 0)},
        {"id": "price", "data": prices(rows),
         "markLine": {"data": _marks(seen, dark, language)}},
    ]
    beside = seen.beside
    if beside is not None and beside.rules is not None:
        # Up to the rule the two runs are one.
        shared = max(beside.date - first.scenario.start - 1, 0)
        series.append(
            {"id": "without", "data": [None] * shared + prices(beside.monthly)[shared:]}
        )
    else:
        series.append({"id": "without", "data": []})
    if len(seen.lanes) > 1:
        second = seen.lanes[1]
        shared = max(second.begun - second.scenario.start - 1, 0)
        data = prices(second.monthly)
        # The shared past is drawn once.
        series.append({"id": "price_b", "data": [None] * shared + data[shared:]})
    return {"series": series}


def prices(rows: np.recarray) -> list[float | None]:
    """Mean price of each month's deals, yuan/t; None without trade."""
    volume = np.maximum(rows.volume_t, 1)
    return gaps(rows.value_fen / volume / 100, rows.volume_t > 0)


def gaps(values: np.ndarray, known: np.ndarray) -> list[float | None]:
    """Values rounded for a chart, None where there is none."""
    numbers = np.round(values, 2).tolist()
    return [number if there else None
            for number, there in zip(numbers, known.tolist(), strict=True)]


def _marks(seen: Frame, dark: bool, language: Language) -> list[dict[str, Any]]:
    paint = colours(dark)
    marks: dict[int, list[str]] = {}
    for event in seen.lane.scenario.events:
        for key in event.set:
            marks.setdefault(event.effective, []).append(pick(*LABELS[key], language))
    start = seen.lane.scenario.start
    found: list[dict[str, Any]] = []
    for month, labels in marks.items():
        if not start <= month < seen.lane.scenario.stop:
            continue
        text = labels[0] if len(labels) == 1 else f"{labels[0]} +{len(labels) - 1}"
        found.append({
            "xAxis": month - start, "name": text,
            "lineStyle": {"color": paint["rule-3"], "type": "solid", "width": 1},
            "label": {
                "formatter": shortened(text), "position": "end", "color": paint["ink"],
                "fontSize": 11, "distance": 4,
            },
        })
    if seen.back:
        found.append({
            "xAxis": seen.place, "name": month_text(seen.month),
            "lineStyle": {"color": paint["ink"], "type": "dashed", "width": 1},
            "label": {"formatter": month_text(seen.month), "position": "insideEndTop",
                      "color": paint["ink"], "fontSize": 11},
        })
    return found


def shortened(text: str, letters: int = 30) -> str:
    """A label that fits above a line."""
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
