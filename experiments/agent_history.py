"""What happened to a project or a firm, the latest first."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from agents.parameters import month_text
from agents.registry.ledger import JOURNAL
from agents.vocabulary import Entry, Motive, Occasion, Purpose
from experiments.agent_columns_words import MEASURES, REASONS
from experiments.agent_moment import Moment
from simulation.state import Clock

__all__ = ["Happened", "firm_history", "project_history"]

MOTIVES = {
    Motive.VOLUNTARY: ("voluntary", "自愿"),
    Motive.COMPLIANCE: ("for compliance", "履约"),
    Motive.QUOTA: ("for a purchase quota", "强制购买"),
    Motive.PUBLIC: ("public purchase", "政府采购"),
}
# Entries that are told, by what is told of them.
CREDITS_TOLD = (Entry.RETIRE, Entry.PLEDGE, Entry.RELEASE, Entry.CANCEL, Entry.REPLENISH)
MONEY_PAID = {
    Entry.TREATMENT: (
        "Spends {amount} of its watershed account on new treatment",
        "流域账户支出{amount}用于新增治理",
    ),
    Entry.UPKEEP: ("Pays {amount} for upkeep", "支付管护费用{amount}"),
    Entry.RIVAL_CREDITS: ("Buys rival credits for {amount}", "购买竞争性碳信用，支出{amount}"),
    Entry.ALLOWANCES: ("Buys allowances for {amount}", "购买配额，支出{amount}"),
    Entry.CARBON_TAX: ("Pays {amount} of carbon tax", "缴纳碳税{amount}"),
    Entry.PENALTY: ("Pays {amount} of penalties and charges", "缴纳罚款与费用{amount}"),
    Entry.FINE: ("Pays {amount} of fines for hidden emissions", "因瞒报排放缴纳罚款{amount}"),
}
PURPOSES = {
    Purpose.NONE: ("", ""),
    Purpose.OWN_EMISSIONS: (" for its own emissions", "，用于抵销自身排放"),
    Purpose.LOCAL_SUPPORT: (" in support of the place", "，用于支持本地"),
    Purpose.COMPLIANCE: (" for compliance", "，用于履约"),
    Purpose.QUOTA: (" for a purchase quota", "，用于完成强制购买"),
    Purpose.REVERSAL: (" for a reversal", "，因逆转"),
    Purpose.OVER_CREDITING: (" for over-crediting", "，因超额签发"),
}


class Happened(NamedTuple):
    """Something that happened to an agent.

    Attributes
    ----------
    month : str
        ``YYYY-MM``.
    text : str
    """

    month: str
    text: str


# Month, place within the month, and text.
Told = tuple[int, int, str]


def project_history(moment: Moment, row: int, most: int) -> list[Happened]:
    """What happened to a project.

    Parameters
    ----------
    moment : Moment
    row : int
    most : int

    Returns
    -------
    list of Happened
        The latest first.
    """
    projects = moment.state.projects
    accounts = int(projects.account[row]), int(projects.fund_account[row])
    return _latest([
        *_stands(moment, row), *_verifications(moment, int(projects.agent_id[row]), most),
        *_deals(moment, int(projects.agent_id[row]), most, selling=True),
        *_entries(moment, accounts, most),
    ], most)


def firm_history(moment: Moment, row: int, most: int) -> list[Happened]:
    """What happened to a firm.

    Parameters
    ----------
    moment : Moment
    row : int
    most : int

    Returns
    -------
    list of Happened
        The latest first.
    """
    firms = moment.state.firms
    return _latest([
        *_deals(moment, int(firms.agent_id[row]), most, selling=False),
        *_entries(moment, (int(firms.account[row]),), most),
    ], most)


def _latest(told: list[Told], most: int) -> list[Happened]:
    told.sort(key=lambda item: item[:2], reverse=True)
    return [Happened(month_text(month), text) for month, _, text in told[:most]]


def _stands(moment: Moment, row: int) -> Iterator[Told]:
    stands = moment.state.stands[: moment.state.clock[Clock.STANDS]]
    mine = stands[(stands.project == row) & (stands.treated_month <= moment.month)]
    for month in np.unique(mine.treated_month).tolist():
        then = mine[mine.treated_month == month]
        area = f"{float(then.area_ha.sum()):,.0f}"
        measures = moment.listed([
            moment.say(*MEASURES[measure]) for measure in np.unique(then.measure).tolist()
        ])
        # What fires and floods took is no longer in the table.
        still = moment.state.rules.permanence.hazard_scale[0] > 0.0
        yield month, 0, moment.say(
            f"Treated land begins to store carbon: {area} ha{' by now' if still else ''} "
            f"({measures})",
            f"治理土地开始固碳：{'现存' if still else ''}{area}公顷（{measures}）",
        )


def _verifications(moment: Moment, agent_id: int, most: int) -> Iterator[Told]:
    say, tonnes = moment.say, moment.tonnes
    found = moment.state.verifications[: moment.state.clock[Clock.VERIFICATIONS]]
    for one in found[found.project_id == agent_id][-most:]:
        period = say(
            f"{month_text(one.vintage_start)} to {month_text(one.vintage_end)}",
            f"{month_text(one.vintage_start)}至{month_text(one.vintage_end)}",
        )
        yield int(one.asked_month), 1, say(
            f"Asks for verification of what grew from {period}, for {moment.money(one.fee_fen)}",
            f"申请核查，监测期{period}，付费{moment.money(one.fee_fen)}",
        )
        if one.issued_month:
            own = one.credited_t - one.buffer_t - one.levied_t
            parts = [say(f"{tonnes(own)} to the seller", f"卖方{tonnes(own)}")]
            if one.buffer_t:
                parts.append(say(
                    f"{tonnes(one.buffer_t)} to the buffer pool", f"缓冲池{tonnes(one.buffer_t)}",
                ))
            if one.levied_t:
                parts.append(say(
                    f"{tonnes(one.levied_t)} to the government's reserve",
                    f"政府储备{tonnes(one.levied_t)}",
                ))
            yield int(one.issued_month), 2, say(
                f"{tonnes(one.credited_t)} issued of {tonnes(one.measured_t)} measured: "
                f"{moment.listed(parts)}",
                f"核得{tonnes(one.measured_t)}，签发{tonnes(one.credited_t)}："
                f"{moment.listed(parts)}",
            )
        if one.audited_month:
            yield int(one.audited_month), 3, say(
                f"A spot audit finds that {tonnes(one.found_t)} stand for nothing"
                if one.found_t else "A spot audit finds nothing wrong",
                f"抽查认定{tonnes(one.found_t)}碳信用无实际碳汇"
                if one.found_t else "抽查未发现问题",
            )


def _deals(moment: Moment, agent_id: int, most: int, *, selling: bool) -> Iterator[Told]:
    deals = moment.state.deals[: moment.state.clock[Clock.DEALS]]
    who, other = ("seller_id", "buyer_id") if selling else ("buyer_id", "seller_id")
    for deal in deals[deals[who] == agent_id][-most:]:
        partner = moment.name_of(int(deal[other]), selling=not selling)
        why = moment.say(*MOTIVES[Motive(int(deal.motive))])
        if deal.occasion != Occasion.NONE:
            reason = moment.say(*REASONS[Occasion(int(deal.occasion))])
            why = moment.say(f"{why}, {reason}", f"{why}，{reason}")
        tonnes = moment.tonnes(deal.tonnes)
        price = moment.price(deal.seller_price_fen if selling else deal.price_fen)
        if selling:
            text = moment.say(
                f"Sells {tonnes} to {partner} at {price} ({why})",
                f"售予{partner}：{tonnes}，{price}（{why}）",
            )
        else:
            text = moment.say(
                f"Buys {tonnes} from {partner} at {price} ({why})",
                f"购自{partner}：{tonnes}，{price}（{why}）",
            )
        yield int(deal.month), 4, text


def _entries(moment: Moment, accounts: tuple[int, ...], most: int) -> Iterator[Told]:
    # Retirements and what was paid; an amount that went in parts is told as one.
    lines = moment.state.ledger.journal[: moment.state.ledger.counters[JOURNAL]]
    gave = np.flatnonzero(np.isin(lines["debit"], accounts))
    got = np.flatnonzero((lines["entry"] == Entry.ALLOWANCES) & np.isin(lines["credit"], accounts))
    paid: dict[tuple[int, int, int, bool], int] = {}
    for places, giving in ((gave, True), (got, False)):
        mine = lines[places]
        told = np.isin(mine["entry"], [*CREDITS_TOLD, *MONEY_PAID])
        for line in mine[told].tolist():
            one = dict(zip(lines.dtype.names, line, strict=True))
            key = one["month"], one["entry"], one["purpose"], giving
            paid[key] = paid.get(key, 0) + one["amount"]
    for (month, entry, purpose, giving), amount in sorted(paid.items())[-most:]:
        yield month, 5, _entry_told(moment, Entry(entry), Purpose(purpose), giving, amount)


def _entry_told(
    moment: Moment, entry: Entry, purpose: Purpose, giving: bool, amount: Any,  # noqa: ANN401
) -> str:
    say, tonnes = moment.say, moment.tonnes(amount)
    if not giving:
        money = moment.money(amount)
        return say(f"Sells allowances for {money}", f"出售配额，收入{money}")
    if entry in MONEY_PAID:
        return say(*MONEY_PAID[entry]).format(amount=moment.money(amount))
    why = say(*PURPOSES[purpose])
    return {
        Entry.RETIRE: say(f"Retires {tonnes}{why}", f"注销{tonnes}{why}"),
        Entry.PLEDGE: say(f"Pledges {tonnes} for a loan", f"质押{tonnes}融资"),
        Entry.RELEASE: say(f"{tonnes} are released from the pledge", f"{tonnes}解除质押"),
        Entry.CANCEL: say(f"{tonnes} are cancelled{why}", f"取消{tonnes}{why}"),
        Entry.REPLENISH: say(
            f"Gives {tonnes} of its new credits back to the buffer pool",
            f"以新签发碳信用归还缓冲池{tonnes}",
        ),
    }[entry]
