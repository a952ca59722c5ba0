"""Pages and what surrounds them."""

from collections.abc import Callable
from pathlib import Path

import solara
import solara.lab

from dashboard import desk
from dashboard.claims.page import ClaimsPage
from dashboard.compare.desk import address as compare_address
from dashboard.compare.page import ComparePage
from dashboard.live.desk import address
from dashboard.live.page import LivePage
from dashboard.live.session import LiveContext, Session
from dashboard.parts.furniture import Browser, TopBar
from dashboard.parts.guard import Guard
from dashboard.parts.messages import entry, known_key, page_goer
from dashboard.studies.page import StudiesPage
from dashboard.texts import COMMON
from experiments.report.looks import css_variables

__all__ = ["Layout", "routes"]

PAGES: dict[str, tuple[str, Callable[[], solara.Element]]] = {
    "/": ("live", LivePage),
    "/compare": ("compare", ComparePage),
    "/studies": ("studies", StudiesPage),
    "/claims": ("claims", ClaimsPage),
}
STYLE = f"""
:root {{ {css_variables(False)} color-scheme: light; }}
:root.swc-dark {{ {css_variables(True)} color-scheme: dark; }}
""" + "".join(
    (Path(__file__).parent / name).read_text(encoding="utf-8")
    for name in ("style.css", "live/live.css", "live/levers.css", "live/agent.css")
)
# Keys that pages listen to; a page takes those it knows.
KEYS = [" ", "ArrowRight", "ArrowLeft", "n", "p", "r", "f", "?", "Escape"]


@solara.component
def Layout(children: list[solara.Element] = []) -> None:  # noqa: B006, N802
    """Bar, page, and what the browser must know."""
    language, dark, file = desk.language.value, desk.dark.value, desk.download.value
    router = solara.use_router()
    here = "/" + (router.path or "").strip("/")
    _first_choices()
    # A run belongs to a tab: it is kept while one looks at other pages, and freed with the tab.
    search = router.search if here == "/" else None
    session = solara.use_memo(lambda: Session(search, desk.language.peek()), [])
    solara.use_effect(lambda: session.close, [])
    LiveContext.provide(session)

    def pressed(key: object) -> None:
        desk.pressed.value = (desk.pressed.peek()[0] + 1, known_key(key, KEYS))

    with solara.Div(classes=["swc"]):
        solara.Style(STYLE)
        Browser(
            language=language, dark=dark, title=_title(here), known_keys=KEYS,
            address={"/": address.value, "/compare": compare_address.value}.get(here, ""),
            file=file._asdict() if file else None,
            event_began=lambda said: desk.dark.set(bool(entry(said, "dark"))),
            event_pressed=pressed,
        )
        TopBar(
            tabs=[{"path": path, "label": COMMON(key, language)} for path, (key, _) in
                  PAGES.items()],
            here=here, dark=dark, language=language, words=COMMON.all_in(language),
            event_go=page_goer(router.push), event_turn=lambda _: desk.dark.set(not dark),
            event_speak=lambda _: desk.language.set("en" if language == "zh" else "zh"),
        )
        solara.Div(children=children, classes=["swc-page"])


def _title(here: str) -> str:
    key, _ = PAGES.get(here, PAGES["/"])
    name = COMMON("short_title", desk.language.value)
    return f"{COMMON(key, desk.language.value)} · {name}"


def _first_choices() -> None:
    def choose() -> None:
        cookies = solara.lab.cookies.value or {}
        headers = solara.lab.headers.value or {}
        accepted = ",".join(headers.get("accept-language", []))
        desk.language.value = desk.preferred_language(cookies, accepted)
        desk.dark.value = cookies.get(desk.THEME_COOKIE) == "dark"

    solara.use_memo(choose, [])


def _guarded(part: Callable[[], solara.Element]) -> Callable[[], solara.Element]:
    @solara.component
    def Guarded() -> None:  # noqa: N802
        Guard(part)

    return Guarded


routes = [
    solara.Route(path="/" if path == "/" else path[1:], component=_guarded(part),
                 layout=Layout if path == "/" else None, label=key)
    for path, (key, part) in PAGES.items()
]
