"""Where jobs are done: in this process, in processes of this machine, or on a Dask cluster."""

import contextlib
import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol

from experiments.workers import uninterrupted
from simulation.errors import InputError

__all__ = ["DaskPool", "Here", "Pool", "Processes", "pool_for"]

# A cluster without any worker is waited for so long, in seconds.
PATIENCE_SECONDS = 60.0


class Pool(Protocol):
    """What a study asks of its workers.

    Attributes
    ----------
    size : int
        Jobs that can be done at once.
    takes_all_with_it : bool
        Whether one process that is ended takes the jobs of all others with it.
    """

    size: int
    takes_all_with_it: bool

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future:  # noqa: ANN401
        """Have a job done."""

    def is_lost(self, error: BaseException) -> bool:
        """Whether an error says that the process was ended, and not what the job raised."""

    def renew(self) -> None:
        """Start anew after a process was ended; jobs in flight are lost."""

    def check(self) -> None:
        """Raise InputError when no worker can be expected any more."""

    def close(self) -> None:
        """End all processes; jobs in flight are given up."""


class Here:
    """The process itself, one job after the other."""

    size = 1
    takes_all_with_it = False

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future:  # noqa: ANN401
        """Do a job now."""
        future: Future = Future()
        try:
            future.set_result(function(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future

    def is_lost(self, error: BaseException) -> bool:
        """Never: this process would be gone."""
        return False

    def renew(self) -> None:
        """Nothing to do."""

    def check(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""


def _end_with_parent() -> None:
    # A pool whose parent was killed would wait for work for ever.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _start() -> None:
    # Interrupts are the parent's to handle: it stops handing out work.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


class Processes:
    """Processes of this machine, started afresh.

    Parameters
    ----------
    size : int
    """

    takes_all_with_it = True

    def __init__(self, size: int) -> None:
        self.size = size
        self._executor = self._started()

    def _started(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.size, mp_context=context, initializer=_start)

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future:  # noqa: ANN401
        """Have a job done by one of them."""
        try:
            # The first jobs start the processes.
            with uninterrupted():
                return self._executor.submit(function, *arguments)
        except BrokenProcessPool as error:
            future: Future = Future()
            future.set_exception(error)
            return future

    def is_lost(self, error: BaseException) -> bool:
        """Whether one of the processes was ended: all their jobs are lost with it."""
        return isinstance(error, (BrokenProcessPool, CancelledError))

    def renew(self) -> None:
        """Start as many processes anew."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._executor = self._started()

    def check(self) -> None:
        """Nothing to do: a pool that broke says so."""

    def close(self) -> None:
        """End them without waiting for what they are at."""
        running = list((self._executor._processes or {}).values())
        self._executor.shutdown(wait=False, cancel_futures=True)
        for process in running:
            with contextlib.suppress(OSError, ValueError):
                process.terminate()
        for process in running:
            with contextlib.suppress(OSError, ValueError, AssertionError):
                process.join(5)
                # One that was still starting may not have heard of it.
                process.kill()


class DaskPool:
    """Workers of a Dask cluster.

    Parameters
    ----------
    address : str
        Of its scheduler, or ``local`` for a cluster on this machine.
    size : int
        Workers of a local cluster.

    Raises
    ------
    InputError
        When Dask is missing, or nothing answers at the address.
    """

    takes_all_with_it = False

    def __init__(self, address: str, size: int) -> None:
        try:
            import distributed
        except ImportError:
            raise InputError(
                "--cluster: needs Dask, which is not installed. Run `pip install "
                "'swcmarket[cluster]'`, or leave --cluster out."
            ) from None
        # What it has to say when a connection breaks, it says in tracebacks; we say it in a line.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        self._cluster = None
        if address == "local":
            self._cluster = distributed.LocalCluster(
                n_workers=size, threads_per_worker=1, processes=True, dashboard_address=None,
            )
            address = self._cluster.scheduler_address
        try:
            self._client = distributed.Client(address, timeout=5)
        except (OSError, ValueError) as error:
            why = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise InputError(
                f"--cluster {address}: no Dask scheduler answers there ({why}). Start one with "
                "`dask scheduler`, or give `local`."
            ) from None
        self._executor = self._client.get_executor(pure=False)
        self._seen = time.monotonic()
        self.size = max(self._workers(), 1)

    def _workers(self) -> int:
        found = self._client.scheduler_info(n_workers=-1)["workers"]
        return sum(worker["nthreads"] for worker in found.values())

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future:  # noqa: ANN401
        """Have a job done by one of them; one that dies is replaced, and its job done again."""
        return self._executor.submit(function, *arguments)

    def is_lost(self, error: BaseException) -> bool:
        """Whether workers died again and again at a job."""
        from distributed.scheduler import KilledWorker

        return isinstance(error, KilledWorker)

    def renew(self) -> None:
        """Nothing to do: the cluster replaces its own."""

    def check(self) -> None:
        """Take in workers that have come, and give up when there has been none for a minute."""
        now = time.monotonic()
        if self._client.status != "running":
            raise InputError("the scheduler of the Dask cluster is gone. Start it and go on.")
        count = self._workers()
        if count:
            self._seen, self.size = now, count
        elif now - self._seen > PATIENCE_SECONDS:
            raise InputError(
                "the Dask cluster has had no worker for a minute. Start some and go on."
            )

    def close(self) -> None:
        """Leave the cluster, and end one that was started here."""
        from distributed.utils import TimeoutError as DaskTimeoutError

        with contextlib.suppress(OSError, DaskTimeoutError, RuntimeError):
            self._executor.shutdown(wait=False)
        with contextlib.suppress(OSError, DaskTimeoutError, RuntimeError):
            self._client.close()
        if self._cluster is not None:
            self._cluster.close()


def pool_for(size: int, cluster: str | None = None) -> Pool:
    """Workers for a study.

    Parameters
    ----------
    size : int
        Processes on this machine; 1 works in this one.
    cluster : str, optional
        Address of a Dask scheduler, or ``local``.

    Returns
    -------
    Pool

    Raises
    ------
    InputError
        See `DaskPool`.
    """
    if cluster is not None:
        return DaskPool(cluster, size)
    return Processes(size) if size > 1 else Here()
