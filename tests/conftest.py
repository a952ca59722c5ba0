"""Settings of all tests: Hypothesis tries the same examples everywhere and is never timed out."""

import pytest
from hypothesis import settings

from simulation.compiling import compile_all, is_compiled
from simulation.results import Run, simulate

# A failure on one machine must be a failure on the next; compiling takes what it takes.
settings.register_profile("swcmarket", deadline=None, derandomize=True, database=None)
settings.load_profile("swcmarket")


def pytest_configure(config: pytest.Config) -> None:
    """Temporary files lie in .cache, which a plain checkout does not have yet."""
    (config.rootpath / ".cache").mkdir(exist_ok=True)


@pytest.fixture(scope="session")
def ziyang() -> Run:
    """The seed case, run once; nobody may change it."""
    return simulate("ziyang", seed=1)


@pytest.fixture(scope="session")
def eligible() -> Run:
    """Ten agents with both motives, run once; nobody may change it."""
    return simulate("tiny-eligible", seed=1)


@pytest.fixture(scope="session", autouse=True)
def _compiled() -> None:
    """Kernels are compiled before the first test, so that no test waits for them or sees it."""
    if not is_compiled():
        for _ in compile_all():
            pass
