"""Optuna behind a search: loaded late, kept silent, told what a generation is."""

import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

import numpy as np

from simulation.errors import InputError

__all__ = ["SearchFactor", "distribution_of", "factor_checked", "library", "quiet", "sampler_of"]

CROSSOVER_INDEX = 5.0
MUTATION_INDEX = 20.0


class SearchFactor(NamedTuple):
    """What may be turned, and between which limits.

    Attributes
    ----------
    name : str
    low, high : float or None
        Limits, both within reach; unit of the factor. Not read if there are `values`.
    scale : "linear" or "log"
        Whether equal steps or equal ratios count alike; "log" needs a positive `low`.
    whole : bool
        Whole numbers only.
    values : tuple or None
        Categories without an order: text, numbers, true or false.
    """

    name: str
    low: float | None = None
    high: float | None = None
    scale: Literal["linear", "log"] = "linear"
    whole: bool = False
    values: tuple[Any, ...] | None = None


def factor_checked(factor: SearchFactor) -> None:
    """Refuse a factor without a range.

    Parameters
    ----------
    factor : SearchFactor

    Raises
    ------
    InputError
        With what is wrong.
    """
    if factor.values is not None:
        if not factor.values:
            raise InputError(f"{factor.name}: values are empty. Give at least one.")
        return
    low, high = factor.low, factor.high
    if low is None or high is None or not -np.inf < low <= high < np.inf:
        raise InputError(f"{factor.name}: low = {low}, high = {high} is no range.")
    if factor.scale not in ("linear", "log"):
        raise InputError(f"{factor.name}: scale = {factor.scale!r} is unknown. Give linear or log.")
    if factor.scale == "log" and low <= 0:
        raise InputError(f"{factor.name}: low = {low} has no logarithm. Give a positive one.")
    if factor.whole and (low != int(low) or high != int(high)):
        raise InputError(f"{factor.name}: low = {low}, high = {high} are not whole numbers.")


def library() -> Any:  # noqa: ANN401 - an optional library has no type where it is missing
    """The library, loaded only by those who search.

    Returns
    -------
    module

    Raises
    ------
    InputError
        If it is not installed, with the extra that brings it.
    """
    try:
        with quiet():
            import optuna
    except ImportError:
        raise InputError(
            "a search needs Optuna, which is not installed. "
            'Install it with: pip install "swcmarket[search]".'
        ) from None
    return optuna


@contextmanager
def quiet() -> Iterator[None]:
    """Without a log line for each point, and without notes on what is experimental there."""
    logger = logging.getLogger("optuna")
    before = logger.level
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            logger.setLevel(logging.ERROR)
            yield
        finally:
            logger.setLevel(before)


def sampler_of(
    optuna: Any,  # noqa: ANN401
    population: int,
    generation: Callable[[], int],
    seed: int,
) -> Any:  # noqa: ANN401
    """NSGA-II as in the paper, with generations as the search counts them.

    Parameters
    ----------
    optuna : module
    population : int
    generation : callable
        Number of the generation that is asked now.
    seed : int, not negative

    Returns
    -------
    optuna.samplers.NSGAIISampler
    """
    nsgaii = optuna.samplers.nsgaii

    class Generations(optuna.samplers.NSGAIISampler):
        def get_trial_generation(self, study: Any, trial: Any) -> int:  # noqa: ANN401
            # As the class above does it, but counting by generations told, not by successes.
            key = self._get_generation_key()
            if key not in trial.system_attrs:
                study._storage.set_trial_system_attr(trial._trial_id, key, generation())
            return generation()

        def sample_relative(self, study: Any, trial: Any, search_space: Any) -> Any:  # noqa: ANN401
            now = self.get_trial_generation(study, trial)
            # After a generation of failures there may be no pair of parents: draw at random.
            if len(self.get_parent_population(study, now)) < 2 or not search_space:
                return {}
            return super().sample_relative(study, trial, search_space)

    return Generations(
        population_size=population,
        crossover=nsgaii.SBXCrossover(eta=CROSSOVER_INDEX),
        mutation=nsgaii.PolynomialMutation(eta=MUTATION_INDEX),
        # The library takes 32 bits; seeds of studies may be longer.
        seed=int(np.random.SeedSequence(seed).generate_state(1)[0]),
    )


def distribution_of(optuna: Any, factor: SearchFactor) -> Any:  # noqa: ANN401
    """A factor in the words of the library.

    Parameters
    ----------
    optuna : module
    factor : SearchFactor

    Returns
    -------
    optuna.distributions.BaseDistribution
    """
    kinds = optuna.distributions
    if factor.values is not None:
        return kinds.CategoricalDistribution(factor.values)
    log = factor.scale == "log"
    if factor.whole:
        return kinds.IntDistribution(int(factor.low), int(factor.high), log=log)
    return kinds.FloatDistribution(float(factor.low), float(factor.high), log=log)
