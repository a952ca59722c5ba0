"""All benchmarks, and the claims that are known to miss."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from experiments.claims import b01, b02, b03, b04, b11, b13, e02, e05
from experiments.claims.claim import Claim

__all__ = ["BENCHMARKS", "KNOWN", "Benchmark", "Verdict", "measured"]


class Benchmark(NamedTuple):
    """A finding of theory or of a laboratory, with the claims that make it up.

    Attributes
    ----------
    id : str
    title, title_zh : str
    claims : callable
        Measures them.
    """

    id: str
    title: str
    title_zh: str
    claims: Callable[[], list[Claim]]


BENCHMARKS = (
    Benchmark(
        "B1", "A budget constraint is enough for efficiency; intelligence is not needed.",
        "市场效率来自预算约束，而不必来自交易者的智能。", b01.claims,
    ),
    Benchmark(
        "B2", "Random traders misprice asymmetric markets; traders that learn come closer.",
        "供需不对称时，随机报价者的成交价偏离均衡，会学习的交易者更接近均衡。", b02.claims,
    ),
    Benchmark(
        "B3", "Prices converge with repetition if traders learn, and not otherwise.",
        "交易者会学习时，价格随重复交易而收敛；不学习则不收敛。", b03.claims,
    ),
    Benchmark(
        "B4", "A call auction finds the competitive equilibrium.", "集合竞价得到竞争均衡。",
        b04.claims,
    ),
    Benchmark(
        "B11", "Price limits that do not bind move a double auction, but not a call auction.",
        "不起约束作用的限价会改变连续双向拍卖的价格，但不影响集合竞价。", b11.claims,
    ),
    Benchmark(
        "B13", "A credit with two demands has four price regimes.",
        "同时面向两种需求的信用有四种价格区间。", b13.claims,
    ),
    Benchmark(
        "E2", "Where quality is unseen, nothing trades unless it is worth twice its cost.",
        "质量不可见时，除非价值达到成本的两倍，否则没有交易。", e02.claims,
    ),
    Benchmark(
        "E5", "In a thin market, random sealed bids miss most gains from trade.",
        "在清淡的市场中，随机的密封报价会错失大部分交易收益。", e05.claims,
    ),
)

# Claim to the reason why it misses. It stays in the table; one that holds after all is an error.
KNOWN: dict[str, str] = {
    "B2.zip.excess-demand":
        "In the stated set-up a day ends only after 100 failures, so the buyers left over keep "
        "shouting and learning and the price goes almost to theory, 197.8 against 140 to 160; with "
        "days that end once a side has nothing left (B2.zip_ends_with_a_side.excess-demand) it is "
        "132.9, below these bounds.",
    "B2.zip.excess-supply":
        "In the stated set-up a day ends only after 100 failures, so the sellers left over keep "
        "shouting and learning and the price goes almost to theory, 201.5 against 210 to 230; with "
        "days that end once a side has nothing left (B2.zip_ends_with_a_side.excess-supply) it is "
        "227.5, inside these bounds.",
}


class Verdict(NamedTuple):
    """A claim and what became of it.

    Attributes
    ----------
    benchmark : Benchmark
    claim : Claim
    word : {"holds", "fails", "known miss", "reported"}
    reason : str
        Of a known miss.
    """

    benchmark: Benchmark
    claim: Claim
    word: str
    reason: str


def _word(claim: Claim) -> str:
    if claim.passed is None:
        return "reported"
    if claim.passed:
        return "holds"
    return "known miss" if claim.id in KNOWN else "fails"


def measured(
    benchmarks: Iterable[Benchmark] = BENCHMARKS, advance: Callable[[], None] = lambda: None
) -> Iterator[Verdict]:
    """Measure benchmarks.

    Parameters
    ----------
    benchmarks : iterable of Benchmark
    advance : callable
        Called after each.

    Yields
    ------
    Verdict
    """
    for benchmark in benchmarks:
        for claim in benchmark.claims():
            yield Verdict(benchmark, claim, _word(claim), KNOWN.get(claim.id, ""))
        advance()
