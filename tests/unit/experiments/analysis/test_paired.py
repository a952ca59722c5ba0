"""Points against a base: pairs where seeds are shared, corrected where points are many."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from experiments.analysis.paired import compare, holm, welch_difference
from simulation.errors import InputError

LUCK = np.array([10.0, 40.0, 20.0, 30.0, 50.0, 25.0])


def test_shared_luck_cancels_in_pairs_and_not_otherwise():
    """A steady gain of about 1 is lost in luck of 15 unless seeds are matched."""
    gain = np.array([1.0, 1.2, 0.8, 1.1, 0.9, 1.0])
    values = [LUCK, LUCK + gain, LUCK - gain]
    paired = compare(values, ("base", "up", "down"), "base")
    assert [each.verdict for each in paired.points] == ["base", "higher", "lower"]
    alone = compare(values, ("base", "up", "down"), "base", paired=False)
    assert [each.verdict for each in alone.points][1:] == ["cannot be told apart"] * 2
    assert alone.points[1].difference.mean == pytest.approx(1.0)


def test_a_paired_difference_is_that_of_scipy():
    """Same mean, interval and p value as a t test of related samples."""
    other = LUCK + np.array([3.0, -1.0, 2.0, 4.0, 0.5, 1.0])
    point = compare([LUCK, other], ("a", "b"), "a").points[1]
    known = stats.ttest_rel(other, LUCK)
    low, high = known.confidence_interval(0.95)
    assert point.p == pytest.approx(known.pvalue)
    assert point.difference.low == pytest.approx(low)
    assert point.difference.high == pytest.approx(high)
    assert point.difference.n == 6


def test_welch_is_that_of_scipy():
    """Unlike variances and numbers of runs; a run without a value is left out."""
    a, b = [3.0, 9.0, 4.0, 8.0, 1.0], [2.0, 2.5, 1.5]
    difference, p = welch_difference([*a, None], b)
    known = stats.ttest_ind(a, b, equal_var=False)
    low, high = known.confidence_interval(0.95)
    assert p == pytest.approx(known.pvalue)
    assert (difference.low, difference.high) == pytest.approx((low, high))
    assert (difference.n, difference.deviation) == (3, None)


def test_welch_is_used_with_seeds_of_their_own():
    """The flag decides, not the shape."""
    other = LUCK + 3.0
    point = compare([LUCK, other], ("a", "b"), "a", paired=False).points[1]
    assert point.p == pytest.approx(stats.ttest_ind(other, LUCK, equal_var=False).pvalue)


def test_holm_by_hand():
    """Smallest times 4, next times 3, and never falling: 0.03 * 2 = 0.06 lifts 0.04 * 1 to it."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([None, 0.02, None]) == [None, 0.02, None]
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_never_finds_more_and_never_less_than_bonferroni(p):
    """Between each p alone and p times their number."""
    corrected = holm(p)
    for alone, together in zip(p, corrected, strict=True):
        assert alone <= together <= min(1.0, alone * len(p)) or together == 1.0
        assert together <= min(1.0, alone * len(p)) + 1e-15


def test_a_finding_alone_is_none_among_many():
    """p of 0.04 differs alone; among ten points as weak it is what chance brings."""
    noise = np.array([1.0, -0.2, 0.9, 0.2, 1.1, 0.5])
    alone = compare([LUCK, LUCK + noise], ("base", "1"), "base").points[1]
    assert 0.01 < alone.p < 0.05
    assert alone.verdict == "higher"
    names = ("base", *map(str, range(1, 11)))
    many = compare([LUCK] + [LUCK + noise] * 10, names, "base").points[1:]
    assert {each.verdict for each in many} == {"cannot be told apart"}
    assert many[0].difference.low > 0
    assert many[0].p == alone.p < many[0].p_holm


def test_runs_without_a_value_are_counted_and_not_paired():
    """Two of four runs of the point trade; the base lacks one of those: one pair is left."""
    nan = math.nan
    found = compare([[1, nan, 3, 4], [nan, 5, 6, nan], [nan] * 4], ("a", "b", "c"), "a")
    a, b, c = found.points
    assert [each.share_with_value for each in (a, b, c)] == [0.75, 0.5, 0.0]
    assert b.mean.mean == 5.5
    assert (b.difference.mean, b.difference.n, b.p) == (3.0, 1, None)
    assert (c.mean.mean, c.difference.n) == (None, 0)
    assert b.verdict == c.verdict == "cannot be told apart"


def test_equal_runs_are_no_finding_and_a_constant_gain_is():
    """Without scatter there is no t value; rounding is no gain."""
    again = LUCK * (1 + 1e-15)
    found = compare([LUCK, again, LUCK + 2], ("base", "again", "more"), "base").points
    assert [each.verdict for each in found[1:]] == ["cannot be told apart", "higher"]
    assert found[1].difference.mean == 0.0
    assert (found[1].p, found[2].p) == (1.0, 0.0)
    difference, p = welch_difference([2.0, 2.0], [1.0, 1.0])
    assert (difference.mean, difference.low, difference.high, p) == (1.0, 1.0, 1.0, 0.0)
    assert welch_difference([2.0, 2.0], [2.0, 2.0])[1] == 1.0
    assert welch_difference([2.0], [1.0, 1.5])[1] is None
    assert welch_difference([], [1.0])[0].mean is None


def test_rows_hold_none_and_never_nan():
    """NaN is no JSON."""
    found = compare([[1, math.nan], [2, math.nan], [math.nan] * 2], ("a", "b", "c"), "a")
    rows = found.rows()
    json.dumps(rows, allow_nan=False)
    assert [row["point"] for row in rows] == ["a", "b", "c"]
    assert rows[0]["difference"] is None
    assert rows[0]["n"] == 1
    assert rows[2]["mean"] is None


@pytest.mark.parametrize(
    ("values", "points", "base", "word"),
    [
        ([[1.0, 2.0]], ("a", "b"), "a", "shape"),
        ([1.0, 2.0], ("a", "b"), "a", "shape"),
        ([[1.0], [2.0]], ("a", "a"), "a", "one name"),
        ([[1.0], [2.0]], ("a", "b"), "c", "none of the points"),
        ([[1.0], [math.inf]], ("a", "b"), "a", "infinite"),
    ],
)
def test_what_cannot_be_compared_is_refused(values, points, base, word):
    """With the word that says what is wrong."""
    with pytest.raises(InputError, match=word):
        compare(values, points, base)
