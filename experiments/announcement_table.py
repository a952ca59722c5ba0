"""Announcements for people: a table for each event."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from agents.parameters import month_text
from experiments.announcement import MEASURES, PARTS, Announcement, nobody_acts
from experiments.language import Language, pick, say
from experiments.overview import multiple, plus_minus, told_apart
from simulation.outcomes import OUTCOMES

__all__ = ["announcement_tables"]

BY_NAME = {outcome.name: outcome for outcome in OUTCOMES}
# What is no outcome of a run, with its unit.
OTHERS = {
    "green_held_t": "t", "allowance_price_yuan_per_t": "yuan/t", "allowances_held_t": "t",
}
# Told only where an event moves them.
SPECIAL = (*OTHERS, "shortfall_t")


def _row_of(found: Announcement, name: str, language: Language) -> list[Text | str] | None:
    intervals = [getattr(found, part)[name] for part in PARTS]
    means = [interval.mean for interval in intervals]
    if name in SPECIAL and not any(means):
        return None
    if name in OTHERS:
        unit, label = OTHERS[name], say(f"effect_{name}", language)
    else:
        outcome = BY_NAME[name]
        unit, label = outcome.unit, pick(outcome.label, outcome.label_zh, language)
    unit, scale = multiple(unit.replace("yuan", found.scenario.currency), means, language)
    cells: list[Text | str] = [f"{label}\n{unit}"]
    for interval in intervals:
        shown = plus_minus(interval, scale, language, signed=True)
        # A difference that rounds to nothing is none worth a star.
        told = told_apart(interval) and any(sign in shown.split("±")[0] for sign in "123456789")
        cells.append(Text(shown + (" *" if told else ""), style="bold" if told else ""))
    return cells


def announcement_tables(
    found: Sequence[Announcement], language: Language
) -> list[RenderableType]:
    """Effects of announcements and of rules, event by event and measure by measure.

    Parameters
    ----------
    found : sequence of Announcement
    language : {"en", "zh"}

    Returns
    -------
    list of renderables
    """
    parts: list[RenderableType] = []
    for one in found:
        event = one.scenario.events[one.window.event]
        levers = ", ".join(f"{key} = {value}" for key, value in event.set.items())
        title = say(
            "announced_and_in_force", language, scenario=one.scenario.name, levers=levers,
            announced=month_text(one.window.announced),
            effective=month_text(one.window.effective),
        )
        table = Table(title=title, title_justify="left", show_lines=True)
        table.add_column(say("outcome", language), overflow="fold")
        for part in PARTS:
            table.add_column(say(f"effect_{part}", language), justify="right", overflow="fold")
        for name in MEASURES:
            row = _row_of(one, name, language)
            if row:
                table.add_row(*row)
        parts.append(table)
    notes = [say("announcement_note", language, n=found[0].replicates)]
    if nobody_acts(found[0].scenario):
        notes.append(say("announcement_nobody", language))
    return [*parts, *(Text(note, style="dim", overflow="fold") for note in notes)]
