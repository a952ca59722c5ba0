"""The second process that compiles takes the other end of the same work."""

from experiments import compiling_beside
from experiments.compiling_beside import compile_backwards, from_the_other_end
from simulation.markets import MECHANISMS
from simulation.month import PHASES


def test_the_other_end_is_every_market_and_the_later_phases_last_first():
    """Kernels take a world at rest in any order."""
    names = [phase.name for phase in PHASES]
    later = names[names.index("agree") + 1 :]
    found = list(compile_backwards())
    assert len(found) == len(MECHANISMS) + len(later)
    assert found[-len(later) :] == later[::-1]


def test_a_machine_with_one_processor_starts_no_second_process(monkeypatch):
    monkeypatch.setattr(compiling_beside, "available_workers", lambda: 1)
    monkeypatch.setattr(compiling_beside.subprocess, "Popen", None)
    with from_the_other_end():
        pass
