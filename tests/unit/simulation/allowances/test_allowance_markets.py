"""Allowance markets small enough to count by hand."""

import ast
import math

import numpy as np
import pytest

from agents.compiled import ROOT
from agents.parameters import record_of
from agents.population import empty
from agents.vocabulary import Side
from simulation.allowances import (
    RoundRules,
    Terms,
    allocate,
    comply,
    linear_firms,
    permits_held,
    run_periods,
    stepped_firms,
    supply_of,
    trade_in_rounds,
)
from simulation.allowances.complying import fine_of, offset_limit
from simulation.allowances.continuous import DeskRules, marginal_costs, trade_continuously
from simulation.allowances.curves import (
    abatement_cost,
    emissions_at,
    linear_emissions,
    unit_value,
)
from simulation.allowances.ladder import ladder_price, send_ladders
from simulation.allowances.market import (
    AUTHORITY,
    OUTSIDE,
    RETIRED,
    check_books,
)
from simulation.allowances.offsets import CreditRules, trade_with_credits
from simulation.allowances.wishes import bank_wanted, permits_wanted, price_cap, violation_at
from simulation.errors import InputError, InvariantError
from simulation.markets.protocol import ORDER_DTYPE
from tests.helpers import both

NO_CAPS = np.zeros(0)


def wanted(market, price, row=0, caps=NO_CAPS, **terms):
    return both(
        permits_wanted, market.firms, market.measures, record_of(Terms(**terms))[0], caps, row,
        price,
    )


def bank(market, price, caps, **terms):
    return both(
        bank_wanted, market.firms, market.measures, record_of(Terms(**terms))[0],
        np.array(caps, dtype=float), 0, price,
    )


def test_the_market_does_not_know_its_yardstick():
    """No file of the agents' market imports the solvers."""
    folder = ROOT / "simulation" / "allowances"
    files = sorted(folder.glob("*.py"))
    assert len(files) > 8
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if isinstance(node, ast.Import):
                names = [name.name for name in node.names]
            assert not [name for name in names if name.startswith("simulation.theory")], path


@pytest.mark.parametrize(
    ("price", "tonnes"), [(0.0, 50.0), (40.0, 30.0), (100.0, 0.0), (140.0, 0.0)]
)
def test_a_straight_line_is_read_the_other_way_round(price, tonnes):
    """MAC 100 - 2 e."""
    assert both(linear_emissions, price, 100.0, 2.0) == tonnes


def test_costs_of_a_line():
    """Cutting 10 of 50 t costs the triangle; the 41st tonne is worth 100 - 2 x 40.5."""
    market = linear_firms([100.0], [2.0])
    assert both(abatement_cost, market.firms, market.measures, 0, 40.0) == 100.0
    assert both(abatement_cost, market.firms, market.measures, 0, 60.0) == 0.0
    assert both(unit_value, market.firms, market.measures, 0, 40.0) == 19.0
    assert both(unit_value, market.firms, market.measures, 0, 60.0) == 0.0


def test_costs_of_measures():
    """The cheapest first; 60 t emitted of which 50 can go."""
    market = stepped_firms([60.0], [[(30.0, 20.0), (10.0, 30.0)]])
    at = (market.firms, market.measures, 0)
    assert [both(emissions_at, *at, price) for price in (10.0, 10.01, 30.01)] == [60.0, 30.0, 10.0]
    assert both(abatement_cost, *at, 25.0) == 30 * 10 + 5 * 30
    assert both(abatement_cost, *at, 9.0) == math.inf
    values = [both(unit_value, *at, tonnes) for tonnes in (60.0, 59.0, 30.0, 29.0, 10.0, 9.0)]
    assert values == [0.0, 10.0, 10.0, 30.0, 30.0, math.inf]


def test_a_penalty_is_a_ceiling():
    """With make-good the tonne must be bought later, too."""
    assert both(price_cap, 0.0, False, 60.0, 0.05) == math.inf
    assert both(price_cap, 50.0, False, 60.0, 0.05) == 50.0
    assert both(price_cap, 50.0, True, 60.0, 0.25) == 98.0
    market = linear_firms([100.0], [1.0])
    assert [wanted(market, price, penalty_yuan_per_t=50.0) for price in (50.0, 50.01)] == [50, 0]


@pytest.mark.parametrize(
    ("price", "audit", "fine", "rise", "violation"),
    [(25.0, 0.5, 20.0, 2.0, 15.0), (9.0, 0.5, 20.0, 2.0, 0.0), (25.0, 0.5, 20.0, 0.0, 70.0),
     (25.0, 0.0, 20.0, 2.0, 70.0), (25.0, 0.5, 0.0, 0.0, 0.0), (900.0, 0.5, 20.0, 2.0, 70.0)],
)
def test_a_violation_stops_where_the_expected_marginal_fine_is_the_price(
    price, audit, fine, rise, violation
):
    """25 = 0.5 (20 + 2 x 15); never more than all emissions; none where there is no fine."""
    assert both(violation_at, price, audit, fine, rise, 70.0) == violation


def test_the_fine_is_the_marginal_fine_added_up():
    """15 t at 20 to 50 yuan."""
    assert both(fine_of, 15, 20.0, 2.0) == 525.0


def test_a_bank_is_the_largest_lack_within_the_horizon():
    """MAC 100 - e at 40 yuan, no interest: 60 t a period are wanted."""
    market = linear_firms([100.0], [1.0])
    terms = {"interest_per_period": 0.0, "horizon": 3}
    assert bank(market, 40.0, [50.0, 40.0, 0.0], **terms) == 10.0 + 20.0
    assert bank(market, 40.0, [50.0, 40.0, 0.0], **{**terms, "horizon": 2}) == 10.0
    assert bank(market, 40.0, [50.0, 40.0, 0.0], **{**terms, "horizon": 1}) == 0.0
    assert bank(market, 40.0, [50.0, 90.0], **terms) == 10.0
    assert bank(market, 40.0, [70.0, 90.0], **terms) == 0.0
    assert bank(market, 40.0, [50.0, 40.0], banking=False, **terms) == 0.0
    # Of the lack of 10 t, half of the next cap could be borrowed when it comes to that.
    assert bank(market, 40.0, [50.0, 20.0], **{**terms, "horizon": 2}, borrow_share=0.4) == 2.0
    assert bank(market, 40.0, [50.0, 90.0], **{**terms, "horizon": 1}, borrow_share=0.4) == -20.0
    # At 100 % interest the price doubles, and 20 t are wanted.
    assert bank(market, 40.0, [10.0], interest_per_period=1.0, horizon=2) == 10.0


def test_a_firm_plans_with_its_own_curve_or_with_all():
    """Twice as many tonnes at 50 from the other firm: a third of the lack is the first one's."""
    market = linear_firms([100.0, 100.0], [1.0, 0.5])
    terms = {"interest_per_period": 0.0, "horizon": 2}
    assert bank(market, 50.0, [60.0], **terms) == pytest.approx(50.0 - 20.0)
    assert bank(market, 50.0, [60.0], knows_curves=True, **terms) == pytest.approx(90.0 / 3)
    other = linear_firms([100.0, 200.0], [1.0, 1.0])
    assert bank(other, 50.0, [60.0], **terms) == pytest.approx(50.0 - 20.0)
    assert bank(other, 50.0, [60.0], knows_curves=True, **terms) == pytest.approx(140.0 / 3)


def test_a_ladder_is_wishes_less_holdings():
    """MAC 100 - e with 50 allowances, asked at 0, 25, 50, 75 and 100 yuan."""
    market = linear_firms([100.0], [1.0])
    allocate(market, [50])
    orders, grid = empty(ORDER_DTYPE, 20), np.zeros(7, dtype=np.int64)
    record = record_of(Terms())[0]
    found = both(send_ladders, *market, record, NO_CAPS, 0, 10_000, 0, grid, orders)
    ladder = [(one.side, one.price_fen, one.quantity_t) for one in orders[:found]]
    buy, sell = Side.BUY, Side.SELL
    assert ladder == [(buy, 2500, 25), (buy, 0, 25), (sell, 7500, 25), (sell, 10_000, 25)]
    # A buyer that pays 30 yuan on top bids as if prices were that much higher.
    found = send_ladders(*market, record, NO_CAPS, 0, 10_000, 3000, grid, orders)
    ladder = [(one.side, one.price_fen, one.quantity_t) for one in orders[:found]]
    assert ladder == [(buy, 0, 20), (sell, 7500, 25), (sell, 10_000, 25)]


def test_a_ladder_has_both_sides_of_the_penalty():
    """60 t are wanted at 40 yuan and none a fen above."""
    market = linear_firms([100.0], [1.0])
    allocate(market, [50])
    orders, grid = empty(ORDER_DTYPE, 20), np.zeros(5, dtype=np.int64)
    record = record_of(Terms(penalty_yuan_per_t=40.0))[0]
    found = both(send_ladders, *market, record, NO_CAPS, 0, 10_000, 0, grid, orders)
    ladder = [(one.side, one.price_fen, one.quantity_t) for one in orders[:found]]
    assert ladder == [(Side.BUY, 4000, 10), (Side.BUY, 0, 40), (Side.SELL, 4001, 50)]


def test_ladder_prices_go_evenly_from_end_to_end():
    """Whole fen."""
    assert [both(ladder_price, 10, 21, place, 4) for place in range(4)] == [10, 13, 17, 21]


def test_two_firms_meet_where_their_marginal_costs_do():
    """MAC 100 - e and 100 - e with 80 and 20: both end with 50, at 50 yuan; money changes hands."""
    market = linear_firms([100.0, 100.0], [1.0, 1.0])
    allocate(market, [80, 20])
    traded = trade_in_rounds(market)
    assert list(permits_held(market)) == [50, 50]
    assert traded.price == pytest.approx(50.0, abs=0.5)
    assert traded.traded_t == 30
    assert traded.residual_share == 0.0
    cash = market.parties.cash_fen
    assert cash[0] == -cash[1] > 0


def test_a_residual_is_what_is_still_wanted():
    """One round of coarse prices leaves firms where they would trade on."""
    market = linear_firms([100.0, 300.0], [1.0, 2.0])
    allocate(market, [90, 20])
    traded = trade_in_rounds(market, rules=RoundRules(rounds=1, prices=5))
    finer = trade_in_rounds(market)
    assert traded.residual_share > 0.01 > finer.residual_share


def test_indicative_rounds_move_nothing():
    """Only the last of them binds, all at one price."""
    market = linear_firms([100.0, 300.0], [1.0, 2.0])
    allocate(market, [90, 20])
    traded = trade_in_rounds(market, rules=RoundRules(settles="last_round", prices=5))
    assert len(traded.price_by_round) > 3
    moved = permits_held(market)[1] - 20
    assert moved == traded.traded_t
    assert market.parties.cash_fen[0] == moved * round(100 * traded.price)


def test_transaction_costs_leave_the_market():
    """What the buyer pays on top goes to the outside world, per tonne and per deal."""
    market = linear_firms([200.0, 600.0], [1.0, 3.0])
    allocate(market, [150, 150])
    rules = RoundRules(cost_yuan_per_t=20.0, cost_yuan_per_deal=400.0, settles="last_round")
    traded = trade_in_rounds(market, rules=rules)
    assert traded.traded_t == 20
    assert market.parties.cash_fen[market.row(OUTSIDE)] == (20 * 20 + 400) * 100
    market = linear_firms([200.0, 600.0], [1.0, 3.0])
    allocate(market, [150, 150])
    dearer = rules.model_copy(update={"cost_yuan_per_deal": 700.0})
    assert trade_in_rounds(market, rules=dearer).traded_t == 0
    assert not market.parties.cash_fen.any()


@pytest.mark.parametrize(
    ("reserve", "price", "sold", "extra"), [(0, 40.0, 60, 0), (5, 35.0, 65, 5), (50, 30.0, 70, 10)]
)
def test_a_reserve_is_sold_at_its_price(reserve, price, sold, extra):
    """MAC 100 - e, cap 60, a reserve at 30 yuan: as much as lowers the price to that."""
    market = linear_firms([100.0], [1.0])
    traded = trade_in_rounds(market, supply=supply_of(60, tiers=[(30.0, reserve)]))
    assert (traded.sold_t, traded.sold_extra_t) == (sold, extra)
    assert traded.price == pytest.approx(price, abs=0.5)
    authority = market.parties[market.row(AUTHORITY)]
    assert authority.permits_t == -sold
    assert authority.cash_fen == sold * round(100 * traded.price)


def test_what_is_missing_costs_the_penalty_and_is_made_good():
    """MAC 100 - e, 30 allowances, penalty 40 and a next price of nothing: 60 t are emitted."""
    market = linear_firms([100.0], [1.0])
    terms = Terms(penalty_yuan_per_t=40.0, make_good=True)
    path = run_periods(market, [[30], [90]], terms)
    first, second = (ended.firms[0] for ended in path.compliance)
    assert (first.emissions_t, first.surrendered_t, first.shortfall_t) == (60, 30, 30)
    assert first.penalty_fen == 30 * 4000
    assert (second.made_good_t, second.surrendered_t, second.emissions_t) == (30, 60, 60)
    assert second.penalty_fen == 0
    assert market.firms.owed_t[0] == 0
    assert market.parties.permits_t[market.row(RETIRED)] == 120


def test_what_stays_owed_is_paid_for_again():
    """Nothing is given away in the second period either."""
    market = linear_firms([100.0], [1.0])
    path = run_periods(market, [[30], [0]], Terms(penalty_yuan_per_t=40.0, make_good=True))
    assert path.compliance[1].firms.penalty_fen[0] == (30 + 60) * 4000
    assert market.firms.owed_t[0] == 90


def test_an_advance_is_taken_off_the_next_allocation():
    """40 now and 100 next, half of it to be had in advance; a myopic firm takes all."""
    market = linear_firms([100.0], [1.0])
    path = run_periods(market, [[40], [100]], Terms(borrow_share=0.5))
    first, second = (ended.firms[0] for ended in path.compliance)
    assert (first.emissions_t, first.borrowed_t, first.shortfall_t) == (90, 50, 0)
    assert (second.emissions_t, second.bank_t) == (50, 0)


def test_what_is_left_over_is_kept_or_lapses():
    """120 allowances for 100 t."""
    for banking, kept in ((True, 20), (False, 0)):
        market = linear_firms([100.0], [1.0])
        path = run_periods(market, [[120]], Terms(banking=banking))
        assert path.bank_t[0] == permits_held(market)[0] == kept
        assert path.emissions_t[0] == 100


def test_measures_that_end_leave_a_shortfall():
    """Of 60 t only 50 can go, and there are no allowances."""
    market = stepped_firms([60.0], [[(30.0, 20.0), (10.0, 30.0)]])
    ended = comply(market).firms[0]
    assert (ended.emissions_t, ended.shortfall_t, ended.cost_yuan) == (10, 10, 900.0)


def test_credits_count_up_to_the_limit():
    """20 allowances and 20 credits at a limit of a quarter: 26 t, of which 6 by credits."""
    assert both(offset_limit, 28, 0.25) == 7
    assert both(offset_limit, 27, 0.25) == 6
    market = linear_firms([100.0], [1.0], 1)
    allocate(market, [20])
    market.parties.credits_t[0] = market.firms.credits_t[0] = 20
    market.parties.credits_t[-1] = -20
    ended = comply(market, credit_share=0.25).firms[0]
    assert (ended.emissions_t, ended.credits_t, ended.shortfall_t) == (26, 6, 0)
    assert market.parties.credits_t[0] == 14


def test_firms_buy_credits_while_they_are_cheaper():
    """One price where there is room for all, none bought where they are dearer."""
    market = linear_firms([1000.0], [1.0], 2)
    allocate(market, [500])
    free = trade_with_credits(market, 0.0, 2.0, credit_rules=CreditRules(limit_share=1.0))
    # 1000 - (500 + K) = K.
    assert free.credits_t == pytest.approx(250, abs=3)
    assert free.allowances.residual_share == 0.0
    dear = linear_firms([1000.0], [1.0], 2)
    allocate(dear, [500])
    assert trade_with_credits(dear, 600.0, 2.0).credits_t == 0


def test_desks_trade_while_both_gain():
    """MAC 100 - e twice, 80 and 20: marginal costs end within two lots."""
    market = linear_firms([100.0, 100.0], [1.0, 1.0])
    allocate(market, [80, 20])
    traded = trade_continuously(market, DeskRules(lots=5))
    assert np.ptp(marginal_costs(market)) <= 2.0
    assert 40 < traded.last_price() < 60
    assert traded.traded_by_round[-3:].sum() == 0
    assert traded.traded_by_round.sum() >= 29


@pytest.mark.parametrize(
    ("given", "word"),
    [
        (lambda: linear_firms([1.0], [0.0]), "slopes above 0"),
        (lambda: linear_firms([1.0, 2.0], [1.0]), "one of each"),
        (lambda: linear_firms([1e12], [1.0]), "larger units"),
        (lambda: stepped_firms([1.0], [[(5.0, 2.0)]]), "at most what is emitted"),
        (lambda: stepped_firms([1.0], [[(-5.0, 1.0)]]), "finite numbers"),
        (lambda: stepped_firms([1.0], []), "one of each"),
        (lambda: allocate(linear_firms([1.0], [1.0]), [-1]), "whole numbers"),
        (lambda: allocate(linear_firms([1.0], [1.0]), [0.5]), "whole numbers"),
        (lambda: run_periods(linear_firms([1.0], [1.0]), [1]), "one row a period"),
        (lambda: supply_of(5, floor=10.0, ceiling=9.0), "ceiling = 9"),
        (lambda: supply_of(5, floor=10.0, tiers=[(9.0, 1)]), r"tiers\[0\]"),
        (lambda: supply_of(-5), "whole tonnes"),
        (lambda: trade_continuously(linear_firms([1e6], [1e4])), "dearer units"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_line(given, word):
    """Where, what, the limit and the way out."""
    with pytest.raises(InputError, match=word):
        given()


@pytest.mark.parametrize("name", ["permits_t", "credits_t", "cash_fen"])
def test_a_unit_from_nowhere_stops_the_run(name):
    """Whatever it is; and so does a firm that holds less than nothing."""
    market = linear_firms([100.0, 100.0], [1.0, 1.0])
    check_books(market, "here", 0, 1)
    market.parties[name][0] += 1
    with pytest.raises(InvariantError, match=name):
        check_books(market, "here", 0, 1)
    market.parties[name][0] -= 2
    market.parties[name][1] += 1
    if name != "cash_fen":
        with pytest.raises(InvariantError, match="less than nothing"):
            check_books(market, "here", 0, 1)


def test_a_hard_ceiling_sells_what_is_wanted():
    """MAC 100 - e, cap 60: at a ceiling of 30 yuan ten more are sold, at 50 none."""
    for ceiling, sold in ((30.0, 70), (50.0, 60)):
        market = linear_firms([100.0], [1.0])
        traded = trade_in_rounds(market, supply=supply_of(60, ceiling=ceiling, most_t=100.0))
        assert traded.sold_t == sold
        assert traded.highest_price <= ceiling


def test_nobody_borrows_more_than_a_share_of_its_own_allocation():
    """Two like firms, all of the next cap for the first: the second has nothing to borrow from."""
    market = linear_firms([100.0, 100.0], [1.0, 1.0])
    path = run_periods(market, [[40, 40], [100, 0]], Terms(borrow_share=0.2))
    assert list(path.compliance[0].firms.borrowed_t) == [10, 0]
