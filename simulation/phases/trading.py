"""Phases ``clear``, ``settle`` and ``learn``: orders become deals, deals become entries."""

from agents.compiled import kernel
from agents.quantities import to_fen, worth_fen
from agents.registry.choosing import move_chosen
from agents.registry.ledger import move, pay
from agents.sellers.bargaining import next_sale_chance
from agents.sellers.quote import believed_price, next_markup
from agents.sellers.reinvestment import earmarked
from agents.vocabulary import (
    Account,
    CreditState,
    Eligibility,
    Entry,
    Motive,
    Occasion,
    Refusal,
    Standing,
)
from simulation.markets.overlays.trading_units import round_prices
from simulation.markets.overlays.transaction_tax import tax_on
from simulation.markets.routing import match_book, match_by_class
from simulation.phases.paying import fund_account
from simulation.state import Clock, Prices

__all__ = ["FAULT_LIMITS", "FAULT_SETTLEMENT", "clear", "learn", "settle"]

FAULT_LIMITS = 10
FAULT_SETTLEMENT = 11


@kernel
def clear(
    clock, market, listing, call_auction, bilateral, pay_as_bid, mcafee, one_way_auction,
    administered, reverse_auction, continuous, trading_units, orders, filled, matches
):
    """Match the book by the pricing rule in force.

    Parameters
    ----------
    clock, market, listing, call_auction, bilateral, pay_as_bid, mcafee,
    one_way_auction, administered, reverse_auction, continuous, trading_units, orders, filled,
    matches : see `State`
    """
    seed, month = clock[Clock.SEED], clock[Clock.MONTH]
    book = orders[: clock[Clock.ORDERS]]
    lot = trading_units.lot_t
    filled[: len(book)] = 0
    if clock[Clock.APART]:
        found = match_by_class(
            market.mechanism, book, listing, call_auction, bilateral, pay_as_bid, mcafee,
            one_way_auction, administered, reverse_auction, continuous, lot, seed, month, filled,
            matches,
        )
    else:
        found = match_book(
            market.mechanism, book, listing, call_auction, bilateral, pay_as_bid, mcafee,
            one_way_auction, administered, reverse_auction, continuous, lot, seed, month, filled,
            matches,
        )
    round_prices(matches, found, to_fen(trading_units.tick_yuan_per_t))
    clock[Clock.MATCHES] = found


@kernel
def _count_project(ledger, project, tonnes, value, fee_share, earmarked_share, month):
    project.sold_t += tonnes
    project.sold_this_month_t += tonnes
    project.proceeds_fen += value
    fee = earmarked(value, fee_share)
    if fee > 0:
        pay(
            ledger, project.account, Account.EXCHANGE.value, fee, Entry.EXCHANGE_FEE.value, month
        )
    saved = earmarked(value - fee, earmarked_share)
    if saved > 0:
        pay(ledger, project.account, project.fund_account, saved, Entry.EARMARK.value, month)
        project.earmarked_fen += saved
    return saved


@kernel
def _record_deal(clock, deals, month, occasion, bid, ask, match, tax):
    deal = deals[clock[Clock.DEALS]]
    deal.month = month
    deal.seller_id = ask.agent_id
    deal.buyer_id = bid.agent_id
    deal.motive = bid.motive
    deal.occasion = occasion
    deal.eligibility = ask.eligibility
    deal.tonnes = match.tonnes
    deal.price_fen = match.price_fen
    deal.seller_price_fen = match.seller_price_fen
    deal.tax_fen = tax
    deal.ask_fen = ask.limit_fen
    deal.bid_fen = bid.limit_fen
    clock[Clock.DEALS] += 1


@kernel
def _count_voluntary(firm, row, month, tonnes, value, tax, kept_months):
    if firm.occasion != Occasion.PLANNED:
        firm.budget_fen -= value + tax
    firm.occasion_t -= tonnes
    if firm.occasion == Occasion.GREEN_RESERVE:
        firm.reserve_t += tonnes
        firm.reserve_until = month + kept_months
        row.green_reserve_t += tonnes
    else:
        firm.to_retire_t += tonnes
    firm.voluntary_t += tonnes
    firm.last_voluntary_month = month
    row.voluntary_t += tonnes
    row.voluntary_value_fen += value


@kernel
def _hand_over_chosen(ledger, seller, buyer, tonnes, month, eligibility):
    # Where the rules tell credits apart, those that the ask offered.
    escrow, held = CreditState.ESCROW.value, CreditState.HELD.value
    least, most = Standing.OTHER.value, Standing.OTHER.value
    if eligibility != Eligibility.ANY:
        least, most = Standing.ELSEWHERE.value, Standing.LOCAL.value
    return move_chosen(
        ledger, seller, escrow, buyer, held, tonnes, Entry.DELIVER.value, 0, month, -1, least, most
    )


@kernel
def _deliver(
    ledger, buyer, seller, paid_to, tonnes, value, received, month, told_apart, eligibility
):
    # Delivery against payment: the seller its price, the exchange what is left of the buyer's.
    refused = Refusal.NONE.value
    if received > 0:
        refused = pay(ledger, buyer, paid_to, received, Entry.PAYMENT.value, month)
    if value > received and refused == Refusal.NONE:
        refused = pay(
            ledger, buyer, Account.EXCHANGE.value, value - received,
            Entry.PRICE_DIFFERENCE.value, month,
        )
    if refused != Refusal.NONE:
        return refused
    if told_apart:
        return _hand_over_chosen(ledger, seller, buyer, tonnes, month, eligibility)
    return move(
        ledger, seller, CreditState.ESCROW.value, buyer, CreditState.HELD.value, tonnes,
        Entry.DELIVER.value, 0, month,
    )


@kernel
def _deliver_to_public(
    ledger, project, tonnes, value, received, month, told_apart, eligibility
):
    # Cancelled at once: the public pays for the removal, and nobody shall emit on account of it.
    treasury = Account.TREASURY.value
    refused = _deliver(
        ledger, treasury, project.account, project.account, tonnes, value, received, month,
        told_apart, eligibility,
    )
    if refused == Refusal.NONE:
        refused = move(
            ledger, treasury, CreditState.HELD.value, treasury, CreditState.CANCELLED.value,
            tonnes, Entry.CANCEL.value, 0, month,
        )
    return refused


@kernel
def _count_firm(ledger, firm, row, motive, tonnes, value, tax, subsidy, kept_months, month):
    firm.spent_fen += value + tax
    if tax > 0:
        pay(
            ledger, firm.account, Account.TREASURY.value, tax, Entry.TRANSACTION_TAX.value, month
        )
        row.transaction_tax_fen += tax
    if motive == Motive.VOLUNTARY:
        _count_voluntary(firm, row, month, tonnes, value, tax, kept_months)
        # What is kept for compliance is no voluntary use yet.
        if subsidy > 0 and firm.occasion != Occasion.GREEN_RESERVE:
            paid = worth_fen(tonnes, subsidy)
            pay(
                ledger, Account.TREASURY.value, firm.account, paid, Entry.SUBSIDY.value, month
            )
            row.subsidies_fen += paid
    elif motive == Motive.QUOTA:
        firm.for_quota_t += tonnes
        firm.quota_t += tonnes
        row.quota_t += tonnes
    else:
        firm.for_compliance_t += tonnes
        firm.compliance_t += tonnes
        row.compliance_t += tonnes


@kernel
def settle(clock, market, reinvestment, voluntary, transaction_tax, projects, firms, ledger, orders,
           matches, deals, monthly):
    """Deliver against payment, deal by deal.

    Parameters
    ----------
    clock, market, reinvestment, voluntary, transaction_tax, projects, firms, ledger, orders,
    matches, deals, monthly : see `State`
    """
    month = clock[Clock.MONTH]
    row = monthly[month - clock[Clock.FIRST]]
    subsidy = to_fen(voluntary.subsidy_yuan_per_t)
    told_apart = clock[Clock.SORTED] != 0
    for index in range(clock[Clock.MATCHES]):
        match = matches[index]
        bid, ask = orders[match.buy], orders[match.sell]
        tonnes = match.tonnes
        public = bid.motive == Motive.PUBLIC
        from_reserve = ask.motive == Motive.PUBLIC
        if (
            match.price_fen > bid.price_fen or match.seller_price_fen < ask.price_fen
            or match.seller_price_fen > match.price_fen
        ):
            clock[Clock.FAULT] = FAULT_LIMITS
            return
        value = worth_fen(tonnes, match.price_fen)
        received = worth_fen(tonnes, match.seller_price_fen)
        occasion = Occasion.NONE.value
        tax = 0
        if public:
            refused = _deliver_to_public(
                ledger, projects[ask.row], tonnes, value, received, month, told_apart,
                ask.eligibility,
            )
        else:
            firm = firms[bid.row]
            if bid.motive == Motive.VOLUNTARY:
                occasion = firm.occasion
            tax = tax_on(value, transaction_tax.share)
            # The firm's treasury funds its settlement account when a deal is to be paid.
            fund_account(ledger, firm.account, value + tax, month)
            seller, paid_to = Account.RESERVE.value, Account.TREASURY.value
            if not from_reserve:
                seller = paid_to = projects[ask.row].account
            refused = _deliver(
                ledger, firm.account, seller, paid_to, tonnes, value, received, month, told_apart,
                ask.eligibility,
            )
        if refused != Refusal.NONE:
            clock[Clock.FAULT] = FAULT_SETTLEMENT
            return
        _record_deal(clock, deals, month, occasion, bid, ask, match, tax)
        if from_reserve:
            row.reserve_sold_t += tonnes
            row.reserve_value_fen += received
        else:
            row.earmarked_fen += _count_project(
                ledger, projects[ask.row], tonnes, received, market.exchange_fee_share,
                reinvestment.earmarked_share, month,
            )
        row.deals += 1
        row.volume_t += tonnes
        row.value_fen += value
        if ask.eligibility != Eligibility.ANY:
            row.counting_t += tonnes
            row.counting_value_fen += value
        row.price_difference_fen += value - received
        if public:
            row.public_t += tonnes
            row.public_value_fen += value
        else:
            _count_firm(
                ledger, firms[bid.row], row, bid.motive, tonnes, value, tax, subsidy,
                voluntary.green_reserve_months, month,
            )


@kernel
def _mean_price(value, tonnes):
    # Yuan/t; 0 where nothing traded.
    return value / tonnes / 100.0 if tonnes > 0 else 0.0


@kernel
def learn(clock, quoting, bargaining, prices, projects, monthly):
    """Sellers learn from the month: its mean price and whether their lot sold.

    Parameters
    ----------
    clock, quoting, bargaining, prices, projects, monthly : see `State`
    """
    row = monthly[clock[Clock.MONTH] - clock[Clock.FIRST]]
    price = 0.0
    if row.volume_t > 0:
        price = row.value_fen / row.volume_t / 100.0
        prices[Prices.LAST] = price
    counting = other = price
    if clock[Clock.APART]:
        # Two kinds of credits are two goods, each with a price of its own.
        counting = _mean_price(row.counting_value_fen, row.counting_t)
        other = _mean_price(row.value_fen - row.counting_value_fen, row.volume_t - row.counting_t)
    if counting > 0.0:
        prices[Prices.LAST_COUNTING] = counting
    if other > 0.0:
        prices[Prices.LAST_OTHER] = other
    for index in range(len(projects)):
        project = projects[index]
        project.markup = next_markup(
            project.markup, project.offered_t, project.sold_this_month_t, quoting.markup_step,
            quoting.markup_limit,
        )
        project.sale_chance = next_sale_chance(
            project.sale_chance, project.offered_t, project.sold_this_month_t,
            bargaining.chance_learning_rate,
        )
        sells_counting = project.offered_counting_t > 0 or (
            project.offered_t == 0 and project.counts
        )
        project.believed_price = believed_price(
            project.believed_price,
            counting if sells_counting else other, quoting.learning_rate,
        )
