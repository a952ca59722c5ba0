"""Whoever has run no study learns what those that ship found, as the documents record it."""

import re

import pytest

from agents.compiled import ROOT
from dashboard.studies.recorded import recorded_tables
from dashboard.studies.shipped import shipped
from experiments.language import LANGUAGES
from experiments.study.files import study_names

PAGES = {"en": "studies.md", "zh": "studies.zh.md"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_study_that_ships_is_told_as_the_page_on_studies_tells_it(language):
    page = (ROOT / "docs" / PAGES[language]).read_text(encoding="utf-8")
    told = shipped(language)
    assert {each["name"] for each in told} == set(study_names())
    for each in told:
        section = page.split(f"## {each['title']}\n")[1].partition("\n## ")[0]
        assert each["question"] in section
        assert each["found"]
        for sentence in each["found"]:
            assert f"- {sentence}\n" in section + "\n"
        runs = re.findall(r"[\d,]+", each["how"])[-1]
        assert runs in section
        assert each["command"] == f"swcmarket study {each['name']} --out results/{each['name']}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_behind_it_are_those_of_the_page(language):
    tables = {each["name"]: each["tables"] for each in shipped(language)}
    (indices,) = tables["price-drivers"]
    assert len(indices["rows"]) == 9
    assert indices["rows"][0][1] == {"text": "0.41 [0.27, 0.55]", "bold": True}
    (box,) = tables["crowding-out"]
    assert "≥ 0.0778" in box["rows"][0][0]["text"]
    assert "48%" in box["intro"]
    # The table of choices has no words before it; those of the table of factors are not its own.
    assert tables["robust-levers"][0]["intro"] == ""
    for table in [table for found in tables.values() for table in found]:
        assert table["rows"]
        assert all(len(row) == len(table["heads"]) for row in table["rows"])
        assert "*" not in str(table)


def test_a_study_that_the_page_does_not_know_has_no_numbers():
    assert recorded_tables("My own study", "en") == []
