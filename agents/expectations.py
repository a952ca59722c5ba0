"""Expectations: what agents believe of the future, one object for all who look ahead.

Who holds a credit compares today with one later month. Without news that month is a horizon away
and the chance of eligibility a prior belief; once a date is announced and within the horizon, it is
the date, and the chance how far the announcement is believed.
"""

from agents.compiled import rule
from agents.parameters import Parameters, param

__all__ = ["ExpectationParameters", "chance_by_then", "months_to_wait"]


class ExpectationParameters(Parameters):
    """Beliefs about eligibility, shared by all agents."""

    horizon_months: int = param(
        12, unit="months, 0 for myopic", low=0, high=600, role="uncertainty",
        source="assumption A26",
        label="Months that agents look ahead", label_zh="前瞻月数（0为短视）",
    )
    eligibility_probability: float = param(
        0.1, unit="1", low=0, high=1, role="uncertainty", source="assumption A26",
        label="Believed chance that the credit counts for compliance by then, without news",
        label_zh="无消息时认为届时可用于履约的概率",
    )
    credibility: float = param(
        0.8, unit="1", low=0, high=1, role="uncertainty", source="assumption A60",
        label="Believed chance that an announced rule comes as announced",
        label_zh="对已公布规则如期生效的信任度",
    )
    holding_cost_yuan_per_t_per_year: float = param(
        0.2, unit="yuan/t/year", low=0, high=1000, role="uncertainty", source="assumption A26",
        label="Cost of holding a credit", label_zh="持有成本",
    )


@rule
def months_to_wait(month, eligible_from, horizon):
    """Months until the later month with which today is compared.

    Parameters
    ----------
    month : now
    eligible_from : month from which the credit is announced to count; 0 where none is
    horizon : months that agents look ahead

    Returns
    -------
    months; those to an announced date within the horizon, otherwise the horizon
    """
    if 0 < eligible_from - month <= horizon:
        return eligible_from - month
    return horizon


@rule
def chance_by_then(month, eligible_from, horizon, prior, credibility):
    """Believed chance that the credit counts for compliance in the later month.

    Parameters
    ----------
    month, eligible_from, horizon : see `months_to_wait`
    prior : chance without news
    credibility : chance that an announced rule comes as announced

    Returns
    -------
    0 to 1
    """
    if 0 < eligible_from - month <= horizon:
        return credibility
    return prior
