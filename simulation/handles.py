"""Agents as Mesa knows them: thin read-only handles over a row, made on first use."""

from typing import TYPE_CHECKING, Any, NoReturn

import mesa
import numpy as np

from agents.buyers.columns import FIRM_COLUMNS
from agents.registry.ledger import ISSUED
from agents.sellers.columns import PROJECT_COLUMNS
from agents.vocabulary import CreditState, Kind
from simulation.building import ID_OF_KIND

if TYPE_CHECKING:
    from simulation.model import MarketModel

__all__ = ["Firm", "Handle", "Project", "Registry"]


class Handle(mesa.Agent):
    """A row of a population, as a Mesa agent that can be read and not written.

    Parameters
    ----------
    model : MarketModel
    row : int
        Row in the population.
    unique_id : int
        Stable id.

    Notes
    -----
    State is changed by the phases alone: a writable handle would let tonnes or money appear.
    """

    population = ""
    readable: frozenset[str] = frozenset()

    def __init__(self, model: "MarketModel", row: int, unique_id: int) -> None:
        # Not mesa.Agent.__init__: it registers the agent and numbers it anew.
        own = {"model": model, "row": row, "unique_id": unique_id}
        for name, value in own.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(
            f"{type(self).__name__}.{name} cannot be set: agents are read-only views of the "
            "state. Move a lever with model.set_lever(key, value)."
        )

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        if name not in type(self).readable:
            raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}")
        rows = getattr(self.model.world.state, self.population)
        return rows[name][self.row].item()

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *type(self).readable})

    @property
    def name(self) -> str:
        """Name of the agent."""
        return getattr(self.model.world.people, self.population)[self.row]

    @property
    def money_yuan(self) -> float:
        """Money on the account."""
        return int(self.model.world.state.ledger.fen[self.account]) / 100

    def credits_t(self, state: str = "held") -> int:
        """Credits on the account in one state.

        Parameters
        ----------
        state : str
            One of held, escrow, pledged, buffer, retired, cancelled.

        Returns
        -------
        int
        """
        code = CreditState[state.upper()]
        return int(self.model.world.state.ledger.tonnes[self.account, code])

    def step(self) -> None:
        """Do nothing: agents act in the phases of the model."""

    def remove(self) -> NoReturn:
        """Refuse: the agents of a run are those of its scenario."""
        raise AttributeError("agents cannot be removed; change `count` in the scenario instead.")


class Project(Handle):
    """A seller project."""

    population = "projects"
    readable = frozenset(column.name for column in PROJECT_COLUMNS)

    @property
    def province(self) -> str:
        """Province of the project."""
        return self.model.world.people.project_provinces[self.row]

    @property
    def watershed_yuan(self) -> float:
        """Money on the watershed account."""
        return int(self.model.world.state.ledger.fen[self.fund_account]) / 100


class Firm(Handle):
    """A buyer firm."""

    population = "firms"
    readable = frozenset(column.name for column in FIRM_COLUMNS)

    @property
    def province(self) -> str:
        """Province of the firm."""
        return self.model.world.people.firm_provinces[self.row]

    @property
    def sector(self) -> str:
        """Sector of the firm."""
        return self.model.world.people.sectors[self.row]

    @property
    def neighbours(self) -> list["Firm"]:
        """Firms it is linked with."""
        links = self.model.world.state.neighbours
        rows = links.others[links.starts[self.row] : links.starts[self.row + 1]]
        firms = self.model.agents_by_type[Firm].to_list()
        return [firms[row] for row in rows]


class Registry(Handle):
    """The registry: issues, keeps accounts, transfers, retires."""

    def __init__(self, model: "MarketModel") -> None:
        super().__init__(model, 0, int(Kind.REGISTRY) * ID_OF_KIND)

    @property
    def name(self) -> str:
        """Name of the agent."""
        return "registry"

    @property
    def issued_t(self) -> int:
        """Credits issued so far."""
        return int(self.model.world.state.ledger.counters[ISSUED])

    @property
    def tonnes_by_state(self) -> dict[str, int]:
        """Credits of everybody by state."""
        totals = np.asarray(self.model.world.state.ledger.tonnes).sum(axis=0)
        return {state.name.lower(): int(totals[state]) for state in CreditState}
