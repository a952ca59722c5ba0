"""At which credit price new treatment would pay, with and without public money."""

from typing import NamedTuple

from simulation.scenario import Scenario
from simulation.theory.breakeven import BreakEven, NewTreatment, break_even

__all__ = ["EXPECTED", "RATES_PER_YEAR", "TreatmentCase", "kept_from_sale", "treatment_cases"]

RATES_PER_YEAR = (0.03, 0.05, 0.08)
# Share that public money pays, to the range by which the model is judged, yuan/t: from costs of 0.8
# to 1.0 million yuan/km2 and the growth of Ziyang (reference facts, section 5).
EXPECTED = {0.0: (170.0, 300.0), 0.8: (50.0, 80.0)}


class TreatmentCase(NamedTuple):
    """New treatment at one discount rate and one share of public money.

    Attributes
    ----------
    rate_per_year : float
    public_share : float
    found : BreakEven
    low, high : float
        yuan/t, the range by which the model is judged.
    """

    rate_per_year: float
    public_share: float
    found: BreakEven
    low: float
    high: float

    @property
    def is_inside(self) -> bool:
        """Whether the price lies within the range."""
        return self.low <= self.found.price_yuan_per_t <= self.high


def treatment_cases(scenario: Scenario) -> list[TreatmentCase]:
    """Break-even prices under the parameters of a scenario.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    list of TreatmentCase
        For each share of public money, every discount rate.
    """
    return [
        TreatmentCase(
            rate, share,
            break_even(NewTreatment.of(
                scenario, discount_rate_per_year=rate, public_share=share
            )),
            *EXPECTED[share],
        )
        for share in EXPECTED for rate in RATES_PER_YEAR
    ]


def kept_from_sale(scenario: Scenario) -> float:
    """Share of measured tonnes that deduction and buffer keep from sale.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    float
    """
    rules = scenario.verification
    return 1.0 - (1.0 - rules.conservativeness_deduction) * (1.0 - rules.buffer_share)
