"""Mesa's own page opens on our model, without network: it is a Mesa model like any other."""

import pytest

from tests.browser.conftest import Server

STEP, RESET = "button:has-text('Step')", "button:has-text('Reset')"
PICTURE = ".vue-grid-item img, .vue-grid-item svg"


@pytest.fixture(scope="module")
def mesa_server(browser):
    """Mesa's page in a process of its own."""
    server = Server("tests.browser.mesa_server")
    yield server
    server.close()


@pytest.fixture
def page(browser, mesa_server):
    """The page; nothing may be asked of another machine, and nothing go wrong in the browser."""
    context = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    opened, troubles = context.new_page(), []
    opened.set_default_timeout(30_000)
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("request", lambda asked: troubles.append(f"asked for {asked.url}")
              if not asked.url.startswith((mesa_server.url, "data:", "blob:", "ws:")) else None)
    opened.on("response", lambda got: troubles.append(f"{got.status} {got.url}")
              if got.status >= 400 else None)
    opened.goto(mesa_server.url)
    yield opened
    context.close()
    assert not troubles, "\n".join(troubles)


def _shown(page, time, month):
    page.wait_for_selector(f"text='Time: {time}'")
    page.wait_for_selector(f".model-month:has-text('{month}')")


def test_mesa_draws_and_steps_our_model(page, keep):
    """Time and month go on with each click, the charts are drawn anew; Reset starts again."""
    _shown(page, "0.0", "2024-01")
    page.wait_for_selector(PICTURE)
    assert page.locator(PICTURE).count() == 2
    before = page.locator(PICTURE).nth(1).evaluate("chart => chart.src || chart.outerHTML")
    for months in range(1, 9):
        page.click(STEP)
        _shown(page, f"{months}.0", f"2024-{1 + months:02d}")
    page.wait_for_function(
        """([picture, before]) => {
            const chart = document.querySelectorAll(picture)[1];
            return chart && (chart.src || chart.outerHTML) !== before;
        }""", arg=[PICTURE, before],
    )
    keep(page, "mesa-page")
    page.click(RESET)
    _shown(page, "0.0", "2024-01")
    page.click(STEP)
    _shown(page, "1.0", "2024-02")
