"""Bunching: whole years, relative to the mean month, beside the record."""

import numpy as np
import pytest

from agents.parameters import month_number
from experiments import bunching as module
from experiments.bunching import (
    EVEN,
    PaceCase,
    bunching,
    even_pace,
    intended,
    last_share,
    november_ratio,
    pace_of,
    recorded_volumes,
    runs,
)
from experiments.workers import workers
from simulation.scenario import load


def case(profile):
    return PaceCase("listing", 1.0, False, 2.0, np.array([profile], dtype=float))


def test_shares_and_ratios_are_those_of_the_profile():
    """Twice as much in the last three months; the deadline may be another month."""
    bunched = case([0.8] * 9 + [1.6] * 3)
    assert last_share(bunched) == [pytest.approx(0.4)]
    assert last_share(bunched, deadline=9) == [pytest.approx(0.2)]
    # The last three months to February begin in December.
    assert last_share(bunched, deadline=2) == [pytest.approx((1.6 + 0.8 + 0.8) / 12)]
    assert november_ratio(case([1.0] * 10 + [3.0, 1.0])) == [pytest.approx(3.0)]
    assert last_share(case([np.nan] * 12)) == [None]


def test_what_firms_want_follows_from_the_pace():
    assert intended(EVEN) == pytest.approx(0.25)
    assert intended(2.0) == pytest.approx(1 - 0.75**2)
    assert intended(2.0, 3, 6) == pytest.approx(1 - 0.5**2)


def test_an_even_pace_changes_the_pace_and_nothing_else():
    scenario = load("tiny-eligible")
    even = even_pace(scenario)
    assert pace_of(scenario) == 2.0
    assert pace_of(even) == EVEN
    for before, after in zip(scenario.firms, even.firms, strict=True):
        assert after.model_copy(update={"pace": before.pace}) == before
    assert even.model_copy(update={"firms": scenario.firms}) == scenario


def test_only_whole_years_in_which_the_credit_counts_are_counted(monkeypatch):
    """Two of three years: in the first the credit does not count yet, the last is cut off."""
    class World:
        def __init__(self, scenario, seed):
            self.run = lambda: None
            months = np.arange(24_000, 24_000 + 12 * 4 - 1)
            monthly = np.recarray(len(months), dtype=[
                ("month", "i8"), ("eligible", "?"), ("compliance_t", "i8"),
            ])
            monthly.month, monthly.eligible = months, months >= 24_012
            # A ramp over the year; the years that do not count would be seen.
            monthly.compliance_t = np.where(
                (months >= 24_012) & (months < 24_036), months % 12 + 1, 1_000_000
            )
            self.state = type("State", (), {"monthly": monthly})

    monkeypatch.setattr(module, "World", World)
    profile = module._profile(None, 1)
    np.testing.assert_allclose(profile, np.arange(1, 13) / 6.5)


def test_processes_find_the_same_profiles_and_count_every_run():
    scenario, ended = load("tiny-eligible"), []
    places = [("listing", 0.5), ("call_auction", 99.0)]
    with workers(2) as spread:
        found = bunching(
            scenario, places, 4.0, replicates=2, advance=lambda: ended.append(1), spread=spread
        )
    alone = bunching(scenario, places, 4.0, replicates=2)
    assert len(ended) == runs(2, 2) == 8
    assert [(each.mechanism, each.room, each.whole, each.pace) for each in found] == [
        ("listing", 0.5, False, 2.0), ("listing", 0.5, False, 1.0),
        ("call_auction", 4.0, True, 2.0), ("call_auction", 4.0, True, 1.0),
    ]
    for left, right in zip(found, alone, strict=True):
        np.testing.assert_array_equal(left.profiles, right.profiles)
        np.testing.assert_allclose(left.profiles.mean(axis=1), 1.0)


def test_the_record_is_that_of_the_first_year_of_the_national_market():
    found = recorded_volumes()
    assert (found[0].first, found[-1].last) == (month_number("2021-07"), month_number("2021-11"))
    assert [each.volume_mt_per_day for each in found] == [0.54, 0.25, 1.0]
    assert [each.at_least for each in found] == [False, False, True]
    assert all(each.source.startswith("http") for each in found)
