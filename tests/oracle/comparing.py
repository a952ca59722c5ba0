"""Where a run of the engine and one of the object version first differ.

Everything is compared exactly. The exceptions are ``removed_t``, ``additional_t`` and ``lost_t`` of
a month, sums over stands that the two add up in different orders.
"""

import math
from collections.abc import Iterable, Iterator
from typing import Any

from agents.parameters import month_text
from agents.registry.ledger import BLOCKS, JOURNAL, REFUSED
from agents.vocabulary import Account as FixedAccount
from agents.vocabulary import CreditState, Entry
from benchmarks.object_model import ObjectMarketModel
from simulation.state import MONTHLY_COLUMNS, Clock
from simulation.world import World

__all__ = ["differences", "entries_of"]

DEAL_FIELDS = (
    "month", "seller_id", "buyer_id", "motive", "occasion", "eligibility", "tonnes", "price_fen",
    "seller_price_fen", "tax_fen", "ask_fen", "bid_fen",
)
PROJECT_FIELDS = (
    "joined", "cluster", "site_index", "treatable_ha", "plant_t", "soil_t", "growth_t_per_year",
    "plant_without_t", "soil_without_t", "measured_without_t", "inflation_draw", "kept_up",
    "audit_month", "reversed_t", "found_t", "uncovered_t", "owed_t", "owed_to_pool_t",
    "measured_t", "measured_soil_t", "due_month", "period_start", "verified_t", "issued_t",
    "believed_price", "markup", "sale_chance", "offered_t", "offered_counting_t", "ask_fen",
    "sold_t", "sold_this_month_t", "proceeds_fen", "earmarked_fen", "treatment_fen", "posted_t",
    "posted_fen",
)
FIRM_FIELDS = (
    "covered", "activity_t", "willingness", "budget_fen", "occasion", "occasion_t",
    "occasion_willingness", "occasion_ends", "last_voluntary_month", "to_retire_t", "reserve_t",
    "reserve_until", "pledged_until", "emissions_t", "abated_t", "abatement_cost", "allocation_t",
    "obligation_t", "for_compliance_t", "surrendered_credits_t", "surrendered_allowances_t",
    "credited_t", "shortfall_t", "settled_emissions_t", "licensed_t", "taxed_t", "owed_again_t",
    "owed_anew_t", "frozen_activity_t", "allocated_t", "allowances_bought_t", "allowances_sold_t",
    "bank_t", "borrowed_t", "traded_t", "emitted_t", "past_years_t", "credit_belief",
    "allowances_lapsed_t", "rivals_t", "retrofit_from", "built_share", "violation_t",
    "violation_found_t", "voluntary_t", "compliance_t", "spent_fen", "under_quota", "quota_owed_t",
    "for_quota_t", "quota_t", "quota_met_t", "quota_lacking_t", "planned_month", "planned_t",
    "planned_fen",
)
FIXED = {
    FixedAccount.OUTSIDE: "outside",
    FixedAccount.TREASURY: "treasury",
    FixedAccount.EXCHANGE: "exchange",
    FixedAccount.VERIFIER: "verifier",
    FixedAccount.CONTRACTORS: "contractors",
    FixedAccount.ALLOWANCE_MARKET: "allowance_market",
    FixedAccount.BUFFER_POOL: "buffer_pool",
    FixedAccount.RESERVE: "reserve",
}
# Theory stands beside a run; the object version has none, and tests compare it with the exact one.
BESIDE = {
    "theory_price_low_fen", "theory_price_high_fen", "theory_volume_t", "theory_surplus_fen",
    "surplus_fen", "transaction_cost_fen", "lost_policy_fen", "lost_not_made_fen",
    "lost_wrong_people_fen",
}
Row = tuple[Any, ...]


def _rows(table: Any, *columns: str) -> Iterator[Row]:
    """Some columns of a table as rows of plain numbers."""
    return zip(*(table[column].tolist() for column in columns), strict=True)


def _number(value: Any) -> Any:
    # The object version says None where a column says 0, and names where it says codes.
    if value is None:
        return 0
    return value if isinstance(value, bool | float) else int(value)


def _accounts(world: World, model: ObjectMarketModel) -> dict[int, tuple[str, Any]]:
    """Number of an account in the engine to its name and its object."""
    found = {int(code): (name, getattr(model, name)) for code, name in FIXED.items()}
    for row, project in zip(world.state.projects, model.projects, strict=True):
        found[int(row.account)] = (f"project {project.stable_id}", project.account)
        found[int(row.fund_account)] = (f"watershed {project.stable_id}", project.fund)
    for row, firm in zip(world.state.firms, model.firms, strict=True):
        found[int(row.account)] = (f"firm {firm.stable_id}", firm.account)
    return found


def _merged(lots: list[Row]) -> list[Row]:
    """Lots with serial numbers in a row and everything else alike, as one."""
    merged: list[Row] = []
    for serial, tonnes, *rest in sorted(lots):
        if merged:
            first, before, *same = merged[-1]
            if same == rest and first + before == serial:
                merged[-1] = (first, before + tonnes, *rest)
                continue
        merged.append((serial, tonnes, *rest))
    return merged


def _engine_lots(world: World, names: dict[int, str]) -> list[Row]:
    ledger = world.state.ledger
    blocks = _rows(
        ledger.blocks[: ledger.counters[BLOCKS]], "serial", "tonnes", "owner", "state", "purpose",
        "project_id", "vintage_start", "vintage_end", "issued_month", "final_month",
    )
    return _merged([
        (serial, tonnes, names[owner], CreditState(state).name, *rest)
        for serial, tonnes, owner, state, *rest in blocks
    ])


def _object_lots(accounts: dict[int, tuple[str, Any]]) -> list[Row]:
    return _merged([
        (
            lot.serial, lot.tonnes, name, state.name, int(lot.purpose), lot.project_id,
            lot.first_month, lot.last_month, lot.issued_month, lot.final_month,
        )
        for name, account in accounts.values()
        for state, lots in account.lots.items()
        for lot in lots
    ])


def _engine_journal(world: World, names: dict[int, str]) -> list[Row]:
    ledger = world.state.ledger
    lines = _rows(
        ledger.journal[: ledger.counters[JOURNAL]], "month", "entry", "debit", "credit", "amount"
    )
    return [
        (month_text(month), Entry(entry).name, names.get(giver, "nobody"), names[receiver], amount)
        for month, entry, giver, receiver, amount in lines
    ]


def _object_journal(
    model: ObjectMarketModel, accounts: dict[int, tuple[str, Any]]
) -> list[Row]:
    names = {account: name for name, account in accounts.values()}
    return [
        (month_text(month), entry.name, names.get(giver, "nobody"), names[receiver], amount)
        for month, entry, giver, receiver, amount in model.ledger.journal
    ]


def _first(what: str, engine: list[Row], other: list[Row]) -> Iterator[str]:
    """The first place in which two lists differ, with what stands there."""
    if engine == other:
        return
    for place, (left, right) in enumerate(zip(engine, other, strict=False)):
        if left != right:
            yield f"{what} {place}: engine {left}, object version {right}"
            return
    place = min(len(engine), len(other))
    longer, rows = ("engine", engine) if len(engine) > place else ("object version", other)
    yield (
        f"{what}: {len(engine)} in the engine, {len(other)} in the object version; the first that "
        f"only the {longer} has is {rows[place]}"
    )


def _months(world: World, model: ObjectMarketModel) -> Iterator[str]:
    """The first month that differs, and every column that does."""
    for row, other in zip(world.state.monthly, model.monthly, strict=True):
        wrong = []
        for column in MONTHLY_COLUMNS:
            if column.name in BESIDE:
                continue
            left, right = row[column.name].item(), getattr(other, column.name)
            alike = left == right
            if column.name in ("removed_t", "additional_t", "lost_t"):
                alike = math.isclose(left, right, rel_tol=1e-12, abs_tol=1e-6)
            if not alike:
                wrong.append(f"{column.name}: engine {left!r}, object version {right!r}")
        if wrong:
            yield f"month {month_text(row.month)}: " + "; ".join(wrong)
            return


def _agents(what: str, rows: Any, agents: Any, fields: tuple[str, ...]) -> Iterator[str]:
    for (agent_id, *row), agent in zip(_rows(rows, "agent_id", *fields), agents, strict=True):
        if agent_id != agent.stable_id:
            yield f"{what}: engine {agent_id}, object version {agent.stable_id}"
            return
        for field, left in zip(fields, row, strict=True):
            right = _number(getattr(agent, field))
            if "without" in field and math.isclose(left, right, abs_tol=1e-6):
                continue
            if left != right:
                name = f"{what} {agent.stable_id}: {field}"
                yield f"{name}: engine {left!r}, object version {right!r}"
                return


def _stands(world: World, model: ObjectMarketModel) -> Iterator[str]:
    state = world.state
    stands = _rows(
        state.stands[: state.clock[Clock.STANDS]], "project", "measure", "area_ha", "treated_month",
        "area_without_ha", "plant_t", "soil_t", "plant_without_t", "soil_without_t",
    )
    of_project: dict[int, list[Row]] = {}
    for project_row, *stand in stands:
        of_project.setdefault(project_row, []).append((*stand[:4], *_rounded(stand[4:])))
    for row, project in enumerate(model.projects):
        engine = of_project.get(row, [])
        other = [
            (
                int(stand.measure), stand.area_ha, stand.treated_month, stand.area_without_ha,
                *_rounded((
                    stand.plant_t, stand.soil_t, stand.plant_without_t, stand.soil_without_t,
                )),
            )
            for stand in project.stands
        ]
        yield from _first(f"project {project.stable_id}: stand", engine, other)


def _rounded(values: Iterable[Any]) -> Row:
    """Tonnes to a millionth: what is left after losses misses by the order of sums."""
    return tuple(round(each, 6) + 0.0 if isinstance(each, float) else each for each in values)


def _periods(world: World, model: ObjectMarketModel) -> Iterator[str]:
    fields = ("removed_t", "real_t", "without_t", "credited_t", "credited_share",
              "audited_month", "found_t")
    used = world.state.verifications[: world.state.clock[Clock.VERIFICATIONS]]
    of_project: dict[int, list[Row]] = {}
    for project_id, *period in _rows(used, "project_id", *fields):
        of_project.setdefault(project_id, []).append(_rounded(period))
    for project in model.projects:
        other = [
            _rounded(getattr(period, name) for name in fields) for period in project.periods
        ]
        yield from _first(
            f"project {project.stable_id}: period", of_project.get(project.stable_id, []), other
        )


def _balances(world: World, accounts: dict[int, tuple[str, Any]]) -> Iterator[str]:
    ledger = world.state.ledger
    for number, (name, account) in accounts.items():
        if ledger.fen[number].item() != account.fen:
            yield f"{name}: engine {ledger.fen[number]} fen, object version {account.fen} fen"
            return
        for state in CreditState:
            left, right = ledger.tonnes[number, state].item(), account.tonnes[state]
            if left != right:
                yield f"{name}: {state.name}: engine {left} t, object version {right} t"
                return


def differences(world: World, model: ObjectMarketModel) -> list[str]:
    """The first difference of each kind between two finished runs, the most telling first."""
    state = world.state
    accounts = _accounts(world, model)
    names = {number: name for number, (name, _) in accounts.items()}
    engine_deals = list(_rows(state.deals[: state.clock[Clock.DEALS]], *DEAL_FIELDS))
    found = [
        *_months(world, model),
        *_first(f"deal {DEAL_FIELDS}", engine_deals, [tuple(map(int, d)) for d in model.deals]),
        *_first("journal line", _engine_journal(world, names), _object_journal(model, accounts)),
        *_agents("project", state.projects, model.projects, PROJECT_FIELDS),
        *_stands(world, model),
        *_periods(world, model),
        *_agents("firm", state.firms, model.firms, FIRM_FIELDS),
        *_balances(world, accounts),
        *_first("lot", _engine_lots(world, names), _object_lots(accounts)),
    ]
    if refused := int(state.ledger.counters[REFUSED:].sum()):
        found.append(f"the registry of the engine refused {refused} requests, that of the object "
                     "version none")
    return found


def entries_of(model: ObjectMarketModel) -> set[Entry]:
    """Kinds of entries in the journal: what happened at all in a run."""
    return {entry for _, entry, _, _, _ in model.ledger.journal}
