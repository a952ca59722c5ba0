"""The purchase quota: a province has its large emitters retire credits for a share of emissions."""

import math
from typing import Annotated

from pydantic import Field

from agents.compiled import rule
from agents.parameters import Parameters, param
from agents.quantities import LAST_BITS

__all__ = ["QuotaParameters", "quota_limit", "quota_owed"]


class QuotaParameters(Parameters):
    """Mandatory purchase quota."""

    share: float = param(
        0.0, unit="1", low=0, high=1, role="lever",
        source="none in force; local rules that make emitters buy local credits are assumption A20",
        label="Purchase quota, share of verified emissions", label_zh="强制购买比例（占核定排放）",
    )
    threshold_t_per_year: float = param(
        26_000.0, unit="t/year", low=0, high=1e9, role="lever",
        source="entry size of the national market (facts, section 3)",
        label="Emissions from which a firm owes the quota", label_zh="强制购买适用排放门槛",
    )
    penalty_yuan_per_t: float = param(
        60.0, unit="yuan/t", low=0, high=10_000, role="lever",
        source="near the allowance price; assumption A20",
        label="Charge for a tonne of the quota not bought", label_zh="未完成强制购买的单位费用",
    )
    deadline_month: int = param(
        12, unit="month of the year", low=2, high=12, role="lever", source="assumption A20",
        label="Deadline of the quota", label_zh="强制购买截止月份",
    )
    provinces: Annotated[tuple[str, ...], Field(strict=False)] = param(
        (), unit="name", role="design", source="the scenario",
        label="Provinces with a quota (empty: all)", label_zh="实行强制购买的省份（空为全部）",
    )


@rule
def quota_owed(emissions, share, threshold):
    """Credits that a firm owes under the quota for a year.

    Parameters
    ----------
    emissions : verified emissions of the closing year, t
    share : 0 to 1
    threshold : t/year from which a firm owes anything

    Returns
    -------
    t of credits, rounded down
    """
    if emissions < threshold:
        return 0
    return math.floor(emissions * share * LAST_BITS)


@rule
def quota_limit(charge, transaction_cost):
    """Highest price at which buying beats the charge.

    Parameters
    ----------
    charge, transaction_cost : yuan/t

    Returns
    -------
    yuan/t, not negative

    Notes
    -----
    The charge is the ceiling of a purchase quota, as the buy-out price is of renewable obligations:
    assumption A20.
    """
    return max(charge - transaction_cost, 0.0)
