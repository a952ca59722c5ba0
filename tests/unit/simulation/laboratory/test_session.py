"""Laboratory sessions: what every one keeps, and which make no sense."""

import itertools

import numpy as np
import pytest
from pydantic import ValidationError

from agents.vocabulary import Side
from simulation.errors import InputError
from simulation.laboratory import Schedule, SessionRules, run_session, schedule, schedule_names

STRATEGIES = ("zi_u", "zi_c", "zip", "gd", "sniper", "truthful")
SEALED = ("call_auction", "pay_as_bid", "mcafee", "listing")
INSTITUTIONS = ("standing_book", "random_acceptance", *SEALED)


def sensible(institution, buyers, sellers):
    """Whether a combination has a meaning."""
    pair = {buyers, sellers}
    if institution in SEALED:
        return not pair & {"zip", "gd", "sniper"}
    if institution == "random_acceptance":
        return "sniper" not in pair
    return pair != {"sniper"}


@pytest.mark.parametrize("institution", INSTITUTIONS)
@pytest.mark.parametrize(
    ("buyers", "sellers"), list(itertools.product(STRATEGIES, STRATEGIES)),
)
def test_every_sensible_session_keeps_the_rules(institution, buyers, sellers):
    """Each unit trades once, in order, at an allowed price and, but for ZI-U, without a loss; what
    makes no sense is refused in one line."""
    rules = SessionRules(
        institution=institution, buyers=buyers, sellers=sellers, days=3, shouts=400,
    )
    if not sensible(institution, buyers, sellers):
        with pytest.raises(InputError, match=r"Use|Give") as refusal:
            run_session("gode-sunder-1", rules, 1)
        assert "\n" not in str(refusal.value)
        return
    market = schedule("gode-sunder-1")
    outcome = run_session(market, rules, 1)
    deals = outcome.deals
    assert len(deals) == outcome.volume_by_day.sum() > 0
    assert (deals.price >= market.lowest).all()
    assert (deals.price <= market.highest).all()
    if buyers != "zi_u":
        assert (deals.price <= deals.value).all()
    if sellers != "zi_u":
        assert (deals.seller_price >= deals.cost).all()
    for day in range(3):
        today = deals[deals.day == day]
        for side, traders in ((Side.BUY, market.buyers), (Side.SELL, market.sellers)):
            for row, limits in enumerate(traders):
                place = row if side is Side.BUY else row + len(market.buyers)
                own = today[(today.buyer if side is Side.BUY else today.seller) == place]
                traded = own.value if side is Side.BUY else own.cost
                assert sorted(traded) == sorted(limits[: len(traded)])
    assert outcome.efficiency_percent <= 100.0


@pytest.mark.parametrize("institution", INSTITUTIONS)
def test_one_seed_gives_one_session(institution):
    """Deal by deal; another seed gives another one."""
    rules = SessionRules(institution=institution, days=2)
    first, again, other = (run_session("gode-sunder-2", rules, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.deals, again.deals)
    assert first.deals.tolist() != other.deals.tolist()


@pytest.mark.parametrize(
    ("name", "price", "volume", "surplus"),
    [
        ("gode-sunder-1", 82, 24, 1020), ("gode-sunder-2", 69, 24, 1020),
        ("gode-sunder-3", 95, 6, 258), ("gode-sunder-4", 170, 12, 738),
        ("smith-1962", 200, 6, 750), ("cliff-symmetric", 200, 6, 750),
        ("cliff-flat-supply", 200, 6, 375), ("cliff-excess-demand", 200, 6, 900),
        ("cliff-excess-supply", 200, 6, 720),
    ],
)
def test_schedules_have_the_stated_equilibrium(name, price, volume, surplus):
    """By the exact solver: price within its interval, efficient volume, maximum surplus."""
    market = schedule(name)
    exact = market.competitive()
    assert exact.price_low <= price <= exact.price_high
    assert market.equilibrium == price
    assert exact.volume_low <= volume <= exact.volume_high
    assert exact.maximum_surplus == surplus


def test_every_schedule_that_ships_is_tested():
    assert len(schedule_names()) == 9


def test_a_truthful_call_auction_is_efficient():
    """Smith's schedule, sealed and true: price 200, all of the surplus."""
    rules = SessionRules(institution="call_auction", buyers="truthful", sellers="truthful", days=1)
    outcome = run_session("smith-1962", rules)
    assert outcome.efficiency_percent == 100.0
    assert set(outcome.deals.price.tolist()) == {200}
    assert outcome.alpha_percent_by_day.tolist() == [0.0]


@pytest.mark.parametrize(
    ("institution", "price"),
    [("pay_as_bid", "value"), ("listing", "cost"), ("mcafee", None)],
)
def test_truthful_sealed_sessions_price_by_their_rule(institution, price):
    """Buyers pay their bid; they pay what is posted; under trade reduction all pay 200, which the
    best pair outside suggests: the mean of 175 and 225."""
    rules = SessionRules(institution=institution, buyers="truthful", sellers="truthful", days=3)
    deals = run_session("smith-1962", rules).deals
    expected = deals[price] if price else np.full(len(deals), 200)
    np.testing.assert_array_equal(deals.price, expected)


def test_trade_reduction_costs_the_last_pair():
    """Two sellers at 10 and 20, two buyers at 30 and 25, nobody outside: one pair trades, the buyer
    pays 25 and the seller gets 20."""
    market = Schedule("pairs", "", "", "", ((30,), (25,)), ((10,), (20,)), 1, 50, 22.0)
    rules = SessionRules(institution="mcafee", buyers="truthful", sellers="truthful", days=1)
    (deal,) = run_session(market, rules).deals
    assert (deal.value, deal.cost, deal.price, deal.seller_price) == (30, 10, 25, 20)


def test_buyers_come_to_posted_offers_in_drawn_order():
    """Two lots at 10 and 20, two buyers of two units: whoever comes first takes both, and either
    comes first about half of the days."""
    market = Schedule("shop", "", "", "", ((30, 30), (30, 30)), ((10,), (20,)), 1, 50, 20.0)
    rules = SessionRules(institution="listing", buyers="truthful", sellers="truthful", days=400)
    deals = run_session(market, rules).deals
    first = deals.buyer[deals.price == 10]
    np.testing.assert_array_equal(first, deals.buyer[deals.price == 20])
    assert 160 < (first == 0).sum() < 240


def test_a_filled_lot_stands_for_the_next_unit():
    """Zero intelligence may ask less for its second unit than for its first; it delivers the first
    one first, and no deal is a loss."""
    market = Schedule("many", "", "", "", ((60, 50, 40),) * 4, ((10, 20, 30),) * 4, 1, 70, 35.0)
    for institution in SEALED:
        deals = run_session(market, SessionRules(institution=institution, days=50)).deals
        assert (deals.price <= deals.value).all()
        assert (deals.seller_price >= deals.cost).all()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("bilateral", "network of contacts"), ("one_way_auction", "single sellers"),
        ("administered", "laboratory.floor"), ("reverse_auction", "public buyer"),
        ("continuous", "standing_book"),
    ],
)
def test_pricing_rules_without_a_meaning_here_say_why(name, why):
    with pytest.raises(ValidationError, match=why):
        SessionRules(institution=name)


def test_a_day_ends_after_so_many_failures():
    """Nobody can trade: 100 shouts, and one day after the other has no price."""
    market = Schedule("apart", "", "", "", ((50,),), ((60,),), 1, 100, 55.0)
    rules = SessionRules(institution="random_acceptance", days=2, buyers="zip", sellers="zip")
    outcome = run_session(market, rules)
    assert outcome.volume_by_day.tolist() == [0, 0]
    assert np.isnan(outcome.price_by_day).all()
    assert np.isnan(outcome.mean_price)
    assert np.isnan(outcome.efficiency_percent)


def test_learners_beat_those_who_do_not():
    """Gjerstad-Dickhaut and ZIP trade closer to the equilibrium than ZI-C, day for day."""
    alphas = {
        strategy: np.mean([
            run_session(
                "cliff-symmetric",
                SessionRules(institution="random_acceptance", days=10, shouts=100_000,
                             buyers=strategy, sellers=strategy), seed,
            ).alpha_percent_by_day[1:].mean()
            for seed in range(1, 9)
        ])
        for strategy in ("gd", "zip", "zi_c")
    }
    assert alphas["zip"] < 0.5 * alphas["zi_c"]
    assert alphas["gd"] < 0.5 * alphas["zi_c"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"floor": 150, "ceiling": 100}, "no price is allowed"),
        ({"learning_rate_low": 0.9}, "learning_rate_low is above"),
        ({"margin_low": 0.9}, "margin_low is above"),
    ],
)
def test_rules_that_contradict_themselves_are_refused(changes, says):
    with pytest.raises(InputError, match=says):
        run_session("gode-sunder-1", SessionRules(**changes))


@pytest.mark.parametrize(
    ("market", "says"),
    [
        ("gode-sunder-9", "did you mean"),
        (Schedule("x", "", "", "", (), ((1,),), 1, 9, 5.0), "buyers lack"),
        (Schedule("x", "", "", "", ((0,),), ((1,),), 1, 9, 5.0), "has the limit 0"),
        (Schedule("x", "", "", "", ((1,),), ((1,),), 9, 1, 5.0), "prices from 9 to 1"),
        (Schedule("x", "", "", "", ((1, 2),), ((1,),), 1, 9, 5.0), "buyers.0 has limits that do"),
        (Schedule("x", "", "", "", ((1,),), ((2, 1),), 1, 9, 5.0), "do not rise. Give the best"),
        (Schedule("x", "", "", "", ((1,) * 1001,), ((2,),), 1, 9, 5.0), "more than 1000 units"),
    ],
)
def test_markets_that_cannot_run_are_refused(market, says):
    with pytest.raises(InputError, match=says):
        run_session(market)
