"""What is seen of a run at one moment: copies, so that it may go on meanwhile."""

import time
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from agents.parameters import month_text
from agents.vocabulary import Side
from dashboard.live.lane import Failure
from dashboard.live.player import Player
from experiments.explaining import explain
from experiments.language import Language
from experiments.rule_effects import Effect, Rules, effect_of, rules_at, rules_between
from simulation.month import PHASES
from simulation.scenario import Scenario
from simulation.state import Clock
from simulation.world import World

__all__ = ["BesideSeen", "Book", "Frame", "LaneSeen", "Told", "seen"]

# A sentence stays long enough to be read while months go by faster.
READ_S = 2.5
READ_RULE_S = 5.0


@dataclass(frozen=True, eq=False, slots=True)
class LaneSeen:
    """One future, as far as it has run.

    Attributes
    ----------
    monthly : numpy.recarray, shape (months that have run,)
    begun : int
        Month from which on it is a future of its own.
    scenario : Scenario
        With the levers moved by hand on its timeline.
    failure : Failure or None
    over : bool
    """

    monthly: np.recarray
    begun: int
    scenario: Scenario
    failure: Failure | None
    over: bool


@dataclass(frozen=True, eq=False, slots=True)
class Book:
    """Orders of a month and what came of them.

    Attributes
    ----------
    orders : numpy.recarray
        With something to trade after all overlays.
    filled : int64 array
    deals : numpy.recarray
    """

    orders: np.recarray
    filled: np.ndarray
    deals: np.recarray


class Told(NamedTuple):
    """The sentence that is shown.

    Attributes
    ----------
    month : int
        That it tells of.
    text : str
    since : float
        `time.perf_counter` when it came up.
    rules : bool
        Whether it tells of rules that changed.
    whose : tuple
        Language, run and future that it is about.
    """

    month: int
    text: str
    since: float
    rules: bool
    whose: tuple[Language, int, int]


@dataclass(frozen=True, eq=False, slots=True)
class BesideSeen:
    """What the months are compared with.

    Attributes
    ----------
    rules : Rules or None
        That the other run is without; None where it is the other future of a fork.
    date : int
        First month in which the two may differ.
    monthly : numpy.recarray
        Of the other run.
    latest, all : Effect
        Over the latest twelve months at most, and over all since ``date``.
    """

    rules: Rules | None
    date: int
    monthly: np.recarray
    latest: Effect
    all: Effect


@dataclass(frozen=True, eq=False, slots=True)
class Frame:
    """Everything that is drawn.

    Attributes
    ----------
    number : int
        Grows with each.
    lanes : tuple of LaneSeen
    shown : int
    month : int
        Latest month that has run and is looked at; before the first one where none has.
    told : Told or None
        The sentence; None before the first month.
    beside : BesideSeen or None
        What the months are compared with.
    coming : Rules or None
        Next rules that the scenario brings.
    awaited : Rules or None
        Rules in force that there is no other run to compare with, or not yet.
    hopeless : bool
        Whether there can be no such run.
    book : Book
    mechanism : str
        Pricing rule of that month.
    phase : int
        Place of the next phase of the month under way; 0 between months.
    playing, back : bool
        Whether months go by; whether an earlier month is looked at.
    """

    number: int
    lanes: tuple[LaneSeen, ...]
    shown: int
    month: int
    told: Told | None
    beside: BesideSeen | None
    coming: Rules | None
    awaited: Rules | None
    hopeless: bool
    book: Book
    mechanism: str
    phase: int
    playing: bool
    back: bool

    @property
    def lane(self) -> LaneSeen:
        """Future that is looked at."""
        return self.lanes[self.shown]

    @property
    def place(self) -> int:
        """Month that is looked at, from 0; -1 before the first."""
        return self.month - self.lane.scenario.start

    @property
    def row(self) -> np.record | None:
        """Month that is looked at."""
        return self.lane.monthly[self.place] if 0 <= self.place < len(self.lane.monthly) else None


def seen(
    player: Player, number: int, language: Language, before: Told | None = None
) -> Frame:
    """Copy what a page shows.

    Parameters
    ----------
    player : Player
    number : int
    language : {"en", "zh"}
        Of the sentence.
    before : Told, optional
        What was said last; it is kept for a while where months go by.

    Returns
    -------
    Frame
    """
    with player.still():
        world = player.shown_world()
        lanes = tuple(
            LaneSeen(
                lane.world.state.monthly[: lane.world.month - lane.world.scenario.start].copy(),
                lane.begun, lane.world.scenario, lane.failure, lane.over,
            )
            for lane in player.lanes
        )
        shown = min(player.shown, len(lanes) - 1)
        lane = player.lanes[shown]
        scenario, clock = world.scenario, world.state.clock
        phase = PHASES.index(lane.world.next_phase) if player.viewed is None else 0
        month = world.month - 1
        # Within a month the book is the one being made.
        book_month = month + (phase > 0)
        orders = world.state.orders[: clock[Clock.ORDERS]]
        some = orders.quantity_t > 0
        deals = world.state.deals[: clock[Clock.DEALS]]
        first = int(np.searchsorted(deals.month, book_month))
        book = Book(
            orders[some].copy(), world.state.filled[: len(orders)][some].copy(),
            deals[first:].copy(),
        )
        beside = _beside(player, lanes, shown, month)
        awaited = None
        if beside is None and month > scenario.start:
            awaited = rules_between(scenario, scenario.start + 1, month)
        return Frame(
            number, lanes, shown, month,
            _told(world, month, (language, player.number, shown), before,
                  playing=player.playing and player.speed != 1),
            beside, _coming(scenario, month), awaited,
            player.beside is not None and player.beside.world is None, book,
            scenario.at(max(book_month, scenario.start)).market.mechanism, phase,
            player.playing, player.viewed is not None,
        )


def _told(
    world: World, month: int, whose: tuple[Language, int, int], before: Told | None, *,
    playing: bool,
) -> Told | None:
    scenario, now = world.scenario, time.perf_counter()
    if month < scenario.start:
        return None
    about = month
    if before is not None and playing and before.whose == whose and before.month <= month:
        changed = [event.effective for event in scenario.events
                   if max(before.month, scenario.start) < event.effective <= month]
        # Rules that changed since then go first, even where months went by in between.
        about = max(changed, default=month)
        if not changed and now - before.since < (READ_RULE_S if before.rules else READ_S):
            return before
    rules = any(event.effective == about for event in scenario.events)
    return Told(about, explain(world, about - scenario.start, whose[0]), now, rules, whose)


def _beside(
    player: Player, lanes: tuple[LaneSeen, ...], shown: int, month: int
) -> BesideSeen | None:
    rules: Rules | None = None
    start = lanes[0].scenario.start
    if len(lanes) > 1:
        date, monthly = lanes[1].begun, lanes[1 - shown].monthly
    else:
        known = player.beside
        if known is None or (other := known.monthly) is None or not known.fits(player.lane):
            return None
        rules, date, monthly = known.rules, known.rules.date, other
    rows = lanes[shown].monthly
    latest = effect_of(rows, monthly, start, date, month)
    whole = effect_of(rows, monthly, start, date, month, months=None)
    if latest is None or whole is None:
        return None
    return BesideSeen(rules, date, monthly, latest, whole)


def _coming(scenario: Scenario, month: int) -> Rules | None:
    dates = [event.effective for event in scenario.events if event.effective > month]
    return rules_at(scenario, min(dates)) if dates else None


def month_names(scenario: Scenario) -> list[str]:
    """Every month of a scenario, ``YYYY-MM``."""
    return [month_text(month) for month in range(scenario.start, scenario.stop)]


def sides(book: Book) -> tuple[np.ndarray, np.ndarray]:
    """Rows of a book that sell, the cheapest first, and that buy, the dearest first."""
    orders = book.orders
    selling = np.flatnonzero(orders.side == Side.SELL)
    buying = np.flatnonzero(orders.side == Side.BUY)
    return (
        selling[np.argsort(orders.price_fen[selling], kind="stable")],
        buying[np.argsort(-orders.price_fen[buying], kind="stable")],
    )
