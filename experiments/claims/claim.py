"""What a claim is: a statement, its source, and a rule of decision fixed before measuring."""

import math
from collections.abc import Callable
from typing import NamedTuple

__all__ = ["Check", "Claim", "Verdict", "between", "near"]


class Check(NamedTuple):
    """One measured number and the interval in which the claim puts it.

    Attributes
    ----------
    what : str
        Quantity, with its unit.
    measured : float
    low, high : float
        Ends of the interval, both allowed; infinite where there is none.
    expected : float or None
        What the source says; None where it gives an interval or a sign alone.
    """

    what: str
    measured: float
    low: float
    high: float
    expected: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the number lies in the interval."""
        return self.low <= self.measured <= self.high

    @property
    def tolerance(self) -> str:
        """The interval, as a table shows it."""
        if self.expected is not None and math.isfinite(self.low + self.high):
            below, above = self.expected - self.low, self.high - self.expected
            if math.isclose(below, above, rel_tol=1e-9, abs_tol=1e-12):
                return f"± {above:.3g}"
        if math.isinf(self.high):
            return f"≥ {self.low:.6g}"
        if math.isinf(self.low):
            return f"≤ {self.high:.6g}"
        return f"{self.low:.6g} – {self.high:.6g}"


def near(what: str, measured: float, expected: float, tolerance: float) -> Check:
    """A number that must be so close to another one.

    Parameters
    ----------
    what : str
    measured, expected : float
    tolerance : float
        Largest distance.

    Returns
    -------
    Check
    """
    return Check(what, float(measured), expected - tolerance, expected + tolerance, expected)


def between(
    what: str, measured: float, low: float = -math.inf, high: float = math.inf,
    expected: float | None = None,
) -> Check:
    """A number that must lie in an interval.

    Parameters
    ----------
    what : str
    measured : float
    low, high : float
    expected : float, optional

    Returns
    -------
    Check
    """
    return Check(what, float(measured), low, high, expected)


class Claim(NamedTuple):
    """A statement that measuring can refute.

    Attributes
    ----------
    id : str
        Benchmark and part, as ``B4.call-auction``.
    statement, statement_zh : str
    source : str
        Paper or regulation.
    setup : str
        What is run: schedules, rules, seeds.
    measure : callable
        Runs it; the intervals of its checks are the rule of decision.
    """

    id: str
    statement: str
    statement_zh: str
    source: str
    setup: str
    measure: Callable[[], list[Check]]


class Verdict(NamedTuple):
    """A claim, measured.

    Attributes
    ----------
    claim : Claim
    checks : list of Check
    known : str
        Why it is known to fail; empty where it is not.
    """

    claim: Claim
    checks: list[Check]
    known: str = ""

    @property
    def holds(self) -> bool:
        """Whether every check does."""
        return all(check.holds for check in self.checks)

    @property
    def word(self) -> str:
        """``holds``, ``fails`` or ``known miss``."""
        if self.holds:
            return "holds"
        return "known miss" if self.known else "fails"
