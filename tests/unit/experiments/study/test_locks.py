"""Locks: one process a shard, and only where shards overlap."""

import multiprocessing

import pytest

from experiments.study.locks import held_alone, parse_shard
from simulation.errors import InputError


def _hold(folder, shard, ready, enough):
    with held_alone(folder, shard):
        ready.set()
        enough.wait(60)


@pytest.fixture
def holder(tmp_path):
    """Another process that holds a shard of a store."""
    context = multiprocessing.get_context("spawn")
    started = []

    def hold(shard):
        ready, enough = context.Event(), context.Event()
        process = context.Process(target=_hold, args=(tmp_path, shard, ready, enough))
        process.start()
        started.append(process)
        assert ready.wait(60)
        return process

    yield hold
    for process in started:
        process.kill()
        process.join(20)


def test_two_processes_on_one_store_are_told_apart_in_one_line(tmp_path, holder):
    holder((1, 1))
    with pytest.raises(InputError, match="another process is writing this study"), \
            held_alone(tmp_path):
        pass


def test_shards_that_do_not_overlap_run_side_by_side(tmp_path, holder):
    holder((1, 2))
    with held_alone(tmp_path, (2, 2)):
        pass
    with held_alone(tmp_path, (3, 4)), held_alone(tmp_path, (4, 4)):
        pass
    for shard in ((1, 2), (1, 4), (2, 4), (2, 3), (1, 1)):
        with pytest.raises(InputError, match="another process"), held_alone(tmp_path, shard):
            pass


def test_a_lock_ends_with_the_process_that_held_it(tmp_path, holder):
    """Killed, it cannot take a lock away: the system does."""
    process = holder((1, 1))
    process.kill()
    process.join(20)
    with held_alone(tmp_path):
        pass


@pytest.mark.parametrize("text", ["", "1", "1/", "/2", "0/2", "3/2", "1/2/3", "a/b", "-1/2",
                                  "1/200000"])
def test_a_shard_that_cannot_be_is_refused(text):
    with pytest.raises(InputError, match="--shard"):
        parse_shard(text)


def test_a_shard_is_read():
    assert parse_shard("2/4") == (2, 4)
