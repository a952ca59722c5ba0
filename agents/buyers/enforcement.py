"""Enforcement by audits: how many tonnes a firm hides, and what being found costs."""

import math

from agents.compiled import rule
from agents.parameters import Parameters, param

__all__ = ["EnforcementParameters", "fine_yuan", "hidden_tonnes"]


class EnforcementParameters(Parameters):
    """Audits and fines."""

    audit_probability: float = param(
        1.0, unit="1", low=0, high=1, role="lever",
        source="compliance by volume was 99.5 % in the first cycle (facts, section 3); assumption "
        "A44",
        label="Chance that a firm is audited at a deadline", label_zh="履约核查概率",
    )
    fine_yuan_per_t: float = param(
        300.0, unit="yuan/t", low=0, high=100_000, role="lever", source="assumption A44",
        label="Fine for the first tonne found in violation", label_zh="首吨违规罚款",
    )
    fine_rise_yuan_per_t_per_t: float = param(
        0.01, unit="yuan/t per t", low=0, high=10, role="lever", source="assumption A44",
        label="Rise of the fine with each further tonne", label_zh="罚款逐吨增幅",
    )


@rule
def hidden_tonnes(need, price, audit, fine, rise):
    """Emissions that a firm neither covers nor owns up to.

    Parameters
    ----------
    need : t of the obligation that credits do not cover
    price : what a covered tonne costs, yuan/t
    audit : probability, 0 to 1
    fine : for the first tonne that is found, yuan/t
    rise : of the fine with each tonne, yuan/t per t

    Returns
    -------
    t, rounded down: the last one is worth its risk

    Notes
    -----
    As many tonnes v as satisfy ``price = audit (fine + rise v)``. By its own cost of abatement
    nothing is decided. Where audits are certain nothing can be hidden, whatever the fine; firms
    are neutral to risk: assumption A44.

    References
    ----------
    Malik (1990), J. Environmental Economics and Management 18:97; Stranlund and Dhanda (1999),
    J. Environmental Economics and Management 38:267.
    """
    gain = price - audit * fine
    if audit >= 1.0 or gain <= 0.0:
        return 0
    # Divided by what could be zero only where it is not.
    if gain >= audit * rise * need:
        return need
    return math.floor(gain / (audit * rise))


@rule
def fine_yuan(violation, fine, rise):
    """Fine for a violation that is found.

    Parameters
    ----------
    violation : t
    fine : for the first tonne, yuan/t
    rise : with each tonne, yuan/t per t

    Returns
    -------
    yuan
    """
    return fine * violation + 0.5 * rise * violation * violation
