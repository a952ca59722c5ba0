"""One analysis for all who ask, worked out again when the store changes; faults as one line."""

import json

import pyarrow
import pytest
from pyarrow import parquet

from dashboard.studies import kept
from dashboard.studies.finding import place_of
from dashboard.studies.kept import analysis_of, listing, state_of
from simulation.errors import InputError
from tests.unit.dashboard.studies.stores import store_of


def test_many_who_ask_share_one_analysis(tmp_path):
    store_of(tmp_path, "grid")
    place = place_of("grid", [tmp_path])
    futures = {id(analysis_of(place)) for _ in range(20)}
    assert len(futures) == 1
    assert analysis_of(place).result().counts == {
        "points": 6, "replicates": 2, "expected": 12, "ended": 12, "failed": 0, "missing": 0}


def test_a_run_more_is_another_state_and_a_report_is_not(tmp_path):
    folder = store_of(tmp_path, "grid")
    before = state_of(folder)
    (folder / "report").mkdir()
    (folder / "report" / "index.html").write_text("x", encoding="utf-8")
    assert state_of(folder) == before
    part = next((folder / "runs").glob("*.parquet"))
    part.rename(part.with_name("part-0000000000-0000000001-0badcafe.parquet"))
    assert state_of(folder) != before


def test_old_analyses_are_let_go(tmp_path):
    for at in range(kept.MOST_KEPT + 2):
        store_of(tmp_path, "line", f"s{at}")
        analysis_of(place_of(f"s{at}", [tmp_path])).result()
    mine = [key for key in kept._KEPT if key[0] == "analysis"]
    assert len(mine) == kept.MOST_KEPT


def test_the_list_says_how_far_each_store_has_come(tmp_path):
    store_of(tmp_path, "failing")
    store_of(tmp_path, "search")
    found = {each.name: each for each in listing([tmp_path])}
    assert (found["failing"].ended, found["failing"].expected) == (8, 12)
    assert (found["search"].design, found["search"].ended) == ("search", 24)


@pytest.mark.parametrize(
    "harm", ["identity", "format", "study", "part", "points", "levels", "texts"]
)
def test_a_damaged_store_is_one_line_without_the_path_of_this_machine(tmp_path, harm):
    folder = store_of(tmp_path / "results", "grid")
    identity = folder / "study.json"
    kept_study = json.loads(identity.read_text(encoding="utf-8"))
    if harm == "identity":
        identity.write_text("{", encoding="utf-8")
    elif harm == "format":
        identity.write_text(json.dumps({**kept_study, "format": 99}), encoding="utf-8")
    elif harm == "study":
        identity.write_text(json.dumps({**kept_study, "study": 3}), encoding="utf-8")
    elif harm == "part":
        next((folder / "runs").glob("*.parquet")).write_bytes(b"torn")
    elif harm == "points":
        (folder / "points.parquet").unlink()
    elif harm == "texts":
        table = parquet.read_table(folder / "points.parquet", partitioning=None)
        torn = pyarrow.array(["{"] * table.num_rows)
        parquet.write_table(table.set_column(1, "levels", torn), folder / "points.parquet")
    else:
        (folder / "points.parquet").write_bytes(
            next((folder / "runs").glob("*.parquet")).read_bytes())
    with pytest.raises(InputError) as refused:
        analysis_of(place_of("grid", [tmp_path / "results"])).result()
    assert "\n" not in str(refused.value)
    assert str(tmp_path) not in str(refused.value)
    assert str(refused.value).startswith("grid")


def test_a_store_without_runs_says_so(tmp_path):
    folder = store_of(tmp_path, "grid")
    for part in (folder / "runs").glob("*.parquet"):
        part.unlink()
    with pytest.raises(InputError, match="no run has ended yet"):
        analysis_of(place_of("grid", [tmp_path])).result()


def test_an_unfinished_study_counts_what_is_missing_and_says_what_is_not_analysed(tmp_path):
    folder = store_of(tmp_path, "sobol")
    for part in sorted((folder / "runs").glob("*.parquet"))[1:]:
        part.unlink()
    analysis = analysis_of(place_of("sobol", [tmp_path])).result()
    counts = analysis.counts
    assert counts["missing"] == counts["expected"] - counts["ended"] > 0
    assert "volume_t" in analysis.subject.found.silent
