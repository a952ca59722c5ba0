"""Single runs: a page of the table, one run in words, and the flat table as CSV."""

import math
from typing import Any, NamedTuple

import pandas

from dashboard.studies.kept import Analysis
from dashboard.studies.texts import TEXTS
from dashboard.texts import with_minus
from experiments.language import Language, unit_in
from experiments.study.replaying import Replay
from experiments.study.tables import outcome_label, short_number
from experiments.study.words import tell
from experiments.study_report.subject import Subject
from simulation.outcomes import OUTCOMES

__all__ = ["MOST_IN_FILE", "ROWS", "RunsWish", "all_outcomes", "as_csv", "first_outcomes",
           "replay_told", "run_told", "runs_page"]

ROWS = 20
# A browser takes a file in one piece: about a kilobyte a run.
MOST_IN_FILE = 20_000
KEYS = ("run", "point", "replicate", "seed")
_KNOWN = {outcome.name: outcome for outcome in OUTCOMES}


class RunsWish(NamedTuple):
    """What a visitor wants to see of the table of runs.

    Attributes
    ----------
    sort : str
        Column.
    down : bool
        Largest first.
    page : int
        From 0.
    failed : bool
        Only runs that failed.
    """

    sort: str = "run"
    down: bool = False
    page: int = 0
    failed: bool = False


def first_outcomes(subject: Subject) -> tuple[str, ...]:
    """Outcomes that the table shows at first."""
    return tuple(subject.means)[:4]


def all_outcomes(language: Language) -> list[tuple[str, str]]:
    """Name and label of every outcome."""
    return [(outcome.name, outcome_label(outcome.name, language)) for outcome in OUTCOMES]


def _head(subject: Subject, name: str, language: Language) -> str:
    if name in KEYS:
        return TEXTS(name, language)
    if name in subject.factors:
        return subject.with_unit(name, language)
    label, unit = outcome_label(name, language), _KNOWN[name].unit
    shown = "" if unit == "1" else unit_in(unit, subject.currency, language)
    shown = shown.replace("km2", "km²")
    if _size(name) != 1:
        shown = "%"
    if not shown:
        return label
    return f"{label}, {shown}" if language == "en" else f"{label}，{shown}"


def _cell(subject: Subject, name: str, value: Any, language: Language) -> str:  # noqa: ANN401
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    if name in KEYS:
        return str(int(value))
    if name in subject.factors:
        return subject.level(name, value, language)
    return with_minus(short_number(float(value) / _size(name), language))


def _size(name: str) -> float:
    # As every figure tells it: shares in per cent.
    return 0.01 if _KNOWN[name].unit == "1" and "share" in name else 1.0


def runs_page(
    analysis: Analysis, outcomes: tuple[str, ...], wish: RunsWish, language: Language
) -> dict[str, Any]:
    """One page of the table, ready for the browser.

    Parameters
    ----------
    analysis : Analysis
    outcomes : tuple of str
    wish : RunsWish
    language : {"en", "zh"}

    Returns
    -------
    dict
        Columns (key, label), how many of them after the first are outcomes, rows (run, cells,
        message), first and last row, and their number.
    """
    subject, table = analysis.subject, analysis.table
    # What came out stands beside the number of the run; seeds fill a window and say least.
    shown_outcomes = [name for name in outcomes if name in table]
    names = [KEYS[0], *shown_outcomes, *(name for name in subject.factors if name in table),
             *KEYS[1:]]
    if wish.failed:
        table = table[table["error"].notna()] if "error" in table else table[:0]
    table = _sorted(table, wish.sort if wish.sort in names else "run", wish.down)
    pages = max(1, math.ceil(len(table) / ROWS))
    page = min(max(wish.page, 0), pages - 1)
    shown = table.iloc[page * ROWS:(page + 1) * ROWS]
    rows = []
    for _, row in shown.iterrows():
        failed = "error" in row and isinstance(row["error"], str)
        rows.append({
            "run": int(row["run"]),
            "cells": [_cell(subject, name, row[name], language) for name in names],
            "message": f"{row['error']}: {row['message']}" if failed else "",
        })
    return {
        "columns": [{"key": name, "label": _head(subject, name, language)} for name in names],
        "outcomes": len(shown_outcomes),
        "rows": rows, "page": page, "pages": pages,
        "told": TEXTS("page_of", language, first=f"{page * ROWS + min(1, len(rows)):,}",
                      last=f"{page * ROWS + len(rows):,}", n=f"{len(table):,}"),
    }


def _sorted(table: pandas.DataFrame, column: str, down: bool) -> pandas.DataFrame:
    values = table[column]
    if values.dtype == object:
        values = values.astype(str)
    # Runs that tie stay in the order of their numbers.
    order = values.sort_values(ascending=not down, kind="stable", na_position="last").index
    return table.loc[order]


def run_told(
    analysis: Analysis, run: int, language: Language, *, every: bool
) -> dict[str, Any] | None:
    """A run in words.

    Parameters
    ----------
    analysis : Analysis
    run : int
    language : {"en", "zh"}
    every : bool
        Every outcome, not only those of the study.

    Returns
    -------
    dict or None
        Title, place, levels, outcomes, message; None where there is no such run.
    """
    subject, table = analysis.subject, analysis.table
    found = table[table["run"] == run]
    if not len(found):
        return None
    row = found.iloc[0]
    failed = "error" in row and isinstance(row["error"], str)
    outcomes = list(_KNOWN) if every else list(subject.means)
    levels = analysis.reading.levels[int(row["point"])]
    return {
        "title": TEXTS("run_title", language, run=run),
        "where": TEXTS("run_where", language, point=int(row["point"]),
                       replicate=int(row["replicate"]), seed=int(row["seed"])),
        "levels": [[subject.factor(name, language), subject.with_level(name, level, language)]
                   for name, level in levels.items()],
        "outcomes": [] if failed else [
            [_head(subject, name, language), _cell(subject, name, row[name], language)]
            for name in outcomes if name in row],
        "message": f"{row['error']}: {row['message']}" if failed else "",
    }


def replay_told(found: Replay, version: str, language: Language) -> dict[str, Any]:
    """What running a run again came to.

    Parameters
    ----------
    found : Replay
    version : str
        Of the program that wrote the store.
    language : {"en", "zh"}

    Returns
    -------
    dict
        Whether it is the same, lines, and rows of what differs: outcome, recorded, now.
    """
    lines = []
    if not found.same_program:
        lines.append(TEXTS("other_program", language, version=version))
    if found.error_recorded or found.error_found:
        lines.append(
            TEXTS("same_error", language) if found.error_recorded == found.error_found
            else TEXTS("other_error", language,
                       recorded=found.error_recorded or TEXTS("no_error", language),
                       now=found.error_found or TEXTS("no_error", language)))
    elif not found.differing:
        lines.append(tell("same_numbers", language, n=len(found.recorded)))
    else:
        lines.append(tell("other_numbers", language, n=len(found.differing),
                          of=len(found.recorded)))
    rows = [
        [outcome_label(name, language) if name in _KNOWN else name,
         *(repr(value) if value is not None else "–" for value in (
             found.recorded.get(name), found.found.get(name)))]
        for name in found.differing
    ] if found.recorded and found.found else []
    return {"same": found.reproduced, "lines": lines, "rows": rows}


def as_csv(analysis: Analysis) -> str:
    """Every run with its factors and outcomes, as CSV with exact numbers."""
    return analysis.table.to_csv(index=False, lineterminator="\r\n")
