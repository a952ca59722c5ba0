"""Charts show the numbers of the run, and gaps where there is none."""

import json

import numpy as np
import pytest

from dashboard.live.book_chart import book_option, book_told, book_update
from dashboard.live.frame import month_names, seen
from dashboard.live.map_chart import map_option, map_told, map_update, places_of
from dashboard.live.player import Player
from dashboard.live.price_chart import price_option, price_told, price_update
from dashboard.live.stock_charts import (
    real_option,
    real_update,
    registry_option,
    registry_update,
    told,
    volume_option,
    volume_update,
)
from dashboard.parts.chart import packed
from dashboard.parts.looks import mixed, round_end
from experiments.rule_effects import sums_of, without_rules
from simulation.results import simulate
from simulation.scenario import load

SCENARIOS = ("ccer-eligible", "tiny-eligible", "provincial-quota", "california", "ziyang")


def played(name, months=60, seed=1, **settings):
    """A run of so many months."""
    player = Player(load(name, settings), seed)
    player.run_to(player.lane.world.scenario.start + months - 1)
    return player


def series(update, name):
    """Data of one series."""
    return next(each["data"] for each in update["series"] if each["id"] == name)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_option_and_update_is_json_and_names_the_same_series(name, dark, language):
    player = played(name, 12)
    player.fork()
    player.step_month()
    frame, scenario = seen(player, 1, language), player.lane.world.scenario
    places = places_of(player.lane.world)
    pairs = [
        (price_option(scenario, dark, language, forked=True), price_update(frame, dark, language)),
        (volume_option(scenario, dark, language), volume_update(frame, dark, language)),
        (registry_option(scenario, dark, language), registry_update(frame, dark, language)),
        (real_option(scenario, dark, language), real_update(frame, dark, language)),
        (book_option(dark, language), book_update(frame, language)),
        (map_option(places, dark, language), map_update(frame, places, language, ("firm", 0))),
    ]
    for option, update in pairs:
        text = packed(option) + packed(update)
        assert "NaN" not in text
        assert "Infinity" not in text
        known = {each["id"] for each in option["series"]}
        assert {each["id"] for each in update["series"]} <= known
        json.loads(packed(option))


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_price_is_the_mean_of_deals_and_missing_without_trade(name):
    player = played(name)
    frame = seen(player, 1, "en")
    scenario = player.lane.world.scenario
    months = len(frame.lane.monthly)
    table = simulate(scenario.model_copy(update={"months": months}), 1).monthly
    shown = series(price_update(frame, False, "en"), "price")
    expected = table["price_yuan_per_t"].to_numpy()
    assert [value is None for value in shown] == np.isnan(expected).tolist()
    there = [value for value in shown if value is not None]
    np.testing.assert_allclose(there, expected[~np.isnan(expected)], atol=0.0051)
    shaded = series(price_update(frame, False, "en"), "none")
    assert [bar is None for bar in shaded] == [value is not None for value in shown]
    assert len(month_names(scenario)) == scenario.months


@pytest.mark.parametrize("name", SCENARIOS)
def test_states_of_credits_add_up_to_what_was_issued(name):
    frame = seen(played(name), 1, "en")
    states = registry_update(frame, False, "en")["series"]
    stacked = np.array([each["data"] for each in states]).sum(axis=0)
    issued = series(real_update(frame, False, "en"), "issued_t")
    np.testing.assert_allclose(stacked, issued, atol=0.05)
    bars = volume_update(frame, False, "en")["series"]
    motives = np.array([each["data"] for each in bars]).sum(axis=0)
    np.testing.assert_allclose(motives, frame.lane.monthly.volume_t / 1000, atol=0.05)


def test_totals_are_those_of_the_tables():
    player = played("ccer-eligible", 180)
    run = simulate("ccer-eligible", 1)
    told = sums_of(seen(player, 1, "en").lane.monthly, 0)
    assert told["traded"] == run.monthly["volume_t"].sum()
    assert told["money"] == pytest.approx(run.monthly["value_yuan"].sum())
    assert told["mean_price"] == pytest.approx(
        run.monthly["value_yuan"].sum() / run.monthly["volume_t"].sum()
    )
    assert told["months_traded"] == run.monthly["price_yuan_per_t"].notna().sum()
    assert told["retired_t"] == run.monthly["retired_t"].iloc[-1]


@pytest.mark.parametrize(("name", "apart"), [("california", True), ("ccer-eligible", False)])
def test_allowances_many_times_as_dear_as_credits_have_an_axis_of_their_own(name, apart):
    player = played(name, 90)
    frame = seen(player, 1, "en")
    update = price_update(frame, False, "en")
    allowance = next(each for each in update["series"] if each["id"] == "allowance")
    assert allowance["yAxisIndex"] == (2 if apart else 0)
    assert allowance["name"] in update["legend"]["data"]
    left, right = update["yAxis"][0]["max"], update["yAxis"][2]["max"]
    assert update["yAxis"][2]["show"] == apart
    rows = frame.lane.monthly
    credits = (rows.value_fen / np.maximum(rows.volume_t, 1)).max() / 100
    assert credits <= left
    # Either line reaches above a third of its axis.
    assert credits > left / 3
    assert right / 3 < rows.allowance_price.max() <= right


def test_the_run_without_the_rule_is_drawn_from_the_rule_on():
    player = played("tiny-eligible", 45)
    while player.catch_up():
        pass
    frame = seen(player, 1, "en")
    shared = 2027 * 12 - player.lane.world.scenario.start - 1
    data = series(price_update(frame, False, "en"), "without")
    without = simulate(without_rules(player.lane.world.scenario, [2027 * 12]), 1).monthly
    told = without["price_yuan_per_t"].iloc[shared:45].round(2)
    assert data[:shared] == [None] * shared
    assert data[shared:] == [None if price != price else price for price in told]
    player.fork()
    assert series(price_update(seen(player, 2, "en"), False, "en"), "without") == []


def test_the_fork_is_drawn_from_where_it_leaves():
    player = played("tiny-eligible", 20)
    player.look_at(player.lane.world.scenario.start + 9)
    player.fork()
    player.run_to(player.lane.world.scenario.start + 15)
    data = series(price_update(seen(player, 1, "en"), False, "en"), "price_b")
    assert data[:9] == [None] * 9
    assert any(value is not None for value in data[9:])


def test_curves_hold_every_tonne_that_was_ordered():
    player = played("ccer-eligible", 50, **{"market.mechanism": "call_auction"})
    frame = seen(player, 1, "en")
    update, orders = book_update(frame, "en"), frame.book.orders
    for side, name in ((0, "supply"), (1, "demand")):
        curve = series(update, name)
        total = orders.quantity_t[orders.side == side].sum() / 1000
        assert curve[-1][0] == pytest.approx(total, abs=0.01)
        prices = [point[1] for point in curve]
        assert prices == sorted(prices, reverse=side == 1)
    (far, price), = series(update, "clearing")
    deals = frame.book.deals
    assert far == pytest.approx(deals.tonnes.sum() / 1000, abs=0.01)
    mean = (deals.tonnes * deals.price_fen).sum() / deals.tonnes.sum() / 100
    assert price == pytest.approx(mean, abs=0.01)


def test_a_month_without_orders_says_so_and_labels_stand_above_their_curve():
    player = played("australia", 83)
    update = book_update(seen(player, 1, "en"), "en")
    assert series(update, "supply") == series(update, "demand") == []
    assert len(series(update, "empty")) == 1
    player = played("ccer-eligible", 180)
    update = book_update(seen(player, 1, "en"), "en")
    assert series(update, "empty") == []
    (label,), demand = series(update, "demand-on"), series(update, "demand")
    end = update["xAxis"]["max"]
    under_it = [price for far, price in demand if 0.45 * end <= far <= end]
    assert label["value"] == [end, max(under_it)]


def test_a_standing_book_shows_what_is_left():
    player = played("ccer-eligible", 20, **{"market.mechanism": "continuous"})
    frame = seen(player, 1, "en")
    left = (frame.book.orders.quantity_t - frame.book.filled)[frame.book.orders.side == 0]
    assert left.sum() > 0
    assert frame.book.filled.sum() > 0
    supply = series(book_update(frame, "en"), "supply")
    assert supply[-1][0] == pytest.approx(left.sum() / 1000, abs=0.01)


def test_the_map_shows_this_months_deals_between_those_who_made_them():
    player = played("ccer-eligible", 50)
    frame, places = seen(player, 1, "en"), places_of(player.lane.world)
    update = map_update(frame, places, "en")
    assert len(series(update, "trades")) == min(len(frame.book.deals), 250) > 0
    ids = player.lane.world.state.firms.agent_id
    buyers = {f"firm:{np.flatnonzero(ids == buyer)[0]}" for buyer in frame.book.deals.buyer_id}
    assert {dot["id"] for dot in series(update, "buying")} == buyers
    spots = np.vstack([places.projects, places.firms])
    distance = np.linalg.norm(spots[:, None] - spots[None], axis=2)
    np.fill_diagonal(distance, 1.0)
    assert distance.min() > 0.05


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Credits count for compliance from 2027-01"), ("zh", "2027-01起碳信用可用于履约"),
])
def test_every_chart_over_months_marks_eligibility_and_the_price_says_so(language, text):
    frame = seen(played("ccer-eligible", 5), 1, language)
    (mark,) = price_update(frame, False, language)["marks"]
    assert (mark["at"], mark["text"]) == (37, text)
    for update in (volume_update, registry_update, real_update):
        (line,) = update(frame, False, language)["marks"]
        assert (line["at"], line["text"], line["color"]) == (37, "", mark["color"])


def test_the_axis_of_prices_follows_the_market_and_only_grows():
    player = played("ccer-eligible", 1)
    ends = []
    for _ in range(120):
        player.step_month()
        frame = seen(player, 1, "en")
        update = price_update(frame, False, "en")
        rows, end = frame.lane.monthly, update["yAxis"][0]["max"]
        market = np.max(rows.allowance_price)
        assert market < end <= 2 * 1.06 * 1.3 * max(market, max(
            value or 0 for value in series(update, "price")
        ))
        ends.append(end)
    assert ends == sorted(ends)
    assert len(set(ends)) <= 4


@pytest.mark.parametrize("wanted", [0.7, 1, 9.99, 10, 61, 101, 999.5, 1000, 1001, 43210])
def test_an_axis_ends_at_a_round_number_with_room_and_whole_steps(wanted):
    end, step = round_end(wanted)
    assert wanted <= end <= 1.7 * wanted
    assert end / step == pytest.approx(round(end / step))
    assert 4 <= end / step <= 6


def test_limits_are_named_where_there_are_some():
    names = {
        name: price_update(seen(played("tiny", 12, **settings), 1, "en"), False, "en")["legend"]
        for name, settings in (("free", {}), ("floor", {"price_limits.floor_yuan_per_t": 30.0}))
    }
    assert "Floor" not in names["free"]["data"]
    assert "Floor" in names["floor"]["data"]
    assert "Ceiling" not in names["floor"]["data"]


def test_a_far_larger_side_is_cut_and_says_how_far_it_goes():
    cut = 0
    player = played("ccer-eligible", 36)
    for _ in range(24):
        player.step_month()
        update = book_update(seen(player, 1, "en"), "en")
        supply, demand = series(update, "supply"), series(update, "demand")
        end, beyond = update["xAxis"]["max"], series(update, "demand-on")
        if demand and demand[-1][0] > end:
            cut += 1
            assert supply[-1][0] > 0.15 * end
            assert f"{demand[-1][0]:,.0f}" in beyond[0]["label"]["formatter"]
        else:
            assert beyond == []
    assert cut > 3


def test_names_of_charts_tell_the_latest_values():
    frame = seen(played("ccer-eligible", 60), 1, "en")
    row = frame.row
    text = price_told(frame, "en")
    assert f"{row.value_fen / row.volume_t / 100:.1f} yuan/t" in text
    assert f"{row.allowance_price:.1f}" in text
    assert "2028-11" in text
    assert "Compliance" in told("volume", volume_update(frame, False, "en"), frame, "en")
    assert "供给" in book_told(frame, "zh")
    assert f"{len(frame.book.deals)} deals" in map_told(frame, "en")
    before = seen(Player(load("tiny"), 1), 1, "zh")
    assert price_told(before, "zh") == "价格"


def test_a_spike_of_theory_leaves_the_picture():
    frame = seen(played("ccer-eligible", 60), 1, "en")
    before = price_update(frame, False, "en")["yAxis"][0]["max"]
    frame.lane.monthly.theory_price_low_fen[-1] = 100 * 10_000
    after = price_update(frame, False, "en")
    assert after["yAxis"][0]["max"] == before
    assert series(after, "theory")[-1] == 10_000


def test_a_mixed_colour_lies_between_its_two():
    assert mixed("#000000", "#ffffff", 0.25) == "#bfbfbf"
    assert mixed("#123456", "#ffffff", 1.0) == "#123456"
