"""Tables of docs/studies.md: the numbers behind what the shipped studies found."""

from functools import cache
from typing import Any

from agents.compiled import ROOT
from dashboard.texts import with_minus
from experiments.language import Language

__all__ = ["recorded_tables"]

PAGES: dict[Language, str] = {"en": "studies.md", "zh": "studies.zh.md"}


def recorded_tables(title: str, language: Language) -> list[dict[str, Any]]:
    """What was measured in a study when the page was written.

    Parameters
    ----------
    title : str
        Of the study, as its section is called.
    language : {"en", "zh"}

    Returns
    -------
    list of dict
        Keys: intro, heads, and rows of cells with text and bold. Without the table of factors,
        which comes first; empty where there is no page.
    """
    head = f"## {title}\n"
    if head not in (page := _page(language)):
        return []
    lines = page.split(head)[1].split("\n## ")[0].splitlines()
    tables: list[dict[str, Any]] = []
    intro = ""
    for before, line in zip(["", *lines], lines, strict=False):
        if not line.startswith("|"):
            intro = line or intro
        elif not before.startswith("|"):
            tables.append({"intro": intro.replace("*", ""), "heads": _texts(line), "rows": []})
            # What was said of one table is not said of the next.
            intro = ""
        elif not line.startswith("|---"):
            tables[-1]["rows"].append([
                {"text": with_minus(text.replace("**", "")), "bold": text.startswith("**")}
                for text in _texts(line)
            ])
    return tables[1:]


@cache
def _page(language: Language) -> str:
    try:
        return (ROOT / "docs" / PAGES[language]).read_text(encoding="utf-8")
    except OSError:
        return ""


def _texts(row: str) -> list[str]:
    # A stroke within a cell is written with a backslash.
    cells = row.strip().strip("|").replace("\\|", "\0").split("|")
    return [cell.strip().replace("\0", "|").replace("`", "") for cell in cells]
