"""Phase ``give_allowances``: in January the authority gives, and sets aside what it auctions."""

from agents.buyers.banking import is_last_year
from agents.buyers.regime import free_allocation, frozen_activity
from agents.compiled import kernel
from agents.quantities import LAST_BITS, to_tonnes
from agents.registry.stability_reserve import reserve_transfer
from simulation.phases.allowance_outlook import firms_trade, own_allowances
from simulation.state import Authority, Clock

__all__ = ["give_allowances"]


@kernel
def _move_reserve(authority, market, circulation):
    # The transfer of a year follows from what circulates after its predecessor's deadline.
    if not market.reserve_on:
        return
    moved = reserve_transfer(
        circulation, authority[Authority.RESERVE], market.reserve_upper_t,
        market.reserve_middle_t, market.reserve_lower_t, market.reserve_intake_share,
        market.reserve_release_t,
    )
    moved = min(moved, authority[Authority.TO_AUCTION])
    authority[Authority.TO_AUCTION] -= moved
    authority[Authority.RESERVE] += moved
    over = authority[Authority.RESERVE] - to_tonnes(market.reserve_invalid_above_t)
    if over > 0:
        authority[Authority.RESERVE] -= over
        authority[Authority.CANCELLED] += over


@kernel
def give_allowances(
    clock, allowance_price, allowance_market, regime, banking, firms, authority
):
    """Firms get their allowances of the year; the rest is for auctions, tiers and the reserve.

    Parameters
    ----------
    clock, allowance_price, allowance_market, regime, banking, firms, authority : see `State`
    """
    month = clock[Clock.MONTH]
    if month % 12 != 0 or not firms_trade(clock, allowance_price, regime):
        return
    settled = is_last_year(month - 1, clock[Clock.FIRST], banking.period_years)
    circulation = 0
    # What found no buyer last year is withheld for good.
    authority[Authority.CAP] = authority[Authority.TO_AUCTION] = 0
    for index in range(len(firms)):
        firm = firms[index]
        if not firm.covered:
            continue
        circulation += own_allowances(firm)
        if not settled:
            firm.past_years_t += to_tonnes(firm.emitted_t)
        firm.past_years_t += firm.owed_again_t
        firm.owed_anew_t += firm.owed_again_t
        firm.owed_again_t = 0
        firm.emitted_t = 0.0
        firm.frozen_activity_t = frozen_activity(
            regime.kind, firm.frozen_activity_t, firm.activity_t, regime.cap_decline_per_year
        )
        all_of_it = to_tonnes(free_allocation(
            regime.kind, firm.free_share, firm.activity_t, firm.frozen_activity_t
        ))
        auctioned = to_tonnes(all_of_it * allowance_market.auction_share * LAST_BITS)
        given = all_of_it - auctioned
        returned = min(firm.borrowed_t, given)
        firm.borrowed_t -= returned
        firm.allocation_t += given - returned
        firm.allocated_t += given
        authority[Authority.CAP] += all_of_it
        authority[Authority.TO_AUCTION] += auctioned
    cap = authority[Authority.CAP]
    authority[Authority.TIER_1] = to_tonnes(cap * allowance_market.tier_1_share * LAST_BITS)
    authority[Authority.TIER_2] = to_tonnes(cap * allowance_market.tier_2_share * LAST_BITS)
    _move_reserve(authority, allowance_market, circulation)
