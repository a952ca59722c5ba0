"""Parts of the page that are drawn in the browser."""

from collections.abc import Callable
from typing import Any

import solara

__all__ = ["Actions", "Lines", "Tools"]


@solara.component_vue("tools.vue")
def Tools(  # noqa: N802
    counts: list[list[dict[str, Any]]],
    filters: list[dict[str, Any]],
    kept: str,
    search: str,
    words: dict[str, str],
    event_keep: Callable[[str], None],
    event_look: Callable[[str], None],
) -> None:
    """Counts, filter and search."""


@solara.component_vue("lines.vue")
def Lines(  # noqa: N802
    name: str,
    heads: list[dict[str, str]],
    rows_json: str,
    why: str,
    reason_lang: str,
    source: str,
    symbols_json: str,
    symbols_label: str,
    source_label: str,
    source_lang: str,
) -> None:
    """A table, a row a claim or a pattern; below it what it calls by letters, and sources."""


@solara.component_vue("actions.vue")
def Actions(  # noqa: N802
    openable: bool,
    opened: bool,
    running: bool,
    state: str,
    line: str,
    label: str,
    words: dict[str, str],
    event_turn: Callable[[Any], None],
    event_again: Callable[[Any], None],
    event_stop: Callable[[Any], None],
) -> None:
    """Show the table, measure again, and how far that is."""
