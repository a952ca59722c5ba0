"""Sentences about the price say what the deals say."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.population import empty
from agents.registry.columns import DEAL_DTYPE
from agents.vocabulary import Motive
from experiments.explaining import explain, parts_of
from simulation.scenario import load
from simulation.state import Clock
from simulation.world import World

DEALS = st.lists(
    st.tuples(st.sampled_from([1, 2, 3, 4]), st.integers(1, 10_000), st.integers(100, 20_000)),
    min_size=1, max_size=8,
)


def deals_of(rows):
    deals = empty(DEAL_DTYPE, len(rows))
    for place, (motive, tonnes, price) in enumerate(rows):
        deals[place].motive, deals[place].tonnes, deals[place].price_fen = motive, tonnes, price
    return deals


def mean(deals):
    return (deals.tonnes * deals.price_fen).sum() / deals.tonnes.sum() / 100


@given(before=DEALS, now=DEALS)
def test_parts_add_up_to_the_change(before, now):
    one, two = deals_of(before), deals_of(now)
    parts = parts_of(one, two)
    total = parts.mix.sum() + parts.within.sum()
    assert total == pytest.approx(mean(two) - mean(one), abs=1e-9)
    np.testing.assert_allclose(parts.shares.sum(axis=1), 1.0)


def test_a_new_kind_of_buyer_is_mix_and_a_dearer_one_is_not():
    one = deals_of([(int(Motive.VOLUNTARY), 100, 3000)])
    two = deals_of([(int(Motive.VOLUNTARY), 100, 3000), (int(Motive.COMPLIANCE), 300, 6000)])
    parts = parts_of(one, two)
    assert parts.within == pytest.approx([0, 0, 0, 0])
    assert parts.mix.sum() == pytest.approx(22.5)
    assert parts.mix.argmax() == 1
    dearer = parts_of(one, deals_of([(int(Motive.VOLUNTARY), 7, 3500)]))
    assert dearer.within[0] == pytest.approx(5.0)
    assert dearer.mix == pytest.approx([0, 0, 0, 0])


@pytest.mark.parametrize(
    "name", ["ccer-eligible", "tiny-eligible", "provincial-quota", "california", "ziyang"]
)
def test_every_month_has_a_sentence_in_both_languages_with_its_own_numbers(name):
    world = World(load(name, {"months": 72} if name != "ziyang" else {}), 1)
    for place in range(world.scenario.months):
        world.run(1)
        row = world.state.monthly[place]
        english, chinese = explain(world, place, "en"), explain(world, place, "zh")
        assert not re.search(r"nan|inf|\{", english + chinese), english
        assert english.count(".")
        assert "。" in chinese
        if row.volume_t:
            price = f"{row.value_fen / row.volume_t / 100:.1f}"
            assert price in english
            assert price in chinese
            rose = "price rose" in english
            assert rose == ("上涨" in chinese)
        else:
            assert "No trade" in english
            assert "无成交" in chinese


def test_the_month_in_which_credits_count_is_told():
    world = World(load("ccer-eligible"), 1)
    place = 2027 * 12 - world.scenario.start
    world.run(place + 1)
    assert explain(world, place, "en").startswith("New rule: credits count for compliance. The ")
    assert explain(world, place, "zh").startswith("新规则：碳信用可用于履约。价格")
    deals = world.state.deals[: world.state.clock[Clock.DEALS]]
    assert (deals.month <= 2027 * 12).all()


def sentences(name, settings, seed=1, months=60):
    world = World(load(name, {"months": months, **settings}), seed)
    for place in range(months):
        world.run(1)
        yield world, place, explain(world, place, "en")


def test_orders_that_price_limits_refused_are_not_told_as_a_spread():
    found = 0
    for world, place, told in sentences(
        "tiny-eligible", {"price_limits.floor_yuan_per_t": 28.0}, seed=2
    ):
        row = world.state.monthly[place]
        if not row.volume_t and row.refused_t and "nobody" not in told:
            found += 1
            assert f"{row.refused_t:,} t of what was bid and offered lay outside" in told
    assert found


@pytest.mark.parametrize(("mechanism", "words"), [
    ("mcafee", "leaves out the last pair"), ("administered", "accept the price that is set"),
])
def test_why_nothing_was_traded_is_told_by_the_pricing_rule(mechanism, words):
    told = [
        text for name, seed in (("ccer-eligible", 2), ("tiny-eligible", 2))
        for _, _, text in sentences(name, {"market.mechanism": mechanism}, seed)
        if "although" in text
    ]
    assert told
    assert all(words in text for text in told)


def test_a_rule_that_is_told_late_carries_its_month():
    """Months without trade may lie between a rule and the first price under it."""
    found = 0
    for world, place, told in sentences(
        "china-national", {"market.mechanism": "administered"}, seed=2, months=84
    ):
        month = world.scenario.start + place
        if "New rule" in told and not any(e.effective == month for e in world.scenario.events):
            found += 1
            assert re.search(r"New rule: .*\(20[0-9]{2}-[0-9]{2}\)", told), told
    assert found


def test_a_floor_above_the_price_before_is_the_cause_and_no_ask_is_told_below_it():
    scenario = load("ccer-eligible", {"months": 100})
    world = World(scenario, 1)
    world.run(2029 * 12 + 6 - scenario.start)
    world.set_lever("price_limits.floor_yuan_per_t", 50.0)
    found = []
    for _ in range(24):
        world.run(1)
        place = world.month - 1 - scenario.start
        if world.state.monthly[place].volume_t:
            found.append((explain(world, place, "en"), explain(world, place, "zh")))
    first, chinese = found[0]
    assert re.match(r"New rule: .*50.*\. The price rose from [23]\d\.\d .*: nothing below 50\.0 "
                    r"may be traded\.", first), first
    assert "不得低于50.0成交" in chinese
    for told, _ in found[1:]:
        assert "nothing below" not in told
        for ask in re.findall(r"lowest ask .* from (\S+) to (\S+)\.", told):
            assert min(map(float, ask)) >= 50.0, told


def last_sentence(name, months, settings, seed=1):
    world = World(load(name, settings), seed)
    world.run(months)
    row = world.state.monthly[months - 1]
    return explain(world, months - 1, "en"), row


def test_a_tax_between_bid_and_ask_is_no_fault_of_the_market_rules():
    told, row = last_sentence("tiny", 7, {"transaction_tax.share": 0.3})
    assert row.volume_t == 0
    assert re.fullmatch(r"No trade: the highest bid, 22\.\d yuan/t, is below the lowest ask, "
                        r"28\.9\.", told), told


def test_quotes_lie_on_the_tick():
    told, _ = last_sentence("ccer-eligible", 7, {"trading_units.tick_yuan_per_t": 5.0})
    quotes = re.findall(r"The (?:lowest ask|highest bid) \w+ from (\S+) to (\S+)\.", told)
    assert quotes, told
    assert all(float(each) % 5 == 0 for pair in quotes for each in pair), told


def test_a_limit_explains_the_way_to_it_and_no_more():
    world = World(load("ccer-eligible"), 11)
    world.run(12)
    world.set_lever("price_limits.floor_yuan_per_t", 60.0)
    world.run(2)
    told = explain(world, 13, "en")
    assert "to 90.0 yuan/t: in part as nothing below 60.0 may be traded." in told


def test_the_reserve_offers_too():
    world = World(load("tiny-eligible"), 752)
    for month, key, value in (
        (4, "reserve.levy_share", 0.3), (20, "market.mechanism", "call_auction"),
        (20, "compliance.eligible", True), (36, "reserve.soft_ceiling_yuan_per_t", 20.0),
        (36, "compliance.eligible", False),
    ):
        world.set_lever(key, value, world.scenario.start + month - 1)
    found = 0
    for place in range(40):
        world.run(1)
        row = world.state.monthly[place]
        if row.offered_reserve_t and not row.offered_t:
            found += 1
            assert "nobody offered" not in explain(world, place, "en")
    assert found
