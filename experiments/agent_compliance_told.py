"""What a firm does about its compliance obligation, in sentences."""

from types import SimpleNamespace
from typing import Any

from agents.parameters import month_text
from agents.vocabulary import Eligibility, Entry, PathKind, Purpose, Regime
from experiments.agent_moment import Moment
from experiments.agent_orders_told import bid_told
from simulation.state import Clock, Prices

__all__ = ["compliance_told"]


def compliance_told(
    moment: Moment, firm: SimpleNamespace, places: list[int], entries: list[Any]
) -> list[str]:
    """Orders for compliance, what is owed, and what was settled.

    Parameters
    ----------
    moment : Moment
    firm : SimpleNamespace
        Its columns.
    places : list of int
        Of its orders for compliance in the book.
    entries : list
        Of the month that move its money or credits.

    Returns
    -------
    list of str
    """
    say, rules = moment.say, moment.state.rules
    texts = [
        moment.of_book(bid_told(moment, place, _why_compliance(moment, place)))
        for place in places
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
            "未履约出价：抵销比例上限不允许使用碳信用。",
        ))
    elif float(moment.state.prices[Prices.CREDIT]) < 0.01:
        texts.append(say(
            "No bid for compliance: a credit saves it nothing at this month's prices.",
            "未履约出价：按本月价格，使用碳信用并无节省。",
        ))
    elif firm.for_compliance_t >= firm.room_t:
        texts.append(say(
            "No bid for compliance: it holds all that it may use.",
            "未履约出价：持有量已达可用上限。",
        ))
    elif float(moment.state.prices[Prices.CREDIT_USE]) < 1.0:
        texts.append(say(
            "No bid for compliance: it wants no more credits at this month's prices.",
            "未履约出价：按本月价格不再需要更多碳信用。",
        ))
    else:
        texts.append(say(
            "No bid for compliance: it has what it wants by this month.",
            "未履约出价：已达本月应持有的数量。",
        ))
    return texts


def _why_compliance(moment: Moment, place: int) -> str:
    if moment.orders.eligibility[place] == Eligibility.LOCAL:
        return moment.say("of local credits for compliance", "为履约（限本地碳信用）")
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
            f"限价依据：未由碳信用覆盖的每吨成本{carbon}，扣除交易成本{cost}。",
        )]
    return [say(
        f"Its limit: a tonne that no credit covers costs {carbon}, a rival credit {rival}; the "
        f"lesser of both, less a transaction cost of {cost}.",
        f"限价依据：未由碳信用覆盖的每吨成本{carbon}，竞争性碳信用{rival}，取较低者并扣除交易成本{cost}。",
    )]


def _not_eligible(moment: Moment) -> str:
    news = int(moment.state.clock[Clock.NEWS_FROM])
    if news and moment.state.news.compliance.eligible[0]:
        return moment.say(
            f"Credits do not count for compliance before {month_text(news)}, as announced.",
            f"据公布，碳信用自{month_text(news)}起方可用于履约。",
        )
    return moment.say("Credits do not count for compliance.", "碳信用不可用于履约。")


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
            f"；可用碳信用{tonnes(firm.room_t)}，已为此持有{tonnes(firm.for_compliance_t)}",
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
            f"以碳信用清缴{moment.tonnes(surrendered)}。",
        ))
    for entry, english, chinese in (
        (Entry.ALLOWANCES, "for allowances", "购买配额支出"),
        (Entry.RIVAL_CREDITS, "for rival credits", "购买竞争性碳信用支出"),
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
