"""B15 among the agents: projects of the model burn, and its registry draws on its pool."""

import math

from experiments.claims.b15 import ALONE, HAZARD, TOGETHER
from experiments.claims.claim import Claim, inside, near
from experiments.workers import available_workers, workers
from simulation.scenario import Scenario
from simulation.theory.buffer_ruin import expected_loss_share, ruin_probability
from simulation.world import World

__all__ = ["RUNS", "claims", "lost_shares", "pool_world"]

SOURCE = "exact value by simulation/theory/buffer_ruin.py; the agents' own run"
YEARS = int(ALONE.years)
BUFFERS = (0.01, 0.10, 0.15, 0.20, 0.25, 0.30)
# The share with which every run is made; the others are read from what it lost.
BUFFER = 0.25
RUNS = 2000
TASKS = 50


def pool_world(cluster_size: int, months: int = 12 * YEARS) -> Scenario:
    """A hundred equal projects whose soils were full long ago; nobody buys.

    Parameters
    ----------
    cluster_size : int
        Projects that are lost together; 1 for none.
    months : int

    Returns
    -------
    Scenario
    """
    shares = {
        "protection_forest": 0.0, "closure_replanting": 0.0, "low_yield_forest": 0.0,
        "tending": 0.0, "terrace": 1.0, "grass": 0.0, "check_dam": 0.0,
    }
    return Scenario.model_validate({
        "name": "pool", "start": "2024-01", "months": months,
        # A thousand tonnes a hectare at the start, and nothing grows any more.
        "growth": {"measures": {"terrace": {
            "plant_asymptote_t_per_ha": 0.0, "soil_asymptote_t_per_ha": 1000.0,
            "soil_rate_per_year": 2.0,
        }}},
        "verification": {
            "fixed_cost_yuan": 0.0, "delay_months": 0, "measurement_error": 0.0,
            "conservativeness_deduction": 0.0, "buffer_share": BUFFER,
        },
        "permanence": {
            "hazard_scale": 1.0, "terrace_hazard_per_year": HAZARD,
            "cluster_share": 0.0 if cluster_size == 1 else 1.0,
        },
        "network": {"kind": "none"},
        "projects": [{
            "name": "Project", "count": ALONE.projects, "cluster_size": cluster_size,
            "area_ha": 100.0, "treated": "1964-01", "shares": shares,
        }],
    })


def _lost(scenario: Scenario, first: int) -> list[tuple[float, bool]]:
    """Share of all credits that was lost, and whether the pool was exhausted, run by run."""
    found = []
    for seed in range(first, first + RUNS // TASKS):
        world = World(scenario, seed)
        world.run()
        projects = world.state.projects
        share = int(projects.reversed_t.sum()) / int(projects.issued_t.sum())
        found.append((share, bool(projects.uncovered_t.sum() > 0)))
    return found


def lost_shares(cluster_size: int) -> list[tuple[float, bool]]:
    """Share of credits lost in each of `RUNS` runs, and whether the pool was exhausted."""
    scenario = pool_world(cluster_size)
    tasks = [(scenario, part * (RUNS // TASKS)) for part in range(TASKS)]
    with workers(available_workers()) as spread:
        return [run for part in spread(_lost, tasks, lambda: None) for run in part]


def claims() -> list[Claim]:
    """Ruin within four standard errors of the exact value, alone and in clusters of ten."""
    found = []
    for pool, word in ((ALONE, "alone"), (TOGETHER, "together")):
        runs = lost_shares(pool.cluster_size)
        shares = [share for share, _ in runs]
        exact = expected_loss_share(pool, HAZARD)
        mean = math.fsum(shares) / RUNS
        spread = math.sqrt(math.fsum((share - mean) ** 2 for share in shares) / (RUNS - 1))
        found.append(near(
            f"B15.agents.{word}.loss", f"Share of credits lost in {YEARS} years, agents, {word}",
            SOURCE, exact, mean, 4.0 * spread / math.sqrt(RUNS),
        ))
        for buffer in BUFFERS:
            chance = ruin_probability(pool, HAZARD, buffer)
            # What the pool could not pay is the registry's own word; other shares are reckoned
            # from the same losses.
            ruined = [
                broke if buffer == BUFFER else share > buffer * (1.0 + 1e-12)
                for share, broke in runs
            ]
            error = math.sqrt(chance * (1.0 - chance) / RUNS)
            found.append(near(
                f"B15.agents.{word}.{round(100 * buffer)}",
                f"Chance that a pool of {round(100 * buffer)} % is exhausted, agents, {word}",
                SOURCE, chance, sum(ruined) / RUNS, 4.0 * error,
            ))
        found.append(inside(
            f"B15.agents.{word}.dry", "Runs in which the pool lacked credits but lost no more "
            f"than it held, or the other way round, {word}", "the registry's books", 0, 0,
            sum(broke != (share > BUFFER * (1.0 + 1e-12)) for share, broke in runs),
        ))
    return found
