"""Sentence, charts, map, table and timeline of a run."""

from collections.abc import Callable
from typing import Any

import solara

from agents.parameters import month_text
from dashboard import desk
from dashboard.live.agent import OneAgent
from dashboard.live.book_chart import book_option, book_told, book_update, is_standing
from dashboard.live.effect import EffectPanel
from dashboard.live.frame import Frame
from dashboard.live.map_chart import map_option, map_told, map_update, places_of
from dashboard.live.price_chart import price_option, price_told, price_update
from dashboard.live.session import Session
from dashboard.live.stock_charts import (
    real_option,
    real_update,
    registry_option,
    registry_update,
    told,
    volume_option,
    volume_update,
)
from dashboard.live.tables import Timeline, Totals
from dashboard.live.texts import SAY
from dashboard.live.words import future_names
from dashboard.parts.chart import Chart, packed
from dashboard.parts.messages import entry
from experiments.language import Language, unit_in

__all__ = ["Board"]


@solara.component
def Board(  # noqa: N802
    session: Session, frame: Frame, refresh: Any, act: Callable[[str], None]  # noqa: ANN401
) -> None:
    """Everything that is drawn of a run.

    Parameters
    ----------
    session : Session
    frame : Frame
    refresh : callable
        Have the page take a new frame.
    act : callable
        Takes what is asked for, as a button of the controls would.
    """
    language, dark = desk.language.value, desk.dark.value
    player = session.player
    scenario = frame.lanes[0].scenario
    forked = len(frame.lanes) > 1
    unit = unit_in("yuan/t", scenario.currency, language)
    world_key = (player.number, dark, language)
    places = solara.use_memo(lambda: _places(session), [player.number])

    def titled(key: str, **values: str) -> str:
        title = SAY(key, language, **values)
        if not forked:
            return title
        return SAY("of_future", language, title=title, name=future_names(language)[frame.shown])

    Sentence(frame, language)
    EffectPanel(frame, language, act)
    option = solara.use_memo(
        lambda: packed(price_option(scenario, dark, language, forked=forked)), [*world_key, forked]
    )
    Chart(
        "price", option, price_update(frame, dark, language), height="320px",
        title=SAY("price", language), note=SAY("price_note", language, unit=unit),
        label=price_told(frame, language),
    )
    volume, registry, real = (
        update(frame, dark, language) for update in (volume_update, registry_update, real_update)
    )
    with solara.Div(classes=["swc-grid"]):
        Chart(
            "volume",
            solara.use_memo(lambda: packed(volume_option(scenario, dark, language)), world_key),
            volume, title=titled("volume"), note=SAY("volume_note", language),
            label=told("volume", volume, frame, language),
        )
        standing = is_standing(frame.mechanism)
        book_month = frame.month + (frame.phase > 0)
        title = titled("book")
        if book_month >= scenario.start:
            title = titled("book_month", month=month_text(book_month))
        Chart(
            "book", solara.use_memo(lambda: packed(book_option(dark, language)), world_key),
            book_update(frame, language), title=title, label=book_told(frame, language),
            note=SAY("depth_note" if standing else "book_note", language, unit=unit),
        )
        Chart(
            "registry",
            solara.use_memo(lambda: packed(registry_option(scenario, dark, language)), world_key),
            registry, title=titled("registry"), note=SAY("registry_note", language),
            label=told("registry", registry, frame, language),
        )
        Chart(
            "real",
            solara.use_memo(lambda: packed(real_option(scenario, dark, language)), world_key),
            real, title=titled("real"), note=SAY("real_note", language),
            label=told("real", real, frame, language),
        )

    def clicked(said: object) -> None:
        if entry(said, "id"):
            session.choose(entry(said, "id"))
            refresh()

    with solara.Div(classes=["swc-grid", "wide-first"]):
        Chart(
            "map", solara.use_memo(lambda: packed(map_option(places, dark, language)), world_key),
            map_update(frame, places, language, session.agent), height="420px",
            title=titled("map"), note=SAY("map_note", language), label=map_told(frame, language),
            on_click=clicked,
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
    told = frame.told
    row = frame.row
    traded = row is not None and row.volume_t > 0
    with solara.Div(
        classes=["swc-sentence", "" if traded or row is None else "quiet"],
        attributes={"data-traded": "yes" if traded else "no", "data-tells": "" if told is None
                    else month_text(told.month), "role": "status",
                    # Read out when paused; months that go by would never let one finish.
                    "aria-live": "off" if frame.playing else "polite"},
    ):
        solara.HTML("strong", unsafe_innerHTML="" if told is None else f"{month_text(told.month)} ")
        solara.Text(SAY("press_play", language) if told is None else told.text)
