"""Sources of parameters in Chinese; declarations name them in English."""

import re

from experiments.language import Language

__all__ = ["SOURCES", "source_told"]

_ASSUMPTION = re.compile(r"assumption (A\d+)")
# As declared; parts that only name an assumption need no entry.
SOURCES: dict[str, str] = {
    "median of the priced trades in data/trades.csv; that it is set is assumption A24":
        "data/trades.csv 中有价交易的中位数；由政府设定为假设A24",
    "free allocation in the national market; more paid allocation is planned (facts, section 3)":
        "全国市场免费分配，计划提高有偿分配比例（事实汇编，第3节）",
    "ceiling of California, cost containment price of Australia (facts, section 4)":
        "加州价格上限、澳大利亚成本控制价（事实汇编，第4节）",
    "auction reserve prices abroad (facts, section 4)": "国外拍卖底价（事实汇编，第4节）",
    "Decision (EU) 2015/1814 as amended by Directive (EU) 2023/959":
        "欧盟第2015/1814号决定，经第2023/959号指令修订",
    "held above 400 million is cancelled since 2024 (facts, section 4)":
        "2024年起，储备超过4亿吨的部分作废（事实汇编，第4节）",
    "market stability reserve (facts, section 4)": "市场稳定储备（事实汇编，第4节）",
    "reserve tiers of California (facts, section 4)": "加州储备分级（事实汇编，第4节）",
    "borrowing has ended in the national market (facts, section 3)":
        "全国市场已停止预借（事实汇编，第3节）",
    "10,000 t plus 1.5 x net sales may be carried over (facts, section 3)":
        "可结转1万吨加净卖出量的1.5倍（事实汇编，第3节）",
    "the national cycle became annual (facts, section 3)": "全国市场改为按年清缴（事实汇编，"
    "第3节）",
    "allowances are sold at the deadline; simplification S5": "配额于清缴截止时出售；简化S5",
    "k-double auction, Rustichini, Satterthwaite and Williams (1994), Econometrica 62:1041; "
    "the midpoint is assumption A16":
        "k双向拍卖，Rustichini、Satterthwaite、Williams（1994），"
        "Econometrica 62:1041；取中点为假设A16",
    "2024 obligations fell due at the end of 2025 (facts, section 3)":
        "2024年度的清缴于2025年底到期（事实汇编，第3节）",
    "one for one": "一比一",
    "buyers cannot use the credits against their emissions (facts, section 1)":
        "买方目前不能用此类碳信用抵销排放（事实汇编，第1节）",
    "5 % of the allowances to be surrendered (facts, section 2)":
        "应清缴配额的5%（事实汇编，第2节）",
    "5 to 10 times the mean price before the deadline (background, unsourced)":
        "截止前均价的5至10倍（背景知识，无出处）",
    "other credits count for compliance, up to the same limit (facts, section 2)":
        "其他碳信用可用于履约，共用同一上限（事实汇编，第2节）",
    "limits are set firm by firm (facts, section 2); one for all is assumption A45":
        "上限按企业设定（事实汇编，第2节）；合用一个上限为假设A45",
    "the scenario; without a list every class counts": "情景文件；未列出时各类别均可",
    "the scenario; assumption A50": "情景文件；假设A50",
    "California from 2026: half of the limit needs an in-state benefit (facts, section 2); "
    "assumption A53": "加州2026年起：上限的一半须惠及本州（事实汇编，第2节）；假设A53",
    "the scenario; without a list every province counts": "情景文件；未列出时各省份均可",
    "compliance by volume was 99.5 % in the first cycle (facts, section 3); assumption A44":
        "首个履约周期按量计履约率99.5%（事实汇编，第3节）；假设A44",
    "listing is how the seed case was sold": "首例交易以挂牌方式出售",
    "McAfee (1992), J. Economic Theory 56:434; without it the margin always gives up":
        "McAfee（1992），J. Economic Theory 56:434；不用时边际一对总是放弃成交",
    "sealed bids at their own price are assumption A23": "密封报价、按自身报价成交为假设A23",
    "about five times the allowance mean of 2025; assumption A41": "约为2025年配额均价的5倍；"
    "假设A41",
    "a multiple of the mean price before the deadline (background, unsourced)":
        "截止前均价的倍数（背景知识，无出处）",
    "an equal cut of later allocation for refusal (background, unsourced); assumption A41":
        "拒不清缴者，核减其后等量配额（背景知识，无出处）；假设A41",
    "large registries cancel from a pool (sylvera.com/blog/carbon-credit-buffer-pools)":
        "大型登记机构自缓冲池取消（sylvera.com/blog/carbon-credit-buffer-pools）",
    "Chinese exchanges limit daily moves; a month for a day is assumption A29":
        "国内交易所限制日涨跌幅；以月代日为假设A29",
    "price ceiling of California; that one is set here is assumption A29":
        "加州价格上限；此处设限为假设A29",
    "price floors of California and RGGI; that one is set here is assumption A29":
        "加州与RGGI的价格下限；此处设限为假设A29",
    "near the allowance price; assumption A20": "接近配额价格；假设A20",
    "none in force; local rules that make emitters buy local credits are assumption A20":
        "尚无此类规定；要求排放企业购买本地碳信用的地方规则为假设A20",
    "entry size of the national market (facts, section 3)": "全国市场纳入门槛（事实汇编，第3节）",
    "four of eleven priced deals are at exactly 30 (data/trades.csv)":
        "11笔有价交易中4笔恰为30元（data/trades.csv）",
    "four of eleven priced deals are at exactly 30 (data/trades.csv); A7, A26, A27":
        "11笔有价交易中4笔恰为30元（data/trades.csv）；A7、A26、A27",
    "an absolute cap is planned (facts, section 3); its path is assumption A40":
        "计划实行绝对总量控制（事实汇编，第3节）；下降路径为假设A40",
    "free allocation by output in the national market (facts, section 3)":
        "全国市场按产量免费分配（事实汇编，第3节）",
    "as large as the offset limit; the duty is assumption A40": "与抵销比例上限相同；"
    "该义务为假设A40",
    "the allowance mean of 2025 (data/prices.csv); a tax is assumption A40":
        "2025年配额均价（data/prices.csv）；征税为假设A40",
    "month of the first trade, FJ-2023-01 (data/trades.csv)":
        "首笔交易FJ-2023-01的月份（data/trades.csv）",
    "a levy in kind, as under Article 6.4 of the Paris Agreement; assumption A31":
        "实物提取，如《巴黎协定》第6.4条；假设A31",
    "reserve tiers of California and RGGI; that one is set here is assumption A31":
        "加州与RGGI的储备分级；此处设置为假设A31",
    "none is on record for these credits; assumption A67": "此类碳信用尚无记录；假设A67",
    "step of the national allowance market, 1 t": "全国配额市场的最小交易单位，1吨",
    "tick of the national allowance market, 0.01 yuan": "全国配额市场的最小变动价位，0.01元",
    "assumption A30; no such tax on credits is known": "假设A30；未见对碳信用征收此税",
    "assumption A62; benchmark E1 takes 0.8 as an example": "假设A62；基准E1以0.8为例",
    "Californian forest credits put 10-20 % of each issue in the pool (climatetrust.org)":
        "加州森林碳信用每次签发的10%至20%入缓冲池（climatetrust.org）",
    "none found for these credits (facts, section 6)": "未见对此类碳信用的补贴（事实汇编，第6节）",
    "0.5 % a year as in benchmark B15; which measure has it is assumption A63":
        "年0.5%，同基准B15；何种措施有此风险为假设A63",
    "0.88 million yuan/km2, a Fujian county (bbs.zajihe.com/thread-14610-1-1.html)":
        "88万元/平方公里，福建某县（bbs.zajihe.com/thread-14610-1-1.html）",
    "81 yuan against about 38 elsewhere (deal AH-2024-01); A11":
        "81元，其他地方约38元（交易AH-2024-01）；A11",
    "CCER mean of 2025 (data/prices.csv)": "2025年CCER均价（data/prices.csv）",
    "Watts and Strogatz (1998), Nature 393:440; value is assumption A12":
        "Watts、Strogatz（1998），Nature 393:440；取值为假设A12",
    "a CSV with the columns firm_a and firm_b": "含firm_a与firm_b两列的CSV文件",
    "a purchase named a green reserve (Xichuan deal); weight is assumption A54":
        "称为绿色储备的购买（淅川交易）；权重为假设A54",
    "a trade_id of data/trades.csv": "data/trades.csv 中的交易编号",
    "annualised volatility 0.21-0.66 in 2021-2025 (facts, section 3)":
        "2021至2025年年化波动率0.21至0.66（事实汇编，第3节）",
    "assumption A4: 7 % a year where months are independent": "假设A4：各月独立时年7%",
    "assumption A61: what is announced, or everything that will be":
        "假设A61：已公布的变动，或此后的一切变动",
    "assumption A62: no capacity is on record": "假设A62：核查能力无记录",
    "assumption A67: two thirds of a verification": "假设A67：核查费用的三分之二",
    "assumption A68: a tenth of all credits found worthless leaves 37 % of trust":
        "假设A68：十分之一的碳信用被查出无效时，信任降至37%",
    "benchmark B15 shows both ends; between them is assumption A63":
        "基准B15给出两端；其间为假设A63",
    "biomass models err by under 10 % above ground (longdom.org, 34 species); A6":
        "地上生物量模型误差低于10%（longdom.org，34个树种）；A6",
    "credits pledged for green loans (Jinzhai deal); weight is assumption A11":
        "以碳信用质押取得绿色贷款（金寨交易）；权重为假设A11",
    "export customers asking for footprints (Yunnan deal); weight is assumption A11":
        "出口客户要求碳足迹（云南交易）；权重为假设A11",
    "fitted to trade JX-2024-01 (193,000 t on 2,243 ha in 22 years) by "
    "`python -m experiments.fit_growth`":
        "由 `python -m experiments.fit_growth` 按交易JX-2024-01（2,243公顷、22年、19.3万吨）拟合",
    "full loss as in benchmark B15": "全部损失，同基准B15",
    "local support (Xichuan deal); weight is assumption A11": "支持本地（淅川交易）；权重为假设A11",
    "mostly local buyers (facts, section 6); value is assumption A19":
        "买方多为本地企业（事实汇编，第6节）；取值为假设A19",
    "myopic: as today; assumption A42": "近视预期：以现状为准；假设A42",
    "national allowances, mean of 2025 (data/prices.csv)": "全国配额2025年均价（data/prices.csv）",
    "no hazard is on record for these measures, so none is assumed by default; 1 takes the "
    "hazards below": "此类措施无灾害记录，默认不设；取1时采用下列灾害率",
    "pilots were assigned from above (facts, section 1); rate is assumption A18":
        "试点由上级指定（事实汇编，第1节）；速率为假设A18",
    "quote.strategy where the group names none": "组内未注明时取 quote.strategy",
    "the first deal sold 0.26-0.91 of verified stock (data/trades.csv)":
        "首笔交易售出核查存量的26%至91%（data/trades.csv）",
    "the measures are those of trade JX-2024-01; their shares are assumption A3":
        "措施同交易JX-2024-01；各自占比为假设A3",
    "the scenario": "情景文件",
    "the scenario, or the area of the trade's watershed": "情景文件，或交易所在小流域的面积",
    "the scenario, or the first accrual year of the trade": "情景文件，或交易的首个计入年份",
    "the scenario, or the trade it names": "情景文件，或其所指的交易",
    "the scenario; assumption A48": "情景文件；假设A48",
    "the scenario; firms enter the national market at 26,000 t/year":
        "情景文件；企业年排放2.6万吨即纳入全国市场",
    "the scenario; without them the curve is a line, assumption A10":
        "情景文件；未给出时曲线为直线，假设A10",
    "the value of waiting about doubles what an investment must return (Dixit and Pindyck "
    "1994, Investment under Uncertainty, chapter 5); assumption A48":
        "等待的价值使投资所需回报约翻倍（Dixit、Pindyck 1994，"
        "Investment under Uncertainty，第5章）；"
        "假设A48",
    "trade bunches before the deadline (facts, section 3); value is assumption A14":
        "成交集中于截止之前（事实汇编，第3节）；取值为假设A14",
}


def source_told(source: str, language: Language) -> str:
    """Source of a parameter in a language.

    Parameters
    ----------
    source : str
        As declared, in English.
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    if language == "en":
        return source
    return SOURCES.get(source) or _ASSUMPTION.sub(r"假设\1", source)
