"""Laboratory markets on the command line: run, compare, scenarios, and what is refused."""

import csv
import io
import json

import pytest
from rich.console import Console

from experiments.cli import main
from experiments.seeds import replicate_seed
from experiments.session_tables import daily_table, session_comparison_table, session_table
from experiments.sessions import compare_sessions
from simulation.laboratory import load_laboratory, schedule_names, simulate_laboratory
from simulation.scenario import scenario_names
from tests.unit.experiments.test_cli import refused, told

MINE = """
extends = "smith-1962"
name = "mine"
title_zh = "我的市场"

[laboratory]
days = 2

[schedule]
buyers = [[60, 50], [40]]
sellers = [[10, 20], [30]]
highest = 80
equilibrium = 0
"""


def printed(table, width=80):
    """Lines of a table on a terminal of so many columns."""
    terminal = Console(width=width, file=io.StringIO())
    terminal.print(table)
    return terminal.file.getvalue()


def test_a_session_runs_by_name(capsys):
    """As the same rules do from Python; days and strategies from --set."""
    words = ["run", "smith-1962", "--set", "laboratory.buyers=zip", "--set", "laboratory.days=10"]
    status, out, _ = told(capsys, *words, "--seed", "3", "--json")
    assert status == 0
    changes = {"laboratory.buyers": "zip", "laboratory.days": 10}
    found = json.loads(out)
    assert found == simulate_laboratory(load_laboratory("smith-1962", changes), 3).summary()
    assert found["equilibrium"] == {
        "price_low": 200, "price_high": 200, "volume_low": 5, "volume_high": 6,
        "maximum_surplus": 750,
    }
    assert [len(values) for values in found["by_day"].values()] == [10] * 6
    parts = ("efficiency_percent", "not_made_percent", "wrong_people_percent")
    assert sum(found["outcomes"][part] for part in parts) == pytest.approx(100.0)
    by_day = [found["by_day"][part] for part in parts]
    assert [sum(day) for day in zip(*by_day, strict=True)] == pytest.approx([100.0] * 10)


def test_without_a_gain_there_is_no_share_and_no_price():
    """One buyer at 50, one seller at 60: none, in JSON null, in the table a word."""
    changes = {
        "schedule.buyers": [[50]], "schedule.sellers": [[60]], "schedule.equilibrium": 0,
        "laboratory.days": 1,
    }
    run = simulate_laboratory(load_laboratory("smith-1962", changes))
    assert run.outcomes["efficiency_percent"] is None
    assert run.outcomes["mean_price"] is None
    assert run.outcomes["price_distance"] is None
    assert run.outcomes["deals_per_day"] == 0.0
    assert "none" in printed(session_table(run, "en"))
    assert "无" in printed(daily_table(run, "zh"))


@pytest.mark.parametrize("by_file", [True, False])
def test_a_changed_schedule_inherits_no_equilibrium(tmp_path, by_file):
    """The middle is taken; one that is given with the new values, or after them, stays."""
    mine = tmp_path / "mine.toml"
    values = '[schedule]\nbuyers = [[90], [70]]\nsellers = [[10], [40]]\n'
    mine.write_text(f'extends = "smith-1962"\n{values if by_file else ""}')
    changes = {} if by_file else {"schedule.buyers": [[90], [70]], "schedule.sellers": [[10], [40]]}
    found = load_laboratory(str(mine), changes)
    assert found.market().equilibrium == 55.0
    assert found.schedule.source.startswith("changed from Smith (1962)")
    given = load_laboratory(str(mine), {**changes, "schedule.equilibrium": 50})
    assert given.market().equilibrium == 50.0
    own = load_laboratory(str(mine), {**changes, "schedule.source": "my own"})
    assert own.schedule.source == "my own"
    untouched = load_laboratory("smith-1962", {"laboratory.days": 2})
    assert untouched.schedule.source.startswith("Smith (1962)")
    assert untouched.market().equilibrium == 200.0


def test_the_middle_stays_within_what_may_be_shouted_and_some_equilibrium_price_must(capsys):
    """Without a seller who could follow, the price has no upper end but the dearest shout."""
    sellers = {"schedule.buyers": [[90], [80]], "schedule.sellers": [[10]]}
    assert load_laboratory("smith-1962", sellers).market().equilibrium == 85.0
    line = refused(capsys, "run", "smith-1962", "--set", "schedule.highest=150")
    assert "schedule.highest = 150 lets nobody shout an equilibrium price" in line
    line = refused(capsys, "run", "smith-1962", "--set", "schedule.lowest=210")
    assert "schedule.lowest = 210 lets nobody shout" in line


def test_pairs_and_all_are_crossed_and_what_has_no_meaning_is_left_out(capsys):
    words = ["compare", "smith-1962", "-n", "2", "--set", "laboratory.days=1", "--json"]
    _, out, err = told(capsys, *words, "--strategies", "zip/zi_c,zi_c")
    pairs = [(each["buyers"], each["sellers"]) for each in json.loads(out)["scenarios"]]
    assert pairs == [("zip", "zi_c"), ("zi_c", "zi_c")]
    assert "left out" not in err
    _, out, err = told(capsys, *words, "--strategies", "all", "--institutions", "call_auction")
    found = [each["buyers"] for each in json.loads(out)["scenarios"]]
    assert found == ["zi_u", "zi_c", "truthful"]
    assert "left out smith-1962, zip, call_auction: orders are sealed" in err
    _, out, err = told(capsys, *words, "--strategies", "sniper,zi_c", "--institutions", "all")
    assert "left out smith-1962, sniper, random_acceptance: no quote stands" in err
    assert "left out smith-1962, sniper, standing_book: all traders are snipers" in err
    _, _, err = told(capsys, *words, "--strategies", "zip,zi_c", "--institutions",
                     "call_auction,listing", "--language", "zh")
    assert "略去 smith-1962, zip, listing：该制度为密封报价" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--strategies", "zip", "--set", "laboratory.sellers=zi_c"], "--set laboratory.sellers"),
     (["--institutions", "listing", "--set", "laboratory.institution=mcafee"], "--set laboratory."),
     (["--strategies", "zip/zi_d"], "'zip/zi_d' is unknown (did you mean 'zi_"),
     (["--strategies", "zip/zi_c/gd"], "is unknown. Give some of"),
     (["--strategies", "zip,gd", "--institutions", "mcafee"], "orders are sealed")],
)
def test_crossings_that_cannot_be_are_refused(capsys, words, said):
    with pytest.raises(SystemExit) as stopped:
        main(["compare", "smith-1962", *words])
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err.splitlines()[-1]


def test_the_split_of_what_is_lost_is_that_of_theory():
    """No trade: all of it not made. One wrong pair for the right one: wrong people."""
    silent = {"laboratory.shouts": 1, "laboratory.days": 1}
    run = simulate_laboratory(load_laboratory("smith-1962", silent))
    assert run.outcomes["not_made_percent"] == 100.0
    # At 10 or above either buyer agrees, and one of them is drawn.
    wrong = {
        "schedule.buyers": [[50], [40]], "schedule.sellers": [[10]], "schedule.equilibrium": 0,
        "laboratory.days": 400, "laboratory.institution": "random_acceptance",
        "laboratory.buyers": "truthful", "laboratory.sellers": "truthful",
    }
    found = simulate_laboratory(load_laboratory("smith-1962", wrong))
    assert found.outcomes["not_made_percent"] == 0.0
    # Half of the days the buyer at 40 gets it: 10 of 40 are lost.
    assert found.outcomes["wrong_people_percent"] == pytest.approx(12.5, abs=2.5)


def test_deals_are_written_as_other_runs_write_them(capsys, tmp_path):
    """Scenario, summary, days and deals; traders and days are counted from 1."""
    kept = tmp_path / "kept"
    words = ["run", "gode-sunder-4", "--seed", "4", "--out", str(kept), "--json"]
    _, out, _ = told(capsys, *words)
    assert json.loads((kept / "summary.json").read_text(encoding="utf-8")) == json.loads(out)
    market = load_laboratory("gode-sunder-4")
    with (kept / "deals.csv").open(encoding="utf-8") as file:
        deals = [{name: int(value) for name, value in row.items()} for row in csv.DictReader(file)]
    assert len(deals) == sum(json.loads(out)["by_day"]["deals"])
    for deal in deals:
        assert deal["value"] in market.schedule.buyers[deal["buyer"] - 1]
        assert deal["cost"] in market.schedule.sellers[deal["seller"] - 1]
        assert deal["cost"] <= deal["seller_price"] == deal["price"] <= deal["value"]
    assert {deal["day"] for deal in deals} == set(range(1, 7))
    scenario = json.loads((kept / "scenario.json").read_text(encoding="utf-8"))
    assert scenario["schedule"]["buyers"][0] == [180, 175, 170, 165, 160]
    assert "would be lost" in refused(
        capsys, "run", "gode-sunder-4", "--seed", "5", "--out", str(kept)
    )


def test_sessions_are_compared_seed_by_seed(capsys, tmp_path):
    """Crossed with strategies and institutions; differences within one schedule only."""
    kept = tmp_path / "kept"
    status, out, _ = told(
        capsys, "compare", "smith-1962", "gode-sunder-1", "--strategies", "zi_u,zi_c",
        "--institutions", "standing_book,listing", "-n", "4", "--json", "--out", str(kept),
    )
    assert status == 0
    found = json.loads(out)
    rows = found["scenarios"]
    assert len({(r["scenario"], r["institution"], r["buyers"]) for r in rows}) == len(rows) == 8
    assert all(row["buyers"] == row["sellers"] for row in rows)
    assert [row["scenario"] for row in found["differences"]] == ["smith-1962"] * 3
    expected = [
        simulate_laboratory(
            load_laboratory("smith-1962", {"laboratory.buyers": s, "laboratory.sellers": s}),
            replicate_seed(1, replicate),
        ).outcomes["efficiency_percent"]
        for s in ("zi_c", "zi_u") for replicate in range(4)
    ]
    difference = found["differences"][0]["outcomes"]["efficiency_percent"]
    assert difference["mean"] == pytest.approx((sum(expected[:4]) - sum(expected[4:])) / 4)
    with (kept / "replicates.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 32


@pytest.mark.parametrize("language", ["en", "zh"])
def test_tables_fit_a_terminal(language):
    """Eighty columns; names and numbers whole."""
    variants = [
        load_laboratory(name, {"laboratory.days": 2})
        for name in ("smith-1962", "cliff-excess-demand")
    ]
    text = printed(session_comparison_table(compare_sessions(variants, replicates=3), language))
    assert "cliff-excess-demand" in text
    assert "…" not in text
    # A table that is too wide is cut at the edge.
    assert text.splitlines()[0].endswith("┓")
    assert text.count("±") == 12
    run = simulate_laboratory(load_laboratory("smith-1962", {"laboratory.days": 30}))
    text = printed(daily_table(run, language))
    # Of thirty days the first and the last ten, and one row of dots.
    assert text.count("…") == 7
    assert " 10 │" in text
    assert " 11 │" not in text
    assert " 21 │" in text
    assert ("均衡价格" in printed(session_table(run, language))) == (language == "zh")


def test_scenarios_lists_the_laboratory_in_a_group_of_its_own(capsys):
    _, out, _ = told(capsys, "scenarios", "--json")
    found = json.loads(out)
    assert [row["name"] for row in found["laboratory"]] == schedule_names()
    assert [row["name"] for row in found["scenarios"]] == scenario_names()
    assert not set(schedule_names()) & set(scenario_names())
    _, out, _ = told(capsys, "scenarios", "-l", "zh")
    assert out.index("十个主体") < out.index("实验室市场") < out.index("史密斯（1962）实验一")


def test_a_market_is_shown_with_its_equilibrium_and_sources(capsys):
    """Values, costs, parameters with units and sources."""
    _, out, _ = told(capsys, "scenarios", "smith-1962", "--json")
    found = json.loads(out)
    assert found["market"]["price_low"] == found["market"]["price_high"] == 200
    assert found["market"]["values"][0] == [325]
    rows = {row["key"]: row for row in found["parameters"]}
    assert rows["laboratory.memory"]["unit"] == "deals"
    assert "Gjerstad" in rows["laboratory.memory"]["source"]
    assert rows["schedule.highest"]["value"] == 400
    _, out, _ = told(capsys, "scenarios", "smith-1962", "-l", "en")
    for part in ("325, 300, 275", "price 200, 5 to 6 deals", "70:111", "laboratory.memory"):
        assert part in out


def test_ones_own_market_extends_one_that_ships(capsys, tmp_path):
    """Only what differs is said; the source says that the values are no longer Smith's."""
    mine = tmp_path / "mine.toml"
    mine.write_text(MINE, encoding="utf-8")
    _, out, _ = told(capsys, "run", str(mine), "--json")
    found = json.loads(out)
    assert found["scenario"] == "mine"
    assert found["equilibrium"]["maximum_surplus"] == 60 + 50 + 40 - 60
    market = load_laboratory(str(mine))
    assert market.schedule.source.startswith("changed from Smith (1962)")
    assert market.market().equilibrium == 35.0
    assert market.schedule.lowest == 1
    assert load_laboratory("smith-1962").schedule.source.startswith("Smith (1962)")
    status, _, _ = told(capsys, "compare", "smith-1962", str(mine), "-n", "2")
    assert status == 0


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        (["compare", "smith-1962", "tiny"], "Compare each with its own kind"),
        (["compare", "tiny", "smith-1962"], "smith-1962 is a laboratory market and tiny a world"),
        (["compare", "smith-1962", "--mechanisms", "listing"], "cross with --institutions"),
        (["compare", "tiny", "--strategies", "zip"], "--strategies belongs to laboratory"),
        (["compare", "tiny", "--institutions", "listing"], "--institutions belongs to laboratory"),
        (["compare", "smith-1962"], "add --strategies or --institutions"),
        (["compare", "smith-1962", "smith-1962"], "smith-1962 stands twice"),
        (["compare", "smith-1962", "--strategies", "zap,zip"], "did you mean 'zip'"),
        (["compare", "smith-1962", "--institutions", "bilateral"], "'bilateral' is unknown"),
        (["run", "smith-1962", "--set", "market.mechanism=listing"], "Set laboratory.institution"),
        (["run", "smith-1962", "--set", "months=3"], "months belongs to worlds"),
        (["run", "smith-1962", "--set", "laboratory.institution=bilateral"], "network of contacts"),
        (["run", "smith-1962", "--set", "laboratory.dais=3"], "did you mean 'days'"),
        (["run", "smith-1962", "--set", "labratory.days=3"], "did you mean 'laboratory'"),
        (["run", "smith-1962", "--set", "laboratory.days=0"], "is below 1"),
        (["run", "smith-1962", "--set", "laboratory.floor=401"], "no price is allowed"),
        (["run", "smith-1962", "--set", "schedule.buyers.0.0=much"], "not a whole number"),
        (["run", "smith-1962", "--set", "schedule.buyers.0=[]"], "lack a trader or a unit"),
        (["run", "smith-1962", "--set", "schedule.buyers.0=[1,2]"], "do not fall. Give the best"),
        (["run", "smith-1962", "--set", "schedule.equilibrium=300"], "200 to 200. Give one"),
        (["run", "smith-1962", "--seed", "-1"], "seed = -1"),
        (["run", "smith-1692"], "did you mean 'smith-1962'"),
        (["run", "tiny", "--set", "laboratory.days=3"], "laboratory belongs to laboratory markets"),
        (["scenarios", "smith-1962", "--set", "firms=3"], "firms belongs to worlds"),
        (
            ["run", "smith-1962", "--set", "laboratory.institution=mcafee",
             "--set", "laboratory.buyers=zip"], "zip in a mcafee",
        ),
    ],
)
def test_what_has_no_meaning_is_refused_in_one_line(capsys, words, tells):
    assert tells in refused(capsys, *words)


def test_files_are_refused_by_their_name(capsys, tmp_path):
    """A market without values; a mixture of both kinds; a wrong number."""
    mine = tmp_path / "mine.toml"
    for text, tells in (
        ("[laboratory]\ndays = 3\n", "has no [schedule]"),
        (f"{MINE}\n[compliance]\neligible = true\n", "compliance belongs to worlds of projects"),
        ('extends = "tiny"\n[schedule]\nlowest = 1\n', "belongs to worlds of projects"),
        (MINE.replace("days = 2", "days = 0"), "laboratory.days = 0 is below 1"),
        (MINE.replace("[[60, 50], [40]]", "3"), "schedule.buyers = 3 is not a list"),
    ):
        mine.write_text(text, encoding="utf-8")
        line = refused(capsys, "run", str(mine))
        assert "mine.toml" in line or "tiny.toml" in line
        assert tells in line
