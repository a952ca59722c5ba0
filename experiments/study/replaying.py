"""Any run of a store, run again from what the store holds."""

import traceback
from importlib.metadata import version
from typing import Any, NamedTuple

from experiments.study.jobs import Measure, Record, code_here, measured, scenario_of
from experiments.study.points import seed_of
from experiments.study.store import Store
from simulation.errors import InputError
from simulation.outcomes import OUTCOMES
from simulation.scenario import Scenario

__all__ = ["Replay", "replay"]


class Replay(NamedTuple):
    """A run that was run again.

    Attributes
    ----------
    run, point, replicate, seed : int
    levels : dict
        Factor to value.
    scenario : Scenario
    recorded, found : dict
        Outcomes in the store and now; empty where a run raised.
    error_recorded, error_found : str
        What was raised, type and message; empty where nothing was.
    trace : str
        Of the error now.
    same_program : bool
        Whether version and sources are those that wrote the row.
    """

    run: int
    point: int
    replicate: int
    seed: int
    levels: dict[str, Any]
    scenario: Scenario
    recorded: dict[str, float | None]
    found: dict[str, float | None]
    error_recorded: str
    error_found: str
    trace: str
    same_program: bool

    @property
    def differing(self) -> list[str]:
        """Outcomes whose numbers are not the same to the last bit."""
        names = {**self.recorded, **self.found}
        return [name for name in names if self.recorded.get(name) != self.found.get(name)]

    @property
    def reproduced(self) -> bool:
        """Whether everything came out as recorded."""
        return not self.differing and self.error_recorded == self.error_found


def replay(store: Store, run: int, measure: Measure = measured) -> Replay:
    """Run one run of a study again.

    Parameters
    ----------
    store : Store
    run : int
        Number of the run, as in the table of runs or of failures.
    measure : callable
        What a run is.

    Returns
    -------
    Replay

    Raises
    ------
    InputError
        When the store holds no such run.
    """
    if not 0 <= run < 2**63:
        raise InputError(f"run {run} is no number of a run. Give one from 0.")
    row = _recorded(store, run)
    levels = store.levels()[row["point"]]
    if row["seed"] != seed_of(store.study, row["replicate"], row["point"]):
        raise InputError(f"{store.folder}: the seed of run {run} is not that of its study.")
    same = (row["version"], row["code"]) == (version("swcmarket"), code_here())
    error = f"{row['error']}: {row['message']}" if "error" in row else ""
    recorded = {} if error else {outcome.name: row[outcome.name] for outcome in OUTCOMES}
    scenario, found, raised, trace = store.base, {}, "", ""
    try:
        scenario = scenario_of(store.base, store.study.factors, levels)
        if same and not error and scenario.fingerprint != row["scenario_hash"]:
            raise InputError(
                f"{store.folder}: the scenario of run {run} is not the one that was run."
            )
        record: Record = measure(scenario, row["seed"], store.study.series)
        # The store has one kind of number.
        found = {
            name: None if value is None else float(value)
            for name, value in record.outcomes.items()
        }
    except Exception as failure:
        if not error:
            raise
        raised, trace = f"{type(failure).__name__}: {failure}", traceback.format_exc()
    return Replay(
        run, row["point"], row["replicate"], row["seed"], levels, scenario, recorded, found,
        error, raised, trace, same,
    )


def _recorded(store: Store, run: int) -> dict[str, Any]:
    for table in (store.row("runs", run), store.row("failures", run)):
        if table is not None:
            return table
    done = store.done()
    gaps = ", not all of them" if done and max(done) - min(done) >= len(done) else ""
    some = f"runs {min(done)} to {max(done)}{gaps}" if done else "none yet"
    raise InputError(f"{store.folder}: holds no run {run}. It holds {some}.")
