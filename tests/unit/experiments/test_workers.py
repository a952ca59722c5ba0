"""Processes: the same results as without, in the same order."""

import multiprocessing
import os
import signal
import time

import pytest

from experiments.comparing import compare
from experiments.workers import available_workers, uninterrupted, workers
from simulation.errors import InputError, InvariantError
from simulation.scenario import load


def test_two_processes_find_what_one_finds():
    """To the last bit, and every run is counted."""
    scenarios = [load("tiny"), load("tiny-eligible")]
    ended = []
    with workers(2) as spread:
        both = compare(
            scenarios, replicates=3, advance=lambda: ended.append(1), spread=spread
        )
    alone = compare(scenarios, replicates=3)
    assert both.summary() == alone.summary()
    assert len(ended) == 6


def test_results_come_in_the_order_of_the_tasks():
    """Whatever order they ended in."""
    with workers(1) as spread:
        assert spread(divmod, [(7, 2), (9, 4)], lambda: None) == [(3, 1), (2, 1)]


def test_an_error_in_a_process_reaches_the_caller():
    """With its own type."""
    with workers(2) as spread, pytest.raises(ZeroDivisionError):
        spread(divmod, [(1, 0)], lambda: None)


def test_an_end_from_outside_waits_for_no_task_under_way():
    """A signal to end raises SystemExit; processes left over would hold what others read."""

    def ended() -> None:
        raise SystemExit(143)

    began = time.perf_counter()
    with pytest.raises(SystemExit), workers(2) as spread:
        spread(time.sleep, [(0,), (90,), (90,)], ended)
    assert time.perf_counter() - began < 60
    assert not multiprocessing.active_children()


def test_there_is_at_least_one_processor():
    """This test runs on it."""
    assert available_workers() >= 1


def broken(seed):
    """A law that is broken in a process."""
    raise InvariantError("credits do not add up", phase="issue", month="2024-03", seed=seed)


def test_a_broken_law_is_told_whole_by_a_process():
    """Phase, month and seed come along; the pool does not break."""
    with workers(2) as spread, pytest.raises(InvariantError, match="seed 7") as error:
        spread(broken, [(7,), (8,)], lambda: None)
    assert (error.value.phase, error.value.month) == ("issue", "2024-03")


def test_numbers_too_large_to_count_are_told_in_one_line_by_a_process():
    """Each is allowed, their product after centuries of growth is not."""
    changes = {"months": 2400, "firms.0.growth_per_year": 0.5}
    scenarios = [load("tiny", changes), load("tiny-eligible", changes)]
    with workers(2) as spread, pytest.raises(InputError, match="phase report_emissions, month"):
        compare(scenarios, replicates=2, spread=spread)


def test_a_process_that_is_ended_is_one_line():
    """As when the system runs out of memory."""
    with workers(2) as spread, pytest.raises(InputError, match="ended from outside"):
        spread(os._exit, [(9,)], lambda: None)


def _start_something(number, done):
    with uninterrupted():
        signal.raise_signal(number)
        done.append("started")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_waits_until_a_process_has_started(number):
    """What was begun is finished first; then the interrupt does what it always does."""
    def interrupt(*_):
        raise KeyboardInterrupt

    before = signal.signal(number, interrupt)
    done = []
    try:
        with pytest.raises(KeyboardInterrupt):
            _start_something(number, done)
        assert done == ["started"]
        assert signal.getsignal(number) is interrupt
        with uninterrupted():
            done.append("without one")
    finally:
        signal.signal(number, before)
