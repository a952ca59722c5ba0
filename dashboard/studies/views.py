"""The other views of a store: map, runs, and what the study is."""

import asyncio
from concurrent.futures import Future
from typing import cast
from urllib.parse import quote

import solara
import solara.lab

from dashboard.desk import dark, language, offer_download
from dashboard.parts.guard import Notice
from dashboard.studies.cases import leading_factors
from dashboard.studies.drawing import Canvas
from dashboard.studies.kept import Analysis, replay_of
from dashboard.studies.pieces import (
    Charts,
    Picks,
    Rows,
    RunPanel,
    RunsTable,
    heading,
    line,
    use_waiting,
)
from dashboard.studies.plane import map_drawing, map_factors, map_outcomes
from dashboard.studies.runs import (
    MOST_IN_FILE,
    RunsWish,
    all_outcomes,
    as_csv,
    first_outcomes,
    replay_told,
    run_told,
    runs_page,
)
from dashboard.studies.tables import shown_table
from dashboard.studies.texts import TEXTS
from experiments.language import pick
from experiments.study_report.account import factor_table
from simulation.errors import InputError

__all__ = ["AboutView", "MapView", "RunsView"]


@solara.component
def MapView(analysis: Analysis) -> None:  # noqa: N802
    """An outcome over two factors that one chooses."""
    spoken, theme, subject = language.value, dark.value, analysis.subject
    known = map_factors(subject)
    outcomes = map_outcomes(subject, spoken)
    leading = [name for name in leading_factors(subject) if name in known]
    first = tuple([*leading, *(name for name in known if name not in leading)][:2])
    pair, set_pair = solara.use_state(first)
    outcome, set_outcome = solara.use_state(outcomes[0][0])
    drawing = solara.use_memo(
        lambda: map_drawing(subject, *pair, outcome, Canvas(spoken, theme))
        if len(pair) == 2 else None, [analysis, pair, outcome, spoken, theme],
    )
    if len(pair) < 2:
        Notice(TEXTS("map_too_few", spoken, n=len(known)))
        return

    def choose(said: dict[str, str]) -> None:
        one, other = pair
        value = said["value"]
        if said["key"] == "shown":
            set_outcome(value)
        elif value in known and said["key"] == "across":
            set_pair((value, one if value == other else other))
        elif value in known:
            set_pair((other if value == one else one, value))

    options = [(name, subject.factor(name, spoken)) for name in known]
    with solara.Div(classes=["swc-studies-part"], attributes={"data-section": "map"}):
        line(TEXTS("map_lead", spoken), classes=["swc-muted"])
        Picks(fields=[
            {"key": "across", "label": TEXTS("across", spoken), "value": pair[0],
             "options": options},
            {"key": "up", "label": TEXTS("up", spoken), "value": pair[1], "options": options},
            {"key": "shown", "label": TEXTS("shown", spoken), "value": outcome,
             "options": outcomes},
        ], event_pick=choose)
        if drawing is not None:
            Charts([drawing])


@solara.component
def RunsView(analysis: Analysis, first_run: int = -1) -> None:  # noqa: N802
    """The table of runs, and the one that is picked."""
    spoken, subject = language.value, analysis.subject
    wish, set_wish = solara.use_state(RunsWish())
    outcomes, set_outcomes = solara.use_state(first_outcomes(subject))
    picked, set_picked = solara.use_state(first_run)
    saving, set_saving = solara.use_state(0)
    told, set_told = solara.use_state("")
    page = solara.use_memo(lambda: runs_page(analysis, outcomes, wish, spoken),
                           [analysis, outcomes, wish, spoken])

    async def save() -> None:
        if saving:
            text = await asyncio.to_thread(as_csv, analysis)
            offer_download(f"{analysis.place.folder.name}.csv", text)

    solara.lab.use_task(save, dependencies=[saving], prefer_threaded=False)

    def csv(_: object) -> None:
        count = len(analysis.table)
        if count > MOST_IN_FILE:
            set_told(TEXTS("too_many", language.peek(), n=f"{count:,}"))
        else:
            set_saving(saving + 1)

    def order(key: str) -> None:
        set_wish(wish._replace(sort=key, down=wish.sort == key and not wish.down, page=0))

    def add(name: str) -> None:
        if name in dict(all_outcomes("en")) and name not in outcomes:
            set_outcomes((*outcomes, name))

    line(TEXTS("runs_lead", spoken), classes=["swc-muted"])
    if told:
        Notice(told, on_close=lambda: set_told(""))
    if picked >= 0:
        _Run(analysis, picked, lambda: set_picked(-1)).key(f"run-{picked}")
    RunsTable(
        table=page, outcomes=all_outcomes(spoken), chosen=list(outcomes), sort=wish.sort,
        down=wish.down, failed=wish.failed, failures=analysis.counts["failed"], picked=picked,
        words=TEXTS.all_in(spoken),
        event_order=order, event_turn=lambda to: set_wish(wish._replace(page=int(to))),
        event_pick=lambda run: set_picked(int(run)), event_add=add,
        event_drop=lambda name: set_outcomes(tuple(n for n in outcomes if n != name)),
        event_filter=lambda only: set_wish(wish._replace(failed=bool(only), page=0)),
        event_csv=csv,
    )


@solara.component
def _Run(analysis: Analysis, run: int, on_close) -> None:  # noqa: ANN001, N802
    spoken = language.value
    every, set_every = solara.use_state(False)
    future, set_future = solara.use_state(cast("Future | None", None))
    done = use_waiting(future)
    run_words = run_told(analysis, run, spoken, every=every)
    if run_words is None:
        Notice(f"{TEXTS('run_title', spoken, run=run)}: {TEXTS('no_rows', spoken)}", "error")
        return
    told = None
    if done and future is not None:
        try:
            told = replay_told(future.result(), analysis.store.version, spoken)
        except InputError as error:
            told = {"same": False, "lines": [str(error)], "rows": []}
    RunPanel(
        run=run_words, live=f"/?store={quote(analysis.place.name, safe='/')}&run={run}",
        pending=future is not None and not done, told=told, every=every,
        words=TEXTS.all_in(spoken),
        event_replay=lambda _: set_future(replay_of(analysis, run)),
        event_close=lambda _: on_close(), event_turn=set_every,
    )


@solara.component
def AboutView(analysis: Analysis) -> None:  # noqa: N802
    """What was varied, and what makes the same numbers again."""
    spoken, subject = language.value, analysis.subject
    table = shown_table(factor_table(subject), spoken, 200)
    store, study = analysis.store, subject.study
    base = store.base
    facts = [
        (TEXTS("scenario", spoken), (pick(base.title, base.title_zh, spoken) or base.name)
         + pick(f" ({base.name})", f"（{base.name}）", spoken)),
        (TEXTS("version", spoken), store.version), (TEXTS("code", spoken), store.code),
        (TEXTS("base_seed", spoken), str(study.base_seed)),
        (TEXTS("design_seed", spoken), str(study.design.seed)),
        (TEXTS("command_report", spoken), f"swcmarket report results/{analysis.place.name}"),
    ]
    with solara.Div(classes=["swc-studies-part"], attributes={"data-section": "about"}):
        with solara.Div(classes=["swc-card"]):
            heading(TEXTS("factors_title", spoken))
            Rows(name="factors", title="", heads=table.heads, rows=table.rows, note="",
                 worded=True)
        with solara.Div(classes=["swc-card"]):
            heading(TEXTS("again_title", spoken))
            with solara.Div(classes=["swc-studies-facts"]):
                for key, value in facts:
                    line(key, "div")
                    line(value, "div", ["swc-studies-code"])
