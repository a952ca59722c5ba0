"""The command line: one object as JSON, one clear line for bad input, nothing lost."""

import io
import json
import os
import subprocess
import sys
from importlib.metadata import version

import pytest
from rich.console import Console

from experiments.cli import main
from experiments.comparing import Comparison, Variant
from experiments.describing import notes
from experiments.language import say
from experiments.storing import claim_folder
from experiments.tables import comparison_table
from simulation import load, simulate
from simulation.errors import InputError
from simulation.outcomes import OUTCOMES
from tests.helpers import MECHANISMS, one_of


def told(capsys, *words):
    """Status, standard output and standard error of a command."""
    try:
        main(list(words))
        status = 0
    except SystemExit as stop:
        status = stop.code
    out, err = capsys.readouterr()
    return status, out, err


def refused(capsys, *words):
    """The one line with which a command was refused."""
    status, out, err = told(capsys, *words)
    assert status == 2
    assert out == ""
    assert "Traceback" not in err
    assert err.count("\n") == 1
    assert err.startswith("swcmarket: ")
    return err


def test_run_prints_one_json_object_and_nothing_else(capsys):
    status, out, err = told(capsys, "run", "ziyang", "--json")
    assert (status, err) == (0, "")
    told_outcomes = json.loads(out)["outcomes"]
    assert told_outcomes == simulate("ziyang").outcomes


def test_the_seed_case_comes_out_to_the_tonne_and_the_yuan(capsys):
    """Lot and price are inputs of the replay; growth, MRV, ledger and retirement are ours."""
    _, out, _ = told(capsys, "run", "ziyang", "--json")
    found = json.loads(out)["outcomes"]
    assert abs(found["issued_t"] - 193_000) <= 1_930
    assert 0.22 <= found["soil_share"] <= 0.55
    assert (found["volume_t"], found["price_yuan_per_t"]) == (70_000, 30.00)
    assert found["proceeds_yuan"] == 2_100_000.00
    assert (found["buyers"], found["deals"]) == (1, 1)
    assert found["retired_own_emissions_t"] == 70_000
    assert found["watershed_balance_yuan"] == 2_100_000.00


@pytest.mark.parametrize("language", ["en", "zh"])
def test_tables_speak_both_languages(capsys, language):
    status, out, _ = told(capsys, "run", "tiny", "--set", "months=24", "--language", language)
    assert status == 0
    assert ("签发量" in out) == (language == "zh")
    assert ("Issued" in out) == (language == "en")


def test_language_follows_the_environment(capsys, monkeypatch):
    monkeypatch.setenv("SWCMARKET_LANGUAGE", "zh")
    _, out, _ = told(capsys, "scenarios")
    assert "十个主体" in out
    monkeypatch.delenv("SWCMARKET_LANGUAGE")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    _, out, _ = told(capsys, "scenarios")
    assert "十个主体" in out


def test_scenarios_shows_value_unit_bounds_and_source(capsys):
    _, out, _ = told(capsys, "scenarios", "tiny-eligible", "--json")
    rows = {row["key"]: row for row in json.loads(out)["parameters"]}
    limit = rows["compliance.offset_limit"]
    assert (limit["value"], limit["low"], limit["high"]) == (0.05, 0, 1)
    assert limit["role"] == "lever"
    assert "5 %" in limit["source"]
    assert rows["projects.0.count"]["value"] == 2
    assert rows["events.0.effective"]["value"] == "2027-01"


def test_compare_pairs_replicates_by_seed(capsys):
    """Same seed, same luck: the differences are those of the runs, replicate by replicate."""
    status, out, _ = told(
        capsys, "compare", "tiny", "tiny-eligible", "--replicates", "3", "--json"
    )
    assert status == 0
    found = json.loads(out)
    assert [row["scenario"] for row in found["scenarios"]] == ["tiny", "tiny-eligible"]
    from experiments.seeds import replicate_seed

    expected = [
        simulate(load("tiny-eligible"), replicate_seed(1, replicate)).outcomes["volume_t"]
        - simulate(load("tiny"), replicate_seed(1, replicate)).outcomes["volume_t"]
        for replicate in range(3)
    ]
    difference = found["differences"][0]["outcomes"]["volume_t"]
    assert difference["mean"] == pytest.approx(sum(expected) / 3)
    assert difference["n"] == 3
    assert difference["low"] < difference["mean"] < difference["high"]


def test_a_price_that_does_not_exist_is_left_out_not_zero(capsys):
    _, out, _ = told(capsys, "compare", "tiny", "tiny-eligible", "--replicates", "2", "--json")
    none = json.loads(out)["scenarios"][0]["outcomes"]["compliance_price_yuan_per_t"]
    assert (none["mean"], none["n"]) == (None, 0)


def test_compare_crosses_mechanisms(capsys):
    _, out, _ = told(
        capsys, "compare", "tiny", "tiny-eligible", "--mechanisms", "listing,call_auction",
        "--replicates", "2", "--json",
    )
    pairs = [(row["scenario"], row["mechanism"]) for row in json.loads(out)["scenarios"]]
    assert len(set(pairs)) == 4


def test_all_stands_for_every_pricing_rule(capsys):
    _, out, _ = told(
        capsys, "compare", "tiny", "--set", "months=12", "--mechanisms", "all", "-n", "1", "--json"
    )
    assert [row["mechanism"] for row in json.loads(out)["scenarios"]] == list(MECHANISMS)


def test_demo_tells_the_story_answers_the_question_and_writes_a_report(capsys, tmp_path):
    """Once more into the same folder; a folder with other results is left alone."""
    out = tmp_path / "report"
    status, told_so, _ = told(capsys, "demo", "-n", "2", "--out", str(out), "--workers", "2")
    assert status == 0
    for figure in ("70,000", "30.00", "2,100,000.00", "ccer-eligible", "mixed", "any real market"):
        assert figure in told_so
    assert "<" not in told_so
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "swcmarket demo -n 2" in page
    (out / "identity.json").write_text('{"scenario": "tiny"}', encoding="utf-8")
    status, _, said = told(capsys, "demo", "-n", "2", "--out", str(out))
    assert (status, said.count("\n")) == (2, 1)
    assert "holds the results of something else" in said


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        (["run", "tinny"], "did you mean 'tiny'"),
        (["run", "nowhere.toml"], "no such file"),
        (["run", "tiny", "--set", "compliance.ofset_limit=0.1"], "unknown key"),
        (["run", "tiny", "--set", "compliance.offset_limit=1.4"], "is above 1"),
        (["run", "tiny", "--set", "compliance.offset_limit=much"], "is not a number"),
        (["run", "tiny", "--set", "compliance.offset_limit=nan"], "is not a finite number"),
        (["run", "tiny", "--set", "market.mechanism=barter"], one_of(MECHANISMS)),
        (["run", "tiny", "--set", "months"], "KEY=VALUE"),
        (["run", "tiny", "--set", "months=-3"], "is below 1"),
        (["run", "tiny", "--set", "projects.0.treatable_ha=-5"], "is below 0"),
        (["run", "tiny", "--set", "quote.smallest_lot_t=-5"], "is below 1"),
        (["run", "tiny", "--set", "projects.9.count=2"], "not in the list"),
        (["run", "tiny", "--set", "start=2024-13"], "not a month"),
        (["run", "tiny", "--seed", "-1"], "seed = -1"),
        (["run", "tiny", "--seed", "many"], "--seed"),
        (["run", "tiny", "--language", "fr"], "Give en or zh"),
        (["run"], "Missing argument 'scenario'"),
        (["walk", "tiny"], "walk"),
        (["run", "tiny", "--fast"], "--fast"),
        (["compare", "tiny"], "two scenarios"),
        (["compare", "tiny", "tiny-eligible", "--replicates", "0"], "--replicates"),
        (["compare", "tiny", "tiny", "--mechanisms", "barter"], "'barter' is unknown"),
        (["scenarios", "tinny"], "did you mean"),
    ],
)
def test_bad_input_gets_one_clear_line(capsys, words, tells):
    assert tells in refused(capsys, *words)


def test_files_that_cannot_be_used_get_one_clear_line(capsys, tmp_path):
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    assert "cannot be read" in refused(capsys, "run", str(folder))
    garbled = tmp_path / "garbled.toml"
    garbled.write_bytes(b"name = '\xff\xfe'")
    assert "UTF-8" in refused(capsys, "run", str(garbled))
    broken = tmp_path / "broken.toml"
    broken.write_text("name = = 3")
    assert "not valid TOML" in refused(capsys, "run", str(broken))
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('extends = "tiny"\n[compliance]\noffset_limit = 3.0\n')
    line = refused(capsys, "run", str(wrong))
    assert "wrong.toml: compliance.offset_limit = 3.0 is above 1. Give 1 or less." in line


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_file_without_permission_gets_one_clear_line(capsys, tmp_path):
    secret = tmp_path / "secret.toml"
    secret.write_text("name = 'secret'")
    secret.chmod(0)
    assert "cannot be read" in refused(capsys, "run", str(secret))


def test_a_folder_that_cannot_be_written_is_refused_before_the_run(capsys, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("kept")
    for place in (blocked, blocked / "below"):
        assert "cannot be written" in refused(capsys, "run", "tiny", "--out", str(place))
    assert blocked.read_text() == "kept"


def test_results_hold_all_that_makes_a_figure_again(capsys, tmp_path):
    words = ["run", "tiny-eligible", "--seed", "4", "--out", str(tmp_path / "kept"), "--json"]
    _, out, _ = told(capsys, *words)
    kept = tmp_path / "kept"
    scenario = json.loads((kept / "scenario.json").read_text(encoding="utf-8"))
    summary = json.loads((kept / "summary.json").read_text(encoding="utf-8"))
    assert summary == json.loads(out)
    assert scenario["events"][0]["set"] == {"compliance.eligible": True}
    tables = {path.stem for path in kept.glob("*.csv")}
    assert {"monthly", "deals", "blocks", "journal", "verifications"} <= tables
    assert not list(kept.glob(".*.part"))


def test_results_of_something_else_are_not_overwritten(capsys, tmp_path):
    kept = tmp_path / "kept"
    assert told(capsys, "run", "tiny", "--out", str(kept), "--json")[0] == 0
    before = {path.name: path.read_bytes() for path in kept.iterdir()}
    assert told(capsys, "run", "tiny", "--out", str(kept), "--json")[0] == 0
    line = refused(capsys, "run", "tiny", "--seed", "2", "--out", str(kept))
    assert "would be lost" in line
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == before


def test_two_processes_print_the_same_bytes():
    words = [sys.executable, "-m", "experiments.cli", "run", "tiny-eligible", "--json"]
    first = subprocess.run(words, check=True, capture_output=True)
    second = subprocess.run(
        words, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": "7"}
    )
    assert first.stdout == second.stdout
    assert json.loads(first.stdout)["seed"] == 1


def test_help_needs_no_heavy_imports():
    """The words of the command are told at once: Mesa, pandas and Numba stay unloaded."""
    code = (
        "import sys; from experiments.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print([n for n in ('mesa', 'pandas', 'numba') if n in sys.modules], file=sys.stderr)"
    )
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stderr.strip() == "[]"


def test_a_folder_with_other_files_is_left_alone(capsys, tmp_path):
    """What is called projects.csv there may be what somebody typed in."""
    mine = tmp_path / "projects.csv"
    mine.write_text("name,area_ha\n", encoding="utf-8")
    status, _, said = told(capsys, "run", "tiny", "--out", str(tmp_path))
    assert (status, said.count("\n")) == (2, 1)
    assert "not results of this program" in said
    assert mine.read_text(encoding="utf-8") == "name,area_ha\n"


def test_without_words_the_help_is_shown(capsys):
    """As people expect, over several lines."""
    status, said, _ = told(capsys)
    assert status == 0
    assert said.count("\n") > 5


def test_the_version_is_told(capsys):
    """In one line."""
    status, said, _ = told(capsys, "--version")
    assert (status, said) == (0, f"swcmarket {version('swcmarket')}\n")


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        (["compare", "tiny", "tiny"], "tiny stands twice"),
        (["compare", "tiny", "--mechanisms", "listing,lisitng"], "did you mean 'listing'"),
        (["rnu"], "Did you mean 'run'? See"),
        (["run", "tiny", "--set", "quota.provinces=Here"], 'as ["a", "b"]'),
    ],
)
def test_slips_of_the_pen_are_pointed_out(capsys, words, tells):
    """One line, status 2."""
    status, _, said = told(capsys, *words)
    assert (status, said.count("\n")) == (2, 1)
    assert tells in said


@pytest.mark.parametrize(("language", "tells"), [("en", "no firm is in"), ("zh", "没有企业")])
def test_a_province_without_firms_is_noted(capsys, language, tells):
    """It is allowed: the run goes on."""
    status, out, said = told(
        capsys, "run", "tiny", "--json", "--language", language,
        "--set", "projects.0.province=Fujan", "--set", "firms.0.province=Fujian",
    )
    assert status == 0
    assert json.loads(out)["outcomes"]["issued_t"] > 0
    assert tells in said
    assert "'Fujian'" in said


@pytest.mark.parametrize(("language", "verdict"), [("en", "holds"), ("zh", "成立")])
def test_claims_are_shown_with_their_verdicts(capsys, language, verdict):
    """One benchmark as a table; as JSON one object; an unknown one is a line."""
    status, out, _ = told(capsys, "claims", "B4", "--language", language)
    assert status == 0
    assert out.count("B4.auction.") >= 5
    assert verdict in out
    _, out, _ = told(capsys, "claims", "B4", "--json")
    assert {row["verdict"] for row in json.loads(out)["claims"]} >= {"holds"}
    assert "'B44' is unknown" in refused(capsys, "claims", "B44")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("changes", "tells"),
    [({"reserve.soft_ceiling_yuan_per_t": 40}, {"en": "nothing is ever offered", "zh": "一直为空"}),
     ({"reserve.soft_ceiling_yuan_per_t": 40, "reserve.levy_share": 0.1,
       "price_limits.ceiling_yuan_per_t": 30}, {"en": "the reserve is not sold", "zh": "无法售出"}),
     ({"reserve.soft_ceiling_yuan_per_t": 40, "reserve.levy_share": 0.1,
       "events": [{"announced": "2026-01", "effective": "2027-01",
                   "set": {"price_limits.ceiling_yuan_per_t": 30}}]},
      {"en": "= 30 from 2027-01: the reserve", "zh": "（自 2027-01 起）"}),
     ({"events": [{"announced": "2026-01", "effective": "2200-01",
                   "set": {"compliance.eligible": True}}]},
      {"en": "events.0.effective = 2200-01 is after the last month", "zh": "晚于最后一个月"})],
)
def test_what_may_be_a_slip_is_noted(changes, tells, language):
    assert any(tells[language] in line for line in notes(load("tiny", changes), language))


def test_a_reserve_that_can_be_sold_is_not_noted():
    changes = {"reserve.soft_ceiling_yuan_per_t": 40, "reserve.levy_share": 0.1,
               "price_limits.ceiling_yuan_per_t": 50}
    assert notes(load("tiny", changes), "en") == []


@pytest.mark.parametrize(("language", "tells"), [("en", "read US dollars"), ("zh", "美元")])
def test_another_currency_is_noted(language, tells):
    assert any(tells in line for line in notes(load("tiny", {"currency": "USD"}), language))


@pytest.mark.parametrize("width", [60, 80])
def test_outcomes_keep_their_names_on_a_narrow_terminal(width):
    """Numbers fold before names do."""
    variants = [
        Variant(load("tiny", {"market.mechanism": rule}), {
            outcome.name: [scale * 1e11, scale * 1.2e11, scale * 1.4e11] for outcome in OUTCOMES
        })
        for rule, scale in (("one_way_auction", 1.0), ("reverse_auction", 2.0))
    ]
    found = Comparison(variants, 1, 3)
    terminal = Console(width=width, file=io.StringIO())
    terminal.print(comparison_table(found, variants[1], variants[0], "en"))
    shown = terminal.file.getvalue()
    assert "Price dispersion," in shown
    assert "Net effect" in shown
    assert "…" not in shown
    assert max(map(len, shown.splitlines())) <= width


def test_two_variants_have_the_overview_too(capsys):
    words = ["compare", "tiny", "tiny-eligible", "--set", "months=12", "-n", "1"]
    _, out, _ = told(capsys, *words)
    assert "less tiny" not in out
    assert "without an interval nothing can be told apart" in " ".join(out.lower().split())
    _, out, _ = told(capsys, *words, "--details")
    assert "less tiny" in out


def test_parameters_are_shown_by_prefix(capsys):
    _, out, _ = told(capsys, "scenarios", "tiny", "quote", "--json")
    keys = [row["key"] for row in json.loads(out)["parameters"]]
    assert keys
    assert all(key.startswith("quote") for key in keys)
    _, out, _ = told(capsys, "scenarios", "smith-1962", "laboratory.mom", "--json")
    assert all(row["key"].startswith("laboratory.mom") for row in json.loads(out)["parameters"])
    assert "did you mean 'quote'" in refused(capsys, "scenarios", "tiny", "qoute")


def test_a_folder_with_nothing_but_an_identity_is_taken_over(tmp_path):
    """What a run leaves that was stopped before it wrote anything."""
    claim_folder(tmp_path / "out", {"seed": 1})
    claim_folder(tmp_path / "out", {"seed": 2})
    (tmp_path / "out" / "summary.json").write_text("{}")
    with pytest.raises(InputError, match="something else"):
        claim_folder(tmp_path / "out", {"seed": 3})


@pytest.mark.parametrize("language", ["en", "zh"])
def test_words_of_the_claims_are_explained(capsys, language):
    _, out, _ = told(capsys, "claims", "b2", "--language", language)
    text = "".join(out.split())
    for word in {"en": ("Knownmiss:", "Reported:"), "zh": ("已知不符：", "仅报告：")}[language]:
        assert word in text
    for trader in ("ZI-U", "ZI-C", "ZIP"):
        assert trader in text


def test_months_are_a_unit_and_a_heading():
    assert (say("months", "en"), say("months", "zh")) == ("months", "个月")
    assert say("number_of_months", "zh") == "月数"


def test_an_interrupted_command_ends_even_where_a_process_of_it_never_answers():
    """A thread that waits for ever stands for a worker that was interrupted while it started."""
    script = (
        "import threading, time\n"
        "from experiments import cli\n"
        "def app(**more): raise KeyboardInterrupt\n"
        "cli.app, cli.PATIENCE_SECONDS = app, 0.2\n"
        "threading.Thread(target=time.sleep, args=(120,)).start()\n"
        "cli.main()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60,
    )
    assert ended.returncode == 130
    assert ended.stderr.startswith("swcmarket: stopped")
