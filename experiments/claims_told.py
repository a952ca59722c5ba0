"""Claims for people: numbers, and in Chinese statements part by part, reasons and sources whole.

The record of what was measured is in English. A statement is a few parts between commas, most of
them shared by many claims; one with a part that is not known here stays English as a whole.
"""

import re

from experiments.language import Language
from experiments.terms import RULE_NAMES

__all__ = ["number", "said", "source_told", "statement_told", "why_told"]

_NUMBER = re.compile(r"(?<![A-Za-z])-?\d+(?:,\d{3})*(?:\.\d+)?")
_HORIZONS = "horizons 1, 2, 3, 5, 7, 10"
_UNDER = "Mean distance of the price from theory under "
# Part, with # for each number, to its Chinese with the same numbers in the same order.
_PARTS = {
    # Units.
    "percent": "%", "t": "吨", "yuan": "元", "yuan/t": "元/吨", "thousand t": "千吨",
    "thousand yuan": "千元", "million yuan": "百万元", "points": "百分点", "code": "编号",
    "yuan (# standard errors)": "元（#个标准误）", "in standard errors": "以标准误计",
    "percent of its mean": "占其均值的%", "percent of their mean": "占其均值的%",
    "percent of the price": "占价格的%",
    # Laboratories.
    "Efficiency of ZI-U": "ZI-U的市场效率", "Efficiency of ZI-C": "ZI-C的市场效率",
    "market #": "市场#", "# shouts a period": "每期报价#次",
    "Mean price of ZI-C": "ZI-C的成交均价", "Mean price of ZIP on day #": "ZIP第#日的成交均价",
    "symmetric": "供需对称", "flat-supply": "供给曲线水平", "excess-demand": "需求过剩",
    "excess-supply": "供给过剩",
    "By how much ZIP is closer to # than ZI-C": "ZIP比ZI-C更接近#的幅度",
    "Bias of ZI-C with the standing book": "常设报价下ZI-C的偏差",
    "share of that with random acceptance": "与随机接受时偏差之比",
    "if a day ends once a side has nothing left": "若一方交易完毕当日即结束",
    "Alpha of ZIP on day #": "ZIP第#日的α", "Alpha of ZIP": "ZIP的α", "Alpha of ZI-C": "ZI-C的α",
    "day # by day #": "第#日与第#日之比",
    "Number of prices in the call auction": "集合竞价中的价格个数",
    "Price of the call auction": "集合竞价的价格",
    "Units traded in the call auction": "集合竞价的成交量",
    "Units traded in call auctions": "集合竞价的成交量",
    "Surplus of the call auction": "集合竞价的剩余",
    "Efficiency of the call auction": "集合竞价的效率",
    "Units traded": "成交量", "case A": "情况A", "case B": "情况B",
    "Mean price that buyers pay": "买方支付均价", "Mean price that sellers get": "卖方所得均价",
    "What the exchange keeps": "交易所留存", "Efficiency": "效率",
    "Efficiency of a one-shot call auction": "单次集合竞价的效率",
    "# + # ZI-C traders": "ZI-C交易者#+#名",
    # Allowance markets.
    "Price": "价格", "Mean price": "均价", "Lowest price": "最低价格", "Highest price": "最高价格",
    "cap #": "总量#", "caps # and #": "总量#与#", "Cost of abatement": "减排成本",
    "Cost under a uniform standard": "统一标准下的成本",
    "Saving against the standard": "相对统一标准的节省",
    "Greatest difference to emissions under a tax of that price": "与同价碳税下排放量的最大差",
    "Emissions of firm #": "企业#的排放量", "Emissions of a firm": "单个企业的排放量",
    "Emissions": "排放量",
    "Spread of the price over # random allocations": "#种随机配额分配下的价格差幅",
    "Call auctions": "集合竞价", "ZIP": "ZIP", "# allocations": "#种配额分配",
    "greatest distance from the price": "与理论价格的最大偏差",
    "distance from the price": "与理论价格的偏差",
    "spread of the price over allocations": "各种分配之间的价格差幅",
    "greatest distance from the least cost": "与最低成本的最大偏差", "most rounds": "最多轮数",
    "tonnes held that are not those wanted": "持有量与意愿量之差", "greatest share": "最大占比",
    "mean over allocations of the last five sessions": "最后五场对各种分配的均值",
    "last five sessions": "最后五场",
    "greatest spread of marginal costs of firms that emit": "有排放企业边际成本的最大差幅",
    "cost # a permit": "每份许可交易成本#",
    "cost # a permit and # a deal": "每份许可成本#、每笔成本#",
    "Marginal cost of the seller": "卖方边际成本", "Marginal cost of the buyer": "买方边际成本",
    "Final emissions of the seller": "卖方最终排放量",
    "Final allowances of the seller": "卖方最终配额", "allocation # and #": "分配#与#",
    "The same": "同上", "Tonnes without an allowance": "无配额的吨数",
    "Thousand tonnes without an allowance": "无配额的千吨数", "Penalties": "罚款",
    "Ceiling with make-good": "须补足时的价格上限", "Price with make-good": "须补足时的价格",
    "make-good": "须补足", "Highest price of a deal": "单笔最高成交价",
    "audit probability #": "抽查概率#", "Violation": "违规量",
    "Violation of a firm": "单个企业的违规量",
    "Price under full compliance": "完全履约时的价格",
    "Spread of violations among firms with unlike costs": "成本不同的企业之间违规量的差幅",
    "greatest distance from #": "与#的最大偏差",
    # Banking, reserves, price limits.
    "Price of period # without banking": "不可结转时第#期价格",
    "Price of period # with banking": "可结转时第#期价格", "Bank": "结转量",
    "Bank where the cap rises from # to #": "总量由#升至#时的结转量",
    "Price of period # where the cap rises": "总量上升时第#期价格",
    "Price of period #": "第#期价格",
    "price of period #": "第#期价格", "ten caps from # to #": "十期总量由#降至#",
    "Greatest bank": "最大结转量", "Period of the greatest bank": "结转量最大的时期",
    "Bank after the last period": "末期之后的结转量",
    "Greatest distance of the growth of the price from # %": "价格增长率与#%的最大偏差",
    "Growth of the price while the bank exceeds a thousand tonnes":
        "结转量超过一千吨期间的价格增长率",
    "greatest distance from # %": "与#%的最大偏差", "full horizon": "前瞻全部时期",
    "horizon of one period": "只前瞻一期",
    "Prices with a horizon of one period": "只前瞻一期时的价格",
    "greatest distance from # less the cap": "与（#减总量）的最大偏差",
    "Least gain of the greatest bank from one horizon to the next":
        "前瞻期逐步延长时最大结转量的最小增量",
    "Unlike firms that believe others to be like themselves": "互不相同、却以为他人与己相同的企业",
    "distance from theory in percent": "与理论的偏差（%）",
    "Unlike firms that know all curves": "互不相同、知晓全部成本曲线的企业",
    "prices of ten periods": "十期价格",
    "greatest distance from theory in percent": "与理论的最大偏差（%）",
    "shock #": "冲击#", "Withheld": "扣留量", "Sold beyond the cap": "超出总量的投放量",
    "Price with a reserve of # t at the ceiling": "上限处有#吨储备时的价格",
    "Price with a reserve of # at the ceiling": "上限处有储备#时的价格",
    "Highest price of a deal under a hard ceiling": "硬上限下的单笔最高成交价",
    "# drawn shocks of deviation #": "#次随机冲击（标准差#）",
    "soft less hard ceiling": "软上限减硬上限",
    "Gain in surplus by the collar": "价格上下限带来的剩余增量",
    "damage # yuan/t": "损害#元/吨",
    "Mean price without a control": "无限价时的均价",
    "Mean price with ceiling #": "最高限价#时的均价",
    "Mean price with floor #": "最低限价#时的均价",
    "Change of the mean price towards the lower side": "均价向下的变化",
    "Change of the mean price towards the upper side": "均价向上的变化",
    "Change of the price of a call auction": "集合竞价价格的变化", "truthful bids": "如实报价",
    # Credits beside allowances.
    "Allowance price": "配额价格", "limit # percent": "抵销上限#%", "Credits used": "使用的碳信用",
    "Credit price": "碳信用价格", "Wedge": "两者价差", "Credits made": "产生的碳信用",
    "limit of # or # percent at even odds": "抵销上限为#%或#%、可能性相等",
    "Credit price less the mean of allowance price and outside value":
        "碳信用价格减去配额价格与其他价值的均值",
    "Credits surrendered": "清缴的碳信用", "Credits beyond the limit": "超出上限的碳信用",
    "the firm with the most": "最多的企业",
    "Allowance price less the one believed when credits were bought":
        "配额价格减去购买碳信用时预期的价格",
    "Price with V #": "价格，V=#", "L #": "L=#", "A #": "A=#",
    "Voluntary purchases with V #": "自愿购买量，V=#",
    "Compliance purchases with V #": "履约购买量，V=#", "Regime with V #": "价格区间，V=#",
    "Worlds of the grid that are judged": "网格中受检的世界数",
    "Worlds whose regime agents miss": "主体未落入应有区间的世界数",
    "Largest distance of the agents' price": "主体价格的最大偏差",
    "Regimes among the judged worlds": "受检世界中的区间数",
    # Prices and quantities.
    "Advantage of the price": "价格工具的优势", "B #": "B=#",
    "The same in # drawn worlds": "同上，#个随机世界", "# drawn worlds": "#个随机世界",
    "Gain of the best collar over the better of the two": "最优价格上下限相对两者中较优者的增益",
    "Advantage of the tax over the cap": "碳税相对总量控制的优势",
    "Least fall of the advantage from one slope of benefit to the next":
        "效益曲线逐级变陡时优势的最小降幅",
    "The lesser of the tax's advantage at B # and the cap's at B #":
        "B=#时碳税的优势与B=#时总量控制的优势中较小者",
    # The buffer pool.
    "Expected share of projects lost": "预期损失的项目占比", "solver": "理论求解", "agents": "主体",
    "Probability of ruin": "耗尽概率", "buffer # %": "缓冲池#%",
    "projects reverse one by one": "项目各自逆转",
    "clusters of ten reverse together": "十个一群同时逆转",
    "Buffer for # % security": "#%安全所需的缓冲池", "one by one": "各自逆转",
    "in clusters of ten": "十个一群",
    "Highest yearly hazard at which a buffer of # % gives # % security":
        "#%的缓冲池仍有#%安全的最高年风险",
    "The same over # years": "同上，#年累计",
    "Share of credits lost in # years": "#年内损失的碳信用占比", "alone": "各自逆转",
    "together": "同时逆转", "Chance that a pool of # % is exhausted": "#%的缓冲池被耗尽的概率",
    "Runs in which the pool lacked credits but lost no more than it held":
        "损失未超过持有量而缓冲池仍不足的运行数",
    "or the other way round": "或相反",
    # Integrity.
    "Share of landholders that sell": "出售的土地经营者占比",
    "Non-additional share of what is issued": "签发量中非额外的占比",
    "Non-additional share": "非额外占比",
    "Share of landholders with real tonnes": "有真实吨数的土地经营者占比",
    "Share with real tonnes": "有真实吨数者占比", "# % found out": "识别率#%",
    "Real tonnes that screening adds": "筛查增加的真实吨数", "Share traded": "成交占比",
    "cost # and value #": "成本#、价值#", "Gain a credit where quality is seen":
        "质量可见时每份碳信用的增益",
    "Allowances withheld": "扣留的配额", "as announced in #": "按#年公布",
    # Books.
    "Worlds looked at": "所查世界数", "Months looked at": "所查月数",
    "Deals looked at": "所查成交笔数",
    "Entries of journals looked at": "所查流水分录数",
    "Months in which credits issued are not held + escrow + pledged + buffer + retired + cancelled":
        "签发量不等于持有、挂牌、质押、缓冲、注销与取消之和的月数",
    "Months in which money does not add up to zero": "资金合计不为零的月数",
    "Months in which a serial number is in two blocks": "同一序列号出现在两段中的月数",
    "Months in which a credit has been retired or cancelled twice":
        "同一碳信用两次注销或取消的月数",
    "Deals above the buyer's limit": "高于买方限价的成交", "tax included": "含税",
    "Deals below the seller's limit": "低于卖方限价的成交",
    "Worlds that differ by a byte when run again": "重新运行后有任何字节不同的世界数",
    "Named worlds that differ by a byte when run on two processes":
        "在两个进程中运行后有任何字节不同的世界",
    # When firms buy.
    "Share of compliance purchases in the last three months": "最后三个月履约购买占比",
    "Share in the last three months": "最后三个月占比", "default pace": "默认节奏",
    "against the share that firms want": "与企业意愿占比相比", "even pace": "均匀节奏",
    "Default pace under bilateral agreement": "协议转让下的默认节奏",
    "Even pace under bilateral agreement": "协议转让下的均匀节奏",
    "Default pace with the whole room": "空间全部开放时的默认节奏",
    "Even pace with the whole room": "空间全部开放时的均匀节奏",
    "where supply decides": "由供给决定",
    _HORIZONS: "前瞻期1、2、3、5、7、10",
}
# A name of a paper stays as it is; what is said of it is told.
_SOURCES = (
    ("bounds from independent replications", "界限取自独立重复研究"),
    ("computed from the schedules of Gode and Sunder (1993)",
     "按Gode and Sunder (1993)的价值与成本表计算"),
    ("levels computed", "水平为计算所得"), ("worked schedule", "按价值与成本表推算"),
    ("worked case", "算例"), ("with machines for people", "以程序代替真人"),
    ("for landholders: 30 % without cost, the others 0 to 50, verification 5, price 20",
     "用于土地经营者：30%无成本，其余0至50，核查5，价格20"),
    ("content uniform from 0 to 1", "含量在0至1间均匀分布"),
    ("the firms and credits of B12", "企业与碳信用同B12"),
    ("worked from MAC i (2000 - e), i from 1 to 6", "按边际成本i (2000 − e)推算，i为1至6"),
    ("MAC 100 - e, 60 permits, marginal fine 20 + 2 v",
     "边际成本100 − e，许可60，边际罚款20 + 2 v"),
    ("MAC 100 - E, 5 %", "边际成本100 − E，5%"),
    ("MAC q and 3 q, 50 t each", "边际成本q与3 q，各50吨"),
    ("cost 20 + theta + q, sd 10, benefit 100 - B q", "成本20 + θ + q，标准差10，效益100 − B q"),
    ("B13's curves in steps; regimes of the exact solver, away from their borders",
     "B13的曲线取阶梯形；区间由精确求解得出，远离边界处"),
    ("binomial distribution; 100 equal projects, hazard 0.5 % a year, 40 years, full loss; "
     "compare ",
     "二项分布；100个相同项目，年风险0.5%，40年，全部损失；参见"),
    ("computed for the benchmark; Cason and Friedman on thin markets",
     "为本基准计算；参见Cason and Friedman关于清淡市场的研究"),
    ("conservation of tonnes and money, budget limits and addressed draws: laws of the model",
     "吨数与资金守恒、预算约束与按地址抽取的随机数：模型自身的规律"),
    ("exact value by simulation/theory/buffer_ruin.py; the agents' own run",
     "精确值由simulation/theory/buffer_ruin.py给出；主体自行运行"),
    ("signs of Perkis, Cason and Tyner (2016), Environmental and Resource Economics 63:785, and of "
     "Holt and Shobe (2016), JEEM 80:69",
     "方向取自Perkis, Cason and Tyner (2016), Environmental and Resource Economics 63:785与"
     "Holt and Shobe (2016), JEEM 80:69"),
    ("the registry's books", "登记机构账簿"),
    ("trade bunches before the deadline (data/allowance_volume.csv); the share is that of the "
     "pace, 1 - (9/12)^pace",
     "成交集中于履约截止前（data/allowance_volume.csv）；占比按购买节奏计，1 − (9/12)^节奏"),
    ("worked from MAC 100 + shock - E, cap 60, floor 30, ceiling 50",
     "按边际成本100 + 冲击 − E推算，总量60，下限30，上限50"),
    ("worked from MAC 100 - E, cap 30, penalty 50; make-good at a next price of 60 and 5 %",
     "按边际成本100 − E推算，总量30，罚款50；须补足时下期价格60、利率5%"),
    ("worked from supply 2 (p - 10) and voluntary demand V - p / 2",
     "按供给2 (p − 10)与自愿需求V − p / 2推算"),
    ("worked from the firms of B5, cap 6000, marginal cost of credits 100 + q / 2",
     "按B5的企业推算，总量6000，碳信用边际成本100 + q / 2"),
    ("HP Laboratories report", "HP Laboratories报告"),
)
_REASONS = {
    "B2.zip.excess-demand": (
        "按既定设置，连续100次未成交当日才结束，剩余买方继续报价并学习，价格几乎到达理论值：197.8，"
        "而预期为140至160；若一方交易完毕当日即结束（B2.zip_ends_with_a_side.excess-demand），则为"
        "132.9，低于该界限。"
    ),
    "B2.zip.excess-supply": (
        "按既定设置，连续100次未成交当日才结束，剩余卖方继续报价并学习，价格几乎到达理论值：201.5，"
        "而预期为210至230；若一方交易完毕当日即结束（B2.zip_ends_with_a_side.excess-supply），则为"
        "227.5，在界限之内。"
    ),
    "B5.agent.zip.worst.6000": (
        "二十种分配中有一种偏离6.6%，其余均在5%以内：该次运行最后一个大场成交46吨、均价2,214元，属于"
        "有成交的最后五场；其后两场为2,758与2,757，理论值为2,758.62。各种分配的均值偏离0.8%，边际成本"
        "最终在价格的0.4%以内。"
    ),
}
# What tolerances and expectations say in words, and how Chinese says it.
_WORDS = (
    (re.compile(r"within (\S+) % of the allowance price"), "配额价格的±{0}%以内"),
    (re.compile(r"above (\S+) % of the allowance price"), "高于配额价格的{0}%"),
    (re.compile(r"within (\S+)"), "±{0}"),
    (re.compile(r"from (\S+) to (\S+)"), "{0} 至 {1}"),
    (re.compile(r"at most (\S+)"), "不高于 {0}"),
    (re.compile(r"at least (\S+)"), "不低于 {0}"),
    (re.compile(r"above (\S+)"), "高于 {0}"),
    (re.compile(r"about half"), "约一半"),
    (re.compile(r"reported, not judged"), "仅报告，不作判断"),
)
_TINY, _LARGE = 1e-4, 1e5
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _part(part: str) -> str | None:
    if part.startswith(_UNDER) and part.removeprefix(_UNDER) in RULE_NAMES:
        return f"{RULE_NAMES[part.removeprefix(_UNDER)][1]}机制下价格与理论的平均偏差"
    if part in _PARTS:
        return _PARTS[part]
    numbers = _NUMBER.findall(part)
    found = _PARTS.get(_NUMBER.sub("#", part))
    if found is None:
        return None
    for number in numbers:
        found = found.replace("#", number.replace("-", "−"), 1)
    return found


def statement_told(statement: str, language: Language) -> str:
    """What a claim states.

    Parameters
    ----------
    statement : str
        Of the record, in English.
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    if language == "en":
        return statement
    whole, _, horizons = statement.partition(_HORIZONS)
    parts = [part for part in whole.split(", ") if part]
    if horizons or statement.endswith(_HORIZONS):
        parts += [_HORIZONS, *(part for part in horizons.split(", ") if part)]
    told = [_part(piece) for part in parts for piece in part.split("; ")]
    return statement if None in told else "，".join(each for each in told if each)


def source_told(source: str, language: Language) -> str:
    """Where an expectation comes from; names of papers stay as they are printed."""
    if language == "zh":
        for english, chinese in _SOURCES:
            source = source.replace(english, chinese)
    return source


def why_told(claim: str, reason: str, language: Language) -> str:
    """Why a claim is missed.

    Parameters
    ----------
    claim : str
        Its id.
    reason : str
        Of the record, in English.
    language : {"en", "zh"}

    Returns
    -------
    str
        Other words than those that were translated stay English.
    """
    if language == "en" or not reason:
        return reason
    chinese = _REASONS.get(claim, "")
    # Every number of the English is in the Chinese, or it speaks of another measurement.
    numbers = [each for each in _NUMBER.findall(reason) if len(each.strip("-")) > 3]
    return chinese if chinese and all(each in chinese for each in numbers) else reason


def number(value: float | None) -> str:
    """A measured number, as many digits as a reader compares."""
    if value is None:
        return "–"
    size = abs(value)
    if value == 0:
        text = "0"
    elif size < _TINY:
        text = _power(f"{value:.1e}")
    elif size >= _LARGE:
        text = f"{value:,.0f}"
    else:
        text = f"{value:,.5g}"
    return text.replace("-", "−") if text.startswith("-") else text


def _power(text: str) -> str:
    digits, _, power = text.partition("e")
    raised = f"10{str(int(power)).translate(_RAISED)}"
    digits = digits.removesuffix(".0")
    return raised if digits == "1" else f"{digits}×{raised}"


def said(value: str | float | None, language: Language) -> str:
    """An expectation or a tolerance.

    Parameters
    ----------
    value : str or float
    language : {"en", "zh"}

    Returns
    -------
    str
        Words that are not known stay English.
    """
    if not isinstance(value, str):
        return number(value)
    for pattern, chinese in _WORDS:
        if found := pattern.fullmatch(value):
            # Written by Python: 5.0 is 5, and -1.0 has a true minus.
            numbers = [number(float(part)) for part in found.groups()]
            if language == "zh":
                return chinese.format(*numbers)
            for part, text in zip(found.groups(), numbers, strict=True):
                value = value.replace(part, text, 1)
            return value
    return value
