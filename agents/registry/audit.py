"""Independent replay of the journal: it must agree with the balances and the blocks."""

import numpy as np

from agents.registry.ledger import BLOCKS, ISSUED, JOURNAL, Ledger

__all__ = ["audit"]


def audit(ledger: Ledger) -> list[str]:
    """Rebuild every balance from the journal and compare.

    Parameters
    ----------
    ledger : Ledger

    Returns
    -------
    list of str
        One line for each disagreement; empty where the books are right.
    """
    entries = ledger.journal[: ledger.counters[JOURNAL]]
    blocks = ledger.blocks[: ledger.counters[BLOCKS]]
    found = []

    fen = np.zeros_like(ledger.fen)
    money = entries[entries.is_money]
    np.subtract.at(fen, money.debit, money.amount)
    np.add.at(fen, money.credit, money.amount)
    if (fen != ledger.fen).any():
        found.append(f"fen: journal and balances differ on accounts {_where(fen, ledger.fen)}")
    if fen.sum() != 0:
        found.append(f"fen: the accounts add up to {fen.sum()}, not to zero")

    tonnes = np.zeros_like(ledger.tonnes)
    moves = entries[~entries.is_money]
    given = moves[moves.debit >= 0]
    np.subtract.at(tonnes, (given.debit, given.state_from), given.amount)
    np.add.at(tonnes, (moves.credit, moves.state_to), moves.amount)
    if (tonnes != ledger.tonnes).any():
        found.append("tonnes: journal and balances differ")
    if tonnes.sum() != ledger.counters[ISSUED]:
        found.append(f"tonnes: {tonnes.sum()} in accounts, {ledger.counters[ISSUED]} issued")

    counted = np.zeros_like(ledger.tonnes)
    np.add.at(counted, (blocks.owner, blocks.state), blocks.tonnes)
    if (counted != ledger.tonnes).any():
        found.append("tonnes: blocks and balances differ")
    order = np.argsort(blocks.serial)
    ends = (blocks.serial + blocks.tonnes)[order]
    if (blocks.serial[order][1:] != ends[:-1]).any() or (blocks.tonnes <= 0).any():
        found.append("serial numbers: blocks overlap or leave gaps")
    if (entries.amount <= 0).any():
        found.append("journal: an entry is not positive")
    return found


def _where(left: np.ndarray, right: np.ndarray) -> str:
    places = np.flatnonzero(left != right)
    return ", ".join(str(place) for place in places[:5])
