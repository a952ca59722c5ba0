"""Words of the sections on other regimes, break-even and patterns, in English and Chinese."""

__all__ = ["REGIMES"]

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
        "对大气的净效应为正（{net}）：为完成强制购买而注销的信用不允许任何排放。",
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
        "；履约买方又取走了本应用于强制购买的信用：强制购买量由 {more}降至 {less}。",
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
