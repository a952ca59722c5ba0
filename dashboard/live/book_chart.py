"""Supply and demand of a month, and where they met."""

import math
from typing import Any

import numpy as np

from dashboard.live.frame import Book, Frame, sides
from dashboard.live.texts import SAY
from dashboard.parts.looks import axis, frame, tooltip
from experiments.language import Language
from experiments.report.looks import colours

__all__ = ["book_option", "book_update", "is_standing"]

# Steps of a curve that are drawn; more than this no screen can show.
MOST_STEPS = 400
MOST_DEALS = 300


def is_standing(mechanism: str) -> bool:
    """Whether orders meet one after the other, so that the book left standing is what one sees."""
    return mechanism == "continuous"


def book_option(dark: bool, language: Language) -> dict[str, Any]:
    """Axes and empty curves."""
    paint = colours(dark)
    step = {"type": "line", "data": [], "symbol": "none", "step": "end"}
    return {
        **frame(dark, language, right=24), "tooltip": tooltip(dark, trigger="item"),
        "xAxis": axis(dark, min=0, splitLine={"show": False}),
        "yAxis": axis(dark, min=0),
        "series": [
            {**step, "id": "supply", "name": SAY("supply", language),
             "lineStyle": {"color": paint["rule-3"], "width": 2},
             "itemStyle": {"color": paint["rule-3"]}},
            {**step, "id": "demand", "name": SAY("demand", language),
             "lineStyle": {"color": paint["rule-2"], "width": 2},
             "itemStyle": {"color": paint["rule-2"]}},
            {"id": "deals", "name": SAY("deals", language), "type": "scatter", "data": [],
             "symbolSize": 5, "itemStyle": {"color": paint["rule-1"], "opacity": 0.75}},
            {"id": "clearing", "name": SAY("clearing", language), "type": "scatter", "data": [],
             "symbol": "diamond", "symbolSize": 14, "z": 9,
             "itemStyle": {"color": paint["rule-1"], "borderColor": paint["paper"],
                           "borderWidth": 1.5}},
        ],
    }


def book_update(seen: Frame) -> dict[str, Any]:
    """Curves of the month that is shown.

    Parameters
    ----------
    seen : Frame

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
    # What nobody comes near to is cut off, or the crossing would be lost in a corner.
    wanted = max(int(book.orders.quantity_t[buying].sum()), volume)
    offered = int(book.orders.quantity_t[selling].sum())
    far_end = min(max(1.5 * wanted, 0.05 * offered), float(max(wanted, offered)))
    return {"xAxis": {"max": _round_up(far_end / 1000)}, "series": [
        {"id": "supply", "data": _steps(book, selling, left=standing)},
        {"id": "demand", "data": _steps(book, buying, left=standing)},
        {"id": "deals", "data": np.round(dots, 2).tolist()},
        {"id": "clearing", "data": mean},
    ]}


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


def _round_up(number: float) -> float:
    # To two digits, so that the axis does not tremble from month to month.
    if number <= 0:
        return 1.0
    step = 10 ** (math.floor(math.log10(number)) - 1)
    return math.ceil(number / step) * step
