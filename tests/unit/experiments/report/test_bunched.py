"""Bunching in the report: words by numbers, months counted from the deadline, the record beside."""

import re

import numpy as np
import pytest

from experiments.answer import KIND_RULES
from experiments.language import LANGUAGES
from experiments.report.bunched import (
    _month,
    bunched_figure,
    bunched_table,
    bunched_words,
    pace_like_record,
)
from experiments.report.looks import for_the_page
from experiments.report.reading import Reading


def test_months_are_counted_back_from_the_deadline():
    assert [_month(12, before) for before in (0, 1, 11)] == [12, 11, 1]
    assert [_month(6, before) for before in (0, 5, 6, 11)] == [6, 1, 12, 7]


def test_the_pace_that_the_record_asks_for_gives_its_ratio():
    """Four times as much in November as in the mean of August to October."""
    def wanted(pace):
        done = [(month / 12) ** pace for month in (7, 10, 11)]
        return (done[2] - done[1]) / ((done[1] - done[0]) / 3)

    assert pace_like_record(wanted(2.0)) == pytest.approx(2.0)
    assert wanted(pace_like_record(4.0)) == pytest.approx(4.0, abs=0.1)


def told(reading, language="en"):
    words = re.sub(r"<[^>]+>", "", " ".join(bunched_words(reading, language)))
    return words.replace("\u00a0", " ")


def test_words_are_the_shares_of_the_cases(reading):
    """Two places where firms decide, and the whole room, where supply does."""
    late = np.array([[0.5] * 9 + [2.5] * 3] * 3)
    paces = [
        case._replace(profiles=late if case.pace != 1.0 and not case.whole else np.ones((3, 12)))
        for case in reading.answer.paces
    ]
    changed = Reading(reading.answer._replace(paces=paces))
    words = told(changed)
    assert "62 % of a year's purchases fall into the last 3 months with the default pace" in words
    assert "and 25 % with an even one; firms want 44 % and 25 %" in words
    assert "With the whole room, under bilateral agreement, it is 25 % and 25 %" in words
    assert "No agreement is smaller than 1,000 t" in words
    # November against August to October, of which two months are early.
    assert "it is 2.1 times with the default pace" in words
    assert "more than 4 times the daily volume" in words
    assert "占" not in words
    assert "62%" in told(changed, "zh").replace(" ", "")


def test_every_place_has_its_panel_and_the_record_comes_last(reading):
    for language, unit in zip(LANGUAGES, ("Mt a day", "百万吨/日"), strict=True):
        panels = bunched_figure(reading, for_the_page(language)).panels
        assert len(panels) == len(reading.answer.paces) / 2 + 1
        assert unit in panels[-1].title
        for text in ("2021-07", "0.54", "2021-11", "1.00"):
            assert text in panels[-1].told
        assert len({panel.title for panel in panels}) == len(panels)


def test_the_table_ends_with_the_last_three_months(reading):
    heads, rows = bunched_table(reading)
    assert [row[0] for row in rows[:12]] == [str(before) for before in range(11, -1, -1)]
    assert len(heads) == len(rows[0]) == 1 + len(reading.answer.paces)
    assert all("%" in cell or cell.startswith("–") for cell in rows[-1][1:])
    assert {case.mechanism for case in reading.answer.paces} == set(KIND_RULES)
