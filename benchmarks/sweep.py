"""What a study of ten thousand runs takes, and what of it is not spent in the model.

``python -m benchmarks.sweep`` runs the shipped Sobol study (60 projects, 300 firms, 15 years)
twice: with two processes, then with one. ``--points N`` takes another size, ``--json`` prints the
same figures for a program. Everything counts: starting processes, handing out, validating
scenarios, writing and flushing Parquet parts.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.table import Table

from experiments.study.files import StudyFile, load_study
from experiments.study.pools import pool_for
from experiments.study.session import run_study
from simulation.results import simulate

__all__ = ["main", "measured"]

STUDY = "price-drivers"


def sized(points: int | None) -> StudyFile:
    """The study with so many base points."""
    found = load_study(STUDY)
    if points is None:
        return found
    design = found.study.design.model_copy(update={"points": points})
    return found._replace(study=found.study.model_copy(update={"design": design}))


def measured(found: StudyFile, workers: int) -> dict[str, Any]:
    """Run a study into an empty store.

    Parameters
    ----------
    found : StudyFile
    workers : int

    Returns
    -------
    dict
        ``runs``, ``failed``, ``seconds`` from the first process started to the last row flushed,
        ``simulated_seconds`` inside runs over all workers, ``overhead_share``, ``megabytes``.
    """
    with tempfile.TemporaryDirectory() as folder:
        start = perf_counter()
        pool = pool_for(workers)
        try:
            store, account = run_study(found, Path(folder) / "store", pool)
        finally:
            pool.close()
        seconds = perf_counter() - start
        size = sum(path.stat().st_size for path in store.folder.rglob("*") if path.is_file())
    return {
        "workers": workers, "runs": account.done, "failed": account.failed, "seconds": seconds,
        "simulated_seconds": account.simulated_seconds,
        "overhead_share": 1.0 - account.simulated_seconds / (workers * seconds),
        "megabytes": size / 1e6,
    }


def main(words: list[str] | None = None) -> None:
    """Print the times.

    Parameters
    ----------
    words : list of str, optional
        Words after the command; those of the process where not given.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sweep", description=__doc__)
    parser.add_argument("--points", type=int, help="base points of the Sobol design")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = parser.parse_args(words)
    found = sized(given.points)
    # Loads what was compiled, in this process; the others do so on their own account.
    simulate(found.base, 1)
    rows = [measured(found, workers) for workers in (2, 1)]
    ratio = rows[1]["seconds"] / rows[0]["seconds"]
    if given.json:
        sys.stdout.write(json.dumps({"rows": rows, "ratio": ratio}, indent=2) + "\n")
        return
    table = Table(title=f"{rows[0]['runs']:,} runs of {found.base.months} months")
    for head in ("processes", "runs", "failed", "time", "in the model", "overhead", "runs/s",
                 "disk"):
        table.add_column(head, justify="right")
    for row in rows:
        table.add_row(
            str(row["workers"]), f"{row['runs']:,}", str(row["failed"]), f"{row['seconds']:.0f} s",
            f"{row['simulated_seconds']:.0f} s", f"{row['overhead_share']:.1%}",
            f"{row['runs'] / row['seconds']:.0f}", f"{row['megabytes']:.1f} MB",
        )
    table.caption = f"Two processes are {ratio:.2f} times as fast as one."
    Console().print(table)


if __name__ == "__main__":
    main()
