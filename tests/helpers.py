"""What several tests share: a rule called twice, and a world small enough to count by hand."""

import copy

from agents.vocabulary import Mechanism
from simulation.scenario import Scenario
from simulation.world import World

MONTH = 24288  # 2024-01
MECHANISMS = tuple(mechanism.name.lower() for mechanism in Mechanism)


def one_of(names):
    """How an error lists what is allowed."""
    *first, last = (repr(name) for name in names)
    return f"{', '.join(first)} or {last}"


def both(rule, *arguments):
    """Result of a rule, compiled; the uncompiled text must agree to the last bit."""
    compiled = rule(*arguments)
    plain = getattr(rule, "py_func", rule)(*arguments)
    assert compiled == plain, f"{compiled!r} compiled, {plain!r} not"
    return compiled


# One hectare of the measure "terrace" gains 100 t in the long run and half of it in 20 years, all
# of it in the soil, so weather and plant growth play no part. 1,000 ha treated 20 years before
# the start hold 50,000 t on the first day. Nothing is drawn: every deviation is 0.
HALF_LIFE_YEARS = 20
VILLAGE = {
    "name": "village",
    "start": "2024-01",
    "months": 24,
    "growth": {
        "measures": {
            "terrace": {
                "plant_asymptote_t_per_ha": 0.0, "plant_rate_per_year": 0.1, "plant_shape": 1.0,
                "soil_asymptote_t_per_ha": 100.0,
                "soil_rate_per_year": 0.6931471805599453 / HALF_LIFE_YEARS,
            },
        },
    },
    "verification": {"measurement_error": 0.0},
    "emissions": {"shock_deviation": 0.0},
    "voluntary": {
        "willingness_deviation": 0.0, "size_deviation": 0.0, "neutrality_weight": 1.0,
        "footprint_weight": 0.0, "local_weight": 0.0, "collateral_weight": 0.0,
    },
    "network": {"kind": "none"},
    "projects": [{
        "name": "Terraces", "area_ha": 1000.0, "treated": "2004-01",
        "shares": {
            "protection_forest": 0.0, "closure_replanting": 0.0, "low_yield_forest": 0.0,
            "tending": 0.0, "terrace": 1.0, "grass": 0.0, "check_dam": 0.0,
        },
    }],
    "firms": [{
        "name": "Works", "emissions_t_per_year": 1_000_000.0, "occasion_median_t": 10_000.0,
        "willingness_yuan_per_t": 40.0, "occasions_per_year": 0.0,
    }],
}

# 365 occasions a year: a month without one has a probability of exp(-30).
EVERY_MONTH = {"firms.0.occasions_per_year": 365.0}


def village(changes: dict[str, object] | None = None) -> Scenario:
    """One project and one firm; dotted keys change it."""
    table = copy.deepcopy(VILLAGE)
    for key, value in (changes or {}).items():
        *parents, last = key.split(".")
        place = table
        for part in parents:
            place = place[int(part)] if isinstance(place, list) else place.setdefault(part, {})
        place[last] = value
    return Scenario.model_validate(table)


def grown_t(months: int, area_ha: float = 1000.0) -> float:
    """Tonnes in the village's soil when the terraces are so many months older than 20 years."""
    return area_ha * 100.0 * (1.0 - 2.0 ** -(1.0 + months / (12.0 * HALF_LIFE_YEARS)))


def after(world: World, phase: str, month: int) -> World:
    """The same world, once a phase of a month has run."""
    while True:
        now = world.month
        if world.run_phase().name == phase and now == month:
            return world
