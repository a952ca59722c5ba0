"""Runs and their results: tidy tables, and the one call that makes them."""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from agents.parameters import month_text
from agents.registry.ledger import BLOCKS, JOURNAL
from agents.vocabulary import (
    Account,
    AskStrategy,
    CreditState,
    Eligibility,
    Entry,
    Motive,
    Occasion,
    Purpose,
)
from simulation.outcomes import finished_months, measure
from simulation.phases.public import GOVERNMENT_ID
from simulation.scenario import Scenario, load
from simulation.state import Clock
from simulation.world import World

if TYPE_CHECKING:
    import pandas

__all__ = [
    "MISSING_AT_ZERO", "MISSING_WITHOUT_GAIN", "Run", "fingerprint", "journal_table",
    "shown_name", "simulate",
]


# Monthly prices that do not exist: without an order, and where nothing is to be gained.
MISSING_AT_ZERO = ("best_ask_fen", "best_bid_fen")
MISSING_WITHOUT_GAIN = ("theory_price_low_fen", "theory_price_high_fen")


def fingerprint(world: World) -> str:
    """Hash of every array of a run: equal bytes, equal hash.

    Parameters
    ----------
    world : World

    Returns
    -------
    str
        Sixteen hexadecimal digits.
    """
    digest = hashlib.sha256()
    state = world.state
    ledger = state.ledger
    parts = [
        state.clock, state.prices, state.authority, state.projects, state.firms, state.monthly,
        state.stands[: state.clock[Clock.STANDS]], state.deals[: state.clock[Clock.DEALS]],
        state.verifications[: state.clock[Clock.VERIFICATIONS]],
        ledger.fen, ledger.tonnes, ledger.blocks[: ledger.counters[BLOCKS]],
    ]
    for part in parts:
        digest.update(_bytes(part))
    # The same bytes wherever the lines are, and a column at a time.
    rows = ledger.journal[: ledger.counters[JOURNAL]]
    for name in rows.dtype.names:
        for values in world.parts.column(name) if world.parts is not None else ():
            digest.update(np.ascontiguousarray(values))
        digest.update(np.ascontiguousarray(rows[name]))
    return digest.hexdigest()[:16]


def _bytes(rows: np.ndarray) -> bytes:
    # Field by field: the gaps of an aligned record hold whatever was in memory.
    if rows.dtype.names is None:
        return np.ascontiguousarray(rows).tobytes()
    return b"".join(np.ascontiguousarray(rows[name]).tobytes() for name in rows.dtype.names)


class Run:
    """A run and its results, as far as it has got.

    Parameters
    ----------
    world : World

    Attributes
    ----------
    world : World
    scenario : Scenario
    seed : int
    outcomes : dict
        Name to number; see `simulation.outcomes.OUTCOMES`.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.scenario = world.scenario
        self.seed = world.seed
        self.outcomes = measure(world.state)

    def summary(self) -> dict[str, Any]:
        """What identifies the run, and its outcomes; ready for JSON."""
        return {
            "version": version("swcmarket"),
            "scenario": self.scenario.name,
            "scenario_hash": self.scenario.fingerprint,
            "seed": self.seed,
            "start": month_text(self.scenario.start),
            "months": self.scenario.months,
            "mechanism": self.scenario.market.mechanism,
            "currency": self.scenario.currency,
            "outcomes": self.outcomes,
            "run_hash": fingerprint(self.world),
        }

    def __repr__(self) -> str:
        clock = self.world.state.clock
        return (
            f"<Run of {self.scenario.name}, seed {self.seed}, "
            f"{clock[Clock.MONTH] - clock[Clock.FIRST]} of {self.scenario.months} months>"
        )

    @cached_property
    def monthly(self) -> "pandas.DataFrame":
        """One row a month; prices are missing in months without a deal."""
        table = _table(finished_months(self.world.state))
        volume = table["volume_t"].where(table["volume_t"] > 0)
        voluntary = table["voluntary_t"].where(table["voluntary_t"] > 0)
        table.insert(1, "price_yuan_per_t", table["value_yuan"] / volume)
        table.insert(2, "voluntary_price_yuan_per_t", table["voluntary_value_yuan"] / voluntary)
        for name in map(shown_name, MISSING_AT_ZERO):
            table[name] = table[name].where(table[name] > 0)
        for name in map(shown_name, MISSING_WITHOUT_GAIN):
            table[name] = table[name].where(table["theory_volume_t"] > 0)
        return table

    @cached_property
    def deals(self) -> "pandas.DataFrame":
        """One row a deal, with the names of the parties."""
        state = self.world.state
        table = _table(state.deals[: state.clock[Clock.DEALS]])
        table["seller"] = table["seller_id"].map(self._names("projects"))
        table["buyer"] = table["buyer_id"].map(
            {**self._names("firms"), GOVERNMENT_ID: "government"}
        )
        table["motive"] = _words(table["motive"], Motive)
        table["occasion"] = _words(table["occasion"], Occasion)
        table["eligibility"] = _words(table["eligibility"], Eligibility)
        return table

    @cached_property
    def projects(self) -> "pandas.DataFrame":
        """One row a seller project, at the end of the run."""
        table = _table(self.world.state.projects).drop(columns="province")
        people = self.world.people
        table.insert(0, "name", people.projects)
        table.insert(1, "province", people.project_provinces)
        table["strategy"] = _words(table["strategy"], AskStrategy)
        return table

    @cached_property
    def firms(self) -> "pandas.DataFrame":
        """One row a buyer firm, at the end of the run."""
        table = _table(self.world.state.firms).drop(columns="province")
        people = self.world.people
        for place, name in enumerate(("name", "province", "sector")):
            texts = (people.firms, people.firm_provinces, people.sectors)[place]
            table.insert(place, name, texts)
        table["occasion"] = _words(table["occasion"], Occasion)
        return table

    @cached_property
    def accounts(self) -> "pandas.DataFrame":
        """One row an account: money, and credits by state."""
        import pandas

        ledger = self.world.state.ledger
        table = pandas.DataFrame({"account": self._account_names(), "money_yuan": ledger.fen / 100})
        for state in CreditState:
            table[f"{state.name.lower()}_t"] = ledger.tonnes[:, state]
        return table

    @cached_property
    def verifications(self) -> "pandas.DataFrame":
        """One row a verification: what was removed, measured and credited."""
        state = self.world.state
        table = _table(state.verifications[: state.clock[Clock.VERIFICATIONS]])
        table.insert(0, "project", table["project_id"].map(self._names("projects")))
        return table

    @cached_property
    def blocks(self) -> "pandas.DataFrame":
        """One row a serial-numbered block of credits."""
        ledger = self.world.state.ledger
        table = _table(ledger.blocks[: ledger.counters[BLOCKS]]).drop(columns="next")
        table["project"] = table["project_id"].map(self._names("projects"))
        state, people = self.world.state, self.world.people
        provinces = dict(
            zip(state.projects.province.tolist(), people.project_provinces, strict=True)
        )
        table["province"] = table["province"].map(provinces)
        table["owner"] = table["owner"].map(dict(enumerate(self._account_names())))
        table["state"] = _words(table["state"], CreditState)
        table["purpose"] = _words(table["purpose"], Purpose)
        return table

    @cached_property
    def journal(self) -> "pandas.DataFrame":
        """One row an entry of the registry, in the order they were made."""
        rows = np.concatenate(list(self.world.journal_chunks()))
        return journal_table(rows.view(np.recarray), self._account_names())

    def _names(self, kind: str) -> dict[int, str]:
        ids = getattr(self.world.state, kind).agent_id
        return dict(zip(ids.tolist(), getattr(self.world.people, kind), strict=True))

    def _account_names(self) -> list[str]:
        people = self.world.people
        names = [account.name.lower() for account in Account]
        for project in people.projects:
            names += [project, f"{project}, watershed account"]
        return names + list(people.firms)


_PER_TONNE = {"price_fen", "seller_price_fen", "ask_fen", "bid_fen", "best_ask_fen", "best_bid_fen",
              "lowest_allowed_fen", "highest_allowed_fen", "theory_price_low_fen",
              "theory_price_high_fen",
              "posted_fen", "planned_fen", "compliance_bid_fen"}
_UNNAMED_UNITS = {
    "allowance_price": "allowance_price_yuan_per_t",
    "carbon_price": "carbon_price_yuan_per_t", "believed_price": "believed_price_yuan_per_t",
    "willingness": "willingness_yuan_per_t",
    "occasion_willingness": "occasion_willingness_yuan_per_t",
    "abatement_cost": "abatement_cost_yuan", "abatement_slope": "abatement_slope_yuan_per_t",
    "activity_t": "activity_t_per_year", "frozen_activity_t": "frozen_activity_t_per_year",
    "sold_this_month_t": "sold_last_month_t",
}
_MONTHS = {"month", "asked_month", "due_month", "period_start", "treated_month", "vintage_start",
           "vintage_end", "issued_month", "final_month", "occasion_ends", "last_voluntary_month",
           "pledged_until", "planned_month", "audit_month", "audited_month", "reserve_until"}


def shown_name(name: str) -> str:
    """What a column of a state is called in tables and CSV files: fen become yuan.

    Parameters
    ----------
    name : str

    Returns
    -------
    str
    """
    if name.endswith("_fen"):
        unit = "_yuan_per_t" if name in _PER_TONNE else "_yuan"
        return name.removesuffix("_fen") + unit
    return _UNNAMED_UNITS.get(name, name)


def _table(rows: np.recarray) -> "pandas.DataFrame":
    import pandas

    columns = {}
    for name in rows.dtype.names:
        values = np.ascontiguousarray(rows[name])
        if name in _MONTHS:
            texts = [month_text(month) if month > 0 else None for month in values.tolist()]
            columns[name] = pandas.PeriodIndex(texts, freq="M")
        else:
            columns[shown_name(name)] = values / 100 if name.endswith("_fen") else values
    return pandas.DataFrame(columns)


def journal_table(rows: np.recarray, accounts: Sequence[str]) -> "pandas.DataFrame":
    """Lines of a journal in words.

    Parameters
    ----------
    rows : numpy.recarray
        Of `JOURNAL_COLUMNS`.
    accounts : sequence of str
        Names, by their numbers.

    Returns
    -------
    pandas.DataFrame
    """
    table = _table(rows)
    names = dict(enumerate(accounts))
    table["entry"] = _words(table["entry"], Entry)
    table["debit"] = table["debit"].map(names)
    table["credit"] = table["credit"].map(names)
    for name in ("state_from", "state_to"):
        table[name] = _words(table[name], CreditState)
    table["purpose"] = _words(table["purpose"].where(~table["is_money"]), Purpose)
    return table


def _words(codes: "pandas.Series", names: type) -> "pandas.Series":
    return codes.map({int(code): code.name.lower() for code in names})


def simulate(scenario: Scenario | str, seed: int = 1) -> Run:
    """Run a scenario to its end.

    Parameters
    ----------
    scenario : Scenario or str
        A loaded scenario, or the name or path of one.
    seed : int
        0 to 2**63 - 1; the same seed gives the same bytes.

    Returns
    -------
    Run

    Raises
    ------
    InputError
        When the scenario or the seed cannot be used.
    InvariantError
        When the model breaks one of its own laws.
    """
    world = World(load(scenario) if isinstance(scenario, str) else scenario, seed)
    world.run()
    return Run(world)
