"""Rows of the tables of claims and patterns."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.claims.groups import pattern_name, pattern_word
from dashboard.claims.texts import TEXTS, number, said
from experiments.claims.record import Line, PatternLine
from experiments.claims_told import statement_told, why_told
from experiments.language import Language
from experiments.report.texts import tell

__all__ = ["claim_heads", "claim_rows", "moved", "pattern_heads", "pattern_rows"]

# Classes of verdicts, for their colour.
GOOD = ("holds", "met")
MOST_DIGITS = 4


def moved(old: Line | PatternLine | None, new: Line | PatternLine) -> bool:
    """Whether a number came out otherwise, to the digits that a reader sees."""
    if old is None:
        return True
    if isinstance(old, PatternLine) and isinstance(new, PatternLine):
        return number(old.mean) != number(new.mean)
    return isinstance(old, Line) and isinstance(new, Line) and (
        number(old.measured) != number(new.measured)
    )


def _heads(keys: Sequence[str], language: Language, english: str = "") -> list[dict[str, str]]:
    page = "zh-CN" if language == "zh" else "en"
    return [
        {"key": key, "label": TEXTS(key, language), "lang": "en" if key == english else page}
        for key in keys
    ]


def claim_heads(language: Language, again: bool) -> list[dict[str, str]]:
    """Heads of the table of claims.

    Parameters
    ----------
    language : {"en", "zh"}
    again : bool
        Whether something was measured again.

    Returns
    -------
    list of dict
        Key, label, and language of the cells.
    """
    keys = ["claim", "statement", "expected", "tolerance", "measured"]
    return _heads(keys + ["now"] * again + ["verdict"], language, english="statement")


def _mark(verdict: str) -> str:
    if verdict in GOOD:
        return "good"
    return "quiet" if verdict in ("reported", "none") else "bad"


def claim_rows(
    lines: Sequence[Line], now: Mapping[str, Line], language: Language
) -> list[dict[str, Any]]:
    """Claims, the numbers measured now beside the old ones.

    Parameters
    ----------
    lines : sequence of Line
    now : mapping of str to Line
    language : {"en", "zh"}

    Returns
    -------
    list of dict
    """
    rows = []
    for line in lines:
        new = now.get(line.id)
        last = new or line
        same = line.tolerance == line.expected
        why = why_told(line.id, last.reason, language)
        rows.append({
            "key": line.id, "claim": line.id,
            "statement": statement_told(line.statement, language),
            "expected": said(line.expected, language),
            "tolerance": "" if same or line.verdict == "reported"
            else said(line.tolerance, language),
            "measured": number(line.measured), "now": number(new.measured) if new else "",
            "verdict": TEXTS(f"word_{last.verdict}", language), "reason": why,
            "reason_lang": "zh-CN" if why != last.reason else "en",
            "classes": {"verdict": _mark(last.verdict),
                        "now": "moved" if new and moved(line, new) else ""},
        })
    return rows


def pattern_heads(language: Language, again: bool) -> list[dict[str, str]]:
    """Heads of the table of patterns."""
    keys = ["pattern", "real", "range", "in_model"]
    return _heads(keys + ["now"] * again + ["inside", "verdict"], language)


def _digits(pattern: PatternLine, mean: float | None) -> int:
    """Decimals of a pattern's numbers: as many as tell a mean from an end of its range."""
    share = pattern.name.endswith("_share")
    size, digits = 100.0 if share else 1.0, int(pattern.name.endswith("yuan_per_t"))

    def inside(shown: int | None) -> bool:
        low, value, high = (
            size * each if shown is None else round(size * each, shown)
            for each in (pattern.low, mean or 0.0, pattern.high)
        )
        return low <= value <= high

    while mean is not None and inside(digits) != inside(None) and digits < MOST_DIGITS:
        digits += 1
    return digits


def _measure(
    pattern: PatternLine, value: float | None, language: Language, digits: int
) -> str:
    if value is None:
        return "–"
    if pattern.name.endswith("_share"):
        space = " " if language == "en" else ""
        return f"{100 * value:.{digits}f}{space}%"
    unit = tell("per_tonne" if pattern.name.endswith("yuan_per_t") else "tonne", language)
    return f"{value:,.{digits}f} {unit}"


def pattern_rows(
    patterns: Sequence[PatternLine], now: Mapping[str, PatternLine], language: Language
) -> list[dict[str, Any]]:
    """Patterns, with the numbers measured now beside the old ones.

    Parameters
    ----------
    patterns : sequence of PatternLine
    now : mapping of str to PatternLine
    language : {"en", "zh"}

    Returns
    -------
    list of dict
    """
    rows = []
    for pattern in patterns:
        new = now.get(pattern.name)
        last = new or pattern
        digits = max(_digits(pattern, mean) for mean in (pattern.mean, last.mean))
        low, high = (
            _measure(pattern, end, language, digits) for end in (pattern.low, pattern.high)
        )
        rows.append({
            "key": pattern.name, "pattern": pattern_name(pattern, language),
            "more": {"pattern": tell(f"rests_{pattern.name}", language)},
            "real": _measure(pattern, pattern.real, language, digits),
            "range": f"{low.removesuffix(' %').removesuffix('%')}–{high}"
            if pattern.name.endswith("_share") else f"{low.split(' ')[0]}–{high}",
            "in_model": _measure(pattern, pattern.mean, language, digits),
            "now": _measure(pattern, new.mean, language, digits) if new else "",
            "inside": f"{100 * last.inside:.0f} %" if language == "en"
            else f"{100 * last.inside:.0f}%",
            "verdict": pattern_word(last, language), "reason": "",
            "classes": {"verdict": _mark(last.verdict),
                        "now": "moved" if new and moved(pattern, new) else ""},
        })
    return rows
