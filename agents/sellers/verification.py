"""When a seller has tonnes verified, and what the verifier measures."""

import math

from agents.compiled import rule
from agents.parameters import Parameters, param

__all__ = ["VerificationParameters", "asks_for_verification", "measured_tonnes", "pending_worth"]


class VerificationParameters(Parameters):
    """Monitoring, reporting and verification (MRV)."""

    fixed_cost_yuan: float = param(
        300_000.0, unit="yuan", low=0, high=1e8, role="uncertainty", source="assumption A5",
        label="MRV cost of one verification", label_zh="每次核查固定成本",
    )
    cost_yuan_per_t: float = param(
        0.5, unit="yuan/t", low=0, high=1000, role="uncertainty", source="assumption A5",
        label="MRV cost per tonne", label_zh="每吨核查成本",
    )
    discount_rate_per_year: float = param(
        0.05, unit="1/year", low=0.001, high=1, role="uncertainty", source="assumption A5",
        label="Seller's discount rate", label_zh="卖方贴现率",
    )
    delay_months: int = param(
        3, unit="months", low=0, high=120, role="lever", source="assumption A5",
        label="Time from request to issue", label_zh="申请到签发时间",
    )
    measurement_error: float = param(
        0.1, unit="1", low=0, high=1, role="uncertainty",
        source="biomass models err by under 10 % above ground (longdom.org, 34 species); A6",
        label="Measurement error", label_zh="监测误差",
    )
    baseline_inflation: float = param(
        0.0, unit="1", low=-0.5, high=5, role="uncertainty", source="assumption A6",
        label="Baseline inflation", label_zh="基线虚高比例",
    )
    conservativeness_deduction: float = param(
        0.05, unit="1", low=0, high=1, role="lever", source="assumption A6",
        label="Conservativeness deduction", label_zh="保守性扣减",
    )
    buffer_share: float = param(
        0.1, unit="1", low=0, high=1, role="lever",
        source="Californian forest credits put 10-20 % of each issue in the pool "
        "(climatetrust.org)",
        label="Buffer share at issue", label_zh="缓冲池比例",
    )


@rule
def pending_worth(pending, price, cost):
    """What the pending tonnes are worth before the fixed cost of verification.

    Parameters
    ----------
    pending : t
    price : price the seller expects, yuan/t
    cost : MRV cost per tonne, yuan/t

    Returns
    -------
    yuan
    """
    return pending * (price - cost)


@rule
def asks_for_verification(pending, growth, price, cost, fixed_cost, discount_rate):
    """Whether a seller asks for verification this month.

    Pending tonnes are like stock waiting for an order: each verification has a fixed cost, waiting
    costs the interest on what the pending tonnes are worth. The cheapest lot is
    ``sqrt(2 * fixed cost * growth / (discount rate * margin))``.

    Parameters
    ----------
    pending : t, grown and not yet verified
    growth : t/year, at which the pending tonnes grow
    price, cost : expected price and MRV cost per tonne, yuan/t
    fixed_cost : yuan
    discount_rate : 1/year, positive

    Returns
    -------
    bool

    References
    ----------
    Harris (1913), economic order quantity; the use for verification is assumption A5.
    """
    margin = price - cost
    if margin <= 0.0 or pending < 1.0:
        return False
    if pending_worth(pending, price, cost) <= fixed_cost:
        return False
    lot = math.sqrt(2.0 * fixed_cost * max(growth, 0.0) / (discount_rate * margin))
    return pending >= lot


@rule
def measured_tonnes(removed, inflation, error, normal):
    """Tonnes that the verifier measures.

    Parameters
    ----------
    removed : t, removed in truth over the monitoring period
    inflation : share by which the baseline is too favourable
    error : standard deviation of the relative measurement error
    normal : standard normal draw

    Returns
    -------
    t, not negative

    Notes
    -----
    A multiplicative error, unbiased where inflation is 0: assumption A6.
    """
    return max(0.0, removed * (1.0 + inflation) * (1.0 + error * normal))
