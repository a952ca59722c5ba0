"""Groups from a CSV: a researcher's own counties or firms, one row a group.

Columns are the keys of a group as docs/reference.md lists them (``area_ha``, ``treated``,
``shares.terrace``); an empty cell takes the default, and a column ``note`` is for people.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from agents.parameters import Declaration, Parameters, declarations
from simulation.errors import ScenarioError, close_to
from simulation.groups import FirmGroup, ProjectGroup

__all__ = ["TABLES", "read_groups"]

TABLES: dict[str, type[Parameters]] = {"projects": ProjectGroup, "firms": FirmGroup}
NOTE = "note"
MOST_GROUPS = 998
WORDS = {"true": True, "false": False, "yes": True, "no": False, "是": True, "否": False}


def _text(path: Path, called: str) -> str:
    try:
        if path.exists() and not path.is_file():
            raise ScenarioError(f"{called}: cannot be read: it is no file. Name a CSV file.")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ScenarioError(f"{called}: no such file. Check the path.") from None
    except OSError as error:
        raise ScenarioError(
            f"{called}: cannot be read ({error.strerror}). Check that it is a file you may read."
        ) from None
    except UnicodeDecodeError:
        raise ScenarioError(
            f"{called}: is not UTF-8 text. In a spreadsheet, save it as 'CSV UTF-8'."
        ) from None


def _rows(text: str, called: str) -> Iterator[tuple[int, list[str]]]:
    """Lines of a CSV, with their numbers."""
    rows = csv.reader(io.StringIO(text))
    try:
        for cells in rows:
            yield rows.line_num, cells
    except csv.Error as error:
        raise ScenarioError(
            f"{called}, line {rows.line_num}: cannot be read ({error}). Look for a quote without "
            "its partner."
        ) from None


def _kind(declared: Declaration, annotation: object) -> type:
    # Months, names and measures stay texts: the scenario reads them as it does in TOML.
    if declared.unit in ("month", "name", "[yuan/t, share]"):
        return str
    return annotation if annotation in (bool, int) else float


def _kinds(model: type[Parameters]) -> dict[str, type]:
    """Type of the cells of every column."""
    found = {}
    for declared in declarations(model):
        table, *rest = model, *declared.key.split(".")
        while len(rest) > 1:
            table = table.model_fields[rest.pop(0)].annotation
        found[declared.key] = _kind(declared, table.model_fields[rest[0]].annotation)
    return found


def _value(text: str, key: str, kind: type, where: str) -> object:
    wanted = {bool: "true or false", int: "a whole number", float: "a number"}.get(kind)
    try:
        return WORDS[text.lower()] if kind is bool else kind(text)
    except (KeyError, ValueError):
        raise ScenarioError(
            f"{where}: {key} = {text!r} is not {wanted}. Give {wanted}, or leave the cell empty "
            "for the default."
        ) from None


def read_groups(path: Path, called: str, table: str) -> list[tuple[int, dict[str, Any]]]:
    """Groups of a CSV, as a scenario would write them.

    Parameters
    ----------
    path : Path
    called : str
        What to call the file in an error.
    table : {"projects", "firms"}

    Returns
    -------
    list of (int, dict)
        Line of the file, and the group.

    Raises
    ------
    ScenarioError
        When the file cannot be read, a column is unknown or a cell does not fit.
    """
    model = TABLES[table]
    kinds = _kinds(model)
    rows = _rows(_text(path, called), called)
    header = [name.strip() for name in next(rows, (1, []))[1]]
    if not any(header):
        raise ScenarioError(f"{called}: has no header. Its first line names the columns.")
    for name in header:
        if name not in kinds and name != NOTE:
            raise ScenarioError(
                f"{called}: unknown column {name!r}{close_to(name, kinds)}. Columns are "
                f"the keys of {table}.N in docs/reference.md, and {NOTE!r}, with commas between."
            )
        if header.count(name) > 1:
            raise ScenarioError(f"{called}: column {name!r} stands twice. Take one out.")
    groups = []
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        where = f"{called}, line {line}"
        if len(cells) != len(header):
            raise ScenarioError(
                f"{where}: has {len(cells)} cells, the header {len(header)}. Put texts with a "
                "comma in quotes."
            )
        group: dict[str, Any] = {}
        for name, cell in zip(header, cells, strict=True):
            if name == NOTE or not cell.strip():
                continue
            *parents, last = name.split(".")
            place = group
            for parent in parents:
                place = place.setdefault(parent, {})
            place[last] = _value(cell.strip(), name, kinds[name], where)
        groups.append((line, group))
        if len(groups) > MOST_GROUPS:
            raise ScenarioError(
                f"{called}: has more than {MOST_GROUPS} rows. Merge like ones with the column "
                "'count'."
            )
    if not groups:
        raise ScenarioError(f"{called}: has a header and no rows. Give one row a group.")
    return groups
