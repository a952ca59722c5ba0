"""Every page opens in both languages and both themes, without network."""

import pytest

PATHS = ("/", "/compare", "/studies", "/claims")
FIRST_TAB = {"en": "Live", "zh": "实时"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_page_opens_in_the_language_that_the_browser_asks_for(visit, language):
    page = visit("/", language=language)
    for path in PATHS:
        if path != "/":
            page.goto(path)
        page.wait_for_selector(f".swc-top nav a[data-tab='{path}'][aria-current=page]")
        assert page.inner_text(".swc-top nav a >> nth=0") == FIRST_TAB[language]
        assert page.get_attribute("html", "lang") == {"en": "en", "zh": "zh-CN"}[language]
        assert not page.query_selector(".swc-fault")


def test_language_and_theme_are_remembered(visit):
    page = visit("/claims")
    page.click("[data-do=language]")
    page.wait_for_selector("html[lang=zh-CN]")
    page.click("[data-do=theme]")
    page.wait_for_selector("html.swc-dark")
    page.reload()
    page.wait_for_selector("html[lang=zh-CN].swc-dark .swc-top")
    assert page.inner_text(".swc-top nav a >> nth=3") == "论断"


def test_an_address_of_no_page_leads_to_the_first_and_says_so(visit):
    page = visit("/nowhere/at-all?x=<b>")
    page.wait_for_selector(".swc-notice")
    assert "/nowhere/at-all" in page.inner_text(".swc-notice")
