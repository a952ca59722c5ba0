"""Steps of patient rule induction: what always holds, and small cases by hand."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from experiments.analysis.discovery import discover
from experiments.analysis.levels import encode, inside, limits_of, whole_box
from experiments.analysis.peeling import paste, peel
from experiments.analysis.simplifying import quasi_p, sides, simplify

QUICK = {"folds": 2, "resamples": 1, "boxes": 2}


@st.composite
def studies(draw):
    """Points with ties, categories and constants, and cases of three replicates."""
    n = draw(st.integers(1, 60))
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    points = {
        "smooth": random.random(n),
        "tied": np.round(random.random(n) * draw(st.integers(0, 4))),
        "kind": random.choice(["a", "b", "c"], n),
        "flag": random.random(n) < 0.5,
    }
    bent = np.clip(points["smooth"] + (points["kind"] == "a") * 0.3 - 0.2, 0, 1)
    case = random.binomial(3, np.where(random.random(n) < 0.7, bent, 0.5)) / 3
    return points, case


@given(studies(), st.sampled_from([0.02, 0.05, 0.3, 0.9]))
@settings(max_examples=60)
def test_trajectories_shrink_and_no_box_is_empty(study, peel_share):
    """Every step loses points and cover, keeps some, and says limits that hold them."""
    points, case = study
    found = discover(points, case, peel_share=peel_share, **QUICK)
    for box in found.boxes:
        steps = box.trajectory
        for before, after in pairwise(steps):
            assert after.points < before.points
            assert after.mass < before.mass
            assert after.coverage <= before.coverage
        for step in steps:
            assert step.points >= 1
            assert step.cases > 0
            assert step.density < 1 or step == steps[-1]
            assert step.coverage * found.cases == pytest.approx(step.density * step.points)
        assert box.points >= 1
        assert box.coverage * found.cases == pytest.approx(box.density * box.points)
    assert sum(box.points for box in found.boxes) <= case.size


@given(studies(), st.randoms())
@settings(max_examples=40)
def test_the_order_of_rows_does_not_matter(study, shuffler):
    """Not even for folds and halves, which are drawn."""
    points, case = study
    order = list(range(case.size))
    shuffler.shuffle(order)
    moved = {name: column[order] for name, column in points.items()}
    assert discover(points, case, **QUICK) == discover(moved, case[order], **QUICK)


@given(studies())
@settings(max_examples=40)
def test_the_unit_of_a_factor_does_not_matter(study):
    """A rising transformation leaves the same points in the same boxes, held out ones too."""
    points, case = study
    bent = points | {"smooth": np.exp(7 * points["smooth"]), "tied": points["tied"] ** 3 - 5}
    for one, other in zip(
        discover(points, case, **QUICK).boxes, discover(bent, case, **QUICK).boxes, strict=True
    ):
        np.testing.assert_array_equal(one.contains(points), other.contains(bent))
        assert one.coverage_interval == other.coverage_interval
        assert one.holdout_density == other.holdout_density
        assert one.reproduced == other.reproduced


@given(studies())
@settings(max_examples=20)
def test_names_do_not_matter(study):
    """Nor their alphabetical order."""
    points, case = study
    names = dict(zip(points, ("z", "y", "x", "w"), strict=True))
    found = discover(points, case, **QUICK)
    renamed = discover({names[name]: points[name] for name in points}, case, **QUICK)
    assert [
        [one.limits._replace(factor=names[one.limits.factor]) for one in box.restrictions]
        for box in found.boxes
    ] == [[one.limits for one in box.restrictions] for box in renamed.boxes]
    assert found.rows() == renamed.rows()


@given(studies())
@settings(max_examples=60)
def test_pasting_widens_and_does_not_thin(study):
    """All the box held it holds, at a mean no lower; simplifying widens too."""
    points, case = study
    sample, rows = encode(points, case), np.arange(case.size)
    for box in peel(sample, rows, 0.1, 1):
        held = inside(sample, box, rows)
        wider = paste(sample, rows, box, 0.1)
        pasted = inside(sample, wider, rows)
        assert (pasted >= held).all()
        assert sample.case[pasted].mean() >= sample.case[held].mean() - 1e-8
        simple, dropped = simplify(sample, rows, wider)
        assert (inside(sample, simple, rows) >= pasted).all()
        assert len(limits_of(sample, simple)) <= len(limits_of(sample, wider))
        assert all(side.quasi_p > 0.05 for side, _ in dropped)
        assert all(side.quasi_p <= 0.05 for side in sides(sample, rows, simple))


def test_the_first_peel_is_that_of_the_paper():
    """Ten points, a fifth a peel: the two lowest go, and the limit is midway to the third."""
    points = {"x": np.arange(10.0), "y": np.full(10, 3.0)}
    case = np.array([0, 0, 0, 1, 0, 1, 1, 1, 0, 1.0])
    sample, rows = encode(points, case), np.arange(10)
    boxes = peel(sample, rows, 0.2, 2)
    (limits,) = limits_of(sample, boxes[1])
    assert (limits.factor, limits.low, limits.high) == ("x", 1.5, None)
    # Then one at a time, a fifth of eight: x = 2 goes.
    (limits,) = limits_of(sample, boxes[2])
    assert limits.low == 2.5


def test_a_small_gain_at_little_cost_goes_before_a_large_one_at_much():
    """The lenient criterion: half the points for a gain of 0.2, or a point for 0.05."""
    points = {"x": np.arange(20.0), "kind": np.array(["a"] * 10 + ["b"] * 10)}
    case = np.array([0.0] + [1, 0] * 4 + [0] + [1, 1, 1, 0, 1, 0, 1, 1, 0, 1])
    sample = encode(points, case)
    (limits,) = limits_of(sample, peel(sample, np.arange(20), 0.05, 1)[1])
    assert (limits.factor, limits.low) == ("x", 0.5)


def test_equal_values_go_together():
    """A flag as a number has no twentieth to close; it goes whole, and never all of it."""
    points = {"x": np.resize([0.0, 1.0], 40), "constant": np.full(40, 7.0)}
    case = np.resize([0.0, 0.5], 40)
    sample = encode(points, case)
    boxes = peel(sample, np.arange(40), 0.05, 1)
    assert len(boxes) == 2
    assert limits_of(sample, boxes[1])[0].low == 0.5
    assert len(peel(sample, np.arange(40), 0.05, 21)) == 1


def test_values_that_straddle_a_peel_stay():
    """A fifth of ten would cut the ones apart; the zero alone goes, and nine points are left."""
    points = {"x": np.array([0.0] + [1.0] * 9)}
    case = np.array([0.0] + [0.5] * 9)
    sample = encode(points, case)
    boxes = peel(sample, np.arange(10), 0.2, 9)
    assert [inside(sample, box, np.arange(10)).sum() for box in boxes] == [10, 9]


def test_a_peel_that_leaves_no_case_is_none():
    """The one that would help leaves too few points, and the other one no case."""
    points = {"kind": np.array(["a"] * 3 + ["b"] * 37)}
    sample = encode(points, (points["kind"] == "a").astype(float))
    assert len(peel(sample, np.arange(40), 0.05, 10)) == 1


def test_peeling_ends_where_all_points_are_cases():
    """Nothing can be gained from there; further limits would be about nothing."""
    points = {"x": np.arange(100.0), "y": np.resize(np.arange(10.0), 100)}
    sample, rows = encode(points, (np.arange(100) >= 30).astype(float)), np.arange(100)
    last = inside(sample, peel(sample, rows, 0.05, 1)[-1], rows)
    assert sample.case[last].all()
    assert last.sum() >= 60


def test_a_face_peeled_too_far_is_pasted_back():
    """A limit at 6 widens to what is a case below it, and no further."""
    points = {"x": np.arange(10.0)}
    case = (np.arange(10) >= 3).astype(float)
    sample, rows = encode(points, case), np.arange(10)
    (allowed,) = whole_box(sample)
    allowed[:6] = False
    allowed[8:] = False
    (limits,) = limits_of(sample, paste(sample, rows, (allowed,), 0.2))
    # What is open to the end of what was observed is unrestricted.
    assert (limits.low, limits.high) == (2.5, None)


def test_a_limit_lies_midway_between_levels_of_the_box():
    """Levels in between, of points outside by another factor, are shared out evenly."""
    points = {
        "x": np.array([0.0, 1, 2, 3, 4, 5, 6, 7]),
        "kind": np.array(["in", "out", "out", "in", "in", "in", "in", "in"]),
    }
    case = np.array([0, 0, 0, 1, 1, 1, 1, 1.0])
    sample = encode(points, case)
    inner = np.flatnonzero(sample.ranks[1] == 0)
    (limits,) = limits_of(sample, peel(sample, inner, 0.2, 1)[1])
    assert (limits.factor, limits.low) == ("x", 1.5)


def test_neighbours_without_a_number_between_are_told_apart():
    """The limit is then the value kept."""
    points = {"x": np.array([1.0, np.nextafter(1.0, 2)] * 10)}
    case = np.resize([0.0, 1.0], 20)
    box = discover(points, case, resamples=0).boxes[0]
    assert box.restrictions[0].limits.low == np.nextafter(1.0, 2)
    assert box.contains(points).sum() == box.points == 10


def test_the_quasi_p_value_is_the_binomial_tail():
    """Exactly so for whole cases; in between for shares, and 1 without cases."""
    for points, cases, density in ((20, 17, 0.6), (20, 20, 0.9), (7, 1, 0.3)):
        assert quasi_p(points, cases, density) == pytest.approx(
            binom.sf(cases - 1, points, density)
        )
    assert quasi_p(20, 17, 0.6) < quasi_p(20, 16.5, 0.6) < quasi_p(20, 16, 0.6)
    assert quasi_p(20, 0, 0.6) == 1.0


def test_quasi_p_values_compare_with_the_box_without_the_limit():
    """By hand: 9 of 10 in the box, 12 of 20 without the lower limit, 9 of 12 without the upper."""
    x = np.arange(22.0)
    case = np.zeros(22)
    case[[0, 1, 2]] = 1
    case[10:19] = 1
    sample, rows = encode({"x": x}, case), np.arange(22)
    box = ((x >= 10) & (x < 20),)
    low, high = sides(sample, rows, box)
    assert (low.side, high.side) == ("low", "high")
    assert low.quasi_p == pytest.approx(binom.sf(8, 10, 12 / 20))
    assert high.quasi_p == pytest.approx(binom.sf(8, 10, 9 / 12))
    (both,) = sides(sample, rows, box, whole=True)
    assert both.quasi_p == pytest.approx(binom.sf(8, 10, 12 / 22))
