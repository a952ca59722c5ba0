"""What a buyer firm decided this month, in sentences."""

from types import SimpleNamespace
from typing import Any

from agents.parameters import month_text
from agents.vocabulary import CreditState, Entry, Motive, Occasion, Purpose
from experiments.agent_columns_words import REASONS
from experiments.agent_compliance_told import compliance_told
from experiments.agent_moment import Moment, values_of
from experiments.agent_orders_told import bid_told
from simulation.state import Clock, Prices

__all__ = ["firm_decisions", "occasion_of"]


def firm_decisions(moment: Moment, row: int) -> list[str]:
    """What a firm decided, motive by motive.

    Parameters
    ----------
    moment : Moment
    row : int

    Returns
    -------
    list of str
    """
    firm = values_of(moment.state.firms, row)
    orders: dict[int, list[int]] = {}
    for place in moment.orders_of(firm.agent_id):
        orders.setdefault(int(moment.orders.motive[place]), []).append(place)
    entries = moment.entries_of(firm.account)
    return [
        *_voluntary(moment, firm, orders.get(Motive.VOLUNTARY, [])),
        *_used(moment, firm, entries),
        *compliance_told(moment, firm, orders.get(Motive.COMPLIANCE, []), entries),
        *_quota(moment, firm, orders.get(Motive.QUOTA, [])),
        *_retrofit(moment, firm),
    ]


def occasion_of(moment: Moment, firm: SimpleNamespace) -> int:
    """Occasion of the voluntary order of the book: of a filled one only the deal tells it."""
    if firm.occasion != Occasion.NONE:
        return firm.occasion
    deals = moment.state.deals[: moment.state.clock[Clock.DEALS]]
    first = int(deals.month.searchsorted(moment.book_month))
    mine = deals[first:]
    mine = mine[(mine.buyer_id == firm.agent_id) & (mine.motive == Motive.VOLUNTARY)]
    return int(mine.occasion[-1]) if len(mine) else int(Occasion.NONE)


def _voluntary(moment: Moment, firm: SimpleNamespace, places: list[int]) -> list[str]:
    say, now = moment.say, moment.ran("bid_voluntary")
    texts = []
    for place in places:
        reason = say(*REASONS[occasion_of(moment, firm)])
        texts.append(moment.of_book(bid_told(moment, place, reason)))
        if now and firm.occasion not in (Occasion.PLANNED, Occasion.GREEN_RESERVE):
            texts += _limit(moment, firm, int(moment.orders.limit_fen[place]))
    if now and not places:
        texts.append(_no_bid(moment, firm))
    elif now and firm.occasion_t > 0:
        texts.append(_still_wanted(moment, firm, places[0]))
    if firm.planned_t > 0:
        texts.append(say(
            f"Plans to buy {moment.tonnes(firm.planned_t)} in {month_text(firm.planned_month)} at "
            f"up to {moment.price(firm.planned_fen)}.",
            f"计划于{month_text(firm.planned_month)}购买{moment.tonnes(firm.planned_t)}，"
            f"限价{moment.price(firm.planned_fen)}。",
        ))
    return texts


def _limit(moment: Moment, firm: SimpleNamespace, limit: int) -> list[str]:
    # What moved the limit away from the willingness drawn for the occasion.
    say = moment.say
    own, trust = 100.0 * firm.occasion_willingness, float(moment.state.prices[Prices.TRUST])
    subsidy = 100.0 * float(moment.state.rules.voluntary.subsidy_yuan_per_t[0])
    moved = []
    if trust < 0.9995:
        moved.append(say(
            f"cut to {trust:.0%} of it by lost trust in credits",
            f"因对碳信用的信任下降折至{trust:.0%}",
        ))
    raised = (limit - subsidy) / (own * trust) - 1.0 if own * trust > 0.0 else 0.0
    if raised > 0.001:
        moved.append(say(
            f"{raised:.0%} more because firms that it knows bought lately",
            f"因相关企业近期购买上调{raised:.0%}",
        ))
    if subsidy > 0.0:
        moved.append(say(f"a subsidy of {moment.price(subsidy)}", f"补贴{moment.price(subsidy)}"))
    if not moved:
        return []
    return [say(
        f"Its limit: a willingness to pay of {moment.price(own)}, {moment.listed(moved)}.",
        f"限价构成：支付意愿{moment.price(own)}，{moment.listed(moved)}。",
    )]


def _still_wanted(moment: Moment, firm: SimpleNamespace, place: int) -> str:
    say = moment.say
    text = say(
        f"It still wants {moment.tonnes(firm.occasion_t)} until {month_text(firm.occasion_ends)}",
        f"{month_text(firm.occasion_ends)}前仍需{moment.tonnes(firm.occasion_t)}",
    )
    if firm.occasion == Occasion.PLANNED:
        return text + say(".", "。")
    left = moment.money(firm.budget_fen)
    # What has been settled by now is no longer wanted.
    bought = firm.to_retire_t if firm.to_retire_t else 0
    if moment.ran("retire"):
        bought = int(moment.state.filled[place])
    if moment.orders.wanted_t[place] < firm.occasion_t + bought and (
        firm.occasion != Occasion.GREEN_RESERVE
    ):
        return text + say(
            f"; its voluntary budget allows no more at this limit ({left} left this year).",
            f"；自愿购买预算在此限价下不允许更多（今年剩余{left}）。",
        )
    return text + say(
        f"; its voluntary budget has {left} left this year.", f"；今年自愿购买预算剩余{left}。",
    )


def _no_bid(moment: Moment, firm: SimpleNamespace) -> str:
    say = moment.say
    if firm.occasion == Occasion.NONE:
        scale = float(moment.state.rules.voluntary.demand_scale[0])
        if firm.occasions_per_year * scale <= 0.0:
            return say("It has no voluntary demand.", "没有自愿购买需求。")
        return say(
            "No voluntary bid: no occasion is open.", "未自愿出价：目前没有购买事由。",
        )
    reason = say(*REASONS[firm.occasion])
    wants = say(
        f"No voluntary bid, although it wants {moment.tonnes(firm.occasion_t)} {reason} "
        f"until {month_text(firm.occasion_ends)}",
        f"{reason}需{moment.tonnes(firm.occasion_t)}（至{month_text(firm.occasion_ends)}），"
        "但未出价",
    )
    if firm.occasion == Occasion.GREEN_RESERVE:
        return wants + say(
            f": it holds {moment.tonnes(firm.reserve_t + firm.for_compliance_t)} already.",
            f"：已持有{moment.tonnes(firm.reserve_t + firm.for_compliance_t)}。",
        )
    left = moment.money(firm.budget_fen)
    if firm.budget_fen < 100.0 * firm.occasion_willingness:
        return wants + say(
            f": its voluntary budget of this year is spent ({left} left).",
            f"：今年自愿购买预算已用尽（剩余{left}）。",
        )
    return wants + say(".", "。")


def _used(moment: Moment, firm: SimpleNamespace, entries: list[Any]) -> list[str]:
    say, tonnes, texts = moment.say, moment.tonnes, []
    sums: dict[tuple[int, int], int] = {}
    for line in entries:
        key = line.entry, line.purpose
        sums[key] = sums.get(key, 0) + line.amount
    for purpose, english, chinese in (
        (Purpose.OWN_EMISSIONS, "for its own emissions", "用于抵销自身排放"),
        (Purpose.LOCAL_SUPPORT, "in support of the place", "用于支持本地"),
        (Purpose.QUOTA, "for its purchase quota", "用于完成强制购买"),
    ):
        if retired := sums.get((Entry.RETIRE, purpose), 0):
            texts.append(say(
                f"Retired {tonnes(retired)} {english}.", f"注销{tonnes(retired)}，{chinese}。",
            ))
    pledged = int(moment.state.ledger.tonnes[firm.account, CreditState.PLEDGED])
    if pledged and firm.pledged_until:
        texts.append(say(
            f"{tonnes(pledged)} are pledged for a loan until {month_text(firm.pledged_until)}.",
            f"{tonnes(pledged)}已质押融资，至{month_text(firm.pledged_until)}。",
        ))
    if cancelled := sums.get((Entry.CANCEL, Purpose.REVERSAL), 0):
        texts.append(say(
            f"{tonnes(cancelled)} of its credits were cancelled for a reversal.",
            f"因逆转取消其碳信用{tonnes(cancelled)}。",
        ))
    if firm.reserve_t:
        texts.append(say(
            f"Keeps {tonnes(firm.reserve_t)} as a green reserve until "
            f"{month_text(firm.reserve_until)}, in case credits come to count.",
            f"持有绿色储备{tonnes(firm.reserve_t)}，待可用于履约，至"
            f"{month_text(firm.reserve_until)}。",
        ))
    return texts


def _quota(moment: Moment, firm: SimpleNamespace, places: list[int]) -> list[str]:
    say, tonnes, rules = moment.say, moment.tonnes, moment.state.rules.quota[0]
    texts = [
        moment.of_book(bid_told(moment, place, say("for its purchase quota", "为强制购买")))
        for place in places
    ]
    if not firm.under_quota or rules.share <= 0.0:
        return texts
    if firm.quota_owed_t > 0:
        texts.append(say(
            f"Must retire {tonnes(firm.quota_owed_t)} for its purchase quota and holds "
            f"{tonnes(firm.for_quota_t)} for that.",
            f"强制购买须注销{tonnes(firm.quota_owed_t)}，已为此持有{tonnes(firm.for_quota_t)}。",
        ))
        if not places and moment.ran("bid_quota"):
            texts.append(say(
                "No bid for the quota: it has what it wants by this month.",
                "未为强制购买出价：已达本月应持有的数量。",
            ))
    elif firm.emissions_t < rules.threshold_t_per_year:
        texts.append(say(
            "Emits too little to fall under the purchase quota of its province.",
            "排放量低于本省强制购买的适用门槛。",
        ))
    else:
        texts.append(say(
            "Nothing is owed for the purchase quota now.", "目前没有待完成的强制购买。",
        ))
    return texts


def _retrofit(moment: Moment, firm: SimpleNamespace) -> list[str]:
    say = moment.say
    if firm.retrofit_from <= 0:
        return []
    share = f"{firm.retrofit_share:.0%}"
    if firm.built_share > 0.0:
        ends = month_text(firm.retrofit_from + firm.retrofit_life)
        return [say(
            f"A retrofit abates {share} of its emissions until {ends}.",
            f"改造已投产，减排{share}，至{ends}。",
        )]
    starts = month_text(firm.retrofit_from)
    return [say(
        f"Is building a retrofit that abates {share} of its emissions from {starts} on.",
        f"正在改造，自{starts}起减排{share}。",
    )]
