"""Months in which something changes: lines across every chart over months."""

from typing import Any

from agents.parameters import month_text
from dashboard.live.frame import Frame
from dashboard.live.texts import SAY
from experiments.language import Language
from experiments.report.looks import colours
from experiments.rule_effects import Rules, rules_at
from experiments.values_told import rule_told
from simulation.scenario import Scenario

__all__ = ["marks_of"]

ELIGIBLE = "compliance.eligible"
MOST_LETTERS = 44
# Four charts ask eight times a second, and a timeline changes seldom.
MOST_KNOWN = 32
_KNOWN: dict[int, tuple[Scenario, tuple[Rules, ...]]] = {}


def marks_of(
    seen: Frame, dark: bool, language: Language, *, labelled: bool = False
) -> list[dict[str, Any]]:
    """Lines at the months of events, at the fork, and at the month one looks back at.

    Parameters
    ----------
    seen : Frame
    dark : bool
    language : {"en", "zh"}
    labelled : bool
        Whether they say what happens.

    Returns
    -------
    list of dict
        In the order of months; the same while months go by, so that they are laid out once.
    """
    paint, scenario = colours(dark), seen.lane.scenario
    found: list[dict[str, Any]] = []
    for rules in _rules_of(scenario):
        month = rules.date
        strong = any(key == ELIGIBLE for key, _, _ in rules.changes)
        found.append({
            "at": month - scenario.start, "strong": strong, "ink": paint["ink"],
            "color": paint["rule-3" if strong else "muted"],
            **(_told(rules, scenario.currency, language) if labelled else {"text": ""}),
        })
    if len(seen.lanes) > 1:
        begun = seen.lanes[1].begun
        found.append({
            "at": begun - scenario.start, "dashed": True, "color": paint["rule-2"],
            "ink": paint["rule-2-text"],
            "text": SAY("forked", language, month=month_text(begun)) if labelled else "",
        })
    if seen.back:
        found.append({
            "at": seen.place, "dashed": True, "color": paint["ink"], "ink": paint["ink"],
            "text": SAY("shown_at", language, month=month_text(seen.month)) if labelled else "",
        })
    return sorted(found, key=lambda mark: mark["at"])


def _rules_of(scenario: Scenario) -> tuple[Rules, ...]:
    """Rules that change within the run, but for what is set to what it was."""
    known = _KNOWN.get(id(scenario))
    # The scenario is kept beside them: an identity may be given again.
    if known is None or known[0] is not scenario:
        months = sorted({event.effective for event in scenario.events})
        found = (rules_at(scenario, month) for month in months
                 if scenario.start <= month < scenario.stop)
        known = scenario, tuple(rules for rules in found if rules.changes or rules.withdrawn)
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[id(scenario)] = known
    return known[1]


def _told(rules: Rules, currency: str, language: Language) -> dict[str, str]:
    """Label of a mark and, for a list below the chart, all of it."""
    # Who never saw the model looks for eligibility first, so it comes in plain words.
    changes = sorted(rules.changes, key=lambda change: change[0] != ELIGIBLE) or rules.withdrawn
    when = month_text(rules.date)
    key, before, after = changes[0]
    if key == ELIGIBLE and rules.changes:
        text = SAY("counts_from" if after else "counts_no_more", language, month=when)
    else:
        rule = rule_told(key, before, after, currency, language)
        text = SAY("rule_from" if rules.changes else "rule_withdrawn", language, month=when,
                   rule=rule)
    short = text
    if len(text) > MOST_LETTERS:
        short = text[: MOST_LETTERS - 1].rstrip() + "…"
    more = len(changes) - 1
    if not more:
        return {"text": short, "full": text}
    return {
        "text": SAY("and_more", language, text=short, more=more),
        "full": SAY("and_more", language, text=text, more=more),
    }
