"""From a scenario to the first state of a run."""

from typing import NamedTuple

import numpy as np

from agents.buyers.columns import FIRM_DTYPE
from agents.parameters import record_of
from agents.population import empty
from agents.quantities import FEN_PER_YUAN, to_fen
from agents.registry.columns import DEAL_DTYPE, VERIFICATION_DTYPE
from agents.registry.ledger import new_ledger
from agents.sellers.columns import PROJECT_DTYPE, STAND_DTYPE
from agents.vocabulary import Account, AskStrategy, Kind, Measure
from simulation.draws import SETUP_FIRM, SETUP_PROJECT
from simulation.foresight import foreseen_paths
from simulation.groups import FirmGroup, ProjectGroup, province_of
from simulation.markets.protocol import MATCH_DTYPE, ORDER_DTYPE
from simulation.network import Neighbours, firm_network
from simulation.phases.founding import (
    first_year,
    grow_before,
    lasting_normals,
    lognormal_factors,
    open_accounts,
)
from simulation.phases.growing import growth_tables
from simulation.reference_data import annual_allowance_prices, first_month_of, trade
from simulation.scenario import Scenario
from simulation.sorting import hear_news, sort_credits
from simulation.state import (
    ALLOWANCE_ORDERS_A_FIRM,
    AUTHORITY_ORDERS,
    MONTHLY_DTYPE,
    ORDERS_A_FIRM,
    ORDERS_A_PROJECT,
    PUBLIC_ORDERS,
    Authority,
    Clock,
    Prices,
    Rules,
    RulesAhead,
    State,
)

__all__ = ["People", "build", "people_of", "stable_id"]

ID_OF_KIND = 1_000_000_000
ID_OF_GROUP = 1_000_000
FIRST_ACCOUNT = len(Account)
HA_PER_KM2 = 100.0


class People(NamedTuple):
    """Texts about agents, row by row; no kernel reads them.

    Attributes
    ----------
    projects, project_provinces : tuple of str
    firms, firm_provinces, sectors : tuple of str
    """

    projects: tuple[str, ...]
    project_provinces: tuple[str, ...]
    firms: tuple[str, ...]
    firm_provinces: tuple[str, ...]
    sectors: tuple[str, ...]


def stable_id(kind: Kind, group: int, place: int) -> int:
    """Id that stays the same when agents are added at the end of any group.

    Parameters
    ----------
    kind : Kind
    group : int
        Place of the group in the scenario, from 0.
    place : int
        Place in the group, from 0.

    Returns
    -------
    int
    """
    return int(kind) * ID_OF_KIND + (group + 1) * ID_OF_GROUP + place


def _names(group: ProjectGroup | FirmGroup, fallback: str) -> list[str]:
    base = group.name or fallback
    return [base] if group.count == 1 else [f"{base} {place + 1}" for place in range(group.count)]


def people_of(scenario: Scenario) -> People:
    """Names, provinces and sectors of the agents of a scenario.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    People
    """
    projects, project_provinces, firms, firm_provinces, sectors = [], [], [], [], []
    for row, group in enumerate(scenario.projects):
        real = trade(group.trade) if group.trade else None
        projects += _names(group, real.project if real else f"project group {row + 1}")
        project_provinces += [province_of(group)] * group.count
    for row, group in enumerate(scenario.firms):
        real = trade(group.trade) if group.trade else None
        firms += _names(group, real.buyer if real else f"firm group {row + 1}")
        firm_provinces += [province_of(group)] * group.count
        sectors += [group.sector] * group.count
    taken: dict[str, int] = {}
    return People(
        _told_apart(projects, taken), tuple(project_provinces), _told_apart(firms, taken),
        tuple(firm_provinces), tuple(sectors),
    )


def _told_apart(names: list[str], taken: dict[str, int]) -> tuple[str, ...]:
    # Names stand for accounts in the registry's tables, where two must not be one.
    found = []
    for name in names:
        taken[name] = taken.get(name, 0) + 1
        found.append(name if taken[name] == 1 else f"{name} ({taken[name]})")
    return tuple(found)


def _factors(seed: int, stream: int, ids: np.ndarray, word: int, deviation: float) -> np.ndarray:
    found = np.empty(len(ids))
    lognormal_factors(found, seed, stream, ids, word, deviation)
    return found


def _normals(seed: int, stream: int, ids: np.ndarray, word: int) -> np.ndarray:
    found = np.empty(len(ids))
    lasting_normals(found, seed, stream, ids, word)
    return found


def _ids(kind: Kind, group: int, count: int) -> np.ndarray:
    return stable_id(kind, group, 0) + np.arange(count, dtype=np.int64)


def _province_codes(scenario: Scenario) -> dict[str, int]:
    names = [province_of(group) for group in (*scenario.projects, *scenario.firms)]
    return {name: code for code, name in enumerate(dict.fromkeys(names))}


def _area_and_month(group: ProjectGroup) -> tuple[float, int]:
    # What a group leaves out is taken from the real trade that it names.
    real = trade(group.trade) if group.trade else None
    area = real.watershed_km2 * HA_PER_KM2 if group.area_ha is None else group.area_ha
    treated = first_month_of(real.accrual_start) if group.treated is None else group.treated
    return area, treated


def _projects(scenario: Scenario, seed: int) -> tuple[np.recarray, np.ndarray]:
    """Projects before anything has grown, and the money each of them starts with, fen."""
    rows = empty(PROJECT_DTYPE, sum(group.count for group in scenario.projects))
    cash = np.zeros(len(rows), dtype=np.int64)
    rows.account = FIRST_ACCOUNT + 2 * np.arange(len(rows))
    rows.fund_account = rows.account + 1
    rows.believed_price = scenario.quote.guide_price_yuan_per_t
    rows.sale_chance = scenario.bargaining.first_sale_chance
    rows.kept_up = True
    rows.verification = rows.audited = -1
    codes = _province_codes(scenario)
    # Fields of a plain array are set several times quicker than those of a recarray.
    plain = rows.view(np.ndarray)
    start = 0
    for number, group in enumerate(scenario.projects):
        part = plain[start : start + group.count]
        ids = _ids(Kind.PROJECT, number, group.count)
        part["agent_id"] = ids
        part["cluster"] = ids[0] + np.arange(group.count) // group.cluster_size
        part["site_index"] = _factors(seed, SETUP_PROJECT, ids, 1, group.site_deviation)
        part["joined"] = group.joined
        part["inflation_draw"] = _normals(seed, SETUP_PROJECT, ids, 2)
        part["province"] = codes[province_of(group)]
        strategy = group.strategy or scenario.quote.strategy
        part["strategy"] = AskStrategy[strategy.upper()]
        part["treatable_ha"] = group.treatable_ha
        part["new_measure"] = Measure[group.new_measure.upper()]
        part["period_start"] = _area_and_month(group)[1]
        if group.strategy == "posted":
            real = trade(group.trade)
            part["posted_t"], part["posted_fen"] = real.traded_t, real.price_fen
            part["believed_price"] = real.price_fen / FEN_PER_YUAN
        cash[start : start + group.count] = to_fen(group.cash_yuan)
        start += group.count
    return rows, cash


def _stands(scenario: Scenario, seed: int, projects: np.recarray) -> tuple[np.recarray, int]:
    """Stands at the start, with room for some planting seasons, and how many there are."""
    parts = []
    start = 0
    for number, group in enumerate(scenario.projects):
        median, treated = _area_and_month(group)
        shares = np.array(list(group.shares.model_dump().values()))
        measures = np.flatnonzero(shares > 0.0)
        area = median * _factors(
            seed, SETUP_PROJECT, _ids(Kind.PROJECT, number, group.count), 0, group.area_deviation
        )
        part = empty(STAND_DTYPE, group.count * len(measures)).view(np.ndarray)
        part["project"] = np.repeat(np.arange(start, start + group.count), len(measures))
        part["measure"] = np.tile(measures, group.count)
        part["area_ha"] = np.outer(area, shares[measures]).ravel()
        part["treated_month"] = treated
        parts.append(part)
        start += group.count
    used = sum(len(part) for part in parts)
    stands = empty(STAND_DTYPE, used + 4 * len(projects))
    if parts:
        stands[:used] = np.concatenate(parts)
    return stands, used


def _firms(scenario: Scenario, seed: int, first_account: int) -> np.recarray:
    rows = empty(FIRM_DTYPE, sum(group.count for group in scenario.firms))
    rows.account = first_account + np.arange(len(rows))
    rows.frozen_activity_t = -1.0
    rows.credit_belief = 1.0
    codes = _province_codes(scenario)
    under_quota = scenario.quota.provinces
    plain = rows.view(np.ndarray)
    start = 0
    for number, group in enumerate(scenario.firms):
        part = plain[start : start + group.count]
        start += group.count
        ids = _ids(Kind.FIRM, number, group.count)
        part["agent_id"] = ids
        emissions = _factors(seed, SETUP_FIRM, ids, 0, group.emissions_deviation)
        part["activity_t"] = group.emissions_t_per_year * emissions
        willingness = _factors(seed, SETUP_FIRM, ids, 1, group.willingness_deviation)
        part["willingness"] = group.willingness_yuan_per_t * willingness
        part["growth_per_year"] = group.growth_per_year
        part["covered"] = group.covered
        part["province"] = codes[province_of(group)]
        part["under_quota"] = not under_quota or province_of(group) in under_quota
        part["free_share"] = group.free_share
        part["abatement_slope"] = group.abatement_slope_yuan_per_t
        for place, (cost, share) in enumerate(group.abatement_steps, 1):
            part[f"step_cost_{place}"], part[f"step_share_{place}"] = cost, share
        part["retrofit_share"] = group.retrofit_share
        part["retrofit_cost"] = group.retrofit_cost_yuan_per_t_per_year
        part["retrofit_running_cost"] = group.retrofit_running_cost_yuan_per_t
        part["retrofit_delay"] = group.retrofit_delay_months
        part["retrofit_life"] = group.retrofit_life_months
        part["pace"] = group.pace
        part["occasions_per_year"] = group.occasions_per_year
        part["occasion_median_t"] = group.occasion_median_t
        if group.trade:
            real = trade(group.trade)
            part["planned_month"] = group.planned
            part["planned_t"], part["planned_fen"] = real.traded_t, real.price_fen
    first_year(rows, scenario.voluntary.budget_yuan_per_t)
    return rows


def _network(scenario: Scenario, seed: int) -> Neighbours:
    rules = scenario.network
    count = sum(group.count for group in scenario.firms)
    names = blocks = ()
    if rules.kind == "edge_list":
        names = people_of(scenario).firms
    if rules.kind == "block":
        people = people_of(scenario)
        pairs = zip(people.firm_provinces, people.sectors, strict=True)
        blocks = tuple(f"{province}\0{sector}" for province, sector in pairs)
    return firm_network(rules, count, names, blocks, seed)


def _historical(scenario: Scenario) -> np.ndarray:
    # Before the first year on record its mean holds; after the last year that of the last, or none.
    prices = annual_allowance_prices()
    first, last = min(prices), max(prices)
    years = np.arange(scenario.start, scenario.stop) // 12
    found = np.array([prices[year] for year in np.clip(years, first, last).tolist()])
    if scenario.allowance_price.path == "record_then_reverting":
        found[years > last] = np.nan
    return found


def _measures(scenario: Scenario) -> np.ndarray:
    return np.array([
        list(scenario.growth.measures.of(measure).model_dump().values()) for measure in Measure
    ])


def _ahead(scenario: Scenario) -> RulesAhead:
    return RulesAhead(*(record_of(getattr(scenario, name)) for name in RulesAhead._fields))


def build(scenario: Scenario, seed: int) -> State:
    """First state of a run.

    Parameters
    ----------
    scenario : Scenario
    seed : int
        0 to 2**63 - 1.

    Returns
    -------
    State
    """
    projects, cash = _projects(scenario, seed)
    stands, used = _stands(scenario, seed, projects)
    firms = _firms(scenario, seed, FIRST_ACCOUNT + 2 * len(projects))
    rules = Rules(*(record_of(getattr(scenario, name)) for name in Rules._fields))
    measures = _measures(scenario)
    grow_before(projects, stands, used, scenario.start, rules.growth[0], measures)
    clock = np.zeros(len(Clock), dtype=np.int64)
    clock[Clock.SEED] = seed
    clock[Clock.MONTH] = clock[Clock.FIRST] = scenario.start
    clock[Clock.STANDS] = used
    prices = np.zeros(len(Prices))
    prices[Prices.CREDIT_USE] = prices[Prices.TRUST] = 1.0
    prices[Prices.ALLOWANCE] = scenario.allowance_price.price_yuan_per_t
    orders = ORDERS_A_PROJECT * len(projects) + ORDERS_A_FIRM * len(firms) + PUBLIC_ORDERS
    historical = _historical(scenario)
    for_allowances = 0
    if scenario.allowance_price.path == "endogenous":
        for_allowances = ALLOWANCE_ORDERS_A_FIRM * int(firms.covered.sum()) + AUTHORITY_ORDERS
    ledger = new_ledger(
        FIRST_ACCOUNT + 2 * len(projects) + len(firms),
        # Room for a few thousand deals from the start; memory is touched when it is used.
        blocks=1024 + 8 * orders + min(16 * orders, 20_000),
        entries=8192 + 64 * orders + min(64 * orders, 80_000),
    )
    open_accounts(ledger, projects.account, cash, scenario.start)
    first_treated = int(stands.treated_month[:used].min(initial=scenario.start))
    ages = scenario.stop - first_treated
    plant, soil = np.zeros((len(Measure), ages)), np.zeros((len(Measure), ages))
    growth_tables(plant, soil, measures)
    state = State(
        clock=clock,
        prices=prices,
        rules=rules,
        projects=projects,
        stands=stands,
        firms=firms,
        neighbours=_network(scenario, seed),
        plant_growth=plant,
        soil_growth=soil,
        historical_price=historical,
        foreseen=foreseen_paths(scenario, seed, historical),
        news=_ahead(scenario),
        coming=_ahead(scenario),
        authority=np.zeros(len(Authority), dtype=np.int64),
        ledger=ledger,
        verifications=empty(VERIFICATION_DTYPE, 16 + 8 * len(projects)),
        orders=empty(ORDER_DTYPE, orders),
        matches=empty(MATCH_DTYPE, 2 * orders),
        filled=np.zeros(orders, dtype=np.int64),
        allowance_orders=empty(ORDER_DTYPE, for_allowances),
        allowance_matches=empty(MATCH_DTYPE, 2 * for_allowances),
        allowance_filled=np.zeros(for_allowances, dtype=np.int64),
        deals=empty(DEAL_DTYPE, 256 + 4 * orders + min(16 * orders, 20_000)),
        monthly=empty(MONTHLY_DTYPE, scenario.months),
    )
    sort_credits(state, scenario)
    hear_news(state, scenario, scenario.start)
    return state
