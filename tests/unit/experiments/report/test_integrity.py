"""The figure on integrity: panels from the numbers, words by their signs, in both languages."""

import itertools

import pytest

from experiments.integrity import AUDITS
from experiments.language import LANGUAGES
from experiments.report.integrity import (
    PATH_COLOURS,
    integrity_caption,
    integrity_figure,
    integrity_table,
    integrity_words,
)
from experiments.report.looks import for_the_page
from experiments.report.reading import Reading


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figure_has_four_panels_that_say_what_they_show(reading, language):
    """Lines by year, bars with the net effect, and two sweeps; each told in words too."""
    figure = integrity_figure(reading, for_the_page(language))
    assert [len(panel.told) > 20 for panel in figure.panels] == [True] * 4
    lines = figure.panels[0].chart["layer"][0]["data"]["values"]
    case = reading.answer.integrity
    assert len(lines) == len(PATH_COLOURS) * len(case.years)
    costs = figure.panels[2].chart["layer"][0]["data"]["values"]
    assert len(costs) == 2 * len(AUDITS)
    last = [row for row in costs if row["at"] == 100.0]
    found = {row["mean"] for row in last}
    assert found == {
        case.at("price_yuan_per_t", len(AUDITS) - 1).mean,
        case.at("cost_yuan_per_real_t", len(AUDITS) - 1).mean,
    }


def test_names_at_the_ends_of_lines_do_not_overlap(reading):
    """Lines that end together have their names above each other."""
    figure = integrity_figure(reading, for_the_page("en"))
    for panel in (figure.panels[0], figure.panels[2], figure.panels[3]):
        names = panel.chart["layer"][-1]["data"]["values"]
        heights = sorted(row["height"] for row in names)
        top = max(
            row["mean"] for layer in panel.chart["layer"][:-1]
            for row in layer.get("data", {}).get("values", []) if "mean" in row
        )
        gaps = [high - low for low, high in itertools.pairwise(heights)]
        assert all(gap > 0.04 * top for gap in gaps)


def _with_costs(reading, without, every):
    """A reading in which a real tonne costs this without audits and with all."""
    case = reading.answer.integrity
    swept = dict(case.swept)
    rows = [list(row) for row in swept["cost_yuan_per_real_t"]]
    rows[0], rows[-1] = without, every
    swept["cost_yuan_per_real_t"] = rows
    return Reading(reading.answer._replace(integrity=case._replace(swept=swept)))


@pytest.mark.parametrize(("without", "every", "words"), [
    ([30.0, 31.0, 32.0], [20.0, 21.0, 22.5], ("make a real tonne cheaper", "更便宜")),
    ([20.0, 21.0, 22.5], [30.0, 31.0, 32.0], ("make a real tonne dearer", "更贵")),
    ([20.0, 31.0, 22.0], [30.0, 20.0, 23.0], ("does not depend on audits", "无法区分")),
])
def test_words_follow_the_paired_difference(reading, without, every, words):
    """Cheaper and dearer only where the interval excludes zero."""
    made = _with_costs(reading, without, every)
    for language, word in zip(LANGUAGES, words, strict=True):
        assert word in integrity_words(made, language)[1]


def test_the_table_has_every_outcome_and_the_caption_its_numbers(reading):
    """A row an outcome, a cell an audit probability."""
    heads, rows = integrity_table(reading)
    assert len(heads) == 1 + len(AUDITS)
    assert len(rows) == len(reading.answer.integrity.swept)
    assert all(len(row) == len(heads) for row in rows)
    for language in LANGUAGES:
        caption = integrity_caption(reading, language)
        assert "2027-01" in caption
        assert "20" in caption
