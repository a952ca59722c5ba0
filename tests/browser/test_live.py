"""Live in a real browser: watch, steer, look back, fork, share."""

import json
import re
import subprocess
import sys
import time
import urllib.request

import pytest

from experiments.names import agent_name
from simulation.results import simulate
from simulation.scenario import load
from simulation.world import World
from tests.browser.conftest import Server

CONTROLS = ".swc-controls"
TIMELINE = "document.querySelector('[data-part=timeline]').innerText"


def place(page):
    """Months that have run, less one, as the page shows it."""
    return int(page.get_attribute(CONTROLS, "data-place"))


def until(page, condition, argument=None):
    """Wait for something of the controls' data."""
    page.wait_for_function(
        f"(wish) => {{ const d = document.querySelector('{CONTROLS}').dataset; "
        f"return {condition}; }}", arg=argument,
    )


def pause(page):
    if page.get_attribute(CONTROLS, "data-playing") == "yes":
        page.click("[data-do=play]")
    until(page, "d.playing === 'no'")


def move(page, key, value):
    """Type a value of a lever."""
    field = page.locator(f"[data-lever='{key}'] input[type=text]")
    field.fill(str(value))
    field.press("Enter")
    page.wait_for_selector(f"[data-lever='{key}'].moved")


def assert_same_tables(page, other):
    """Tables follow the month by a moment."""
    for _ in range(100):
        tables = [each.inner_text("[data-part=totals]") for each in (page, other)]
        if tables[0] == tables[1]:
            break
        page.wait_for_timeout(100)
    assert tables[0] == tables[1]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_first_view_already_runs_and_says_why_the_price_moved(visit, keep, language):
    page = visit(language=language, dark=language == "zh")
    until(page, "d.playing === 'yes' && Number(d.place) >= 12")
    words = {"en": "price|trade", "zh": "价格|成交"}[language]
    assert re.search(words, page.inner_text(".swc-sentence"))
    for chart in ("price", "volume", "book", "registry", "real", "map"):
        drawn = page.get_attribute(f"[data-name={chart}] .swc-plot", "data-frames")
        assert int(drawn) > 0, chart
        assert page.query_selector(f"[data-name={chart}] canvas")
    page.select_option("[data-do=speed]", "60")
    until(page, "d.month >= '2029-01'")
    pause(page)
    keep(page, f"live-{language}")


@pytest.mark.alone
def test_pause_stops_within_a_fifth_of_a_second_and_steps_go_on(visit):
    page = visit()
    page.select_option("[data-do=speed]", "24")
    until(page, "Number(d.place) >= 24")
    # From the click to the last month that is shown; the best of three, as machines are busy.
    measure = """() => new Promise((done) => {
      const box = document.querySelector('.swc-controls');
      const begun = performance.now();
      let last = 0;
      const watch = new MutationObserver(() => { last = performance.now() - begun; });
      watch.observe(box, {attributes: true});
      document.querySelector('[data-do=play]').click();
      setTimeout(() => { watch.disconnect(); done(last); }, 1200);
    })"""
    found = []
    for _ in range(3):
        found.append(page.evaluate(measure))
        assert page.get_attribute(CONTROLS, "data-playing") == "no"
        page.keyboard.press("Space") if len(found) == 1 else page.click("[data-do=play]")
        until(page, "d.playing === 'yes'")
        page.wait_for_timeout(400)
    print("pause, ms:", [round(each) for each in found])
    assert min(found) < 200, found
    pause(page)
    before = place(page)
    page.click("[data-do=step-month]")
    until(page, "Number(d.place) === wish", before + 1)
    page.keyboard.press("n")
    until(page, "Number(d.place) === wish", before + 2)
    page.click("[data-do=step-phase]")
    page.wait_for_selector(".swc-phase")
    assert page.inner_text(".swc-phase").startswith("2/29")
    page.click("[data-do=step-month]")
    until(page, "Number(d.place) === wish", before + 3)


@pytest.mark.alone
@pytest.mark.parametrize("world", [
    "scenario=ccer-eligible",
    "scenario=china-counties&set=network.kind=small_world&set=firms.0.count=9718",
])
def test_stepping_and_drawing_keep_their_pace(visit, world):
    page = visit(f"/?{world}")
    page.select_option("[data-do=speed]", "24")
    until(page, "Number(d.place) >= 5")
    measure = """() => new Promise((done) => {
      const box = document.querySelector('.swc-controls').dataset;
      const plot = document.querySelector('[data-name=price] .swc-plot').dataset;
      const [month, frame, begun] = [Number(box.place), Number(plot.frames), performance.now()];
      setTimeout(() => {
        const seconds = (performance.now() - begun) / 1000;
        done([(Number(box.place) - month) / seconds, (Number(plot.frames) - frame) / seconds]);
      }, 3000);
    })"""
    # The best of three: other work on the machine takes pace away, and can add none.
    for _ in range(3):
        months, frames = page.evaluate(measure)
        print(f"{world}: {months:.1f} months and {frames:.1f} frames a second")
        if months >= 20 and frames >= 5:
            break
    assert months >= 20
    assert frames >= 5
    pause(page)


def test_levers_look_back_fork_and_the_saved_scenario(visit, keep, tmp_path):
    page = visit("/?scenario=tiny-eligible&seed=4&month=2025-06")
    assert page.get_attribute(CONTROLS, "data-month") == "2025-06"
    assert page.get_attribute(CONTROLS, "data-playing") == "no"
    move(page, "compliance.offset_limit", 20)
    page.wait_for_function(f"{TIMELINE}.includes('→ 20 %')")
    for _ in range(3):
        page.click("[data-do=step-month]")
    until(page, "d.month === '2025-09'")
    page.select_option("[data-lever='market.mechanism'] select", "call_auction")
    page.wait_for_selector("[data-lever='market.mechanism'].moved")
    page.select_option("[data-do=speed]", "0")
    page.click("[data-do=play]")
    until(page, "d.playing === 'no' && Number(d.place) > 20")

    # The record, the saved scenario and the command line say the same.
    with page.expect_download() as got:
        page.click("[data-do=save-scenario]")
    saved = tmp_path / "saved.toml"
    got.value.save_as(saved)
    with page.expect_download() as got:
        page.click("[data-do=save-monthly]")
    monthly = tmp_path / "monthly.csv"
    got.value.save_as(monthly)
    out = tmp_path / "run"
    subprocess.run(
        [sys.executable, "-m", "experiments.cli", "run", str(saved), "--seed", "4", "--out",
         str(out)], check=True, capture_output=True,
    )
    ours = monthly.read_text(encoding="utf-8-sig").splitlines()
    assert ours == (out / "monthly.csv").read_text(encoding="utf-8").splitlines()
    assert len(ours) == load("tiny-eligible").months + 1

    # At the end, one click leads back to before the rule, into a second future.
    page.click("[data-do=fork-rule]")
    page.wait_for_selector("[data-do=lane-b][aria-pressed=true]")
    until(page, "d.month < '2027-01'")
    page.click("[data-do=drop-fork]")
    page.wait_for_selector("[data-do=drop-fork]", state="detached")

    page.locator("[data-do=time]").fill("20")
    page.wait_for_selector("[data-do=latest]")
    page.click("[data-do=fork]")
    page.wait_for_selector("[data-do=lane-b][aria-pressed=true]")
    move(page, "price_limits.floor_yuan_per_t", 50)
    page.click("[data-do=play]")
    until(page, "d.playing === 'no' && Number(d.place) > 30")
    assert page.inner_text("[data-part=totals] thead").split() == ["A", "B", "B", "−", "A"]
    keep(page, "live-fork")
    # A link leads somebody else to both futures.
    page.wait_for_function("() => /fork=2025-10.*fork_move=.*floor/.test(location.search)")
    other = visit(page.url.split("/", 3)[3].join(("/", "")))
    other.wait_for_selector("[data-do=lane-b][aria-pressed=true]")
    assert_same_tables(page, other)
    page.click("[data-do=lane-a]")
    page.wait_for_selector("[data-do=lane-a][aria-pressed=true]")
    page.wait_for_function(f"!{TIMELINE}.includes('50')")
    page.click("[data-do=drop-fork]")
    # A lever was moved in it.
    page.click(".swc-question:has-text('1 lever moved by hand') [data-do=yes]")
    page.wait_for_selector("[data-do=drop-fork]", state="detached")


def test_another_scenario_asks_before_levers_are_dropped(visit):
    page = visit("/?scenario=tiny-eligible&seed=2&month=2025-01")
    move(page, "compliance.offset_limit", 30)
    page.select_option("[data-do=scenario]", "tiny")
    page.click(".swc-question:has-text('1 lever moved by hand') [data-do=keep]")
    page.wait_for_selector(".swc-question", state="detached")
    # What runs stands in the list again.
    assert page.input_value("[data-do=scenario]") == "tiny-eligible"
    assert page.query_selector("[data-lever='compliance.offset_limit'].moved")
    # What cannot be begun does not stay in the field.
    page.fill("[data-do=seed]", "much")
    page.press("[data-do=seed]", "Enter")
    page.wait_for_selector(".swc-notice.swc-error:has-text('no whole number')")
    page.wait_for_function("() => document.querySelector('[data-do=seed]').value === '2'")
    # A question waits where one has been meanwhile.
    page.select_option("[data-do=scenario]", "ziyang")
    page.wait_for_selector(".swc-question")
    page.click("[data-tab='/claims']")
    page.wait_for_selector(".swc-claims")
    page.keyboard.press("n")
    page.click("[data-tab='/']")
    page.wait_for_selector(".swc-question")
    # And keys that were pressed elsewhere do nothing here.
    assert page.get_attribute(CONTROLS, "data-month") == "2025-01"
    page.click(".swc-question [data-do=keep]")
    page.wait_for_selector(".swc-question", state="detached")
    page.fill("[data-do=seed]", "7")
    page.press("[data-do=seed]", "Enter")
    page.wait_for_selector(".swc-question")
    assert page.input_value("[data-do=seed]") == "7"
    page.click(".swc-question [data-do=yes]")
    page.wait_for_function("() => location.search.includes('seed=7')")
    assert "tiny-eligible" in page.url
    assert page.query_selector_all("[data-lever].moved") == []
    # Nothing is asked where nothing is lost.
    page.select_option("[data-do=scenario]", "tiny")
    page.wait_for_function("() => location.search.includes('scenario=tiny&')")


def test_an_address_opens_what_it_was_taken_from(visit):
    page = visit("/?scenario=tiny-eligible&seed=2&month=2025-01")
    move(page, "compliance.offset_limit", 30)
    for _ in range(4):
        page.click("[data-do=step-month]")
    until(page, "d.month === '2025-05'")
    page.wait_for_function(
        "() => /offset_limit.*month=2025-05/.test(location.search)"
    )
    address = page.url
    other = visit(address.split("/", 3)[3].join(("/", "")))
    assert other.get_attribute(CONTROLS, "data-month") == "2025-05"
    assert_same_tables(page, other)
    assert other.query_selector("[data-lever='compliance.offset_limit'].moved")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_click_on_the_map_or_a_name_shows_an_agent(visit, keep, language):
    page = visit("/?scenario=tiny&month=2026-06", language=language)
    field = page.locator("[data-do=agent]")
    name = agent_name(World(load("tiny"), 1).people.firms[0], language)
    field.fill(name)
    field.press("Enter")
    page.wait_for_selector("[data-agent='firm:0']")
    assert name in page.inner_text("[data-part=agent]")
    assert page.locator(".swc-agent-list div").count() > 30
    keep(page, f"live-agent-{language}")


def test_a_value_out_of_range_is_one_line_and_nothing_moves(visit):
    page = visit("/?scenario=tiny&month=2025-03")
    lever = "[data-lever='compliance.offset_limit']"
    field = page.locator(f"{lever} input[type=text]")
    for typed, why in (("700", "Give a number from 0 to 100 %."), ("much", "Give a number.")):
        field.fill(typed)
        field.press("Enter")
        page.wait_for_selector(f"{lever} [role=alert]:text-is('{why}')")
        # What is in force stands in the field again.
        assert field.input_value() == "5"
        assert not page.query_selector(f"{lever}.moved")
    move(page, "compliance.offset_limit", "7.5 %")
    page.wait_for_selector(f"{lever} [role=alert]", state="detached")
    page.wait_for_selector("[data-part=timeline]:has-text('5 % → 7.5 %')")


def test_a_bad_address_is_told_and_the_first_view_runs(visit):
    page = visit()
    for search in (
        "scenario=nope", "seed=-4", "month=2099-01",
        "move=2027-01:compliance.offset_limit=9", "set=network.edges=/etc/passwd",
        "scenario=%3Cscript%3Ealert(1)%3C/script%3E",
    ):
        page.goto(f"/?{search}")
        page.wait_for_selector(".swc-notice.swc-error")
        assert page.inner_text(".swc-notice-text").startswith("address:"), search
        until(page, "d.playing === 'yes'")


def test_a_fault_of_the_model_is_told_and_the_server_stays_up(visit, keep):
    server = Server("tests.browser.broken_server")
    try:
        page = visit("/?scenario=tiny", url=server.url)
        page.select_option("[data-do=speed]", "0")
        page.wait_for_selector(".swc-notice.swc-error")
        told = page.inner_text(".swc-notice.swc-error")
        assert "credits do not add up (phase settle, month 2026-06, seed 1)" in told
        keep(page, "live-fault")
        page.locator("[data-do=time]").fill("10")
        page.wait_for_selector("[data-do=continue]")
        page.click("[data-do=continue]")
        page.wait_for_selector(".swc-notice.swc-error", state="detached")
        other = visit("/?scenario=tiny&month=2025-01", url=server.url)
        assert other.get_attribute(CONTROLS, "data-month") == "2025-01"
        assert urllib.request.urlopen(f"{server.url}/readyz").status == 200
        page.close()
        other.close()
    finally:
        server.close()


def test_twenty_visitors_do_not_see_each_other_and_closed_tabs_are_freed(browser):
    # A tab that says goodbye is freed at once; one that is cut off, after the time set here.
    server = Server("dashboard.server", settings={"SOLARA_KERNEL_CULL_TIMEOUT": "2s"})

    def tabs():
        with urllib.request.urlopen(f"{server.url}/resourcez?verbose") as answer:
            return json.load(answer)["kernels"]["total"]

    try:
        contexts, pages = [], []
        for seed in range(20):
            context = browser.new_context(viewport={"width": 900, "height": 600})
            contexts.append(context)
            pages.append(context.new_page())
            pages[-1].goto(f"{server.url}/?scenario=tiny&seed={seed}&month=2027-06")
        for page in pages:
            page.wait_for_selector(CONTROLS, timeout=60_000)
        assert tabs() == 20
        move(pages[7], "compliance.offset_limit", 90)
        months = 2027 * 12 + 6 - load("tiny").start
        for seed, page in enumerate(pages):
            assert page.get_attribute(CONTROLS, "data-month") == "2027-06"
            assert page.input_value("[data-do=seed]") == str(seed)
            run = simulate(load("tiny", {"months": months}), seed)
            traded = int(run.world.state.monthly.volume_t.sum())
            assert f"{traded:,}" in page.inner_text("[data-part=totals]")
            moved = page.query_selector("[data-lever='compliance.offset_limit'].moved")
            assert bool(moved) == (seed == 7)
        for context in contexts:
            context.close()
        for _ in range(80):
            if tabs() == 0:
                break
            time.sleep(0.25)
        assert tabs() == 0
    finally:
        server.close()
