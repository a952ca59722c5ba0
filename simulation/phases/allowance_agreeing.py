"""Phase ``agree``: the prices of credits and allowances find each other before either binds."""

from agents.compiled import allocating_kernel
from agents.quantities import to_fen
from simulation.phases.allowance_outlook import (
    firms_trade,
    lowest_ask_that_counts,
    outlook_of,
)
from simulation.phases.allowance_search import credits_in_use, price_that_clears
from simulation.phases.allowance_wishes import learn_of_credits, planned_t
from simulation.phases.ordering import bid_compliance
from simulation.phases.public import bid_public
from simulation.phases.quota import bid_quota
from simulation.phases.regulating import offer_reserve, regulate
from simulation.phases.reporting import reckon_carbon
from simulation.phases.trading import clear
from simulation.state import Clock, Prices

__all__ = ["agree"]


@allocating_kernel
def _try_credits(
    clock, market, listing, call_auction, bilateral, pay_as_bid, mcafee, one_way_auction,
    administered, reverse_auction, continuous, price_limits, trading_units, transaction_tax,
    reserve, compliance, eligibility, regime, banking, quota, prices, firms, ledger, orders,
    filled, matches, monthly, beliefs,
):
    # The rest of the credit market as it would go at these prices; then as if it had not been. What
    # the reserve offers goes into escrow once, and its later phase finds it there.
    row = monthly[clock[Clock.MONTH] - clock[Clock.FIRST]]
    standing, best = clock[Clock.ORDERS], row.best_bid_fen
    bid_compliance(
        clock, compliance, eligibility, regime, banking, prices, firms, orders, monthly
    )
    bid_quota(clock, quota, compliance, firms, orders, monthly)
    bid_public(clock, market, reverse_auction, orders, monthly)
    offer_reserve(clock, market, reserve, ledger, orders, monthly)
    regulate(clock, price_limits, trading_units, transaction_tax, prices, orders, monthly)
    clear(
        clock, market, listing, call_auction, bilateral, pay_as_bid, mcafee, one_way_auction,
        administered, reverse_auction, continuous, trading_units, orders, filled, matches,
    )
    learn_of_credits(firms, orders[: clock[Clock.ORDERS]], filled, beliefs, 1.0)
    clock[Clock.ORDERS] = standing
    clock[Clock.MATCHES] = 0
    row.best_bid_fen = best
    row.bid_compliance_t = row.bid_quota_t = row.bid_public_t = 0


@allocating_kernel
def agree(
    clock, allowance_price, allowance_market, emissions, market, listing, call_auction, bilateral,
    pay_as_bid, mcafee, one_way_auction, administered, reverse_auction, continuous, price_limits,
    trading_units, transaction_tax, reserve, compliance, eligibility, regime, penalty, banking,
    enforcement, expectation, coming, quota, prices, firms, authority, ledger, orders, filled,
    matches, monthly
):
    """Firms ask themselves at which prices both markets would be even, and go by them.

    Parameters
    ----------
    clock, allowance_price, allowance_market, emissions, market, listing, call_auction, bilateral,
    pay_as_bid, mcafee, one_way_auction, administered, reverse_auction, continuous, price_limits,
    trading_units, transaction_tax, reserve, compliance, eligibility, regime, penalty, banking,
    enforcement, expectation, coming, quota, prices, firms, authority, ledger, orders, filled,
    matches, monthly : see `State`

    Notes
    -----
    A round is a price of allowances at which wishes are even, given the share of their orders for
    credits that firms would get, and the credit market at the value that this price gives a credit;
    nothing binds. Rounds end when the price stays (assumption A46).
    """
    if not firms_trade(clock, allowance_price, regime):
        return
    month = clock[Clock.MONTH]
    row = monthly[month - clock[Clock.FIRST]]
    outlook = outlook_of(
        clock, firms, authority, emissions, compliance, eligibility, regime, penalty, banking,
        expectation, allowance_market,
        lowest_ask_that_counts(clock, orders[: clock[Clock.ORDERS]], row.best_ask_fen),
    )
    beliefs = firms.credit_belief.copy()
    before = to_fen(prices[Prices.ALLOWANCE])
    for turn in range(allowance_market.rounds_most):
        found = price_that_clears(
            firms, authority, emissions, compliance, regime, penalty, banking, enforcement,
            expectation, coming, allowance_market, outlook, beliefs, 1.0, before,
        )
        prices[Prices.CREDIT_USE] = credits_in_use(
            firms, authority, emissions, compliance, regime, penalty, banking, enforcement,
            expectation, coming, allowance_market, outlook, beliefs, found,
        )
        moved = abs(found - before)
        before = found
        prices[Prices.ALLOWANCE] = found / 100.0
        reckon_carbon(compliance, regime, penalty, expectation, banking, prices)
        row.allowance_rounds = turn + 1
        for index in range(len(firms)):
            if firms[index].covered:
                firms[index].obligation_t = planned_t(
                    firms[index], emissions, compliance, regime, penalty, outlook, found / 100.0
                )
        # Where credits do not count nothing can move the price again.
        if not compliance.eligible or (
            turn > 0 and moved <= allowance_market.tolerance_share * found
        ):
            break
        _try_credits(
            clock, market, listing, call_auction, bilateral, pay_as_bid, mcafee, one_way_auction,
            administered, reverse_auction, continuous, price_limits, trading_units,
            transaction_tax, reserve, compliance, eligibility, regime, banking, quota, prices,
            firms, ledger, orders, filled, matches, monthly, beliefs,
        )
    row.carbon_price = prices[Prices.CARBON]
