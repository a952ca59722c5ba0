"""Figures: one language each, understood by Vega-Lite, theory only where it is given."""

import json
import re

import numpy as np
import pytest
import vl_convert

from experiments.language import LANGUAGES
from experiments.report import painting
from experiments.report.drawing import figures_for_the_page
from experiments.report.maps import stretched
from experiments.report.painting import specifications
from experiments.report.rooms import spread
from tests.unit.experiments.report.made import LINE, embedded


def test_figures_speak_one_language_each(text):
    figures = embedded(text)
    chinese = re.compile("[\u4e00-\u9fff]")
    for name, panels in figures["en"].items():
        for english, other in zip(panels, figures["zh"][name], strict=True):
            english, other = ({**spec, "config": None} for spec in (english, other))
            theory = json.dumps(english, ensure_ascii=False)
            assert not chinese.search(theory)
            assert chinese.search(json.dumps(other, ensure_ascii=False))


def test_vega_lite_understands_every_figure(reading, capfd):
    """Each compiles without a warning."""
    for language in LANGUAGES:
        drawn = figures_for_the_page(reading, language, [LINE])
        for panels in specifications(drawn, language).values():
            for panel in panels:
                vl_convert.vegalite_to_vega(
                    panel, vl_version=painting.VEGA_LITE, show_warnings=True
                )
    assert "WARN" not in "".join(capfd.readouterr())


def test_theory_is_drawn_only_where_it_is_given(reading, text):
    assert "demand meets supply" in json.dumps(embedded(text)["en"]["map"])
    plain = specifications(figures_for_the_page(reading, "en"), "en")
    assert not re.search(r'"type": "line"', json.dumps(plain["map"]))
    other = LINE._replace(mechanism="bilateral")
    drawn = specifications(figures_for_the_page(reading, "en", [other]), "en")["map"]
    # Theory has the first panel, and lines of one rule alone are not for it.
    assert [
        '"line"' in json.dumps(panel) for panel in drawn
    ] == [False, False, True, False] * 2


def test_labels_stand_apart_and_near_their_lines():
    placed = spread([1.0, 1.1, 5.0], gap=1.0)
    assert placed[1] - placed[0] >= 1.0 - 1e-9
    assert placed[2] == 5.0
    assert np.mean(placed[:2]) == pytest.approx(1.05)


def test_cells_of_the_map_are_of_one_size():
    """A line bends with them, and the last cell reaches half a step beyond its value."""
    places = stretched([0.0, 0.5, 1.0, 2.0, 4.0], np.array([0.0, 1.0, 3.0]))
    np.testing.assert_allclose(places, [0.0, 0.5, 1.0, 1.5, 2.5])
    np.testing.assert_allclose(stretched([2.0], np.array([2.0])), [0.0])
