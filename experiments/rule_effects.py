"""What a rule did: a run against the same run, with the same luck, without it."""

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from experiments.language import Language
from experiments.values_told import rule_told
from simulation.errors import ScenarioError
from simulation.scenario import Scenario
from simulation.timeline import Event
from simulation.varying import current_value

__all__ = [
    "Effect", "Rules", "effect_of", "own_changes", "own_events", "rules_at", "rules_between",
    "sums_of", "whole_rules", "without_rules",
]

MONTHS = 12


class Rules(NamedTuple):
    """Rules that take effect together, or the steps of one that were announced together.

    Attributes
    ----------
    date : int
        Month from which on they hold, the first step where there are several.
    announced : int
        Month in which the first of them becomes known.
    changes : tuple of (str, object, object)
        Key, value before the first step and value after the latest that is in force.
    dates : tuple of int
        Of all steps, those to come included.
    latest : int
        Month of the latest step that is in force.
    withdrawn : tuple of (str, object, object)
        Key, value before and value announced of what was taken back before it began.
    """

    date: int
    announced: int
    changes: tuple[tuple[str, object, object], ...]
    dates: tuple[int, ...]
    latest: int
    withdrawn: tuple[tuple[str, object, object], ...] = ()

    @property
    def steps(self) -> int:
        """How many steps are in force."""
        return sum(date <= self.latest for date in self.dates)

    def told(self, currency: str, language: Language) -> list[str]:
        """Each change in words.

        Parameters
        ----------
        currency : str
        language : {"en", "zh"}

        Returns
        -------
        list of str
        """
        return [rule_told(*change, currency, language) for change in self.changes]


class Effect(NamedTuple):
    """Market of some months, in a run and in another one beside it.

    Attributes
    ----------
    first, last : int
        Months that are compared, both included.
    price, price_without : float or None
        Mean price of all deals, yuan/t; None where there were none.
    volume_t, volume_without_t : float
        Tonnes a month.
    compliance, compliance_without : float or None
        Share of the volume that was bought for compliance.
    traded, traded_without : int
        Months with trade.
    """

    first: int
    last: int
    price: float | None
    price_without: float | None
    volume_t: float
    volume_without_t: float
    compliance: float | None
    compliance_without: float | None
    traded: int
    traded_without: int

    @property
    def months(self) -> int:
        """How many months are compared."""
        return self.last - self.first + 1


def rules_at(scenario: Scenario, date: int) -> Rules:
    """Rules that take effect with a month.

    Parameters
    ----------
    scenario : Scenario
    date : int

    Returns
    -------
    Rules
        Without changes where none do; a value that is set to what it was is no change.
    """
    return _rules(scenario, (date,), date)


def whole_rules(scenario: Scenario, rules: Rules) -> Rules:
    """Rules with all their steps, those to come included, as a whole run has them.

    Parameters
    ----------
    scenario : Scenario
        Whose they are.
    rules : Rules

    Returns
    -------
    Rules
    """
    whole = _rules(scenario, rules.dates, rules.dates[-1])
    return whole if whole.changes else rules


def _rules(scenario: Scenario, dates: tuple[int, ...], latest: int) -> Rules:
    first = dates[0]
    events = [event for event in scenario.events if event.effective in dates]
    if not events:
        return Rules(first, first, (), dates, latest)
    before, after = scenario.at(first - 1), scenario.at(latest)
    keys = list(dict.fromkeys(key for event in events for key in event.set))
    changes = [(key, current_value(before, key), current_value(after, key)) for key in keys]
    withdrawn = [
        (key, value, next(set_to for set_to in given if set_to != value))
        for key, value, now in changes if value == now
        for given in [[event.set[key] for event in events if key in event.set]]
        if any(set_to != value for set_to in given)
    ]
    return Rules(
        first, min(event.announced for event in events),
        tuple(change for change in changes if change[1] != change[2]), dates, latest,
        tuple(withdrawn),
    )


def _steps(scenario: Scenario, date: int, first: int) -> tuple[int, ...]:
    """Months, one after the other, that change what another changes and were announced with it."""
    known: dict[int, set[tuple[int, frozenset[str]]]] = {}
    for event in scenario.events:
        if event.effective >= first:
            told = event.announced, frozenset(event.set)
            known.setdefault(event.effective, set()).add(told)
    months, same = sorted(known), known[date]
    low = high = months.index(date)
    # Rules that were announced apart are no steps of one.
    while len(same) == 1 and low > 0 and known[months[low - 1]] == same:
        low -= 1
    while len(same) == 1 and high + 1 < len(months) and known[months[high + 1]] == same:
        high += 1
    return tuple(months[low : high + 1])


def own_events(scenario: Scenario, others: Collection[Scenario]) -> list[Event]:
    """Events of a scenario that not all others have.

    Parameters
    ----------
    scenario : Scenario
    others : collection of Scenario

    Returns
    -------
    list of Event
    """
    return [event for event in scenario.events
            if not all(event in other.events for other in others)]


def own_changes(
    scenario: Scenario, others: Collection[Scenario]
) -> list[tuple[int, tuple[str, object, object]]]:
    """What changes in a scenario by events that not all others have.

    Parameters
    ----------
    scenario : Scenario
    others : collection of Scenario

    Returns
    -------
    list of (int, (str, object, object))
        Month, and key, value before and value after; of a rule that was taken back, the value
        announced and the value that stayed. By month.
    """
    own, found = own_events(scenario, others), []
    for date in sorted({event.effective for event in own}):
        keys = {key for event in own if event.effective == date for key in event.set}
        rules = rules_at(scenario, date)
        back = [(key, announced, before) for key, before, announced in rules.withdrawn]
        found += [(date, change) for change in (*rules.changes, *back) if change[0] in keys]
    return found


def rules_between(scenario: Scenario, first: int, last: int) -> Rules | None:
    """Latest rules that took effect in some months, with all steps where they are one of several.

    Parameters
    ----------
    scenario : Scenario
    first, last : int
        Months, both included.

    Returns
    -------
    Rules or None
        None where nothing changed.
    """
    dates = {event.effective for event in scenario.events if first <= event.effective <= last}
    for date in sorted(dates, reverse=True):
        if (rules := rules_at(scenario, date)).changes:
            steps = _steps(scenario, date, first)
            whole = _rules(scenario, steps, date) if len(steps) > 1 else rules
            # Where steps have led back to where they began, the latest one is left.
            return whole if whole.changes else rules
    return None


def without_rules(scenario: Scenario, dates: Collection[int]) -> Scenario | None:
    """The scenario without what takes effect with some months.

    Parameters
    ----------
    scenario : Scenario
    dates : collection of int

    Returns
    -------
    Scenario or None
        None where later rules cannot stand without these.
    """
    events = tuple(event for event in scenario.events if event.effective not in dates)
    left = scenario.model_copy(update={"events": events})
    try:
        for later in sorted({event.effective for event in events if event.effective > min(dates)}):
            left.at(later)
    except (ScenarioError, ValueError):
        return None
    return left


def effect_of(
    rows: np.recarray, without: np.recarray, start: int, date: int, last: int,
    months: int | None = MONTHS,
) -> Effect | None:
    """Compare two runs over the months up to one.

    Parameters
    ----------
    rows, without : numpy.recarray of monthly records
        Of the two runs, from the same first month on.
    start : int
        First month of both.
    date : int
        First month in which they may differ.
    last : int
        Last month that is compared.
    months : int, optional
        How many at most; None for all since ``date``.

    Returns
    -------
    Effect or None
        None where one of the runs has not come so far.

    Notes
    -----
    Both runs draw the same numbers (common random numbers), so that the difference is the rule's
    in this one world. How far it holds in others takes replicates (`compare`).
    """
    if last < date or last - start >= min(len(rows), len(without)):
        return None
    first = date if months is None else max(date, last - months + 1)
    here, there = (_market(each[first - start : last - start + 1]) for each in (rows, without))
    pairs = zip(here, there, strict=True)
    return Effect(first, last, *(figure for pair in pairs for figure in pair))


def sums_of(rows: np.recarray, start: int) -> dict[str, float | None]:
    """Sums of a run over its months from one on.

    Parameters
    ----------
    rows : numpy.recarray of monthly records
    start : int
        First month that counts, from 0.

    Returns
    -------
    dict
        Mean price of all deals, yuan/t, None without any; tonnes traded, issued, retired and
        additional; months with trade; money for credits and into watersheds, yuan.
    """
    counted = rows[start:]
    price = _market(counted)[0] if len(counted) else None
    retired = int(rows.retired_t[-1]) if len(rows) else 0
    return {
        "mean_price": price,
        "traded": int(counted.volume_t.sum()),
        "months_traded": int((counted.volume_t > 0).sum()),
        "money": int(counted.value_fen.sum()) / 100,
        "earmarked": int(counted.earmarked_fen.sum()) / 100,
        "issued_t": int(counted.issued_t.sum()),
        # A stock at the end of the month, so that of before is taken off.
        "retired_t": retired - (int(rows.retired_t[start - 1]) if start else 0),
        "additional_t": float(counted.additional_t.sum()),
    }


def _market(rows: np.recarray) -> tuple[float | None, float, float | None, int]:
    traded, months = int(rows.volume_t.sum()), int((rows.volume_t > 0).sum())
    if not traded:
        return None, 0.0, None, 0
    return (
        int(rows.value_fen.sum()) / traded / 100, traded / len(rows),
        int(rows.compliance_t.sum()) / traded, months,
    )
