"""Supply and demand of a month, and where they met."""

from typing import Any

import numpy as np

from agents.parameters import month_text
from agents.vocabulary import Side
from dashboard.live.frame import Book, Frame, sides
from dashboard.live.texts import SAY
from dashboard.parts.looks import axis, frame, round_end, tooltip
from experiments.language import Language, pick
from experiments.report.looks import colours

__all__ = ["book_option", "book_told", "book_update", "is_standing"]

# Steps of a curve that are drawn; more than this no screen can show.
MOST_STEPS = 400
MOST_DEALS = 300
# A label at the right end begins about here.
LABEL_FROM = 0.45
# The larger side is drawn as far as so many times the smaller one.
CUT = 3.0


def is_standing(mechanism: str) -> bool:
    """Whether orders meet one after the other, so that the book left standing is what one sees."""
    return mechanism == "continuous"


def book_option(dark: bool, language: Language) -> dict[str, Any]:
    """Axes and empty curves."""
    paint = colours(dark)
    # Of a point, the price holds for the tonnes up to it, from the point before.
    step = {"type": "line", "data": [], "symbol": "none", "step": "start"}
    return {
        **frame(dark, language, right=24), "tooltip": tooltip(dark, trigger="item"),
        "xAxis": axis(dark, min=0, splitLine={"show": False}),
        "yAxis": axis(dark, min=0, boundaryGap=["0%", "10%"]),
        "series": [
            {**step, "id": "supply", "name": SAY("supply", language),
             "lineStyle": {"color": paint["rule-3"], "width": 2},
             "itemStyle": {"color": paint["rule-3"]}},
            {**step, "id": "demand", "name": SAY("demand", language),
             "lineStyle": {"color": paint["rule-2"], "width": 2},
             "itemStyle": {"color": paint["rule-2"]}},
            {"id": "deals", "name": SAY("deals", language), "type": "scatter", "data": [],
             "symbolSize": 6, "itemStyle": {"color": paint["rule-1"], "opacity": 0.7}},
            {"id": "clearing", "name": SAY("clearing", language), "type": "scatter", "data": [],
             "symbol": "diamond", "symbolSize": 17, "z": 9,
             "itemStyle": {"color": paint["ink"], "borderColor": paint["paper"],
                           "borderWidth": 2}},
            *(
                {"id": f"{side}-on", "type": "scatter", "data": [], "symbolSize": 1, "z": 8,
                 "silent": True, "tooltip": {"show": False},
                 "label": {"show": True, "position": "top", "align": "right", "distance": 4,
                           "fontSize": 12, "color": paint[f"{colour}-text"],
                           "textBorderColor": paint["paper"], "textBorderWidth": 3}}
                for side, colour in (("supply", "rule-3"), ("demand", "rule-2"))
            ),
            {"id": "empty", "type": "scatter", "data": [], "symbolSize": 1, "silent": True,
             "tooltip": {"show": False}, "itemStyle": {"color": "transparent"},
             "label": {"show": True, "position": "inside", "fontSize": 12,
                       "color": paint["muted"], "textBorderColor": paint["paper"],
                       "textBorderWidth": 3, "formatter": SAY("no_orders", language)}},
        ],
    }


def book_update(seen: Frame, language: Language) -> dict[str, Any]:
    """Curves of the month that is shown.

    Parameters
    ----------
    seen : Frame
    language : {"en", "zh"}

    Returns
    -------
    dict
        Merged into `book_option`. For a standing book what is left unfilled, otherwise all orders.
    """
    book, standing = seen.book, is_standing(seen.mechanism)
    selling, buying = sides(book)
    deals = book.deals
    volume = int(deals.tonnes.sum())
    far = np.cumsum(deals.tonnes)[:MOST_DEALS] - deals.tonnes[:MOST_DEALS] / 2
    dots = np.column_stack([far / 1000, deals.price_fen[:MOST_DEALS] / 100])
    mean = []
    if volume:
        price = float((deals.tonnes * deals.price_fen).sum()) / volume / 100
        mean = [[round(volume / 1000, 2), round(price, 2)]]
    curves = {
        "supply": _steps(book, selling, left=standing),
        "demand": _steps(book, buying, left=standing),
    }
    dealt = volume / 1000
    end, step = round_end(_far_end(curves, dealt) or 1.0)
    series = [{"id": side, "data": curve} for side, curve in curves.items()]
    for side, curve in curves.items():
        beyond = []
        if curve and curve[-1][0] > end:
            # Above the curve, which falls towards the end where it is demand.
            height = next(price for far, price in curve if far >= LABEL_FROM * end)
            height = max(height, next(price for far, price in curve if far >= end))
            text = SAY("goes_on", language, side=SAY(side, language), tonnes=f"{curve[-1][0]:,.0f}")
            beyond = [{"value": [end, height], "label": {"formatter": text}}]
        series.append({"id": f"{side}-on", "data": beyond})
    return {"xAxis": {"max": end, "interval": step}, "series": [
        *series, {"id": "deals", "data": np.round(dots, 2).tolist()},
        {"id": "clearing", "data": mean},
        {"id": "empty", "data": [] if len(selling) + len(buying) else [[end / 2, 0.35]]},
    ]}


def book_told(seen: Frame, language: Language) -> str:
    """The chart in words: what was offered, wanted and dealt.

    Parameters
    ----------
    seen : Frame
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    orders, deals = seen.book.orders, seen.book.deals
    amounts = {
        "supply": orders.quantity_t[orders.side == Side.SELL].sum(),
        "demand": orders.quantity_t[orders.side == Side.BUY].sum(), "deals": deals.tonnes.sum(),
    }
    values = [f"{SAY(key, language)} {amount / 1000:,.1f}" for key, amount in amounts.items()]
    values.append(SAY("in_thousands", language))
    month = seen.month + (seen.phase > 0)
    if month < seen.lane.scenario.start:
        return SAY("book", language)
    return SAY("price_told", language, title=SAY("book", language), month=month_text(month),
               values=pick(", ", "，", language).join(values))


def _far_end(curves: dict[str, list[list[float]]], dealt: float) -> float:
    # Where one side is far larger, the other and the crossing would be lost in a corner.
    ends = [curve[-1][0] for curve in curves.values() if curve]
    if not ends:
        return dealt
    smaller = min(ends) if len(ends) > 1 else 0.0
    near = max(CUT * smaller, 1.5 * dealt)
    return min(max(ends), near) if near > 0 else max(ends)


def _steps(book: Book, rows: np.ndarray, *, left: bool) -> list[list[float]]:
    tonnes = book.orders.quantity_t[rows] - (book.filled[rows] if left else 0)
    rows, tonnes = rows[tonnes > 0], tonnes[tonnes > 0]
    if not len(rows):
        return []
    far, price = np.cumsum(tonnes) / 1000, book.orders.price_fen[rows] / 100
    # Corners where the price changes; of many, evenly spread ones and the last.
    corner = np.append(price[1:] != price[:-1], True)
    far, price = far[corner], price[corner]
    if len(far) > MOST_STEPS:
        kept = np.unique(np.linspace(0, len(far) - 1, MOST_STEPS).astype(int))
        far, price = far[kept], price[kept]
    points = np.column_stack([far, price])
    return np.round(np.vstack([[0.0, price[0]], points]), 2).tolist()
