"""Sobol indices: known worlds come out, and luck is not taken for an effect."""

import json

import numpy as np
import pytest
from SALib.analyze import sobol as theirs

from experiments.analysis.designs import sobol_sample
from experiments.analysis.sobol import sobol_indices
from simulation.errors import InputError
from tests.unit.experiments.analysis.worlds import (
    FIRST,
    NAMES,
    TOTAL,
    VARIANCE,
    common_seeds,
    ishigami,
    own_seeds,
)

WORLDS = pytest.mark.parametrize("world", [own_seeds, common_seeds])


@pytest.fixture(scope="module")
def points():
    """Design of 4096 base rows in four factors."""
    return sobol_sample(4096, 4, 1)


@pytest.fixture(scope="module")
def few():
    """Design of 256 base rows in four factors."""
    return sobol_sample(256, 4, 2)


def test_ishigami_comes_out(points):
    """Closed form; the inert factor is exactly zero and known not to matter."""
    found = sobol_indices(ishigami(points), NAMES)
    np.testing.assert_allclose(found.first, FIRST, atol=0.02)
    np.testing.assert_allclose(found.total, TOTAL, atol=0.02)
    assert found.variance == pytest.approx(VARIANCE, rel=0.02)
    assert found.total[3] == found.total_high[3] == 0.0
    assert found.verdicts == ("matters", "matters", "matters", "does not matter")


def test_the_g_function_comes_out():
    """Sobol (1993): V_i = 1 / (3 (1 + a_i)^2), and the product of 1 + V_i for interactions."""
    weights = np.array([0.0, 1.0, 4.5, 9.0, 99.0])
    points = sobol_sample(4096, 5, 3)
    response = ((np.abs(4 * points - 2) + weights) / (1 + weights)).prod(axis=1)
    alone = 1 / (3 * (1 + weights) ** 2)
    variance = (1 + alone).prod() - 1
    found = sobol_indices(response, list("abcde"))
    np.testing.assert_allclose(found.first, alone / variance, atol=0.02)
    total = alone * (1 + alone).prod() / (1 + alone) / variance
    np.testing.assert_allclose(found.total, total, atol=0.02)
    assert found.verdicts[0] == found.verdicts[1] == "matters"
    assert found.verdicts[3] == found.verdicts[4] == "does not matter"


def test_with_one_replicate_the_indices_are_those_of_salib(few):
    """Noise cannot be split off then, and the result says so."""
    response = 1000 + own_seeds(few, 1, 1)
    found = sobol_indices(response, NAMES)
    problem = {"num_vars": 4, "names": NAMES, "bounds": [[0, 1]] * 4}
    expected = theirs.analyze(problem, response[:, 0], calc_second_order=False, seed=1)
    for ours, said, name in (
        (found.first, found.salib_first, "S1"), (found.total, found.salib_total, "ST")
    ):
        np.testing.assert_allclose(ours, expected[name], rtol=0, atol=1e-9)
        np.testing.assert_allclose(said, expected[name], rtol=0, atol=1e-9)
    assert found.noise_share is None
    assert found.noise_variance is None
    assert found.seed_error is None


def test_noise_of_own_seeds_is_split_off(points):
    """SALib takes it for interaction: even the inert factor seems to matter."""
    found = sobol_indices(own_seeds(points, 4, 1), NAMES)
    np.testing.assert_allclose(found.first, FIRST, atol=0.05)
    np.testing.assert_allclose(found.total, TOTAL, atol=0.05)
    assert found.noise_share == pytest.approx(25 / (25 + VARIANCE), abs=0.02)
    assert (found.salib_total - TOTAL > 0.1).all()
    assert found.salib_total[3] - found.salib_total_half[3] > 0.05
    assert found.verdicts == ("matters", "matters", "matters", "does not matter")


def test_luck_of_common_seeds_is_known_to_be_luck(points):
    """Eight worlds are not the mean world: to SALib the fourth factor does something, surely."""
    found = sobol_indices(common_seeds(points, 8, 3, size=3.0), NAMES)
    assert found.salib_total[3] - found.salib_total_half[3] > 0.02
    assert found.total_low[3] < 0 < found.total_high[3]
    assert ((found.total_low <= TOTAL) & (found.total_high >= TOTAL)).all()
    assert found.seed_error.max() > 0.02


@WORLDS
def test_over_many_worlds_the_error_is_nil(world):
    """Unbiased for seeds of their own and for common ones; SALib's error stays."""
    exact = np.concatenate([TOTAL, FIRST]) * VARIANCE
    errors, uncorrected = [], []
    for seed in range(150):
        design = sobol_sample(256, 4, seed)
        found = sobol_indices(world(design, 4, seed), NAMES, resamples=2)
        shares = np.concatenate([found.total, found.first])
        errors.append(np.append(shares * found.variance - exact, found.variance - VARIANCE))
        uncorrected.append(found.salib_total - TOTAL)
    errors = np.array(errors)
    # Two parts in a thousand for the finite design.
    slack = 3.5 * errors.std(axis=0) / np.sqrt(len(errors)) + 0.002 * VARIANCE
    assert (np.abs(errors.mean(axis=0)) < slack).all()
    assert np.mean(uncorrected, axis=0)[3] > (0.2 if world is own_seeds else 0.05)


@pytest.mark.parametrize(("world", "replicates"), [(own_seeds, 4), (common_seeds, 6)])
def test_intervals_cover_what_is_true(world, replicates):
    """About 95 of 100; of 50 worlds at least 43. Common seeds need the error of the seeds."""
    covered, widths = np.zeros((2, 4)), []
    for seed in range(50):
        design = sobol_sample(256, 4, seed)
        found = sobol_indices(world(design, replicates, seed), NAMES, resamples=200)
        covered[0] += (found.total_low <= TOTAL) & (found.total_high >= TOTAL)
        covered[1] += (found.first_low <= FIRST) & (found.first_high >= FIRST)
        widths.append(found.total_high - found.total_low)
    assert (np.mean(widths, axis=0) < 0.75).all()
    assert (covered >= 43).all()


def test_intervals_are_not_wider_than_they_need_be():
    """Of an additive world, where base rows are all there is to luck: not nearly always right."""
    covered = 0
    for seed in range(50):
        points = np.random.default_rng(seed).random((2, 200, 2))
        rows = np.stack([points[0]] * 3 + [points[1]], axis=1)
        for factor in range(2):
            rows[:, 1 + factor, factor] = points[1, :, factor]
        response = rows.reshape(-1, 2) @ np.array([1.0, 1.0])
        found = sobol_indices(response, ["a", "b"], resamples=200, confidence=0.8)
        covered += int(found.total_low[0] <= 0.5 <= found.total_high[0])
    assert 32 <= covered <= 47


def test_the_order_of_the_rows_is_the_design(points):
    """Runs put in another order give indices of nothing."""
    response = ishigami(points)
    shuffled = np.random.default_rng(1).permutation(response)
    assert np.abs(sobol_indices(shuffled, NAMES).total - TOTAL).max() > 0.3
    assert np.abs(sobol_indices(response[::-1], NAMES).first - FIRST).max() > 0.1


def test_level_and_unit_and_a_lift_of_the_seed_change_nothing(few):
    """Shares have no unit, and what a seed adds everywhere is no effect of a factor."""
    runs = common_seeds(few, 4, 1)
    plain = sobol_indices(runs, NAMES)
    assert plain.status == "varies"
    for other in (runs + 1e4, runs * 1e-6, runs + np.array([100.0, -50.0, 0.0, 7.0])):
        found = sobol_indices(other, NAMES)
        np.testing.assert_allclose(found.total, plain.total, atol=1e-7)
        np.testing.assert_allclose(found.first, plain.first, atol=1e-7)


def test_pairs_come_from_salib():
    """Ishigami's one interaction is of the first with the third: 0.2437."""
    points = sobol_sample(2048, 4, 1, second_order=True)
    found = sobol_indices(ishigami(points), NAMES, second_order=True)
    np.testing.assert_allclose(found.first, FIRST, atol=0.03)
    np.testing.assert_allclose(found.total, TOTAL, atol=0.03)
    pairs = found.pairs()
    assert len(pairs) == 6
    assert (pairs[0]["factor"], pairs[0]["with"]) == ("one", "three")
    assert pairs[0]["second"] == pytest.approx(0.2437, abs=0.03)
    assert abs(pairs[1]["second"]) < 0.03
    assert sobol_indices(ishigami(points[:192]), NAMES).pairs() == []


def test_a_base_row_with_a_point_without_value_is_dropped_whole(few):
    """SALib returns zeros for a single NaN; here the other rows speak."""
    runs = own_seeds(few, 3, 1)
    runs[7] = np.nan
    found = sobol_indices(runs, NAMES, resamples=50)
    without = sobol_indices(np.delete(runs, range(6, 12), axis=0), NAMES, resamples=50)
    np.testing.assert_array_equal(found.total, without.total)
    np.testing.assert_array_equal(found.salib_total, without.salib_total)
    assert found.dropped_share == pytest.approx(1 / 256)
    assert found.base_rows == 255
    nested = [[None if np.isnan(each) else each for each in row] for row in runs.tolist()]
    np.testing.assert_array_equal(sobol_indices(nested, NAMES, resamples=50).total, found.total)


def test_a_replicate_missing_at_one_point_is_left_out_of_its_base_row(few):
    """The others speak for the row; it drops out only when fewer than two are left."""
    runs = own_seeds(few, 4, 1)
    runs[8, 2] = np.nan
    found = sobol_indices(runs, NAMES, resamples=50)
    assert found.dropped_share == 0.0
    elsewhere = runs.copy()
    elsewhere[6:12, 2] = 1e6
    elsewhere[8, 2] = np.nan
    np.testing.assert_array_equal(
        sobol_indices(elsewhere, NAMES, resamples=50).total, found.total
    )
    runs[6:8, 0] = runs[10, 1] = np.nan
    assert sobol_indices(runs, NAMES, resamples=50).dropped_share == pytest.approx(1 / 256)


def test_a_row_that_lacks_a_high_replicate_stays_level_with_the_others(few):
    """What a seed adds everywhere does not come back as variance, in SALib's indices either."""
    runs = own_seeds(few, 3, 1)
    runs[::30, 0] = np.nan
    lifted = sobol_indices(runs + np.array([0.0, 50.0, 200.0]), NAMES, resamples=50)
    level = sobol_indices(runs, NAMES, resamples=50)
    np.testing.assert_allclose(lifted.salib_total, level.salib_total, atol=1e-9)
    np.testing.assert_allclose(lifted.total, level.total, atol=1e-9)


def test_missing_replicates_leave_the_indices_right():
    """A quarter of the replicates of a row by chance: the error over worlds stays nil."""
    found = []
    for seed in range(60):
        design = sobol_sample(256, 4, seed)
        runs = 100 + own_seeds(design, 4, seed)
        runs[np.random.default_rng(seed).random(runs.shape) < 0.05] = np.nan
        found.append(sobol_indices(runs, NAMES, resamples=2).total)
    error = np.mean(found, axis=0) - TOTAL
    assert (np.abs(error) < 3.5 * np.std(found, axis=0) / np.sqrt(60) + 0.005).all()


def test_too_many_points_without_value_are_an_error(few):
    """A fifth of the base rows may drop out; beyond that the design is another one."""
    runs = ishigami(few)
    runs[: 6 * 51 : 6] = np.nan
    assert sobol_indices(runs, NAMES, resamples=2).dropped_share == pytest.approx(51 / 256)
    runs[6 * 51] = np.nan
    with pytest.raises(InputError, match=r"20% .*limit is 20%.*such as volume"):
        sobol_indices(runs, NAMES)


@pytest.mark.parametrize("runs", [np.full((96, 3), 0.1), np.tile([1.0, 5.0, 9.0], (96, 1))])
def test_a_constant_response_has_no_indices(runs):
    """The same at all points, whatever the seed adds: nothing to share out."""
    found = sobol_indices(runs, NAMES)
    assert found.status == "constant"
    assert np.isnan(found.total).all()
    assert found.variance == 0.0
    assert set(found.verdicts) == {"does not matter"}
    assert all(row["total"] is None for row in found.rows())


def test_a_response_lost_in_noise_is_unclear(few):
    """Noise alone has no indices, and no factor is acquitted by it."""
    found = sobol_indices(np.random.default_rng(1).normal(size=(len(few), 4)), NAMES)
    assert found.status == "unclear"
    assert np.isnan(found.first).all()
    assert set(found.verdicts) == {"sample more"}
    assert found.noise_share > 0.9


def test_indices_belong_to_their_seed(few):
    """All intervals come out again, SALib's too, and for seed 0, which SALib takes for none."""
    runs = own_seeds(few, 3, 1)
    for seed in (0, 1):
        once, again = (sobol_indices(runs, NAMES, resamples=50, seed=seed) for _ in range(2))
        assert once.rows() == again.rows()


def test_rows_are_ready_for_json(few):
    """One a factor, None and never NaN."""
    for runs in (own_seeds(few, 3, 1), ishigami(few), np.ones(len(few))):
        rows = sobol_indices(runs, NAMES, resamples=50).rows()
        assert [row["factor"] for row in rows] == NAMES
        json.dumps(rows, allow_nan=False)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"resamples": 1}, "resamples = 1"), ({"confidence": 95}, "confidence = 95"),
        ({"seed": -1}, "seed = -1"), ({"threshold": 0.0}, "threshold = 0.0"),
    ],
)
def test_a_setting_out_of_bounds_is_named(few, setting, words):
    """With what to give instead."""
    with pytest.raises(InputError, match=words):
        sobol_indices(ishigami(few), NAMES, **setting)
