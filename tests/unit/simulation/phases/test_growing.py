"""Phase `grow`: stands store carbon month by month."""

import numpy as np
import pytest

from agents.sellers.growth import plant_stock, soil_stock, weather_factor
from simulation.draws import draw, normal_quantile
from simulation.scenario import load
from simulation.world import World
from tests.helpers import MONTH, after, grown_t, village


def test_the_village_holds_fifty_thousand_tonnes_at_the_start():
    """1,000 ha at half of 100 t/ha, grown between treatment and the first month."""
    state = World(village()).state
    assert state.projects.soil_t[0] == pytest.approx(50_000.0, rel=1e-12)
    assert state.projects.plant_t[0] == 0.0
    assert state.monthly.removed_t.sum() == 0.0


def test_months_add_up_to_years():
    """A year later the terraces are 21 years old: 100,000 * (1 - 2^(-21/20)) = 51,703 t."""
    world = World(village())
    world.run(12)
    stored = float(world.state.projects.soil_t[0])
    assert stored == pytest.approx(grown_t(12), rel=1e-12)
    assert stored == pytest.approx(51_703.2, abs=0.1)
    assert world.state.monthly.removed_t[:12].sum() == pytest.approx(stored - 50_000, rel=1e-9)


def test_the_rate_of_growth_is_twelve_months_of_this_one():
    """From which a seller infers its cheapest lot."""
    world = after(World(village()), "grow", MONTH)
    assert world.state.projects.growth_t_per_year[0] == pytest.approx(
        12.0 * (grown_t(1) - 50_000.0), rel=1e-9
    )


def test_land_treated_later_grows_later():
    """Nothing before its month, the first month's growth in it."""
    world = World(village({"projects.0.treated": "2024-06"}))
    world.run(5)
    assert world.state.projects.soil_t[0] == 0.0
    world.run(1)
    first = 1000.0 * 100.0 * (1.0 - 2.0 ** (-1.0 / 240.0))
    assert world.state.projects.soil_t[0] == pytest.approx(first, rel=1e-9)


def test_land_that_is_never_treated_in_time_never_grows():
    """A month of treatment after the end of the run."""
    world = World(village({"projects.0.treated": "2050-01"}))
    world.run()
    assert world.state.monthly.removed_t.sum() == 0.0


def test_plants_grow_with_site_scale_and_weather_and_soil_does_not():
    """One month of ten agents, computed stand by stand from the rules and the addressed draws."""
    world = World(load("tiny", {"growth.plant_scale": 1.3}), seed=4)
    before = world.state.projects.copy()
    world.run_phase()
    growth = world.scenario.growth
    plant, soil = np.zeros(4), np.zeros(4)
    for stand in world.state.stands[: world.state.clock[5]]:
        project = before[stand.project]
        luck = draw(4, "weather", MONTH, int(project.cluster), 0)
        weather = weather_factor(growth.weather_deviation, normal_quantile(luck))
        rules = list(growth.measures.model_dump().values())[stand.measure]
        age = (MONTH - stand.treated_month) / 12.0
        curve = (rules["plant_asymptote_t_per_ha"], rules["plant_rate_per_year"],
                 rules["plant_shape"])
        pool = (rules["soil_asymptote_t_per_ha"], rules["soil_rate_per_year"])
        plant[stand.project] += stand.area_ha * 1.3 * project.site_index * weather * (
            plant_stock(age + 1 / 12, *curve) - plant_stock(age, *curve)
        )
        soil[stand.project] += stand.area_ha * (
            soil_stock(age + 1 / 12, *pool) - soil_stock(age, *pool)
        )
    after_it = world.state.projects
    np.testing.assert_allclose(after_it.plant_t - before.plant_t, plant, rtol=1e-7)
    np.testing.assert_allclose(after_it.soil_t - before.soil_t, soil, rtol=1e-7)


def test_projects_of_a_cluster_share_the_weather():
    """The two of Jiangxi do, those of Shaanxi do not."""
    assert World(load("tiny")).state.projects.cluster.tolist() == [
        1_001_000_000, 1_001_000_000, 1_002_000_000, 1_002_000_001,
    ]


def test_areas_and_sites_are_drawn_around_their_medians():
    """Words 0 and 1 of each project's setup draw; lognormal, so never negative."""
    state = World(load("tiny"), seed=9).state
    for row in range(2):
        who = int(state.projects.agent_id[row])
        size, site = (normal_quantile(draw(9, "setup.project", 0, who, k)) for k in (0, 1))
        area = state.stands.area_ha[state.stands.project == row][:4].sum()
        assert area == pytest.approx(2200.0 * np.exp(0.2 * size), rel=1e-12)
        assert state.projects.site_index[row] == pytest.approx(np.exp(0.1 * site), rel=1e-12)
