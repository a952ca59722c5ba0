"""The page on the shipped studies: what was asked, what came out, what to make of it.

``python -m experiments.studies_page`` runs every study that ships (or goes on with its store in
results/studies) and writes docs/studies.md, docs/studies.zh.md and docs/studies.json, which holds a
few runs of each for a test to do again. About five minutes on two cores.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from experiments.analysis.discovered import Limits
from experiments.language import LANGUAGES, Language, pick, unit_in
from experiments.studies_remarks import QUESTIONS, REMARKS
from experiments.study.files import load_study, study_names
from experiments.study.findings import Findings, findings_of
from experiments.study.pools import pool_for
from experiments.study.reading import read_store
from experiments.study.session import run_study
from experiments.study.store import Store
from experiments.study.tables import (
    between,
    limits_text,
    outcome_label,
    rule_sentence,
    short_number,
)
from experiments.study.words import tell
from experiments.workers import available_workers
from simulation.outcomes import OUTCOMES

__all__ = ["FIGURES", "main", "page"]

DOCS = Path(__file__).resolve().parent.parent / "docs"
FIGURES = DOCS / "studies.json"
STORES = Path("results/studies")
# Runs of each study that a test does again.
REPEATED = 3

HEAD = {
    "en": """# What the shipped studies found

[中文](studies.zh.md) · [how studies work](experiments.md)

Made by `python -m experiments.studies_page`; every number on this page was measured by it. Ranges
of factors and thresholds are assumptions, written in the study files under
`experiments/studies/`. Intervals are 95 % and concern sampling and luck, not the truth of the
model: see [what it cannot tell you](limits.md).
""",
    "zh": """# 自带研究的结论

[English](studies.md) · [如何做研究](experiments.zh.md)

由 `python -m experiments.studies_page` 生成，页中数值均由其测得。因素范围与门槛均为假设，见
`experiments/studies/` 下的研究文件。区间均为95%区间，只反映取样与随机性，不代表模型正确：
见[本模型不能告诉您什么](limits.zh.md)。
""",
}


class Done(NamedTuple):
    """A study that was run, and what it found."""

    store: Store
    found: Findings


def _done(name: str, advance: Callable[[str], None]) -> Done:
    pool = pool_for(available_workers())
    try:
        advance(name)
        store, _ = run_study(load_study(name), STORES / name, pool)
    finally:
        pool.close()
    return Done(store, findings_of(read_store(store)))


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _table(heads: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield _row(heads)
    yield "|" + "---|" * len(heads)
    yield from map(_row, rows)
    yield ""


def _how(done: Done, language: Language) -> Iterator[str]:
    study, reading = done.store.study, done.found.reading
    file = f"`experiments/studies/{study.name}.toml`"
    yield tell(
        "page_how", language, file=file, design=tell(study.design.kind, language),
        factors=len(reading.factors), points=f"{reading.points:,}", replicates=study.replicates,
        runs=f"{int(reading.ended.sum()):,}", failed=f"{len(done.store.failures()):,}",
        base=done.store.base.name,
    )
    yield ""
    rows = []
    for factor in reading.factors:
        if factor.levels:
            values = "; ".join(factor.level_title(level, language) for level in factor.levels)
        else:
            values = f"{factor.low:g} – {factor.high:g}"
            if factor.scale == "log":
                values += tell("page_log", language)
        rows.append([factor.title(language), f"`{factor.called}`", values,
                     tell(f"page_{factor.who}", language)])
    heads = [tell(key, language) for key in ("factor", "page_key", "page_values", "page_role")]
    yield from _table(heads, rows)


def _sobol(found: Findings, language: Language) -> Iterator[str]:
    shown = [name for name in found.sobol if found.sobol[name].status == "varies"]
    if not shown:
        return
    rows = []
    for place, factor in enumerate(found.reading.factors):
        cells = [factor.title(language)]
        for name in shown:
            indices = found.sobol[name]
            text = between(
                indices.total[place], indices.total_low[place], indices.total_high[place]
            )
            verdict = indices.verdicts[place]
            cells.append(f"**{text}**" if verdict == "matters"
                         else text if verdict == "sample more" else f"{text} –")
        rows.append(cells)
    noise = [found.sobol[name].noise_share for name in shown]
    rows.append([tell("page_noise", language),
                 *("" if share is None else f"{share:.0%}" for share in noise)])
    yield tell("page_sobol", language)
    yield ""
    yield from _table(
        [tell("factor", language), *(outcome_label(name, language) for name in shown)], rows
    )


def _limit(found: Findings, limits: Limits, language: Language) -> str:
    title = next(f for f in found.reading.factors if f.called == limits.factor).title(language)
    return f"{title} {limits_text(found, limits, language)}"


def _discovery(found: Findings, language: Language) -> Iterator[str]:
    if found.discovery is None:
        return
    case, result = found.reading.study.discovery, found.discovery
    label = pick(case.label, case.label_zh, language) or tell("the_case", language)
    key = f"discovery_{result.verdict}".replace(" ", "_")
    yield tell(key, language, case=label, rate=f"{result.base_rate:.0%}", n=f"{result.points:,}")
    yield ""
    rows = []
    for box in result.boxes:
        if not box.restrictions:
            continue
        limits = "; ".join(_limit(found, each.limits, language) for each in box.restrictions)
        held = "–" if box.holdout_density is None else f"{box.holdout_density:.0%}"
        rows.append([
            limits, f"{box.mass:.0%}", f"{box.density:.0%}", held, f"{box.coverage:.0%}",
            tell("page_holds" if box.holds else "page_does_not_hold", language),
        ])
    heads = ("page_box", "page_mass", "page_density", "page_holdout", "page_coverage", "verdict")
    yield from _table([tell(key, language) for key in heads], rows)


def _choice(found: Findings, language: Language) -> Iterator[str]:
    choice = found.choice
    if choice is None:
        return
    wanted = list(dict.fromkeys((row.outcome, row.direction) for row in choice.by_outcome))
    heads = [tell("page_option", language)]
    currency = found.reading.store.base.currency
    units = {outcome.name: outcome.unit for outcome in OUTCOMES}
    for outcome, _ in wanted:
        label = outcome_label(outcome, language)
        unit = unit_in(units[outcome], currency, language)
        heads.append(label if unit == "1" else f"{label}, {unit}")
        heads.append(tell("page_met", language))
    heads.append(tell("all_met", language))
    rows = []
    for share in choice.by_option:
        cells = [found.reading.option_title(share.option, language)]
        for pair in wanted:
            row = next(r for r in choice.by_outcome
                       if r.option == share.option and (r.outcome, r.direction) == pair)
            cells.append(tell("page_mean_bad", language, mean=short_number(row.mean, language),
                              bad=short_number(row.bad_side, language)))
            cells.append("–" if row.met is None else f"{row.met.share:.0%}")
        met = share.satisficing
        cells.append("–" if met is None else f"{met.share:.0%} [{met.low:.0%}, {met.high:.0%}]")
        rows.append(cells)
    yield from _table(heads, rows)
    for rule in choice.rules:
        yield f"- {rule_sentence(found, rule, language)}"
    yield f"- {tell(f'rules_{choice.agreement}'.replace(' ', '_'), language)}"
    yield ""


def _front(found: Findings, language: Language) -> Iterator[str]:
    front = found.front
    if front is None:
        return
    names = [factor.called for factor in found.reading.factors]
    best = front.best
    step = max(1, (len(best) - 1) // 5)
    rows = []
    for point in dict.fromkeys([*best[::step], best[-1]]):
        values = [short_number(float(value), language) for value in front.values[point]]
        levels = {name: front.levels[point][name] for name in names}
        rows.append([*values, found.reading.named(levels, language)])
    yield tell("front", language, n=len(best), of=f"{found.reading.points:,}")
    yield ""
    yield from _table(
        [*(outcome_label(name, language) for name in front.outcomes), tell("levers", language)],
        rows,
    )


def _section(done: Done, language: Language) -> Iterator[str]:
    study, found = done.store.study, done.found
    place = LANGUAGES.index(language)
    yield f"## {pick(study.title, study.title_zh, language)}"
    yield ""
    yield QUESTIONS[study.name][place]
    yield ""
    yield from _how(done, language)
    for part in (_sobol, _discovery, _choice, _front):
        yield from part(found, language)
    for remark in REMARKS[study.name]:
        if not remark.holds(found):
            raise SystemExit(
                f"experiments/studies_remarks.py: a remark on {study.name} does not hold any "
                f"more: {remark.english}"
            )
        yield f"- {remark.chinese if language == 'zh' else remark.english}"
    yield ""


def page(done: list[Done], language: Language) -> str:
    """The page in one language, as Markdown."""
    lines = [HEAD[language]]
    for each in done:
        lines += _section(each, language)
    return "\n".join(lines).rstrip() + "\n"


def figures(done: list[Done]) -> dict[str, Any]:
    """A few runs of each study, spread over its runs, for a test to do again."""
    content = {}
    for each in done:
        store, names = each.store, each.store.study.outcomes
        rows = store.runs()
        places = [round(part * (len(rows) - 1) / (REPEATED - 1)) for part in range(REPEATED)]
        content[store.study.name] = [
            {"run": int(rows["run"][place]), "seed": int(rows["seed"][place]),
             "levels": store.levels()[int(rows["point"][place])],
             "outcomes": {name: _plain(rows[name][place]) for name in names}}
            for place in places
        ]
    return content


def _plain(value: float) -> float | None:
    return None if value != value else float(value)


def main() -> None:
    """Run the studies and write the page in both languages."""
    import sys

    def told(name: str) -> None:
        sys.stderr.write(f"{name}\n")

    # In the order of the page: from what drives prices to what to do about it.
    order = [name for name in QUESTIONS if name in study_names()]
    done = [_done(name, told) for name in order]
    for language in LANGUAGES:
        name = "studies.md" if language == "en" else "studies.zh.md"
        (DOCS / name).write_text(page(done, language), encoding="utf-8")
    text = json.dumps(figures(done), ensure_ascii=False, indent=1)
    FIGURES.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
