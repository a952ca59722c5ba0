"""Scenarios and their parameters, for people and for programs."""

import math
from typing import TYPE_CHECKING, Any

from agents.parameters import month_text
from experiments.language import Language, say
from simulation.errors import InputError, close_to
from simulation.groups import province_of
from simulation.scenario import Scenario, declared, load, scenario_names

if TYPE_CHECKING:
    from simulation.laboratory import LaboratoryScenario

__all__ = ["beginning", "listed", "listed_markets", "market_row", "notes", "resolved"]


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
    found = _reserve_notes(scenario, language)
    if scenario.currency != "yuan":
        found.append(say(
            "other_currency", language, name=scenario.name,
            currency=say(scenario.currency, language),
        ))
    for row, event in enumerate(scenario.events):
        if event.effective >= scenario.stop:
            found.append(say(
                "event_too_late", language, row=row, month=month_text(event.effective),
                last=month_text(scenario.stop - 1),
            ))
    firms = {province_of(group) for group in scenario.firms} - {""}
    projects = dict.fromkeys(province_of(group) for group in scenario.projects)
    return found + [
        say("no_firm_there", language, province=province, hint=close_to(province, firms))
        for province in projects
        if firms and province and province not in firms
    ]


def _reserve_notes(scenario: Scenario, language: Language) -> list[str]:
    """A reserve that is never filled, or could be sold at no price."""
    dates = {event.effective for event in scenario.events if event.effective < scenario.stop}
    worlds = [(month, scenario.at(month)) for month in sorted({scenario.start, *dates})]
    found = []
    ceiling = max(world.reserve.soft_ceiling_yuan_per_t for _, world in worlds)
    if ceiling and not any(world.reserve.levy_share for _, world in worlds):
        found.append(say("soft_ceiling_without_levy", language, ceiling=ceiling))
    for month, world in worlds:
        soft, hard = world.reserve.soft_ceiling_yuan_per_t, world.price_limits.ceiling_yuan_per_t
        if soft and hard and soft > hard:
            when = "" if month == scenario.start else say(
                "from_month", language, month=month_text(month)
            )
            found.append(say("soft_above_hard", language, ceiling=soft, hard=hard, when=when))
            break
    return found


def beginning(rows: list[dict[str, Any]], prefix: str | None) -> list[dict[str, Any]]:
    """Parameters whose keys begin with a prefix.

    Parameters
    ----------
    rows : list of dict
        As `resolved` gives them.
    prefix : str or None
        None for all.

    Returns
    -------
    list of dict

    Raises
    ------
    InputError
        When no key begins so.
    """
    found = [row for row in rows if row["key"].startswith(prefix or "")]
    if not found:
        known = dict.fromkeys(row["key"].split(".")[0] for row in rows)
        raise InputError(
            f"no parameter begins with {prefix!r}{close_to(prefix or '', known)}. Give some of "
            f"{', '.join(known)}."
        )
    return found


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
