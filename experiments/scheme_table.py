"""The years of a scheme as a table for people: agents, a bar, theory."""

import math

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from experiments.language import Language, pick, say
from experiments.scheme import SchemeYear
from experiments.scheme_theory import rules_left_out
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
    columns = ("cap", "price", "emissions", "credits", "credit", "starved", "shortfall", "sold",
               "borrowed", "bank")
    # Whole schemes are counted in thousands: the table must fit a terminal.
    scale = 1000.0 if max(one.emissions_t for one in years) >= 1_000_000 else 1.0
    tonnes = say("1000 t" if scale > 1.0 else "t", language)

    def shows(*values: float) -> bool:
        return any(abs(value) >= scale / 2.0 for value in values)

    used = any(shows(one.credits_t, one.theory.credits_t) for one in years)
    left_out = {
        name for name, told in (
            ("starved", used), ("credits", used), ("credit", used),
            ("shortfall", any(shows(one.shortfall_t, one.theory.shortfall_t) for one in years)),
            ("sold", any(shows(one.sold_t) for one in years)),
            ("borrowed", any(shows(one.borrowed_t) for one in years)),
            ("bank", any(shows(one.bank_t) for one in years)),
        ) if not told
    }

    def amount(value: float) -> str:
        return number(value / scale, language, 0)

    def amounts(agents: float, theory: float) -> str:
        return _pair(agents / scale, theory / scale, 0, language)

    for name in columns:
        if name not in left_out:
            table.add_column(
                say(f"scheme_{name}", language, unit=unit, tonnes=tonnes), justify="right",
                overflow="fold",
            )
    for one in years:
        theory = one.theory
        cells = {
            "cap": amount(one.cap_t),
            "price": _pair(one.allowance_price, theory.allowance_price, 2, language),
            "emissions": amounts(one.emissions_t, float(theory.emissions_t.sum())),
            "credits": amounts(one.credits_t, theory.credits_t),
            "credit": _pair(one.credit_price, one.theory_credit_price, 2, language),
            "starved": number(one.starved_months, language),
            "shortfall": amounts(one.shortfall_t, theory.shortfall_t),
            "sold": amount(one.sold_t),
            "borrowed": amount(one.borrowed_t),
            "bank": amount(one.bank_t),
        }
        table.add_row(
            str(one.year), *(cells[name] for name in columns if name not in left_out)
        )
    notes = [say("scheme_note", language)]
    if used:
        notes.append(say("scheme_credits_note", language))
    if left := rules_left_out(scenario):
        named = [say("scheme_midyear", language) if key == "at_midyear" else key for key in left]
        notes.append(say("scheme_left_out", language, rules=", ".join(named)))
    return [table, *(Text(note, style="dim", overflow="fold") for note in notes)]
