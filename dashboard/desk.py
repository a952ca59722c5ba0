"""What one visitor has chosen; every browser tab has its own."""

from typing import NamedTuple, cast

import solara
import solara.lab

from experiments.language import LANGUAGES, Language

__all__ = [
    "Download", "dark", "download", "language", "offer_download", "preferred_language",
    "pressed",
]

LANGUAGE_COOKIE = "swcmarket_language"
THEME_COOKIE = "swcmarket_theme"


class Download(NamedTuple):
    """A file that the browser is to save.

    Attributes
    ----------
    number : int
        Grows with each, so that the same file can be saved twice.
    name, mime, text : str
    """

    number: int
    name: str
    mime: str
    text: str


# Reactive values at the top of a module belong to a visitor's tab, not to the server.
language = cast("solara.Reactive[Language]", solara.reactive("en"))
dark = solara.reactive(False)
# Number and name of the last key.
pressed = cast("solara.Reactive[tuple[int, str]]", solara.reactive((0, "")))
download = cast("solara.Reactive[Download | None]", solara.reactive(None))


def offer_download(name: str, text: str, mime: str = "text/csv") -> None:
    """Have the browser of this visitor save a file.

    Parameters
    ----------
    name : str
    text : str
    mime : str
    """
    last = download.peek()
    download.value = Download(last.number + 1 if last else 1, name, mime, text)


def preferred_language(cookies: dict[str, str], accepted: str) -> Language:
    """Language of a first visit: the one chosen last, else what the browser asks for.

    Parameters
    ----------
    cookies : dict
    accepted : str
        Header ``Accept-Language``.

    Returns
    -------
    {"en", "zh"}
    """
    chosen = cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return cast("Language", chosen)
    for wish in accepted.split(","):
        tongue = wish.split(";")[0].strip().lower().split("-")[0]
        if tongue in LANGUAGES:
            return cast("Language", tongue)
    return "en"
