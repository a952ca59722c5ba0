"""How every chart looks: one type, one palette, thin lines, light or dark."""

import math
from typing import Any

from experiments.language import Language
from experiments.report.looks import FONTS, colours

__all__ = ["axis", "frame", "mixed", "months_axis", "round_end", "tooltip"]

SMALL = 12
FEW_MONTHS = 18
# Where an axis may end, and how far its lines are apart.
STEPS = (
    (1.0, 0.2), (1.2, 0.2), (1.6, 0.4), (2.0, 0.5), (2.5, 0.5), (3.0, 0.5), (4.0, 1.0), (5.0, 1.0),
    (6.0, 1.0), (8.0, 2.0), (10.0, 2.0),
)


def frame(
    dark: bool, language: Language, *, legend: bool = True, top: int = 34, left: int = 8,
    right: int = 12,
) -> dict[str, Any]:
    """What charts have in common.

    Parameters
    ----------
    dark : bool
    language : {"en", "zh"}
    legend : bool
        Above the plot, as one line that may be turned over.
    top, left, right : int
        Pixels around the plot; labels of axes take their own room.

    Returns
    -------
    dict
        Part of an option of ECharts; add axes and series.
    """
    paint = colours(dark)
    option: dict[str, Any] = {
        "animation": False,
        "textStyle": {"fontFamily": FONTS[language], "fontSize": SMALL, "color": paint["ink"]},
        "grid": {"top": top if legend else 14, "left": left, "right": right, "bottom": 6,
                 "containLabel": True},
        "tooltip": tooltip(dark),
    }
    if legend:
        option["legend"] = {
            "type": "scroll", "top": 2, "left": 0, "itemWidth": 14, "itemHeight": 8,
            "textStyle": {"color": paint["ink"], "fontSize": SMALL},
            "pageTextStyle": {"color": paint["muted"]}, "pageIconColor": paint["muted"],
            "inactiveColor": paint["muted"],
        }
    return option


def tooltip(dark: bool, digits: int = 2, trigger: str = "axis") -> dict[str, Any]:
    """The box that follows the pointer."""
    paint = colours(dark)
    return {
        "trigger": trigger, "confine": True, "backgroundColor": paint["paper"],
        "borderColor": paint["muted"], "borderWidth": 1, "padding": 8,
        "textStyle": {"color": paint["ink"], "fontSize": SMALL},
        "axisPointer": {"type": "line", "lineStyle": {"color": paint["muted"]},
                        "label": {"show": False}},
        "valueFormatter": f"@digits:{digits}",
    }


def mixed(colour: str, paper: str, share: float) -> str:
    """A colour as it looks on paper where it covers a share of it, #rrggbb."""
    parts = zip(*(bytes.fromhex(each.removeprefix("#")) for each in (colour, paper)), strict=True)
    return "#" + "".join(f"{round(share * ink + (1 - share) * white):02x}" for ink, white in parts)


def axis(dark: bool, name: str = "", **more: object) -> dict[str, Any]:
    """An axis of numbers.

    Parameters
    ----------
    dark : bool
    name : str
        Above its end; most charts say the unit in their note.
    **more
        Further settings of the axis, as ECharts knows them.
    """
    paint = colours(dark)
    return {
        "type": "value", "name": name, "nameTextStyle": {"color": paint["muted"]},
        "axisLine": {"show": False}, "axisTick": {"show": False},
        "axisLabel": {"color": paint["muted"], "hideOverlap": True, "fontSize": SMALL,
                      "formatter": "@digits:4"},
        "splitLine": {"lineStyle": {"color": paint["faint"]}}, **more,
    }


def months_axis(dark: bool, months: list[str], **more: object) -> dict[str, Any]:
    """An axis of months.

    Parameters
    ----------
    dark : bool
    months : list of str
        ``YYYY-MM``; of more than a year and a half, only Januaries are labelled.
    **more
        Further settings of the axis, as ECharts knows them.
    """
    paint = colours(dark)
    yearly = len(months) > FEW_MONTHS and all(len(month) == 7 for month in months)
    januaries = sum(month.endswith("-01") for month in months)
    ticks = {"interval": "@januaries"} if yearly else {}
    years = {"interval": f"@januaries:{januaries}", "formatter": "@year"} if yearly else {}
    return {
        "type": "category", "data": months, "boundaryGap": False,
        "axisLine": {"lineStyle": {"color": paint["muted"]}},
        "axisTick": {"show": yearly, "alignWithLabel": True, "lineStyle": {"color": paint["muted"]},
                     **ticks},
        "axisLabel": {"color": paint["muted"], "hideOverlap": True, "fontSize": SMALL, **years},
        "splitLine": {"show": False}, **more,
    }


def round_end(wanted: float) -> tuple[float, float]:
    """Where an axis that begins at 0 ends, so that it stands still while numbers move a little.

    Parameters
    ----------
    wanted : float
        Positive: what must have room.

    Returns
    -------
    end, step : float
        Not below what is wanted; distance of its lines.
    """
    unit = 10.0 ** math.floor(math.log10(wanted))
    # Where rounding would put 1000 below 10**3, the next decade goes on.
    end, step = next((pair for pair in STEPS if pair[0] * unit >= wanted), (12.0, 2.0))
    return round(end * unit, 6), round(step * unit, 6)
