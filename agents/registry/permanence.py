"""Permanence: how likely stored carbon is lost again, and who makes good for it."""

import math
from typing import Literal

from agents.compiled import rule
from agents.parameters import Parameters, param
from agents.vocabulary import Measure

__all__ = [
    "PermanenceParameters",
    "credits_reversed",
    "hazard_of",
    "is_struck",
    "monthly_chance",
    "strongest_hazard",
]

_FIRE = "0.5 % a year as in benchmark B15; which measure has it is assumption A63"
_WORKS = "assumption A63"
# Codes by name: a rule compares numbers.
_TERRACE, _GRASS, _CHECK_DAM = Measure.TERRACE.value, Measure.GRASS.value, Measure.CHECK_DAM.value
_PROTECTION, _CLOSURE = Measure.PROTECTION_FOREST.value, Measure.CLOSURE_REPLANTING.value
_LOW_YIELD = Measure.LOW_YIELD_FOREST.value


class PermanenceParameters(Parameters):
    """Reversals, upkeep against them, and liability for them."""

    hazard_scale: float = param(
        0.0, unit="1", low=0, high=100, role="uncertainty",
        source="no hazard is on record for these measures, so none is assumed by default; 1 takes "
        "the hazards below",
        label="Scale of the hazards of reversal (0: no reversals)",
        label_zh="逆转风险系数（0为无逆转）",
    )
    protection_forest_hazard_per_year: float = param(
        0.005, unit="1/year", low=0, high=1, role="uncertainty", source=_FIRE,
        label="Hazard of protection forest, kept up", label_zh="防护林年逆转风险（有管护）",
    )
    closure_replanting_hazard_per_year: float = param(
        0.005, unit="1/year", low=0, high=1, role="uncertainty", source=_FIRE,
        label="Hazard of closed and replanted land, kept up",
        label_zh="封禁补植年逆转风险（有管护）",
    )
    low_yield_forest_hazard_per_year: float = param(
        0.005, unit="1/year", low=0, high=1, role="uncertainty", source=_FIRE,
        label="Hazard of improved low-yield forest, kept up",
        label_zh="低效林改造年逆转风险（有管护）",
    )
    tending_hazard_per_year: float = param(
        0.005, unit="1/year", low=0, high=1, role="uncertainty", source=_FIRE,
        label="Hazard of tended forest, kept up", label_zh="抚育林年逆转风险（有管护）",
    )
    terrace_hazard_per_year: float = param(
        0.002, unit="1/year", low=0, high=1, role="uncertainty", source=_WORKS,
        label="Hazard of terraces, kept up", label_zh="梯田年逆转风险（有管护）",
    )
    grass_hazard_per_year: float = param(
        0.01, unit="1/year", low=0, high=1, role="uncertainty", source=_WORKS,
        label="Hazard of grassland, kept up", label_zh="种草年逆转风险（有管护）",
    )
    check_dam_hazard_per_year: float = param(
        0.001, unit="1/year", low=0, high=1, role="uncertainty", source=_WORKS,
        label="Hazard of check dams, kept up", label_zh="淤地坝年逆转风险（有管护）",
    )
    cluster_share: float = param(
        0.5, unit="1", low=0, high=1, role="uncertainty",
        source="benchmark B15 shows both ends; between them is assumption A63",
        label="Share of the hazard that strikes a whole watershed cluster at once",
        label_zh="整个流域群同时受灾的风险比例",
    )
    loss_share: float = param(
        1.0, unit="1", low=0, high=1, role="uncertainty",
        source="full loss as in benchmark B15", label="Share of a stand that a reversal destroys",
        label_zh="逆转造成的损失比例",
    )
    upkeep_yuan_per_ha_per_year: float = param(
        0.0, unit="yuan/ha/year", low=0, high=100_000, role="uncertainty",
        source="assumption A64", label="Cost of upkeep", label_zh="管护成本",
    )
    neglect_factor: float = param(
        3.0, unit="1", low=1, high=100, role="uncertainty", source="assumption A64",
        label="Hazard without upkeep, for each unit with it", label_zh="失管后风险倍数",
    )
    liability: Literal["pool", "seller", "buyer", "none"] = param(
        "pool", unit="name", role="lever",
        source="large registries cancel from a pool (sylvera.com/blog/carbon-credit-buffer-pools)",
        label="Who makes good for a reversal", label_zh="逆转责任承担方",
    )
    replenishment_share: float = param(
        0.0, unit="1", low=0, high=1, role="lever", source="assumption A65",
        label="Share of a project's later credits that repays the pool",
        label_zh="项目后续签发补充缓冲池的比例",
    )


@rule
def hazard_of(permanence, measure):
    """Hazard of a measure that is kept up.

    Parameters
    ----------
    permanence : record of `PermanenceParameters`
    measure : Measure code

    Returns
    -------
    1/year
    """
    if measure == _PROTECTION:
        hazard = permanence.protection_forest_hazard_per_year
    elif measure == _CLOSURE:
        hazard = permanence.closure_replanting_hazard_per_year
    elif measure == _LOW_YIELD:
        hazard = permanence.low_yield_forest_hazard_per_year
    elif measure == _TERRACE:
        hazard = permanence.terrace_hazard_per_year
    elif measure == _GRASS:
        hazard = permanence.grass_hazard_per_year
    elif measure == _CHECK_DAM:
        hazard = permanence.check_dam_hazard_per_year
    else:
        hazard = permanence.tending_hazard_per_year
    return hazard * permanence.hazard_scale


@rule
def strongest_hazard(permanence):
    """Hazard of the measure that is lost most easily, kept up.

    Parameters
    ----------
    permanence : record of `PermanenceParameters`

    Returns
    -------
    1/year
    """
    return permanence.hazard_scale * max(
        permanence.protection_forest_hazard_per_year,
        permanence.closure_replanting_hazard_per_year,
        permanence.low_yield_forest_hazard_per_year,
        permanence.tending_hazard_per_year,
        permanence.terrace_hazard_per_year,
        permanence.grass_hazard_per_year,
        permanence.check_dam_hazard_per_year,
    )


@rule
def monthly_chance(hazard, share):
    """Chance in a month that a part of the hazard strikes.

    Parameters
    ----------
    hazard : 1/year; all of it from 1 on
    share : of the hazard

    Returns
    -------
    0 to 1; over the months of a year, and over parts whose shares add up to 1, nothing strikes
    with the chance 1 - hazard
    """
    return 1.0 - math.pow(1.0 - min(hazard, 1.0), share / 12.0)


@rule
def is_struck(hazard, cluster_share, common, own):
    """Whether a stand is reversed this month.

    Parameters
    ----------
    hazard : 1/year
    cluster_share : of the hazard, common to a watershed cluster
    common, own : draws of the cluster and of the project, 0 to 1

    Returns
    -------
    bool
    """
    return (
        common < monthly_chance(hazard, cluster_share)
        or own < monthly_chance(hazard, 1.0 - cluster_share)
    )


@rule
def credits_reversed(outstanding, lost, stored):
    """Credits whose carbon is gone.

    Parameters
    ----------
    outstanding : t, credits of the project that have not been reversed or found wanting before
    lost, stored : t, carbon lost and stored before the loss

    Returns
    -------
    t, rounded up: a registry does not keep a credit for part of a tonne

    Notes
    -----
    What is lost is taken from credited and not yet credited carbon alike, in proportion:
    assumption A66.
    """
    if stored <= 0.0 or outstanding <= 0:
        return 0
    # A tonne missed by the last bits of a float is none.
    return min(outstanding, math.ceil(outstanding * (lost / stored) * (1.0 - 1e-15)))
