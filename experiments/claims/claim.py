"""A claim: a statement, a tolerance fixed before measuring, what was measured, and the verdict."""

from typing import NamedTuple

import numpy as np

__all__ = ["Claim", "inside", "near", "reported"]


class Claim(NamedTuple):
    """One line of the table of claims.

    Attributes
    ----------
    id : str
        Such as ``B1.zi_c.1``; what is before the first dot names the benchmark.
    statement, source : str
    expected : str or float
    measured : float
    tolerance : str
        In words, with the numbers.
    passed : bool or None
        None where the claim is reported and not judged.
    """

    id: str
    statement: str
    source: str
    expected: str | float
    measured: float
    tolerance: str
    passed: bool | None


def near(
    identity: str, statement: str, source: str, expected: float, measured: float, tolerance: float
) -> Claim:
    """Claim that a number is within a distance of what is expected."""
    within = bool(np.abs(measured - expected) <= tolerance)
    return Claim(identity, statement, source, expected, measured, f"within {tolerance}", within)


def inside(
    identity: str, statement: str, source: str, low: float, high: float, measured: float
) -> Claim:
    """Claim that a number is within two bounds; one of them may be infinite."""
    words = f"from {low} to {high}"
    if low == -np.inf:
        words = f"at most {high}"
    elif high == np.inf:
        words = f"at least {low}"
    return Claim(identity, statement, source, words, measured, words, bool(low <= measured <= high))


def reported(
    identity: str, statement: str, source: str, expected: str | float, measured: float
) -> Claim:
    """A number that is reported beside what is known, and not judged."""
    return Claim(identity, statement, source, expected, measured, "reported, not judged", None)
