"""Sentence, charts, map, table and timeline of a run."""

from typing import Any

import solara

from agents.parameters import month_text
from dashboard import desk
from dashboard.live.agent import OneAgent
from dashboard.live.book_chart import book_option, book_update, is_standing
from dashboard.live.frame import Frame
from dashboard.live.map_chart import map_option, map_update, places_of
from dashboard.live.price_chart import price_option, price_update
from dashboard.live.session import Session
from dashboard.live.stock_charts import (
    real_option,
    real_update,
    registry_option,
    registry_update,
    totals,
    volume_option,
    volume_update,
)
from dashboard.live.texts import SAY
from dashboard.parts.chart import Chart, packed
from experiments.explaining import LABELS, shown
from experiments.language import Language, pick, unit_in

__all__ = ["Board"]


@solara.component
def Board(session: Session, frame: Frame, refresh: Any) -> None:  # noqa: ANN401, N802
    """Everything that is drawn of a run.

    Parameters
    ----------
    session : Session
    frame : Frame
    refresh : callable
        Have the page take a new frame.
    """
    language, dark = desk.language.value, desk.dark.value
    player = session.player
    scenario = frame.lanes[0].scenario
    forked = len(frame.lanes) > 1
    unit = unit_in("yuan/t", scenario.currency, language)
    world_key = (id(player), dark, language)
    places = solara.use_memo(lambda: _places(session), [id(player)])

    Sentence(frame, language)
    option = solara.use_memo(
        lambda: packed(price_option(scenario, dark, language, forked=forked)), [*world_key, forked]
    )
    Chart(
        "price", option, price_update(frame, dark, language), height="320px",
        title=SAY("price", language), note=SAY("price_note", language, unit=unit),
    )
    with solara.Div(classes=["swc-grid"]):
        Chart(
            "volume",
            solara.use_memo(lambda: packed(volume_option(scenario, dark, language)), world_key),
            volume_update(frame), title=SAY("volume", language),
            note=SAY("volume_note", language),
        )
        standing = is_standing(frame.mechanism)
        book_month = frame.month + (frame.phase > 0)
        title = SAY("book", language)
        if book_month >= scenario.start:
            title = SAY("book_month", language, month=month_text(book_month))
        Chart(
            "book", solara.use_memo(lambda: packed(book_option(dark, language)), world_key),
            book_update(frame), title=title,
            note=SAY("depth_note" if standing else "book_note", language, unit=unit),
        )
        Chart(
            "registry",
            solara.use_memo(lambda: packed(registry_option(scenario, dark, language)), world_key),
            registry_update(frame), title=SAY("registry", language),
            note=SAY("registry_note", language),
        )
        Chart(
            "real",
            solara.use_memo(lambda: packed(real_option(scenario, dark, language)), world_key),
            real_update(frame), title=SAY("real", language), note=SAY("real_note", language),
        )

    def clicked(said: dict[str, Any]) -> None:
        if said.get("id"):
            session.choose(str(said["id"]))
            refresh()

    with solara.Div(classes=["swc-grid", "wide-first"]):
        Chart(
            "map", solara.use_memo(lambda: packed(map_option(places, dark, language)), world_key),
            map_update(frame, places, session.agent), height="420px",
            title=SAY("map", language), note=SAY("map_note", language), on_click=clicked,
        )
        with solara.Div(classes=["swc-stack"]):
            Totals(frame, language)
            Timeline(session, frame, language)
    OneAgent(session, frame, language, refresh)


def _places(session: Session) -> Any:  # noqa: ANN401
    with session.player.still():
        return places_of(session.player.lanes[0].world)


@solara.component
def Sentence(frame: Frame, language: Language) -> None:  # noqa: N802
    """Why the price moved."""
    text = frame.sentence or SAY("press_play", language)
    month = f"{month_text(frame.month)} " if frame.place >= 0 else ""
    row = frame.row
    traded = row is not None and row.volume_t > 0
    with solara.Div(classes=["swc-sentence", "" if traded or row is None else "quiet"],
                    attributes={"data-traded": "yes" if traded else "no"}):
        solara.HTML("strong", unsafe_innerHTML=month)
        solara.Text(text)


@solara.component
def Totals(frame: Frame, language: Language) -> None:  # noqa: N802
    """Sums so far, of both futures where there are two."""
    currency = frame.lane.scenario.currency
    lanes = [totals(lane) for lane in frame.lanes]
    units = {
        "mean_price": unit_in("yuan/t", currency, language), "money": "", "earmarked": "",
        "months_traded": "",
    }
    money = unit_in("yuan", currency, language)
    lines = []
    for key in lanes[0]:
        unit = units.get(key, pick("t", "吨", language))
        cells = [_number(lane[key], key, money, language) for lane in lanes]
        if len(lanes) > 1:
            one, two = lanes[0][key], lanes[1][key]
            cells.append("–" if one is None or two is None
                         else _number(two - one, key, money, language, sign=True))
        name = SAY(key, language) + (f", {unit}" if unit else "")
        lines.append([name, *cells])
    head = [""] if len(lanes) == 1 else [
        "", SAY("future_a", language), SAY("future_b", language), SAY("difference", language)
    ]
    title = SAY("so_far_both" if len(lanes) > 1 else "so_far", language)
    with solara.Div(classes=["swc-card"], attributes={"data-part": "totals"}):
        solara.HTML("h3", unsafe_innerHTML=title)
        solara.HTML("div", unsafe_innerHTML=_table(head if len(lanes) > 1 else [], lines))


def _number(
    value: float | None, key: str, money: str, language: Language, *, sign: bool = False
) -> str:
    if value is None:
        return "–"
    plus = "+" if sign else ""
    if key == "mean_price":
        return f"{value:{plus}.1f}"
    if key in ("money", "earmarked"):
        return pick(f"{value / 1e6:{plus},.1f} million {money}",
                    f"{value / 1e4:{plus},.0f}万{money}", language)
    return f"{value:{plus},.0f}"


def _table(head: list[str], lines: list[list[str]]) -> str:
    top = ""
    if head:
        top = "<thead><tr>" + "".join(f"<th scope='col'>{cell}</th>" for cell in head)
        top += "</tr></thead>"
    body = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines
    )
    return f"<div class='swc-scroll'><table>{top}<tbody>{body}</tbody></table></div>"


@solara.component
def Timeline(session: Session, frame: Frame, language: Language) -> None:  # noqa: N802
    """Rules that change, those moved by hand among them."""
    moves = {(move.month, move.key) for move in session.player.moves}
    with solara.Div(classes=["swc-card"], attributes={"data-part": "timeline"}):
        solara.HTML("h3", unsafe_innerHTML=SAY("events", language))
        events = sorted(frame.lane.scenario.events, key=lambda event: event.effective)
        if not events:
            solara.Text(SAY("no_events", language), classes=["swc-muted", "swc-small"])
        for event in events[-12:]:
            for key, value in event.set.items():
                hand = (event.effective, key) in moves
                after = SAY("by_hand", language) if hand else (
                    SAY("announced", language, month=month_text(event.announced))
                    if event.announced < event.effective else ""
                )
                with solara.Div(classes=["swc-event"]):
                    solara.HTML("strong", unsafe_innerHTML=month_text(event.effective))
                    solara.Text(f"{pick(*LABELS[key], language)}: {shown(value, language)}")
                    if after:
                        solara.Text(after, classes=["swc-muted"])
