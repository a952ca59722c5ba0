"""Announcements: what is known of events before they take effect."""

import numpy as np
import pytest

from agents.parameters import month_number
from simulation.errors import ScenarioError
from simulation.scenario import load
from simulation.timeline import compliance_rules, next_news, worth_of_credit
from simulation.world import World

STORAGE = {"quote.strategy": "storage", "market.mechanism": "bilateral"}


def news_of(scenario, month):
    """Month of the next news of what a credit is worth."""
    return next_news(scenario, month_number(month), worth_of_credit)[0]


@pytest.mark.parametrize(("month", "expected"), [
    ("2025-12", 0), ("2026-01", "2027-01"), ("2026-12", "2027-01"), ("2027-01", 0),
])
def test_eligibility_is_news_from_its_announcement_until_it_is_there(month, expected):
    """ccer-eligible: announced in January 2026, in force a year later."""
    found = news_of(load("ccer-eligible"), month)
    assert found == (month_number(expected) if expected else 0)


def test_what_counts_already_is_no_news():
    """A second event for the same lever announces nothing."""
    scenario = load("ccer-eligible", {"compliance.eligible": True})
    assert news_of(scenario, "2026-06") == 0


def event(announced, effective, **levers):
    return {"announced": announced, "effective": effective,
            "set": {key.replace("__", "."): value for key, value in levers.items()}}


def test_the_next_change_is_the_news_and_brings_the_rules_that_are_known_then():
    """In order of date, whatever was announced first; what is not announced yet is not known."""
    scenario = load("china-counties", {"events": [
        event("2024-01", "2026-01", compliance__eligible=True),
        event("2024-03", "2025-01", penalty__make_good=True),
        event("2024-02", "2025-01", penalty__form="fixed"),
        event("2024-01", "2024-06", compliance__offset_limit=0.1),
        event("2025-06", "2025-09", regime__kind="tax"),
    ]})

    def told(month, matters):
        return next_news(scenario, month_number(month), matters)

    assert news_of(scenario, "2024-01") == month_number("2026-01")
    date, then = told("2024-03", worth_of_credit)
    assert date == month_number("2025-01")
    assert (then.penalty.make_good, then.penalty.form) == (True, "fixed")
    assert then.compliance.offset_limit == 0.1
    assert not then.compliance.eligible
    # The limit is news for who banks, not for what a credit is worth.
    assert told("2024-03", compliance_rules)[0] == month_number("2024-06")
    assert told("2025-05", worth_of_credit)[0] == month_number("2026-01")
    assert told("2025-06", worth_of_credit)[0] == month_number("2025-09")
    assert told("2026-01", compliance_rules) == (0, None)


def asks(**overrides):
    """Mean ask of every month of 2025 and 2026, per seller with an offer."""
    world = World(load("ccer-eligible", {**STORAGE, "months": 38, **overrides}), 1)
    found = []
    while not world.finished:
        world.run(1)
        asked = world.state.projects.ask_fen
        found.append(float(asked[asked > 0].mean()) / 100 if (asked > 0).any() else np.nan)
    return np.array(found)


def test_sellers_who_look_ahead_raise_their_asks_when_eligibility_is_announced():
    """At the announcement, not at the date; and by the discount as the date comes near."""
    announced = month_number("2026-01") - month_number("2023-12")
    known, unknown = asks(), asks(**{"expectations.credibility": 0.1})
    np.testing.assert_allclose(known[:announced], unknown[:announced])
    assert known[announced] > unknown[announced] + 5
    assert known[announced + 11] > known[announced]


def test_the_end_of_eligibility_is_foreseen_as_well():
    """Sellers who know that demand will go ask less before it does; sure ones more so."""
    ends = [event("2024-06", "2024-06", compliance__eligible=True),
            event("2025-06", "2026-06", compliance__eligible=False)]
    announced = month_number("2025-06") - month_number("2023-12")
    sure, unsure = (
        asks(events=ends, **{"expectations.credibility": chance}) for chance in (1.0, 0.1)
    )
    np.testing.assert_allclose(sure[:announced], unsure[:announced])
    assert sure[announced] < unsure[announced] - 1


def test_short_sighted_sellers_learn_nothing_from_an_announcement():
    """Nor do sellers of the other price theories."""
    surprise = [{"announced": "2027-01", "effective": "2027-01",
                 "set": {"compliance.eligible": True}}]
    for overrides in ({"expectations.horizon_months": 0}, {"quote.strategy": "focal"}):
        np.testing.assert_array_equal(
            asks(**overrides), asks(**overrides, **{"events": surprise})
        )


def test_whole_runs_and_single_steps_hear_the_same_news():
    """Announcements fall between the events at which a whole run pauses."""
    scenario = load("ccer-eligible", {**STORAGE, "months": 40})
    whole, stepped = World(scenario, 3), World(scenario, 3)
    whole.run()
    while not stepped.finished:
        stepped.run_phase()
    np.testing.assert_array_equal(whole.state.monthly, stepped.state.monthly)


def test_what_takes_effect_after_the_end_is_checked_too():
    """It is announced within the run, and agents foresee it: a wrong one stopped a run midway."""
    late = event("2024-02", "2090-01", eligibility__credit_classes=["moonlight"])
    with pytest.raises(ScenarioError, match=r"events\.0\.set.*credit_classes.*of no project"):
        load("tiny", {"events": [late]})
