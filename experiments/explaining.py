"""Why the price moved this month, in one or two sentences, from the deals and the books."""

from typing import NamedTuple

import numpy as np

from agents.parameters import month_text
from agents.vocabulary import Motive
from experiments.language import Language, pick, unit_in
from experiments.rule_effects import rules_at
from experiments.values_told import percent_told, price_told, rules_joined, value_told
from simulation.scenario import Scenario
from simulation.state import Clock
from simulation.world import World

__all__ = ["Parts", "explain", "parts_of"]

MOTIVES = (Motive.VOLUNTARY, Motive.COMPLIANCE, Motive.QUOTA, Motive.PUBLIC)
# Changes smaller than these are not worth a word.
SAME_PRICE = 0.005
MOVED_ALLOWANCE = 0.05
MOVED_QUOTE = 0.02
# A price so near a limit is explained by it.
NEAR_LIMIT = 0.1
# A motive with more than this share of the volume buys alone.
ALONE = 0.95
BUYERS = {
    Motive.VOLUNTARY: ("voluntary buyers", "自愿买方"),
    Motive.COMPLIANCE: ("compliance buyers", "履约买方"),
    Motive.QUOTA: ("buyers under the quota", "强制购买企业"),
    Motive.PUBLIC: ("the government", "政府"),
}
# Why orders that overlap did not trade, by pricing rule; the empty name is for all others.
UNMATCHED = {
    "mcafee": (
        "McAfee's auction leaves out the last pair that could trade, and there was no other.",
        "麦卡菲拍卖不成交最后一对可成交的买卖双方，而此外别无他人。",
    ),
    "administered": (
        "not both sides accept the price that is set.", "并非双方都接受所定价格。",
    ),
    "": (
        "the rules of the market (who meets whom, and what size) let no two of them trade.",
        "受交易规则（对手与规模）限制，未能配对。",
    ),
}


class Parts(NamedTuple):
    """An exact split of the change of a mean price between two months.

    Attributes
    ----------
    mix : float array, shape (motives,)
        Of who bought: change of a motive's share times its distance from the mean price.
    within : float array, shape (motives,)
        Of what each paid: change of a motive's own price times its share.
    shares, prices : float array, shape (2, motives)
        In the earlier and the later month; a price is not a number where nothing was bought.
    """

    mix: np.ndarray
    within: np.ndarray
    shares: np.ndarray
    prices: np.ndarray


def parts_of(before: np.recarray, now: np.recarray) -> Parts:
    """Split the change of the mean price between the deals of two months.

    Parameters
    ----------
    before, now : numpy.recarray of deals
        Neither empty.

    Returns
    -------
    Parts
        ``mix`` and ``within`` add up to the change, yuan/t.

    Notes
    -----
    Midpoint weights (Marshall-Edgeworth): with shares ``s`` and prices ``p``,
    ``sum(dp * mean(s)) + sum(ds * (mean(p) - P))``, where ``P`` is the mean of the two prices. A
    motive that bought in one of the months only counts as mix.
    """
    shares = np.zeros((2, len(MOTIVES)))
    prices = np.full((2, len(MOTIVES)), np.nan)
    for place, deals in enumerate((before, now)):
        for number, motive in enumerate(MOTIVES):
            own = deals[deals.motive == motive]
            tonnes = int(own.tonnes.sum())
            shares[place, number] = tonnes / int(deals.tonnes.sum())
            if tonnes:
                prices[place, number] = float((own.tonnes * own.price_fen).sum()) / tonnes / 100
    # Whoever bought in one month only is given the price of that month in both.
    known = np.where(np.isnan(prices), prices[::-1], prices)
    known = np.where(np.isnan(known), 0.0, known)
    middle = float((shares * known).sum()) / 2
    mix = (shares[1] - shares[0]) * (known.mean(axis=0) - middle)
    within = (known[1] - known[0]) * shares.mean(axis=0)
    return Parts(mix, within, shares, prices)


def explain(world: World, place: int, language: Language) -> str:
    """What happened to the price in a month, and why.

    Parameters
    ----------
    world : World
    place : int
        Month of the run that has ended, from 0.
    language : {"en", "zh"}

    Returns
    -------
    str
        Sentences.
    """
    monthly, scenario = world.state.monthly, world.scenario
    row = monthly[place]
    unit = unit_in("yuan/t", scenario.currency, language)
    traded = np.flatnonzero(monthly.volume_t[:place] > 0)
    last = int(traded[-1]) if len(traded) else -1
    first = place if row.volume_t == 0 else max(last + 1, 1)
    # The rule goes first: it is what one looks for when the price moves.
    text = _rules_moved(scenario, first, place, language)
    if row.volume_t == 0:
        return text + _no_trade(row, scenario.at(int(row.month)), unit, language)
    price = row.value_fen / row.volume_t / 100
    if last < 0:
        return text + pick(
            f"First trades, at {price_told(price)} {unit}: {_count(row.deals, 'deal')}, "
            f"{row.volume_t:,} t.",
            f"首次成交，均价{price_told(price)}{unit}：{row.deals}笔，{row.volume_t:,}吨。",
            language,
        )
    before = monthly[last].value_fen / monthly[last].volume_t / 100
    change = price - before
    # What the digits that are told do not show is no move.
    if abs(change) <= SAME_PRICE * before or price_told(price) == price_told(before):
        text += pick(
            f"The price stayed at {price_told(price)} {unit}: {_count(row.deals, 'deal')}, "
            f"{row.volume_t:,} t.",
            f"价格保持在{price_told(price)}{unit}：{row.deals}笔，{row.volume_t:,}吨。", language,
        )
    else:
        deals = world.state.deals[: world.state.clock[Clock.DEALS]]
        earlier, now = (deals[deals.month == scenario.start + each] for each in (last, place))
        text += _moved(before, price, scenario.start + last, place - last, unit, language)
        text += _forced(before, row, language) or _cause(
            parts_of(earlier, now), change, (len(earlier), len(now)), language
        )
        quotes = [_quotes_of(each, scenario.at(int(each.month))) for each in (monthly[last], row)]
        text += _quotes(*quotes, change, language)
    text += _at_limit(row, language)
    return text + (_allowance(monthly, last, place, unit, language) if row.eligible else "")


def _moved(
    before: float, price: float, month: int, apart: int, unit: str, language: Language
) -> str:
    went = ("rose", "上涨") if price > before else ("fell", "下跌")
    # The month is worth a word only where months without trade lie between.
    when = ("", "") if apart == 1 else (f" ({month_text(month)})", f"（{month_text(month)}）")
    return pick(
        f"The price {went[0]} from {price_told(before)}{when[0]} to {price_told(price)} {unit}",
        f"价格由{price_told(before)}{when[1]}{went[1]}至{price_told(price)}{unit}", language,
    )


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def _no_trade(
    row: np.record, scenario: Scenario, unit: str, language: Language
) -> str:
    bid = int(row.bid_voluntary_t + row.bid_compliance_t + row.bid_quota_t + row.bid_public_t)
    # The government's reserve offers too.
    offered = int(row.offered_t + row.offered_reserve_t)
    if not offered and not bid:
        return pick(
            "No trade: nobody offered credits and nobody bid.", "无成交：无人挂牌，也无人出价。",
            language,
        )
    if not offered:
        why = "" if row.stock_t else pick(
            " Sellers have no credits in stock.", "卖方没有库存。", language
        )
        return pick(
            f"No trade: {bid:,} t were bid for, but nobody offered credits.",
            f"无成交：出价{bid:,}吨，但无人挂牌。", language,
        ) + why
    if not bid:
        return pick(
            f"No trade: {offered:,} t were offered, but nobody bid.",
            f"无成交：挂牌{offered:,}吨，但无人出价。", language,
        )
    if row.refused_t:
        # Best bid and ask are from before the limits, so they tell nothing here.
        return pick(
            f"No trade: {row.refused_t:,} t of what was bid and offered lay outside the price "
            "limits or below a lot, and the rest did not meet.",
            f"无成交：{row.refused_t:,}吨出价或挂牌超出限价或不足一手，其余未能配对。", language,
        )
    ask_fen, bid_fen = _quotes_of(row, scenario)
    ask, best = price_told(ask_fen / 100), price_told(bid_fen / 100)
    if bid_fen < ask_fen:
        return pick(
            f"No trade: the highest bid, {best} {unit}, is below the lowest ask, {ask}.",
            f"无成交：最高出价{best}{unit}低于最低要价{ask}。", language,
        )
    above = ("above", "高于") if best != ask else ("not below", "不低于")
    return pick(
        f"No trade, although the highest bid, {best} {unit}, is {above[0]} the lowest ask, {ask}: ",
        f"无成交，尽管最高出价{best}{unit}{above[1]}最低要价{ask}：", language,
    ) + _unmatched(scenario, language)


def _unmatched(scenario: Scenario, language: Language) -> str:
    if scenario.market.mechanism != "bilateral":
        return pick(*UNMATCHED.get(scenario.market.mechanism, UNMATCHED[""]), language)
    smallest, cost = (
        value_told(key, value, scenario.currency, language) for key, value in (
            ("bilateral.smallest_block_t", scenario.bilateral.smallest_block_t),
            ("bilateral.search_cost_yuan", scenario.bilateral.search_cost_yuan),
        )
    )
    return pick(
        f"those who could agree did not know each other, or the deal was below {smallest} or not "
        f"worth its cost of {cost}.",
        f"可成交的双方互不相识，或数量不足{smallest}，或收益低于{cost}的交易成本。", language,
    )


def _forced(before: float, row: np.record, language: Language) -> str:
    """What went before may be traded no more: empty where it may."""
    low, high = row.lowest_allowed_fen / 100, row.highest_allowed_fen / 100
    price = row.value_fen / row.volume_t / 100
    if not (low > before or 0 < high < before):
        return ""
    limit = low if low > before else high
    # It explains the way to the limit, and not what lies beyond.
    part = abs(price / limit - 1) > NEAR_LIMIT
    partly = ("in part as ", "部分因为") if part else ("", "")
    if low > before:
        return pick(f": {partly[0]}nothing below {price_told(low)} may be traded.",
                    f"：{partly[1]}不得低于{price_told(low)}成交。", language)
    return pick(f": {partly[0]}nothing above {price_told(high)} may be traded.",
                f"：{partly[1]}不得高于{price_told(high)}成交。", language)


def _cause(
    parts: Parts, change: float, deals: tuple[int, int], language: Language
) -> str:
    towards = np.sign(change)
    effects = np.concatenate([parts.mix, parts.within]) * towards
    if effects.max() <= 0:
        return pick(".", "。", language)
    place = int(effects.argmax())
    motive, number = MOTIVES[place % len(MOTIVES)], place % len(MOTIVES)
    who = pick(*BUYERS[motive], language)
    (share_before, share_now), (paid_before, paid_now) = (
        parts.shares[:, number], parts.prices[:, number]
    )
    if place >= len(MOTIVES) and min(share_before, share_now) > ALONE:
        # That they paid the price is no news where nobody else bought.
        return pick(
            f", in {_count(deals[1], 'deal')} of {who} ({deals[0]:,} before).",
            f"，{who}成交{deals[1]}笔（此前{deals[0]}笔）。", language,
        )
    paid, paid_then = price_told(paid_now), price_told(paid_before)
    if place >= len(MOTIVES) and paid == paid_then:
        return pick(".", "。", language)
    if place >= len(MOTIVES):
        return pick(
            f": {who} paid {paid} instead of {paid_then}.",
            f"：{who}支付{paid}，此前为{paid_then}。", language,
        )
    share, share_then = (percent_told(each, language) for each in (share_now, share_before))
    if share_now > share_before:
        return pick(
            f": {who} took {share} of the volume ({share_then} before) and paid {paid}.",
            f"：{who}购买了成交量的{share}（此前{share_then}），支付{paid}。", language,
        )
    return pick(
        f": {who}, who had paid {paid_then}, took {share} of the volume ({share_then} before).",
        f"：{who}（此前均价{paid_then}）占成交量由{share_then}降至{share}。", language,
    )


def _quotes(
    before: tuple[int, int], now: tuple[int, int], change: float, language: Language
) -> str:
    """Lowest ask or highest bid, whichever went further the way of the price."""
    words = ("The lowest ask", "最低要价"), ("The highest bid", "最高出价")
    moved = [
        (float(np.sign(change)) * (new / old - 1), old / 100, new / 100, word)
        for old, new, word in zip(before, now, words, strict=True) if old > 0 and new > 0
    ]
    if not moved or max(moved)[0] <= MOVED_QUOTE:
        return ""
    _, then, now, words = max(moved)
    went = ("rose", "升至") if now > then else ("fell", "降至")
    return pick(
        f" {words[0]} {went[0]} from {price_told(then)} to {price_told(now)}.",
        f"{words[1]}由{price_told(then)}{went[1]}{price_told(now)}。", language,
    )


def _quotes_of(row: np.record, scenario: Scenario) -> tuple[int, int]:
    """Lowest ask and highest bid as they meet: on the tick, within the limits, less the tax.

    Notes
    -----
    The record has them as they were meant; 0 stands for none. The government pays no tax to itself.
    """
    tick = max(round(scenario.trading_units.tick_yuan_per_t * 100), 1)
    ask, bid, high = int(row.best_ask_fen), int(row.best_bid_fen), int(row.highest_allowed_fen)
    if row.offered_reserve_t:
        # The reserve sells at its own price.
        reserve = round(scenario.reserve.soft_ceiling_yuan_per_t * 100)
        ask = min(ask, reserve) if ask else reserve
    if ask:
        ask = max(-(-ask // tick) * tick, int(row.lowest_allowed_fen))
    if not row.bid_public_t:
        bid = int(bid / (1 + scenario.transaction_tax.share) + 1e-6)
    bid = bid // tick * tick
    return ask, min(bid, high) if high else bid


def _at_limit(row: np.record, language: Language) -> str:
    price = row.value_fen / row.volume_t
    if row.highest_allowed_fen and price >= row.highest_allowed_fen:
        return pick(" It is at the highest price allowed.", "已达允许的最高价。", language)
    if row.lowest_allowed_fen and price <= row.lowest_allowed_fen:
        return pick(" It is at the lowest price allowed.", "已达允许的最低价。", language)
    return ""


def _rules_moved(scenario: Scenario, first: int, last: int, language: Language) -> str:
    dates = sorted({event.effective for event in scenario.events
                    if first <= event.effective - scenario.start <= last})
    currency = scenario.currency
    told = []
    for date in dates:
        # Months without trade may lie between a rule and the first price under it.
        late = date - scenario.start < last
        when = pick(f" ({month_text(date)})", f"（{month_text(date)}）", language) if late else ""
        told += [rule + when for rule in rules_at(scenario, date).told(currency, language)]
    if not told:
        return ""
    rules = rules_joined(told, language)
    return pick(f"New rule: {rules}. ", f"新规则：{rules}。", language)


def _allowance(
    monthly: np.recarray, last: int, place: int, unit: str, language: Language
) -> str:
    before, now = float(monthly.allowance_price[last]), float(monthly.allowance_price[place])
    if before <= 0 or abs(now / before - 1) < MOVED_ALLOWANCE:
        return ""
    return pick(
        f" Meanwhile an allowance costs {price_told(now)} {unit} ({price_told(before)} before).",
        f"同期配额价格{price_told(now)}{unit}（此前{price_told(before)}）。", language,
    )
