"""What holds after any sequence of requests to the registry."""

from collections import Counter, deque

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.registry.audit import audit
from agents.registry.choosing import move_chosen, move_least_useful
from agents.registry.ledger import (
    BLOCKS,
    ISSUED,
    JOURNAL,
    LIVE,
    NEXT_SERIAL,
    REFUSED,
    balanced,
    issue,
    move,
    new_ledger,
    pay,
)
from agents.vocabulary import Account, CreditState, Entry, Purpose, Refusal
from tests.helpers import MONTH

ACCOUNTS = len(Account) + 3
LIVE_STATES = (CreditState.HELD, CreditState.ESCROW, CreditState.PLEDGED, CreditState.BUFFER)

# Two holders and two states see most of the traffic, so that queues grow long and blocks are split
# in the middle of them; everything else is asked for now and then.
NUMBERS = st.sampled_from([0, 7, 8]) | st.integers(-1, ACCOUNTS)
HOLDERS = st.sampled_from([7, 8])
STATES = st.sampled_from(list(CreditState))
AMOUNTS = st.integers(1, 12) | st.integers(-1, 40)
USES = st.sampled_from(list(Purpose))
ISSUES = st.tuples(st.just("issue"), HOLDERS, st.integers(1, 9), st.just(CreditState.HELD))
PLACES = [(holder, state) for holder in (7, 8) for state in (CreditState.HELD, CreditState.ESCROW)]
ROADS = [(*debit, *credit) for debit in PLACES for credit in PLACES if debit != credit]
MOVES = st.builds(
    lambda road, tonnes: ("move", *road, tonnes, Purpose.NONE), st.sampled_from(ROADS),
    st.integers(1, 12),
)
ODD_ISSUES = st.tuples(st.just("issue"), st.integers(6, ACCOUNTS), st.integers(-1, 60), STATES)
ODD_MOVES = st.tuples(st.just("move"), HOLDERS, STATES, HOLDERS, STATES, AMOUNTS, USES)
PAYMENTS = st.tuples(st.just("pay"), NUMBERS, NUMBERS, AMOUNTS)
FIRST = [("issue", holder, tonnes, CreditState.HELD) for tonnes in (9, 7, 5) for holder in (7, 8)]
REQUESTS = st.lists(
    st.one_of(ISSUES, MOVES, MOVES, MOVES, ODD_ISSUES, ODD_MOVES, PAYMENTS),
    min_size=20, max_size=50,
).map(lambda requests: FIRST + requests)


class PlainBooks:
    """The registry once more, in plain lists: one serial number after the other."""

    def __init__(self):
        self.fen = [0] * ACCOUNTS
        self.queues = {(a, s): deque() for a in range(ACCOUNTS) for s in CreditState}
        self.next = 1

    def issue(self, owner, tonnes, state):
        if not 0 <= owner < ACCOUNTS:
            return Refusal.UNKNOWN_ACCOUNT
        if tonnes <= 0:
            return Refusal.NOT_POSITIVE
        if state not in LIVE_STATES:
            return Refusal.FINAL_STATE
        if state in (CreditState.ESCROW, CreditState.PLEDGED):
            return Refusal.NOT_AT_ISSUE
        self.queues[owner, state].extend(range(self.next, self.next + tonnes))
        self.next += tonnes
        return Refusal.NONE

    def pay(self, debit, credit, fen):
        if not (0 <= debit < ACCOUNTS and 0 <= credit < ACCOUNTS):
            return Refusal.UNKNOWN_ACCOUNT
        if fen <= 0:
            return Refusal.NOT_POSITIVE
        if debit == credit:
            return Refusal.SAME_PLACE
        if self.fen[debit] < fen and debit not in (0, 1, 5):
            return Refusal.NOT_ENOUGH_MONEY
        self.fen[debit] -= fen
        self.fen[credit] += fen
        return Refusal.NONE

    def move(self, debit, before, credit, after, tonnes, purpose):
        if tonnes <= 0:
            return Refusal.NOT_POSITIVE
        if before not in LIVE_STATES:
            return Refusal.FINAL_STATE
        if after == CreditState.RETIRED and purpose == Purpose.NONE:
            return Refusal.NO_PURPOSE
        if after in LIVE_STATES and purpose != Purpose.NONE:
            return Refusal.PURPOSE_TOO_EARLY
        if (debit, before) == (credit, after):
            return Refusal.SAME_PLACE
        bound = before in (CreditState.PLEDGED, CreditState.BUFFER)
        if bound and after == CreditState.RETIRED:
            return Refusal.NOT_FREE
        if before not in (CreditState.HELD, after) and after in LIVE_STATES[1:]:
            return Refusal.NOT_FREE
        if len(self.queues[debit, before]) < tonnes:
            return Refusal.NOT_ENOUGH_CREDITS
        for _ in range(tonnes):
            self.queues[credit, after].append(self.queues[debit, before].popleft())
        return Refusal.NONE


def ask(ledger, request):
    """The same request of the compiled registry."""
    kind, *rest = request
    if kind == "issue":
        owner, tonnes, state = rest
        return issue(ledger, owner, 1_001_000_000, tonnes, int(state), MONTH, MONTH, MONTH)
    if kind == "pay":
        return pay(ledger, *rest, int(Entry.PAYMENT), MONTH)
    debit, before, credit, after, tonnes, purpose = rest
    return move(
        ledger, debit, int(before), credit, int(after), tonnes, int(Entry.DELIVER), int(purpose),
        MONTH,
    )


def serials(ledger):
    """Owner and state of every serial number, from the blocks."""
    return {
        serial: (int(block.owner), int(block.state))
        for block in ledger.blocks[: ledger.counters[BLOCKS]]
        for serial in range(int(block.serial), int(block.serial + block.tonnes))
    }


@settings(max_examples=60)
@given(REQUESTS)
def test_the_ledger_agrees_with_plain_lists(requests):
    """Answer by answer, and in the end tonne by tonne: who holds which serial number, and where."""
    ledger, plain = new_ledger(ACCOUNTS, 1024, 4096), PlainBooks()
    refused = Counter()
    for request in requests:
        answer = ask(ledger, request)
        expected = getattr(plain, request[0])(*request[1:])
        assert answer == expected, request
        refused[Refusal(answer)] += 1
    assert ledger.fen.tolist() == plain.fen
    expected = {
        serial: place for place, queue in plain.queues.items() for serial in queue
    }
    assert serials(ledger) == expected
    for reason in set(Refusal) - {Refusal.NONE}:
        assert ledger.counters[REFUSED + reason] == refused[reason]


@settings(max_examples=30)
@given(REQUESTS)
def test_the_books_are_right_after_every_request(requests):
    """Nothing lost, nothing made: sums, serial numbers, journal and blocks agree at every step."""
    ledger = new_ledger(ACCOUNTS, 1024, 4096)
    final = {}
    entries = 0
    for request in requests:
        answer = ask(ledger, request)
        assert audit(ledger) == []
        assert balanced(ledger) == 0
        assert ledger.fen.sum() == 0
        assert ledger.tonnes.sum() == ledger.counters[ISSUED]
        now = serials(ledger)
        used = ledger.blocks[: ledger.counters[BLOCKS]]
        # A serial number in two blocks would be counted once here and twice there.
        assert len(now) == used.tonnes.sum() == ledger.counters[ISSUED]
        assert sorted(now) == list(range(1, len(now) + 1))
        for serial, place in final.items():
            assert now[serial] == place
        final = {serial: place for serial, place in now.items() if place[1] >= len(LIVE_STATES)}
        # The journal only grows, and only where something was done.
        assert (ledger.counters[JOURNAL] > entries) == (answer == Refusal.NONE)
        entries = ledger.counters[JOURNAL]


@settings(max_examples=40)
@given(REQUESTS)
def test_queues_hold_exactly_the_live_blocks(requests):
    """From head to tail, each block once, all of the queue's owner and state."""
    ledger = new_ledger(ACCOUNTS, 1024, 4096)
    for request in requests:
        ask(ledger, request)
    seen = []
    for account in range(ACCOUNTS):
        for state in LIVE_STATES:
            row, last, tonnes = int(ledger.heads[account, state]), -1, 0
            while row >= 0:
                block = ledger.blocks[row]
                assert (block.owner, block.state) == (account, state)
                seen.append(row)
                tonnes += block.tonnes
                last, row = row, int(block.next)
            assert ledger.tails[account, state] == last
            assert ledger.tonnes[account, state] == tonnes
    used = ledger.blocks[: ledger.counters[BLOCKS]]
    # A month asks for room by this number, so it must be exact.
    assert ledger.counters[LIVE] == len(seen)
    assert sorted(seen) == np.flatnonzero(used.state < len(LIVE_STATES)).tolist()


def test_requests_in_these_properties_are_granted_and_split_blocks():
    """A registry that refused everything would pass them: in many examples blocks are split."""
    split = []

    @settings(max_examples=50, database=None)
    @given(REQUESTS)
    def look(requests):
        ledger, issued = new_ledger(ACCOUNTS, 1024, 4096), 0
        for request in requests:
            done = ask(ledger, request) == Refusal.NONE
            issued += done and request[0] == "issue"
        split.append(ledger.counters[BLOCKS] - issued)

    look()
    assert np.median(split) >= 2


KINDS = [(province, counts) for province in (0, 1) for counts in (False, True)]


@given(
    st.lists(st.tuples(st.integers(1, 9), st.sampled_from(KINDS)), min_size=2, max_size=8),
    st.lists(
        st.tuples(
            st.integers(0, 1), st.integers(1, 12), st.integers(0, 2), st.integers(0, 2),
            st.sampled_from([-1, 0, 1]), st.booleans(),
        ),
        max_size=15,
    ),
)
def test_chosen_credits_move_as_in_plain_lists(issues, requests):
    """Between two holders, by standing or for any use; the same serial numbers as one by one."""
    ledger = new_ledger(ACCOUNTS, blocks=300, entries=3000)
    kind_of, queues = {}, {7: [], 8: []}
    for tonnes, (province, counts) in issues:
        serial = int(ledger.counters[NEXT_SERIAL])
        issue(
            ledger, 7, 1_001_000_000, tonnes, 0, MONTH, MONTH, MONTH, province, counts
        )
        for place in range(serial, serial + tonnes):
            kind_of[place] = (province, counts)
            queues[7].append(place)

    def standing(serial, province):
        origin, counts = kind_of[serial]
        return (2 if origin == province else 1) if counts else 0

    for giver, tonnes, one, other, province, least_useful in requests:
        debit, credit = 7 + giver, 8 - giver
        least, most = sorted((one, other))
        if least_useful:
            chosen = sorted(queues[debit], key=lambda serial: standing(serial, province))
            done = move_least_useful(
                ledger, debit, 0, credit, 0, tonnes, int(Entry.DELIVER), 0, MONTH, province
            )
        else:
            chosen = [
                serial for serial in queues[debit] if least <= standing(serial, province) <= most
            ]
            done = move_chosen(
                ledger, debit, 0, credit, 0, tonnes, int(Entry.DELIVER), 0, MONTH, province,
                least, most,
            )
        assert done == (Refusal.NONE if len(chosen) >= tonnes else Refusal.NOT_ENOUGH_CREDITS)
        if done == Refusal.NONE:
            moved = chosen[:tonnes]
            queues[credit] += moved
            queues[debit] = [serial for serial in queues[debit] if serial not in set(moved)]
        assert audit(ledger) == []
    for holder, queue in queues.items():
        found, place = [], int(ledger.heads[holder, 0])
        while place >= 0:
            block = ledger.blocks[place]
            found += range(int(block.serial), int(block.serial + block.tonnes))
            assert kind_of[int(block.serial)] == (block.province, block.counts)
            place = int(block.next)
        assert found == queue
