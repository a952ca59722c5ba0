"""Stores of studies in a browser: list, findings, map, runs, replay, refusals."""

import csv

import pytest

from experiments.study.files import study_from
from experiments.study.pools import Here
from experiments.study.session import run_study
from tests.browser.conftest import Server
from tests.unit.dashboard.studies.stores import store_of

# Two rules of the tiny scenario, one year: the only runs here that the model itself makes.
REAL = {
    "name": "real", "title": "Two rules", "title_zh": "两种机制", "scenario": "tiny",
    "set": {"months": 12}, "replicates": 2, "design": {"kind": "grid"}, "outcomes": ["volume_t"],
    "factors": [{"key": "market.mechanism", "values": ["listing", "call_auction"]},
                {"key": "voluntary.demand_scale", "values": [0.5, 1.0]}],
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A dashboard whose results are a few small stores, one of them damaged."""
    root = tmp_path_factory.mktemp("results")
    run_study(study_from(REAL, root, "real.toml"), root / "mine" / "real", Here())
    for kind in ("sobol", "boxes", "crossed", "search", "failing"):
        store_of(root, kind)
    (root / "broken").mkdir()
    (root / "broken" / "study.json").write_text("{", encoding="utf-8")
    outside = tmp_path_factory.mktemp("outside")
    store_of(outside, "grid", "secret")
    (root / "link").symlink_to(outside / "secret")
    started = Server("dashboard.server", settings={"SWCMARKET_RESULTS": str(root)})
    yield started
    started.close()


def test_stores_are_listed_and_what_lies_elsewhere_is_refused(visit, keep, server):
    page = visit("/studies", url=server.url)
    page.wait_for_selector("[data-store='mine/real']")
    names = [row.get_attribute("data-store") for row in page.query_selector_all("[data-store]")]
    assert {"broken", "boxes", "crossed", "failing", "mine/real", "search", "sobol"} <= set(names)
    assert "link" not in names
    assert "is damaged" in page.inner_text("[data-store=broken]")
    for given in ("/etc", "../", "link"):
        page.fill("[data-field=folder]", given)
        page.click("[data-do=open-folder]")
        page.wait_for_function(
            "given => (document.querySelector('[role=alert]') || {innerText: ''}).innerText"
            ".startsWith(given)", arg=given)
        # A link counts as a name that is not there, below the other folder of results.
        said = page.inner_text("[role=alert]")
        assert "lies outside" in said or (given == "link" and "there is no store" in said)
    # Those that ship stand below, with what they found.
    assert len(page.query_selector_all("[data-shipped]")) == 4
    keep(page, "studies-list")
    page.fill("[data-field=folder]", "mine/real")
    page.click("[data-do=open-folder]")
    page.wait_for_selector("[data-part=answer]")
    assert page.inner_text("h1") == "Two rules"
    page.click("[data-do=back]")
    page.wait_for_selector("[data-part=stores]")


def test_a_run_is_replayed_and_leads_to_the_live_page(visit, keep, server):
    page = visit("/studies?store=mine/real&run=3", url=server.url, language="zh")
    page.wait_for_selector("[data-part=run]")
    assert page.get_attribute("[data-do=live]", "href") == "/?store=mine/real&run=3"
    page.click("[data-do=replay]")
    told = page.wait_for_selector("[data-part=replayed]")
    assert told.get_attribute("data-same") == "true"
    assert "逐位相同" in told.inner_text()
    page.click("[data-sort='voluntary.demand_scale']")
    page.wait_for_selector("th[aria-sort=ascending] [data-sort='voluntary.demand_scale']")
    page.click("[data-sort='voluntary.demand_scale']")
    page.wait_for_selector("th[aria-sort=descending]")
    keep(page, "studies-run-zh")
    with page.expect_download() as saved:
        page.click("[data-do=csv]")
    with open(saved.value.path(), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert saved.value.suggested_filename == "real.csv"
    assert [row["run"] for row in rows] == [str(run) for run in range(8)]


def test_failed_runs_say_why(visit, server):
    page = visit("/studies?store=failing", url=server.url)
    page.click("[data-view=runs]")
    page.check("[data-field=failed]")
    page.wait_for_function("document.querySelectorAll('tr.failed').length === 4"
                           " && document.querySelectorAll('tr[data-run]').length === 4")
    assert "no demand of one" in page.inner_text("tr.failed >> nth=0")


def test_cases_are_drawn_with_their_box_and_a_map_over_chosen_factors(visit, keep, server):
    page = visit("/studies?store=boxes", url=server.url, dark=True)
    page.wait_for_selector("[data-section=cases] [data-name=cases] canvas")
    assert page.inner_text("[data-part=boxes] td >> nth=0") == "Box 1"
    # What the file of a study says is text.
    assert "<b>much</b> & more" in page.inner_text("[data-name=cases] h3")
    keep(page, "studies-cases-dark")
    one = page.input_value("[data-section=cases] [data-field=across]")
    other = page.input_value("[data-section=cases] [data-field=up]")
    page.select_option("[data-section=cases] [data-field=across]", other)
    page.wait_for_function(
        "one => document.querySelector('[data-section=cases] [data-field=up]').value === one",
        arg=one)
    page.click("[data-view=map]")
    page.wait_for_selector("[data-name=map] canvas")
    page.select_option("[data-field=shown]", "volume_t")
    page.wait_for_function(
        "document.querySelector('[data-name=map] h3').innerText.startsWith('Traded')")
    keep(page, "studies-map-dark")


@pytest.mark.parametrize(("store", "section", "chart"), [
    ("sobol", "sobol", "sobol-volume_t"), ("crossed", "options", "options-volume_t"),
    ("search", "front", "front-1"),
])
def test_each_design_is_drawn_on_a_phone_without_going_over_its_edge(
    visit, keep, server, store, section, chart
):
    page = visit(f"/studies?store={store}", url=server.url, width=390, language="zh")
    page.wait_for_selector(f"[data-section={section}] [data-name={chart}] canvas")
    page.click(f"[data-section={section}] [data-do=numbers]")
    page.wait_for_selector(f"[data-section={section}] table")
    assert not page.query_selector(".swc-fault")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    keep(page, f"studies-{store}-phone-zh")


def test_an_address_of_no_store_is_one_line(visit, server):
    page = visit("/studies", url=server.url)
    for store in ("broken", "nothing", "../secret", "%00"):
        page.goto(f"/studies?store={store}")
        line = page.wait_for_selector("[role=alert]").inner_text()
        assert "\n" not in line.strip(), store
        assert "/tmp" not in line, store
