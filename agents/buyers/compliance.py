"""The compliance motive: the cheapest way to cover verified emissions."""

import math

from agents.compiled import rule
from agents.parameters import Parameters, param
from agents.quantities import LAST_BITS, share_of
from agents.registry.eligibility import elsewhere_room, usable_credits

__all__ = [
    "ComplianceParameters",
    "compliance_limit",
    "compliance_order",
    "credits_admitted",
    "emissions_covered",
    "held_usable",
    "offset_room",
    "ordered_anywhere",
    "rivals_bought",
    "share_by_now",
    "wanted_by_now",
    "wanted_of",
]


class ComplianceParameters(Parameters):
    """Compliance rules."""

    eligible: bool = param(
        False, unit="1", role="lever",
        source="buyers cannot use the credits against their emissions (facts, section 1)",
        label="Credit eligible for compliance", label_zh="可用于履约",
    )
    offset_limit: float = param(
        0.05, unit="1", low=0, high=1, role="lever",
        source="5 % of the allowances to be surrendered (facts, section 2)",
        label="Offset limit", label_zh="抵销比例上限",
    )
    system_limit: float = param(
        1.0, unit="1", low=0, high=1, role="lever",
        source="limits are set firm by firm (facts, section 2); one for all is assumption A45",
        label="Offset limit of all firms together", label_zh="全体企业抵销总量上限",
    )
    room_share: float = param(
        1.0, unit="1", low=0, high=1, role="uncertainty", source="assumption A14",
        label="Share of the offset limit open to these credits",
        label_zh="抵销额度中可用于此类碳信用的比例",
    )
    discount_ratio: float = param(
        1.0, unit="t covered per credit", low=0.01, high=1, role="lever", source="one for one",
        label="Emissions covered by one credit", label_zh="每吨碳信用抵销量",
    )
    deadline_month: int = param(
        12, unit="month of the year", low=2, high=12, role="lever",
        source="2024 obligations fell due at the end of 2025 (facts, section 3)",
        label="Compliance deadline", label_zh="履约截止月份",
    )
    penalty_multiple: float = param(
        5.0, unit="of the allowance price", low=0, high=100, role="lever",
        source="5 to 10 times the mean price before the deadline (background, unsourced)",
        label="Penalty for a tonne not covered", label_zh="未履约罚款倍数",
    )
    rival_price_yuan_per_t: float = param(
        70.76, unit="yuan/t", low=0, high=10_000, role="uncertainty",
        source="CCER mean of 2025 (data/prices.csv)",
        label="Price of rival eligible credits", label_zh="竞争性合格碳信用价格",
    )
    rivals_open: bool = param(
        True, unit="1", role="lever",
        source="other credits count for compliance, up to the same limit (facts, section 2)",
        label="Rival credits may be bought for compliance", label_zh="可购买竞争性碳信用履约",
    )
    quality_premium_yuan_per_t: float = param(
        0.0, unit="yuan/t", low=-1000, high=1000, role="uncertainty", source="assumption A14",
        label="Quality premium over rival credits", label_zh="品质溢价",
    )
    transaction_cost_yuan_per_t: float = param(
        1.0, unit="yuan/t", low=0, high=1000, role="uncertainty", source="assumption A14",
        label="Buyer's transaction cost", label_zh="买方交易成本",
    )


@rule
def offset_room(obligation, limit, ratio):
    """Credits that a firm may surrender for its obligation.

    Parameters
    ----------
    obligation : t of verified emissions to be covered
    limit : share of the obligation, 0 to 1
    ratio : t covered by one credit, positive

    Returns
    -------
    t of credits, rounded down: the limit is never passed
    """
    return math.floor(obligation * limit / ratio * LAST_BITS)


@rule
def compliance_limit(carbon_price, rival_price, premium, ratio, transaction_cost):
    """Highest price at which a credit is the cheapest way to comply.

    Parameters
    ----------
    carbon_price : of a tonne that no credit covers, yuan/t; an allowance's under a cap
    rival_price : yuan/t; infinite where rival credits do not count
    premium : quality premium over rival credits, yuan/t
    ratio : t covered by one credit
    transaction_cost : yuan/t

    Returns
    -------
    yuan/t, not negative

    Notes
    -----
    The lesser of two prices, because an allowance (or the tax, or the penalty) and a rival credit
    both replace the credit: assumption A14.
    """
    ceiling = min(carbon_price, rival_price + premium)
    return max(ceiling * ratio - transaction_cost, 0.0)


@rule
def held_usable(held, apart, local, elsewhere, room, local_share):
    """Credits held for compliance that a firm could surrender as the rules stand.

    Parameters
    ----------
    held : t held for the next surrender
    apart : whether the rules tell credits apart
    local, elsewhere : t of credits in its account that count, by where they come from
    room : t that its offset limit allows
    local_share : of the limit that only local credits can fill, 0 to 1

    Returns
    -------
    t, at most what is held; the limit itself is not looked at
    """
    if not apart:
        return held
    return min(held, usable_credits(local, elsewhere, elsewhere_room(room, local_share)))


@rule
def ordered_anywhere(wanted, elsewhere, room, share, local_share):
    """Part of an order of credits for compliance that credits of any province may fill.

    Parameters
    ----------
    wanted : t to order
    elsewhere : t of credits from other provinces that the firm holds
    room : t that its offset limit allows
    share : of the room wanted by now, 0 to 1
    local_share : of the limit that only local credits can fill, 0 to 1

    Returns
    -------
    t; the rest is ordered of local credits alone
    """
    by_now = math.floor(elsewhere_room(room, local_share) * share)
    return min(max(by_now - elsewhere, 0), wanted)


@rule
def share_by_now(months_gone, months, pace):
    """Share of its room that a firm wants to have by now.

    Parameters
    ----------
    months_gone, months : of the purchasing time; past its end all is wanted
    pace : 1 even over the time, more is later

    Returns
    -------
    0 to 1, 1 in the last month
    """
    # An obligation that outlives its deadline, as when the deadline is moved, is wanted whole.
    return math.pow(min(months_gone / months, 1.0), pace)


@rule
def wanted_of(room, share):
    """Credits that a share of the room is.

    Parameters
    ----------
    room : t the offset limit allows
    share : 0 to 1

    Returns
    -------
    t, rounded down
    """
    return math.floor(room * share)


@rule
def wanted_by_now(room, months_gone, months, pace):
    """Credits that a firm wants to have by now.

    Parameters
    ----------
    room : t the offset limit allows
    months_gone, months, pace : see `share_by_now`

    Returns
    -------
    t, the whole room in the last month
    """
    return wanted_of(room, share_by_now(months_gone, months, pace))


@rule
def compliance_order(wanted, held):
    """Credits to order this month.

    Parameters
    ----------
    wanted, held : t

    Returns
    -------
    t, not negative
    """
    return max(wanted - held, 0)


@rule
def rivals_bought(
    need, obligation, limit, covered, elsewhere, local_share, carbon_price, rival_price, cost
):
    """Rival credits that a firm buys at the deadline.

    Parameters
    ----------
    need : t still to be covered
    obligation : t
    limit : offset limit, share of the obligation, 0 to 1
    covered : t that other credits cover already
    elsewhere : t of these covered by credits from other provinces
    local_share : of the limit that only local credits can fill, 0 to 1
    carbon_price : of a tonne that no credit covers, yuan/t
    rival_price : yuan/t
    cost : buyer's transaction cost, yuan/t

    Returns
    -------
    t, one for one: as many as the limit leaves, where they are cheaper
    """
    if rival_price + cost >= carbon_price:
        return 0
    most = math.floor(obligation * limit * LAST_BITS)
    # Nothing says that a rival credit is local, so none takes the place of local ones (A53).
    most_elsewhere = elsewhere_room(most, local_share)
    return max(min(need, most - covered, most_elsewhere - elsewhere), 0)


@rule
def credits_admitted(brought, total, most):
    """Credits of a firm that the limit of all firms together lets it surrender.

    Parameters
    ----------
    brought : t that the firm could surrender under its own limit
    total : t that all firms could
    most : t that all firms together may

    Returns
    -------
    t, rounded down: pro rata where there are too many

    Notes
    -----
    Pro rata, so that nothing depends on who comes first; the few tonnes that rounding leaves are
    nobody's: assumption A45.
    """
    if total <= most:
        return brought
    return share_of(brought, total, most)[0]


@rule
def emissions_covered(credits, ratio):
    """Emissions that surrendered credits cover.

    Parameters
    ----------
    credits : t
    ratio : t covered by one credit

    Returns
    -------
    t, rounded down
    """
    return math.floor(credits * ratio * LAST_BITS)
