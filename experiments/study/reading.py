"""A store as arrays: points by replicates, whatever has been run so far."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas

from experiments.study.declaring import Level
from experiments.study.definition import Case
from experiments.study.factors import Factor
from experiments.study.store import Store, read_part
from simulation.errors import InputError

__all__ = ["Cases", "Reading", "flat_table", "read_store"]


class Cases(NamedTuple):
    """Points of a scenario discovery.

    Attributes
    ----------
    points : dict
        Factor to its values, length n.
    case : float array, shape (n,)
        Share of replicates in which the case happened.
    ordered : tuple of str
        Factors whose whole numbers have an order.
    without_value : int
        Points left out because no replicate has a value.
    """

    points: dict[str, np.ndarray]
    case: np.ndarray
    ordered: tuple[str, ...]
    without_value: int


class Reading:
    """A store, read once.

    Parameters
    ----------
    store : Store
    outcomes : sequence of str
        Outcomes to look at instead of those of the study; every outcome is kept.

    Attributes
    ----------
    store : Store
    study : Study
    levels : list of dict
        One a point.
    factors : tuple of Factor
        For a list, one a column, made from its values.
    """

    def __init__(self, store: Store, outcomes: Sequence[str] = ()) -> None:
        self.store, self.study = store, store.study
        if outcomes:
            self.study = store.study.model_copy(update={"outcomes": tuple(outcomes)})
        self.levels: list[dict[str, Level]] = store.levels()
        self.factors = self.study.factors or _listed_factors(self.levels)

    @cached_property
    def runs(self) -> pandas.DataFrame:
        """Rows of all runs that ended."""
        wanted = [*self.study.outcomes, *(item.outcome for item in self.study.criteria)]
        if self.study.discovery is not None:
            wanted.append(self.study.discovery.outcome)
        return self.store.runs(["point", "replicate", "seed", *dict.fromkeys(wanted)])

    @property
    def points(self) -> int:
        """Points so far."""
        return len(self.levels)

    @property
    def expected(self) -> int:
        """Runs of the whole study."""
        return (self.study.point_count or self.points) * self.study.replicates

    def values(self, outcome: str) -> np.ndarray:
        """An outcome of every run.

        Parameters
        ----------
        outcome : str

        Returns
        -------
        float array, shape (points, replicates)
            NaN where a run failed, is missing, or has no such outcome.
        """
        found = np.full((self.points, self.study.replicates), np.nan)
        inside, places = self._placed
        found[places] = self.runs[outcome].to_numpy(dtype=float)[inside]
        return found

    @cached_property
    def _placed(self) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray]]:
        # Rows of the replicates that the study asks for by now, and where each belongs.
        point, replicate = (self.runs[name].to_numpy() for name in ("point", "replicate"))
        inside = (point < self.points) & (replicate < self.study.replicates)
        return inside, (point[inside], replicate[inside])

    @cached_property
    def ended(self) -> np.ndarray:
        """Whether a run ended, shape (points, replicates)."""
        found = np.zeros((self.points, self.study.replicates), dtype=bool)
        found[self._placed[1]] = True
        return found

    @cached_property
    def unit(self) -> np.ndarray:
        """Places of the points in the unit cube, shape (points, factors)."""
        names = [f"unit.{factor.called}" for factor in self.factors]
        table = read_part(self.store.folder / "points.parquet", names)
        return np.column_stack([table[name].to_numpy() for name in names])

    # Crossed designs.

    @cached_property
    def levers(self) -> tuple[Factor, ...]:
        """Factors that options are made of."""
        return tuple(factor for factor in self.factors if factor.who != "uncertainty")

    @cached_property
    def option_count(self) -> int:
        """Options of a crossed design."""
        return int(np.prod([len(factor.grid()) for factor in self.levers]))

    def option_levels(self) -> list[dict[str, Level]]:
        """Levels of the levers, one dictionary an option."""
        names = [factor.called for factor in self.levers]
        return [{name: level[name] for name in names} for level in self.levels[: self.option_count]]

    def named(self, levels: Mapping[str, Level], language: str = "en") -> str:
        """A point in a few words: its levels, with keys where they do not say enough alone.

        Parameters
        ----------
        levels : mapping
            Of all factors, or of some.
        language : {"en", "zh"}

        Returns
        -------
        str
            In English, what analyses call a point or an option.
        """
        known = {factor.called: factor for factor in self.factors}
        parts = []
        for name, level in levels.items():
            shown = known[name].level_title(level, language) if name in known else str(level)
            says_enough = isinstance(level, str) or name not in known
            parts.append(shown if says_enough else f"{name.rpartition('.')[2]} = {shown}")
        return ", ".join(parts)

    def option_title(self, option: str, language: str) -> str:
        """What a table calls an option in one language, by what analyses call it."""
        for levels in self.option_levels():
            if self.named(levels) == option:
                return self.named(levels, language)
        return option

    def known_futures(self) -> np.ndarray:
        """Futures of a crossed design in which every run has ended or failed, shape (futures,)."""
        known = self.ended.copy()
        failures = self.store.failures()
        for point, replicate in zip(
            failures.get("point", ()), failures.get("replicate", ()), strict=True
        ):
            if point < known.shape[0] and replicate < known.shape[1]:
                known[point, replicate] = True
        return known.reshape(-1, self.option_count * self.study.replicates).all(axis=1)

    def by_option(self, outcome: str) -> np.ndarray:
        """An outcome of a crossed design, shape (options, futures, replicates)."""
        values = self.values(outcome)
        futures = self.points // self.option_count
        shaped = values.reshape(futures, self.option_count, self.study.replicates)
        return shaped.transpose(1, 0, 2)

    # Scenario discovery.

    def cases(self) -> Cases:
        """Points and cases of the study's discovery.

        Raises
        ------
        InputError
            When the study asks for none.
        """
        case = self.study.discovery
        if case is None:
            raise InputError(f"{self.store.folder}: its study has no [discovery]. Add one.")
        if case.option:
            values, levels = self._contrast(case)
            left_out = {case.factor}
        else:
            values, levels, left_out = self.values(case.outcome), self.levels, set()
        known = ~np.isnan(values)
        above = case.above is not None
        happened = values > (case.above or 0.0) if above else values < (case.below or 0.0)
        count = known.sum(axis=1)
        share = np.divide(
            (happened & known).sum(axis=1), count, out=np.full(len(count), np.nan), where=count > 0
        )
        kept = count > 0
        factors = [factor for factor in self.factors if factor.called not in left_out]
        points = {
            factor.called: _column([level[factor.called] for level in levels])[kept]
            for factor in factors
        }
        ordered = tuple(
            name for name, column in points.items() if column.dtype.kind in "iu"
        )
        return Cases(points, share[kept], ordered, int((~kept).sum()))

    def _contrast(self, case: Case) -> tuple[np.ndarray, list[dict[str, Level]]]:
        # Each future and each setting of the other levers: one option against another, same luck.
        names = [str(level[case.factor]) for level in self.levels]
        others: dict[tuple[object, ...], dict[str, int]] = {}
        for point, level in enumerate(self.levels):
            # Futures are told apart by their number: two may have the same values.
            rest = (point // self.option_count, *(
                level[factor.called] for factor in self.levers if factor.called != case.factor
            ))
            others.setdefault(rest, {})[names[point]] = point
        pairs = [
            (found[case.option], found[case.against]) for found in others.values()
            if case.option in found and case.against in found
        ]
        values = self.values(case.outcome)
        one = values[[pair[0] for pair in pairs]]
        other = values[[pair[1] for pair in pairs]]
        if case.change == "ratio":
            # Nothing to lose where there was nothing: no ratio.
            change = np.divide(one, other, out=np.full(one.shape, np.nan), where=other > 0.0)
        else:
            change = one - other
        return change, [self.levels[pair[0]] for pair in pairs]


def _listed_factors(levels: list[dict[str, Level]]) -> tuple[Factor, ...]:
    found = []
    for name in levels[0] if levels else ():
        values = tuple(dict.fromkeys(level[name] for level in levels))
        # A column that never changes is no factor.
        if len(values) > 1:
            # Of a list as long as it may be.
            found.append(Factor.model_construct(key=name, values=values))
    return tuple(found)


def _column(values: list[Level]) -> np.ndarray:
    kinds = {type(value) for value in values}
    if kinds <= {int}:
        return np.array(values, dtype=np.int64)
    if kinds <= {int, float}:
        return np.array(values, dtype=float)
    return np.array([str(value) for value in values])


def flat_table(reading: Reading) -> pandas.DataFrame:
    """Every run with its factors, as data frames and statistics packages want it.

    Parameters
    ----------
    reading : Reading

    Returns
    -------
    pandas.DataFrame
        One row a run, failed ones included: run, point, replicate, seed, a column a factor, the
        error where it raised, and every outcome.
    """
    runs, failures = reading.store.runs(), reading.store.failures()
    runs = runs.drop(columns=[name for name in runs if name.startswith("monthly.")])
    keys = ["run", "point", "replicate", "seed"]
    factors = pandas.DataFrame(reading.levels)
    factors.insert(0, "point", range(len(factors)))
    told = failures[[*keys, "error"]] if len(failures) else pandas.DataFrame(columns=[*keys])
    both = pandas.concat([runs, told], ignore_index=True) if len(told) else runs
    table = both[keys].merge(factors, on="point", how="left")
    rest = both.drop(columns=[name for name in keys if name in both])
    return pandas.concat([table, rest], axis=1).sort_values("run", ignore_index=True)


def read_store(store: Store, outcomes: Sequence[str] = ()) -> Reading:
    """Read a store for analysis.

    Parameters
    ----------
    store : Store
    outcomes : sequence of str
        See `Reading`.

    Returns
    -------
    Reading

    Raises
    ------
    InputError
        When no run has ended yet.
    """
    if not (store.folder / "points.parquet").exists() or not store.parts("runs"):
        raise InputError(f"{store.folder}: no run has ended yet. Run the study first.")
    return Reading(store, outcomes)
