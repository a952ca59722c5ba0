"""Outcomes of surplus and of the money that overlays move."""

import pytest

from agents.vocabulary import Account
from simulation.results import simulate
from simulation.scenario import load

OVERLAYS = {
    "market.mechanism": "call_auction", "months": 96, "transaction_tax.share": 0.05,
    "market.exchange_fee_share": 0.02, "reserve.levy_share": 0.2,
    "reserve.soft_ceiling_yuan_per_t": 30.0, "price_limits.floor_yuan_per_t": 20.0,
    # No whole fen, and a subsidy that lifts bids above what a tonne is worth.
    "verification.cost_yuan_per_t": 2.005, "voluntary.subsidy_yuan_per_t": 6.0,
}


@pytest.fixture(scope="module")
def taxed():
    """A county world with everything that takes or moves money."""
    return simulate(load("ccer-eligible", OVERLAYS), 1)


def test_the_surplus_is_that_of_all_parties(taxed):
    """Buyers, sellers, exchange and treasury share what trade makes; transfers cancel out."""
    out, state = taxed.outcomes, taxed.world.state
    buyers = sum(out[f"{who}_surplus_yuan"] for who in ("voluntary", "compliance", "quota"))
    fees = state.ledger.fen[Account.EXCHANGE] / 100
    cost = 2.005 * out["reserve_sold_t"]
    reserve = float(state.monthly.reserve_value_fen.sum()) / 100 - cost
    shared = buyers + out["seller_surplus_yuan"] + fees + out["transaction_tax_yuan"] + reserve
    shared -= out["subsidies_yuan"]
    assert out["subsidies_yuan"] > 0
    assert out["reserve_sold_t"] > 0
    assert out["transaction_tax_yuan"] > 0
    assert out["surplus_yuan"] == pytest.approx(shared, rel=1e-9)


def test_the_treasury_has_the_tax_and_the_reserve(taxed):
    """Its balance is what came in, less what went out."""
    out, monthly = taxed.outcomes, taxed.world.state.monthly
    income = monthly.transaction_tax_fen + monthly.reserve_value_fen + monthly.penalties_fen
    income = float(income.sum() - monthly.subsidies_fen.sum())
    assert out["government_balance_yuan"] == pytest.approx(income / 100)
    deals = taxed.world.state.deals[: out["deals"]]
    assert deals.tax_fen.sum() == monthly.transaction_tax_fen.sum()


def test_efficiency_is_what_the_losses_leave(taxed):
    """One less the four losses, as shares of the most surplus."""
    out, monthly = taxed.outcomes, taxed.world.state.monthly
    lost = sum(out[f"lost_{what}_yuan"] for what in ("policy", "not_made", "wrong_people"))
    most = float(monthly.theory_surplus_fen.sum()) / 100
    assert out["efficiency_share"] == pytest.approx(
        1 - (lost + out["transaction_cost_yuan"]) / most
    )
    assert 0 < out["efficiency_share"] < 1
    assert out["lost_policy_yuan"] > 0
