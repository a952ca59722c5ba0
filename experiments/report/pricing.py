"""Words about all pricing rules and about price theories of sellers, in English and Chinese."""

__all__ = ["RULES", "SELLERS"]

RULES = {
    "figure_rules": ("What the pricing rule itself does", "定价机制本身的作用"),
    "usual_rule": ("{rule} (reference)", "{rule}（基准）"),
    "no_value": ("none", "无"),
    "key_higher": ("higher than under the reference rule", "高于基准机制"),
    "key_lower": ("lower", "低于基准机制"),
    "key_muted": ("not to be told apart", "无法区分"),
    "key_ink": ("the reference rule", "基准机制"),
    "key_hollow": ("hollow: {first}, filled: {second}", "空心：{first}，实心：{second}"),
    "caption_rules": (
        "Every pricing rule on the same worlds with the same seeds, from the highest price to the "
        "lowest. Hollow and broken line: voluntary only; filled and unbroken line: eligible, with "
        "the whole compliance room. Bars are 95 % intervals of the mean; colours say where the "
        "paired difference against {usual} (the upright lines) excludes zero. Efficiency is "
        "counted month by month, and demand that waits counts anew each month. Axes need not begin "
        "at zero. Every rule has its default settings, and only the level under {fitted} is "
        "fitted: the administered price is {price} yuan/t by decree, the government of the reverse "
        "auction "
        "spends up to {budget} yuan a month and leaves the rest to listings, and in McAfee's "
        "auction the exchange keeps what buyers pay beyond the sellers' price.",
        "各定价机制使用同样的世界和同样的随机种子，按价格由高到低排列。空心与虚线：仅自愿；实心与"
        "实线：可履约，履约空间全部开放。横线为均值的95%区间；颜色表示与{usual}（竖线）的配对差异"
        "是否不含零。市场效率按月计算，等待中的需求逐月重复计入。横轴不一定从零开始。各机制均取默认设置，只有{fitted}下的价格水平经过拟合："
        "指导价"
        "直接定为 {price} 元/吨；反向拍卖中政府每月至多支出 {budget} 元，其余按挂牌成交；麦卡菲"
        "拍卖中"
        "买方所付超过卖方所得的部分归交易所。",
    ),
    "not_told_from": (" (which cannot be told from {others})", "（与{others}无法区分）"),
    "rules_where": ("<b>In the regime “{where}”</b> ", "<b>“{where}”情景下</b>，"),
    "rules_price": (
        "the price is highest under {high}, {most}, and lowest under {low}, {least}: {times} times "
        "as high.",
        "均价以{high}最高，为 {most}；以{low}最低，为 {least}；前者为后者的 {times} 倍。",
    ),
    "rules_price_alike": (
        "no two rules can be told apart by their price.", "任何两种机制的均价都无法区分高低。",
    ),
    "rules_price_ends_alike": (
        "the highest mean price, under {high}, cannot be told from the lowest, under {low}, though "
        "other rules can be told apart.",
        "均价最高的{high}与最低的{low}无法区分，但另有机制可以区分高低。",
    ),
    "rules_price_only": (
        "there is a price under {rule} alone, {price}.", "只有{rule}有成交价，均价为 {price}。",
    ),
    "rules_nothing": ("nothing is traded under any rule.", "任何机制下都没有成交。"),
    "rules_idle": (" Nothing is traded under {rules}.", "{rules}下没有成交。"),
    "rules_volume_alike": (
        " No two rules can be told apart by the volume traded under them.",
        "任何两种机制的成交量都无法区分高低。",
    ),
    "rules_volume_ends_alike": (
        " The largest mean volume, under {high}, cannot be told from the smallest, under {low}, "
        "though other rules can be told apart.",
        "成交量均值最大的{high}与最小的{low}无法区分，但另有机制可以区分高低。",
    ),
    "rules_volume_some_none": (
        " The traded volume is largest under {high}, and smallest under {low}, where nothing is "
        "traded in {zeros} of {n} replicates.",
        "成交量以{high}最大，以{low}最小；后者 {n} 次重复中有 {zeros} 次没有成交。",
    ),
    "rules_volume_less": (
        " The rule moves the traded volume less: the largest, under {high}, is {times} times the "
        "smallest, under {low}.",
        "机制对成交量的影响较小：最大者为{high}，是最小者{low}的 {times} 倍。",
    ),
    "rules_volume_more": (
        " The rule moves the traded volume more: the largest, under {high}, is {times} times the "
        "smallest, under {low}.",
        "机制对成交量的影响更大：最大者为{high}，是最小者{low}的 {times} 倍。",
    ),
    "rules_volume_same": (
        " The rule moves the traded volume about as much: the largest, under {high}, is {times} "
        "times the smallest, under {low}.",
        "机制对成交量的影响与此相当：最大者为{high}，是最小者{low}的 {times} 倍。",
    ),
    "rules_gain": ("<b>What sellers get.</b>", "<b>卖方所得。</b>"),
    "rules_money": (
        "In the regime “{where}” sellers get most under {high}, {more} more than under {usual}, "
        "paired.",
        "“{where}”情景下，卖方收入以{high}最多，比{usual}多 {more}（配对）。",
    ),
    "rules_money_alike": (
        "In the regime “{where}” under no rule can sellers be told to get more than under "
        "{usual}.",
        "“{where}”情景下，没有任何机制能使卖方收入可辨别地高于{usual}。",
    ),
    "rules_money_sure": (
        "In the regime “{where}” the highest mean is under {high}, but it cannot be told from "
        "{usual}; of the rules under which sellers are told to get more than under {usual}, "
        "{best} gives most, {more} more, paired.",
        "“{where}”情景下，卖方收入均值以{high}最高，但与{usual}无法区分；可辨别地高于{usual}的"
        "机制中，以{best}最多，多 {more}（配对）。",
    ),
    "rules_against_more": (
        "Without eligibility the choice of the rule moves the price by up to {rule}, more than "
        "eligibility does under {usual} ({regime}).",
        "不可履约时，仅改变机制即可使均价相差至多 {rule}，超过{usual}下履约资格的影响（{regime}"
        "）。",
    ),
    "rules_against_less": (
        "Without eligibility the choice of the rule moves the price by up to {rule}, less than "
        "eligibility does under {usual} ({regime}).",
        "不可履约时，仅改变机制可使均价相差至多 {rule}，小于{usual}下履约资格的影响（{regime}）。",
    ),
    "rules_against_alike": (
        "Without eligibility the choice of the rule moves the price by up to {rule}, which cannot "
        "be told from what eligibility does under {usual} ({regime}).",
        "不可履约时，仅改变机制可使均价相差至多 {rule}，与{usual}下履约资格的影响（{regime}）无法"
        "区分大小。",
    ),
    "rules_efficiency": (
        "Of the surplus that each month's stock and demand allow, in the regime “{where}” most "
        "is realised under {high}, {most}, and least under {low}, {least}.",
        "“{where}”情景下，各月存量与需求所允许的剩余中，实现最多的是{high}，为 {most}；最少的"
        "是{low}，为 {least}。",
    ),
    "rules_care": (
        "<b>Read with care:</b> only the level under {fitted} is fitted to real prices; under all "
        "other rules it follows from the model.",
        "<b>需谨慎解读：</b>只有{fitted}机制下的价格水平是按真实价格拟合的，其他机制下的水平均由"
        "模型推出。",
    ),
    "rules_own_bid": (
        "Under every rule buyers bid their limits (assumptions A21, A23). "
        "Where they pay what they bid, under {rules}, real buyers would bid less: prices and "
        "proceeds there are higher than they would be.",
        "在各机制下，买方均按其限价出价（假设A21、A23）。{rules}按买方出价"
        "成交，现实中"
        "买方会压低出价，因此模拟的价格和卖方收入偏高。",
    ),
    "rules_ends": (
        "Which rule stands at which end", "各指标在哪种机制下最高、最低",
    ),
    "rules_ends_note": (
        "The rule named first has the highest or lowest mean, which is the number; those named "
        "after it cannot be told from it, pair by pair, at 95 %. They may be told from each other.",
        "首个机制的均值最高或最低，数字即其均值；其后各机制与首个机制配对比较，在95%水平上无法"
        "区分，但它们彼此之间可能有差别。",
    ),
    "highest_in": ("Highest, {regime}", "最高，{regime}"),
    "lowest_in": ("Lowest, {regime}", "最低，{regime}"),
    "none_told": ("no rule told from another", "任何两种机制都无法区分"),
    "end_not_told": ("{rule}, not told from any other", "{rule}，与其他机制都无法区分"),
    "rules_data_note": (
        "Below each level, with a sign: its paired difference against the reference rule, in the "
        "same regime.",
        "每格下方带正负号的数为同一情景下与基准机制的配对差异。",
    ),
    "table_rules": ("all pricing rules", "全部定价机制"),
    "table_rule_replicates": ("their replicates", "其每次重复"),
    "table_theories": ("price theories", "定价理论"),
    "table_theory_deals": ("their deals", "其每笔成交"),
}

SELLERS = {
    "figure_sellers": (
        "Which theory of sellers' prices fits?", "卖方定价：哪种理论相符？"
    ),
    "theory_focal": ("focal", "焦点定价"),
    "theory_bargaining": ("bargaining", "议价"),
    "theory_storage": ("storage", "储存"),
    "theory_truthful": ("truthful", "按成本报价"),
    "axis_focal": ("Focal (fitted)", "焦点定价（已拟合）"),
    "axis_truthful": ("Truthful (reference)", "按成本报价（参照）"),
    "undated": ("undated", "日期不详"),
    "sellers_panel": ("{rule}, yuan/t", "{rule}，元/吨"),
    "middle_deals": (
        "median {median}, half of the deals from {low} to {high} {unit}",
        "中位数 {median}，半数成交在 {low} 至 {high} {unit}之间",
    ),
    "caption_sellers": (
        "Upper rows: the {n} real deals with a price, by price. Lower rows: voluntary deals of "
        "{replicates} runs over {months} months, as many as the record spans, pooled; shading is "
        "how many deals fall into each yuan, the dot their median, the bar the middle half of "
        "them (not an interval of the mean). Grey: {usual_low} to {usual_high} yuan/t, where most "
        "of the record lies; upright line: its median. <b>Focal:</b> sellers lean on a guide "
        "price "
        "and on the last publicised deals. <b>Bargaining:</b> they weigh a sale now against the "
        "chance of another buyer. <b>Storage:</b> they compare today with a later, perhaps "
        "eligible, sale. <b>Truthful:</b> they ask what a tonne costs them, a reference only.",
        "上方各行：{n} 笔有价格的真实交易，按价格排列。下方各行：{replicates} 次运行中 {months}"
        " 个月"
        "（与记录跨度相同）的自愿成交合并；阴影为每一元价位上的成交多少，圆点为中位数，横线为中间"
        "一半成交的范围（不是均值的区间）。灰色：记录集中的 {usual_low} 至 {usual_high} 元/吨；"
        "竖线："
        "记录的中位数。<b>焦点定价：</b>卖方参照指导价和最近公布的成交。<b>议价：</b>卖方在眼下"
        "成交与"
        "等待其他买方之间权衡。<b>储存：</b>卖方比较今天与日后（或可履约时）出售。<b>按成本报价"
        "：</b>"
        "卖方按每吨成本要价，仅作参照。",
    ),
    "fits_one": (
        "<b>Under {rule} the {names} theory comes closest to the {n} real prices</b>, by both "
        "distances: the largest gap between the two cumulative curves is {kolmogorov}, the area "
        "between them {wasserstein}.",
        "<b>在{rule}机制下，{names}理论最接近 {n} 个真实价格</b>，两种距离均如此：两条累积曲线的"
        "最大差距为 {kolmogorov}，其间面积为 {wasserstein}。",
    ),
    "fits_disagree": (
        "<b>Under {rule} no theory comes closest to the {n} real prices by both distances:</b> by "
        "the largest gap between cumulative curves it is {by_gap}, {kolmogorov}, by the area "
        "between them {by_area}, {wasserstein}.",
        "<b>在{rule}机制下，没有一种理论按两种距离都最接近 {n} 个真实价格：</b>按累积曲线的最"
        "大差距为{by_gap}（{kolmogorov}），按其间面积为{by_area}（{wasserstein}）。",
    ),
    "alike_by_both": (
        "By both distances {names} cannot be told from it.", "按两种距离，{names}都与之无法区分。",
    ),
    "alike_by_gap": (
        "By the largest gap {names} cannot be told from {best}.",
        "按最大差距，{names}与{best}无法区分。",
    ),
    "alike_by_area": (
        "By the area {names} cannot be told from {best}.", "按面积，{names}与{best}无法区分。",
    ),
    "reference_row": (
        "Truthful, the last row, is a reference and no theory of real sellers: it asks what a "
        "tonne costs.",
        "末行“按成本报价”只是参照，并非关于现实卖方的理论：按每吨成本要价。",
    ),
    "fits_nothing": (
        "Under {rule} no theory has a deal to compare.", "在{rule}机制下，没有可比的成交。",
    ),
    "level_is_fitted": (
        "This is no fair race: the level of the focal theory is fitted to the record (its median, "
        "under {rule}), that of the others is not. Once all medians are moved to that of the "
        "record, {names} is closest, and all theories lie {near} to {far} yuan/t from the record.",
        "这并非公平的比较：焦点定价的水平是按记录拟合的（{rule}机制下的中位数），其他理论没有"
        "拟合。"
        "若把各中位数都平移到记录的中位数，则最接近的是{names}，各理论与记录的距离为 {near} 至"
        " {far} 元/吨。",
    ),
    "level_is_fitted_several": (
        "This is no fair race: the level of the focal theory is fitted to the record (its median, "
        "under {rule}), that of the others is not. Once all medians are moved to that of the "
        "record, {first} is closest and cannot be told from {others}, and all theories lie {near} "
        "to {far} yuan/t from the record.",
        "这并非公平的比较：焦点定价的水平是按记录拟合的（{rule}机制下的中位数），其他理论没有"
        "拟合。"
        "若把各中位数都平移到记录的中位数，则最接近的是{first}，它与{others}无法区分，各理论与记录的距离为"
        " {near} 至 {far} 元/吨。",
    ),
    "exact_share": (
        "<b>What no theory gives:</b> {same} of the {n} real deals are at exactly {price} yuan/t; "
        "under {rule}, {most} of simulated deals are there at most ({name}).",
        "<b>各理论都未给出的：</b>{n} 笔真实交易中有 {same} 笔恰为 {price} 元/吨；而在{rule}机"
        "制下，"
        "模拟成交恰为此价的至多占 {most}（{name}）。",
    ),
    "exact_share_none": (
        "<b>What no theory gives:</b> {same} of the {n} real deals are at exactly {price} yuan/t; "
        "under {rule} not one simulated deal is.",
        "<b>各理论都未给出的：</b>{n} 笔真实交易中有 {same} 笔恰为 {price} 元/吨；而在{rule}机"
        "制下，"
        "没有一笔模拟成交恰为此价。",
    ),
    "exact_share_met": (
        "{same} of the {n} real deals are at exactly {price} yuan/t; under {rule} the {name} "
        "theory "
        "puts {most} of its deals there.",
        "{n} 笔真实交易中有 {same} 笔恰为 {price} 元/吨；在{rule}机制下，{name}理论有 {most} "
        "的成交"
        "恰为此价。",
    ),
    "outside_real": (
        "Of the {n} real prices {outside} lie outside the middle 90\u00a0% of what the {name} "
        "theory gives ({prices}).",
        "{n} 个真实价格中有 {outside} 个落在{name}理论模拟价格的中间90%之外（{prices}）。",
    ),
    "outside_real_one": (
        "Of the {n} real prices one lies outside the middle 90\u00a0% of what the {name} theory "
        "gives ({prices}).",
        "{n} 个真实价格中有 1 个落在{name}理论模拟价格的中间90%之外（{prices}）。",
    ),
    "inside_real": (
        "All {n} real prices lie within the middle 90\u00a0% of what the {name} theory gives.",
        "{n} 个真实价格全部落在{name}理论模拟价格的中间90%之内。",
    ),
    "other_rule_further": (
        "Under {other} every theory is further from the record than the {name} theory under "
        "{rule}.",
        "在{other}机制下，各理论都比{rule}机制下的{name}理论离记录更远。",
    ),
    "other_rule_closer": (
        "Under {other} closer to the record than the {name} theory under {rule}: {names}.",
        "在{other}机制下，{names}比{rule}机制下的{name}理论更接近记录。",
    ),
    "other_rule_unsure": (
        "Under {other} these cannot be told to be further from the record than the {name} theory "
        "under {rule}: {names}.",
        "在{other}机制下，不能断定{names}比{rule}机制下的{name}理论离记录更远。",
    ),
    "few_prices": (
        "<b>{n} prices are few.</b> With the deals of all runs together the closest theory under "
        "{rule} is {gap_name} by the largest gap and {area_name} by the area. Leave out any "
        "one of "
        "the {n}, and it is still so in {gap_same} and {area_same} of the {n} cases. The prices "
        "come from news and notices, {repeated} of them from one project. They say little about "
        "which theory is true; no test of significance is made.",
        "<b>{n} 个价格很少。</b>把各次运行的成交合在一起，{rule}机制下最接近的理论按最大差距为"
        "{gap_name}，按面积为{area_name}。若从 {n} 个价格中逐一剔除一个、重算 {n} 次，最接近的理论"
        "按最大差距有 {gap_same} 次保持不变，按面积有 {area_same} 次保持不变。这些价格来自新闻与"
        "公告，其中 {repeated} 个属于同一项目，难以说明哪种理论为真；此处不作显著性检验。",
    ),
    "few_prices_alike": (
        "<b>{n} prices are few.</b> With the deals of all runs together the closest theory under "
        "{rule} is {gap_name} by both distances. Leave out any one of the {n}, and it is still so "
        "in {gap_same} (gap) and {area_same} (area) of the {n} cases. The prices come from news "
        "and notices, {repeated} of them from one project. They say little about which theory is "
        "true; no test of significance is made.",
        "<b>{n} 个价格很少。</b>把各次运行的成交合在一起，{rule}机制下按两种距离最接近的理论均为"
        "{gap_name}。若从 {n} 个价格中逐一剔除一个、重算 {n} 次，最接近的理论按最大差距有 "
        "{gap_same} 次保持不变，按面积有 {area_same} 次保持不变。这些价格来自新闻与"
        "公告，其中 {repeated} 个属于同一项目，难以说明哪种理论为真；此处不作显著性检验。",
    ),
    "measure_deals": ("Deals in a run", "每次运行成交笔数"),
    "measure_price_lower_quartile_yuan_per_t": ("Lower quartile", "下四分位数"),
    "measure_price_median_yuan_per_t": ("Median price", "成交价中位数"),
    "measure_price_upper_quartile_yuan_per_t": ("Upper quartile", "上四分位数"),
    "measure_usual_price_share": (
        "Deals at {low} to {high} yuan/t", "价格在{low}至{high}元/吨的占比"
    ),
    "measure_exact_price_share": ("Deals at exactly {price} yuan/t", "恰为{price}元/吨的占比"),
    "measure_size_median_t": ("Median size of a deal", "单笔成交量中位数"),
    "measure_kolmogorov_distance_share": (
        "Largest gap of cumulative curves (Kolmogorov)", "累积曲线最大差距（柯尔莫哥洛夫）"
    ),
    "measure_wasserstein_distance_yuan_per_t": (
        "Area between them (Wasserstein)", "曲线间面积（瓦瑟斯坦）"
    ),
    "measure_shape_distance_yuan_per_t": (
        "The same, medians made alike", "同上，中位数对齐后"
    ),
    "theories_caption": (
        "{rule}: each replicate by itself, mean and 95 % interval over {replicates} replicates",
        "{rule}：逐次重复计算，{replicates} 次重复的均值与95%区间",
    ),
}
