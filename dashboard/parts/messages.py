"""What a browser sends, read with care: it may be anything that JSON can say."""

import math
from collections.abc import Callable, Container

__all__ = ["entry", "known_key", "page_goer", "text", "whole_number"]

LONGEST_PATH = 2000


def whole_number(said: object, low: int, high: int) -> int | None:
    """A whole number within bounds, or nothing; 3.0 is one, true and "3" are none.

    Parameters
    ----------
    said : object
        From JSON.
    low, high : int
        Both allowed.

    Returns
    -------
    int or None
    """
    if isinstance(said, bool) or not isinstance(said, (int, float)):
        return None
    if not low <= said <= high or not math.isfinite(said) or said != int(said):
        return None
    return int(said)


def text(said: object, longest: int) -> str:
    """A text of no more than so many characters; anything else is the empty text.

    Parameters
    ----------
    said : object
        From JSON.
    longest : int

    Returns
    -------
    str
    """
    return said if isinstance(said, str) and len(said) <= longest else ""


def known_key(said: object, keys: Container[str]) -> str:
    """One of some keys; anything else is the empty text.

    Parameters
    ----------
    said : object
        From JSON.
    keys : container of str

    Returns
    -------
    str
    """
    return said if isinstance(said, str) and said in keys else ""


def entry(said: object, name: str) -> object:
    """What stands under a name in a table; nothing where there is no table or no such name.

    Parameters
    ----------
    said : object
        From JSON.
    name : str

    Returns
    -------
    object
    """
    return said.get(name) if isinstance(said, dict) else None


def page_goer(push: Callable[[str], None]) -> Callable[[object], None]:
    """Go to a page of ours that the browser names; anything else is passed over.

    Parameters
    ----------
    push : callable
        Of the router.

    Returns
    -------
    callable
    """
    def go(said: object) -> None:
        path = text(said, LONGEST_PATH)
        if path.startswith("/") and not path.startswith("//"):
            push(path)

    return go
