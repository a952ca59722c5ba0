"""Levers of the future that is shown."""

from typing import Any

import solara

from dashboard.live.frame import Frame
from dashboard.live.levers import lever_groups, values_in_force
from dashboard.live.parts import Levers
from dashboard.live.session import Session
from dashboard.live.words import packed_words
from dashboard.parts.chart import packed
from experiments.language import Language

__all__ = ["Steering"]


@solara.component
def Steering(  # noqa: N802
    session: Session, frame: Frame, language: Language, refresh: Any  # noqa: ANN401
) -> None:
    """Levers of the future that is shown."""
    scenario = frame.lane.scenario
    start = scenario.start
    month = start + len(frame.lane.monthly) + (frame.phase > 0)
    # They change with events only.
    last = max((event.effective for event in scenario.events if event.effective <= month),
               default=start)
    values = solara.use_memo(lambda: values_in_force(scenario, month), [id(scenario), last])
    by_events = solara.use_memo(
        lambda: values_in_force(session.player.untouched(), month),
        [id(scenario), last, session.changes],
    )
    options = solara.use_memo(lambda: {
        "eligibility.credit_classes": list(dict.fromkeys(
            group.credit_class for group in scenario.projects)),
        "eligibility.provinces": list(dict.fromkeys(session.player.lane.world.people
                                                    .project_provinces)),
    }, [session.player])
    groups = solara.use_memo(lambda: packed(lever_groups(
        values, by_events, options, language,
        endogenous=scenario.allowance_price.path == "endogenous",
    )), [id(values), id(by_events), language])
    Levers(
        groups_json=groups, words_json=packed_words(language),
        event_moved_lever=lambda said: (session.move(said["key"], said["value"]), refresh()),
    )
