"""What is on every page: the bar above, and the browser's own affairs."""

from collections.abc import Callable
from typing import Any

import solara

__all__ = ["Browser", "TopBar"]


@solara.component_vue("browser.vue")
def Browser(  # noqa: N802
    language: str,
    dark: bool,
    title: str,
    known_keys: list[str],
    address: str,
    file: dict[str, Any] | None,
    event_began: Callable[[dict[str, Any]], None],
    event_pressed: Callable[[str], None],
) -> None:
    """Language, theme, title and address of the page; keys; files to save. Draws nothing."""


@solara.component_vue("top_bar.vue")
def TopBar(  # noqa: N802
    tabs: list[dict[str, str]],
    here: str,
    dark: bool,
    language: str,
    words: dict[str, str],
    event_go: Callable[[str], None],
    event_turn: Callable[[Any], None],
    event_speak: Callable[[Any], None],
) -> None:
    """Name, pages, theme and language."""
