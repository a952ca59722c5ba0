"""The page of a study: whole, offline, in two languages, with the numbers that were found."""

import csv
import html
import json
import re

import vl_convert

from experiments.report.painting import VEGA_LITE
from experiments.study_report.parts import MOST_ROWS
from tests.unit.experiments.report.made import Elements, embedded

CHINESE = re.compile("[\u4e00-\u9fff]")


def test_the_page_asks_the_network_for_nothing(made):
    for tag, attributes in Elements(made.text).found:
        for name in ("src", "href", "srcset", "poster", "action", "data"):
            address = attributes.get(name) or ""
            assert not re.match(r"\s*(\w+:|//)", address), (tag, name, address)
        assert tag not in ("link", "iframe", "img", "object", "embed")
    assert "default-src 'none'" in made.text
    assert '"url"' not in json.dumps(embedded(made.text))


def test_every_number_of_the_answer_is_one_that_was_found(made):
    """Each carries its address in the findings, and is written as it is there."""
    start = made.text.index('<p class="lead">')
    numbers = Elements(made.text[start:made.text.index("</p>", start)]).numbers
    assert numbers
    for attributes, written in numbers:
        value = made.look_up(attributes["data-of"])
        assert float(attributes["value"]) == value, attributes
        plain = re.sub(r"[^\d.−-]", "", written.replace("−", "-").split(" [")[0].split("/")[0])
        number, digits = float(plain), len(plain.partition(".")[2])
        sizes = (1, 0.01, 1e4, 1e6, 1e8)
        errors = [abs(number * size - value) / (size * 10.0**-digits) for size in sizes]
        assert min(errors) <= 0.51 or abs(number / value - 1) < 0.006, (written, value)


def test_both_languages_say_the_same_numbers(made):
    start = made.text.index('<p class="lead">')
    lead = made.text[start:made.text.index("</p>", start)]
    said = [re.findall(r'data-of="([^"]*)"', part) for part in lead.split('<span lang="zh-CN">', 1)]
    assert sorted(said[0]) == sorted(said[1])


def test_the_chinese_page_has_no_english_left(made):
    """Beside keys, names of files and methods, and words of authors, it has no Latin word."""
    known = set(re.findall("[A-Za-z]+", " ".join(made.subject.factors)))
    known |= {"SVG", "PNG", "CSV", "figures", "Sobol", "Morris", "SALib", "tiny"}
    known |= {"cheaper", "script", "alert", "quoted"}
    body = made.text[: made.text.index('<script type="application/json"')]
    body = re.sub(r"<(code|q|data|style)\b.*?</\1>", " ", body, flags=re.S)
    seen = 0
    for piece in body.split('<span lang="zh-CN">')[1:]:
        # Up to the end of this span, whatever stands inside it.
        depth, end = 1, 0
        for found in re.finditer(r"<(/?)span\b[^>]*>", piece):
            depth += -1 if found.group(1) else 1
            end = found.start()
            if depth == 0:
                break
        text = html.unescape(re.sub(r"<[^>]*>", " ", piece[:end]))
        left = set(re.findall(r"[A-Za-z]{3,}", text)) - known
        assert not left, text
        seen += bool(CHINESE.search(text))
    assert seen > 50
    for panel in (each for panels in embedded(made.text)["zh"].values() for each in panels):
        for title in re.findall(r'"(?:title|tip|text)": "([^"]*)"', json.dumps(
            panel, ensure_ascii=False
        )):
            assert not set(re.findall(r"[A-Za-z]{3,}", title)) - known, title


def test_every_figure_is_told_in_words_and_has_its_table(made):
    panels = embedded(made.text)
    assert list(panels["en"]) == list(panels["zh"]) == [
        section.name for section in made.sections if section.draw
    ]
    charts = [each for _, each in Elements(made.text).found if each.get("role") == "img"]
    assert len(charts) == sum(map(len, panels["en"].values()))
    for chart in charts:
        assert len(chart["data-en"]) > 12, chart
        assert CHINESE.search(chart["data-zh"]), chart
        assert not CHINESE.search(chart["data-en"].replace("‘", "")), chart
    for section in made.sections:
        assert section.tables, section.name
        start = made.text.index(f'<section id="{section.name}">')
        assert "<table" in made.text[start:made.text.index("</section>", start)]


def test_tables_on_the_page_and_in_files_show_the_same_numbers(made):
    for section in made.sections:
        start = made.text.index(f'<section id="{section.name}">')
        part = made.text[start:made.text.index("</section>", start)]
        shown = re.findall(r"<table.*?</table>", part, re.S)
        assert len(shown) == len(section.tables)
        for table, written in zip(section.tables, shown, strict=True):
            path = made.folder / "tables" / f"{table.name}.csv"
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            assert len(rows) == len(table.rows)
            names = [column.key for column in table.columns]
            assert list(rows[0] if rows else names) == names
            in_file = []
            for row, exact in zip(rows[:MOST_ROWS], table.rows, strict=False):
                for name in names:
                    if isinstance(exact.get(name), int | float) and not isinstance(
                        exact.get(name), bool
                    ) and row[name]:
                        in_file.append(float(row[name]))
            on_page = re.findall(r'<data value="([^"]*)"', written)
            assert [float(each) for each in on_page] == in_file


def test_links_lead_to_files_or_places(made):
    ids = {each.get("id") for _, each in Elements(made.text).found}
    for tag, attributes in Elements(made.text).found:
        address = attributes.get("href", "")
        if tag == "a" and address.startswith("#"):
            assert address[1:] in ids
        elif tag == "a" and address.startswith("tables/"):
            assert (made.folder / address).is_file(), address
        elif tag == "a":
            assert re.fullmatch(r"figures/\w+\.(en|zh)\.(svg|png)", address)


def test_vega_understands_every_figure(made):
    for panels in embedded(made.text).values():
        for panel in (panel for each in panels.values() for panel in each):
            svg = vl_convert.vegalite_to_svg(
                {**panel, "width": 300, "autosize": "pad"}, vl_version=VEGA_LITE,
                allowed_base_urls=[],
            )
            assert "<svg" in svg


def test_no_number_is_missing_in_the_words_of_a_program(made):
    seen = " ".join(Elements(made.text).text)
    assert not re.search(r"\b(nan|NaN|None|null|inf|undefined)\b", seen)
    assert not re.search(r"[{}$]", seen)
