"""Compile every kernel ahead of use, so that set-up waits and a run does not."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from agents.compiled import cache_folder
from agents.vocabulary import Mechanism
from simulation.allowances import (
    AllowanceMarket,
    RoundRules,
    allocate,
    comply,
    linear_firms,
    trade_in_rounds,
)
from simulation.allowances.continuous import trade_continuously
from simulation.allowances.offsets import trade_with_credits
from simulation.draws import DrawKey
from simulation.laboratory import SessionRules, run_session
from simulation.laboratory.crowd import DAYS, SEALED
from simulation.markets import MECHANISMS
from simulation.markets.protocol import book_of
from simulation.month import PHASES, arguments, run_months
from simulation.scenario import Scenario, load
from simulation.state import Clock
from simulation.world import World

__all__ = [
    "allowances_are_compiled",
    "allowances_steps",
    "compile_all",
    "compile_allowances",
    "compile_laboratory",
    "is_compiled",
    "laboratory_is_compiled",
    "laboratory_steps",
    "steps",
]

KEPT_FOLDERS = 4


def _marker() -> Path:
    return cache_folder() / "complete"


def is_compiled() -> bool:
    """Whether every kernel of these sources is in the cache."""
    return _marker().exists()


def steps() -> int:
    """Number of steps that `compile_all` reports."""
    return 1 + len(PHASES) + 1 + len(MECHANISMS)


def compile_all() -> Iterator[str]:
    """Compile what is not in the cache yet.

    Yields
    ------
    str
        What has just been compiled.

    Notes
    -----
    Folders of older sources are removed but for the latest few, so the cache stays small.
    """
    world = World(load("tiny", {"months": 2}), seed=1)
    yield "growth"
    for phase in PHASES:
        phase.kernel(*arguments(phase, world.state))
        yield phase.name
    world = World(load("tiny", {"months": 2}), seed=1)
    run_months(world.state, int(world.state.clock[Clock.MONTH]) + 1)
    yield "month"
    for mechanism, clear in _clearings(world.scenario):
        clear()
        yield mechanism
    folder = _marker().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _marker().touch()
        _prune(folder)
    except OSError:
        # A cache that cannot be written only means compiling again next time.
        return


def _laboratory_marker() -> Path:
    return cache_folder() / "laboratory-complete"


def laboratory_is_compiled() -> bool:
    """Whether every kernel of laboratory sessions is in the cache."""
    return _laboratory_marker().exists()


def laboratory_steps() -> int:
    """Number of steps that `compile_laboratory` reports."""
    return len(DAYS) + len(SEALED)


def compile_laboratory() -> Iterator[str]:
    """Compile what laboratory sessions need; worlds of projects and firms do not.

    Yields
    ------
    str
        Institution that has just been compiled.
    """
    for institution in (*DAYS, *SEALED):
        rules = SessionRules(institution=institution, days=1, shouts=1)
        run_session("smith-1962", rules, 1)
        yield institution
    _mark(_laboratory_marker())


def _mark(marker: Path) -> None:
    try:
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.touch()
    except OSError:
        return


def _allowances_marker() -> Path:
    return cache_folder() / "allowances-complete"


def allowances_are_compiled() -> bool:
    """Whether every kernel of the allowance laboratory is in the cache."""
    return _allowances_marker().exists()


def allowances_steps() -> int:
    """Number of steps that `compile_allowances` reports."""
    return len(_ALLOWANCE_WORK)


def _two_firms(developers: int = 0) -> AllowanceMarket:
    market = linear_firms([20.0, 40.0], [1.0, 2.0], developers)
    allocate(market, np.array([15, 10]))
    return market


_ALLOWANCE_WORK: dict[str, Callable[[], object]] = {
    "rounds": lambda: trade_in_rounds(_two_firms()),
    "costs": lambda: trade_in_rounds(_two_firms(), rules=RoundRules(cost_yuan_per_deal=1.0)),
    "desks": lambda: trade_continuously(_two_firms()),
    "credits": lambda: trade_with_credits(_two_firms(1), 1.0, 1.0),
    "deadline": lambda: comply(_two_firms(), price=10.0),
}


def compile_allowances() -> Iterator[str]:
    """Compile what the allowance laboratory of the claims needs; worlds do not.

    Yields
    ------
    str
        Part that has just been compiled.
    """
    for name, work in _ALLOWANCE_WORK.items():
        work()
        yield name
    _mark(_allowances_marker())


def _clearings(scenario: Scenario) -> Iterator[tuple[str, Callable[[], object]]]:
    for mechanism, module in MECHANISMS.items():
        name = Mechanism(mechanism).name.lower()
        rules = getattr(scenario, name)
        yield name, lambda module=module, rules=rules: module.clear(
            book_of([]), rules, DrawKey(1, 1)
        )


def _prune(current: Path) -> None:
    prefix = current.name.rsplit("-", 1)[0]
    others = [path for path in current.parent.glob(f"{prefix}-*") if path != current]
    others.sort(key=os.path.getmtime, reverse=True)
    for path in others[KEPT_FOLDERS - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
