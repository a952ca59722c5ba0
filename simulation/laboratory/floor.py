"""What a laboratory session holds: its traders, its book, and what happened today."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from agents.compiled import kernel
from agents.population import Column, empty
from agents.vocabulary import Side
from simulation.draws import LABORATORY_TRADER, draw_block
from simulation.laboratory.rules import SessionRules, Strategy
from simulation.laboratory.schedules import Schedule
from simulation.markets.order_book import OrderBook, new_book

__all__ = ["NO_UNIT", "Count", "Floor", "open_floor", "take_orders"]


TRADER_COLUMNS = (
    Column("agent_id", "i8", "id", "address of the trader's draws"),
    Column("side", "i8", "code", "Side"),
    Column("strategy", "i8", "code", "Strategy"),
    Column("units", "i8", "units", "units a day"),
    Column("done", "i8", "units", "units traded today"),
    Column("margin", "f8", "1", "ZIP: profit margin"),
    Column("change", "f8", "price steps", "ZIP: change of the price at the last step"),
    Column("learning_rate", "f8", "1", "ZIP: learning rate"),
    Column("momentum", "f8", "1", "ZIP: momentum"),
)
SHOUT_COLUMNS = (
    Column("side", "i8", "code", "Side"),
    Column("price", "i8", "price steps", "price shouted; of an acceptance, the price of the deal"),
    Column("accepted", "i8", "1", "1 where it became a deal"),
)
TAPE_COLUMNS = (
    Column("shout", "i8", "shouts", "shout of the day, from 0"),
    Column("buyer", "i8", "row", "trader that buys"),
    Column("seller", "i8", "row", "trader that sells"),
    Column("buy", "i8", "row", "order that buys"),
    Column("sell", "i8", "row", "order that sells"),
    Column("price", "i8", "price steps", "price that the buyer pays"),
    Column("seller_price", "i8", "price steps", "price that the seller gets"),
)
NO_UNIT = -1
# Shouts that can be remembered; more than these are forgotten, the oldest first.
HISTORY = 2048


class Count(IntEnum):
    """Places in ``Floor.counts``."""

    DEALS = 0
    HISTORY = 1
    STANDING_ASK = 2
    STANDING_BID = 3
    ASK_SHOUT = 4
    BID_SHOUT = 5
    LOWEST_BEFORE = 6
    HIGHEST_BEFORE = 7


class Floor(NamedTuple):
    """State of a session.

    Attributes
    ----------
    traders : numpy.recarray, buyers first
    limits : int64 array, shape (traders, most units)
        Value or cost of each unit, in the order in which they trade.
    orders : int64 array, shape (traders, most units)
        Row of the order to which each unit belongs.
    book : OrderBook
    history : numpy.recarray
        Ring of shouts.
    by_price : int64 array, shape (3, prices)
        Scratch of the beliefs.
    tape : numpy.recarray
        Deals of the day.
    counts : int64 array, see `Count`
    """

    traders: np.recarray
    limits: np.ndarray
    orders: np.ndarray
    book: OrderBook
    history: np.recarray
    by_price: np.ndarray
    tape: np.recarray
    counts: np.ndarray


@kernel
def _set_up(traders, rules, seed):
    for index in range(len(traders)):
        trader = traders[index]
        first, second, third, _ = draw_block(seed, LABORATORY_TRADER, 0, trader.agent_id, 0)
        margin = rules.margin_low + first * (rules.margin_high - rules.margin_low)
        trader.margin = -margin if trader.side == Side.BUY else margin
        trader.learning_rate = (
            rules.learning_rate_low
            + second * (rules.learning_rate_high - rules.learning_rate_low)
        )
        trader.momentum = third * rules.momentum_high


@kernel
def take_orders(floor, orders):
    """Hand the orders of the day to the traders who sent them.

    Parameters
    ----------
    floor : Floor, changed in place
    orders : recarray of orders; `row` is the row of the trader

    Returns
    -------
    row of the first order that no trader of this floor can have sent, or `NO_UNIT` where all fit
    """
    for index in range(len(floor.traders)):
        floor.traders[index].units = 0
    for row in range(len(orders)):
        order = orders[row]
        if order.row < 0 or order.row >= len(floor.traders):
            return row
        trader = floor.traders[order.row]
        if order.side != trader.side or (
            trader.units + order.quantity_t > floor.limits.shape[1]
        ):
            return row
        for _ in range(order.quantity_t):
            floor.limits[order.row, trader.units] = order.price_fen
            floor.orders[order.row, trader.units] = row
            trader.units += 1
    return NO_UNIT


def open_floor(
    found: Schedule, rules: SessionRules, record: np.record, seed: int
) -> Floor:
    """Traders at their places, before the first shout.

    Parameters
    ----------
    found : Schedule
    rules : SessionRules
    record : numpy.record
        The same rules, for kernels.
    seed : int

    Returns
    -------
    Floor
    """
    units = [*found.buyers, *found.sellers]
    traders = empty(TRADER_COLUMNS, len(units))
    limits = np.zeros((len(units), max(map(len, units))), dtype=np.int64)
    for row, own in enumerate(units):
        side = Side.BUY if row < len(found.buyers) else Side.SELL
        place = row if side is Side.BUY else row - len(found.buyers)
        strategy = rules.buyers if side is Side.BUY else rules.sellers
        traders.agent_id[row] = side * 1_000_000 + place
        traders.side[row] = side
        traders.strategy[row] = Strategy[strategy.upper()]
        traders.units[row] = len(own)
        limits[row, : len(own)] = own
    _set_up(traders, record, seed)
    counts = np.zeros(len(Count), dtype=np.int64)
    counts[Count.LOWEST_BEFORE] = counts[Count.HIGHEST_BEFORE] = -1
    most = limits.shape[1] * min(len(found.buyers), len(found.sellers))
    return Floor(
        traders=traders, limits=limits, orders=np.zeros_like(limits),
        # One standing quote a side, and the one that may take its place.
        book=new_book(4, 4),
        history=empty(SHOUT_COLUMNS, HISTORY),
        by_price=np.zeros((3, max(found.highest, rules.ceiling) + 1), dtype=np.int64),
        tape=empty(TAPE_COLUMNS, most), counts=counts,
    )
