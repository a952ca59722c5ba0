"""Morris screening: which factors move a response at all, from few runs, free of luck."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

from experiments.analysis.replicates import (
    Blocks,
    blocks_of,
    checked_settings,
    cross_product,
    plain,
    salib,
)
from experiments.analysis.resampling import (
    Verdict,
    means_of_resamples,
    seed_error,
    verdict_of,
    widened,
)
from simulation.errors import InputError

__all__ = ["MorrisEffects", "Shape", "morris_effects"]

Shape = Literal["linear", "monotonic", "almost monotonic", "nonlinear or interacting"]


class MorrisEffects(NamedTuple):
    """Elementary effects: change of the response per whole range of a factor.

    Attributes
    ----------
    names : tuple of str
        Factors, length k.
    status : "varies", "constant" or "unclear"
        "unclear": the interval of the variance of the response reaches zero. Without "varies"
        there are no shares, ranks or shapes.
    mu, mu_star, sigma : array (k,)
        SALib's, of the mean over replicates: mean, mean absolute value and standard deviation
        over trajectories; units of the response. Noise lifts ``mu_star`` and ``sigma``.
    mu_star_low, mu_star_high : array (k,)
        Interval of ``mu_star``.
    sigma_response : array (k,)
        ``sigma`` with replicate noise split off, floored at zero; with one replicate ``sigma``.
    size : array (k,)
        Root mean square effect with replicate noise split off. Without noise not below
        ``mu_star``; ranks and verdicts stand on it, since noise cannot lift it.
    share, share_low, share_high : array (k,)
        Share of the variance of the response over the design that an effect of this size would
        have if it were linear: the first-order Sobol index of a linear factor.
    rank : int array (k,) or None
        1 for the largest ``size``.
    verdicts : tuple of Verdict
        From the interval of ``share`` and ``threshold``.
    nonlinearity : array (k,)
        ``sigma_response / mu_star``; NaN for a factor without any effect.
    shapes : tuple of Shape or None
        What ``nonlinearity`` says; None for a factor that does not matter.
    noise_variance : float or None
        Between replicates at a point; None with one replicate: then noise is in everything.
    replicates, trajectories : int
        Replicates a point; trajectories used.
    dropped_share : float
        Trajectories dropped for want of values.
    threshold, confidence : float
    """

    names: tuple[str, ...]
    status: Literal["varies", "constant", "unclear"]
    mu: np.ndarray
    mu_star: np.ndarray
    mu_star_low: np.ndarray
    mu_star_high: np.ndarray
    sigma: np.ndarray
    sigma_response: np.ndarray
    size: np.ndarray
    share: np.ndarray
    share_low: np.ndarray
    share_high: np.ndarray
    rank: np.ndarray | None
    verdicts: tuple[Verdict, ...]
    nonlinearity: np.ndarray
    shapes: tuple[Shape | None, ...]
    noise_variance: float | None
    replicates: int
    trajectories: int
    dropped_share: float
    threshold: float
    confidence: float

    def rows(self) -> list[dict[str, object]]:
        """One row a factor, for a table or JSON; None where there is no number."""
        numbers = (
            "mu", "mu_star", "mu_star_low", "mu_star_high", "sigma", "sigma_response", "size",
            "share", "share_low", "share_high", "nonlinearity",
        )
        rows: list[dict[str, object]] = []
        for at, name in enumerate(self.names):
            row: dict[str, object] = {"factor": name, "verdict": self.verdicts[at]}
            row |= {number: plain(getattr(self, number)[at]) for number in numbers}
            row["rank"] = None if self.rank is None else int(self.rank[at])
            rows.append(row | {"shape": self.shapes[at], "status": self.status})
        return rows


def morris_effects(
    unit_points: Any,  # noqa: ANN401
    values: Any,  # noqa: ANN401
    names: Sequence[str],
    *,
    levels: int,
    resamples: int = 1000,
    confidence: float = 0.95,
    seed: int = 1,
    threshold: float = 0.05,
) -> MorrisEffects:
    """Elementary effects of each factor, replicate noise split off.

    Parameters
    ----------
    unit_points : array_like (rows, k)
        As ``designs.morris_sample`` gave them, in its order.
    values : array_like (rows, replicates), or (rows,) for one replicate
        None or NaN where a run has no value. Replicate r may have the same seed at all points or
        a seed of its own.
    names : sequence of str
        Factors, in the order of the columns.
    levels : int
        As for the sample.
    resamples : int
        Of the trajectories, for intervals; at least 2.
    confidence : float
        Of the intervals, between 0 and 1.
    seed : int
        Of the resampling, from 0.
    threshold : float
        Share of variance from which a factor matters; the default is that of ``sobol_indices``.

    Returns
    -------
    MorrisEffects

    Raises
    ------
    InputError
        Points and values do not fit the design, more than 20 % of the trajectories lack values,
        a setting is out of bounds, or SALib is not installed.

    Notes
    -----
    Squares of effects and their variance are estimated from pairs of different replicates
    (``replicates.cross_product``), and so is the variance of the response.

    *Assumption*: verdicts compare ``share`` with the threshold, so that screening and Sobol
    indices speak of the same unit. For a linear factor the share is its Sobol index; for others
    it is a measure of screening, since steps are large. Intervals resample trajectories;
    those of ``share`` are widened by the error of common seeds with three replicates or more, as
    for ``sobol_indices``; those of ``mu_star`` are not.

    References
    ----------
    Morris (1991), Technometrics 33(2), 161-174; mu*: Campolongo, Cariboni and Saltelli (2007),
    Environmental Modelling & Software 22(10), 1509-1518. Mean square effects beside variances:
    Sobol' and Kucherenko (2009), Mathematics and Computers in Simulation 79(10), 3009-3017.
    """
    factors_k = len(names)
    checked_settings(resamples, confidence, seed, threshold, "morris_effects")
    blocks = blocks_of(values, names, factors_k + 1, "morris_effects")
    points = _points_by_trajectory(unit_points, blocks, factors_k, levels)[blocks.kept]
    effects = _effects(points, blocks)
    statistics = _statistics(effects, blocks)
    scale = (levels + 1) / (12 * (levels - 1))
    share, size, variance = _shares(statistics.mean(axis=0), factors_k, scale)
    drawn = means_of_resamples(statistics, resamples, seed)
    shares, _, variances = _shares(drawn, factors_k, scale)
    ends = (0.5 - confidence / 2, 0.5 + confidence / 2)
    mu_star_low, mu_star_high = np.quantile(drawn[:, factors_k : 2 * factors_k], ends, axis=0)
    status: Literal["varies", "constant", "unclear"] = "varies"
    share_low = share_high = np.full(factors_k, np.nan)
    if blocks.constant:
        status, size = "constant", np.zeros(factors_k)
    elif variance <= 0 or np.quantile(variances, ends[0]) <= 0:
        status = "unclear"
    if status == "varies":
        error = seed_error(
            blocks, lambda part: _statistics(_effects(points[part.kept], part), part), factors_k
        )
        share_low, share_high = widened(
            share, np.quantile(shares, ends, axis=0), None if error is None else scale * error,
            blocks.replicates, confidence,
        )
        verdicts: tuple[Verdict, ...] = tuple(
            verdict_of(*each, threshold) for each in zip(share_low, share_high, strict=True)
        )
        rank = np.argsort(np.argsort(-size, kind="stable")) + 1
    else:
        share, rank = np.full(factors_k, np.nan), None
        # A constant answers to no factor; a response lost in luck may yet do.
        verdicts = ("does not matter" if status == "constant" else "sample more",) * factors_k
    theirs = _of_salib(points, blocks.mean, names, levels, seed)
    sigma_response = _spread(effects, blocks)
    some = (theirs["mu_star"] > 0) & (status == "varies")
    nonlinearity = np.divide(
        sigma_response, theirs["mu_star"], out=np.full(factors_k, np.nan), where=some
    )
    return MorrisEffects(
        names=tuple(names), status=status, mu=theirs["mu"], mu_star=theirs["mu_star"],
        mu_star_low=mu_star_low, mu_star_high=mu_star_high,
        sigma=theirs["sigma"], sigma_response=sigma_response, size=size,
        share=share, share_low=share_low, share_high=share_high, rank=rank, verdicts=verdicts,
        nonlinearity=nonlinearity,
        shapes=tuple(
            None if np.isnan(ratio) or verdict == "does not matter" else _shape(ratio)
            for ratio, verdict in zip(nonlinearity, verdicts, strict=True)
        ),
        noise_variance=blocks.noise_variance(), replicates=blocks.replicates,
        trajectories=len(blocks.values), dropped_share=blocks.dropped_share,
        threshold=threshold, confidence=confidence,
    )


def _points_by_trajectory(
    unit_points: Any,  # noqa: ANN401
    blocks: Blocks,
    factors_k: int,
    levels: int,
) -> np.ndarray:
    """Points, shape (trajectories, k + 1, k); raise InputError if they are no Morris design."""
    points = np.asarray(unit_points, dtype=float)
    rows = len(blocks.kept) * (factors_k + 1)
    if points.shape != (rows, factors_k):
        raise InputError(
            f"morris_effects: unit_points have the shape {points.shape}, not {(rows, factors_k)} "
            "as values and names ask for. Give the points of the same design."
        )
    if levels < 2 or levels % 2:
        raise InputError(
            f"morris_effects: levels = {levels} is not an even number from 2. Give the number "
            "the sample was drawn with."
        )
    points = points.reshape(-1, factors_k + 1, factors_k)
    step = levels / (2 * (levels - 1))
    moved = np.abs(np.diff(points, axis=1))
    once = np.isclose(moved, step, rtol=0, atol=1e-9)
    still = moved < 1e-9
    if not ((once | still).all() and (once.sum(axis=1) == 1).all() and (once.sum(2) == 1).all()):
        raise InputError(
            "morris_effects: unit_points do not move each factor once a trajectory, one at a time "
            f"and by {step:.3g}. Keep the order of morris_sample, and give its levels."
        )
    return points


def _effects(points: np.ndarray, blocks: Blocks) -> np.ndarray:
    """Elementary effect of each factor in each run, shape (trajectories, k, replicates)."""
    steps = np.diff(points, axis=1)
    moved = np.abs(steps).argmax(axis=2)
    step = np.take_along_axis(steps, moved[:, :, None], axis=2)
    in_order = np.diff(blocks.values, axis=1) / step
    return np.take_along_axis(in_order, np.argsort(moved, axis=1)[:, :, None], axis=1)


def _statistics(effects: np.ndarray, blocks: Blocks) -> np.ndarray:
    """What is averaged over trajectories, shape (trajectories, 2k + 2).

    Mean square effects, absolute mean effects, mean square and mean of the response.
    """
    count = blocks.used.sum(axis=1)[:, None]
    centred = blocks.centred()
    return np.hstack([
        cross_product(effects, effects, blocks.used),
        np.abs(effects.sum(axis=2) / count),
        cross_product(centred, centred, blocks.used).mean(axis=1, keepdims=True),
        centred.sum(axis=2).mean(axis=1, keepdims=True) / count,
    ])


def _shares(
    means: np.ndarray, factors_k: int, scale: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Shares, sizes and variance of the response; scale is the variance of a factor's levels."""
    variance = means[..., -2] - means[..., -1] ** 2
    squares = means[..., :factors_k]
    share = scale * squares / np.where(variance > 0, variance, np.inf)[..., None]
    return share, np.sqrt(np.maximum(squares, 0.0)), variance


def _spread(effects: np.ndarray, blocks: Blocks) -> np.ndarray:
    """Standard deviation of the effects over trajectories, noise split off, floored at zero.

    A seed common to all trajectories shifts all effects of a factor alike; effects are centred
    by replicate first, or that shift would be taken off as if it had added to their spread.
    """
    runs = np.maximum(blocks.used.sum(axis=0), 1)
    centred = (effects - effects.sum(axis=0) / runs) * blocks.used[:, None, :]
    square = cross_product(centred, centred, blocks.used).mean(axis=0)
    trajectories = len(effects)
    return np.sqrt(np.maximum(square, 0.0) * trajectories / (trajectories - 1))


def _of_salib(
    points: np.ndarray, mean: np.ndarray, names: Sequence[str], levels: int, seed: int
) -> dict[str, np.ndarray]:
    """SALib's statistics of the mean over replicates."""
    factors_k = len(names)
    problem = {
        "num_vars": factors_k, "names": list(names), "bounds": [[0.0, 1.0]] * factors_k
    }
    found = salib("analyze.morris").analyze(
        problem, points.reshape(-1, factors_k), mean.ravel(), num_levels=levels, seed=seed,
        # Its interval is not used: it resamples each factor's effects apart.
        num_resamples=2,
    )
    return {key: np.asarray(found[key], dtype=float) for key in ("mu", "mu_star", "sigma")}


def _shape(ratio: float) -> Shape:
    """Name for sigma over mu*.

    References
    ----------
    Garcia Sanchez, Lacarriere, Musy and Bourges (2014), Energy and Buildings 68, 741-750.
    """
    if ratio < 0.1:
        return "linear"
    if ratio < 0.5:
        return "monotonic"
    return "almost monotonic" if ratio < 1 else "nonlinear or interacting"
