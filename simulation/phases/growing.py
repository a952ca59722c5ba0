"""Phase ``grow``: stands store carbon."""

import numpy as np

from agents.compiled import allocating_kernel, kernel
from agents.sellers.growth import plant_stock, soil_stock, weather_factor
from simulation.draws import WEATHER, normal_quantile, uniform_blocks
from simulation.state import Clock

__all__ = ["grow", "growth_tables"]


@kernel
def growth_tables(plant, soil, measures):
    """Growth of one hectare in each month of its age.

    Parameters
    ----------
    plant, soil : float64 array, shape (measures, months), filled in, t/ha
    measures : float64 array, shape (measures, 5)
        Plant asymptote, rate and shape, soil asymptote and rate.
    """
    for measure in range(len(measures)):
        asymptote, rate, shape = measures[measure, 0], measures[measure, 1], measures[measure, 2]
        soil_asymptote, soil_rate = measures[measure, 3], measures[measure, 4]
        for age in range(plant.shape[1]):
            before, after = age / 12.0, (age + 1) / 12.0
            plant[measure, age] = plant_stock(after, asymptote, rate, shape) - plant_stock(
                before, asymptote, rate, shape
            )
            soil[measure, age] = soil_stock(after, soil_asymptote, soil_rate) - soil_stock(
                before, soil_asymptote, soil_rate
            )


@allocating_kernel
def grow(clock, growth, projects, stands, plant_growth, soil_growth, monthly):
    """Every stand grows a month older.

    Parameters
    ----------
    clock, growth, projects, stands, plant_growth, soil_growth, monthly : see `State`
    """
    month = clock[Clock.MONTH]
    weather = np.empty(len(projects))
    luck = uniform_blocks(clock[Clock.SEED], WEATHER, month, projects.cluster)[0]
    for index in range(len(projects)):
        weather[index] = weather_factor(growth.weather_deviation, normal_quantile(luck[index]))
        projects[index].growth_t_per_year = 0.0
    removed = 0.0
    additional = 0.0
    for index in range(clock[Clock.STANDS]):
        stand = stands[index]
        age = month - stand.treated_month
        if age < 0:
            continue
        project = projects[stand.project]
        scale = stand.area_ha * growth.plant_scale * project.site_index
        plant = scale * plant_growth[stand.measure, age]
        soil = stand.area_ha * soil_growth[stand.measure, age]
        grown = plant * weather[stand.project]
        project.plant_t += grown
        project.soil_t += soil
        project.growth_t_per_year += 12.0 * (plant + soil)
        stand.plant_t += grown
        stand.soil_t += soil
        removed += grown + soil
        # The same land, weather and age in a world without credit revenue.
        plant_without = grown
        soil_without = soil
        if stand.area_without_ha != stand.area_ha:
            scale = stand.area_without_ha * growth.plant_scale * project.site_index
            plant_without = scale * plant_growth[stand.measure, age] * weather[stand.project]
            soil_without = stand.area_without_ha * soil_growth[stand.measure, age]
            additional += grown - plant_without + (soil - soil_without)
        project.plant_without_t += plant_without
        project.soil_without_t += soil_without
        stand.plant_without_t += plant_without
        stand.soil_without_t += soil_without
    row = monthly[month - clock[Clock.FIRST]]
    row.removed_t = removed
    row.additional_t = additional
