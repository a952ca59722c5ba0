"""Points of a study: what its design makes of its factors, and the runs of each point."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from experiments.seeds import replicate_seed
from experiments.study.declaring import Level
from experiments.study.definition import Study
from experiments.study.factors import Factor
from experiments.study.files import StudyFile
from experiments.study.jobs import Task
from simulation.errors import InputError

__all__ = ["Points", "design_points", "seed_of", "tasks_of"]


class Points(NamedTuple):
    """What is run.

    Attributes
    ----------
    factors : tuple of Factor
        Empty for a list, whose columns are settings.
    levels : list of dict
        One a point: factor to value.
    unit : float array or None, shape (points, factors)
        Places in the unit cube; None for grids and lists.
    options : int
        Options of levers in a crossed design, else 0: point = future * options + option.
    """

    factors: tuple[Factor, ...]
    levels: list[dict[str, Level]]
    unit: np.ndarray | None
    options: int = 0


def design_points(found: StudyFile) -> Points:
    """Points of a design, the same whenever and wherever they are made.

    Parameters
    ----------
    found : StudyFile

    Returns
    -------
    Points

    Raises
    ------
    InputError
        When a design needs a package that is missing.
    """
    # Packages of designs take seconds to import: only where they are used.
    from experiments.analysis.designs import latin_hypercube, morris_sample, sobol_sample

    study, design = found.study, found.study.design
    count = len(study.factors)
    if design.kind == "list":
        return Points((), found.listed, None)
    if design.kind == "grid":
        axes = [factor.grid() for factor in study.factors]
        names = [factor.called for factor in study.factors]
        levels = [dict(zip(names, values, strict=True)) for values in itertools.product(*axes)]
        return Points(study.factors, levels, None)
    if design.kind == "crossed":
        return _crossed(study)
    if design.kind == "latin_hypercube":
        unit = latin_hypercube(design.points, count, design.seed)
    elif design.kind == "sobol":
        unit = sobol_sample(
            design.points, count, design.seed, second_order=design.second_order
        )
    elif design.kind == "morris":
        unit = morris_sample(design.points, count, design.levels, design.seed)
    else:
        raise InputError("a search finds its points as it goes")
    return Points(study.factors, levels_at(study.factors, unit), unit)


def levels_at(factors: Sequence[Factor], unit: np.ndarray) -> list[dict[str, Level]]:
    """Values of factors at places in the unit cube."""
    return [
        {factor.called: factor.at(place) for factor, place in zip(factors, row, strict=True)}
        for row in unit.tolist()
    ]


def _crossed(study: Study) -> Points:
    from experiments.analysis.designs import latin_hypercube

    levers = [factor for factor in study.factors if factor.who != "uncertainty"]
    others = [factor for factor in study.factors if factor.who == "uncertainty"]
    names = [factor.called for factor in levers]
    options = [
        dict(zip(names, values, strict=True))
        for values in itertools.product(*(factor.grid() for factor in levers))
    ]
    futures = levels_at(others, latin_hypercube(study.design.points, len(others),
                                                study.design.seed))
    order = [factor.called for factor in study.factors]
    levels = [
        {name: {**option, **future}[name] for name in order}
        for future in futures for option in options
    ]
    return Points(study.factors, levels, None, len(options))


def seed_of(study: Study, replicate: int, point: int) -> int:
    """Seed of a run: of its replicate, and where points shall not share their luck, of its point.

    Parameters
    ----------
    study : Study
    replicate, point : int

    Returns
    -------
    int
    """
    common = replicate_seed(study.base_seed, replicate)
    return replicate_seed(common, point) if study.independent else common


def tasks_of(
    study: Study, levels: Mapping[int, Mapping[str, Level]], points: int, runs: Sequence[int],
) -> Iterator[Task]:
    """Runs of a study, one replicate of all points after the other.

    Parameters
    ----------
    study : Study
    levels : mapping
        Point to its levels.
    points : int
        Of the whole study.
    runs : sequence of int
        Numbers of those wanted; run = replicate * points + point, so that more replicates add runs
        and change none.

    Yields
    ------
    Task
    """
    for run in runs:
        replicate, point = divmod(run, points)
        yield Task(run, point, replicate, seed_of(study, replicate, point), levels[point])
