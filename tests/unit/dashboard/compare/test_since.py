"""The month from which on rules differ is found, marked and counted from."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from dashboard.compare.choices import Choice, Choices, plan
from dashboard.compare.futures import FIRST, WITHOUT, futures_of, moves_told
from dashboard.compare.numbers import outcome_rows
from dashboard.compare.since import changes_of, marks_of, since_of
from dashboard.compare.work import Work
from dashboard.live.session import Session
from experiments.series_compared import fan, replicate_runs, span_of
from simulation.scenario import load

CHANGE = 2027 * 12
PAIR = [load("tiny"), load("tiny-eligible")]


def test_rules_differ_from_the_first_event_that_not_all_have():
    assert changes_of(PAIR) == [CHANGE]
    assert changes_of([load(name) for name in ("provincial-quota", "mixed")]) == [CHANGE]
    assert changes_of([PAIR[1], PAIR[1]]) == []


def test_what_differs_from_the_start_has_no_such_month():
    """Nothing may be told as since a month where all months differ."""
    other = load("tiny-eligible", {"market.mechanism": "call_auction"})
    assert changes_of([PAIR[0], other]) == []
    assert since_of([PAIR[0], other], []) is None


@pytest.mark.parametrize(("language", "text"), [
    ("en", "2027-01: credits count for compliance"), ("zh", "2027-01：碳信用可用于履约"),
])
def test_charts_over_months_and_years_mark_it(language, text):
    rows = [[replicate_runs(scenario, 1, 0) for scenario in PAIR]]
    for by in ("month", "year"):
        periods = fan([rows[0][0].series], "volume_t", span_of(PAIR), by).periods
        (mark,) = marks_of(PAIR, periods, False, language)
        assert periods[mark["at"]] == {"month": "2027-01", "year": "2027"}[by]
        assert mark["text"] == text
    # Where both begin with something, it is not the rule of one of them.
    both = [load(name) for name in ("provincial-quota", "mixed")]
    (mark, *_) = marks_of(both, ["2027-01"], False, language)
    assert mark["text"].startswith("2027-01")
    assert text not in mark["text"]


def test_price_and_volume_since_are_those_of_the_months_since():
    work = Work(plan(Choices((Choice("tiny"), Choice("tiny-eligible")), "3", "1"), "en"))
    work.start()
    work.join(60)
    since = since_of(PAIR, work.rows)
    assert since.month == CHANGE
    for place in range(2):
        for price, volume, row in zip(
            since.price[place], since.volume[place], work.rows, strict=True
        ):
            run = row[place].series
            late = np.arange(len(run.volume_t)) + run.start >= CHANGE
            assert_allclose(volume, run.volume_t[late].sum())
            assert_allclose(price, run.value_yuan[late].sum() / volume)
    rows = outcome_rows(work.comparison(3), "en", since)
    assert [row["key"] for row in rows[:3]] == ["since_price", "since_volume", "price_yuan_per_t"]
    assert rows[0]["label"] == "Price since 2027-01"
    assert "difference" in rows[0]["cells"][1]


@pytest.mark.parametrize(("value", "text"), [
    (("price_limits.floor_yuan_per_t", "40"), "2027-01: Price floor none → 40 yuan/t"),
    (("compliance.eligible", "false"), "2027-01: credits do not count for compliance"),
])
def test_the_mark_names_what_only_one_has(value, text):
    session = Session(f"scenario=mixed&month=2026-12&fork=2027-01&fork_move=2027-01:{value[0]}="
                      f"{value[1]}", "en")
    scenarios = [lane.world.scenario for lane in session.player.lanes]
    (mark,) = marks_of(scenarios, ["2026-12", "2027-01"], False, "en")
    assert mark["text"] == text


def test_whole_runs_have_all_steps_of_a_rule():
    session = Session("scenario=australia&month=2028-12", "en")
    futures = futures_of(session)
    assert "→ 84.46 AUD/t, in 6 steps" in moves_told(futures[FIRST], "en")
    assert "in 4 steps" not in moves_told(futures[WITHOUT], "en")
