"""Audits swept with common luck, paths by year, and the net effect with and without eligibility."""

import numpy as np
import pytest

from experiments.integrity import AUDITS, NET, PATHS, SWEPT, integrity_case, runs
from experiments.seeds import replicate_seed
from simulation.results import simulate
from simulation.scenario import load
from simulation.timeline import Event

REPLICATES = 3
CHANGES = {
    "verification.leniency": 0.4, "permanence.hazard_scale": 2.0, "spot_audit.probability": 0.3,
    "months": 60,
}


@pytest.fixture(scope="module")
def case():
    eligible = Event(announced="2025-01", effective="2026-01", set={"compliance.eligible": True})
    return integrity_case(load("tiny", CHANGES), eligible, REPLICATES)


def test_every_run_is_counted():
    """For a progress bar."""
    counted = []
    integrity_case(
        load("tiny", {"months": 13}),
        Event(announced="2024-01", effective="2024-06", set={"compliance.eligible": True}),
        2, advance=lambda: counted.append(1),
    )
    assert len(counted) == runs(2)


def test_numbers_are_those_of_single_runs(case):
    """Outcomes at each audit probability, with the seeds of a comparison."""
    for place, chance in enumerate(AUDITS):
        run = simulate(
            load("tiny", {**CHANGES, "spot_audit.probability": chance}), replicate_seed(1, 1)
        )
        for name in SWEPT:
            assert case.swept[name][place][1] == run.outcomes[name], (name, chance)
    run = simulate(load("tiny", {**CHANGES, "events": [{
        "announced": "2025-01", "effective": "2026-01", "set": {"compliance.eligible": True},
    }]}), replicate_seed(1, 2))
    for name in NET:
        assert case.net[name][1][2] == run.outcomes[name]
        assert len(case.net[name][0]) == REPLICATES


def test_paths_end_where_the_run_does(case):
    """Five Decembers; flows are added up, stocks are not."""
    assert case.years == (2024, 2025, 2026, 2027, 2028)
    run = simulate(load("tiny", CHANGES), replicate_seed(1, 0))
    for name, outcome in (("issued", "issued_t"), ("verified", "verified_t"),
                          ("additional", "additional_t"), ("cancelled", "cancelled_t"),
                          ("buffer", "buffer_t")):
        assert case.paths[name][0, -1] == pytest.approx(run.outcomes[outcome], rel=1e-12)
    assert set(case.paths) == set(PATHS)
    retired = case.paths["retired"][0]
    assert (np.diff(retired) >= 0).all()
    assert retired[-1] == run.world.state.monthly.retired_t[-1]


def test_audits_take_over_crediting_away(case):
    """Certain audits deter lenient verifiers wholly, with common luck in every replicate."""
    change = case.change("over_crediting_share", len(AUDITS) - 1)
    assert change.high < -0.2
    assert case.at("found_t", 0).mean == 0
