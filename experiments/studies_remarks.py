"""What to make of the shipped studies: each remark with what must hold for it to be true.

A remark stands on the page only as long as its condition holds in the runs that the page is made
from; where it does not, the page is not written and the remark has to be thought over.
"""

from collections.abc import Callable
from typing import NamedTuple

from experiments.study.findings import Findings

__all__ = ["QUESTIONS", "REMARKS", "Remark"]


class Remark(NamedTuple):
    """A sentence on a study, and its condition.

    Attributes
    ----------
    holds : callable
        Findings to bool.
    english, chinese : str
    """

    holds: Callable[[Findings], bool]
    english: str
    chinese: str


QUESTIONS: dict[str, tuple[str, str]] = {
    "price-drivers": (
        "If the credit comes to count for compliance in 2027, what does its price over fifteen "
        "years hang on: on what volunteers want, on how much of the offset limit is open to it, on "
        "rivals, on costs, on habit, or on how it is traded?",
        "若碳信用自2027年起可用于履约，其十五年间的价格取决于什么：自愿需求、抵销额度中的可用份额、"
        "竞争性"
        "碳信用、成本、定价习惯，还是交易方式？",
    ),
    "crowding-out": (
        "Firms that must comply can pay more than most volunteers. In which futures does their "
        "coming drive volunteers out, so that they buy less than three quarters of what they "
        "would buy without?",
        "履约企业比多数自愿买方出得起价。在哪些未来情景中，履约需求会挤出自愿买方，使其购买量不足"
        "原来的"
        "四分之三？",
    ),
    "robust-levers": (
        "Eight sets of levers, a hundred and twenty-eight futures in which volunteers, compliance "
        "room, baselines, fires and grants differ. Which set brings money to the watersheds, does "
        "the atmosphere no harm and keeps claims real, whichever future comes?",
        "八组政策、一百二十八个未来情景（自愿需求、履约空间、基线、火灾与补助各不相同）。哪一组无"
        "论出现"
        "何种未来，都能给流域带来资金、不损害大气并保证声称真实？",
    ),
    "lever-search": (
        "With 80 % of treatment paid by grants: how much atmosphere has to be given up for more "
        "proceeds, and which of four levers moves along that front?",
        "治理费用80%由补助承担时：为更多收入要牺牲多少大气效应？沿前沿变化的是四个政策变量中的哪一"
        "个？",
    ),
}


PRICE, VOLUME, NET = "price_yuan_per_t", "volume_t", "net_effect_t"
RULE, DEMAND = "market.mechanism", "voluntary.demand_scale"
ROOM, RIVAL = "compliance.room_share", "compliance.rival_price_yuan_per_t"
VOLATILITY, COST = "allowance_price.volatility_per_year", "verification.cost_yuan_per_t"


def _verdict(found: Findings, outcome: str, factor: str) -> str:
    indices = found.sobol[outcome]
    return indices.verdicts[indices.names.index(factor)]


def _total(found: Findings, outcome: str, factor: str) -> float:
    indices = found.sobol[outcome]
    return float(indices.total[indices.names.index(factor)])


def _first_three(found: Findings, outcome: str) -> list[str]:
    indices = found.sobol[outcome]
    order = sorted(range(len(indices.names)), key=lambda place: -indices.total[place])
    return [indices.names[place] for place in order[:3]]


def _named(found: Findings, rule: str, outcome: str | None = None) -> tuple[str, ...]:
    rules = found.choice.rules if found.choice is not None else ()
    return next(
        (tuple(each.options) for each in rules
         if (each.rule, each.outcome) == (rule, outcome) and each.told), (),
    )


def _met(found: Findings, outcome: str) -> dict[str, float]:
    rows = found.choice.by_outcome if found.choice is not None else ()
    return {
        row.option: row.met.share for row in rows
        if row.outcome == outcome and row.met is not None
    }


def _together(found: Findings) -> list[float]:
    rows = found.choice.by_option if found.choice is not None else ()
    return [row.satisficing.share for row in rows if row.satisficing is not None]


def _box_factors(found: Findings) -> set[str]:
    if found.discovery is None or not found.discovery.boxes:
        return set()
    box = found.discovery.boxes[0]
    return {each.limits.factor for each in box.restrictions} if box.holds else set()


def _outside(found: Findings) -> float:
    # Share of cases among the points outside the first box.
    discovery = found.discovery
    assert discovery is not None
    box = discovery.boxes[0]
    return (discovery.cases - box.cases) / (discovery.points - box.points)


def _ends(found: Findings) -> tuple[tuple[float, float], tuple[float, float]]:
    # Proceeds and net effect at both ends of the front.
    front = found.front
    assert front is not None
    first, last = front.values[front.best[0]], front.values[front.best[-1]]
    return (float(first[0]), float(first[1])), (float(last[0]), float(last[1]))


def _rank_correlation(found: Findings, factor: str) -> float:
    # Of a lever with the proceeds, over the front. Whoever only reads remarks needs no statistics.
    from scipy.stats import spearmanr

    front = found.front
    assert front is not None
    levels = [float(front.levels[point][factor]) for point in front.best]
    return float(spearmanr(levels, front.values[front.best, 0]).statistic)


def _unharmed(found: Findings) -> float:
    # Most proceeds on the front with a net effect that is not negative.
    front = found.front
    assert front is not None
    values = front.values[front.best]
    return float(values[values[:, 1] >= 0.0, 0].max())


REMARKS: dict[str, tuple[Remark, ...]] = {
    "price-drivers": (
        Remark(
            lambda found: set(_first_three(found, PRICE)) == {RULE, DEMAND, ROOM}
            and _first_three(found, PRICE)[2] == ROOM,
            "How the credit is traded and how often volunteers come decide most of the price; the "
            "share of the offset limit that is open to it comes third.",
            "交易方式与自愿需求的频率对价格影响最大，抵销额度中的可用份额居第三。",
        ),
        Remark(
            lambda found: all(_verdict(found, PRICE, factor) == "does not matter"
                              for factor in (RIVAL, VOLATILITY, COST)),
            "The price of rival credits, the volatility of the allowance and the cost of "
            "verifying a "
            "tonne do not matter for the mean price within these ranges and could be fixed: the "
            "price "
            "lies below the ceiling that rivals and allowances set, and above cost.",
            "在所设范围内，竞争性碳信用价格、配额价格波动与单位核查成本对均价无影响，可取定值：价格"
            "低于竞争性"
            "碳信用与配额构成的上限，又高于成本。",
        ),
        Remark(
            lambda found: _verdict(found, NET, ROOM) == "matters"
            and _total(found, NET, ROOM) > 2 * _total(found, NET, RULE),
            "The net effect on the atmosphere hangs on the open share of the limit and hardly on "
            "the "
            "pricing rule: rules move money, the limit moves tonnes.",
            "对大气的净效应取决于限额中的可用份额，几乎与定价机制无关：机制影响资金，限额影响吨数"
            "。",
        ),
    ),
    "crowding-out": (
        Remark(
            lambda found: _box_factors(found) == {ROOM} and _outside(found) < 0.1,
            "One thing alone tells the futures apart: the share of the offset limit that is open "
            "to "
            "these credits. Below the edge of the box volunteers keep their market, whatever they "
            "are "
            "ready to pay, however the credit is traded.",
            "只需一个因素即可区分：抵销额度中向此类碳信用开放的份额。低于区域边界时，无论支付意愿与"
            "交易方式"
            "如何，自愿市场都能保住。",
        ),
    ),
    "robust-levers": (
        Remark(
            lambda found: _named(found, "satisficing") == ("quota of 1 %, audited",)
            and _named(found, "regret", "proceeds_yuan") == ("quota of 1 %",),
            "A purchase quota with audits meets all thresholds most often; without audits it "
            "brings "
            "more money. The rules disagree because audits cost sellers credits and make claims "
            "real. "
            "The quota is invented (assumption A20), and its charges go to the treasury.",
            "带抽查的强制购买最常同时达标；不抽查则收入更高。各规则结论不一，是因为抽查减少了卖方"
            "的碳信用，"
            "却使声称更真实。强制购买是虚构的规则（假设A20），其费用归财政。",
        ),
        Remark(
            lambda found: max(share for option, share in _met(found, NET).items()
                              if option.startswith("eligible")) < 0.5
            and min(share for option, share in _met(found, NET).items()
                    if not option.startswith("eligible")) > 0.95,
            "Every set with eligibility harms the atmosphere in most futures, also where two "
            "credits "
            "are needed for a tonne; every set without it does not in nearly all.",
            "凡允许用于履约的方案，在多数未来中都损害大气，即使两吨碳信用抵一吨；不允许用于履约的方"
            "案几乎从不"
            "如此。",
        ),
        Remark(
            lambda found: max(_together(found)) < 0.95,
            "No set meets all thresholds in every future.",
            "没有任何方案能在所有未来中全部达标。",
        ),
    ),
    "lever-search": (
        Remark(
            lambda found: _rank_correlation(found, "compliance.discount_ratio") > 0.7,
            "Along the front it is the discount that moves: how many tonnes one credit covers.",
            "沿前沿移动的是折算比例，即一吨碳信用可抵多少吨排放。",
        ),
        Remark(
            lambda found: _unharmed(found) > 1.5 * _ends(found)[0][0]
            and _ends(found)[1][1] < 0,
            "From the end that is best for the atmosphere, proceeds can grow by more than half "
            "before "
            "the net effect turns negative; beyond that every yuan is paid for in tonnes.",
            "从对大气最有利的一端出发，收入可增加一半以上而净效应仍为正；再往后，每一分收入都以吨"
            "数为代价。",
        ),
    ),
}
