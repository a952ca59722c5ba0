"""Long names in figures: folded into lines, and placed where they cover no other."""

import unicodedata
from collections.abc import Iterable, Sequence

__all__ = ["band_for", "folded", "free_places", "width_of"]


def width_of(text: str) -> float:
    """Width in Latin letters; a Chinese character counts as almost two."""
    return sum(1.8 if unicodedata.east_asian_width(each) in "WF" else 1.0 for each in text)


def folded(text: str, width: float = 30.0, lines: int = 2) -> str:
    """A name in at most so many lines, the last one cut where it still does not fit.

    Parameters
    ----------
    text : str
    width : float
        Of a line, in Latin letters.
    lines : int

    Returns
    -------
    str
        Lines with a newline between them.
    """
    if width_of(text) <= width:
        return text
    pieces: list[tuple[str, str]] = []
    for word in text.split(" "):
        # A word that is wider than a line, as Chinese is, breaks anywhere.
        broken = [word] if width_of(word) <= width else list(word)
        pieces += [(" ", broken[0]), *(("", each) for each in broken[1:])] if broken else []
    found, line = [], ""
    for gap, piece in pieces:
        if line and width_of(line + gap + piece) > width:
            found.append(line)
            line = piece
        else:
            line += (gap if line else "") + piece
    found.append(line)
    if len(found) > lines:
        found = [*found[: lines - 1], found[lines - 1].rstrip(" ,，") + "…"]
    return "\n".join(found)


def band_for(names: Iterable[str], least: int = 30) -> int:
    """Height of a row in pixels that holds the most lines a folded name has."""
    lines = max((name.count("\n") + 1 for name in names), default=1)
    return max(least, 14 * lines + 6)


def free_places(
    points: Sequence[tuple[float, float]], names: Sequence[str], size: tuple[float, float]
) -> list[tuple[float, float, str] | None]:
    """Where names of points can stand without covering each other.

    Parameters
    ----------
    points : sequence of (float, float)
        Pixels, most important first.
    names : sequence of str
    size : (float, float)
        Width and height of the panel.

    Returns
    -------
    list of (float, float, str) or None
        Shift from the point and alignment; None where there is no room.
    """
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in points]
    found: list[tuple[float, float, str] | None] = []
    for (x, y), name in zip(points, names, strict=True):
        wide = 6.6 * width_of(name)
        place = None
        for dx, dy, align in (
            (9, 0, "left"), (-9, 0, "right"), (9, -14, "left"), (9, 14, "left"), (-9, -14, "right"),
            (-9, 14, "right"), (9, -28, "left"), (9, 28, "left"), (-9, -28, "right"),
        ):
            left = x + dx if align == "left" else x + dx - wide
            box = (left, y + dy - 7, left + wide, y + dy + 7)
            inside = box[0] >= 0 and box[2] <= size[0] and box[1] >= -8 and box[3] <= size[1] + 4
            if inside and not any(_meet(box, other) for other in taken):
                place = (dx, dy, align)
                taken.append(box)
                break
        found.append(place)
    return found


def _meet(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
