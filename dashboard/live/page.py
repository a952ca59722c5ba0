"""The page Live: watch a run, steer it, look back, fork it."""

import asyncio
import time
from html import escape
from typing import Any

import solara
import solara.lab

from agents.parameters import month_text
from dashboard import desk
from dashboard.live import desk as live_desk
from dashboard.live.board import Board
from dashboard.live.choosing import Choice, chosen_of, wish_chosen
from dashboard.live.frame import Frame, seen
from dashboard.live.parts import Controls
from dashboard.live.player import FASTEST
from dashboard.live.questions import question_of, settle_question, would_drop
from dashboard.live.session import LiveContext, Session
from dashboard.live.sharing import Sharing
from dashboard.live.steering import Steering
from dashboard.live.texts import SAY
from dashboard.live.words import packed_words
from dashboard.parts.guard import Notice
from dashboard.parts.messages import page_goer, text
from experiments.language import LANGUAGES, Language, pick
from simulation.month import PHASES

__all__ = ["LivePage"]

FRAMES_A_SECOND = 8
IDLE_S = 0.2
# A browser tab in the background paints nothing, but its run is still told of now and then.
LONGEST_WAIT_S = 1.0
# So old the address may be while months go by: a page loaded anew opens about where it was.
ADDRESS_S = 3.0
SPEEDS = [1, 3, 6, 12, 24, 60, FASTEST]
KEYS = {" ": "toggle", "n": "month", "p": "phase", "f": "fork", "r": "reset", "?": "keys",
        "Escape": "close", "ArrowLeft": "earlier", "ArrowRight": "later"}


@solara.component
def LivePage() -> None:  # noqa: N802
    """One run, or two futures of it."""
    session: Session = solara.use_context(LiveContext)
    language = session.language = desk.language.value
    first = solara.use_memo(lambda: seen(session.player, 0, language), [])
    shown = solara.use_reactive(first)
    addressed = solara.use_ref((0.0, 0))
    # Keys that were pressed on other pages are none of this one's.
    served = solara.use_ref(desk.pressed.peek())
    router = solara.use_router()

    def refresh() -> None:
        last, player = shown.peek(), session.player
        settle_question(session)
        shown.value = seen(player, last.number + 1, desk.language.peek(), last.told)
        now, (then, whose) = time.perf_counter(), addressed.current
        if not player.playing or now - then > ADDRESS_S or whose != player.number:
            addressed.current = (now, player.number)
            live_desk.address.value = session.address()

    def act(what: object) -> None:
        what = text(what, 20)
        # What would be lost is asked for first; the answer ends in an exclamation mark.
        session.asks = what if would_drop(session, what, desk.language.peek()) else ""
        if not session.asks:
            do(session, what.removesuffix("!"))
            session.wanted = None
            session.changes += 1
        refresh()

    def choose(chosen: object) -> None:
        session.choices += 1
        session.wanted = wish_chosen(session, chosen)
        act("keep" if session.wanted is None else "begin")

    def begin() -> None:
        if not session.started:
            session.started = True
            session.player.play()

    async def pump() -> None:
        sent = time.perf_counter()
        while True:
            before = time.perf_counter()
            player, last = session.player, shown.peek()
            waits = session.painted < last.number and before - sent < LONGEST_WAIT_S
            if (player.playing or last.playing) and not waits:
                refresh()
                sent = before
            elif not player.playing and player.catch_up():
                refresh()
            took = time.perf_counter() - before
            # Never more than half of the loop, which all visitors share.
            await asyncio.sleep(
                IDLE_S if not player.playing else
                0.01 if waits else max(1 / FRAMES_A_SECOND - took, took)
            )

    solara.use_effect(begin, [])
    solara.use_effect(refresh, [language])
    solara.lab.use_task(pump, dependencies=[], prefer_threaded=False)
    pressed = desk.pressed.value

    def key() -> None:
        if pressed != served.current:
            served.current = pressed
            if pressed[1] in KEYS:
                act(KEYS[pressed[1]])

    solara.use_effect(key, [pressed])

    frame = shown.value
    scenario = frame.lanes[0].scenario
    title = pick(scenario.title, scenario.title_zh, language) or scenario.name
    with solara.Div(classes=["swc-live"]):
        solara.HTML("h1", unsafe_innerHTML=escape(SAY("live_of", language, title=title)),
                    classes=["swc-sr"])
        with solara.v.Html(tag="main", class_="swc-main"):
            if session.notice:
                Notice(session.notice, "error" if session.trouble else "note",
                       on_close=lambda: (session.hush(), refresh()))
            Controls(**controls_of(session, frame, language), **question_of(session, language),
                     event_act=act, event_go=page_goer(router.push),
                     event_painted=session.note_painted,
                     event_sped=lambda speed: (session.speed_up(speed), refresh()),
                     event_looked=lambda place: (session.look(place), refresh()))
            failure = frame.lane.failure
            if failure is not None:
                Notice(f"{SAY('failed', language)} {failure.text} {SAY('failed_hint', language)}",
                       "error")
            Board(session, frame, refresh, act)
            Sharing(session, language, refresh)
        with solara.v.Html(tag="aside", class_="swc-side",
                           attributes={"aria-label": SAY("levers", language)}):
            Choice(session, *chosen_of(session), session.choices, language, choose)
            Steering(session, frame, language, refresh)


def do(session: Session, what: str) -> None:
    """Something that a button or a key asks for.

    Parameters
    ----------
    session : Session
    what : str
    """
    player = session.player
    if what == "toggle":
        what = "pause" if player.playing else "play"
    if what == "play":
        player.play()
    elif what == "pause":
        player.pause()
    elif what == "month":
        player.step_month()
    elif what == "phase":
        player.step_phase()
    elif what == "latest":
        player.look_at(player.lane.world.scenario.stop)
    elif what == "continue":
        player.continue_here()
    elif what == "fork":
        player.fork()
    elif what == "fork-rule":
        player.fork_before_rule()
    elif what == "drop":
        player.drop_fork()
    elif what in ("lane-a", "lane-b"):
        player.show(int(what == "lane-b"))
    elif what == "reset":
        session.begin(session.wish.afresh())
    elif what == "begin":
        session.begin_wanted()
    elif what == "close":
        session.hush()
    elif what == "keys":
        said = tuple(SAY("keys", language) for language in LANGUAGES)
        session.say(*() if session.said == said else said)
    elif what in ("earlier", "later"):
        at = player.lane.world.month - 1 if player.viewed is None else player.viewed
        player.look_at(at + (1 if what == "later" else -1))


def controls_of(session: Session, frame: Frame, language: Language) -> dict[str, Any]:
    """What the controls show.

    Parameters
    ----------
    session : Session
    frame : Frame
    language : {"en", "zh"}

    Returns
    -------
    dict
        Arguments of `Controls`.
    """
    scenario = frame.lane.scenario
    begun = frame.place >= 0
    month = month_text(frame.month) if begun else ""
    label = month or SAY("before_first", language)
    phase = ""
    if frame.phase:
        step = PHASES[frame.phase]
        phase = f"{frame.phase + 1}/{len(PHASES)} · " + SAY(
            "phase_now", language, month=month_text(frame.month + 1),
            meaning=pick(step.meaning, step.meaning_zh, language),
        )
    elif all(lane.over for lane in frame.lanes):
        phase = SAY("finished", language) if frame.lane.failure is None else ""
    return {
        "number": frame.number, "playing": frame.playing, "back": frame.back,
        "finished": all(lane.over for lane in frame.lanes), "forked": len(frame.lanes) > 1,
        "shown": frame.shown, "place": frame.place, "latest": len(frame.lane.monthly) - 1,
        "months": scenario.months,
        "month": month, "month_label": label,
        "back_label": SAY("looking_back", language, month=month),
        "first": month_text(scenario.start), "last": month_text(scenario.stop - 1),
        "phase": phase, "speed": session.player.speed, "speeds": SPEEDS,
        "words_json": packed_words(language),
    }
