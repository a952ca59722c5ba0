"""Events: levers that change at the start of a month."""

from typing import Any

from agents.parameters import Month, Parameters, declarations, param

__all__ = ["Event", "lever_keys"]


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
