"""Events: levers that change at the start of a month."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from agents.parameters import Month, Parameters, declarations, param

if TYPE_CHECKING:
    from simulation.scenario import Scenario

__all__ = [
    "Event",
    "compliance_rules",
    "lever_keys",
    "next_news",
    "who_counts",
    "worth_of_credit",
]


class Event(Parameters):
    """Levers set at the start of a month, known from another month on."""

    announced: Month = param(
        unit="month", role="design", source="the scenario",
        label="Announced", label_zh="公布月份",
    )
    effective: Month = param(
        unit="month", role="design", source="the scenario",
        label="Effective", label_zh="生效月份",
    )
    set: dict[str, Any] = param(
        unit="name", role="design", source="the scenario",
        label="Levers and their new values", label_zh="政策变量及新值",
    )


def next_news(
    scenario: "Scenario", month: int, matters: Callable[["Scenario"], object]
) -> tuple[int, "Scenario | None"]:
    """Next announced change of something.

    Parameters
    ----------
    scenario : Scenario
    month : int
        Now; what takes effect this month is no news any more.
    matters : callable
        What the change must be of, taken from a scenario.

    Returns
    -------
    month : int
        0 where nothing of the kind is announced.
    then : Scenario or None
        With the rules from that month on, as far as they are announced.
    """
    told = tuple(event for event in scenario.events if event.announced <= month)
    dates = sorted({event.effective for event in told if event.effective > month})
    # Most months have none, and working out the rules of a month takes as long as some months run.
    if dates:
        now, known = matters(scenario.at(month)), scenario.model_copy(update={"events": told})
        for date in dates:
            then = known.at(date)
            if matters(then) != now:
                return date, then
    return 0, None


def worth_of_credit(scenario: "Scenario") -> tuple[object, ...]:
    """Levers that decide whether a credit counts and what it saves."""
    compliance, regime, penalty = scenario.compliance, scenario.regime, scenario.penalty
    return (
        compliance.eligible, compliance.discount_ratio, compliance.penalty_multiple,
        regime.kind, regime.tax_yuan_per_t, penalty, who_counts(scenario),
    )


def who_counts(scenario: "Scenario") -> tuple[object, ...]:
    """Levers that decide which credits count."""
    rules = scenario.eligibility
    return (
        rules.credit_classes, rules.provinces, rules.first_vintage_year, rules.last_vintage_year,
    )


def compliance_rules(scenario: "Scenario") -> tuple[object, ...]:
    """All rules of compliance that firms who bank look at."""
    return (
        scenario.compliance, scenario.regime, scenario.penalty, scenario.banking,
    )


def lever_keys(tables: dict[str, type[Parameters]]) -> dict[str, tuple[str, str]]:
    """Levers that an event may set.

    Parameters
    ----------
    tables : dict
        Section name to its class.

    Returns
    -------
    dict
        Dotted key to (section, field).
    """
    return {
        f"{section}.{item.key}": (section, item.key)
        for section, table in tables.items()
        for item in declarations(table)
        if item.role == "lever"
    }
