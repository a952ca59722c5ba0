"""Words about regimes of agents and theory, compliance rules and bunching, in both languages."""

__all__ = ["BUNCHING", "KINDS", "SIGNATURE"]

SIGNATURE = {
    "theory": ("Theory", "理论"),
    "figure_signature": (
        "Which regime, by pricing rule: agents against theory",
        "各定价机制处于何种区间：模拟对理论",
    ),
    "seen_voluntary_only": ("voluntary only", "仅自愿"),
    "seen_limit_binds": ("limit binds", "限额起约束"),
    "seen_allowance_sets_price": ("allowance sets the price", "配额定价"),
    "seen_voluntary_above_allowance": ("volunteers lift the price", "自愿推高价格"),
    "seen_no_trade": ("no trade", "无成交"),
    "seen_room_left_below": ("room left, price below", "空间有余而价低"),
    "narrow_voluntary_above_allowance": ("volunteers lift it", "自愿推高"),
    "signature_of_theory": ("Theory: regimes", "理论：区间"),
    "signature_cell": (
        "voluntary demand {demand} ×, room {room} ×: {seen}, {price}; theory: {exact}, {worth}",
        "自愿需求 {demand} 倍，履约空间 {room} 倍：{seen}，{price}；理论：{exact}，{worth}",
    ),
    "signature_exact": (
        "voluntary demand {demand} ×, room {room} ×: {exact}, {worth}",
        "自愿需求 {demand} 倍，履约空间 {room} 倍：{exact}，{worth}",
    ),
    "a_price": ("{price} yuan/t", "{price} 元/吨"),
    "signature_told": (
        "Map of regimes; the same as theory in {same}\u00a0% of the cells with compliance room.",
        "区间图；在有履约空间的格中，{same}% 与理论相同。",
    ),
    "signature_told_theory": (
        "Map of the regimes of theory: {regimes}.", "理论区间图：{regimes}。",
    ),
    "caption_signature": (
        "Colour: the regime that the agents show. Number: their price less that of theory, yuan/t. "
        "Lines: borders of theory's regimes. A regime of agents is read off what they did, by one "
        "rule: without room, voluntary only; else volunteers lift the price where it is more than "
        "{band}\u00a0% above the ceiling of {ceiling} yuan/t; the limit binds where at least "
        "{filled}\u00a0% of the room is filled; the allowance sets the price where room is left "
        "and the price is within {band}\u00a0% of the ceiling; what remains is room left although "
        "the price is below, which theory does not know. Theory's price is the solver's, from the "
        "same supply, demand, room and worth of a credit. {runs}, base seed {seed}.",
        "颜色：模拟市场所处的区间。数字：模拟均价减理论价格，元/吨。线条：理论区间的边界。"
        "模拟市场的区间按同一规则由其行为读出：没有履约空间为“仅自愿”；否则，"
        "均价高于上限 {ceiling} 元/吨 {band}% 以上为“自愿推高价格”；"
        "空间用到 {filled}% 以上为“限额起约束”；空间有余且均价在上限 {band}% 以内为“配额定价”；"
        "其余为“空间有余而价低”，理论中没有这种情形。理论价格由求解器按同样的供给、需求、"
        "空间和碳信用价值算出。{runs}，基础种子 {seed}。",
    ),
    "signature_best": (
        "<b>How far the regimes of theory hold depends on the pricing rule.</b> Of {cells} cells "
        "with compliance room, agents show theory's regime most often under {best} ({most}\u00a0%) "
        "and least often under {worst} ({least}\u00a0%). Their price is on average nearest to "
        "theory under {near} ({small} yuan/t off) and farthest from it under {far} ({large} "
        "yuan/t).",
        "<b>理论区间在多大程度上成立，取决于定价机制。</b>在 {cells} 个有履约空间的格中，"
        "{best}与理论区间相同的最多（{most}%），{worst}最少（{least}%）。"
        "均价平均与理论最接近的是{near}（相差 {small} 元/吨），最远的是{far}（{large} 元/吨）。",
    ),
    "signature_below": (
        "Under {rules} most such cells have room left although the price is far below the ceiling: "
        "{traded}\u00a0% of what is issued is sold there, of {supply}\u00a0% that can be, so "
        "tonnes are scarce; but these rules do not let those who would pay more bid the price up.",
        "在{rules}下，多数此类格空间有余而价格远低于上限："
        "签发量已售出 {traded}%（可售 {supply}%），碳信用其实稀缺，"
        "但这些机制不让愿付更高价者抬高价格。",
    ),
    "signature_gap_note": (
        "Gaps are the price of the agents less that of theory, by the regime of theory, mean over "
        "cells. The other columns count the cells with compliance room.",
        "差距为模拟均价减理论价格，按理论区间取各格均值。其余各列只计有履约空间的格。",
    ),
    "same_regime": ("Same regime as theory", "与理论同区间"),
    "below_regime": ("Room left, price below", "空间有余而价低"),
    "gap_absolute": ("Mean distance of price", "价格平均差距"),
    "gap_in": ("Gap where {regime}", "差距：{regime}"),
    "table_signature": ("agents and theory", "模拟与理论"),
    "map_theory_price": ("Theory: price", "理论：价格"),
    "map_theory_share": ("Theory: traded share", "理论：成交占签发"),
}

KINDS = {
    "figure_kinds": (
        "If polluters answered for emissions in another way", "若以其他方式要求企业对排放负责",
    ),
    "kind_cap": ("Cap by output", "基于产出的配额"),
    "kind_absolute": ("Absolute cap", "绝对总量配额"),
    "kind_tax": ("Carbon tax", "碳税"),
    "kind_neutralisation": ("Duty to neutralise", "中和义务"),
    "kind_none": ("No regime", "无制度"),
    "proceeds_axis": ("Proceeds of sellers", "卖方销售收入"),
    "retired_axis": ("Retired", "注销量"),
    "licensed_axis": ("Emissions licensed", "允许的排放"),
    "table_kinds": ("compliance regimes", "履约制度"),
    "table_kind_replicates": ("compliance regimes, replicates", "履约制度各次重复"),
    "kind": ("Compliance regime", "履约制度"),
    "caption_kinds": (
        "The world of “eligible” with the whole compliance room; only the regime differs. {n} "
        "replicates with common seeds (base seed {seed}), bars are 95 % intervals of the mean. "
        "Colours are pricing rules; in the second panel motives. The tax is {tax} yuan/t; the duty "
        "is to retire credits for {share}\u00a0% of emissions, or pay {multiple} times the "
        "allowance price for each tonne that lacks. Tonnes retired are those of all uses.",
        "“可履约”情景，履约空间全部开放，仅履约制度不同。{n} 次重复，"
        "随机种子相同（基础种子 {seed}），横线为均值的95%区间。颜色代表定价机制，"
        "第二图中代表购买动机。碳税为 {tax} 元/吨；中和义务为按排放量的 {share}% 注销碳信用，"
        "每缺一吨按配额价格的 {multiple} 倍缴纳罚款。注销量含各种用途。",
    ),
    "kinds_words": (
        "<b>Who answers for emissions, and how, decides what a credit is worth.</b> Figures for "
        "{rule}. Without any regime nobody buys for compliance and the price is {none}; under the "
        "cap it {cap}.",
        "<b>由谁、以何种方式对排放负责，决定碳信用的价值。</b>以下为{rule}机制的结果。"
        "没有任何制度时无人为履约购买，均价为 {none}；在配额制度下，均价{cap}。",
    ),
    "kinds_absolute_same": (
        "An absolute cap in place of one by output changes none of this: the allowance price comes "
        "from outside here, and the limit counts emissions, not allowances.",
        "以绝对总量代替基于产出的配额，上述结果毫无变化：此处配额价格由外部给定，"
        "抵销比例按排放量而非配额计算。",
    ),
    "kinds_absolute_other": (
        "With an absolute cap the price {moved} against the cap by output.",
        "改为绝对总量配额后，与基于产出的配额相比，均价{moved}。",
    ),
    "kinds_tax": (
        "Under a tax of {tax} yuan/t the price {moved} against the cap, and the net effect is "
        "{net} instead of {cap_net}: a credit then replaces tax and no allowance, so it licenses "
        "nothing by the count used here.",
        "在 {tax} 元/吨的碳税下，与配额制度相比均价{moved}，净效应由 {cap_net} 变为 {net}："
        "此时碳信用替代的是税款而非配额，按本模型的口径不允许任何额外排放。",
    ),
    "kinds_duty": (
        "A duty to neutralise {share}\u00a0% of emissions asks for more tonnes than there are: the "
        "price {moved} against the cap, sellers earn {proceeds}, {lacking} go without a credit, "
        "and {fines} of penalties are paid; the net effect is {net}.",
        "须中和 {share}% 排放的义务所需吨数超过供给：与配额制度相比均价{moved}，"
        "卖方收入 {proceeds}，仍有 {lacking}未能以碳信用中和，罚款共 {fines}；净效应为 {net}。",
    ),
    "kinds_other_rule": (
        "Under {rule} the prices are {prices}.", "在{rule}机制下，均价分别为{prices}。",
    ),
    "kind_price": ("{price} ({kind})", "{price}（{kind}）"),
}

BUNCHING = {
    "figure_bunching": ("When compliance buyers buy", "履约买方何时购买"),
    "bunching_room": ("{rule}, room {room} ×", "{rule}，空间 {room} 倍"),
    "bunching_whole": ("{rule}, whole room, {room} ×", "{rule}，全部空间，{room} 倍"),
    "bunching_record": ("Record: allowances, 2021, Mt a day", "实录：2021年配额，百万吨/日"),
    "pace_default": ("default pace ({pace})", "默认节奏（{pace}）"),
    "pace_even": ("even pace (1)", "均匀节奏（1）"),
    "bunching_axis": ("Months before the deadline", "距履约截止的月数"),
    "bunching_tip": (
        "{pace}, {n} months before the deadline: {value} of the mean month",
        "{pace}，截止前 {n} 个月：为月均的 {value} 倍",
    ),
    "bunching_record_tip": (
        "{month}: {bound}{value} Mt a day", "{month}：{bound}{value} 百万吨/日",
    ),
    "at_least": ("above ", "高于 "),
    "caption_bunching": (
        "Credits bought for compliance in each month, divided by the mean month; all whole years "
        "in which the credit counts, {n} replicates with common seeds (base seed {seed}), bars are "
        "95 % intervals. Broken line: an even year. Last panel: daily volume of the national "
        "allowance market before its first deadline, 31 December 2021 (data/allowance_volume.csv); "
        "November is a lower bound, December is not recorded.",
        "各月为履约购买的碳信用除以月均值；取碳信用可履约的全部完整年度，{n} 次重复，"
        "随机种子相同（基础种子 {seed}），竖线为95%区间。虚线：全年均匀。最后一图："
        "全国碳市场首个履约截止日（2021年12月31日）之前的日均成交量（data/allowance_volume.csv）；"
        "11月为下限，12月没有记录。",
    ),
    "bunching_words": (
        "<b>Purchases bunch before the deadline because of the pace, and only where firms and not "
        "supply decide.</b> With room for {room} times annual issuance and under {rule}, {default} "
        "of a year's purchases fall into the last {months} months with the default pace, and "
        "{even} with an even one; firms want {wanted} and {flat}.",
        "<b>购买集中于截止前，源于购买节奏，且仅在由企业而非供给决定时才出现。"
        "</b>空间为年签发量的 {room} 倍时，在{rule}机制下，"
        "默认节奏使全年购买的 {default} 落在最后 {months} 个月，均匀节奏下为 {even}；"
        "企业意愿分别为 {wanted} 和 {flat}。",
    ),
    "bunching_other_words": (
        "Under {rule} it is {default} and {even}.", "在{rule}机制下为 {default} 和 {even}。"
    ),
    "bunching_blocks": (
        "No agreement is smaller than {block} t there, so firms save up small orders: that bunches "
        "purchases a second time, even with an even pace, and makes the months go up and down.",
        "协议转让每笔不得小于 {block} 吨，企业须攒够小额需求，这使均匀节奏下的购买也趋于集中，"
        "且逐月起伏。",
    ),
    "bunching_whole_words": (
        "With the whole room, under {rule}, it is {default} and {even}: every tonne issued is "
        "taken at once, so the calendar of issuance shows and not that of the buyers.",
        "空间全部开放时，在{rule}机制下为 {default} 和 {even}：每吨碳信用一经签发即被买走，"
        "显现的是签发的节奏而非买方的节奏。",
    ),
    "bunching_record_words": (
        "The national market bunched more: November 2021 had more than {real} times the daily "
        "volume of August to October; in the first panel it is {found} times with the default "
        "pace. That much bunching would need a pace of about {pace}; but 2021 was the first year, "
        "and its market opened in July.",
        "全国碳市场更为集中：2021年11月日均成交量是8至10月的 {real} 倍以上；"
        "第一图中默认节奏下为 {found} 倍。要达到那样的集中，节奏参数约需 {pace}；但2021年是首年，"
        "且市场7月才开市。",
    ),
    "table_bunching": ("purchases by month", "逐月购买"),
    "pace": ("Pace", "节奏"),
    "last_months": ("Last three months", "最后三个月"),
}
