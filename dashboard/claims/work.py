"""A benchmark that is measured again, in a process of its own beside the pages."""

import json
import logging
import subprocess
import sys
import threading
import time
from typing import Any

from agents.compiled import ROOT
from experiments.claims.record import Line, PatternLine
from experiments.workers import available_workers

__all__ = ["Work"]

LOG = logging.getLogger("swcmarket.dashboard")
# Of all visitors at one time: a processor stays free for the pages.
TURNS = threading.BoundedSemaphore(max(1, available_workers() - 1))
PATIENCE_S = 5.0


class Work:
    """One measurement: a thread reads what its process says, and only appends.

    Parameters
    ----------
    name : str
        Of a benchmark, or "patterns".

    Attributes
    ----------
    lines : dict of str to Line
    patterns : dict of str to PatternLine
    state : {"waiting", "starting", "compiling", "measuring", "ended", "stopped", "failed"}
    step, steps : int
        Of compiling.
    seconds : float
        It took.
    failure : str
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[str, Line] = {}
        self.patterns: dict[str, PatternLine] = {}
        self.state = "waiting"
        self.step = self.steps = 0
        self.seconds = 0.0
        self.failure = ""
        self._began = 0.0
        self._stopped = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._go, name="swcmarket-claims", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End it; its numbers are dropped."""
        self._stopped.set()
        if (process := self._process) is not None:
            process.terminate()
            # It listens only between two kernels.
            later = threading.Timer(PATIENCE_S, process.kill)
            later.daemon = True
            later.start()

    def join(self, seconds: float) -> None:
        """Wait for the end."""
        self._thread.join(seconds)

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return self.state not in ("ended", "stopped", "failed")

    @property
    def seconds_so_far(self) -> float:
        """Since measuring began."""
        return time.perf_counter() - self._began if self._began else 0.0

    def _go(self) -> None:
        try:
            while not TURNS.acquire(timeout=0.2):
                if self._stopped.is_set():
                    self.state = "stopped"
                    return
            try:
                self._measure()
            finally:
                TURNS.release()
        except Exception as error:
            LOG.exception("a benchmark could not be measured")
            self.failure, self.state = str(error) or type(error).__name__, "failed"

    def _measure(self) -> None:
        self.state = "starting"
        with subprocess.Popen(
            [sys.executable, "-m", "experiments.claims.measuring", self.name], cwd=ROOT, text=True,
            encoding="utf-8", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            self._process = process
            if self._stopped.is_set():
                process.terminate()
            for text in process.stdout or ():
                self._hear(json.loads(text))
        self._process = None
        if self._stopped.is_set():
            self.state = "stopped"
        elif process.returncode:
            self.failure, self.state = f"status {process.returncode}", "failed"
        else:
            self.state = "ended"

    def _hear(self, said: dict[str, Any]) -> None:
        if "compiling" in said:
            self.step, self.steps = said["compiling"]
            self.state = "compiling"
        elif "measuring" in said:
            self._began, self.state = time.perf_counter(), "measuring"
        elif "line" in said:
            line = Line(**said["line"])
            self.lines[line.id] = line
        elif "pattern" in said:
            pattern = PatternLine(**said["pattern"])
            self.patterns[pattern.name] = pattern
        elif "seconds" in said:
            self.seconds = float(said["seconds"])
