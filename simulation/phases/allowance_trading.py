"""Phase ``trade_allowances``: firms and the authority trade what binds, and firms emit."""

import numpy as np

from agents.buyers.allowances import last_effort
from agents.buyers.banking import borrowed_tonnes, is_last_year
from agents.buyers.compliance import emissions_covered, held_usable, offset_room
from agents.buyers.enforcement import hidden_tonnes
from agents.buyers.regime import price_of_emitting
from agents.compiled import allocating_kernel, kernel
from agents.quantities import to_fen, to_tonnes, worth_fen
from agents.registry.ledger import pay
from agents.vocabulary import Account, Entry, Motive, Side
from simulation.draws import ALLOWANCE_ARRIVAL, uniform_column
from simulation.markets.protocol import LARGEST_ORDER_T
from simulation.markets.routing import match_book
from simulation.phases.abating import cost_of_abating, share_abated
from simulation.phases.allowance_outlook import (
    allocation_of,
    firms_trade,
    lowest_ask_that_counts,
    outlook_of,
    own_allowances,
    worth_of_tonne,
)
from simulation.phases.allowance_search import price_that_clears
from simulation.phases.allowance_wishes import learn_of_credits, rivals_wanted, wishes_at
from simulation.phases.paying import fund_account
from simulation.phases.public import GOVERNMENT_ID, NOWHERE
from simulation.phases.regulating import LAST_MOMENT
from simulation.phases.reporting import reckon_carbon
from simulation.state import LADDER_STEPS, Authority, Clock, Prices

__all__ = ["trade_allowances"]


@kernel
def _send(orders, count, agent_id, row, side, price, tonnes, arrival):
    order = orders[count]
    order.agent_id = agent_id
    order.row = row
    order.province = NOWHERE
    order.side = side
    order.motive = Motive.ALLOWANCE.value
    order.limit_fen = order.price_fen = price
    order.wanted_t = order.quantity_t = min(tonnes, LARGEST_ORDER_T)
    order.arrival = arrival
    return count + 1


@allocating_kernel
def _ladder(centre, share, outlook):
    # Prices for which firms say what they want: around the price, and as high as anybody goes.
    steps = np.array([
        int(centre * (1.0 - share)), centre - 1, centre, centre + 1,
        int(centre * (1.0 + share)) + 1, outlook.highest_fen,
    ])
    for place in range(LADDER_STEPS):
        steps[place] = min(max(steps[place], 1), outlook.highest_fen)
    steps.sort()
    return steps


@allocating_kernel
def _firm_orders(firms, emissions, compliance, regime, penalty, banking, enforcement, expectation,
                 coming, market, outlook, beliefs, use, steps, arrival, orders):
    wanted = np.zeros((LADDER_STEPS, len(firms)))
    for place in range(LADDER_STEPS):
        wishes_at(
            firms, emissions, compliance, regime, penalty, banking, enforcement, expectation,
            coming, market, outlook, beliefs, use, steps[place], wanted[place],
        )
    count = 0
    for index in range(len(firms)):
        firm = firms[index]
        if not firm.covered:
            continue
        # For what it wants at a price beyond what it has and what its higher bids are for.
        claimed = kept = own_allowances(firm)
        for place in range(LADDER_STEPS - 1, -1, -1):
            tonnes = int(wanted[place, index]) - claimed
            if tonnes > 0:
                count = _send(
                    orders, count, firm.agent_id, index, Side.BUY.value, steps[place], tonnes,
                    arrival[index],
                )
                claimed += tonnes
        for place in range(LADDER_STEPS):
            tonnes = kept - int(wanted[place, index])
            if tonnes > 0:
                count = _send(
                    orders, count, firm.agent_id, index, Side.SELL.value, steps[place], tonnes,
                    arrival[index],
                )
                kept -= tonnes
    return count


@kernel
def _authority_orders(authority, market, outlook, orders, count):
    # In this order: the auction, the two tiers, the ceiling.
    offers = (
        (to_fen(market.floor_yuan_per_t), outlook.on_offer_t),
        # A tier without a price is none.
        (to_fen(market.tier_1_yuan_per_t),
         authority[Authority.TIER_1] if market.tier_1_yuan_per_t > 0.0 else 0),
        (to_fen(market.tier_2_yuan_per_t),
         authority[Authority.TIER_2] if market.tier_2_yuan_per_t > 0.0 else 0),
        (to_fen(market.ceiling_yuan_per_t),
         LARGEST_ORDER_T if market.ceiling_yuan_per_t > 0.0 else 0),
    )
    for price, tonnes in offers:
        count = _send(
            orders, count, GOVERNMENT_ID, NOWHERE, Side.SELL.value, max(price, 1), tonnes,
            LAST_MOMENT,
        )
    return count


@allocating_kernel
def _settle(orders, matches, found, count, firms, authority, ledger, month, row):
    # Money goes through one clearing account, net for each firm: what it gives out it has taken.
    net = np.zeros(len(firms), dtype=np.int64)
    public = 0
    value = 0
    for place in range(found):
        match = matches[place]
        bid, ask = orders[match.buy], orders[match.sell]
        paid = worth_fen(match.tonnes, match.price_fen)
        received = worth_fen(match.tonnes, match.seller_price_fen)
        buyer = firms[bid.row]
        buyer.traded_t += match.tonnes
        buyer.allowances_bought_t += match.tonnes
        net[bid.row] -= paid
        if ask.row == NOWHERE:
            public += paid
            authority[Authority.SOLD] += match.tonnes
            offer = match.sell - (count - 4)
            if offer == 0:
                authority[Authority.TO_AUCTION] -= match.tonnes
            elif offer == 1:
                authority[Authority.TIER_1] -= match.tonnes
            elif offer == 2:
                authority[Authority.TIER_2] -= match.tonnes
            row.allowance_auctioned_t += match.tonnes
        else:
            seller = firms[ask.row]
            seller.traded_t -= match.tonnes
            seller.allowances_sold_t += match.tonnes
            net[ask.row] += received
            # What a rule such as trade reduction leaves between the two prices.
            public += paid - received
        row.allowance_volume_t += match.tonnes
        value += paid
    clearing = Account.ALLOWANCE_MARKET.value
    for index in range(len(firms)):
        account = firms[index].account
        if net[index] < 0:
            fund_account(ledger, account, -net[index], month)
            pay(ledger, account, clearing, -net[index], Entry.ALLOWANCES.value, month)
    for index in range(len(firms)):
        if net[index] > 0:
            pay(
                ledger, clearing, firms[index].account, net[index], Entry.ALLOWANCES.value, month
            )
    if public > 0:
        pay(ledger, clearing, Account.TREASURY.value, public, Entry.ALLOWANCES.value, month)
    return value


@kernel
def _emit(firm, emissions, compliance, regime, penalty, banking, enforcement, market, outlook,
          price, last):
    # A twelfth of the year's activity, less what is abated at the price; at the end of a period
    # who lacks allowances abates on, as far as that is cheaper than being without.
    carbon, charge, later = worth_of_tonne(compliance, regime, penalty, outlook.worth, price)
    share = share_abated(
        firm, emissions, price_of_emitting(regime.kind, carbon, regime.neutral_share)
    )
    month_t = firm.activity_t / 12.0
    emitted = month_t * (1.0 - share)
    if last and month_t > 0.0:
        owed = firm.past_years_t + to_tonnes(firm.emitted_t + emitted)
        covered = 0
        if compliance.eligible:
            room = offset_room(owed, outlook.limit, compliance.discount_ratio)
            held = held_usable(
                firm.for_compliance_t, outlook.apart, firm.local_t, firm.elsewhere_t, room,
                outlook.local_share,
            )
            covered = emissions_covered(min(held, room), compliance.discount_ratio)
        lacking = owed - covered
        lacking -= hidden_tonnes(
            lacking, carbon, enforcement.audit_probability, enforcement.fine_yuan_per_t + later,
            enforcement.fine_rise_yuan_per_t_per_t,
        )
        lacking -= own_allowances(firm)
        if lacking > 0:
            lacking -= rivals_wanted(
                compliance, outlook, owed, lacking, covered, charge + later
            )
        if lacking > 0 and banking.borrowing_share > 0.0:
            lacking -= borrowed_tonnes(
                lacking, banking.borrowing_share,
                (1.0 - market.auction_share) * allocation_of(firm, regime, 1), firm.borrowed_t,
                carbon, price * outlook.worth,
            )
        if lacking > 0:
            most = share_abated(
                firm, emissions,
                price_of_emitting(regime.kind, charge + later, regime.neutral_share),
            )
            emitted = last_effort(emitted, month_t * (1.0 - most), float(lacking))
            share = 1.0 - emitted / month_t
    firm.emitted_t += emitted
    firm.abatement_cost += cost_of_abating(firm, share) / 12.0


@allocating_kernel
def trade_allowances(
    clock, allowance_price, allowance_market, emissions, listing, call_auction, bilateral,
    pay_as_bid, mcafee, one_way_auction, administered, reverse_auction, continuous, compliance,
    eligibility, regime, penalty, banking, enforcement, expectation, coming, prices, firms,
    authority, ledger, orders, filled, allowance_orders, allowance_filled, allowance_matches,
    monthly
):
    """Covered firms trade allowances with each other and the authority; then they emit.

    Parameters
    ----------
    clock, allowance_price, allowance_market, emissions, listing, call_auction, bilateral,
    pay_as_bid, mcafee, one_way_auction, administered, reverse_auction, continuous, compliance,
    eligibility, regime, penalty, banking, enforcement, expectation, coming, prices, firms,
    authority, ledger, orders, filled, allowance_orders, allowance_filled, allowance_matches,
    monthly : see `State`
    """
    if not firms_trade(clock, allowance_price, regime):
        return
    month = clock[Clock.MONTH]
    row = monthly[month - clock[Clock.FIRST]]
    learn_of_credits(
        firms, orders[: clock[Clock.ORDERS]], filled, firms.credit_belief,
        allowance_market.credit_learning,
    )
    outlook = outlook_of(
        clock, firms, authority, emissions, compliance, eligibility, regime, penalty, banking,
        expectation, allowance_market,
        lowest_ask_that_counts(clock, orders[: clock[Clock.ORDERS]], row.best_ask_fen),
    )
    last = month % 12 == 11 and is_last_year(month, clock[Clock.FIRST], banking.period_years)
    agreed = prices[Prices.ALLOWANCE]
    # At the deadline only credits that were bought count.
    use = 0.0 if last else prices[Prices.CREDIT_USE]
    beliefs = firms.credit_belief
    centre = price_that_clears(
        firms, authority, emissions, compliance, regime, penalty, banking, enforcement,
        expectation, coming, allowance_market, outlook, beliefs, use, to_fen(agreed),
    )
    steps = _ladder(centre, allowance_market.ladder_share, outlook)
    count = _firm_orders(
        firms, emissions, compliance, regime, penalty, banking, enforcement, expectation, coming,
        allowance_market, outlook, beliefs, use, steps, uniform_column(
            clock[Clock.SEED], ALLOWANCE_ARRIVAL, month, firms, 0
        ), allowance_orders,
    )
    count = _authority_orders(authority, allowance_market, outlook, allowance_orders, count)
    book = allowance_orders[:count]
    allowance_filled[:count] = 0
    found = match_book(
        allowance_market.mechanism, book, listing, call_auction, bilateral, pay_as_bid, mcafee,
        one_way_auction, administered, reverse_auction, continuous, 1, clock[Clock.SEED], month,
        allowance_filled, allowance_matches,
    )
    value = _settle(
        book, allowance_matches, found, count, firms, authority, ledger, month, row
    )
    price = centre / 100.0
    if row.allowance_volume_t > 0:
        price = value / row.allowance_volume_t / 100.0
    prices[Prices.ALLOWANCE] = price
    reckon_carbon(compliance, regime, penalty, expectation, banking, prices)
    row.allowance_price = price
    row.carbon_price = prices[Prices.CARBON]
    row.market_residual_share = abs(price - agreed) / max(agreed, 0.01)
    wanted = np.zeros(len(firms))
    wishes_at(
        firms, emissions, compliance, regime, penalty, banking, enforcement, expectation, coming,
        allowance_market, outlook, beliefs, use, to_fen(price), wanted,
    )
    for index in range(len(firms)):
        firm = firms[index]
        if not firm.covered:
            continue
        row.allowance_residual_t += abs(int(wanted[index]) - own_allowances(firm))
        _emit(
            firm, emissions, compliance, regime, penalty, banking, enforcement, allowance_market,
            outlook, price, last,
        )
        row.allowances_held_t += own_allowances(firm)
        if last:
            firm.obligation_t = firm.past_years_t + to_tonnes(firm.emitted_t)
    row.allowance_reserve_t = authority[Authority.RESERVE]
