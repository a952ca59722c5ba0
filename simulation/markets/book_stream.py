"""A stream of orders, cancels and replacements, sent to an order book in one compiled loop."""

from enum import IntEnum, unique

from agents.compiled import kernel
from agents.population import Column, dtype_of
from simulation.markets.order_book import NOTHING, cancel, replace, submit

__all__ = ["ANSWER_DTYPE", "COMMAND_DTYPE", "CommandKind", "process"]


@unique
class CommandKind(IntEnum):
    """What a command asks of a book."""

    SUBMIT = 0
    CANCEL = 1
    REPLACE = 2


COMMAND_DTYPE = dtype_of((
    Column("kind", "i8", "code", "CommandKind"),
    Column("side", "i8", "code", "Side of a new order"),
    Column("price_fen", "i8", "fen/t", "limit price, not of a cancel"),
    Column("tonnes", "i8", "t", "quantity, not of a cancel"),
    Column("target", "i8", "row", "command that sent the order to cancel or replace"),
))
ANSWER_DTYPE = dtype_of((
    Column("handle", "i8", "1", "of the order where it rests, else -1"),
    Column("tonnes", "i8", "t", "traded at once; of a cancel: handed back"),
    Column("refusal", "i8", "code", "BookRefusal"),
))


@kernel
def process(book, commands, answers):
    """Send every command in turn; the owner of an order is the row of the command that sent it.

    Parameters
    ----------
    book : OrderBook, changed in place
    commands : recarray of `COMMAND_DTYPE`
    answers : recarray of `ANSWER_DTYPE`, shape (commands,), filled in

    Returns
    -------
    number of commands that were not refused
    """
    done = 0
    for row in range(len(commands)):
        command = commands[row]
        handle = NOTHING
        if command.kind == CommandKind.SUBMIT:
            handle, tonnes, refusal = submit(
                book, command.side, command.price_fen, command.tonnes, row
            )
        else:
            # Only a command that came before can have sent the order.
            known = 0 <= command.target < row
            target = answers[command.target].handle if known else NOTHING
            if command.kind == CommandKind.CANCEL:
                tonnes, refusal = cancel(book, target)
            else:
                handle, tonnes, refusal = replace(
                    book, target, command.price_fen, command.tonnes
                )
        answer = answers[row]
        answer.handle = handle
        answer.tonnes = tonnes
        answer.refusal = refusal
        done += refusal == 0
    return done
