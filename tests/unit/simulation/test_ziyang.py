"""The seed case: one real trade, replayed through growth, verification, registry and market."""

import pytest

from agents.vocabulary import Purpose
from simulation.reference_data import trade

REAL = trade("JX-2024-01")


def test_ziyang_is_issued_within_a_percent(ziyang):
    """193,000 t on 2,243 ha in 22 years."""
    assert ziyang.outcomes["issued_t"] == pytest.approx(REAL.verified_t, rel=0.01)
    assert ziyang.outcomes["verified_t"] == ziyang.outcomes["issued_t"]


def test_ziyangs_soil_holds_a_plausible_share(ziyang):
    """Between 22 % and 55 %, the range of the published splits."""
    assert 0.22 <= ziyang.outcomes["soil_share"] <= 0.55


def test_ziyang_is_issued_once_for_the_whole_period(ziyang):
    """Treated from January 2002, verified when the registry opens in December 2023."""
    assert len(ziyang.journal[ziyang.journal["entry"] == "issue"]) == 1
    block = ziyang.blocks.iloc[0]
    assert str(block["vintage_start"]) == "2002-01"
    assert str(block["vintage_end"]) == "2023-12"


def test_ziyang_sells_its_lot_at_its_price(ziyang):
    """70,000 t at 30.00 yuan, to one buyer, in the planned month."""
    assert len(ziyang.deals) == 1
    deal = ziyang.deals.iloc[0]
    assert (deal["tonnes"], deal["price_yuan_per_t"]) == (70_000, 30.0)
    assert deal["seller"] == REAL.project
    assert deal["buyer"] == REAL.buyer
    assert deal["occasion"] == "planned"
    assert str(deal["month"]) == "2024-03"
    assert ziyang.outcomes["buyers"] == 1
    assert ziyang.outcomes["proceeds_yuan"] == 2_100_000.0


def test_ziyangs_buyer_retires_for_its_own_emissions(ziyang):
    """All of what it bought, in its own name."""
    retired = ziyang.blocks[ziyang.blocks["state"] == "retired"]
    assert retired["tonnes"].sum() == 70_000
    assert set(retired["owner"]) == {REAL.buyer}
    assert set(retired["purpose"]) == {Purpose.OWN_EMISSIONS.name.lower()}
    assert ziyang.outcomes["retired_own_emissions_t"] == 70_000


def test_ziyangs_watershed_gets_all_the_money(ziyang):
    """2,100,000.00 yuan on the watershed account, and nothing of it spent."""
    accounts = ziyang.accounts.set_index("account")["money_yuan"]
    assert accounts[f"{REAL.project}, watershed account"] == 2_100_000.0
    assert ziyang.outcomes["watershed_balance_yuan"] == 2_100_000.0
    assert ziyang.outcomes["watershed_spent_yuan"] == 0.0


def test_what_ziyang_did_not_sell_it_still_holds(ziyang):
    """Issued = sold + held; a lot that is sold is not listed again."""
    outcomes = ziyang.outcomes
    assert outcomes["held_t"] == outcomes["issued_t"] - 70_000
    assert outcomes["escrow_t"] == 0
    assert outcomes["refusals"] == 0


def test_nothing_in_ziyang_is_drawn(ziyang):
    """Another seed is the same history."""
    from simulation.results import simulate

    other = simulate("ziyang", seed=2)
    assert other.outcomes == ziyang.outcomes
