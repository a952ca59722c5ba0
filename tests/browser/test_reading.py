"""What a first-time reader needs: what the rule did, keys, and no loss without a question."""

from dashboard.live.effect import shown_effect
from dashboard.live.frame import seen
from dashboard.live.player import Player
from simulation.scenario import load
from tests.browser.test_live import CONTROLS, move, until

JUNE_2028 = 2028 * 12 + 5


def test_what_the_rule_did_stays_in_sight_in_both_languages(visit, keep):
    player = Player(load("ccer-eligible"), 5)
    player.run_to(JUNE_2028)
    while player.catch_up():
        pass
    page = visit("/?scenario=ccer-eligible&seed=5&month=2028-06")
    for language in ("en", "zh"):
        heading, note, rows, since = shown_effect(seen(player, 1, language), language)
        assert since == "2027-01"
        page.wait_for_selector(f"[data-part=effect][data-since='{since}']:has-text('{heading}')")
        told = page.inner_text("[data-part=effect]")
        for row in rows:
            assert row.here in told
            assert row.there in told
        assert note in told
        keep(page, f"live-effect-{language}", full=False)
        page.click(".swc-top-right button:last-child")
    page.wait_for_selector("[data-part=effect]:has-text('without')")
    # Looking back before the rule there is nothing to compare with yet.
    page.locator("[data-do=time]").fill("10")
    until(page, "d.month === '2024-10'")
    page.wait_for_selector("[data-part=effect][data-since='']:has-text('From 2027-01')")


def test_months_to_come_cannot_be_looked_at_and_landmarks_are_there(visit):
    page = visit("/?scenario=ccer-eligible&month=2026-06")
    track = page.locator("[data-do=time]")
    assert track.get_attribute("max") == str(load("ccer-eligible").months - 1)
    track.fill("170")
    page.wait_for_timeout(300)
    assert page.get_attribute(CONTROLS, "data-month") == "2026-06"
    assert track.input_value() == "30"
    assert page.locator("main .swc-sentence[role=status][aria-live=polite]").count() == 1
    assert page.locator("aside .swc-levers").count() == 1
    assert page.locator("h1").count() == 1


def test_keys_serve_whatever_has_the_focus_and_nothing_is_dropped_unasked(visit):
    page = visit("/?scenario=tiny-eligible&seed=4&month=2025-06")
    # The space bar opens a group of levers; it does not start the run.
    page.locator(".swc-levers summary").nth(1).focus()
    page.keyboard.press("Space")
    page.wait_for_timeout(200)
    assert page.get_attribute(CONTROLS, "data-playing") == "no"
    # Beside the slider all keys but its own still work.
    page.locator("[data-do=time]").focus()
    page.keyboard.press("n")
    until(page, "d.month === '2025-07'")
    page.keyboard.press("?")
    page.wait_for_selector(".swc-notice:has-text('Keys:')")
    move(page, "price_limits.floor_yuan_per_t", 50)
    page.locator("[data-do=time]").focus()
    page.keyboard.press("r")
    page.wait_for_selector(".swc-question:has-text('1 lever moved by hand')")
    page.click("[data-do=keep]")
    page.wait_for_selector(".swc-question", state="detached")
    page.wait_for_selector("[data-lever='price_limits.floor_yuan_per_t'].moved")
    page.click("[data-do=fork]")
    page.wait_for_selector("[data-do=lane-b][aria-pressed=true]")
    page.click("[data-do=fork]")
    page.wait_for_selector(".swc-question:has-text('drops future B')")
    page.keyboard.press("r")
    page.wait_for_selector(".swc-question:has-text('and the fork')")
    page.click("[data-do=yes]")
    page.wait_for_selector("[data-do=lane-b]", state="detached")
    page.wait_for_selector("[data-lever='price_limits.floor_yuan_per_t'].moved", state="detached")
    assert page.get_attribute(CONTROLS, "data-month") == ""
