"""What a store says, from the study file to the verdict: made-up worlds whose answer is known."""

import json

import numpy as np
import pytest

from experiments.study.findings import as_json, findings_of
from experiments.study.pools import Here
from experiments.study.reading import read_store
from experiments.study.session import run_study
from simulation.errors import InputError
from tests.unit.experiments.study import made
from tests.unit.experiments.study.made import KEYS, study

# Each from 0 to 1, which `made.inputs` stretches to the range of the function.
INPUTS = [{"key": key, "low": 0.0, "high": 1.0} for key in KEYS]
INERT = {"key": "quote.anchor_weight", "low": 0.0, "high": 1.0}
# Ishigami and Homma (1990), a = 7, b = 0.1: closed forms.
FIRST = (0.3139, 0.4424, 0.0)
TOTAL = (0.5576, 0.4424, 0.2437)


def found_of(tmp_path, measure, **changes):
    """Findings of a study run with a made-up function."""
    changes = {"outcomes": ["volume_t"], "set": {"months": 1}, **changes}
    store, _ = run_study(study(tmp_path, **changes), tmp_path / "store", Here(), measure=measure)
    return findings_of(read_store(store), resamples=200)


def test_sobol_indices_of_a_store_are_those_of_the_function(tmp_path):
    """File, design, runs, Parquet, analysis: the order of rows survives all of it."""
    found = found_of(
        tmp_path, made.ishigami, design={"kind": "sobol", "points": 512},
        factors=[*INPUTS, INERT], replicates=1,
    )
    indices = found.sobol["volume_t"]
    assert indices.first[:3] == pytest.approx(FIRST, abs=0.05)
    assert indices.total[:3] == pytest.approx(TOTAL, abs=0.05)
    # One run of a point: how much of it is luck, nobody knows.
    assert indices.verdicts == ("sample more",) * 4
    assert (indices.first[3], indices.total[3]) == (0.0, 0.0)


@pytest.mark.parametrize(("replicates", "independent", "told"), [
    (1, True, False), (2, True, True), (2, False, False), (3, False, True),
])
def test_verdicts_need_replicates(tmp_path, replicates, independent, told):
    """With fewer, luck would be taken for an effect: three of common seeds, two of own ones."""
    found = found_of(
        tmp_path, made.ishigami, design={"kind": "sobol", "points": 256}, replicates=replicates,
        factors=[*INPUTS, INERT], independent=independent,
    )
    verdicts = found.sobol["volume_t"].verdicts
    if told:
        assert verdicts == ("matters", "matters", "matters", "does not matter")
    else:
        assert verdicts == ("sample more",) * 4


def test_a_future_that_is_half_run_is_not_held_against_an_option(tmp_path):
    """All that was run meets the threshold; what was not run yet says nothing."""
    changes = {**CROSSED, "criteria": [{"outcome": "volume_t", "better": "high", "threshold": 0.1}]}
    store, _ = run_study(
        study(tmp_path, **changes, outcomes=["volume_t"]), tmp_path / "store", Here(),
        measure=contrasted, shard=(1, 2),
    )
    store, _ = run_study(
        study(tmp_path, **changes, outcomes=["volume_t"]), tmp_path / "store", Here(),
        measure=contrasted, shard=(3, 4),
    )
    choice = findings_of(read_store(store), resamples=50).choice
    assert choice.seen[0].futures == 30
    assert {row.satisficing.share for row in choice.by_option} == {1.0}


def test_noise_is_split_off_the_indices_of_a_store(tmp_path):
    """As much noise as signal in each run; SALib's indices of the means show it."""
    found = found_of(
        tmp_path, made.noisy_ishigami, design={"kind": "sobol", "points": 256},
        factors=[*INPUTS, INERT], replicates=4,
    )
    indices = found.sobol["volume_t"]
    assert indices.total[:3] == pytest.approx(TOTAL, abs=0.12)
    assert indices.total[3] == pytest.approx(0.0, abs=0.06)
    assert (indices.total_low[:3] <= TOTAL).all()
    assert (indices.total_high[:3] >= TOTAL).all()
    # A quarter of the noise of one run is left in a mean of four.
    assert indices.salib_total[3] == pytest.approx(0.2, abs=0.05)
    assert indices.noise_share == pytest.approx(0.5, abs=0.03)


def test_morris_effects_of_a_store_tell_the_inert_factor(tmp_path):
    found = found_of(
        tmp_path, made.ishigami, design={"kind": "morris", "points": 40, "levels": 4},
        factors=[*INPUTS, INERT], replicates=3,
    )
    effects = found.morris["volume_t"]
    assert effects.mu_star[3] == 0.0
    assert (effects.mu_star[:3] > 1.0).all()


def test_a_made_up_box_is_found_in_a_store(tmp_path):
    """Cases where the first input is above 0.58 and the second below 0.5; the third is idle."""
    found = found_of(
        tmp_path, made.boxed, design={"kind": "latin_hypercube", "points": 600},
        factors=INPUTS, replicates=1,
        discovery={"outcome": "volume_t", "above": 0.5, "density": 0.95},
    )
    box = found.discovery.boxes[0]
    limits = {each.limits.factor: each.limits for each in box.restrictions}
    assert set(limits) == {KEYS[0], KEYS[1]}
    assert limits[KEYS[0]].low == pytest.approx(0.5 + 0.5 / (2 * np.pi), abs=0.02)
    assert limits[KEYS[1]].high == pytest.approx(0.5, abs=0.03)
    assert box.coverage > 0.95
    assert box.density > 0.95
    content = as_json(found)["discovery"]
    assert content["verdict"] == "found"
    assert content["boxes"][0]["coverage"] == box.coverage


def contrasted(scenario, seed, series=()):
    """Eligibility halves what is bought where demand is above 1; luck is common."""
    luck = 1.0 + (seed % 7) / 10
    hit = scenario.compliance.eligible and scenario.voluntary.demand_scale > 1.0
    return made.record(luck * (0.5 if hit else 1.0))


CROSSED = {
    "design": {"kind": "crossed", "points": 60},
    "factors": [
        {"name": "credit", "role": "lever", "options": {
            "without": {}, "with": {"compliance.eligible": True},
        }},
        {"key": KEYS[0], "low": 0.0, "high": 2.0}, INERT,
    ],
    "replicates": 2,
}


def test_a_case_may_be_a_difference_between_options_in_one_future(tmp_path):
    """The same luck for both: the ratio is free of it."""
    found = found_of(tmp_path, contrasted, **CROSSED, discovery={
        "outcome": "volume_t", "factor": "credit", "option": "with", "against": "without",
        "change": "ratio", "below": 0.75,
    })
    assert len(found.cases.case) == 60
    assert set(found.cases.points) == {KEYS[0], "quote.anchor_weight"}
    assert found.cases.case.tolist() == (found.cases.points[KEYS[0]] > 1.0).tolist()
    box = found.discovery.boxes[0]
    assert [each.limits.factor for each in box.restrictions] == [KEYS[0]]


def test_options_are_chosen_among_in_the_futures_they_share(tmp_path):
    found = found_of(tmp_path, contrasted, **CROSSED, criteria=[
        {"outcome": "volume_t", "better": "high", "threshold": 0.9},
    ])
    by_option = {row.option: row for row in found.choice.by_option}
    assert by_option["without"].satisficing.share == 1.0
    assert by_option["with"].satisficing.share == pytest.approx(0.5, abs=0.02)
    # Equal in half of the futures, which both are then best in.
    shares = {row.option: row.domain for row in found.choice.by_outcome}
    assert shares["without"] == pytest.approx(0.75, abs=0.02)
    assert found.choice.agreement == "agree"


def test_points_of_a_grid_are_held_against_the_base_point(tmp_path):
    """Differences of one seed; the level of the seeds cancels."""
    found = found_of(tmp_path, made.scaled, replicates=6, base_point=2)
    rows = found.paired["volume_t"].points
    assert rows[2].difference is None
    others = [row for row in rows if row.difference is not None]
    assert [row.difference.mean for row in others] == [-500.0, -500.0, 0.0, 1000.0, 1000.0]
    assert [row.verdict for row in others] == [
        "lower", "lower", "cannot be told apart", "higher", "higher",
    ]


def test_a_search_goes_on_where_it_was_stopped(tmp_path):
    """Answers that are kept are told again; the points that follow are the same."""
    changes = {
        "design": {"kind": "search", "points": 8, "generations": 4}, "factors": INPUTS[:2],
        "criteria": [{"outcome": "volume_t", "better": "high"},
                     {"outcome": "deals", "better": "low"}],
        "outcomes": ["volume_t", "deals"], "set": {"months": 1},
    }
    whole, _ = run_study(study(tmp_path, **changes), tmp_path / "whole", Here(), measure=traded)
    told = []

    def stop(ended, failed):
        told.append(ended)
        if sum(told) >= 40:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_study(study(tmp_path, **changes), tmp_path / "store", Here(), measure=traded,
                  told=stop)
    store, account = run_study(
        study(tmp_path, **changes), tmp_path / "store", Here(), measure=traded
    )
    assert 0 < account.done < 64
    assert store.runs().equals(whole.runs())
    assert store.levels() == whole.levels()
    front = findings_of(read_store(store)).front
    assert len(front.best) > 1
    values = front.values[front.best]
    assert (np.diff(values[:, 0]) > 0).all()
    assert (np.diff(values[:, 1]) > 0).all()


SEARCH = {
    "design": {"kind": "search", "points": 4, "generations": 3}, "factors": INPUTS[:2],
    "criteria": [{"outcome": "volume_t", "better": "high"}, {"outcome": "deals", "better": "low"}],
    "outcomes": ["volume_t", "deals"], "set": {"months": 1},
}


@pytest.mark.parametrize("replicates", [1, 4])
def test_a_search_with_other_replicates_is_another_search(tmp_path, replicates):
    """What it asks next rests on the means of all of them."""
    run_study(study(tmp_path, **SEARCH), tmp_path / "store", Here(), measure=traded)
    with pytest.raises(InputError, match=r"searched.replicates was 2 and is"):
        run_study(study(tmp_path, **SEARCH, replicates=replicates), tmp_path / "store", Here(),
                  measure=traded)
    with pytest.raises(InputError, match="--retry: what a search tries next"):
        run_study(study(tmp_path, **SEARCH), tmp_path / "store", Here(), measure=traded, retry=True)


def test_a_search_in_which_all_runs_raise_ends_and_says_so(tmp_path):
    store, account = run_study(study(tmp_path, **SEARCH), tmp_path / "store", Here(), measure=boom)
    assert (account.done, account.failed) == (0, 24)
    assert len(store.failures()) == 24
    with pytest.raises(InputError, match="no run has ended yet"):
        read_store(store)


def boom(scenario, seed, series=()):
    """Always raises."""
    raise ArithmeticError("no")


def traded(scenario, seed, series=()):
    """More volume only with more deals, and luck that is common."""
    x, y, _ = made.inputs(scenario)
    record = made.record(x)
    record.outcomes["deals"] = x + y**2
    return record


def test_values_that_are_missing_are_counted_and_not_carried_on(tmp_path):
    """A run without trade has no price."""
    found = found_of(tmp_path, halting, outcomes=["price_yuan_per_t", "volume_t"])
    price, volume = found.spreads
    assert price.with_value_share == pytest.approx(2 / 3)
    assert volume.with_value_share == 1.0
    assert price.points == 4
    assert price.mean == pytest.approx(1.25)


def halting(scenario, seed, series=()):
    """No price where demand is 1."""
    scale = scenario.voluntary.demand_scale
    record = made.record(scale)
    if scale == 1.0:
        record.outcomes["price_yuan_per_t"] = None
    return record


def test_an_outcome_that_mostly_has_no_value_is_left_out_and_said(tmp_path):
    found = found_of(
        tmp_path, rarely, design={"kind": "sobol", "points": 16}, factors=INPUTS,
        outcomes=["price_yuan_per_t", "volume_t"],
    )
    assert "volume_t" in found.sobol
    assert "price_yuan_per_t" not in found.sobol
    assert "Choose an outcome that always exists" in found.silent["price_yuan_per_t"]


def rarely(scenario, seed, series=()):
    """A price in the lower half only."""
    record = made.record(made.inputs(scenario)[0])
    if made.inputs(scenario)[0] > 0:
        record.outcomes["price_yuan_per_t"] = None
    return record


def test_a_store_that_is_half_run_can_be_read(tmp_path):
    """What is missing is counted."""
    store, _ = run_study(
        study(tmp_path), tmp_path / "store", Here(), measure=made.scaled, shard=(1, 2)
    )
    reading = read_store(store)
    assert reading.expected == 12
    assert int(reading.ended.sum()) == 6
    assert np.isnan(reading.values("volume_t")[:, 1]).all()
    findings_of(reading)


def test_a_store_without_any_run_is_one_line(tmp_path):
    store, _ = run_study(
        study(tmp_path), tmp_path / "store", Here(), measure=made.scaled, shard=(1, 100)
    )
    with pytest.raises(InputError, match="no run has ended yet"):
        read_store(store)


@pytest.mark.parametrize("design", [
    {"kind": "sobol", "points": 8, "second_order": True}, {"kind": "morris", "points": 6},
    {"kind": "latin_hypercube", "points": 30}, {"kind": "grid"},
])
def test_everything_found_is_json(tmp_path, design):
    """No NaN, no NumPy."""
    factors = INPUTS if design["kind"] != "grid" else made.TABLE["factors"]
    found = found_of(tmp_path, made.ishigami, design=design, factors=factors)
    content = json.loads(json.dumps(as_json(found), allow_nan=False))
    assert content["ended"] == content["runs"]
