"""Search for the trade-off among wanted outcomes, a generation of points at a time.

The search proposes points, whoever runs them tells what came out, and the next generation grows
from the best so far. It keeps nothing on disk: with the same seed and the same answers it proposes
the same points, so a search that was ended half way goes on once its stored answers are told again.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from experiments.analysis.criteria import Criterion, hypervolume, known, nondominated, signs
from experiments.analysis.search_library import (
    SearchFactor,
    distribution_of,
    factor_checked,
    library,
    quiet,
    sampler_of,
)
from simulation.errors import InputError

__all__ = ["Found", "Front", "Search", "SearchFactor", "hypervolume", "nondominated"]

Point = dict[str, Any]


class Found(NamedTuple):
    """One point that was told.

    Attributes
    ----------
    generation : int
        From 0.
    point : dict
        Factor name to value.
    values : tuple of float or None
        Outcomes in the order of the criteria; None where the point failed.
    """

    generation: int
    point: Point
    values: tuple[float, ...] | None


class Front(NamedTuple):
    """The points nobody beats.

    Attributes
    ----------
    outcomes : tuple of str
    found : tuple of Found
        In the order of the first outcome, its better end first.
    """

    outcomes: tuple[str, ...]
    found: tuple[Found, ...]

    def rows(self) -> list[dict[str, Any]]:
        """One flat row for each point: generation, factors, outcomes.

        Returns
        -------
        list of dict
        """
        return [
            {"generation": each.generation, **each.point}
            | dict(zip(self.outcomes, each.values or (), strict=True))
            for each in self.found
        ]


class Search:
    """A multi-objective search by NSGA-II, asked and told in turn.

    Parameters
    ----------
    factors : sequence of SearchFactor
        Each name once.
    criteria : sequence of Criterion
        At least one; thresholds are not read.
    population : int
        Points of a generation, at least 2.
    seed : int, not negative

    Raises
    ------
    InputError
        For factors or criteria that cannot be used, or if Optuna is not installed.

    Notes
    -----
    Crossover and mutation are those of the paper. Its index of 20 keeps children of a crossover
    close to their parents, for tens of thousands of runs; 5 is an *assumption* that came further
    within a thousand on two problems with a known front. Optuna's own defaults resample at random:
    with one factor they would be nothing but a random search.

    The first generation is random; each later one grows from the best of all before it. A
    generation counts as complete with its failed points: Optuna would fill it up with another
    whole generation, so that a single failure would double its cost.

    The same points come again only with the same version of Optuna; `tell` refuses others.

    References
    ----------
    Deb, Pratap, Agarwal & Meyarivan (2002), A fast and elitist multiobjective genetic algorithm:
    NSGA-II, IEEE Transactions on Evolutionary Computation 6(2): 182-197.
    """

    def __init__(
        self,
        factors: Sequence[SearchFactor],
        criteria: Sequence[Criterion],
        population: int,
        seed: int,
    ) -> None:
        _checked(factors, criteria, population, seed)
        self.factors = tuple(factors)
        self.criteria = tuple(criteria)
        self.population = population
        self.generation = 0
        self.found: list[Found] = []
        self._asked: list[Any] = []
        optuna = library()
        with quiet():
            self._distributions = {each.name: distribution_of(optuna, each) for each in factors}
            self._study = optuna.create_study(
                directions=["maximize"] * len(self.criteria),
                sampler=sampler_of(optuna, population, lambda: self.generation, seed),
            )

    def ask(self) -> list[Point]:
        """Points of the next generation, to be run in any order.

        Returns
        -------
        list of dict, length population
            Factor name to value. The same list until it is told; a point may come twice.
        """
        if not self._asked:
            with quiet():
                self._asked = [
                    self._study.ask(self._distributions) for _ in range(self.population)
                ]
        return [
            {each.name: trial.params[each.name] for each in self.factors}
            for trial in self._asked
        ]

    def tell(self, points: Sequence[Mapping[str, Any]], values: ArrayLike) -> None:
        """What came out of a generation.

        Parameters
        ----------
        points : sequence of dict
            The generation as asked, in its order; stored ones when a search is taken up again.
        values : float array, shape (population, criteria)
            A point with a NaN, None or infinite outcome has failed: it is kept in `found`, has no
            offspring and is never on the front.

        Raises
        ------
        InputError
            If the points are not those asked, or there is not one value for each criterion.
        """
        asked = self.ask()
        if [dict(point) for point in points] != asked:
            raise InputError(
                f"the points told are not those of generation {self.generation}. Give them in the "
                "order asked; stored points need the factors, criteria, population, seed and "
                "version of Optuna they were asked with."
            )
        table = np.array(values, dtype=float)
        if table.shape != (self.population, len(self.criteria)):
            raise InputError(
                f"values have the shape {table.shape}. Give {self.population} rows, one for each "
                f"point, with {len(self.criteria)} outcomes each."
            )
        turned = table * signs([each.direction for each in self.criteria])
        failed = ~np.isfinite(table).all(axis=1)
        optuna = library()
        with quiet():
            for index, trial in enumerate(self._asked):
                if failed[index]:
                    self._study.tell(trial, state=optuna.trial.TrialState.FAIL)
                else:
                    self._study.tell(trial, turned[index].tolist())
        for index, point in enumerate(asked):
            told = None if failed[index] else tuple(table[index].tolist())
            self.found.append(Found(self.generation, point, told))
        self._asked = []
        self.generation += 1

    def front(self) -> Front:
        """Points told so far that no other beats.

        Returns
        -------
        Front
            A point that came twice with the same outcomes stands once.
        """
        directions = [each.direction for each in self.criteria]
        on = nondominated(self._table(), directions)
        best: list[Found] = []
        for found, kept in zip(self.found, on, strict=True):
            again = any(found[1:] == each[1:] for each in best)
            if kept and not again:
                best.append(found)
        sign = signs(directions)
        best.sort(key=lambda each: tuple(-sign * (each.values or ())))
        return Front(tuple(each.outcome for each in self.criteria), tuple(best))

    def progress(self, reference: Sequence[float]) -> list[float]:
        """Area won over a reference point after each generation; never shrinks.

        Parameters
        ----------
        reference : sequence of float, length 2

        Returns
        -------
        list of float, one for each generation told

        Raises
        ------
        InputError
            Unless there are two criteria.
        """
        table = self._table()
        directions = [each.direction for each in self.criteria]
        return [
            hypervolume(table[: count * self.population], directions, reference)
            for count in range(1, self.generation + 1)
        ]

    def rows(self) -> list[dict[str, Any]]:
        """One flat row for each point told; outcomes of a failed one are None.

        Returns
        -------
        list of dict
        """
        outcomes = [each.outcome for each in self.criteria]
        return [
            {"generation": found.generation, **found.point}
            | dict(zip(outcomes, map(known, row), strict=True))
            for found, row in zip(self.found, self._table(), strict=True)
        ]

    def _table(self) -> np.ndarray:
        """Outcomes of all points told, NaN where they failed, shape (told, criteria)."""
        empty = (np.nan,) * len(self.criteria)
        told = [found.values or empty for found in self.found]
        return np.array(told, dtype=float).reshape(len(told), len(self.criteria))


def _checked(
    factors: Sequence[SearchFactor], criteria: Sequence[Criterion], population: int, seed: int
) -> None:
    """Refuse what could not be searched, before anything is run."""
    names = [factor.name for factor in factors]
    if not names or len(set(names)) < len(names):
        raise InputError("a search needs factors, each named once.")
    if not criteria:
        raise InputError("a search needs at least one criterion.")
    signs([each.direction for each in criteria])
    if seed < 0:
        raise InputError(f"seed = {seed} is below 0.")
    if population < 2:
        raise InputError(f"population = {population} is below 2. Give at least two parents.")
    for factor in factors:
        factor_checked(factor)
