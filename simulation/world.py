"""The world: a state, its timeline, and the ways to move it forwards and back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from agents.parameters import month_number, month_text, write_record
from agents.population import empty, grown
from agents.registry.audit import Earlier, audit, post_lines
from agents.registry.blocks import LATEST
from agents.registry.columns import JOURNAL_DTYPE
from agents.registry.ledger import BLOCKS, JOURNAL, LIVE
from simulation.building import People, build, people_of
from simulation.errors import InputError, InvariantError, ScenarioError
from simulation.foresight import foreseen_paths
from simulation.journal_parts import JournalParts
from simulation.month import FAULTS, PHASES, Phase, arguments, run_months
from simulation.scenario import LEVERS, Scenario
from simulation.sorting import hear_news, sort_credits
from simulation.state import Authority, Clock, State, copied, without_room
from simulation.timeline import Event

__all__ = ["LARGEST_SEED", "Snapshot", "World"]

LARGEST_SEED = 2**63 - 1
# Where a journal spills, so many lines stay in memory, and those of so many months.
LINES_IN_MEMORY = 100_000
MONTHS_IN_MEMORY = 12


class Snapshot(NamedTuple):
    """Copy of everything that a run needs to go on from a month.

    Attributes
    ----------
    scenario : Scenario
        With the levers moved by hand up to that moment.
    state : State
    phase : int
        Next phase.
    parts : JournalParts or None
        Lines of the journal that are on disk.
    earlier : Earlier or None
        What they add up to.
    """

    scenario: Scenario
    state: State
    phase: int
    parts: JournalParts | None = None
    earlier: Earlier | None = None


class World:
    """One run of a scenario.

    Parameters
    ----------
    scenario : Scenario
    seed : int
        0 to 2**63 - 1.
    journal_folder : Path, optional
        Where lines of the journal go when memory for them is full; without it they all stay in
        memory.

    Raises
    ------
    InputError
        When the seed is out of range.
    """

    def __init__(
        self, scenario: Scenario, seed: int = 1, *, journal_folder: Path | None = None
    ) -> None:
        if not isinstance(seed, int) or isinstance(seed, bool) or not 0 <= seed <= LARGEST_SEED:
            raise InputError(f"seed = {seed!r} is not a whole number from 0 to {LARGEST_SEED}.")
        self.scenario = scenario
        self.seed = seed
        try:
            self.state = build(scenario, seed)
        except OverflowError as error:
            raise InputError(
                f"{scenario.name}: {error}: its numbers are allowed one by one, but their product "
                "is not. Lower emissions, budgets, or the spread between agents."
            ) from None
        self._phase = 0
        self._people: People | None = None
        self.parts = JournalParts(journal_folder) if journal_folder is not None else None
        self._earlier: Earlier | None = None
        if self.parts is not None:
            self._keep_few_lines()

    @property
    def month(self) -> int:
        """Month number of the month that runs next, or is under way."""
        return int(self.state.clock[Clock.MONTH])

    @property
    def finished(self) -> bool:
        """Whether the last month has run."""
        return self.month >= self.scenario.stop

    @property
    def next_phase(self) -> Phase:
        """Phase that runs next."""
        return PHASES[self._phase]

    @property
    def people(self) -> People:
        """Names, provinces and sectors of the agents."""
        if self._people is None:
            self._people = people_of(self.scenario)
        return self._people

    def run(self, months: int | None = None) -> None:
        """Run whole months as one compiled loop; to the end where no number is given.

        Parameters
        ----------
        months : int, optional

        Raises
        ------
        InvariantError
            When the model breaks one of its own laws.
        """
        while self._phase:
            self.run_phase()
        stop = self.scenario.stop
        if months is not None:
            stop = min(stop, self.month + months)
        while self.month < stop:
            self._apply_events()
            later = [
                month for event in self.scenario.events
                for month in (event.announced, event.effective)
            ]
            until = min([stop, *(month for month in later if month > self.month)])
            if self.parts is not None:
                # A year at a time, so that its lines can leave memory.
                until = min(until, self.month + MONTHS_IN_MEMORY)
            try:
                enough = run_months(self.state, until)
            except OverflowError as error:
                raise self._too_large(error) from None
            except (ArithmeticError, MemoryError, IndexError) as error:
                raise self._fault(str(error)) from error
            self._check()
            if not enough:
                self._make_room()
            if self.parts is not None and self._lines_in_memory > LINES_IN_MEMORY:
                self.spill_journal()
        self._check_compliance()

    def run_phase(self) -> Phase:
        """Run the next phase of the month.

        Returns
        -------
        Phase
            The one that ran.

        Raises
        ------
        InvariantError
            When the model breaks one of its own laws.
        InputError
            When the last month has run.
        """
        if self.finished:
            raise InputError(f"the run ended in {month_text(self.month - 1)}. Start a new one.")
        if self._phase == 0:
            self._apply_events()
            self._make_room()
        phase = PHASES[self._phase]
        self.state.clock[Clock.PHASE] = self._phase
        try:
            phase.kernel(*arguments(phase, self.state))
        except OverflowError as error:
            raise self._too_large(error) from None
        except (ArithmeticError, MemoryError, IndexError) as error:
            raise self._fault(str(error)) from error
        self._check()
        self._audit(thorough=False)
        self._phase += 1
        if self._phase == len(PHASES):
            self._phase = 0
            self.state.clock[Clock.MONTH] += 1
        return phase

    def set_lever(self, key: str, value: object, month: int | None = None) -> None:
        """Move a lever by hand: it takes effect at the start of the next month to run.

        The move joins the timeline, so the scenario of the world replays the run exactly.

        Parameters
        ----------
        key : str
            Dotted key, for example ``compliance.offset_limit``.
        value : object
        month : int, optional
            A later month in which it takes effect; nobody hears of it before.

        Raises
        ------
        ScenarioError
            When the key is no lever, the value is not allowed, or the run is over.
        """
        upcoming = self.month + (1 if self._phase else 0)
        when = upcoming if month is None else max(month, upcoming)
        if when >= self.scenario.stop:
            raise ScenarioError(f"{key}: the run is over. Start a new one.")
        try:
            # Beside what the timeline has done by then.
            self.scenario.at(when).with_levers({key: value})
            month_number(when)
        except ValueError as error:
            raise ScenarioError(str(error)) from None
        event = Event(announced=when, effective=when, set={key: value})
        moved = self.scenario.model_copy(update={"events": (*self.scenario.events, event)})
        try:
            moved.at(moved.stop)
        except ValueError as error:
            raise ScenarioError(
                f"{key} = {value!r} does not go with what comes later: {error}."
            ) from None
        self.scenario = moved
        # Whoever knows the future knows this move from now on.
        self.state.foreseen[...] = foreseen_paths(moved, self.seed, self.state.historical_price)

    def snapshot(self) -> Snapshot:
        """Copy of the run as it stands; between months without the room kept for later rows."""
        # Within a month phases count on the room that its start has made.
        state = copied(self.state) if self._phase else without_room(self.state)
        return Snapshot(self.scenario, state, self._phase, self.parts, self._earlier)

    def restore(self, snapshot: Snapshot) -> None:
        """Go back, or forward, to a snapshot.

        Parameters
        ----------
        snapshot : Snapshot
            Stays as it is; it can be restored again.
        """
        self.scenario = snapshot.scenario
        self.state = copied(snapshot.state)
        self.seed = int(self.state.clock[Clock.SEED])
        self._phase = snapshot.phase
        # Parts on disk never change, so what was written after the snapshot is left alone.
        self.parts, self._earlier = snapshot.parts, snapshot.earlier
        self._people = None

    def fork(self) -> "World":
        """A second run that shares the past of this one.

        Returns
        -------
        World
        """
        other = object.__new__(World)
        other.restore(self.snapshot())
        return other

    def check_books(self) -> None:
        """Replay the journal, credit by credit, and compare with balances, blocks and queues.

        Raises
        ------
        InvariantError
            When they disagree, or a firm's compliance does not add up.
        """
        self._audit(thorough=True)

    def _audit(self, *, thorough: bool) -> None:
        if found := audit(self.state.ledger, thorough=thorough, earlier=self._earlier):
            raise self._fault("; ".join(found))
        self._check_compliance()

    def _check_compliance(self) -> None:
        # Fields of a plain array are reached much faster than those of a record array.
        firms = np.asarray(self.state.firms)
        covered = (
            firms["surrendered_allowances_t"] + firms["credited_t"] + firms["rivals_t"]
            + firms["shortfall_t"] + firms["taxed_t"]
        )
        if (covered != firms["settled_emissions_t"]).any():
            raise self._fault(
                "verified emissions differ from allowances + credits + rival credits + shortfall + "
                "taxed tonnes"
            )

        hidden = firms["violation_t"]
        if (hidden > firms["shortfall_t"]).any() or (firms["violation_found_t"] > hidden).any():
            raise self._fault("more is found than hidden, or more hidden than left uncovered")
        given = firms["allocated_t"] + firms["allowances_bought_t"] + firms["borrowed_t"]
        used = (
            firms["surrendered_allowances_t"] + firms["allowances_sold_t"]
            + firms["allowances_lapsed_t"]
        )
        left = firms["allocation_t"] + firms["bank_t"] + firms["traded_t"]
        if (firms["bank_t"] < 0).any() or (firms["allocation_t"] < 0).any() or (left < 0).any():
            raise self._fault("a firm has less than no allowances")
        if (given != used + left).any():
            raise self._fault(
                "a firm's allowances given, bought and borrowed differ from those used and left"
            )
        if self.scenario.allowance_price.path == "endogenous":
            authority = self.state.authority
            bought = int(firms["allowances_bought_t"].sum() - firms["allowances_sold_t"].sum())
            if bought != authority[Authority.SOLD] or (authority < 0).any():
                raise self._fault("allowances that firms bought differ from those sold to them")

    def _apply_events(self) -> None:
        now = [event for event in self.scenario.events if event.effective == self.month]
        if now:
            moved = self.scenario.at(self.month)
            for key in dict.fromkeys(key for event in now for key in event.set):
                section, field = LEVERS[key]
                record = getattr(self.state.rules, section, None)
                # Lists of names stand in no record: they are told to those whom they concern.
                if record is not None and field in record.dtype.names:
                    write_record(record, getattr(moved, section), field)
            sort_credits(self.state, moved)
        hear_news(self.state, self.scenario, self.month)

    def journal_chunks(self) -> Iterator[np.recarray]:
        """Lines of the journal in order: those on disk a part at a time, then those in memory.

        Raises
        ------
        InputError
            When a part on disk is missing or damaged.
        """
        if self.parts is not None:
            yield from self.parts.chunks()
        ledger = self.state.ledger
        yield ledger.journal[: ledger.counters[JOURNAL]]

    def spill_journal(self) -> None:
        """Write the lines in memory to the folder of the journal, and begin anew.

        Raises
        ------
        InputError
            When they cannot be written; then they stay in memory.
        """
        counters = self.state.ledger.counters
        rows = self.state.ledger.journal[: counters[JOURNAL]]
        if self.parts is None or not len(rows):
            return
        parts = self.parts.with_part(rows)
        ledger, before = self.state.ledger, self._earlier
        # New arrays: a snapshot may still look at those of before.
        fen = np.zeros_like(ledger.fen) if before is None else before.fen.copy()
        tonnes = np.zeros_like(ledger.tonnes) if before is None else before.tonnes.copy()
        post_lines(rows, fen, tonnes)
        latest = int(rows.month[-1])
        self.parts, self._earlier = parts, Earlier(fen, tonnes, latest, parts.chunks)
        counters[LATEST] = latest
        counters[JOURNAL] = 0

    @property
    def _lines_in_memory(self) -> int:
        return int(self.state.ledger.counters[JOURNAL])

    def _movements(self) -> int:
        # At least what `run_months` asks for, or the two would wait for each other.
        return 9 * len(self.state.orders) + 8

    def _lines_of_a_month(self) -> int:
        state = self.state
        moved = int(state.ledger.counters[LIVE]) + self._movements()
        return 8 * moved + 15 * len(state.orders) + 12 * len(state.firms) + 1

    def _keep_few_lines(self) -> None:
        """A journal with room for the worst of months and some lines more; the rest is on disk."""
        ledger = self.state.ledger
        used, needed = self._lines_in_memory, self._lines_of_a_month()
        room = len(ledger.journal)
        if used + needed <= room <= 2 * (needed + LINES_IN_MEMORY):
            return
        if used > LINES_IN_MEMORY // 2:
            self.spill_journal()
            used = 0
        # Fresh rows: copying would touch memory that no line has been written to.
        journal = empty(JOURNAL_DTYPE, needed + LINES_IN_MEMORY)
        journal[:used] = ledger.journal[:used]
        self.state = self.state._replace(ledger=ledger._replace(journal=journal))

    def _make_room(self) -> None:
        if self.parts is not None:
            self._keep_few_lines()
        state, ledger = self.state, self.state.ledger
        counters, clock = ledger.counters, state.clock
        orders = len(state.orders)
        blocks = int(counters[BLOCKS]) + self._movements()
        entries = int(counters[JOURNAL]) + self._lines_of_a_month()
        self.state = state._replace(
            stands=_with_room(state.stands, int(clock[Clock.STANDS]) + len(state.projects)),
            verifications=_with_room(
                state.verifications, int(clock[Clock.VERIFICATIONS]) + len(state.projects)
            ),
            deals=_with_room(state.deals, int(clock[Clock.DEALS]) + 2 * orders),
            ledger=ledger._replace(
                blocks=_with_room(ledger.blocks, blocks),
                journal=_with_room(ledger.journal, entries),
            ),
        )

    def _check(self) -> None:
        fault = int(self.state.clock[Clock.FAULT])
        if fault:
            raise self._fault(FAULTS[fault])

    def _too_large(self, error: OverflowError) -> InputError:
        phase = PHASES[int(self.state.clock[Clock.PHASE])].name
        return InputError(
            f"{self.scenario.name}: {error} (phase {phase}, month {month_text(self.month)}, seed "
            f"{self.seed}): its numbers are allowed one by one, but their product is not. Lower "
            "emissions, prices or costs; where they are ordinary, please report this line."
        )

    def _fault(self, what: str) -> InvariantError:
        phase = PHASES[int(self.state.clock[Clock.PHASE])].name
        return InvariantError(what, phase=phase, month=month_text(self.month), seed=self.seed)


def _with_room(rows: Any, needed: int) -> Any:  # noqa: ANN401
    return rows if needed <= len(rows) else grown(rows, max(needed, 2 * len(rows)))
