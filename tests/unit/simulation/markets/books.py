"""Short ways to write a book down."""

from agents.vocabulary import Motive, Side
from simulation.draws import DrawKey
from simulation.markets.protocol import book_of
from tests.helpers import MONTH

KEY = DrawKey(seed=1, month=MONTH)
SELLER, BUYER = 1_001_000_000, 2_001_000_000


def sell(price_fen, tonnes, *, arrival=0.5, who=0):
    """An ask."""
    return (SELLER + who, Side.SELL, Motive.SUPPLY, price_fen, tonnes, arrival)


def buy(price_fen, tonnes, *, arrival=0.5, who=0, motive=Motive.VOLUNTARY):
    """A bid."""
    return (BUYER + who, Side.BUY, motive, price_fen, tonnes, arrival)


def book(*orders):
    """A book of these orders."""
    return book_of(list(orders))


def deals(out):
    """(buy, sell, tonnes, price) of each match, in order."""
    return [
        (int(m.buy), int(m.sell), int(m.tonnes), int(m.price_fen)) for m in out.matches
    ]
