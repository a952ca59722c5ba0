"""The years of a scheme as a table for people: agents, a bar, theory."""

import math

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from experiments.language import Language, pick, say
from experiments.scheme import SchemeYear
from experiments.tables import number
from simulation.scenario import Scenario

__all__ = ["scheme_table"]


def _pair(agents: float | None, theory: float | None, digits: int, language: Language) -> str:
    def shown(value: float | None) -> str:
        if value is None or not math.isfinite(value):
            return say("none", language)
        return number(float(value), language, digits)

    return f"{shown(agents)} | {shown(theory)}"


def scheme_table(
    scenario: Scenario, years: list[SchemeYear], seed: int, language: Language
) -> list[RenderableType]:
    """Agents beside theory, a row a year.

    Parameters
    ----------
    scenario : Scenario
    years : list of SchemeYear
    seed : int
    language : {"en", "zh"}

    Returns
    -------
    list of renderables
    """
    title = pick(scenario.title, scenario.title_zh, language) or scenario.name
    unit = say("yuan/t", language)
    if scenario.currency != "yuan":
        unit = f"{scenario.currency}/{say('t', language)}"
    table = Table(
        title=say("scheme_title", language, title=title, seed=seed), title_justify="left"
    )
    table.add_column(say("scheme_year", language))
    columns = ("cap", "price", "emissions", "credits", "credit", "starved", "shortfall", "bank")
    short = any(one.shortfall_t or one.theory.shortfall_t > 0.5 for one in years)
    used = any(one.credits_t or one.theory.credits_t > 0.5 for one in years)
    banked = any(one.bank_t for one in years)
    left_out = {
        name for name, told in (
            ("starved", used), ("shortfall", short), ("credits", used), ("credit", used),
            ("bank", banked),
        ) if not told
    }
    for name in columns:
        if name not in left_out:
            table.add_column(
                say(f"scheme_{name}", language, unit=unit), justify="right", overflow="fold"
            )
    for one in years:
        theory = one.theory
        cells = {
            "cap": number(one.cap_t, language),
            "price": _pair(one.allowance_price, theory.allowance_price, 2, language),
            "emissions": _pair(one.emissions_t, float(theory.emissions_t.sum()), 0, language),
            "credits": _pair(one.credits_t, theory.credits_t, 0, language),
            "credit": _pair(one.credit_price, one.theory_credit_price, 2, language),
            "starved": number(one.starved_months, language),
            "shortfall": _pair(one.shortfall_t, theory.shortfall_t, 0, language),
            "bank": number(one.bank_t, language),
        }
        table.add_row(
            str(one.year), *(cells[name] for name in columns if name not in left_out)
        )
    return [table, Text(say("scheme_note", language), style="dim", overflow="fold")]
