"""Every kernel is run whole, row by row and uncompiled, with equal results."""

import os
import subprocess
import sys

import numpy as np
import pytest
from numba.core.runtime import _nrt_python, rtsys

from agents.compiled import ROOT
from agents.vocabulary import Mechanism
from simulation.markets import MECHANISMS as ALL_MECHANISMS
from simulation.month import PHASES, arguments
from simulation.results import fingerprint
from simulation.scenario import load
from simulation.world import World

MECHANISMS = ("listing", "call_auction", "continuous")
CHANGES = {"months": 24, "compliance.eligible": True, "voluntary.subsidy_yuan_per_t": 1.0,
           "market.exchange_fee_share": 0.02, "listing.lots_seen": 2}
UNCOMPILED = """
import numba
from simulation.results import fingerprint
from simulation.scenario import load
from simulation.world import World
from agents.sellers.quote import marginal_cost

assert numba.config.DISABLE_JIT
assert not hasattr(marginal_cost, "py_func")
for mechanism in {mechanisms!r}:
    world = World(load("tiny-eligible", {{**{changes!r}, "market.mechanism": mechanism}}), seed=3)
    world.run()
    assert world.state.monthly.deals.sum() > 0
    print(fingerprint(world))
"""


def test_compiled_and_uncompiled_runs_are_equal():
    """Two years of ten agents under both mechanisms, byte for byte: the text is the model."""
    code = UNCOMPILED.format(mechanisms=MECHANISMS, changes=CHANGES)
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], env=environment, cwd=ROOT,
        capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, done.stderr
    compiled = []
    for mechanism in MECHANISMS:
        world = World(load("tiny-eligible", {**CHANGES, "market.mechanism": mechanism}), seed=3)
        world.run()
        compiled.append(fingerprint(world))
    assert done.stdout.split() == compiled


# Phases in which rows do not meet: what one agent does leaves the others' rows alone.
SEPARATE = ("ask_verification", "issue", "report_emissions", "learn", "retire", "comply")


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_rows_one_by_one_equal_all_rows_at_once(mechanism):
    """Four years; each of these kernels is given slices of one row, and must do the same."""
    changes = {**CHANGES, "months": 48, "market.mechanism": mechanism}
    world = World(load("tiny", changes), seed=5)
    worked = set()
    while not world.finished:
        phase = world.next_phase
        if phase.name not in SEPARATE:
            world.run_phase()
            continue
        alone = world.fork()
        before = fingerprint(world)
        rows = "projects" if "projects" in phase.takes else "firms"
        everybody = getattr(alone.state, rows)
        for row in range(len(everybody)):
            one = alone.state._replace(**{rows: everybody[row : row + 1]})
            phase.kernel(*arguments(phase, one))
        month = world.month
        world.run_phase()
        # The clock's phase is the world's business, not the kernel's.
        alone.state.clock[:] = world.state.clock
        assert fingerprint(alone) == fingerprint(world), (phase.name, month)
        if fingerprint(world) != before:
            worked.add(phase.name)
    assert worked == set(SEPARATE)


def test_every_kernel_can_be_called_uncompiled():
    """The text behind each phase, on the state of a running market, month after month."""
    compiled, plain = (World(load("tiny", {**CHANGES, "months": 4}), seed=5) for _ in range(2))
    while not compiled.finished:
        phase = compiled.next_phase
        function = getattr(phase.kernel, "py_func", phase.kernel)
        assert plain.next_phase is phase
        with np.errstate(all="raise"):
            function(*arguments(phase, plain.state))
        plain._phase = (plain._phase + 1) % len(PHASES)
        if plain._phase == 0:
            plain.state.clock[1] += 1
        compiled.run_phase()
        plain.state.clock[3] = compiled.state.clock[3]
        assert fingerprint(plain) == fingerprint(compiled), phase.name


@pytest.mark.parametrize("mechanism", [Mechanism(code).name.lower() for code in ALL_MECHANISMS])
def test_every_array_that_a_month_makes_is_freed(mechanism):
    """A kernel that counts no references must not be handed an array to keep."""
    # Whatever sends orders draws for a whole population at once.
    changes = {**CHANGES, "market.mechanism": mechanism, "quota.share": 0.01}
    world = World(load("tiny-eligible", changes), seed=3)
    _nrt_python.memsys_enable_stats()
    try:
        before = rtsys.get_allocation_stats()
        world.run()
        after = rtsys.get_allocation_stats()
    finally:
        _nrt_python.memsys_disable_stats()
    monthly = world.state.monthly
    assert monthly.bid_voluntary_t.any()
    assert monthly.bid_compliance_t.any()
    assert monthly.bid_quota_t.any()
    assert monthly.volume_t.any()
    made = after.mi_alloc - before.mi_alloc
    assert made > 0
    assert after.mi_free - before.mi_free == made
