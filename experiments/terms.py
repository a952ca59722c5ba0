"""One Chinese name for a thing: what declarations call otherwise, as everything else calls it.

A carbon credit is 碳信用; 信用 alone is creditworthiness. Whole declared texts are listed, so that
what a user writes into a scenario or a study stays as it was written.
"""

__all__ = ["RULE_NAMES", "one_name"]

# Pricing rules, wherever they are named.
RULE_NAMES: dict[str, tuple[str, str]] = {
    "listing": ("listing", "挂牌"),
    "call_auction": ("call auction", "集合竞价"),
    "bilateral": ("bilateral agreement", "协议转让"),
    "pay_as_bid": ("pay as bid", "按报价成交"),
    "mcafee": ("McAfee auction", "麦卡菲拍卖"),
    "one_way_auction": ("one-way auction", "单向竞价"),
    "administered": ("administered price", "政府指导价"),
    "reverse_auction": ("reverse auction", "反向拍卖"),
    "continuous": ("continuous trading", "连续竞价"),
}
_CREDITS = (
    "每吨信用抵销量",
    "竞争性合格信用价格",
    "可购买竞争性信用履约",
    "可用于履约的信用类别（空为全部）",
    "抵销额度中仅限本地信用的比例",
    "企业对信用可得性的学习速度",
    "信用类别",
    "成交的信用量",
    "出于自愿动机成交的信用量",
    "出于履约动机成交的信用量",
    "为完成强制购买而成交的信用量",
    "政府购买并取消的信用量",
    "已售信用从签发到售出的平均时间（按数量加权，先进先出）；未售出的不计",
    "政府按软上限价从储备中售出的信用量",
    "卖方出售信用所得的金额",
    "卖方出售信用所得的金额，除以期末治理面积（平方公里）",
    "政府购买信用的支出",
    "签发的信用量，含缓冲池",
    "清缴信用代替配额所覆盖的排放",
    "实际碳汇量减去同一世界没有信用收入时的碳汇量",
    "每签发一吨信用对应的额外碳汇量",
    "额外碳汇量减去清缴信用所允许的排放（被挤出的自身减排已含在其中）",
    "购买信用的支出与财政用于治理和抽查的支出之和，除以净减排吨数；净效应不为正则无",
    "逆转信用量",
    "所对应碳储量已损失的信用",
    "抽查发现无实际碳汇支撑的信用",
    "未补足信用量",
    "期末尚未补足的逆转与超额签发信用",
    "签发信用与核查时实际碳汇量之比减一（扣减使其为负）",
    "信用声称量",
    "由市场主体持有、已注销或政府购买的信用：签发量减缓冲池与收回量",
    "注销信用的真实吨数",
    "已注销信用背后仍储存的吨数",
    "注销信用的额外吨数",
    "其中没有信用收入便不会储存的吨数",
    "购买信用与抽查的支出，除以所购信用量与声称量真实比例之积",
    "火灾、洪水与失管造成逆转，由责任方补足信用",
    "配额价格变动，未由信用覆盖的每吨成本随之变动",
    "卖方挂出信用并报价",
    "企业间交易配额时：信用与配额两市场价格相互试探",
    "履约截止：清缴信用与配额，或缴费",
    "中国全国碳市场：60家企业交易配额，信用抵销不超过5%",
    "抵销比例上限起约束作用时，信用价格与配额价格分离。",
    "同时面向两种需求的信用有四种价格区间。",
    "筛查提高信用的真实性，而不增加真实减排吨数。",
)
_SAID = {
    **{text: text.replace("信用", "碳信用") for text in _CREDITS},
    "抵销额度中可用于本信用的比例": "抵销额度中可用于此类碳信用的比例",
    "强制购买起征排放量": "强制购买适用排放门槛",
}
# Two prices that are both called 指导价: this one is a rule, the other what sellers look to.
_SAID_OF = {("Administered price", "指导价"): "政府指导价"}


def one_name(english: str, chinese: str) -> str:
    """Chinese of a declared text, in the words of all other texts.

    Parameters
    ----------
    english, chinese : str
        As declared.

    Returns
    -------
    str
        The Chinese itself where it is none of the texts that say otherwise.
    """
    return _SAID_OF.get((english, chinese)) or _SAID.get(chinese, chinese)
