"""Compile kernels in two processes: what one has compiled, the other reads from the cache."""

import subprocess
import sys

from agents.compiled import ROOT
from agents.vocabulary import Mechanism
from simulation.compiling import compile_all, compile_allowances, compile_laboratory
from simulation.draws import DrawKey
from simulation.markets import MECHANISMS
from simulation.markets.protocol import book_of
from simulation.month import PHASES, arguments
from simulation.scenario import load
from simulation.world import World


def compile_from_both_ends():
    """Every kernel; the other process begins where this one would come last."""
    other = subprocess.Popen([sys.executable, "-m", "tests.compiling"], cwd=ROOT)
    try:
        for _ in compile_all():
            pass
        # What it could not compile is compiled when a test needs it, and is told by that test.
        other.wait()
    finally:
        other.kill()
        other.wait()


def _compile_backwards():
    world = World(load("tiny", {"months": 2}), seed=1)
    # The longest phase takes a market of each kind.
    for mechanism, module in MECHANISMS.items():
        rules = getattr(world.scenario, Mechanism(mechanism).name.lower())
        module.clear(book_of([]), rules, DrawKey(1, 1))
    names = [phase.name for phase in PHASES]
    for phase in reversed(PHASES[names.index("agree") + 1 :]):
        phase.kernel(*arguments(phase, world.state))
    for compiled in (compile_allowances, compile_laboratory):
        for _ in compiled():
            pass


if __name__ == "__main__":
    _compile_backwards()
