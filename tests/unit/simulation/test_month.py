"""The list of phases and the compiled month: two texts of one order."""

import ast
import inspect

import numpy as np
import pytest

from agents.compiled import ROOT
from simulation import month as month_module
from simulation.month import FAULTS, PHASES, arguments
from simulation.scenario import load
from simulation.state import State, copied
from simulation.world import World


def _compiled_month():
    """Calls of phases in `run_months`, in order, each with the number that stands beside it.

    The number is set just before a phase, ``clock[Clock.PHASE] = 6``.
    """
    tree = ast.parse(inspect.getsource(month_module))
    function = next(
        node for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name == "run_months"
    )
    loop = next(node for node in function.body if isinstance(node, ast.While))
    names = {phase.name for phase in PHASES}
    found, before = [], None
    for node in loop.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "clock[Clock.PHASE]":
            before = ast.literal_eval(node.value)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            name = ast.unparse(node.value.func)
            assert name in names, f"{name} is called but is no phase"
            given = [ast.unparse(argument) for argument in node.value.args]
            found.append([name, before, given])
            before = None
    return found


def test_the_compiled_month_runs_the_same_phases_in_the_same_order():
    """Or the dashboard would step through another model than a sweep runs."""
    assert [name for name, *_ in _compiled_month()] == [phase.name for phase in PHASES]


def test_numbers_in_the_compiled_month_are_places_in_the_list():
    """A broken law is reported with the phase of that number."""
    for place, (name, number, _) in enumerate(_compiled_month()):
        assert number == place, f"{name} is number {place}, not {number}"


def test_the_compiled_month_gives_each_phase_its_arguments():
    """The same parts of the state, in the same order, as the list says."""
    short = {"clock": "clock", "ledger": "ledger", "monthly": "monthly"}
    for phase, (name, _, given) in zip(PHASES, _compiled_month(), strict=True):
        expected = [
            short.get(path) or (f"{path}[0]" if path.startswith("rules.") else f"s.{path}")
            for path in phase.takes
        ]
        assert given == expected, name


def test_kernels_name_their_arguments_after_the_state():
    """As many as the list says, so that none is shifted."""
    for phase in PHASES:
        function = getattr(phase.kernel, "py_func", phase.kernel)
        assert len(inspect.signature(function).parameters) == len(phase.takes)


def test_phases_describe_themselves():
    """Unique names, one line in each language, and nothing written that is not taken."""
    assert len({phase.name for phase in PHASES}) == len(PHASES)
    for phase in PHASES:
        assert phase.meaning
        assert any("\u4e00" <= letter <= "\u9fff" for letter in phase.meaning_zh)
        assert set(phase.writes) <= set(phase.takes)
        assert set(phase.reads) <= set(phase.takes)


def test_the_docs_list_the_same_phases():
    """docs/model.md is the map of the month."""
    text = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in text.splitlines() if line.startswith("| ")]
    numbered = [row[2].strip().strip("`") for row in rows if row[1].strip().isdigit()]
    assert numbered == [phase.name for phase in PHASES]


def _leaves(part, path=""):
    if isinstance(part, np.ndarray):
        yield path, part
        return
    for name, item in zip(type(part)._fields, part, strict=True):
        yield from _leaves(item, f"{path}.{name}" if path else name)


@pytest.mark.parametrize("mechanism", ["listing", "call_auction"])
def test_a_phase_writes_only_what_it_says(mechanism):
    """Three years, every phase: whatever part of the state it does not list stays the same."""
    world = World(load("tiny", {
        "market.mechanism": mechanism, "compliance.eligible": True, "months": 36,
    }))
    assert isinstance(world.state, State)
    wrote = {phase.name: set() for phase in PHASES}
    while not world.finished:
        before = copied(world.state)
        phase = world.run_phase()
        if len(before.ledger.journal) != len(world.state.ledger.journal):
            continue  # room was made, which is no phase
        for (path, old), (_, new) in zip(_leaves(before), _leaves(world.state), strict=True):
            if path == "clock":
                old, new = np.delete(old, [1, 3]), np.delete(new, [1, 3])  # month and phase
            if old.tobytes() != new.tobytes():
                wrote[phase.name].add(path.split(".")[0])
    for phase in PHASES:
        said = {path.split(".")[0] for path in phase.writes}
        assert wrote[phase.name] <= said, phase.name
    assert "ledger" in wrote["settle"]
    assert "ledger" in wrote["comply"]


def test_a_phase_takes_parts_of_the_state():
    """A rules record is passed as one row, everything else as it is."""
    world = World(load("tiny"))
    for phase in PHASES:
        for path, given in zip(phase.takes, arguments(phase, world.state), strict=True):
            if path.startswith("rules."):
                assert isinstance(given, np.record)
            else:
                assert given is dict(_leaves(world.state)).get(path, given)


def test_faults_have_words():
    """One line each."""
    for text in FAULTS.values():
        assert text
        assert "\n" not in text
