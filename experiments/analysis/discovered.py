"""What scenario discovery found: boxes, their numbers, and how far to trust them."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from experiments.analysis.levels import Limits

__all__ = [
    "COVERAGE", "Discovery", "Dropped", "FoundBox", "PeelStep", "Reproduced", "Restriction",
]

COVERAGE = 0.2
"""Share of the cases that boxes which hold must cover before something is found (assumption)."""


class PeelStep(NamedTuple):
    """One step of the peeling trajectory, before pasting and simplifying.

    Attributes
    ----------
    step : int
        0 for the box that is not restricted.
    points : int
    mass : float
        Share of all points, those in earlier boxes included.
    cases : float
        Points that are cases; a point whose outcome happened in part counts in part.
    coverage : float
        Share of all cases.
    density : float
        Share of the box's points that are cases.
    limits : tuple of Limits
        Of the restricted factors.
    """

    step: int
    points: int
    mass: float
    cases: float
    coverage: float
    density: float
    limits: tuple[Limits, ...]

    @property
    def factors(self) -> tuple[str, ...]:
        """Restricted factors."""
        return tuple(limits.factor for limits in self.limits)


class Restriction(NamedTuple):
    """What a box asks of one factor, and the chance that it is luck.

    Attributes
    ----------
    limits : Limits
    quasi_p : float
        With the factor unrestricted.
    quasi_p_low, quasi_p_high : float or None
        With that side unrestricted; None where it is, and for categories.
    """

    limits: Limits
    quasi_p: float
    quasi_p_low: float | None
    quasi_p_high: float | None


class Dropped(NamedTuple):
    """A limit that was dropped because the box is hardly thinner without it.

    Attributes
    ----------
    factor : str
    side : str
        "low", "high" or "categories".
    limit : float or tuple
        The limit, or the categories that were allowed.
    quasi_p : float
    """

    factor: str
    side: str
    limit: float | tuple
    quasi_p: float


class Reproduced(NamedTuple):
    """How often boxes found on random halves restrict a factor.

    Attributes
    ----------
    factor : str
    restricted : bool
        In the box found on all points.
    at_coverage, at_density : float
        Share of the halves, with the box of about the same coverage, or density.
    """

    factor: str
    restricted: bool
    at_coverage: float
    at_density: float


class FoundBox(NamedTuple):
    """One box: where the cases are.

    Attributes
    ----------
    number : int
        1 for the first. Points of earlier boxes count for none of a later box's numbers, except
        in the denominators of mass and coverage.
    trajectory : tuple of PeelStep
    step : int
        The step chosen; the box follows from it by pasting and simplifying.
    points : int
    cases : float
    mass, coverage, density : float
        As in `PeelStep`; coverage x all cases = density x points.
    coverage_interval, density_interval : (float, float)
        95 % bootstrap interval for this very box: how sure the shares are, not how sure the box.
    restrictions : tuple of Restriction
    dropped : tuple of Dropped
    holdout_points : int
        Points in boxes that were found without them.
    holdout_density, holdout_coverage : float or None
        Density of these, and the share of all cases among them; None without a fold. The honest
        numbers: a box is chosen for its density, which therefore flatters it. They tell of the
        way boxes are found; far from those of this box either way, other points give another box.
    holds : bool
        Whether the density of the holdout is above the base rate by a margin, beyond chance.
    reproduced : tuple of Reproduced
        Of every factor; empty without resamples.
    """

    number: int
    trajectory: tuple[PeelStep, ...]
    step: int
    points: int
    cases: float
    mass: float
    coverage: float
    density: float
    coverage_interval: tuple[float, float]
    density_interval: tuple[float, float]
    restrictions: tuple[Restriction, ...]
    dropped: tuple[Dropped, ...]
    holdout_points: int
    holdout_density: float | None
    holdout_coverage: float | None
    holds: bool
    reproduced: tuple[Reproduced, ...]

    @property
    def interpretability(self) -> int:
        """Number of restricted factors; fewer are easier to tell."""
        return len(self.restrictions)

    @property
    def optimism(self) -> float | None:
        """Density less density of the holdout."""
        return None if self.holdout_density is None else self.density - self.holdout_density

    def contains(self, points: Mapping[str, np.ndarray]) -> np.ndarray:
        """Which points lie within the limits of this box, earlier boxes aside.

        Parameters
        ----------
        points : mapping of str to array, shape (n,)
            At least the restricted factors.

        Returns
        -------
        bool array, shape (n,)
        """
        first = next(iter(points.values()))
        held = np.ones(len(first), dtype=bool)
        for restriction in self.restrictions:
            limits = restriction.limits
            column = np.asarray(points[limits.factor])
            if limits.categories is not None:
                held &= np.isin(column.astype(str), np.array(limits.categories).astype(str))
                continue
            if limits.low is not None:
                held &= column >= limits.low
            if limits.high is not None:
                held &= column <= limits.high
        return held

    def rows(self) -> list[dict[str, object]]:
        """A row for every restricted factor."""
        return [
            {
                "box": self.number, **_limits_row(found.limits), "quasi_p": found.quasi_p,
                "quasi_p_low": found.quasi_p_low, "quasi_p_high": found.quasi_p_high,
            }
            for found in self.restrictions
        ]

    def trajectory_rows(self) -> list[dict[str, object]]:
        """A row for every step of the trajectory."""
        return [
            {
                "box": self.number, "step": step.step, "chosen": step.step == self.step,
                "points": step.points, "mass": step.mass, "cases": step.cases,
                "coverage": step.coverage, "density": step.density,
                "restricted": len(step.limits),
                "limits": [_limits_row(limits) for limits in step.limits],
            }
            for step in self.trajectory
        ]

    def dropped_rows(self) -> list[dict[str, object]]:
        """A row for every limit dropped, in the order of dropping."""
        return [
            {
                "box": self.number, "factor": found.factor, "side": found.side,
                "limit": list(found.limit) if isinstance(found.limit, tuple) else found.limit,
                "quasi_p": found.quasi_p,
            }
            for found in self.dropped
        ]

    def reproduced_rows(self) -> list[dict[str, object]]:
        """A row for every factor."""
        return [{"box": self.number, **found._asdict()} for found in self.reproduced]


class Discovery(NamedTuple):
    """Boxes in which the cases are concentrated, or the finding that there are none.

    Attributes
    ----------
    verdict : str
        "found": boxes that hold cover more than `COVERAGE` of the cases. "nothing found": the
        cases are not concentrated anywhere, as far as boxes can tell. "always", "never": every
        point is a case, or none.
    points : int
    cases : float
    base_rate : float
        Density of all points.
    wanted_density : float
        The density boxes were chosen for.
    boxes : tuple of FoundBox
        In the order found. One that does not hold is kept, to be looked at; it is the last.
    """

    verdict: str
    points: int
    cases: float
    base_rate: float
    wanted_density: float
    boxes: tuple[FoundBox, ...]

    def box_of(self, points: Mapping[str, np.ndarray]) -> np.ndarray:
        """Number of the first box that contains each point, 0 for none; int, shape (n,)."""
        number = np.zeros(len(next(iter(points.values()))), dtype=int)
        for box in reversed(self.boxes):
            number[box.contains(points)] = box.number
        return number

    def rows(self) -> list[dict[str, object]]:
        """A row for every box."""
        return [
            {
                "box": box.number, "holds": box.holds, "step": box.step, "points": box.points,
                "mass": box.mass, "cases": box.cases,
                "coverage": box.coverage, "coverage_low": box.coverage_interval[0],
                "coverage_high": box.coverage_interval[1],
                "density": box.density, "density_low": box.density_interval[0],
                "density_high": box.density_interval[1], "base_rate": self.base_rate,
                "interpretability": box.interpretability, "holdout_points": box.holdout_points,
                "holdout_density": box.holdout_density,
                "holdout_coverage": box.holdout_coverage, "optimism": box.optimism,
            }
            for box in self.boxes
        ]


def _limits_row(limits: Limits) -> dict[str, object]:
    """Limits with a list in place of a tuple, as JSON has it."""
    chosen = None if limits.categories is None else list(limits.categories)
    return {**limits._asdict(), "categories": chosen}
