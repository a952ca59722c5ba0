"""Stores that are not as one would wish: the report is written, and says so."""

import json
import re
import xml.etree.ElementTree as ElementTree

import pytest

from experiments.cli import main
from experiments.report.painting import painted_files
from experiments.study.findings import findings_of
from experiments.study.identity import open_store
from experiments.study.pools import Here
from experiments.study.reading import read_store
from experiments.study.session import run_study
from experiments.study_report.page import plans
from experiments.study_report.texts import TEXTS
from tests.unit.experiments.report.made import embedded
from tests.unit.experiments.study.made import sometimes_wrong, study
from tests.unit.experiments.study_report import made as making
from tests.unit.experiments.study_report.made import HOSTILE, Made, findings

pytestmark = pytest.mark.usefixtures("undrawn")


def lead(text):
    start = text.index('<p class="lead">')
    return re.sub(r"<[^>]+>", "", text[start:text.index("</p>", start)])


def test_runs_that_failed_are_counted_and_listed(tmp_path):
    text = Made(findings("grid", tmp_path, sometimes_wrong), tmp_path).text
    account = text[text.index('<section id="account">'):]
    assert "no demand of one" in account
    assert "ZeroDivisionError" in account
    assert '<dd><data value="12">12</data></dd>' in account
    assert "12 runs failed" in account


def test_a_study_that_is_not_complete_says_so(tmp_path):
    table = {**making.DESIGNS["grid"], "outcomes": ["volume_t"]}
    store, _ = run_study(study(tmp_path, **table), tmp_path / "store", Here(),
                         measure=making.responding, shard=(1, 3))
    found = findings_of(read_store(store), resamples=100)
    missing = found.reading.expected - int(found.reading.ended.sum())
    text = Made(found, tmp_path).text
    assert missing > 0
    assert f"{missing} runs are missing" in text
    assert f"还缺{missing}次运行" in text


@pytest.mark.parametrize("kind", list(making.DESIGNS))
@pytest.mark.parametrize("measure", [making.constant, making.never])
def test_nothing_that_varies_or_nothing_at_all_is_reported_too(kind, measure, tmp_path):
    text = Made(findings(kind, tmp_path, measure), tmp_path).text
    assert len(lead(text)) > 20
    if kind in ("sobol", "morris") and measure is making.constant:
        assert "no factor moves it" in lead(text)
        assert "没有因素影响它" in lead(text)


def test_luck_alone_is_called_luck(tmp_path):
    found = findings("sobol", tmp_path, making.noise, independent=True, outcomes=["volume_t"])
    assert found.sobol["volume_t"].status == "unclear"
    assert "nothing can be said" in lead(Made(found, tmp_path).text)


def test_without_a_box_none_is_drawn(tmp_path):
    found = findings("discovery", tmp_path, making.noise, independent=True, discovery={
        "outcome": "volume_t", "above": 0.5})
    made = Made(found, tmp_path)
    assert found.discovery.verdict == "nothing found"
    assert "No box was found" in lead(made.text)
    assert "cases" in embedded(made.text)["en"]


def test_too_few_points_for_a_discovery_are_said(tmp_path):
    found = findings("discovery", tmp_path, design={"kind": "latin_hypercube", "points": 12})
    text = Made(found, tmp_path).text
    assert "too few points" in lead(text)
    assert "取样点太少" in lead(text)


def test_an_outcome_without_an_analysis_is_named_first(tmp_path):
    """Price is asked for first, and has no value in too many runs."""
    found = findings("sobol", tmp_path, factors=[
        {**making.RANGES[0], "low": 0.01}, *making.RANGES[1:]])
    assert "price_yuan_per_t" in found.silent
    text = Made(found, tmp_path).text
    assert lead(text).startswith("Without an answer: Price")
    assert "程序原文" in text[text.index('<section id="account">'):]


def test_words_of_an_author_stay_words(tmp_path):
    """Markup in a title, an option or a label is shown and never run."""
    found = findings("crossed", tmp_path, title=HOSTILE, title_zh=HOSTILE)
    text = Made(found, tmp_path).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text
    assert "script>alert" in json.dumps(embedded(text))


def test_figures_become_files_in_both_languages(tmp_path):
    made = Made(findings("line", tmp_path), tmp_path)
    files = dict(painted_files(plans(made.sections), chinese_png=False))
    names = [section.name for section in made.sections if section.draw]
    assert set(files) == {
        f"{name}.{ending}" for name in names for ending in ("en.svg", "en.png", "zh.svg")
    }
    for name, content in files.items():
        if name.endswith("svg"):
            assert ElementTree.fromstring(content).tag.endswith("svg")


def test_every_text_is_in_both_languages_and_fills_the_same_gaps():
    for key, (english, chinese) in TEXTS.items():
        assert english, key
        assert chinese, key
        gaps = [set(re.findall(r"{(\w+)}", text)) for text in (english, chinese)]
        assert gaps[0] == gaps[1], key


def test_the_command_takes_the_place_of_its_own_report_alone(tmp_path, capsys):
    found = findings("line", tmp_path)
    store = tmp_path / "store"
    before = {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}
    main(["report", str(store), "--workers", "1", "--language", "zh"])
    assert "报告" in capsys.readouterr().out
    assert (store / "report" / "index.html").is_file()
    main(["report", str(store), "--workers", "1"])
    assert {path: path.read_bytes() for path in before} == before
    assert len(open_store(store).runs()) == int(found.reading.ended.sum())
    kept = tmp_path / "mine"
    kept.mkdir()
    (kept / "letter.txt").write_text("mine")
    with pytest.raises(SystemExit):
        main(["report", str(store), "--out", str(kept), "--workers", "1"])
    assert [path.name for path in kept.iterdir()] == ["letter.txt"]
    # Another study's report is not this one's to replace.
    other = tmp_path / "other"
    other.mkdir()
    findings("line", other, replicates=2, set={"months": 18})
    with pytest.raises(SystemExit):
        main(["report", str(other / "store"), "--out", str(store / "report"), "--workers", "1"])
