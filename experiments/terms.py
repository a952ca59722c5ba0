"""Names of the pricing rules in both languages, from one place for every page and table."""

__all__ = ["RULE_NAMES"]

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
