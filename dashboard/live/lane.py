"""One future: a world, the way back through it, and the levers moved by hand."""

import logging
import traceback
from typing import Any, NamedTuple

import numpy as np

from agents.parameters import month_text
from simulation.errors import ScenarioError
from simulation.month import PHASES
from simulation.network import Neighbours
from simulation.scenario import Scenario
from simulation.timeline import Event
from simulation.varying import current_value
from simulation.world import Snapshot, World

__all__ = ["Failure", "Lane", "Move", "less_moves", "same_value"]

LOG = logging.getLogger("swcmarket.dashboard")
# Months between snapshots; where they take more memory than this, every second one is dropped, and
# looking back takes longer.
MONTHS_BETWEEN = 12
MOST_SNAPSHOTS = 24
MOST_BYTES = 48_000_000

NO_NEIGHBOURS = Neighbours(np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64))


class Move(NamedTuple):
    """A lever moved by hand.

    Attributes
    ----------
    month : int
        With which it takes effect.
    key : str
    value : object
    """

    month: int
    key: str
    value: object


class Failure(NamedTuple):
    """Why a lane stopped.

    Attributes
    ----------
    text : str
        One line: what, with phase, month and seed where a law of the model was broken.
    trace : str
        For the log of the server.
    """

    text: str
    trace: str


class Lane:
    """One future.

    Parameters
    ----------
    world : World
        Between two months.

    Attributes
    ----------
    world : World
        As far as it has run.
    moves : list of Move
    failure : Failure or None
    begun : int
        Month from which on it is a future of its own.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.moves: list[Move] = []
        self.failure: Failure | None = None
        self.begun = world.month
        self._between = MONTHS_BETWEEN
        self._snapshots: dict[int, Snapshot] = {world.month: world.snapshot()}
        self._seen: World | None = None

    @property
    def over(self) -> bool:
        """Whether nothing comes any more."""
        return self.failure is not None or self.world.finished

    def step_month(self) -> None:
        """Run a month, or the rest of the one under way; a fault is kept, not raised."""
        if self.over:
            return
        try:
            # No whole month more where one is under way.
            self.world.run(0 if self.in_month else 1)
        except Exception as error:
            self._fail(error)
            return
        self._remember()

    def step_phase(self) -> None:
        """Run a phase; a fault is kept, not raised."""
        if self.over:
            return
        try:
            self.world.run_phase()
        except Exception as error:
            self._fail(error)
            return
        if not self.in_month:
            self._remember()

    @property
    def in_month(self) -> bool:
        """Whether some phases of the month have run."""
        return self.world.next_phase is not PHASES[0]

    def move(self, key: str, value: object, month: int | None = None) -> None:
        """Move a lever with the next month to run, or with a later one.

        Parameters
        ----------
        key : str
        value : object
        month : int, optional
            With which it takes effect; the next to run where not given, or where that is over.

        Raises
        ------
        ScenarioError
            When that is not allowed; nothing changes then.
        """
        world = self.world
        if self.failure is not None:
            raise ScenarioError(
                f"{key}: this future has stopped for a fault. Look at an earlier month and go on "
                "from there, or start again."
            )
        if world.scenario.expectations.foresight == "perfect":
            raise ScenarioError(
                f"{key}: with expectations.foresight = 'perfect' all agents know every change "
                "beforehand, so none can be made by hand. Choose 'announced'."
            )
        upcoming = world.month + self.in_month
        month, before = max(month or upcoming, upcoming), world.scenario
        ours = [move for move in self.moves if (move.month, move.key) == (month, key)]
        others = [move for move in self.moves if move not in ours]
        made = Move(month, key, value)
        # What was set for the same month is replaced. Where rules moved since then rest on it, it
        # stays, and the new value comes after it.
        for scenario, moves in ((less_moves(before, ours), others), (before, self.moves)):
            try:
                if month < scenario.stop and moves is others and same_value(
                    current_value(scenario.at(month), key), value
                ):
                    scenario.at(scenario.stop)
                    world.scenario, self.moves = scenario, others
                    return
                world.scenario = scenario
                world.set_lever(key, value, month)
            except Exception as error:
                world.scenario, refused = before, error
                if not isinstance(error, (ScenarioError, ValueError)):
                    raise
                continue
            self.moves = [*moves, made]
            return
        raise ScenarioError(str(refused))

    def look_at(self, month: int) -> World:
        """World as it stood when a month had run.

        Parameters
        ----------
        month : int
            One that has run; any before the first gives the world before the first.

        Returns
        -------
        World
            Not the lane's own; it may be kept and forked.
        """
        first = min(self._snapshots)
        month = max(month, first - 1)
        known = max((known for known in self._snapshots if known <= month), default=first)
        seen = self._seen
        if seen is None or seen.month > month + 1 or seen.scenario is not self.world.scenario:
            seen = World.__new__(World)
            seen.restore(self._snapshots[known])
        elif known > seen.month:
            seen.restore(self._snapshots[known])
        # Levers moved later are in no snapshot; nobody foresees them, so the past stays the same.
        seen.scenario = self.world.scenario
        seen.run(month + 1 - seen.month)
        self._seen = seen
        return seen

    def rewind(self, month: int) -> None:
        """Go back to when a month had run; what came later is gone, moves included.

        Parameters
        ----------
        month : int
        """
        month = max(month, min(self._snapshots) - 1)
        latest = self.world.month - 1
        whole = not self.in_month and self.failure is None
        # What stopped before that month has nothing to drop.
        if month > latest or (month == latest and whole):
            return
        then = self.look_at(month).fork()
        self.moves, then.scenario = self._up_to(month)
        self.begun = min(self.begun, then.month)
        self.world, self.failure, self._seen = then, None, None
        self._snapshots = {
            known: snapshot for known, snapshot in self._snapshots.items() if known <= month + 1
        }

    def forked(self, month: int) -> "Lane":
        """Another lane that shares the past up to a month, that month included.

        Levers that were moved later are not, unless the month is the latest: then they wait in
        both.

        Parameters
        ----------
        month : int

        Returns
        -------
        Lane
        """
        latest = month >= self.world.month - 1
        month = min(month, self.world.month - 1)
        # A fault may have left a month half done.
        whole = latest and not self.in_month and self.failure is None
        world = (self.world if whole else self.look_at(month)).fork()
        moves, world.scenario = (
            (list(self.moves), self.world.scenario) if latest else self._up_to(month)
        )
        other = Lane(world)
        other.moves = moves
        # Snapshots never change, so lanes may share them.
        other._snapshots = {
            known: snapshot for known, snapshot in self._snapshots.items() if known <= month + 1
        } | other._snapshots
        return other

    @property
    def snapshot_bytes(self) -> int:
        """Memory that the way back takes; the network, which all share, is not counted."""
        return sum(
            _bytes(snapshot.state._replace(neighbours=NO_NEIGHBOURS))
            for snapshot in self._snapshots.values()
        )

    def _up_to(self, month: int) -> tuple[list[Move], Scenario]:
        kept = [move for move in self.moves if move.month <= month]
        later = [move for move in self.moves if move.month > month]
        return kept, less_moves(self.world.scenario, later)

    def _remember(self) -> None:
        month = self.world.month
        start = self.world.scenario.start
        if (month - start) % self._between:
            return
        self._snapshots[month] = self.world.snapshot()
        while len(self._snapshots) > 2 and (
            len(self._snapshots) > MOST_SNAPSHOTS or self.snapshot_bytes > MOST_BYTES
        ):
            self._between *= 2
            self._snapshots = {
                known: snapshot for known, snapshot in self._snapshots.items()
                if (known - start) % self._between == 0
            }

    def _fail(self, error: Exception) -> None:
        world = self.world
        text = str(error) if isinstance(error, (ValueError, ArithmeticError)) else ""
        text = text or f"{type(error).__name__}: {error}"
        if month_text(world.month) not in text:
            text += f" (month {month_text(world.month)}, seed {world.seed})"
        self.failure = Failure(text, traceback.format_exc())
        LOG.error("a run stopped: %s", text, exc_info=error)


def _bytes(part: Any) -> int:  # noqa: ANN401
    return part.nbytes if isinstance(part, np.ndarray) else sum(map(_bytes, part))


def less_moves(scenario: Scenario, moves: list[Move]) -> Scenario:
    """Scenario without some levers that were moved by hand.

    Parameters
    ----------
    scenario : Scenario
    moves : list of Move
        On its timeline.

    Returns
    -------
    Scenario
    """
    events = list(reversed(scenario.events))
    for move in moves:
        # The latest equal one is ours: those of the scenario's own file come first.
        events.remove(Event(announced=move.month, effective=move.month, set={move.key: move.value}))
    return scenario.model_copy(update={"events": tuple(reversed(events))})


def same_value(one: object, other: object) -> bool:
    """Whether two values of a lever are the same; 1 is not true."""
    if isinstance(one, (tuple, list)) and isinstance(other, (tuple, list)):
        return tuple(one) == tuple(other)
    return one == other and isinstance(one, bool) == isinstance(other, bool)
