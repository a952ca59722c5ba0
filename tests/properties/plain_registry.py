"""The registry once more, in plain Python: one serial number after the other."""

from collections import deque
from typing import NamedTuple

import numpy as np

from agents.population import empty
from agents.registry.choosing import move_chosen, move_least_useful, move_of_project
from agents.registry.columns import OPERATION_COLUMNS
from agents.registry.ledger import BLOCKS, JOURNAL, issue, move, pay
from agents.vocabulary import Account, CreditState, Entry, Operation, Purpose, Refusal

HELD, ESCROW, PLEDGED, BUFFER, RETIRED, CANCELLED = CreditState
LIVE_STATES = (HELD, ESCROW, PLEDGED, BUFFER)
MOVES = (
    Operation.MOVE, Operation.MOVE_CHOSEN, Operation.MOVE_LEAST_USEFUL, Operation.MOVE_OF_PROJECT,
)
DEBTORS = (Account.OUTSIDE, Account.TREASURY, Account.ALLOWANCE_MARKET)
LARGEST = 2**63 - 1
MOST_OWED = LARGEST // len(DEBTORS)
LAST_MONTH = 2**31 - 1
OF_CREDITS = {
    Entry.OFFER, Entry.WITHDRAW, Entry.DELIVER, Entry.RETIRE, Entry.PLEDGE, Entry.RELEASE,
    Entry.CANCEL, Entry.REPLENISH,
}
OF_MONEY = set(Entry) - OF_CREDITS - {Entry.ISSUE}


class Asked(NamedTuple):
    """One operation; the fields are those of `OPERATION_COLUMNS`, in their order."""

    operation: int
    entry: int = 0
    month: int = 0
    debit: int = 0
    credit: int = 0
    amount: int = 0
    state_from: int = 0
    state_to: int = 0
    purpose: int = 0
    least: int = 0
    most: int = 0
    province: int = 0
    project_id: int = 0
    verification: int = 0
    vintage_start: int = 0
    vintage_end: int = 0
    counts: bool = False


class Credit(NamedTuple):
    """What a credit keeps all its life."""

    project_id: int
    vintage_start: int
    vintage_end: int
    issued_month: int
    verification: int
    province: int
    counts: bool


class PlainRegistry:
    """Balances and queues as whole numbers and lists; nothing is shared with the compiled one."""

    def __init__(self, accounts):
        self.accounts = accounts
        self.fen = [0] * accounts
        self.queues = {(a, s): deque() for a in range(accounts) for s in LIVE_STATES}
        self.final = {}
        self.credits = {}
        self.month = 0

    def faults(self, asked):
        """Every reason that stands against an operation."""
        if asked.operation == Operation.ISSUE:
            return self._faults_of_issue(asked)
        if asked.operation == Operation.PAY:
            return self._faults_of_payment(asked)
        if asked.operation in MOVES:
            return self._faults_of_move(asked)
        return {Refusal.UNKNOWN_OPERATION}

    def _known(self, *accounts):
        return all(0 <= account < self.accounts for account in accounts)

    def _general(self, asked, *accounts):
        found = set()
        if not self._known(*accounts):
            found.add(Refusal.UNKNOWN_ACCOUNT)
        if asked.amount <= 0:
            found.add(Refusal.NOT_POSITIVE)
        if not self.month <= asked.month <= LAST_MONTH:
            found.add(Refusal.WRONG_MONTH)
        return found

    def _faults_of_issue(self, asked):
        found = self._general(asked, asked.credit)
        if asked.state_to not in set(CreditState):
            found.add(Refusal.UNKNOWN_STATE)
        elif asked.state_to in (RETIRED, CANCELLED):
            found.add(Refusal.FINAL_STATE)
        elif asked.state_to not in (HELD, BUFFER):
            found.add(Refusal.NOT_AT_ISSUE)
        if not asked.vintage_start <= asked.vintage_end <= asked.month:
            found.add(Refusal.WRONG_MONTH)
        if len(self.credits) + 1 + asked.amount > LARGEST:
            found.add(Refusal.TOO_LARGE)
        return found

    def _faults_of_payment(self, asked):
        found = self._general(asked, asked.debit, asked.credit)
        if asked.entry not in OF_MONEY:
            found.add(Refusal.WRONG_ENTRY)
        if asked.debit == asked.credit:
            found.add(Refusal.SAME_PLACE)
        if self._known(asked.debit, asked.credit):
            left = self.fen[asked.debit] - asked.amount
            if left < 0 and asked.debit not in DEBTORS:
                found.add(Refusal.NOT_ENOUGH_MONEY)
            if left < -MOST_OWED:
                found.add(Refusal.TOO_LARGE)
        return found

    def _faults_of_move(self, asked):
        found = self._general(asked, asked.debit, asked.credit)
        before, after = asked.state_from, asked.state_to
        if asked.entry not in OF_CREDITS:
            found.add(Refusal.WRONG_ENTRY)
        if before not in set(CreditState) or after not in set(CreditState):
            found.add(Refusal.UNKNOWN_STATE)
        if before in (RETIRED, CANCELLED):
            found.add(Refusal.FINAL_STATE)
        if asked.purpose not in set(Purpose):
            found.add(Refusal.UNKNOWN_PURPOSE)
        elif after == RETIRED and asked.purpose == Purpose.NONE:
            found.add(Refusal.NO_PURPOSE)
        elif after in LIVE_STATES and asked.purpose != Purpose.NONE:
            found.add(Refusal.PURPOSE_TOO_EARLY)
        if (asked.debit, before) == (asked.credit, after):
            found.add(Refusal.SAME_PLACE)
        straight = {
            ESCROW: {HELD, ESCROW, RETIRED, CANCELLED}, PLEDGED: {HELD, PLEDGED, CANCELLED},
            BUFFER: {HELD, BUFFER, CANCELLED},
        }
        if after not in straight.get(before, {after}):
            found.add(Refusal.NOT_FREE)
        if (asked.debit, before) in self.queues and len(self._wanted(asked)) < asked.amount:
            found.add(Refusal.NOT_ENOUGH_CREDITS)
        return found

    def standing(self, serial, province):
        """0 where it does not count, 2 where it counts and is local, 1 otherwise."""
        credit = self.credits[serial]
        return (2 if credit.province == province else 1) if credit.counts else 0

    def _wanted(self, asked):
        queue = self.queues[asked.debit, asked.state_from]
        if asked.operation == Operation.MOVE:
            return queue
        if asked.operation == Operation.MOVE_LEAST_USEFUL:
            return sorted(queue, key=lambda serial: self.standing(serial, asked.province))
        if asked.operation == Operation.MOVE_OF_PROJECT:
            return [n for n in queue if self.credits[n].project_id == asked.project_id]
        return [
            serial for serial in queue
            if asked.least <= self.standing(serial, asked.province) <= asked.most
        ]

    def do(self, asked):
        """Do an operation against which nothing stands."""
        self.month = asked.month
        if asked.operation == Operation.PAY:
            self.fen[asked.debit] -= asked.amount
            self.fen[asked.credit] += asked.amount
        elif asked.operation == Operation.ISSUE:
            credit = Credit(
                asked.project_id, asked.vintage_start, asked.vintage_end, asked.month,
                asked.verification, asked.province, asked.counts,
            )
            first = len(self.credits) + 1
            for serial in range(first, first + asked.amount):
                self.credits[serial] = credit
                self.queues[asked.credit, asked.state_to].append(serial)
        else:
            self._move(asked)

    def _move(self, asked):
        queue = self.queues[asked.debit, asked.state_from]
        if asked.operation == Operation.MOVE:
            moved = [queue.popleft() for _ in range(asked.amount)]
        else:
            moved = self._wanted(asked)[: asked.amount]
            gone = set(moved)
            stay = [serial for serial in queue if serial not in gone]
            queue.clear()
            queue.extend(stay)
        if asked.state_to in LIVE_STATES:
            self.queues[asked.credit, asked.state_to].extend(moved)
        else:
            fate = (asked.credit, asked.state_to, asked.purpose, asked.month)
            self.final.update(dict.fromkeys(moved, fate))

    def places(self):
        """Owner, state, purpose and final month of every serial number."""
        live = {
            serial: (owner, int(state), 0, 0)
            for (owner, state), queue in self.queues.items() for serial in queue
        }
        return {**live, **self.final}

    def tonnes(self):
        """Credits by account and state."""
        table = np.zeros((self.accounts, len(CreditState)), dtype=np.int64)
        for owner, state, _, _ in self.places().values():
            table[owner, state] += 1
        return table


def asked_of(ledger, asked):
    """The same operation, asked of the compiled registry by its own function."""
    if asked.operation == Operation.ISSUE:
        return issue(
            ledger, asked.credit, asked.project_id, asked.amount, asked.state_to,
            asked.vintage_start, asked.vintage_end, asked.month, asked.province, asked.counts,
            asked.verification,
        )
    if asked.operation == Operation.PAY:
        return pay(
            ledger, asked.debit, asked.credit, asked.amount, asked.entry, asked.month
        )
    road = (
        ledger, asked.debit, asked.state_from, asked.credit, asked.state_to, asked.amount,
        asked.entry, asked.purpose, asked.month,
    )
    if asked.operation == Operation.MOVE:
        return move(*road)
    if asked.operation == Operation.MOVE_CHOSEN:
        return move_chosen(*road, asked.province, asked.least, asked.most)
    if asked.operation == Operation.MOVE_OF_PROJECT:
        return move_of_project(*road, asked.project_id)
    return move_least_useful(*road, asked.province)


def rows_of(operations):
    """Operations as a batch."""
    rows = empty(OPERATION_COLUMNS, len(operations))
    for place, asked in enumerate(operations):
        rows[place] = tuple(asked)
    return rows


def contents(ledger):
    """Everything a ledger says, rows that are not in use left out, counts of refusals too."""
    return (
        ledger.fen.tobytes(), ledger.tonnes.tobytes(), ledger.heads.tobytes(),
        ledger.tails.tobytes(), ledger.counters[:5].tobytes(),
        ledger.blocks[: ledger.counters[BLOCKS]].tolist(),
        ledger.journal[: ledger.counters[JOURNAL]].tolist(),
    )


def credits_of(ledger):
    """Place and birth of every serial number, from the blocks; a number in two blocks fails."""
    found, births = {}, {}
    for block in ledger.blocks[: ledger.counters[BLOCKS]].tolist():
        serial, tonnes, project, start, end, issued, period, province, counts, *place, _ = block
        for number in range(serial, serial + tonnes):
            assert number not in found, f"serial number {number} lies in two blocks"
            found[number] = tuple(place)
            births[number] = Credit(project, start, end, issued, period, province, counts)
    return found, births


def queues_of(ledger):
    """Serial numbers of every queue, from its head on; it ends at its tail."""
    found = {}
    for owner in range(len(ledger.fen)):
        for state in LIVE_STATES:
            numbers, last, place = [], -1, int(ledger.heads[owner, state])
            while place >= 0:
                block = ledger.blocks[place]
                assert (block.owner, block.state) == (owner, state)
                numbers += range(int(block.serial), int(block.serial + block.tonnes))
                last, place = place, int(block.next)
            assert ledger.tails[owner, state] == last
            found[owner, state] = numbers
    return found


class Replay:
    """Balances and places from the journal alone, one serial number after the other."""

    def __init__(self, accounts):
        self.fen = [0] * accounts
        self.places = {}
        self.lines = 0

    def read(self, ledger):
        """Follow the lines that came since the last time."""
        for line in ledger.journal[self.lines : ledger.counters[JOURNAL]].tolist():
            _, entry, is_money, debit, credit, amount, serial, before, after, purpose = line
            assert amount > 0
            if is_money:
                assert entry in OF_MONEY
                self.fen[debit] -= amount
                self.fen[credit] += amount
                continue
            assert entry in (OF_CREDITS if debit >= 0 else {Entry.ISSUE})
            for number in range(serial, serial + amount):
                if debit < 0:
                    assert number == len(self.places) + 1
                else:
                    assert before not in (RETIRED, CANCELLED)
                    assert self.places[number][:2] == (debit, before)
                self.places[number] = (credit, after, purpose)
        self.lines = int(ledger.counters[JOURNAL])
