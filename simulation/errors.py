"""Errors with one clear line: where, what, the limit, and the way out."""

import difflib
from collections.abc import Iterable

__all__ = ["InputError", "InvariantError", "ScenarioError", "close_to"]


def close_to(word: str, known: Iterable[str]) -> str:
    """A hint at what was perhaps meant, with the question mark, or nothing.

    Parameters
    ----------
    word : str
    known : iterable of str

    Returns
    -------
    str
    """
    words = list(known)
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    if not near:
        # Units stand last in a name, and are what people leave out.
        stems = {"_".join(each.split("_")[:count]): each
                 for each in reversed(words) for count in range(1, each.count("_") + 1)}
        near = [stems[stem] for stem in difflib.get_close_matches(word, stems, n=1, cutoff=0.75)]
    return f" (did you mean {near[0]!r}?)" if near else ""


class InputError(Exception):
    """Something a caller gave cannot be used; the message is one line for a person."""


class ScenarioError(InputError):
    """A scenario cannot be loaded."""


class InvariantError(Exception):
    """The model broke one of its own laws: the run is worthless and stops.

    Parameters
    ----------
    what : str
        The law that was broken.
    phase : str
        Phase after which it was found broken.
    month : str
        ``YYYY-MM``.
    seed : int
        Seed with which the run can be repeated.
    """

    def __init__(self, what: str, *, phase: str, month: str, seed: int) -> None:
        self.what, self.phase, self.month, self.seed = what, phase, month, seed
        super().__init__(
            f"{what} (phase {phase}, month {month}, seed {seed}). This is a fault of the model, "
            "not of your input: please report it with the scenario and this line."
        )

    def __reduce__(self) -> tuple[object, ...]:
        # Errors travel between processes; by default their keywords would be lost on the way.
        return _invariant_error, (self.what, self.phase, self.month, self.seed)


def _invariant_error(what: str, phase: str, month: str, seed: int) -> InvariantError:
    return InvariantError(what, phase=phase, month=month, seed=seed)
