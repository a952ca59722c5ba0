"""Pricing rules: mechanisms that match orders and know neither clock nor population."""

from types import MappingProxyType

from agents.vocabulary import Mechanism
from simulation.markets import (
    administered,
    bilateral,
    call_auction,
    continuous,
    listing,
    mcafee,
    one_way_auction,
    pay_as_bid,
    reverse_auction,
)

__all__ = ["MECHANISMS"]

MECHANISMS = MappingProxyType({
    Mechanism.LISTING: listing,
    Mechanism.CALL_AUCTION: call_auction,
    Mechanism.BILATERAL: bilateral,
    Mechanism.PAY_AS_BID: pay_as_bid,
    Mechanism.MCAFEE: mcafee,
    Mechanism.ONE_WAY_AUCTION: one_way_auction,
    Mechanism.ADMINISTERED: administered,
    Mechanism.REVERSE_AUCTION: reverse_auction,
    Mechanism.CONTINUOUS: continuous,
})
