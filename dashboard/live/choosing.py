"""Scenario and seed of the run."""

from typing import Any

import solara

from dashboard.live.address import Wish
from dashboard.live.parts import Chooser
from dashboard.live.session import Session
from dashboard.live.texts import SAY
from dashboard.live.words import packed_words
from dashboard.parts.chart import packed
from dashboard.parts.messages import entry, text
from experiments.describing import listed
from experiments.language import Language, pick

__all__ = ["Choice", "begin_chosen"]


@solara.component
def Choice(session: Session, language: Language, refresh: Any) -> None:  # noqa: ANN401, N802
    """Scenario and seed."""
    rows = solara.use_memo(listed, [])
    scenarios = [
        {"name": row["name"], "label": pick(row["title"], row["title_zh"], language) or row["name"]}
        for row in rows
    ]
    scenario = session.player.lanes[0].world.scenario
    projects, firms = (sum(group.count for group in groups)
                       for groups in (scenario.projects, scenario.firms))
    about = " · ".join((
        session.wish.store or scenario.name,
        f"{projects:,} {SAY('projects', language).lower()}",
        f"{firms:,} {SAY('firms', language).lower()}",
    ))

    # What cannot be done is told in the language of the page.
    session.language = language

    def begin(chosen: object) -> None:
        begin_chosen(session, chosen)
        refresh()

    Chooser(
        scenarios_json=packed(scenarios), chosen=session.wish.scenario, about=about,
        seed=session.player.seed, words_json=packed_words(language), event_begin=begin,
    )


def begin_chosen(session: Session, chosen: object) -> None:
    """Begin the run that the browser asks for, or say why not; the old one goes on then.

    Parameters
    ----------
    session : Session
    chosen : object
        Scenario and seed, by name; what is missing stays as it is.
    """
    session.hush()
    scenario, seed = text(entry(chosen, "scenario"), 100), entry(chosen, "seed")
    seed = str(seed) if isinstance(seed, int) and 0 <= seed < 10**19 else text(seed, 100).strip()
    if not (seed.isascii() and seed.isdigit() and len(seed) < 20):
        session.notice = pick(
            f"seed = {seed!r} is no whole number. Give one from 0.",
            f"随机种子 {seed!r} 不是非负整数。", session.language,
        )
        session.trouble = True
        return
    same = scenario == session.wish.scenario
    settings = session.wish.settings if same else {}
    if session.begin(Wish(scenario, settings, int(seed))):
        session.player.play()
