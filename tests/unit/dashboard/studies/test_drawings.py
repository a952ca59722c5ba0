"""Charts of every design: ready for JSON, in both languages, with the numbers of the analysis."""

import json

import numpy as np
import pytest

from dashboard.studies.cases import box_rows, case_factors, cases_drawing, leading_factors
from dashboard.studies.drawing import Canvas, clean
from dashboard.studies.effects import effect_verdicts, sobol_drawings
from dashboard.studies.finding import place_of
from dashboard.studies.findings_view import DRAWN
from dashboard.studies.kept import Analysis
from dashboard.studies.plane import CASES, cells_of, map_drawing, map_factors, map_outcomes
from tests.unit.dashboard.studies.stores import DESIGNS, KEYS, store_of


@pytest.fixture(scope="module")
def analyses(tmp_path_factory):
    """A store of every kind, analysed."""
    root = tmp_path_factory.mktemp("results")
    for kind in DESIGNS:
        store_of(root, kind)
    return {kind: Analysis(place_of(kind, [root])) for kind in DESIGNS}


EXPECTED = {
    "grid": {"heat", "points", "spreads"}, "line": {"line", "points", "spreads"},
    "sobol": {"sobol", "spreads"}, "morris": {"morris", "spreads"},
    "boxes": {"peeling", "spreads"}, "crossed": {"options", "regret", "satisficing", "spreads"},
    "search": {"front", "levers", "progress", "spreads"}, "failing": {"heat", "points", "spreads"},
}


@pytest.mark.parametrize("kind", DESIGNS)
def test_every_design_is_drawn_in_both_languages_and_themes(analyses, kind):
    analysis = analyses[kind]
    shown = {section.name for section in analysis.sections} & set(DRAWN)
    assert shown == EXPECTED[kind]
    for name in shown:
        for canvas in (Canvas("en", False), Canvas("zh", True)):
            for drawing in DRAWN[name](analysis.subject, canvas):
                # A browser knows neither NaN nor infinity.
                json.dumps(drawing.option, allow_nan=False)
                assert drawing.title
                assert drawing.note


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_left_out_of_charts(value):
    assert clean(value) is None


def test_sobol_bars_are_the_indices_largest_first(analyses):
    subject = analyses["sobol"].subject
    series = {each["id"]: each for each in sobol_drawings(subject, Canvas("en", False))[0].option[
        "series"]}
    totals = [each["value"] for each in series["total"]["data"]]
    indices = subject.found.sobol["volume_t"]
    assert totals == pytest.approx(sorted(indices.total.tolist(), reverse=True), rel=1e-3)
    assert len(series["intervals"]["data"]) == 2 * len(totals)


def test_a_verdict_for_each_factor_in_plain_words(analyses):
    told = effect_verdicts(analyses["sobol"].subject, "en")
    assert len(told) == 3
    assert all("Matters for" in sentences[0] for _, sentences in told)
    assert effect_verdicts(analyses["grid"].subject, "en") == []


def test_the_box_is_drawn_over_the_two_factors_that_it_restricts(analyses):
    """The function is 1 where the first is high and the second low; the third does nothing."""
    subject = analyses["boxes"].subject
    one, other = leading_factors(subject)
    assert {one, other} == set(KEYS[:2])
    drawing = cases_drawing(subject, KEYS[0], KEYS[1], Canvas("en", False))
    series = {each["id"]: each for each in drawing.option["series"]}
    corner, opposite = series["cases"]["markArea"]["data"][0]
    asked = {each.limits.factor: each.limits
             for each in subject.found.discovery.boxes[0].restrictions}
    assert corner["xAxis"] == pytest.approx(asked[KEYS[0]].low, rel=1e-3)
    assert opposite["yAxis"] == pytest.approx(asked[KEYS[1]].high, rel=1e-3)
    # Where the box asks nothing it goes to the end.
    assert (opposite["xAxis"], corner["yAxis"]) == (1.0, 0.0)
    assert len(series["cases"]["data"]) == int((subject.found.cases.case >= 0.5).sum())
    rows = box_rows(subject, "zh")
    assert {limits["factor"] for limits in rows[0]["limits"]} == {
        subject.factor(name, "zh") for name in KEYS[:2]}


def test_a_box_says_nothing_over_factors_that_it_leaves_free(analyses):
    subject = analyses["boxes"].subject
    free = [name for name in case_factors(subject) if name not in KEYS[:2]]
    drawing = cases_drawing(subject, free[0], free[1], Canvas("en", False))
    assert drawing.option["series"][1]["markArea"]["data"] == []
    assert cases_drawing(subject, "no.such", KEYS[0], Canvas("en", False)) is None


def test_a_field_of_the_map_is_the_mean_of_its_points():
    cells = cells_of(np.array([0, 0, 1]), np.array([0, 0, 1]), np.array([1.0, 3.0, np.nan]))
    assert [tuple(cell) for cell in cells] == [(0, 0, 2.0, 2), (1, 1, None, 1)]


def test_the_map_of_a_grid_has_a_field_for_each_point(analyses):
    subject = analyses["grid"].subject
    one, other = map_factors(subject)
    ramps = [map_drawing(subject, one, other, "volume_t", Canvas("en", dark)) for dark in
             (False, True)]
    # On white paper what is high is dark, on dark paper it is bright, and the note says so.
    shades = [[int(shade[1:3], 16) for shade in each.option["visualMap"]["inRange"]["color"]]
              for each in ramps]
    assert shades[0][0] > shades[0][-1]
    assert shades[1][0] < shades[1][-1]
    assert ["Darker" in each.note for each in ramps] == [True, False]
    drawing = map_drawing(subject, one, other, "volume_t", Canvas("en", False))
    cells = drawing.option["series"][0]["data"]
    assert [len({cell["value"][at] for cell in cells}) for at in (0, 1)] == [3, 2]
    means = sorted(subject.means["volume_t"].tolist())
    assert sorted(cell["value"][2] for cell in cells) == pytest.approx(means, rel=1e-3)


@pytest.mark.parametrize("kind", ["boxes", "sobol", "morris", "crossed", "search"])
def test_every_pair_of_factors_and_outcome_makes_a_map(analyses, kind):
    subject = analyses[kind].subject
    names = map_factors(subject)
    for outcome, label in map_outcomes(subject, "zh"):
        drawing = map_drawing(subject, names[0], names[1], outcome, Canvas("zh", False))
        json.dumps(drawing.option, allow_nan=False)
        assert label
    assert (map_outcomes(subject, "en")[0][0] == CASES) == (kind == "boxes")


def test_what_a_study_file_says_stays_text(analyses):
    """A label is written by whoever made the store; it must not become part of the page."""
    drawing = cases_drawing(analyses["boxes"].subject, KEYS[0], KEYS[1], Canvas("en", False))
    assert "<b>much</b> & more" in drawing.title
    assert drawing.option["tooltip"]["formatter"] == "{b}"
