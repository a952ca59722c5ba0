"""Runs that the page on the shipped studies rests on come out as they did.

Where the model has moved, `python -m experiments.studies_page` writes page and figures anew.
"""

import json

import pytest

from experiments.studies_page import DOCS, FIGURES
from experiments.studies_remarks import QUESTIONS, REMARKS
from experiments.study.files import load_study, study_names
from experiments.study.jobs import measured, scenario_of

KEPT = json.loads(FIGURES.read_text(encoding="utf-8"))


def test_every_study_that_ships_is_on_the_page():
    """With its question, and its title in both languages."""
    assert set(KEPT) == set(QUESTIONS) == set(REMARKS) == set(study_names())
    for page, place in (("studies.md", 0), ("studies.zh.md", 1)):
        text = (DOCS / page).read_text(encoding="utf-8")
        for name in study_names():
            study = load_study(name).study
            assert f"## {(study.title, study.title_zh)[place]}" in text
            assert QUESTIONS[name][place] in text
            for remark in REMARKS[name]:
                assert (remark.english, remark.chinese)[place] in text


@pytest.mark.parametrize("name", study_names())
def test_runs_of_the_page_come_out_again(name):
    """Three runs of each, from the study file as it is now."""
    found = load_study(name)
    for row in KEPT[name]:
        scenario = scenario_of(found.base, found.study.factors, row["levels"])
        outcomes = measured(scenario, row["seed"]).outcomes
        for outcome, value in row["outcomes"].items():
            expected = None if value is None else pytest.approx(value, rel=1e-9)
            assert outcomes[outcome] == expected, (row["run"], outcome)
