"""The store of a study: its points, and Parquet parts of runs, each whole or not there."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow
from pyarrow import compute, parquet

from experiments.study.declaring import Level
from experiments.study.definition import Study
from experiments.study.factors import Factor
from experiments.study.jobs import FAILURE_SCHEMA, Result, run_schema
from simulation.errors import InputError
from simulation.scenario import Scenario
from simulation.whole_files import write_whole

if TYPE_CHECKING:
    import pandas

__all__ = ["POINTS", "Store", "points_table", "read_part", "table_bytes"]

POINTS = "points.parquet"
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
            table = read_part(path)
            table = table.filter(compute.equal(table["run"], run))
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
        rows = table.to_pandas()
        # Two shards may have run one run, where replicates were raised beside a running one.
        rows = rows.drop_duplicates("run") if kind == RUNS else rows
        return rows.reset_index(drop=True)

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
