"""The credit price at which new treatment pays for itself."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from agents.parameters import Parameters
from simulation import load
from simulation.errors import InputError
from simulation.groups import MeasureShares
from simulation.theory.breakeven import (
    NewTreatment,
    break_even,
    net_present_value_yuan_per_ha,
    stored_t_per_ha,
)
from simulation.world import World

# Growth rules compile on their first call.
patient = settings(deadline=None)

# Yuan/t at 3 %, 5 % and 8 % a year: the table in the docstring of `break_even`.
PUBLISHED = [
    ({}, (196.7, 245.6, 335.1), (46.2, 56.1, 74.1)),
    ({"crediting_years": 40}, (154.0, 204.4, 297.9), (38.9, 48.7, 67.2)),
    ({"conservativeness_deduction": 0.0, "buffer_share": 0.0},
     (168.2, 210.0, 286.5), (39.5, 48.0, 63.4)),
    ({"verification_interval_years": 1}, (218.2, 256.6, 322.6), (76.2, 84.4, 98.4)),
]

cases = st.builds(
    NewTreatment,
    treatment_cost_yuan_per_ha=st.floats(100, 50_000),
    public_share=st.floats(0, 0.99),
    upkeep_yuan_per_ha_per_year=st.floats(0, 1000),
    fixed_cost_yuan=st.floats(0, 1e6),
    cost_yuan_per_t=st.floats(0, 20),
    area_ha=st.floats(10, 1e5),
    verification_interval_years=st.integers(1, 12),
    crediting_years=st.integers(1, 60),
    delay_months=st.integers(0, 24),
    conservativeness_deduction=st.floats(0, 0.5),
    buffer_share=st.floats(0, 0.5),
    exchange_fee_share=st.floats(0, 0.2),
    discount_rate_per_year=st.floats(0, 0.2),
)


def price_of(**changes):
    return break_even(NewTreatment(**changes)).price_yuan_per_t


def only(measure):
    return MeasureShares(**{name: float(name == measure) for name in MeasureShares.model_fields})


def test_a_hand_made_case():
    """Check dams, two verifications, every number worked out by hand.

    425 t/ha in the long run at 4 % a year: 77.0 t after 5 years, 140.1 after 10. Half of the 20,000
    yuan/ha is public. Each verification costs 100 yuan/ha and 2 yuan/t, and measures a fifth too
    much. Nine tenths of 95 % are sold a year later, of which the seller gets 98 %.
    """
    case = NewTreatment(
        shares=only("check_dam"), treatment_cost_yuan_per_ha=20_000.0, public_share=0.5,
        upkeep_yuan_per_ha_per_year=10.0, fixed_cost_yuan=100_000.0, cost_yuan_per_t=2.0,
        area_ha=1000.0, crediting_years=10, delay_months=12, conservativeness_deduction=0.05,
        buffer_share=0.1, exchange_fee_share=0.02, discount_rate_per_year=0.06,
        baseline_inflation=0.2,
    )
    first, both = 425 * (1 - math.exp(-0.2)), 425 * (1 - math.exp(-0.4))
    fees = (100 + 2 * first) / 1.06**5 + (100 + 2 * (both - first)) / 1.06**10
    upkeep = 10 * (1 - 1.06**-10) / 0.06
    tonnes = 1.2 * 0.95 * 0.9 * 0.98 * (first / 1.06**6 + (both - first) / 1.06**11)
    found = break_even(case)
    assert found.price_yuan_per_t == pytest.approx((10_000 + upkeep + fees) / tonnes, rel=1e-12)
    assert found.treatment_yuan_per_t == pytest.approx(10_000 / tonnes, rel=1e-12)
    assert found.upkeep_yuan_per_t == pytest.approx(upkeep / tonnes, rel=1e-12)
    assert found.verification_yuan_per_t == pytest.approx(fees / tonnes, rel=1e-12)
    assert found.sold_t_per_ha == pytest.approx(1.2 * 0.95 * 0.9 * both, rel=1e-12)


def test_land_stores_what_the_simulation_stores():
    """A hectare here and the stands of the engine, 22 years after treatment."""
    world = World(load("ziyang"), seed=1)
    world.run(22 * 12)
    tonnes = world.state.monthly.removed_t.sum()
    case = NewTreatment.of(world.scenario)
    assert case.area_ha * stored_t_per_ha(case, 22) == pytest.approx(tonnes, rel=1e-9)
    assert abs(tonnes - 193_000) < 1930


def test_without_interest_or_deductions_it_is_the_full_cost_per_tonne():
    """The reference facts derive about 100 yuan/t for Ziyang at 0.88 million yuan/km2."""
    price = price_of(
        crediting_years=22, discount_rate_per_year=0.0, fixed_cost_yuan=0.0, cost_yuan_per_t=0.0,
        conservativeness_deduction=0.0, buffer_share=0.0,
    )
    assert price == pytest.approx(8800 * 2243 / 193_000, rel=1e-4)
    assert 100 < price < 105


@pytest.mark.parametrize(("changes", "private", "public"), PUBLISHED)
def test_the_published_figures_are_those_of_the_code(changes, private, public):
    for share, figures in ((0.0, private), (0.8, public)):
        for rate, figure in zip((0.03, 0.05, 0.08), figures, strict=True):
            found = price_of(discount_rate_per_year=rate, public_share=share, **changes)
            assert found == pytest.approx(figure, abs=0.051)


def test_where_the_ends_of_the_judged_ranges_lie():
    """170-300 without public money and 50-80 with 80 %: at which discount rates."""
    gross = {"conservativeness_deduction": 0.0, "buffer_share": 0.0}
    for price, rate, changes in (
        (170, 0.031, gross), (300, 0.085, gross), (300, 0.069, {}), (170, 0.017, {}),
        (50, 0.038, {"public_share": 0.8}), (80, 0.089, {"public_share": 0.8}),
    ):
        found = brentq(
            lambda r, price=price, changes=changes:
                price_of(discount_rate_per_year=r, **changes) - price,
            0.001, 0.3,
        )
        assert found == pytest.approx(rate, abs=0.0006)


def test_new_treatment_pays_only_far_above_todays_prices():
    """Real deals are at 18-38 yuan/t: sales repay new treatment only if others pay most of it."""
    assert price_of() > 5 * 38
    assert price_of(public_share=0.8) > 38
    assert price_of(public_share=0.95) < 38


@patient
@given(cases)
def test_at_the_break_even_price_the_present_value_is_zero(case):
    found = break_even(case)
    cost = -net_present_value_yuan_per_ha(case, 0.0)
    assert net_present_value_yuan_per_ha(case, found.price_yuan_per_t) == pytest.approx(
        0.0, abs=1e-9 * cost
    )
    assert net_present_value_yuan_per_ha(case, 1.01 * found.price_yuan_per_t) > 0
    parts = (found.treatment_yuan_per_t, found.upkeep_yuan_per_t, found.verification_yuan_per_t)
    assert found.price_yuan_per_t == pytest.approx(sum(parts), rel=1e-12)


@patient
@given(cases, st.floats(0.001, 1))
def test_what_makes_new_treatment_dearer(case, more):
    """Each cost, each deduction and each month of waiting."""
    price = break_even(case).price_yuan_per_t
    for name, value in (
        ("treatment_cost_yuan_per_ha", case.treatment_cost_yuan_per_ha * (1 + more)),
        ("public_share", case.public_share * (1 - more)),
        ("upkeep_yuan_per_ha_per_year", case.upkeep_yuan_per_ha_per_year + more),
        ("fixed_cost_yuan", case.fixed_cost_yuan + 1000 * more),
        ("cost_yuan_per_t", case.cost_yuan_per_t + more),
        ("area_ha", case.area_ha * (1 - more / 2)),
        ("buffer_share", case.buffer_share + more / 3),
        ("conservativeness_deduction", case.conservativeness_deduction + more / 3),
        ("exchange_fee_share", case.exchange_fee_share + more / 3),
        ("delay_months", case.delay_months + 1),
    ):
        raised = break_even(replace(case, **{name: value})).price_yuan_per_t
        assert raised >= price * (1 - 1e-12), name


@patient
@given(cases, st.floats(0.001, 0.1))
def test_interest_raises_the_price_where_all_costs_come_first(case, more):
    """Costs that come later than the credits would be discounted more than these are."""
    early = {"upkeep_yuan_per_ha_per_year": 0.0, "fixed_cost_yuan": 0.0, "cost_yuan_per_t": 0.0}
    case = replace(case, **early)
    dearer = replace(case, discount_rate_per_year=case.discount_rate_per_year + more)
    assert break_even(dearer).price_yuan_per_t > break_even(case).price_yuan_per_t


def test_a_scenario_lends_its_parameters():
    scenario = load("tiny", {
        "reinvestment.public_share": 0.4, "verification.buffer_share": 0.2,
        "market.exchange_fee_share": 0.01, "growth.plant_scale": 0.5,
    })
    case = NewTreatment.of(scenario, crediting_years=40)
    assert (case.public_share, case.buffer_share, case.exchange_fee_share) == (0.4, 0.2, 0.01)
    assert case.growth == scenario.growth
    assert case.crediting_years == 40
    assert NewTreatment.of(scenario, public_share=0.0).public_share == 0.0


def test_defaults_are_those_the_parameters_declare():
    scenario = load("tiny")
    for table in (scenario.reinvestment, scenario.verification, scenario.market):
        declared: Parameters = type(table)()
        for name in set(vars(NewTreatment())) & set(type(table).model_fields):
            assert getattr(NewTreatment(), name) == getattr(declared, name), name


def test_no_price_pays_where_no_tonne_can_be_sold():
    assert price_of(buffer_share=1.0) == math.inf
    assert price_of(shares=only("terrace"), conservativeness_deduction=1.0) == math.inf


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"public_share": 1.2}, "public_share = 1.2 is not a number within 0 and 1"),
        ({"area_ha": 0.0}, "area_ha = 0.0"),
        ({"crediting_years": 0}, "crediting_years = 0"),
        ({"crediting_years": 2.5}, "not a whole number"),
        ({"fixed_cost_yuan": math.nan}, "fixed_cost_yuan = nan"),
    ],
)
def test_what_is_no_project_is_refused(changes, says):
    with pytest.raises(InputError, match=says):
        NewTreatment(**changes)
