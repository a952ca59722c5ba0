"""Phase ``record``: the state of the registry at the end of the month."""

from agents.compiled import kernel
from agents.vocabulary import CreditState
from simulation.state import Clock

__all__ = ["record"]


@kernel
def record(clock, ledger, monthly):
    """Credits by state, whoever owns them.

    Parameters
    ----------
    clock, ledger, monthly : see `State`
    """
    month = clock[Clock.MONTH]
    row = monthly[month - clock[Clock.FIRST]]
    row.month = month
    held = 0
    escrow = 0
    pledged = 0
    buffered = 0
    retired = 0
    cancelled = 0
    for account in range(len(ledger.fen)):
        held += ledger.tonnes[account, CreditState.HELD]
        escrow += ledger.tonnes[account, CreditState.ESCROW]
        pledged += ledger.tonnes[account, CreditState.PLEDGED]
        buffered += ledger.tonnes[account, CreditState.BUFFER]
        retired += ledger.tonnes[account, CreditState.RETIRED]
        cancelled += ledger.tonnes[account, CreditState.CANCELLED]
    row.held_t = held
    row.escrow_t = escrow
    row.pledged_t = pledged
    row.buffer_t = buffered
    row.retired_t = retired
    row.cancelled_t = cancelled
