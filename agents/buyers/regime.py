"""The regime: what covered firms owe, what they are given, and what an uncovered tonne costs."""

import math
from typing import Literal

from agents.compiled import rule
from agents.parameters import Parameters, param
from agents.quantities import LAST_BITS
from agents.vocabulary import Regime

__all__ = [
    "RegimeParameters",
    "carbon_price",
    "emissions_owed",
    "free_allocation",
    "frozen_activity",
    "has_allowances",
    "price_of_emitting",
    "regime_limit",
]


class RegimeParameters(Parameters):
    """Regime for covered firms."""

    kind: Literal["cap", "absolute", "tax", "neutralisation", "none"] = param(
        "cap", unit="name", role="lever",
        source="free allocation by output in the national market (facts, section 3)",
        label="Compliance regime", label_zh="履约制度",
    )
    cap_decline_per_year: float = param(
        0.02, unit="1/year", low=0, high=1, role="lever",
        source="an absolute cap is planned (facts, section 3); its path is assumption A40",
        label="Yearly decline of the absolute free allocation", label_zh="绝对免费配额年递减率",
    )
    tax_yuan_per_t: float = param(
        62.36, unit="yuan/t", low=0, high=10_000, role="lever",
        source="the allowance mean of 2025 (data/prices.csv); a tax is assumption A40",
        label="Carbon tax", label_zh="碳税税率",
    )
    neutral_share: float = param(
        0.05, unit="1", low=0, high=1, role="lever",
        source="as large as the offset limit; the duty is assumption A40",
        label="Share of emissions to be neutralised", label_zh="须中和的排放比例",
    )


@rule
def has_allowances(kind):
    """Whether a regime gives out allowances and lets them be bought.

    Parameters
    ----------
    kind : Regime

    Returns
    -------
    bool
    """
    return kind == Regime.CAP or kind == Regime.ABSOLUTE


@rule
def emissions_owed(kind, emissions, share):
    """Obligation for the verified emissions of a year.

    Parameters
    ----------
    kind : Regime
    emissions : t
    share : to be neutralised, 0 to 1

    Returns
    -------
    t, rounded down
    """
    if kind == Regime.NONE:
        return 0
    if kind == Regime.NEUTRALISATION:
        return math.floor(emissions * share * LAST_BITS)
    return emissions


@rule
def frozen_activity(kind, frozen, activity, decline):
    """Activity on which an absolute allocation is counted, this January.

    Parameters
    ----------
    kind : Regime
    frozen : t/year of last January; negative where the cap was not absolute then
    activity : t/year before abatement, of the closing year
    decline : 1/year

    Returns
    -------
    t/year: the activity of the first year under the cap, then less by the decline each year; -1
    under other regimes, so that a cap that returns starts anew

    Notes
    -----
    Grandfathering on one year is assumption A40.
    """
    if kind != Regime.ABSOLUTE:
        return -1.0
    if frozen < 0.0:
        return activity
    return frozen * (1.0 - decline)


@rule
def free_allocation(kind, free_share, activity, frozen):
    """Free allowances for a year.

    Parameters
    ----------
    kind : Regime
    free_share : of the activity
    activity : t/year before abatement
    frozen : t/year, see `frozen_activity`

    Returns
    -------
    t, not rounded
    """
    if kind == Regime.CAP:
        return free_share * activity
    if kind == Regime.ABSOLUTE:
        return free_share * frozen
    return 0.0


@rule
def carbon_price(kind, allowance_price, tax, penalty, later):
    """What a tonne of the obligation costs that no credit covers.

    Parameters
    ----------
    kind : Regime
    allowance_price, tax : yuan/t
    penalty : for a tonne left uncovered, yuan/t
    later : what making that tonne good costs, in today's money, yuan/t

    Returns
    -------
    yuan/t

    Notes
    -----
    Nobody pays more for an allowance than for being without it. A duty to neutralise can be met by
    credits alone, so being without them is all there is to compare: assumption A40.
    """
    if kind == Regime.TAX:
        return tax
    if kind == Regime.NEUTRALISATION:
        return penalty + later
    if kind == Regime.NONE:
        return 0.0
    return min(allowance_price, penalty + later)


@rule
def price_of_emitting(kind, price, share):
    """What one more tonne of emissions costs a covered firm.

    Parameters
    ----------
    kind : Regime
    price : of a tonne of the obligation, yuan/t
    share : of emissions to be neutralised

    Returns
    -------
    yuan/t: under a duty to neutralise only a share of the tonne is owed

    References
    ----------
    Montgomery (1972), J. Econ. Theory 5:395: firms abate up to the price. That they reckon without
    the credits they may use is assumption A40; the limit leaves them another tonne to cover.
    """
    if kind == Regime.NEUTRALISATION:
        return share * price
    return price


@rule
def regime_limit(kind, limit):
    """Share of the obligation that credits may cover.

    Parameters
    ----------
    kind : Regime
    limit : offset limit, 0 to 1

    Returns
    -------
    0 to 1: a duty to neutralise is met by credits, without a limit
    """
    if kind == Regime.NEUTRALISATION:
        return 1.0
    return limit
