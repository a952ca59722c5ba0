"""Laboratory scenarios: an induced-value market and the rules of its session, from a TOML file."""

import hashlib
import json
from functools import cache
from typing import Annotated, Self

from pydantic import Field, ValidationError, model_validator

from agents.parameters import Declaration, Parameters, declarations, param
from simulation.errors import InputError, ScenarioError
from simulation.laboratory.crowd import NoMeaningError, sensible
from simulation.laboratory.rules import SessionRules
from simulation.laboratory.schedules import LARGEST_STEP, Schedule, checked
from simulation.scenario_files import (
    Origins,
    Overrides,
    first_problem,
    laboratory_names,
    origin_of,
    read_scenario,
)

__all__ = [
    "LaboratoryScenario",
    "ScheduleParameters",
    "declared_laboratory",
    "is_laboratory",
    "load_laboratory",
    "schedule",
    "schedule_names",
]

_UNITS = Annotated[tuple[int, ...], Field(strict=False)]
_TRADERS = Annotated[tuple[_UNITS, ...], Field(strict=False)]


class ScheduleParameters(Parameters):
    """Induced values and costs of a laboratory market."""

    source: str = param(
        "", unit="name", role="design", source="the experiment", label="Source of the schedule",
        label_zh="价值与成本表来源",
    )
    buyers: _TRADERS = param(
        unit="price steps", role="design", source="the experiment",
        label="Values, for each buyer the units in the order in which they trade",
        label_zh="各买方逐单位价值（按交易顺序）",
    )
    sellers: _TRADERS = param(
        unit="price steps", role="design", source="the experiment",
        label="Costs, for each seller the units in the order in which they trade",
        label_zh="各卖方逐单位成本（按交易顺序）",
    )
    lowest: int = param(
        1, unit="price steps", low=1, high=LARGEST_STEP, role="design", source="the experiment",
        label="Lowest price that may be shouted", label_zh="最低可报价格",
    )
    highest: int = param(
        unit="price steps", low=1, high=LARGEST_STEP, role="design", source="the experiment",
        label="Highest price that may be shouted", label_zh="最高可报价格",
    )
    equilibrium: float = param(
        0.0, unit="price steps, 0 for the middle of the equilibrium interval", low=0,
        high=LARGEST_STEP, role="design", source="the experiment",
        label="Price against which Smith's alpha is measured", label_zh="计算史密斯α所用均衡价格",
    )


class LaboratoryScenario(Parameters):
    """A laboratory market and the rules of its session."""

    name: str = param(
        unit="name", role="design", source="the scenario", label="Name", label_zh="名称",
    )
    title: str = param(
        "", unit="name", role="design", source="the scenario", label="Title", label_zh="英文标题",
    )
    title_zh: str = param(
        "", unit="name", role="design", source="the scenario", label="Chinese title",
        label_zh="标题",
    )
    laboratory: SessionRules = SessionRules()
    schedule: ScheduleParameters

    @model_validator(mode="after")
    def _has_an_equilibrium(self) -> Self:
        given = self.schedule.equilibrium
        exact = self.market().competitive()
        if given and not exact.price_low <= given <= exact.price_high:
            raise ValueError(
                f"schedule.equilibrium = {given:g} is no equilibrium price of these values and "
                f"costs, which have {exact.price_low:g} to {exact.price_high:g}. Give one of "
                "these, or 0 for the middle."
            )
        lowest, highest = self.schedule.lowest, self.schedule.highest
        if exact.price_low > highest or exact.price_high < lowest:
            end, way = ("highest", "Raise") if exact.price_low > highest else ("lowest", "Lower")
            raise ValueError(
                f"schedule.{end} = {getattr(self.schedule, end)} lets nobody shout an equilibrium "
                f"price of these values and costs, {exact.price_low:g} to {exact.price_high:g}. "
                f"{way} it."
            )
        sensible(self.market(), self.laboratory)
        return self

    @property
    def fingerprint(self) -> str:
        """Hash of everything in the scenario, twelve hexadecimal digits."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def market(self) -> Schedule:
        """Schedule that a session takes.

        Raises
        ------
        InputError
            When no session can be run with it.
        """
        given = self.schedule
        found = checked(Schedule(
            self.name, self.title, self.title_zh, given.source, given.buyers, given.sellers,
            given.lowest, given.highest, given.equilibrium,
        ))
        if given.equilibrium:
            return found
        exact = found.competitive()
        # A price up to the dearest one: without a seller who could follow it has no upper end.
        upper = max(exact.price_low, min(exact.price_high, found.highest))
        return found._replace(equilibrium=(exact.price_low + upper) / 2)


def declared_laboratory() -> list[Declaration]:
    """Every declared parameter of a laboratory scenario."""
    return list(declarations(LaboratoryScenario))


def is_laboratory(source: str) -> bool:
    """Whether a scenario, by name or file, is a laboratory market.

    Parameters
    ----------
    source : str
        Name of a scenario that ships, or path of a TOML file.

    Raises
    ------
    ScenarioError
        When it cannot be read.
    """
    table, _ = read_scenario(source, {})
    return "schedule" in table or "laboratory" in table


def load_laboratory(source: str, overrides: Overrides | None = None) -> LaboratoryScenario:
    """Load a laboratory scenario.

    Parameters
    ----------
    source : str
        Name of a laboratory market that ships, such as ``smith-1962``, or path of a TOML file.
    overrides : mapping, optional
        Dotted key to value, such as ``laboratory.days`` or ``schedule.buyers.0.0``.

    Returns
    -------
    LaboratoryScenario

    Raises
    ------
    ScenarioError
        When the file cannot be read, a key is unknown or belongs to the markets for credits, or a
        value is not allowed; one line.
    NoMeaningError
        When strategy and institution have no meaning together.
    """
    table, origins = read_scenario(source, overrides or {})
    if "schedule" not in table:
        raise ScenarioError(
            f"{source}: has no [schedule] of values and costs. Give one, or say "
            "extends = \"smith-1962\"."
        )
    known = LaboratoryScenario.model_fields
    for key in table:
        if key not in known and key in _elsewhere():
            where = origin_of(key, origins, source)
            raise ScenarioError(
                f"{where}: {key} belongs to worlds of projects and firms, and {source} is a "
                f"laboratory market. {_way_out(key)}"
            )
    _forget_parent(table, origins)
    try:
        return LaboratoryScenario.model_validate(table)
    except NoMeaningError as error:
        raise NoMeaningError(error.kind, f"{source}: {error}") from None
    except InputError as error:
        # A market names itself.
        text = str(error).removeprefix(f"{table['name']}: ")
        raise ScenarioError(f"{source}: {text}") from None
    except ValidationError as error:
        key, message = first_problem(error, "", declared_laboratory)
        raise ScenarioError(f"{origin_of(key, origins, source, message)}: {message}") from None


def _elsewhere() -> set[str]:
    from simulation.scenario import Scenario

    return set(Scenario.model_fields)


def _way_out(key: str) -> str:
    if key == "market":
        return "Set laboratory.institution in place of market.mechanism."
    return "Take it out; `swcmarket scenarios smith-1962` shows what a laboratory market has."


def _of_others(key: str, origins: Origins) -> bool:
    """Whether a key of the schedule was given before its buyers or sellers were replaced."""
    order = list(origins)
    # A whole table that was new when it came has one entry.
    mine = next(known for known in (key, "schedule") if known in origins)
    return any(
        origins[changed] != origins[mine] and order.index(changed) > order.index(mine)
        for changed in order if changed.startswith(("schedule.buyers", "schedule.sellers"))
    )


def _forget_parent(table: dict, origins: Origins) -> None:
    # A schedule that differs from its parent's has no longer the parent's source or equilibrium.
    given = table["schedule"]
    if not isinstance(given, dict):
        return
    source = given.get("source")
    if isinstance(source, str) and source and _of_others("schedule.source", origins):
        given = {**given, "source": f"changed from {source}"}
    if "equilibrium" in given and _of_others("schedule.equilibrium", origins):
        given = {**given, "equilibrium": 0.0}
    table["schedule"] = given


def schedule_names() -> list[str]:
    """Names of the laboratory markets that ship."""
    return laboratory_names()


@cache
def schedule(name: str) -> Schedule:
    """Schedule of a laboratory market that ships, by name.

    Parameters
    ----------
    name : str

    Returns
    -------
    Schedule

    Raises
    ------
    InputError
        When there is none of this name.
    """
    return load_laboratory(name).market()
