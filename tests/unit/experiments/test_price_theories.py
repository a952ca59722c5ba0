"""Price theories of sellers held against the record: distances, samples, pairing."""

import numpy as np
import pytest

from agents.vocabulary import AskStrategy
from experiments.patterns import PATTERNS
from experiments.price_theories import (
    FITTED,
    MEASURES,
    MECHANISMS,
    THEORIES,
    Deals,
    TheoryCase,
    held,
    kolmogorov_distance,
    price_theories,
    record,
    runs,
    usual_price,
    wasserstein_distance,
)
from experiments.seeds import replicate_seed
from simulation.reference_data import record_months
from simulation.results import simulate
from simulation.scenario import load

COUNTIES = load("china-counties")


@pytest.fixture(scope="module")
def cases():
    """Every theory under every rule, and how often it said that a run had ended."""
    ended = []
    return price_theories(COUNTIES, 2, 1, advance=lambda: ended.append(1)), len(ended)


def test_every_theory_is_run_as_often_as_was_announced(cases):
    found, ended = cases
    assert ended == runs(2)
    assert [(case.mechanism, case.theory) for case in found] == [
        (mechanism, theory) for mechanism in MECHANISMS for theory in THEORIES
    ]
    assert FITTED in [(case.mechanism, case.theory) for case in found]


def test_theories_are_all_that_a_scenario_can_name():
    """A posted lot replays a real price and is no theory of it."""
    assert {name.upper() for name in THEORIES} == {s.name for s in AskStrategy} - {"POSTED"}


def test_deals_are_the_voluntary_ones_of_the_first_months(cases):
    """By other means: the tidy table of a run of the same scenario and seed."""
    for case in cases[0]:
        assert case.scenario.months == record_months()
        assert case.scenario.quote.strategy == case.theory
        table = simulate(case.scenario, replicate_seed(1, 1)).deals
        table = table[table["motive"] == "voluntary"]
        np.testing.assert_array_equal(table["price_yuan_per_t"], case.runs[1].price_yuan_per_t)
        np.testing.assert_array_equal(table["tonnes"], case.runs[1].tonnes)


def test_compliance_deals_are_left_out():
    """Otherwise a world in which the credit counts would be held against voluntary prices."""
    world = load("ccer-eligible", {"compliance.eligible": True, "events": []})
    (case, *_) = price_theories(world, 1, 1)
    table = simulate(case.scenario, replicate_seed(1, 0)).deals
    assert (table["motive"] == "compliance").any()
    assert len(case.runs[0].tonnes) == (table["motive"] == "voluntary").sum()


def test_the_record_is_what_the_patterns_say():
    named = {pattern.name: pattern for pattern in PATTERNS}
    real = held(TheoryCase("", "", COUNTIES, [record()]))
    for name in ("price_median_yuan_per_t", "usual_price_share", "size_median_t"):
        assert real.interval(name).mean == named[name].real()
    assert usual_price() == 30.0
    assert real.interval("exact_price_share").mean == pytest.approx(4 / 11)


def test_distances_are_those_of_their_definitions():
    """Largest gap, and area, between the two step curves, on a grid of one tenth of a fen."""
    one, other = np.array([18.0, 30.0, 30.0, 36.5]), np.array([20.0, 30.0, 81.0])
    grid = np.arange(0.0, 100.0, 0.001)
    curves = [np.searchsorted(np.sort(each), grid, side="right") / len(each)
              for each in (one, other)]
    gap = np.abs(curves[0] - curves[1])
    assert kolmogorov_distance(one, other) == pytest.approx(gap.max())
    assert wasserstein_distance(one, other) == pytest.approx(gap.sum() * 0.001, abs=1e-2)


def test_distances_are_those_of_scipy(cases):
    """Which takes a second to import, too long for a demonstration."""
    from scipy import stats

    real = record().price_yuan_per_t
    for case in cases[0]:
        assert kolmogorov_distance(case.prices, real) == pytest.approx(
            stats.ks_2samp(case.prices, real, method="asymp").statistic, abs=1e-12
        )
        assert wasserstein_distance(case.prices, real) == pytest.approx(
            stats.wasserstein_distance(case.prices, real), abs=1e-9
        )


def test_a_case_like_the_record_has_no_distance_and_one_of_its_shape_none_after_a_move():
    real = record()
    same = held(TheoryCase("", "", COUNTIES, [real])).values
    moved = held(TheoryCase("", "", COUNTIES, [
        real._replace(price_yuan_per_t=real.price_yuan_per_t + 12.5)
    ])).values
    for name in ("kolmogorov_distance_share", "wasserstein_distance_yuan_per_t",
                 "shape_distance_yuan_per_t"):
        assert same[name] == [0.0]
    assert moved["wasserstein_distance_yuan_per_t"] == [pytest.approx(12.5)]
    assert moved["shape_distance_yuan_per_t"] == [pytest.approx(0.0)]


def test_a_run_without_a_deal_has_no_measure():
    silent = held(TheoryCase("", "", COUNTIES, [Deals(np.empty(0), np.empty(0))]))
    assert set(silent.values) == set(MEASURES)
    assert all(values == [None] for values in silent.values.values())
