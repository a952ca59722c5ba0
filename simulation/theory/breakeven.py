"""The credit price at which new treatment pays for itself.

Treatment is paid today, credits come with the growth of decades: the net present value of a hectare
is a straight line in the price, so the price at which it is zero is found exactly. For treatment
that stands already the cost is sunk (assumption A2) and this price says nothing.
"""

import math
from dataclasses import dataclass, fields
from typing import NamedTuple, Self

from agents.sellers.growth import GrowthParameters, plant_stock, soil_stock
from agents.sellers.reinvestment import ReinvestmentParameters
from agents.sellers.verification import VerificationParameters
from agents.vocabulary import Measure
from simulation.errors import InputError
from simulation.groups import MeasureShares
from simulation.scenario import MarketParameters, Scenario

__all__ = [
    "BreakEven",
    "NewTreatment",
    "break_even",
    "net_present_value_yuan_per_ha",
    "stored_t_per_ha",
]

# Each default is the one that the parameter itself declares.
_GROWTH = GrowthParameters()
_MARKET = MarketParameters()
_SHARES = MeasureShares()
_TREATMENT = ReinvestmentParameters()
_VERIFICATION = VerificationParameters()


@dataclass(frozen=True, kw_only=True)
class NewTreatment:
    """A project that treats land today and sells what the land stores from then on.

    Attributes
    ----------
    growth : GrowthParameters
        Of the reference site, without weather: its factor has mean 1.
    shares : MeasureShares
        Measure mix; the default is that of Ziyang.
    treatment_cost_yuan_per_ha : float
        Paid in year 0.
    public_share : float
        Share of the cost of treatment that public money pays, 0 to 1; of no other cost.
    upkeep_yuan_per_ha_per_year : float
        Paid at the end of each year. Assumption: no figure was found, and the model has no upkeep
        (simplification S6), so 0.
    fixed_cost_yuan, cost_yuan_per_t : float
        MRV cost of one verification, and of each tonne that has grown since the last.
    area_ha : float
        ha that share the fixed cost. The default is the area of trade JX-2024-01, 22.43 km2.
    verification_interval_years : int
        One verification every so many years and one at the end. Default: every five years, as
        under the CDM forest rules (http://www.cdmrulebook.org/PageId/234).
    crediting_years : int
        Years that can be credited; 20, or 40 for forests (assumption).
    delay_months : int
        From request to issue, when the credits are sold. The MRV cost is due at the request.
    conservativeness_deduction, buffer_share, baseline_inflation : float
        Measured tonnes are what has grown, inflated; less the deduction; less the buffer share,
        which is never given back (assumption).
    exchange_fee_share : float
        Share of the price that the exchange keeps.
    discount_rate_per_year : float
        Real, above -1.
    """

    growth: GrowthParameters = _GROWTH
    shares: MeasureShares = _SHARES
    treatment_cost_yuan_per_ha: float = _TREATMENT.treatment_cost_yuan_per_ha
    public_share: float = _TREATMENT.public_share
    upkeep_yuan_per_ha_per_year: float = 0.0
    fixed_cost_yuan: float = _VERIFICATION.fixed_cost_yuan
    cost_yuan_per_t: float = _VERIFICATION.cost_yuan_per_t
    area_ha: float = 2243.0
    verification_interval_years: int = 5
    crediting_years: int = 20
    delay_months: int = _VERIFICATION.delay_months
    conservativeness_deduction: float = _VERIFICATION.conservativeness_deduction
    buffer_share: float = _VERIFICATION.buffer_share
    baseline_inflation: float = _VERIFICATION.baseline_inflation
    exchange_fee_share: float = _MARKET.exchange_fee_share
    discount_rate_per_year: float = _VERIFICATION.discount_rate_per_year

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name in ("growth", "shares"):
                continue
            low, high = _BOUNDS.get(field.name, (0.0, math.inf))
            if not (math.isfinite(value) and low <= value <= high):
                raise InputError(
                    f"NewTreatment: {field.name} = {value} is not a number within {low:g} and "
                    f"{high:g}. Give one that is."
                )
            if isinstance(field.default, int) and value != int(value):
                raise InputError(f"NewTreatment: {field.name} = {value} is not a whole number.")

    @classmethod
    def of(cls, scenario: Scenario, **changes: object) -> Self:
        """New treatment under the parameters of a scenario.

        Parameters
        ----------
        scenario : Scenario
        **changes
            Attributes that the scenario does not say, or that shall differ.

        Returns
        -------
        NewTreatment
        """
        tables = (scenario.reinvestment, scenario.verification, scenario.market)
        known = {field.name for field in fields(cls)}
        said = {
            name: value
            for table in tables
            for name, value in table.model_dump().items()
            if name in known
        }
        return cls(**{"growth": scenario.growth, **said, **changes})


_SHARE = (0.0, 1.0)
_BOUNDS = {
    "public_share": _SHARE,
    "conservativeness_deduction": _SHARE,
    "buffer_share": _SHARE,
    "exchange_fee_share": _SHARE,
    "area_ha": (1e-6, 1e9),
    "verification_interval_years": (1, 1000),
    "crediting_years": (1, 1000),
    "baseline_inflation": (-1.0, math.inf),
    "discount_rate_per_year": (-0.99, math.inf),
}


class BreakEven(NamedTuple):
    """Break-even price and what it is made of.

    Attributes
    ----------
    price_yuan_per_t : float
        The sum of the next three; infinite where no tonne can be sold.
    treatment_yuan_per_t, upkeep_yuan_per_t, verification_yuan_per_t : float
        Present value of each cost per `discounted_t_per_ha`.
    discounted_t_per_ha : float
        t/ha, tonnes sold, each discounted from its sale to year 0 and net of the exchange fee.
    sold_t_per_ha : float
        t/ha, tonnes sold, not discounted.
    """

    price_yuan_per_t: float
    treatment_yuan_per_t: float
    upkeep_yuan_per_t: float
    verification_yuan_per_t: float
    discounted_t_per_ha: float
    sold_t_per_ha: float


class _PresentValues(NamedTuple):
    treatment: float
    upkeep: float
    verification: float
    tonnes: float
    sold: float


def stored_t_per_ha(case: NewTreatment, age: float) -> float:
    """Tonnes that one hectare of the mix has stored since treatment.

    Parameters
    ----------
    case : NewTreatment
    age : float
        Years since treatment.

    Returns
    -------
    float
        t/ha, against no treatment.
    """
    total = 0.0
    for measure in Measure:
        share = getattr(case.shares, measure.name.lower())
        rates = case.growth.measures.of(measure)
        plants = plant_stock(
            float(age), rates.plant_asymptote_t_per_ha, rates.plant_rate_per_year,
            rates.plant_shape,
        )
        soil = soil_stock(float(age), rates.soil_asymptote_t_per_ha, rates.soil_rate_per_year)
        total += share * (case.growth.plant_scale * plants + soil)
    return total


def _present_values(case: NewTreatment) -> _PresentValues:
    years = case.crediting_years
    dates = [*range(case.verification_interval_years, years, case.verification_interval_years)]
    dates.append(years)
    factor = 1.0 / (1.0 + case.discount_rate_per_year)
    sellable = (
        (1.0 + case.baseline_inflation)
        * (1.0 - case.conservativeness_deduction)
        * (1.0 - case.buffer_share)
    )
    verification, tonnes, before = [], [], 0.0
    for date in dates:
        stored = stored_t_per_ha(case, date)
        grown, before = stored - before, stored
        fee = case.fixed_cost_yuan / case.area_ha + case.cost_yuan_per_t * grown
        verification.append(fee * factor**date)
        tonnes.append(grown * sellable * factor ** (date + case.delay_months / 12.0))
    return _PresentValues(
        treatment=case.treatment_cost_yuan_per_ha * (1.0 - case.public_share),
        upkeep=case.upkeep_yuan_per_ha_per_year
        * math.fsum(factor**year for year in range(1, years + 1)),
        verification=math.fsum(verification),
        tonnes=math.fsum(tonnes) * (1.0 - case.exchange_fee_share),
        sold=before * sellable,
    )


def net_present_value_yuan_per_ha(case: NewTreatment, price_yuan_per_t: float) -> float:
    """Net present value of treating one hectare today, at a constant credit price.

    Parameters
    ----------
    case : NewTreatment
    price_yuan_per_t : float
        Real and constant over the crediting period (assumption).

    Returns
    -------
    float
        yuan/ha.
    """
    values = _present_values(case)
    costs = values.treatment + values.upkeep + values.verification
    return price_yuan_per_t * values.tonnes - costs


def break_even(case: NewTreatment) -> BreakEven:
    """Constant credit price at which the net present value of new treatment is zero.

    Parameters
    ----------
    case : NewTreatment

    Returns
    -------
    BreakEven

    Notes
    -----
    What the defaults give, and what moves it, in yuan/t at 3 %, 5 % and 8 % a year:

    ======================================  =============  ============
    case                                    no public       80 % public
    ======================================  =============  ============
    20 years                                197, 246, 335  46, 56, 74
    40 years                                154, 204, 298  39, 49, 67
    20 years, no deduction and no buffer    168, 210, 287  40, 48, 63
    20 years, verified every year           218, 257, 323  76, 84, 98
    ======================================  =============  ============

    The 170-300 (no public money) and 50-80 (80 %) at 3-8 % by which the model is judged are met in
    part. 170 is 3 % and 300 is 8.5 % over 20 years *if every tonne that grows is sold*; deduction
    and buffer keep 14.5 % of the tonnes from sale and raise the price by a sixth, so that under the
    defaults 300 is reached at 6.9 % and 170 only below 2 %. With 80 % public money, 50 is 3.8 % and
    80 is 8.9 %. Treatment costs 8,800 yuan/ha throughout, and the price is in proportion to it, but
    for 9 yuan/t of MRV (41 where every year is verified), which public money does not pay.
    """
    values = _present_values(case)
    if values.tonnes <= 0.0:
        return BreakEven(math.inf, math.inf, math.inf, math.inf, 0.0, values.sold)
    parts = [
        cost / values.tonnes for cost in (values.treatment, values.upkeep, values.verification)
    ]
    return BreakEven(math.fsum(parts), *parts, values.tonnes, values.sold)
