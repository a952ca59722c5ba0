"""How a treated stand stores carbon: plants by Chapman-Richards, soil by a saturating pool."""

import math

from pydantic import model_validator

from agents.compiled import rule
from agents.parameters import Parameters, param
from agents.vocabulary import Measure

__all__ = [
    "GrowthParameters",
    "MeasureGrowth",
    "MeasureTable",
    "plant_stock",
    "soil_stock",
    "weather_factor",
]


class MeasureGrowth(Parameters):
    """Growth of one measure on a reference site."""

    plant_asymptote_t_per_ha: float = param(
        unit="t/ha", low=0, high=1000, role="uncertainty", source="assumption A3",
        label="Plant carbon of an old stand", label_zh="成熟林植被碳储量",
    )
    plant_rate_per_year: float = param(
        unit="1/year", low=0.001, high=2, role="uncertainty", source="assumption A3",
        label="Plant growth rate", label_zh="植被生长速率",
    )
    plant_shape: float = param(
        unit="1", low=0.5, high=10, role="uncertainty", source="assumption A3",
        label="Plant growth shape", label_zh="植被生长形状参数",
    )
    soil_asymptote_t_per_ha: float = param(
        unit="t/ha", low=0, high=2000, role="uncertainty", source="assumption A3",
        label="Soil carbon gained in the long run", label_zh="土壤长期增碳量",
    )
    soil_rate_per_year: float = param(
        unit="1/year", low=0.001, high=2, role="uncertainty", source="assumption A3",
        label="Soil carbon rate", label_zh="土壤增碳速率",
    )


def _growth(
    plant: tuple[float, float, float], soil: tuple[float, float]
) -> MeasureGrowth:
    return MeasureGrowth(
        plant_asymptote_t_per_ha=plant[0], plant_rate_per_year=plant[1], plant_shape=plant[2],
        soil_asymptote_t_per_ha=soil[0], soil_rate_per_year=soil[1],
    )


class MeasureTable(Parameters):
    """Growth of every measure.

    Notes
    -----
    Assumption A3: no rates were found for single measures. The soil of planted land gains
    48 * (1 - exp(-0.04 * 22)) / 22 = 1.28 t/ha/year over 22 years, inside the 1.2-1.4 reported
    for cropland turned to forest (https://www.nature.com/articles/srep07039); check-dam deposits
    start at 425 * 0.04 = 17 t/ha/year (https://ouci.dntb.gov.ua/en/works/4vr6zQe4). Planted forest
    grows fastest at ln(2.5) / 0.08 = 11 years. Improvement and tending count only what they add.
    """

    protection_forest: MeasureGrowth = _growth((150.0, 0.08, 2.5), (48.0, 0.04))
    closure_replanting: MeasureGrowth = _growth((110.0, 0.07, 2.0), (48.0, 0.04))
    low_yield_forest: MeasureGrowth = _growth((60.0, 0.07, 2.0), (30.0, 0.04))
    tending: MeasureGrowth = _growth((40.0, 0.08, 1.5), (20.0, 0.04))
    terrace: MeasureGrowth = _growth((0.0, 0.1, 1.0), (30.0, 0.04))
    grass: MeasureGrowth = _growth((8.0, 0.5, 1.0), (35.0, 0.05))
    check_dam: MeasureGrowth = _growth((0.0, 0.1, 1.0), (425.0, 0.04))

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, given: object) -> object:
        # A scenario may change one number of a measure and leave its others.
        if not isinstance(given, dict):
            return given
        filled = dict(given)
        for name, field in cls.model_fields.items():
            if isinstance(filled.get(name), dict):
                filled[name] = {**field.default.model_dump(), **filled[name]}
        return filled

    def of(self, measure: Measure) -> MeasureGrowth:
        """Growth of one measure."""
        return getattr(self, measure.name.lower())


class GrowthParameters(Parameters):
    """Growth of all stands."""

    plant_scale: float = param(
        0.9806, unit="1", low=0.01, high=10, role="uncertainty",
        source="fitted to trade JX-2024-01 (193,000 t on 2,243 ha in 22 years) by "
        "`python -m experiments.fit_growth`",
        label="Plant growth of the reference site", label_zh="参考立地植被生长系数",
    )
    weather_deviation: float = param(
        0.25, unit="1", low=0, high=1, role="uncertainty",
        source="assumption A4: 7 % a year where months are independent",
        label="Weather: deviation of a month's growth", label_zh="气象：月生长量偏差",
    )
    measures: MeasureTable = MeasureTable()


@rule
def plant_stock(age, asymptote, rate, shape):
    """Carbon in the plants of one hectare, against no treatment.

    Parameters
    ----------
    age : years since treatment, not negative
    asymptote : t/ha
    rate : 1/year, positive
    shape : positive

    Returns
    -------
    t/ha, from 0 at age 0 to the asymptote

    References
    ----------
    Richards (1959), J. Exp. Botany 10:290: the growth function with lower asymptote 0, in the form
    that forestry knows as Chapman-Richards.
    """
    if age <= 0.0:
        return 0.0
    return asymptote * math.pow(1.0 - math.exp(-rate * age), shape)


@rule
def soil_stock(age, asymptote, rate):
    """Carbon gained by the soil of one hectare, against no treatment.

    Parameters
    ----------
    age : years since treatment, not negative
    asymptote : t/ha
    rate : 1/year, positive

    Returns
    -------
    t/ha, from 0 at age 0 to the asymptote

    Notes
    -----
    A single pool that fills at a rate in proportion to the room left: assumption A3.
    """
    return asymptote * (1.0 - math.exp(-rate * max(age, 0.0)))


@rule
def weather_factor(deviation, normal):
    """Factor on a month's growth of plants, shared by a watershed cluster.

    Parameters
    ----------
    deviation : standard deviation of the logarithm
    normal : standard normal draw

    Returns
    -------
    positive, mean 1
    """
    return math.exp(deviation * normal - 0.5 * deviation * deviation)
