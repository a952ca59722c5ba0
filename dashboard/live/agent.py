"""One agent: what it decided, what happened to it, all its columns."""

from typing import Any

import solara

from agents.parameters import month_text
from dashboard.live.frame import Frame
from dashboard.live.parts import AgentCard
from dashboard.live.session import Session
from dashboard.live.words import packed_words
from dashboard.parts.chart import packed
from experiments.agents_told import (
    AgentListed,
    agents_listed,
    columns_of,
    decisions_of,
    history_of,
)
from experiments.language import Language, pick
from experiments.names import agent_name

__all__ = ["OneAgent"]

# More names than these no list shows; a click on the map finds the others.
MOST_NAMES = 1200
MOST_HAPPENED = 60


@solara.component
def OneAgent(  # noqa: N802
    session: Session, frame: Frame, language: Language, refresh: Any  # noqa: ANN401
) -> None:
    """The agent that was clicked or chosen.

    Parameters
    ----------
    session : Session
    frame : Frame
    language : {"en", "zh"}
    refresh : callable
        Have the page take a new frame.
    """
    player = session.player
    names = solara.use_memo(
        lambda: packed([
            {"id": f"{each.kind}:{each.row}", "name": each.name,
             "about": _about(each, language)}
            for each in agents_listed(player.lanes[0].world, language)[:MOST_NAMES]
        ]), [player.number, language],
    )

    def choose(said: object) -> None:
        session.choose(said)
        refresh()

    AgentCard(
        agents_json=names, words_json=packed_words(language),
        told_json=told(session, frame, language), event_chose=choose,
    )


def told(session: Session, frame: Frame, language: Language) -> str:
    """Everything about the agent that is looked at, packed; empty where none is.

    Parameters
    ----------
    session : Session
    frame : Frame
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    if session.agent is None:
        return ""
    kind, row = session.agent
    with session.player.still():
        world = session.player.shown_world()
        people = world.people
        names = people.projects if kind == "project" else people.firms
        if row >= len(names):
            return ""
        about = next(
            _about(each, language) for each in agents_listed(world, language)
            if (each.kind, each.row) == (kind, row)
        ) if len(names) <= MOST_NAMES else ""
        return packed({
            "gap": pick(" ", "", language),
            "id": f"{kind}:{row}", "name": agent_name(names[row], language), "about": about,
            "month": month_text(frame.month + (frame.phase > 0)),
            "decisions": decisions_of(world, kind, row, language),
            "history": [
                each._asdict() for each in history_of(world, kind, row, language, MOST_HAPPENED)
            ],
            "columns": [each._asdict() for each in columns_of(world, kind, row, language)],
        })


def _about(agent: AgentListed, language: Language) -> str:
    return pick(", ", "，", language).join(part for part in (agent.what, agent.province) if part)
