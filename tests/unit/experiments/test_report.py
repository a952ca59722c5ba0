"""The report: says what was found, in both languages, and asks the network for nothing."""

import csv
import io
import json
import re
import string
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser

import numpy as np
import pytest
import vl_convert

from experiments import answer as answer_module
from experiments.answer import Answer, RoomCase, ask
from experiments.comparing import Comparison, Variant
from experiments.intervals import Interval
from experiments.language import LANGUAGES
from experiments.report import Polyline, drawing, write_report, writing
from experiments.report.captions import PAGE, SURPRISES
from experiments.report.drawing import figures_for_the_page, specifications
from experiments.report.evidence import PATTERN_WORDS, TREATMENT
from experiments.report.maps import stretched
from experiments.report.numerals import Measure, digits_for, figure, shown
from experiments.report.page import page
from experiments.report.phrases import PARAGRAPH, VERDICT
from experiments.report.reading import REPORTED, Reading, kind_of
from experiments.report.rooms import spread
from experiments.report.sections import REGIMES, THEORY
from experiments.report.sheets import sheets
from experiments.report.surprises import surprises
from experiments.report.wording import answer_paragraph

LINE = Polyline([(0.0, 0.9), (0.9, 0.0)], "demand meets supply", "供需相等")


class Elements(HTMLParser):
    """Elements of a page with their attributes, and its text outside of scripts and styles."""

    def __init__(self, text):
        super().__init__()
        self.found, self.text, self.numbers = [], [], []
        self._silent, self._number = 0, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.found.append((tag, attributes))
        self._silent += tag in ("script", "style")
        if tag == "data":
            self._number = attributes

    def handle_endtag(self, tag):
        self._silent -= tag in ("script", "style")
        if tag == "data":
            self._number = None

    def handle_data(self, data):
        if not self._silent:
            self.text.append(data)
        if self._number is not None:
            self.numbers.append((self._number, data))


@pytest.fixture(scope="module")
def answer():
    """The question asked of ten agents, small enough for a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer_module, "REGIMES", ("tiny", "tiny-eligible"))
        return ask(3, axis=(0.0, 1.0))


@pytest.fixture(scope="module")
def reading(answer):
    return Reading(answer)


@pytest.fixture(scope="module")
def text(reading):
    return page(reading, lines=[LINE], command="make demo", chinese_png=True)


@pytest.fixture(scope="module")
def parsed(text):
    return Elements(text)


def embedded(text):
    """The figures inside a page."""
    found = re.search(r'<script type="application/json" id="specifications">(.*?)</script>', text)

    def refuse(constant):
        raise AssertionError(f"{constant} is not JSON")

    return json.loads(found.group(1), parse_constant=refuse)


def told(values, base=None):
    """An answer of one pricing rule in which an outcome has these values, one a replicate."""
    before = {outcome.name: [0.0, 0.0, 0.0] for outcome in REPORTED}
    # Something is sold in any case, so that prices can be compared.
    for name in ("price_yuan_per_t", "proceeds_yuan_per_km2", "proceeds_yuan"):
        before[name] = [20.0, 20.0, 20.0]
    before.update(base or {})
    after = {**before, **values}
    scenarios = [answer_module.load(name) for name in ("tiny", "tiny-eligible")]
    variants = [Variant(s, v) for s, v in zip(scenarios, (before, after), strict=True)]
    comparison = Comparison(variants, 1, 3)
    return Answer(
        ("tiny", "tiny-eligible"), ("listing",), comparison, [RoomCase(1.0, comparison)], 4.0, []
    )


def words(answer, language):
    return re.sub(r"<[^>]+>", "", answer_paragraph(Reading(answer), language))


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


def test_links_lead_to_files_that_are_written(answer, reading, parsed, tmp_path, monkeypatch):
    """Every relative link has its file; nothing half-written stays; every drawing is whole."""
    monkeypatch.setattr(writing, "has_chinese_font", lambda: True)
    paint = vl_convert.svg_to_png
    # Small drawings are drawn as large ones are.
    monkeypatch.setattr(drawing.vl_convert, "svg_to_png", lambda svg, scale: paint(svg, scale=0.2))
    paths = write_report(answer, tmp_path / "report", theory_lines=[LINE], command="make demo")
    folder = tmp_path / "report"
    assert paths[0] == folder / "index.html"
    assert sorted(paths) == sorted(path for path in folder.rglob("*") if path.is_file())
    for tag, attributes in parsed.found:
        address = attributes.get("href", "")
        if tag == "a" and not address.startswith("#"):
            assert (folder / address).is_file(), address
    for path in folder.glob("figures/*.svg"):
        assert ElementTree.parse(path).getroot().tag.endswith("svg")
    for path in folder.glob("figures/*.png"):
        assert path.read_bytes().startswith(b"\x89PNG")
    assert len(list(folder.glob("figures/*"))) == 7 * 2 * 2
    scenarios = json.loads((folder / "scenarios.json").read_text(encoding="utf-8"))
    kept = {v.scenario.fingerprint for p in reading.places for v in p.comparison.variants}
    assert set(scenarios) == kept


def test_without_a_chinese_font_no_boxes_are_drawn(reading, monkeypatch):
    """The Chinese figures are then SVG only, and the page says so."""
    monkeypatch.setattr(
        drawing.vl_convert, "vegalite_to_svg", lambda *_, **__: "<svg xmlns='a'/>"
    )
    monkeypatch.setattr(drawing.vl_convert, "svg_to_png", lambda *_, **__: b"the same for all")
    assert not drawing.has_chinese_font()
    names = [name for name, _ in drawing.drawn_files(reading, chinese_png=False)]
    assert "price.zh.svg" in names
    assert not [name for name in names if name.endswith("zh.png")]
    told_so = page(reading, command="make demo", chinese_png=False)
    assert "没有中文字体" in told_so
    assert ".zh.png" not in told_so


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
        "answer", "surprises", "price", "volume", "atmosphere", "rooms", "map", "outcomes",
        "limits", "again",
    )]
    assert order == sorted(order)


def test_figures_speak_one_language_each(text):
    figures = embedded(text)
    chinese = re.compile("[\u4e00-\u9fff]")
    for name, panels in figures["en"].items():
        for english, other in zip(panels, figures["zh"][name], strict=True):
            english, other = ({**spec, "config": None} for spec in (english, other))
            theory = json.dumps(english, ensure_ascii=False)
            assert not chinese.search(theory)
            assert chinese.search(json.dumps(other, ensure_ascii=False))


def test_both_languages_fill_the_same_gaps():
    def gaps(phrase):
        return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}

    for texts in (PAGE, SURPRISES, PARAGRAPH, VERDICT, REGIMES, THEORY, TREATMENT, PATTERN_WORDS):
        for key, (english, chinese) in texts.items():
            assert gaps(english) == gaps(chinese), key


def test_vega_lite_understands_every_figure(reading, capfd):
    """Each compiles without a warning."""
    for language in LANGUAGES:
        drawn = figures_for_the_page(reading, language, [LINE])
        for panels in specifications(drawn, language).values():
            for panel in panels:
                vl_convert.vegalite_to_vega(
                    panel, vl_version=drawing.VEGA_LITE, show_warnings=True
                )
    assert "WARN" not in "".join(capfd.readouterr())


def test_theory_is_drawn_only_where_it_is_given(reading, text):
    assert "demand meets supply" in json.dumps(embedded(text)["en"]["map"])
    plain = specifications(figures_for_the_page(reading, "en"), "en")
    assert not re.search(r'"type": "line"', json.dumps(plain["map"]))
    other = LINE._replace(mechanism="bilateral")
    drawn = specifications(figures_for_the_page(reading, "en", [other]), "en")["map"]
    assert ["line" in json.dumps(panel) for panel in drawn] == [False, True, False] * 2


def test_a_report_draws_theory_unasked(answer, tmp_path, monkeypatch):
    """So whatever writes a report has it; an empty list leaves it out."""
    monkeypatch.setattr(writing, "drawn_files", lambda *_, **__: iter(()))
    monkeypatch.setattr(writing, "has_chinese_font", lambda: True)
    for given, drawn in ((None, True), ([], False)):
        paths = write_report(answer, tmp_path, theory_lines=given)
        maps = embedded(paths[0].read_text(encoding="utf-8"))["en"]["map"]
        assert ("demand meets supply" in json.dumps(maps)) == drawn


def test_tables_read_back_are_what_was_computed(reading):
    written = {
        name: list(csv.DictReader(io.StringIO(sheet))) for name, sheet in sheets(reading).items()
    }
    rows = [(place.room, index) for index, place in enumerate(reading.places)]
    for name, of in (("outcomes.csv", reading.level), ("differences.csv", reading.change)):
        assert written[name]
        for row in written[name]:
            place = dict(rows)[float(row["room"])]
            found = of(row["outcome"], row["mechanism"], row["regime"], place).found
            for end in Interval._fields:
                expected = getattr(found, end)
                assert row[end] == ("" if expected is None else repr(expected))
    for row in written["replicates.csv"]:
        place = dict(rows)[float(row["room"])]
        for outcome in REPORTED:
            values = reading.values(outcome.name, row["mechanism"], row["regime"], place)
            value = values[int(row["replicate"])]
            assert row[outcome.name] == ("" if value is None else repr(value))
    prices = [float(row["price_yuan_per_t"] or "nan") for row in written["map.csv"]]
    expected = [found.price_yuan_per_t.ravel() for found in reading.answer.maps]
    np.testing.assert_array_equal(prices, np.concatenate(expected))
    assert [row["outcome"] for row in written["dictionary.csv"]] == [o.name for o in REPORTED]


@pytest.mark.parametrize(
    ("values", "english", "chinese"),
    [
        ([24.0, 25.0, 26.0], "their price rises", "价格上升"),
        ([16.0, 15.0, 14.0], "their price falls", "价格下降"),
        ([10.0, 20.0, 30.1], "no change of the price can be told from chance", "价格有无变化无法"),
        ([20.0, 20.0, 20.0], "their price does not change", "价格不变"),
        ([None, None, None], "no two prices can be compared", "没有可比的价格"),
    ],
)
def test_words_about_the_price_follow_its_sign(values, english, chinese):
    found = told({"price_yuan_per_t": values})
    assert english in words(found, "en")
    assert chinese in words(found, "zh")


@pytest.mark.parametrize(
    ("before", "after", "english"),
    [
        ([5.0, 6.0, 7.0], [-5.0, -6.0, -7.0], "turns negative"),
        ([-5.0, -6.0, -7.0], [5.0, 6.0, 7.0], "turns positive"),
        ([5.0, 6.0, 7.0], [-9.0, 0.0, 10.0], "cannot be told from zero"),
        ([-5.0, -6.0, -7.0], [-8.0, -9.0, -10.1], "stays negative and worsens"),
        ([5.0, 6.0, 7.0], [8.0, 9.0, 10.1], "stays positive and grows"),
        ([5.0, 6.0, 7.0], [3.0, 4.0, 5.1], "stays positive but shrinks"),
    ],
)
def test_words_about_the_atmosphere_follow_both_signs(before, after, english):
    base = {"net_effect_t": [1e6 * value for value in before]}
    found = told({"net_effect_t": [1e6 * value for value in after]}, base)
    assert f"the net effect on the atmosphere {english}" in words(found, "en")
    zero = "(not to be told from zero" in words(found, "en")
    assert zero == (english == "cannot be told from zero")


def test_what_falls_is_told_by_how_much_not_with_two_minuses():
    found = told({"volume_t": [100.0, 110.0, 120.0]}, {"volume_t": [500.0, 510.0, 521.0]})
    assert re.search(r"traded volume falls by 400\.\d* \[39\d", words(found, "en"))


def test_a_reason_is_given_only_where_it_holds():
    """Few additional tonnes explain a loss; where most are additional something else is said."""
    loss = {"net_effect_t": [-5e6, -6e6, -7e6], "licensed_t": [9e6, 9e6, 9.1e6],
            "additional_t": [3e6, 3e6, 3.1e6], "retired_compliance_t": [9e6, 9e6, 9.1e6]}
    few = told({**loss, "additional_share_of_issued": [0.1, 0.11, 0.12]})
    assert "licenses a tonne of emissions" in words(few, "en")
    many = told({**loss, "additional_share_of_issued": [0.8, 0.81, 0.82]})
    assert "less than the emissions licensed" in words(many, "en")
    discounted = told({
        **loss, "additional_share_of_issued": [0.1, 0.11, 0.12],
        "retired_compliance_t": [18e6, 18e6, 18.2e6],
    })
    assert "licenses 0.5\u00a0t of emissions" in words(discounted, "en")


def test_surprises_keep_to_their_rules():
    quiet = Reading(told({}))
    assert surprises(quiet, "en") == []
    loud = Reading(told(
        {"net_effect_t": [-5e6, -6e6, -7e6], "watershed_received_yuan": [5e6, 6e6, 7e6]},
        {"net_effect_t": [5e5, 6e5, 7e5]},
    ))
    for language in LANGUAGES:
        first = surprises(loud, language)[0]
        assert "−6.0" in first or "−600" in first


def test_one_replicate_has_no_interval_and_no_sign():
    assert kind_of(Interval(3.0, None, None, None, 1)) == "unsure"
    assert shown(Interval(3.25, None, None, None, 1), Measure(1.0, "t")) == "3.25"


@pytest.mark.parametrize(
    ("mean", "half", "expected"),
    [(14.156, 1.61, "14.2 [12.5, 15.8]"), (0.954, 0.375, "1.0 [0.6, 1.3]"),
     (132_271.0, 16_403.0, "132,000 [116,000, 149,000]"), (-0.01, 0.4, "0.0 [−0.4, 0.4]"),
     (7.0, 0.0, "7")],
)
def test_digits_follow_the_interval(mean, half, expected):
    found = Interval(mean, mean - half, mean + half, half, 10)
    assert shown(found, Measure(1.0, "")) == expected
    assert digits_for(found, Measure(1.0, "")) <= 2


def test_numbers_have_separators_and_a_true_minus():
    assert figure(-1234567.8, 0) == "−1,234,568"
    assert figure(0.04, 1, signed=True) == "0.0"
    assert figure(float("nan"), 1) == "–"


def test_labels_stand_apart_and_near_their_lines():
    placed = spread([1.0, 1.1, 5.0], gap=1.0)
    assert placed[1] - placed[0] >= 1.0 - 1e-9
    assert placed[2] == 5.0
    assert np.mean(placed[:2]) == pytest.approx(1.05)


def test_cells_of_the_map_are_of_one_size():
    """A line bends with them, and the last cell reaches half a step beyond its value."""
    places = stretched([0.0, 0.5, 1.0, 2.0, 4.0], np.array([0.0, 1.0, 3.0]))
    np.testing.assert_allclose(places, [0.0, 0.5, 1.0, 1.5, 2.5])
    np.testing.assert_allclose(stretched([2.0], np.array([2.0])), [0.0])


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
