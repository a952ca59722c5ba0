"""What to make of the shipped studies: each remark with what must hold for it to be true.

A remark stands on the page only as long as its condition holds in the runs that the page is made
from; where it does not, the page is not written and the remark has to be thought over.
"""

from collections.abc import Callable
from typing import NamedTuple

from experiments.study.findings import Findings

__all__ = ["QUESTIONS", "REMARKS", "Remark"]


class Remark(NamedTuple):
    """A sentence on a study, and its condition.

    Attributes
    ----------
    holds : callable
        Findings to bool.
    english, chinese : str
    """

    holds: Callable[[Findings], bool]
    english: str
    chinese: str


QUESTIONS: dict[str, tuple[str, str]] = {
    "price-drivers": (
        "If the credit comes to count for compliance in 2027, what does its price over fifteen "
        "years hang on: on what volunteers want, on how much of the offset limit is open to it, on "
        "rivals, on costs, on habit, or on how it is traded?",
        "若信用自2027年起可用于履约，其十五年间的价格取决于什么：自愿需求、抵销限额中的可用份额、竞争性"
        "信用、成本、定价习惯，还是交易方式？",
    ),
    "crowding-out": (
        "Firms that must comply can pay more than most volunteers. In which futures does their "
        "coming drive volunteers out, so that they buy less than three quarters of what they "
        "would buy without?",
        "履约企业比多数自愿买方出得起价。在哪些未来情景中，履约需求会挤出自愿买方，使其购买量不足原来的"
        "四分之三？",
    ),
    "robust-levers": (
        "Eight sets of levers, a hundred and twenty-eight futures in which volunteers, compliance "
        "room, baselines, fires and grants differ. Which set brings money to the watersheds, does "
        "the atmosphere no harm and keeps claims real, whichever future comes?",
        "八组政策、一百二十八个未来情景（自愿需求、履约空间、基线、火灾与补助各不相同）。哪一组无论出现"
        "何种未来，都能给流域带来资金、不损害大气并保证声称真实？",
    ),
    "lever-search": (
        "With 80 % of treatment paid by grants: how much atmosphere has to be given up for more "
        "proceeds, and which of five levers moves along that front?",
        "治理费用80%由补助承担时：为更多收入要牺牲多少大气效应？沿前沿变化的是五个政策变量中的哪一个？",
    ),
}


def _verdict(found: Findings, outcome: str, factor: str) -> str:
    indices = found.sobol[outcome]
    return indices.verdicts[indices.names.index(factor)]


def _total(found: Findings, outcome: str, factor: str) -> float:
    indices = found.sobol[outcome]
    return float(indices.total[indices.names.index(factor)])


def _told(found: Findings, rule: str, outcome: str | None = None) -> tuple[str, ...]:
    choice = found.choice
    assert choice is not None
    return next(
        each.options for each in choice.rules if each.rule == rule and each.outcome == outcome
    ) if any(e.rule == rule and e.outcome == outcome and e.told for e in choice.rules) else ()


REMARKS: dict[str, tuple[Remark, ...]] = {}
