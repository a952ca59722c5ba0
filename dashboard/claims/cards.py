"""A benchmark, or the patterns, with its picture, its table, and what was measured again."""

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Any

import solara
import solara.lab

from dashboard.claims.charts import group_chart, pattern_chart
from dashboard.claims.groups import Group, counts_in_words
from dashboard.claims.parts import Actions, Lines
from dashboard.claims.symbols import symbols_of
from dashboard.claims.tables import (
    claim_heads,
    claim_rows,
    moved,
    pattern_heads,
    pattern_rows,
)
from dashboard.claims.texts import TEXTS
from dashboard.claims.work import Work
from dashboard.desk import dark, language
from dashboard.parts.chart import Chart
from experiments.claims.measuring import PATTERNS
from experiments.claims.record import PATTERNS_REPLICATES, Line, PatternLine
from experiments.claims_told import source_told
from experiments.language import Language, pick

__all__ = ["BenchmarkCard", "PatternsCard", "progress_line"]

LOOK_S = 0.25


def progress_line(
    work: Work | None, spoken: Language, *, last: float | None,
    before: Sequence[Line | PatternLine],
) -> str:
    """How far a measurement is, or what came of it.

    Parameters
    ----------
    work : Work or None
    spoken : {"en", "zh"}
    last : float or None
        Seconds that it took last time.
    before : sequence of Line or PatternLine
        What was measured then.

    Returns
    -------
    str
    """
    if work is None:
        return ""
    if work.state == "compiling":
        return TEXTS("compiling", spoken, step=work.step, steps=work.steps)
    if work.state == "measuring":
        seconds = f"{work.seconds_so_far:.0f}"
        if last is None:
            return TEXTS("going", spoken, seconds=seconds)
        return TEXTS("going_known", spoken, seconds=seconds, last=f"{max(last, 1):.0f}")
    if work.state == "failed":
        return TEXTS("failed", spoken, text=work.failure)
    if work.state != "ended":
        return TEXTS(work.state, spoken)
    old = {line.name if isinstance(line, PatternLine) else line.id: line for line in before}
    new = {**work.lines, **work.patterns}
    changed = sum(moved(old.get(key), line) for key, line in new.items())
    seconds = f"{work.seconds:.1f}"
    if not changed:
        return TEXTS("ended_same", spoken, seconds=seconds, n=len(new))
    return TEXTS("ended_moved", spoken, seconds=seconds, n=len(new), moved=changed)


def _following(work: Work | None) -> None:
    """Draw the component again while a measurement goes on."""
    beat = solara.use_reactive(("", 0))

    async def follow() -> None:
        while work is not None:
            # A beat a second while measuring, and one with every step.
            said = (f"{work.state} {work.step}", int(work.seconds_so_far))
            beat.value = said if work.running else (work.state, -1)
            if not work.running:
                return
            await asyncio.sleep(LOOK_S)

    solara.lab.use_task(follow, dependencies=[work], prefer_threaded=False)
    _ = beat.value


def _actions(
    name: str, work: Work | None, line: str, spoken: Language, begin: Callable[[str], None], *,
    openable: bool = False, opened: bool = False, turn: Callable[[str], None] | None = None,
) -> None:
    Actions(
        openable=openable, opened=opened, running=work is not None and work.running,
        state=work.state if work else "", line=line,
        label=TEXTS("again_label", spoken, name=name), words=TEXTS.all_in(spoken),
        event_turn=lambda _: turn(name) if turn else None, event_again=lambda _: begin(name),
        event_stop=lambda _: work.stop() if work else None,
    )


def _table(
    name: str, heads: list[dict[str, str]], rows: list[dict[str, Any]], spoken: Language,
    source: str = "", symbols: Sequence[tuple[str, str]] = (),
) -> None:
    Lines(
        name=name, heads=heads, rows_json=json.dumps(rows, ensure_ascii=False),
        why=TEXTS("reason", spoken), reason_lang="en", source=source,
        symbols_json=json.dumps(symbols, ensure_ascii=False),
        symbols_label=TEXTS("symbols", spoken),
        source_label=TEXTS("source", spoken), source_lang=pick("en", "zh-CN", spoken),
    )


@solara.component
def BenchmarkCard(  # noqa: N802
    group: Group, whole: list[Line], last: float | None, work: Work | None, opened: bool,
    openable: bool, turn: Callable[[str], None], begin: Callable[[str], None],
) -> None:
    """A benchmark.

    Parameters
    ----------
    group : Group
        With the claims that are chosen.
    whole : list of Line
        All its claims that were measured.
    last : float or None
        Seconds that it took.
    work : Work or None
    opened, openable : bool
    turn, begin : callable
        Show the table or hide it; measure again.
    """
    spoken, night = language.value, dark.value
    _following(work)
    done = work is not None and work.state == "ended"
    now = dict(work.lines) if work is not None and done else {}
    # What was never measured before is there once it has been now.
    lines = group.lines or ([] if whole else list(now.values()))
    name = group.benchmark.id
    title = f"{name} · {group.title(spoken)}"
    counts = counts_in_words(lines, spoken)
    option = group_chart(lines, now, night, spoken, named=opened)
    with solara.Div(
        classes=["swc-card", "swc-claims-card", *(["opened"] if opened else [])],
        attributes={"data-benchmark": name},
    ):
        with solara.Div(classes=["swc-claims-body", *(["charted"] if option else [])]):
            with solara.Div():
                if option is None:
                    solara.HTML("h3", unsafe_innerHTML=title)
                    if counts:
                        solara.HTML("p", classes=["swc-muted", "swc-small"],
                                    unsafe_innerHTML=TEXTS("no_scale", spoken, counts=counts))
                else:
                    height = 44 + 18 * len(option["yAxis"]["data"]) if opened else 120
                    Chart(
                        f"claims-{name}", option, title=title, plain=True, height=f"{height}px",
                        note=TEXTS("chart_note", spoken, counts=counts) if opened else counts,
                    )
            if opened and lines:
                sources = pick("; ", "；", spoken).join(
                    source_told(source, spoken)
                    for source in dict.fromkeys(line.source for line in lines))
                _table(name, claim_heads(spoken, bool(now)), claim_rows(lines, now, spoken),
                       spoken, sources, symbols_of(lines, spoken))
        _actions(
            name, work, progress_line(work, spoken, last=last, before=whole), spoken, begin,
            openable=openable and bool(lines), opened=opened, turn=turn,
        )


@solara.component
def PatternsCard(  # noqa: N802
    patterns: list[PatternLine], whole: list[PatternLine], last: float | None, work: Work | None,
    begin: Callable[[str], None],
) -> None:
    """Patterns of the real trades.

    Parameters
    ----------
    patterns : list of PatternLine
        Those that are chosen.
    whole : list of PatternLine
        All that were judged.
    last : float or None
        Seconds that it took.
    work : Work or None
    begin : callable
        Measure again.
    """
    spoken, night = language.value, dark.value
    _following(work)
    now = dict(work.patterns) if work is not None and work.state == "ended" else {}
    shown = patterns or ([] if whole else list(now.values()))
    drawn = [now.get(pattern.name, pattern) for pattern in shown]
    with solara.Div(classes=["swc-card", "swc-claims-card", "opened"],
                    attributes={"data-benchmark": PATTERNS}):
        if shown:
            with solara.Div(classes=["swc-claims-body", "charted"]):
                with solara.Div():
                    Chart(
                        "patterns", pattern_chart(drawn, night, spoken), plain=True,
                        title=TEXTS("patterns_chart", spoken), height=f"{70 + 40 * len(drawn)}px",
                        note=TEXTS("patterns_note", spoken, replicates=PATTERNS_REPLICATES),
                    )
                _table(PATTERNS, pattern_heads(spoken, bool(now)),
                       pattern_rows(shown, now, spoken), spoken)
        else:
            solara.HTML("h3", unsafe_innerHTML=TEXTS("patterns_chart", spoken))
        _actions(PATTERNS, work, progress_line(work, spoken, last=last, before=whole), spoken,
                 begin)
