"""A study from beginning to end: its store is begun or gone on with, and what is missing is run."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np
import pyarrow

from experiments.study.files import StudyFile
from experiments.study.identity import begin
from experiments.study.jobs import Job, Measure, Result, do, job_of, measured, run_schema
from experiments.study.locks import WHOLE, Shard, held_alone
from experiments.study.points import Points, design_points, tasks_of
from experiments.study.pools import Pool
from experiments.study.runner import JOB_SECONDS, LARGEST_JOB, Account, run_tasks
from experiments.study.store import POINTS, Store, points_table, table_bytes
from simulation.errors import InputError

__all__ = ["Estimate", "estimate", "run_study", "total_runs"]

# Runs that an estimate is made from, spread over the points.
SAMPLED_RUNS = 6
NUMBER_BYTES = 8


class Estimate(NamedTuple):
    """What a study would take.

    Attributes
    ----------
    points, runs : int
    seconds_a_run : float
        Mean of the runs that were tried, with handing out.
    bytes_a_run : float
    tried : int
        Runs that the estimate was made from.
    failed : int
        Of these.
    """

    points: int
    runs: int
    seconds_a_run: float
    bytes_a_run: float
    tried: int
    failed: int

    def seconds(self, workers: int) -> float:
        """Time with so many workers."""
        return self.runs * self.seconds_a_run / workers

    @property
    def megabytes(self) -> float:
        """Disk for all runs."""
        return self.runs * self.bytes_a_run / 1e6


def total_runs(found: StudyFile) -> int:
    """Runs of a whole study."""
    return (found.study.point_count or len(found.listed)) * found.study.replicates


def estimate(found: StudyFile, measure: Measure = measured) -> Estimate:
    """Try a few runs, and say what all of them would take.

    Parameters
    ----------
    found : StudyFile
    measure : callable

    Returns
    -------
    Estimate
    """
    points = _first_generation(found) if _is_search(found) else design_points(found)
    every = len(points.levels)
    chosen = np.unique(np.linspace(0, every - 1, SAMPLED_RUNS).astype(int)).tolist()
    tasks = list(tasks_of(found.study, dict(enumerate(points.levels)), every, chosen))
    job = job_of(found.base, points.factors, found.study.series, measure)
    # The first run loads what was compiled, which is once and not once a run.
    first = do(job._replace(tasks=tasks[:1]))
    start = perf_counter()
    result = do(job._replace(tasks=tasks))
    seconds = perf_counter() - start
    runs, each = total_runs(found), seconds / len(tasks)
    return Estimate(
        runs // found.study.replicates, runs, each, _bytes_a_run(found, job, first, result, each),
        len(tasks), result.failed,
    )


def _bytes_a_run(
    found: StudyFile, job: Job, first: Result, result: Result, seconds_a_run: float
) -> float:
    # A file has a head, which the runs of a job share; numbers hardly shrink when packed, and of a
    # scenario only what differs from its neighbour is kept.
    head = len(table_bytes(run_schema(job.series).empty_table()))
    shared = min(max(JOB_SECONDS / seconds_a_run, 1.0), LARGEST_JOB)
    numbers = len(run_schema().names) + len(job.series) * job.base.months
    row = float(NUMBER_BYTES * numbers)
    more = (len(result.scenarios) - len(first.scenarios)) / max(result.done - 1, 1)
    return row + head / shared + max(more, 0.0) / found.study.replicates


def _is_search(found: StudyFile) -> bool:
    return found.study.design.kind == "search"


def _first_generation(found: StudyFile) -> Points:
    from experiments.study.searching import search_of

    return Points(found.study.factors, search_of(found).ask(), None)


def run_study(
    found: StudyFile, folder: Path, pool: Pool, *, shard: Shard = WHOLE, retry: bool = False,
    measure: Measure = measured,
    begun: Callable[[int, int], None] = lambda total, done: None,
    told: Callable[[int, int], None] = lambda ended, failed: None,
) -> tuple[Store, Account]:
    """Run what a store does not hold yet.

    Parameters
    ----------
    found : StudyFile
    folder : Path
        Of the store.
    pool : Pool
        Not closed here.
    shard : tuple of int and int
        Which part of the runs.
    retry : bool
        Runs that raised are tried again.
    measure : callable
        What a run is; must be importable by the workers.
    begun : callable
        Called with the runs of this shard and those that the store holds already.
    told : callable
        See `experiments.study.runner.run_tasks`.

    Returns
    -------
    Store, Account

    Raises
    ------
    InputError
        See `experiments.study.store.begin`, `held_alone` and `run_tasks`.
    """
    if _is_search(found):
        from experiments.study.searching import run_search

        if retry:
            raise InputError(
                "--retry: what a search tries next rests on what came out before, failures "
                "included. Give another folder with --out."
            )
        if shard != WHOLE:
            raise InputError("--shard: a search decides as it goes, and cannot be split.")
        return run_search(found, folder, pool, measure=measure, begun=begun, told=told)
    points = design_points(found)
    store = begin(found, folder)
    with held_alone(folder, shard):
        _keep_points(store, points)
        wanted = shard_runs(total_runs(found), shard)
        done = store.done(also_failed=not retry)
        missing = [run for run in wanted if run not in done]
        begun(len(wanted), len(wanted) - len(missing))
        every = len(points.levels)
        tasks = list(tasks_of(found.study, dict(enumerate(points.levels)), every, missing))
        job = job_of(found.base, points.factors, found.study.series, measure)
        return store, run_tasks(store, job, pool, tasks, told)


def shard_runs(runs: int, shard: Shard) -> Sequence[int]:
    """Numbers of the runs of a shard: one stretch, so that its runs share their luck."""
    number, of = shard
    return range(runs * (number - 1) // of, runs * number // of)


def _keep_points(store: Store, points: Points) -> None:
    if (store.folder / POINTS).exists():
        if store.levels() != json.loads(json.dumps(points.levels)):
            raise InputError(
                f"{store.folder / POINTS}: holds other points than the study makes. Give another "
                "folder with --out."
            )
        return
    table = points_table(points.factors, points.levels, points.unit)
    if points.options:
        places = np.arange(len(points.levels))
        table = table.append_column("option", pyarrow.array(places % points.options))
        table = table.append_column("future", pyarrow.array(places // points.options))
    store.write_file(POINTS, table_bytes(table))
