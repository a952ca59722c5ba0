"""A comparison that is run beside the page, and may be stopped."""

import logging
import threading
import time
from typing import NamedTuple

from dashboard.compare.choices import Plan
from experiments.comparing import Comparison
from experiments.series_compared import Replicate, comparison_of, replicate_runs
from experiments.workers import available_workers

__all__ = ["Progress", "Work"]

LOG = logging.getLogger("swcmarket.dashboard")
# Runs of all visitors at one time: a processor stays free for the pages.
TURNS = threading.BoundedSemaphore(max(1, available_workers() - 1))
# Between two runs, so that another visitor's comparison may have the turn.
PAUSE_S = 0.0005


class Progress(NamedTuple):
    """How far a comparison is.

    Attributes
    ----------
    done, total : int
        Runs.
    replicates : int
        Of these, replicates in which every variant has run.
    seconds : float
        Since the first run began.
    running : bool
    """

    done: int
    total: int
    replicates: int
    seconds: float
    running: bool

    @property
    def rate(self) -> float:
        """Runs a second."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float:
        """At the rate so far."""
        return (self.total - self.done) / self.rate if self.rate else 0.0


class Work:
    """One comparison: a thread runs one replicate of all variants after another.

    The thread only appends to `rows`; whoever looks takes what is there.

    Parameters
    ----------
    plan : Plan

    Attributes
    ----------
    plan : Plan
    rows : list of list of Replicate
        One row for each replicate that is complete.
    failure : str
        Why it ended early, where a run failed.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.rows: list[list[Replicate]] = []
        self.failure = ""
        self._done = 0
        self._stopped = threading.Event()
        self._began = self._ended = 0.0
        self._thread = threading.Thread(target=self._go, name="swcmarket-compare", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the run under way; replicates that are complete stay."""
        self._stopped.set()

    def join(self, seconds: float) -> None:
        """Wait for the end."""
        self._thread.join(seconds)

    @property
    def stopped(self) -> bool:
        """Whether it was stopped before its end."""
        return self._stopped.is_set() and self._done < self.plan.runs

    def progress(self) -> Progress:
        """How far it is."""
        # Asked first: what is there when it no longer runs is everything.
        running = self._thread.is_alive() and not self._ended
        until = self._ended or time.perf_counter()
        return Progress(
            self._done, self.plan.runs, len(self.rows), until - self._began if self._began else 0.0,
            running,
        )

    def comparison(self, replicates: int) -> Comparison:
        """Comparison of the first replicates, as `swcmarket compare` would have it."""
        return comparison_of(self.plan.scenarios, self.rows[:replicates], self.plan.base_seed)

    def _go(self) -> None:
        try:
            for number in range(self.plan.replicates):
                row: list[Replicate] = []
                for scenario in self.plan.scenarios:
                    with TURNS:
                        if self._stopped.is_set():
                            return
                        self._began = self._began or time.perf_counter()
                        row.append(replicate_runs(scenario, self.plan.base_seed, number))
                    self._done += 1
                    time.sleep(PAUSE_S)
                self.rows.append(row)
        except Exception as error:
            LOG.exception("a comparison failed")
            self.failure = str(error) or type(error).__name__
        finally:
            self._ended = time.perf_counter()
