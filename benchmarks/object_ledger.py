"""Accounts, lots and money of the object version, in plain Python."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from agents.vocabulary import CreditState, Entry, Purpose

__all__ = ["Account", "Ledger", "LedgerError", "Lot"]

HELD, ESCROW, PLEDGED = CreditState.HELD, CreditState.ESCROW, CreditState.PLEDGED
BUFFER, RETIRED, CANCELLED = CreditState.BUFFER, CreditState.RETIRED, CreditState.CANCELLED
FINAL = (RETIRED, CANCELLED)


class LedgerError(RuntimeError):
    """The registry was asked for something that the model never asks for."""


@dataclass(slots=True)
class Lot:
    """Credits with serial numbers in a row, issued for one project and monitoring period."""

    serial: int
    tonnes: int
    project_id: int
    first_month: int
    last_month: int
    issued_month: int
    purpose: Purpose = Purpose.NONE
    final_month: int = 0
    counted: bool = True


class Account:
    """Money and credits of one owner; lots wait in a queue for each state."""

    def __init__(self, name: str, *, overdraft: bool = False) -> None:
        self.name = name
        self.overdraft = overdraft
        self.fen = 0
        self.lots: dict[CreditState, deque[Lot]] = {state: deque() for state in CreditState}
        self.tonnes: dict[CreditState, int] = dict.fromkeys(CreditState, 0)


class Ledger:
    """The registry's books."""

    def __init__(self) -> None:
        self.accounts: list[Account] = []
        self.totals: dict[CreditState, int] = dict.fromkeys(CreditState, 0)
        self.issued = 0
        self.next_serial = 1
        self.journal: list[tuple] = []
        # Whether a lot counts for compliance once any do; the model says so.
        self.counts: Callable[[Lot], bool] = lambda lot: True

    def open_account(self, name: str, *, overdraft: bool = False) -> Account:
        """New account; only the world outside the model may overdraw one."""
        account = Account(name, overdraft=overdraft)
        self.accounts.append(account)
        return account

    def pay(self, giver: Account, receiver: Account, fen: int, entry: Entry, month: int) -> None:
        """Move money; nothing to pay is no payment."""
        if fen <= 0:
            return
        if fen > giver.fen and not giver.overdraft:
            raise LedgerError(f"{giver.name} has {giver.fen} fen, not {fen}")
        giver.fen -= fen
        receiver.fen += fen
        self.journal.append((month, entry, giver, receiver, fen))

    def issue(
        self, owner: Account, state: CreditState, tonnes: int, project_id: int,
        period: tuple[int, int], month: int,
    ) -> None:
        """Make credits, numbered after all others."""
        if tonnes <= 0:
            return
        owner.lots[state].append(Lot(self.next_serial, tonnes, project_id, *period, month))
        owner.tonnes[state] += tonnes
        self.totals[state] += tonnes
        self.issued += tonnes
        self.next_serial += tonnes
        self.journal.append((month, Entry.ISSUE, None, owner, tonnes))

    def move(
        self, giver: Account, before: CreditState, receiver: Account, after: CreditState,
        tonnes: int, entry: Entry, month: int, purpose: Purpose = Purpose.NONE,
        wanted: Callable[[Lot], bool] | None = None,
    ) -> None:
        """Move credits, those first that have been in their place the longest.

        Where only some are wanted, the others keep their places.
        """
        if tonnes <= 0:
            return
        if tonnes > giver.tonnes[before]:
            raise LedgerError(f"{giver.name} has {giver.tonnes[before]} t, not {tonnes}")
        source, target = giver.lots[before], receiver.lots[after]
        left, place = tonnes, 0
        while left > 0:
            lot = source[place]
            if wanted is not None and not wanted(lot):
                place += 1
                continue
            if lot.tonnes <= left:
                del source[place]
            else:
                # The first serial numbers leave, the last ones stay.
                rest = lot
                lot = Lot(rest.serial, left, rest.project_id, rest.first_month, rest.last_month,
                          rest.issued_month)
                rest.serial += left
                rest.tonnes -= left
            if after in FINAL:
                lot.counted = self.counts(lot)
                lot.purpose, lot.final_month = purpose, month
            target.append(lot)
            left -= lot.tonnes
            self.journal.append((month, entry, giver, receiver, lot.tonnes))
        giver.tonnes[before] -= tonnes
        receiver.tonnes[after] += tonnes
        self.totals[before] -= tonnes
        self.totals[after] += tonnes

    def check(self) -> None:
        """Stop where tonnes or fen were made or lost."""
        if sum(self.totals.values()) != self.issued:
            raise LedgerError("credits do not add up to what was issued")
        if sum(account.fen for account in self.accounts) != 0:
            raise LedgerError("money does not add up to zero")
