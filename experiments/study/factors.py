"""Factors of a study: what is varied, over which values, and who decides it."""

import math
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from experiments.language import Language, pick
from experiments.study.declaring import (
    MOST_VALUES,
    Level,
    Scalar,
    Settings,
    Table,
    counts,
    declaration_of,
)
from experiments.terms import RULE_NAMES
from simulation.errors import ScenarioError, close_to
from simulation.scenario import Scenario, declared
from simulation.varying import current_value

__all__ = ["Factor"]


class Factor(Table):
    """One thing that is varied.

    It is one of three: a range (``low`` and ``high``), a list of ``values``, or named ``options``
    that each set several parameters.

    Attributes
    ----------
    key : str
        Dotted key of a parameter. ``projects.*`` and ``firms.*`` mean every group.
    name : str
        What tables call it; the key where not given.
    low, high : float
        Inclusive ends of a range.
    scale : {"linear", "log"}
        In which a range is walked evenly.
    steps : int
        Values of a range in a grid.
    times : bool
        The value multiplies what the base scenario says, group by group.
    values : tuple
    options : dict
        Name to settings.
    role : {"lever", "uncertainty", "design"}
        As declared with the parameter, or as said here.
    label, label_zh : str
        What figures call it; as declared where not given.
    levels_zh : dict
        Values or options to what Chinese tables call them.
    """

    key: str = ""
    name: str = ""
    low: float | None = None
    high: float | None = None
    scale: Literal["linear", "log"] = "linear"
    steps: Annotated[int, Field(ge=2, le=MOST_VALUES)] | None = None
    times: bool = False
    values: Annotated[tuple[Scalar, ...], Field(strict=False, max_length=MOST_VALUES)] = ()
    options: dict[str, Settings] = Field(default_factory=dict)
    role: Literal["lever", "uncertainty", "design"] | None = None
    label: str = ""
    label_zh: str = ""
    levels_zh: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        called = self.called or "a factor"
        kinds = [
            bool(self.options), bool(self.values), self.low is not None or self.high is not None
        ]
        if sum(kinds) != 1:
            raise ValueError(
                f"{called} is not one of low and high, values, or options. Give exactly one of "
                "the three"
            )
        if self.options and (self.key or not self.name):
            raise ValueError(
                f"{called} has options, which have keys of their own. Give it a name and no key"
            )
        if not self.options and not self.key:
            raise ValueError(f"{called} has no key. Give the parameter that it varies")
        unknown = set(self.levels_zh) - set(map(str, self.levels))
        if unknown:
            named = min(unknown)
            raise ValueError(
                f"{called}: levels_zh names {named!r}, which is none of its values"
                f"{close_to(named, map(str, self.levels))}. Name its values"
            )
        if self.key and declaration_of(self.key) is None:
            known = [item.key for item in declared()]
            raise ValueError(
                f"{self.key!r} is not a parameter{close_to(self.key, known)}. See `swcmarket "
                "scenarios NAME`"
            )
        self._range_possible(called)
        if self.times and (self.options or any(
            isinstance(value, bool | str) for value in self.values
        )):
            raise ValueError(f"{called} multiplies by something that is no number. Give numbers")
        if len(set(map(repr, self.values))) < len(self.values):
            raise ValueError(f"{called} has a value twice. Take one out")
        if len(self.options) == 1 or len(self.values) == 1:
            raise ValueError(f"{called} has one value. Give two or more, or put it under [set]")
        return self

    def _range_possible(self, called: str) -> None:
        if self.low is None and self.high is None:
            if self.scale == "log" or self.steps is not None:
                raise ValueError(f"{called} has no range for scale or steps. Give low and high")
            return
        if self.low is None or self.high is None or not self.low < self.high:
            raise ValueError(
                f"{called} goes from {self.low} to {self.high}. Give low and high, low below high"
            )
        if self.scale == "log" and self.low <= 0.0:
            raise ValueError(f"{called}: low = {self.low} has no logarithm. Give more than 0")
        if self.whole and not (self.low.is_integer() and self.high.is_integer()):
            raise ValueError(f"{called} counts in whole numbers. Give whole low and high")
        if self.key and not self.times:
            kind = declaration_of(self.key)
            if kind is not None and (kind.choices or isinstance(kind.default, (str, bool, tuple))):
                raise ValueError(f"{called} is no number. Give values instead of low and high")

    @property
    def called(self) -> str:
        """Name in tables."""
        return self.name or self.key

    @property
    def whole(self) -> bool:
        """Whether a range holds whole numbers only."""
        return not self.times and self.low is not None and counts(self.key)

    @property
    def who(self) -> str:
        """Who decides it: lever, uncertainty or design; options are levers unless they say."""
        if self.role is not None:
            return self.role
        found = declaration_of(self.key) if self.key else None
        return found.role if found is not None else "lever"

    @property
    def levels(self) -> tuple[Level, ...]:
        """Values of a list or options; of a range, none."""
        return tuple(self.options) if self.options else self.values

    def grid(self) -> tuple[Level, ...]:
        """Values in a grid: those listed, or so many steps of the range.

        Raises
        ------
        ValueError
            When a range has no number of steps.
        """
        if self.levels:
            return self.levels
        if self.steps is None:
            raise ValueError(
                f"{self.called} is a range, and a grid needs values. Give steps, or values"
            )
        last = self.steps - 1
        return tuple(dict.fromkeys(
            self.at(step / last * (1.0 - 1e-15) if step < last else 1.0)
            for step in range(self.steps)
        ))

    def at(self, unit: float) -> Level:
        """Value at a place between 0 and 1.

        Parameters
        ----------
        unit : float
            0 to 1. In a list or a range of whole numbers each value has an equal share.

        Returns
        -------
        scalar
        """
        if self.levels:
            return self.levels[min(int(unit * len(self.levels)), len(self.levels) - 1)]
        low, high = float(self.low or 0.0), float(self.high or 0.0)
        if self.whole:
            # Half a step beyond both ends, so that these are as likely as the others.
            place = self._between(low, high + 1.0, unit) if self.scale == "linear" else (
                self._between(low, high, unit) + 0.5
            )
            return int(min(max(math.floor(place), low), high))
        if unit >= 1.0:
            return high
        return min(max(self._between(low, high, unit), low), high)

    def _between(self, low: float, high: float, unit: float) -> float:
        if self.scale == "log":
            return math.exp(math.log(low) + unit * (math.log(high) - math.log(low)))
        return low + unit * (high - low)

    def settings(self, level: Level, base: Scenario) -> Mapping[str, object]:
        """What a value sets in a scenario.

        Parameters
        ----------
        level : scalar
        base : Scenario
            What a factor multiplies, and whose groups ``*`` means.

        Returns
        -------
        mapping
            Dotted key to value.
        """
        if self.options:
            return self.options[str(level)]
        found: dict[str, object] = {}
        for key in self.keys(base):
            if self.times:
                value = current_value(base, key)
                if isinstance(value, bool) or not isinstance(value, int | float):
                    raise ScenarioError(
                        f"{key} = {value!r} is no number that could be multiplied. Give values."
                    )
                product = value * float(level)
                found[key] = round(product) if counts(key) else product
            else:
                found[key] = level
        return found

    def keys(self, base: Scenario) -> list[str]:
        """Keys that the factor sets, with the groups of a scenario in place of ``*``."""
        table, star, rest = self.key.partition(".*.")
        if not star:
            return [self.key]
        return [f"{table}.{place}.{rest}" for place in range(len(getattr(base, table)))]

    def title(self, language: Language) -> str:
        """What figures call it in one language."""
        own = self.label_zh if language == "zh" else self.label
        if own:
            return own
        found = declaration_of(self.key) if self.key else None
        if found is None:
            return self.called
        return pick(found.label, found.label_zh, language)

    def level_title(self, level: Level, language: Language) -> str:
        """What tables and figures call a value in one language."""
        if language == "zh" and str(level) in self.levels_zh:
            return self.levels_zh[str(level)]
        if self.key == "market.mechanism" and level in RULE_NAMES:
            return pick(*RULE_NAMES[str(level)], language)
        if isinstance(level, bool):
            return str(level).lower()
        if not isinstance(level, float):
            return str(level)
        others = self.levels or (self.grid() if self.steps is not None else ())
        # As few digits as tell its values apart.
        for digits in (4, 6, 9):
            if len({f"{float(other):.{digits}g}" for other in others
                    if not isinstance(other, str)}) == len(others):
                return f"{level:.{digits}g}"
        return repr(level) if others else f"{level:.4g}"

    @property
    def unit(self) -> str:
        """Unit of its values; ``1`` where it multiplies."""
        found = declaration_of(self.key) if self.key and not self.times else None
        return found.unit if found is not None else "1"
