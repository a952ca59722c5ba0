"""What a laboratory session holds: its rules, its traders, and what happened."""

from enum import IntEnum, unique
from typing import Literal, NamedTuple

import numpy as np

from agents.compiled import kernel
from agents.parameters import Parameters, param
from agents.population import Column, dtype_of, empty
from agents.vocabulary import Side
from simulation.draws import LABORATORY_TRADER, draw_block
from simulation.laboratory.schedules import Schedule
from simulation.markets.order_book import OrderBook, new_book

__all__ = ["Count", "Floor", "Institution", "SessionRules", "Strategy", "open_floor"]


@unique
class Strategy(IntEnum):
    """What a laboratory trader does. The order is that of the choices in `SessionRules`."""

    ZI_U = 0
    ZI_C = 1
    ZIP = 2
    GD = 3
    SNIPER = 4
    TRUTHFUL = 5


@unique
class Institution(IntEnum):
    """How a laboratory market is run. The order is that of the choices in `SessionRules`."""

    STANDING_BOOK = 0
    RANDOM_ACCEPTANCE = 1
    CALL_AUCTION = 2


class SessionRules(Parameters):
    """Rules of a laboratory session and numbers of its traders."""

    institution: Literal["standing_book", "random_acceptance", "call_auction"] = param(
        "standing_book", unit="name", role="lever",
        source="Gode and Sunder (1993); Cliff (1997) for random_acceptance",
        label="Market institution", label_zh="市场制度",
    )
    buyers: Literal["zi_u", "zi_c", "zip", "gd", "sniper", "truthful"] = param(
        "zi_c", unit="name", role="design", source="the experiment",
        label="Strategy of buyers", label_zh="买方策略",
    )
    sellers: Literal["zi_u", "zi_c", "zip", "gd", "sniper", "truthful"] = param(
        "zi_c", unit="name", role="design", source="the experiment",
        label="Strategy of sellers", label_zh="卖方策略",
    )
    days: int = param(
        6, unit="days", low=1, high=1000, role="design",
        source="Gode and Sunder (1993): six periods",
        label="Trading days", label_zh="交易日数",
    )
    shouts: int = param(
        2000, unit="shouts", low=1, high=1_000_000, role="lever",
        source="assumption; fewer lower the efficiency of zero intelligence",
        label="Shouts a day", label_zh="每日喊价次数",
    )
    failures: int = param(
        100, unit="shouts", low=1, high=1_000_000, role="lever", source="Cliff (1997)",
        label="Shouts in a row that nobody accepts, after which the day ends",
        label_zh="连续失败喊价上限（当日收市）",
    )
    ends_with_a_side: bool = param(
        False, unit="1", role="lever",
        source="assumption; Cliff (1997) as retold knows only failures as the end of a day",
        label="Under random acceptance the day ends once a side has nothing left",
        label_zh="随机接受制下一方售罄或购足即收市",
    )
    floor: int = param(
        0, unit="price steps, 0 for none", low=0, high=100_000, role="lever",
        source="Gode and Sunder (2004)", label="Price floor", label_zh="最低限价",
    )
    ceiling: int = param(
        0, unit="price steps, 0 for none", low=0, high=100_000, role="lever",
        source="Gode and Sunder (2004)", label="Price ceiling", label_zh="最高限价",
    )
    learning_rate_low: float = param(
        0.1, unit="1", low=0, high=1, role="uncertainty", source="Cliff (1997): uniform 0.1 to 0.5",
        label="ZIP learning rate, least", label_zh="ZIP学习率下限",
    )
    learning_rate_high: float = param(
        0.5, unit="1", low=0, high=1, role="uncertainty", source="Cliff (1997): uniform 0.1 to 0.5",
        label="ZIP learning rate, most", label_zh="ZIP学习率上限",
    )
    momentum_high: float = param(
        0.1, unit="1", low=0, high=1, role="uncertainty", source="Cliff (1997): uniform 0 to 0.1",
        label="ZIP momentum, most", label_zh="ZIP动量上限",
    )
    margin_low: float = param(
        0.05, unit="1", low=0, high=1, role="uncertainty",
        source="Cliff (1997): uniform 0.05 to 0.35",
        label="ZIP first margin, least", label_zh="ZIP初始利润率下限",
    )
    margin_high: float = param(
        0.35, unit="1", low=0, high=1, role="uncertainty",
        source="Cliff (1997): uniform 0.05 to 0.35",
        label="ZIP first margin, most", label_zh="ZIP初始利润率上限",
    )
    relative_step: float = param(
        0.05, unit="1", low=0, high=1, role="uncertainty", source="Cliff (1997): 5 %",
        label="ZIP target, relative distance", label_zh="ZIP目标相对偏移",
    )
    absolute_step: float = param(
        5.0, unit="price steps", low=0, high=1000, role="uncertainty",
        source="Cliff (1997): 0.05 where prices are near 2.00, here near 200",
        label="ZIP target, absolute distance", label_zh="ZIP目标绝对偏移",
    )
    memory: int = param(
        8, unit="deals", low=1, high=64, role="uncertainty",
        source="assumption; Gjerstad and Dickhaut (1998) leave the length open",
        label="Deals a Gjerstad-Dickhaut trader remembers", label_zh="GD交易者记忆成交数",
    )
    spread: float = param(
        0.1, unit="1", low=0, high=1, role="uncertainty",
        source="Rust, Miller and Palmer (1994): 10 %",
        label="Spread that a sniper takes for small", label_zh="狙击者视为小的价差",
    )
    hurry: float = param(
        0.1, unit="1", low=0, high=1, role="uncertainty",
        source="Rust, Miller and Palmer (1994): the last tenth",
        label="End of the day in which a sniper hurries", label_zh="狙击者抢购的收盘时段",
    )


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
DEAL_COLUMNS = (
    Column("day", "i8", "day", "from 0"),
    Column("shout", "i8", "shouts", "shout of the day, from 0"),
    Column("buyer", "i8", "row", "trader that buys"),
    Column("seller", "i8", "row", "trader that sells"),
    Column("price", "i8", "price steps", "price"),
    Column("value", "i8", "price steps", "value of the buyer's unit"),
    Column("cost", "i8", "price steps", "cost of the seller's unit"),
)
DEAL_DTYPE = dtype_of(DEAL_COLUMNS)
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
    book : OrderBook
    history : numpy.recarray
        Ring of shouts.
    by_price : int64 array, shape (3, prices)
        Scratch of the beliefs.
    deals : numpy.recarray
    counts : int64 array, see `Count`
    """

    traders: np.recarray
    limits: np.ndarray
    book: OrderBook
    history: np.recarray
    by_price: np.ndarray
    deals: np.recarray
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
    most = min(sum(map(len, found.buyers)), sum(map(len, found.sellers)))
    return Floor(
        traders=traders, limits=limits,
        # One standing quote a side, and the one that may take its place.
        book=new_book(4, 4),
        history=empty(SHOUT_COLUMNS, HISTORY),
        by_price=np.zeros((3, max(found.highest, rules.ceiling) + 1), dtype=np.int64),
        deals=empty(DEAL_DTYPE, rules.days * most), counts=counts,
    )
