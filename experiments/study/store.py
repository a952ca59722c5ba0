"""The store of a study: what it is, its points, and Parquet parts of runs, each whole."""

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow
from pyarrow import parquet
from pydantic import ValidationError

from experiments.study.definition import Study, runs_of
from experiments.study.factors import Factor, Level
from experiments.study.files import StudyFile
from experiments.study.jobs import FAILURE_SCHEMA, Result, code_here, run_schema, scenario_text
from simulation.errors import InputError
from simulation.scenario import Scenario
from simulation.whole_files import write_whole

if TYPE_CHECKING:
    import pandas

__all__ = ["POINTS", "Store", "begin", "open_store", "points_table", "table_bytes"]

IDENTITY = "study.json"
POINTS = "points.parquet"
FORMAT = 1
KEPT = ("version", "code", "fingerprint", "runs", "listed", "study", "scenario")
RUNS, FAILURES, SCENARIOS = "runs", "failures", "scenarios"


class Store(NamedTuple):
    """A folder that holds a study and its runs.

    Attributes
    ----------
    folder : Path
    study : Study
    base : Scenario
    version, code : str
        Of the program that began it.
    """

    folder: Path
    study: Study
    base: Scenario
    version: str
    code: str

    def parts(self, kind: str) -> list[Path]:
        """Whole files of a kind: runs, failures or scenarios."""
        return sorted((self.folder / kind).glob("part-*.parquet"))

    def done(self, *, also_failed: bool = True) -> set[int]:
        """Numbers of the runs that have ended; with those that raised, or to try those again."""
        kinds = (RUNS, FAILURES) if also_failed else (RUNS,)
        found: set[int] = set()
        for kind in kinds:
            for path in self.parts(kind):
                found.update(read_part(path, ["run"])["run"].to_pylist())
        return found

    def runs(self, columns: Sequence[str] | None = None) -> "pandas.DataFrame":
        """One row a run that ended, in the order of their numbers.

        Parameters
        ----------
        columns : sequence of str, optional
            All where not given.
        """
        wanted = None if columns is None else list(dict.fromkeys(["run", *columns]))
        return self._table(RUNS, wanted)

    def failures(self) -> "pandas.DataFrame":
        """One row a run that raised and has not ended since, in the order of their numbers."""
        table = self._table(FAILURES, None)
        if not len(table):
            return table
        table = table.drop_duplicates("run", keep="last")
        return table[~table["run"].isin(self.done(also_failed=False))].reset_index(drop=True)

    def row(self, kind: str, run: int) -> dict[str, Any] | None:
        """Row of one run, the latest where it was tried again; None where there is none."""
        for path in reversed(self.parts(kind)):
            table = parquet.read_table(path, filters=[("run", "=", run)], partitioning=None)
            if table.num_rows:
                return table.to_pylist()[-1]
        return None

    def _table(self, kind: str, columns: list[str] | None) -> "pandas.DataFrame":
        tables = [read_part(path, columns) for path in self.parts(kind)]
        if not tables and kind == RUNS:
            empty = run_schema(self.study.series).empty_table()
            return empty.select(columns or empty.column_names).to_pandas()
        if not tables:
            return FAILURE_SCHEMA.empty_table().to_pandas()
        table = pyarrow.concat_tables(tables, promote_options="default").sort_by("run")
        return table.to_pandas().reset_index(drop=True)

    def points(self) -> pyarrow.Table:
        """One row a point: its number, its levels, its place in the unit cube."""
        return read_part(self.folder / POINTS)

    def levels(self) -> list[dict[str, Level]]:
        """Levels of every point, exactly as they were run."""
        table = read_part(self.folder / POINTS, ["levels"])
        return [json.loads(text) for text in table["levels"].to_pylist()]

    def write(self, result: Result, numbers: Sequence[int]) -> None:
        """Keep what a job came to: its runs last, which count it as done.

        Parameters
        ----------
        result : Result
        numbers : sequence of int
            Runs of the job.

        Raises
        ------
        InputError
            When the disk is full or the folder cannot be written; what is kept stays.
        """
        digest = hashlib.sha256(",".join(map(str, numbers)).encode()).hexdigest()[:8]
        name = f"part-{min(numbers):010d}-{max(numbers):010d}-{digest}.parquet"
        for kind, content in (
            (SCENARIOS, result.scenarios), (FAILURES, result.failures), (RUNS, result.runs)
        ):
            if content:
                self.write_file(f"{kind}/{name}", content)

    def write_file(self, name: str, content: bytes) -> None:
        """Write a file of the store whole, or say in one line why not."""
        path = self.folder / name
        try:
            path.parent.mkdir(exist_ok=True)
            write_whole(path, content)
        except OSError as error:
            raise InputError(
                f"{path}: cannot be written ({error.strerror or error}). All runs before it are "
                "kept. Make room, or see that you may write there, and run the same command again."
            ) from None

    def scenario(self, hashed: str) -> Scenario | None:
        """Scenario that is kept whole under a hash, or None."""
        for path in self.parts(SCENARIOS):
            table = read_part(path, ["scenario_hash"])
            if hashed in table["scenario_hash"].to_pylist():
                rows = read_part(path).to_pylist()
                text = next(row["scenario"] for row in rows if row["scenario_hash"] == hashed)
                return Scenario.model_validate(json.loads(text))
        return None


def read_part(path: Path, columns: list[str] | None = None) -> pyarrow.Table:
    """A Parquet file of a store.

    Raises
    ------
    InputError
        When it is missing or damaged.
    """
    try:
        # partitioning: the folders of a store are no values of columns.
        return parquet.read_table(path, columns=columns, partitioning=None)
    except (OSError, pyarrow.ArrowException) as error:
        why = str(error).splitlines()[0]
        raise InputError(
            f"{path}: this part of the store is damaged or missing ({why}). Remove it and run the "
            "study again: what it held is run anew."
        ) from None


def _identity(found: StudyFile) -> dict[str, Any]:
    return {
        "format": FORMAT, "version": version("swcmarket"), "code": code_here(),
        "fingerprint": found.fingerprint, "runs": runs_of(found.study), "listed": found.listed,
        "scenario_hash": found.base.fingerprint,
    }


def points_table(
    factors: Sequence[Factor], levels: Sequence[dict[str, Level]], unit: Any,  # noqa: ANN401
) -> pyarrow.Table:
    """Points as a table: number, levels, and for designs that have them, unit places."""
    names = [factor.called for factor in factors] if factors else list(levels[0])
    # Whole, so that every point can be made again; the columns are for people and data frames.
    texts = [json.dumps(level, ensure_ascii=False) for level in levels]
    columns: dict[str, Any] = {"point": range(len(levels)), "levels": texts}
    for name in names:
        values: list[Any] = [level[name] for level in levels]
        kinds = {type(value) for value in values}
        if kinds == {int, float}:
            values = [float(value) for value in values]
        elif len(kinds) > 1 or not kinds <= {bool, int, float, str}:
            # Parquet has one kind a column.
            values = [str(value) for value in values]
        columns[name] = values
    if unit is not None:
        columns |= {f"unit.{name}": unit[:, place] for place, name in enumerate(names)}
    return pyarrow.table({name: pyarrow.array(values) for name, values in columns.items()})


def table_bytes(table: pyarrow.Table) -> bytes:
    """A table as the bytes of a Parquet file."""
    content = pyarrow.BufferOutputStream()
    parquet.write_table(table, content, compression="zstd")
    return content.getvalue().to_pybytes()


def begin(found: StudyFile, folder: Path) -> Store:
    """Begin a store, or go on with the one that is there.

    Parameters
    ----------
    found : StudyFile
    folder : Path
        Made where it is missing.

    Returns
    -------
    Store

    Raises
    ------
    InputError
        When the folder cannot be written, holds something else, or was begun with another study
        or another version.
    """
    wanted = _identity(found)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = [path.name for path in folder.iterdir() if path.name != "locks"]
    except OSError as error:
        raise InputError(
            f"{folder}: cannot be written ({error.strerror}). Give a folder you may write to."
        ) from None
    store = Store(folder, found.study, found.base, wanted["version"], wanted["code"])
    if (folder / IDENTITY).exists():
        kept = _read_identity(folder)
        _same(kept, wanted, folder, found.called)
        if kept["study"] == found.study.model_dump(mode="json"):
            return store
    elif any(not name.startswith(".") for name in others):
        raise InputError(
            f"{folder}: holds files that are no store of a study. Give a new or an empty folder "
            "with --out."
        )
    content = {
        **wanted, "study": found.study.model_dump(mode="json"),
        "scenario": json.loads(scenario_text(found.base)),
    }
    store.write_file(IDENTITY, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
    return store


def _read_identity(folder: Path) -> dict[str, Any]:
    path = folder / IDENTITY
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["format"] != FORMAT:
            raise InputError(
                f"{folder}: is a store of format {kept['format']}, and this version reads "
                f"{FORMAT}. Use the version that wrote it, {kept['version']}."
            )
        if not set(KEPT) <= set(kept):
            raise KeyError
    except FileNotFoundError:
        raise InputError(
            f"{folder}: is no store of a study. Give the folder that `swcmarket study` wrote."
        ) from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from None
    except (ValueError, KeyError, TypeError):
        raise _damaged_identity(path) from None
    return kept


def _damaged_identity(path: Path) -> InputError:
    return InputError(
        f"{path}: is damaged. Put it back from a copy, or from a new store of the same study: the "
        "runs beside it are whole."
    )


def _same(kept: dict[str, Any], wanted: dict[str, Any], folder: Path, called: str) -> None:
    as_json = json.loads(json.dumps(wanted, default=str))
    if kept["fingerprint"] != wanted["fingerprint"]:
        changes = list(_differences(
            {"": kept["runs"], "listed": kept["listed"]},
            {"": as_json["runs"], "listed": as_json["listed"]},
        ))
        if not changes:
            changes = ["the base scenario is another"]
        more = f" and {len(changes) - 3} more" if len(changes) > 3 else ""
        raise InputError(
            f"{called}: is not the study that {folder} was begun with: "
            f"{'; '.join(changes[:3])}{more}. Undo the change to go on, or give another folder "
            "with --out."
        )
    if (kept["version"], kept["code"]) != (wanted["version"], wanted["code"]):
        raise InputError(
            f"{folder}: was begun with version {kept['version']} (code {kept['code']}), and this "
            f"is {wanted['version']} (code {wanted['code']}): runs of both would not compare. Go "
            "on with that version, or give another folder with --out."
        )


def _differences(before: Any, after: Any, key: str = "") -> Any:  # noqa: ANN401
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys([*before, *after]):
            inner = f"{key}.{name}".strip(".")
            yield from _differences(before.get(name), after.get(name), inner)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for place, pair in enumerate(zip(before, after, strict=True)):
            yield from _differences(*pair, f"{key}.{place}")
    elif isinstance(before, list) and isinstance(after, list):
        yield f"{key} had {len(before)} entries and has {len(after)}"
    elif json.dumps(before) != json.dumps(after):
        yield f"{key} was {_short(before)} and is {_short(after)}"


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."


def open_store(folder: Path) -> Store:
    """Store of a study, for reading.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Store

    Raises
    ------
    InputError
        When there is none, or it is damaged.
    """
    kept = _read_identity(folder)
    try:
        study = Study.model_validate(kept["study"])
        base = Scenario.model_validate(kept["scenario"])
    except ValidationError:
        raise _damaged_identity(folder / IDENTITY) from None
    return Store(folder, study, base, kept["version"], kept["code"])
