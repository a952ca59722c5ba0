"""Compare: run, stop, both languages, files, and what is refused."""

import csv

from experiments.comparing import compare
from experiments.overview import plus_minus
from simulation.scenario import load

DEFAULT = ("china-counties", "ccer-eligible", "provincial-quota", "mixed")
# A new run has no line for a moment.
PROGRESS = "(document.querySelector('[data-progress]') || {innerText: ''}).innerText"


def _price(page, place):
    return page.inner_text(f"[data-outcome=price_yuan_per_t] td >> nth={place}").split("\n")


def test_one_click_shows_what_the_command_line_shows(visit, keep):
    page = visit("/compare")
    page.click("[data-do=run]")
    page.wait_for_selector("[data-results='10']")
    page.wait_for_function("document.body.innerText.includes('40 runs in')")
    expected = compare([load(name) for name in DEFAULT[:2]], replicates=10)
    name, (first, second) = "price_yuan_per_t", expected.variants
    assert _price(page, 0) == [plus_minus(first.interval(name), 1, "en")]
    difference = plus_minus(expected.difference(second, name), 1, "en", signed=True)
    assert _price(page, 1) == [plus_minus(second.interval(name), 1, "en"), f"{difference}*"]
    page.wait_for_function(
        "document.querySelectorAll('.swc-plot[data-frames] canvas').length >= 4"
    )
    keep(page, "compare-en")


def test_chinese_panels_whole_years_and_both_files(visit, keep):
    page = visit("/compare", language="zh", dark=True)
    page.fill("[data-field=replicates]", "2")
    page.click("[data-do=run]")
    page.wait_for_selector("[data-results='2']")
    assert page.inner_text("[data-outcome=price_yuan_per_t] th").startswith("成交均价")
    for button, name, columns in (
        ("save_table", "swcmarket-compare.csv", {"mean", "difference", "excludes_zero"}),
        ("save_series", "swcmarket-compare-by-month.csv", {"quantile_05", "quantile_50"}),
    ):
        with page.expect_download() as saved:
            page.click(f"[data-do={button}]")
        assert saved.value.suggested_filename == name
        with open(saved.value.path(), encoding="utf-8-sig") as file:
            lines = list(csv.DictReader(file))
        assert columns < lines[0].keys()
        assert {line["scenario"] for line in lines} == set(DEFAULT)
    page.click("[data-switch=layout] [data-value=panels]")
    page.wait_for_selector("[data-name=compare-price_yuan_per_t-4]")
    page.click("[data-switch=by] [data-value=year]")
    page.wait_for_selector("[data-switch=by] [data-value=year][aria-pressed=true]")
    page.click("[data-switch=measure] [data-value=volume_t]")
    page.wait_for_selector("[data-name=compare-volume_t-4] .swc-plot[data-frames] canvas")
    keep(page, "compare-zh")


def test_stopping_keeps_what_is_complete_and_leaving_the_page_stops(visit):
    page = visit("/compare", width=390)
    page.click("[data-do=all-rules]")
    page.wait_for_selector("[data-variant='8']")
    page.fill("[data-field=replicates]", "40")
    page.click("[data-do=run]")
    page.wait_for_selector("[data-table=outcomes]")
    page.click("[data-do=stop]")
    page.wait_for_function(f"{PROGRESS}.startsWith('Stopped')")
    assert int(page.get_attribute("[data-results]", "data-results")) < 40
    assert len(page.query_selector_all("[data-table=outcomes] thead th")) == 10
    # The table scrolls in itself; the page is no wider than the phone.
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    # What lies out of sight is told, and what an outcome means can be read without a pointer.
    page.wait_for_selector("[data-part=sideways]")
    page.press("[data-part=meanings] summary", "Enter")
    page.wait_for_selector("[data-meaning=price_yuan_per_t] dd", state="visible")
    page.click("[data-do=run]")
    page.wait_for_function(f"{PROGRESS}.includes('a second')")
    page.click(".swc-top a[data-tab='/claims']")
    page.wait_for_selector("[data-do=run]", state="detached")
    page.click(".swc-top a[data-tab='/compare']")
    page.wait_for_function(f"{PROGRESS}.startsWith('Stopped')")
    assert page.input_value("[data-field=replicates]") == "40"
    assert page.query_selector("[data-variant='8']")


def test_what_cannot_be_compared_is_refused_in_a_line(visit):
    page = visit("/compare")
    page.select_option("[data-variant='1'] [data-field=scenario]", "california")
    page.click("[data-do=run]")
    page.wait_for_selector(".swc-notice[role=alert]")
    assert "1, 3, 4 in yuan; 2 in US dollars" in page.inner_text(".swc-notice")
    page.click("[data-do=first]")
    page.wait_for_selector(".swc-notice[role=alert]", state="detached")
    page.fill("[data-field=replicates]", "61")
    page.press("[data-field=replicates]", "Enter")
    page.wait_for_selector(".swc-notice[role=alert]")
    assert "from 1 to 60" in page.inner_text(".swc-notice")
    assert not page.query_selector("[data-table=outcomes]")


def test_two_futures_of_the_live_run_are_compared_and_the_address_says_so(visit):
    page = visit("/compare?live=fork")
    page.wait_for_selector(".swc-notice[role=alert]")
    assert "Fork here" in page.inner_text(".swc-notice")
    assert not page.query_selector("[data-do=pair-fork]")
    page = visit("/?scenario=tiny-eligible&month=2026-01")
    page.wait_for_selector("[data-do=fork]:not([disabled])")
    page.click("[data-do=fork]")
    # Futures that are still the same are told so, and no four policies.
    page.click(".swc-top a[data-tab='/compare']")
    page.click("[data-do=pair-fork]")
    page.wait_for_function(
        "document.querySelector('.swc-compare-opening').innerText.includes('same rules so far')"
    )
    page.click(".swc-top a[data-tab='/']")
    page.select_option("[data-lever='market.mechanism'] select", "call_auction")
    page.wait_for_selector(".moved[data-lever='market.mechanism']")
    page.click(".swc-top a[data-tab='/compare']")
    page.click("[data-do=pair-fork]")
    page.wait_for_function("location.search.startsWith('?live=fork')")
    assert "call auction" in page.inner_text("[data-variant='1']")
    page.fill("[data-field=replicates]", "2")
    page.click("[data-do=run]")
    page.wait_for_selector("[data-results='2']")
    assert "future B" in page.inner_text("[data-table=outcomes] thead")
    # The table counts from the month in which the lever was moved, too.
    assert "since 2026-0" in page.inner_text("[data-outcome=since_price] th")
