"""Announcements: what is known of events before they take effect."""

import numpy as np
import pytest

from agents.parameters import month_number
from simulation.scenario import load
from simulation.timeline import announced_eligibility
from simulation.world import World

STORAGE = {"quote.strategy": "storage", "market.mechanism": "bilateral"}


@pytest.mark.parametrize(("month", "expected"), [
    ("2025-12", 0), ("2026-01", "2027-01"), ("2026-12", "2027-01"), ("2027-01", 0),
])
def test_eligibility_is_news_from_its_announcement_until_it_is_there(month, expected):
    """ccer-eligible: announced in January 2026, in force a year later."""
    found = announced_eligibility(load("ccer-eligible"), month_number(month))
    assert found == (month_number(expected) if expected else 0)


def test_what_counts_already_is_no_news():
    """A second event for the same lever announces nothing."""
    scenario = load("ccer-eligible", {"compliance.eligible": True})
    assert announced_eligibility(scenario, month_number("2026-06")) == 0


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
