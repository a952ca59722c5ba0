"""Scenario discovery: made-up boxes come back, and noise brings none."""

import json
import time

import numpy as np
import pytest

from experiments.analysis import discovery
from experiments.analysis.checking import choose
from experiments.analysis.discovery import discover

# x0 above 0.55 and x1 from 0.2 to 0.7; a fifth or so of the points.
X0_LOW, X1_LOW, X1_HIGH = 0.55, 0.2, 0.7


def uniform(n, factors=5, seed=0):
    """Points of a unit cube, by name."""
    cube = np.random.default_rng(seed).random((factors, n))
    return {f"x{i}": column for i, column in enumerate(cube)}


def in_the_box(points):
    """Whether a point lies in the box made up."""
    return (points["x0"] > X0_LOW) & (points["x1"] > X1_LOW) & (points["x1"] < X1_HIGH)


def limits_by_factor(box):
    """Limits of the restricted factors."""
    return {found.limits.factor: found.limits for found in box.restrictions}


def assert_near_the_box(box, within):
    """The two factors and no other, limits as made up."""
    limits = limits_by_factor(box)
    assert set(limits) == {"x0", "x1"}
    assert limits["x0"].low == pytest.approx(X0_LOW, abs=within)
    assert limits["x0"].high is None
    assert limits["x1"].low == pytest.approx(X1_LOW, abs=within)
    assert limits["x1"].high == pytest.approx(X1_HIGH, abs=within)


def assert_recounted(found, box, points, case, earlier=None):
    """Numbers of a box equal those of a recount from its limits alone."""
    free = np.ones(case.size, dtype=bool) if earlier is None else ~earlier
    held = free.copy()
    for name, limits in limits_by_factor(box).items():
        for i, value in enumerate(points[name]):
            held[i] &= (
                (limits.low is None or value >= limits.low)
                and (limits.high is None or value <= limits.high)
                and (limits.categories is None or value in limits.categories)
            )
    assert held.any()
    assert box.points == held.sum()
    assert box.cases == pytest.approx(case[held].sum())
    assert box.mass == pytest.approx(held.mean())
    assert box.density == pytest.approx(case[held].mean())
    assert box.coverage == pytest.approx(case[held].sum() / case.sum())
    assert box.coverage * found.cases == pytest.approx(box.density * box.points)
    np.testing.assert_array_equal(box.contains(points) & free, held)
    return held


def assert_intervals_hold(box, widest):
    """Each share lies in its own interval, which is no wider than so many points allow."""
    for share, (low, high) in (
        (box.coverage, box.coverage_interval), (box.density, box.density_interval),
    ):
        assert 0 <= low <= share <= high <= 1
        assert high - low < widest


def test_a_made_up_box_is_found():
    """Two of five factors matter; limits, numbers and the rest come out so."""
    points = uniform(1000)
    case = in_the_box(points).astype(float)
    found = discover(points, case, threshold_density=0.96)
    assert found.verdict == "found"
    assert found.base_rate == pytest.approx(case.mean())
    box = found.boxes[0]
    assert box.holds
    assert box.interpretability == 2
    assert_near_the_box(box, within=0.03)
    assert box.coverage > 0.95
    assert box.density > 0.95
    assert_recounted(found, box, points, case)
    assert_intervals_hold(box, widest=0.1)
    assert all(one.quasi_p < 1e-10 for one in box.restrictions)
    for one in box.reproduced:
        share = 1.0 if one.factor in ("x0", "x1") else 0.0
        assert one.restricted == bool(share)
        assert one.at_coverage == pytest.approx(share, abs=0.2)
        assert one.at_density == pytest.approx(share, abs=0.2)


@pytest.mark.parametrize("replicates", [1, 5])
def test_a_made_up_box_is_found_among_wrong_labels(replicates):
    """A tenth of the labels flipped, of points or of replicates: density is nine tenths at most."""
    points = uniform(1000, seed=3)
    chance = np.where(in_the_box(points), 0.9, 0.1)
    case = np.random.default_rng(4).binomial(replicates, chance) / replicates
    found = discover(points, case, threshold_density=0.86)
    assert found.verdict == "found"
    box = found.boxes[0]
    assert_near_the_box(box, within=0.05)
    assert 0.84 < box.density < 0.95
    assert 0.6 < box.coverage < 0.85
    assert_intervals_hold(box, widest=0.15)
    assert box.holdout_density == pytest.approx(box.density, abs=0.06)
    assert_recounted(found, box, points, case)


def test_two_boxes_are_found_one_after_the_other():
    """The second among the points the first leaves; coverage adds up."""
    points = uniform(2000, seed=5)
    one = (points["x0"] < 0.45) & (points["x1"] < 0.6)
    other = (points["x0"] > 0.75) & (points["x2"] > 0.6)
    case = (one | other).astype(float)
    found = discover(points, case, threshold_density=0.95)
    assert found.verdict == "found"
    first, second = found.boxes[:2]
    assert set(limits_by_factor(first)) == {"x0", "x1"}
    assert set(limits_by_factor(second)) == {"x0", "x2"}
    assert limits_by_factor(second)["x0"].low == pytest.approx(0.75, abs=0.04)
    assert limits_by_factor(second)["x2"].low == pytest.approx(0.6, abs=0.05)
    assert first.coverage + second.coverage > 0.9
    held = assert_recounted(found, first, points, case)
    held |= assert_recounted(found, second, points, case, earlier=held)
    np.testing.assert_array_equal(np.isin(found.box_of(points), (1, 2)), held)


def test_categories_are_found():
    """Two of four regions, where a flag is set and a count is at least three."""
    random = np.random.default_rng(6)
    points = {
        "region": random.choice(["east", "north", "south", "west"], 1500),
        "flag": random.random(1500) < 0.6,
        "rule": random.integers(0, 3, 1500),
        "count": random.integers(0, 6, 1500),
        "x": random.random(1500),
    }
    case = (
        np.isin(points["region"], ["east", "south"]) & points["flag"] & (points["count"] >= 3)
    ).astype(float)
    found = discover(points, case, ordered=["count"])
    box = found.boxes[0]
    limits = limits_by_factor(box)
    assert set(limits) == {"region", "flag", "count"}
    assert limits["region"].categories == ("east", "south")
    assert limits["flag"].categories == (True,)
    assert (limits["count"].low, limits["count"].high) == (2.5, None)
    assert box.coverage == box.density == 1.0
    assert_recounted(found, box, points, case)


def test_noise_brings_nothing():
    """Boxes are found in pure noise; points held out say that they do not hold."""
    verdicts = [
        discover(
            uniform(300, seed=seed), np.random.default_rng(100 + seed).random(300) < 0.3,
            resamples=0, least_mass=0.1,
        ).verdict
        for seed in range(30)
    ]
    assert verdicts.count("nothing found") >= 29


def test_a_box_chosen_in_noise_flatters_itself():
    """Dense for being chosen; held out at about the base rate, so that it does not hold."""
    held_out = []
    for seed in range(10):
        random = np.random.default_rng(seed)
        # Forty places that mean nothing: some are full of cases by luck.
        points = {"place": random.integers(0, 40, 300), "x": random.random(300)}
        found = discover(points, random.random(300) < 0.3, resamples=0)
        box = found.boxes[0]
        assert box.interpretability >= 1
        assert box.density > found.base_rate + 0.1
        assert box.optimism > 0.05
        assert found.verdict == "nothing found"
        held_out.append(box.holdout_density - found.base_rate)
    assert abs(np.mean(held_out)) < 0.05


def test_the_box_of_everything_never_holds(monkeypatch):
    """Not even where folds find dense boxes: nothing can be told of where it is."""
    monkeypatch.setattr(discovery, "holdout", lambda *_: (100, 95.0))
    points = uniform(200)
    found = discover(points, points["x0"] > 0.7, steps={1: 0}, resamples=0)
    assert found.boxes[0].restrictions == ()
    assert not found.boxes[0].holds
    assert found.verdict == "nothing found"


def test_a_weak_pattern_is_found_below_the_density_wanted():
    """Half against a fifth: no box is as dense as wanted, and the best compromise still holds."""
    points = uniform(3000, seed=7)
    case = np.random.default_rng(8).random(3000) < np.where(points["x0"] > 0.6, 0.55, 0.15)
    found = discover(points, case, resamples=0)
    assert found.verdict == "found"
    assert limits_by_factor(found.boxes[0])["x0"].low == pytest.approx(0.6, abs=0.05)
    assert found.boxes[0].density < found.wanted_density


def test_where_most_points_are_cases_more_is_wanted():
    """With a base rate above the density wanted, the box of everything would be the finding."""
    points = uniform(1500, seed=9)
    case = (points["x0"] > 0.15).astype(float)
    found = discover(points, case, threshold_density=0.8, resamples=0)
    assert found.wanted_density == pytest.approx((found.base_rate + 1) / 2)
    assert found.verdict == "found"
    assert set(limits_by_factor(found.boxes[0])) == {"x0"}


@pytest.mark.parametrize(("case", "verdict"), [(1.0, "always"), (0.0, "never")])
def test_all_or_no_cases_are_a_result(case, verdict):
    """Nothing to find, and said so."""
    found = discover(uniform(50), np.full(50, case))
    assert found.verdict == verdict
    assert found.boxes == ()
    assert found.rows() == []


def test_the_step_chosen_is_the_widest_one_that_is_dense_enough():
    """Else the best compromise of coverage and gain, by hand."""
    coverage, density = np.array([1.0, 0.9, 0.6, 0.5]), np.array([0.2, 0.5, 0.85, 0.8])
    assert choose(coverage, density, 0.8, 0.2) == 2
    assert choose(coverage, density, 0.4, 0.2) == 1
    # Gains 0, 3/8, 13/16, 6/8: harmonic means 0, 0.53, 0.69, 0.6.
    assert choose(coverage, density, 0.99, 0.2) == 2
    # A harmonic mean of coverage and density itself would take everything: 0.67 against 0.62.
    assert choose(np.array([1.0, 0.6]), np.array([0.5, 0.65]), 0.9, 0.5) == 1
    # Gains 0, 0.05: without coverage there is nothing to gain, nor without gain.
    assert choose(np.array([1.0, 0.9]), np.array([0.2, 0.24]), 0.9, 0.2) == 1


def test_a_caller_can_choose_the_step():
    """The box follows from that step; one that does not exist is refused."""
    points = uniform(600)
    case = in_the_box(points).astype(float)
    found = discover(points, case, steps={1: 10}, resamples=0)
    box = found.boxes[0]
    assert box.step == 10
    assert box.density < discover(points, case, resamples=0).boxes[0].density
    assert box.holdout_density == pytest.approx(box.density, abs=0.1)
    with pytest.raises(ValueError, match="box 1 has no step 999"):
        discover(points, case, steps={1: 999}, resamples=0)
    with pytest.raises(ValueError, match="no boxes"):
        discover(points, case, steps={9: 1}, resamples=0)


def test_what_a_coarse_peel_took_too_much_is_pasted_back():
    """Steps of three tenths overshoot 7 by three points; pasting finds them again."""
    points = {"x": np.arange(20.0)}
    found = discover(
        points, points["x"] >= 7, peel_share=0.3, threshold_density=0.99, resamples=0
    )
    box = found.boxes[0]
    assert box.trajectory[box.step].limits[0].low == 9.5
    assert box.restrictions[0].limits.low == 6.5
    assert box.coverage == box.density == 1.0


def test_a_limit_that_hardly_matters_is_dropped_and_told():
    """A late step limits factors that do not matter; they are not in the box."""
    points = uniform(400, seed=11)
    case = np.random.default_rng(1).random(400) < np.where(points["x0"] > 0.5, 0.8, 0.1)
    found = discover(points, case, steps={1: 30}, resamples=0, boxes=1)
    box = found.boxes[0]
    assert set(box.trajectory[30].factors) > set(limits_by_factor(box))
    assert box.dropped
    assert all(one.quasi_p > 0.05 for one in box.dropped)
    for one in box.restrictions:
        for p in (one.quasi_p, one.quasi_p_low, one.quasi_p_high):
            assert p is None or p <= 0.05
        assert (one.quasi_p_low is None) == (one.limits.low is None)
        assert (one.quasi_p_high is None) == (one.limits.high is None)


def test_rows_are_ready_for_tables():
    """Plain numbers, None where there is none: JSON takes them as they are."""
    points = uniform(400) | {"region": np.resize(["east", "west", "north"], 400)}
    case = (in_the_box(points) & (points["region"] == "east")).astype(float)
    found = discover(points, case, resamples=2, least_mass=0.04)
    box = found.boxes[0]
    tables = [
        found.rows(), box.rows(), box.trajectory_rows(), box.dropped_rows(), box.reproduced_rows(),
    ]
    assert json.loads(json.dumps(tables, allow_nan=False)) == tables
    assert [row["factor"] for row in box.rows()] == list(limits_by_factor(box))
    assert [row["chosen"] for row in box.trajectory_rows()].count(True) == 1
    assert tables[0][0]["density_low"] == box.density_interval[0]
    assert "east" in limits_by_factor(box)["region"].categories


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"peel_share": 0.0}, "peel_share = 0"), ({"paste_share": 1.0}, "paste_share = 1"),
        ({"least_mass": 1.5}, "least_mass = 1.5"), ({"boxes": 0}, "boxes = 0"),
        ({"threshold_density": 1.1}, "threshold_density"), ({"folds": 1}, "folds = 1"),
        ({"resamples": -1}, "resamples = -1"), ({"ordered": ["y"]}, "'y'.* are no factors"),
    ],
)
def test_a_setting_out_of_bounds_is_refused(settings, message):
    """With the bounds named."""
    points = uniform(20)
    with pytest.raises(ValueError, match=message):
        discover(points, np.resize([0.0, 1.0], 20), **settings)


def test_points_not_as_told_are_refused():
    """A hole in the data would end up in some box or none by accident."""
    case = np.resize([0.0, 1.0], 20)
    for points, cases, message in (
        ({}, case, "at least one factor"),
        ({"x": np.zeros(20)}, np.where(case > 0, np.nan, 0), "10 of 20 points are NaN"),
        ({"x": np.zeros(20)}, case * 2, "within 0 and 1"),
        ({"x": np.zeros(19)}, case, "one value a case"),
        ({"x": np.where(case > 0, np.inf, 0)}, case, "10 values are not finite"),
        ({"x": np.array(["a", None] * 10, dtype=object)}, case, "mixes or lacks values"),
    ):
        with pytest.raises(ValueError, match=message):
            discover(points, cases)


def test_ten_thousand_points_take_moments():
    """Sorted once: a step costs no more than the points still in the box."""
    points = uniform(10_000, factors=8)
    case = np.random.default_rng(2).random(10_000) < np.where(in_the_box(points), 0.9, 0.1)
    begin = time.process_time()
    discover(points, case, resamples=0)
    assert time.process_time() - begin < 5
