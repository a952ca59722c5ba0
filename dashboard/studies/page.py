"""The page Studies: stores of studies, what they say, and any of their runs."""

from typing import cast
from urllib.parse import parse_qs

import solara

from dashboard.desk import language
from dashboard.parts.guard import Guard, Notice
from dashboard.studies.finding import place_of, roots
from dashboard.studies.findings_view import FindingsView
from dashboard.studies.kept import Analysis, Listed, analysis_of, listing_later
from dashboard.studies.pieces import (
    STYLE,
    FolderField,
    ShippedList,
    StoreHead,
    StoreList,
    line,
    use_waiting,
)
from dashboard.studies.shipped import shipped
from dashboard.studies.texts import TEXTS
from dashboard.studies.views import AboutView, MapView, RunsView
from experiments.language import Language, pick
from experiments.study.words import tell
from experiments.study_report.parts import capital
from simulation.errors import InputError

__all__ = ["StudiesPage"]

VIEWS = ("answer", "map", "runs", "about")

# A visitor's own, and still there when he comes back from another page.
opened = cast("solara.Reactive[str]", solara.reactive(""))
view = cast("solara.Reactive[str]", solara.reactive("answer"))
asked = cast("solara.Reactive[str]", solara.reactive(""))


@solara.component
def StudiesPage() -> None:  # noqa: N802
    """The list of stores, or one of them."""
    search = solara.use_router().search or ""
    solara.use_memo(lambda: _asked_for(search), [search])
    solara.Style(STYLE)
    with solara.Div(classes=["swc-studies"]):
        if opened.value:
            _Opened(opened.value).key(opened.value)
        else:
            _Stores()


def _asked_for(search: str) -> None:
    """An address may name a store and a run: /studies?store=mine/first&run=3."""
    said = parse_qs(search)
    if search == asked.peek() or "store" not in said:
        return
    asked.value, opened.value = search, said["store"][0][:400]
    view.value = "runs" if "run" in said else "answer"


def _first_run() -> int:
    text = parse_qs(asked.peek()).get("run", [""])[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else -1


@solara.component
def _Stores() -> None:  # noqa: N802
    spoken = language.value
    tries, set_tries = solara.use_state(0)
    fault, set_fault = solara.use_state("")
    future = solara.use_memo(listing_later, [tries])
    done = use_waiting(future)

    def open_folder(given: str) -> None:
        try:
            place = place_of(given, roots())
        except InputError as error:
            set_fault(str(error))
            return
        view.value, opened.value = "answer", place.name

    line(TEXTS("studies", spoken), "h1")
    line(TEXTS("lead", spoken), classes=["swc-muted"])
    if fault:
        Notice(fault, "error", lambda: set_fault(""))
    if not done:
        line(TEXTS("looking", spoken), classes=["swc-muted"])
    elif stores := cast("list[Listed]", future.result()):
        StoreList(stores=[_told(each, spoken) for each in stores], words=TEXTS.all_in(spoken),
                  event_open=open_folder)
    else:
        Notice(TEXTS("none_found", spoken))
    FolderField(words=TEXTS.all_in(spoken), event_open=open_folder,
                event_again=lambda _: set_tries(tries + 1))
    if done:
        ShippedList(studies=shipped(spoken), words=TEXTS.all_in(spoken))


def _told(store: Listed, spoken: Language) -> dict[str, object]:
    told = TEXTS("ended_of", spoken, ended=f"{store.ended:,}", expected=f"{store.expected:,}")
    return {
        "name": store.name, "fault": store.fault, "ended": store.ended, "of": store.expected,
        "title": pick(store.title, store.title_zh, spoken), "told": told,
        "design": "" if store.fault else capital(tell(store.design, spoken)),
    }


@solara.component
def _Opened(name: str) -> None:  # noqa: N802
    spoken = language.value
    tries, set_tries = solara.use_state(0)

    def look() -> object:
        try:
            return analysis_of(place_of(name, roots()))
        except InputError as error:
            return str(error)

    found = solara.use_memo(look, [name, tries])
    done = use_waiting(None if isinstance(found, str) else found)
    fault, analysis = found if isinstance(found, str) else "", None
    if done:
        try:
            analysis = cast("Analysis", found.result())
        except InputError as error:
            fault = str(error)
    StoreHead(
        name=name, title=analysis.subject.title(spoken) if analysis else name,
        subtitle=_subtitle(analysis, spoken) if analysis else "", view=view.value,
        tabs=[{"key": key, "label": TEXTS(f"tab_{key}", spoken)} for key in VIEWS]
        if analysis else [], words=TEXTS.all_in(spoken),
        event_back=lambda _: opened.set(""),
        event_turn=lambda key: view.set(key if key in VIEWS else "answer"),
    )
    if fault:
        Notice(fault, "error")
    elif analysis is None:
        line(TEXTS("analysing", spoken, name=name), classes=["swc-muted"])
    else:
        if analysis.counts["missing"]:
            solara.Button(TEXTS("look_at_new", spoken), text=True, classes=["swc-quiet"],
                          on_click=lambda: set_tries(tries + 1))
        _shown(analysis)


def _shown(analysis: Analysis) -> None:
    parts = {
        "answer": lambda: FindingsView(analysis), "map": lambda: MapView(analysis),
        "runs": lambda: RunsView(analysis, _first_run()), "about": lambda: AboutView(analysis),
    }
    here = view.value
    Guard(parts[here]).key(here)


def _subtitle(analysis: Analysis, spoken: Language) -> str:
    subject, counts = analysis.subject, analysis.counts
    return TEXTS(
        "subtitle", spoken, design=capital(tell(subject.study.design.kind, spoken)),
        factors=len(subject.factors), points=f"{counts['points']:,}", n=counts["replicates"],
        ended=f"{counts['ended']:,}", expected=f"{counts['expected']:,}",
    )
