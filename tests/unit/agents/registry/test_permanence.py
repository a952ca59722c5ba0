"""Hazards, upkeep and credits reversed: worked examples."""

import math

import pytest

from agents.parameters import record_of
from agents.registry.permanence import (
    PermanenceParameters,
    credits_reversed,
    hazard_of,
    is_struck,
    monthly_chance,
    strongest_hazard,
)
from agents.sellers.upkeep import keeps_up, stake_yuan
from agents.vocabulary import Liability, Measure
from tests.helpers import both


def test_every_measure_has_its_own_hazard():
    """Seven numbers, each found under its own name."""
    names = {measure: f"{measure.name.lower()}_hazard_per_year" for measure in Measure}
    hazards = {name: 0.01 * (place + 1) for place, name in enumerate(names.values())}
    table = PermanenceParameters(hazard_scale=2.0, **hazards)
    record = record_of(table)[0]
    for measure, name in names.items():
        assert both(hazard_of, record, int(measure)) == 2.0 * hazards[name]
    assert both(strongest_hazard, record) == 2.0 * 0.07


def test_codes_of_liability_follow_the_choices():
    """A choice is stored as its place among the choices."""
    for liability in Liability:
        table = PermanenceParameters(liability=liability.name.lower())
        assert record_of(table).liability[0] == liability


def test_twelve_months_and_two_parts_make_a_year():
    """0.5 % a year, a fifth of it common: nothing strikes for a year with the chance 0.995."""
    common, own = (both(monthly_chance, 0.005, share) for share in (0.2, 0.8))
    assert ((1.0 - common) * (1.0 - own)) ** 12 == pytest.approx(0.995, rel=1e-14)
    assert both(monthly_chance, 0.005, 0.0) == 0.0
    assert both(monthly_chance, 3.0, 1.0) == 1.0


@pytest.mark.parametrize(
    ("common", "own", "struck"),
    [(0.0001, 0.9, True), (0.9, 0.0001, True), (0.9, 0.9, False), (0.0003, 0.0003, False)],
)
def test_either_draw_can_strike(common, own, struck):
    """Half of 0.5 % a year is 0.021 % a month."""
    assert math.isclose(monthly_chance(0.005, 0.5), 0.000_208_8, rel_tol=1e-3)
    assert both(is_struck, 0.005, 0.5, common, own) is struck


@pytest.mark.parametrize(
    ("outstanding", "lost", "stored", "tonnes"),
    [
        (1000, 50.0, 200.0, 250),
        (1000, 200.0, 200.0, 1000),
        (1000, 0.1, 200.0, 1),  # half a credit: the whole one goes
        (900, 100.0, 300.0, 300),  # a third misses 300 by its last bits
        (0, 50.0, 200.0, 0),
        (1000, 0.0, 0.0, 0),
        (-5, 50.0, 200.0, 0),
    ],
)
def test_credits_go_with_the_carbon(outstanding, lost, stored, tonnes):
    """In proportion, rounded up."""
    assert both(credits_reversed, outstanding, lost, stored) == tonnes


def test_a_seller_stakes_what_grows_and_what_it_is_liable_for():
    """100 t pending and 50 t/year at 5 %: 1,100 t at 20 yuan; and 300 credits at 25 if liable."""
    assert both(stake_yuan, 100.0, 50.0, 0.05, 20.0, 300, 25.0, False) == 22_000.0
    assert both(stake_yuan, 100.0, 50.0, 0.05, 20.0, 300, 25.0, True) == 29_500.0
    assert both(stake_yuan, 100.0, 50.0, 0.05, -3.0, 300, 25.0, False) == 0.0


@pytest.mark.parametrize(
    ("cost", "cash", "kept"),
    [
        (399.99, 1000.0, True),  # (6 % - 2 %) * 10,000 yuan at stake = 400
        (400.01, 1000.0, False),
        (399.99, 399.0, False),
        (0.0, 0.0, True),
    ],
)
def test_upkeep_must_pay_and_be_paid(cost, cash, kept):
    """Neglect makes 2 % a year of it 6 %."""
    assert both(keeps_up, cost, cash, 0.02, 3.0, 1.0, 10_000.0) is kept


def test_nothing_is_kept_up_against_a_certain_loss():
    """Where it burns anyway, upkeep saves nothing."""
    assert not both(keeps_up, 1.0, 100.0, 1.0, 3.0, 1.0, 10_000.0)
