"""A run of a store becomes the scenario and the seed that were run."""

import pytest

from dashboard.studies.opening import scenario_of_run
from experiments.study.identity import open_store
from simulation.errors import InputError
from tests.unit.dashboard.studies.stores import store_of


def test_scenario_and_seed_are_those_of_the_run(tmp_path):
    """The hash in the store is that of the scenario: nothing else was run."""
    store = open_store(store_of(tmp_path, "grid", "mine/first"))
    for run in (0, 5, 11):
        row = store.row("runs", run)
        scenario, seed = scenario_of_run(tmp_path, "mine/first", run)
        assert (scenario.fingerprint, seed) == (row["scenario_hash"], row["seed"])


def test_a_run_that_failed_can_be_opened(tmp_path):
    store = open_store(store_of(tmp_path, "failing"))
    run = int(store.failures()["run"][0])
    scenario, _ = scenario_of_run(tmp_path, "failing", str(run))
    assert scenario.voluntary.demand_scale == 1.0


@pytest.mark.parametrize(("store", "run"), [
    ("grid", 12), ("grid", -1), ("grid", "x"), ("grid", 10**30), ("grid", "1.5"), ("gird", 0),
    ("../grid", 0), ("", 0),
])
def test_what_is_not_there_is_said_in_one_line(tmp_path, store, run):
    store_of(tmp_path / "results", "grid")
    with pytest.raises(InputError) as refused:
        scenario_of_run(tmp_path / "results", store, run)
    assert "\n" not in str(refused.value)
    assert str(tmp_path) not in str(refused.value)


def test_a_damaged_store_is_said_in_one_line(tmp_path):
    folder = store_of(tmp_path, "grid")
    (folder / "points.parquet").write_bytes(b"no parquet")
    with pytest.raises(InputError) as refused:
        scenario_of_run(tmp_path, "grid", 0)
    assert str(tmp_path) not in str(refused.value)
