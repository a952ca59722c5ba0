"""From which month on compared rules differ: lines in charts, and what came since."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from agents.parameters import month_text
from dashboard.compare.texts import TEXTS
from experiments.language import Language
from experiments.report.looks import colours
from experiments.rule_effects import own_changes, own_events
from experiments.series_compared import Replicate, RunSeries
from experiments.values_told import rule_told, rules_joined
from simulation.scenario import Scenario

__all__ = ["Since", "changes_of", "marks_of", "since_of"]

MOST_LETTERS = 48
NAMES = ("name", "title", "title_zh")
Values = list[list[float | None]]


class Since(NamedTuple):
    """Price and volume since rules differ.

    Attributes
    ----------
    month : int
    price, volume : list of list of float or None
        One a variant: of each replicate, yuan/t and t.
    """

    month: int
    price: Values
    volume: Values


def changes_of(scenarios: Sequence[Scenario]) -> list[int]:
    """Months with which something takes effect in some of the scenarios and not in all.

    Parameters
    ----------
    scenarios : sequence of Scenario

    Returns
    -------
    list of int
        In order. Empty where scenarios differ in more than their timelines, so from the start.
    """
    bare = [
        scenario.model_copy(update={"events": (), **dict.fromkeys(NAMES, "")})
        for scenario in scenarios
    ]
    if any(each != bare[0] for each in bare):
        return []
    return sorted({
        event.effective for scenario in scenarios for event in own_events(scenario, scenarios)
    })


def since_of(
    scenarios: Sequence[Scenario], rows: Sequence[Sequence[Replicate]]
) -> Since | None:
    """Price and volume from the month on in which rules begin to differ.

    Parameters
    ----------
    scenarios : sequence of Scenario
    rows : sequence of sequence of Replicate
        One row a replicate, in it one run a scenario.

    Returns
    -------
    Since or None
        None where they differ from the start, or only after the end.
    """
    months = changes_of(scenarios)
    if not months or not scenarios[0].start < months[0] < scenarios[0].stop:
        return None
    variants = range(len(scenarios))
    pairs = [[_market(row[place].series, months[0]) for row in rows] for place in variants]
    return Since(
        months[0], [[price for price, _ in own] for own in pairs],
        [[volume for _, volume in own] for own in pairs],
    )


def _market(run: RunSeries, month: int) -> tuple[float | None, float]:
    first = month - run.start
    value, volume = float(run.value_yuan[first:].sum()), float(run.volume_t[first:].sum())
    return value / volume if volume else None, volume


def marks_of(
    scenarios: Sequence[Scenario], periods: Sequence[str], dark: bool, language: Language
) -> list[dict[str, Any]]:
    """Lines at the months in which rules take effect that not all scenarios have.

    Parameters
    ----------
    scenarios : sequence of Scenario
    periods : sequence of str
        ``YYYY-MM``, or ``YYYY`` for whole years.
    dark : bool
    language : {"en", "zh"}

    Returns
    -------
    list of dict
        As `dashboard.parts.chart.Chart` takes them; the first says what begins.
    """
    paint, found = colours(dark), {}
    for month in changes_of(scenarios):
        period = month_text(month)[: len(periods[0])] if periods else ""
        if period in periods and period not in found:
            found[period] = {
                "at": periods.index(period), "strong": not found, "ink": paint["ink"],
                "color": paint["muted" if found else "ink"], "dashed": True,
                "text": "" if found else _told(scenarios, month, language),
            }
    return list(found.values())


def _told(scenarios: Sequence[Scenario], month: int, language: Language) -> str:
    when = month_text(month)
    having = [
        [change for date, change in own_changes(scenario, scenarios) if date == month]
        for scenario in scenarios
    ]
    own = [changes for changes in having if changes]
    currency = scenarios[0].currency
    told = [rule_told(*change, currency, language) for change in own[0]] if len(own) == 1 else []
    if not told:
        return TEXTS("differ_from", language, month=when)
    text = TEXTS("rule_from", language, month=when, rule=rules_joined(told, language))
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1].rstrip() + "…"
