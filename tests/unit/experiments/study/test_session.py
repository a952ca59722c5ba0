"""Studies run: every run once, kept whole, whatever raises, ends or is edited."""

import errno
import json
import os
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

import pytest

from experiments.study import identity
from experiments.study.identity import open_store
from experiments.study.pools import Here, Processes
from experiments.study.replaying import replay
from experiments.study.session import estimate, run_study, shard_runs
from simulation.errors import InputError
from simulation.results import simulate
from simulation.scenario import load
from tests.unit.experiments.study import made
from tests.unit.experiments.study.made import KEYS, study


def ran(found, folder, measure=made.scaled, **more):
    """Store and account of a study run in this process."""
    return run_study(found, folder, Here(), measure=measure, **more)


def test_every_run_of_every_point_is_a_row(tmp_path):
    """With its point, replicate, seed, version, and the hash of the scenario that was run."""
    store, account = ran(study(tmp_path), tmp_path / "store")
    rows = store.runs()
    assert (account.done, account.failed, len(rows)) == (12, 0, 12)
    assert rows["run"].tolist() == list(range(12))
    for row in rows.itertuples():
        levels = store.levels()[row.point]
        expected = load("tiny", {"months": 12, **levels})
        assert row.scenario_hash == expected.fingerprint
        assert row.volume_t == 1000.0 * levels[KEYS[0]] + row.seed % 997
    assert rows["seed"].nunique() == 2


def test_the_scenario_of_every_row_is_kept_whole(tmp_path):
    store, _ = ran(study(tmp_path), tmp_path / "store")
    for hashed in store.runs()["scenario_hash"]:
        assert store.scenario(hashed).fingerprint == hashed
    assert store.scenario("no such hash") is None


def test_a_real_run_is_what_simulate_gives(tmp_path):
    found = study(tmp_path, series=["price_yuan_per_t", "volume_t"])
    store, _ = run_study(found, tmp_path / "store", Here())
    rows = store.runs()
    levels = store.levels()[4]
    run = simulate(load("tiny", {"months": 12, **levels}), int(rows["seed"][10]))
    assert rows["point"][10] == 4
    for name, value in run.outcomes.items():
        kept = rows[name][10]
        assert (value is None and kept != kept) or kept == value, name
    monthly = run.monthly
    assert rows["monthly.volume_t"][10].tolist() == monthly["volume_t"].tolist()
    prices = rows["monthly.price_yuan_per_t"][10]
    assert [None if p != p else p for p in prices.tolist()] == [
        None if p != p else p for p in monthly["price_yuan_per_t"].tolist()
    ]


def test_a_run_that_raises_is_a_row_of_the_failures_and_the_rest_finish(tmp_path):
    store, account = ran(study(tmp_path), tmp_path / "store", made.sometimes_wrong)
    failures = store.failures()
    assert (account.done, account.failed) == (8, 4)
    assert failures["run"].tolist() == [2, 3, 8, 9]
    assert set(failures["error"]) == {"ZeroDivisionError"}
    assert set(failures["message"]) == {"no demand of one"}
    assert failures["traceback"].str.contains("sometimes_wrong").all()
    assert store.runs()["run"].tolist() == [0, 1, 4, 5, 6, 7, 10, 11]
    # Begun again, what raised is not run again, unless that is asked for.
    _, account = ran(study(tmp_path), tmp_path / "store", made.sometimes_wrong)
    assert (account.done, account.failed) == (0, 0)
    store, account = ran(study(tmp_path), tmp_path / "store", made.scaled, retry=True)
    assert (account.done, account.failed) == (4, 0)
    assert len(store.failures()) == 0
    assert store.runs()["run"].tolist() == list(range(12))


def test_a_point_that_is_no_scenario_is_a_failure_of_its_own(tmp_path):
    """Each value is allowed, two of them together are not."""
    factors = [
        {"key": "price_limits.floor_yuan_per_t", "values": [0.0, 50.0]},
        {"key": "price_limits.ceiling_yuan_per_t", "values": [0.0, 40.0]},
    ]
    store, account = ran(study(tmp_path, factors=factors), tmp_path / "store")
    assert (account.done, account.failed) == (6, 2)
    assert store.failures()["error"].tolist() == ["ScenarioError"] * 2
    assert "is above ceiling_yuan_per_t" in store.failures()["message"][0]


def test_more_replicates_go_on_where_fewer_ended(tmp_path):
    first, _ = ran(study(tmp_path), tmp_path / "store")
    before = first.runs()
    store, account = ran(study(tmp_path, replicates=5), tmp_path / "store")
    assert account.done == 18
    assert store.runs().head(12).equals(before)
    assert open_store(tmp_path / "store").study.replicates == 5


def test_shards_together_are_the_whole(tmp_path):
    whole, _ = ran(study(tmp_path), tmp_path / "whole")
    for number in (2, 3, 1):
        store, _ = ran(study(tmp_path), tmp_path / "parts", shard=(number, 3))
    assert store.runs().equals(whole.runs())
    assert [len(shard_runs(10, (number, 4))) for number in (1, 2, 3, 4)] == [2, 3, 2, 3]


@pytest.mark.parametrize(("change", "said"), [
    ({"set": {"months": 24}}, "set.months was 12 and is 24"),
    ({"base_seed": 2}, "base_seed was 1 and is 2"),
    ({"factors": [made.TABLE["factors"][0],
                  {"key": "market.mechanism", "values": ["listing", "mcafee"]}]},
     'factors.1.values.1 was "call_auction" and is "mcafee"'),
    ({"factors": [made.TABLE["factors"][0]]}, "factors had 2 entries and has 1"),
    ({"factors": [{"key": KEYS[0], "values": [0.5, 1, 2.0]}, made.TABLE["factors"][1]]},
     "factors.0.values.1 was 1.0 and is 1"),
])
def test_an_edited_study_is_told_by_what_was_edited(tmp_path, change, said):
    """Nothing is lost: undone, it goes on."""
    before, _ = ran(study(tmp_path), tmp_path / "store")
    kept = before.runs()
    with pytest.raises(InputError) as error:
        ran(study(tmp_path, **change), tmp_path / "store")
    assert said in str(error.value)
    assert "Undo the change to go on, or give another folder" in str(error.value)
    assert "\n" not in str(error.value)
    store, account = ran(study(tmp_path), tmp_path / "store")
    assert account.done == 0
    assert store.runs().equals(kept)


OPTIONS = {"dear": {"verification.fixed_cost_yuan": 9e5},
           "cheap": {"verification.fixed_cost_yuan": 1e5}}


def test_options_in_another_order_are_an_edited_study(tmp_path):
    """Points are numbered in their order: more replicates would run other points."""
    def rules(options):
        return study(tmp_path, factors=[{"name": "rules", "options": options}])

    ran(rules(OPTIONS), tmp_path / "store")
    with pytest.raises(InputError, match=r"factors.0.options.0.0 was .dear. and is .cheap."):
        ran(rules(dict(reversed(OPTIONS.items()))), tmp_path / "store")


def test_points_that_are_not_those_of_the_study_stop_it(tmp_path):
    """Whatever the cause: the number of a point means one thing in a store."""
    store, _ = ran(study(tmp_path), tmp_path / "store", shard=(1, 2))
    other, _ = ran(study(tmp_path, factors=[made.TABLE["factors"][0]]), tmp_path / "other")
    (store.folder / "points.parquet").write_bytes((other.folder / "points.parquet").read_bytes())
    with pytest.raises(InputError, match="holds other points than the study makes"):
        ran(study(tmp_path), tmp_path / "store")


@pytest.mark.parametrize("content", [
    '{"format": 1}', "[]", "null", "", '{"format": 1, "study": {"scenario": 3}, "scenario": {}, '
    '"fingerprint": "", "runs": {}, "listed": [], "version": "", "code": ""}',
])
def test_a_damaged_identity_is_one_line_and_the_way_out(tmp_path, content):
    store, _ = ran(study(tmp_path), tmp_path / "store")
    (store.folder / "study.json").write_text(content)
    with pytest.raises(InputError, match=r"is damaged\. Put it back"):
        open_store(store.folder)


def test_processes_that_end_at_once_are_not_started_for_ever(tmp_path):
    """As in a script without a guarded entry."""
    pool = Scripted(dict.fromkeys(range(1200), 10**6))
    with pytest.raises(InputError, match="end as soon as they begin"):
        run_study(study(tmp_path, replicates=200), tmp_path / "store", pool, measure=made.scaled)
    assert pool.renewed < 50


def test_an_edited_base_scenario_is_an_edited_study(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('extends = "tiny"\nname = "own"\n')
    ran(study(tmp_path, scenario="own.toml"), tmp_path / "store")
    own.write_text('extends = "tiny"\nname = "own"\n[voluntary]\npeer_weight = 0.9\n')
    with pytest.raises(InputError, match="the base scenario is another"):
        ran(study(tmp_path, scenario="own.toml"), tmp_path / "store")


def test_runs_of_two_programs_are_not_mixed(tmp_path, monkeypatch):
    ran(study(tmp_path), tmp_path / "store")
    monkeypatch.setattr(identity, "code_here", lambda: "another")
    with pytest.raises(InputError, match=r"was begun with version .* would not compare"):
        ran(study(tmp_path), tmp_path / "store")


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "diary.txt").write_text("mine")
    with pytest.raises(InputError, match="holds files that are no store"):
        ran(study(tmp_path), tmp_path / "store")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        ran(study(tmp_path), tmp_path / "file")
    with pytest.raises(InputError, match="is no store of a study"):
        open_store(tmp_path / "store")


def test_a_damaged_part_is_named_and_its_runs_are_run_again(tmp_path):
    store, _ = ran(study(tmp_path), tmp_path / "store")
    kept = store.runs()
    part = store.parts("runs")[0]
    part.write_bytes(part.read_bytes()[:100])
    with pytest.raises(InputError, match=r"damaged or missing .* Remove it and run"):
        ran(study(tmp_path), tmp_path / "store")
    part.unlink()
    again, account = ran(study(tmp_path), tmp_path / "store")
    assert account.done > 0
    assert again.runs().equals(kept)


def test_a_full_disk_stops_the_study_and_loses_nothing(tmp_path, monkeypatch):
    """What was kept before stays, and the study goes on when there is room."""
    real, written = os.fsync, []

    def full(number):
        if len(written) > 6:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(number)
        real(number)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError) as error:
        ran(study(tmp_path), tmp_path / "store")
    assert "cannot be written (No space left on device). All runs before it are kept" \
        in str(error.value)
    monkeypatch.setattr(os, "fsync", real)
    kept = open_store(tmp_path / "store")
    assert 0 < len(kept.done()) < 12
    assert not list((tmp_path / "store").rglob("*.tmp"))
    store, _ = ran(study(tmp_path), tmp_path / "store")
    whole, _ = ran(study(tmp_path), tmp_path / "whole")
    assert store.runs().equals(whole.runs())


class Scripted(Here):
    """A pool whose processes end where a job holds one of some runs, so often."""

    takes_all_with_it = True
    size = 2

    def __init__(self, deaths):
        self.deaths = dict(deaths)
        self.renewed = 0

    def submit(self, function, *arguments):
        """Done at once, or its process ends."""
        for task in arguments[0].tasks:
            if self.deaths.get(task.run, 0) > 0:
                self.deaths[task.run] -= 1
                future = Future()
                future.set_exception(BrokenProcessPool("ended"))
                return future
        return super().submit(function, *arguments)

    def is_lost(self, error):
        """As of processes."""
        return isinstance(error, BrokenProcessPool)

    def renew(self):
        """Counted."""
        self.renewed += 1


@pytest.mark.parametrize("deaths", [{5: 1}, {0: 1, 11: 2}, {3: 2, 4: 1, 9: 2}])
def test_runs_whose_process_was_ended_are_done_again(tmp_path, deaths):
    """Once or twice may be the system's doing."""
    pool = Scripted(deaths)
    store, account = run_study(study(tmp_path), tmp_path / "store", pool, measure=made.scaled)
    assert (account.done, account.failed) == (12, 0)
    assert account.losses == pool.renewed > 0
    whole, _ = ran(study(tmp_path), tmp_path / "whole")
    assert store.runs().equals(whole.runs())


def test_a_run_that_ends_its_process_each_time_is_found_among_the_others(tmp_path):
    """It becomes a failure; those that were in flight with it do not."""
    pool = Scripted({6: 10**6, 10: 10**6})
    store, account = run_study(study(tmp_path), tmp_path / "store", pool, measure=made.scaled)
    assert (account.done, account.failed) == (10, 2)
    assert store.failures()["run"].tolist() == [6, 10]
    assert set(store.failures()["error"]) == {"ProcessEnded"}


def test_a_real_process_that_ends_each_time_is_found_too(tmp_path):
    """`os._exit` in the model itself; the other runs finish."""
    pool = Processes(2)
    try:
        store, account = run_study(
            study(tmp_path, replicates=1), tmp_path / "store", pool, measure=made.deadly
        )
    finally:
        pool.close()
    assert (account.done, account.failed) == (5, 1)
    assert store.failures()["run"].tolist() == [2]
    whole, _ = ran(study(tmp_path, replicates=1), tmp_path / "whole")
    runs = whole.runs()
    assert store.runs().equals(runs[runs["run"] != 2].reset_index(drop=True))


def test_replay_gives_the_numbers_of_any_row_exactly(tmp_path):
    store, _ = run_study(study(tmp_path), tmp_path / "store", Here())
    rows = store.runs()
    for run in (0, 5, 11):
        found = replay(open_store(tmp_path / "store"), run)
        assert found.reproduced
        assert found.seed == rows["seed"][run]
        assert {k: v for k, v in found.found.items() if v is not None} == {
            k: v for k, v in found.recorded.items() if v is not None
        }


def test_replay_tells_numbers_that_differ(tmp_path):
    store, _ = ran(study(tmp_path), tmp_path / "store")
    found = replay(store, 3)
    assert not found.reproduced
    assert "volume_t" in found.differing


def test_replay_raises_the_same_error_again(tmp_path):
    store, _ = ran(study(tmp_path), tmp_path / "store", made.sometimes_wrong)
    found = replay(store, 2, made.sometimes_wrong)
    assert found.reproduced
    assert found.error_found == "ZeroDivisionError: no demand of one"
    assert "sometimes_wrong" in found.trace
    assert not replay(store, 2, made.scaled).reproduced


def test_replay_of_a_run_that_is_not_there_is_one_line(tmp_path):
    store, _ = ran(study(tmp_path), tmp_path / "store")
    with pytest.raises(InputError, match=r"holds no run 12\. It holds runs 0 to 11\."):
        replay(store, 12)


def test_an_estimate_counts_runs_and_writes_nothing(tmp_path):
    found = study(tmp_path)
    guess = estimate(found, made.scaled)
    assert (guess.points, guess.runs, guess.failed) == (6, 12, 0)
    assert guess.seconds(2) == pytest.approx(guess.seconds(1) / 2)
    assert not list(tmp_path.iterdir())


def test_an_estimate_of_the_disk_is_of_the_right_size(tmp_path):
    """Of what the parts hold, heads of small ones included: a third to three times of it."""
    found = study(
        tmp_path, design={"kind": "latin_hypercube", "points": 300},
        factors=[{"key": KEYS[0], "low": 0.5, "high": 2.0}], series=["volume_t"],
    )
    guess = estimate(found, made.scaled)
    store, _ = ran(found, tmp_path / "store")
    size = sum(path.stat().st_size for path in store.folder.rglob("part-*.parquet")) / 1e6
    assert size / 3 < guess.megabytes < size * 3


def test_the_identity_of_a_store_is_readable(tmp_path):
    """A person who finds the folder can tell what it is."""
    ran(study(tmp_path, title="Who pays"), tmp_path / "store")
    kept = json.loads((tmp_path / "store" / "study.json").read_text())
    assert kept["study"]["title"] == "Who pays"
    assert kept["scenario"]["months"] == 12
    assert set(kept) >= {"version", "code", "fingerprint"}
