"""Designs: the points the analyses expect, in the order they expect."""

import sys

import numpy as np
import pytest

from experiments.analysis.designs import latin_hypercube, morris_sample, sobol_sample
from experiments.analysis.morris import morris_effects
from experiments.analysis.sobol import sobol_indices
from simulation.errors import InputError


@pytest.mark.parametrize("second_order", [False, True])
def test_a_base_row_is_a_then_ab_of_each_factor_then_b(second_order):
    """The analysis cuts the runs by position alone; another order would go unnoticed."""
    rows = sobol_sample(8, 3, 1, second_order).reshape(8, -1, 3)
    assert rows.shape[1] == (8 if second_order else 5)
    from_a, from_b = rows[:, 0], rows[:, -1]
    for factor in range(3):
        expected = from_a.copy()
        expected[:, factor] = from_b[:, factor]
        np.testing.assert_array_equal(rows[:, 1 + factor], expected)
        if second_order:
            expected = from_b.copy()
            expected[:, factor] = from_a[:, factor]
            np.testing.assert_array_equal(rows[:, 4 + factor], expected)


def test_sobol_points_are_spread_and_belong_to_their_seed():
    """Each of the eight slices holds one A and one B; another seed scrambles otherwise."""
    points = sobol_sample(8, 2, 5)
    assert ((points >= 0) & (points < 1)).all()
    for at in (0, 3):
        slices = np.floor(points.reshape(8, 4, 2)[:, at] * 8).astype(int)
        assert (np.sort(slices, axis=0) == np.arange(8)[:, None]).all()
    np.testing.assert_array_equal(points, sobol_sample(8, 2, 5))
    assert not np.array_equal(points, sobol_sample(8, 2, 6))


def test_a_trajectory_moves_each_factor_once():
    """By the step the effects are divided by, and never out of the cube."""
    points = morris_sample(20, 5, 4, 2)
    assert points.shape == (120, 5)
    assert points.min() == 0.0
    assert points.max() == 1.0
    moved = np.abs(np.diff(points.reshape(20, 6, 5), axis=1))
    np.testing.assert_allclose(moved.sum(axis=1), 2 / 3)
    np.testing.assert_allclose(moved.max(axis=2), 2 / 3)
    np.testing.assert_array_equal(points, morris_sample(20, 5, 4, 2))


def test_each_slice_of_a_latin_hypercube_holds_one_point():
    """For every factor; that is what makes it Latin."""
    points = latin_hypercube(30, 4, 3)
    slices = np.sort(np.floor(points * 30).astype(int), axis=0)
    assert (slices == np.arange(30)[:, None]).all()
    np.testing.assert_array_equal(points, latin_hypercube(30, 4, 3))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: sobol_sample(100, 3, 1), "count = 100 is not a power of two.*64 or 128"),
        (lambda: sobol_sample(0, 3, 1), "count = 0 .*2 or 4"),
        (lambda: sobol_sample(-4, 3, 1), "count = -4"),
        (lambda: sobol_sample(8, 0, 1), "0 factors are below 1"),
        (lambda: sobol_sample(8, 20_000, 1), "above 10600.*morris_sample"),
        (lambda: sobol_sample(8, 3, -1), "seed = -1 is below 0"),
        (lambda: morris_sample(1, 3, 4, 1), "trajectories = 1 is below 2"),
        (lambda: morris_sample(10, 3, 5, 1), "levels = 5 is not an even number"),
        (lambda: morris_sample(10, 0, 4, 1), "0 factors are below 1"),
        (lambda: latin_hypercube(0, 3, 1), "count = 0 is below 1"),
        (lambda: latin_hypercube(5, 0, 1), "0 factors are below 1"),
    ],
)
def test_a_number_outside_its_limits_is_named_with_the_way_out(call, words):
    """In one line, before anything is drawn."""
    with pytest.raises(InputError, match=words) as told:
        call()
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("module", "call"),
    [
        ("SALib.sample.sobol", lambda: sobol_sample(8, 2, 1)),
        ("SALib.sample.morris", lambda: morris_sample(8, 2, 4, 1)),
        ("SALib.analyze.sobol", lambda: sobol_indices(sobol_sample(8, 2, 1)[:, 0], ["a", "b"])),
        (
            "SALib.analyze.morris",
            lambda: morris_effects(
                morris_sample(8, 2, 4, 1), morris_sample(8, 2, 4, 1)[:, 0], ["a", "b"], levels=4
            ),
        ),
    ],
)
def test_without_salib_the_extra_is_named(monkeypatch, module, call):
    """SALib is no requirement; who needs it is told what to type."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError, match=r'pip install "swcmarket\[analysis\]"'):
        call()
