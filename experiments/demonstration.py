"""The demonstration: the seed case replayed, then the question asked of the county world."""

import html
import re
from collections.abc import Callable
from typing import NamedTuple

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from experiments.answer import Answer, ask
from experiments.answer import runs as runs_of_answer
from experiments.language import Language, say
from experiments.report.reading import Reading
from experiments.report.wording import answer_paragraph
from experiments.tables import answer_table, interval_note, moments_table
from experiments.telling import story
from experiments.workers import Workers
from simulation.results import Run
from simulation.scenario import load
from simulation.world import World

__all__ = ["Demonstration", "demonstrate", "runs", "shown"]

REPLAY = "ziyang"
MAP_REPLICATES = 1


class Demonstration(NamedTuple):
    """What the demonstration computed.

    Attributes
    ----------
    replay : Run
        The seed case.
    answer : Answer
        The county world under every regime and pricing rule.
    """

    replay: Run
    answer: Answer


def runs(replicates: int) -> int:
    """Number of runs that a demonstration makes."""
    return 1 + runs_of_answer(replicates, MAP_REPLICATES)


def demonstrate(
    replicates: int, advance: Callable[[], None], spread: Workers | None = None
) -> Demonstration:
    """Replay the seed case, then ask.

    Parameters
    ----------
    replicates : int
    advance : callable
        Called after every run.
    spread : callable, optional
        Processes of `experiments.workers.workers`; this one where not given.

    Returns
    -------
    Demonstration
    """
    world = World(load(REPLAY), seed=1)
    world.run()
    world.check_books()
    advance()
    answer = ask(replicates, MAP_REPLICATES, advance=advance, spread=spread)
    return Demonstration(Run(world), answer)


def _plain(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def shown(found: Demonstration, language: Language) -> list[RenderableType]:
    """The demonstration for people.

    Parameters
    ----------
    found : Demonstration
    language : {"en", "zh"}

    Returns
    -------
    list of renderables
    """
    answer = found.answer
    return [
        moments_table(story(found.replay, language), say("story", language), language),
        Padding(Text(say("books", language), style="green"), (0, 0, 1, 0)),
        Text(say("question", language), style="bold"),
        Text(_plain(answer_paragraph(Reading(answer), language)), overflow="fold"),
        Padding("", (0, 0)),
        answer_table(answer.comparison, language),
        interval_note(answer.comparison, language),
        Text(say("limits", language), style="dim"),
    ]
