"""Events: levers that change at the start of a month."""

from typing import TYPE_CHECKING, Any

from agents.parameters import Month, Parameters, declarations, param

if TYPE_CHECKING:
    from simulation.scenario import Scenario

__all__ = ["Event", "announced_eligibility", "lever_keys"]

ELIGIBLE = "compliance.eligible"


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


def announced_eligibility(scenario: "Scenario", month: int) -> int:
    """Month from which the credit is announced to count for compliance.

    Parameters
    ----------
    scenario : Scenario
    month : int
        Now; what takes effect this month is no news any more.

    Returns
    -------
    int
        0 where nothing of the kind is announced, or it counts already.
    """
    dates = [
        event.effective for event in scenario.events
        if event.announced <= month < event.effective and event.set.get(ELIGIBLE) is True
    ]
    if not dates or scenario.at(month).compliance.eligible:
        return 0
    return min(dates)


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
