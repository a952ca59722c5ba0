"""Search among levers: the next generation of points depends on what the last one came to."""

import json
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np
import pyarrow

from experiments.analysis.criteria import Criterion as Wanted
from experiments.analysis.futures import future_means
from experiments.analysis.search import Search, SearchFactor
from experiments.study.declaring import Level
from experiments.study.factors import Factor
from experiments.study.files import StudyFile
from experiments.study.identity import begin
from experiments.study.jobs import Measure, job_of
from experiments.study.locks import held_alone
from experiments.study.points import tasks_of
from experiments.study.pools import Pool
from experiments.study.runner import Account, run_tasks
from experiments.study.store import POINTS, Store, points_table, table_bytes
from simulation.errors import InputError

__all__ = ["run_search", "search_of", "told_values"]


def _search_factor(factor: Factor) -> SearchFactor:
    if factor.levels:
        return SearchFactor(factor.called, values=factor.levels)
    return SearchFactor(
        factor.called, factor.low, factor.high, factor.scale, whole=factor.whole
    )


def search_of(found: StudyFile) -> Search:
    """Search that a study asks for, before its first generation.

    Parameters
    ----------
    found : StudyFile

    Returns
    -------
    Search

    Raises
    ------
    InputError
        When Optuna is missing, or factors or criteria cannot be searched.
    """
    study = found.study
    return Search(
        [_search_factor(factor) for factor in study.factors],
        [Wanted(item.outcome, item.better, item.threshold) for item in study.criteria],
        study.design.points, study.design.seed,
    )


def told_values(store: Store, found: StudyFile, first: int) -> np.ndarray:
    """Outcomes of a generation from its store.

    Parameters
    ----------
    store : Store
    found : StudyFile
    first : int
        First point of the generation.

    Returns
    -------
    float array, shape (points, criteria)
        Means over the replicates that have a value; NaN where none has.
    """
    study, names = found.study, [item.outcome for item in found.study.criteria]
    table = store.runs(["point", "replicate", *names])
    table = table[(table["point"] >= first) & (table["point"] < first + study.design.points)]
    values = np.full((study.design.points, len(names), study.replicates), np.nan)
    places = table["point"].to_numpy() - first, table["replicate"].to_numpy()
    for number, name in enumerate(names):
        values[places[0], number, places[1]] = table[name].to_numpy(dtype=float)
    return future_means(values)


def run_search(
    found: StudyFile, folder: Path, pool: Pool, *,
    measure: Measure,
    begun: Callable[[int, int], None], told: Callable[[int, int], None],
) -> tuple[Store, Account]:
    """Run a search, or go on with one: answers that are kept are told again, not run again.

    Parameters
    ----------
    found, folder, pool, measure, begun, told
        See `experiments.study.session.run_study`.

    Returns
    -------
    Store, Account

    Raises
    ------
    InputError
        See `experiments.study.session.run_study`.
    """
    study, store = found.study, begin(found, folder)
    size, every = study.design.points, study.design.points * study.design.generations
    with held_alone(folder):
        job = job_of(found.base, study.factors, study.series, measure)
        search, start = search_of(found), perf_counter()
        levels: list[dict[str, Level]] = []
        kept = store.levels() if (folder / POINTS).exists() else []
        kept_generations = len(kept) // size
        done = store.done()
        begun(every * study.replicates, len(done))
        account = Account(0, 0, 0.0, 0.0, pool.size, 0)
        for generation in range(study.design.generations):
            asked, first = search.ask(), generation * size
            levels += asked
            if generation < kept_generations and kept[first : first + size] != json.loads(
                json.dumps(asked)
            ):
                raise InputError(
                    f"{folder}: holds other points than this search asks for, as another version "
                    "of Optuna would. Give another folder with --out."
                )
            if generation >= kept_generations:
                store.write_file(POINTS, _points_bytes(study.factors, levels, size))
            runs = [
                replicate * every + point for replicate in range(study.replicates)
                for point in range(first, first + size)
            ]
            missing = [run for run in runs if run not in done]
            tasks = list(tasks_of(study, dict(enumerate(levels)), every, missing))
            one = run_tasks(store, job, pool, tasks, told)
            account = Account(
                account.done + one.done, account.failed + one.failed, perf_counter() - start,
                account.simulated_seconds + one.simulated_seconds, pool.size,
                account.losses + one.losses,
            )
            search.tell(asked, told_values(store, found, first))
        return store, account


def _points_bytes(
    factors: tuple[Factor, ...], levels: list[dict[str, Level]], size: int
) -> bytes:
    table = points_table(factors, levels, None)
    generations = pyarrow.array(np.arange(len(levels)) // size)
    return table_bytes(table.append_column("generation", generations))
