"""Which option to choose when nobody knows which future will come.

Every option is run in the same futures. Three rules read the same table: the best mean, the least
regret where it is large, and the largest share of futures in which everything required is met. They
may name different options; then the answer is the disagreement, not an average of it.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from experiments.analysis.choice_tables import (
    Choice,
    OptionOutcome,
    OptionShare,
    OutcomeSeen,
    Share,
)
from experiments.analysis.criteria import Criterion, known, nondominated, signs
from experiments.analysis.futures import (
    best_shares,
    future_means,
    regret_optimism,
    regrets,
    resampled,
    share_interval,
)
from experiments.analysis.verdicts import Rule, RuleChoice, agreement_of, chosen
from experiments.intervals import CONFIDENCE
from simulation.errors import InputError, close_to

__all__ = [
    "Choice", "Criterion", "OptionOutcome", "OptionShare", "OutcomeSeen", "RuleChoice", "Share",
    "choose",
]

BAD_SIDE = 0.05
LARGE_REGRET = 0.90

RegretRule = Literal["percentile_90", "maximum"]
FrontBy = Literal["mean", "bad_side", "worst"]


def choose(
    values: Mapping[str, ArrayLike],
    options: Sequence[str],
    criteria: Sequence[Criterion],
    *,
    regret_rule: RegretRule = "percentile_90",
    front_by: FrontBy = "mean",
    resamples: int = 1000,
    seed: int = 0,
) -> Choice:
    """Judge options over futures by three rules.

    Parameters
    ----------
    values : dict of outcome to float array, shape (options, futures, replicates)
        The same futures and seeds for all options; NaN where a run has no value.
    options : sequence of str
        Names in the order of the first axis.
    criteria : sequence of Criterion
        Each names an outcome; a band is two criteria with thresholds on one outcome.
    regret_rule : "percentile_90" or "maximum"
        Which regret is to be small. Not the mean: it ranks options as their means do.
    front_by : "mean", "bad_side" or "worst"
        By which number options beat each other in the nondominated set.
    resamples : int
    seed : int

    Returns
    -------
    Choice

    Raises
    ------
    InputError
        If shapes, names or criteria do not match.

    Notes
    -----
    The value of an option in a future is the mean over its replicates with a value. Where it has
    none, the threshold counts as not met, and the future is left out of means, regret and domain
    for all options: were it left out for that option alone, failing in hard futures would flatter
    it. An option without a value in any future is set aside from these. `seen` counts both.

    Resampling says whether other futures from the same source would change the choice, not whether
    the source is right. No resample holds a worse future than the worst seen, so the maximum
    regret is less sure than it looks.

    References
    ----------
    Lempert & Collins (2007), Managing the risk of uncertain threshold responses, Risk Analysis
    27(4): 1009-1026 (rules compared); Starr (1963), Product design and decision theory (domain).
    """
    tables = _tables(values, options, criteria)
    if regret_rule not in ("percentile_90", "maximum"):
        raise InputError(f"regret_rule = {regret_rule!r}: give percentile_90 or maximum.")
    if front_by not in ("mean", "bad_side", "worst"):
        raise InputError(f"front_by = {front_by!r}: give mean, bad_side or worst.")
    forgone = _maximum if regret_rule == "maximum" else _large
    draw = {"resamples": resamples, "seed": seed}
    judged, seen, rules, met = [], [], [], []
    for criterion, runs in zip(criteria, tables, strict=True):
        sign = _sign(criterion)
        good = sign * future_means(runs)
        meets = None
        if criterion.threshold is not None:
            meets = good >= sign * criterion.threshold
            met.append(meets)
        present = ~np.isnan(good).all(axis=1)
        used = ~np.isnan(good[present]).any(axis=0) & present.any()
        judged += _judged(
            options, criterion, runs, good, (present, used), _shares(options, meets, **draw)
        )
        seen.append(_seen(options, criterion, runs, (present, used), seed))
        names = [name for name, has in zip(options, present, strict=True) if has]
        compared = good[present][:, used]
        label = (criterion.outcome, criterion.direction)
        rules += [
            chosen(Rule("mean", *label), names, compared, _mean, unit=sign, **draw),
            chosen(Rule("regret", *label), names, regrets(compared), forgone, unit=-1.0, **draw),
        ]
    together = np.logical_and.reduce(met) if met else None
    if together is not None:
        rules.append(chosen(Rule("satisficing"), options, together, _mean, **draw))
    table = [[getattr(each, front_by) for each in judged[index :: len(options)]]
             for index in range(len(options))]
    on = nondominated(table, [each.direction for each in criteria])
    by_option = tuple(
        OptionShare(*each)
        for each in zip(options, _shares(options, together, **draw), on.tolist(), strict=True)
    )
    return Choice(tuple(judged), by_option, tuple(seen), tuple(rules), agreement_of(rules))


def _mean(drawn: np.ndarray) -> np.ndarray:
    return drawn.mean(axis=-1)


def _large(drawn: np.ndarray) -> np.ndarray:
    # Negative, as the highest is chosen.
    return -np.quantile(drawn, LARGE_REGRET, axis=-1)


def _maximum(drawn: np.ndarray) -> np.ndarray:
    return -drawn.max(axis=-1)


def _judged(
    options: Sequence[str],
    criterion: Criterion,
    runs: np.ndarray,
    good: np.ndarray,
    kept: tuple[np.ndarray, np.ndarray],
    shares: list[Share | None],
) -> list[OptionOutcome]:
    """Every option by one criterion; NaN becomes None."""
    (present, used), sign = kept, _sign(criterion)
    numbers = np.full((len(options), 7), np.nan)
    compared = good[present][:, used]
    if compared.size:
        forgone = regrets(compared)
        numbers[present] = np.column_stack((
            sign * compared.mean(axis=1),
            sign * np.quantile(compared, BAD_SIDE, axis=1),
            sign * compared.min(axis=1),
            forgone.mean(axis=1),
            np.quantile(forgone, LARGE_REGRET, axis=1),
            forgone.max(axis=1),
            best_shares(compared),
        ))
    missing = np.isnan(runs).mean(axis=(1, 2))
    return [
        OptionOutcome(
            name, criterion.outcome, criterion.direction,
            *map(known, numbers[index]), shares[index], float(missing[index]),
        )
        for index, name in enumerate(options)
    ]


def _shares(
    options: Sequence[str], met: np.ndarray | None, resamples: int, seed: int
) -> list[Share | None]:
    """Share of futures met by each option; None for each without a threshold."""
    if met is None:
        return [None] * len(options)
    means = resampled(met, _mean, resamples, seed)
    return [
        Share(float(row.mean()), *share_interval(row, mean, CONFIDENCE))
        for row, mean in zip(met, means, strict=True)
    ]


def _seen(
    options: Sequence[str],
    criterion: Criterion,
    runs: np.ndarray,
    kept: tuple[np.ndarray, np.ndarray],
    seed: int,
) -> OutcomeSeen:
    """What the numbers of a criterion rest on."""
    present, used = kept
    return OutcomeSeen(
        criterion.outcome,
        criterion.direction,
        runs.shape[1],
        int(used.sum()),
        float(np.isnan(runs).mean()),
        tuple(name for name, has in zip(options, present, strict=True) if not has),
        known(regret_optimism(_sign(criterion) * runs[present][:, used], seed)),
    )


def _sign(criterion: Criterion) -> float:
    return float(signs([criterion.direction])[0])


def _tables(
    values: Mapping[str, ArrayLike], options: Sequence[str], criteria: Sequence[Criterion]
) -> list[np.ndarray]:
    """Runs of each criterion, once shapes and names are found to match."""
    if not options or len(set(options)) < len(options):
        raise InputError("a choice needs options, each named once.")
    if not criteria:
        raise InputError("a choice needs at least one criterion.")
    tables = []
    for criterion in criteria:
        if criterion.outcome not in values:
            raise InputError(
                f"{criterion.outcome}: no values{close_to(criterion.outcome, values)}. "
                f"Give one of {', '.join(values)}."
            )
        table = np.asarray(values[criterion.outcome], dtype=float)
        if table.ndim != 3 or len(table) != len(options) or 0 in table.shape:
            raise InputError(
                f"{criterion.outcome}: values have the shape {table.shape}. Give options, futures, "
                f"replicates, with {len(options)} options."
            )
        if np.isinf(table).any():
            raise InputError(f"{criterion.outcome}: a value is infinite. Give NaN for none.")
        tables.append(table)
    if len({table.shape[1] for table in tables}) > 1:
        raise InputError("outcomes have unlike numbers of futures. Give all the same futures.")
    return tables
