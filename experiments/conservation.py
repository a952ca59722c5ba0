"""Laws that hold in every world: no tonne and no fen comes from nowhere, and no limit is passed.

Each is counted anew from the tables that a run leaves (journal, blocks, balances, deals), and not
with what the model checks itself by while it runs.
"""

from typing import NamedTuple

import numpy as np

from agents.registry.ledger import BLOCKS, JOURNAL, Ledger
from agents.vocabulary import CreditState, Entry
from simulation.state import Clock
from simulation.world import World

__all__ = ["Checked", "broken_laws", "passed_limits", "run_checked"]

LIVE = (CreditState.HELD, CreditState.ESCROW, CreditState.PLEDGED, CreditState.BUFFER)


class Checked(NamedTuple):
    """What was looked at in a run, and how often a law was broken.

    Attributes
    ----------
    months, deals, entries : int
        Looked at; entries of the journal at the end.
    tonnes, cash, serials, retired : int
        Months in which credits issued were not those in all states, money did not add up to zero,
        a serial number was in two blocks, or a credit had been retired or cancelled twice.
    buyers, sellers : int
        Deals above the buyer's limit, tax included, and below the seller's.
    """

    months: int = 0
    deals: int = 0
    entries: int = 0
    tonnes: int = 0
    cash: int = 0
    serials: int = 0
    retired: int = 0
    buyers: int = 0
    sellers: int = 0

    def plus(self, other: "Checked") -> "Checked":
        """Both together.

        Parameters
        ----------
        other : Checked

        Returns
        -------
        Checked
        """
        return Checked(*(one + two for one, two in zip(self, other, strict=True)))


def _overlap(first: np.ndarray, count: np.ndarray) -> bool:
    # Whether two of the intervals of serial numbers share one.
    order = np.argsort(first)
    first, after = first[order], (first + count)[order]
    return bool((first[1:] < after[:-1]).any())


def _tonnes_differ(ledger: Ledger, moves: np.recarray, blocks: np.recarray) -> bool:
    issued = int(moves.amount[moves.entry == Entry.ISSUE].sum())
    in_blocks = np.bincount(blocks.state, blocks.tonnes, len(CreditState))
    in_accounts = ledger.tonnes.sum(axis=0)
    # The line of serial numbers is as long as what was issued.
    length = int((blocks.serial + blocks.tonnes).max()) - 1 if len(blocks) else 0
    return (
        int(in_accounts.sum()) != issued or length != issued
        or bool((in_blocks != in_accounts).any()) or bool((ledger.tonnes < 0).any())
    )


def _cash_differs(ledger: Ledger, entries: np.recarray) -> bool:
    money = entries[entries.is_money]
    accounts = len(ledger.fen)
    # Whole numbers below 2**53, so that sums of floats are exact.
    given = np.bincount(money.debit, money.amount, accounts)
    got = np.bincount(money.credit, money.amount, accounts)
    return int(ledger.fen.sum()) != 0 or bool((got - given != ledger.fen).any())


def broken_laws(ledger: Ledger) -> Checked:
    """Laws of the registry, as its books stand.

    Parameters
    ----------
    ledger : Ledger

    Returns
    -------
    Checked
        One month, and 1 for each law that does not hold.
    """
    entries = ledger.journal[: ledger.counters[JOURNAL]]
    blocks = ledger.blocks[: ledger.counters[BLOCKS]]
    moves = entries[~entries.is_money]
    final = moves[moves.state_to > max(LIVE)]
    return Checked(
        months=1,
        tonnes=int(_tonnes_differ(ledger, moves, blocks)),
        cash=int(_cash_differs(ledger, entries)),
        serials=int(_overlap(blocks.serial, blocks.tonnes)),
        retired=int(
            _overlap(final.serial, final.amount) or bool((moves.state_from > max(LIVE)).any())
        ),
    )


def passed_limits(deals: np.recarray) -> Checked:
    """Deals outside the limits of those who made them.

    Parameters
    ----------
    deals : numpy.recarray

    Returns
    -------
    Checked
    """
    paid = deals.price_fen * deals.tonnes + deals.tax_fen
    return Checked(
        deals=len(deals),
        buyers=int((paid > deals.bid_fen * deals.tonnes).sum()),
        sellers=int((deals.seller_price_fen < deals.ask_fen).sum()),
    )


def run_checked(world: World) -> Checked:
    """Run a world to its end and look at its books after every month.

    Parameters
    ----------
    world : World

    Returns
    -------
    Checked
    """
    found = Checked()
    while not world.finished:
        world.run(1)
        found = found.plus(broken_laws(world.state.ledger))
    deals = world.state.deals[: world.state.clock[Clock.DEALS]]
    entries = int(world.state.ledger.counters[JOURNAL])
    return found.plus(passed_limits(deals))._replace(entries=entries)
