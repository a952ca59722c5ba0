"""Numbers for people: units by size, as many digits as the interval supports, a true minus."""

import html
import math
from collections.abc import Iterable
from typing import NamedTuple

from experiments.intervals import Interval
from experiments.language import Language, unit_in
from experiments.report.reading import Fact
from simulation.outcomes import Outcome

__all__ = [
    "Measure", "evened", "figure", "framed", "listed", "marked", "measure_for", "ratio", "shown",
]


class Measure(NamedTuple):
    """How an outcome is written.

    Attributes
    ----------
    divisor : float
        What the number is divided by.
    text : str
        Unit behind it; empty for counts.
    digits_max : int
        Most digits after the point.
    gap : str
        What stands between number and unit.
    """

    divisor: float
    text: str
    digits_max: int = 2
    gap: str = " "

    @property
    def suffix(self) -> str:
        """The unit with the gap before it."""
        return f"{self.gap}{self.text}" if self.text else ""


# Unit to the sizes at which it is written another way, largest first.
_SIZES: dict[str, dict[Language, tuple[tuple[float, float, str], ...]]] = {
    "t": {
        "en": ((1e6, 1e6, "million\u00a0t"), (0, 1, "t")),
        "zh": ((1e8, 1e8, "亿吨"), (1e4, 1e4, "万吨"), (0, 1, "吨")),
    },
    "yuan": {
        "en": ((1e6, 1e6, "million\u00a0yuan"), (0, 1, "yuan")),
        "zh": ((1e8, 1e8, "亿元"), (1e4, 1e4, "万元"), (0, 1, "元")),
    },
    "yuan/t": {"en": ((0, 1, "yuan/t"),), "zh": ((0, 1, "元/吨"),)},
    "yuan/km2": {
        "en": ((0, 1, "yuan/km²"),),
        "zh": ((1e4, 1e4, "万元/平方公里"), (0, 1, "元/平方公里")),
    },
    "ha": {"en": ((0, 1, "ha"),), "zh": ((0, 1, "公顷"),)},
    "deals": {"en": ((0, 1, ""),), "zh": ((0, 1, ""),)},
    "months": {"en": ((0, 1, "months"),), "zh": ((0, 1, "个月"),)},
    "firms": {"en": ((0, 1, ""),), "zh": ((0, 1, ""),)},
    "1": {"en": ((0, 1, ""),), "zh": ((0, 1, ""),)},
}


def _largest(found: Iterable[Interval]) -> float:
    return max((abs(end) for item in found for end in item[:3] if end is not None), default=0.0)


def measure_for(
    outcome: Outcome, found: Iterable[Interval], language: Language, currency: str = "yuan"
) -> Measure:
    """How the values of an outcome are written side by side.

    Parameters
    ----------
    outcome : Outcome
    found : iterable of Interval
        All that will stand in one sentence, row or axis.
    language : {"en", "zh"}
    currency : str
        Of the scenario, in place of the yuan.

    Returns
    -------
    Measure
    """
    if outcome.unit == "1" and "share" in outcome.name:
        return Measure(0.01, "%", 1, " " if language == "en" else "")
    largest = _largest(found)
    sizes = _SIZES.get(outcome.unit, {}).get(language, ((0, 1, outcome.unit),))
    found_size = next(Measure(divisor, text) for floor, divisor, text in sizes if largest >= floor)
    if currency == "yuan":
        return found_size
    own = {"en": ("yuan", currency), "zh": ("元", unit_in("yuan", currency, "zh"))}[language]
    return found_size._replace(text=found_size.text.replace(*own))


def evened(measure: Measure, found: Iterable[Interval]) -> Measure:
    """The measure with as many digits as the least certain number has, for all of them."""
    least = min(
        (digits_for(item, measure) for item in found if item.mean), default=measure.digits_max
    )
    return measure._replace(digits_max=min(least, measure.digits_max))


def figure(value: float | None, digits: int, *, signed: bool = False) -> str:
    """A number with thousands separators.

    Parameters
    ----------
    value : float or None
    digits : int
        After the point; negative rounds to tens, hundreds and so on.
    signed : bool
        Whether a plus is written.

    Returns
    -------
    str
        A dash where there is no number.
    """
    if value is None or not math.isfinite(value):
        return "–"
    rounded = round(value, digits) + 0.0
    sign = "−" if rounded < 0 else "+" if signed and rounded > 0 else ""
    return f"{sign}{abs(rounded):,.{max(digits, 0)}f}"


def digits_for(found: Interval, measure: Measure) -> int:
    """Digits after the point: as many as half the interval has that matter.

    Parameters
    ----------
    found : Interval
    measure : Measure

    Returns
    -------
    int

    Notes
    -----
    Two significant digits of half the interval where it begins with less than 3.55, else one: the
    rounding rule of the Particle Data Group. Three significant digits without an interval.
    """
    scaled = [None if end is None else end / measure.divisor for end in found[:3]]
    mean, low, high = scaled
    if mean is None:
        return 0
    size, significant = abs(mean), 3
    if low is not None and high > low:
        size = (high - low) / 2
        significant = 2 if size / 10 ** math.floor(math.log10(size)) < 3.55 else 1
    if size == 0 or (significant == 3 and mean == int(mean) and size < 1e3):
        return 0
    return min(significant - 1 - math.floor(math.log10(size)), measure.digits_max)


def shown(found: Interval, measure: Measure, *, signed: bool = False) -> str:
    """Mean and interval as plain text, without the unit."""
    digits = digits_for(found, measure)

    def part(end: float | None, plus: bool = False) -> str:
        return figure(None if end is None else end / measure.divisor, digits, signed=plus)

    mean = part(found.mean, signed)
    if found.low is None or found.low == found.high:
        return mean
    return f"{mean} [{part(found.low)}, {part(found.high)}]"


def marked(fact: Fact, measure: Measure, *, signed: bool = False) -> str:
    """Mean and interval for the page; each number carries its exact value and its address."""
    digits = digits_for(fact.found, measure)

    def part(end: str, plus: bool = False) -> str:
        value = getattr(fact.found, end)
        text = figure(None if value is None else value / measure.divisor, digits, signed=plus)
        if value is None:
            return text
        address = html.escape(f"{fact.key} {end}", quote=True)
        return f'<data value="{value!r}" data-of="{address}">{text}</data>'

    mean = part("mean", signed)
    if fact.found.low is None or fact.found.low == fact.found.high:
        return mean
    return f'{mean} <span class="interval">[{part("low")}, {part("high")}]</span>'


def framed(found: Interval, measure: Measure, *, signed: bool = False) -> str:
    """Mean and interval for the page, of a number that has no address."""
    mean, *interval = shown(found, measure, signed=signed).split(" [")
    return mean + "".join(f' <span class="interval">[{part}</span>' for part in interval)


def ratio(value: float) -> str:
    """A multiple, such as compliance room divided by issuance."""
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def listed(items: Iterable[str], language: Language) -> str:
    """Items in a row: *a, b and c*; Chinese has one comma for all of them."""
    parts = list(items)
    if len(parts) < 2:
        return "".join(parts)
    comma, last = (", ", " and ") if language == "en" else ("、", "、")
    return comma.join(parts[:-1]) + last + parts[-1]
