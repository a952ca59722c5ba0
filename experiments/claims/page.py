"""The page of claims: what theory and laboratories say, and what came out here.

``python -m experiments.claims.page`` measures everything and writes docs/claims.md, and what was
measured as data beside it, docs/claims.json, which the dashboard shows; a test holds both to the
code.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from experiments.claims.listed import BENCHMARKS, Verdict, measured
from experiments.claims.measuring import PATTERNS, compile_missing, measured_patterns
from experiments.claims.record import RECORD, record_of, record_text

__all__ = ["PAGE", "main", "page"]

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "claims.md"
VERDICTS = {
    "holds": "holds 成立", "fails": "**fails 不成立**", "known miss": "**known miss 已知偏离**",
    "reported": "reported 仅报告",
}
HEAD = """# Claims 结论检验

Made by `python -m experiments.claims.page`; `swcmarket claims` measures them anew. A claim has its
set-up and its tolerance from before it was measured, but for P1: its set-up and its bounds were
chosen after a first look, so it shows what the model does and tests nothing foretold. One that
misses stays on this page with the reason; *reported* numbers stand beside what is known and are not
judged. ZI-U and ZI-C are traders with random prices, without and with a budget constraint; ZIP are
traders who learn a margin.

由 `python -m experiments.claims.page` 生成，`swcmarket claims` 可重新测量。每条结论的设定与容差
均在测量之前确定，只有 P1 例外：其设定与界限是初看结果之后选定的，只说明模型的表现，
不是事先的检验。未达到者连同原因保留在本页；“仅报告”的数值与已知结果并列，不作判断。
ZI-U、ZI-C 为随机报价的交易者（前者无预算约束，后者有）；ZIP 为会学习利润率的交易者。
"""


def _number(value: object) -> str:
    # Six digits say what a reader compares; the last bits differ between processors.
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    heads = ("claim 编号", "statement 结论", "expected 预期", "measured 实测", "tolerance 容差",
             "verdict 判定")
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    for _, claim, word, _ in verdicts:
        cells = (
            claim.id, claim.statement, _number(claim.expected), _number(claim.measured),
            claim.tolerance, VERDICTS[word],
        )
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
    yield ""


def page(verdicts: Iterable[Verdict]) -> str:
    """The page of claims, as Markdown.

    Parameters
    ----------
    verdicts : iterable of Verdict

    Returns
    -------
    str
    """
    verdicts = list(verdicts)
    words = [verdict.word for verdict in verdicts]
    counts = ", ".join(f"{words.count(word)} {name}" for word, name in VERDICTS.items())
    lines = [HEAD, f"{len(verdicts)}: {counts.replace('**', '')}.", ""]
    for benchmark in dict.fromkeys(verdict.benchmark for verdict in verdicts):
        mine = [verdict for verdict in verdicts if verdict.benchmark is benchmark]
        lines += [f"## {benchmark.id}", "", f"{benchmark.title} {benchmark.title_zh}", ""]
        lines += _table(mine)
        for verdict in mine:
            if verdict.reason:
                lines += [f"{verdict.claim.id}: {verdict.reason}", ""]
        sources = dict.fromkeys(verdict.claim.source for verdict in mine)
        lines += [f"Source 来源: {'; '.join(sources)}.", ""]
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """Measure and write the page and the record."""
    verdicts, seconds = [], {}
    for _ in compile_missing("allowances"):
        pass
    for benchmark in BENCHMARKS:
        began = time.perf_counter()
        verdicts += measured([benchmark])
        seconds[benchmark.id] = time.perf_counter() - began
    began = time.perf_counter()
    patterns = measured_patterns()
    seconds[PATTERNS] = time.perf_counter() - began
    PAGE.write_text(page(verdicts), encoding="utf-8")
    RECORD.write_text(record_text(record_of(verdicts, patterns, seconds)), encoding="utf-8")
    print(f"docs/{PAGE.name} and docs/{RECORD.name} written")


if __name__ == "__main__":
    main()
