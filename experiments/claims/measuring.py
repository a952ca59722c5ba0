"""Measure one benchmark, or the patterns, in a process of its own that tells how far it is.

``python -m experiments.claims.measuring B4`` writes one JSON object a line: ``compiling`` with a
step and the number of steps where kernels are compiled first, ``measuring``, a ``line`` for each
claim or a ``pattern``, and ``seconds`` at the end.
"""

import json
import signal
import sys
import time
from collections.abc import Iterator
from typing import Any

from experiments.claims.listed import BENCHMARKS, measured
from experiments.claims.record import (
    PATTERNS_REPLICATES,
    PATTERNS_SCENARIO,
    PATTERNS_SEED,
    line_of,
    pattern_line,
)
from experiments.patterns import Judged, patterns
from simulation import compiling
from simulation.scenario import load

__all__ = ["PATTERNS", "compile_missing", "main", "measured_patterns", "told"]

# Name of the patterns among benchmarks.
PATTERNS = "patterns"


def compile_missing(kernels: str) -> Iterator[tuple[int, int]]:
    """Compile what these sources have not been compiled for yet.

    Parameters
    ----------
    kernels : {"", "sessions", "allowances"}
        Laboratory that is needed beside the model.

    Yields
    ------
    step, steps : int
    """
    work = []
    if not compiling.is_compiled():
        work.append((compiling.steps(), compiling.compile_all))
    # The desks of the allowance laboratory are traders of sessions.
    if kernels and not compiling.laboratory_is_compiled():
        work.append((compiling.laboratory_steps(), compiling.compile_laboratory))
    if kernels == "allowances" and not compiling.allowances_are_compiled():
        work.append((compiling.allowances_steps(), compiling.compile_allowances))
    total, done = sum(steps for steps, _ in work), 0
    for _, compile_part in work:
        for _ in compile_part():
            done += 1
            yield min(done, total), total


def measured_patterns() -> list[Judged]:
    """Patterns of the real trades, held against the voluntary world of the demo."""
    return patterns(load(PATTERNS_SCENARIO), PATTERNS_REPLICATES, PATTERNS_SEED)


def told(name: str) -> Iterator[dict[str, Any]]:
    """What is said while one benchmark is measured.

    Parameters
    ----------
    name : str
        Of a benchmark, or "patterns".

    Yields
    ------
    dict
    """
    chosen = [benchmark for benchmark in BENCHMARKS if benchmark.id == name]
    if not chosen and name != PATTERNS:
        raise ValueError(f"no benchmark {name!r}")
    for step, steps in compile_missing(chosen[0].kernels if chosen else ""):
        yield {"compiling": [step, steps]}
    began = time.perf_counter()
    yield {"measuring": True}
    for verdict in measured(chosen):
        yield {"line": line_of(verdict)._asdict()}
    if not chosen:
        for found in measured_patterns():
            yield {"pattern": pattern_line(found)._asdict()}
    yield {"seconds": round(time.perf_counter() - began, 1)}


def main() -> None:
    """Tell it on standard output."""
    # Ended from outside, processes of this one are ended too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    for said in told(sys.argv[1]):
        sys.stdout.write(json.dumps(said, ensure_ascii=False, allow_nan=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
