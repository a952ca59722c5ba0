"""Spot audits: worked examples."""

import pytest

from agents.registry.spot_audit import audited_tonnes, credits_too_many, lenience_left
from tests.helpers import both


@pytest.mark.parametrize(
    ("probability", "deterrence", "left"),
    [(0.0, 1.0, 0.3), (0.5, 1.0, 0.15), (0.5, 2.0, 0.075), (1.0, 1.0, 0.0), (1.0, 0.0, 0.3)],
)
def test_audits_deter(probability, deterrence, left):
    """A verifier that would add 30 % where nobody looks."""
    assert both(lenience_left, 0.3, probability, deterrence) == pytest.approx(left, rel=1e-14)


@pytest.mark.parametrize(
    ("normal", "tonnes"), [(0.0, 1000.0), (1.0, 1050.0), (-2.0, 900.0), (-30.0, 0.0)]
)
def test_an_audit_errs_too(normal, tonnes):
    """By 5 %."""
    assert both(audited_tonnes, 1000.0, 0.05, normal) == pytest.approx(tonnes, rel=1e-14)


@pytest.mark.parametrize(
    ("credited", "found"), [(900, 0), (1000, 0), (1100, 0), (1101, 101), (2000, 1000)]
)
def test_beyond_the_tolerance_everything_is_taken_back(credited, found):
    """1,000 t are justified, a tenth more is let pass (1,000 * 1.1 misses 1,100 by its bits)."""
    assert both(credits_too_many, credited, 1000, 0.1) == found
