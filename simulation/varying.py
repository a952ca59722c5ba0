"""A scenario with some parameters changed, without reading its files again."""

from collections.abc import Mapping

from pydantic import BaseModel, ValidationError

from simulation.errors import ScenarioError, close_to
from simulation.scenario import Scenario
from simulation.scenario_files import first_problem

__all__ = ["current_value", "varied"]


def varied(base: Scenario, settings: Mapping[str, object]) -> Scenario:
    """Scenario in which some parameters have other values.

    Parameters
    ----------
    base : Scenario
    settings : mapping
        Dotted key to value, as `simulation.scenario.load` takes them; ``projects.0.count`` reaches
        into a group. The later of two that overlap counts.

    Returns
    -------
    Scenario
        Equal to what `load` would have made of the same file and settings, but fifty times
        sooner: what stays is not checked again, rules between parameters are.

    Raises
    ------
    ScenarioError
        When a key is unknown, a value is not allowed, or two values do not go together.
    """
    table: object = base
    for key, value in settings.items():
        table = _with(table, key.split("."), value, key)
    if table is base:
        return base
    try:
        return Scenario.model_validate(table)
    except ValidationError as error:
        raise ScenarioError(f"{base.name}: {first_problem(error, '')[1]}") from None


def current_value(base: Scenario, key: str) -> object:
    """Value of a parameter.

    Parameters
    ----------
    base : Scenario
    key : str
        Dotted.

    Returns
    -------
    object

    Raises
    ------
    ScenarioError
        When there is no such parameter.
    """
    place: object = base
    parts = key.split(".")
    while parts:
        if isinstance(place, dict) and ".".join(parts) in place:
            return place[".".join(parts)]
        place = _entries(place, key)[_step(place, parts.pop(0), key)]
    return place


def _entries(place: object, key: str) -> dict | list:
    # Tables as dictionaries of values that have been checked, which are not checked again.
    if isinstance(place, BaseModel):
        return {name: getattr(place, name) for name in type(place).model_fields}
    if isinstance(place, dict):
        return dict(place)
    if isinstance(place, (tuple, list)):
        return list(place)
    raise ScenarioError(f"{key}: there is nothing inside {place!r}. See `swcmarket scenarios`.")


def _step(place: object, part: str, key: str) -> str | int:
    if isinstance(place, (tuple, list)):
        if not (part.isascii() and part.isdigit()) or int(part) >= len(place):
            limit = f"a number from 0 to {len(place) - 1}" if place else "nothing: it is empty"
            raise ScenarioError(f"{key}: {part!r} is not in the list. Give {limit}.")
        return int(part)
    known = type(place).model_fields if isinstance(place, BaseModel) else place
    if isinstance(known, dict) and part not in known:
        raise ScenarioError(
            f"unknown key {key!r}{close_to(part, known)}. See `swcmarket scenarios`."
        )
    return part


def _with(place: object, parts: list[str], value: object, key: str) -> object:
    entries = _entries(place, key)
    if isinstance(place, dict) and any("." in name for name in place):
        # What an event sets: the keys of levers have dots themselves.
        return {**entries, ".".join(parts): value}
    first, *rest = parts
    if isinstance(place, dict) and first not in place:
        return {**entries, first: _with({}, rest, value, key) if rest else value}
    step = _step(place, first, key)
    entries[step] = _with(entries[step], rest, value, key) if rest else value
    return entries
