"""Shares and yearly rates are told in per cent where a study shows them, and kept as they are."""

import numpy as np
import pytest

from dashboard.studies.drawing import Canvas, factor_axis, places
from dashboard.studies.finding import place_of
from dashboard.studies.kept import Analysis
from dashboard.studies.options import lever_drawings
from dashboard.studies.plane import map_drawing
from dashboard.studies.runs import RunsWish, runs_page
from experiments.analysis.discovered import Limits
from experiments.study.pools import Here
from experiments.study.session import run_study
from experiments.study_report.discovery import limits_text
from experiments.study_report.parts import as_csv
from experiments.study_report.sampled import spread_sections
from tests.unit.experiments.study import made
from tests.unit.experiments.study.made import KEYS, study

LIMIT, GROWTH = "compliance.offset_limit", "expectations.price_growth_per_year"
FACTORS = [
    {"key": LIMIT, "role": "lever", "low": 0.02, "high": 0.2},
    {"key": GROWTH, "role": "lever", "low": -0.05, "high": 0.1},
    {"key": "compliance.discount_ratio", "role": "lever", "low": 0.1, "high": 1.0},
    {"key": "compliance.rivals_open", "role": "lever", "values": [True, False]},
    {"key": KEYS[0], "role": "lever", "low": 0.5, "high": 2.0},
]


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    """A search over a share, a rate, tonnes and a switch."""
    root = tmp_path_factory.mktemp("results")
    asked = study(
        root, name="shares", outcomes=["volume_t"], set={"months": 1}, factors=FACTORS,
        replicates=1, design={"kind": "search", "points": 8, "generations": 2},
        criteria=[{"outcome": "volume_t", "better": "high"}])
    run_study(asked, root / "shares", Here(), measure=made.scaled)
    return Analysis(place_of("shares", [root]))


def test_a_value_is_told_with_its_per_cent(analysis):
    subject = analysis.subject
    assert subject.with_level(LIMIT, 0.0685, "zh") == "6.85%"
    assert subject.with_level(LIMIT, 0.0685, "en") == "6.85\u00a0%"
    assert subject.with_level(GROWTH, -0.05, "zh") == "−5%/年"
    assert subject.with_level("compliance.discount_ratio", 0.567, "zh") == "0.567吨"
    assert subject.level("compliance.rivals_open", True, "zh") == "是"
    # What only multiplies is no share.
    assert subject.with_level(KEYS[0], 0.5, "en") == "0.5"


def test_axes_points_and_titles_agree(analysis):
    subject, canvas = analysis.subject, Canvas("zh", False)
    shown = factor_axis(subject, LIMIT, canvas).axes[0]
    assert shown["name"] == "抵销比例上限，%"
    assert shown["min"] < 2 < 20 < shown["max"]
    column = np.array(subject.column(LIMIT), dtype=float)
    assert places(subject, LIMIT, column) == pytest.approx(100 * column)
    drawn = next(each for each in lever_drawings(subject, canvas) if each.name == f"lever-{LIMIT}")
    assert all(2 <= mark["value"][1] <= 20 for mark in drawn.option["series"][0]["data"])
    plane = map_drawing(subject, LIMIT, GROWTH, "volume_t", canvas)
    assert plane.option["xAxis"]["name"] == "抵销比例上限，%"
    assert plane.option["xAxis"]["data"][0].startswith("2–")


def test_a_box_and_the_table_of_runs_are_in_per_cent_too(analysis):
    subject = analysis.subject
    assert limits_text(subject, Limits(LIMIT, None, 0.0778, None), "zh") == "抵销比例上限 ≤ 7.78%"
    page = runs_page(analysis, ("volume_t",), RunsWish(), "zh")
    at = [column["key"] for column in page["columns"]].index(LIMIT)
    assert page["columns"][at]["label"] == "抵销比例上限，%"
    assert all(2 <= float(row["cells"][at]) <= 20 for row in page["rows"])


def test_files_keep_the_numbers_of_the_model(analysis):
    points = spread_sections(analysis.subject)[0].tables[2]
    head, first, *_ = as_csv(points).splitlines()
    assert head.split(",")[1] == LIMIT
    assert 0.02 <= float(first.split(",")[1]) <= 0.2
