"""Adverse selection: a worked example, counting on a grid, and agents against the solver."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from experiments.claims.e01 import claims
from simulation.errors import InputError
from simulation.participation import Landholders, participants
from simulation.theory.adverse_selection import (
    Sellers,
    detection_needed,
    outlay,
    price_needed,
    selection,
)

WORKED = Sellers(0.3, 0.0, 50.0, 5.0)
shares = st.floats(0.0, 1.0)
# Money in quarters, so that bounds of a cost and what a price leaves can be equal.
money = st.integers(0, 400).map(lambda quarters: quarters / 4)


@st.composite
def populations(draw):
    """Any population; all may have one cost."""
    low = draw(money)
    return Sellers(draw(shares), low, low + draw(money), draw(money))


def test_worked_example():
    """30 % cost nothing, the others 0 to 50, verification 5, price 20."""
    free, screened = selection(WORKED, 20.0), selection(WORKED, 20.0, 0.8)
    assert free.issued == pytest.approx(0.51, abs=1e-12)
    assert free.real == pytest.approx(0.21, abs=1e-12)
    assert free.non_additional_share == pytest.approx(0.588, abs=5e-4)
    assert screened.non_additional_share == pytest.approx(0.222, abs=5e-4)
    assert screened.real == free.real
    assert screened.turned_away == pytest.approx(0.24, abs=1e-12)


@given(populations(), money, shares)
def test_against_counting_on_a_fine_grid(sellers, price, detection):
    """Costs at the middles of 2,000 equal parts: off by one part of them at most."""
    middles = (np.arange(2000) + 0.5) / 2000
    costs = sellers.lowest_cost + (sellers.highest_cost - sellers.lowest_cost) * middles
    # All with one cost that the price just covers: who does not mind sells, the solver splits
    # nobody, and there is nothing to count.
    assume(sellers.highest_cost > sellers.lowest_cost)
    left = price - sellers.verification_cost
    real = (1.0 - sellers.non_additional_share) * (costs <= left).mean()
    anyway = sellers.non_additional_share * (1.0 - detection) * (left >= 0)
    found = selection(sellers, price, detection)
    assert found.real == pytest.approx(real, abs=1 / 2000)
    assert found.non_additional == pytest.approx(anyway, abs=1e-12)
    assert found.issued == found.real + found.non_additional


def test_worked_budget():
    """A real tonne costs 20 x 0.51 / 0.21 without screening, and 20 x 0.27 / 0.21 with it."""
    free = outlay(WORKED, 20.0, value=40.0)
    screened = outlay(WORKED, 20.0, 0.8, value=40.0, screening_cost=2.0)
    assert free.spent == pytest.approx(10.2)
    assert free.spent_per_real_t == pytest.approx(48.571, abs=5e-4)
    assert outlay(WORKED, 20.0, 0.8).spent_per_real_t == pytest.approx(25.714, abs=5e-4)
    # Real sellers cost 7.5 at the mean, and everybody who sells is verified.
    assert free.treatment == pytest.approx(0.21 * 7.5)
    assert free.verification == pytest.approx(0.51 * 5.0)
    assert free.welfare == pytest.approx(0.21 * 40.0 - 4.125)
    # All 51 % who want to sell are screened.
    assert screened.screening == pytest.approx(1.02)
    assert screened.spent_per_real_t == pytest.approx((20 * 0.27 + 1.02) / 0.21)
    assert screened.used_per_real_t == pytest.approx((0.21 * 7.5 + 0.27 * 5.0 + 1.02) / 0.21)
    assert screened.welfare == pytest.approx(0.21 * 40.0 - 0.21 * 7.5 - 0.27 * 5.0 - 1.02)


@given(populations(), money, shares, money, money)
def test_money_spent_is_used_up_or_gained(sellers, price, detection, value, screening):
    """Nobody sells at a loss, and rent is no welfare, only a transfer."""
    found = outlay(sellers, price, detection, value=value, screening_cost=screening)
    used = found.treatment + found.verification + found.screening
    assert found.spent == pytest.approx(used + found.rent, abs=1e-9)
    assert found.rent >= -1e-9
    real = selection(sellers, price, detection).real
    assert found.welfare == pytest.approx(value * real - found.spent + found.rent, abs=1e-9)
    assert math.isnan(found.spent_per_real_t) == (real == 0.0)
    assert math.copysign(1.0, found.treatment) == 1.0


@pytest.mark.parametrize("lowest", [0.0, 10.0])
@pytest.mark.parametrize("price", [4.0, 5.0, 20.0, 55.0, 80.0])
def test_budget_and_welfare_against_landholders_one_by_one(price, lowest):
    """A million drawn in NumPy, within four standard errors of each sum."""
    count, detection, value, screening = 1_000_000, 0.8, 40.0, 2.0
    rng = np.random.default_rng(3)
    additional = rng.random(count) >= 0.3
    cost = np.where(additional, rng.uniform(lowest, 50.0, count), 0.0)
    wants = price - 5.0 >= cost
    sells = wants & (additional | (rng.random(count) >= detection))
    sellers = WORKED._replace(lowest_cost=lowest)
    expected = outlay(sellers, price, detection, value=value, screening_cost=screening)
    drawn = {
        "spent": price * sells + screening * wants, "treatment": cost * sells,
        "verification": 5.0 * sells, "screening": screening * wants,
        "rent": (price - 5.0 - cost) * sells,
        "welfare": (value * additional - cost - 5.0) * sells - screening * wants,
    }
    for name, each in drawn.items():
        error = each.std() / math.sqrt(count)
        assert abs(each.mean() - getattr(expected, name)) <= 4.0 * error + 1e-12


@given(populations(), money, shares, shares)
def test_screening_changes_integrity_and_not_tonnes(sellers, price, one, other):
    """More detection: as many real tonnes, fewer others, nobody lost on the way."""
    less, more = (selection(sellers, price, each) for each in sorted((one, other)))
    assert more.real == less.real
    assert more.non_additional <= less.non_additional
    for found in (less, more):
        offered = found.non_additional + found.turned_away
        assert offered == pytest.approx(sellers.non_additional_share if price
                                        >= sellers.verification_cost else 0.0, abs=1e-12)


@given(populations(), shares, shares)
def test_from_the_price_needed_the_bound_holds_and_below_it_does_not(sellers, bound, detection):
    """The share falls with the price, so one price divides the two."""
    price = price_needed(sellers, bound, detection)
    if price < math.inf:
        # Prices of a thousand have their last digit at 1e-13, and rounding may cut the seller off.
        found = selection(sellers, price + 1e-9, detection)
        assert found.issued == 0.0 or found.non_additional_share <= bound + 1e-9
        assert selection(sellers, price + 1e9, detection).non_additional_share <= bound + 1e-9
        below = selection(sellers, max(price - 0.01, 0.0), detection)
        assert (
            math.isnan(below.non_additional_share) or below.non_additional_share > bound - 1e-9
            or price < 0.01
        )
    else:
        high = selection(sellers, 1e12, detection)
        assert math.isnan(high.non_additional_share) or high.non_additional_share > bound


@given(populations(), money, shares)
def test_from_the_detection_needed_the_bound_holds_and_below_it_does_not(sellers, price, bound):
    """And nobody is asked to be found out for nothing."""
    detection = detection_needed(sellers, bound, price)
    assert 0.0 <= detection <= 1.0
    found = selection(sellers, price, detection)
    # As tonnes, for the share of next to nothing says nothing.
    assert found.non_additional <= bound * found.issued + 1e-12
    if detection > 0.0:
        less = selection(sellers, price, detection * 0.99)
        assert less.non_additional >= bound * less.issued - 1e-12


def test_worked_bounds():
    """Half of what is issued is real from 0.3 / 0.7 of the cost range on, or by screening 30 %."""
    assert price_needed(WORKED, 0.5) == pytest.approx(5.0 + 50.0 * 3 / 7, abs=1e-9)
    assert detection_needed(WORKED, 0.5, 20.0) == pytest.approx(0.3, abs=1e-12)
    # 30 % of all landholders can never be less than 30 % of what is issued.
    assert price_needed(WORKED, 0.3) == pytest.approx(55.0, abs=1e-9)
    assert price_needed(WORKED, 0.29) == math.inf
    assert detection_needed(WORKED, 0.0, 20.0) == 1.0


def test_ends_of_the_ranges():
    """Below the cost of verification nothing is issued; all or none may be additional."""
    assert math.isnan(selection(WORKED, 4.99).non_additional_share)
    assert detection_needed(WORKED, 0.1, 4.99) == 0.0
    nobody, everybody = WORKED._replace(non_additional_share=0.0), Sellers(1.0, 0.0, 50.0, 5.0)
    assert price_needed(nobody, 0.0) == 5.0
    assert detection_needed(nobody, 0.0, 20.0) == 0.0
    assert price_needed(everybody, 0.5) == math.inf
    assert price_needed(everybody, 1.0) == 5.0
    assert price_needed(everybody, 1.0, 1.0) == math.inf
    one_cost = Sellers(0.3, 10.0, 10.0, 5.0)
    assert selection(one_cost, 15.0).real == pytest.approx(0.7)
    assert selection(one_cost, 14.99).real == 0.0
    assert price_needed(one_cost, 0.3) == 15.0


@given(populations(), money, shares, st.integers(0, 2**63 - 1))
def test_landholders_decide_as_the_solver_says(sellers, price, detection, seed):
    """5,000 of them, within six standard errors: a hundred examples of three counts."""
    expected = selection(sellers, price, detection)
    found = participants(Landholders(*sellers, price, detection), 5000, seed)
    for name in ("non_additional", "real", "turned_away"):
        chance = getattr(expected, name)
        error = math.sqrt(chance * (1.0 - chance) / 5000)
        # Where a chance is next to nothing the count is no normal number: one more is no surprise.
        assert abs(getattr(found, name) / 5000 - chance) <= 6.0 * error + 2 / 5000


def test_a_landholder_is_the_same_whatever_the_terms_and_the_others():
    """Screening turns away exactly those that stop selling; more people leave the first alone."""
    terms = Landholders(*WORKED, 20.0)
    free, screened = participants(terms, 3000, 9), participants(terms._replace(detection=0.8),
                                                                3000, 9)
    assert screened.real == free.real
    assert screened.non_additional + screened.turned_away == free.non_additional
    fewer = participants(terms, 2999, 9)
    assert 0 <= free.real + free.non_additional - fewer.real - fewer.non_additional <= 1


def test_every_claim_holds():
    """Solver and agents, with tolerances from the number of landholders."""
    found = claims()
    assert [claim.id for claim in found if not claim.passed] == []
    assert len({claim.id for claim in found}) == len(found)


@pytest.mark.parametrize(
    ("sellers", "price", "detection", "said"),
    [(WORKED._replace(non_additional_share=1.1), 20, 0, "non_additional_share = 1.1"),
     (WORKED._replace(lowest_cost=-1), 20, 0, "lowest_cost = -1"),
     (WORKED._replace(lowest_cost=60), 20, 0, "highest_cost = 50.0 is below lowest_cost = 60"),
     (WORKED._replace(verification_cost=math.nan), 20, 0, "verification_cost = nan"),
     (WORKED, math.inf, 0, "price = inf"), (WORKED, 20, 2, "detection = 2")],
)
def test_bad_numbers_are_refused(sellers, price, detection, said):
    """In one line that names the number."""
    with pytest.raises(InputError, match=said) as caught:
        selection(sellers, price, detection)
    assert "\n" not in str(caught.value)


def test_values_and_costs_are_not_negative():
    """In one line each."""
    with pytest.raises(InputError, match=r"^value = -1"):
        outlay(WORKED, 20.0, value=-1.0)
    with pytest.raises(InputError, match=r"^screening_cost = nan"):
        outlay(WORKED, 20.0, screening_cost=math.nan)


def test_a_bound_is_a_share():
    with pytest.raises(InputError, match="bound"):
        price_needed(WORKED, 1.5)
    with pytest.raises(InputError, match="bound"):
        detection_needed(WORKED, -0.1, 20.0)
