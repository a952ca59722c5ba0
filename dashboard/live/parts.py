"""Parts of the page Live that are drawn in the browser."""

from collections.abc import Callable
from typing import Any

import solara

__all__ = ["AgentCard", "Chooser", "Controls", "EffectCard", "Levers", "ShareBar"]


@solara.component_vue("controls.vue")
def Controls(  # noqa: N802
    number: int,
    playing: bool,
    finished: bool,
    back: bool,
    forked: bool,
    shown: int,
    place: int,
    latest: int,
    months: int,
    month: str,
    month_label: str,
    back_label: str,
    first: str,
    last: str,
    phase: str,
    asks: str,
    question: str,
    answer: str,
    speed: int,
    speeds: list[int],
    words_json: str,
    event_act: Callable[[str], None],
    event_sped: Callable[[int], None],
    event_looked: Callable[[int], None],
    event_painted: Callable[[int], None],
    event_go: Callable[[str], None],
) -> None:
    """Play, step, look back, fork."""


@solara.component_vue("effect.vue")
def EffectCard(  # noqa: N802
    heading: str,
    note: str,
    since: str,
    rows_json: str,
    link: str,
    link_text: str,
    fork_text: str,
    fork_help: str,
    event_act: Callable[[str], None],
    event_go: Callable[[str], None],
) -> None:
    """Figures of two runs beside each other."""


@solara.component_vue("levers.vue")
def Levers(  # noqa: N802
    groups_json: str,
    words_json: str,
    heading: str,
    closed: str,
    refused_json: str,
    event_moved_lever: Callable[[dict[str, Any]], None],
) -> None:
    """Levers by group, with bounds and sources."""


@solara.component_vue("chooser.vue")
def Chooser(  # noqa: N802
    scenarios_json: str,
    chosen: str,
    about: str,
    seed: str,
    choices: int,
    words_json: str,
    event_begin: Callable[[dict[str, Any]], None],
) -> None:
    """Scenario and seed."""


@solara.component_vue("agent.vue")
def AgentCard(  # noqa: N802
    agents_json: str,
    words_json: str,
    told_json: str,
    event_chose: Callable[[str], None],
) -> None:
    """One agent, and a field to choose another."""


@solara.component_vue("share.vue")
def ShareBar(  # noqa: N802
    words_json: str,
    event_saved: Callable[[str], None],
) -> None:
    """Link and files of the run."""
