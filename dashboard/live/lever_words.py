"""Which levers stand together."""

__all__ = ["GROUPS", "MAIN", "SECTION_GROUP"]

GROUPS: dict[str, tuple[str, str]] = {
    "main": ("Main levers", "主要变量"),
    "market": ("Pricing rule", "定价机制"),
    "prices": ("Price limits, taxes, reserve", "限价、税费与储备"),
    "compliance": ("Compliance", "履约"),
    "eligibility": ("Which credits count", "可履约的碳信用"),
    "quota": ("Purchase quota", "强制购买"),
    "registry": ("Verification and permanence", "核查与持久性"),
    "sellers": ("Watersheds and voluntary buyers", "小流域与自愿买方"),
    "allowances": ("Allowance market", "配额市场"),
}
MAIN = (
    "market.mechanism", "compliance.eligible", "compliance.offset_limit",
    "price_limits.floor_yuan_per_t", "price_limits.ceiling_yuan_per_t", "quota.share",
    "voluntary.subsidy_yuan_per_t", "reinvestment.public_share", "spot_audit.probability",
    "verification.buffer_share",
)
SECTION_GROUP = {
    "market": "market", "listing": "market", "call_auction": "market", "bilateral": "market",
    "pay_as_bid": "market", "mcafee": "market", "one_way_auction": "market",
    "administered": "market", "reverse_auction": "market", "continuous": "market",
    "price_limits": "prices", "trading_units": "prices", "transaction_tax": "prices",
    "reserve": "prices", "compliance": "compliance", "regime": "compliance",
    "penalty": "compliance", "banking": "compliance", "enforcement": "compliance",
    "eligibility": "eligibility", "quota": "quota", "verification": "registry",
    "permanence": "registry", "spot_audit": "registry", "registry": "registry",
    "quote": "sellers", "reinvestment": "sellers", "voluntary": "sellers",
    "allowance_market": "allowances",
}
