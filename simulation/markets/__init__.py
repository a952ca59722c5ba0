"""Pricing rules: mechanisms that match orders and know neither clock nor population."""

from types import MappingProxyType

from agents.vocabulary import Mechanism
from simulation.markets import bilateral, call_auction, continuous, listing

__all__ = ["MECHANISMS"]

MECHANISMS = MappingProxyType({
    Mechanism.LISTING: listing,
    Mechanism.CALL_AUCTION: call_auction,
    Mechanism.BILATERAL: bilateral,
    Mechanism.CONTINUOUS: continuous,
})
