"""How long thirty replicates of fifteen years take: the smallest unit of a study.

``python -m benchmarks.study`` runs the county world on one core, set-up and outcomes included, and
the object version of the same run beside it. ``--json`` prints the same figures for a program.
Times are processor time; compilation is left out.
"""

import argparse
import json
import sys
from time import process_time
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.object_model import ObjectMarketModel
from experiments.seeds import replicate_seed
from simulation.results import simulate
from simulation.scenario import load

__all__ = ["main", "measured"]

MECHANISMS = ("listing", "bilateral", "call_auction")
SCENARIOS = ("china-counties", "ccer-eligible")
REPLICATES = 30


def measured(name: str, mechanism: str, replicates: int = REPLICATES) -> dict[str, Any]:
    """Seconds of a study's cell, and how much quicker it is than the object version.

    Parameters
    ----------
    name : str
        Scenario.
    mechanism : str
    replicates : int

    Returns
    -------
    dict
        ``seconds`` of all replicates with outcomes, ``object_seconds`` for as many runs (one is
        timed), and their ``ratio``.
    """
    scenario = load(name, {"market.mechanism": mechanism})
    simulate(scenario, 1)
    seeds = [replicate_seed(1, replicate) for replicate in range(replicates)]
    start = process_time()
    runs = [simulate(scenario, seed) for seed in seeds]
    seconds = process_time() - start
    start = process_time()
    model = ObjectMarketModel(scenario, seeds[0], "quickest")
    model.run()
    other = (process_time() - start) * replicates
    if len(model.deals) != len(runs[0].deals):
        raise SystemExit("the engine and the object version strike different deals")
    return {
        "scenario": name, "mechanism": mechanism, "replicates": replicates,
        "months": scenario.months, "seconds": seconds, "object_seconds": other,
        "ratio": other / seconds,
    }


def main(words: list[str] | None = None) -> None:
    """Print the times.

    Parameters
    ----------
    words : list of str, optional
        Words after the command; those of the process where not given.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.study", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    as_json = parser.parse_args(words).json
    rows = [measured(name, mechanism) for name in SCENARIOS for mechanism in MECHANISMS]
    if as_json:
        sys.stdout.write(json.dumps(rows, indent=2) + "\n")
        return
    table = Table(
        title=f"{REPLICATES} replicates of {rows[0]['months']} months, seconds on one core"
    )
    for head in ("scenario", "rule", "engine", "object version", "ratio"):
        table.add_column(head, justify="left" if head in ("scenario", "rule") else "right")
    for row in rows:
        table.add_row(
            row["scenario"], row["mechanism"], f"{row['seconds']:.2f}",
            f"{row['object_seconds']:.1f}", f"{row['ratio']:.0f}",
        )
    Console().print(table)


if __name__ == "__main__":
    main()
