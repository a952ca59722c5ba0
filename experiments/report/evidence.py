"""Words about new treatment and about the patterns of the record, in English and Chinese."""

__all__ = ["PATTERN_WORDS", "TREATMENT"]

TREATMENT = {
    "figure_treatment": ("When would new treatment pay?", "新增治理何时能够回本？"),
    "treatment_panel": ("Credit price, yuan/t", "碳信用价格，元/吨"),
    "price_axis_unit": ("yuan/t", "元/吨"),
    "per_tonne": ("yuan/t", "元/吨"),
    "tonne": ("t", "吨"),
    "treatment_alone": ("no public money, {rate}\u00a0%", "无财政资金，{rate}%"),
    "treatment_grants": ("{share}\u00a0% public, {rate}\u00a0%", "财政承担{share}%，{rate}%"),
    "real_deals": ("{n} real deals", "{n} 笔真实交易"),
    "simulated": ("simulated: {regime}", "模拟：{regime}"),
    "allowances": ("allowances, {first} to {last}", "碳配额，{first} 至 {last}"),
    "caption_treatment": (
        "Upper rows: the constant credit price at which treating a hectare today has a net present "
        "value of zero, over {years} years, at three discount rates. Grey: the range by which the "
        "model is judged, from costs of 0.8 to 1.0 million yuan/km² in county notices and the "
        "growth of Ziyang. Lower rows: real deals (data/trades.csv), simulated mean prices under "
        "{rule}, annual mean prices of national allowances (data/prices.csv).",
        "上方各行：在三种贴现率下，今天治理一公顷、{years} 年内净现值为零所需的不变碳信用价格。"
        "灰色为评判模型所用的范围，依据各县公告的治理成本（每平方公里80万至100万元）和紫阳流域的"
        "生长量。下方各行：真实交易（data/trades.csv）、{rule}机制下的模拟均价、全国碳配额年均价"
        "（data/prices.csv）。",
    ),
    "treatment_needs": (
        "New treatment without public money pays at a credit price of {low} to {high} yuan/t "
        "(discount rates of {slow} to {fast}\u00a0%). Where public money pays "
        "{share}\u00a0% of it, {lower} to {upper} yuan/t are enough.",
        "没有财政资金时，碳信用价格须达到 {low} 至 {high} 元/吨，新增治理才能回本"
        "（贴现率{slow}%至{fast}%）；由财政承担{share}%时，{lower} 至 {upper} 元/吨即可。",
    ),
    "pays_never": (
        "The highest mean price that was simulated, {price} yuan/t ({regime}, {rule}), is below "
        "all of these.",
        "模拟得到的最高均价为 {price} 元/吨（{regime}，{rule}），低于上述所有水平。",
    ),
    "pays_granted": (
        "The highest mean price that was simulated, {price} yuan/t ({regime}, {rule}), reaches "
        "only the lower of these: it takes both public money and a low discount rate.",
        "模拟得到的最高均价为 {price} 元/吨（{regime}，{rule}），只够得着其中较低的水平："
        "既要有财政资金，又要有较低的贴现率。",
    ),
    "pays_all_granted": (
        "The highest mean price that was simulated, {price} yuan/t ({regime}, {rule}), is enough "
        "where public money pays {share}\u00a0%, and not without it.",
        "模拟得到的最高均价为 {price} 元/吨（{regime}，{rule}），财政承担{share}%时足够，"
        "否则不够。",
    ),
    "pays_alone": (
        "The highest mean price that was simulated, {price} yuan/t ({regime}, {rule}), is enough "
        "even without public money.",
        "模拟得到的最高均价为 {price} 元/吨（{regime}，{rule}），即使没有财政资金也够。",
    ),
    "treatment_outside": (
        "Outside of the range expected: {cases}.", "不在预期范围之内的有：{cases}。",
    ),
    "treatment_above": (
        "One reason for the prices above it: deduction and buffer keep {kept}\u00a0% of the tonnes "
        "from sale, while the range counts every tonne that grows.",
        "高于该范围的原因之一：扣减和缓冲池使 {kept}% 的吨数不能出售，而该范围把生长的每一吨都"
        "计算在内。",
    ),
    "treatment_case": (
        "{price} ({name}; expected {low} to {high})", "{price}（{name}；预期 {low} 至 {high}）"
    ),
    "treatment_inside": (
        "All of these lie within the range expected.", "以上结果均在预期范围之内。"
    ),
    "treatment_case_head": ("Public money, discount rate", "财政资金与贴现率"),
    "break_even_head": ("Break-even price, yuan/t", "回本价格，元/吨"),
    "of_treatment": ("of which treatment", "其中治理"),
    "of_verification": ("of which verification", "其中核查"),
    "sold_per_ha": ("Sold, t/ha", "售出，吨/公顷"),
    "expected_head": ("Expected, yuan/t", "预期，元/吨"),
    "inside_head": ("Inside", "在范围内"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
}

PATTERN_WORDS = {
    "patterns": ("Does the model look like the record?", "模型与真实记录相符吗？"),
    "patterns_words": (
        "Of {n} patterns of the real trades that nothing was fitted to, the voluntary world meets "
        "{met}, partly meets {partly} and misses {missed}. The rule was fixed before measuring: "
        "met, where the mean over {replicates} runs lies in the range given; partly met, where at "
        "least a quarter of the runs do; missed otherwise. Runs cover as many months as the record "
        "does.",
        "在没有用于拟合的 {n} 项真实交易特征中，仅自愿的世界符合 {met} 项，部分符合 {partly} 项，"
        "不符合 {missed} 项。规则在测量之前定下：{replicates} 次运行的均值落在所列范围内为符合；"
        "至少四分之一的运行落在范围内为部分符合；否则为不符合。运行月数与记录所跨月数相同。",
    ),
    "patterns_note": (
        "The record is small: {deals} deals with a price, {undated} without a date, {repeated} of "
        "one project. Listings that found no buyer cannot be seen. Source: data/trades.csv, "
        "collected from news and notices.",
        "记录很少：有价格的交易 {deals} 笔，其中 {undated} 笔没有日期，{repeated} 笔属于同一项目；"
        "没有买方的挂牌无从得知。来源：data/trades.csv，收集自新闻与公告。",
    ),
    "pattern": ("Pattern", "特征"),
    "in_the_record": ("Record", "真实记录"),
    "in_the_model": ("Model", "模型"),
    "verdict_head": ("Verdict", "结论"),
    "verdict_met_word": ("met", "符合"),
    "verdict_fitted_word": ("met (fitted)", "符合（拟合所得）"),
    "verdict_partly_word": ("partly met", "部分符合"),
    "verdict_missed_word": ("missed", "不符合"),
    "verdict_none_word": ("no deal", "无成交"),
    "most": ("most", "多数"),
    "counts_as_met": ("met: {band}", "符合范围：{band}"),
    "runs_inside": ("{share} % of runs inside", "{share}% 的运行在范围内"),
    "pattern_price_median_yuan_per_t": ("Median price", "成交价中位数"),
    "rests_price_median_yuan_per_t": (
        "all priced deals; the guide price is fitted to it", "全部有价交易；参考价按此拟合"
    ),
    "pattern_usual_price_share": (
        "Share of deals at 30 to 38 yuan/t", "价格在30至38元/吨的交易占比"
    ),
    "rests_usual_price_share": ("all priced deals", "全部有价交易"),
    "pattern_size_median_t": ("Median size of a deal", "单笔成交量中位数"),
    "rests_size_median_t": ("all priced deals", "全部有价交易"),
    "pattern_size_range_share": (
        "Share of deals within the sizes of the record", "成交量在记录范围内的交易占比"
    ),
    "rests_size_range_share": (
        "smallest and largest priced deal; small ones may not be published",
        "有价交易的最小与最大成交量；小额交易可能未公布",
    ),
    "pattern_first_deal_share": (
        "First deal of a project, share of its verified stock", "项目首笔成交占核查量之比"
    ),
    "rests_first_deal_share": ("five projects", "五个项目"),
    "pattern_allowance_share": ("Price, share of the allowance price", "价格占碳配额价格之比"),
    "rests_allowance_share": (
        "ordinary dated deals; most fell in 2024, when allowances cost far more than the level "
        "that the scenario starts from",
        "有日期的普通交易；多在2024年，当时配额价格远高于情景的起始水平",
    ),
    "pattern_local_share": (
        "Share of deals with a buyer of the same province", "本省买方的交易占比"
    ),
    "rests_local_share": (
        "names of buyers; one deal is reported as cross-province", "买方名称；仅一笔报道为跨省"
    ),
    "pattern_heavy_share": (
        "Share of deals with heavy or materials industry", "重工业与材料业买方占比"
    ),
    "rests_heavy_share": (
        "sectors read from the names of buyers, all fifteen trades",
        "由买方名称判断行业，共十五笔交易",
    ),
    "pattern_cost_share": (
        "Revenue of a seller, share of what its treatment cost", "卖方收入占治理成本之比"
    ),
    "rests_cost_share": ("two projects", "两个项目"),
}
