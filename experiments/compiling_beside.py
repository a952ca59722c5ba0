"""A second process that compiles the model from its other end: set-up takes half the time so.

What one process has compiled, the other reads from the cache; nothing else is exchanged.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from agents.compiled import ROOT
from agents.vocabulary import Mechanism
from experiments.workers import available_workers
from simulation.draws import DrawKey
from simulation.markets import MECHANISMS
from simulation.markets.protocol import book_of
from simulation.month import PHASES, arguments
from simulation.scenario import load
from simulation.world import World

__all__ = ["compile_backwards", "from_the_other_end"]


def compile_backwards() -> Iterator[str]:
    """Compile what `simulation.compiling.compile_all` comes to last.

    Yields
    ------
    str
        What has just been compiled.
    """
    world = World(load("tiny", {"months": 2}), seed=1)
    # The longest phase is that of agreeing: it takes a market of each kind.
    for mechanism, module in MECHANISMS.items():
        name = Mechanism(mechanism).name.lower()
        module.clear(book_of([]), getattr(world.scenario, name), DrawKey(1, 1))
        yield name
    longest = [phase.name for phase in PHASES].index("agree")
    for phase in reversed(PHASES[longest + 1 :]):
        phase.kernel(*arguments(phase, world.state))
        yield phase.name


@contextmanager
def from_the_other_end() -> Iterator[None]:
    """Meanwhile compile in a second process, where there is a second processor."""
    if available_workers() < 2:
        yield
        return
    # Whatever happens to it, the first process compiles what is missing; so it need say nothing.
    other = subprocess.Popen(
        [sys.executable, "-m", __name__], cwd=ROOT,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        other.kill()
        other.wait()


if __name__ == "__main__":
    for _ in compile_backwards():
        pass
