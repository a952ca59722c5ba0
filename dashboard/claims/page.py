"""The page Claims."""

from typing import Any, cast

import solara

from dashboard.claims import groups as grouped
from dashboard.claims.cards import BenchmarkCard, PatternsCard
from dashboard.claims.charts import overview_chart, unscaled
from dashboard.claims.groups import FILTERS, KEPT, KEPT_PATTERNS, Filter
from dashboard.claims.parts import Tools
from dashboard.claims.style import STYLE
from dashboard.claims.texts import TEXTS
from dashboard.claims.work import Work
from dashboard.desk import dark, language
from dashboard.parts.chart import Chart
from dashboard.parts.guard import Notice
from experiments.claims.measuring import PATTERNS
from experiments.claims.record import Record
from experiments.language import Language

__all__ = ["ClaimsPage"]

NOTHING = Record("", "", "", {}, [], [])
# So many are shown with their tables at once, where somebody searches.
OPENED_MAX = 6

# A visitor's own, and still there when he comes back from another page.
kept = cast("solara.Reactive[Filter]", solara.reactive("all"))
search = solara.reactive("")
turned = cast("solara.Reactive[frozenset[str]]", solara.reactive(frozenset()))
works = cast("solara.Reactive[tuple[Work, ...]]", solara.reactive(()))


def _record() -> tuple[Record, str]:
    try:
        return grouped.last_record(), ""
    except (OSError, ValueError) as error:
        return NOTHING, str(error)


@solara.component
def ClaimsPage() -> None:  # noqa: N802
    """What was measured last; measure it again."""
    spoken, night = language.value, dark.value
    record, problem = _record()
    shown = grouped.groups(record.lines, kept.value, search.value)
    patterns = grouped.chosen_patterns(record.patterns, kept.value, search.value)
    running = {work.name: work for work in works.value}
    # Whoever leaves the page or closes the tab stops what still goes on.
    solara.use_effect(lambda: _stop_all, [])
    # A choice shows what it chose, unless that is nearly everything.
    chosen = (kept.value != "all" or bool(search.value.strip())) and len(shown) <= OPENED_MAX

    solara.Style(STYLE)
    with solara.Div(classes=["swc-claims"]):
        solara.HTML("h1", unsafe_innerHTML=TEXTS("heading", spoken))
        solara.HTML("p", unsafe_innerHTML=TEXTS("lead", spoken), classes=["swc-muted"])
        _when(record, problem, spoken)
        _tools(record, spoken)
        # What is chosen shows its own charts, with names.
        if shown and record.lines and not chosen and kept.value != "reported":
            left = sum(unscaled(group.lines) for group in shown)
            note = TEXTS("overview_note", spoken)
            Chart(
                "claims", overview_chart(shown, night, spoken), height="240px",
                title=TEXTS("overview", spoken),
                note=TEXTS("overview_left", spoken, note=note, left=left) if left else note,
                on_click=lambda said: search.set(str(said["id"])) if said["id"] else None,
            )
        if patterns or (not record.patterns and kept.value == "all" and not search.value):
            solara.HTML("h2", unsafe_innerHTML=TEXTS("patterns_heading", spoken))
            PatternsCard(
                patterns, record.patterns, record.seconds.get(PATTERNS), running.get(PATTERNS),
                _begin,
            )
        if shown:
            solara.HTML("h2", unsafe_innerHTML=TEXTS("benchmarks", spoken))
            solara.HTML("p", classes=["swc-muted", "swc-small"],
                        unsafe_innerHTML=TEXTS("benchmarks_note", spoken))
        elif not patterns:
            solara.HTML("p", unsafe_innerHTML=TEXTS("nothing", spoken), classes=["swc-card"],
                        attributes={"data-nothing": ""})
        with solara.Div(classes=["swc-claims-cards"]):
            for group in shown:
                name = group.benchmark.id
                BenchmarkCard(
                    group, [line for line in record.lines if line.benchmark == name],
                    record.seconds.get(name), running.get(name), chosen or name in turned.value,
                    not chosen, _turn, _begin,
                ).key(name)


def _when(record: Record, problem: str, spoken: Language) -> None:
    if problem:
        Notice(TEXTS("no_record", spoken, text=problem), "error")
        return
    values = {"day": record.day, "version": record.version}
    if record.sources == grouped.running_sources():
        solara.HTML("p", classes=["swc-muted", "swc-small"], attributes={"data-measured": "so"},
                    unsafe_innerHTML=TEXTS("measured_so", spoken, **values))
    else:
        Notice(TEXTS("measured_otherwise", spoken, **values))


def _tools(record: Record, spoken: Language) -> None:
    words = [line.verdict for line in record.lines]
    patterns = record.patterns
    met = sum(pattern.verdict == "met" and not pattern.fitted for pattern in patterns)
    fitted = sum(pattern.verdict == "met" and pattern.fitted for pattern in patterns)
    # Two lines, each of which adds up to its first number.
    counts: list[list[dict[str, Any]]] = [[
        {"key": "claims", "number": len(words), "label": TEXTS("total", spoken)}, *(
        {"key": word.split()[0], "number": words.count(word),
         "label": grouped.count_word(word, words.count(word), spoken)}
        for word in grouped.VERDICTS)
    ], [
        {"key": PATTERNS, "number": len(patterns), "label": TEXTS("patterns_total", spoken)},
        {"key": "met", "number": met, "label": TEXTS("word_met", spoken)},
        {"key": "fitted", "number": fitted, "label": TEXTS("word_fitted", spoken)},
        {"key": "unmet", "number": len(patterns) - met - fitted,
         "label": TEXTS("patterns_unmet", spoken)},
    ]]
    filters = [
        {"value": one, "label": TEXTS(f"filter_{one}", spoken), "number":
         " + ".join(str(number) for number in (
             sum(word in KEPT[one] for word in words),
             sum(pattern.verdict in KEPT_PATTERNS[one] for pattern in patterns),
         ) if number)}
        for one in FILTERS
    ]
    Tools(
        counts=counts, filters=filters, kept=kept.value, search=search.value,
        words=TEXTS.all_in(spoken), event_keep=_keep, event_look=search.set,
    )


def _keep(choice: Filter) -> None:
    kept.value = choice
    if choice == "all":
        # All means all: also the way back from a dot that was clicked.
        search.value = ""


def _turn(name: str) -> None:
    turned.value = turned.peek() ^ {name}


def _begin(name: str) -> None:
    others = tuple(work for work in works.peek() if work.name != name)
    if any(work.name == name and work.running for work in works.peek()):
        return
    work = Work(name)
    work.start()
    works.value = (*others, work)
    if name != PATTERNS and name not in turned.peek():
        _turn(name)


def _stop_all() -> None:
    for work in works.peek():
        work.stop()
