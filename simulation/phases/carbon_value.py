"""What a credit is worth to who complies, at a price of carbon: one place for all who ask."""

import math

from agents.buyers.compliance import compliance_limit
from agents.compiled import kernel
from agents.vocabulary import Regime

__all__ = ["credit_value"]


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
