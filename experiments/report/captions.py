"""Words of the page: headings, captions, surprises, in English and Chinese."""

__all__ = ["PAGE", "SURPRISES"]

PAGE = {
    "title": (
        "Soil-and-water conservation credits: what if they counted for compliance?",
        "水土保持碳信用：若可用于履约，会怎样？",
    ),
    "subtitle": (
        "“{base}” against “{changed}”, {start} to {stop}; {n} replicates with common luck",
        "“{base}”对“{changed}”，{start} 至 {stop}；{n} 次重复，随机种子配对",
    ),
    "eligible_from": (
        "In the second scenario the credit counts for compliance from {month}.",
        "在第二个情景中，碳信用自 {month} 起可用于履约。",
    ),
    "choose_language": ("Language", "语言"),
    "contents": ("Contents", "目录"),
    "glance": (
        "The same in a table: what eligibility changes, by compliance room",
        "同一结果列表：可用于履约带来的变化（按履约空间）",
    ),
    "glance_note": (
        "{rule}. Paired differences against no eligibility; the last row is the level with "
        "eligibility.",
        "{rule}机制。与不可履约情景的配对差异；最后一行为可履约时的水平。",
    ),
    "room_times": ("room {room} ×", "空间 {room} 倍"),
    "room_whole": ("whole room, {room} ×", "全部空间，{room} 倍"),
    "level_of": ("{label}, level", "{label}（水平）"),
    "surprises": ("Surprises first", "意料之外"),
    "no_surprises": (
        "Nothing here passes the rules by which this list is made.", "没有符合入选规则的结果。"
    ),
    "room_share": ("Room share", "开放比例"),
    "hashes": ("Scenarios and their hashes", "情景及其哈希"),
    "map_corner": ("Room ↓ demand →", "空间↓ 需求→"),
    "map_caption": (
        "{rule}: price in yuan/t, below it the traded share of issued tonnes",
        "{rule}：价格（元/吨），其下为成交占签发之比",
    ),
    "figure_price": ("Price", "价格"),
    "figure_volume": ("Volume, and who buys", "成交量与买方构成"),
    "figure_atmosphere": ("What the atmosphere gets", "大气得到什么"),
    "figure_rooms": ("Dependence on compliance room", "与履约空间的关系"),
    "figure_map": (
        "The map: price and traded share over voluntary demand and compliance room",
        "总图：自愿需求与履约空间下的价格和成交比例",
    ),
    "caption_price": (
        "Volume-weighted mean price over the run, by pricing rule; bars are 95 % intervals of the "
        "mean. Hollow: voluntary only. Filled: eligible. Right: the paired difference.",
        "各定价机制下全程按量加权的成交均价；横线为均值的95%区间。空心：仅自愿；"
        "实心：可履约。右图为配对差异。",
    ),
    "caption_volume": (
        "Credits traded over the run, split by motive; thin bars are 95 % intervals of the total. "
        "Right: paired change of each motive, so that a negative voluntary change is what is "
        "displaced.",
        "全程成交量，按动机划分；细线为总量的95%区间。右图为各动机的配对变化，"
        "自愿部分的负变化即被挤出的量。",
    ),
    "caption_atmosphere": (
        "Tonnes over the run with eligibility, by pricing rule; the upright stroke is the same "
        "without eligibility. Removed counts growth within the run; issued also counts growth "
        "since treatment, before the run began. Net effect = additional less licensed. Last "
        "panel: money paid for credits and by the public, for each net tonne.",
        "可履约时全程的吨数，按定价机制；竖线为不可履约时的值。“实际碳汇量”只计运行期内的"
        "增长，“签发量”还包括运行期之前自治理以来的增长。净效应＝额外碳汇量－允许的排放。"
        "最后一图为每净吨所付的碳信用价款与财政资金。",
    ),
    "caption_rooms": (
        "Compliance room on a logarithmic axis; the last point is the whole room. Annual issuance "
        "is that of one run of the second scenario. Bars are 95 % intervals.",
        "横轴为履约空间（对数刻度），最后一点为全部空间；年签发量取第二个情景的一次运行。"
        "竖线为95%区间。",
    ),
    "caption_map": (
        "Each cell is a world with this much voluntary demand and compliance room, both divided by "
        "annual issuance; eligible from the start. First the mean price, then the "
        "traded share of issued tonnes. {runs}; {allowance}.",
        "每一格为一个世界，其自愿需求与履约空间均除以年签发量，自始可履约。先为均价，"
        "后为成交量占签发量之比。{runs}；{allowance}。",
    ),
    "map_runs": ("{n} runs a cell, no intervals", "每格运行 {n} 次，未给出区间"),
    "map_one_run": ("One run a cell, no intervals", "每格运行一次，未给出区间"),
    "map_allowance": ("mean allowance price {price} yuan/t", "配额均价 {price} 元/吨"),
    "short_bilateral": ("Bilateral", "协议转让"),
    "cell": (
        "voluntary demand {demand} ×, room {room} ×: {amount}",
        "自愿需求 {demand} 倍，履约空间 {room} 倍：{amount}",
    ),
    "no_trade": ("no trade", "无成交"),
    "eligible": ("eligible", "可履约"),
    "not_eligible": ("voluntary only", "仅自愿"),
    "paired_difference": ("Paired difference", "配对差异"),
    "with_unit": ("{label}, {unit}", "{label}，{unit}"),
    "colon": ("{label}: {text}", "{label}：{text}"),
    "semicolon": ("; ", "；"),
    "map_told": (
        "Heat map, values from {low} to {high} {unit}; every value is in the table below.",
        "热力图，数值为 {low} 至 {high} {unit}；各值见下表。",
    ),
    "price_axis": ("Price", "成交均价"),
    "volume_axis": ("Traded", "成交量"),
    "change_by_motive": ("Change by motive", "按动机的变化"),
    "voluntary": ("voluntary", "自愿"),
    "compliance": ("compliance", "履约"),
    "tonnes_axis": ("Over the run", "全程"),
    "removed_t": ("Removed", "实际碳汇量"),
    "issued_t": ("Issued", "签发量"),
    "additional_t": ("Additional", "额外碳汇量"),
    "licensed_t": ("Licensed", "允许的排放"),
    "net_effect_t": ("Net effect", "净效应"),
    "cost_per_net": ("Cost per net tonne", "净减排单位成本"),
    "no_net_tonne": ("no net tonne to pay for", "没有净减排"),
    "price_change": ("Price: paired difference", "价格：配对差异"),
    "volume_level": ("Traded with eligibility", "可履约时的成交量"),
    "net_level": ("Net effect with eligibility", "可履约时的净效应"),
    "room_axis": ("Compliance room ÷ annual issuance", "履约空间 ÷ 年签发量"),
    "voluntary_axis": ("Voluntary demand ÷ annual issuance", "自愿需求 ÷ 年签发量"),
    "price_of": ("{rule}: price", "{rule}：价格"),
    "share_of": ("{rule}: traded share", "{rule}：成交占签发"),
    "ramp_price": ("Price, yuan/t", "价格，元/吨"),
    "ramp_share": ("Traded share of issued, %", "成交占签发，%"),
    "data_table": ("Data of this figure", "本图数据"),
    "figure_files": ("Figure as", "图形文件："),
    "table_files": ("All numbers:", "全部数据："),
    "scripts_off": (
        "The figures of this page are drawn by a script. They are also in the folder "
        "<code>figures</code> beside this page.",
        "本页图形由脚本绘制；亦可见本页旁的 <code>figures</code> 文件夹。",
    ),
    "rule": ("Pricing rule", "定价机制"),
    "regime": ("Regime", "情景"),
    "what": ("Quantity", "指标"),
    "outcome": ("Outcome", "指标"),
    "value": ("Mean [95 % interval]", "均值 [95%区间]"),
    "difference": ("Paired difference", "配对差异"),
    "room": ("Compliance room", "履约空间"),
    "demand": ("Voluntary demand", "自愿需求"),
    "price": ("Price", "价格"),
    "voluntary_share": ("Voluntary share", "自愿占签发"),
    "compliance_share": ("Compliance share", "履约占签发"),
    "outcomes": ("All outcomes", "全部指标"),
    "outcomes_note": (
        "With the whole compliance room, in 95 % intervals. The first line of a cell is the mean "
        "over replicates; a replicate in which an outcome does not exist, as the price without "
        "trade, is left out. The second line, with a sign, is the paired difference against the "
        "first column, seed by seed; it is left out where nothing differs.",
        "履约空间全部开放，方括号内为95%区间。每格第一行为各次重复的均值；指标不存在的重复"
        "（如无成交时的价格）不计入。第二行带正负号，为同一随机种子下与第一列的配对差异；"
        "没有差异时从略。",
    ),
    "limits": ("What this model cannot tell you", "本模型不能告诉您的事"),
    "again": ("How to make it again", "如何重现"),
    "version": ("Version", "版本"),
    "base_seed": ("Base seed", "基础随机种子"),
    "replicates": ("Replicates", "重复次数"),
    "map_replicates": ("Runs of each map cell", "总图每格运行次数"),
    "command": ("Command", "命令"),
    "again_note": (
        "The same version, scenarios and seed give the same numbers. The resolved scenarios are in "
        "<a href=\"scenarios.json\">scenarios.json</a>, every replicate in "
        "<a href=\"tables/replicates.csv\">tables/replicates.csv</a>.",
        "版本、情景和种子相同，则结果相同。完整情景见 "
        "<a href=\"scenarios.json\">scenarios.json</a>，"
        "每次重复的结果见 <a href=\"tables/replicates.csv\">tables/replicates.csv</a>。",
    ),
    "scenario": ("Scenario", "情景"),
    "price_theory": ("Price theory", "定价理论"),
    "months": ("Months", "月数"),
    "hash": ("Hash", "哈希"),
    "no_chinese_font": (
        "No Chinese font was found where this report was made, so the Chinese figures are given as "
        "SVG only: the reader's own fonts are used there.",
        "生成报告的机器上没有中文字体，因此中文图形只有SVG格式，显示时使用读者自己的字体。",
    ),
    "table_outcomes": ("levels with intervals", "各指标水平与区间"),
    "table_differences": ("paired differences", "配对差异"),
    "table_break_even": ("break-even prices", "回本价格"),
    "table_patterns": ("patterns", "真实记录特征"),
    "table_map": ("the map", "总图数据"),
    "table_replicates": ("every replicate", "每次重复"),
    "table_dictionary": ("what each outcome means", "指标说明"),
}

SURPRISES = {
    "atmosphere_loses": (
        "<b>Good for the watersheds, bad for the atmosphere.</b> With the whole room open the net "
        "effect is {after}; without eligibility it is {before}.",
        "<b>有利于流域，不利于大气。</b>空间全部开放时净效应为 {after}；不可履约时为 {before}。",
    ),
    "atmosphere_gains": (
        "<b>The atmosphere gains.</b> With the whole room open the net effect is {after}; without "
        "eligibility it is {before}.",
        "<b>大气受益。</b>空间全部开放时净效应为 {after}；不可履约时为 {before}。",
    ),
    "little_room_suffices": (
        "<b>A little room is enough to turn the sign.</b> With room for only {room} times annual "
        "issuance the net effect is already negative: {levels}.",
        "<b>很小的空间就足以改变符号。</b>履约空间仅为年签发量的 {room} 倍时，净效应已为负："
        "{levels}。",
    ),
    "displacement": (
        "<b>Compliance buyers take what voluntary buyers would have bought.</b> For each "
        "100\u00a0t bought for compliance, voluntary purchases fall by {shares}.",
        "<b>履约买方取走的，本是自愿买方会买的。</b>每 100 吨履约购买，自愿购买减少 {shares}。",
    ),
    "net_tonne_costs": (
        "<b>Even without eligibility a net tonne costs {times} times the price of a credit.</b> "
        "Each net tonne costs {cost}, while credits sell at {price}: most of what is sold was "
        "treated long ago.",
        "<b>即使不可履约，每净吨的成本也是碳信用价格的 {times} 倍。</b>每净吨花费 {cost}，"
        "而碳信用售价为 {price}：所售大多来自早已完成的治理。",
    ),
    "rule_matters": (
        "<b>The pricing rule decides how much of the gain sellers get.</b> Eligibility lifts the "
        "price by {small} under {least} but by {large} under {most}: {gap} more, paired.",
        "<b>定价机制决定卖方能得到多少好处。</b>可履约后，价格在{least}下只上升 {small}，"
        "在{most}下上升 {large}，配对相差 {gap}。",
    ),
    "below_allowance": (
        "<b>The price stays well below that of an allowance</b> ({allowance}), for which the "
        "credit stands in: {prices}.",
        "<b>价格仍明显低于配额价格</b>（{allowance}），尽管碳信用可替代配额：{prices}。",
    ),
    "dispersion": (
        "<b>Prices spread most under {most}.</b> The spread of voluntary prices goes from "
        "{before} to {after}; under {least} it ends at {other}.{why}",
        "<b>{most}下价格最为分散。</b>自愿成交价的离散度由 {before}变为 {after}；{least}下为 "
        "{other}。{why}",
    ),
    "one_price_a_month": (
        " A call auction has one price a month, so all of its spread lies between months.",
        "集合竞价每月只有一个价格，其离散全部来自月份之间。",
    ),
    "issued_not_removed": (
        "<b>Issued is not removed.</b> For each tonne removed during the run {ratio} t are issued, "
        "because verification reaches back to the year of treatment; of the tonnes issued {share} "
        "are additional.",
        "<b>签发不等于实际碳汇。</b>运行期内每实际吸收一吨，签发 {ratio} 吨，因为核查追溯到治理"
        "之年；签发量中具有额外性的占 {share}。",
    ),
    "saturation": (
        "<b>Beyond {room} times annual issuance more room changes little.</b> The price rises by "
        "{before} there and by {after} with the whole room; at that point {sold} of the credits "
        "issued outside the buffer are sold already.",
        "<b>履约空间超过年签发量 {room} 倍后，再扩大影响甚微。</b>价格在该处上升 {before}，"
        "全部开放时上升 {after}；此时缓冲池以外的签发量已售出 {sold}。",
    ),
}
