"""Price over time: market, theory, limits, allowances, months without trade, events."""

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from agents.parameters import month_text
from dashboard.live.frame import Frame, month_names
from dashboard.live.marks import marks_of
from dashboard.live.texts import SAY
from dashboard.live.words import future_names
from dashboard.parts.looks import axis, frame, mixed, months_axis, round_end
from experiments.language import Language, pick, unit_in
from experiments.report.looks import colours
from simulation.scenario import Scenario

__all__ = ["price_option", "price_told", "price_update"]

# Theory beyond so many times what the market shows leaves the picture.
CLIPPED = 1.3
# Allowances so many times as dear as any credit would press the line of credits flat.
APART = 5.0
CREDITS = ("price", "price_b", "without", "floor", "ceiling")


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

    def limit(kind: str, colour: str) -> dict[str, Any]:
        look = {"color": paint[colour], "width": 1.8, "type": kind}
        return {"lineStyle": look, "itemStyle": {"color": paint[colour]}}

    shade = mixed(paint["muted"], paint["paper"], 0.28)
    # Thin and pale: it jumps where stocks run out, and is not what one looks for first.
    theory = {"color": paint["higher"], "width": 1.2, "opacity": 0.85 if dark else 0.6}
    first, second = named("credit_price"), ""
    if forked:
        first, second = (
            SAY("credit_price_b", language, name=name) for name in future_names(language)
        )
    series = [
        {"id": "none", "name": named("no_trade"), "type": "bar", "data": [], "yAxisIndex": 1,
         "barCategoryGap": "0%", "barGap": "-100%",
         # A shadow of the same colour closes the seams between months.
         "itemStyle": {"color": shade, "shadowColor": shade, "shadowBlur": 2},
         "silent": True, "z": 0, "tooltip": {"show": False}},
        {**line, "id": "allowance", "name": named("allowance"),
         "lineStyle": {"color": paint["muted"], "width": 1.5},
         "itemStyle": {"color": paint["muted"]}},
        {**line, "id": "theory", "name": named("theory"), "lineStyle": theory,
         "itemStyle": {"color": paint["higher"]}, "step": "middle"},
        {**line, "id": "theory_high", "name": named("theory_high"),
         "lineStyle": {**theory, "type": "dashed"}, "itemStyle": {"color": paint["higher"]},
         "step": "middle"},
        {**line, "id": "floor", "name": named("floor"), **limit("dotted", "rule-3")},
        {**line, "id": "ceiling", "name": named("ceiling"), **limit("dashed", "lower")},
        {**line, "id": "without", "name": named("price_without"), "symbol": "emptyCircle",
         "symbolSize": 3, "showAllSymbol": True,
         "lineStyle": {"color": paint["rule-1"], "width": 1.6, "type": [5, 4]},
         "itemStyle": {"color": paint["rule-1"]}, "z": 4},
        {**line, **_market("price", first, paint["rule-1"]), "z": 5},
    ]
    if forked:
        series.append({**line, **_market("price_b", second, paint["rule-2"]), "z": 6})
    option = frame(dark, language)
    option["legend"] |= {"selected": {named("theory_high"): False}, "itemWidth": 20}
    # An axis that is not shown would still take the room of its labels.
    hidden = axis(dark, max=1, show=False, axisLabel={"show": False})
    return {
        **option, "series": series,
        "xAxis": months_axis(dark, month_names(scenario), boundaryGap=True),
        "yAxis": [axis(dark, min=0), hidden, axis(dark, min=0, splitLine={"show": False})],
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
    rows = seen.lane.monthly
    theory = rows.theory_volume_t > 0
    low, high = rows.lowest_allowed_fen, rows.highest_allowed_fen
    data = {
        "none": [None if row else 1 for row in (rows.volume_t > 0).tolist()],
        "allowance": gaps(rows.allowance_price, rows.allowance_price > 0),
        "theory": gaps(rows.theory_price_low_fen / 100, theory),
        "theory_high": gaps(rows.theory_price_high_fen / 100, theory),
        "floor": gaps(low / 100, low > 0), "ceiling": gaps(high / 100, high > 0),
        "without": [], "price": prices(seen.lanes[0].monthly),
    }
    beside = seen.beside
    if beside is not None and beside.rules is not None:
        # Up to the rule the two runs are one.
        shared = max(beside.date - seen.lanes[0].scenario.start - 1, 0)
        data["without"] = [None] * shared + prices(beside.monthly)[shared:]
    if len(seen.lanes) > 1:
        second = seen.lanes[1]
        shared = max(second.begun - second.scenario.start - 1, 0)
        # The shared past is drawn once.
        data["price_b"] = [None] * shared + prices(second.monthly)[shared:]
    apart = _apart(data)
    series: list[dict[str, Any]] = [{"id": name, "data": data[name]} for name in data]
    allowance = next(each for each in series if each["id"] == "allowance")
    series[0] |= {"name": _no_trade_named(seen, language)}
    allowance |= {"name": _allowance_named(apart, language), "yAxisIndex": 2 if apart else 0}
    left = {name: data[name] for name in data if not (apart and name == "allowance")}
    ends = [_height(left), _height({"allowance": data["allowance"]} if apart else left)]
    axes = [{"max": top, "interval": step} for top, step in ends]
    return {
        "series": series, "legend": {"data": _told_in_legend(data, seen, language)},
        "yAxis": [axes[0], {}, {**axes[1], "show": apart, "axisLabel": {"show": apart}}],
        "marks": marks_of(seen, dark, language, labelled=True),
    }


def price_told(seen: Frame, language: Language) -> str:
    """The chart in words: the latest month, price and allowance.

    Parameters
    ----------
    seen : Frame
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    title, row = SAY("price", language), seen.row
    if row is None:
        return title
    unit = unit_in("yuan/t", seen.lane.scenario.currency, language)
    price = SAY("no_price", language)
    if row.volume_t > 0:
        price = f"{row.value_fen / row.volume_t / 100:.1f} {unit}"
    values = [f"{SAY('credit_price', language)} {price}"]
    if row.allowance_price > 0:
        values.append(f"{SAY('allowance', language)} {row.allowance_price:.1f}")
    return SAY("price_told", language, title=title, month=month_text(seen.month),
               values=pick(", ", "，", language).join(values))


def _market(number: str, name: str, colour: str) -> dict[str, Any]:
    return {
        "id": number, "name": name, "symbol": "circle", "symbolSize": 5, "showAllSymbol": True,
        "lineStyle": {"color": colour, "width": 2.2}, "itemStyle": {"color": colour},
    }


def _no_trade_named(seen: Frame, language: Language) -> str:
    if len(seen.lanes) == 1:
        return SAY("no_trade", language)
    return SAY("no_trade_in", language, name=future_names(language)[seen.shown])


def _told_in_legend(
    data: dict[str, list[float | None]], seen: Frame, language: Language
) -> list[str]:
    # Only what is drawn; an upper theoretical price only where it is another one.
    names = {
        "price": "credit_price", "without": "price_without",
        "allowance": "allowance", "theory": "theory", "theory_high": "theory_high",
        "floor": "floor", "ceiling": "ceiling", "none": "no_trade",
    }
    forked = "price_b" in data
    found = []
    for number, key in names.items():
        drawn = any(value is not None for value in data[number])
        if number == "theory_high":
            drawn = drawn and data["theory_high"] != data["theory"]
        if number == "price":
            found += [
                SAY("credit_price_b", language, name=future)
                for future in future_names(language)
            ] if forked else [SAY(key, language)]
        elif drawn:
            name = SAY(key, language)
            if number == "allowance":
                name = _allowance_named(_apart(data), language)
            found.append(_no_trade_named(seen, language) if number == "none" else name)
    return found


def _most(data: dict[str, list[float | None]], numbers: Iterable[str],
          below: float = math.inf) -> float:
    values = (value for number in numbers for value in data.get(number, ()))
    return max((value for value in values if value is not None and value <= below), default=0)


def _apart(data: dict[str, list[float | None]]) -> bool:
    """Whether allowances have an axis of their own, on the right."""
    credit = _most(data, CREDITS)
    return credit > 0 and _most(data, ("allowance",)) > APART * credit


def _allowance_named(apart: bool, language: Language) -> str:
    return SAY("allowance_apart" if apart else "allowance", language)


def _height(data: dict[str, list[float | None]]) -> tuple[float, float]:
    # The axis follows the market. Theory has a say up to a third above, or a spike of it would
    # press everything else flat. As months are added it only grows, and by steps.
    market = _most(data, (*CREDITS, "allowance"))
    theory = _most(data, ("theory",), CLIPPED * market if market else math.inf)
    wanted = 1.06 * max(market, theory)
    return round_end(wanted) if wanted > 0 else (100, 20)


def prices(rows: np.recarray) -> list[float | None]:
    """Mean price of each month's deals, yuan/t; None without trade."""
    volume = np.maximum(rows.volume_t, 1)
    return gaps(rows.value_fen / volume / 100, rows.volume_t > 0)


def gaps(values: np.ndarray, known: np.ndarray) -> list[float | None]:
    """Values rounded for a chart, None where there is none."""
    numbers = np.round(values, 2).tolist()
    return [number if there else None
            for number, there in zip(numbers, known.tolist(), strict=True)]
