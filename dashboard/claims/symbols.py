"""Symbols and short names in statements of claims, in plain words."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from experiments.claims.record import Line
from experiments.language import Language, pick

__all__ = ["SYMBOLS", "Symbol", "symbols_of"]


class Symbol(NamedTuple):
    """Something that a claim calls by a letter or a short name.

    Attributes
    ----------
    found : str
        Regular expression that the id, the statement or the source has where it is used.
    sign, sign_zh : str
        As the tables write it.
    meaning, meaning_zh : str
    benchmarks : tuple of str
        Where it means this; everywhere if empty.
    """

    found: str
    sign: str
    sign_zh: str
    meaning: str
    meaning_zh: str
    benchmarks: tuple[str, ...] = ()


SYMBOLS = (
    Symbol(r"\.solver\.", "solver", "solver", "the theory, solved exactly", "理论的精确解"),
    Symbol(r"\.agents?\.", "agent, agents", "agent、agents",
           "firms or traders of this model decide and trade by themselves",
           "由本模型的企业或交易者自行决策并交易"),
    Symbol(r"ZI-U", "ZI-U", "ZI-U",
           "zero intelligence, unconstrained: bids at random, at a loss too",
           "零智能，无约束：随机报价，可能亏损"),
    Symbol(r"ZI-C", "ZI-C", "ZI-C",
           "zero intelligence, constrained: bids at random, never at a loss",
           "零智能，有约束：随机报价，不做亏损报价"),
    Symbol(r"ZIP|\.zip", "ZIP", "ZIP",
           "zero intelligence plus: never at a loss, and learns its margin from what it sees",
           "零智能加强型：不做亏损报价，并从所见成交中学习调整利润率"),
    Symbol(r"Alpha", "Alpha", "α",
           "root mean square distance of a day's prices from the equilibrium price, in percent of "
           "it (Smith)",
           "当日各成交价与均衡价之差的均方根，以均衡价的百分比表示（Smith）"),
    Symbol(r"standing book", "standing book", "常设报价",
           "who improves on the best quote of the own side puts it up; who meets the other side's "
           "trades at that quote",
           "优于本方最优报价者挂出新报价；达到对方报价者按该报价成交"),
    Symbol(r"random acceptance", "random acceptance", "随机接受",
           "of those who would deal at a shouted price one is drawn",
           "从愿按所喊价格成交者中抽取一人"),
    Symbol(r"make.good", "make-good", "补足",
           "missing tonnes must be delivered later, besides the penalty",
           "除罚款外，缺少的吨数此后仍须补缴", ("B7",)),
    Symbol(r"[Bb]ank", "bank", "结转量", "allowances kept for later periods",
           "留待以后各期使用的配额", ("B9",)),
    Symbol(r"horizon", "horizon", "前瞻", "periods that a firm looks ahead",
           "企业前瞻的期数", ("B9",)),
    Symbol(r"shock", "shock", "冲击", "shift of the marginal cost of abatement, yuan/t",
           "边际减排成本的变动，元/吨", ("B10",)),
    Symbol(r"[Ww]edge", "wedge", "价差", "allowance price less credit price, yuan/t",
           "配额价格减去碳信用价格，元/吨", ("B12",)),
    Symbol(r"\bV \d", "V", "V",
           "strength of voluntary demand: at price p volunteers want V − p/2 tonnes",
           "自愿需求强度：价格为p时自愿买方愿购V − p/2吨", ("B13",)),
    Symbol(r"\bL \d", "L", "L", "most that compliance buyers may use, t",
           "履约买方可使用的上限，吨", ("B13",)),
    Symbol(r"\bA \d", "A", "A", "allowance price, yuan/t", "配额价格，元/吨", ("B13",)),
    Symbol(r"\bcode\b", "code", "编号",
           "0: volunteers only, 1: the limit binds, 2: the allowance sets the price, 3: volunteers "
           "lift the price above the allowance",
           "0：仅自愿；1：上限起约束作用；2：价格由配额决定；3：自愿需求使价格高于配额", ("B13",)),
    Symbol(r"\bB \d", "B", "B", "slope of the marginal benefit of abatement, yuan/t per t",
           "边际减排收益的斜率，元/吨·吨", ("B14",)),
    Symbol(r"\bMAC\b", "MAC", "MAC", "marginal abatement cost, yuan/t", "边际减排成本，元/吨"),
)


def symbols_of(lines: Sequence[Line], language: Language) -> list[tuple[str, str]]:
    """What claims use and do not explain.

    Parameters
    ----------
    lines : sequence of Line
        Of one benchmark.
    language : {"en", "zh"}

    Returns
    -------
    list of (str, str)
        Sign and meaning, general ones first.
    """
    used = [
        symbol for symbol in SYMBOLS
        if any(
            (not symbol.benchmarks or line.benchmark in symbol.benchmarks)
            and re.search(symbol.found, f"{line.id}.\n{line.statement}\n{line.source}")
            for line in lines
        )
    ]
    return [
        (pick(symbol.sign, symbol.sign_zh, language),
         pick(symbol.meaning, symbol.meaning_zh, language))
        for symbol in used
    ]
