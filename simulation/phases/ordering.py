"""Phases ``quote``, ``bid_voluntary`` and ``bid_compliance``: orders enter the book."""

import math

from agents.buyers.allowances import credits_expected
from agents.buyers.banking import months_of_period, year_of_period
from agents.buyers.compliance import (
    compliance_order,
    offset_room,
    share_by_now,
    wanted_of,
)
from agents.buyers.regime import regime_limit
from agents.buyers.voluntary import (
    affordable_tonnes,
    occasion_arises,
    occasion_kind,
    occasion_tonnes,
    voluntary_limit,
    willingness_to_pay,
)
from agents.compiled import allocating_kernel, kernel
from agents.expectations import chance_by_then, months_to_wait
from agents.quantities import to_fen, to_tonnes
from agents.registry.ledger import move
from agents.sellers.bargaining import bargaining_ask, outside_option
from agents.sellers.quote import floor_fen, focal_ask, marginal_cost, money_pressure, offered_tonnes
from agents.sellers.storage import expected_price, storage_ask
from agents.vocabulary import (
    AskStrategy,
    CreditState,
    Entry,
    Foresight,
    Motive,
    Occasion,
    Side,
)
from simulation.draws import (
    OCCASION,
    ORDER_ARRIVAL,
    normal_quantile,
    uniform_blocks,
    uniform_column,
)
from simulation.markets.protocol import LARGEST_ORDER_T, LARGEST_PRICE_FEN
from simulation.state import Clock, Foreseen, Prices

__all__ = ["bid_compliance", "bid_voluntary", "keep_in_escrow", "quote", "send_order"]


@kernel
def send_order(clock, orders, agent_id, province, row, side, motive, price_fen, quantity_t,
               arrival):
    """Put an order into the book of the month.

    Parameters
    ----------
    clock, orders : see `State`
    agent_id, province : of the sender
    row : the sender's row in its population
    side, motive : codes
    price_fen : limit, fen/t; cut off at the largest that a book holds
    quantity_t : t; cut off likewise
    arrival : moment of the month, 0 to 1
    """
    place = clock[Clock.ORDERS]
    order = orders[place]
    order.agent_id = agent_id
    order.row = row
    order.province = province
    order.side = side
    order.motive = motive
    order.limit_fen = order.price_fen = min(price_fen, LARGEST_PRICE_FEN)
    order.wanted_t = order.quantity_t = min(quantity_t, LARGEST_ORDER_T)
    order.arrival = arrival
    clock[Clock.ORDERS] = place + 1


@kernel
def keep_in_escrow(ledger, account, wanted, month):
    """Have so many credits of an account in escrow, no more and no less.

    Parameters
    ----------
    ledger : Ledger, changed in place
    account : id
    wanted : t
    month : month number
    """
    # A lot stays listed from month to month: only the difference moves.
    listed = ledger.tonnes[account, CreditState.ESCROW]
    if wanted > listed:
        move(
            ledger, account, CreditState.HELD.value, account, CreditState.ESCROW.value,
            wanted - listed, Entry.OFFER.value, 0, month,
        )
    elif wanted < listed:
        move(
            ledger, account, CreditState.ESCROW.value, account, CreditState.HELD.value,
            listed - wanted, Entry.WITHDRAW.value, 0, month,
        )


@kernel
def _best_later(believed, expectations, foreseen, place, rate, floor):
    # The ask that the best of the months ahead makes worth waiting for, where they are known.
    horizon = expectations.horizon_months
    best = storage_ask(
        believed, rate, horizon, expectations.holding_cost_yuan_per_t_per_year, floor
    )
    for wait in range(1, min(horizon, foreseen.shape[1] - 1 - place) + 1):
        expected = expected_price(believed, foreseen[Foreseen.CREDIT, place + wait], 1.0)
        best = max(best, storage_ask(
            expected, rate, wait, expectations.holding_cost_yuan_per_t_per_year, floor
        ))
    return best


@kernel
def _ask(
    project, cash, quoting, bargaining, expectations, prices, foreseen, place, pressing, value,
    wait, chance, rate, floor
):
    # Yuan/t, by the price theory of the seller; pressing: fen that its next verification costs;
    # wait, chance: months to a later one and the belief that the credit then counts.
    if project.strategy == AskStrategy.FOCAL:
        return focal_ask(
            quoting.guide_price_yuan_per_t, prices[Prices.LAST], quoting.anchor_weight,
            project.markup, money_pressure(cash, pressing), quoting.pressure_discount, floor,
        )
    if project.strategy == AskStrategy.BARGAINING:
        outside = outside_option(project.believed_price, project.sale_chance, rate, floor)
        return bargaining_ask(project.believed_price, outside, bargaining.gain_share)
    if project.strategy == AskStrategy.STORAGE and (
        expectations.foresight == Foresight.PERFECT and expectations.horizon_months > 0
    ):
        return _best_later(project.believed_price, expectations, foreseen, place, rate, floor)
    if project.strategy == AskStrategy.STORAGE:
        return storage_ask(
            expected_price(project.believed_price, value, chance), rate, wait,
            expectations.holding_cost_yuan_per_t_per_year, floor,
        )
    return floor


@allocating_kernel
def quote(clock, market, verification, quoting, bargaining, expectations, prices, foreseen,
          projects, ledger, orders, monthly):
    """Sellers put credits in escrow and send an ask.

    Parameters
    ----------
    clock, market, verification, quoting, bargaining, expectations, prices, foreseen, projects,
    ledger, orders, monthly : see `State`
    """
    month = clock[Clock.MONTH]
    row = monthly[month - clock[Clock.FIRST]]
    clock[Clock.ORDERS] = 0
    fixed_cost = to_fen(verification.fixed_cost_yuan)
    arrival = uniform_column(clock[Clock.SEED], ORDER_ARRIVAL, month, projects, Motive.SUPPLY.value)
    floor = marginal_cost(verification.cost_yuan_per_t, market.exchange_fee_share)
    lowest_fen = floor_fen(floor)
    value = prices[Prices.CREDIT]
    wait = months_to_wait(month, clock[Clock.ELIGIBLE_FROM], expectations.horizon_months)
    chance = chance_by_then(
        month, clock[Clock.ELIGIBLE_FROM], expectations.horizon_months,
        expectations.eligibility_probability, expectations.credibility,
    )
    for index in range(len(projects)):
        project = projects[index]
        account = project.account
        stock = (
            ledger.tonnes[account, CreditState.HELD] + ledger.tonnes[account, CreditState.ESCROW]
        )
        project.sold_this_month_t = 0
        project.ask_fen = 0
        offered = 0
        row.stock_t += stock
        if stock > 0:
            if project.strategy == AskStrategy.POSTED:
                left = project.posted_t - project.sold_t
                offered = left if left <= stock else 0
                project.ask_fen = project.posted_fen
            else:
                offered = offered_tonnes(stock, quoting.offered_share, quoting.smallest_lot_t)
                ask = _ask(
                    project, ledger.fen[account], quoting, bargaining, expectations, prices,
                    foreseen, month - clock[Clock.FIRST], fixed_cost, value, wait, chance,
                    verification.discount_rate_per_year, floor,
                )
                project.ask_fen = max(to_fen(ask), lowest_fen)
        project.offered_t = offered
        keep_in_escrow(ledger, account, offered, month)
        if offered > 0:
            send_order(
                clock, orders, project.agent_id, project.province, index, Side.SELL.value,
                Motive.SUPPLY.value,
                project.ask_fen, offered, arrival[index],
            )
            row.offered_t += offered
            if row.best_ask_fen == 0 or project.ask_fen < row.best_ask_fen:
                row.best_ask_fen = project.ask_fen
        else:
            project.ask_fen = 0


@kernel
def _open_occasion(clock, voluntary, firm, arrival, kind, size, worth):
    month = clock[Clock.MONTH]
    if firm.planned_t > 0 and month >= firm.planned_month:
        firm.occasion = Occasion.PLANNED.value
        firm.occasion_t = firm.planned_t
        firm.occasion_willingness = firm.planned_fen / 100.0
        firm.occasion_ends = month + voluntary.occasion_months - 1
        firm.planned_t = 0
        return
    if not occasion_arises(firm.occasions_per_year * voluntary.demand_scale, arrival):
        return
    firm.occasion = occasion_kind(
        voluntary.neutrality_weight, voluntary.footprint_weight, voluntary.local_weight,
        voluntary.collateral_weight, kind,
    )
    premium = 0.0
    if firm.occasion == Occasion.LOCAL_SUPPORT:
        premium = voluntary.local_premium
    elif firm.occasion == Occasion.COLLATERAL:
        premium = voluntary.collateral_premium
    firm.occasion_t = to_tonnes(
        occasion_tonnes(firm.occasion_median_t, voluntary.size_deviation, normal_quantile(size))
    )
    firm.occasion_willingness = willingness_to_pay(
        firm.willingness * voluntary.willingness_scale, premium,
        voluntary.willingness_deviation, normal_quantile(worth),
    )
    firm.occasion_ends = month + voluntary.occasion_months - 1


@kernel
def _peer_share(firms, starts, others, index, month, remembered):
    links = starts[index + 1] - starts[index]
    if links == 0:
        return 0.0
    bought = 0
    for place in range(starts[index], starts[index + 1]):
        last = firms[others[place]].last_voluntary_month
        if last > 0 and month - last <= remembered:
            bought += 1
    return bought / links


@allocating_kernel
def bid_voluntary(clock, voluntary, firms, starts, others, orders, monthly):
    """Firms with an open occasion send a voluntary order.

    Parameters
    ----------
    clock, voluntary, firms, orders, monthly : see `State`
    starts, others : arrays of `Neighbours`
    """
    month = clock[Clock.MONTH]
    row = monthly[month - clock[Clock.FIRST]]
    luck = uniform_blocks(clock[Clock.SEED], OCCASION, month, firms.agent_id)
    arrival = uniform_column(
        clock[Clock.SEED], ORDER_ARRIVAL, month, firms, Motive.VOLUNTARY.value
    )
    for index in range(len(firms)):
        firm = firms[index]
        firm.bid_fen = 0
        if firm.occasion != Occasion.NONE and month > firm.occasion_ends:
            firm.occasion = Occasion.NONE.value
            firm.occasion_t = 0
        if firm.occasion == Occasion.NONE:
            _open_occasion(
                clock, voluntary, firm, luck[0, index], luck[1, index], luck[2, index],
                luck[3, index],
            )
        if firm.occasion == Occasion.NONE or firm.occasion_t <= 0:
            continue
        wanted = firm.occasion_t
        if firm.occasion == Occasion.PLANNED:
            # A replayed purchase: its price and size are given, its money was set aside.
            firm.bid_fen = to_fen(firm.occasion_willingness)
        else:
            peers = _peer_share(firms, starts, others, index, month, voluntary.peer_months)
            firm.bid_fen = to_fen(
                voluntary_limit(
                    firm.occasion_willingness, peers, voluntary.peer_weight,
                    voluntary.subsidy_yuan_per_t,
                )
            )
            wanted = affordable_tonnes(wanted, firm.budget_fen, firm.bid_fen)
        if wanted <= 0 or firm.bid_fen <= 0:
            firm.bid_fen = 0
            continue
        send_order(
            clock, orders, firm.agent_id, firm.province, index, Side.BUY.value,
            Motive.VOLUNTARY.value,
            firm.bid_fen, wanted, arrival[index],
        )
        row.bid_voluntary_t += wanted
        row.best_bid_fen = max(row.best_bid_fen, firm.bid_fen)


@allocating_kernel
def bid_compliance(clock, compliance, regime, banking, prices, firms, orders, monthly):
    """Covered firms order the credits that are the cheapest way to comply.

    Parameters
    ----------
    clock, compliance, regime, banking, prices, firms, orders, monthly : see `State`
    """
    month = clock[Clock.MONTH]
    row = monthly[month - clock[Clock.FIRST]]
    years = banking.period_years
    gone = months_of_period(year_of_period(month, clock[Clock.FIRST], years), month % 12 + 1)
    ends = months_of_period(years - 1, compliance.deadline_month)
    limit = to_fen(prices[Prices.CREDIT])
    if not compliance.eligible or limit <= 0:
        for index in range(len(firms)):
            firms[index].compliance_bid_fen = 0
        return
    arrival = uniform_column(
        clock[Clock.SEED], ORDER_ARRIVAL, month, firms, Motive.COMPLIANCE.value
    )
    pace = math.nan
    share = 0.0
    use = prices[Prices.CREDIT_USE]
    most = regime_limit(regime.kind, compliance.offset_limit * compliance.room_share)
    for index in range(len(firms)):
        firm = firms[index]
        firm.compliance_bid_fen = 0
        if firm.obligation_t <= 0:
            continue
        # A limit that moves within the year counts for the year's obligation.
        firm.room_t = offset_room(firm.obligation_t, most, compliance.discount_ratio)
        # Firms of one group stand together and have one pace: its power is taken once for them.
        if firm.pace != pace:
            pace = firm.pace
            share = share_by_now(gone, ends, pace)
        target = firm.room_t
        if use < 1.0:
            target = credits_expected(firm.room_t, firm.for_compliance_t, use)
        wanted = compliance_order(wanted_of(target, share), firm.for_compliance_t)
        if wanted <= 0:
            continue
        firm.compliance_bid_fen = limit
        send_order(
            clock, orders, firm.agent_id, firm.province, index, Side.BUY.value,
            Motive.COMPLIANCE.value, limit,
            wanted, arrival[index],
        )
        row.bid_compliance_t += wanted
        row.best_bid_fen = max(row.best_bid_fen, limit)
