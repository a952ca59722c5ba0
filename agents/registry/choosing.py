"""Movements of chosen credits: of some standing with a firm, or of one project.

`agents.registry.ledger.move` takes the oldest credits, whatever they are. Where the rules let only
some count, who moves credits says which; among those the oldest still leave first.
"""

from agents.compiled import kernel, rule
from agents.registry.blocks import enter, hand_on, refuse, split
from agents.registry.ledger import refusal_of_request
from agents.vocabulary import CreditState, Refusal, Standing

__all__ = [
    "move_chosen",
    "move_least_useful",
    "move_of_project",
    "standing_of",
    "tonnes_chosen",
    "tonnes_of_project",
    "tonnes_that_count",
]

STANDINGS = len(Standing)
ANY_PROJECT = -1
LEAST, MOST = Standing.OTHER.value, Standing.LOCAL.value


@rule
def standing_of(counts, origin, province):
    """Standing of a credit with a firm.

    Parameters
    ----------
    counts : whether it is of a class, province and vintage that count for compliance
    origin : province of its project
    province : of the firm; below 0 where it does not matter

    Returns
    -------
    Standing
    """
    if not counts:
        return Standing.OTHER.value
    if origin == province:
        return Standing.LOCAL.value
    return Standing.ELSEWHERE.value


@kernel
def tonnes_chosen(ledger, account, state, province, least, most):
    """Credits of an account that have one of some standings.

    Parameters
    ----------
    ledger : Ledger
    account, state : whose queue
    province : see `standing_of`
    least, most : Standing, the lowest and the highest wanted

    Returns
    -------
    t
    """
    total = 0
    place = ledger.heads[account, state]
    while place >= 0:
        block = ledger.blocks[place]
        if least <= standing_of(block.counts, block.province, province) <= most:
            total += block.tonnes
        place = block.next
    return total


@kernel
def tonnes_that_count(ledger, account):
    """Credits that an account could offer, of a class, province and vintage that count.

    Parameters
    ----------
    ledger : Ledger
    account : id

    Returns
    -------
    t, held and in escrow
    """
    least, most = Standing.ELSEWHERE.value, Standing.LOCAL.value
    return tonnes_chosen(
        ledger, account, CreditState.HELD.value, -1, least, most
    ) + tonnes_chosen(ledger, account, CreditState.ESCROW.value, -1, least, most)


@kernel
def _take_out(ledger, place, earlier, debit, before, credit, after, entry, purpose, month):
    # A block leaves the middle of its queue; the next one of the queue is told.
    block = ledger.blocks[place]
    later = block.next
    if earlier < 0:
        ledger.heads[debit, before] = later
    else:
        ledger.blocks[earlier].next = later
    if later < 0:
        ledger.tails[debit, before] = earlier
    hand_on(
        ledger.blocks, ledger.heads, ledger.tails, ledger.counters, place, credit, after,
        purpose, month,
    )
    enter(
        ledger.journal, ledger.counters, month, entry, False, debit, credit, block.tonnes,
        block.serial, before, after, purpose,
    )
    return later


@kernel
def _move_wanted(
    ledger, debit, before, credit, after, tonnes, entry, purpose, month, project_id, province,
    least, most
):
    # Of one project, or of any, and of some standings: enough of them are there.
    left = tonnes
    earlier = -1
    place = ledger.heads[debit, before]
    while left > 0:
        block = ledger.blocks[place]
        of_project = project_id in (ANY_PROJECT, block.project_id)
        standing = standing_of(block.counts, block.province, province)
        if not (of_project and least <= standing <= most):
            earlier = place
            place = block.next
            continue
        if block.tonnes > left:
            split(ledger.blocks, ledger.tails, ledger.counters, place, left)
        later = _take_out(
            ledger, place, earlier, debit, before, credit, after, entry, purpose, month
        )
        left -= block.tonnes
        place = later
    ledger.tonnes[debit, before] -= tonnes
    ledger.tonnes[credit, after] += tonnes
    return Refusal.NONE.value


@kernel
def move_chosen(
    ledger, debit, before, credit, after, tonnes, entry, purpose, month, province, least, most
):
    """Move credits of some standings, oldest first.

    Parameters
    ----------
    ledger, debit, before, credit, after, tonnes, entry, purpose, month : see
        `agents.registry.ledger.move`
    province, least, most : see `tonnes_chosen`

    Returns
    -------
    Refusal code; 0 where all the tonnes moved, otherwise nothing did
    """
    reason = refusal_of_request(
        ledger, debit, before, credit, after, tonnes, entry, purpose, month
    )
    if reason == Refusal.NONE and (
        tonnes_chosen(ledger, debit, before, province, least, most) < tonnes
    ):
        reason = Refusal.NOT_ENOUGH_CREDITS.value
    if reason != Refusal.NONE:
        return refuse(ledger.counters, reason)
    return _move_wanted(
        ledger, debit, before, credit, after, tonnes, entry, purpose, month, ANY_PROJECT, province,
        least, most,
    )


@kernel
def move_least_useful(
    ledger, debit, before, credit, after, tonnes, entry, purpose, month, province
):
    """Move credits for a use that takes any: first those that nobody can surrender.

    Parameters
    ----------
    ledger, debit, before, credit, after, tonnes, entry, purpose, month : see
        `agents.registry.ledger.move`
    province : of the firm, whose local credits leave last

    Returns
    -------
    Refusal code; 0 where all the tonnes moved, otherwise nothing did
    """
    reason = refusal_of_request(
        ledger, debit, before, credit, after, tonnes, entry, purpose, month
    )
    if reason == Refusal.NONE and ledger.tonnes[debit, before] < tonnes:
        reason = Refusal.NOT_ENOUGH_CREDITS.value
    if reason != Refusal.NONE:
        return refuse(ledger.counters, reason)
    left = tonnes
    for standing in range(STANDINGS):
        part = min(
            tonnes_chosen(ledger, debit, before, province, standing, standing), left
        )
        if part > 0:
            move_chosen(
                ledger, debit, before, credit, after, part, entry, purpose, month, province,
                standing, standing,
            )
            left -= part
    return Refusal.NONE.value


@kernel
def tonnes_of_project(ledger, account, state, project_id):
    """Credits of one project that an account has.

    Parameters
    ----------
    ledger : Ledger
    account, state : whose queue
    project_id : of the project

    Returns
    -------
    t
    """
    total = 0
    place = ledger.heads[account, state]
    while place >= 0:
        block = ledger.blocks[place]
        if block.project_id == project_id:
            total += block.tonnes
        place = block.next
    return total


@kernel
def move_of_project(
    ledger, debit, before, credit, after, tonnes, entry, purpose, month, project_id
):
    """Move credits of one project, oldest first.

    Parameters
    ----------
    ledger, debit, before, credit, after, tonnes, entry, purpose, month : see
        `agents.registry.ledger.move`
    project_id : of the project

    Returns
    -------
    Refusal code; 0 where all the tonnes moved, otherwise nothing did
    """
    reason = refusal_of_request(
        ledger, debit, before, credit, after, tonnes, entry, purpose, month
    )
    if reason == Refusal.NONE and (
        tonnes_of_project(ledger, debit, before, project_id) < tonnes
    ):
        reason = Refusal.NOT_ENOUGH_CREDITS.value
    if reason != Refusal.NONE:
        return refuse(ledger.counters, reason)
    return _move_wanted(
        ledger, debit, before, credit, after, tonnes, entry, purpose, month, project_id, -1,
        LEAST, MOST,
    )
