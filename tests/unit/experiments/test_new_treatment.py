"""Break-even prices of new treatment, as the report shows them."""

import pytest

from experiments.new_treatment import EXPECTED, RATES_PER_YEAR, kept_from_sale, treatment_cases
from simulation.scenario import load
from simulation.theory.breakeven import NewTreatment, net_present_value_yuan_per_ha


def test_treatment_pays_exactly_at_its_price():
    scenario = load("china-counties")
    cases = treatment_cases(scenario)
    assert len(cases) == len(EXPECTED) * len(RATES_PER_YEAR)
    for case in cases:
        treatment = NewTreatment.of(
            scenario, discount_rate_per_year=case.rate_per_year, public_share=case.public_share
        )
        left = net_present_value_yuan_per_ha(treatment, case.found.price_yuan_per_t)
        assert left == pytest.approx(0.0, abs=1e-6)


def test_prices_outside_of_the_expected_range_are_known_as_such():
    """335 lies above 170 to 300, 46 below 50 to 80: said, not hidden."""
    outside = {
        (case.public_share, case.rate_per_year)
        for case in treatment_cases(load("china-counties")) if not case.is_inside
    }
    assert outside == {(0.0, 0.08), (0.8, 0.03)}


def test_deduction_and_buffer_keep_tonnes_from_sale():
    changed = load("china-counties", {
        "verification.buffer_share": 0.5, "verification.conservativeness_deduction": 0.2,
    })
    assert kept_from_sale(changed) == pytest.approx(0.6)
