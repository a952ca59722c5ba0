"""The order book once more, as sorted lists of plain objects: obvious, not fast.

It is the oracle of `simulation.markets.order_book`: a stream of orders, cancels and replacements
gives both the same answers and the same trades.
"""

from bisect import insort
from dataclasses import dataclass

from agents.vocabulary import Side
from simulation.markets.order_book import BookRefusal
from simulation.markets.protocol import LARGEST_ORDER_T, LARGEST_PRICE_FEN

__all__ = ["PlainBook", "PlainOrder"]


@dataclass(slots=True, eq=False)
class PlainOrder:
    """An order that rests, or one that is about to trade."""

    name: int
    side: Side
    price_fen: int
    tonnes: int
    owner: int
    turn: int = 0

    def __lt__(self, other: "PlainOrder") -> bool:
        """Better price first, then earlier turn."""
        if self.price_fen != other.price_fen:
            return (self.price_fen < other.price_fen) == (self.side is Side.SELL)
        return self.turn < other.turn


class PlainBook:
    """Two sorted lists of orders, a list of trades, and who is who by name.

    Parameters
    ----------
    orders, trades : int
        Most orders that may rest, most trades that may be made.
    """

    def __init__(self, orders: int, trades: int) -> None:
        self.most_orders, self.most_trades = orders, trades
        self.sides: dict[Side, list[PlainOrder]] = {Side.SELL: [], Side.BUY: []}
        self.resting: dict[int, PlainOrder] = {}
        self.trades: list[tuple[int, int, int, int, Side]] = []
        self.turns = 0

    def best(self, side: Side) -> int | None:
        """Best price of a side."""
        return self.sides[side][0].price_fen if self.sides[side] else None

    def _refusal(self, price_fen: int, tonnes: int) -> BookRefusal:
        if tonnes <= 0:
            return BookRefusal.NOT_POSITIVE
        if tonnes > LARGEST_ORDER_T:
            return BookRefusal.TOO_LARGE
        if not 0 <= price_fen <= LARGEST_PRICE_FEN:
            return BookRefusal.PRICE_OUT_OF_RANGE
        return BookRefusal.NONE

    def submit(
        self, name: int, side: int, price_fen: int, tonnes: int, owner: int
    ) -> tuple[bool, int, BookRefusal]:
        """Whether a part rests, how many tonnes traded at once, and why not."""
        if side not in list(Side):
            return False, 0, BookRefusal.UNKNOWN_SIDE
        refusal = self._refusal(price_fen, tonnes)
        if refusal:
            return False, 0, refusal
        return self._enter(PlainOrder(name, Side(side), price_fen, tonnes, owner))

    def cancel(self, name: int) -> tuple[int, BookRefusal]:
        """Tonnes handed back, and why not."""
        order = self._take_out(name)
        return (order.tonnes, BookRefusal.NONE) if order else (0, BookRefusal.UNKNOWN_ORDER)

    def replace(self, name: int, price_fen: int, tonnes: int) -> tuple[bool, int, BookRefusal]:
        """Other terms for a resting order; as `submit`."""
        if name not in self.resting:
            return False, 0, BookRefusal.UNKNOWN_ORDER
        refusal = self._refusal(price_fen, tonnes)
        if refusal:
            return True, 0, refusal
        order = self.resting[name]
        if price_fen == order.price_fen and tonnes <= order.tonnes:
            order.tonnes = tonnes
            return True, 0, BookRefusal.NONE
        self._take_out(name)
        return self._enter(PlainOrder(name, order.side, price_fen, tonnes, order.owner))

    def _take_out(self, name: int) -> PlainOrder | None:
        order = self.resting.pop(name, None)
        if order:
            self.sides[order.side].remove(order)
        return order

    def _enter(self, order: PlainOrder) -> tuple[bool, int, BookRefusal]:
        order.turn = self.turns
        self.turns += 1
        others = self.sides[Side(1 - order.side)]
        traded = 0
        while order.tonnes and others:
            best = others[0]
            bid, ask = (order, best) if order.side is Side.BUY else (best, order)
            if bid.price_fen < ask.price_fen:
                break
            if len(self.trades) == self.most_trades:
                return False, traded, BookRefusal.TRADES_FULL
            tonnes = min(order.tonnes, best.tonnes)
            self.trades.append((bid.owner, ask.owner, tonnes, best.price_fen, best.side))
            traded += tonnes
            order.tonnes -= tonnes
            best.tonnes -= tonnes
            if best.tonnes == 0:
                self._take_out(best.name)
        if order.tonnes == 0:
            return False, traded, BookRefusal.NONE
        if len(self.resting) == self.most_orders:
            return False, traded, BookRefusal.BOOK_FULL
        self.resting[order.name] = order
        insort(self.sides[order.side], order)
        return True, traded, BookRefusal.NONE
