"""Runs of a study, handed out in jobs; what ends is kept at once."""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from time import perf_counter
from typing import NamedTuple

from experiments.study.jobs import (
    FAILURE_SCHEMA,
    Job,
    Result,
    Task,
    do,
    failure_row,
    parquet_bytes,
)
from experiments.study.pools import Pool
from experiments.study.store import Store
from simulation.errors import InputError

__all__ = ["JOB_SECONDS", "LARGEST_JOB", "Account", "run_tasks"]

# A job lasts about so long: long beside what it costs to hand out, short to lose.
JOB_SECONDS = 2.0
FIRST_JOB = 4
LARGEST_JOB = 2_000
# How often a job may be lost with its process before it is held to be the cause.
LOSSES_FORGIVEN = 2
# Losses in a row after which nothing can be expected: a culprit among two thousand takes fewer.
MOST_LOSSES = 30


class Account(NamedTuple):
    """Where time went.

    Attributes
    ----------
    done, failed : int
        Runs.
    seconds : float
        From the first job handed out to the last one kept.
    simulated_seconds : float
        Inside runs, added up over workers.
    workers : int
    losses : int
        Times that processes were ended from outside.
    """

    done: int
    failed: int
    seconds: float
    simulated_seconds: float
    workers: int
    losses: int

    @property
    def overhead_share(self) -> float:
        """Share of the workers' time that was not spent inside runs."""
        whole = self.workers * self.seconds
        return 1.0 - self.simulated_seconds / whole if whole > 0.0 else 0.0


class _Part(NamedTuple):
    # Tasks of one job, and how often a process ended under it.
    tasks: list[Task]
    losses: int = 0


class _Runner:
    """State of one study being run."""

    def __init__(
        self, store: Store, job: Job, pool: Pool, tasks: Sequence[Task],
        told: Callable[[int, int], None],
    ) -> None:
        self.store, self.job, self.pool, self.told = store, job, pool, told
        self.fresh = deque(tasks)
        self.again: deque[_Part] = deque()
        self.flying: dict[Future, _Part] = {}
        self.seconds_a_run = 0.0
        self.done = self.failed = self.losses = self.barren = 0
        self.simulated = 0.0

    def next_part(self) -> _Part | None:
        # A job that processes ended under again and again is done alone, so that it is known.
        if self.again:
            suspect = self.again[0].losses >= LOSSES_FORGIVEN
            return self.again.popleft() if not (suspect and self.flying) else None
        if not self.fresh or any(p.losses >= LOSSES_FORGIVEN for p in self.flying.values()):
            return None
        size = FIRST_JOB
        if self.seconds_a_run > 0.0:
            # Towards the end jobs get shorter, so that no worker waits for another.
            fair = len(self.fresh) / (2 * self.pool.size)
            size = int(min(JOB_SECONDS / self.seconds_a_run, fair, LARGEST_JOB))
        return _Part([self.fresh.popleft() for _ in range(min(max(size, 1), len(self.fresh)))])

    def hand_out(self) -> None:
        while len(self.flying) < self.pool.size + 1:
            part = self.next_part()
            if part is None:
                return
            future = self.pool.submit(do, self.job._replace(tasks=part.tasks))
            self.flying[future] = part
            if part.losses >= LOSSES_FORGIVEN:
                return

    def take_in(self) -> None:
        ended, _ = wait(self.flying, timeout=5.0, return_when=FIRST_COMPLETED)
        self.pool.check()
        lost: list[_Part] = []
        for future in ended:
            part = self.flying.pop(future)
            try:
                result = future.result()
            except Exception as error:
                self._raised(error)
                lost.append(part)
            else:
                self.keep(part.tasks, result)
        if lost:
            self._lost(lost)

    def _raised(self, error: Exception) -> None:
        if self.pool.is_lost(error):
            return
        if isinstance(error, InputError):
            raise error
        raise InputError(f"the workers are gone ({type(error).__name__}: {error}).") from error

    def _lost(self, lost: list[_Part]) -> None:
        self.losses += 1
        self.barren += 1
        if self.barren > MOST_LOSSES:
            raise InputError(
                "processes end as soon as they begin. Try --workers 1; a script of your own needs "
                'its entry under `if __name__ == "__main__"`.'
            )
        if self.pool.takes_all_with_it:
            # Whatever has ended meanwhile is kept; the rest went with the pool.
            for future, part in self.flying.items():
                if future.done() and future.exception() is None:
                    self.keep(part.tasks, future.result())
                else:
                    lost.append(part)
            self.flying.clear()
        alone = len(lost) == 1
        for part in lost:
            losses = part.losses + 1
            if not (alone and part.losses >= LOSSES_FORGIVEN):
                self.again.append(_Part(part.tasks, losses))
            elif len(part.tasks) > 1:
                middle = len(part.tasks) // 2
                self.again.appendleft(_Part(part.tasks[middle:], losses))
                self.again.appendleft(_Part(part.tasks[:middle], losses))
            else:
                self._give_up(part.tasks[0])
        self.pool.renew()

    def _give_up(self, task: Task) -> None:
        row = failure_row(
            self.job, task, "ProcessEnded",
            "the process that ran it was ended each time, perhaps for want of memory", "",
        )
        failures = parquet_bytes([row], FAILURE_SCHEMA)
        self.keep([task], Result(b"", failures, b"", 0, 1, 0.0, 0.0))

    def keep(self, tasks: list[Task], result: Result) -> None:
        if result.seconds > 0.0:
            self.barren = 0
        self.store.write(result, [task.run for task in tasks])
        self.done += result.done
        self.failed += result.failed
        self.simulated += result.simulated_seconds
        if result.seconds > 0.0:
            self.seconds_a_run = result.seconds / len(tasks)
        self.told(result.done + result.failed, result.failed)


def run_tasks(
    store: Store, job: Job, pool: Pool, tasks: Sequence[Task],
    told: Callable[[int, int], None] = lambda ended, failed: None,
) -> Account:
    """Run tasks and keep what each comes to.

    Parameters
    ----------
    store : Store
        Held by this process alone.
    job : Job
        What all jobs have in common; its own tasks are not looked at.
    pool : Pool
        Not closed here.
    tasks : sequence of Task
    told : callable
        Called with the runs that have ended since, and how many of them raised.

    Returns
    -------
    Account

    Raises
    ------
    InputError
        When the store cannot be written or the workers are gone; what has ended is kept.
    """
    runner = _Runner(store, job, pool, tasks, told)
    start = perf_counter()
    while runner.fresh or runner.again or runner.flying:
        runner.hand_out()
        if runner.flying:
            runner.take_in()
    return Account(
        runner.done, runner.failed, perf_counter() - start, runner.simulated, pool.size,
        runner.losses,
    )
