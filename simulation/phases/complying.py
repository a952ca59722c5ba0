"""Phase ``comply``: obligations are settled at the deadline."""

from agents.buyers.banking import (
    borrowed_tonnes,
    carried_over,
    is_last_year,
    kept_after_trading,
)
from agents.buyers.compliance import (
    credits_admitted,
    emissions_covered,
    held_usable,
    offset_room,
    rivals_bought,
)
from agents.buyers.enforcement import fine_yuan, hidden_tonnes
from agents.buyers.penalty import cost_of_making_good, penalty_price, prefers_penalty
from agents.buyers.regime import (
    free_allocation,
    frozen_activity,
    has_allowances,
    regime_limit,
)
from agents.compiled import kernel
from agents.expectations import discounted, worth_later
from agents.quantities import to_fen, worth_fen
from agents.registry.choosing import move_chosen
from agents.registry.eligibility import elsewhere_room
from agents.registry.ledger import move, pay
from agents.vocabulary import (
    Account,
    CreditState,
    Entry,
    Foresight,
    Purpose,
    Regime,
    Standing,
)
from simulation.draws import AUDIT, uniform
from simulation.phases.allowance_outlook import firms_trade, own_allowances
from simulation.phases.paying import fund_account
from simulation.phases.using import look_at_holdings
from simulation.state import Clock, Foreseen, Prices

__all__ = ["comply"]


@kernel
def _pay_to(ledger, firm, receiver, fen, entry, month):
    fund_account(ledger, firm.account, fen, month)
    if fen > 0:
        pay(ledger, firm.account, receiver, fen, entry, month)


@kernel
def _retire_for_compliance(ledger, firm, credits, apart, most_elsewhere, month):
    # Of those that count, from elsewhere first, as far as they may: local ones can do more. Tonnes
    # from elsewhere; where the rules tell no credits apart, nobody asks.
    held, retired = CreditState.HELD.value, CreditState.RETIRED.value
    if not apart:
        move(
            ledger, firm.account, held, firm.account, retired, credits, Entry.RETIRE.value,
            Purpose.COMPLIANCE.value, month,
        )
        return 0
    elsewhere = min(firm.elsewhere_t, most_elsewhere, credits)
    for standing, part in (
        (Standing.ELSEWHERE.value, elsewhere), (Standing.LOCAL.value, credits - elsewhere)
    ):
        if part > 0:
            move_chosen(
                ledger, firm.account, held, firm.account, retired, part, Entry.RETIRE.value,
                Purpose.COMPLIANCE.value, month, firm.province, standing, standing,
            )
    return elsewhere


@kernel
def _surrender_credits(ledger, firm, credits, compliance, regime, apart, most_elsewhere, month):
    # Emissions that they cover, and of these what credits from elsewhere cover.
    if credits <= 0:
        return 0, 0
    covered = emissions_covered(credits, compliance.discount_ratio)
    elsewhere = _retire_for_compliance(ledger, firm, credits, apart, most_elsewhere, month)
    firm.for_compliance_t -= credits
    firm.surrendered_credits_t += credits
    firm.credited_t += covered
    if has_allowances(regime.kind):
        firm.licensed_t += covered
    return covered, emissions_covered(elsewhere, compliance.discount_ratio)


@kernel
def _cover_the_rest(
    ledger, firm, lacking, regime, penalty, price, charge, later, traded, month, row
):
    # What neither credits nor own allowances cover: tax, market or penalty.
    if lacking <= 0:
        return
    if regime.kind == Regime.TAX:
        tax = worth_fen(lacking, to_fen(regime.tax_yuan_per_t))
        _pay_to(ledger, firm, Account.TREASURY.value, tax, Entry.CARBON_TAX.value, month)
        firm.taxed_t += lacking
        row.carbon_tax_fen += tax
    elif (
        # Where firms trade among themselves, nobody outside sells what is still missing.
        traded or regime.kind == Regime.NEUTRALISATION or prefers_penalty(price, charge, later)
    ):
        fine = worth_fen(lacking, to_fen(charge))
        _pay_to(ledger, firm, Account.TREASURY.value, fine, Entry.PENALTY.value, month)
        firm.shortfall_t += lacking
        row.shortfall_t += lacking
        row.penalties_fen += fine
        if penalty.make_good:
            firm.owed_again_t += lacking
    else:
        bill = worth_fen(lacking, to_fen(price))
        _pay_to(
            ledger, firm, Account.ALLOWANCE_MARKET.value, bill, Entry.ALLOWANCES.value, month
        )
        firm.surrendered_allowances_t += lacking
        firm.allowances_bought_t += lacking
        row.allowances_bought_t += lacking


@kernel
def _buy_rivals(
    ledger, firm, need, covered, elsewhere, compliance, local_share, regime, carbon, month, row
):
    # From outside, at their price. They know no duty to neutralise, and stay away where all firms
    # together are limited, so that nobody's place is taken. Tonnes covered.
    if (
        not compliance.rivals_open or compliance.system_limit < 1.0
        or regime.kind == Regime.NEUTRALISATION
    ):
        return 0
    bought = rivals_bought(
        need, firm.obligation_t, compliance.offset_limit, covered, elsewhere, local_share, carbon,
        compliance.rival_price_yuan_per_t, compliance.transaction_cost_yuan_per_t,
    )
    if bought > 0:
        bill = worth_fen(bought, to_fen(compliance.rival_price_yuan_per_t))
        _pay_to(ledger, firm, Account.OUTSIDE.value, bill, Entry.RIVAL_CREDITS.value, month)
        firm.rivals_t += bought
        row.rivals_t += bought
    return bought


@kernel
def _use_allowances(ledger, firm, need, regime, banking, price, later, traded, month, row):
    # Own allowances first; of spare ones some are carried over, the others sold, or lapse where
    # firms trade among themselves and have sold what they wanted to sell. Tonnes used.
    own = own_allowances(firm)
    used = min(own, need)
    spare = own - used
    kept = 0
    if traded:
        kept = kept_after_trading(
            banking.rule, spare, banking.free_carry_over_t, banking.net_sales_multiple,
            -firm.traded_t,
        )
    elif has_allowances(regime.kind):
        kept = carried_over(
            banking.rule, spare, banking.free_carry_over_t, banking.net_sales_multiple, price, later
        )
    firm.allocation_t = 0
    firm.bank_t = kept
    firm.traded_t = 0
    firm.surrendered_allowances_t += used
    if traded:
        firm.allowances_lapsed_t += spare - kept
        row.allowances_lapsed_t += spare - kept
        row.allowances_banked_t += kept
        return used
    firm.allowances_sold_t += spare - kept
    row.allowances_banked_t += kept
    row.allowances_sold_t += spare - kept
    revenue = worth_fen(spare - kept, to_fen(price))
    if revenue > 0:
        pay(
            ledger, Account.ALLOWANCE_MARKET.value, firm.account, revenue,
            Entry.ALLOWANCES.value, month,
        )
    return used


@kernel
def _borrow(firm, lacking, regime, banking, given_share, carbon, later, row):
    # From the allocation of next January, which is known by now. Tonnes borrowed.
    if banking.borrowing_share <= 0.0 or not has_allowances(regime.kind):
        return 0
    frozen = frozen_activity(
        regime.kind, firm.frozen_activity_t, firm.activity_t, regime.cap_decline_per_year
    )
    borrowed = borrowed_tonnes(
        lacking, banking.borrowing_share,
        given_share * free_allocation(regime.kind, firm.free_share, firm.activity_t, frozen),
        firm.borrowed_t, carbon, later,
    )
    firm.borrowed_t += borrowed
    firm.surrendered_allowances_t += borrowed
    row.allowances_borrowed_t += borrowed
    return borrowed


@kernel
def _hide(clock, ledger, firm, need, penalty, enforcement, price, later, row):
    # What is found must be made good as well, where the penalty has it. Tonnes hidden.
    hidden = hidden_tonnes(
        need, price, enforcement.audit_probability, enforcement.fine_yuan_per_t + later,
        enforcement.fine_rise_yuan_per_t_per_t,
    )
    if hidden <= 0:
        return 0
    month = clock[Clock.MONTH]
    firm.shortfall_t += hidden
    firm.violation_t += hidden
    row.shortfall_t += hidden
    row.violation_t += hidden
    luck = uniform(clock[Clock.SEED], AUDIT, month, firm.agent_id, 0)
    if luck < enforcement.audit_probability:
        fine = to_fen(fine_yuan(
            float(hidden), enforcement.fine_yuan_per_t, enforcement.fine_rise_yuan_per_t_per_t
        ))
        _pay_to(ledger, firm, Account.TREASURY.value, fine, Entry.FINE.value, month)
        firm.violation_found_t += hidden
        row.violation_found_t += hidden
        row.fines_fen += fine
        if penalty.make_good:
            firm.owed_again_t += hidden
    return hidden


@kernel
def _credits_brought(firm, limit, ratio, apart, local_share):
    # Under the firm's own limit.
    if firm.obligation_t <= 0:
        return 0
    room = offset_room(firm.obligation_t, limit, ratio)
    held = held_usable(
        firm.for_compliance_t, apart, firm.local_t, firm.elsewhere_t, room, local_share
    )
    return min(held, room)


@kernel
def _all_together(compliance, regime, firms, limit, apart, local_share):
    # Credits that all firms bring, and the most that they may surrender together.
    brought = 0
    owed = 0
    # Where credits are all that counts, and where there is no such limit, nobody need be asked.
    if compliance.system_limit >= 1.0 or regime.kind == Regime.NEUTRALISATION:
        return 0, 0
    for index in range(len(firms)):
        firm = firms[index]
        brought += _credits_brought(
            firm, limit, compliance.discount_ratio, apart, local_share
        )
        owed += firm.obligation_t
    return brought, offset_room(owed, compliance.system_limit, compliance.discount_ratio)


@kernel
def _cap_ends(clock, expectation, coming, deadline):
    # Whether it is announced that allowances will be good for nothing by the next deadline.
    date = clock[Clock.COMING_FROM]
    return (
        0 < date - clock[Clock.MONTH] <= expectation.horizon_months and date <= deadline
        and not has_allowances(coming.regime[0].kind)
    )


@kernel
def comply(clock, allowance_price, allowance_market, compliance, eligibility, regime, penalty,
           expectation, banking, enforcement, coming, prices, foreseen, firms, ledger, monthly):
    """At the deadline: surrender credits up to the limit, allowances or money for the rest.

    Parameters
    ----------
    clock, allowance_price, allowance_market, compliance, eligibility, regime, penalty, expectation,
    banking, enforcement, coming, prices, foreseen, firms, ledger, monthly : see `State`
    """
    month = clock[Clock.MONTH]
    if month % 12 + 1 != compliance.deadline_month or regime.kind == Regime.NONE:
        return
    if not is_last_year(month, clock[Clock.FIRST], banking.period_years):
        return
    row = monthly[month - clock[Clock.FIRST]]
    price = prices[Prices.ALLOWANCE]
    charge = penalty_price(
        penalty.form, compliance.penalty_multiple, penalty.fixed_yuan_per_t, price
    )
    worth = worth_later(
        expectation.price_growth_per_year, expectation.discount_rate_per_year,
        float(banking.period_years),
    )
    later = cost_of_making_good(regime.kind, penalty.make_good, price, charge, worth)
    traded = firms_trade(clock, allowance_price, regime)
    given_share = 1.0 - allowance_market.auction_share if traded else 1.0
    next_price = price * worth
    next_deadline = month - clock[Clock.FIRST] + 12 * banking.period_years
    if expectation.foresight == Foresight.PERFECT and next_deadline < foreseen.shape[1]:
        next_price = discounted(
            foreseen[Foreseen.ALLOWANCE, next_deadline], expectation.discount_rate_per_year,
            float(banking.period_years),
        )
    if expectation.foresight != Foresight.PERFECT and _cap_ends(
        clock, expectation, coming, month + 12 * banking.period_years
    ):
        next_price *= 1.0 - expectation.credibility
    limit = regime_limit(regime.kind, compliance.offset_limit * compliance.room_share)
    apart, local_share = clock[Clock.APART] != 0, eligibility.local_share
    ratio = compliance.discount_ratio
    total, most = _all_together(compliance, regime, firms, limit, apart, local_share)
    for index in range(len(firms)):
        firm = firms[index]
        if firm.obligation_t <= 0:
            continue
        credits = 0
        if compliance.eligible:
            brought = _credits_brought(firm, limit, ratio, apart, local_share)
            credits = credits_admitted(brought, total, most)
        covered, elsewhere = _surrender_credits(
            ledger, firm, credits, compliance, regime, apart,
            elsewhere_room(offset_room(firm.obligation_t, limit, ratio), local_share), month,
        )
        row.retired_compliance_t += credits
        need = firm.obligation_t - covered
        need -= _hide(
            clock, ledger, firm, need, penalty, enforcement, prices[Prices.CARBON], later, row
        )
        if not traded:
            need -= _buy_rivals(
                ledger, firm, need, covered, elsewhere, compliance, local_share, regime,
                prices[Prices.CARBON], month, row,
            )
        need -= _use_allowances(
            ledger, firm, need, regime, banking, price, next_price, traded, month, row
        )
        if traded:
            # The price is not above theirs unless all their room is wanted.
            need -= _buy_rivals(
                ledger, firm, need, covered, elsewhere, compliance, local_share, regime,
                charge + later, month, row,
            )
        need -= _borrow(
            firm, need, regime, banking, given_share, prices[Prices.CARBON], next_price, row
        )
        _cover_the_rest(
            ledger, firm, need, regime, penalty, price, charge, later, traded, month, row
        )
        firm.settled_emissions_t += firm.obligation_t
        firm.obligation_t = 0
        firm.past_years_t = 0
        firm.room_t = 0
    look_at_holdings(clock, firms, ledger)
