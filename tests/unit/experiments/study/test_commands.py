"""Commands of studies: what people type, what they are told, in both languages."""

import io
import json

import pandas
import pytest
from rich.console import Console

from experiments.study.findings import findings_of
from experiments.study.pools import Here
from experiments.study.reading import read_store
from experiments.study.session import run_study
from experiments.study.tables import findings_shown
from tests.unit.experiments.study import made
from tests.unit.experiments.study.made import study
from tests.unit.experiments.study.test_findings import CROSSED, INERT, INPUTS, contrasted, traded
from tests.unit.experiments.test_cli import refused, told

FILE = """
title = "Demand"
title_zh = "需求"
scenario = "tiny"
replicates = 2
[set]
months = 12
[[factors]]
key = "voluntary.demand_scale"
values = [0.5, 1.0, 2.0]
"""


@pytest.fixture
def study_file(tmp_path):
    """A study of six real runs."""
    path = tmp_path / "small.toml"
    path.write_text(FILE)
    return path


def test_a_study_is_run_gone_on_with_analysed_and_replayed(study_file, tmp_path, capsys):
    """The whole way, as a researcher goes it."""
    store = str(tmp_path / "store")
    words = ("study", str(study_file), "--out", store, "--workers", "1")
    status, out, err = told(capsys, *words, "--json")
    first = json.loads(out)
    assert (status, first["done"], first["kept"], first["failures"]) == (0, 6, 6, 0)
    assert 0.0 <= first["overhead_share"] < 1.0
    _, out, err = told(capsys, *words)
    assert "Nothing was missing" in out
    assert "6 of 6 runs are there already" in err
    _, out, _ = told(capsys, "analyse", store, "--json", "--outcome", "deals")
    assert list(json.loads(out)["paired"]) == ["deals"]
    status, out, _ = told(capsys, "replay", store, "5", "--json")
    found = json.loads(out)
    assert (status, found["reproduced"], found["point"], found["replicate"]) == (0, True, 2, 1)
    folder = tmp_path / "run"
    status, out, _ = told(capsys, "replay", store, "5", "--out", str(folder))
    assert "are the same to the last bit" in out
    outcomes = json.loads((folder / "summary.json").read_text())["outcomes"]
    assert outcomes["volume_t"] == found["recorded"]["volume_t"]


def test_a_dry_run_says_what_it_would_take_and_writes_nothing(study_file, tmp_path, capsys):
    store = tmp_path / "store"
    words = ("study", str(study_file), "--out", str(store), "--dry-run", "--workers", "2")
    _, out, _ = told(capsys, *words, "--json")
    guess = json.loads(out)
    assert (guess["points"], guess["replicates"], guess["runs"], guess["workers"]) == (3, 2, 6, 2)
    assert guess["seconds"] > 0
    _, out, _ = told(capsys, *words, "-l", "zh")
    assert "运行次数" in out
    assert not store.exists()


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_study_is_exported_as_one_table(tmp_path, capsys, kind):
    """Every run with its factors; what raised has its error and no numbers."""
    store, _ = run_study(
        study(tmp_path), tmp_path / "store", Here(), measure=made.sometimes_wrong
    )
    file = tmp_path / f"flat.{kind}"
    assert told(capsys, "export", str(tmp_path / "store"), str(file))[0] == 0
    table = pandas.read_csv(file) if kind == "csv" else pandas.read_parquet(file)
    assert table["run"].tolist() == list(range(12))
    for row in table.to_dict("records"):
        levels = store.levels()[row["point"]]
        assert {name: row[name] for name in levels} == levels
        wrong = levels["voluntary.demand_scale"] == 1.0
        assert (row["error"] == "ZeroDivisionError") == wrong
        assert (row["volume_t"] != row["volume_t"]) == wrong


@pytest.mark.parametrize(("words", "said"), [
    (("export", "{new}", "{new}.txt"), "ends in neither .csv nor .parquet"),
    (("study", "nowhere.toml"), "nowhere.toml: no such file"),
    (("study", "{file}", "--resume", "--out", "{new}"), "holds no study to go on with"),
    (("study", "{file}", "--shard", "3/2", "--out", "{new}"), "--shard 3/2"),
    (("study", "{file}", "--out", "{file}", "--workers", "1"), "cannot be written"),
    (("analyse", "{new}"), "is no store of a study"),
    (("analyse", "{new}", "--outcome", "deal"), "did you mean 'deals'"),
    (("replay", "{new}", "0"), "is no store of a study"),
])
def test_bad_words_are_one_line(study_file, tmp_path, capsys, words, said):
    names = {"file": study_file, "new": tmp_path / "new"}
    assert said in refused(capsys, *(word.format(**names) for word in words))


def test_a_replay_that_differs_has_a_status_of_its_own(tmp_path, capsys):
    """A script can tell."""
    store = tmp_path / "store"
    run_study(study(tmp_path), store, Here(), measure=made.scaled)
    status, out, _ = told(capsys, "replay", str(store), "1")
    assert status == 1
    assert "numbers are not those recorded" in out


def test_a_replay_of_a_failure_shows_the_error(tmp_path, capsys):
    """Numbers that grow beyond what can be counted: the same line as recorded."""
    changes = {
        "scenario": "tiny-eligible", "set": {"months": 2400}, "replicates": 1,
        "factors": [{"key": "firms.0.growth_per_year", "values": [0.0, 0.5]}],
    }
    _, account = run_study(study(tmp_path, **changes), tmp_path / "store", Here())
    assert (account.done, account.failed) == (1, 1)
    status, out, _ = told(capsys, "replay", str(tmp_path / "store"), "1")
    assert status == 0
    assert "It raised the same error" in out
    assert "Traceback" in out


STUDIES = {
    "sobol": (made.ishigami, {"design": {"kind": "sobol", "points": 64, "second_order": True},
                              "factors": [*INPUTS, INERT]}),
    "constant": (lambda *_: made.record(1.0), {"design": {"kind": "sobol", "points": 16},
                                               "factors": INPUTS}),
    "morris": (made.ishigami, {"design": {"kind": "morris", "points": 10}, "factors": INPUTS}),
    "grid": (made.scaled, {}),
    "discovery": (made.boxed, {"design": {"kind": "latin_hypercube", "points": 200},
                               "factors": INPUTS,
                               "discovery": {"outcome": "volume_t", "above": 0.5}}),
    "never": (made.boxed, {"design": {"kind": "latin_hypercube", "points": 30}, "factors": INPUTS,
                           "discovery": {"outcome": "volume_t", "above": 5.0}}),
    "few": (made.boxed, {"design": {"kind": "latin_hypercube", "points": 5}, "factors": INPUTS,
                         "discovery": {"outcome": "volume_t", "above": 0.5}}),
    "crossed": (contrasted, {**CROSSED, "criteria": [
        {"outcome": "volume_t", "better": "high", "threshold": 0.9}]}),
    "search": (traded, {"design": {"kind": "search", "points": 6, "generations": 3},
                        "factors": INPUTS[:2], "outcomes": ["volume_t", "deals"],
                        "criteria": [{"outcome": "volume_t", "better": "high"},
                                     {"outcome": "deals", "better": "low"}]}),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", STUDIES)
def test_everything_found_is_told_in_both_languages(tmp_path, kind, language):
    """No key without words, no gap unfilled, no English word in a Chinese verdict."""
    measure, changes = STUDIES[kind]
    found = study(tmp_path, **{"outcomes": ["volume_t"], **changes}, title="T", title_zh="题")
    store, _ = run_study(found, tmp_path / "store", Here(), measure=measure)
    console = Console(record=True, width=160, file=io.StringIO())
    for part in findings_shown(findings_of(read_store(store), resamples=50), language):
        console.print(part)
    text = console.export_text()
    assert "{" not in text
    assert ("题" in text) == (language == "zh")
    # Reasons of errors are English, as all errors are.
    text = "\n".join(line for line in text.splitlines() if "未作分析" not in line)
    for word in ("matters", "points", "Verdict", "Option", "cases"):
        assert language == "en" or word not in text, word
