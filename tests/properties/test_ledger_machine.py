"""The registry as a machine: any operations, legal and illegal, in any order.

After each of them it is held against `PlainRegistry`, which works serial number by serial number,
and against a replay of its own journal. `tests.properties.ledger_machine_long` does a million.
"""

from collections import Counter

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from agents.registry.audit import audit
from agents.registry.ledger import (
    BLOCKS,
    ISSUED,
    JOURNAL,
    LIVE,
    NEXT_SERIAL,
    REFUSED,
    balanced,
    new_ledger,
)
from agents.registry.posting import posted
from agents.vocabulary import Account, CreditState, Entry, Operation, Purpose, Refusal, Standing
from tests.helpers import MONTH
from tests.properties.ledger_machine_long import ran
from tests.properties.plain_registry import (
    LARGEST,
    LIVE_STATES,
    MOST_OWED,
    MOVES,
    Asked,
    PlainRegistry,
    Replay,
    asked_of,
    contents,
    credits_of,
    queues_of,
    rows_of,
)

ACCOUNTS = len(Account) + 3
SELLER, BUYER, OTHER = range(len(Account), ACCOUNTS)
POOL, OUTSIDE = int(Account.BUFFER_POOL), int(Account.OUTSIDE)
HELD, ESCROW, PLEDGED, BUFFER, RETIRED, CANCELLED = map(int, CreditState)
PROJECT = 1_001_000_000

# Three holders see most of the traffic, so that queues grow long and blocks are split inside them.
HOLDERS = st.sampled_from([SELLER, BUYER, OTHER])
OTHERS = st.sampled_from([1, 2])
PARTS = st.sampled_from([1, 2, 3, 5, 8])
PROVINCES = st.integers(0, 1)
USES = st.sampled_from([int(purpose) for purpose in Purpose if purpose != Purpose.NONE])
STANDINGS = st.sampled_from(list(map(int, Standing)))
WAYS = st.sampled_from(list(map(int, MOVES)))
STRANGERS = st.sampled_from([-(2**31), -1, ACCOUNTS, ACCOUNTS + 1, 2**31 - 1])
CODES = st.integers(-2, 7)
ANYTHING = st.builds(
    Asked,
    operation=st.sampled_from([*map(int, Operation), *map(int, MOVES)]),
    entry=st.sampled_from([int(Entry.DELIVER), int(Entry.PAYMENT)]) | st.integers(-1, len(Entry)),
    month=st.just(MONTH) | st.integers(MONTH - 1, MONTH + 1),
    debit=HOLDERS | st.integers(-1, ACCOUNTS),
    credit=HOLDERS | st.integers(-1, ACCOUNTS),
    amount=st.integers(1, 9) | st.integers(-2, 60) | st.sampled_from([LARGEST, -LARGEST - 1]),
    state_from=st.integers(0, 3) | CODES,
    state_to=CODES,
    purpose=st.just(0) | CODES,
    least=st.integers(-1, 3),
    most=st.integers(-1, 3),
    province=st.integers(-1, 2),
    project_id=st.integers(PROJECT, PROJECT + ACCOUNTS),
    verification=st.integers(-1, 3),
    vintage_start=st.just(MONTH - 12) | st.just(MONTH + 1),
    vintage_end=st.just(MONTH - 1) | st.just(MONTH + 2),
    counts=st.booleans(),
)

# What the machine was asked and what it answered, over all examples of the one test below.
ANSWERS = Counter()


class Registry(RuleBasedStateMachine):
    """Three ledgers side by side: compiled, compiled and posted as batches, and plain."""

    def __init__(self):
        super().__init__()
        self.ledger = new_ledger(ACCOUNTS, blocks=4096, entries=16384)
        # No room at all: whatever is needed has to be made.
        self.batched = new_ledger(ACCOUNTS, blocks=0, entries=0)
        self.plain = PlainRegistry(ACCOUNTS)
        self.replay = Replay(ACCOUNTS)
        self.waiting = []
        self.answered = []
        self.month = MONTH
        self.final = {}
        for tonnes in (9, 7, 8):
            for holder in (SELLER, BUYER):
                self.issue(holder, tonnes, tonnes % 2, tonnes < 9, False)
        # Some of each state to begin with, or most requests would find nothing there.
        for holder in (SELLER, BUYER):
            self.offer(holder, 2, Operation.MOVE, 0)
            self.pledge(holder, 2, Operation.MOVE)
            self.into_the_buffer(holder, 2)

    # -- asking, and what must hold afterwards

    def ask(self, operation, reason=None, **fields):
        """Ask all three; where a reason is given, it must be the answer."""
        asked = Asked(int(operation), month=fields.pop("month", self.month), **fields)
        faults = self.plain.faults(asked)
        before = contents(self.ledger)
        refused = self.ledger.counters[REFUSED:].copy()
        if asked.operation in set(Operation):
            answer = Refusal(asked_of(self.ledger, asked))
        else:
            # Only a batch can name an operation that does not exist.
            self.ledger, answers = posted(self.ledger, rows_of([asked]))
            answer = Refusal(answers[0])
        self.waiting.append(asked)
        self.answered.append(answer)
        ANSWERS[answer] += 1
        ANSWERS[asked.operation, answer == Refusal.NONE] += 1
        # Where several reasons stand against it, any of them is an honest answer.
        assert answer in (faults or {Refusal.NONE}), (asked, answer, faults)
        assert reason in (None, answer), (asked, answer, reason)
        if answer == Refusal.NONE:
            self.plain.do(asked)
            self.month = asked.month
            assert (self.ledger.counters[REFUSED:] == refused).all()
            self.has_grown(asked, before)
        else:
            assert contents(self.ledger) == before
            refused[answer] += 1
            assert (self.ledger.counters[REFUSED:] == refused).all()
        self.is_right()

    def has_grown(self, asked, before):
        """What was written stays; the new lines add up to what was asked."""
        written = before[-1]
        journal = self.ledger.journal[: self.ledger.counters[JOURNAL]].tolist()
        assert journal[: len(written)] == written
        new = journal[len(written) :]
        assert new
        assert sum(line[5] for line in new) == asked.amount
        assert {line[0] for line in new} == {asked.month}
        if asked.operation != Operation.ISSUE:
            assert {(line[1], line[3]) for line in new} == {(asked.entry, asked.debit)}

    def is_right(self):
        """Sums, serial numbers, queues, counters, journal: against the plain one and by itself."""
        ledger, plain = self.ledger, self.plain
        assert balanced(ledger) == 0
        assert audit(ledger) == []
        places, births = credits_of(ledger)
        assert places == plain.places()
        assert births == plain.credits
        assert len(places) == ledger.counters[ISSUED] == ledger.counters[NEXT_SERIAL] - 1
        assert sorted(places) == list(range(1, len(places) + 1))
        assert queues_of(ledger) == {place: list(queue) for place, queue in plain.queues.items()}
        used = ledger.blocks[: ledger.counters[BLOCKS]]
        assert ledger.counters[LIVE] == (used.state < len(LIVE_STATES)).sum()
        assert ledger.fen.tolist() == plain.fen
        assert (ledger.tonnes == plain.tonnes()).all()
        # No credit leaves a final state, nor is it put to another use.
        assert self.final.items() <= places.items()
        self.final = {serial: fate for serial, fate in places.items() if fate[1] >= RETIRED}
        self.replay.read(ledger)
        assert self.replay.fen == ledger.fen.tolist()
        assert self.replay.places == {serial: fate[:3] for serial, fate in places.items()}

    def teardown(self):
        """The same operations as one batch, with no room prepared, leave the same ledger."""
        self.post_what_waits()

    @rule()
    def post_what_waits(self):
        """Batches end anywhere."""
        self.batched, answers = posted(self.batched, rows_of(self.waiting))
        assert answers.tolist() == self.answered
        assert contents(self.batched) == contents(self.ledger)
        assert (self.batched.counters == self.ledger.counters).all()
        self.waiting, self.answered = [], []

    @rule()
    def a_month_passes(self):
        """Nothing may be dated back from now on."""
        self.month += 1

    # -- what is legal, as far as there is enough

    def some(self, account, state, part, province=None, least=0, most=2, project=None):
        """An eighth or more of what is there; all of it is the last of them."""
        queue = self.plain.queues[account, state]
        if project is not None:
            queue = [n for n in queue if self.plain.credits[n].project_id == project]
        if province is not None:
            queue = [n for n in queue if least <= self.plain.standing(n, province) <= most]
        return max(len(queue) * part // 8, 1)

    def go(self, debit, before, credit, after, part, entry, purpose=0, /, *, way=Operation.MOVE,
           province=0, least=0, most=2, reason=None, **changes):
        """Move a part of what is there; or what else the changes say."""
        chosen = province if way == Operation.MOVE_CHOSEN else None
        project = None
        if way == Operation.MOVE_OF_PROJECT:
            # That of a credit somewhere in the queue, so that others stand before and behind it.
            queue = self.plain.queues[debit, before]
            there = queue[len(queue) * part // 9] if queue else 0
            project = self.plain.credits[there].project_id if queue else PROJECT
        fields = {
            "debit": debit, "state_from": before, "credit": credit, "state_to": after,
            "amount": self.some(debit, before, part, chosen, least, most, project),
            "entry": int(entry), "project_id": project or PROJECT,
            "purpose": int(purpose), "province": province, "least": least, "most": most,
        }
        self.ask(way, reason, **{**fields, **changes})

    @rule(owner=HOLDERS, tonnes=st.integers(1, 9), province=PROVINCES, counts=st.booleans(),
          held_back=st.booleans())
    def issue(self, owner, tonnes, province, counts, held_back):
        self.ask(
            Operation.ISSUE, Refusal.NONE, credit=POOL if held_back else owner, amount=tonnes,
            state_to=BUFFER if held_back else HELD, province=province, counts=counts,
            project_id=PROJECT + owner, vintage_start=self.month - 12, vintage_end=self.month,
            verification=tonnes - 2,
        )

    @rule(account=HOLDERS, fen=st.integers(1, 500), entry=st.sampled_from(["OPENING", "DEPOSIT"]))
    def deposit(self, account, fen, entry):
        self.ask(
            Operation.PAY, Refusal.NONE, debit=OUTSIDE, credit=account, amount=fen,
            entry=int(Entry[entry]),
        )

    @rule(debit=HOLDERS, credit=st.integers(0, ACCOUNTS - 1), part=PARTS)
    def pay(self, debit, credit, part):
        self.ask(
            Operation.PAY, debit=debit, credit=credit, entry=int(Entry.PAYMENT),
            amount=max(self.plain.fen[debit] * part // 8, 1),
        )

    @rule(holder=HOLDERS, part=PARTS, way=WAYS, province=PROVINCES)
    def offer(self, holder, part, way, province):
        self.go(holder, HELD, holder, ESCROW, part, Entry.OFFER, way=way, province=province)

    @rule(holder=HOLDERS, part=PARTS, way=WAYS)
    def withdraw(self, holder, part, way):
        self.go(holder, ESCROW, holder, HELD, part, Entry.WITHDRAW, way=way)

    @rule(seller=HOLDERS, far=OTHERS, part=PARTS, offered=st.booleans(), way=WAYS)
    def deliver(self, seller, far, part, offered, way):
        buyer = SELLER + (seller - SELLER + far) % 3
        self.go(seller, ESCROW if offered else HELD, buyer, HELD, part, Entry.DELIVER, way=way)

    @rule(holder=HOLDERS, part=PARTS, way=WAYS)
    def pledge(self, holder, part, way):
        self.go(holder, HELD, holder, PLEDGED, part, Entry.PLEDGE, way=way)

    @rule(holder=HOLDERS, far=st.integers(0, 2), part=PARTS)
    def release(self, holder, far, part):
        """To who pledged, or to the lender."""
        receiver = SELLER + (holder - SELLER + far) % 3
        self.go(holder, PLEDGED, receiver, HELD, part, Entry.RELEASE)

    @rule(holder=HOLDERS, part=PARTS, use=USES, way=WAYS, province=PROVINCES)
    def retire(self, holder, part, use, way, province):
        self.go(
            holder, HELD, holder, RETIRED, part, Entry.RETIRE, use, way=way, province=province
        )

    @rule(holder=HOLDERS, far=OTHERS, part=PARTS, use=USES, way=WAYS, offered=st.booleans())
    def retire_on_behalf(self, holder, far, part, use, way, offered):
        other = SELLER + (holder - SELLER + far) % 3
        before = ESCROW if offered else HELD
        self.go(holder, before, other, RETIRED, part, Entry.RETIRE, use, way=way)

    @rule(holder=HOLDERS, state=st.sampled_from([HELD, ESCROW, PLEDGED]), part=PARTS,
          use=USES | st.just(0), way=WAYS)
    def cancel(self, holder, state, part, use, way):
        self.go(holder, state, holder, CANCELLED, part, Entry.CANCEL, use, way=way)

    @rule(holder=HOLDERS, part=PARTS)
    def into_the_buffer(self, holder, part):
        self.go(holder, HELD, POOL, BUFFER, part, Entry.REPLENISH)

    @rule(holder=HOLDERS, part=PARTS, lost=st.booleans())
    def out_of_the_buffer(self, holder, part, lost):
        if lost:
            self.go(POOL, BUFFER, POOL, CANCELLED, part, Entry.CANCEL)
        else:
            self.go(POOL, BUFFER, holder, HELD, part, Entry.RELEASE)

    @rule(holder=HOLDERS, far=OTHERS, part=PARTS, province=st.integers(-1, 1), one=STANDINGS,
          other=STANDINGS)
    def deliver_chosen(self, holder, far, part, province, one, other):
        buyer = SELLER + (holder - SELLER + far) % 3
        least, most = sorted((one, other))
        self.go(
            holder, HELD, buyer, HELD, part, Entry.DELIVER, way=Operation.MOVE_CHOSEN,
            province=province, least=least, most=most,
        )

    # -- what is illegal: each a legal request with one thing wrong

    @rule(stranger=STRANGERS, gives=st.booleans(), way=WAYS)
    def unknown_account(self, stranger, gives, way):
        account = {"debit": stranger} if gives else {"credit": stranger}
        unknown = Refusal.UNKNOWN_ACCOUNT
        self.go(SELLER, HELD, BUYER, HELD, 1, Entry.DELIVER, way=way, reason=unknown, **account)
        self.ask(
            Operation.PAY, unknown, **{"debit": OUTSIDE, "credit": BUYER, **account}, amount=1,
            entry=int(Entry.PAYMENT),
        )
        self.ask(
            Operation.ISSUE, unknown, credit=stranger, amount=1, vintage_end=self.month
        )

    @rule(amount=st.sampled_from([0, -1, -LARGEST - 1]), way=WAYS)
    def not_positive(self, amount, way):
        reason = Refusal.NOT_POSITIVE
        self.go(
            SELLER, HELD, BUYER, HELD, 1, Entry.DELIVER, way=way, reason=reason, amount=amount
        )
        self.ask(
            Operation.PAY, reason, debit=OUTSIDE, credit=BUYER, amount=amount,
            entry=int(Entry.PAYMENT),
        )
        self.ask(Operation.ISSUE, reason, credit=SELLER, amount=amount, vintage_end=self.month)

    @precondition(lambda self: self.final)
    @rule(after=st.sampled_from([HELD, ESCROW]), way=WAYS)
    def out_of_a_final_state(self, after, way):
        owner, state, _, _ = next(iter(self.final.values()))
        self.ask(
            way, Refusal.FINAL_STATE, debit=owner, state_from=state, credit=BUYER, state_to=after,
            amount=1, entry=int(Entry.DELIVER), most=2,
        )

    @rule(state=st.sampled_from([RETIRED, CANCELLED, ESCROW, PLEDGED, -1, 6]))
    def issue_in_a_wrong_state(self, state):
        reason = Refusal.FINAL_STATE if state in (RETIRED, CANCELLED) else Refusal.NOT_AT_ISSUE
        if state in (-1, 6):
            reason = Refusal.UNKNOWN_STATE
        self.ask(
            Operation.ISSUE, reason, credit=SELLER, amount=1, state_to=state,
            vintage_end=self.month,
        )

    @rule(holder=HOLDERS, state=st.sampled_from(list(map(int, LIVE_STATES))), way=WAYS)
    def same_place(self, holder, state, way):
        self.go(
            holder, state, holder, state, 1, Entry.DELIVER, way=way, reason=Refusal.SAME_PLACE
        )
        self.ask(
            Operation.PAY, Refusal.SAME_PLACE, debit=OUTSIDE, credit=OUTSIDE, amount=1,
            entry=int(Entry.PAYMENT),
        )

    @rule(way=WAYS, purpose=st.sampled_from([-1, len(Purpose)]), use=USES)
    def wrong_purpose(self, way, purpose, use):
        for after, given, reason in (
            (RETIRED, 0, Refusal.NO_PURPOSE),
            (RETIRED, purpose, Refusal.UNKNOWN_PURPOSE),
            (CANCELLED, purpose, Refusal.UNKNOWN_PURPOSE),
            (ESCROW, use, Refusal.PURPOSE_TOO_EARLY),
        ):
            self.go(
                SELLER, HELD, BUYER, after, 1, Entry.DELIVER, given, way=way, reason=reason
            )

    @rule(way=WAYS, state=st.sampled_from([-2, -1, 6, 7]), gives=st.booleans())
    def unknown_state(self, way, state, gives):
        place = {"state_from": state} if gives else {"state_to": state}
        self.go(
            SELLER, HELD, BUYER, HELD, 1, Entry.DELIVER, way=way, reason=Refusal.UNKNOWN_STATE,
            **place,
        )

    @rule(holder=HOLDERS, way=WAYS, road=st.sampled_from([
        (PLEDGED, ESCROW), (PLEDGED, BUFFER), (PLEDGED, RETIRED), (BUFFER, ESCROW),
        (BUFFER, PLEDGED), (BUFFER, RETIRED), (ESCROW, PLEDGED), (ESCROW, BUFFER),
    ]))
    def not_free(self, holder, way, road):
        before, after = road
        debit = POOL if before == BUFFER else holder
        use = Purpose.OWN_EMISSIONS if after == RETIRED else Purpose.NONE
        self.go(
            debit, before, holder, after, 1, Entry.DELIVER, use, way=way, reason=Refusal.NOT_FREE
        )

    @rule(holder=HOLDERS, way=WAYS, more=st.sampled_from([1, 2, 2**40, LARGEST - 2**20]))
    def too_much(self, holder, way, more):
        there = len(self.plain.queues[holder, HELD])
        self.go(
            holder, HELD, holder, ESCROW, 1, Entry.OFFER, way=way, amount=there + more,
            reason=Refusal.NOT_ENOUGH_CREDITS,
        )

    @rule(holder=HOLDERS, more=st.sampled_from([1, 2, 2**40]))
    def overdraw(self, holder, more):
        self.ask(
            Operation.PAY, Refusal.NOT_ENOUGH_MONEY, debit=holder, credit=OUTSIDE,
            amount=self.plain.fen[holder] + more, entry=int(Entry.PAYMENT),
        )

    @rule(way=WAYS, entry=st.sampled_from([-1, int(Entry.ISSUE), len(Entry)]))
    def wrong_entry(self, way, entry):
        reason = Refusal.WRONG_ENTRY
        for word in (entry, int(Entry.PAYMENT)):
            self.go(SELLER, HELD, SELLER, ESCROW, 1, word, way=way, reason=reason)
        for word in (entry, int(Entry.DELIVER)):
            self.ask(
                Operation.PAY, reason, debit=OUTSIDE, credit=BUYER, amount=1, entry=word
            )

    @rule(way=WAYS, month=st.sampled_from([-1, 0, MONTH - 1]))
    def dated_back(self, way, month):
        self.ask(
            Operation.PAY, Refusal.WRONG_MONTH, debit=OUTSIDE, credit=BUYER, amount=1,
            entry=int(Entry.PAYMENT), month=month,
        )
        self.go(
            SELLER, HELD, SELLER, ESCROW, 1, Entry.OFFER, way=way, month=month,
            reason=Refusal.WRONG_MONTH,
        )

    @rule(period=st.sampled_from([(0, 1), (1, 1), (-1, -2)]))
    def a_period_that_has_not_ended(self, period):
        first, last = period
        self.ask(
            Operation.ISSUE, Refusal.WRONG_MONTH, credit=SELLER, amount=1,
            vintage_start=self.month + first, vintage_end=self.month + last,
        )

    @rule(over=st.integers(0, 3))
    def too_large(self, over):
        """One more than the numbers hold; the sums of money and credits would turn over."""
        self.ask(
            Operation.ISSUE, Refusal.TOO_LARGE, credit=SELLER, vintage_end=self.month,
            amount=min(LARGEST - len(self.plain.credits) + over, LARGEST),
        )
        self.ask(
            Operation.PAY, Refusal.TOO_LARGE, debit=OUTSIDE, credit=int(Account.TREASURY),
            amount=MOST_OWED + self.plain.fen[OUTSIDE] + 1 + over, entry=int(Entry.PAYMENT),
        )

    @rule(there_and_back=st.booleans())
    def as_much_as_the_numbers_hold(self, there_and_back):
        """The last fen that can be owed is granted, and can be paid back."""
        treasury, market = int(Account.TREASURY), int(Account.ALLOWANCE_MARKET)
        room = MOST_OWED + self.plain.fen[treasury]
        if room > 0:
            self.ask(
                Operation.PAY, Refusal.NONE, debit=treasury, credit=market, amount=room,
                entry=int(Entry.ALLOWANCES),
            )
            if there_and_back:
                self.ask(
                    Operation.PAY, Refusal.NONE, debit=market, credit=treasury, amount=room,
                    entry=int(Entry.ALLOWANCES),
                )

    @rule(kind=st.sampled_from([-1, len(Operation), 2**15 - 1]))
    def unknown_operation(self, kind):
        self.ask(kind, Refusal.UNKNOWN_OPERATION, amount=1)

    @rule(asked=ANYTHING)
    def anything(self, asked):
        fields = asked._asdict()
        if fields["operation"] == Operation.ISSUE and LARGEST > fields["amount"] > 60:
            fields["amount"] = 1
        fields["month"] += self.month - MONTH
        self.ask(fields.pop("operation"), **fields)


def test_no_sequence_of_operations_leads_the_registry_astray():
    """Every operation is granted and refused, and every refusal is heard, thousands of times."""
    ANSWERS.clear()
    run_state_machine_as_test(
        Registry, settings=settings(max_examples=70, stateful_step_count=60)
    )
    asked = sum(count for key, count in ANSWERS.items() if isinstance(key, Refusal))
    assert asked > 4_000
    assert {key for key in ANSWERS if isinstance(key, Refusal)} == set(Refusal)
    for operation in Operation:
        assert ANSWERS[int(operation), True] > 30, operation.name
        assert ANSWERS[int(operation), False] > 30, operation.name
    assert ANSWERS[Refusal.NONE] > asked / 4


def test_the_long_run_does_what_it_says():
    """Its first few hundred operations of two registries; nearly every answer is among them."""
    heard = ran(600, life=400, batch=150)
    assert sum(heard.values()) == 600
    assert heard["NONE"] > 100
    assert sum(count > 0 for count in heard.values()) > 10
