"""A run that is played, steered, rewound and forked; knows nothing of pages.

One thread steps while the run plays; whoever looks takes a copy between two months. So drawing
never waits for stepping, and no month is lost where drawing is slow.
"""

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from dashboard.live.beside import Beside
from dashboard.live.lane import Lane, Move, less_moves
from simulation.errors import InputError
from simulation.scenario import Scenario
from simulation.world import World

__all__ = ["FASTEST", "LARGEST_SPEED", "Player"]

NUMBERS = itertools.count(1)
FASTEST = 0
LARGEST_SPEED = 240
# Longest stretch of stepping after which somebody else may look or steer.
BURST_S = 0.015
# So long a month is held in which rules change, at speeds at which one reads along.
HOLD_S = 3.0
FASTEST_READ = 12
# Longest that a click waits for the run beside.
BESIDE_S = 0.25
# Behind by more than this the clock is set anew, or a pause of the machine would be caught up on.
MOST_BEHIND_S = 0.5


class Player:
    """One or two futures of a scenario, in step.

    Parameters
    ----------
    scenario : Scenario
    seed : int

    Attributes
    ----------
    lanes : list of Lane
        The first future, and the fork beside it.
    shown : int
        Lane that is looked at.
    number : int
        Of no other player of this server.
    speed : int
        Months a second; `FASTEST` for as many as there are.
    viewed : int or None
        Month that is looked at, where it is not the latest.
    beside : Beside or None
        The lane that is looked at, without its latest rule.

    Raises
    ------
    InputError
        When the seed is out of range, or the scenario's numbers are too large.
    """

    def __init__(self, scenario: Scenario, seed: int = 1) -> None:
        self._lock = threading.RLock()
        self.number = next(NUMBERS)
        self._wake = threading.Event()
        self._playing: object | None = None
        self.speed = 3
        self.beside: Beside | None = None
        self._went: list[Lane] = []
        self.viewed: int | None = None
        self.shown = 0
        self.stepped = 0
        self.lanes = [Lane(World(scenario, seed))]

    @property
    def seed(self) -> int:
        """Seed of all lanes."""
        return self.lanes[0].world.seed

    @property
    def lane(self) -> Lane:
        """Lane that is looked at."""
        return self.lanes[min(self.shown, len(self.lanes) - 1)]

    @property
    def playing(self) -> bool:
        """Whether months go by."""
        return self._playing is not None

    @property
    def finished(self) -> bool:
        """Whether every lane has run to its end, or stopped for a fault."""
        return all(lane.over for lane in self.lanes)

    @contextmanager
    def still(self) -> Iterator[None]:
        """Hold the run between two months."""
        with self._lock:
            yield

    def play(self) -> None:
        """Let months go by, from the latest one on."""
        with self._lock:
            if self.playing or self.finished:
                return
            self.viewed = None
            self._wake.clear()
            self._playing = token = object()
        threading.Thread(
            target=self._go, args=(token,), name="swcmarket-player", daemon=True
        ).start()

    def pause(self) -> None:
        """Stop after the month under way."""
        self._playing = None
        self._wake.set()

    close = pause

    def set_speed(self, months_per_second: int) -> None:
        """Change the speed.

        Raises
        ------
        InputError
            When it is no whole number from 0 (`FASTEST`) to `LARGEST_SPEED`.
        """
        if not isinstance(months_per_second, int) or not 0 <= months_per_second <= LARGEST_SPEED:
            raise InputError(
                f"speed = {months_per_second!r} is no whole number from 0 (as fast as possible) "
                f"to {LARGEST_SPEED} months a second."
            )
        if months_per_second != self.speed:
            self.speed = months_per_second
            if self.playing:
                self.pause()
                self.play()

    def step_month(self) -> None:
        """Run a month, or the rest of the one under way."""
        self.pause()
        with self._lock:
            self.viewed = None
            self._advance(1, time.perf_counter() + 60.0)
            self.keep_beside(BESIDE_S)

    def step_phase(self) -> None:
        """Run the next phase of the month."""
        self.pause()
        with self._lock:
            self.viewed = None
            for lane in self._behind():
                lane.step_phase()
            self.keep_beside(BESIDE_S)

    def run_to(self, month: int, *, beside: bool = True) -> None:
        """Run until a month has run, or the end.

        Parameters
        ----------
        month : int
            Month number.
        beside : bool
            Whether the run without the latest rule follows.
        """
        self.pause()
        with self._lock:
            self.viewed = None
            last = min(month + 1, self.lanes[0].world.scenario.stop)
            while any(not lane.over and lane.world.month < last for lane in self.lanes):
                self._advance(1, time.perf_counter() + 60.0)
            if beside:
                self.keep_beside(BESIDE_S)

    def set_lever(
        self, key: str, value: object, lane: int | None = None, *, month: int | None = None,
        beside: bool = True,
    ) -> None:
        """Move a lever of a lane: it takes effect with the next month that runs.

        Parameters
        ----------
        key : str
        value : object
        lane : int, optional
            The one that is looked at where not given.
        month : int, optional
            A later month with which it takes effect.
        beside : bool
            Whether the run without the latest rule follows.

        Raises
        ------
        ScenarioError
            When the key is no lever, or the value is not allowed; nothing changes then.
        """
        with self._lock:
            moved = self.lane if lane is None else self.lanes[lane]
            moved.move(key, value, month)
            if len(self.lanes) > 1:
                upcoming = moved.world.month + moved.in_month
                fork = self.lanes[1]
                fork.begun = min(fork.begun, max(month or upcoming, upcoming))
            self.viewed = None
            if beside:
                self.keep_beside(BURST_S)

    def look_at(self, month: int) -> None:
        """Look at a month that has run; the latest one ends the looking back.

        Parameters
        ----------
        month : int
            Month number; one outside what has run becomes the nearest that has.
        """
        self.pause()
        with self._lock:
            lane = self.lane
            month = max(month, lane.world.scenario.start)
            self.viewed = month if month < lane.world.month - 1 else None
            if self.viewed is not None:
                lane.look_at(self.viewed)

    def continue_here(self) -> None:
        """Drop what came after the month that is looked at, levers moved later included."""
        with self._lock:
            if self.viewed is not None:
                for lane in self.lanes:
                    lane.rewind(self.viewed)
                self.viewed = None
                self.keep_beside(BESIDE_S)

    def fork(self) -> None:
        """Begin a second future after the month that is looked at, with the same luck.

        The first stays as it is; a fork that there was is dropped.
        """
        self.pause()
        with self._lock:
            source = self.lanes[0]
            month = source.world.month - 1 if self.viewed is None else self.viewed
            self.lanes = [source, source.forked(month)]
            self.shown, self.viewed = 1, None

    def fork_before_rule(self) -> None:
        """Begin a second future before the latest rule; where there is none, do nothing."""
        with self._lock:
            beside = self.beside
            if beside is None or not beside.fits(self.lane) or len(self.lanes) > 1:
                return
            self.look_at(beside.rules.date - 1)
            self.fork()

    def drop_fork(self) -> None:
        """End the second future."""
        with self._lock:
            self.lanes, self.shown, self.viewed = self.lanes[:1], 0, None
            self.keep_beside(BESIDE_S)

    def show(self, lane: int) -> None:
        """Look at another lane."""
        with self._lock:
            self.shown = min(max(lane, 0), len(self.lanes) - 1)
            if self.viewed is not None:
                self.look_at(self.viewed)

    def shown_world(self) -> World:
        """World of the month that is looked at; hold the run `still` while reading it."""
        lane = self.lane
        return lane.world if self.viewed is None else lane.look_at(self.viewed)

    @property
    def moves(self) -> tuple[Move, ...]:
        """Levers moved by hand in the lane that is looked at."""
        return tuple(self.lane.moves)

    def untouched(self) -> Scenario:
        """Scenario of the lane that is looked at, without what was moved by hand."""
        with self._lock:
            return less_moves(self.lane.world.scenario, self.lane.moves)

    def keep_beside(self, seconds: float) -> None:
        """Have the run without the latest rule catch up, for a while at most.

        Parameters
        ----------
        seconds : float
        """
        with self._lock:
            lane = self.lane
            if len(self.lanes) > 1 or lane.world.month == lane.world.scenario.start:
                # Two futures are compared with each other.
                self.beside = None
                return
            self.beside = Beside.of(lane, self.beside)
            if self.beside is not None:
                self.beside.follow(lane.world.month, time.perf_counter() + seconds)

    def catch_up(self) -> bool:
        """Have the run without the latest rule catch up a little.

        Returns
        -------
        bool
            Whether there was anything to do.
        """
        with self._lock:
            before = self._beside_stands()
            self.keep_beside(BURST_S)
            return self._beside_stands() != before

    def _beside_stands(self) -> tuple[Beside | None, int]:
        world = None if self.beside is None else self.beside.world
        return self.beside, -1 if world is None else world.month

    def _go(self, token: object) -> None:
        begun, done, speed = time.perf_counter(), 0, self.speed
        while self._playing is token:
            with self._lock:
                if self._playing is not token:
                    return
                now = time.perf_counter()
                wanted = int((now - begun) * speed) - done if speed else 1 << 30
                if wanted > 0:
                    held = 0 < speed <= FASTEST_READ
                    done += self._advance(wanted, now + BURST_S, stop_at_rules=held)
                    self.keep_beside(BURST_S)
                    if held and self._rules_began():
                        begun += HOLD_S
                if speed and now - begun - done / speed > MOST_BEHIND_S:
                    begun, done = now, 0
                if self.finished:
                    self._playing = None
                    return
            # Others wait for the lock: let go for a moment even at full speed.
            pause = 0.001 if not speed else max((done + 1) / speed - (now - begun), 0.001)
            self._wake.wait(min(pause, 0.25))

    def _rules_began(self) -> bool:
        scenario, last = self.lane.world.scenario, self.lane.world.month - 1
        # A future that waits for the other to catch up has been held already.
        return self.lane in self._went and last > scenario.start and any(
            event.effective == last for event in scenario.events
        )

    def _advance(self, months: int, until: float, *, stop_at_rules: bool = False) -> int:
        done = 0
        while done < months and not self.finished:
            self._went = self._behind()
            for lane in self._went:
                lane.step_month()
            done += 1
            if time.perf_counter() > until or (stop_at_rules and self._rules_began()):
                break
        self.stepped += done
        return done

    def _behind(self) -> list[Lane]:
        # A fork that began earlier catches up first; then both go in step.
        going = [lane for lane in self.lanes if not lane.over]
        first = min((lane.world.month for lane in going), default=0)
        return [lane for lane in going if lane.world.month == first]


