"""The journal of a run on disk: immutable Parquet parts, so that memory stays bounded.

A part is written beside its place, flushed, and moved there when it is whole; then it never
changes.
Its name holds the number of its first line and a hash of what it says. So two futures of one past
share the parts of that past and cannot overwrite each other's, and a run that is repeated writes
the same files again. Reading holds what is found against the name.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from agents.population import empty
from agents.registry.columns import JOURNAL_COLUMNS, JOURNAL_DTYPE
from agents.vocabulary import CreditState, Entry, Purpose
from simulation.errors import InputError
from simulation.whole_files import write_whole

if TYPE_CHECKING:
    import pyarrow

__all__ = [
    "CODES", "MANIFEST", "JournalParts", "read_manifest", "read_part", "write_manifest",
    "write_part",
]

MANIFEST = "manifest.json"
# Columns whose numbers stand for words.
CODES = {"entry": Entry, "state_from": CreditState, "state_to": CreditState, "purpose": Purpose}


class JournalParts(NamedTuple):
    """The lines that have left memory; a value that never changes, so snapshots may share it.

    Attributes
    ----------
    folder : Path
        Where further parts are written.
    files : tuple of Path
        Parts in order.
    lines : int
        Lines in all of them.
    """

    folder: Path
    files: tuple[Path, ...] = ()
    lines: int = 0

    def with_part(self, rows: np.recarray) -> "JournalParts":
        """Write lines that follow those of all parts.

        Parameters
        ----------
        rows : numpy.recarray
            Of `JOURNAL_COLUMNS`.

        Returns
        -------
        JournalParts
            With one more part.

        Raises
        ------
        InputError
            When it cannot be written; what was written before stays.
        """
        path = write_part(self.folder, rows, self.lines)
        return self._replace(files=(*self.files, path), lines=self.lines + len(rows))

    def chunks(self) -> Iterator[np.recarray]:
        """Lines in order, a part at a time.

        Raises
        ------
        InputError
            When a part is missing or damaged.
        """
        for path in self.files:
            yield read_part(path)

    def column(self, name: str) -> Iterator[np.ndarray]:
        """One column, a part at a time; read alone, it is not held against the name of the part.

        Parameters
        ----------
        name : str

        Raises
        ------
        InputError
            When a part is missing or damaged.
        """
        for path in self.files:
            yield _column(_read(path, [name]), name)


def _digest(rows: np.recarray) -> str:
    digest = hashlib.sha256()
    for name in rows.dtype.names:
        # Field by field: the gaps of an aligned record hold whatever was in memory.
        digest.update(np.ascontiguousarray(rows[name]))
    return digest.hexdigest()[:16]


def _schema() -> "pyarrow.Schema":
    import pyarrow

    fields = []
    for column in JOURNAL_COLUMNS:
        said = {"unit": column.unit, "meaning": column.meaning}
        if column.name in CODES:
            codes = {int(code): code.name.lower() for code in CODES[column.name]}
            said["codes"] = json.dumps(codes)
        kind = pyarrow.from_numpy_dtype(JOURNAL_DTYPE[column.name])
        fields.append(pyarrow.field(column.name, kind, nullable=False, metadata=said))
    return pyarrow.schema(fields, metadata={"accounts": "numbers of accounts, from 0, in the order "
                                            "of the table of accounts"})


def write_part(folder: Path, rows: np.recarray, first: int) -> Path:
    """Write lines as a file of their own, whole or not at all.

    Parameters
    ----------
    folder : Path
        Made where it is missing.
    rows : numpy.recarray
        Of `JOURNAL_COLUMNS`.
    first : int
        Lines of the journal before these.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        When it cannot be written.
    """
    import pyarrow
    from pyarrow import parquet

    schema = _schema()
    table = pyarrow.table(
        [pyarrow.array(np.ascontiguousarray(rows[name])) for name in schema.names], schema=schema
    )
    path = folder / f"part-{first:012d}-{_digest(rows)}.parquet"
    content = pyarrow.BufferOutputStream()
    parquet.write_table(table, content, compression="zstd")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, content.getvalue())
    except OSError as error:
        raise InputError(
            f"{path}: lines {first + 1} to {first + len(rows)} of the journal cannot be written "
            f"({error.strerror or error}); the {first} lines before them are on disk. Make room, "
            "or give a folder you may write to."
        ) from None
    return path


def _read(path: Path, columns: list[str]) -> "pyarrow.Table":
    from pyarrow import parquet

    try:
        # By its path, not as a Python file: Arrow's threads may still hold one when Python ends.
        return parquet.read_table(path, columns=columns, partitioning=None)
    except (OSError, ValueError, KeyError) as error:
        raise _damaged(path, getattr(error, "strerror", None) or str(error)) from None


def _column(table: "pyarrow.Table", name: str) -> np.ndarray:
    return table.column(name).to_numpy()


def _damaged(path: Path, why: str) -> InputError:
    first_line = why.splitlines()[0] if why else "unreadable"
    return InputError(
        f"{path}: this part of the journal is damaged or missing ({first_line}). Put it back from "
        "a copy, or run the scenario anew with the same seed, which writes it again."
    )


def read_part(path: Path) -> np.recarray:
    """Lines of one part, held against the hash in its name.

    Parameters
    ----------
    path : Path

    Returns
    -------
    numpy.recarray
        Of `JOURNAL_COLUMNS`.

    Raises
    ------
    InputError
        When it is missing or damaged, or is not what was written under this name.
    """
    names = list(JOURNAL_DTYPE.names)
    table = _read(path, names)
    rows = empty(JOURNAL_DTYPE, table.num_rows)
    kinds = {field.name: field.type for field in _schema()}
    if {field.name: field.type for field in table.schema} != kinds:
        raise _damaged(path, "its columns are not those of a journal")
    for name in names:
        rows[name] = _column(table, name)
    if _digest(rows) != path.stem.rpartition("-")[2]:
        raise _damaged(path, "its lines are not those it was named for")
    return rows


def write_manifest(parts: JournalParts) -> Path:
    """Say which parts, in which order, are the whole journal of a run that has ended.

    Parameters
    ----------
    parts : JournalParts
        All in their own folder.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        When it cannot be written.
    """
    path = parts.folder / MANIFEST
    content = {"lines": parts.lines, "parts": [file.name for file in parts.files]}
    try:
        parts.folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, (json.dumps(content, indent=2) + "\n").encode())
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written ({error.strerror or error}). Make room, or give a folder "
            "you may write to."
        ) from None
    return path


def read_manifest(folder: Path) -> JournalParts:
    """Parts of a run that has ended.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    JournalParts

    Raises
    ------
    InputError
        When the folder does not say which parts make up a journal.
    """
    path = folder / MANIFEST
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        names, lines = [str(name) for name in said["parts"]], int(said["lines"])
    except FileNotFoundError:
        raise InputError(
            f"{folder}: has no {MANIFEST}, so the run did not end. Run the same command again."
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path}: cannot be read ({str(error).splitlines()[0]}). Run the scenario anew."
        ) from None
    # Names of files, not ways to elsewhere.
    return JournalParts(folder, tuple(folder / Path(name).name for name in names), lines)
