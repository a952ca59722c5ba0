"""What a store says: the analyses that fit its design, each in its own words."""

from typing import Any, NamedTuple

import numpy as np

from experiments.analysis.choice import choose
from experiments.analysis.choice_tables import Choice
from experiments.analysis.criteria import Criterion, nondominated
from experiments.analysis.discovered import Discovery
from experiments.analysis.discovery import discover
from experiments.analysis.futures import future_means
from experiments.analysis.morris import MorrisEffects, morris_effects
from experiments.analysis.paired import Comparison, compare
from experiments.analysis.sobol import SobolIndices, sobol_indices
from experiments.study.declaring import Level
from experiments.study.reading import Cases, Reading
from simulation.errors import InputError

__all__ = ["Findings", "Front", "Spread", "findings_of"]

# Beyond so many points each against the first is no comparison any more.
MOST_COMPARED = 400


class Spread(NamedTuple):
    """An outcome over the points of a study.

    Attributes
    ----------
    outcome : str
    points : int
        With a value in some replicate.
    mean, deviation, low, median, high : float or None
        Of the means over replicates; low and high are the 5th and 95th percentile.
    with_value_share : float
        Share of the runs that ended which have a value, as a price without trade has none.
    noise_deviation : float or None
        Standard deviation among replicates of a point, root mean square over points.
    """

    outcome: str
    points: int
    mean: float | None
    deviation: float | None
    low: float | None
    median: float | None
    high: float | None
    with_value_share: float
    noise_deviation: float | None


class Front(NamedTuple):
    """What a search found.

    Attributes
    ----------
    outcomes, directions : tuple of str
    values : float array, shape (points, criteria)
        Means over replicates, NaN where a point failed.
    generation : int array, shape (points,)
    best : list of int
        Points that no other beats, by the first outcome.
    levels : list of dict
        One a point.
    """

    outcomes: tuple[str, ...]
    directions: tuple[str, ...]
    values: np.ndarray
    generation: np.ndarray
    best: list[int]
    levels: list[dict[str, Level]]


class Findings(NamedTuple):
    """Analyses of a store; those that do not fit its design are empty or None.

    Attributes
    ----------
    reading : Reading
    spreads : tuple of Spread
    sobol : dict
        Outcome to indices.
    morris : dict
        Outcome to effects.
    paired : dict
        Outcome to comparison.
    cases : Cases or None
    discovery : Discovery or None
    choice : Choice or None
    front : Front or None
    silent : dict
        Outcome to the reason why it has no analysis.
    """

    reading: Reading
    spreads: tuple[Spread, ...]
    sobol: dict[str, SobolIndices]
    morris: dict[str, MorrisEffects]
    paired: dict[str, Comparison]
    cases: Cases | None
    discovery: Discovery | None
    choice: Choice | None
    front: Front | None
    silent: dict[str, str]


def findings_of(
    reading: Reading, *, resamples: int = 1000, seed: int = 1
) -> Findings:
    """Analyse a store.

    Parameters
    ----------
    reading : Reading
    resamples : int
        Of bootstraps.
    seed : int
        Of bootstraps.

    Returns
    -------
    Findings
    """
    study, kind = reading.study, reading.study.design.kind
    names = [factor.called for factor in reading.factors]
    sobol: dict[str, SobolIndices] = {}
    morris: dict[str, MorrisEffects] = {}
    paired: dict[str, Comparison] = {}
    silent: dict[str, str] = {}
    for outcome in study.outcomes:
        values = reading.values(outcome)
        try:
            if kind == "sobol":
                sobol[outcome] = _cautious(reading, sobol_indices(
                    values, names, second_order=study.design.second_order, resamples=resamples,
                    seed=seed,
                ))
            elif kind == "morris":
                morris[outcome] = _cautious(reading, morris_effects(
                    reading.unit, values, names, levels=study.design.levels, resamples=resamples,
                    seed=seed,
                ))
            elif kind in ("grid", "list") and reading.points <= MOST_COMPARED:
                paired[outcome] = _compared(reading, values)
        except InputError as error:
            silent[outcome] = str(error)
    cases, discovery, told = _discovered(reading, seed)
    if told:
        silent["discovery"] = told
    choice = None
    if kind == "crossed" and study.criteria:
        try:
            choice = _choice(reading, resamples, seed)
        except InputError as error:
            silent["choice"] = str(error)
    front = _front(reading) if kind == "search" else None
    spreads = tuple(_spread(reading, outcome) for outcome in study.outcomes)
    return Findings(
        reading, spreads, sobol, morris, paired, cases, discovery, choice, front, silent
    )


def _cautious[Indices: (SobolIndices, MorrisEffects)](
    reading: Reading, found: Indices
) -> Indices:
    # Runs of a market are luck as well: with too few of a point nobody knows how much.
    if found.replicates >= fewest_replicates(reading.study.independent):
        return found
    return found._replace(verdicts=("sample more",) * len(found.names))


def fewest_replicates(independent: bool) -> int:
    """Replicates from which on luck is told from effects: of own seeds, or of common ones."""
    return 2 if independent else 3


def _spread(reading: Reading, outcome: str) -> Spread:
    values = reading.values(outcome)
    known = ~np.isnan(values)
    count, means = known.sum(axis=1), future_means(values)
    noise = None
    several = count > 1
    if several.any():
        centred = np.where(known, values - means[:, None], 0.0)[several]
        noise = float(np.sqrt(((centred**2).sum(axis=1) / (count[several] - 1)).mean()))
    means = means[count > 0]
    ended = int(reading.ended.sum())
    if not len(means):
        return Spread(outcome, 0, None, None, None, None, None, 0.0, None)
    low, median, high = np.percentile(means, (5, 50, 95)).tolist()
    deviation = float(means.std(ddof=1)) if len(means) > 1 else None
    return Spread(
        outcome, len(means), float(means.mean()), deviation, low, median, high,
        float(known.sum()) / ended, noise,
    )


def _compared(reading: Reading, values: np.ndarray) -> Comparison:
    names = [f"{place}: {reading.named(level)}" for place, level in enumerate(reading.levels)]
    base = min(reading.study.base_point, len(names) - 1)
    return compare(values, names, names[base], paired=not reading.study.independent)


def _discovered(reading: Reading, seed: int) -> tuple[Cases | None, Discovery | None, str]:
    if reading.study.discovery is None:
        return None, None, ""
    cases = reading.cases()
    if len(cases.case) < 20:
        return cases, None, f"{len(cases.case)} points are too few to look for a pattern."
    found = discover(
        cases.points, cases.case, ordered=cases.ordered,
        threshold_density=reading.study.discovery.density, seed=seed,
    )
    return cases, found, ""


def _choice(reading: Reading, resamples: int, seed: int) -> Choice:
    wanted = [
        Criterion(item.outcome, item.better, item.threshold) for item in reading.study.criteria
    ]
    # Where a run is still missing, nothing is known of its future yet; a failed one is known.
    known = reading.known_futures()
    if not known.any():
        raise InputError("no future has been run with every option yet. Go on with the study.")
    values = {item.outcome: reading.by_option(item.outcome)[:, known] for item in wanted}
    names = [reading.named(level) for level in reading.option_levels()]
    return choose(values, names, wanted, resamples=resamples, seed=seed)


def _front(reading: Reading) -> Front:
    criteria = reading.study.criteria
    values = np.column_stack([future_means(reading.values(item.outcome)) for item in criteria])
    directions = tuple(item.better for item in criteria)
    on = np.flatnonzero(nondominated(values, directions)).tolist()
    distinct = {tuple(values[point].tolist()): point for point in reversed(on)}
    best = sorted(distinct.values(), key=lambda point: values[point, 0])
    generation = np.arange(reading.points) // reading.study.design.points
    return Front(
        tuple(item.outcome for item in criteria), directions, values, generation, best,
        reading.levels,
    )


def as_json(found: Findings) -> dict[str, Any]:
    """Everything found, ready for JSON."""
    reading, study = found.reading, found.reading.study
    content: dict[str, Any] = {
        "study": study.name, "design": study.design.kind, "points": reading.points,
        "replicates": study.replicates, "runs": reading.expected,
        "ended": int(reading.ended.sum()), "failed": len(reading.store.failures()),
        "currency": reading.store.base.currency, "version": reading.store.version,
        "code": reading.store.code,
        "outcomes": [spread._asdict() for spread in found.spreads],
        "sobol": {name: indices.rows() for name, indices in found.sobol.items()},
        "sobol_pairs": {name: indices.pairs() for name, indices in found.sobol.items()},
        "morris": {name: effects.rows() for name, effects in found.morris.items()},
        "paired": {name: comparison.rows() for name, comparison in found.paired.items()},
        "without_analysis": found.silent,
    }
    if found.discovery is not None:
        boxes = found.discovery.boxes
        content["discovery"] = {
            "verdict": found.discovery.verdict, "base_rate": found.discovery.base_rate,
            "boxes": found.discovery.rows(),
            "trajectories": [row for box in boxes for row in box.trajectory_rows()],
        }
    if found.choice is not None:
        content["choice"] = {
            "options": found.choice.rows(), "rules": found.choice.rule_rows(),
            "seen": found.choice.seen_rows(), "agreement": found.choice.agreement,
        }
    if found.front is not None:
        content["front"] = [
            {"point": point, "generation": int(found.front.generation[point]),
             **found.front.levels[point],
             **dict(zip(found.front.outcomes, found.front.values[point].tolist(), strict=True))}
            for point in found.front.best
        ]
    return content
