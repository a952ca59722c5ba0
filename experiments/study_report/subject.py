"""What a report is of: findings, with the names and units that both languages give them."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np

from experiments.intervals import Interval
from experiments.language import LANGUAGES, Language, pick, say, unit_in
from experiments.report.numerals import Measure, measure_for, shown
from experiments.report.texts import rule_name
from experiments.study.declaring import Level, declaration_of
from experiments.study.factors import Factor
from experiments.study.findings import Findings
from experiments.study_report.parts import Column, Named, plain_number
from experiments.study_report.texts import tell
from experiments.values_told import is_share, share_unit
from simulation.outcomes import OUTCOMES, Outcome

__all__ = ["Subject", "level_text", "rounded"]

_KNOWN: dict[str, Outcome] = {outcome.name: outcome for outcome in OUTCOMES}


def level_text(level: Level) -> str:
    """A value of a factor as people write it."""
    if isinstance(level, bool):
        return str(level).lower()
    if isinstance(level, str):
        return level
    return f"{level:,}" if isinstance(level, int) else plain_number(float(level))


def rounded(value: float, digits: int = 4) -> float:
    """A number for a drawing, where more digits would only make the page heavy."""
    if value == 0 or not math.isfinite(value):
        return value
    return round(value, digits - 1 - math.floor(math.log10(abs(value))))


class Subject:
    """Findings, and what they are called.

    Parameters
    ----------
    found : Findings
    """

    def __init__(self, found: Findings) -> None:
        self.found, self.reading = found, found.reading
        self.study, self.currency = found.reading.study, found.reading.store.base.currency

    def title(self, language: Language) -> str:
        """Title of the study."""
        return pick(self.study.title or self.study.name, self.study.title_zh, language)

    # Factors.

    @cached_property
    def factors(self) -> dict[str, Factor]:
        """Factors by what tables call them."""
        return {factor.called: factor for factor in self.reading.factors}

    @cached_property
    def _titles(self) -> dict[Language, dict[str, str]]:
        found: dict[Language, dict[str, str]] = {}
        for language in LANGUAGES:
            plain = {name: factor.title(language) for name, factor in self.factors.items()}
            names = list(plain.values())
            # Two groups have one label: the key tells them apart.
            found[language] = {
                name: title if names.count(title) == 1 else f"{title} ({name})"
                for name, title in plain.items()
            }
        return found

    def factor(self, name: str, language: Language) -> str:
        """Title of a factor."""
        return self._titles[language].get(name, name)

    def factor_named(self, name: str) -> Named:
        """A factor for a table."""
        return Named(name, self.factor(name, "en"), self.factor(name, "zh"))

    def unit(self, factor: Factor, language: Language) -> str:
        """Unit of a factor; empty where it has none."""
        unit = factor.unit
        if self.scale(factor.called) != 1 and (found := declaration_of(factor.key)) is not None:
            return share_unit(found.key, language)
        if unit in ("1", "name", "") or factor.options:
            return ""
        try:
            return unit_in(unit, self.currency, language)
        except KeyError:
            own = tell(f"unit {unit}", language) if unit in UNITS else unit
            return own.replace("yuan", self.currency)

    def scale(self, name: str) -> float:
        """What values of a factor are multiplied with to be told: shares are told in per cent."""
        factor = self.factors.get(name)
        if factor is None or factor.times or factor.options or not self.numeric(name):
            return 1.0
        found = declaration_of(factor.key) if factor.key else None
        return 100.0 if found is not None and is_share(found.key) else 1.0

    def with_unit(self, name: str, language: Language) -> str:
        """Title of a factor with its unit."""
        title = self.factor(name, language)
        unit = self.unit(self.factors[name], language) if name in self.factors else ""
        return tell("with_unit", language, label=title, unit=unit) if unit else title

    def place(self, name: str, level: float) -> float:
        """Where a value lies in the range of its factor, 0 to 1, evenly in its own scale."""
        factor = self.factors[name]
        low, high = self.ends(name)
        if high <= low:
            return 0.5
        if factor.scale == "log":
            return math.log(level / low) / math.log(high / low)
        return (level - low) / (high - low)

    def ends(self, name: str) -> tuple[float, float]:
        """Least and largest value of a numeric factor."""
        factor = self.factors[name]
        if factor.low is not None and factor.high is not None:
            return float(factor.low), float(factor.high)
        values = [float(value) for value in factor.levels if not isinstance(value, str)]
        return min(values, default=0.0), max(values, default=1.0)

    def numeric(self, name: str) -> bool:
        """Whether the values of a factor are numbers in an order."""
        factor = self.factors[name]
        return factor.low is not None or (
            not factor.options
            and all(isinstance(v, int | float) and not isinstance(v, bool) for v in factor.values)
        )

    def column(self, name: str) -> list[Level]:
        """Value of a factor at every point."""
        return [level[name] for level in self.reading.levels]

    def level(self, name: str, level: Level, language: Language) -> str:
        """A value of a factor; pricing rules by their names, options by those of the author."""
        factor = self.factors.get(name)
        if factor is not None and language == "zh" and str(level) in factor.levels_zh:
            return factor.levels_zh[str(level)]
        if factor is not None and factor.key == "market.mechanism" and isinstance(level, str):
            return rule_name(level, language)
        if factor is not None and not factor.options and str(level) in ("True", "False"):
            return tell("yes" if str(level) == "True" else "no", language)
        if isinstance(level, str) or self.scale(name) == 1:
            return level_text(level)
        return level_text(level * self.scale(name))

    def with_level(self, name: str, level: Level, language: Language) -> str:
        """A value of a factor, with its unit."""
        unit = self.unit(self.factors[name], language) if name in self.factors else ""
        if unit and level == 0 and self.factors[name].unit.endswith(", 0 for none"):
            return say("none", language)
        # What follows a comma explains the unit.
        unit = unit.partition(", " if language == "en" else "，")[0]
        gap = "\u00a0" if unit and language == "en" else ""
        return f"{self.level(name, level, language)}{gap}{unit}"

    def combination(self, levels: Mapping[str, Level], language: Language) -> str:
        """Several values together: a name says enough, a number needs its factor."""
        return (", " if language == "en" else "，").join(
            self.level(name, level, language) if isinstance(level, str)
            else f"{self.factor(name, language)} = {self.with_level(name, level, language)}"
            for name, level in levels.items()
        )

    @cached_property
    def _points(self) -> dict[str, Named]:
        """Points and options by the names that analyses give them."""
        levels = self.reading.levels
        named = self.reading.named
        known = {f"{at}: {named(level)}": (f"{at}: ", level)
                 for at, level in enumerate(levels)}
        if self.study.design.kind == "crossed":
            known |= {named(level): ("", level) for level in self.reading.option_levels()}
        return {
            key: Named(key, *(lead + self.combination(level, each) for each in LANGUAGES))
            for key, (lead, level) in known.items()
        }

    def point_named(self, name: str) -> Named:
        """A point or an option for a table."""
        return self._points.get(name, Named(name, name, name))

    def point(self, name: str, language: Language) -> str:
        """A point or an option as people call it."""
        return getattr(self.point_named(name), language)

    def level_column(self, name: str) -> Column:
        """A column of a table with values of a factor."""
        scale = self.scale(name)
        return Column(name, lambda each: self.with_unit(name, each),
                      None if scale == 1 else lambda value, _: plain_number(value * scale))

    def level_named(self, name: str, level: Level) -> Level | Named:
        """A value of a factor for a table: numbers as they are, names as people call them."""
        if isinstance(level, str):
            return Named(level, *(self.level(name, level, each) for each in LANGUAGES))
        return level

    # Outcomes.

    def outcome(self, name: str) -> Outcome:
        """Declaration of an outcome."""
        return _KNOWN[name]

    def label(self, name: str, language: Language) -> str:
        """What an outcome is called."""
        return pick(self.outcome(name).label, self.outcome(name).label_zh, language)

    def named(self, name: str) -> Named:
        """An outcome for a table."""
        return Named(name, self.label(name, "en"), self.label(name, "zh"))

    def measure(
        self, name: str, values: Iterable[float | None], language: Language
    ) -> Measure:
        """How values of an outcome are written side by side."""
        found = [Interval(value, None, None, None, 1) for value in _finite(values)]
        return measure_for(self.outcome(name), found, language, self.currency)

    def heading(self, name: str, measure: Measure, language: Language) -> str:
        """An outcome with its unit."""
        label, unit = self.label(name, language), measure.text
        return tell("with_unit", language, label=label, unit=unit) if unit else label

    def amount(
        self, name: str, value: float | None, language: Language, *, signed: bool = False,
        low: float | None = None, high: float | None = None,
    ) -> str:
        """An amount with its unit, and its interval if there is one."""
        if value is None or not math.isfinite(value):
            return tell("no_value", language)
        measure = self.measure(name, (value, low, high), language)
        found = Interval(value, low, high, None, 2)
        return shown(found, measure, signed=signed) + measure.suffix

    def unit_column(self, key: str, head: str, outcome: str, values: Sequence[object]) -> Column:
        """A column of amounts of one outcome, its unit in the head."""
        known = [float(v) for v in values if isinstance(v, int | float)]  # type: ignore[arg-type]

        def title(language: Language) -> str:
            measure = self.measure(outcome, known, language)
            unit = measure.text
            label = tell(head, language)
            return tell("with_unit", language, label=label, unit=unit) if unit else label

        def write(value: float, language: Language) -> str:
            measure = self.measure(outcome, known, language)
            return plain_number(value / measure.divisor)

        return Column(key, title, write)

    def headed_column(self, key: str, outcome: str, values: Sequence[object]) -> Column:
        """A column of amounts of one outcome, with what it is called and its unit in the head."""
        known = [float(v) for v in values if isinstance(v, int | float)]  # type: ignore[arg-type]
        return self.unit_column(key, "plain_label", outcome, values)._replace(
            head=lambda each: self.heading(outcome, self.measure(outcome, known, each), each))

    def outcome_unit(self, name: str) -> Named:
        """Unit in which rows of several outcomes are told, for a table."""
        unit = self.outcome(name).unit
        if unit == "1":
            return Named("", *[self.measure(name, [], "zh").text] * 2)
        own = unit.replace("yuan", self.currency)
        return Named(own, *(unit_in(unit, self.currency, each) for each in LANGUAGES))

    @cached_property
    def means(self) -> dict[str, np.ndarray]:
        """Means over replicates of every outcome asked for, NaN where no run has a value."""
        names = [*self.study.outcomes, *(item.outcome for item in self.study.criteria)]
        if self.study.discovery is not None:
            names.append(self.study.discovery.outcome)
        found = {}
        for name in dict.fromkeys(names):
            values = self.reading.values(name)
            known = ~np.isnan(values)
            count = known.sum(axis=1)
            total = np.where(known, values, 0.0).sum(axis=1)
            found[name] = np.divide(
                total, count, out=np.full(len(count), np.nan), where=count > 0
            )
        return found

    def verdict(self, word: str) -> Named:
        """A word of the analyses for a table."""
        return Named(word, tell(word, "en"), tell(word, "zh"))

    def role(self, factor: Factor) -> Named:
        """Who decides a factor."""
        return Named(factor.who, say(factor.who, "en"), say(factor.who, "zh"))


def _finite(values: Iterable[float | None]) -> list[float]:
    return [float(value) for value in values if value is not None and math.isfinite(value)]


UNITS = (
    "agents", "projects", "1/year", "years", "of the investment", "months, 0 for myopic",
    "month of the year", "yuan/ha", "of net sales", "of the allowance price", "yuan/t, 0 for none",
    "standard errors", "yuan/(t/year)", "yuan per t emitted", "t/ha", "yuan/t per t", "t/year",
    "yuan/ha/year", "rounds", "t covered per credit", "1/sqrt(year)", "1, 0 for none",
    "yuan/t/year", "lots, 0 for all",
)
