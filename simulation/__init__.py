"""The world: clock, draws, scenarios, markets, phases, recorder and the Mesa model.

Three lines are all one needs::

    from simulation import load, simulate

    simulate(load("ziyang"), seed=1).monthly
"""

from typing import Any

__all__ = [
    "Firm",
    "InvariantError",
    "MarketModel",
    "Project",
    "Run",
    "Scenario",
    "ScenarioError",
    "World",
    "load",
    "simulate",
]

_HOMES = {
    "Firm": "simulation.handles",
    "InvariantError": "simulation.errors",
    "MarketModel": "simulation.model",
    "Project": "simulation.handles",
    "Run": "simulation.results",
    "Scenario": "simulation.scenario",
    "ScenarioError": "simulation.errors",
    "World": "simulation.world",
    "load": "simulation.scenario",
    "simulate": "simulation.results",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401
    # Loaded on first use: Mesa alone takes seconds to import, and a sweep never needs it.
    if name not in _HOMES:
        raise AttributeError(f"module 'simulation' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
