"""Before the first month: draws, growth and money with which agents begin."""

import math

from agents.compiled import kernel
from agents.quantities import to_fen, to_tonnes
from agents.registry.ledger import pay
from agents.sellers.growth import plant_stock, soil_stock
from agents.vocabulary import Account, Entry
from simulation.draws import draw_block, normal_quantile

__all__ = ["first_year", "grow_before", "lasting_normals", "lognormal_factors", "open_accounts"]


@kernel
def lognormal_factors(factors, seed, stream, ids, word, deviation):
    """Lognormal factors of median 1, one for each agent, drawn at the address of its id."""
    for place in range(len(ids)):
        words = draw_block(seed, stream, 0, ids[place], 0)
        factors[place] = math.exp(deviation * normal_quantile(words[word]))


@kernel
def lasting_normals(normals, seed, stream, ids, word):
    """Standard normal draws, one for each agent, drawn at the address of its id."""
    for place in range(len(ids)):
        normals[place] = normal_quantile(draw_block(seed, stream, 0, ids[place], 0)[word])


@kernel
def grow_before(projects, stands, used, start, growth, measures):
    """Carbon stored between treatment and the start of the run, in average weather."""
    for index in range(used):
        stand = stands[index]
        project = projects[stand.project]
        age = max(start - stand.treated_month, 0) / 12.0
        shape = measures[stand.measure]
        scale = stand.area_ha * growth.plant_scale * project.site_index
        stand.plant_t = scale * plant_stock(age, shape[0], shape[1], shape[2])
        stand.soil_t = stand.area_ha * soil_stock(age, shape[3], shape[4])
        project.plant_t += stand.plant_t
        project.soil_t += stand.soil_t
        # What was treated before the run would be there without credits: it is sunk.
        stand.area_without_ha = stand.area_ha
        stand.plant_without_t = stand.plant_t
        stand.soil_without_t = stand.soil_t
    for index in range(len(projects)):
        projects[index].plant_without_t = projects[index].plant_t
        projects[index].soil_without_t = projects[index].soil_t


@kernel
def open_accounts(ledger, accounts, fen, month):
    """Money with which agents begin, from the outside world."""
    for place in range(len(accounts)):
        if fen[place] > 0:
            pay(
                ledger, Account.OUTSIDE.value, accounts[place], fen[place], Entry.OPENING.value,
                month,
            )


@kernel
def first_year(firms, budget):
    """Emissions and voluntary budget before the first January of the run."""
    for index in range(len(firms)):
        firm = firms[index]
        firm.emissions_t = to_tonnes(firm.activity_t)
        firm.budget_fen = to_fen(firm.activity_t * budget)
