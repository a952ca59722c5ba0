"""The table of runs, one run in words, and what a replay says."""

import csv
import io

import pytest

from dashboard.studies.finding import place_of
from dashboard.studies.kept import Analysis
from dashboard.studies.runs import ROWS, RunsWish, as_csv, replay_told, run_told, runs_page
from experiments.study.reading import flat_table
from experiments.study.replaying import replay
from tests.unit.dashboard.studies.stores import KEYS, store_of
from tests.unit.experiments.study import made


@pytest.fixture(scope="module")
def failing(tmp_path_factory):
    """Twelve runs, four of which raised."""
    root = tmp_path_factory.mktemp("results")
    store_of(root, "failing")
    return Analysis(place_of("failing", [root]))


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """More runs than a page holds."""
    root = tmp_path_factory.mktemp("results")
    store_of(root, "boxes")
    return Analysis(place_of("boxes", [root]))


def test_runs_are_shown_a_page_at_a_time(many):
    first = runs_page(many, ("volume_t",), RunsWish(), "en")
    assert [row["run"] for row in first["rows"]] == list(range(ROWS))
    last = runs_page(many, ("volume_t",), RunsWish(page=10**9), "en")
    assert (last["page"], last["pages"]) == (9, 10)
    assert last["rows"][-1]["run"] == 199
    assert last["told"] == "181–200 of 200"


def test_outcomes_stand_beside_the_run_and_its_seed_last(many):
    """A seed of eighteen digits would push what came out beyond the edge of the window."""
    page = runs_page(many, ("volume_t", "price_yuan_per_t"), RunsWish(), "en")
    keys = [column["key"] for column in page["columns"]]
    assert keys[:3] == ["run", "volume_t", "price_yuan_per_t"]
    assert page["outcomes"] == 2
    assert keys[-3:] == ["point", "replicate", "seed"]


def test_a_column_sorts_all_runs_not_only_those_shown(many):
    down = runs_page(many, (), RunsWish(sort=KEYS[0], down=True), "en")
    at = [column["key"] for column in down["columns"]].index(KEYS[0])
    largest = max(level[KEYS[0]] for level in many.reading.levels)
    assert float(down["rows"][0]["cells"][at]) == pytest.approx(largest, rel=0.01)
    # What is no column sorts nothing.
    assert runs_page(many, (), RunsWish(sort="code"), "en")["rows"][0]["run"] == 0


def test_failed_runs_say_why(failing):
    only = runs_page(failing, ("volume_t",), RunsWish(failed=True), "zh")
    assert len(only["rows"]) == 4
    assert only["rows"][0]["message"] == "ZeroDivisionError: no demand of one"
    told = run_told(failing, only["rows"][0]["run"], "en", every=False)
    assert told["outcomes"] == []
    assert "no demand of one" in told["message"]
    assert run_told(failing, 12, "en", every=False) is None


def test_names_of_the_author_are_shown_in_chinese(many):
    page = runs_page(many, (), RunsWish(), "zh")
    at = [column["key"] for column in page["columns"]].index("market.mechanism")
    assert {row["cells"][at] for row in page["rows"]} == {"挂牌", "集合竞价"}


def test_a_replay_says_whether_all_numbers_are_the_same(failing):
    store = failing.store
    run = int(failing.table["run"][failing.table["error"].isna()].iloc[0])
    same = replay_told(replay(store, run, made.scaled), store.version, "en")
    assert same["same"]
    assert "the same to the last bit" in same["lines"][-1]
    other = replay_told(replay(store, run, made.ishigami), store.version, "zh")
    assert not other["same"]
    assert len(other["rows"]) == 90


def test_a_replay_of_a_failure_compares_the_errors(failing):
    run = int(failing.store.failures()["run"][0])
    same = replay_told(replay(failing.store, run, made.sometimes_wrong), "0", "en")
    assert same["same"]
    gone = replay_told(replay(failing.store, run, made.scaled), "0", "en")
    assert not gone["same"]
    assert "no demand of one" in gone["lines"][-1]


def test_the_file_holds_every_run_with_exact_numbers(failing):
    rows = list(csv.DictReader(io.StringIO(as_csv(failing), newline="")))
    flat = flat_table(failing.reading)
    assert len(rows) == 12
    assert [row["error"] for row in rows].count("ZeroDivisionError") == 4
    kept = [float(row["volume_t"]) for row in rows if row["volume_t"]]
    assert kept == flat["volume_t"].dropna().tolist()
