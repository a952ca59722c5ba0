"""The page: says what was found in both languages, and asks the network for nothing."""

import json
import re
import string

from experiments.report.captions import PAGE, SURPRISES
from experiments.report.compliance_texts import BUNCHING, KINDS, SIGNATURE
from experiments.report.evidence import PATTERN_WORDS, TREATMENT
from experiments.report.page import page
from experiments.report.phrases import PARAGRAPH, VERDICT
from experiments.report.pricing import RULES, SELLERS
from experiments.report.reading import REPORTED
from experiments.report.sections import REGIMES, THEORY
from tests.unit.experiments.report.made import LINE, Elements, embedded


def test_the_page_asks_the_network_for_nothing(text, parsed):
    """No element, style or figure has an address outside of its folder."""
    for tag, attributes in parsed.found:
        for name in ("src", "href", "srcset", "poster", "action", "data"):
            address = attributes.get(name) or ""
            assert not re.match(r"\s*(\w+:|//)", address), (tag, name, address)
        assert tag not in ("link", "iframe", "img", "object", "embed")
    assert "default-src 'none'" in text
    style = text[text.index("<style>"):text.index("</style>")]
    assert "@import" not in style
    assert "url(" not in style
    assert '"url"' not in json.dumps(embedded(text))


def test_every_outcome_is_in_the_table_in_both_languages(text):
    table = text[text.index('<section id="outcomes">'):text.index('<section id="limits">')]
    for outcome in REPORTED:
        assert f'<span lang="en">{outcome.label}</span>' in table
        assert f'<span lang="zh-CN">{outcome.label_zh}</span>' in table


def test_every_number_of_the_first_paragraph_is_a_computed_interval(reading, text):
    """Each carries its address; value and written text are what was computed there."""
    start = text.index('<p class="lead">')
    numbers = Elements(text[start:text.index("</p>", start)]).numbers
    places = {f" {row} " for row in range(len(reading.places))}
    said = set()
    for attributes, written in numbers:
        *key, end = attributes["data-of"].split()
        fact = reading.recall(" ".join(key))
        value = getattr(fact.found, end)
        assert float(attributes["value"]) == value
        said.add((fact.outcome.name, key[-1]))
        number = float(written.replace("−", "-").replace(",", ""))
        half = (fact.found.high - fact.found.low) / 2
        errors = [
            abs(number * size - value) - max(0.15 * half, 0.006 * size)
            for size in (0.01, 1, 1e4, 1e6, 1e8)
        ]
        assert min(errors) <= 0, (written, value)
    assert len(numbers) > 60
    for name in ("price_yuan_per_t", "net_effect_t"):
        assert {place for outcome, place in said if outcome == name} == {
            place.strip() for place in places
        }
    assert {"volume_t", "voluntary_t", "watershed_received_yuan_per_km2",
            "additional_share_of_issued"} <= {name for name, _ in said}


def test_no_text_says_that_a_number_is_missing_in_the_words_of_a_program(parsed, text):
    seen = " ".join(parsed.text)
    assert not re.search(r"\b(nan|NaN|None|null|inf|undefined)\b", seen)
    assert not re.search(r"\d\.\d{5}", seen)
    assert not re.search(r"[{}$]", seen)
    for figures in embedded(text).values():
        for panel in (panel for panels in figures.values() for panel in panels):
            for tip in re.findall(r'"(?:tip|text)": "([^"]*)"', json.dumps(panel)):
                assert not re.search(r"nan|None|\d\.\d{5}", tip)


def test_the_page_has_a_figure_its_words_and_its_table_for_each_question(answer, parsed, text):
    charts = [attributes for _, attributes in parsed.found if attributes.get("role") == "img"]
    panels = embedded(text)["en"]
    assert len(charts) == sum(map(len, panels.values()))
    assert all(len(chart["data-en"]) > 20 and len(chart["data-zh"]) > 10 for chart in charts)
    folded = len(panels) + 1 + len(answer.mechanisms)
    assert [tag for tag, _ in parsed.found].count("details") == folded
    order = [text.index(f'<section id="{name}">') for name in (
        "answer", "surprises", "price", "volume", "atmosphere", "rooms", "regimes", "rules", "map",
        "signature", "kinds", "bunching", "integrity", "treatment", "sellers", "patterns",
        "outcomes", "limits", "again",
    )]
    assert order == sorted(order)


def test_both_languages_fill_the_same_gaps():
    def gaps(phrase):
        return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}

    for texts in (
        PAGE, SURPRISES, PARAGRAPH, VERDICT, REGIMES, THEORY, TREATMENT, PATTERN_WORDS, RULES,
        SELLERS, SIGNATURE, KINDS, BUNCHING,
    ):
        for key, (english, chinese) in texts.items():
            assert gaps(english) == gaps(chinese), key


def test_the_limits_are_those_of_the_documentation(text):
    section = text[text.index('<section id="limits">'):text.index('<section id="again">')]
    for words_of_it in ("The firms are made up.", "企业是虚构的。", "Only carbon.", "只有碳。"):
        assert f"<b>{words_of_it}</b>" in section


def test_the_page_carries_the_notices_of_the_software_inside_it(text):
    """The bundle has lost them, and their licences ask for them."""
    before = text[:text.index("vegaEmbed")]
    for owner in ("University of Washington Interactive Data Lab", "Mike Bostock"):
        assert owner in before


def test_the_same_answer_gives_the_same_page(reading, text):
    assert page(reading, lines=[LINE], command="make demo", chinese_png=True) == text
