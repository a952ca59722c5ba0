"""Credits cancelled because nothing stands behind them any more."""

from agents.compiled import kernel
from agents.registry.choosing import move_of_project, tonnes_of_project
from agents.registry.ledger import move
from agents.vocabulary import CreditState, Entry

__all__ = ["cancel_of_project", "cancel_up_to"]

CANCELLED = CreditState.CANCELLED.value


@kernel
def cancel_up_to(ledger, account, state, tonnes, purpose, month):
    """Cancel the oldest credits of an account, as many as there are.

    Parameters
    ----------
    ledger : Ledger, changed in place
    account, state : whose queue
    tonnes : t wanted
    purpose : Purpose code
    month : month number

    Returns
    -------
    t cancelled
    """
    found = min(tonnes, ledger.tonnes[account, state])
    if found > 0:
        move(
            ledger, account, state, account, CANCELLED, found, Entry.CANCEL.value, purpose, month
        )
    return found


@kernel
def cancel_of_project(ledger, account, state, project_id, tonnes, purpose, month):
    """Cancel credits of one project that an account has, oldest first, as many as there are.

    Parameters
    ----------
    ledger : Ledger, changed in place
    account, state : whose queue
    project_id : of the project
    tonnes : t wanted
    purpose : Purpose code
    month : month number

    Returns
    -------
    t cancelled
    """
    found = min(tonnes, tonnes_of_project(ledger, account, state, project_id))
    if found > 0:
        move_of_project(
            ledger, account, state, account, CANCELLED, found, Entry.CANCEL.value, purpose, month,
            project_id,
        )
    return found
