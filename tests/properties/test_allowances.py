"""What holds in every allowance market, whatever its firms, terms and rules."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.compiled import ROOT
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
from simulation.allowances.continuous import DeskRules, trade_continuously
from simulation.allowances.curves import abatement_cost
from simulation.allowances.offsets import CreditRules, trade_with_credits

COSTS = st.integers(0, 300).map(float)
MOST_T = 400


@st.composite
def lines(draw, developers=0):
    """Two to five firms with straight marginal costs."""
    count = draw(st.integers(2, 5))
    free = draw(st.lists(st.integers(1, MOST_T), min_size=count, max_size=count))
    slopes = np.array(draw(st.lists(st.integers(1, 60), min_size=count, max_size=count))) / 20.0
    return linear_firms(slopes * free, slopes, developers)


@st.composite
def steps(draw, developers=0):
    """Two to four firms with measures, which may not reach down to nothing."""
    count = draw(st.integers(2, 4))
    measures = [
        draw(st.lists(st.tuples(COSTS, st.integers(0, 60).map(float)), max_size=4))
        for _ in range(count)
    ]
    rest = draw(st.lists(st.integers(0, 100), min_size=count, max_size=count))
    free = [sum(tonnes for _, tonnes in own) + left
            for own, left in zip(measures, rest, strict=True)]
    return stepped_firms(free, measures, developers)


FIRMS = st.one_of(lines(), steps())
TERMS = st.builds(
    Terms, penalty_yuan_per_t=st.sampled_from((0.0, 0.0, 40.0, 123.45)), make_good=st.booleans(),
    believed_next_price_yuan_per_t=COSTS, audit_probability=st.sampled_from((0.0, 0.3, 1.0)),
    fine_yuan_per_t=st.sampled_from((0.0, 0.0, 30.0)),
    fine_rise_yuan_per_t2=st.sampled_from((0.0, 0.0, 0.5)), horizon=st.integers(1, 5),
    knows_curves=st.booleans(), borrow_share=st.sampled_from((0.0, 0.0, 0.4)),
    banking=st.booleans(),
)
RULES = st.builds(
    RoundRules, rounds=st.integers(1, 12), prices=st.integers(3, 40),
    settles=st.sampled_from(("each_round", "last_round")),
    cost_yuan_per_t=st.sampled_from((0.0, 7.5)), cost_yuan_per_deal=st.sampled_from((0.0, 500.0)),
)
SEEDS = st.integers(0, 2**40)


def allocations(market, periods):
    """Strategy of a whole allocation for some periods."""
    return st.lists(
        st.lists(st.integers(0, MOST_T), min_size=len(market.firms), max_size=len(market.firms)),
        min_size=periods, max_size=periods,
    ).map(lambda rows: np.array(rows, dtype=np.int64))


def conserved(market):
    """Allowances, credits and money of all parties add up to nothing, and firms have no debts."""
    parties = market.parties
    assert parties.permits_t.sum() == parties.credits_t.sum() == parties.cash_fen.sum() == 0
    assert (permits_held(market) >= 0).all()
    assert (parties.credits_t[: len(market.firms)] >= 0).all()


def identity(firms):
    """Emissions are allowances, credits and what is missing, firm by firm; nothing is negative."""
    np.testing.assert_array_equal(
        firms.emissions_t, firms.surrendered_t + firms.credits_t + firms.shortfall_t
    )
    for name in firms.dtype.names:
        assert (firms[name] >= 0).all(), name


@settings(max_examples=300)
@given(st.data(), FIRMS, TERMS, RULES, SEEDS)
def test_periods_conserve_everything(data, market, terms, rules, seed):
    """Up to four periods under any terms: permits, money, identity, bank, advance."""
    given_t = data.draw(allocations(market, data.draw(st.integers(1, 4))))
    path = run_periods(market, given_t, terms, rules, seed)
    conserved(market)
    issued = 0
    owed = np.zeros(len(market.firms), dtype=np.int64)
    for period, ended in enumerate(path.compliance):
        firms = ended.firms
        identity(firms)
        issued += given_t[period].sum()
        last = period == len(given_t) - 1
        room = 0 if last else np.floor(terms.borrow_share * given_t[period + 1])
        assert (firms.borrowed_t <= room).all()
        assert (firms.made_good_t <= owed).all()
        owed += (firms.shortfall_t if terms.make_good else 0) - firms.made_good_t
        if not terms.banking:
            assert (firms.bank_t == 0).all()
    np.testing.assert_array_equal(owed, market.firms.owed_t)
    used = sum((one.firms.surrendered_t + one.firms.made_good_t).sum() for one in path.compliance)
    # Whatever was given away is used, kept, or has lapsed.
    assert used + permits_held(market).sum() <= issued
    if terms.banking:
        assert used + permits_held(market).sum() == issued


@settings(max_examples=150)
@given(st.data(), lines(), st.booleans())
def test_without_a_penalty_or_fine_nothing_is_missing(data, market, banking):
    """Who can abate everything keeps the rule."""
    given_t = data.draw(allocations(market, 3))
    path = run_periods(market, given_t, Terms(horizon=3, banking=banking))
    for ended in path.compliance:
        assert (ended.firms.shortfall_t == 0).all()
        assert (ended.firms.penalty_fen == 0).all()


@settings(max_examples=300)
@given(st.data(), FIRMS, RULES, SEEDS)
def test_a_hard_ceiling_is_never_exceeded(data, market, rules, seed):
    """No deal of any firm is above it, nor below the floor where the authority is the only seller.
    """
    floor = data.draw(st.integers(0, 100))
    tier = data.draw(st.integers(floor, 150))
    ceiling = data.draw(st.integers(tier, 250))
    cap, reserve = data.draw(st.integers(0, 500)), data.draw(st.integers(0, 100))
    supply = supply_of(
        cap, floor=float(floor), tiers=[(float(tier), reserve)], ceiling=float(ceiling),
        most_t=float(market.firms.unregulated_t.sum()),
    )
    traded = trade_in_rounds(market, rules=rules, supply=supply, seed=seed)
    conserved(market)
    if traded.traded_t:
        assert floor <= traded.price <= traded.highest_price <= ceiling
    assert traded.sold_t == permits_held(market).sum()
    if traded.sold_extra_t > reserve:
        assert traded.price == ceiling
    if traded.sold_extra_t:
        # A reserve opens only when the cap is sold.
        assert traded.sold_t - traded.sold_extra_t == cap


@settings(max_examples=150)
@given(st.data(), st.one_of(lines(3), steps(3)), SEEDS)
def test_credits_stay_within_the_limit(data, market, seed):
    """Per firm and in total; what is not used is kept."""
    share = data.draw(st.integers(0, 100)) / 100
    allocate(market, data.draw(allocations(market, 1))[0])
    both = trade_with_credits(
        market, float(data.draw(st.integers(0, 200))), data.draw(st.integers(1, 20)) / 10,
        credit_rules=CreditRules(limit_share=share, rounds=6), seed=seed,
    )
    bought = market.parties.credits_t[: len(market.firms)].copy()
    assert bought.sum() == both.credits_t
    ended = comply(market, price=both.allowances.price, credit_share=share, seed=seed)
    identity(ended.firms)
    conserved(market)
    assert (ended.firms.credits_t <= share * ended.firms.emissions_t + 1e-9).all()
    assert ended.firms.credits_t.sum() <= share * ended.emissions_t + 1e-9
    left = market.parties.credits_t[: len(market.firms)]
    np.testing.assert_array_equal(bought, ended.firms.credits_t + left)


def gains(market, before):
    """Abatement cost saved by what was bought, and money got, firm by firm; yuan."""
    cost = [
        [abatement_cost(market.firms, market.measures, row, float(held[row]))
         for row in range(len(market.firms))]
        for held in (before, permits_held(market))
    ]
    return np.subtract(*cost) + market.parties.cash_fen[: len(market.firms)] / 100.0


@settings(max_examples=200)
@given(st.data(), lines(), st.sampled_from((0.0, 7.5)), SEEDS)
def test_nobody_loses_by_trading_truthfully(data, market, cost, seed):
    """In any number of rounds, with transaction costs: each tonne is bought below what it saves."""
    allocate(market, data.draw(allocations(market, 1))[0])
    before = permits_held(market).copy()
    trade_in_rounds(market, rules=RoundRules(cost_yuan_per_t=cost, prices=9), seed=seed)
    conserved(market)
    assert (gains(market, before) >= -1e-6 * MOST_T).all()


@settings(max_examples=60)
@given(st.data(), lines(), st.integers(1, 7), SEEDS)
def test_desks_conserve_everything_and_lose_nothing(data, market, lot, seed):
    """ZIP on the order book: no unit is made, no deal is a loss but for the rounding of lots."""
    allocate(market, data.draw(allocations(market, 1))[0])
    before = permits_held(market).copy()
    rules = DeskRules(rounds=3, lot_t=lot, lots=10, shouts=300)
    traded = trade_continuously(market, rules, seed=seed)
    conserved(market)
    assert permits_held(market).sum() == before.sum()
    if not traded.traded_by_round.any():
        np.testing.assert_array_equal(before, permits_held(market))
    # A lot that is worth nothing is asked one yuan for, and emissions end within a lot.
    slack = lot * lot * market.firms.slope + lot
    assert (gains(market, before) >= -slack).all()


SMALL = """
import numpy as np
from simulation.allowances import (
    RoundRules, Terms, allocate, comply, linear_firms, run_periods, stepped_firms, supply_of,
    trade_in_rounds,
)
from simulation.allowances.continuous import DeskRules, trade_continuously
from simulation.allowances.offsets import CreditRules, trade_with_credits

def everything():
    market = stepped_firms([60, 80], [[(10, 20), (30, 20)], [(20, 30), (90, 20)]])
    terms = Terms(penalty_yuan_per_t=50.0, make_good=True, horizon=3, borrow_share=0.2)
    run_periods(market, [[70, 20], [20, 40], [10, 30]], terms, RoundRules(cost_yuan_per_t=2.0))
    yield market.parties
    market = linear_firms([100.0, 90.0], [1.0, 2.0], 2)
    allocate(market, [90, 10])
    terms = Terms(audit_probability=0.5, fine_yuan_per_t=20.0, fine_rise_yuan_per_t2=2.0)
    found = trade_with_credits(market, 5.0, 1.0, terms, credit_rules=CreditRules(limit_share=0.2))
    comply(market, terms, price=found.allowances.price, credit_share=0.2)
    yield market.parties
    market = linear_firms([100.0, 90.0], [1.0, 2.0])
    trade_in_rounds(market, supply=supply_of(50, floor=10.0, tiers=[(40.0, 5)]))
    yield market.parties
    market = linear_firms([100.0, 90.0], [1.0, 2.0])
    allocate(market, [90, 10])
    trade_continuously(market, DeskRules(rounds=2, shouts=200, lot_t=2))
    yield market.parties

import hashlib
for parties in everything():
    assert abs(parties.cash_fen).sum() > 0
    print(hashlib.sha256(parties.tobytes()).hexdigest())
"""


def test_compiled_and_uncompiled_markets_are_equal():
    """Each product and each way of trading, byte for byte."""
    found = [
        subprocess.run(
            [sys.executable, "-W", "error", "-c", SMALL], cwd=ROOT, capture_output=True, text=True,
            check=False, env={**os.environ, "PYTHONPATH": str(ROOT), "NUMBA_DISABLE_JIT": switch},
        )
        for switch in ("0", "1")
    ]
    assert [done.returncode for done in found] == [0, 0], found[1].stderr
    assert found[0].stdout == found[1].stdout
    assert len(found[0].stdout.split()) == 4


@pytest.mark.parametrize("seed", [1, 2**63 - 1])
def test_the_same_seed_gives_the_same_market(seed):
    """Byte for byte, on the book and in the auction."""
    found = []
    for _ in range(2):
        market = linear_firms([100.0, 90.0, 80.0], [1.0, 2.0, 1.0])
        allocate(market, [90, 10, 20])
        trade_continuously(market, DeskRules(rounds=2, shouts=200), seed=seed)
        trade_in_rounds(market, seed=seed)
        found.append(market.parties.tobytes())
    assert found[0] == found[1]
