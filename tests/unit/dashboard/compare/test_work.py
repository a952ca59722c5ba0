"""The page's numbers are those of the command line, and whoever leaves stops the work."""

import time

import pytest

from dashboard.compare import work as module
from dashboard.compare.choices import Choice, Choices, plan
from dashboard.compare.work import Work
from experiments.comparing import compare

CHOICES = Choices(
    (Choice("tiny"), Choice("tiny-eligible"), Choice("tiny", "call_auction")), "4", "11"
)


def _run(choices: Choices = CHOICES) -> Work:
    work = Work(plan(choices, "en"))
    work.start()
    work.join(60)
    return work


def test_the_numbers_equal_those_of_the_command_line():
    work = _run()
    scenarios = work.plan.scenarios
    assert work.comparison(4) == compare(scenarios, replicates=4, base_seed=11)
    # What is ready early is the same comparison with fewer replicates.
    assert work.comparison(2) == compare(scenarios, replicates=2, base_seed=11)


def test_progress_counts_every_run():
    progress = _run().progress()
    assert (progress.done, progress.total, progress.replicates) == (12, 12, 4)
    assert not progress.running
    assert progress.rate > 0
    assert progress.seconds_left == 0


def test_stopping_keeps_complete_replicates_and_begins_no_more(monkeypatch):
    one = module.replicate_runs

    def slow(*given: object) -> object:
        time.sleep(0.02)
        return one(*given)

    monkeypatch.setattr(module, "replicate_runs", slow)
    work = Work(plan(CHOICES._replace(replicates="60"), "en"))
    work.start()
    while work.progress().replicates < 2:
        time.sleep(0.005)
    work.stop()
    work.join(10)
    progress = work.progress()
    assert work.stopped
    assert not progress.running
    assert 2 <= progress.replicates < 60
    assert progress.done - 3 * progress.replicates in (0, 1, 2)
    assert len(work.comparison(progress.replicates).variants[0].values["volume_t"]) >= 2


def test_a_run_that_fails_ends_the_comparison_with_a_line(monkeypatch):
    def broken(*_: object) -> None:
        raise ArithmeticError("a law was broken")

    monkeypatch.setattr(module, "replicate_runs", broken)
    work = _run()
    assert work.failure == "a law was broken"
    assert not work.progress().running
    assert not work.rows


def test_comparisons_of_several_visitors_take_turns():
    first, second = (Work(plan(CHOICES._replace(replicates="30"), "en")) for _ in range(2))
    first.start()
    second.start()
    first.join(60)
    assert second.progress().replicates > 5
    second.join(60)
    assert first.comparison(30) == second.comparison(30)


@pytest.fixture(autouse=True)
def _loaded() -> None:
    # Kernels are loaded with the first run, which would look like a long replicate.
    _run(CHOICES._replace(replicates="1"))
