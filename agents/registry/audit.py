"""Independent replay of the journal: it must agree with the balances and the blocks."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np

from agents.registry.ledger import BLOCKS, ISSUED, JOURNAL, Ledger

__all__ = ["Earlier", "audit", "post_lines"]


class Earlier(NamedTuple):
    """Lines of the journal that are no longer in memory.

    Attributes
    ----------
    fen : int64 array, shape (accounts,)
        Money that they leave on each account, added up when they left memory.
    tonnes : int64 array, shape (accounts, states)
        Credits likewise.
    latest : int
        Month of the last of them; 0 where there is none.
    chunks : callable
        Gives an iterator over all of them in order, some at a time.
    """

    fen: np.ndarray
    tonnes: np.ndarray
    latest: int
    chunks: Callable[[], Iterable[np.recarray]]


def post_lines(entries: np.recarray, fen: np.ndarray, tonnes: np.ndarray) -> bool:
    """Move what lines of a journal say, on balances that stand apart from the ledger's.

    Parameters
    ----------
    entries : numpy.recarray
    fen, tonnes : array
        As in `Ledger`; changed in place.

    Returns
    -------
    bool
        False where a line takes money from nowhere; then nothing moved.
    """
    # Fields of a plain array are reached much faster than those of a record array.
    lines = np.asarray(entries)
    money = lines[lines["is_money"]]
    if (money["debit"] < 0).any():
        # As an index, -1 would be the last account.
        return False
    np.subtract.at(fen, money["debit"], money["amount"])
    np.add.at(fen, money["credit"], money["amount"])
    moves = lines[~lines["is_money"]]
    given = moves[moves["debit"] >= 0]
    np.subtract.at(tonnes, (given["debit"], given["state_from"]), given["amount"])
    np.add.at(tonnes, (moves["credit"], moves["state_to"]), moves["amount"])
    return True


def audit(ledger: Ledger, *, thorough: bool = True, earlier: Earlier | None = None) -> list[str]:
    """Rebuild every balance from the journal and compare.

    Parameters
    ----------
    ledger : Ledger
    thorough : bool
        Also follow every credit by its serial number, and every queue of blocks.
    earlier : Earlier, optional
        Lines before those in memory. They are read again where the audit is thorough; otherwise
        it begins with what they added up to when they left memory.

    Returns
    -------
    list of str
        One line for each disagreement; empty where the books are right.
    """
    blocks = ledger.blocks[: ledger.counters[BLOCKS]]
    held = np.asarray(blocks)
    found = []
    fen, tonnes = np.zeros_like(ledger.fen), np.zeros_like(ledger.tonnes)
    latest = 0
    if earlier is not None and not thorough:
        fen += earlier.fen
        tonnes += earlier.tonnes
        latest = earlier.latest

    def chunks() -> Iterator[np.recarray]:
        if earlier is not None and thorough:
            yield from earlier.chunks()
        yield ledger.journal[: ledger.counters[JOURNAL]]

    in_order = positive = True
    for entries in chunks():
        if not post_lines(entries, fen, tonnes):
            return ["fen: an entry takes money from nowhere"]
        if len(entries):
            lines = np.asarray(entries)
            months = lines["month"]
            in_order &= latest <= months[0] and not (np.diff(months) < 0).any()
            latest = int(months[-1])
            positive &= not (lines["amount"] <= 0).any()

    if (fen != ledger.fen).any():
        found.append(f"fen: journal and balances differ on accounts {_where(fen, ledger.fen)}")
    if (tonnes != ledger.tonnes).any():
        found.append("tonnes: journal and balances differ")
    if tonnes.sum() != ledger.counters[ISSUED]:
        found.append(f"tonnes: {tonnes.sum()} in accounts, {ledger.counters[ISSUED]} issued")

    counted = np.zeros_like(ledger.tonnes)
    np.add.at(counted, (held["owner"], held["state"]), held["tonnes"])
    if (counted != ledger.tonnes).any():
        found.append("tonnes: blocks and balances differ")
    order = np.argsort(held["serial"])
    ends = (held["serial"] + held["tonnes"])[order]
    if (held["serial"][order][1:] != ends[:-1]).any() or (held["tonnes"] <= 0).any():
        found.append("serial numbers: blocks overlap or leave gaps")
    if not in_order:
        found.append("journal: an entry is of an earlier month than the one before")
    if not positive:
        found.append("journal: an entry is not positive")
    if thorough and not found:
        found += _serials(chunks, blocks) + _queues(ledger, blocks)
    return found


def _serials(chunks: Callable[[], Iterable[np.recarray]], blocks: np.recarray) -> list[str]:
    """Where each credit is, and what for, by its serial number: entries against blocks."""
    # Entries and blocks cut the line of serial numbers; between two cuts all credits share a fate.
    cuts = np.unique(np.concatenate((blocks.serial, blocks.serial + blocks.tonnes)))
    for entries in chunks():
        moves = entries[~entries.is_money]
        cuts = np.unique(np.concatenate((cuts, moves.serial, moves.serial + moves.amount)))
    if not cuts.size:
        return []
    fate = np.full((cuts.size - 1, 3), -1, dtype=np.int64)
    for entries in chunks():
        moves = entries[~entries.is_money]
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
    # A field of a record is slow to reach, one of all records is not.
    left = zip(blocks.owner.tolist(), blocks.state.tolist(), blocks.purpose.tolist(), strict=True)
    for where, start, stop in zip(left, first.tolist(), last.tolist(), strict=True):
        recorded[start:stop] = where
    different = np.flatnonzero((fate != recorded).any(axis=1))
    if different.size:
        return [f"blocks: credit {cuts[different[0]]} is not where the journal left it"]
    return []


def _queues(ledger: Ledger, blocks: np.recarray) -> list[str]:
    """Every live block stands in exactly one queue, that of its owner and state."""
    seen = np.zeros(len(blocks), dtype=bool)
    owners, states, following = (
        blocks[name].tolist() for name in ("owner", "state", "next")
    )
    for owner, state in np.argwhere(ledger.heads >= 0).tolist():
        block = int(ledger.heads[owner, state])
        last = -1
        while block >= 0:
            if block >= len(blocks) or seen[block] or (
                (owners[block], states[block]) != (owner, state)
            ):
                return [f"queues: block {block} stands in the queue of account {owner} wrongly"]
            seen[block] = True
            last, block = block, following[block]
        if last != ledger.tails[owner, state]:
            return [f"queues: the queue of account {owner} does not end where it says"]
    if (seen != (blocks.state < ledger.heads.shape[1])).any():
        return ["queues: a live block stands in no queue, or a final one in some"]
    return []


def _where(left: np.ndarray, right: np.ndarray) -> str:
    places = np.flatnonzero(left != right)
    return ", ".join(str(place) for place in places[:5])
