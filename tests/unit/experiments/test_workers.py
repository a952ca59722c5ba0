"""Processes: the same results as without, in the same order."""

import pytest

from experiments.comparing import compare
from experiments.workers import available_workers, workers
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


def test_there_is_at_least_one_processor():
    """This test runs on it."""
    assert available_workers() >= 1
