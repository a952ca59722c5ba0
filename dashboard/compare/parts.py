"""Parts of the page that are drawn in the browser."""

from collections.abc import Callable
from typing import Any

import solara

__all__ = ["Chooser", "OutcomeTable", "Switches"]


@solara.component_vue("chooser.vue")
def Chooser(  # noqa: N802
    words: dict[str, str],
    variants: list[dict[str, str]],
    scenarios: list[dict[str, str]],
    pairs: list[str],
    rules: list[dict[str, str]],
    most: int,
    replicates: str,
    seed: str,
    running: bool,
    done: int,
    total: int,
    line: str,
    event_variant: Callable[[dict[str, Any]], None],
    event_remove: Callable[[int], None],
    event_add: Callable[[Any], None],
    event_all_rules: Callable[[str], None],
    event_first: Callable[[Any], None],
    event_pair: Callable[[str], None],
    event_set_replicates: Callable[[str], None],
    event_set_seed: Callable[[str], None],
    event_run: Callable[[Any], None],
    event_stop: Callable[[Any], None],
) -> None:
    """Variants, replicates and seed; run, stop, and how far it is."""


@solara.component_vue("outcome_table.vue")
def OutcomeTable(  # noqa: N802
    heading: str, names: list[str], paints: list[str], base: str, rows: list[dict[str, Any]],
    words: dict[str, str],
) -> None:
    """A row an outcome, a column a variant; below it what each outcome means."""


@solara.component_vue("switches.vue")
def Switches(  # noqa: N802
    groups: list[dict[str, Any]], event_choose: Callable[[dict[str, str]], None]
) -> None:
    """Groups of buttons, of which one each is pressed."""
