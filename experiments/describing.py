"""Scenarios and their parameters, for people and for programs."""

import math
from typing import TYPE_CHECKING, Any

from agents.parameters import month_text
from experiments.language import Language, say
from simulation.errors import close_to
from simulation.groups import province_of
from simulation.scenario import Scenario, declared, load, scenario_names

if TYPE_CHECKING:
    from simulation.laboratory import LaboratoryScenario

__all__ = ["listed", "listed_markets", "market_row", "notes", "resolved"]


def listed() -> list[dict[str, Any]]:
    """Scenarios that ship: name, titles, start, months and numbers of agents."""
    rows = []
    for name in scenario_names():
        scenario = load(name)
        rows.append({
            "name": name,
            "title": scenario.title,
            "title_zh": scenario.title_zh,
            "start": month_text(scenario.start),
            "months": scenario.months,
            "projects": sum(group.count for group in scenario.projects),
            "firms": sum(group.count for group in scenario.firms),
            "hash": scenario.fingerprint,
        })
    return rows


def market_row(scenario: "LaboratoryScenario") -> dict[str, Any]:
    """A laboratory market: name, titles, source, numbers of traders and units, equilibrium."""
    schedule, exact = scenario.schedule, scenario.market().competitive()
    return {
        "name": scenario.name,
        "title": scenario.title,
        "title_zh": scenario.title_zh,
        "source": schedule.source,
        "buyers": len(schedule.buyers),
        "sellers": len(schedule.sellers),
        "units_demanded": sum(map(len, schedule.buyers)),
        "units_supplied": sum(map(len, schedule.sellers)),
        # Without a seller who could follow it a price has no upper end, and JSON no infinity.
        **{name: None if value == math.inf else value for name, value in exact._asdict().items()},
        "hash": scenario.fingerprint,
    }


def listed_markets() -> list[dict[str, Any]]:
    """Laboratory markets that ship, see `market_row`."""
    from simulation.laboratory import load_laboratory, schedule_names

    return [market_row(load_laboratory(name)) for name in schedule_names()]


def notes(scenario: Scenario, language: Language) -> list[str]:
    """What is allowed in a scenario and may yet be a slip of the pen.

    Parameters
    ----------
    scenario : Scenario
    language : {"en", "zh"}

    Returns
    -------
    list of str
        One line each.
    """
    firms = {province_of(group) for group in scenario.firms} - {""}
    projects = dict.fromkeys(province_of(group) for group in scenario.projects)
    return [
        say("no_firm_there", language, province=province, hint=close_to(province, firms))
        for province in projects
        if firms and province and province not in firms
    ]


def _leaves(part: object, prefix: str = "") -> list[tuple[str, object]]:
    if isinstance(part, dict) and not prefix.endswith(".set"):
        return [
            leaf
            for key, value in part.items()
            for leaf in _leaves(value, f"{prefix}.{key}" if prefix else key)
        ]
    if isinstance(part, list):
        return [leaf for row, item in enumerate(part) for leaf in _leaves(item, f"{prefix}.{row}")]
    return [(prefix, part)]


def resolved(scenario: "Scenario | LaboratoryScenario") -> list[dict[str, Any]]:
    """Every parameter of a scenario with its value and declaration.

    Parameters
    ----------
    scenario : Scenario or LaboratoryScenario

    Returns
    -------
    list of dict
        Keys: key, value, unit, low, high, choices, role, source, label, label_zh.
    """
    if isinstance(scenario, Scenario):
        items = declared()
    else:
        from simulation.laboratory.scenario import declared_laboratory

        items = declared_laboratory()
    known = {item.key: item for item in items}
    rows = []
    for key, value in _leaves(scenario.model_dump(mode="json")):
        shape = ".".join("N" if part.isdigit() else part for part in key.split("."))
        if shape in known:
            row = {**known[shape]._asdict(), "key": key, "value": value}
            del row["default"]
            rows.append(row)
    return rows
