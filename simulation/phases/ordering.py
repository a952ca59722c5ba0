"""Phases ``bid_voluntary`` and ``bid_compliance``: firms order credits."""

import math

from agents.buyers.allowances import credits_expected
from agents.buyers.banking import months_of_period, year_of_period
from agents.buyers.compliance import (
    compliance_order,
    held_usable,
    offset_room,
    ordered_anywhere,
    share_by_now,
    wanted_of,
)
from agents.buyers.green_reserve import reserve_limit, reserve_wanted
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
from agents.vocabulary import Eligibility, Motive, Occasion, Side
from simulation.draws import (
    OCCASION,
    ORDER_ARRIVAL,
    normal_quantile,
    uniform_blocks,
    uniform_column,
)
from simulation.phases.looking_ahead import news_near
from simulation.phases.sending import send_order
from simulation.phases.using import look_at_holdings
from simulation.state import Clock, Prices

__all__ = ["bid_compliance", "bid_voluntary"]


@kernel
def _open_occasion(clock, voluntary, firm, reserving, arrival, kind, size, worth):
    # reserving: whether covered firms may buy in case credits come to count.
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
        voluntary.collateral_weight,
        voluntary.green_reserve_weight if reserving and firm.covered else 0.0, kind,
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


@kernel
def _room_under(compliance, regime, firm):
    most = regime_limit(regime.kind, compliance.offset_limit * compliance.room_share)
    return offset_room(to_tonnes(firm.activity_t), most, compliance.discount_ratio)


@kernel
def _reserve_room(compliance, regime, news, near, firm):
    # Credits that a firm expects to surrender at one deadline, by the rules then.
    if near:
        return _room_under(news.compliance[0], news.regime[0], firm)
    return _room_under(compliance, regime, firm)


@kernel
def _bid_of(
    voluntary, expectations, firms, starts, others, index, month, value_then, chance, wait, trust
):
    # Fen/t: what the firm gives for its open occasion this month.
    firm = firms[index]
    if firm.occasion == Occasion.PLANNED:
        # A replayed purchase: its price and size are given, its money was set aside.
        return to_fen(firm.occasion_willingness)
    if firm.occasion == Occasion.GREEN_RESERVE:
        return to_fen(reserve_limit(
            chance, value_then, firm.occasion_willingness, expectations.discount_rate_per_year,
            expectations.holding_cost_yuan_per_t_per_year, wait,
        ))
    peers = _peer_share(firms, starts, others, index, month, voluntary.peer_months)
    return to_fen(voluntary_limit(
        firm.occasion_willingness * trust, peers, voluntary.peer_weight,
        voluntary.subsidy_yuan_per_t,
    ))


@allocating_kernel
def bid_voluntary(
    clock, voluntary, compliance, regime, expectations, news, prices, firms, starts, others, ledger,
    orders, monthly
):
    """Firms with an open occasion send a voluntary order.

    Parameters
    ----------
    clock, voluntary, compliance, regime, expectations, news, prices, firms, ledger, orders,
    monthly : see `State`
    starts, others : arrays of `Neighbours`

    Notes
    -----
    Green reserves are opened as soon as credits count, and nobody starts one then; what is not
    bought by then is no longer wanted for them.
    """
    month = clock[Clock.MONTH]
    row = monthly[month - clock[Clock.FIRST]]
    eligible = compliance.eligible
    opened = 0
    luck = uniform_blocks(clock[Clock.SEED], OCCASION, month, firms.agent_id)
    arrival = uniform_column(
        clock[Clock.SEED], ORDER_ARRIVAL, month, firms, Motive.VOLUNTARY.value
    )
    horizon = expectations.horizon_months
    near = news_near(clock, expectations)
    wait = months_to_wait(month, clock[Clock.NEWS_FROM], horizon)
    chance = chance_by_then(
        month, clock[Clock.NEWS_FROM], horizon, expectations.eligibility_probability,
        expectations.credibility,
    )
    for index in range(len(firms)):
        firm = firms[index]
        firm.bid_fen = 0
        if eligible and firm.reserve_t > 0:
            # What was kept for this is held for compliance from now on.
            opened += firm.reserve_t
            firm.for_compliance_t += firm.reserve_t
            firm.reserve_t = firm.reserve_until = 0
        if firm.occasion != Occasion.NONE and (
            month > firm.occasion_ends
            or (eligible and firm.occasion == Occasion.GREEN_RESERVE)
        ):
            firm.occasion = Occasion.NONE.value
            firm.occasion_t = 0
        if firm.occasion == Occasion.NONE:
            _open_occasion(
                clock, voluntary, firm, horizon > 0 and not eligible, luck[0, index],
                luck[1, index], luck[2, index], luck[3, index],
            )
        if firm.occasion == Occasion.NONE or firm.occasion_t <= 0:
            continue
        wanted = firm.occasion_t
        accepts = Eligibility.ANY.value
        firm.bid_fen = _bid_of(
            voluntary, expectations, firms, starts, others, index, month,
            prices[Prices.CREDIT_THEN], chance, wait, prices[Prices.TRUST],
        )
        if firm.occasion == Occasion.GREEN_RESERVE:
            accepts = Eligibility.ELIGIBLE.value
            wanted = reserve_wanted(
                wanted, _reserve_room(compliance, regime, news, near, firm),
                firm.reserve_t + firm.for_compliance_t,
            )
        if firm.occasion != Occasion.PLANNED:
            wanted = affordable_tonnes(wanted, firm.budget_fen, firm.bid_fen)
        if wanted <= 0 or firm.bid_fen <= 0:
            firm.bid_fen = 0
            continue
        send_order(
            clock, orders, firm.agent_id, firm.province, index, Side.BUY.value,
            Motive.VOLUNTARY.value, firm.bid_fen, wanted, arrival[index], accepts,
        )
        row.bid_voluntary_t += wanted
        row.best_bid_fen = max(row.best_bid_fen, firm.bid_fen)
    if opened > 0:
        look_at_holdings(clock, firms, ledger)


@kernel
def _order_for_compliance(clock, orders, firm, index, limit, wanted, anywhere, arrival):
    # What credits of any province may fill, and the rest of local ones alone.
    for place in range(2):
        tonnes = wanted - anywhere if place else anywhere
        if tonnes > 0:
            accepted = Eligibility.LOCAL.value if place else Eligibility.ELIGIBLE.value
            send_order(
                clock, orders, firm.agent_id, firm.province, index, Side.BUY.value,
                Motive.COMPLIANCE.value, limit, tonnes, arrival, accepted,
            )


@allocating_kernel
def bid_compliance(
    clock, compliance, eligibility, regime, banking, prices, firms, orders, monthly
):
    """Covered firms order the credits that are the cheapest way to comply.

    Parameters
    ----------
    clock, compliance, eligibility, regime, banking, prices, firms, orders, monthly : see `State`
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
    apart = clock[Clock.APART] != 0
    local_share = eligibility.local_share
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
        held = held_usable(
            firm.for_compliance_t, apart, firm.local_t, firm.elsewhere_t, firm.room_t, local_share
        )
        target = firm.room_t
        if use < 1.0:
            target = credits_expected(firm.room_t, held, use)
        wanted = compliance_order(wanted_of(target, share), held)
        if wanted <= 0:
            continue
        firm.compliance_bid_fen = limit
        if apart:
            anywhere = ordered_anywhere(
                wanted, firm.elsewhere_t, firm.room_t, share, local_share
            )
            _order_for_compliance(
                clock, orders, firm, index, limit, wanted, anywhere, arrival[index]
            )
        else:
            send_order(
                clock, orders, firm.agent_id, firm.province, index, Side.BUY.value,
                Motive.COMPLIANCE.value, limit, wanted, arrival[index],
                Eligibility.ELIGIBLE.value,
            )
        row.bid_compliance_t += wanted
        row.best_bid_fen = max(row.best_bid_fen, limit)
