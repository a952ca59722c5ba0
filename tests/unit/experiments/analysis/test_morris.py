"""Morris effects: straight lines come out, and luck is not taken for an effect."""

import json

import numpy as np
import pytest

from experiments.analysis.designs import morris_sample
from experiments.analysis.morris import morris_effects
from experiments.analysis.sobol import sobol_indices
from simulation.errors import InputError

NAMES = ["up", "down", "little", "inert"]
COEFFICIENTS = np.array([3.0, -2.0, 0.3, 0.0])


@pytest.fixture(scope="module")
def points():
    """Design of 60 trajectories in four factors at four levels."""
    return morris_sample(60, 4, 4, 1)


def test_effects_of_a_straight_line_are_its_coefficients(points):
    """Without spread; the inert factor is known not to matter, and so is the small one."""
    found = morris_effects(points, 5 + points @ COEFFICIENTS, NAMES, levels=4)
    np.testing.assert_allclose(found.mu, COEFFICIENTS, atol=1e-12)
    np.testing.assert_allclose(found.mu_star, np.abs(COEFFICIENTS), atol=1e-12)
    np.testing.assert_allclose(found.size, np.abs(COEFFICIENTS), atol=1e-12)
    np.testing.assert_allclose(found.sigma, 0.0, atol=1e-12)
    np.testing.assert_allclose(found.sigma_response, 0.0, atol=1e-12)
    assert found.rank.tolist() == [1, 2, 3, 4]
    assert found.verdicts == ("matters", "matters", "does not matter", "does not matter")
    assert found.shapes == ("linear", "linear", None, None)
    assert found.noise_variance is None


@pytest.mark.parametrize("levels", [4, 6])
def test_shares_of_a_straight_line_are_its_sobol_indices(levels):
    """Whence one threshold serves both: shares of variance, whatever the levels."""
    points = morris_sample(2000, 4, levels, 1)
    found = morris_effects(points, points @ COEFFICIENTS, NAMES, levels=levels, resamples=50)
    np.testing.assert_allclose(found.share, COEFFICIENTS**2 / 13.09, atol=0.02)


def test_noise_is_split_off_effects(points):
    """It lifts mu* and sigma of the inert factor, not its size or its verdict."""
    runs = (points @ COEFFICIENTS)[:, None] + np.random.default_rng(1).normal(size=(300, 8))
    found = morris_effects(points, runs, NAMES, levels=4)
    # Noise of a difference of means over eight, per step of two thirds.
    lift = np.sqrt(2 / 8) * 1.5
    np.testing.assert_allclose(found.sigma, lift, rtol=0.3)
    # Three standard errors of a variance that is zero, over 60 trajectories.
    assert (found.sigma_response < 0.75 * lift).all()
    assert found.mu_star[3] > 0.5
    assert found.mu_star_low[3] > 0.4
    assert found.verdicts[0] == found.verdicts[1] == "matters"
    assert found.verdicts[3] == "does not matter"
    assert found.noise_variance == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize("common", [True, False])
def test_over_many_worlds_squares_of_effects_are_unbiased(common):
    """For common seeds as for seeds of their own."""
    squares, spreads = [], []
    for seed in range(200):
        design = morris_sample(20, 4, 4, seed)
        draws = np.random.default_rng(seed)
        runs = (design @ COEFFICIENTS)[:, None] + (
            design @ draws.normal(size=(4, 4)) if common else draws.normal(size=(100, 4))
        )
        found = morris_effects(design, runs, NAMES, levels=4, resamples=2)
        squares.append(found.share * _variance_of(found))
        spreads.append(found.sigma_response**2)
    error = np.mean(squares, axis=0) - COEFFICIENTS**2 * 5 / 36
    assert (np.abs(error) < 3.5 * np.std(squares, axis=0) / np.sqrt(200)).all()
    if common:
        np.testing.assert_allclose(spreads, 0.0, atol=1e-12)


def _variance_of(found):
    """Variance of the response, which the shares were divided by."""
    at = int(np.argmax(found.size))
    return found.size[at] ** 2 * 5 / 36 / found.share[at]


def test_luck_common_to_all_trajectories_is_no_spread(points):
    """It shifts all effects alike; taken off as noise it would hide the bend of a square."""
    luck = np.random.default_rng(1).normal(size=4)
    runs = points[:, :1] ** 2 + points[:, :1] * luck + points[:, 1:2]
    found = morris_effects(points, runs, NAMES, levels=4)
    # A step from 0 or from a third: effects of 2/3 and 4/3.
    assert found.sigma_response[0] == pytest.approx(1 / 3, rel=0.05)
    assert found.shapes[1] == "linear"


def test_with_one_replicate_nothing_is_split_off(points):
    """Sigma is SALib's, and the size the root mean square effect."""
    runs = points @ COEFFICIENTS + np.random.default_rng(1).normal(size=300)
    found = morris_effects(points, runs, NAMES, levels=4)
    np.testing.assert_allclose(found.sigma_response, found.sigma)
    np.testing.assert_allclose(found.size**2, found.mu**2 + found.sigma**2 * 59 / 60)
    assert found.noise_variance is None


def test_interaction_is_told_from_a_straight_line(points):
    """A product about the middle has effects of both signs; a straight line has one."""
    response = 4 * (points[:, 0] - 0.5) * (points[:, 1] - 0.5) + 2 * points[:, 2]
    found = morris_effects(points, response, NAMES, levels=4)
    assert found.shapes[0] == found.shapes[1] == "nonlinear or interacting"
    assert found.shapes[2] == "linear"


@pytest.mark.parametrize("common", [True, False])
def test_intervals_of_shares_cover_what_is_true(common):
    """About 95 of 100; of 50 worlds at least 43."""
    covered = np.zeros(4)
    exact = COEFFICIENTS**2 / 13.09
    for seed in range(50):
        design = morris_sample(50, 4, 4, seed)
        draws = np.random.default_rng(seed)
        runs = (design @ COEFFICIENTS)[:, None] + (
            design @ draws.normal(size=(4, 6)) if common else draws.normal(size=(250, 6))
        )
        found = morris_effects(design, runs, NAMES, levels=4, resamples=200)
        covered += (found.share_low <= exact) & (found.share_high >= exact)
    assert (covered >= 43).all()


def test_the_interval_of_mu_star_covers_the_mean_of_many_trajectories():
    """Resampling whole trajectories is right for a response with interaction."""
    def response(points):
        return points[:, 0] + 3 * points[:, 0] * points[:, 1] ** 2

    many = morris_sample(20_000, 2, 4, 1)
    exact = morris_effects(many, response(many), ["a", "b"], levels=4, resamples=2).mu_star
    covered = np.zeros(2)
    for seed in range(50):
        design = morris_sample(40, 2, 4, seed + 1)
        found = morris_effects(design, response(design), ["a", "b"], levels=4, resamples=200)
        covered += (found.mu_star_low <= exact) & (found.mu_star_high >= exact)
    assert (covered >= 43).all()
    assert (covered <= 50).all()


def test_points_in_another_order_are_refused(points):
    """Effects are differences along a trajectory; of shuffled points they are nothing."""
    response = points @ COEFFICIENTS
    order = np.random.default_rng(1).permutation(len(points))
    with pytest.raises(InputError, match="do not move each factor once"):
        morris_effects(points[order], response[order], NAMES, levels=4)
    with pytest.raises(InputError, match="do not move each factor once"):
        morris_effects(points, response, NAMES, levels=6)
    with pytest.raises(InputError, match="levels = 3"):
        morris_effects(points, response, NAMES, levels=3)
    with pytest.raises(InputError, match="shape"):
        morris_effects(points[:-5], response, NAMES, levels=4)


def test_a_trajectory_with_a_point_without_value_is_dropped_whole(points):
    """Half a trajectory says nothing of the factors moved later; the others speak."""
    runs = points @ COEFFICIENTS
    runs[7] = np.nan
    found = morris_effects(points, runs, NAMES, levels=4)
    np.testing.assert_allclose(found.mu, COEFFICIENTS, atol=1e-12)
    assert found.trajectories == 59
    assert found.dropped_share == pytest.approx(1 / 60)
    runs[: 5 * 13 : 5] = np.nan
    with pytest.raises(InputError, match=r"limit is 20%.*such as volume"):
        morris_effects(points, runs, NAMES, levels=4)


def test_a_replicate_missing_at_one_point_is_left_out_of_its_trajectory(points):
    """Its other points would else be compared with other seeds."""
    luck = np.array([0.0, 10.0, 20.0])
    runs = (points @ COEFFICIENTS)[:, None] + luck
    runs[3, 2] = np.nan
    found = morris_effects(points, runs, NAMES, levels=4)
    np.testing.assert_allclose(found.mu, COEFFICIENTS, atol=1e-12)
    np.testing.assert_allclose(found.sigma, 0.0, atol=1e-12)
    assert found.dropped_share == 0.0


def test_a_constant_response_has_no_shares(points):
    """Effects are zero, and nothing is ranked."""
    found = morris_effects(points, np.tile([1.0, 2.0], (300, 1)), NAMES, levels=4)
    assert found.status == "constant"
    assert found.rank is None
    assert set(found.verdicts) == {"does not matter"}
    np.testing.assert_array_equal(found.mu_star, 0.0)


def test_a_response_lost_in_noise_is_unclear(points):
    """No factor is acquitted by noise."""
    runs = np.random.default_rng(2).normal(size=(300, 3))
    found = morris_effects(points, runs, NAMES, levels=4)
    assert found.status == "unclear"
    assert set(found.verdicts) == {"sample more"}
    assert np.isnan(found.share).all()


def test_rows_are_ready_for_json(points):
    """One a factor, None and never NaN."""
    noise = np.random.default_rng(2).normal(size=(300, 3))
    for runs in (points @ COEFFICIENTS, np.ones(300), noise):
        rows = morris_effects(points, runs, NAMES, levels=4, resamples=20).rows()
        assert [row["factor"] for row in rows] == NAMES
        json.dumps(rows, allow_nan=False)


def test_a_setting_out_of_bounds_is_named(points):
    """As for Sobol indices."""
    for call in (
        lambda: morris_effects(points, points[:, 0], NAMES, levels=4, confidence=1.0),
        lambda: sobol_indices(points[:, 0], NAMES, confidence=1.0),
    ):
        with pytest.raises(InputError, match=r"confidence = 1\.0"):
            call()
