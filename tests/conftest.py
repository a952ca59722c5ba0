"""Settings of all tests: Hypothesis tries the same examples everywhere and is never timed out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from experiments.commands.terminal import compile_first, compile_laboratories_first
from simulation.results import Run, simulate

try:
    from fcntl import LOCK_EX, LOCK_SH, LOCK_UN, flock
except ImportError:
    # Windows: what is timed there may be timed beside other tests.
    flock = None

# A failure on one machine must be a failure on the next; compiling takes what it takes.
settings.register_profile("swcmarket", deadline=None, derandomize=True, database=None)
settings.load_profile("swcmarket")

# Files of these folders share what takes long to make; one process is given all of them.
SHARING = ("tests/browser/", "tests/unit/experiments/report/")
# What takes longest is begun first, so that no process is left with it at the end.
FIRST = (
    "tests/browser/", "tests/theory/test_claims.py", "tests/unit/experiments/study/test_killed.py",
    "tests/properties/",
)


def pytest_configure(config: pytest.Config) -> None:
    """Temporary files lie in .cache, which a plain checkout does not have yet."""
    (config.rootpath / ".cache").mkdir(exist_ok=True)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Kernels are compiled before the first test, so that no test waits for them or sees it.

    Where tests run in several processes it is done once, before those are started.
    """
    if not session.config.option.collectonly:
        compile_first("en")
        compile_laboratories_first("en", {"sessions", "allowances"})


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Callable[..., None]) -> object:
    """Tests of one file stay in one process: they share what its fixtures make."""
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return next((folder for folder in SHARING if file.startswith(folder)), file)

    # Files are begun in the order of collection, not those with many tests before others.
    config.option.loadscopereorder = False
    return Together(config, log) if config.option.dist == "load" else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several processes share the files, those that take longest come first."""
    def place(item: pytest.Item) -> tuple[int, bool]:
        found = (place for place, start in enumerate(FIRST) if item.nodeid.startswith(start))
        # Whoever wants to be alone waits less once the longest tests of others are over.
        return next(found, len(FIRST)), item.get_closest_marker("alone") is not None

    if hasattr(config, "workerinput"):
        items.sort(key=place)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """A test marked ``alone`` measures time: meanwhile no other process runs a test."""
    if flock is None or not hasattr(item.config, "workerinput"):
        return (yield)
    alone = item.get_closest_marker("alone") is not None
    with _turn(item.config.rootpath / ".cache", LOCK_EX if alone else LOCK_SH):
        return (yield)


@contextmanager
def _turn(folder: Path, kind: int) -> Iterator[None]:
    with open(folder / "next-test.lock", "w") as queue, open(folder / "tests.lock", "w") as tests:
        # Who waits here lets nobody pass, so that one who wants to be alone gets a turn.
        flock(queue, LOCK_EX)
        flock(tests, kind)
        flock(queue, LOCK_UN)
        yield


@pytest.fixture(scope="session")
def ziyang() -> Run:
    """The seed case, run once; nobody may change it."""
    return simulate("ziyang", seed=1)


@pytest.fixture(scope="session")
def eligible() -> Run:
    """Ten agents with both motives, run once; nobody may change it."""
    return simulate("tiny-eligible", seed=1)
