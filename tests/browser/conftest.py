"""A real Chromium on a real server, with nothing of the network but this machine."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agents.compiled import ROOT

# Where changes are checked nothing may be left out silently.
REQUIRED = os.environ.get("SWCMARKET_BROWSER_TESTS") == "required"
if REQUIRED:
    from playwright import sync_api
else:
    sync_api = pytest.importorskip("playwright.sync_api")

SCREENSHOTS = ROOT / ".cache" / "screenshots"
# What Chromium would do on its own account, and this machine has no use for.
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # No address but this machine's can even be looked up.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
LOCALES = {"en": "en-US", "zh": "zh-CN"}


def chromium() -> str:
    """Path of a Chromium of this machine."""
    named = os.environ.get("SWCMARKET_CHROMIUM")
    found = named or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        (pytest.fail if REQUIRED else pytest.skip)(
            "no Chromium here: apt-get install chromium, or name it in SWCMARKET_CHROMIUM"
        )
    return found


class Server:
    """A dashboard in a process of its own.

    Attributes
    ----------
    url : str
    process : subprocess.Popen
    """

    def __init__(self, module: str, *, settings: dict[str, str] | None = None) -> None:
        # A proxy that is not there: whoever tries the network fails at once.
        nowhere = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, "--port", "0", "--no-browser"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT,
            env={**os.environ, **nowhere, "no_proxy": "localhost,127.0.0.1", **(settings or {})},
        )
        line = self.process.stdout.readline()
        assert "http://" in line, line + self.process.stdout.read()
        self.url = line.split()[1]
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{self.url}/readyz", timeout=2)
                return
            except OSError:
                time.sleep(0.25)
        raise AssertionError("the dashboard did not start")

    def close(self) -> None:
        """End it."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


@pytest.fixture(scope="package")
def dashboard() -> Iterator[Server]:
    """One dashboard for all tests that do not harm it."""
    chromium()
    server = Server("dashboard.server")
    yield server
    server.close()


@pytest.fixture(scope="package")
def browser() -> Iterator[sync_api.Browser]:
    """Chromium without a window."""
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture
def visit(
    browser: sync_api.Browser, dashboard: Server
) -> Iterator[Callable[..., sync_api.Page]]:
    """Open a page as a new visitor; at the end nothing may have gone wrong or left the machine."""
    contexts, troubles = [], []

    def open_page(
        path: str = "/", *, language: str = "en", dark: bool = False, width: int = 1440,
        height: int = 900, url: str = "",
    ) -> sync_api.Page:
        context = browser.new_context(
            locale=LOCALES[language], viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light", accept_downloads=True,
            base_url=url or dashboard.url,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: troubles.append(f"{path}: {error}"))
        page.on("console", lambda said: troubles.append(f"{path}: {said.text}")
                if said.type == "error" else None)
        page.on("request", lambda asked: troubles.append(f"{path}: asked for {asked.url}")
                if not asked.url.startswith(((url or dashboard.url), "data:", "blob:", "ws:"))
                else None)
        page.on("response", lambda got: troubles.append(f"{path}: {got.status} {got.url}")
                if got.status >= 400 else None)
        page.goto(path)
        page.wait_for_selector(".swc-top")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not troubles, "\n".join(troubles)


@pytest.fixture
def keep(request: pytest.FixtureRequest) -> Callable[..., Path]:
    """Keep a picture of a page, to be looked at by a person."""

    def save(page: sync_api.Page, name: str, *, full: bool = True) -> Path:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        # Charts out of sight are drawn when one scrolls there.
        page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
        page.wait_for_timeout(150)
        path = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=path, full_page=full)
        return path

    return save
