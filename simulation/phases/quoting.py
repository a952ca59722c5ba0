"""Phase ``quote``: sellers list what they offer, and ask a price for it."""

from agents.compiled import allocating_kernel, kernel
from agents.expectations import chance_by_then, months_to_wait
from agents.quantities import to_fen
from agents.registry.choosing import tonnes_that_count
from agents.sellers.bargaining import bargaining_ask, outside_option
from agents.sellers.quote import floor_fen, focal_ask, marginal_cost, money_pressure, offered_tonnes
from agents.sellers.storage import expected_price, price_after_news, storage_ask
from agents.sellers.verification import sampling_cost_factor
from agents.vocabulary import (
    AskStrategy,
    CreditState,
    Eligibility,
    Foresight,
    Motive,
    Side,
    Standing,
)
from simulation.draws import ORDER_ARRIVAL, uniform_column
from simulation.phases.looking_ahead import news_near
from simulation.phases.sending import keep_in_escrow, keep_part_in_escrow, send_order
from simulation.state import Clock, Foreseen, Prices

__all__ = ["quote"]


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
def _later_price(project, quoting, now, then, news, chance):
    # What a seller who stores expects; now, then: worth of its credits to who complies.
    if news:
        return price_after_news(
            project.believed_price, now, then, quoting.guide_price_yuan_per_t, chance
        )
    return expected_price(project.believed_price, then, chance)


@kernel
def _ask(
    project, cash, quoting, bargaining, expectations, last, foreseen, place, pressing, now, then,
    news, wait, chance, rate, floor, counts
):
    # Yuan/t, by the price theory of the seller; last: price of the last deals; pressing: fen that
    # its next verification costs; now, then: worth of its credits to who complies, today and after
    # wait months; chance: that it comes so; news: whether that is announced; counts: whether
    # they are of a kind that counts.
    if project.strategy == AskStrategy.FOCAL:
        return focal_ask(
            quoting.guide_price_yuan_per_t, last, quoting.anchor_weight,
            project.markup, money_pressure(cash, pressing), quoting.pressure_discount, floor,
        )
    if project.strategy == AskStrategy.BARGAINING:
        outside = outside_option(project.believed_price, project.sale_chance, rate, floor)
        return bargaining_ask(project.believed_price, outside, bargaining.gain_share)
    if project.strategy == AskStrategy.STORAGE and (
        counts and expectations.foresight == Foresight.PERFECT and expectations.horizon_months > 0
    ):
        return _best_later(project.believed_price, expectations, foreseen, place, rate, floor)
    if project.strategy == AskStrategy.STORAGE:
        return storage_ask(
            _later_price(project, quoting, now, then, news, chance), rate, wait,
            expectations.holding_cost_yuan_per_t_per_year, floor,
        )
    return floor


@kernel
def _part_offered(project, quoting, part, stock, counting):
    # Of the credits that do not count (part 0), or of those that do (part 1).
    mine = counting if part == 1 else stock - counting
    if project.strategy != AskStrategy.POSTED:
        return offered_tonnes(mine, quoting.offered_share, quoting.smallest_lot_t)
    left = project.posted_t - project.sold_t
    if left > stock:
        return 0
    # A replayed lot is made up of what does not count first.
    others = min(left, stock - counting)
    return left - others if part == 1 else others


@kernel
def _list_lot(ledger, account, offered, part, told_apart, month):
    if not told_apart:
        keep_in_escrow(ledger, account, offered, month)
    elif part == 0:
        keep_part_in_escrow(
            ledger, account, offered, Standing.OTHER.value, Standing.OTHER.value, month
        )
    else:
        keep_part_in_escrow(
            ledger, account, offered, Standing.ELSEWHERE.value, Standing.LOCAL.value, month
        )


@kernel
def _worth(clock, prices, eligible, project, counts, news):
    # Of a credit of a kind to who complies, today and in the later month.
    now = prices[Prices.CREDIT] if eligible and counts else 0.0
    will = counts
    if news and clock[Clock.NEWS_SORTS]:
        will = project.will_count
    return now, prices[Prices.CREDIT_THEN] if will else 0.0


@allocating_kernel
def quote(clock, market, verification, quoting, bargaining, expectations, prices, foreseen,
          projects, ledger, orders, monthly):
    """Sellers put credits in escrow and send an ask.

    Parameters
    ----------
    clock, market, verification, quoting, bargaining, expectations, prices, foreseen, projects,
    ledger, orders, monthly : see `State`

    Notes
    -----
    Where the rules tell credits apart, a seller offers two lots: credits that count once any do,
    and others.
    """
    month = clock[Clock.MONTH]
    row = monthly[month - clock[Clock.FIRST]]
    clock[Clock.ORDERS] = 0
    told_apart = clock[Clock.SORTED] != 0
    fixed_cost = to_fen(verification.fixed_cost_yuan * sampling_cost_factor(
        verification.sampling_effort, verification.sampling_cost_share
    ))
    arrival = uniform_column(clock[Clock.SEED], ORDER_ARRIVAL, month, projects, Motive.SUPPLY.value)
    floor = marginal_cost(verification.cost_yuan_per_t, market.exchange_fee_share)
    lowest_fen = floor_fen(floor)
    news = news_near(clock, expectations)
    wait = months_to_wait(month, clock[Clock.NEWS_FROM], expectations.horizon_months)
    chance = chance_by_then(
        month, clock[Clock.NEWS_FROM], expectations.horizon_months,
        expectations.eligibility_probability, expectations.credibility,
    )
    for index in range(len(projects)):
        project = projects[index]
        account = project.account
        stock = (
            ledger.tonnes[account, CreditState.HELD] + ledger.tonnes[account, CreditState.ESCROW]
        )
        counting = stock
        if told_apart:
            counting = tonnes_that_count(ledger, account)
        project.sold_this_month_t = project.offered_t = project.offered_counting_t = 0
        project.ask_fen = 0
        row.stock_t += stock
        row.counting_stock_t += counting
        for part in range(0 if told_apart else 1, 2):
            offered = 0
            if stock > 0:
                offered = _part_offered(project, quoting, part, stock, counting)
            _list_lot(ledger, account, offered, part, told_apart, month)
            if offered == 0:
                continue
            ask_fen = project.posted_fen
            if project.strategy != AskStrategy.POSTED:
                last = prices[Prices.LAST]
                if told_apart:
                    last = prices[Prices.LAST_COUNTING if part == 1 else Prices.LAST_OTHER]
                now, then = _worth(clock, prices, row.eligible, project, part == 1, news)
                ask = _ask(
                    project, ledger.fen[account], quoting, bargaining, expectations, last,
                    foreseen, month - clock[Clock.FIRST], fixed_cost, now, then, news, wait,
                    chance, verification.discount_rate_per_year, floor, part == 1,
                )
                ask_fen = max(to_fen(ask), lowest_fen)
            send_order(
                clock, orders, project.agent_id, project.province, index, Side.SELL.value,
                Motive.SUPPLY.value, ask_fen, offered, arrival[index],
                Eligibility.ELIGIBLE.value if part == 1 else Eligibility.ANY.value,
            )
            project.offered_t += offered
            if part == 1:
                project.offered_counting_t = offered
            if project.ask_fen == 0 or ask_fen < project.ask_fen:
                project.ask_fen = ask_fen
            row.offered_t += offered
            if row.best_ask_fen == 0 or ask_fen < row.best_ask_fen:
                row.best_ask_fen = ask_fen
