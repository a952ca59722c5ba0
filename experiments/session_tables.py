"""Tables of laboratory markets and sessions on the terminal."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from rich.table import Table
from rich.text import Text

from experiments.language import Language, pick, say
from experiments.sessions import SessionComparison, SessionVariant
from experiments.tables import number
from simulation.laboratory import LaboratoryRun, LaboratoryScenario
from simulation.laboratory.outcomes import SESSION_OUTCOMES

__all__ = [
    "daily_table",
    "equilibrium_note",
    "markets_table",
    "schedule_table",
    "session_comparison_note",
    "session_comparison_table",
    "session_table",
]

# More days than these are shown by the first and the last of them.
DAYS_SHOWN = 20
COMPARED = (
    "efficiency_percent", "not_made_percent", "wrong_people_percent", "mean_price",
    "alpha_percent", "deals_per_day",
)


def _titled(scenario: LaboratoryScenario, language: Language) -> str:
    return pick(scenario.title, scenario.title_zh, language) or scenario.name


def _kind(scenario: LaboratoryScenario, language: Language) -> str:
    rules = scenario.laboratory
    sides = dict.fromkeys((rules.buyers, rules.sellers))
    strategies = " / ".join(say(strategy, language) for strategy in sides)
    return say(
        "kind", language, strategies=strategies, institution=say(rules.institution, language)
    )


def _span(low: float | None, high: float | None, language: Language) -> str:
    if low == high:
        return number(low, language)
    return say("span", language, low=number(low, language), high=number(high, language))


def session_table(run: LaboratoryRun, language: Language) -> Table:
    """Outcomes of one session, and the equilibrium they are held against."""
    heading = say("with_seed", language, title=_titled(run.scenario, language), seed=run.seed)
    table = Table(
        title=f"{heading}\n{_kind(run.scenario, language)}", title_justify="left",
    )
    table.add_column(say("outcome", language))
    table.add_column(say("value", language), justify="right")
    table.add_column(say("unit", language))
    exact = run.summary()["equilibrium"]
    for outcome in SESSION_OUTCOMES:
        label = pick(outcome.label, outcome.label_zh, language)
        value = number(run.outcomes[outcome.name], language)
        table.add_row(label, value, say(outcome.unit, language))
        if outcome.name == "mean_price":
            span = _span(exact["price_low"], exact["price_high"], language)
            table.add_row(say("equilibrium_price", language), span, say("price steps", language))
    span = _span(exact["volume_low"], exact["volume_high"], language)
    table.add_row(say("equilibrium_volume", language), span, say("deals", language))
    return table


def daily_table(run: LaboratoryRun, language: Language) -> Table:
    """Days of a session: deals, price, alpha, and where the surplus went."""
    table = Table(title=say("by_day", language), title_justify="left")
    rows = run.daily.astype(object).where(run.daily.notna(), None).to_dict("records")
    for name in rows[0]:
        table.add_column(say(f"column_{name}", language), justify="right")
    hidden = len(rows) > DAYS_SHOWN
    half = DAYS_SHOWN // 2
    for place, row in enumerate(rows):
        if hidden and half <= place < len(rows) - half:
            if place == half:
                table.add_row(*["…"] * len(row))
            continue
        table.add_row(*(number(value, language) for value in row.values()))
    return table


def _cell(variant: SessionVariant, name: str, language: Language) -> str:
    found = variant.interval(name)
    mean = number(found.mean, language)
    if found.low is None:
        return mean
    return f"{mean}\n±{number(found.mean - found.low, language)}"


def session_comparison_table(comparison: SessionComparison, language: Language) -> Table:
    """One row a variant: means, with half of the interval below."""
    table = Table(show_lines=True)
    table.add_column(say("scenario", language), overflow="fold")
    for name in COMPARED:
        table.add_column(say(f"column_{name}", language), justify="right")
    for variant in comparison.variants:
        label = f"{variant.scenario.name}\n{_kind(variant.scenario, language)}"
        table.add_row(label, *(_cell(variant, name, language) for name in COMPARED))
    return table


def session_comparison_note(comparison: SessionComparison, language: Language) -> Text:
    """What the intervals mean."""
    key = "session_interval_note" if comparison.replicates > 1 else "session_note_once"
    note = say(key, language, n=comparison.replicates)
    return Text(note, style="dim", overflow="fold")


def markets_table(rows: Sequence[dict[str, Any]], language: Language) -> Table:
    """Laboratory markets that ship."""
    table = Table(title=say("laboratory_markets", language), title_justify="left")
    table.add_column(say("name", language), no_wrap=True)
    table.add_column(say("title", language))
    for key in ("number_of_buyers", "number_of_sellers", "units_a_side", "equilibrium_price"):
        table.add_column(say(key, language), justify="right")
    for row in rows:
        price = _span(row["price_low"], row["price_high"], language)
        units = f"{row['units_demanded']} / {row['units_supplied']}"
        table.add_row(
            row["name"], pick(row["title"], row["title_zh"], language), str(row["buyers"]),
            str(row["sellers"]), units, price,
        )
    return table


def schedule_table(scenario: LaboratoryScenario, language: Language) -> Table:
    """Values and costs; traders with the same units share a row, those with one unit too."""
    heading = say(
        "titled", language, title=_titled(scenario, language),
        what=say("values_and_costs", language),
    )
    table = Table(
        title=heading, title_justify="left",
        caption=scenario.schedule.source, caption_justify="left",
    )
    for key in ("side", "traders", "units_of_each"):
        table.add_column(say(key, language), justify="right" if key == "traders" else "left")
    for side in ("buyers", "sellers"):
        traders = getattr(scenario.schedule, side)
        label = say(f"number_of_{side}", language)
        if all(len(units) == 1 for units in traders):
            limits = ", ".join(str(units[0]) for units in traders)
            table.add_row(label, str(len(traders)), say("one_each", language, limits=limits))
            continue
        for units, alike in groupby(traders):
            table.add_row(label, str(len(list(alike))), ", ".join(map(str, units)))
    return table


def equilibrium_note(row: dict[str, Any], language: Language) -> Text:
    """Competitive equilibrium of a day."""
    return Text(say(
        "equilibrium_note", language,
        price=_span(row["price_low"], row["price_high"], language),
        volume=_span(row["volume_low"], row["volume_high"], language),
        surplus=number(row["maximum_surplus"], language),
    ), overflow="fold")
