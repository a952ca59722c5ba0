"""Nothing of a visitor's own is dropped unasked."""

import pytest

from dashboard.live.choosing import chosen_of, wish_chosen
from dashboard.live.page import do
from dashboard.live.questions import question_of, settle_question, would_drop
from dashboard.live.session import Session
from experiments.language import LANGUAGES

FLOOR = "price_limits.floor_yuan_per_t"


def asked(session, what, language):
    """Question about something that would be lost."""
    session.asks = what
    return question_of(session, language)


@pytest.fixture
def session():
    """A run of twelve months."""
    session = Session("scenario=tiny-eligible&seed=5", "en")
    session.player.run_to(session.player.lane.world.scenario.start + 11)
    return session


@pytest.mark.parametrize(
    "what", ["reset", "begin", "fork", "drop", "continue", "month", "close", ""]
)
def test_where_nothing_was_done_nothing_is_asked(session, what):
    assert would_drop(session, what, "en") == ""


def test_a_reset_drops_levers_and_the_fork(session):
    session.move(FLOOR, 40.0)
    assert would_drop(session, "reset", "en") == "Reset drops 1 lever moved by hand."
    do(session, "fork")
    session.move("quota.share", 0.1)
    told = would_drop(session, "reset", "en")
    assert told == "Reset drops 2 levers moved by hand and the fork."
    assert asked(session, "reset", "en")["answer"] == "Reset"


def test_a_second_fork_and_its_end_drop_the_first_only_where_levers_were_moved_in_it(session):
    do(session, "fork")
    assert would_drop(session, "fork", "en")
    assert would_drop(session, "drop", "en") == ""
    session.move(FLOOR, 40.0)
    assert "1 lever" in would_drop(session, "drop", "en")
    assert asked(session, "drop", "en")["answer"] == "End the fork"


def test_going_on_from_an_earlier_month_drops_levers_moved_later(session):
    start = session.player.lane.world.scenario.start
    session.move(FLOOR, 40.0)
    session.player.step_month()
    session.player.look_at(start + 5)
    assert "1 lever" in would_drop(session, "continue", "en")
    session.player.look_at(start + 12)
    assert would_drop(session, "continue", "en") == ""


def test_another_run_drops_levers_and_the_fork_only_when_told_to(session):
    player = session.player
    session.move(FLOOR, 40.0)
    session.wanted = wish_chosen(session, {"scenario": "tiny", "seed": "5"})
    assert would_drop(session, "begin", "en") == "Another run drops 1 lever moved by hand."
    assert asked(session, "begin", "en")["answer"] == "Begin the other run"
    assert session.player is player
    do(session, "begin")
    session.close()
    assert session.player is not player
    assert session.player.lane.world.scenario.name == "tiny"
    assert would_drop(session, "begin", "en") == ""


@pytest.mark.parametrize("what", ["pause", "month", "reset", "continue", "begin"])
def test_levers_that_are_lists_are_counted_too(session, what):
    session.move("eligibility.provinces", ["Jiangxi"])
    session.player.step_month()
    session.move("eligibility.provinces", [])
    session.player.step_month()
    session.player.look_at(session.player.lane.world.scenario.start + 3)
    told = would_drop(session, what, "en")
    assert ("2 levers" in told) == (what in ("reset", "continue", "begin"))


def test_a_question_whose_reason_is_gone_is_dropped_and_what_was_chosen_with_it(session):
    session.move(FLOOR, 40.0)
    session.wanted, session.asks = wish_chosen(session, {"scenario": "tiny", "seed": "5"}), "begin"
    settle_question(session)
    assert session.asks == "begin"
    assert chosen_of(session) == ("tiny", "5")
    session.move(FLOOR, 0.0)
    settle_question(session)
    assert (session.asks, session.wanted) == ("", None)
    assert chosen_of(session) == ("tiny-eligible", "5")


def test_a_seed_that_cannot_be_is_refused_before_anything_is_asked(session):
    session.move(FLOOR, 40.0)
    assert wish_chosen(session, {"scenario": "tiny", "seed": "9999999999999999999"}) is None
    assert session.notice == "seed = 9999999999999999999 is above 9223372036854775807. " \
        "Give a smaller one."


def test_no_other_run_begins_where_none_was_chosen(session):
    player = session.player
    do(session, "begin")
    assert session.player is player


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_have_no_gaps_left(session, language):
    session.move(FLOOR, 40.0)
    do(session, "fork")
    session.move("quota.share", 0.1)
    for what in ("reset", "begin", "fork", "drop"):
        found = asked(session, what, language)
        assert found["question"]
        assert "{" not in found["question"] + found["answer"]
