"""Search in generations: it converges, repeats itself, and survives failures."""

import json
import logging
import math
import sys
from itertools import pairwise

import numpy as np
import pytest

from experiments.analysis.criteria import Criterion
from experiments.analysis.search import Search, SearchFactor
from simulation.errors import InputError

BOTH_LOW = (Criterion("one", "low"), Criterion("two", "low"))
MIXED = (
    SearchFactor("share", 0.0, 1.0),
    SearchFactor("price", 0.1, 1000.0, scale="log"),
    SearchFactor("firms", 2, 9, whole=True),
    SearchFactor("rule", values=("call", "double")),
)


def schaffer(point):
    """Two parabolas: Schaffer (1985)."""
    return point["x"] ** 2, (point["x"] - 2) ** 2


def zdt1(point):
    """Zitzler, Deb & Thiele (2000), first problem, here with four variables."""
    one = point["0"]
    g = 1 + 9 * (point["1"] + point["2"] + point["3"]) / 3
    return one, g * (1 - math.sqrt(one / g))


def mixed(point):
    """Any two outcomes of mixed factors; a fifth of the points fails."""
    if point["share"] < 0.2:
        return math.nan, 1.0
    extra = 0.5 if point["rule"] == "call" else 0.0
    return point["share"] * point["firms"] + extra, math.log(point["price"]) - point["firms"]


def run(search, problem, generations):
    """Ask, run and tell."""
    for _ in range(generations):
        points = search.ask()
        search.tell(points, [problem(point) for point in points])
    return search


def test_two_parabolas_are_found():
    """Below (4, 4) the front wins 40/3: the integral of 4 - (2 - sqrt u)^2 from 0 to 4."""
    search = run(Search((SearchFactor("x", -100.0, 100.0),), BOTH_LOW, 24, seed=3), schaffer, 20)
    areas = search.progress((4.0, 4.0))
    assert 0.95 * 40 / 3 < areas[-1] <= 40 / 3
    assert len(areas) == 20
    assert all(later >= earlier for earlier, later in pairwise(areas))
    # By luck alone one point in a hundred lies on the front.
    assert np.mean([0 <= each.point["x"] <= 2 for each in search.found[-24:]]) > 0.2


def test_four_variables_are_found():
    """Below (1.1, 1.1) the front 1 - sqrt u wins 0.1 + 2/3 + 0.11; luck alone is far from it."""
    factors = tuple(SearchFactor(str(index), 0.0, 1.0) for index in range(4))
    search = run(Search(factors, BOTH_LOW, 24, seed=1), zdt1, 40)
    exact = 0.1 + 2 / 3 + 0.11
    assert 0.95 * exact < search.progress((1.1, 1.1))[-1] <= exact


def test_a_high_outcome_is_climbed():
    """Told as it is, and reported as told."""
    criteria = (Criterion("gain", "high"), Criterion("cost", "low"))
    factors = (SearchFactor("x", 0.0, 1.0), SearchFactor("waste", 0.0, 1.0))
    search = Search(factors, criteria, 16, seed=2)
    run(search, lambda point: (point["x"] - point["waste"], point["x"] ** 2), 15)
    late = [each.point["waste"] for each in search.found[-16:]]
    early = [each.point["waste"] for each in search.found[:16]]
    assert np.mean(late) < 0.5 * np.mean(early)
    gains = [row["gain"] for row in search.front().rows()]
    assert gains == sorted(gains, reverse=True)
    assert gains[0] > 0.8


def test_a_search_ended_half_way_is_taken_up_by_replaying_it():
    """Stored answers, told again through JSON, lead to the same points as never having stopped."""
    whole = run(Search(MIXED, BOTH_LOW, 10, seed=7), mixed, 8)
    first = run(Search(MIXED, BOTH_LOW, 10, seed=7), mixed, 4)
    stored = json.loads(json.dumps(first.rows(), allow_nan=False))
    again = Search(MIXED, BOTH_LOW, 10, seed=7)
    for start in range(0, 40, 10):
        rows = stored[start:start + 10]
        points = [{each.name: row[each.name] for each in MIXED} for row in rows]
        again.tell(points, [[row["one"], row["two"]] for row in rows])
    run(again, mixed, 4)
    assert again.rows() == whole.rows()
    assert again.front() == whole.front()
    other = run(Search(MIXED, BOTH_LOW, 10, seed=8), mixed, 1)
    assert other.rows() != whole.rows()[:10]


def test_what_is_told_steers_the_search():
    """Else replaying would prove nothing."""
    one = run(Search(MIXED, BOTH_LOW, 10, seed=7), mixed, 1)
    two = run(Search(MIXED, BOTH_LOW, 10, seed=7), lambda point: (-point["share"], 0.0), 1)
    assert one.ask() != two.ask()
    assert one.ask() == one.ask()


def test_points_stay_within_their_factors():
    """Ranges, whole numbers, categories; ratios count alike on a log scale."""
    search = run(Search(MIXED, BOTH_LOW, 40, seed=5), mixed, 4)
    points = [each.point for each in search.found]
    assert all(0 <= point["share"] <= 1 for point in points)
    assert {point["firms"] for point in points} <= set(range(2, 10))
    assert all(isinstance(point["firms"], int) for point in points)
    assert {point["rule"] for point in points} == {"call", "double"}
    prices = [point["price"] for point in points[:40]]
    assert all(0.1 <= price <= 1000 for price in prices)
    # The middle of the ratios is 10; on a linear scale one price in a hundred lies below it.
    assert 0.25 < np.mean([price < 10 for price in prices]) < 0.75


def test_one_failure_does_not_cost_a_generation():
    """Optuna alone would draw a second random generation to replace the point that failed."""
    factors = tuple(SearchFactor(str(index), 0.0, 1.0) for index in range(4))
    search = Search(factors, BOTH_LOW, 12, seed=3)
    parents = search.ask()
    search.tell(parents, [(math.nan, 0.0)] + [zdt1(point) for point in parents[1:]])
    living = {value for parent in parents[1:] for value in parent.values()}
    inherited = [value in living for child in search.ask() for value in child.values()]
    # A random child shares no value with anybody.
    assert np.mean(inherited) > 0.25
    assert all(value not in child.values() for child in search.ask()
               for value in parents[0].values())


def test_failures_are_told_and_never_on_the_front():
    """A generation of failures only, or with one survivor, is followed by random points."""
    search = Search(MIXED, BOTH_LOW, 6, seed=1)
    run(search, lambda point: (math.nan, 0.0), 1)
    assert search.front().rows() == []
    points = search.ask()
    search.tell(points, [(1.0, 2.0)] + [(math.inf, 0.0)] * 5)
    run(search, lambda point: (None, None), 1)
    assert [row["one"] for row in search.front().rows()] == [1.0]
    assert [row["one"] for row in search.rows()] == [None] * 6 + [1.0] + [None] * 11
    assert search.generation == 3
    run(search, mixed, 2)


def test_a_factor_with_one_value_stays_there():
    """A range may close to a point in a study that varies something else."""
    factors = (SearchFactor("x", -1.0, 3.0), SearchFactor("fixed", 2.0, 2.0))
    search = run(Search(factors, BOTH_LOW, 4, seed=0), schaffer, 3)
    assert {each.point["fixed"] for each in search.found} == {2.0}


def test_the_front_names_equal_points_once():
    """A point asked twice is one answer."""
    factors = (SearchFactor("rule", values=(1, 2)),)
    search = run(Search(factors, BOTH_LOW, 6, seed=0), lambda point: (point["rule"], 0.0), 2)
    assert [row["rule"] for row in search.front().rows()] == [1]


def test_other_points_than_those_asked_are_refused():
    """Results of another search would steer this one unseen."""
    search = Search(MIXED, BOTH_LOW, 4, seed=1)
    points = search.ask()
    answers = [(1.0, 1.0)] * 4
    with pytest.raises(InputError, match="not those of generation 0"):
        search.tell(points[::-1], answers)
    with pytest.raises(InputError, match="shape"):
        search.tell(points, answers[:3])
    search.tell(points, answers)
    with pytest.raises(InputError, match="not those of generation 1"):
        search.tell(points, answers)


def test_without_the_library_the_extra_is_named(monkeypatch):
    """The way out, not a traceback."""
    monkeypatch.setitem(sys.modules, "optuna", None)
    with pytest.raises(InputError, match=r'pip install "swcmarket\[search\]"'):
        Search(MIXED, BOTH_LOW, 4, seed=1)


def test_the_search_is_silent_and_leaves_the_log_as_it_was(caplog, capfd):
    """A line for each point would bury the progress of a study."""
    logger = logging.getLogger("optuna")
    caplog.set_level(logging.INFO, logger="optuna")
    run(Search(MIXED, BOTH_LOW, 4, seed=1), mixed, 2)
    assert logger.level == logging.INFO
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("factors", "criteria", "population", "seed", "word"),
    [
        ((), BOTH_LOW, 4, 0, "factors"),
        ((MIXED[0], MIXED[0]), BOTH_LOW, 4, 0, "once"),
        (MIXED, (), 4, 0, "criterion"),
        (MIXED, (Criterion("one", "up"),), 4, 0, "unknown"),
        (MIXED, BOTH_LOW, 1, 0, "below 2"),
        (MIXED, BOTH_LOW, 4, -1, "below 0"),
        ((SearchFactor("x", 1.0, 0.0),), BOTH_LOW, 4, 0, "no range"),
        ((SearchFactor("x"),), BOTH_LOW, 4, 0, "no range"),
        ((SearchFactor("x", 0.0, math.nan),), BOTH_LOW, 4, 0, "no range"),
        ((SearchFactor("x", 0.0, 1.0, scale="log"),), BOTH_LOW, 4, 0, "logarithm"),
        ((SearchFactor("x", 0.0, 1.0, scale="square"),), BOTH_LOW, 4, 0, "unknown"),
        ((SearchFactor("x", 0.5, 2.0, whole=True),), BOTH_LOW, 4, 0, "whole"),
        ((SearchFactor("x", values=()),), BOTH_LOW, 4, 0, "empty"),
    ],
)
def test_what_cannot_be_searched_is_refused(factors, criteria, population, seed, word):
    """Before anything is run."""
    with pytest.raises(InputError, match=word):
        Search(factors, criteria, population, seed)
