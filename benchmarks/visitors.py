"""How many visitors one dashboard serves: start, pause, pace, memory, as a browser sees them.

    python -m benchmarks.visitors [VISITORS]

Prints one line a figure. Browser and server share the machine, as on a laptop; each visitor is a
page of its own in one Chromium.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from agents.compiled import ROOT

FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]
SMALL = "scenario=ccer-eligible"
LARGE = "scenario=china-counties&set=network.kind=small_world&set=firms.0.count=9718"
PACE = """(seconds) => new Promise((done) => {
  const box = document.querySelector('.swc-controls').dataset;
  const plot = document.querySelector('[data-name=price] .swc-plot').dataset;
  const [month, frame, begun] = [Number(box.place), Number(plot.frames), performance.now()];
  setTimeout(() => {
    const took = (performance.now() - begun) / 1000;
    done([(Number(box.place) - month) / took, (Number(plot.frames) - frame) / took]);
  }, 1000 * seconds);
})"""
PAUSE = """() => new Promise((done) => {
  const box = document.querySelector('.swc-controls');
  const begun = performance.now();
  let last = 0;
  const watch = new MutationObserver(() => { last = performance.now() - begun; });
  watch.observe(box, {attributes: true});
  document.querySelector('[data-do=play]').click();
  setTimeout(() => { watch.disconnect(); done(last); }, 1200);
})"""


@contextmanager
def serving() -> Iterator[tuple[str, int]]:
    """A dashboard of its own: address and process id."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboard.server", "--port", "0", "--no-browser"],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, "SOLARA_KERNEL_CULL_TIMEOUT": "2s"},
    )
    try:
        yield process.stdout.readline().split()[1], process.pid
    finally:
        process.terminate()
        process.wait()


def memory_mb(pid: int) -> float:
    """Memory of a process that no other uses."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise OSError("no Pss")


def opened(browser: Browser, url: str, search: str) -> tuple[Page, float]:
    """A page of a new visitor, and the seconds until it can be used and has drawn."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    begun = time.perf_counter()
    page.goto(f"{url}/?{search}")
    page.wait_for_selector("[data-name=price] .swc-plot[data-frames]")
    return page, time.perf_counter() - begun


def settle(url: str) -> None:
    """Wait until every tab is gone."""
    for _ in range(120):
        with urllib.request.urlopen(f"{url}/resourcez?verbose") as answer:
            if json.load(answer)["kernels"]["total"] == 0:
                return
        time.sleep(0.25)


def main(visitors: int) -> None:
    """Measure and print."""
    chromium = os.environ.get("SWCMARKET_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        raise SystemExit("no Chromium here: apt-get install chromium")
    with serving() as (url, pid), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page, cold = opened(browser, url, SMALL)
        page.context.close()
        starts = []
        for _ in range(3):
            page, took = opened(browser, url, SMALL)
            starts.append(took)
            page.context.close()
        print(f"first visit {cold:.2f} s; later ones {statistics.median(starts):.2f} s")
        for name, search in (("60 x 300", SMALL), ("60 x 10,000", LARGE)):
            page, _ = opened(browser, url, search)
            page.select_option("[data-do=speed]", "24")
            page.wait_for_timeout(1500)
            months, frames = page.evaluate(PACE, 3)
            pauses = []
            for _ in range(5):
                pauses.append(page.evaluate(PAUSE))
                if page.get_attribute(".swc-controls", "data-playing") == "no":
                    page.click("[data-do=play]")
                page.wait_for_timeout(300)
            print(f"{name}: {months:.1f} months and {frames:.1f} frames a second at a speed of 24; "
                  f"pause {statistics.median(pauses):.0f} ms (most {max(pauses):.0f})")
            page.context.close()
        settle(url)
        time.sleep(6)
        alone = memory_mb(pid)
        pages = [opened(browser, url, f"{SMALL}&seed={seed}")[0] for seed in range(visitors)]
        for page in pages:
            page.select_option("[data-do=speed]", "60")
        for page in pages:
            page.wait_for_function(
                "() => document.querySelector('.swc-controls').dataset.playing === 'no'",
                timeout=300_000,
            )
        full = memory_mb(pid)
        print(f"{visitors} visitors, each with a run of 180 months and its snapshots: "
              f"{(full - alone) / visitors:.1f} MB a visitor beside {alone:.0f} MB of the server")
        for page in pages:
            page.context.close()
        settle(url)
        time.sleep(6)
        print(f"after the tabs were closed: {memory_mb(pid):.0f} MB")
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
