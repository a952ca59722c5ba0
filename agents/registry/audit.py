"""Independent replay of the journal: it must agree with the balances and the blocks."""

import numpy as np

from agents.registry.ledger import BLOCKS, ISSUED, JOURNAL, Ledger

__all__ = ["audit"]


def audit(ledger: Ledger, *, thorough: bool = True) -> list[str]:
    """Rebuild every balance from the journal and compare.

    Parameters
    ----------
    ledger : Ledger
    thorough : bool
        Also follow every credit by its serial number, and every queue of blocks.

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
    if (money.debit < 0).any():
        # As an index, -1 would be the last account.
        return ["fen: an entry takes money from nowhere"]
    np.subtract.at(fen, money.debit, money.amount)
    np.add.at(fen, money.credit, money.amount)
    if (fen != ledger.fen).any():
        found.append(f"fen: journal and balances differ on accounts {_where(fen, ledger.fen)}")

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
    if (np.diff(entries.month) < 0).any():
        found.append("journal: an entry is of an earlier month than the one before")
    if (entries.amount <= 0).any():
        found.append("journal: an entry is not positive")
    if thorough and not found:
        found += _serials(moves, blocks) + _queues(ledger, blocks)
    return found


def _serials(moves: np.recarray, blocks: np.recarray) -> list[str]:
    """Where each credit is, and what for, by its serial number: entries against blocks."""
    # Entries and blocks cut the line of serial numbers; between two cuts all credits share a fate.
    starts = np.concatenate((moves.serial, blocks.serial))
    ends = np.concatenate((moves.serial + moves.amount, blocks.serial + blocks.tonnes))
    cuts = np.unique(np.concatenate((starts, ends)))
    if not cuts.size:
        return []
    fate = np.full((cuts.size - 1, 3), -1, dtype=np.int64)
    first = np.searchsorted(cuts, moves.serial)
    last = np.searchsorted(cuts, moves.serial + moves.amount)
    for entry, start, stop in zip(moves.tolist(), first.tolist(), last.tolist(), strict=True):
        _, _, _, debit, credit, _, _, before, after, purpose = entry
        here = fate[start:stop]
        if (here[:, 0] != debit).any() or (here[:, 1] != before).any():
            return [f"journal: credit {cuts[start]} was not where an entry moves it from"]
        here[:] = (credit, after, purpose)
    recorded = np.full_like(fate, -1)
    first = np.searchsorted(cuts, blocks.serial)
    last = np.searchsorted(cuts, blocks.serial + blocks.tonnes)
    for block, start, stop in zip(blocks, first.tolist(), last.tolist(), strict=True):
        recorded[start:stop] = (block.owner, block.state, block.purpose)
    different = np.flatnonzero((fate != recorded).any(axis=1))
    if different.size:
        return [f"blocks: credit {cuts[different[0]]} is not where the journal left it"]
    return []


def _queues(ledger: Ledger, blocks: np.recarray) -> list[str]:
    """Every live block stands in exactly one queue, that of its owner and state."""
    seen = np.zeros(len(blocks), dtype=bool)
    for owner, state in zip(*np.nonzero(ledger.heads >= 0), strict=True):
        block = int(ledger.heads[owner, state])
        last = -1
        while block >= 0:
            if block >= len(blocks) or seen[block] or (
                (blocks.owner[block], blocks.state[block]) != (owner, state)
            ):
                return [f"queues: block {block} stands in the queue of account {owner} wrongly"]
            seen[block] = True
            last, block = block, int(blocks.next[block])
        if last != ledger.tails[owner, state]:
            return [f"queues: the queue of account {owner} does not end where it says"]
    if (seen != (blocks.state < ledger.heads.shape[1])).any():
        return ["queues: a live block stands in no queue, or a final one in some"]
    return []


def _where(left: np.ndarray, right: np.ndarray) -> str:
    places = np.flatnonzero(left != right)
    return ", ".join(str(place) for place in places[:5])
