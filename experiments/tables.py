"""Tables on the terminal."""

import math
from collections.abc import Sequence
from typing import Any

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from experiments.claims.listed import Verdict
from experiments.claims_told import said, source_told, statement_told, why_told
from experiments.comparing import Comparison, Variant
from experiments.intervals import Interval
from experiments.language import Language, pick, say, unit_in
from experiments.telling import Moment
from simulation.outcomes import OUTCOMES, Outcome
from simulation.results import Run
from simulation.scenario import Scenario

__all__ = [
    "answer_table",
    "claims_table",
    "comparison_table",
    "console",
    "interval_note",
    "moments_table",
    "number",
    "outcomes_table",
    "parameters_table",
    "scenarios_table",
]

ANSWERED = ("price_yuan_per_t", "volume_t", "voluntary_t", "proceeds_yuan_per_km2", "net_effect_t")


def number(value: float | int | None, language: Language, digits: int | None = None) -> str:
    """A number for people; counts whole, small numbers with two digits, large ones without.

    Parameters
    ----------
    value : float, int or None
    language : {"en", "zh"}
    digits : int, optional
        Digits after the point; by size where not given.

    Returns
    -------
    str
    """
    if value is None:
        return say("none", language)
    if isinstance(value, int):
        return f"{value:,}"
    if digits is None:
        digits = 0 if abs(value) >= 1000 else 2
    text = f"{value:,.{digits}f}"
    return text.lstrip("-") if not text.strip("-0.,") else text


def _digits(outcome: Outcome, value: float | int | None) -> int | None:
    if value is None:
        return None
    if outcome.unit == "1":
        # Two digits that say something, however small the share.
        return 2 if not value or abs(value) >= 0.1 else 1 - math.floor(math.log10(abs(value)))
    return 2 if outcome.unit in ("yuan", "yuan/t") else None


def outcomes_table(run: Run, language: Language) -> Table:
    """Outcomes of one run."""
    scenario = run.scenario
    title = pick(scenario.title, scenario.title_zh, language) or scenario.name
    heading = say("with_seed", language, title=title, seed=run.seed)
    table = Table(title=heading, title_justify="left")
    table.add_column(say("outcome", language))
    table.add_column(say("value", language), justify="right")
    table.add_column(say("unit", language))
    for outcome in OUTCOMES:
        value = run.outcomes[outcome.name]
        shown = number(value, language, _digits(outcome, value))
        if isinstance(value, int):
            shown = number(value, language)
        label = pick(outcome.label, outcome.label_zh, language)
        table.add_row(label, shown, unit_in(outcome.unit, scenario.currency, language))
    return table


def _with_interval(found: Interval, language: Language) -> str:
    if found.mean is None:
        return say("none", language)
    largest = max(abs(value) for value in (found.mean, found.low, found.high) if value is not None)
    digits = 0 if largest >= 1000 else 2
    mean = number(found.mean, language, digits)
    if found.low is None:
        return mean
    low, high = number(found.low, language, digits), number(found.high, language, digits)
    return f"{mean}\n[{low}, {high}]"


NAME_WIDTH = 24


def _label(variant: Variant, language: Language) -> str:
    mechanism = say(variant.scenario.market.mechanism, language)
    varied = "".join(f",\n{key} = {value}" for key, value in variant.varied)
    return f"{variant.scenario.name}, {mechanism}{varied}"


def interval_note(comparison: Comparison, language: Language) -> Text:
    """What the intervals mean."""
    key = "interval_note" if comparison.replicates > 1 else "interval_note_once"
    note = say(key, language, n=comparison.replicates)
    return Text(note, style="dim", overflow="fold")


def comparison_table(
    comparison: Comparison, variant: Variant, base: Variant, language: Language,
    names: Sequence[str] | None = None,
) -> Table:
    """Outcomes of two variants, and their paired differences.

    Parameters
    ----------
    comparison : Comparison
    variant, base : Variant
        The difference shown is the first less the second.
    language : {"en", "zh"}
    names : sequence of str, optional
        Outcomes to show; those that are not zero everywhere where not given.

    Returns
    -------
    rich.table.Table
    """
    table = Table(show_lines=True)
    # On a narrow terminal numbers fold, so that names of outcomes remain.
    table.add_column(say("outcome", language), min_width=NAME_WIDTH, overflow="fold")
    for shown in (base, variant):
        table.add_column(_label(shown, language), justify="right", overflow="fold")
    against = say("against", language, label=_label(base, language))
    heading = f"{_label(variant, language)}\n{against}"
    table.add_column(heading, justify="right", overflow="fold", style="bold")
    for outcome in OUTCOMES:
        values = [value for shown in (base, variant) for value in shown.values[outcome.name]]
        if names is None and not any(values):
            continue
        if names is not None and outcome.name not in names:
            continue
        label = pick(outcome.label, outcome.label_zh, language)
        if outcome.unit != "1":
            currency = base.scenario.currency
            label += f", {unit_in(outcome.unit, currency, language)}"
        found = [shown.interval(outcome.name) for shown in (base, variant)]
        found.append(comparison.difference(variant, outcome.name, base))
        table.add_row(label, *(_with_interval(interval, language) for interval in found))
    return table


def answer_table(comparison: Comparison, language: Language) -> Table:
    """A few outcomes of many variants, one row each.

    Parameters
    ----------
    comparison : Comparison
    language : {"en", "zh"}

    Returns
    -------
    rich.table.Table
    """
    outcomes = [outcome for outcome in OUTCOMES if outcome.name in ANSWERED]
    table = Table()
    table.add_column(say("rule", language))
    table.add_column(say("scenario", language), overflow="fold")
    for outcome in outcomes:
        label = pick(outcome.label, outcome.label_zh, language)
        table.add_column(f"{label}\n{say(outcome.unit, language)}", justify="right")
    before = None
    for variant in comparison.variants:
        rule = variant.scenario.market.mechanism
        if before not in (None, rule):
            table.add_section()
        cells = [_with_interval(variant.interval(outcome.name), language) for outcome in outcomes]
        name = say(rule, language) if rule != before else ""
        table.add_row(name, variant.scenario.name, *cells)
        before = rule
    return table


def moments_table(moments: Sequence[Moment], title: str, language: Language) -> Table:
    """What happened, month by month."""
    table = Table(title=title, title_justify="left")
    table.add_column(say("month", language), no_wrap=True)
    table.add_column(say("happened", language))
    for moment in moments:
        table.add_row(moment.month, moment.text)
    return table


_COLOURS = {"holds": "green", "fails": "bold red", "known miss": "yellow", "reported": "dim"}


def _plain_number(value: object, language: Language = "en") -> str:
    if isinstance(value, int | float):
        return f"{value:.6g}"
    return said(str(value), language) if language == "zh" else str(value)


def claims_table(verdicts: Sequence[Verdict], language: Language) -> list[RenderableType]:
    """Claims by benchmark, with what was expected, what was measured and the verdict."""
    parts: list[RenderableType] = []
    for benchmark in dict.fromkeys(verdict.benchmark for verdict in verdicts):
        mine = [verdict for verdict in verdicts if verdict.benchmark is benchmark]
        title = f"{benchmark.id}  {pick(benchmark.title, benchmark.title_zh, language)}"
        table = Table(title=title, title_justify="left", caption_justify="left",
                      caption=source_told(mine[0].claim.source, language))
        for key in ("claim_key", "claim", "expected", "measured", "tolerance", "verdict"):
            table.add_column(say(key, language), overflow="fold")
        for _, claim, word, reason in mine:
            numbers = (_plain_number(claim.expected, language), _plain_number(claim.measured))
            shown = Text(say(word, language), style=_COLOURS[word])
            table.add_row(claim.id, statement_told(claim.statement, language), *numbers,
                          _plain_number(claim.tolerance, language), shown)
            if reason:
                table.add_row("", Text(why_told(claim.id, reason, language), style="dim"))
        parts.append(table)
    words = [verdict.word for verdict in verdicts]
    counts = [f"{words.count(word)} {say(word, language)}" for word in _COLOURS if word in words]
    parts.append(Text(", ".join(counts)))
    parts.append(Text(say("claims_note", language), style="dim", overflow="fold"))
    return parts


def scenarios_table(rows: Sequence[dict[str, Any]], language: Language) -> Table:
    """Scenarios that ship."""
    table = Table()
    for key in (
        "name", "title", "start", "number_of_months", "number_of_projects", "number_of_firms"
    ):
        numeric = key.startswith("number")
        table.add_column(say(key, language), justify="right" if numeric else "left")
    for row in rows:
        title = pick(row["title"], row["title_zh"], language)
        counts = [str(row[key]) for key in ("months", "projects", "firms")]
        table.add_row(row["name"], title, row["start"], *counts)
    return table


def _value_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def parameters_table(
    scenario: Scenario, rows: Sequence[dict[str, Any]], language: Language
) -> Table:
    """Every parameter of a scenario, with unit, bounds, role and source."""
    title = pick(scenario.title, scenario.title_zh, language) or scenario.name
    table = Table(title=title, title_justify="left")
    for key in ("key", "value", "unit", "bounds", "role", "meaning", "source"):
        table.add_column(say(key, language), overflow="fold", no_wrap=key == "key")
    for row in rows:
        low, high = (("" if end is None else f"{end:g}") for end in (row["low"], row["high"]))
        bounds = ", ".join(row["choices"]) or (f"{low} – {high}" if low or high else "")
        meaning = pick(row["label"], row["label_zh"], language)
        table.add_row(
            row["key"], _value_text(row["value"]), row["unit"], bounds, say(row["role"], language),
            meaning, row["source"],
        )
    return table


def console(*, stderr: bool = False) -> Console:
    """Terminal to write on; wide enough for a table where there is no terminal."""
    found = Console(stderr=stderr, highlight=False)
    if not found.is_terminal:
        found = Console(stderr=stderr, highlight=False, width=160)
    return found
