"""Spot audits: the registry measures again, and what it finds becomes public."""

import math

from agents.compiled import rule
from agents.parameters import Parameters, param
from agents.quantities import LAST_BITS

__all__ = ["SpotAuditParameters", "audited_tonnes", "credits_too_many", "lenience_left"]


class SpotAuditParameters(Parameters):
    """Audits of single issues by the registry."""

    probability: float = param(
        0.0, unit="1", low=0, high=1, role="lever",
        source="none is on record for these credits; assumption A67",
        label="Chance that an issue is audited", label_zh="签发抽查概率",
    )
    delay_months: int = param(
        6, unit="months", low=0, high=120, role="lever", source="assumption A67",
        label="Time from issue to audit", label_zh="签发至抽查的时间",
    )
    error: float = param(
        0.05, unit="1", low=0, high=1, role="uncertainty", source="assumption A67",
        label="Error of an audit", label_zh="抽查误差",
    )
    tolerance: float = param(
        0.1, unit="1", low=0, high=5, role="lever", source="assumption A67",
        label="Over-crediting that an audit lets pass", label_zh="抽查容许的超额签发比例",
    )
    cost_yuan: float = param(
        200_000.0, unit="yuan", low=0, high=1e8, role="uncertainty",
        source="assumption A67: two thirds of a verification",
        label="Cost of an audit, paid by the treasury", label_zh="每次抽查成本（财政承担）",
    )
    deterrence: float = param(
        1.0, unit="1", low=0, high=20, role="uncertainty", source="assumption A67",
        label="How strongly audits deter lenient verifiers", label_zh="抽查对核查从宽的威慑强度",
    )


@rule
def lenience_left(leniency, probability, deterrence):
    """Share by which a verifier overstates, knowing that it may be audited.

    Parameters
    ----------
    leniency : where no audit threatens
    probability : of an audit
    deterrence : 0 where audits do not deter

    Returns
    -------
    share, at most the leniency; none under certain audits that deter
    """
    return leniency * math.pow(1.0 - probability, deterrence)


@rule
def audited_tonnes(removed, error, normal):
    """Tonnes that an audit finds.

    Parameters
    ----------
    removed : t, stored in truth when the verifier measured
    error : standard deviation of the relative error
    normal : standard normal draw

    Returns
    -------
    t, not negative

    Notes
    -----
    An audit sees through inflated baselines and lenient verifiers: assumption A67.
    """
    return max(0.0, removed * (1.0 + error * normal))


@rule
def credits_too_many(credited, justified, tolerance):
    """Credits of an issue that an audit finds to stand for nothing.

    Parameters
    ----------
    credited : t
    justified : t that the audit would have credited
    tolerance : share above it that passes

    Returns
    -------
    t; all above what is justified, once the tolerance is passed
    """
    if credited <= justified * (1.0 + tolerance) * LAST_BITS:
        return 0
    return credited - justified
