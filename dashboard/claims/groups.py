"""Claims by benchmark: those that are chosen, in the order of the record."""

import functools
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from dashboard.claims.texts import TEXTS
from experiments.claims.listed import BENCHMARKS, Benchmark
from experiments.claims.record import RECORD, Line, PatternLine, Record, read_record, source_print
from experiments.claims_told import statement_told
from experiments.language import Language, pick
from experiments.report.texts import tell

__all__ = [
    "FILTERS", "VERDICTS", "Filter", "Group", "chosen_patterns", "count_word", "counts_in_words",
    "groups", "last_record", "pattern_name", "pattern_word", "running_sources",
]

Filter = Literal["all", "misses", "reported"]
FILTERS: tuple[Filter, ...] = ("all", "misses", "reported")
VERDICTS = ("holds", "fails", "known miss", "reported")
KEPT: dict[Filter, tuple[str, ...]] = {
    "all": VERDICTS, "misses": ("fails", "known miss"), "reported": ("reported",),
}
KEPT_PATTERNS: dict[Filter, tuple[str, ...]] = {
    "all": ("met", "partly", "missed", "none"), "misses": ("partly", "missed", "none"),
    "reported": (),
}


class Group(NamedTuple):
    """A benchmark with the claims that are chosen.

    Attributes
    ----------
    benchmark : Benchmark
    lines : list of Line
    """

    benchmark: Benchmark
    lines: list[Line]

    def title(self, language: Language) -> str:
        """Its finding."""
        return pick(self.benchmark.title, self.benchmark.title_zh, language)


def last_record(path: Path = RECORD) -> Record:
    """What was measured last; read again when the file has changed.

    Raises
    ------
    OSError, ValueError
        As `read_record` does.
    """
    return _read(path, path.stat().st_mtime_ns)


@functools.lru_cache(maxsize=2)
def _read(path: Path, _: int) -> Record:
    return read_record(path)


@functools.cache
def running_sources() -> str:
    """Hash of the sources that this server runs with: those it was started with."""
    return source_print()


def groups(lines: Sequence[Line], kept: Filter = "all", search: str = "") -> list[Group]:
    """Benchmarks with what fits a filter and a search.

    Parameters
    ----------
    lines : sequence of Line
    kept : {"all", "misses", "reported"}
    search : str
        Words that must all occur: in the claim, its source, or a title in either language.

    Returns
    -------
    list of Group
        Those with no claim are left out, but for benchmarks that were never measured.
    """
    known = {line.benchmark for line in lines}
    found = []
    for benchmark in BENCHMARKS:
        titles = f"{benchmark.title} {benchmark.title_zh} {pick(*benchmark[1:3], 'zh')}"
        mine = [
            line for line in lines if line.benchmark == benchmark.id
            and line.verdict in KEPT[kept]
            and _fits(f"{line.id} {line.statement} {statement_told(line.statement, 'zh')} "
                      f"{line.source} {titles}", search)
        ]
        unknown = benchmark.id not in known and kept == "all" and _fits(
            f"{benchmark.id} {titles}", search
        )
        if mine or unknown:
            found.append(Group(benchmark, mine))
    return found


def chosen_patterns(
    patterns: Sequence[PatternLine], kept: Filter = "all", search: str = ""
) -> list[PatternLine]:
    """Patterns that fit a filter and a search, by their words in either language."""
    return [
        pattern for pattern in patterns if pattern.verdict in KEPT_PATTERNS[kept]
        and _fits(f"{pattern_name(pattern, 'en')} {pattern_name(pattern, 'zh')}", search)
    ]


def _fits(text: str, search: str) -> bool:
    lowered = text.lower()
    return all(word in lowered for word in search.lower().split())


def pattern_name(pattern: PatternLine, language: Language) -> str:
    """What a pattern is called in reports."""
    return tell(f"pattern_{pattern.name}", language)


def pattern_word(pattern: PatternLine, language: Language) -> str:
    """Its verdict."""
    fitted = pattern.fitted and pattern.verdict == "met"
    return TEXTS("word_fitted" if fitted else f"word_{pattern.verdict}", language)


def count_word(verdict: str, count: int, language: Language) -> str:
    """A verdict after the number of claims that have it."""
    return TEXTS(f"word_{verdict}" if count == 1 else verdict, language)


def counts_in_words(lines: Sequence[Line], language: Language) -> str:
    """How many hold, fail, are known to miss, are reported; what there is none of is not said."""
    counts = Counter(line.verdict for line in lines)
    parts = [
        TEXTS("count_of", language, n=counts[word], word=count_word(word, counts[word], language))
        for word in VERDICTS if counts[word]
    ]
    return ("，" if language == "zh" else ", ").join(parts)
