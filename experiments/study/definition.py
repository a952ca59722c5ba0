"""Study files: one TOML file says what is run, how often, and what is asked of it."""

import math
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from experiments.study.declaring import Settings, Table
from experiments.study.factors import Factor
from experiments.study.series import SERIES
from simulation.errors import close_to
from simulation.outcomes import OUTCOMES

__all__ = ["Case", "Criterion", "Design", "Study", "runs_of"]

# A point takes about a kilobyte of memory while a study runs.
MOST_POINTS = 2_000_000
DESIGNS = Literal["grid", "list", "latin_hypercube", "sobol", "morris", "crossed", "search"]
OUTCOME_NAMES = tuple(outcome.name for outcome in OUTCOMES)
# Columns of the tables of a store.
RESERVED = (
    "run", "point", "replicate", "seed", "levels", "option", "future", "generation", "error",
    "message", "traceback", "version", "code", "scenario_hash",
)


class Design(Table):
    """How points are chosen.

    Attributes
    ----------
    kind : str
    points : int
        Points of a Latin hypercube, base points of a Sobol design (a power of two), trajectories of
        a Morris design, futures of a crossed design, points of a generation in a search.
    levels : int
        Levels of a Morris design, even.
    generations : int
        Of a search.
    second_order : bool
        Whether a Sobol design also measures pairs; doubles its points.
    file : str
        CSV of a list, beside the study file; its first line holds keys.
    seed : int
        Of the design; replicates have seeds of their own.
    """

    kind: DESIGNS = "grid"
    points: Annotated[int, Field(ge=1, le=MOST_POINTS)] = 128
    levels: Annotated[int, Field(ge=2, le=64)] = 4
    generations: Annotated[int, Field(ge=1, le=10_000)] = 20
    second_order: bool = False
    file: str = ""
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1


class Case(Table):
    """What counts as a case of interest, for scenario discovery.

    Attributes
    ----------
    outcome : str
    above, below : float
        A run is a case where the outcome is above, or below, this.
    factor, option, against : str
        In a crossed design: the outcome with one option of a lever, less (or divided by) the same
        with another, same future, same luck.
    change : {"difference", "ratio"}
    density : float
        Share of cases wanted in a box.
    label, label_zh : str
    """

    outcome: str
    above: float | None = None
    below: float | None = None
    factor: str = ""
    option: str = ""
    against: str = ""
    change: Literal["difference", "ratio"] = "difference"
    density: Annotated[float, Field(gt=0.0, le=1.0)] = 0.8
    label: str = ""
    label_zh: str = ""

    @model_validator(mode="after")
    def _one_side(self) -> Self:
        if (self.above is None) == (self.below is None):
            raise ValueError("give one of above and below")
        if bool(self.option) != bool(self.against):
            raise ValueError("option and against go together. Give both, or none")
        return self


class Criterion(Table):
    """What a good outcome is, for choice and search.

    Attributes
    ----------
    outcome : str
    better : {"high", "low"}
    threshold : float
        What is good enough; without one, the criterion takes no part in satisficing.
    """

    outcome: str
    better: Literal["high", "low"]
    threshold: float | None = None


class Study(Table):
    """A study: base scenario, factors, design, replicates, outcomes, questions.

    Attributes
    ----------
    name, title, title_zh : str
    scenario : str
        Name of one that ships, or a path beside the study file.
    set : dict
        Parameters of every run.
    design : Design
    factors : tuple of Factor
    replicates : int
        Runs of each point.
    base_seed : int
    independent : bool
        Seeds differ among points too; by default points share their luck.
    outcomes : tuple of str
        What analyses and reports show; every outcome is kept.
    series : tuple of str
        Monthly columns that are kept with every run.
    discovery : Case
    criteria : tuple of Criterion
    base_point : int
        Point of a grid or a list that others are held against.
    """

    name: Annotated[str, Field(pattern=r"^\w[\w .()-]*$", max_length=80)] = "study"
    title: str = ""
    title_zh: str = ""
    scenario: str
    set: Settings = Field(default_factory=dict)
    design: Design = Design()
    factors: Annotated[tuple[Factor, ...], Field(strict=False, max_length=200)] = ()
    replicates: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    base_seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = 1
    independent: bool = False
    outcomes: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] = (
        "price_yuan_per_t", "volume_t",
    )
    series: Annotated[tuple[str, ...], Field(strict=False)] = ()
    discovery: Case | None = None
    criteria: Annotated[tuple[Criterion, ...], Field(strict=False)] = ()
    base_point: Annotated[int, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _outcomes_known(self) -> Self:
        named = [(f"outcomes.{place}", name) for place, name in enumerate(self.outcomes)]
        named += [(f"criteria.{p}.outcome", item.outcome) for p, item in enumerate(self.criteria)]
        if self.discovery is not None:
            named.append(("discovery.outcome", self.discovery.outcome))
        for where, name in named:
            if name not in OUTCOME_NAMES:
                raise ValueError(
                    f"{where} = {name!r} is not an outcome{close_to(name, OUTCOME_NAMES)}. See "
                    "docs/reference.md"
                )
        for place, name in enumerate(self.series):
            if name not in SERIES:
                raise ValueError(
                    f"series.{place} = {name!r} is not a monthly column{close_to(name, SERIES)}"
                )
        return self

    @model_validator(mode="after")
    def _factors_fit(self) -> Self:
        kind, called = self.design.kind, [factor.called for factor in self.factors]
        for name in called:
            if called.count(name) > 1:
                raise ValueError(f"factors: {name} stands twice. Take one out, or name them apart")
        for name in called:
            if name in RESERVED or name in OUTCOME_NAMES or name.startswith(("unit.", "monthly.")):
                raise ValueError(
                    f"factors: {name!r} is a column of its own in the tables of a study. Give the "
                    "factor another name"
                )
        if kind == "list":
            if not self.design.file:
                raise ValueError("design.file is missing: a list needs its CSV. Name it")
            if self.factors:
                raise ValueError("factors: a list has those of its CSV. Take them out")
        elif not self.factors:
            raise ValueError("factors is empty: nothing would vary. Give [[factors]]")
        if kind == "grid":
            for factor in self.factors:
                factor.grid()
        if kind in ("sobol", "morris") and len(self.factors) < 2:
            raise ValueError(f"design.kind = {kind!r} tells factors apart. Give two or more")
        if kind == "sobol" and self.design.points & (self.design.points - 1):
            near = 1 << self.design.points.bit_length()
            raise ValueError(
                f"design.points = {self.design.points} is not a power of two, and a Sobol sequence "
                f"is even only then. Give {near // 2} or {near}"
            )
        if kind == "morris" and self.design.levels % 2:
            raise ValueError(f"design.levels = {self.design.levels} is odd. Give an even number")
        if kind == "crossed":
            roles = {factor.who for factor in self.factors}
            if not {"lever", "uncertainty"} <= roles:
                raise ValueError(
                    "design.kind = 'crossed' crosses levers with uncertainties, and one of the two "
                    "is missing. Add a factor, or give its role"
                )
            for factor in self.factors:
                if factor.who != "uncertainty":
                    factor.grid()
        if kind in ("crossed", "search") and not self.criteria and self.discovery is None:
            raise ValueError(
                f"criteria is empty: design.kind = {kind!r} needs to know what is better. Give "
                "[[criteria]]"
            )
        if self.point_count > MOST_POINTS:
            raise ValueError(
                f"design: makes {self.point_count:,} points, and a study holds at most "
                f"{MOST_POINTS:,}. Give fewer points, or split it into several studies"
            )
        self._case_fits()
        return self

    @property
    def point_count(self) -> int:
        """Points of the design; 0 for a list, whose file says."""
        design, count = self.design, len(self.factors)
        grids = [
            len(factor.grid()) for factor in self.factors
            if design.kind == "grid" or factor.who != "uncertainty"
        ] if design.kind in ("grid", "crossed") else []
        return {
            "grid": math.prod(grids), "list": 0, "latin_hypercube": design.points,
            "sobol": design.points * (2 * count + 2 if design.second_order else count + 2),
            "morris": design.points * (count + 1), "crossed": math.prod(grids) * design.points,
            "search": design.points * design.generations,
        }[design.kind]

    def _case_fits(self) -> None:
        case = self.discovery
        if case is None or not case.option:
            return
        if self.design.kind != "crossed":
            raise ValueError(
                "discovery.option compares options in one future, which a crossed design has. Set "
                "design.kind = 'crossed'"
            )
        levers = {factor.called: factor for factor in self.factors if factor.who != "uncertainty"}
        if case.factor not in levers:
            raise ValueError(
                f"discovery.factor = {case.factor!r} is no lever of this study"
                f"{close_to(case.factor, levers)}. Give one of {', '.join(levers)}"
            )
        known = [str(level) for level in levers[case.factor].grid()]
        for field in ("option", "against"):
            if (given := getattr(case, field)) not in known:
                raise ValueError(
                    f"discovery.{field} = {given!r} is not a value of {case.factor}"
                    f"{close_to(given, known)}. Give one of {', '.join(known)}"
                )


# What a study asks of its runs, and what it is called: neither changes any run. More replicates
# are more runs of the same points.
ASKED_LATER = (
    "name", "title", "title_zh", "outcomes", "discovery", "criteria", "base_point", "replicates",
)


def runs_of(study: Study) -> dict[str, Any]:
    """The part of a study that decides what its runs are, ready for JSON."""
    table = study.model_dump(mode="json")
    if study.design.kind == "search":
        # What came out of a point, and what is better, decides which points are tried next.
        table["searched"] = {"criteria": table["criteria"], "replicates": table["replicates"]}
    for factor in table["factors"]:
        # Their order is that of the points.
        factor["options"] = [list(pair) for pair in factor["options"].items()]
        for name in ("label", "label_zh", "levels_zh"):
            factor.pop(name)
    return {key: value for key, value in table.items() if key not in ASKED_LATER}
