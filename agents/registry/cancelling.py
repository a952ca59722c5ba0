"""Credits cancelled because nothing stands behind them any more."""

from agents.compiled import kernel
from agents.registry.blocks import enter, hand_on, split
from agents.registry.ledger import move
from agents.vocabulary import CreditState, Entry

__all__ = ["cancel_of_project", "cancel_up_to"]

HELD, ESCROW = CreditState.HELD.value, CreditState.ESCROW.value
PLEDGED, CANCELLED = CreditState.PLEDGED.value, CreditState.CANCELLED.value


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
    left = tonnes
    earlier = -1
    place = ledger.heads[account, state]
    while left > 0 and place >= 0:
        block = ledger.blocks[place]
        if block.project_id != project_id:
            earlier = place
            place = block.next
            continue
        if block.tonnes > left:
            split(ledger.blocks, ledger.tails, ledger.counters, place, left)
        later = block.next
        if earlier < 0:
            ledger.heads[account, state] = later
        else:
            ledger.blocks[earlier].next = later
        if later < 0:
            ledger.tails[account, state] = earlier
        hand_on(
            ledger.blocks, ledger.heads, ledger.tails, ledger.counters, place, account, CANCELLED,
            purpose, month,
        )
        enter(
            ledger.journal, ledger.counters, month, Entry.CANCEL.value, False, account, account,
            block.tonnes, block.serial, state, CANCELLED, purpose,
        )
        left -= block.tonnes
        place = later
    ledger.tonnes[account, state] -= tonnes - left
    ledger.tonnes[account, CANCELLED] += tonnes - left
    return tonnes - left
