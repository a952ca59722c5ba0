"""What is seen of a run at one moment: copies, so that it may go on meanwhile."""

from dataclasses import dataclass

import numpy as np

from agents.parameters import month_text
from agents.vocabulary import Side
from dashboard.live.lane import Failure
from dashboard.live.player import Player
from experiments.explaining import explain
from experiments.language import Language
from simulation.month import PHASES
from simulation.scenario import Scenario
from simulation.state import Clock

__all__ = ["Book", "Frame", "LaneSeen", "seen"]


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
    sentence : str
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
    sentence: str
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


def seen(player: Player, number: int, language: Language) -> Frame:
    """Copy what a page shows.

    Parameters
    ----------
    player : Player
    number : int
    language : {"en", "zh"}
        Of the sentence.

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
        place = month - scenario.start
        sentence = explain(world, place, language) if place >= 0 else ""
        return Frame(
            number, lanes, shown, month, sentence, book,
            scenario.at(max(book_month, scenario.start)).market.mechanism, phase,
            player.playing, player.viewed is not None,
        )


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
