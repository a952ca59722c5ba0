"""What was measured last, as data beside the page of claims, for whoever shows it."""

import datetime
import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from agents.compiled import ROOT
from experiments.claims.claim import Claim
from experiments.claims.listed import Verdict
from experiments.patterns import Judged

__all__ = [
    "PATTERNS_SCENARIO", "RECORD", "Line", "PatternLine", "Record", "bounds_of", "line_of",
    "pattern_line", "read_record", "record_of", "record_text", "source_print",
]

RECORD = ROOT / "docs" / "claims.json"
# Where and how often patterns are held against the model; the report of a demo does the same.
PATTERNS_SCENARIO, PATTERNS_REPLICATES, PATTERNS_SEED = "china-counties", 30, 1
# What a claim is made of, beside the versions of Python and its libraries.
SOURCES = ("agents", "simulation", "experiments/claims", "data")
SUFFIXES = (".py", ".toml", ".csv")

_NUMBER = r"([-+]?[\d.]+(?:e[-+]?\d+)?)"
_WITHIN = re.compile(f"within {_NUMBER}")
_FROM_TO = re.compile(f"from {_NUMBER} to {_NUMBER}")
_AT_MOST = re.compile(f"at most {_NUMBER}")
_AT_LEAST = re.compile(f"(?:at least|above) {_NUMBER}")


class Line(NamedTuple):
    """A claim and what became of it.

    Attributes
    ----------
    id, benchmark, statement, source : str
    expected : str or float
    measured : float or None
        None where it is not a finite number.
    tolerance : str
    low, high : float or None
        What the tolerance admits; None where it has no such end, or is not said in numbers.
    verdict : {"holds", "fails", "known miss", "reported"}
    reason : str
    """

    id: str
    benchmark: str
    statement: str
    source: str
    expected: str | float
    measured: float | None
    tolerance: str
    low: float | None
    high: float | None
    verdict: str
    reason: str


class PatternLine(NamedTuple):
    """A pattern of the real trades and what the model made of it.

    Attributes
    ----------
    name : str
    real : float or None
    low, high : float
        What counts as met.
    mean, mean_low, mean_high : float or None
        Over replicates, with the 95 % interval of the mean.
    inside : float
        Share of the replicates between `low` and `high`.
    verdict : {"met", "partly", "missed", "none"}
    fitted : bool
        Whether a parameter was set so that it comes out.
    """

    name: str
    real: float | None
    low: float
    high: float
    mean: float | None
    mean_low: float | None
    mean_high: float | None
    inside: float
    verdict: str
    fitted: bool


class Record(NamedTuple):
    """Everything that was measured at one time.

    Attributes
    ----------
    version, sources, day : str
        Of this package, of the sources (`source_print`), and when.
    seconds : dict
        Benchmark to how long it took.
    lines : list of Line
    patterns : list of PatternLine
    """

    version: str
    sources: str
    day: str
    seconds: dict[str, float]
    lines: list[Line]
    patterns: list[PatternLine]


def source_print(root: Path = ROOT) -> str:
    """Hash of what claims are measured with: agents, simulation, claims, data.

    Parameters
    ----------
    root : Path

    Returns
    -------
    str
        Sixteen hexadecimal digits; the same on every machine with the same sources.
    """
    digest = hashlib.sha256()
    for part in SOURCES:
        files = (path for path in (root / part).rglob("*") if path.suffix in SUFFIXES)
        for path in sorted(files, key=lambda path: path.relative_to(root).as_posix()):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            # As text: a checkout elsewhere may end its lines otherwise.
            digest.update(path.read_text(encoding="utf-8").encode() + b"\0")
    return digest.hexdigest()[:16]


def bounds_of(claim: Claim) -> tuple[float | None, float | None]:
    """Lowest and highest number that a claim admits, read from its tolerance.

    Parameters
    ----------
    claim : Claim

    Returns
    -------
    low, high : float or None
        None for no such end; both None where the claim is not judged, or not by two numbers.
    """
    said = claim.tolerance
    if claim.passed is None:
        return None, None
    if (found := _WITHIN.fullmatch(said)) and not isinstance(claim.expected, str):
        room = float(found[1])
        return float(claim.expected) - room, float(claim.expected) + room
    if found := _FROM_TO.fullmatch(said):
        return float(found[1]), float(found[2])
    if found := _AT_MOST.fullmatch(said):
        return None, float(found[1])
    if found := _AT_LEAST.fullmatch(said):
        return float(found[1]), None
    return None, None


def _plain(value: object) -> Any:  # noqa: ANN401
    """A number of Python in place of one of NumPy; None for what is not finite."""
    if isinstance(value, str) or value is None:
        return value
    number = float(value)  # type: ignore[arg-type]
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def line_of(verdict: Verdict) -> Line:
    """A verdict as a line of the record."""
    claim, (low, high) = verdict.claim, bounds_of(verdict.claim)
    return Line(
        claim.id, verdict.benchmark.id, claim.statement, claim.source, _plain(claim.expected),
        _plain(claim.measured), claim.tolerance, _plain(low), _plain(high), verdict.word,
        verdict.reason,
    )


def pattern_line(found: Judged) -> PatternLine:
    """A pattern that was judged as a line of the record."""
    mean, low, high, *_ = found.found
    numbers = (found.real, found.low, found.high, mean, low, high, found.inside)
    return PatternLine(
        found.pattern.name, *(_plain(number) for number in numbers), found.verdict,
        found.pattern.fitted,
    )


def record_of(
    verdicts: Iterable[Verdict], patterns: Iterable[Judged], seconds: Mapping[str, float]
) -> Record:
    """What has just been measured, as a record of today and of these sources.

    Parameters
    ----------
    verdicts : iterable of Verdict
    patterns : iterable of Judged
    seconds : mapping
        Benchmark, or "patterns", to how long it took.

    Returns
    -------
    Record
    """
    today = datetime.datetime.now(datetime.UTC).date()
    return Record(
        version("swcmarket"), source_print(), today.isoformat(),
        {name: round(value, 1) for name, value in seconds.items()},
        [line_of(verdict) for verdict in verdicts], [pattern_line(found) for found in patterns],
    )


def record_text(record: Record) -> str:
    """A record as JSON, a claim a line, so that a change shows which one moved."""
    def told(row: NamedTuple) -> str:
        return json.dumps(row._asdict(), ensure_ascii=False, allow_nan=False)

    def rows(found: Iterable[NamedTuple]) -> str:
        return ",\n".join(f"  {told(row)}" for row in found)

    head = ",\n".join(
        f' "{name}": {json.dumps(getattr(record, name))}'
        for name in ("version", "sources", "day", "seconds")
    )
    return (
        f'{{\n{head},\n "lines": [\n{rows(record.lines)}\n ],\n'
        f' "patterns": [\n{rows(record.patterns)}\n ]\n}}\n'
    )


def read_record(path: Path = RECORD) -> Record:
    """What was measured last.

    Raises
    ------
    OSError
        When there is no such file.
    ValueError
        When it is not a record.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Record(**{
            **content, "lines": [Line(**row) for row in content["lines"]],
            "patterns": [PatternLine(**row) for row in content["patterns"]],
        })
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path.name} is not a record of claims: {error}.") from None
