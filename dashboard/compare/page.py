"""The page Compare."""

import asyncio
import html
import time
from collections.abc import Callable
from typing import cast

import solara
import solara.lab

from dashboard.compare import choices as chosen
from dashboard.compare import desk as compare_desk
from dashboard.compare.address import address_of, asked_of
from dashboard.compare.charts import paint_of
from dashboard.compare.choices import FIRST_CHOICES, Choice, Choices
from dashboard.compare.futures import Future, futures_of, pairs_of
from dashboard.compare.parts import Chooser
from dashboard.compare.results import Results
from dashboard.compare.style import STYLE
from dashboard.compare.texts import TEXTS
from dashboard.compare.work import Progress, Work
from dashboard.desk import dark, language
from dashboard.live.session import LiveContext, Session
from dashboard.parts.guard import Notice
from experiments.language import Language, say
from simulation.compiling import is_compiled
from simulation.errors import InputError

__all__ = ["ComparePage"]

# Between two looks at the thread, and between two drawings of everything.
LOOK_S, DRAW_S = 0.2, 0.8
NOT_BEGUN = Progress(0, 0, 0, 0.0, False)

# A visitor's own, and still there when he comes back from another page.
choices = cast("solara.Reactive[Choices]", solara.reactive(FIRST_CHOICES))
current = cast("solara.Reactive[Work | None]", solara.reactive(None))
ran = cast("solara.Reactive[Choices | None]", solara.reactive(None))


@solara.component
def ComparePage() -> None:  # noqa: N802
    """Choose variants, run them with the same luck, see what differs."""
    spoken, work = language.value, current.value
    session: Session | None = solara.use_context(LiveContext)
    search = solara.use_router().search
    futures = solara.use_memo(lambda: futures_of(session), [])
    progress = solara.use_reactive(NOT_BEGUN)
    drawn = solara.use_reactive(0)
    # What is wrong, and with which choices: it goes as soon as they change.
    problem = solara.use_reactive(cast("tuple[str, Choices | None]", ("", None)))

    async def follow() -> None:
        if work is None:
            return
        last = 0.0
        while True:
            seen = work.progress()
            began = time.perf_counter()
            if not seen.running or (seen.replicates > drawn.peek() and began - last > DRAW_S):
                drawn.value, last = seen.replicates, began
            progress.value = seen
            if not seen.running:
                return
            # Never more than half of the time, however long drawing takes.
            await asyncio.sleep(max(LOOK_S, time.perf_counter() - began))

    solara.lab.use_task(follow, dependencies=[work], prefer_threaded=False)
    # Whoever leaves the page or closes the tab stops the work.
    solara.use_effect(lambda: work.stop if work is not None else None, [work])

    def run() -> None:
        try:
            plan = chosen.plan(choices.peek(), language.peek(), futures)
        except InputError as error:
            problem.value = (str(error), choices.peek())
            return
        problem.value, drawn.value, progress.value = ("", None), 0, NOT_BEGUN
        if (before := current.peek()) is not None:
            before.stop()
        began = Work(plan)
        began.start()
        ran.value, current.value = choices.peek(), began

    def open_address() -> None:
        seed = session.player.seed if session is not None else 1
        asked = asked_of(search, futures, seed, language.peek())
        if asked.choices is not None:
            choices.value = asked.choices
        if asked.trouble:
            problem.value = (asked.trouble, choices.peek())
        elif asked.start:
            run()

    def show_address() -> Callable[[], None]:
        compare_desk.address.value = address_of(choices.peek(), futures)
        return lambda: compare_desk.address.set("")

    solara.use_effect(open_address, [search])
    solara.use_effect(show_address, [choices.value])

    solara.Style(STYLE)
    with solara.Div(classes=["swc-compare"]):
        solara.HTML("h1", unsafe_innerHTML=TEXTS("heading", spoken))
        solara.HTML("p", unsafe_innerHTML=TEXTS("lead", spoken), classes=["swc-muted"])
        _chooser(spoken, work, progress.value, run, futures)
        wrong, with_choices = problem.value
        hint = chosen.opening_told(choices.value, spoken, futures)
        if wrong and with_choices == choices.value:
            Notice(wrong, "error", on_close=lambda: problem.set(("", None)))
        if work is None:
            # A trouble is told once.
            if hint != wrong:
                solara.HTML("p", unsafe_innerHTML=html.escape(hint),
                            classes=["swc-card", "swc-compare-opening"])
            return
        if work.failure and not progress.value.running:
            Notice(TEXTS("failed", spoken, text=work.failure), "error")
        if drawn.value:
            if ran.value != choices.value and not progress.value.running:
                Notice(TEXTS("changed", spoken))
            Results(work, drawn.value)


def _chooser(
    spoken: Language, work: Work | None, progress: Progress, run: Callable[[], None],
    futures: dict[str, Future],
) -> None:
    now = choices.value

    def change(said: dict[str, object]) -> None:
        variants = list(choices.peek().variants)
        place = int(cast("int", said.pop("place")))
        variants[place] = variants[place]._replace(**said)
        if variants[place].scenario in futures:
            variants[place] = Choice(variants[place].scenario)
        put(tuple(variants))

    def put(variants: tuple[Choice, ...]) -> None:
        choices.value = choices.peek()._replace(variants=variants)

    def remove(place: int) -> None:
        variants = choices.peek().variants
        put(variants[:place] + variants[place + 1 :])

    def add(_: object) -> None:
        variants = choices.peek().variants
        used = {choice.scenario for choice in variants}
        # One that is not there yet and may be compared with the rest.
        free = [name for name in chosen.in_currency_of(variants[0], futures)
                if name not in used]
        put((*variants, Choice(free[0] if free else variants[-1].scenario)))

    Chooser(
        words=TEXTS.all_in(spoken),
        variants=[{**choice._asdict(), "paint": paint_of(place, dark.value)}
                  for place, choice in enumerate(now.variants)],
        scenarios=chosen.scenario_options(spoken, futures, now.variants),
        pairs=list(pairs_of(futures)),
        rules=[{"value": name, "label": say(name, spoken)} for name in chosen.MECHANISMS],
        most=chosen.MOST_VARIANTS, replicates=now.replicates, seed=now.seed,
        running=progress.running, done=progress.done, total=progress.total,
        line=_line(spoken, work, progress),
        event_variant=change, event_remove=remove, event_add=add,
        event_all_rules=lambda name: put(chosen.all_rules(name)),
        event_first=lambda _: put(FIRST_CHOICES.variants),
        event_pair=lambda name: put(tuple(map(Choice, pairs_of(futures)[name]))),
        event_set_replicates=lambda text: choices.set(choices.peek()._replace(replicates=text)),
        event_set_seed=lambda text: choices.set(choices.peek()._replace(seed=text)),
        event_run=lambda _: run(),
        event_stop=lambda _: work.stop() if work is not None else None,
    )


def _line(spoken: Language, work: Work | None, progress: Progress) -> str:
    if work is None or not progress.total:
        return ""
    if not progress.running:
        key = "stopped" if work.stopped else "ended"
    elif progress.done:
        key = "going"
    else:
        key = "preparing" if is_compiled() else "compiling"
    return TEXTS(
        key, spoken, done=progress.done, total=progress.total, rate=f"{progress.rate:.0f}",
        left=f"{progress.seconds_left:.0f}", seconds=f"{progress.seconds:.1f}",
    )
