"""Products over different replicates, and how sure shares are."""

from itertools import permutations

import numpy as np
import pytest

from experiments.analysis.replicates import blocks_of, cross_product
from experiments.analysis.resampling import means_of_resamples, seed_error, verdict_of, widened
from simulation.errors import InputError


def test_a_cross_product_is_the_mean_over_ordered_pairs_of_replicates():
    """The quick form by sums, against the definition written out; one replicate is left out."""
    draws = np.random.default_rng(1)
    used = np.array([[True] * 4, [True, False, True, True]])
    left, right = (draws.normal(size=(2, 3, 4)) * used[:, None, :] for _ in range(2))
    found = cross_product(left, right, used)
    for block, replicates in enumerate([(0, 1, 2, 3), (0, 2, 3)]):
        pairs = [
            left[block, :, r] * right[block, :, s] for r, s in permutations(replicates, 2)
        ]
        np.testing.assert_allclose(found[block], np.mean(pairs, axis=0))


def test_half_the_cross_square_is_the_square_of_the_mean_less_its_noise():
    """The form a reader knows: mean squared, less the variance over R."""
    moved = np.random.default_rng(2).normal(size=(5, 2, 6))
    expected = moved.mean(axis=2) ** 2 - moved.var(axis=2, ddof=1) / 6
    np.testing.assert_allclose(cross_product(moved, moved, np.ones((5, 6), dtype=bool)), expected)


def test_resampled_means_spread_as_the_theory_of_means_says():
    """All columns of a block are drawn together, so their relation survives."""
    values = np.random.default_rng(3).normal(size=(200, 1))
    means = means_of_resamples(np.hstack([values, 2 * values]), 4000, 1)
    np.testing.assert_allclose(means[:, 1], 2 * means[:, 0])
    assert means[:, 0].mean() == pytest.approx(values.mean(), abs=0.01)
    assert means[:, 0].std() == pytest.approx(values.std() / np.sqrt(200), rel=0.05)


def test_resampling_in_parts_keeps_every_resample(monkeypatch):
    """Memory is bounded by parts; the last part may be short."""
    monkeypatch.setattr("experiments.analysis.resampling.WEIGHTS_AT_ONCE", 60)
    values = np.random.default_rng(3).normal(size=(20, 1))
    means = means_of_resamples(values, 100, 1)
    assert means.shape == (100, 1)
    assert len(np.unique(means)) == 100
    assert np.abs(means).max() < np.abs(values).max()


def _mean_square_share(blocks):
    """Share of the first point's square in the mean square of both."""
    centred = blocks.centred()
    square = cross_product(centred, centred, blocks.used)
    mean = centred.sum(axis=2).mean(axis=1, keepdims=True) / blocks.used.sum(axis=1)[:, None]
    return np.hstack([square[:, :1], square.mean(axis=1, keepdims=True), mean])


def test_seeds_of_their_own_leave_no_error_of_seeds():
    """Resampling has counted their noise; counted twice, intervals would be wider by a half."""
    draws = np.random.default_rng(4)
    left, counted = [], []
    for _ in range(200):
        runs = draws.normal(size=(100, 2, 1)) + 2 * draws.normal(size=(100, 2, 6))
        blocks = blocks_of(runs.reshape(200, 6), ["x"], 2, "here")
        left.append(seed_error(blocks, _mean_square_share, 1)[0] ** 2)
        square, both, mean = means_of_resamples(_mean_square_share(blocks), 100, 1).T
        counted.append(np.var(square / (both - mean**2)))
    assert np.mean(left) < 0.3 * np.mean(counted)


def test_the_error_of_common_seeds_is_the_spread_over_worlds():
    """The first point answers to the seed, the second does not; the rows are the same."""
    draws = np.random.default_rng(5)
    signal = draws.normal(size=(400, 2, 1))
    errors, shares = [], []
    for _ in range(300):
        lift = np.stack([draws.normal(size=8) * 0.2, np.zeros(8)])
        blocks = blocks_of((signal * (1 + lift)).reshape(800, 8), ["x"], 2, "here")
        errors.append(seed_error(blocks, _mean_square_share, 1)[0] ** 2)
        square, both, mean = _mean_square_share(blocks).mean(axis=0)
        shares.append(square / (both - mean**2))
    assert np.sqrt(np.mean(errors)) == pytest.approx(np.std(shares), rel=0.15)


def test_two_replicates_leave_the_error_of_seeds_unknown():
    """Left out one, no pair is left."""
    blocks = blocks_of(np.random.default_rng(1).normal(size=(20, 2)), ["x"], 2, "here")
    assert seed_error(blocks, _mean_square_share, 1) is None


def test_widened_intervals_keep_their_sides():
    """Errors add in quadrature by Student's t; an end on the wrong side stays there."""
    estimate, ends = np.array([1.0, 1.0]), np.array([[0.7, 1.1], [1.2, 1.4]])
    low, high = widened(estimate, ends, None, 2, 0.95)
    np.testing.assert_array_equal([low, high], ends)
    low, high = widened(estimate, ends, np.array([0.4 / 4.302653, 0.0]), 3, 0.95)
    np.testing.assert_allclose(low, [0.5, 1.1])
    np.testing.assert_allclose(high, [1 + np.hypot(0.2, 0.4), 1.4])


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0.06, 0.2, "matters"), (0.0, 0.04, "does not matter"), (0.0, 0.0, "does not matter"),
        (0.04, 0.06, "sample more"), (0.05, 0.06, "sample more"),
    ],
)
def test_a_verdict_is_given_only_by_a_whole_interval(low, high, verdict):
    """An interval across the threshold says to sample more."""
    assert verdict_of(low, high, 0.05) == verdict


@pytest.mark.parametrize(
    ("values", "names", "words"),
    [
        (np.ones((7, 2)), ["a"], "multiple of 3"),
        (np.ones((3, 2)), ["a"], "at least 6"),
        (np.ones((6, 2, 2)), ["a"], "not \\(rows, replicates\\)"),
        (np.ones((6, 0)), ["a"], "not \\(rows, replicates\\)"),
        ([[1.0], [2.0, 3.0]], ["a"], "not an array of numbers"),
        (np.ones((8, 2)), ["a", "a"], "repeat"),
        (np.ones((8, 2)), [], "empty"),
        ([np.inf, 1, 2, 3, 4, 5], ["a"], "1 values are infinite"),
    ],
)
def test_runs_that_are_no_design_are_refused(values, names, words):
    """In one line; a wrong cut would give indices of nothing."""
    with pytest.raises(InputError, match=words) as told:
        blocks_of(values, names, len(names) + 2, "here")
    assert str(told.value).startswith("here: ")
    assert "\n" not in str(told.value)
