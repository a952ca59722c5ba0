"""Words of the first paragraph, in English and Chinese; chosen by sign in wording.py."""

__all__ = ["PARAGRAPH", "VERDICT"]

VERDICT = {
    "clause": (", ", "，"),
    "clause_and": (", and ", "，"),
    "clause_but": (", but ", "，但"),
    "verdict": (
        "If these credits count for compliance, {clauses}.", "若该碳信用可用于履约，{clauses}。"
    ),
    "verdict_unsure": (
        "no change of {subjects} can be told from chance", "{subjects}有无变化无法与偶然区分"
    ),
    "verdict_price_up": ("their price rises", "价格上升"),
    "verdict_price_down": ("their price falls", "价格下降"),
    "verdict_price_same": ("their price does not change", "价格不变"),
    "verdict_price_unsure": ("the price", "价格"),
    "verdict_price_none": ("no two prices can be compared", "没有可比的价格"),
    "verdict_volume_up": ("more of them are traded", "成交量增加"),
    "verdict_volume_down": ("fewer of them are traded", "成交量减少"),
    "verdict_volume_same": ("the traded volume does not change", "成交量不变"),
    "verdict_volume_unsure": ("the traded volume", "成交量"),
    "verdict_voluntary_up": ("voluntary buyers buy more", "自愿购买增加"),
    "verdict_voluntary_down": ("voluntary buyers are pushed out", "自愿买方被挤出"),
    "verdict_voluntary_same": ("voluntary buyers buy as much as before", "自愿购买不变"),
    "verdict_voluntary_unsure": ("voluntary purchases", "自愿购买量"),
    "verdict_money_up": ("more money reaches the watersheds", "流域得到更多资金"),
    "verdict_money_down": ("less money reaches the watersheds", "流域得到的资金减少"),
    "verdict_money_same": ("no more money reaches the watersheds", "流域所得资金不变"),
    "verdict_money_unsure": ("the money that reaches the watersheds", "流域所得资金"),
    "verdict_money_none": ("no land was treated", "没有治理面积"),
    "net_turns_negative": (
        "the net effect on the atmosphere turns negative", "对大气的净效应变为负值"
    ),
    "net_turns_positive": (
        "the net effect on the atmosphere turns positive", "对大气的净效应变为正值"
    ),
    "net_unsure": (
        "the net effect on the atmosphere cannot be told from zero", "对大气的净效应无法与零区分"
    ),
    "net_stays_negative_up": (
        "the net effect on the atmosphere stays negative but improves",
        "对大气的净效应仍为负值但有所改善",
    ),
    "net_stays_negative_down": (
        "the net effect on the atmosphere stays negative and worsens",
        "对大气的净效应仍为负值且进一步恶化",
    ),
    "net_stays_positive_up": (
        "the net effect on the atmosphere stays positive and grows",
        "对大气的净效应仍为正值且增大",
    ),
    "net_stays_positive_down": (
        "the net effect on the atmosphere stays positive but shrinks",
        "对大气的净效应仍为正值但缩小",
    ),
}
for _sign, _words in (("negative", "仍为负值"), ("positive", "仍为正值")):
    for _kind in ("same", "unsure"):
        VERDICT[f"net_stays_{_sign}_{_kind}"] = (
            f"the net effect on the atmosphere stays {_sign}", f"对大气的净效应{_words}"
        )

PARAGRAPH = {
    "scale_matters": (
        "How much depends on scale: on compliance room, which is what covered firms may surrender "
        "in a year divided by what is issued in a year.",
        "影响大小取决于规模，即履约空间：重点排放单位一年可清缴的碳信用量与年签发量之比。",
    ),
    "scale_little": (
        "This depends little on scale, that is on compliance room: what covered firms may "
        "surrender in a year divided by what is issued in a year.",
        "这一结果受规模影响不大；规模指履约空间，即重点排放单位一年可清缴的碳信用量与年签发量之比。",
    ),
    "rooms": (
        "With room for {rooms} times annual issuance (the last is the whole room)",
        "履约空间为年签发量的 {rooms} 倍（最后一个为全部空间）时",
    ),
    "one_room": (
        "With the whole room, {rooms} times annual issuance",
        "履约空间全部开放（年签发量的 {rooms} 倍）时",
    ),
    "price_sentence": (
        "{rooms}, the price, {base} without eligibility, {moved}.",
        "{rooms}，均价（不可履约时为 {base}）{moved}。",
    ),
    "price_alone": ("{rooms}, the price {moved}.", "{rooms}，均价{moved}。"),
    "price_none_before": (
        "is {amounts}{unit}; without eligibility nothing is traded",
        "为 {amounts}{unit}；不可履约时没有成交",
    ),
    "at_room": ("at {room}", "{room} 倍"),
    "under": ("under {rule}", "{rule}"),
    "amount_at": ("{amount}{unit} {label}", "{amount}{unit}（{label}）"),
    "span": ("{low} to {high}", "{low} 至 {high}"),
    "then": (" and ", "，"),
    "in_turn": ("", "依次"),
    "quantity_up": ("rises by {amount}{unit}", "增加 {amount}{unit}"),
    "quantity_down": ("falls by {amount}{unit}", "减少 {amount}{unit}"),
    "quantity_same": ("does not change", "不变"),
    "quantity_unsure": (
        "cannot be told from unchanged ({amount}{unit})", "无法与不变区分，为 {amount}{unit}"
    ),
    "quantity_none": ("cannot be compared", "无从比较"),
    "price_up": ("rises by {amount}{unit}", "上升 {amount}{unit}"),
    "price_down": ("falls by {amount}{unit}", "下降 {amount}{unit}"),
    "price_same": ("does not change", "不变"),
    "price_unsure": (
        "cannot be told from unchanged ({amount}{unit})", "无法与不变区分，为 {amount}{unit}"
    ),
    "price_none": ("cannot be compared", "无从比较"),
    "quantities": (
        "From the smallest room to the whole, over {years} years, the traded volume {volume}, "
        "the voluntary part of it {voluntary}, and the money paid into the watershed accounts "
        "{money}, counted per square kilometre treated.",
        "空间由最小到全部，在 {years} 年中，成交量{volume}，其中自愿成交量{voluntary}；"
        "按治理面积计，流域账户收入{money}。",
    ),
    "quantities_once": (
        "Over {years} years the traded volume {volume}, the voluntary part of it {voluntary}, and "
        "the money paid into the watershed accounts {money}, counted per square kilometre treated.",
        "在 {years} 年中，成交量{volume}，其中自愿成交量{voluntary}；"
        "按治理面积计，流域账户收入{money}。",
    ),
    "net_sentence": (
        "The net effect on the atmosphere, {base} without eligibility, is {levels}{note}{reason}.",
        "对大气的净效应（不可履约时为 {base}）为 {levels}{note}{reason}。",
    ),
    "net_note": (" (not to be told from zero {where})", "（{where}时无法与零区分）"),
    "reason_not_additional": (
        ": with the whole room only {share} of the tonnes issued are additional, that is, would "
        "not have been removed without credit revenue, while every credit surrendered licenses "
        "{licence} of emissions",
        "：空间全部开放时，签发量中仅 {share} 具有额外性（没有碳信用收入就不会发生），"
        "而每清缴一吨碳信用即允许多排放{licence}",
    ),
    "a_tonne": ("a tonne", "一吨"),
    "tonnes": ("{tonnes}\u00a0t", " {tonnes} 吨"),
    "reason_negative": (
        ": with the whole room {additional} are additional, less than the emissions licensed, "
        "{licensed}",
        "：空间全部开放时，额外碳汇量 {additional}，少于所允许的排放 {licensed}",
    ),
    "reason_positive": (
        ": with the whole room {additional} are additional, more than the emissions licensed, "
        "{licensed}",
        "：空间全部开放时，额外碳汇量 {additional}，多于所允许的排放 {licensed}",
    ),
    "reason_unsure": (
        ": with the whole room {additional} are additional and {licensed} of emissions licensed",
        "：空间全部开放时，额外碳汇量 {additional}，所允许的排放 {licensed}",
    ),
    "other_rules": (
        "These are the figures for {rule}; with the whole room the price {price}, and the net "
        "effect there is {net}.",
        "以上为{rule}机制的结果；空间全部开放时，均价{price}，净效应分别为 {net}。",
    ),
    "only_rule": ("These are the figures for {rule}.", "以上为{rule}机制的结果。"),
    "brackets": (
        "Brackets hold 95 % intervals over {n} replicates: Monte Carlo error, not uncertainty "
        "about the world.",
        "方括号内为 {n} 次重复的95%置信区间，只反映模拟抽样误差，不代表对现实的不确定性。",
    ),
}
