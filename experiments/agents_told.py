"""One agent of a running world, for people: its columns, its decisions, its history."""

from typing import Literal, NamedTuple

from agents.buyers.columns import FIRM_COLUMNS
from agents.parameters import month_text
from agents.population import Column
from agents.sellers.columns import PROJECT_COLUMNS
from agents.vocabulary import AskStrategy, CreditState, Measure, Occasion
from experiments.agent_columns_words import (
    ACCOUNT_COLUMNS,
    FIRM_MEANINGS,
    MEASURES,
    OCCASIONS,
    PROJECT_MEANINGS,
    STRATEGIES,
    UNITS,
    place_in,
    sector_in,
)
from experiments.agent_firms_told import firm_decisions
from experiments.agent_history import Happened, firm_history, project_history
from experiments.agent_moment import Moment, values_of
from experiments.agent_projects_told import project_decisions
from experiments.language import Language, pick, unit_in
from experiments.names import agent_name
from simulation.world import World

__all__ = [
    "AgentKind",
    "AgentListed",
    "ColumnTold",
    "Happened",
    "agents_listed",
    "columns_of",
    "decisions_of",
    "history_of",
]

AgentKind = Literal["project", "firm"]
NONE = "–"
CODES = {
    "strategy": lambda code: STRATEGIES[AskStrategy(code)],
    "new_measure": lambda code: MEASURES[Measure(code)],
    "occasion": lambda code: OCCASIONS[Occasion(code)],
}
# Columns that say nothing where this one is 0.
SILENT = {
    **{f"step_{what}_{place}": f"step_share_{place}"
       for place in range(1, 5) for what in ("cost", "share")},
    **{f"retrofit_{what}": "retrofit_share"
       for what in ("share", "cost", "running_cost", "delay", "life", "from")},
    "built_share": "retrofit_share",
    "posted_t": "posted_t",
    "posted_fen": "posted_t",
    "planned_fen": "planned_t",
    "planned_month": "planned_t",
    "planned_t": "planned_t",
}
# Below this many of a unit a number shows so many decimals.
DECIMALS = ((1000.0, 0), (100.0, 1), (10.0, 2), (1.0, 3))
MOST_DECIMALS = 4


class ColumnTold(NamedTuple):
    """A column of an agent.

    Attributes
    ----------
    name : str
        Of the column in the tables.
    meaning, value, unit : str
        For people; the unit is empty where there is none.
    """

    name: str
    meaning: str
    value: str
    unit: str


class AgentListed(NamedTuple):
    """An agent in a list to choose from.

    Attributes
    ----------
    kind : {"project", "firm"}
    row : int
    name, province : str
    what : str
        Ask strategy of a project, sector of a firm.
    """

    kind: AgentKind
    row: int
    name: str
    province: str
    what: str


def agents_listed(world: World, language: Language = "en") -> list[AgentListed]:
    """Every agent, projects first.

    Parameters
    ----------
    world : World
    language : {"en", "zh"}

    Returns
    -------
    list of AgentListed
    """
    people = world.people
    projects = zip(
        people.projects, people.project_provinces, world.state.projects.strategy.tolist(),
        strict=True,
    )
    firms = zip(people.firms, people.firm_provinces, people.sectors, strict=True)
    return [
        *(
            AgentListed("project", row, agent_name(name, language), place_in(province, language),
                        pick(*STRATEGIES[AskStrategy(strategy)], language))
            for row, (name, province, strategy) in enumerate(projects)
        ),
        *(
            AgentListed("firm", row, agent_name(name, language), place_in(province, language),
                        sector_in(sector, language))
            for row, (name, province, sector) in enumerate(firms)
        ),
    ]


def columns_of(world: World, kind: AgentKind, row: int, language: Language) -> list[ColumnTold]:
    """Every column of an agent that says something, its accounts first, ids last.

    Parameters
    ----------
    world : World
    kind : {"project", "firm"}
    row : int
    language : {"en", "zh"}

    Returns
    -------
    list of ColumnTold
    """
    project = kind == "project"
    columns = PROJECT_COLUMNS if project else FIRM_COLUMNS
    meanings = PROJECT_MEANINGS if project else FIRM_MEANINGS
    values = vars(values_of(world.state.projects if project else world.state.firms, row))
    people, currency = world.people, world.scenario.currency
    provinces = people.project_provinces if project else people.firm_provinces
    told, last = _accounts(world, values, language), []
    for column in columns:
        name = column.name
        if name in SILENT and not values[SILENT[name]]:
            continue
        if name == "province":
            value = place_in(provinces[row], language) or NONE
        elif name in CODES:
            value = pick(*CODES[name](values[name]), language)
        else:
            value = _shown(column, values[name], language)
        item = ColumnTold(
            name, pick(column.meaning.split("; 0 if none")[0], meanings[name], language), value,
            _unit(column.unit, currency, language),
        )
        (last if column.unit in ("id", "row") else told).append(item)
    return told + last


def decisions_of(world: World, kind: AgentKind, row: int, language: Language) -> list[str]:
    """What an agent decided in the month under way, or in the last one.

    Parameters
    ----------
    world : World
    kind : {"project", "firm"}
    row : int
    language : {"en", "zh"}

    Returns
    -------
    list of str
        Sentences, each of which the state proves; before the month's first offers, those of the
        month before, with its name.
    """
    moment = Moment(world, language)
    return (project_decisions if kind == "project" else firm_decisions)(moment, row)


def history_of(
    world: World, kind: AgentKind, row: int, language: Language, most: int = 200
) -> list[Happened]:
    """What happened to an agent, the latest first.

    Parameters
    ----------
    world : World
    kind : {"project", "firm"}
    row : int
    language : {"en", "zh"}
    most : int

    Returns
    -------
    list of Happened
        Of what the journal tells, as much as is in memory.
    """
    moment = Moment(world, language)
    return (project_history if kind == "project" else firm_history)(moment, row, most)


def _accounts(world: World, values: dict[str, object], language: Language) -> list[ColumnTold]:
    ledger, account = world.state.ledger, values["account"]
    found = {
        "money": int(ledger.fen[account]),
        "held_t": int(ledger.tonnes[account, CreditState.HELD]),
    }
    if "fund_account" in values:
        found["fund"] = int(ledger.fen[values["fund_account"]])
        found["escrow_t"] = int(ledger.tonnes[account, CreditState.ESCROW])
    else:
        found["pledged_t"] = int(ledger.tonnes[account, CreditState.PLEDGED])
        found["retired_t"] = int(ledger.tonnes[account, CreditState.RETIRED])
    told = []
    for name, value in found.items():
        english, chinese, unit = ACCOUNT_COLUMNS[name]
        told.append(ColumnTold(
            name, pick(english, chinese, language),
            _shown(Column(name, "i8", unit, english), value, language),
            _unit(unit, world.scenario.currency, language),
        ))
    return told


def _shown(column: Column, value: float, language: Language) -> str:
    if isinstance(value, bool):
        return pick("yes", "是", language) if value else pick("no", "否", language)
    if column.unit == "month":
        return month_text(int(value)) if value > 0 else NONE
    if column.unit in ("id", "row"):
        return str(value) if value >= 0 else NONE
    if column.unit == "fen/t" and value == 0:
        return NONE
    if column.unit in ("fen", "fen/t"):
        return f"{value / 100:,.2f}"
    if column.name == "frozen_activity_t" and value < 0:
        return NONE
    if isinstance(value, int):
        return f"{value:,}"
    return _number(value)


def _number(value: float) -> str:
    decimals = next(
        (count for least, count in DECIMALS if abs(value) >= least), MOST_DECIMALS
    )
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if decimals else text


def _unit(unit: str, currency: str, language: Language) -> str:
    if unit in UNITS:
        return pick(*UNITS[unit], language)
    if unit == "yuan/(t/year)":
        money = unit_in("yuan", currency, language)
        return pick(f"{money} per t/year", f"{money}/(吨/年)", language)
    return unit_in(unit.replace("fen", "yuan"), currency, language)
