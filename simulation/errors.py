"""Errors with one clear line: where, what, the limit, and the way out."""

__all__ = ["InputError", "InvariantError", "ScenarioError"]


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
        self.phase, self.month, self.seed = phase, month, seed
        super().__init__(
            f"{what} (phase {phase}, month {month}, seed {seed}). This is a fault of the model, "
            "not of your input: please report it with the scenario and this line."
        )
