"""What a credit is worth to who complies, at a price of carbon: one place for all who ask."""

import math

from agents.buyers.compliance import compliance_limit
from agents.buyers.penalty import cost_of_making_good, penalty_price
from agents.buyers.regime import carbon_price
from agents.compiled import kernel
from agents.expectations import worth_later
from agents.vocabulary import Regime

__all__ = ["carbon_at", "credit_value"]


@kernel
def credit_value(compliance, regime, carbon):
    """Highest price at which a credit is the cheapest way to comply.

    Parameters
    ----------
    compliance, regime : see `Rules`
    carbon : of a tonne that no credit covers, yuan/t

    Returns
    -------
    yuan/t, not negative
    """
    # Rival credits cannot meet a duty to neutralise with these.
    rival = compliance.rival_price_yuan_per_t
    if regime.kind == Regime.NEUTRALISATION:
        rival = math.inf
    return compliance_limit(
        carbon, rival, compliance.quality_premium_yuan_per_t, compliance.discount_ratio,
        compliance.transaction_cost_yuan_per_t,
    )


@kernel
def carbon_at(compliance, regime, penalty, expectation, banking, allowance):
    """Cost of a tonne of the obligation that no credit covers, at an allowance price.

    Parameters
    ----------
    compliance, regime, penalty, expectation, banking : see `Rules`
    allowance : yuan/t

    Returns
    -------
    yuan/t
    """
    charge = penalty_price(
        penalty.form, compliance.penalty_multiple, penalty.fixed_yuan_per_t, allowance
    )
    worth = worth_later(
        expectation.price_growth_per_year, expectation.discount_rate_per_year,
        float(banking.period_years),
    )
    later = cost_of_making_good(regime.kind, penalty.make_good, allowance, charge, worth)
    return carbon_price(regime.kind, allowance, regime.tax_yuan_per_t, charge, later)
