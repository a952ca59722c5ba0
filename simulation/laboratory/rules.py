"""Rules of a laboratory session, and the numbers of its traders."""

from enum import IntEnum, unique
from typing import Literal

from pydantic import field_validator

from agents.parameters import Parameters, param

__all__ = ["SessionRules", "Strategy"]


@unique
class Strategy(IntEnum):
    """What a laboratory trader does. The order is that of the choices in `SessionRules`."""

    ZI_U = 0
    ZI_C = 1
    ZIP = 2
    GD = 3
    SNIPER = 4
    TRUTHFUL = 5


_STRATEGIES = Literal["zi_u", "zi_c", "zip", "gd", "sniper", "truthful"]
# Pricing rules that are none of a laboratory market, and why.
_ELSEWHERE = {
    "bilateral": "needs provinces and a network of contacts, which a laboratory market has not",
    "one_way_auction": "sells the lots of single sellers, and nobody here owns a lot alone",
    "administered": "takes its price from outside. Set laboratory.floor and laboratory.ceiling to "
    "that price",
    "reverse_auction": "needs a public buyer with a budget, which a laboratory market has not",
    "continuous": "is here the standing book, in which traders react. Give standing_book",
}


class SessionRules(Parameters):
    """Rules of a laboratory session and numbers of its traders."""

    institution: Literal[
        "standing_book", "random_acceptance", "call_auction", "pay_as_bid", "mcafee", "listing"
    ] = param(
        "standing_book", unit="name", role="lever",
        source="Gode and Sunder (1993); Cliff (1997) for random_acceptance",
        label="Market institution", label_zh="市场制度",
    )
    buyers: _STRATEGIES = param(
        "zi_c", unit="name", role="design", source="the experiment",
        label="Strategy of buyers", label_zh="买方策略",
    )
    sellers: _STRATEGIES = param(
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

    @field_validator("institution", mode="before")
    @classmethod
    def _has_a_meaning_here(cls, given: object) -> object:
        if isinstance(given, str) and given in _ELSEWHERE:
            raise ValueError(f"this pricing rule {_ELSEWHERE[given]}")
        return given
