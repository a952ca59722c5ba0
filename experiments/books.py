"""The registry's books as a run has left them on disk: balances, an audit, histories."""

import bisect
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from agents.population import empty
from agents.registry.columns import JOURNAL_DTYPE
from agents.vocabulary import Entry
from experiments.storing import JOURNAL_FOLDER
from simulation.errors import InputError
from simulation.journal_parts import MANIFEST, read_manifest
from simulation.results import journal_table

if TYPE_CHECKING:
    import pandas

__all__ = ["Books", "audit_of", "balances_of", "history_of", "read_books"]

FINAL = ("retired", "cancelled")
TABLES = ("accounts", "journal", "blocks", "deals", "projects", "verifications")
STATES = ("held", "escrow", "pledged", "buffer", "retired", "cancelled")
NEEDED = {
    "journal": {
        "month": "text", "entry": "text", "is_money": "bool", "debit": "text", "credit": "text",
        "amount": "whole", "serial": "whole", "state_from": "text", "state_to": "text",
        "purpose": "text",
    },
    "accounts": {"account": "text", "money_yuan": "number"} | {
        f"{state}_t": "whole" for state in STATES
    },
    "blocks": {
        "serial": "whole", "tonnes": "whole", "project_id": "whole", "vintage_start": "text",
        "vintage_end": "text", "owner": "text", "state": "text", "purpose": "text",
        "issued_month": "text", "final_month": "text", "verification": "whole",
    },
    "deals": {"month": "text", "seller": "text", "buyer": "text", "tonnes": "whole"},
    "projects": {"agent_id": "whole", "name": "text", "province": "text"},
    "verifications": {
        "project_id": "whole", "vintage_start": "text", "vintage_end": "text",
        "removed_t": "number", "measured_t": "number", "credited_t": "whole",
        "real_t": "number", "without_t": "number", "audited_month": "text", "found_t": "whole",
    },
}
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
ENTRIES = {entry.name.lower() for entry in Entry}


class Books(NamedTuple):
    """Tables of a run that the registry keeps.

    Attributes
    ----------
    folder : Path
    currency : str
        That amounts of money are in.
    accounts, journal, blocks, deals, projects, verifications : pandas.DataFrame
        As `swcmarket run --out` wrote them; months are texts.
    """

    folder: Path
    currency: str
    accounts: "pandas.DataFrame"
    journal: "pandas.DataFrame"
    blocks: "pandas.DataFrame"
    deals: "pandas.DataFrame"
    projects: "pandas.DataFrame"
    verifications: "pandas.DataFrame"

    @property
    def currency_code(self) -> str:
        """Three letters."""
        return {"yuan": "CNY"}.get(self.currency, self.currency)


def read_books(folder: Path) -> Books:
    """Read what a run has written.

    Parameters
    ----------
    folder : Path
        That of ``swcmarket run --out``.

    Returns
    -------
    Books

    Raises
    ------
    InputError
        When a table is missing or is not what a run wrote.
    """
    import pandas

    if not folder.is_dir():
        raise InputError(f"{folder}: is no folder. Give that of `swcmarket run --out`.")
    found = {}
    for name in TABLES:
        if name == "journal" and (folder / JOURNAL_FOLDER).is_dir():
            found[name] = _journal_of(folder / JOURNAL_FOLDER, found["accounts"])
            continue
        path = folder / f"{name}.csv"
        try:
            found[name] = pandas.read_csv(path, keep_default_na=False, dtype={
                "debit": str, "credit": str, "account": str, "owner": str, "purpose": str,
                "state_from": str, "state_to": str, "final_month": str,
            })
        except FileNotFoundError:
            raise InputError(
                f"{folder}: has no {name}.csv. Give the folder of a world that `swcmarket run` was "
                "given with --out."
            ) from None
        except (OSError, ValueError) as error:
            raise InputError(
                f"{path}: cannot be read ({str(error).splitlines()[0]}). Run the scenario anew."
            ) from None
    try:
        currency = json.loads((folder / "summary.json").read_text(encoding="utf-8"))["currency"]
    except (OSError, ValueError, KeyError):
        currency = "yuan"
    books = Books(folder, currency, **found)
    for name, columns in NEEDED.items():
        _check_table(folder / f"{name}.csv", getattr(books, name), columns)
    return books


def _journal_of(folder: Path, accounts: "pandas.DataFrame") -> "pandas.DataFrame":
    """A journal in parts, in the words of the CSV."""
    parts = read_manifest(folder)
    rows = np.concatenate([empty(JOURNAL_DTYPE, 0), *parts.chunks()]).view(np.recarray)
    if len(rows) != parts.lines:
        raise InputError(
            f"{folder / MANIFEST}: names {parts.lines} lines, and its parts have {len(rows)}. Run "
            "the scenario anew."
        )
    table = journal_table(rows, accounts["account"].tolist())
    table["month"] = table["month"].astype(str)
    words = ["debit", "credit", "state_from", "state_to", "purpose"]
    return table.assign(**{name: table[name].astype(object).fillna("") for name in words})


def _check_table(path: Path, table: "pandas.DataFrame", columns: dict[str, str]) -> None:
    """Columns that are read, each of the kind that a run wrote; texts are of any kind."""
    from pandas.api import types

    fits = {
        "whole": types.is_integer_dtype, "bool": types.is_bool_dtype,
        "number": types.is_numeric_dtype, "text": lambda column: True,
    }
    if lacking := set(columns) - set(table.columns):
        raise InputError(
            f"{path}: has no column {', '.join(sorted(lacking))}. Run the scenario anew."
        )
    for column, kind in columns.items():
        if len(table) and not (fits[kind](table[column]) and table[column].notna().all()):
            raise InputError(
                f"{path}: column {column} holds something that no run wrote there, as where a file "
                "was cut off. Run the scenario anew."
            )


def balances_of(books: Books) -> "pandas.DataFrame":
    """Money and credits by account at the end of the run, as the registry wrote them.

    Parameters
    ----------
    books : Books

    Returns
    -------
    pandas.DataFrame
        Accounts with anything on them.
    """
    table = books.accounts
    return table[(table.drop(columns="account") != 0).any(axis=1)]


class _Tracks:
    """Who holds which serial numbers, in which state: runs of numbers that stand together."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.runs: dict[int, tuple[int, str, str]] = {}

    def put(self, first: int, stop: int, owner: str, state: str) -> None:
        bisect.insort(self.starts, first)
        self.runs[first] = (stop, owner, state)

    def cut(self, at: int) -> None:
        """Let a run begin at a number, where one spans it."""
        place = bisect.bisect_right(self.starts, at) - 1
        if place < 0:
            return
        first = self.starts[place]
        stop, owner, state = self.runs[first]
        if first < at < stop:
            self.runs[first] = (at, owner, state)
            self.put(at, stop, owner, state)

    def move(
        self, first: int, stop: int, before: tuple[str, str], after: tuple[str, str]
    ) -> str | None:
        """Hand numbers on; what is wrong, if anything."""
        self.cut(first)
        self.cut(stop)
        place, at = bisect.bisect_left(self.starts, first), first
        while at < stop:
            if place == len(self.starts) or self.starts[place] != at:
                return f"serial {at} was never issued"
            end, owner, state = self.runs[at]
            if (owner, state) != before:
                return f"serial {at} is {state} by {owner}, not {before[1]} by {before[0]}"
            self.runs[at] = (end, *after)
            at, place = end, place + 1
        return None


def _replayed(
    books: Books,
) -> tuple[list[str], dict[str, int], _Tracks, int, dict[int, tuple[int, str, str]]]:
    """Go through the journal: faults, fen by account, serial numbers, tonnes issued, and ends."""
    ends: dict[int, tuple[int, str, str]] = {}
    faults: list[str] = []
    fen = dict.fromkeys(books.accounts.account, 0)
    tracks, issued, last = _Tracks(), 0, ""
    for number, line in enumerate(books.journal.itertuples(index=False), 2):
        where = f"journal, line {number}"
        wrong = None
        if line.entry not in ENTRIES:
            wrong = f"entry = {line.entry!r} is none"
        elif not MONTH.fullmatch(line.month) or line.month < last:
            wrong = f"month = {line.month!r} does not follow {last or 'a beginning'}"
        elif line.amount <= 0:
            wrong = f"amount = {line.amount} is not positive"
        elif line.credit not in fen or (line.debit not in fen and line.entry != "issue"):
            wrong = f"an account is unknown: {line.debit!r} to {line.credit!r}"
        elif line.is_money:
            fen[line.debit] -= line.amount
            fen[line.credit] += line.amount
        elif line.entry == "issue":
            if line.serial != issued + 1:
                wrong = f"serial {line.serial} is issued, where {issued + 1} is next"
            tracks.put(line.serial, line.serial + line.amount, line.credit, line.state_to)
            issued += line.amount
        elif line.state_from in FINAL:
            wrong = f"serial {line.serial} leaves the final state {line.state_from}"
        else:
            wrong = tracks.move(
                line.serial, line.serial + line.amount, (line.debit, line.state_from),
                (line.credit, line.state_to),
            )
        last = max(last, line.month) if MONTH.fullmatch(line.month) else last
        if wrong:
            faults.append(f"{where}: {wrong}")
            continue
        if not line.is_money and line.state_to in FINAL:
            ends[line.serial] = (line.serial + line.amount, line.month, line.purpose)
    return faults, fen, tracks, issued, ends


def audit_of(books: Books) -> list[str]:
    """Replay the journal from its first line, and hold the end against the registry's tables.

    Parameters
    ----------
    books : Books

    Returns
    -------
    list of str
        A line for each fault; empty where the books are right.

    Notes
    -----
    It reads only what is on disk and shares nothing with the engine: money by account, the owner
    and state of every serial number, and no number issued twice, skipped, or moved by who does not
    have it.
    """
    faults, fen, tracks, issued, ends = _replayed(books)
    tonnes = {(account, state): 0 for account in fen for state in STATES}
    for first, (stop, owner, state) in tracks.runs.items():
        tonnes[owner, state] += stop - first
    for row in books.accounts.itertuples(index=False):
        if fen[row.account] != round(row.money_yuan * 100):
            faults.append(
                f"accounts.csv: {row.account} has {row.money_yuan:.2f}, and the journal leaves "
                f"{fen[row.account] / 100:.2f}"
            )
        for state in STATES:
            written, found = getattr(row, f"{state}_t"), tonnes[row.account, state]
            if written != found:
                faults.append(
                    f"accounts.csv: {row.account} has {written} t {state}, and the journal leaves "
                    f"{found} t"
                )
    if sum(fen.values()):
        faults.append(f"money does not sum to zero: {sum(fen.values()) / 100:.2f} are left over")
    counted = 0
    for block in books.blocks.itertuples(index=False):
        counted += block.tonnes
        place = bisect.bisect_right(tracks.starts, block.serial) - 1
        at = block.serial
        while place >= 0 and at < block.serial + block.tonnes:
            first = tracks.starts[place] if place < len(tracks.starts) else -1
            stop, owner, state = tracks.runs.get(first, (0, "nobody", "never issued"))
            if not first <= at < stop or (owner, state) != (block.owner, block.state):
                faults.append(
                    f"blocks.csv: serial {at} is {block.state} by {block.owner}, and the journal "
                    f"leaves it {state} by {owner}"
                )
                break
            at, place = stop, place + 1
    faults += _ends_of(books, ends)
    if counted != issued:
        faults.append(f"blocks.csv: {counted} t in blocks, and {issued} t were issued")
    return faults


def _ends_of(books: Books, ends: dict[int, tuple[int, str, str]]) -> list[str]:
    """Where blocks say that credits left otherwise than the journal does."""
    faults, firsts = [], sorted(ends)
    for block in books.blocks.itertuples(index=False):
        if block.state not in FINAL:
            continue
        place = bisect.bisect_right(firsts, block.serial) - 1
        stop, month, purpose = ends[firsts[place]] if place >= 0 else (0, "", "")
        if block.serial >= stop or (month, purpose) != (block.final_month, block.purpose):
            faults.append(
                f"blocks.csv: serial {block.serial} left in {block.final_month} for "
                f"{block.purpose}, and the journal says {month or 'never'} for "
                f"{purpose or 'nothing'}"
            )
    return faults


def history_of(books: Books, serial: int) -> dict[str, Any]:
    """Everything that happened to one credit, from its measurement on.

    Parameters
    ----------
    books : Books
    serial : int

    Returns
    -------
    dict
        ``serial``; ``project``, ``verification`` and ``block`` as rows of their tables;
        ``standing_t``: credits of its issue that were not taken back; ``entries``
        in order, each with the deal by which the credit changed hands, where it did.

    Raises
    ------
    InputError
        When no such credit was issued.
    """
    blocks = books.blocks
    mine = blocks[(blocks.serial <= serial) & (serial < blocks.serial + blocks.tonnes)]
    if mine.empty:
        last = int((blocks.serial + blocks.tonnes).max()) - 1 if len(blocks) else 0
        raise InputError(
            f"{books.folder}: serial {serial} was never issued. Serial numbers run from 1 to "
            f"{last}."
        )
    block = mine.iloc[0].to_dict()
    row, periods = block["verification"], books.verifications
    if not 0 <= row < len(periods) or periods.project_id.iloc[row] != block["project_id"]:
        raise InputError(
            f"{books.folder}: serial {serial} names verification {row}, which is none of its "
            "project. Run the scenario anew."
        )
    projects = books.projects
    made = projects[projects.agent_id == block["project_id"]]
    if made.empty:
        raise InputError(
            f"{books.folder}: serial {serial} is of project {block['project_id']}, which "
            "projects.csv does not know. Run the scenario anew."
        )
    owner = made.iloc[0].to_dict()
    lines = books.journal
    lines = lines[
        ~lines.is_money & (lines.serial <= serial) & (serial < lines.serial + lines.amount)
    ]
    entries = []
    for line in lines.assign(line=lines.index).to_dict("records"):
        line["deal"] = _deal_of(books, line) if line["entry"] == "deliver" else None
        entries.append(line)
    of_period = blocks[blocks.verification == row]
    standing = of_period.tonnes[~of_period.purpose.isin(["reversal", "over_crediting"])].sum()
    return {
        "serial": serial, "block": block, "project": owner, "standing_t": int(standing),
        "verification": periods.iloc[row].to_dict(), "entries": entries,
    }


def _deal_of(books: Books, line: dict[str, Any]) -> dict[str, Any] | None:
    """Terms on which a delivery was made: deals and deliveries of a pair come in one order."""
    deals, lines = books.deals, books.journal
    deals = deals[deals.month == line["month"]]
    # The treasury pays for what the public buys, and gives what its reserve sells.
    if line["credit"] == "treasury":
        deals = deals[deals.motive == "public"]
    else:
        deals = deals[deals.buyer == line["credit"]]
    if line["debit"] != "reserve":
        deals = deals[deals.seller == line["debit"]]
    before = lines[
        (lines.month == line["month"]) & (lines.entry == "deliver")
        & (lines.debit == line["debit"]) & (lines.credit == line["credit"])
        & (lines.index < line["line"])
    ]
    passed = int(before.amount.sum())
    for deal in deals.to_dict("records"):
        if passed < deal["tonnes"]:
            return deal
        passed -= deal["tonnes"]
    return None
