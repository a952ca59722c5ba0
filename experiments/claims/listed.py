"""All benchmarks, and the claims that are known to miss."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from experiments.claims import b04, b13, e02
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
        "B4", "A call auction finds the competitive equilibrium.", "集合竞价得到竞争均衡。",
        b04.claims,
    ),
    Benchmark(
        "B13", "A credit with two demands has four price regimes.",
        "同时面向两种需求的信用有四种价格区间。", b13.claims,
    ),
    Benchmark(
        "E2", "Where quality is unseen, nothing trades unless it is worth twice its cost.",
        "质量不可见时，除非价值达到成本的两倍，否则没有交易。", e02.claims,
    ),
)

# Claim to the reason why it misses. It stays in the table; one that holds after all is an error.
KNOWN: dict[str, str] = {}


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
