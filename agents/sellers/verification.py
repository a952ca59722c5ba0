"""When a seller has tonnes verified, and what the verifier measures."""

import math

from agents.compiled import rule
from agents.parameters import Parameters, param

__all__ = [
    "VerificationParameters",
    "asks_for_verification",
    "credited_share",
    "measured_tonnes",
    "next_slot",
    "pending_worth",
    "sampled_error",
    "sampling_cost_factor",
]


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
    capacity_per_month: int = param(
        0, unit="verifications, 0 for no limit", low=0, high=1_000_000, role="uncertainty",
        source="assumption A62: no capacity is on record",
        label="Verifications that can end in a month", label_zh="每月可完成核查数（0为不限）",
    )
    measurement_error: float = param(
        0.1, unit="1", low=0, high=1, role="uncertainty",
        source="biomass models err by under 10 % above ground (longdom.org, 34 species); A6",
        label="Measurement error at sampling effort 1", label_zh="监测误差（抽样强度为1时）",
    )
    sampling_effort: float = param(
        1.0, unit="1", low=0.01, high=100, role="lever", source="assumption A62",
        label="Sampling effort: plots, for each plot now", label_zh="抽样强度（相对现行样地数）",
    )
    sampling_cost_share: float = param(
        0.5, unit="1", low=0, high=1, role="uncertainty", source="assumption A62",
        label="Share of the fixed MRV cost that grows with sampling effort",
        label_zh="固定核查成本中随抽样强度变动的比例",
    )
    baseline_inflation: float = param(
        0.0, unit="1", low=-0.5, high=5, role="uncertainty", source="assumption A6",
        label="Baseline inflation", label_zh="基线虚高比例",
    )
    inflation_deviation: float = param(
        0.0, unit="1", low=0, high=2, role="uncertainty", source="assumption A62",
        label="Baseline inflation: spread between projects", label_zh="基线虚高的项目间离散度",
    )
    leniency: float = param(
        0.0, unit="1", low=0, high=5, role="uncertainty", source="assumption A62",
        label="Share by which verifiers overstate where no audit threatens",
        label_zh="无抽查时核查从宽比例",
    )
    conservativeness_deduction: float = param(
        0.05, unit="1", low=0, high=1, role="lever", source="assumption A6",
        label="Conservativeness deduction", label_zh="保守性扣减",
    )
    uncertainty_deduction: float = param(
        0.0, unit="standard errors", low=0, high=5, role="lever", source="assumption A62",
        label="Deduction for uncertainty, in standard errors",
        label_zh="不确定性扣减（标准误倍数）",
    )
    additionality_screening: float = param(
        0.0, unit="1", low=0, high=1, role="lever",
        source="assumption A62; benchmark E1 takes 0.8 as an example",
        label="Share of non-additional tonnes that screening finds and credits to nobody",
        label_zh="额外性审查识别并剔除的非额外量比例",
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
def measured_tonnes(removed, inflation, lenience, error, normal):
    """Tonnes that the verifier measures.

    Parameters
    ----------
    removed : t, removed in truth over the monitoring period
    inflation : share by which the baseline is too favourable
    lenience : share by which the verifier overstates
    error : standard deviation of the relative measurement error
    normal : standard normal draw

    Returns
    -------
    t, not negative

    Notes
    -----
    A multiplicative error, unbiased where inflation is 0: assumption A6.
    """
    claimed = removed * max(0.0, 1.0 + inflation) * (1.0 + lenience)
    return max(0.0, claimed * (1.0 + error * normal))


@rule
def sampled_error(error, effort):
    """Measurement error under a sampling effort.

    Parameters
    ----------
    error : at effort 1
    effort : plots, for each plot at effort 1

    Returns
    -------
    standard deviation of the relative error

    Notes
    -----
    Plots are drawn on their own, so the error of their mean falls with the square root of their
    number: assumption A62.
    """
    return error / math.sqrt(effort)


@rule
def sampling_cost_factor(effort, share):
    """Fixed cost of a verification under a sampling effort, for each yuan at effort 1.

    Parameters
    ----------
    effort : plots, for each plot at effort 1
    share : of the cost that grows with their number

    Returns
    -------
    factor
    """
    return 1.0 + share * (effort - 1.0)


@rule
def credited_share(conservativeness, standard_errors, error, screening, without_share):
    """Share of the measured tonnes that is credited.

    Parameters
    ----------
    conservativeness : share deducted whatever the error
    standard_errors : deducted on top
    error : standard deviation of the relative error
    screening : share of non-additional tonnes that is found
    without_share : of the removal, that there would be without credit revenue

    Returns
    -------
    0 to 1
    """
    kept = max(0.0, 1.0 - conservativeness - standard_errors * error)
    return kept * (1.0 - screening * min(max(without_share, 0.0), 1.0))


@rule
def next_slot(earliest, month, taken, capacity):
    """Month in which a verifier of limited capacity ends the next verification.

    Parameters
    ----------
    earliest : month number, without a queue
    month, taken : latest month with a verification in it, and how many end then
    capacity : verifications a month, 0 for no limit

    Returns
    -------
    month and verifications that end in it now

    Notes
    -----
    First come, first served.
    """
    if capacity == 0 or earliest > month:
        return earliest, 1
    if taken < capacity:
        return month, taken + 1
    return month + 1, 1
