"""Levers of the future that is shown."""

from typing import Any

import solara

from dashboard.live.frame import Frame
from dashboard.live.levers import lever_groups, values_in_force
from dashboard.live.parts import Levers
from dashboard.live.session import Session
from dashboard.live.texts import SAY
from dashboard.live.words import future_names, packed_words
from dashboard.parts.chart import packed
from dashboard.parts.messages import entry, text
from experiments.language import LANGUAGES, Language

__all__ = ["Steering", "closed_of", "heading_of"]


@solara.component
def Steering(  # noqa: N802
    session: Session, frame: Frame, language: Language, refresh: Any  # noqa: ANN401
) -> None:
    """Levers of the future that is shown."""
    scenario, player = frame.lane.scenario, session.player
    start = scenario.start
    month = start + len(frame.lane.monthly) + (frame.phase > 0)
    # They change with events only.
    events = tuple(event for event in scenario.events if event.effective <= month)
    key = (player.number, frame.shown, events)
    values = solara.use_memo(lambda: values_in_force(scenario, month), [key])
    by_events = solara.use_memo(
        lambda: values_in_force(player.untouched(), month), [key, session.changes]
    )
    options = solara.use_memo(lambda: {
        "eligibility.credit_classes": list(dict.fromkeys(
            group.credit_class for group in scenario.projects)),
        "eligibility.provinces": list(dict.fromkeys(player.lane.world.people
                                                    .project_provinces)),
    }, [player.number])
    groups = solara.use_memo(lambda: packed(lever_groups(
        values, by_events, options, language, currency=scenario.currency,
        endogenous=scenario.allowance_price.path == "endogenous",
    )), [key, session.changes, language])
    def moved(said: object) -> None:
        if key := text(entry(said, "key"), 100):
            session.move(key, entry(said, "value"))
            refresh()

    Levers(
        groups_json=groups, words_json=packed_words(language),
        heading=heading_of(frame, language), closed=closed_of(frame, language),
        refused_json=packed(refused_of(session, language)),
        event_moved_lever=moved,
    )


def refused_of(session: Session, language: Language) -> dict[str, Any]:
    """Lever that could not be moved, and why.

    Parameters
    ----------
    session : Session
    language : {"en", "zh"}

    Returns
    -------
    dict
        Empty where there is none.
    """
    refused = session.refused
    if refused is None:
        return {}
    why = refused.texts[LANGUAGES.index(language)]
    return {"key": refused.key, "text": why, "number": refused.number}


def heading_of(frame: Frame, language: Language) -> str:
    """Whose levers they are.

    Parameters
    ----------
    frame : Frame
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    title = SAY("levers", language)
    if len(frame.lanes) == 1:
        return title
    return SAY("levers_of", language, name=future_names(language)[frame.shown])


def closed_of(frame: Frame, language: Language) -> str:
    """Why no lever can be moved now.

    Parameters
    ----------
    frame : Frame
    language : {"en", "zh"}

    Returns
    -------
    str
        Empty where they can.
    """
    if frame.lane.failure is not None:
        return SAY("levers_failed", language)
    if frame.lane.over:
        return SAY("levers_over", language)
    if frame.lane.scenario.expectations.foresight == "perfect":
        return SAY("levers_foreseen", language)
    return ""
