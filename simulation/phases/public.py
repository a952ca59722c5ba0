"""Phase ``bid_public``: the government buyer sends its order."""

from agents.compiled import kernel
from agents.quantities import to_fen
from agents.vocabulary import Eligibility, Kind, Mechanism, Motive, Side
from simulation.building import ID_OF_KIND
from simulation.phases.sending import send_order
from simulation.state import Clock

__all__ = ["GOVERNMENT_ID", "bid_public"]

GOVERNMENT_ID = int(Kind.GOVERNMENT) * ID_OF_KIND
NOWHERE = -1


@kernel
def bid_public(clock, market, reverse_auction, orders, monthly):
    """The government buyer orders credits where the pricing rule is its reverse auction.

    Parameters
    ----------
    clock, market, reverse_auction, orders, monthly : see `State`
    """
    limit = to_fen(reverse_auction.ceiling_yuan_per_t)
    wanted = reverse_auction.quantity_t
    if market.mechanism != Mechanism.REVERSE_AUCTION or limit <= 0 or wanted <= 0:
        return
    # Its auction comes before private demand, so the moment in the month plays no part.
    send_order(
        clock, orders, GOVERNMENT_ID, NOWHERE, NOWHERE, Side.BUY.value, Motive.PUBLIC.value, limit,
        wanted, 0.0, Eligibility.ANY.value,
    )
    row = monthly[clock[Clock.MONTH] - clock[Clock.FIRST]]
    row.bid_public_t += wanted
    row.best_bid_fen = max(row.best_bid_fen, limit)
