"""Parts of the page that are drawn in the browser, and waiting for what threads work out."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

import solara
import solara.lab

from dashboard.parts.chart import Chart
from dashboard.studies.drawing import Drawing

__all__ = ["STYLE", "Charts", "FolderField", "Picks", "Rows", "RunPanel", "RunsTable",
           "ShippedList", "StoreHead", "StoreList", "Toggle", "heading", "line", "use_waiting"]

LOOK_S = 0.15
Said = Callable[[Any], None]


@solara.component_vue("store_list.vue")
def StoreList(  # noqa: N802
    stores: list[dict[str, Any]], words: dict[str, str], event_open: Callable[[str], None]
) -> None:
    """Every store, with a button that opens it."""


@solara.component_vue("folder_field.vue")
def FolderField(  # noqa: N802
    words: dict[str, str], event_open: Callable[[str], None], event_again: Said
) -> None:
    """A field for another folder."""


@solara.component_vue("shipped_list.vue")
def ShippedList(studies: list[dict[str, Any]], words: dict[str, str]) -> None:  # noqa: N802
    """Studies that ship: question, size, what they found, and the command that runs them."""


@solara.component_vue("store_head.vue")
def StoreHead(  # noqa: N802
    name: str, title: str, subtitle: str, tabs: list[dict[str, str]], view: str,
    words: dict[str, str], event_back: Said, event_turn: Callable[[str], None],
) -> None:
    """Title of the store, and its views."""


@solara.component_vue("rows.vue")
def Rows(  # noqa: N802
    name: str, title: str, heads: list[str], rows: list[list[str]], note: str, worded: bool
) -> None:
    """A table of texts."""


@solara.component_vue("picks.vue")
def Picks(  # noqa: N802
    fields: list[dict[str, Any]], event_pick: Callable[[dict[str, str]], None]
) -> None:
    """Choices in a row."""


@solara.component_vue("runs.vue")
def RunsTable(  # noqa: N802
    table: dict[str, Any], outcomes: list[tuple[str, str]], chosen: list[str], sort: str,
    down: bool, failed: bool, failures: int, picked: int, words: dict[str, str],
    event_order: Callable[[str], None], event_turn: Callable[[int], None],
    event_pick: Callable[[int], None], event_add: Callable[[str], None],
    event_drop: Callable[[str], None], event_filter: Callable[[bool], None], event_csv: Said,
) -> None:
    """A page of the table of runs."""


@solara.component_vue("run_panel.vue")
def RunPanel(  # noqa: N802
    run: dict[str, Any], live: str, pending: bool, told: dict[str, Any] | None, every: bool,
    words: dict[str, str], event_replay: Said, event_close: Said,
    event_turn: Callable[[bool], None],
) -> None:
    """One run."""


@solara.component_vue("toggle.vue")
def Toggle(shown: bool, label: str, event_turn: Said) -> None:  # noqa: N802
    """A button that shows or hides what follows."""


def line(text: str, tag: str = "p", classes: Sequence[str] = ()) -> solara.Element:
    """A text as text: what a study file says is never taken for HTML."""
    return solara.v.Html(tag=tag, children=[text], class_=" ".join(classes))


def heading(text: str) -> solara.Element:
    """Title of a section."""
    return line(text, "h2")


@solara.component
def Charts(drawings: Sequence[Drawing], pairs: bool = False) -> None:  # noqa: N802
    """Charts side by side, as many as there is room for; a common note is said once."""
    # Four are two pairs, not three and one.
    paired = ["swc-studies-pairs"] if pairs or len(drawings) == 4 else []
    notes = list(dict.fromkeys(each.note for each in drawings))
    for note in notes if len(drawings) > len(notes) else ():
        line(note, classes=["swc-muted", "swc-small"])
    with solara.Div(classes=["swc-studies-charts", *paired]):
        for each in drawings:
            with solara.Div(classes=["swc-studies-wide"] if each.wide else []).key(each.name):
                note = each.own if len(drawings) > len(notes) else each.note + each.own
                Chart(each.name, each.option, title=each.title, note=note,
                      height=f"{each.height}px")


def use_waiting(future: "Future | None") -> bool:
    """Whether a future has ended; the page is drawn again when it does.

    Threads set nothing of a page: this looks, on the page's own loop.
    """

    async def wait() -> None:
        while future is not None and not future.done():
            await asyncio.sleep(LOOK_S)

    task = solara.lab.use_task(wait, dependencies=[id(future)], prefer_threaded=False)
    # Read, so that the end of the task draws the page.
    _ = task.pending
    return future is not None and future.done()


STYLE = """
/* One width for all that stands below each other. */
.swc-studies { display: flex; flex-direction: column; gap: 0.75rem; max-width: 96rem; }
.swc-studies > div:empty { display: none; }
.swc-studies-part { display: flex; flex-direction: column; gap: 0.75rem; margin-bottom: 0.75rem; }
.swc-studies-line { display: flex; flex-wrap: wrap; gap: 0.5rem 0.75rem; align-items: flex-end; }
.swc-studies-line > span { align-self: center; }
.swc-studies-shipped { display: flex; flex-direction: column; gap: 0.5rem; margin-top: 0.75rem; }
.swc-studies-cards { display: grid; gap: 0.75rem; align-items: start; grid-auto-flow: dense;
  grid-template-columns: repeat(auto-fit, minmax(min(32rem, 100%), 1fr)); }
.swc-studies-card { display: flex; flex-direction: column; gap: 0.5rem; align-self: stretch; }
.swc-studies-card h4 { margin: 0; font-size: 0.8125rem; font-weight: 600; color: var(--muted); }
.swc-studies-card p, .swc-studies-card li { line-height: 1.5; }
.swc-studies-card ul { margin: 0 0 auto; padding-left: 1.125rem; font-size: 0.9375rem; }
.swc-studies-card li + li { margin-top: 0.25rem; }
.swc-studies-card details { min-width: 0; }
.swc-studies-card summary { cursor: pointer; width: fit-content; padding: 0.25rem 0;
  color: var(--muted); font-size: 0.8125rem; }
.swc-studies-card summary:hover { color: var(--ink); }
.swc .swc-studies-card table { font-size: 0.8125rem; }
.swc .swc-studies-card td { white-space: nowrap; }
.swc .swc-studies-card th { vertical-align: bottom; line-height: 1.3; }
.swc .swc-studies-card td:first-child, .swc .swc-studies-card th:first-child {
  min-width: 9rem; }
.swc-studies-card:has(details[open]) { grid-column: 1 / -1; }
.swc .swc-studies-command { display: block; padding: 0.375rem 0.5rem;
  background: var(--faint) !important; color: var(--ink) !important; border-radius: 0.25rem;
  overflow-wrap: anywhere;
  font-family: ui-monospace, 'DejaVu Sans Mono', Menlo, monospace; font-size: 0.8125rem;
  font-weight: 400; }
.swc-studies-grow { flex: 0 1 28rem; }
.swc-studies-right { margin-left: auto; }
.swc-studies-words th, .swc-studies-words td { text-align: left; vertical-align: middle; }
.swc-studies-folder { font-family: ui-monospace, 'DejaVu Sans Mono', Menlo, monospace;
  font-size: 0.8125rem; overflow-wrap: anywhere; }
.swc-studies-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }
.swc-studies-done { white-space: nowrap; }
.swc-studies-done progress { appearance: none; border: 0; border-radius: 0.25rem;
  overflow: hidden; background: var(--faint); accent-color: var(--rule-1); }
.swc-studies-done progress::-webkit-progress-bar { background: var(--faint); }
.swc-studies-done progress::-webkit-progress-value { background: var(--rule-1); }
.swc-studies-done progress::-moz-progress-bar { background: var(--rule-1); }
.swc-studies-done progress { width: 4rem; height: 0.5rem; margin-right: 0.375rem; }
.swc .swc-studies-bad { color: var(--rule-2-text); text-align: left; overflow-wrap: anywhere; }
.swc-studies-head { display: flex; flex-direction: column; gap: 0.25rem; }
.swc-studies-head .swc-quiet { margin-left: -0.5rem; }
.swc-studies-tabs { display: flex; gap: 0.25rem; margin-top: 0.5rem; overflow-x: auto;
  border-bottom: 1px solid var(--faint); }
.swc-studies-tabs button { border: 0; border-bottom: 2px solid transparent; background: none;
  color: var(--muted); padding: 0.375rem 0.75rem; cursor: pointer; white-space: nowrap; }
.swc-studies-tabs button.here { color: var(--ink); border-bottom-color: var(--rule-1);
  font-weight: 600; }
.swc-studies-charts { display: grid; gap: 0.75rem;
  grid-template-columns: repeat(auto-fit, minmax(min(27rem, 100%), 1fr)); }
.swc-studies-charts > * { min-width: 0; }
@media (min-width: 1000px) { .swc-studies-pairs { grid-template-columns: 1fr 1fr; } }
.swc-studies-part > p, .swc-studies > p { max-width: 75rem; }
.swc-studies-part { margin-top: 0.5rem; }
.swc-studies-table + .swc-studies-table { margin-top: 0.75rem; }
.swc .swc-studies-toggle { margin-left: -0.5rem; font-size: 0.8125rem; }
.swc-studies-wide { grid-column: 1 / -1; }
.swc-studies-answer > p { max-width: 62rem; }
.swc-studies-top { display: grid; gap: 0.75rem; align-items: start;
  grid-template-columns: repeat(auto-fit, minmax(min(36rem, 100%), 1fr)); }
.swc-studies-answer h3 { margin-top: 0.5rem; }
.swc-studies-answer h2 { margin-bottom: 0.25rem; }
.swc-studies-answer p { line-height: 1.55; }
.swc-studies-answer p + p { margin-top: 0.375rem; }
.swc-studies-answer .swc-studies-headline-text { font-weight: 600; font-size: 1.0625rem; }
.swc-studies-verdicts { display: grid; grid-template-columns: fit-content(15rem) 1fr;
  gap: 0.25rem 1rem; margin: 0.375rem 0 0; }
.swc-studies-verdicts > div:nth-child(odd) { font-weight: 600; }
.swc-studies-runs td { white-space: nowrap; }
.swc-studies-runs th { vertical-align: bottom; line-height: 1.3; min-width: 4.5rem; }
.swc .swc-studies-runs th:first-child { min-width: 0; white-space: nowrap; }
.swc .swc-studies-runs .swc-studies-sort { text-align: inherit; }
.swc-studies-runs tbody tr { cursor: pointer; }
.swc-studies-runs tbody tr:hover { background: var(--faint); }
.swc-studies-runs tr.picked { background: var(--faint); box-shadow: inset 3px 0 var(--rule-1); }
.swc-studies-runs td.swc-studies-bad { white-space: normal; min-width: 18rem; }
.swc-studies-sort { border: 0; background: none; color: inherit; padding: 0; cursor: pointer; }
.swc-studies-sort i { font-style: normal; }
.swc-studies-headline { display: inline-flex; gap: 0.375rem; align-items: baseline; }
.swc-studies-check { display: inline-flex; align-items: center; gap: 0.375rem;
  min-height: 2.25rem; }
.swc-studies-runs + p { margin-top: 0.5rem; }
.swc [data-part=runs] { display: flex; flex-direction: column; gap: 0.75rem; }
.swc-studies-run { display: flex; flex-direction: column; gap: 0.5rem; }
.swc-studies-pair { display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); }
.swc-studies-link { text-decoration: none; display: inline-flex; align-items: center; }
.swc-studies-facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; }
.swc-studies-facts { align-items: baseline; margin-top: 0.25rem; }
.swc-studies-table th, .swc-studies-table td { white-space: nowrap; }
.swc-studies-table .swc-studies-words td { white-space: normal; }
.swc-studies-facts > div:nth-child(odd) { color: var(--muted); }
.swc-studies-facts > div:nth-child(even) { overflow-wrap: anywhere; }
.swc-studies-code { font-family: ui-monospace, 'DejaVu Sans Mono', Menlo, monospace;
  font-size: 0.8125rem; }
@media (max-width: 720px) {
  .swc-studies-verdicts { grid-template-columns: 1fr; gap: 0.125rem; }
  .swc-studies-verdicts > div:nth-child(even) { margin-bottom: 0.5rem; }
  .swc-studies-facts { grid-template-columns: 1fr; }
  .swc .swc-studies-wideonly { display: none; }
  .swc-studies-table .swc-studies-words td { white-space: nowrap; }
  .swc-studies-runs th { min-width: 6.5rem; }
}
"""
