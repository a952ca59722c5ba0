"""Stores of studies that visitors may look at: those below a few folders, and no others."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from agents.compiled import ROOT
from simulation.errors import InputError

__all__ = ["Place", "place_of", "places", "roots"]

IDENTITY = "study.json"
# Results are sorted into folders, but not into many.
DEEPEST = 4
MOST_STORES = 200


class Place(NamedTuple):
    """Where a store lies.

    Attributes
    ----------
    name : str
        Relative to the folder of results, with slashes.
    folder : Path
        Free of symbolic links.
    """

    name: str
    folder: Path


def roots() -> list[Path]:
    """Folders below which stores may be read: that of ``SWCMARKET_RESULTS``, then ``results``."""
    named = os.environ.get("SWCMARKET_RESULTS", "")
    return [*([Path(named)] if named else []), ROOT / "results"]


def places(below: Sequence[Path]) -> list[Place]:
    """Every store below some folders, by name.

    Parameters
    ----------
    below : sequence of Path

    Returns
    -------
    list of Place
    """
    found: dict[str, Place] = {}
    for root in below:
        for folder in _stores(root):
            name = folder.relative_to(root).as_posix()
            try:
                found.setdefault(name, place_of(name, below))
            except InputError:
                # A link that leads elsewhere is none of ours.
                continue
            if len(found) >= MOST_STORES:
                break
    return sorted(found.values(), key=lambda place: place.name)


def _stores(root: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(root):
        folder = Path(here)
        if IDENTITY in files and folder != root:
            yield folder
            # What lies in a store belongs to it.
            folders.clear()
        deep = len(folder.relative_to(root).parts)
        folders[:] = sorted(name for name in folders if name[0] != ".") if deep < DEEPEST else []


def place_of(given: str, below: Sequence[Path]) -> Place:
    """The store that a visitor asks for.

    Parameters
    ----------
    given : str
        Name relative to one of the folders, or a whole path below one.
    below : sequence of Path

    Returns
    -------
    Place

    Raises
    ------
    InputError
        When it is not below any of them, links followed, or is no store. What lies elsewhere is
        not looked at, so that nobody learns what is there.
    """
    wish = given.strip()
    if not wish:
        raise InputError("No folder is given. Give the name of a store.")
    inside = False
    for root in below:
        try:
            trunk = root.resolve()
            folder = (trunk / wish).resolve()
            if folder == trunk or not folder.is_relative_to(trunk):
                continue
            inside = True
            if (folder / IDENTITY).is_file() and _all_below(folder, trunk):
                return Place(folder.relative_to(trunk).as_posix(), folder)
        except (OSError, ValueError, RuntimeError):
            # Too long for a name, or no name at all.
            continue
    shown = "".join(each if each.isprintable() else "?" for each in wish)
    shown = shown if len(shown) <= 80 else f"{shown[:77]}..."
    if inside:
        raise InputError(
            f"{shown}: there is no store of a study here. Give a folder that `swcmarket study` "
            "wrote."
        )
    raise InputError(
        f"{shown}: lies outside the folders of results. Only stores below them can be opened here."
    )


def _all_below(folder: Path, trunk: Path) -> bool:
    """Whether every file of a store lies below the folder of results, links followed."""
    for here, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(here, name)
            if path.is_symlink() and not path.resolve().is_relative_to(trunk):
                return False
    return True
