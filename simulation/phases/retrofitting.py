"""Phase ``retrofit``: firms abate by what cannot be undone."""

from agents.buyers.abatement import retrofit_pays, retrofit_value
from agents.buyers.regime import price_of_emitting
from agents.compiled import kernel
from simulation.state import Clock, Prices

__all__ = ["retrofit"]


@kernel
def retrofit(clock, retrofitting, regime, expectation, prices, firms, monthly):
    """What was decided starts to work or wears out; in January firms decide anew.

    Parameters
    ----------
    clock, retrofitting, regime, expectation, prices, firms, monthly : see `State`
    """
    month = clock[Clock.MONTH]
    row = monthly[month - clock[Clock.FIRST]]
    price = price_of_emitting(regime.kind, prices[Prices.CARBON], regime.neutral_share)
    for index in range(len(firms)):
        firm = firms[index]
        if firm.retrofit_share <= 0.0 or not firm.covered:
            continue
        if firm.retrofit_from > 0 and month >= firm.retrofit_from + firm.retrofit_life:
            firm.retrofit_from = 0
            firm.built_share = 0.0
        if month % 12 == 0 and firm.retrofit_from == 0:
            value = retrofit_value(
                price, expectation.price_growth_per_year, expectation.discount_rate_per_year,
                firm.retrofit_running_cost, firm.retrofit_delay, firm.retrofit_life,
            )
            if retrofit_pays(value, firm.retrofit_cost, retrofitting.hurdle):
                firm.retrofit_from = month + firm.retrofit_delay
                firm.abatement_cost += (
                    firm.retrofit_cost * firm.retrofit_share * firm.activity_t
                )
                row.retrofits += 1
        if firm.retrofit_from > 0 and month >= firm.retrofit_from:
            firm.built_share = firm.retrofit_share
