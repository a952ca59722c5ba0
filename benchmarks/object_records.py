"""What the object version writes down: deals, and a row a month."""

from dataclasses import dataclass
from typing import NamedTuple

from agents.vocabulary import Eligibility, Motive, Occasion

__all__ = ["Deal", "MonthRow"]


class Deal(NamedTuple):
    """One match, delivered against payment."""

    month: int
    seller_id: int
    buyer_id: int
    motive: Motive
    occasion: Occasion
    eligibility: Eligibility
    tonnes: int
    price_fen: int
    seller_price_fen: int
    tax_fen: int
    ask_fen: int
    bid_fen: int


@dataclass(slots=True)
class MonthRow:
    """What a month came to."""

    month: int
    eligible: bool
    allowance_price: float = 0.0
    carbon_price: float = 0.0
    removed_t: float = 0.0
    additional_t: float = 0.0
    lost_t: float = 0.0
    verified_t: int = 0
    issued_t: int = 0
    verifications: int = 0
    waiting: int = 0
    verification_fees_fen: int = 0
    spot_audits: int = 0
    found_t: int = 0
    reversed_t: int = 0
    covered_t: int = 0
    replenished_t: int = 0
    uncovered_t: int = 0
    trust: float = 1.0
    stock_t: int = 0
    counting_stock_t: int = 0
    offered_t: int = 0
    offered_reserve_t: int = 0
    bid_voluntary_t: int = 0
    bid_compliance_t: int = 0
    bid_quota_t: int = 0
    bid_public_t: int = 0
    best_ask_fen: int = 0
    best_bid_fen: int = 0
    lowest_allowed_fen: int = 0
    highest_allowed_fen: int = 0
    refused_t: int = 0
    deals: int = 0
    volume_t: int = 0
    counting_t: int = 0
    voluntary_t: int = 0
    green_reserve_t: int = 0
    compliance_t: int = 0
    quota_t: int = 0
    public_t: int = 0
    reserve_sold_t: int = 0
    value_fen: int = 0
    counting_value_fen: int = 0
    reserve_value_fen: int = 0
    voluntary_value_fen: int = 0
    public_value_fen: int = 0
    price_difference_fen: int = 0
    transaction_tax_fen: int = 0
    retired_voluntary_t: int = 0
    retired_compliance_t: int = 0
    retired_quota_t: int = 0
    allowance_volume_t: int = 0
    allowance_auctioned_t: int = 0
    allowance_rounds: int = 0
    allowance_residual_t: int = 0
    market_residual_share: float = 0.0
    allowance_reserve_t: int = 0
    allowances_held_t: int = 0
    allowances_lapsed_t: int = 0
    rivals_t: int = 0
    retrofits: int = 0
    allowances_bought_t: int = 0
    allowances_sold_t: int = 0
    allowances_banked_t: int = 0
    allowances_borrowed_t: int = 0
    shortfall_t: int = 0
    violation_t: int = 0
    violation_found_t: int = 0
    quota_lacking_t: int = 0
    penalties_fen: int = 0
    fines_fen: int = 0
    carbon_tax_fen: int = 0
    subsidies_fen: int = 0
    upkeep_fen: int = 0
    spot_audit_fen: int = 0
    earmarked_fen: int = 0
    treatment_fen: int = 0
    new_area_ha: float = 0.0
    held_t: int = 0
    green_held_t: int = 0
    escrow_t: int = 0
    pledged_t: int = 0
    buffer_t: int = 0
    retired_t: int = 0
    cancelled_t: int = 0
