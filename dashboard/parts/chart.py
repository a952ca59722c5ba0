"""A chart: drawn by ECharts in the browser, described in Python."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import solara

from dashboard.desk import language
from dashboard.texts import COMMON

__all__ = ["Chart", "packed"]


@solara.component_vue("chart.vue")
def _Chart(  # noqa: N802
    name: str,
    title: str,
    note: str,
    label: str,
    height: str,
    option_json: str,
    update_json: str,
    save_label: str,
    plain: bool,
    event_clicked: Callable[[dict[str, Any]], None],
) -> None: ...


def Chart(  # noqa: N802
    name: str,
    option: dict[str, Any] | str,
    update: dict[str, Any] | None = None,
    *,
    title: str = "",
    note: str = "",
    label: str = "",
    height: str = "260px",
    plain: bool = False,
    on_click: Callable[[dict[str, Any]], None] | None = None,
) -> None:
    """A chart with its title and a button that saves it as PNG.

    Call it where a component is drawn, as one calls a component.

    Parameters
    ----------
    name : str
        Of the file that is saved, and for tests.
    option : dict or str
        What ECharts draws: axes, series without or with their data, ready for JSON; as a text
        where it was `packed` before, once for many frames. Give series an ``id``; ``"@digits:2"``
        stands for a formatter that writes numbers with at most two decimals. When it changes the
        chart is drawn anew.
    update : dict, optional
        Merged into the option by the ids of series: what changes with every frame.
    title, note : str
        Above the chart: what one sees, and a line that explains it.
    label : str
        For screen readers, what the chart shows now; the title where not given.
    height : str
        ``260px``, where letters have the size of a laptop; it grows with them.
    plain : bool
        Without the border of a card.
    on_click : callable, optional
        Takes a dictionary: series, name, index, value and id of what was clicked.
    """
    _Chart(
        name=name, title=title, note=note, label=label, height=height,
        option_json=option if isinstance(option, str) else packed(option),
        update_json="" if update is None else packed(update),
        save_label=COMMON("save_png", language.value) if title else "",
        plain=plain, event_clicked=on_click or _nothing,
    )


def packed(part: object) -> str:
    """Data for the browser as one text.

    Notes
    -----
    Lists and dictionaries that are given to a component are searched for components with every
    frame, which took twenty times as long as everything else; a text is left alone.
    """
    return json.dumps(part, separators=(",", ":"), ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    # Numbers of NumPy are numbers.
    if isinstance(value, (np.generic, np.ndarray)):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} cannot be drawn")


def _nothing(_: dict[str, Any]) -> None:
    """Most charts are only looked at."""
