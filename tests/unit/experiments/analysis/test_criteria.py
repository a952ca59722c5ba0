"""Fronts: who is beaten by nobody, and how much area they win."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from experiments.analysis.criteria import hypervolume, nondominated
from simulation.errors import InputError

SMALL = arrays(float, st.tuples(st.integers(0, 12), st.just(3)), elements=st.integers(0, 4))


@given(SMALL, st.lists(st.sampled_from(["high", "low"]), min_size=3, max_size=3))
def test_the_nondominated_set_is_that_of_brute_force(values, directions):
    """Pair by pair, as the definition reads; small whole numbers bring ties."""
    def beats(a, b):
        pairs = [(x, y) if way == "high" else (y, x)
                 for x, y, way in zip(a, b, directions, strict=True)]
        return all(x >= y for x, y in pairs) and any(x > y for x, y in pairs)

    brute = [not any(beats(other, each) for other in values) for each in values]
    assert nondominated(values, directions).tolist() == brute


def test_a_point_without_a_value_is_out_and_beats_nobody():
    """It cannot be compared."""
    values = [[1.0, 1.0], [2.0, math.nan], [0.0, 0.0], [1.0, 1.0]]
    assert nondominated(values, ("high", "high")).tolist() == [True, False, False, True]
    assert nondominated([[math.nan]], ("high",)).tolist() == [False]
    assert nondominated([], ("high", "low")).tolist() == []


def test_area_of_three_steps_by_hand():
    """Steps 1 * 3, 1 * 2 and 1 * 1 below (4, 4); beaten and far points add nothing."""
    front = [[1.0, 3.0], [2.0, 2.0], [3.0, 1.0]]
    assert hypervolume(front, ("low", "low"), (4.0, 4.0)) == 6.0
    more = [*front, [3.0, 3.0], [0.0, 4.0], [9.0, 0.0], [math.nan, 0.0], [1.0, 3.0]]
    assert hypervolume(more, ("low", "low"), (4.0, 4.0)) == 6.0
    turned = [[-a, b] for a, b in front]
    assert hypervolume(turned, ("high", "low"), (-4.0, 4.0)) == 6.0
    assert hypervolume([], ("low", "low"), (4.0, 4.0)) == 0.0


@given(arrays(float, st.tuples(st.integers(1, 8), st.just(2)), elements=st.integers(0, 5)))
def test_area_is_the_count_of_beaten_cells(values):
    """On whole numbers the area is a count of unit squares that some point beats."""
    cells = sum(any((a <= x) and (b <= y) for a, b in values) for x in range(5) for y in range(5))
    assert hypervolume(values, ("low", "low"), (5.0, 5.0)) == cells


def test_what_is_no_front_is_refused():
    """Unknown ways, unlike numbers of columns, more than an area."""
    with pytest.raises(InputError, match="unknown"):
        nondominated([[1.0]], ("up",))
    with pytest.raises(InputError, match="one direction"):
        nondominated(np.ones((2, 2)), ("high",))
    with pytest.raises(InputError, match="two outcomes"):
        hypervolume(np.ones((2, 3)), ("high",) * 3, (0.0,) * 3)
