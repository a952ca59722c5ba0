"""Tables and links that the object version reads: growth by age, and who knows whom."""

from types import SimpleNamespace

from agents.vocabulary import Measure
from simulation.groups import FirmGroup, ProjectGroup
from simulation.network import firm_network
from simulation.reference_data import trade
from simulation.scenario import Scenario

__all__ = ["growth_by_age", "links_of_firms", "province_of"]

GrowthByAge = dict[Measure, list[float]]


def growth_by_age(scenario: Scenario, rules: SimpleNamespace) -> tuple[GrowthByAge, GrowthByAge]:
    """Growth of a hectare in each month of its age.

    Parameters
    ----------
    scenario : Scenario
    rules : SimpleNamespace
        See `rules_in`.

    Returns
    -------
    two dicts, of plants and of soil
        Measure to t/ha by age in months.
    """
    treated = [
        project.treated if project.treated is not None
        else trade(project.trade).accrual_start * 12
        for project in scenario.projects
    ]
    months = scenario.stop - min([scenario.start, *treated])
    plant_growth, soil_growth = {}, {}
    for measure in Measure:
        growth = scenario.growth.measures.of(measure)
        plant = [
            rules.plant_stock(
                age / 12.0, growth.plant_asymptote_t_per_ha, growth.plant_rate_per_year,
                growth.plant_shape,
            )
            for age in range(months + 1)
        ]
        soil = [
            rules.soil_stock(age / 12.0, growth.soil_asymptote_t_per_ha, growth.soil_rate_per_year)
            for age in range(months + 1)
        ]
        plant_growth[measure] = [plant[age + 1] - plant[age] for age in range(months)]
        soil_growth[measure] = [soil[age + 1] - soil[age] for age in range(months)]
    return plant_growth, soil_growth


def province_of(group: ProjectGroup | FirmGroup) -> str:
    """Province of a group, or of the trade it replays; agents that name none share it."""
    return group.province or (trade(group.trade).province if group.trade else "")


def links_of_firms(scenario: Scenario, seed: int) -> list[list[int]]:
    """Firms that each firm is linked with.

    Parameters
    ----------
    scenario : Scenario
    seed : int

    Returns
    -------
    list of lists of int
        Places of the others, for each firm in the order of the scenario.
    """
    names, blocks = [], []
    for number, group in enumerate(scenario.firms):
        real = trade(group.trade) if group.trade else None
        base = group.name or (real.buyer if real else f"firm group {number + 1}")
        alone = group.count == 1
        names += [base if alone else f"{base} {place + 1}" for place in range(group.count)]
        blocks += [f"{province_of(group)}\0{group.sector}"] * group.count
    links = firm_network(
        scenario.network, len(names), tuple(names), tuple(blocks), seed
    )
    starts, others = links.starts.tolist(), links.others.tolist()
    return [others[starts[row]:starts[row + 1]] for row in range(len(blocks))]
