"""How an order enters the book, and how what it offers is kept in escrow."""

from agents.compiled import kernel
from agents.registry.choosing import move_chosen, tonnes_chosen
from agents.registry.ledger import move
from agents.vocabulary import CreditState, Entry
from simulation.markets.protocol import LARGEST_ORDER_T, LARGEST_PRICE_FEN
from simulation.state import Clock

__all__ = ["keep_in_escrow", "keep_part_in_escrow", "send_order"]


@kernel
def send_order(clock, orders, agent_id, province, row, side, motive, price_fen, quantity_t,
               arrival, eligibility):
    """Put an order into the book of the month.

    Parameters
    ----------
    clock, orders : see `State`
    agent_id, province : of the sender
    row : the sender's row in its population
    side, motive : codes
    price_fen : limit, fen/t; cut off at the largest that a book holds
    quantity_t : t; cut off likewise
    arrival : moment of the month, 0 to 1
    eligibility : that a bid accepts or an ask offers
    """
    place = clock[Clock.ORDERS]
    order = orders[place]
    order.agent_id = agent_id
    order.row = row
    order.province = province
    order.side = side
    order.motive = motive
    order.limit_fen = order.price_fen = min(price_fen, LARGEST_PRICE_FEN)
    order.wanted_t = order.quantity_t = min(quantity_t, LARGEST_ORDER_T)
    order.arrival = arrival
    order.eligibility = eligibility
    clock[Clock.ORDERS] = place + 1


@kernel
def keep_in_escrow(ledger, account, wanted, month):
    """Have so many credits of an account in escrow, no more and no less.

    Parameters
    ----------
    ledger : Ledger, changed in place
    account : id
    wanted : t
    month : month number
    """
    # A lot stays listed from month to month: only the difference moves.
    listed = ledger.tonnes[account, CreditState.ESCROW]
    if wanted > listed:
        move(
            ledger, account, CreditState.HELD.value, account, CreditState.ESCROW.value,
            wanted - listed, Entry.OFFER.value, 0, month,
        )
    elif wanted < listed:
        move(
            ledger, account, CreditState.ESCROW.value, account, CreditState.HELD.value,
            listed - wanted, Entry.WITHDRAW.value, 0, month,
        )


@kernel
def keep_part_in_escrow(ledger, account, wanted, least, most, month):
    """Have so many credits of some standings of an account in escrow, no more and no less.

    Parameters
    ----------
    ledger : Ledger, changed in place
    account : id
    wanted : t
    least, most : Standing, the lowest and the highest meant
    month : month number
    """
    listed = tonnes_chosen(ledger, account, CreditState.ESCROW.value, -1, least, most)
    if wanted > listed:
        move_chosen(
            ledger, account, CreditState.HELD.value, account, CreditState.ESCROW.value,
            wanted - listed, Entry.OFFER.value, 0, month, -1, least, most,
        )
    elif wanted < listed:
        move_chosen(
            ledger, account, CreditState.ESCROW.value, account, CreditState.HELD.value,
            listed - wanted, Entry.WITHDRAW.value, 0, month, -1, least, most,
        )
