"""Options over futures: every number by hand, and verdicts that admit what they cannot tell."""

import itertools
import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from experiments.analysis.choice import Criterion, choose
from experiments.analysis.futures import (
    at_best,
    best_shares,
    future_means,
    regret_optimism,
    regrets,
    resampled,
    stays,
)
from experiments.analysis.verdicts import Rule, RuleChoice, agreement_of, chosen
from simulation.errors import InputError

NAMES = ("steady", "bold", "poor")
# Three options, four futures; two replicates scatter around these by the same luck.
PROFIT = np.array([[5.0, 6, 5, 6], [9, 9, 9, 0], [4, 3, 6, 2]])
COST = np.array([[2.0, 2, 2, 2], [3, 3, 3, 5], [1, 1, 4, 1]])
SCATTER = np.array([0.5, -0.5])
VALUES = {"profit": PROFIT[:, :, None] + SCATTER, "cost": COST[:, :, None] - SCATTER}
CRITERIA = (Criterion("profit", "high", 4.0), Criterion("cost", "low", 3.0))
GOOD = arrays(
    float, st.tuples(st.integers(1, 5), st.integers(1, 7)), elements=st.integers(-50, 50)
)


@pytest.fixture(scope="module")
def counted():
    """The example that is counted by hand."""
    return choose(VALUES, NAMES, CRITERIA, resamples=200, seed=1)


def by(choice, outcome, field):
    """One number of every option by one criterion."""
    return [getattr(each, field) for each in choice.by_outcome if each.outcome == outcome]


def test_levels_over_futures_by_hand(counted):
    """The bad side of a cost is its high end: 0.85 of the way from 3 to 5, from 1 to 4."""
    assert by(counted, "profit", "mean") == pytest.approx([5.5, 6.75, 3.75])
    assert by(counted, "profit", "bad_side") == pytest.approx([5.0, 0.15 * 9, 2.15])
    assert by(counted, "profit", "worst") == pytest.approx([5.0, 0.0, 2.0])
    assert by(counted, "cost", "mean") == pytest.approx([2.0, 3.5, 1.75])
    assert by(counted, "cost", "bad_side") == pytest.approx([2.0, 4.7, 3.55])
    assert by(counted, "cost", "worst") == pytest.approx([2.0, 5.0, 4.0])


def test_regret_by_hand(counted):
    """Best profits are 9, 9, 9, 6; the 90th percentile lies 0.7 of the way to the largest."""
    assert by(counted, "profit", "regret_mean") == pytest.approx([11 / 4, 6 / 4, 18 / 4])
    assert by(counted, "profit", "regret_90") == pytest.approx([4.0, 4.2, 5.7])
    assert by(counted, "profit", "regret_maximum") == pytest.approx([4.0, 6.0, 6.0])
    assert by(counted, "cost", "regret_mean") == pytest.approx([3 / 4, 9 / 4, 2 / 4])
    assert by(counted, "cost", "regret_90") == pytest.approx([1.0, 3.4, 1.4])
    assert by(counted, "cost", "regret_maximum") == pytest.approx([1.0, 4.0, 2.0])


def test_domain_by_hand(counted):
    """Futures in which an option is the best; the shares of all options sum to 1."""
    assert by(counted, "profit", "domain") == [0.25, 0.75, 0.0]
    assert by(counted, "cost", "domain") == [0.25, 0.0, 0.75]


def test_satisficing_by_hand(counted):
    """Met at the threshold itself; all thresholds at once are met less often than each alone."""
    assert [met.share for met in by(counted, "profit", "met")] == [1.0, 0.75, 0.5]
    assert [met.share for met in by(counted, "cost", "met")] == [1.0, 0.75, 0.75]
    assert [each.satisficing.share for each in counted.by_option] == [1.0, 0.75, 0.25]


def test_four_futures_of_four_prove_little(counted):
    """Even a chance of 0.025 ** (1 / 4) would bring four of four once in forty times."""
    always = counted.by_option[0].satisficing
    assert (always.low, always.high) == pytest.approx((0.025**0.25, 1.0))
    never = choose({"x": np.zeros((1, 3, 1))}, ("a",), [Criterion("x", "high", 1.0)])
    share = never.by_option[0].satisficing
    assert share == pytest.approx((0.0, 0.0, 1 - 0.025 ** (1 / 3)))


def test_the_interval_of_a_share_is_that_of_its_resamples():
    """60 of 100 futures: close to 1.96 standard errors of a share either way."""
    met = (np.arange(100) < 60).astype(float).reshape(1, 100, 1)
    share = choose({"x": met}, ("a",), [Criterion("x", "high", 0.5)], resamples=4000)
    found = share.by_option[0].satisficing
    assert found.share == 0.6
    half = 1.96 * math.sqrt(0.6 * 0.4 / 100)
    assert (found.low, found.high) == pytest.approx((0.6 - half, 0.6 + half), abs=0.012)


def test_the_front_by_hand(counted):
    """By means each option is best at something or between; by the worst, steady beats all."""
    assert [each.nondominated for each in counted.by_option] == [True, True, True]
    worst = choose(VALUES, NAMES, CRITERIA, resamples=10, front_by="worst")
    assert [each.nondominated for each in worst.by_option] == [True, False, False]
    # By the bad side poor beats bold on both counts: 2.15 to 1.35 and 3.55 to 4.7.
    bad_side = choose(VALUES, NAMES, CRITERIA, resamples=10, front_by="bad_side")
    assert [each.nondominated for each in bad_side.by_option] == [True, False, False]


def test_choices_by_hand(counted):
    """Each rule names its own; four futures are too few to tell most of them."""
    named = [(each.rule, each.outcome, each.options) for each in counted.rules]
    assert named == [
        ("mean", "profit", ("bold",)), ("regret", "profit", ("steady",)),
        ("mean", "cost", ("poor",)), ("regret", "cost", ("steady",)),
        ("satisficing", None, ("steady",)),
    ]
    values = [each.value for each in counted.rules]
    assert values == pytest.approx([6.75, 4.0, 1.75, 1.0, 1.0])
    assert not counted.rules[0].told
    maximum = choose(VALUES, NAMES, CRITERIA, resamples=10, regret_rule="maximum")
    assert [each.value for each in maximum.rules] == pytest.approx([6.75, 4.0, 1.75, 1.0, 1.0])


def test_the_regret_rules_part_where_a_large_regret_is_rare():
    """a forgoes 8 in one future of twenty, b forgoes 1 in all others."""
    gains = np.zeros((2, 20, 1))
    gains[0], gains[1, 0] = 1.0, 9.0
    found = [
        choose({"x": gains}, ("a", "b"), [Criterion("x")], regret_rule=rule).rules[1]
        for rule in ("percentile_90", "maximum")
    ]
    assert [(each.options, each.value) for each in found] == [(("a",), 0.0), (("b",), 1.0)]


def test_how_often_a_choice_stays_is_that_of_all_resamples():
    """Four futures have 4 ** 4 resamples: counted one by one, equals sharing."""
    for rule, per_future, statistic in (
        (0, PROFIT, lambda drawn: drawn.mean(axis=1)),
        (1, regrets(PROFIT), lambda drawn: -np.quantile(drawn, 0.9, axis=1)),
    ):
        chosen = int(np.argmax(statistic(per_future)))
        counts = []
        for drawn in itertools.product(range(4), repeat=4):
            found = statistic(per_future[:, drawn])
            best = np.isclose(found, found.max())
            counts.append(best[chosen] / best.sum())
        choice = choose(VALUES, NAMES, CRITERIA, resamples=20_000, seed=4).rules[rule]
        assert choice.options == (NAMES[chosen],)
        assert choice.stays == pytest.approx(np.mean(counts), abs=0.015)


def futures_of(*rows):
    """Options over futures with one run each."""
    return {"profit": np.array(rows, dtype=float)[:, :, None]}


def test_an_option_that_dominates_is_chosen_by_all():
    """Better by 1 in every future, so in every resample."""
    base = np.random.default_rng(1).normal(5, 2, 60)
    values = futures_of(base, base + 1, base - 1)
    choice = choose(values, NAMES, [Criterion("profit", "high", 5.0)])
    assert {each.options for each in choice.rules} == {("bold",)}
    assert [each.stays for each in choice.rules[:2]] == [1.0, 1.0]
    assert choice.agreement == "agree"
    assert choice.sentences[-1] == "All rules name bold."
    assert [each.nondominated for each in choice.by_option] == [False, True, False]


def test_a_fragile_option_divides_the_rules():
    """7 in most futures and 0 in a seventh beats a steady 5 on average only."""
    fragile = np.where(np.arange(700) % 7 == 0, 0.0, 7.0)
    values = futures_of(np.full(700, 5.0), fragile)
    choice = choose(values, ("steady", "fragile"), [Criterion("profit", "high", 4.0)])
    assert {each.rule: each.options for each in choice.rules} == {
        "mean": ("fragile",), "regret": ("steady",), "satisficing": ("steady",),
    }
    assert all(each.told for each in choice.rules)
    assert choice.agreement == "disagree"
    assert choice.sentences[-1] == (
        "The rules disagree: mean of profit (high wanted) names fragile; "
        "regret of profit (high wanted) names steady; satisficing names steady."
    )


def test_a_tie_cannot_be_told():
    """Equal in every future, or equal but for luck: neither is named."""
    same = np.random.default_rng(2).normal(5, 2, 50)
    choice = choose(futures_of(same, same), ("a", "b"), [Criterion("profit", "high", 5.0)])
    assert [each.options for each in choice.rules] == [("a", "b")] * 3
    assert [each.stays for each in choice.rules] == [0.5] * 3
    assert choice.agreement == "cannot be told"
    assert "cannot be told, a and b are equally good" in choice.sentences[0]
    other = np.random.default_rng(3).normal(5, 2, 50)
    close = choose(futures_of(same, other), ("a", "b"), [Criterion("profit")])
    assert not any(each.told for each in close.rules)
    assert "leads but is chosen only in" in close.sentences[0]
    assert close.sentences[-1] == "Whether the rules agree cannot be told."


def test_a_tie_is_not_told_however_resamples_fall():
    """Two are equally good on what was seen; that resampling prefers one is no evidence."""
    def tied_once(drawn):
        return np.zeros((2, 1)) if drawn.shape[1] == 1 else drawn.mean(axis=-1)

    found = chosen(Rule("mean"), ("a", "b"), np.array([[1.0, 1.0], [0.0, 0.0]]), tied_once)
    assert (found.options, found.stays, found.told) == (("a", "b"), 1.0, False)


def test_one_rule_that_cannot_be_told_leaves_the_agreement_open():
    """It might name another; two that surely differ are a disagreement whatever it names."""
    a = RuleChoice("mean", "x", "high", ("a",), 1.0, 1.0, True)
    b = a._replace(rule="regret", options=("b",))
    open_still = b._replace(stays=0.6, told=False)
    assert agreement_of([a, open_still]) == "cannot be told"
    assert agreement_of([a, b, open_still]) == "disagree"
    assert agreement_of([a, a]) == "agree"
    assert agreement_of([]) == "cannot be told"


def test_one_future_tells_nothing():
    """Resampling it would give it again, and look certain."""
    choice = choose(futures_of([1.0], [2.0]), ("a", "b"), [Criterion("profit")])
    assert choice.rules[0].options == ("b",)
    assert choice.rules[0].stays is None
    assert not choice.rules[0].told
    assert "the only future there is" in choice.sentences[0]


def test_a_future_without_a_value_is_unmet_and_out_of_regret_for_all():
    """Left out for one option alone, the lack would flatter it."""
    profit = PROFIT[:, :, None] + SCATTER
    profit[0, 3] = np.nan
    profit[1, 0, 1] = np.nan
    choice = choose({"profit": profit}, NAMES, CRITERIA[:1], resamples=10)
    assert [met.share for met in by(choice, "profit", "met")] == [0.75, 0.75, 0.5]
    # The last future is gone for all; one replicate of bold's first is 9.5 by itself.
    assert by(choice, "profit", "mean") == pytest.approx([16 / 3, 27.5 / 3, 13 / 3])
    assert by(choice, "profit", "regret_mean") == pytest.approx([11.5 / 3, 0.0, 14.5 / 3])
    assert by(choice, "profit", "missing") == [0.25, 0.125, 0.0]
    seen = choice.seen[0]
    assert (seen.futures, seen.futures_used, seen.missing) == (4, 3, 0.125)
    assert seen.set_aside == ()


def test_an_option_without_any_value_is_set_aside():
    """It meets nothing, is never chosen and does not empty the comparison of the others."""
    profit = PROFIT[:, :, None] + SCATTER
    profit[1] = np.nan
    choice = choose({"profit": profit}, NAMES, CRITERIA[:1], resamples=10)
    assert choice.seen[0].set_aside == ("bold",)
    assert by(choice, "profit", "regret_mean") == pytest.approx([0.25, None, 2.0])
    assert by(choice, "profit", "met")[1].share == 0.0
    assert [each.options for each in choice.rules] == [("steady",)] * 3
    assert [each.nondominated for each in choice.by_option] == [True, False, False]
    first = choose({"profit": profit[[1, 0, 2]]}, NAMES, CRITERIA[:1], resamples=10)
    assert [each.options for each in first.rules] == [("bold",)] * 3
    nothing = choose({"profit": profit * np.nan}, NAMES, CRITERIA[:1], resamples=10)
    assert nothing.rules[0].options == ()
    assert nothing.seen[0].futures_used == 0
    assert "no future in which" in nothing.sentences[0]
    assert nothing.agreement == "cannot be told"
    json.dumps(nothing.rows() + nothing.seen_rows() + nothing.rule_rows(), allow_nan=False)


def test_rows_are_ready_for_tables(counted):
    """Flat, with None and never NaN."""
    rows = counted.rows()
    json.dumps(rows + counted.seen_rows() + counted.rule_rows(), allow_nan=False)
    assert [(row["option"], row["outcome"]) for row in rows] == [
        (name, outcome) for outcome in ("profit", "cost") for name in NAMES
    ]
    assert rows[1]["satisficing"] == rows[4]["satisficing"] == 0.75
    assert rows[2]["satisficing"] == rows[5]["satisficing"] == 0.25
    assert rows[0]["met_low"] == pytest.approx(0.025**0.25)
    weighed = choose(VALUES, NAMES, [Criterion("cost", "low")], resamples=10)
    assert weighed.rows()[0]["met"] is weighed.rows()[0]["satisficing_high"] is None
    assert [each.rule for each in weighed.rules] == ["mean", "regret"]


def test_optimism_by_hand():
    """One half picks a, which gives 0 by the other; the other picks b, which gives 1: 1.5 - 0.5."""
    runs = np.array([[[3.0, 0.0]], [[1.0, 1.0]]])
    assert regret_optimism(runs, seed=0) == pytest.approx(1.0)
    # Luck that all options share does not make any of them look better.
    assert regret_optimism(PROFIT[:, :, None] + SCATTER, seed=0) == pytest.approx(0.0)
    assert math.isnan(regret_optimism(runs[:, :, :1], seed=0))


def test_regret_among_equals_is_all_optimism():
    """Five equal options with noise: the best of five means of ten runs is 1.163 / sqrt 10 high."""
    runs = np.random.default_rng(5).normal(size=(5, 400, 10))
    choice = choose({"x": runs}, tuple("abcde"), [Criterion("x")], resamples=10)
    naive = np.mean(by(choice, "x", "regret_mean"))
    optimism = choice.seen[0].regret_optimism
    assert naive == pytest.approx(1.163 / math.sqrt(10), rel=0.05)
    assert optimism == pytest.approx(1.163 / math.sqrt(10), rel=0.1)
    assert naive - optimism == pytest.approx(0.0, abs=0.03)


def test_clear_differences_leave_no_optimism():
    """Where luck does not decide which is the best, its mean is not too high."""
    levels = np.array([0.0, 50.0, 100.0])[:, None, None]
    runs = levels + np.random.default_rng(6).normal(size=(3, 200, 9))
    for direction in ("high", "low"):
        choice = choose({"x": runs}, NAMES, [Criterion("x", direction)], resamples=10)
        assert choice.seen[0].regret_optimism == pytest.approx(0.0, abs=0.05)
    # Two equals at the top are a matter of luck where high is wanted, and none where low is.
    runs[1] += 50.0
    found = [
        choose({"x": runs}, NAMES, [Criterion("x", direction)], resamples=10).seen[0]
        for direction in ("high", "low")
    ]
    assert found[0].regret_optimism > 0.1 > abs(found[1].regret_optimism)


def test_optimism_is_of_the_halves_that_have_values():
    """A replicate without a value counts in neither half, and none at all gives no number."""
    runs = np.random.default_rng(7).normal(size=(2, 300, 4))
    runs[0, :, 0] = np.nan
    assert 0.1 < regret_optimism(runs, seed=0) < 1.0
    # Futures with a single value fall into one half only: the others decide.
    runs[0, :150, 1:3] = np.nan
    assert regret_optimism(runs, seed=0) == regret_optimism(runs[:, 150:], seed=0)
    runs[0, :, 1:3] = np.nan
    assert math.isnan(regret_optimism(runs, seed=0))


@given(GOOD)
def test_regret_is_not_negative_and_none_for_the_best(good):
    """Somebody is the best in each future, and forgoes nothing."""
    forgone = regrets(good)
    assert (forgone >= 0).all()
    assert (forgone.min(axis=0) == 0).all()
    np.testing.assert_array_equal(forgone == 0, at_best(good))
    assert best_shares(good).sum() == pytest.approx(1.0)


@given(GOOD, st.randoms(use_true_random=False))
def test_a_future_good_for_all_changes_no_regret(good, random):
    """Regret compares options, not futures."""
    luck = [random.randint(-1000, 1000) for _ in range(good.shape[1])]
    np.testing.assert_array_equal(regrets(good + luck), regrets(good))


@settings(max_examples=30)
@given(GOOD, st.randoms(use_true_random=False), st.sampled_from(["high", "low"]))
def test_the_order_of_futures_does_not_matter(good, random, direction):
    """They are a sample, not a series."""
    order = list(range(good.shape[1]))
    random.shuffle(order)
    names = tuple(map(str, range(len(good))))
    criteria = [Criterion("x", direction, 0.0)]
    one, other = (
        choose({"x": table[:, :, None]}, names, criteria, resamples=5)
        for table in (good, good[:, order])
    )
    fields = ("mean", "bad_side", "worst", "regret_mean", "regret_90", "regret_maximum", "domain")
    for a, b in zip(one.by_outcome, other.by_outcome, strict=True):
        for field in fields:
            assert getattr(a, field) == pytest.approx(getattr(b, field))
        assert a.met.share == pytest.approx(b.met.share)
    assert [each.options for each in one.rules] == [each.options for each in other.rules]


def test_all_options_meet_the_same_resampled_futures(monkeypatch):
    """Else luck of the draw would look like a difference; so also when drawn piece by piece."""
    same = np.tile(np.arange(9.0), (3, 1))
    found = resampled(same, lambda drawn: drawn.mean(axis=-1), 50, seed=1)
    assert (found[0] == found).all()
    assert len(set(found[0])) > 10
    other = resampled(same, lambda drawn: drawn.mean(axis=-1), 50, seed=2)
    assert (found != other).any()
    monkeypatch.setattr("experiments.analysis.futures.CHUNK", 100)
    again = resampled(same, lambda drawn: drawn.mean(axis=-1), 50, seed=1)
    np.testing.assert_array_equal(found, again)


def test_rounding_is_no_difference():
    """0.1 + 0.2 is not better than 0.3."""
    assert at_best(np.array([[0.1 + 0.2], [0.3]])).all()
    assert stays(np.array([[0.1 + 0.2], [0.3]]), 0) == 0.5
    choice = choose(futures_of([0.1 + 0.2] * 5, [0.3] * 5), ("a", "b"), [Criterion("profit")])
    assert [each.options for each in choice.rules] == [("a", "b")] * 2


def test_a_mean_of_replicates_is_of_those_with_a_value():
    """None of them gives none, without a warning."""
    nan = math.nan
    found = future_means(np.array([[[1.0, nan, 3.0], [nan, nan, nan]]]))
    np.testing.assert_array_equal(found, [[2.0, nan]])


@pytest.mark.parametrize(
    ("values", "options", "criteria", "choices", "word"),
    [
        (VALUES, (), CRITERIA, {}, "options"),
        (VALUES, ("a", "a", "b"), CRITERIA, {}, "once"),
        (VALUES, NAMES, (), {}, "criterion"),
        (VALUES, NAMES, (Criterion("profits"),), {}, "did you mean 'profit'"),
        (VALUES, NAMES, (Criterion("profit", "up"),), {}, "unknown"),
        (VALUES, NAMES[:2], CRITERIA, {}, "shape"),
        ({"profit": PROFIT}, NAMES, CRITERIA[:1], {}, "shape"),
        (VALUES | {"cost": np.ones((3, 5, 1))}, NAMES, CRITERIA, {}, "same futures"),
        ({"profit": np.full((3, 4, 1), math.inf)}, NAMES, CRITERIA[:1], {}, "infinite"),
        (VALUES, NAMES, CRITERIA, {"regret_rule": "mean"}, "percentile_90"),
        (VALUES, NAMES, CRITERIA, {"front_by": "best"}, "bad_side"),
    ],
)
def test_what_cannot_be_judged_is_refused(values, options, criteria, choices, word):
    """With the word that says what is wrong."""
    with pytest.raises(InputError, match=word):
        choose(values, options, criteria, **choices)
