"""The world as a Mesa model; the only modules that import Mesa are this one and `handles`."""

from collections.abc import Callable
from typing import Any

import mesa
from mesa.agentset import _HardKeyAgentSet
from mesa.experimental.scenarios import Scenario as MesaScenario
from mesa.time import Priority, Schedule

from agents.parameters import month_text
from simulation.errors import InputError
from simulation.handles import Firm, Handle, Project, Registry
from simulation.month import Phase
from simulation.results import Run
from simulation.scenario import Scenario, load
from simulation.world import Snapshot, World

__all__ = ["REPORTED", "MarketModel"]

# Columns of the last month that the model's own collector keeps.
REPORTED = (
    "price_yuan_per_t", "volume_t", "voluntary_t", "compliance_t", "issued_t", "retired_t",
    "allowance_price",
)


def _last(name: str) -> Callable[["MarketModel"], float]:
    def report(model: "MarketModel") -> float:
        state = model.world.state
        row = state.monthly[max(model.world.month - 1 - model.market_scenario.start, 0)]
        if name != "price_yuan_per_t":
            return row[name].item()
        return row.value_fen / row.volume_t / 100 if row.volume_t else float("nan")

    return report


def _carrying(asked: str | Scenario) -> type[MesaScenario]:
    """Kind of Mesa's scenario that knows ours: Mesa's Reset makes a new one of the same kind."""
    return type("MarketScenario", (MesaScenario,), {"asked": asked})


class MarketModel(mesa.Model):
    """One run as a Mesa model: a step is a month.

    Parameters
    ----------
    scenario : str or Scenario
        Name or path of a scenario, or a loaded one. What Mesa's own page hands over when it
        resets a model stands for the scenario of that model.
    rng : int, optional
        Seed; 1 where nothing is given, so that a model is reproducible unless one asks otherwise.
    **settings
        Dotted keys of the scenario and their values: ``**{"market.mechanism": "listing"}``. Two
        underscores stand for a dot, ``market__mechanism="listing"``.

    Raises
    ------
    InputError
        When the scenario, a setting or the seed cannot be used.

    Notes
    -----
    The engine draws by address and never from ``model.rng`` or ``model.random``; those are there
    for what a user adds. ``model.scenario`` belongs to Mesa; ours is ``model.market_scenario``.
    """

    def __init__(
        self,
        scenario: str | Scenario | MesaScenario = "tiny",
        *,
        rng: int | None = None,
        **settings: Any,  # noqa: ANN401
    ) -> None:
        seed = 1 if rng is None else rng
        try:
            seed = int(seed)
        except (TypeError, ValueError):
            raise InputError(f"rng = {rng!r} is not a whole number; it seeds the run.") from None
        if isinstance(scenario, MesaScenario):
            scenario = getattr(scenario, "asked", "tiny")
        overrides = {key.replace("__", "."): value for key, value in settings.items()}
        if isinstance(scenario, Scenario):
            if overrides:
                raise InputError(
                    "settings need the name or path of a scenario. Load the scenario with them: "
                    f"load(name, {overrides!r})."
                )
            loaded = scenario
        else:
            loaded = load(scenario, overrides)
        self.world = World(loaded, seed)
        self._handles: dict[type, _HardKeyAgentSet] | None = None
        self._everybody: _HardKeyAgentSet | None = None
        super().__init__(scenario=_carrying(scenario)(rng=seed))
        # `mesa.batch_run` reads this one; replace it by a collector with reporters of your own.
        self.datacollector = mesa.DataCollector(
            model_reporters={name: _last(name) for name in REPORTED}
        )

    @property
    def market_scenario(self) -> Scenario:
        """Scenario of the run, with the levers moved so far."""
        return self.world.scenario

    @property
    def month(self) -> str:
        """Month that runs next, ``YYYY-MM``."""
        return month_text(self.world.month)

    @property
    def results(self) -> Run:
        """Tables and outcomes of the run so far."""
        return Run(self.world)

    def step(self) -> None:
        """Run a month."""
        if self.world.finished:
            self.running = False
            return
        self.world.run(1)
        self.datacollector.collect(self)
        self.running = not self.world.finished

    def run_phase(self) -> Phase:
        """Run the next phase of the month; Mesa's clock moves with whole months only."""
        return self.world.run_phase()

    def set_lever(self, key: str, value: object) -> None:
        """Move a lever; see `World.set_lever`."""
        self.world.set_lever(key, value)

    def snapshot(self) -> tuple[Snapshot, float]:
        """Copy of the run as it stands."""
        return self.world.snapshot(), self.time

    def restore(self, snapshot: tuple[Snapshot, float]) -> None:
        """Go back to a snapshot.

        Parameters
        ----------
        snapshot : tuple
            As `snapshot` gave it.

        Notes
        -----
        Events that a user scheduled with Mesa are dropped: they belong to the other future.
        """
        kept, time = snapshot
        self.world.restore(kept)
        self.time = time
        self.running = not self.world.finished
        # Mesa's schedule still waits for the month we came from: without a new one, nothing runs.
        self._default_schedule.stop()
        self._event_list.clear()
        self._default_schedule = self.schedule_recurring(
            self._do_step, Schedule(interval=1.0, start=time + 1.0), priority=Priority.HIGH
        )

    @property
    def agents_by_type(self) -> dict[type, _HardKeyAgentSet]:
        """Handles by type, made when they are first asked for."""
        if self._handles is None:
            state = self.world.state
            kinds: dict[type, list[Handle]] = {Registry: [Registry(self)]}
            for kind, rows in ((Project, state.projects), (Firm, state.firms)):
                ids = rows.agent_id.tolist()
                kinds[kind] = [kind(self, row, unique_id) for row, unique_id in enumerate(ids)]
            self._handles = {
                kind: _HardKeyAgentSet(handles, random=self.random)
                for kind, handles in kinds.items()
            }
        return self._handles

    @property
    def agent_types(self) -> list[type]:
        """Types of agents."""
        return list(self.agents_by_type)

    @property
    def agents(self) -> _HardKeyAgentSet:
        """Every agent, as read-only handles."""
        if self._everybody is None:
            everybody = [agent for kind in self.agents_by_type.values() for agent in kind]
            self._everybody = _HardKeyAgentSet(everybody, random=self.random)
        return self._everybody
