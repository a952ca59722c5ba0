"""Tables of the study report as plain texts, one language at a time."""

import html
import math
import re
from typing import Any, NamedTuple

from experiments.language import LANGUAGES, Language
from experiments.report.numerals import figure
from experiments.study_report.parts import Column, Named, Table, plain_number
from experiments.study_report.texts import tell

__all__ = ["MOST_ROWS", "Shown", "paragraphs", "plain_words", "shown_table"]

MOST_ROWS = 60


class Shown(NamedTuple):
    """A table as texts.

    Attributes
    ----------
    title : str
    heads : list of str
    rows : list of list of str
        The first of them.
    total : int
        How many there are.
    """

    title: str
    heads: list[str]
    rows: list[list[str]]
    total: int


def shown_table(table: Table, language: Language, most: int = MOST_ROWS) -> Shown:
    """A table in one language.

    Parameters
    ----------
    table : Table
    language : {"en", "zh"}
    most : int
        Rows shown.

    Returns
    -------
    Shown
    """
    rows = [[_cell(row.get(column.key), column, language) for column in table.columns]
            for row in table.rows[:most]]
    heads = [column.head(language) for column in table.columns]
    return Shown(table.title(language), heads, rows, len(table.rows))


def _cell(value: Any, column: Column, language: Language) -> str:  # noqa: ANN401
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "–"
    if isinstance(value, Named):
        return value[1 + LANGUAGES.index(language)]
    if isinstance(value, bool):
        return tell("yes" if value else "no", language)
    if isinstance(value, str):
        return value
    if isinstance(value, int) and column.write is None:
        return figure(value, 0)
    return (column.write or plain_number)(float(value), language)


def plain_words(marked: str) -> str:
    """HTML of the report as plain text: what a study file says is never taken for HTML."""
    return html.unescape(re.sub(r"<[^<>]+>", "", marked)).strip()


def paragraphs(answer: str) -> list[tuple[str, str]]:
    """The answer of a report as lines.

    Parameters
    ----------
    answer : str
        HTML, with ``<br>`` between lines and ``<strong>`` around the headline.

    Returns
    -------
    list of (str, str)
        Headline, empty but for the first, and the rest.
    """
    found = []
    for line in re.split(r"<br\s*/?>", answer):
        head, mark, rest = line.partition("</strong>")
        found.append((plain_words(head), plain_words(rest)) if mark else ("", plain_words(line)))
    return [pair for pair in found if any(pair)]
