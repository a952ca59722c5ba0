"""Words of the sections on other regimes, break-even and patterns, in English and Chinese."""

__all__ = ["REGIMES", "THEORY"]

REGIMES = {
    "join": (" ", ""),
    "figure_regimes": ("Other ways to create demand", "创造需求的其他途径"),
    "quota": ("quota", "强制购买"),
    "quota_only": ("quota", "强制购买"),
    "quota_and_eligible": ("quota and eligible", "强制购买＋可履约"),
    "money_axis": ("Money to the watershed", "流域账户收入"),
    "charges_axis": ("Charges paid", "缴纳费用"),
    "caption_regimes": (
        "All regimes with the whole compliance room. Colours are pricing rules; in the second "
        "panel they are motives. Bars are 95 % intervals. Charges go to the treasury for quota "
        "that was not bought{balance}.",
        "各情景的履约空间均全部开放。颜色代表定价机制；第二图中代表购买动机。横线为95%区间。"
        "“缴纳费用”为企业就未完成的强制购买量向财政缴纳的费用{balance}。",
    ),
    "charges_are_the_balance": (
        "; there is no other public money here, so they are also the public balance",
        "；此处没有其他财政收支，因此也就是财政收支",
    ),
    "differences_below": (
        "Below each level, with a sign: its paired difference against the first column.",
        "每格下方带正负号的数为与第一列的配对差异。",
    ),
    "silent": (
        "Zero or without a value in every run:", "在所有运行中均为零或不存在的指标：",
    ),
    "quota_moves": (
        "<b>A purchase quota instead of eligibility.</b> Against volunteers alone the price "
        "{price}, the traded volume {volume}, and the money paid into the watershed accounts "
        "{money}, counted per square kilometre treated.",
        "<b>以强制购买代替履约资格。</b>与仅自愿相比，均价{price}，成交量{volume}；"
        "按治理面积计，流域账户收入{money}。",
    ),
    "quota_net_up": (
        "The net effect on the atmosphere is positive, {net}: what is retired for a quota licenses "
        "no emissions.",
        "对大气的净效应为正（{net}）：为完成强制购买而注销的碳信用不允许任何排放。",
    ),
    "quota_net_down": (
        "The net effect on the atmosphere is negative, {net}.", "对大气的净效应为负（{net}）。",
    ),
    "quota_net_unsure": (
        "The net effect on the atmosphere, {net}, cannot be told from zero.",
        "对大气的净效应（{net}）无法与零区分。",
    ),
    "quota_lacks": (
        "But {lacking} of the quota are not bought, and firms pay {charges} of charges",
        "但有 {lacking}强制购买量未完成，企业为此缴纳费用 {charges}",
    ),
    "quota_met": ("The quota is met in full.", "强制购买量全部完成。"),
    "charges_above": (
        ", {gap} more than the quota adds to the proceeds of the sellers.",
        "，比强制购买给卖方增加的收入还多 {gap}。",
    ),
    "charges_below": (
        ", {gap} less than the quota adds to the proceeds of the sellers.",
        "，比强制购买给卖方增加的收入少 {gap}。",
    ),
    "charges_unsure": (
        ", about as much as the quota adds to the proceeds of the sellers.",
        "，与强制购买给卖方增加的收入相差无几。",
    ),
    "both_price_up": (
        "<b>Quota and eligibility together</b> lift the price above that of eligibility alone, by "
        "{price}.",
        "<b>两者并行</b>时，均价比仅可履约时高 {price}。",
    ),
    "both_price_down": (
        "<b>Quota and eligibility together</b> bring the price below that of eligibility alone, by "
        "{price}.",
        "<b>两者并行</b>时，均价比仅可履约时低 {price}。",
    ),
    "both_price_unsure": (
        "<b>Quota and eligibility together</b> give a price that cannot be told from that of "
        "eligibility alone (difference {price}).",
        "<b>两者并行</b>时，均价与仅可履约时无法区分（相差 {price}）。",
    ),
    "both_net_up": (
        "The net effect is {net}, better by {change} than with eligibility alone",
        "净效应为 {net}，比仅可履约时好 {change}",
    ),
    "both_net_down": (
        "The net effect is {net}, worse by {change} than with eligibility alone",
        "净效应为 {net}，比仅可履约时差 {change}",
    ),
    "both_net_unsure": (
        "The net effect is {net}, not to be told from that of eligibility alone",
        "净效应为 {net}，与仅可履约时无法区分",
    ),
    "both_crowds_out": (
        "; and compliance buyers take what the quota would have secured: for it {less} are bought "
        "instead of {more}.",
        "；履约买方又取走了本应用于强制购买的碳信用：强制购买量由 {more}降至 {less}。",
    ),
    "both_adds": (
        "; for the quota {less} are bought, with the quota alone {more}.",
        "；强制购买量为 {less}，仅强制购买时为 {more}。",
    ),
    "demand_rule": (
        "Figures for {rule}; the other pricing rules are in the figure.",
        "以上为{rule}机制的结果，其他定价机制见图。",
    ),
}

THEORY = {
    "regime_key": (
        "The lines are theory: a competitive market with the same demand and supply.",
        "图中线条为理论边界：供求相同的完全竞争市场。",
    ),
    "regime_voluntary_only": (
        "<b>Voluntary only</b> (lowest row): no compliance room.",
        "<b>仅自愿</b>（最下一行）：没有履约空间。",
    ),
    "regime_limit_binds": (
        "<b>The limit binds</b> (below the upper line): the room is used up and voluntary buyers "
        "set the price; to the left of “demand meets supply” credits are left over and the price "
        "falls to what verification costs, {cost} yuan/t.",
        "<b>限额起约束</b>（上方边界线以下）：履约空间用尽，价格由自愿买方决定；在“供需相等”线"
        "左下方碳信用有剩余，价格降至核查成本 {cost} 元/吨。",
    ),
    "regime_allowance_sets_price": (
        "<b>The allowance sets the price</b> (above that line): room is left, and the price is the "
        "most that a compliance buyer pays, {ceiling} yuan/t.",
        "<b>配额定价</b>（边界线以上）：履约空间有余，价格等于履约买方愿付的上限 {ceiling} 元/吨。",
    ),
    "regime_voluntary_above_allowance": (
        "<b>Voluntary above the allowance</b> (right of the upright line): volunteers alone lift "
        "the price above {ceiling} yuan/t.",
        "<b>自愿高于配额</b>（竖线右侧）：仅自愿买方就把价格推高到 {ceiling} 元/吨以上。",
    ),
    "regime_voluntary_above_allowance_off": (
        "<b>Voluntary above the allowance</b>: off this map, from a voluntary demand of {strength} "
        "times annual issuance.",
        "<b>自愿高于配额</b>：在本图之外，自愿需求须达到年签发量的 {strength} 倍。",
    ),
    "theory_assumes": (
        "Theory is competitive and static: everybody meets everybody, one price a year, {supply} "
        "of a year's issuance for sale (the rest is buffer), no budgets, no peers, no stocks.",
        "理论是竞争性、静态的：人人都能相遇，每年一个价格，可售量为年签发量的 {supply}"
        "（其余入缓冲池），不计预算、同行影响和库存。",
    ),
    "agents_at_ceiling": (
        "Where it has the allowance set the price at {exact} yuan/t, agents trade on average at "
        "{prices}.",
        "在理论上由配额定价（{exact} 元/吨）之处，模拟均价为{prices}。",
    ),
    "agents_at_cost": (
        "Where it has the price fall to cost, {exact} yuan/t, they trade at {prices}: they ask by "
        "what was paid before, and search takes time.",
        "在理论上价格降至成本（{exact} 元/吨）之处，模拟均价为{prices}：卖方参照以往成交价报价，"
        "搜寻也需要时间。",
    ),
    "price_under": ("{price} under {rule}", "{rule} {price}"),
}
