"""From a scenario to the first state of a run."""

import math
from typing import NamedTuple

import numpy as np

from agents.buyers.columns import FIRM_DTYPE
from agents.parameters import record_of
from agents.population import empty
from agents.quantities import to_fen, to_tonnes
from agents.registry.columns import DEAL_DTYPE, VERIFICATION_DTYPE
from agents.registry.ledger import Ledger, new_ledger, pay
from agents.sellers.columns import PROJECT_DTYPE, STAND_DTYPE
from agents.sellers.growth import plant_stock, soil_stock
from agents.vocabulary import Account, AskStrategy, Entry, Kind, Measure
from simulation.draws import SETUP_FIRM, SETUP_PROJECT, draw_block, normal_quantile
from simulation.groups import FirmGroup, ProjectGroup
from simulation.markets.protocol import MATCH_DTYPE, ORDER_DTYPE
from simulation.network import firm_network
from simulation.phases.growing import growth_tables
from simulation.reference_data import annual_allowance_prices, first_month_of, trade
from simulation.scenario import Scenario
from simulation.state import MONTHLY_DTYPE, Clock, Prices, Rules, State

__all__ = ["People", "build", "people_of", "stable_id"]

ID_OF_KIND = 100_000_000
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
        province = group.province or (real.province if real else "")
        project_provinces += [province] * group.count
    for row, group in enumerate(scenario.firms):
        real = trade(group.trade) if group.trade else None
        firms += _names(group, real.buyer if real else f"firm group {row + 1}")
        province = group.province or (real.province if real else "")
        firm_provinces += [province] * group.count
        sectors += [group.sector] * group.count
    return People(
        tuple(projects), tuple(project_provinces), tuple(firms), tuple(firm_provinces),
        tuple(sectors),
    )


def _projects(scenario: Scenario, seed: int) -> tuple[np.recarray, np.recarray, np.ndarray]:
    count = sum(group.count for group in scenario.projects)
    months_left = scenario.months // 12 + 2
    rows = empty(PROJECT_DTYPE, count)
    stands = empty(STAND_DTYPE, count * (len(Measure) + 1) + min(count * months_left, 4096))
    cash = np.zeros(count, dtype=np.int64)
    row = used = 0
    for number, group in enumerate(scenario.projects):
        real = trade(group.trade) if group.trade else None
        treated = group.treated
        area = group.area_ha
        if real is not None:
            if treated is None:
                treated = first_month_of(real.accrual_start)
            if area is None:
                area = real.watershed_km2 * HA_PER_KM2
        shares = list(group.shares.model_dump().values())
        for place in range(group.count):
            project = rows[row]
            project.agent_id = stable_id(Kind.PROJECT, number, place)
            project.account = FIRST_ACCOUNT + 2 * row
            project.fund_account = FIRST_ACCOUNT + 2 * row + 1
            project.cluster = stable_id(Kind.PROJECT, number, place // group.cluster_size)
            size, site, _, _ = draw_block(seed, SETUP_PROJECT, 0, project.agent_id, 0)
            own_area = area * math.exp(group.area_deviation * normal_quantile(size))
            project.site_index = math.exp(group.site_deviation * normal_quantile(site))
            project.strategy = AskStrategy[group.strategy.upper()]
            project.treatable_ha = group.treatable_ha
            project.new_measure = Measure[group.new_measure.upper()]
            project.period_start = treated
            project.believed_price = scenario.quote.guide_price_yuan_per_t
            if real is not None and group.strategy == "posted":
                project.posted_t, project.posted_fen = real.traded_t, real.price_fen
                project.believed_price = real.price_fen / 100.0
            for measure, share in enumerate(shares):
                if share > 0.0:
                    stands[used] = (row, measure, own_area * share, treated)
                    _grown_before(scenario, project, stands[used])
                    used += 1
            cash[row] = to_fen(group.cash_yuan)
            row += 1
    return rows, stands, np.array([used, *cash])


def _grown_before(scenario: Scenario, project: np.record, stand: np.record) -> None:
    """Carbon stored between treatment and the start of the run, in average weather."""
    age = max(scenario.start - int(stand.treated_month), 0) / 12.0
    growth = scenario.growth.measures.of(Measure(int(stand.measure)))
    scale = stand.area_ha * scenario.growth.plant_scale * project.site_index
    project.plant_t += scale * plant_stock(
        age, growth.plant_asymptote_t_per_ha, growth.plant_rate_per_year, growth.plant_shape
    )
    project.soil_t += stand.area_ha * soil_stock(
        age, growth.soil_asymptote_t_per_ha, growth.soil_rate_per_year
    )


def _firms(scenario: Scenario, seed: int, first_account: int) -> np.recarray:
    count = sum(group.count for group in scenario.firms)
    rows = empty(FIRM_DTYPE, count)
    row = 0
    for number, group in enumerate(scenario.firms):
        real = trade(group.trade) if group.trade else None
        for place in range(group.count):
            firm = rows[row]
            firm.agent_id = stable_id(Kind.FIRM, number, place)
            firm.account = first_account + row
            size, worth, _, _ = draw_block(seed, SETUP_FIRM, 0, firm.agent_id, 0)
            firm.activity_t = group.emissions_t_per_year * math.exp(
                group.emissions_deviation * normal_quantile(size)
            )
            firm.willingness = group.willingness_yuan_per_t * math.exp(
                group.willingness_deviation * normal_quantile(worth)
            )
            firm.growth_per_year = group.growth_per_year
            firm.covered = group.covered
            firm.free_share = group.free_share
            firm.abatement_slope = group.abatement_slope_yuan_per_t
            firm.pace = group.pace
            firm.occasions_per_year = group.occasions_per_year
            firm.occasion_median_t = group.occasion_median_t
            firm.budget_fen = to_fen(firm.activity_t * scenario.voluntary.budget_yuan_per_t)
            firm.emissions_t = to_tonnes(firm.activity_t)
            if real is not None:
                firm.planned_month = group.planned
                firm.planned_t, firm.planned_fen = real.traded_t, real.price_fen
            row += 1
    return rows


def _historical(scenario: Scenario) -> np.ndarray:
    # Before the first year on record its mean holds, after the last year that of the last.
    prices = annual_allowance_prices()
    first, last = min(prices), max(prices)
    years = [month // 12 for month in range(scenario.start, scenario.stop)]
    return np.array([prices[min(max(year, first), last)] for year in years])


def _growth_tables(scenario: Scenario, oldest: int) -> tuple[np.ndarray, np.ndarray]:
    measures = np.array([
        list(scenario.growth.measures.of(measure).model_dump().values()) for measure in Measure
    ])
    plant = np.zeros((len(Measure), oldest))
    soil = np.zeros((len(Measure), oldest))
    growth_tables(plant, soil, measures)
    return plant, soil


def _opened(ledger: Ledger, projects: np.recarray, cash: np.ndarray, month: int) -> None:
    for account, fen in zip(projects.account, cash, strict=True):
        if fen > 0:
            pay(ledger, Account.OUTSIDE.value, account, fen, Entry.OPENING.value, month)


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
    projects, stands, used_and_cash = _projects(scenario, seed)
    firms = _firms(scenario, seed, FIRST_ACCOUNT + 2 * len(projects))
    clock = np.zeros(len(Clock), dtype=np.int64)
    clock[Clock.SEED] = seed
    clock[Clock.MONTH] = clock[Clock.FIRST] = scenario.start
    clock[Clock.STANDS] = used_and_cash[0]
    prices = np.zeros(len(Prices))
    prices[Prices.ALLOWANCE] = scenario.allowance_price.price_yuan_per_t
    orders = len(projects) + 2 * len(firms)
    ledger = new_ledger(
        FIRST_ACCOUNT + 2 * len(projects) + len(firms),
        blocks=1024 + 8 * orders, entries=8192 + 64 * orders,
    )
    _opened(ledger, projects, used_and_cash[1:], scenario.start)
    first_treated = int(stands.treated_month[: clock[Clock.STANDS]].min(initial=scenario.start))
    oldest = scenario.stop - min(first_treated, scenario.start)
    plant, soil = _growth_tables(scenario, oldest)
    people = people_of(scenario)
    blocks = tuple(
        f"{province}\0{sector}"
        for province, sector in zip(people.firm_provinces, people.sectors, strict=True)
    )
    names = people.firms if scenario.network.kind == "edge_list" else ()
    return State(
        clock=clock,
        prices=prices,
        rules=Rules(*(record_of(getattr(scenario, name)) for name in Rules._fields)),
        projects=projects,
        stands=stands,
        firms=firms,
        neighbours=firm_network(scenario.network, names, blocks, seed),
        plant_growth=plant,
        soil_growth=soil,
        historical_price=_historical(scenario),
        ledger=ledger,
        verifications=empty(VERIFICATION_DTYPE, 16 + 8 * len(projects)),
        orders=empty(ORDER_DTYPE, orders),
        matches=empty(MATCH_DTYPE, 2 * orders),
        filled=np.zeros(orders, dtype=np.int64),
        deals=empty(DEAL_DTYPE, 256 + 4 * orders),
        monthly=empty(MONTHLY_DTYPE, scenario.months),
    )
