"""Designs: which points, which runs, which seeds."""

import numpy as np
import pytest

from experiments.study.points import design_points, seed_of, tasks_of
from tests.unit.experiments.study.made import KEYS, study

RANGES = [{"key": key, "low": 0.0 if key == KEYS[2] else 0.5, "high": 1.5} for key in KEYS]


def test_a_grid_is_every_combination(tmp_path):
    levels = design_points(study(tmp_path)).levels
    assert len(levels) == 6
    assert len({tuple(level.values()) for level in levels}) == 6


@pytest.mark.parametrize(("design", "count"), [
    ({"kind": "latin_hypercube", "points": 50}, 50),
    ({"kind": "sobol", "points": 16}, 16 * 5),
    ({"kind": "sobol", "points": 16, "second_order": True}, 16 * 8),
    ({"kind": "morris", "points": 10}, 10 * 4),
])
def test_designs_have_as_many_points_as_they_need_and_are_repeated_exactly(
    tmp_path, design, count
):
    found = study(tmp_path, design=design, factors=RANGES)
    points = design_points(found)
    assert len(points.levels) == count
    assert points.unit.shape == (count, 3)
    assert found.study.point_count == count
    again = design_points(found)
    assert again.levels == points.levels
    other = study(tmp_path, design={**design, "seed": 2}, factors=RANGES)
    assert design_points(other).levels != points.levels


def test_a_latin_hypercube_has_one_point_in_each_slice(tmp_path):
    points = design_points(study(
        tmp_path, design={"kind": "latin_hypercube", "points": 40}, factors=RANGES
    ))
    for column in points.unit.T:
        assert sorted((column * 40).astype(int)) == list(range(40))


def test_a_crossed_design_gives_every_option_the_same_futures(tmp_path):
    """So that options are compared in the same worlds."""
    factors = [
        {"key": "compliance.offset_limit", "values": [0.05, 0.1]},
        {"key": "compliance.eligible", "values": [True, False]}, RANGES[0],
    ]
    points_study = study(
        tmp_path, design={"kind": "crossed", "points": 7}, factors=factors,
        criteria=[{"outcome": "volume_t", "better": "high"}],
    )
    points = design_points(points_study)
    assert points.options == 4
    assert points_study.study.point_count == 28
    assert len(points.levels) == 28
    rows = np.array([level[KEYS[0]] for level in points.levels]).reshape(7, 4)
    assert (rows == rows[:, :1]).all()
    assert len(set(rows[:, 0])) == 7
    options = [tuple(list(level.values())[:2]) for level in points.levels]
    assert options[:4] == options[4:8]
    assert len(set(options)) == 4


def test_points_share_their_luck_unless_they_shall_not(tmp_path):
    common = study(tmp_path).study
    assert seed_of(common, 1, 0) == seed_of(common, 1, 5)
    assert seed_of(common, 0, 0) != seed_of(common, 1, 0)
    apart = study(tmp_path, independent=True).study
    assert len({seed_of(apart, replicate, point) for replicate in (0, 1) for point in range(6)}) \
        == 12


def test_more_replicates_add_runs_and_change_none(tmp_path):
    """A study may be made longer after it was run."""
    levels = dict(enumerate(design_points(study(tmp_path)).levels))
    few = list(tasks_of(study(tmp_path, replicates=2).study, levels, 6, range(12)))
    many = list(tasks_of(study(tmp_path, replicates=5).study, levels, 6, range(30)))
    assert many[:12] == few
    assert [task.replicate for task in few] == [0] * 6 + [1] * 6
    assert [task.point for task in few] == [0, 1, 2, 3, 4, 5] * 2
