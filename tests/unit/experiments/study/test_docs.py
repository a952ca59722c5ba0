"""The page on studies shows a file that runs."""

import re
import tomllib

import pytest

from agents.compiled import ROOT
from experiments.study.factors import Factor
from experiments.study.files import study_from


@pytest.mark.parametrize("page", ["experiments.md", "experiments.zh.md"])
def test_the_study_file_of_the_page_can_be_run(page, tmp_path):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    table = tomllib.loads(re.search(r"```toml\n(.*?)```", text, re.S).group(1))
    found = study_from(table, tmp_path, page)
    assert found.base.market.mechanism == "call_auction"
    assert len(found.study.factors) == 4


@pytest.mark.parametrize("page", ["experiments.md", "experiments.zh.md"])
def test_the_questions_of_the_page_can_be_asked(page, tmp_path):
    """Of a crossed design with the factors that the page shows."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    first, second = (tomllib.loads(found) for found in re.findall(r"```toml\n(.*?)```", text, re.S))
    table = {**first, **second, "design": {"kind": "crossed", "points": 4}}
    # Levers of a crossed design have values.
    for factor in table["factors"][1:3]:
        factor["role"] = "uncertainty"
    found = study_from(table, tmp_path, page)
    assert found.study.discovery.option == "strict"
    assert found.study.criteria[0].better == "high"


@pytest.mark.parametrize("page", ["experiments.md", "experiments.zh.md"])
def test_every_design_is_on_the_page(page):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for kind in ("grid", "list", "latin_hypercube", "sobol", "morris", "crossed", "search"):
        assert f"| `{kind}` |" in text
    for field in ("low", "high", "scale", "values", "options", "steps", "times", "role"):
        assert field in Factor.model_fields
        assert field in text
