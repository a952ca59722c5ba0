"""Futures of a live run are compared like scenarios, and an address finds choices again."""

import urllib.parse

import pytest

from dashboard.compare.address import address_of, asked_of
from dashboard.compare.choices import (
    FIRST_CHOICES,
    Choice,
    Choices,
    opening_told,
    plan,
    scenario_options,
)
from dashboard.compare.futures import (
    FIRST,
    SECOND,
    UNMOVED,
    WITHOUT,
    futures_of,
    moves_told,
    pairs_of,
)
from dashboard.live.session import Session
from experiments.language import LANGUAGES
from simulation.errors import InputError
from simulation.results import simulate
from simulation.scenario import load

LIMIT = "compliance.offset_limit"


@pytest.fixture
def session() -> Session:
    """A run of three months."""
    session = Session("scenario=tiny-eligible&seed=5", "en")
    session.player.run_to(session.player.lane.world.scenario.start + 2)
    return session


def _search(address: str) -> str:
    return urllib.parse.urlsplit(address).query


def test_a_run_that_nobody_touched_is_one_future(session):
    futures = futures_of(session)
    assert list(futures) == [FIRST]
    assert futures[FIRST].scenario == load("tiny-eligible")
    assert pairs_of(futures) == {}
    assert futures_of(None) == {}


def test_levers_moved_by_hand_are_held_against_the_run_without_them(session):
    session.move(LIMIT, 0.2)
    futures = futures_of(session)
    assert pairs_of(futures) == {"levers": (UNMOVED, FIRST)}
    assert futures[UNMOVED].scenario == load("tiny-eligible")
    assert [event.set for event in futures[FIRST].scenario.events][-1] == {LIMIT: 0.2}
    assert "20" in moves_told(futures[FIRST], "zh")


def test_the_latest_rule_is_held_against_the_run_without_it(session):
    player = session.player
    assert "rule" not in pairs_of(futures_of(session))
    assert "No rule" in asked_of("live=rule", futures_of(session), 5, "en").trouble
    player.run_to(2027 * 12 + 3)
    futures = futures_of(session)
    assert pairs_of(futures) == {"rule": (WITHOUT, FIRST)}
    assert futures[WITHOUT].scenario.events == ()
    for language, told in (
        ("en", "the rule from 2027-01: credits count for compliance"),
        ("zh", "2027-01起的规则变动：碳信用可用于履约"),
    ):
        assert "2027-01" in futures[WITHOUT].titles[LANGUAGES.index(language)]
        with_it, without = (moves_told(futures[key], language) for key in (FIRST, WITHOUT))
        assert told in with_it
        assert told in without
        assert with_it != without
        # Beside other variants both may have the rule: then it tells nothing apart.
        for variants, there in (((Choice(WITHOUT), Choice(FIRST)), True), ((), False)):
            about = {option["value"]: option["about"]
                     for option in scenario_options(language, futures, variants)}
            assert (told in about[FIRST]) == there
    session.move(LIMIT, 0.2)
    player.step_month()
    futures = futures_of(session)
    # Now the lever is what is left out; eligibility stays.
    assert futures[WITHOUT].scenario == load("tiny-eligible")
    assert futures[WITHOUT].moves == ()
    assert "offset limit" in moves_told(futures[WITHOUT], "en").lower()
    # The lever is the latest rule: it is told once.
    assert moves_told(futures[FIRST], "en").count("20 %") == 1
    found = plan(asked_of("live=rule", futures, 5, "en").choices, "en", futures)
    assert found.scenarios == (load("tiny-eligible"), player.lane.world.scenario)


def test_two_futures_are_run_with_their_own_levers(session):
    """The months that Live shows and those of a comparison with its seed are the same."""
    session.player.fork()
    session.move("market.mechanism", "call_auction")
    futures = futures_of(session)
    found = plan(asked_of("live=fork", futures, 5, "en").choices, "en", futures)
    player = session.player
    assert found.scenarios == tuple(lane.world.scenario for lane in player.lanes)
    assert found.base_seed == 5
    player.run_to(found.scenarios[1].stop - 1)
    run = simulate(found.scenarios[1], 5)
    assert run.world.state.monthly.tobytes() == player.lanes[1].world.state.monthly.tobytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_futures_with_the_same_rules_are_refused(session, language):
    session.player.fork()
    futures = futures_of(session)
    with pytest.raises(InputError) as refused:
        plan(Choices((Choice(FIRST), Choice(SECOND))), language, futures)
    for future in futures.values():
        assert future.titles[LANGUAGES.index(language)] in str(refused.value)
    # Before it is run a line says the same, and not that four policies are chosen.
    assert opening_told(Choices((Choice(FIRST), Choice(SECOND))), language, futures) == str(
        refused.value
    )


@pytest.mark.parametrize("choices", [
    FIRST_CHOICES,
    Choices((Choice("tiny"), Choice("tiny-eligible", "call_auction")), "3", "99"),
    Choices((Choice(FIRST), Choice("tiny", "mcafee")), "60", "0"),
    Choices((Choice(FIRST), Choice(SECOND)), "2", "7"),
    Choices((Choice("tiny"),), "many & more", "?"),
])
def test_an_address_finds_choices_again(session, choices):
    session.player.fork()
    futures = futures_of(session)
    address = address_of(choices, futures)
    asked = asked_of(_search(address), futures, 5, "en")
    assert asked.trouble == ""
    assert (asked.choices or FIRST_CHOICES) == choices
    # Somebody else's link does not set the server to work.
    assert asked.start == ("live=fork" in address)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("search", [
    "live=fork", "live=levers", "live=magic", "variant=nowhere&variant=tiny",
    "variant=tiny:magic&variant=tiny", "variant=live-b&variant=tiny", "&variant=tiny" * 40,
])
def test_an_address_that_cannot_be_used_says_why(search, language):
    asked = asked_of(search, {}, 1, language)
    assert asked.choices is None
    assert not asked.start
    assert asked.trouble
    assert "\n" not in asked.trouble


@pytest.mark.parametrize("search", [None, "", "utm_source=x", "a=1&" * 200])
def test_an_address_that_asks_for_nothing_changes_nothing(search):
    assert asked_of(search, {}, 1, "en") == (None, False, "")
