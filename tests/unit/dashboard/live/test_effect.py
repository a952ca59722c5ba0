"""What the latest rule did, as the page says it."""

from dataclasses import replace

import pytest

from dashboard.live.effect import (
    _change,
    coming_text,
    effect_head,
    effect_rows,
    fork_told,
    shown_effect,
)
from dashboard.live.frame import READ_RULE_S, seen
from dashboard.live.marks import marks_of
from dashboard.live.player import Player
from dashboard.live.tables import _number, totals_shown
from experiments.language import LANGUAGES
from experiments.rule_effects import without_rules
from experiments.values_told import price_told
from simulation.results import simulate
from simulation.scenario import load

ELIGIBLE = 2027 * 12


def played(name, until, seed=1):
    player = Player(load(name), seed)
    player.run_to(until)
    while player.catch_up():
        pass
    return player


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_those_of_the_two_runs(language):
    player = played("ccer-eligible", ELIGIBLE + 20)
    frame = seen(player, 1, language)
    rows = {row.key: row for row in effect_rows(frame, frame.beside, language)}
    one = simulate(player.lane.world.scenario, 1).monthly
    two = simulate(without_rules(player.lane.world.scenario, [ELIGIBLE]), 1).monthly
    start = player.lane.world.scenario.start
    latest = slice(ELIGIBLE + 9 - start, ELIGIBLE + 21 - start)
    whole = slice(ELIGIBLE - start, ELIGIBLE + 21 - start)
    for key, months in (("price", latest), ("whole", whole)):
        here, there = (
            table["value_yuan"][months].sum() / table["volume_t"][months].sum()
            for table in (one, two)
        )
        assert rows[key].here == f"{here:.1f}"
        assert rows[key].there.endswith(f"{there:.1f}")
        assert rows[key].change.startswith("+")
    assert rows["volume"].here == f"{one['volume_t'][latest].mean():,.0f}"
    heading, note = effect_head(frame, frame.beside, language)
    begins = {"en": "Since 2027-01: credits count", "zh": "2027-01起：碳信用"}
    assert heading.startswith(begins[language])
    assert "2027-10" in note
    assert "{" not in heading + note


def test_nothing_has_no_sign():
    assert _change(100.0, 100.2, "en") == "±0 %"
    assert _change(100.0, 80.0, "zh") == "+25%"
    assert _change(80.0, 100.0, "en") == "−20 %"
    assert _change(1.0, None, "en") == _change(None, 1.0, "en") == ""
    assert _number(0.0, "traded", "en", sign=True) == "0"
    assert _number(-0.04, "mean_price", "en", sign=True) == "0.0"
    assert _number(-1234.0, "traded", "en", sign=True) == "−1,234"
    assert _number(1234.0, "traded", "en", sign=True) == "+1,234"


def test_before_the_rule_it_is_announced_and_the_table_sums_all():
    frame = seen(played("ccer-eligible", 2025 * 12), 1, "en")
    assert frame.beside is None
    assert coming_text(frame, "en") == "From 2027-01: credits count for compliance"
    assert coming_text(frame, "zh") == "2027-01起：碳信用可用于履约"
    title, heads, columns = totals_shown(frame, "en")
    assert (title, heads, len(columns)) == ("So far", [], 1)
    frame = seen(played("tiny", 2025 * 12), 1, "en")
    assert coming_text(frame, "en") == ""
    heading, _, rows, since = shown_effect(frame, "en")
    assert heading.startswith("Move a lever")
    assert since == ""
    assert [row.there for row in rows] == [""] * len(rows)
    latest = frame.lane.monthly[-12:]
    volume = next(row for row in rows if row.key == "volume")
    assert volume.here == f"{latest.volume_t.mean():,.0f}"
    assert shown_effect(seen(Player(load("tiny")), 1, "en"), "en")[2] == []


def test_the_table_sets_the_runs_beside_each_other():
    player = played("ccer-eligible", ELIGIBLE + 20)
    title, heads, (one, two, less) = totals_shown(seen(player, 1, "en"), "en")
    assert "2027-01" in title
    assert heads[1:] == ["This run", "Without", "Difference"]
    assert less["traded"] == one["traded"] - two["traded"] > 0
    player.look_at(ELIGIBLE + 10)
    player.fork()
    player.set_lever("price_limits.floor_yuan_per_t", 50.0)
    player.run_to(ELIGIBLE + 20)
    _, heads, (a, b, less) = totals_shown(seen(player, 1, "en"), "en")
    assert heads[1:] == ["A", "B", "B − A"]
    assert b["mean_price"] >= 50.0 > a["mean_price"]
    assert less["mean_price"] == pytest.approx(b["mean_price"] - a["mean_price"])
    # The columns keep their names, whichever future is looked at.
    player.show(0)
    assert totals_shown(seen(player, 2, "en"), "en")[2][0] == a


def test_the_result_is_in_words_with_the_sign_of_the_figures():
    frame = seen(played("ccer-eligible", ELIGIBLE + 20), 1, "en")
    whole = frame.beside.all
    by = price_told(whole.price - whole.price_without)
    assert f"raised the mean price by {by} yuan/t." in effect_head(frame, frame.beside, "en")[1]
    assert f"上升{by}元/吨。" in effect_head(frame, frame.beside, "zh")[1]
    turned = replace(frame.beside, all=whole._replace(
        price=whole.price_without, price_without=whole.price))
    assert "lowered" in effect_head(frame, turned, "en")[1]


def test_a_mean_of_few_months_is_no_effect():
    frame = seen(played("ccer-eligible", ELIGIBLE + 20), 1, "en")
    few = frame.beside.latest._replace(traded=2)
    rows = {row.key: row.change for row in effect_rows(
        frame, replace(frame.beside, latest=few), "en")}
    assert rows["price"] == "with it: 2 of 12 months with trade"
    few = frame.beside.latest._replace(traded_without=3)
    rows = {row.key: row.change for row in effect_rows(
        frame, replace(frame.beside, latest=few), "zh")}
    assert rows["price"] == "无此规则时12个月中仅3个月有成交"
    assert rows["whole"].startswith("+")


def test_what_differs_between_two_futures_is_told():
    """A lever moved in the first after the month of the fork is not in the second."""
    player = played("ccer-eligible", ELIGIBLE + 20)
    player.set_lever("compliance.offset_limit", 0.12)
    player.run_to(ELIGIBLE + 24)
    player.look_at(ELIGIBLE + 4)
    player.fork()
    player.set_lever("price_limits.floor_yuan_per_t", 40.0)
    player.run_to(ELIGIBLE + 24)
    told = fork_told(seen(player, 1, "en"), "en")
    assert "Only in A: Offset limit 5 % → 12 % (2028-10)." in told
    assert "Only in B: Price floor none → 40 yuan/t (2027-06)." in told
    assert "credits count" not in told
    assert "仅未来甲：" in fork_told(seen(player, 1, "zh"), "zh")


@pytest.mark.parametrize(("language", "words"), [
    ("en", ("both futures are still the same", "Move a lever of future B", "to take this rule out",
            "Only in B: credits do not count for compliance (2027-01).", "taken back")),
    ("zh", ("两个未来尚无差别", "调整未来乙的政策变量", "即可取消此规则",
            "仅未来乙：碳信用不可用于履约（2027-01）。", "撤销")),
])
def test_a_fork_says_what_to_do_and_then_what_was_taken_back(language, words):
    player = played("ccer-eligible", ELIGIBLE + 20)
    player.fork_before_rule()
    heading, note, rows, since = shown_effect(seen(player, 1, language), language)
    assert words[0] in heading
    assert words[1] in note
    assert words[2] in note
    assert since == ""
    assert all(not row.there for row in rows)
    player.set_lever("compliance.eligible", False)
    player.run_to(ELIGIBLE + 20)
    frame = seen(player, 1, language)
    assert words[3] in fork_told(frame, language)
    mark = next(mark for mark in marks_of(frame, False, language, labelled=True)
                if mark["text"].startswith("2027-01"))
    assert words[4] in mark["text"]
    assert not mark["strong"]
    # In the first future the rule is what it was.
    player.show(0)
    frame = seen(player, 1, language)
    assert any(mark["strong"] for mark in marks_of(frame, False, language, labelled=True))
    player.look_at(ELIGIBLE - 8)
    assert shown_effect(seen(player, 1, language), language)[0] != heading


def test_many_times_as_much_is_not_told_in_per_cent():
    assert _change(88.0, 1.0, "en") == "×88"
    assert _change(9.9, 1.0, "en") == "+890 %"


def test_a_rule_without_a_run_to_compare_with_says_why():
    player = played("ccer-eligible", ELIGIBLE + 20)
    player.set_lever("compliance.offset_limit", 0.12)
    player.step_month()
    player.look_at(ELIGIBLE + 4)
    heading, note, rows, _ = shown_effect(seen(player, 1, "en"), "en")
    assert heading.startswith("Since 2027-01")
    assert "latest rule only" in note
    assert all(not row.there for row in rows)
    player = Player(load("ccer-eligible"))
    player.run_to(ELIGIBLE + 2)
    player.beside = None
    assert "Working out" in shown_effect(seen(player, 1, "en"), "en")[1]


def test_a_sentence_stays_to_be_read_while_months_go_by(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("dashboard.live.frame.time.perf_counter", lambda: now[0])
    player = played("ccer-eligible", ELIGIBLE - 3)
    monkeypatch.setattr(Player, "playing", property(lambda self: True))
    first = seen(player, 1, "en").told
    player.step_month()
    assert seen(player, 2, "en", first).told is first
    now[0] += 3
    second = seen(player, 3, "en", first).told
    assert second.month == ELIGIBLE - 2
    # Rules go first, even where months went by in between.
    player.run_to(ELIGIBLE + 1)
    told = seen(player, 4, "en", second).told
    assert (told.month, told.rules) == (ELIGIBLE, True)
    assert told.text.startswith("New rule: credits count")
    now[0] += READ_RULE_S - 0.1
    assert seen(player, 5, "en", told).told is told
    assert seen(player, 5, "zh", told).told.month == ELIGIBLE + 1
    now[0] += 0.2
    assert seen(player, 6, "en", told).told.month == ELIGIBLE + 1
    # Paused, it is of the month that is looked at.
    monkeypatch.setattr(Player, "playing", property(lambda self: False))
    assert seen(player, 7, "en", told).told.month == ELIGIBLE + 1
