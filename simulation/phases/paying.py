"""Money that a firm's treasury puts on its settlement account."""

from agents.compiled import kernel
from agents.registry.ledger import pay
from agents.vocabulary import Account, Entry

__all__ = ["fund_account"]


@kernel
def fund_account(ledger, account, needed, month):
    """Deposit what an account lacks for a payment.

    Parameters
    ----------
    ledger : Ledger, changed in place
    account : id
    needed : fen to be paid next
    month : month number
    """
    lacking = needed - ledger.fen[account]
    if lacking > 0:
        pay(ledger, Account.OUTSIDE.value, account, lacking, Entry.DEPOSIT.value, month)
