"""Parts of the page: sections with a figure and its tables, each written once for page and CSV."""

import html
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from experiments.language import LANGUAGES, Language
from experiments.report.looks import Look
from experiments.report.numerals import figure
from experiments.report.panels import Figure
from experiments.report.sheets import sheet
from experiments.report.texts import in_both, plain
from experiments.study_report.texts import both

__all__ = [
    "Column", "Named", "Section", "Table", "as_csv", "as_html", "capital", "in_languages",
    "marked_number", "plain_number", "share", "signed_index",
]

# Rows of a table on the page; the file has them all.
MOST_ROWS = 60

Text = Callable[[Language], str]
Write = Callable[[float, Language], str]


class Named(NamedTuple):
    """A word of the program: how files and people call it."""

    key: str
    en: str
    zh: str

    def __str__(self) -> str:
        return self.key


class Column(NamedTuple):
    """A column of a table.

    Attributes
    ----------
    key : str
        Its head in a file.
    head : callable
        Takes a language, gives its head on the page.
    write : callable or None
        Takes a number and a language; by size where None.
    """

    key: str
    head: Text
    write: Write | None = None


class Table(NamedTuple):
    """A table, of which page and file show the same numbers.

    Attributes
    ----------
    name : str
        Of its file.
    title : callable
    columns : sequence of Column
    rows : sequence of dict
        Column to number, text, `Named` or None.
    """

    name: str
    title: Text
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]


class Section(NamedTuple):
    """A section of the page.

    Attributes
    ----------
    name : str
        Of its figure.
    title : callable
        Plain text by language.
    words : callable
        HTML by language, told before the figure.
    caption : callable
        HTML by language.
    draw : callable or None
        Takes a look, gives the figure; None for a section without one.
    width : int
        Of a panel in files.
    key : sequence of (str, callable)
        Colour of the palette, and what it stands for.
    tables : sequence of Table
    """

    name: str
    title: Text
    words: Text
    caption: Text
    draw: Callable[[Look], Figure] | None
    width: int
    key: Sequence[tuple[str, Text]]
    tables: Sequence[Table]


def capital(text: str) -> str:
    """A text that begins a line."""
    return text[:1].upper() + text[1:]


def in_languages(text: Text, *, escape: bool = False) -> str:
    """A text for the page, which shows it in the language that is chosen."""
    return in_both(*(plain(text(each)) if escape else text(each) for each in LANGUAGES))


def plain_number(value: float, language: Language = "en") -> str:
    """A number by its size: three digits that say something."""
    if not math.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    digits = min(max(2 - math.floor(math.log10(abs(value))), 0), 9)
    text = figure(value, digits)
    return text.rstrip("0").rstrip(".") if "." in text else text


def share(value: float, language: Language) -> str:
    """A share in percent."""
    percent = 100.0 * value
    digits = 1 if 0 < abs(percent) < 9.95 and abs(percent - round(percent)) > 1e-9 else 0
    return f"{figure(percent, digits)}{'\u00a0%' if language == 'en' else '%'}"


def signed_index(value: float, language: Language = "en") -> str:
    """An index or a chance, with two digits."""
    if 0 < value < 0.005:
        return "<\u20090.01"
    return figure(value, 2)


def marked_number(value: float | None, of: str, text: str) -> str:
    """A number for the page that carries its exact value and its address in the findings."""
    if value is None:
        return plain(text)
    return f'<data value="{value!r}" data-of="{html.escape(of)}">{plain(text)}</data>'


def _cell(value: object, column: Column) -> str:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "–"
    if isinstance(value, Named):
        return in_both(plain(value.en), plain(value.zh))
    if isinstance(value, bool):
        return both("yes" if value else "no")
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, int) and column.write is None:
        return f'<data value="{value!r}">{figure(value, 0)}</data>'
    write = column.write or plain_number
    number = float(value)  # type: ignore[arg-type]
    texts = [plain(write(number, each)) for each in LANGUAGES]
    shown = texts[0] if texts[0] == texts[1] else in_both(*texts)
    return f'<data value="{number!r}">{shown}</data>'


def as_html(table: Table) -> str:
    """A table for the page; of a long one the first rows, and a note that says so."""
    heads = "".join(
        f'<th scope="col">{in_languages(column.head, escape=True)}</th>'
        for column in table.columns
    )
    rows = []
    for row in table.rows[:MOST_ROWS]:
        first, *rest = (_cell(row.get(column.key), column) for column in table.columns)
        cells = "".join(f"<td>{cell}</td>" for cell in rest)
        rows.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    more = ""
    if len(table.rows) > MOST_ROWS:
        told = both("more_rows", n=MOST_ROWS, of=f"{len(table.rows):,}")
        more = f'<p class="note">{told}</p>'
    worded = any(isinstance(list(row.values())[1], str | Named) for row in table.rows[:1]
                 if len(row) > 1)
    return (
        f'<div class="scroll"><table class="{"worded" if worded else "numbers"}">'
        f"<caption>{in_languages(table.title, escape=True)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>{more}"
    )


def as_csv(table: Table) -> str:
    """A table as CSV: exact numbers, names that programs can use."""
    return sheet(
        [column.key for column in table.columns],
        ([_plain_cell(row.get(column.key)) for column in table.columns] for row in table.rows),
    )


def _plain_cell(value: object) -> object:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, Named):
        return value.key
    return str(value).lower() if isinstance(value, bool) else value
