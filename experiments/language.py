"""English and Chinese, equally: what the command line says."""

import os
from typing import Literal

from experiments.terms import RULE_NAMES
from simulation.errors import InputError

__all__ = ["LANGUAGES", "Language", "chosen_language", "pick", "say", "unit_in"]

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")

_TEXTS: dict[str, tuple[str, str]] = {
    **{rule: (english[:1].upper() + english[1:], chinese)
       for rule, (english, chinese) in RULE_NAMES.items()},
    "outcome": ("Outcome", "指标"),
    "value": ("Value", "数值"),
    "unit": ("Unit", "单位"),
    "none": ("none", "无"),
    "t": ("t", "吨"),
    "yuan": ("yuan", "元"),
    "yuan/t": ("yuan/t", "元/吨"),
    "USD/t": ("USD/t", "美元/吨"),
    "EUR/t": ("EUR/t", "欧元/吨"),
    "AUD/t": ("AUD/t", "澳元/吨"),
    "USD/km2": ("USD/km2", "美元/平方公里"),
    "EUR/km2": ("EUR/km2", "欧元/平方公里"),
    "AUD/km2": ("AUD/km2", "澳元/平方公里"),
    "USD": ("US dollars", "美元"),
    "EUR": ("euros", "欧元"),
    "AUD": ("Australian dollars", "澳元"),
    "other_currency": (
        "{name}: amounts are in {currency}; where a name says yuan, read {currency}.",
        "{name}：金额单位为{currency}；名称中的“元”均应读作{currency}。",
    ),
    "scheme_title": (
        "{title}: agents | theory, year by year, seed {seed}",
        "{title}：逐年对照，主体 | 理论，随机种子 {seed}",
    ),
    "scheme_year": ("Year", "年份"),
    "scheme_cap": ("Issued\n{tonnes}", "发放配额\n{tonnes}"),
    "scheme_price": ("Allowance\n{unit}", "配额价格\n{unit}"),
    "scheme_credit": ("Credit\n{unit}", "碳信用价格\n{unit}"),
    "scheme_emissions": ("Emissions\n{tonnes}", "排放量\n{tonnes}"),
    "scheme_credits": ("By credits\n{tonnes}", "碳信用覆盖\n{tonnes}"),
    "scheme_starved": ("Months\nshort", "碳信用不足\n月数"),
    "scheme_shortfall": ("Uncovered\n{tonnes}", "未覆盖\n{tonnes}"),
    "scheme_sold": ("Sold by\nauthority\n{tonnes}", "主管部门\n出售\n{tonnes}"),
    "scheme_borrowed": ("Borrowed\n{tonnes}", "预借\n{tonnes}"),
    "scheme_bank": ("Bank\n{tonnes}", "期末结转\n{tonnes}"),
    "scheme_credits_note": (
        "By credits: rival credits included. Months short: credits count and orders for them went "
        "unfilled, or none were offered. The year's price is the mean of its months.",
        "“碳信用覆盖”含竞争性碳信用；“碳信用不足月数”指碳信用可用于履约、而订单未获满足或无人出售的月份；"
        "年度价格为各月均值。",
    ),
    "scheme_left_out": (
        "Theory leaves out: {rules}.", "理论未考虑：{rules}。",
    ),
    "scheme_midyear": ("rules that move within a year", "年中变动的规则"),
    "1000 t": ("1,000 t", "千吨"),
    "scheme_note": (
        "Theory is given the same firms and allowances, what they banked and borrowed, what "
        "voluntary buyers took, and a credit's cost to its seller; it decides prices, abatement "
        "and credits used.",
        "理论部分采用相同的企业与配额、结转量与预借量、自愿买方购买量及卖方单位成本，"
        "求解价格、减排量与所用碳信用量。",
    ),
    "ha": ("ha", "公顷"),
    "yuan/km2": ("yuan/km2", "元/平方公里"),
    "deals": ("deals", "笔"),
    "1": ("1", "1"),
    "month": ("Month", "月份"),
    "happened": ("What happened", "事件"),
    "difference": ("Difference", "差异"),
    "compiling": (
        "Compiling the model (once after a change)", "正在编译模型（每次修改后一次）"
    ),
    "running": ("Running", "运行中"),
    "running_failed": ("Running, {n} failed", "运行中，{n}次失败"),
    "study_goes_on": ("{done} of {total} runs are there already.", "已有 {done}/{total} 次运行。"),
    "study_stopped": (
        "{done} of {total} runs are kept in {folder}. The same command goes on from there.",
        "{folder} 中已保存 {done}/{total} 次运行，重复同一命令即可继续。",
    ),
    "written": ("Written to {folder}", "结果已写入 {folder}"),
    "interval_note": (
        "Mean over {n} replicates, with the 95 % interval of the mean in brackets. Differences are "
        "paired: same seed, same luck. The intervals are Monte Carlo error, not uncertainty about "
        "the world.",
        "{n} 次重复的均值，方括号内为均值的95%置信区间。差异按相同随机种子配对。"
        "区间只反映模拟抽样误差，不代表对现实的不确定性。",
    ),
    "announced_and_in_force": (
        "{scenario}: {levers}; announced {announced}, in force {effective}",
        "{scenario}：{levers}；{announced} 公布，{effective} 生效",
    ),
    "effect_before": ("Announced,\nnot in force", "公布后\n生效前"),
    "effect_after": ("In force,\nannounced", "生效后\n（预先公布）"),
    "effect_surprise": ("In force,\nby surprise", "生效后\n（未预告）"),
    "effect_known": ("Of having\nknown", "预先知晓\n的影响"),
    "effect_green_held_t": ("Green reserves held", "绿色储备持有量"),
    "effect_allowance_price_yuan_per_t": ("Allowance price", "配额价格"),
    "effect_allowances_held_t": ("Allowances held", "配额持有量"),
    "announcement_nobody": (
        "Nobody here acts on an announcement: sellers do with quote.strategy = storage, firms with "
        "voluntary.green_reserve_weight or a bank, and nobody with a horizon of 0.",
        "本情景中无人对公布作出反应：卖方需 quote.strategy = storage，企业需 "
        "voluntary.green_reserve_weight 或允许结转，且前瞻月数不为0。",
    ),
    "announcement_note": (
        "Mean paired difference over {n} replicates ± half its 95 % interval, a star where it "
        "excludes zero. First three columns: against the same world without this event. Last: "
        "announced against by surprise. Prices of credits are weighted by volume; replicates in "
        "which one of the two worlds trades nothing are left out of them, and with fewer than two "
        "left there is no interval. The allowance price and holdings are means of months.",
        "{n} 次重复的配对差异均值 ± 95%置信区间半宽，星号表示区间不含零。前三列与无该事件的同一世界"
        "相比，末列为预先公布与未预告之差。碳信用价格按成交量加权，任一世界无成交的重复不计入价格差异，"
        "不足两次时不给出区间。配额价格与持有量为各月均值。",
    ),
    "overview_note": (
        "Mean over {n} replicates ± half its 95 % interval; below it the paired difference to the "
        "first row (same seed, same luck), with a star where its interval excludes zero. The "
        "intervals are Monte Carlo error, not uncertainty about the world. Every outcome: "
        "--details, --json or --out.",
        "{n} 次重复的均值 ± 95%置信区间的半宽；下一行为与首行的配对差异（相同随机种子），星号表示其"
        "区间不含零。区间仅反映蒙特卡洛误差，不代表对现实世界的不确定性。全部指标请用 --details、"
        "--json 或 --out。",
    ),
    "interval_note_once": (
        "One replicate of each, with the same seed: without an interval nothing can be told apart.",
        "各方案只运行一次，随机种子相同；没有置信区间，无从判断差异。",
    ),
    "overview_note_once": (
        "One replicate of each; below it the difference to the first row (same seed). Without an "
        "interval nothing can be told apart. Every outcome: --details, --json or --out.",
        "各方案只运行一次；下一行为与首行之差（相同随机种子）。没有置信区间，无从判断差异。全部指标"
        "请用 --details、--json 或 --out。",
    ),
    "session_note_once": (
        "One session of each, without an interval: nothing can be told apart. In percent: "
        "efficiency, surplus lost because trades were not made or the wrong people made them, "
        "alpha.",
        "各方案只有一场交易，没有置信区间，无从判断差异。效率、因应成未成或错配成交损失的剩余、α"
        "均为百分比。",
    ),
    "claims_note": (
        "Known miss: does not hold, for the reason given. Reported: measured, with nothing to "
        "hold it against. Traders of the laboratory: ZI-U (zero intelligence, unconstrained) bids "
        "at random, at a loss too; ZI-C (constrained) never at a loss; ZIP (zero intelligence "
        "plus) learns its margin.",
        "已知不符：不成立，原因见注。仅报告：只给出实测值，没有可对照的标准。实验室交易者：ZI-U"
        "（零智能，无约束）随机报价，可能亏损；ZI-C（零智能，有约束）不做亏损报价；ZIP（零智能加强型）"
        "会学习调整利润率。",
    ),
    "variant": ("Variant", "方案"),
    "against": ("less {label}", "减去 {label}"),
    "with_seed": ("{title} (seed {seed})", "{title}（随机种子 {seed}）"),
    "soft_ceiling_without_levy": (
        "note: reserve.soft_ceiling_yuan_per_t = {ceiling:g}, but reserve.levy_share is 0 "
        "throughout: the reserve stays empty and nothing is ever offered from it.",
        "提示：reserve.soft_ceiling_yuan_per_t = {ceiling:g}，但 reserve.levy_share 始终为 0，"
        "储备一直为空，不会投放。",
    ),
    "soft_above_hard": (
        "note: reserve.soft_ceiling_yuan_per_t = {ceiling:g} is above "
        "price_limits.ceiling_yuan_per_t = {hard:g}{when}: the reserve is not sold.",
        "提示：reserve.soft_ceiling_yuan_per_t = {ceiling:g} 高于 "
        "price_limits.ceiling_yuan_per_t = {hard:g}{when}，储备无法售出。",
    ),
    "left_out_sealed": (
        "note: left out {cell}: orders are sealed there, and such traders react to shouts.",
        "提示：略去 {cell}：该制度为密封报价，而此类交易者须对报价作出反应。",
    ),
    "left_out_acceptance": (
        "note: left out {cell}: no quote stands that a sniper could take.",
        "提示：略去 {cell}：没有持续有效的报价可供狙击者接受。",
    ),
    "left_out_snipers": (
        "note: left out {cell}: all traders are snipers, and nobody would quote first.",
        "提示：略去 {cell}：全部交易者都是狙击者，无人先报价。",
    ),
    "from_month": (" from {month}", "（自 {month} 起）"),
    "event_too_late": (
        "note: events.{row}.effective = {month} is after the last month {last}: nothing follows "
        "from it but its announcement.",
        "提示：events.{row}.effective = {month} 晚于最后一个月 {last}，除公告外不产生影响。",
    ),
    "no_firm_there": (
        "note: no firm is in province {province!r}{hint}; its projects have distant buyers only.",
        "提示：省份 {province!r} 没有企业{hint}，该省项目只有省外买方。",
    ),
    "story": ("Ziyang: one trade, replayed", "紫阳小流域：一笔交易的重演"),
    "question": (
        "Sixty projects, three hundred firms, fifteen years: what changes when the credit counts "
        "for compliance?",
        "六十个项目、三百家企业、十五年：碳信用可用于履约后有何变化？",
    ),
    "rule": ("Rule", "定价机制"),
    "scenario": ("Scenario", "情景"),
    "measuring": ("Measuring claims", "检验结论"),
    "claim": ("Claim", "结论"),
    "claim_key": ("Key", "编号"),
    "expected": ("Expected", "预期"),
    "measured": ("Measured", "实测"),
    "tolerance": ("Tolerance", "容差"),
    "verdict": ("Verdict", "判定"),
    "holds": ("holds", "成立"),
    "fails": ("fails", "不成立"),
    "known miss": ("known miss", "已知不符"),
    "reported": ("reported", "仅报告"),
    "writing": ("Writing the report", "正在撰写报告"),
    "report_written": ("The report: {file}", "报告：{file}"),
    "name": ("Name", "名称"),
    "title": ("Title", "标题"),
    "start": ("Start", "起始"),
    "number_of_months": ("Months", "月数"),
    "months": ("months", "个月"),
    "firms": ("firms", "家"),
    "number_of_firms": ("Firms", "企业"),
    "number_of_projects": ("Projects", "项目"),
    "key": ("Key", "参数"),
    "bounds": ("Bounds", "范围"),
    "role": ("Role", "类别"),
    "source": ("Source", "来源"),
    "meaning": ("Meaning", "含义"),
    "lever": ("lever", "政策变量"),
    "uncertainty": ("uncertainty", "不确定因素"),
    "design": ("design", "实验设定"),
    "treated": (
        "{project}: {area:,.0f} ha treated; trees and soil begin to store carbon",
        "{project}：治理 {area:,.0f} 公顷，林草与土壤开始固碳",
    ),
    "asked": (
        "{project}: {pending:,.0f} t grown, {soil:.0%} of it in soil; verification asked and paid "
        "({fee:,.2f} yuan)",
        "{project}：累计增汇 {pending:,.0f} 吨，其中土壤占 {soil:.0%}；申请核查并付费"
        "（{fee:,.2f} 元）",
    ),
    "issue": (
        "{project}: {tonnes:,} t issued, serial numbers {first:,} to {last:,}, for "
        "{start} to {end}",
        "{project}：签发 {tonnes:,} 吨，序列号 {first:,} 至 {last:,}，监测期 {start} 至 {end}",
    ),
    "offer": ("{project}: {tonnes:,} t listed at {price:.2f} yuan/t",
              "{project}：挂牌 {tonnes:,} 吨，每吨 {price:.2f} 元"),
    "deal": (
        "{buyer} buys {tonnes:,} t at {price:.2f} yuan/t and pays {value:,.2f} yuan",
        "{buyer}：购买 {tonnes:,} 吨，每吨 {price:.2f} 元，付款 {value:,.2f} 元",
    ),
    "retire": ("{owner} retires {tonnes:,} t: {purpose}", "{owner}：注销 {tonnes:,} 吨，{purpose}"),
    "earmark": (
        "{project}: {value:,.2f} yuan paid into the watershed account",
        "{project}：{value:,.2f} 元进入流域账户",
    ),
    "treatment": (
        "{project}: {value:,.2f} yuan of watershed money spent on new treatment",
        "{project}：流域账户支出 {value:,.2f} 元用于新增治理",
    ),
    "ledger_title": ("The registry's books of {folder}", "登记簿：{folder}"),
    "ledger_account": ("Account", "账户"),
    "ledger_money": ("Money", "资金"),
    "ledger_others": ("{n} other accounts", "其余{n}个账户"),
    "ledger_sum": ("Sum", "合计"),
    "state_held": ("held", "持有"),
    "state_escrow": ("in escrow", "挂出"),
    "state_pledged": ("pledged", "质押"),
    "state_buffer": ("buffer", "缓冲"),
    "state_retired": ("retired", "注销"),
    "state_cancelled": ("cancelled", "取消"),
    "history_project": (
        "Credit {serial}: {project}, {province}, monitored {start} to {end}",
        "碳信用 {serial}：{project}（{province}），监测期 {start} 至 {end}",
    ),
    "history_measured": (
        "Verified and issued {month}: {removed} t removed in truth, {measured} t measured, "
        "{credited} credits",
        "{month} 核查签发：真实增汇 {removed} 吨，核得 {measured} 吨，签发 {credited} 吨碳信用",
    ),
    "history_truth": (
        "Of what was removed {real} t are still stored, of which {additional} t would not be "
        "without credit revenue: a credit stands for {each} t",
        "其中 {real} 吨仍在储存，{additional} 吨没有碳信用收入便不会储存：每吨碳信用对应 {each} 吨",
    ),
    "history_audited": (
        "Audited {month}: {found} credits stand for nothing",
        "{month} 抽查：{found} 吨碳信用无实际碳汇",
    ),
    "claims_title": ("What claims are worth: {folder}", "声称量的真实价值：{folder}"),
    "claims_held_note": (
        "Real: still stored of what was verified for these credits. Additional: of this, what "
        "would not be stored without credit revenue. Buffer and cancelled credits claim nothing.",
        "真实：为这些碳信用核查的碳汇中仍在储存的部分。额外：其中没有碳信用收入便不会储存的部分。"
        "缓冲池与已取消的碳信用不构成声称。",
    ),
    "claims_use": ("Use", "用途"),
    "claims_credits": ("Credits", "碳信用"),
    "claims_real": ("Real", "真实"),
    "claims_additional": ("Additional", "额外"),
    "claims_share": ("Real", "真实比例"),
    "claims_others": ("{n} other claims", "其余{n}项"),
    "history_entry": ("What", "事项"),
    "history_from": ("From", "转出"),
    "history_to": ("To", "转入"),
    "history_block": ("Together with", "同批序列号"),
    "entry_issue": ("issued", "签发"),
    "entry_offer": ("offered", "挂出"),
    "entry_withdraw": ("taken back", "撤回"),
    "entry_deliver": ("sold", "售出"),
    "entry_retire": ("retired", "注销"),
    "entry_pledge": ("pledged", "质押"),
    "entry_release": ("released", "解除质押"),
    "entry_cancel": ("cancelled", "取消"),
    "entry_replenish": ("given to the pool", "补充缓冲池"),
    "audit_right": (
        "The books are right: {lines} entries replayed; balances, and owner, state and use of "
        "every serial number, agree.",
        "账簿无误：重放 {lines} 条分录，余额及每个序列号的持有人、状态与用途均一致。",
    ),
    "audit_faults": (
        "Faults in {lines} entries: {n}.", "{lines} 条分录中发现 {n} 处不符。",
    ),
    "own_emissions": ("for its own emissions", "抵销自身排放"),
    "local_support": ("in support of the place", "支持本地"),
    "compliance": ("for compliance", "用于履约"),
    "quota": ("for a purchase quota", "完成强制购买"),
    "reversal": ("for a reversal", "因逆转"),
    "over_crediting": ("for over-crediting", "因超额签发"),
    "government": ("The government", "政府"),
    "answer": (
        "{mechanism}: eligibility changes the traded volume by {volume} t, of which the voluntary "
        "part by {voluntary} t; the price by {price} yuan/t from {before}; the money that reaches "
        "the watersheds by {money} yuan.",
        "{mechanism}：可用于履约后，成交量变化 {volume} 吨，其中自愿成交变化 {voluntary} 吨；"
        "均价由 {before} 元/吨变化 {price} 元/吨；流域所得资金变化 {money} 元。",
    ),
    "limits": (
        "Built from eleven priced trades and many assumptions: it shows what follows from them, "
        "not what any real market will do. What it cannot tell you: docs/limits.md.",
        "依据十一笔有价格的真实交易和许多假设构建：只说明由此会得出什么，不预测任何真实市场。"
        "模型不能回答的问题见 docs/limits.zh.md。",
    ),
    "percent": ("percent", "%"),
    "price steps": ("price steps", "价格单位"),
    "zi_u": ("ZI-U", "ZI-U"),
    "zi_c": ("ZI-C", "ZI-C"),
    "zip": ("ZIP", "ZIP"),
    "gd": ("GD", "GD"),
    "sniper": ("Sniper", "狙击者"),
    "truthful": ("Truthful", "如实报价"),
    "standing_book": ("Standing book", "常设报价"),
    "random_acceptance": ("Random acceptance", "随机接受"),
    "kind": ("{strategies}, {institution}", "{strategies}，{institution}"),
    "titled": ("{title}: {what}", "{title}：{what}"),
    "span": ("{low} to {high}", "{low} 至 {high}"),
    "equilibrium_price": ("Equilibrium price", "均衡价格"),
    "equilibrium_volume": ("Equilibrium volume a day", "日均衡成交量"),
    "by_day": (
        "Day by day; alpha and shares of the surplus in percent", "逐日结果（α与剩余占比均为%）"
    ),
    "column_day": ("Day", "交易日"),
    "column_deals": ("Deals", "成交笔数"),
    "column_deals_per_day": ("Deals\na day", "日均\n笔数"),
    "column_mean_price": ("Mean\nprice", "均价"),
    "column_alpha_percent": ("Alpha", "α"),
    "column_efficiency_percent": ("Effi-\nciency", "效率"),
    "column_not_made_percent": ("Not\nmade", "应成\n未成"),
    "column_wrong_people_percent": ("Wrong\ntrades", "错配\n成交"),
    "session_interval_note": (
        "Mean over {n} sessions, with half of the 95 % interval of the mean below it: Monte Carlo "
        "error. In percent: efficiency, surplus lost because trades were not made or the wrong "
        "people made them, alpha.",
        "{n}场交易的均值，下方为均值95%置信区间的半宽，只反映模拟抽样误差。"
        "效率、因应成未成或错配成交损失的剩余、α均为百分比。",
    ),
    "laboratory_markets": ("Laboratory markets", "实验室市场"),
    "number_of_buyers": ("Buyers", "买方"),
    "number_of_sellers": ("Sellers", "卖方"),
    "units_a_side": ("Units", "单位数"),
    "values_and_costs": ("values and costs", "价值与成本"),
    "side": ("Side", "方向"),
    "traders": ("Traders", "人数"),
    "units_of_each": ("Value or cost of each unit", "逐单位价值或成本"),
    "one_each": ("one unit each: {limits}", "每人一单位：{limits}"),
    "equilibrium_note": (
        "Competitive equilibrium of a day: price {price}, {volume} deals, surplus {surplus}.",
        "每日竞争均衡：价格 {price}，成交 {volume} 笔，剩余 {surplus}。",
    ),
    "books": (
        "Books checked: every credit and every fen accounted for, journal replayed",
        "账目核对：每吨碳信用、每一分钱均有去向，流水已重放验证",
    ),
}


def chosen_language(wish: str | None) -> Language:
    """Language to speak: the wish, or that of the environment.

    Parameters
    ----------
    wish : str or None

    Returns
    -------
    {"en", "zh"}

    Raises
    ------
    InputError
        When the wish is neither.
    """
    if wish is None:
        wish = os.environ.get("SWCMARKET_LANGUAGE")
    if wish is None:
        locale = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
        return "zh" if locale.lower().startswith("zh") else "en"
    if wish not in LANGUAGES:
        raise InputError(f"language = {wish!r} is unknown. Give en or zh.")
    return wish


def say(key: str, language: Language, **values: object) -> str:
    """A text in one language.

    Parameters
    ----------
    key : str
    language : {"en", "zh"}
    **values
        What its gaps are filled with.

    Returns
    -------
    str
    """
    return _TEXTS[key][LANGUAGES.index(language)].format(**values)


def unit_in(unit: str, currency: str, language: Language) -> str:
    """A unit, money in the currency of a scenario.

    Parameters
    ----------
    unit : str
        With ``yuan`` for money.
    currency : str
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    return say(unit.replace("yuan", currency), language)


def pick(english: str, chinese: str, language: Language) -> str:
    """One of two labels."""
    return chinese if language == "zh" and chinese else english
