"""A job: some runs of a study, done by one process, and what comes back of them."""

import json
import traceback
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import version
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
import pyarrow
from pyarrow import parquet

from agents.compiled import source_fingerprint
from experiments.study.declaring import Level
from experiments.study.factors import Factor
from experiments.study.series import monthly_series
from simulation.errors import InputError
from simulation.outcomes import OUTCOMES, measure
from simulation.scenario import Scenario
from simulation.varying import varied
from simulation.world import World

__all__ = [
    "Job", "Measure", "Record", "Result", "Task", "code_here", "do", "job_of", "measured",
    "run_schema", "scenario_of", "scenario_text",
]

LONGEST_TRACEBACK = 20_000


# Scenario, seed and monthly columns to what a study keeps of the run.
Measure = Callable[[Scenario, int, tuple[str, ...]], "Record"]


class Task(NamedTuple):
    """One run of a study.

    Attributes
    ----------
    run, point, replicate, seed : int
    levels : mapping
        Factor to its value; for a list, key to value.
    """

    run: int
    point: int
    replicate: int
    seed: int
    levels: Mapping[str, Level]


class Job(NamedTuple):
    """Some runs, and all that a process needs to know for them.

    Attributes
    ----------
    base : Scenario
    factors : tuple of Factor
        Empty for a list, whose levels are settings.
    series : tuple of str
        Monthly columns to keep.
    version, code : str
        Of the program that began the study.
    tasks : list of Task
    measure : callable
        See `Measure`.
    """

    base: Scenario
    factors: tuple[Factor, ...]
    series: tuple[str, ...]
    version: str
    code: str
    tasks: list[Task]
    measure: Measure


class Record(NamedTuple):
    """What one run comes to.

    Attributes
    ----------
    outcomes : dict
        Name to number, None where it does not exist.
    series : dict
        Name to float array, one number a month.
    """

    outcomes: dict[str, float | int | None]
    series: dict[str, np.ndarray]


class Result(NamedTuple):
    """Tables of a job, as the bytes of Parquet files.

    Attributes
    ----------
    runs, failures, scenarios : bytes
        Empty where there is no row.
    done, failed : int
        Runs that ended, and that raised.
    simulated_seconds, seconds : float
        Spent inside runs, and in all.
    """

    runs: bytes
    failures: bytes
    scenarios: bytes
    done: int
    failed: int
    simulated_seconds: float
    seconds: float


@cache
def code_here() -> str:
    """Hash of the sources that decide what a run comes to, and of what compiles them."""
    return source_fingerprint()


def job_of(
    base: Scenario, factors: tuple[Factor, ...], series: tuple[str, ...],
    measure: Measure | None = None,
) -> Job:
    """What all jobs of a study have in common, without tasks."""
    return Job(
        base, factors, series, version("swcmarket"), code_here(), [], measure or measured
    )


def measured(scenario: Scenario, seed: int, series: tuple[str, ...] = ()) -> Record:
    """Run a scenario and keep what a study keeps of it.

    Parameters
    ----------
    scenario : Scenario
    seed : int
    series : tuple of str

    Returns
    -------
    Record

    Raises
    ------
    InputError, InvariantError
        As of `simulation.results.simulate`.
    """
    world = World(scenario, seed)
    world.run()
    return Record(measure(world.state), monthly_series(world.state, series))


def scenario_of(
    base: Scenario, factors: tuple[Factor, ...], levels: Mapping[str, Level]
) -> Scenario:
    """Scenario of a point.

    Parameters
    ----------
    base : Scenario
    factors : tuple of Factor
        Empty where the levels are settings.
    levels : mapping

    Returns
    -------
    Scenario

    Raises
    ------
    ScenarioError
        When values do not go together.
    """
    if not factors:
        return varied(base, levels)
    settings: dict[str, object] = {}
    for factor in factors:
        settings.update(factor.settings(levels[factor.called], base))
    return varied(base, settings)


def scenario_text(scenario: Scenario) -> str:
    """Everything in a scenario, as JSON."""
    return json.dumps(scenario.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)


def run_schema(series: tuple[str, ...] = ()) -> pyarrow.Schema:
    """Columns of the table of runs, with their units."""
    whole, text, number = pyarrow.int64(), pyarrow.string(), pyarrow.float64()
    fields = [(name, whole) for name in ("run", "point", "replicate", "seed")]
    fields += [(name, text) for name in ("scenario_hash", "version", "code")]
    kept = [
        pyarrow.field(outcome.name, number, metadata={
            "unit": outcome.unit, "meaning": outcome.meaning,
        })
        for outcome in OUTCOMES
    ]
    lists = [pyarrow.field(f"monthly.{name}", pyarrow.list_(number)) for name in series]
    return pyarrow.schema([*(pyarrow.field(*pair) for pair in fields), *kept, *lists])


FAILURE_SCHEMA = pyarrow.schema([
    ("run", pyarrow.int64()), ("point", pyarrow.int64()), ("replicate", pyarrow.int64()),
    ("seed", pyarrow.int64()), ("version", pyarrow.string()), ("code", pyarrow.string()),
    ("error", pyarrow.string()), ("message", pyarrow.string()), ("traceback", pyarrow.string()),
])
SCENARIO_SCHEMA = pyarrow.schema([
    ("scenario_hash", pyarrow.string()), ("point", pyarrow.int64()),
    ("scenario", pyarrow.string()),
])


def parquet_bytes(rows: list[dict[str, Any]], schema: pyarrow.Schema) -> bytes:
    """Rows as the bytes of a Parquet file; none where there are no rows."""
    if not rows:
        return b""
    table = pyarrow.Table.from_pylist(rows, schema=schema)
    # A file without dates or names of machines: equal rows, equal bytes.
    content = pyarrow.BufferOutputStream()
    parquet.write_table(table, content, compression="zstd")
    return content.getvalue().to_pybytes()


def failure_row(job: Job, task: Task, error: str, message: str, trace: str) -> dict[str, Any]:
    """Row of the failures table."""
    return {
        **_identity(job, task), "error": error, "message": message,
        "traceback": trace[-LONGEST_TRACEBACK:],
    }


def _identity(job: Job, task: Task) -> dict[str, Any]:
    return {
        "run": task.run, "point": task.point, "replicate": task.replicate, "seed": task.seed,
        "version": job.version, "code": job.code,
    }


def do(job: Job) -> Result:
    """Do a job: every run of it, whatever some of them raise.

    Parameters
    ----------
    job : Job

    Returns
    -------
    Result

    Raises
    ------
    InputError
        When this process has other sources than the one that began the study.
    """
    begun = perf_counter()
    if (version("swcmarket"), code_here()) != (job.version, job.code):
        raise InputError(
            f"a worker has version {version('swcmarket')} (code {code_here()}), and the study "
            f"{job.version} (code {job.code}). Install the same on every machine."
        )
    runs: list[dict[str, Any]] = []
    failures: list[dict[str, Any]] = []
    scenarios: dict[str, dict[str, Any]] = {}
    simulated, last, scenario, known = 0.0, -1, job.base, ""
    for task in job.tasks:
        try:
            if task.point != last:
                scenario, last = scenario_of(job.base, job.factors, task.levels), task.point
                known = scenario.fingerprint
            start = perf_counter()
            try:
                record = job.measure(scenario, task.seed, job.series)
            finally:
                simulated += perf_counter() - start
        except Exception as error:
            last = -1
            failures.append(failure_row(
                job, task, type(error).__name__, str(error), traceback.format_exc()
            ))
            continue
        runs.append({
            **_identity(job, task), "scenario_hash": known, **record.outcomes,
            **{f"monthly.{name}": values for name, values in record.series.items()},
        })
        # The first replicate of a point brings its scenario; the others have the same.
        if task.replicate == 0:
            scenarios[known] = {
                "scenario_hash": known, "point": task.point, "scenario": scenario_text(scenario),
            }
    return Result(
        parquet_bytes(runs, run_schema(job.series)), parquet_bytes(failures, FAILURE_SCHEMA),
        parquet_bytes(list(scenarios.values()), SCENARIO_SCHEMA),
        len(runs), len(failures), simulated, perf_counter() - begun,
    )
