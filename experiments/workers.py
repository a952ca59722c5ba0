"""Tasks spread over processes; results come back in the order of the tasks."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

from simulation.errors import InputError

__all__ = ["Workers", "available_workers", "uninterrupted", "workers"]

# Calls a function with the arguments of each task; says how many have ended.
Workers = Callable[[Callable[..., Any], Sequence[tuple], Callable[[], None]], list[Any]]


def available_workers() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _here(
    function: Callable[..., Any], tasks: Sequence[tuple], ended: Callable[[], None]
) -> list[Any]:
    results = []
    for task in tasks:
        results.append(function(*task))
        ended()
    return results


def _start() -> None:
    # An interrupt is the parent's to handle: it cancels what has not begun.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back an interrupt, and a request to end, until something is done.

    Whoever is interrupted in the midst of starting a process leaves one behind that nobody knows
    and nobody ends: writing to it takes as long as it takes to start.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    held = (signal.SIGINT, signal.SIGTERM)
    before = {each: signal.signal(each, lambda number, _: came.append(number)) for each in held}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    if came:
        signal.raise_signal(came[0])


@contextmanager
def workers(number: int) -> Iterator[Workers]:
    """Processes that stay for several rounds of tasks.

    Parameters
    ----------
    number : int
        1 works in this process.

    Yields
    ------
    callable
        Takes a function, a list of argument tuples and a callback for each task that has ended;
        returns the results in the order of the tasks, whatever order they ended in.

    Notes
    -----
    Processes are started afresh, not forked: a fork copies locks that threads hold. A script that
    asks for more than one guards its entry with ``if __name__ == "__main__"``.
    """
    if number <= 1:
        yield _here
        return
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(number, mp_context=context, initializer=_start)

    def spread(
        function: Callable[..., Any], tasks: Sequence[tuple], ended: Callable[[], None]
    ) -> list[Any]:
        with uninterrupted():
            futures = [executor.submit(function, *task) for task in tasks]
        results = []
        for future in futures:
            try:
                results.append(future.result())
            except BrokenProcessPool:
                raise InputError(
                    "a process of this command was ended from outside, perhaps for want of memory. "
                    "Run it again, with fewer --workers if need be."
                ) from None
            ended()
        return results

    try:
        yield spread
    except SystemExit:
        # Ended from outside: nobody waits for the tasks under way, nor may processes be left over
        # that hold on to what this one writes to.
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)
