"""A running world at one moment, for people: months, numbers, names, orders and entries."""

from bisect import bisect_left
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

from agents.parameters import month_text
from agents.registry.ledger import JOURNAL
from agents.vocabulary import Eligibility, Side
from experiments.language import Language, unit_in
from experiments.names import agent_name
from simulation.month import PHASES
from simulation.phases.public import GOVERNMENT_ID
from simulation.state import Clock
from simulation.world import World

__all__ = ["Moment", "Trade", "values_of"]

PLACES = {phase.name: place for place, phase in enumerate(PHASES)}
# Partners that are named one by one; more are counted.
NAMED = 3


class Trade(NamedTuple):
    """What an order got from one partner at one price."""

    partner: str
    tonnes: int
    fen: int


def values_of(rows: np.recarray, row: int) -> SimpleNamespace:
    """Columns of one agent as plain numbers."""
    return SimpleNamespace(**dict(zip(rows.dtype.names, rows[row].item(), strict=True)))


class Moment:
    """A world between two phases, and how its numbers are said in one language.

    Parameters
    ----------
    world : World
    language : {"en", "zh"}

    Attributes
    ----------
    month : int
        Under way, or the last one that has run; before the first, the first.
    book_month : int
        Of the orders; before the first month where there are none.
    """

    def __init__(self, world: World, language: Language) -> None:
        self.world, self.language = world, language
        self.state, self.people = world.state, world.people
        self.currency = world.scenario.currency
        self._done = PLACES[world.next_phase.name]
        self.month = world.month
        if self._done == 0 and world.month > world.scenario.start:
            self.month, self._done = world.month - 1, len(PHASES)
        self.book_month = self.month if self.ran("quote") else self.month - 1
        clock = self.state.clock
        self.orders = self.state.orders[: clock[Clock.ORDERS]]

    def ran(self, phase: str) -> bool:
        """Whether a phase of the month has run."""
        return PLACES[phase] < self._done

    @property
    def cleared(self) -> bool:
        """Whether the orders of the book have met."""
        return self.ran("clear") or not self.ran("quote")

    def say(self, english: str, chinese: str) -> str:
        """One of two texts."""
        return chinese if self.language == "zh" else english

    def of_book(self, text: str) -> str:
        """A sentence about the book, with its month where that is not the one under way."""
        if self.book_month == self.month:
            return text
        when = month_text(self.book_month)
        return self.say(f"{when}: {text}", f"{when}：{text}")

    def price(self, fen: float) -> str:
        """A price with its unit, from fen/t."""
        return f"{fen / 100:,.2f}{self.gap}{unit_in('yuan/t', self.currency, self.language)}"

    def money(self, fen: float) -> str:
        """An amount with its unit, from fen."""
        amount = f"{fen / 100:,.0f}" if abs(fen) >= 100_000 else f"{fen / 100:,.2f}"
        return f"{amount}{self.gap}{unit_in('yuan', self.currency, self.language)}"

    def tonnes(self, value: float) -> str:
        """Tonnes with their unit."""
        return f"{value:,.0f}{self.say(' t', '吨')}"

    @property
    def gap(self) -> str:
        """Between a number and its unit."""
        return "" if self.language == "zh" else " "

    def listed(self, texts: list[str]) -> str:
        """Texts in a row."""
        if self.language == "zh" or len(texts) < 2:
            return "、".join(texts)
        return ", ".join(texts[:-1]) + " and " + texts[-1]

    def orders_of(self, agent_id: int) -> list[int]:
        """Places in the book of an agent's orders."""
        return np.flatnonzero(self.orders.agent_id == agent_id).tolist()

    def name_of(self, agent_id: int, *, selling: bool) -> str:
        """Name of a seller or of a buyer."""
        if agent_id == GOVERNMENT_ID:
            return self.say("the government's reserve", "政府储备") if selling else self.say(
                "the government", "政府")
        rows = self.state.projects if selling else self.state.firms
        names = self.people.projects if selling else self.people.firms
        return agent_name(names[int(np.searchsorted(rows.agent_id, agent_id))], self.language)

    def trades_of(self, place: int) -> list[Trade]:
        """What an order of the book got, partner by partner."""
        matches = self.state.matches[: self.state.clock[Clock.MATCHES]]
        selling = self.orders.side[place] == Side.SELL
        mine = matches[(matches.sell if selling else matches.buy) == place]
        found: dict[tuple[int, int], int] = {}
        for match in mine:
            other = int(self.orders.agent_id[match.buy if selling else match.sell])
            fen = int(match.seller_price_fen if selling else match.price_fen)
            found[other, fen] = found.get((other, fen), 0) + int(match.tonnes)
        return [
            Trade(self.name_of(other, selling=not selling), tonnes, fen)
            for (other, fen), tonnes in found.items()
        ]

    def best_opposite(self, place: int, *, left: bool = False) -> int:
        """Best price of the other side that goes with an order, fen/t; 0 if there is none.

        Parameters
        ----------
        place : int
            In the book.
        left : bool
            Only of orders that were not filled whole.
        """
        order, book = self.orders[place], self.orders
        there = (book.side != order.side) & (book.quantity_t > 0)
        if left:
            there &= book.quantity_t > self.state.filled[: len(book)]
        if order.side == Side.SELL:
            # What a bid accepts, see `Eligibility`.
            accepts = book.eligibility == Eligibility.ANY
            if order.eligibility != Eligibility.ANY:
                accepts = (book.eligibility != Eligibility.LOCAL) | (
                    book.province == order.province
                )
            return int(book.price_fen[there & accepts].max(initial=0))
        if order.eligibility != Eligibility.ANY:
            there &= book.eligibility != Eligibility.ANY
        if order.eligibility == Eligibility.LOCAL:
            there &= book.province == order.province
        asks = book.price_fen[there]
        return int(asks.min()) if len(asks) else 0

    def got(self, trades: list[Trade], *, selling: bool) -> str:
        """Tonnes, partners and prices of what an order got."""
        if len(trades) <= NAMED:
            return self._each(trades, selling=selling)
        total = sum(trade.tonnes for trade in trades)
        partners = len({trade.partner for trade in trades})
        prices = [trade.fen for trade in trades]
        low, high = min(prices), max(prices)
        at = self.price(low)
        if high > low:
            mean = sum(trade.fen * trade.tonnes for trade in trades) / total
            at = self.say(
                f"{low / 100:,.2f} to {self.price(high)} (mean {mean / 100:,.2f})",
                f"{low / 100:,.2f}至{self.price(high)}（均价{mean / 100:,.2f}）",
            )
        if selling:
            return self.say(
                f"{self.tonnes(total)} to {partners} buyers at {at}",
                f"{partners}家买方，共{self.tonnes(total)}，{at}",
            )
        return self.say(
            f"{self.tonnes(total)} from {partners} sellers at {at}",
            f"{partners}个卖方，共{self.tonnes(total)}，{at}",
        )

    def _each(self, trades: list[Trade], *, selling: bool) -> str:
        to = "to" if selling else "from"
        return self.say("", "买方" if selling else "卖方") + self.listed([
            self.say(
                f"{self.tonnes(trade.tonnes)} {to} {trade.partner} at {self.price(trade.fen)}",
                f"{trade.partner}（{self.tonnes(trade.tonnes)}，{self.price(trade.fen)}）",
            )
            for trade in trades
        ])

    def entries(self) -> np.recarray:
        """Lines of the journal of the month, as far as they are in memory."""
        journal = self.state.ledger.journal[: self.state.ledger.counters[JOURNAL]]
        months = journal["month"]
        first = bisect_left(range(len(journal)), self.month, key=months.__getitem__)
        return journal[first:]

    def entries_of(self, *accounts: int) -> list[Any]:
        """Of these, what accounts gave or received: plain rows with the names of the columns."""
        lines = self.entries()
        mine = np.isin(lines.debit, accounts) | np.isin(lines.credit, accounts)
        return [values_of(lines, row) for row in np.flatnonzero(mine)]
