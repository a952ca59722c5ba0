"""What a buyer firm decided this month, in sentences."""

from types import SimpleNamespace
from typing import Any

from agents.parameters import month_text
from agents.vocabulary import (
    CreditState,
    Eligibility,
    Entry,
    Motive,
    Occasion,
    PathKind,
    Purpose,
    Regime,
)
from experiments.agent_columns_words import REASONS
from experiments.agent_moment import Moment, values_of
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
        *_compliance(moment, firm, orders.get(Motive.COMPLIANCE, []), entries),
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


def _order(moment: Moment, place: int, why: str) -> str:
    # An order with its limit, and what it got.
    say, order = moment.say, moment.orders[place]
    bid = say("Bid", "出价")
    if not moment.cleared:
        bid = say("Bids", "出价")
    text = say(
        f"{bid} for {moment.tonnes(order.wanted_t)} {why} at up to "
        f"{moment.price(order.limit_fen)}",
        f"{why}{bid}{moment.tonnes(order.wanted_t)}，限价{moment.price(order.limit_fen)}",
    )
    if order.quantity_t == 0:
        return text + say(
            ": not admitted, outside the price limits or below a lot.",
            "：超出限价或不足一个交易单位，未获受理。",
        )
    if order.price_fen != order.limit_fen:
        text += say(
            f" ({moment.price(order.price_fen)} under the market's limits, steps and tax)",
            f"（按限价、变动价位与交易税为{moment.price(order.price_fen)}）",
        )
    if not moment.cleared:
        return text + say("; the market has not met yet.", "；尚未撮合。")
    trades = moment.trades_of(place)
    if trades:
        got = moment.got(trades, selling=False)
        if sum(trade.tonnes for trade in trades) == order.quantity_t:
            return text + say(f"; bought all of it: {got}.", f"；全部买入，{got}。")
        return text + say(f"; bought {got}.", f"；部分买入，{got}。")
    best = moment.best_opposite(place)
    if best == 0:
        return text + say(
            "; bought nothing: nobody offered such credits.", "；未成交：无人挂牌此类信用。",
        )
    if best > order.price_fen:
        return text + say(
            f"; bought nothing: the lowest ask was {moment.price(best)}.",
            f"；未成交：最低要价为{moment.price(best)}。",
        )
    if not 0 < moment.best_opposite(place, left=True) <= order.price_fen:
        return text + say(
            "; bought nothing: what was asked at such a price was sold to others.",
            "；未成交：要价在此限价以内的信用均已售予其他买方。",
        )
    return text + say(
        f"; bought nothing, although asks went down to {moment.price(best)}.",
        f"；未成交，尽管最低要价为{moment.price(best)}。",
    )


def _voluntary(moment: Moment, firm: SimpleNamespace, places: list[int]) -> list[str]:
    say, now = moment.say, moment.ran("bid_voluntary")
    texts = []
    for place in places:
        reason = say(*REASONS[occasion_of(moment, firm)])
        texts.append(moment.of_book(_order(moment, place, reason)))
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
            f"因对信用的信任下降折至{trust:.0%}",
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
            f"因逆转取消其信用{tonnes(cancelled)}。",
        ))
    if firm.reserve_t:
        texts.append(say(
            f"Keeps {tonnes(firm.reserve_t)} as a green reserve until "
            f"{month_text(firm.reserve_until)}, in case credits come to count.",
            f"持有绿色储备{tonnes(firm.reserve_t)}，待可用于履约，至"
            f"{month_text(firm.reserve_until)}。",
        ))
    return texts


def _compliance(
    moment: Moment, firm: SimpleNamespace, places: list[int], entries: list[Any]
) -> list[str]:
    say, rules = moment.say, moment.state.rules
    texts = [
        moment.of_book(_order(moment, place, _why_compliance(moment, place))) for place in places
    ]
    settled = _settled(moment, firm, entries)
    if not firm.covered:
        return [*texts, *settled, say(
            "It has no compliance obligation.", "不是重点排放单位，没有履约义务。",
        )]
    if rules.regime.kind[0] == Regime.NONE:
        return [*texts, *settled, say("No compliance rule is in force.", "目前没有履约制度。")]
    if places and moment.ran("bid_compliance"):
        texts += _worth(moment)
    texts += settled
    texts += _obligation(moment, firm)
    if not rules.compliance.eligible[0]:
        return [*texts, _not_eligible(moment)]
    if places or firm.obligation_t <= 0 or not moment.ran("bid_compliance"):
        return texts
    if firm.room_t <= 0:
        texts.append(say(
            "No bid for compliance: the offset limit leaves no room for credits.",
            "未履约出价：抵销比例上限不允许使用信用。",
        ))
    elif float(moment.state.prices[Prices.CREDIT]) < 0.01:
        texts.append(say(
            "No bid for compliance: a credit saves it nothing at this month's prices.",
            "未履约出价：按本月价格，使用信用并无节省。",
        ))
    elif firm.for_compliance_t >= firm.room_t:
        texts.append(say(
            "No bid for compliance: it holds all that it may use.",
            "未履约出价：持有量已达可用上限。",
        ))
    elif float(moment.state.prices[Prices.CREDIT_USE]) < 1.0:
        texts.append(say(
            "No bid for compliance: it wants no more credits at this month's prices.",
            "未履约出价：按本月价格不再需要更多信用。",
        ))
    else:
        texts.append(say(
            "No bid for compliance: it has what it wants by this month.",
            "未履约出价：已达本月应持有的数量。",
        ))
    return texts


def _why_compliance(moment: Moment, place: int) -> str:
    if moment.orders.eligibility[place] == Eligibility.LOCAL:
        return moment.say("of local credits for compliance", "为履约（限本地信用）")
    return moment.say("for compliance", "为履约")


def _worth(moment: Moment) -> list[str]:
    # What makes the limit; where firms trade allowances their price has moved on since.
    say, rules, prices = moment.say, moment.state.rules, moment.state.prices
    if rules.allowance_price.path[0] == PathKind.ENDOGENOUS:
        return []
    carbon = moment.price(100.0 * float(prices[Prices.CARBON]))
    cost = moment.price(100.0 * float(rules.compliance.transaction_cost_yuan_per_t[0]))
    rival = moment.price(100.0 * float(rules.compliance.rival_price_yuan_per_t[0]))
    if rules.regime.kind[0] == Regime.NEUTRALISATION:
        return [say(
            f"Its limit: a tonne that no credit covers costs {carbon}; less a transaction cost of "
            f"{cost}.",
            f"限价依据：未由信用覆盖的每吨成本{carbon}，扣除交易成本{cost}。",
        )]
    return [say(
        f"Its limit: a tonne that no credit covers costs {carbon}, a rival credit {rival}; the "
        f"lesser of both, less a transaction cost of {cost}.",
        f"限价依据：未由信用覆盖的每吨成本{carbon}，竞争性信用{rival}，取较低者并扣除交易成本{cost}。",
    )]


def _not_eligible(moment: Moment) -> str:
    news = int(moment.state.clock[Clock.NEWS_FROM])
    if news and moment.state.news.compliance.eligible[0]:
        return moment.say(
            f"Credits do not count for compliance before {month_text(news)}, as announced.",
            f"据公布，信用自{month_text(news)}起方可用于履约。",
        )
    return moment.say("Credits do not count for compliance.", "信用不可用于履约。")


def _obligation(moment: Moment, firm: SimpleNamespace) -> list[str]:
    say, tonnes, rules = moment.say, moment.tonnes, moment.state.rules
    if firm.obligation_t <= 0:
        return [say("No obligation is open now.", "目前没有待履行的义务。")]
    owes = say("Owes", "须清缴")
    if rules.allowance_price.path[0] == PathKind.ENDOGENOUS:
        owes = say("Expects to owe", "预计须清缴")
    when = say("the next deadline", "下次履约")
    if rules.banking.period_years[0] == 1:
        due = moment.month - moment.month % 12 + int(rules.compliance.deadline_month[0]) - 1
        # What is still open after its deadline waits for the next one.
        late = due < moment.month or (due == moment.month and moment.ran("comply"))
        when = month_text(due + 12 * late)
        when = say(f"the deadline of {when}", f"{when}履约截止时")
    text = say(
        f"{owes} {tonnes(firm.obligation_t)} at {when}", f"{when}{owes}{tonnes(firm.obligation_t)}",
    )
    own = firm.allocation_t + firm.bank_t + firm.traded_t
    parts = []
    if firm.allocation_t:
        parts.append(say(f"{tonnes(firm.allocation_t)} given", f"免费{tonnes(firm.allocation_t)}"))
    if firm.bank_t:
        parts.append(say(f"{tonnes(firm.bank_t)} banked", f"结转{tonnes(firm.bank_t)}"))
    if firm.traded_t > 0:
        parts.append(say(f"{tonnes(firm.traded_t)} bought", f"净买入{tonnes(firm.traded_t)}"))
    elif firm.traded_t < 0:
        parts.append(say(f"less {tonnes(-firm.traded_t)} sold", f"净卖出{tonnes(-firm.traded_t)}"))
    has = say(f"has allowances for {tonnes(own)}", f"持有配额{tonnes(own)}")
    if len(parts) > 1:
        has += say(f" ({', '.join(parts)})", f"（{'、'.join(parts)}）")
    if own:
        text += say(f" and {has}", f"，{has}")
    elif rules.regime.kind[0] in (Regime.CAP, Regime.ABSOLUTE):
        text += say(" and has no allowances", "，没有配额")
    if rules.compliance.eligible[0]:
        text += say(
            f"; may use {tonnes(firm.room_t)} of credits and holds "
            f"{tonnes(firm.for_compliance_t)} for that",
            f"；可用信用{tonnes(firm.room_t)}，已为此持有{tonnes(firm.for_compliance_t)}",
        )
    return [text + say(".", "。")]


def _settled(moment: Moment, firm: SimpleNamespace, entries: list[Any]) -> list[str]:
    # What the journal tells of the deadline, or of a month of trade in allowances.
    say = moment.say
    paid: dict[int, int] = {}
    received = surrendered = 0
    for line in entries:
        if line.entry == Entry.RETIRE and line.purpose == Purpose.COMPLIANCE:
            surrendered += line.amount
        elif line.is_money and line.debit == firm.account:
            paid[line.entry] = paid.get(line.entry, 0) + line.amount
        elif line.entry == Entry.ALLOWANCES:
            received += line.amount
    texts = []
    if surrendered:
        texts.append(say(
            f"Surrendered {moment.tonnes(surrendered)} of credits.",
            f"以信用清缴{moment.tonnes(surrendered)}。",
        ))
    for entry, english, chinese in (
        (Entry.ALLOWANCES, "for allowances", "购买配额支出"),
        (Entry.RIVAL_CREDITS, "for rival credits", "购买竞争性信用支出"),
        (Entry.CARBON_TAX, "of carbon tax", "缴纳碳税"),
        (Entry.PENALTY, "of penalties and charges", "缴纳罚款与费用"),
        (Entry.FINE, "of fines for hidden emissions", "因瞒报排放缴纳罚款"),
    ):
        if entry in paid:
            texts.append(say(
                f"Paid {moment.money(paid[entry])} {english}.",
                f"{chinese}{moment.money(paid[entry])}。",
            ))
    if received:
        texts.append(say(
            f"Sold allowances for {moment.money(received)}.",
            f"出售配额收入{moment.money(received)}。",
        ))
    return texts


def _quota(moment: Moment, firm: SimpleNamespace, places: list[int]) -> list[str]:
    say, tonnes, rules = moment.say, moment.tonnes, moment.state.rules.quota[0]
    texts = [
        moment.of_book(_order(moment, place, say("for its purchase quota", "为强制购买")))
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
            "排放量低于本省强制购买的起征量。",
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
