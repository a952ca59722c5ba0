"""Whoever has run no study learns what those that ship found, as the documents record it."""

import re

import pytest

from agents.compiled import ROOT
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
