"""Real processes killed in mid-study: gone on with, the store is that of an uninterrupted run.

The same command line is used as by people; on a cluster a scheduler and two workers are processes
of their own, on loopback.
"""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

import psutil
import pyarrow
import pytest

from experiments.study.files import load_study
from experiments.study.identity import open_store
from experiments.study.jobs import run_schema
from experiments.study.pools import Here
from experiments.study.session import run_study
from experiments.study.store import table_bytes

# Long enough to be caught in the middle, short enough to wait for.
FILE = """
scenario = "tiny-eligible"
replicates = 2
series = ["volume_t"]
[set]
months = 60
[design]
kind = "latin_hypercube"
points = 200
[[factors]]
key = "voluntary.demand_scale"
low = 0.5
high = 2.0
[[factors]]
key = "market.mechanism"
values = ["listing", "bilateral", "call_auction"]
# At the upper end of this range the numbers of a run grow beyond what can be counted.
[[factors]]
key = "firms.0.growth_per_year"
low = 0.0
high = 0.1
"""
RUNS = 400
COMMAND = [sys.executable, "-m", "experiments.cli", "study"]


@pytest.fixture(scope="module")
def study_file(tmp_path_factory):
    """The study, as a file."""
    path = tmp_path_factory.mktemp("killed") / "killed.toml"
    path.write_text(FILE)
    return path


@pytest.fixture(scope="module")
def whole(study_file):
    """Rows of the study run in this process without any interruption."""
    store, account = run_study(load_study(str(study_file)), study_file.parent / "whole", Here())
    assert account.done == RUNS
    return store.runs()


@contextmanager
def started(*words, **more):
    """A process that is ended with its children, whatever happens."""
    process = subprocess.Popen(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        # Where the tests run in the background, a shell has told them to ignore interrupts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL), **more,
    )
    children = []
    try:
        yield process
    finally:
        with suppress(psutil.NoSuchProcess):
            children = psutil.Process(process.pid).children(recursive=True)
        for each in (*children, process):
            with suppress(psutil.NoSuchProcess, ProcessLookupError):
                each.kill()
        process.communicate()


def parts_of(store):
    """Parts of runs that are whole by now."""
    return len(list((store / "runs").glob("part-*.parquet")))


def wait_for(what, seconds=90.0):
    """Until something is true."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def workers_of(process):
    """Processes of its pool."""
    return [
        child for child in psutil.Process(process.pid).children(recursive=True)
        if "spawn_main" in " ".join(child.cmdline())
    ]


def rows_of(folder):
    """Rows of a store."""
    return open_store(folder).runs()


def test_a_worker_that_is_killed_is_replaced_and_nothing_is_lost(study_file, whole, tmp_path):
    """kill -9 of one of two workers; the study ends by itself."""
    folder = tmp_path / "store"
    with started(*COMMAND, str(study_file), "--out", str(folder), "--workers", "2") as process:
        wait_for(lambda: parts_of(folder) >= 1)
        os.kill(workers_of(process)[0].pid, signal.SIGKILL)
        assert 0 < len(open_store(folder).done()) < RUNS
        _, told = process.communicate(timeout=120)
        assert process.returncode == 0, told
    assert rows_of(folder).equals(whole)
    assert len(open_store(folder).failures()) == 0


def test_after_the_main_process_was_killed_the_same_command_goes_on(study_file, whole, tmp_path):
    """kill -9 of the process that writes; its workers end with it, and no lock stays."""
    folder = tmp_path / "store"
    words = (*COMMAND, str(study_file), "--out", str(folder), "--workers", "2")
    with started(*words) as process:
        wait_for(lambda: parts_of(folder) >= 1)
        workers = workers_of(process)
        process.kill()
        process.wait(30)
        wait_for(lambda: not any(worker.is_running() and worker.status() != "zombie"
                                 for worker in workers), 30)
    kept = open_store(folder).done()
    assert 0 < len(kept) < RUNS
    with started(*words, "--resume") as process:
        _, told = process.communicate(timeout=120)
        assert process.returncode == 0, told
        assert f"{len(kept)} of {RUNS} runs are there already" in " ".join(told.split())
    assert rows_of(folder).equals(whole)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_stops_cleanly_and_says_how_to_go_on(study_file, whole, tmp_path, sign):
    """Ctrl-C, and what batch queues send; status 130."""
    folder = tmp_path / "store"
    words = (*COMMAND, str(study_file), "--out", str(folder), "--workers", "2")
    with started(*words, start_new_session=True) as process:
        wait_for(lambda: parts_of(folder) >= 1)
        workers = workers_of(process)
        process.send_signal(sign)
        _, told = process.communicate(timeout=90)
        assert process.returncode == 130
        assert not any(worker.is_running() for worker in workers)
    said = " ".join(told.split())
    assert "Traceback" not in said
    assert f"of {RUNS} runs are kept in" in said
    assert "The same command goes on from there" in said
    _, account = run_study(load_study(str(study_file)), folder, Here())
    assert account.done > 0
    assert rows_of(folder).equals(whole)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A Dask scheduler and two workers with their nannies, each a process of its own."""
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    common = ("--scheduler-file", str(file))
    more = {"env": surroundings, "cwd": folder}
    scheduler = (
        sys.executable, "-m", "distributed.cli.dask_scheduler", *common, "--port", "0",
        "--host", "127.0.0.1", "--no-dashboard",
    )
    worker = (
        sys.executable, "-m", "distributed.cli.dask_worker", *common, "--nthreads", "1",
        "--no-dashboard", "--local-directory", str(folder),
    )
    with started(*scheduler, **more):
        # The file is there before anything stands in it.
        wait_for(lambda: file.exists() and file.read_text().rstrip().endswith("}"))
        address = json.loads(file.read_text())["address"]
        with started(*worker, **more) as first, started(*worker, **more) as second:
            from distributed import Client

            with Client(address, timeout=30) as client:
                client.wait_for_workers(2, timeout=60)
            yield address, (first, second)


def test_a_cluster_of_separate_processes_gives_the_same_store(study_file, whole, cluster, tmp_path):
    """A scheduler and two workers on loopback."""
    address, _ = cluster
    folder = tmp_path / "store"
    words = (*COMMAND, str(study_file), "--out", str(folder), "--cluster", address)
    with started(*words) as process:
        _, told = process.communicate(timeout=120)
        assert process.returncode == 0, told
    assert rows_of(folder).equals(whole)


def test_two_processes_of_this_machine_give_the_same_store(study_file, whole, tmp_path):
    folder = tmp_path / "store"
    with started(*COMMAND, str(study_file), "--out", str(folder), "--workers", "2") as process:
        _, told = process.communicate(timeout=120)
        assert process.returncode == 0, told
    assert rows_of(folder).equals(whole)


def test_a_worker_of_a_cluster_that_is_killed_is_replaced(study_file, whole, cluster, tmp_path):
    """kill -9 of the process that works; its nanny starts another, the job is done again."""
    address, nannies = cluster
    folder = tmp_path / "store"
    words = (*COMMAND, str(study_file), "--out", str(folder), "--cluster", address)
    with started(*words) as process:
        wait_for(lambda: parts_of(folder) >= 1)
        workers = [
            child for nanny in nannies
            for child in psutil.Process(nanny.pid).children(recursive=True)
            if "spawn_main" in " ".join(child.cmdline())
        ]
        os.kill(workers[0].pid, signal.SIGKILL)
        assert 0 < len(open_store(folder).done()) < RUNS
        _, told = process.communicate(timeout=120)
        assert process.returncode == 0, told
    assert rows_of(folder).equals(whole)


def test_a_scheduler_that_is_not_there_is_one_line(study_file, tmp_path):
    words = (
        *COMMAND, str(study_file), "--out", str(tmp_path / "store"), "--cluster",
        "tcp://127.0.0.1:9",
    )
    with started(*words) as process:
        _, told = process.communicate(timeout=120)
        assert process.returncode == 2
    assert "no Dask scheduler answers there" in " ".join(told.split())
    assert "Traceback" not in told


def size_of_part(rows):
    """Bytes of some runs as a part of a store."""
    schema = run_schema(("volume_t",))
    table = pyarrow.Table.from_pandas(rows, schema=schema, preserve_index=False)
    # What pandas would say of the columns is half as much again, and is not in a part.
    return len(table_bytes(table.replace_schema_metadata()))


def test_a_disk_without_room_is_one_line_and_nothing_is_lost(study_file, whole, tmp_path):
    """The system refuses to write on; the limit is on the size of a file, as a quota would be."""
    folder = tmp_path / "store"
    words = [*COMMAND, str(study_file), "--out", str(folder), "--workers", "1"]
    # Room for a part of a few runs and not for one of a dozen, however fast the machine is.
    few, more = (size_of_part(whole.head(count)) for count in (4, 12))
    limit = (few + more) // 2
    limited = (
        "import resource, runpy, sys\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        f"sys.argv = {words[2:]!r}\n"
        "runpy.run_module('experiments.cli', run_name='__main__')\n"
    )
    with started(sys.executable, "-c", limited) as process:
        _, told = process.communicate(timeout=120)
        assert process.returncode == 2, told
    said = " ".join(told.split())
    assert "cannot be written (File too large). All runs before it are kept" in said
    assert "Traceback" not in said
    kept = len(open_store(folder).done())
    assert 0 < kept < RUNS
    _, account = run_study(load_study(str(study_file)), folder, Here())
    assert account.done == RUNS - kept
    assert rows_of(folder).equals(whole)
