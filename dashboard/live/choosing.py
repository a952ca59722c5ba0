"""Scenario and seed of the run."""

from collections.abc import Callable

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
from simulation.world import LARGEST_SEED

__all__ = ["Choice", "chosen_of", "wish_chosen"]

# A run of a study in the list of scenarios, where no scenario that ships has this name.
OF_STUDY = ""


@solara.component
def Choice(  # noqa: N802
    session: Session, chosen: str, seed: str, choices: int, language: Language,
    choose: Callable[[object], None],
) -> None:
    """Scenario and seed, and what one chooses instead."""
    rows = solara.use_memo(listed, [])
    scenarios = [
        {"name": row["name"], "label": pick(row["title"], row["title_zh"], language) or row["name"]}
        for row in rows
    ]
    running = session.wish
    if running.store:
        key = "run_of_study" if running.seed is None else "run_of_study_reseeded"
        label = SAY(key, language, run=running.run, store=running.store)
        scenarios.insert(0, {"name": OF_STUDY, "label": label})
    scenario = session.player.lanes[0].world.scenario
    projects, firms = (sum(group.count for group in groups)
                       for groups in (scenario.projects, scenario.firms))
    about = " · ".join((
        running.store or scenario.name,
        f"{projects:,} {SAY('projects', language).lower()}",
        f"{firms:,} {SAY('firms', language).lower()}",
    ))
    Chooser(
        scenarios_json=packed(scenarios), chosen=chosen, about=about, seed=seed,
        choices=choices, words_json=packed_words(language), event_begin=choose,
    )


def chosen_of(session: Session) -> tuple[str, str]:
    """Scenario and seed that run or, while a question waits, that were chosen.

    Parameters
    ----------
    session : Session

    Returns
    -------
    (str, str)
    """
    if session.wanted is not None:
        return _name(session.wanted), str(session.wanted.seed)
    return _name(session.wish), str(session.player.seed)


def _name(wish: Wish) -> str:
    return OF_STUDY if wish.store else wish.scenario


def wish_chosen(session: Session, chosen: object) -> Wish | None:
    """Run that the browser asks for.

    Parameters
    ----------
    session : Session
        Is told why, where nothing can be begun.
    chosen : object
        Scenario and seed, by name.

    Returns
    -------
    Wish or None
        What was set at the start stays where only the seed is another.
    """
    session.hush()
    scenario, seed = text(entry(chosen, "scenario"), 100), entry(chosen, "seed")
    seed = str(seed) if isinstance(seed, int) and 0 <= seed < 10**19 else text(seed, 100).strip()
    if not (seed.isascii() and seed.isdigit() and len(seed) < 20):
        session.say(
            f"seed = {seed!r} is no whole number. Give one from 0.",
            f"随机种子 {seed!r} 不是非负整数。", trouble=True,
        )
        return None
    if int(seed) > LARGEST_SEED:
        session.say(
            f"seed = {seed} is above {LARGEST_SEED}. Give a smaller one.",
            f"随机种子 {seed} 超过上限 {LARGEST_SEED}。", trouble=True,
        )
        return None
    if scenario == _name(session.wish):
        return session.wish.afresh(seed=int(seed))
    return Wish(scenario, seed=int(seed))
