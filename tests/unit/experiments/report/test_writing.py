"""Files of the report: links lead to them, nothing is drawn that cannot be."""

import json
import xml.etree.ElementTree as ElementTree

import vl_convert

from experiments.report import drawing, painting, write_report, writing
from experiments.report.page import page
from tests.unit.experiments.report.made import LINE, embedded


def test_links_lead_to_files_that_are_written(answer, reading, parsed, tmp_path, monkeypatch):
    """Every relative link has its file; nothing half-written stays; every drawing is whole."""
    monkeypatch.setattr(writing, "has_chinese_font", lambda: True)
    paint = vl_convert.svg_to_png
    # Small drawings are drawn as large ones are.
    monkeypatch.setattr(painting.vl_convert, "svg_to_png", lambda svg, scale: paint(svg, scale=0.2))
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
    assert len(list(folder.glob("figures/*"))) == 13 * 2 * 2
    scenarios = json.loads((folder / "scenarios.json").read_text(encoding="utf-8"))
    kept = {v.scenario.fingerprint for p in reading.places for v in p.comparison.variants}
    for case in (answer.rules, answer.kinds):
        kept |= {v.scenario.fingerprint for v in case.comparison.variants}
    kept |= {case.scenario.fingerprint for case in answer.theories}
    assert set(scenarios) == kept


def test_without_a_chinese_font_no_boxes_are_drawn(reading, monkeypatch):
    """The Chinese figures are then SVG only, and the page says so."""
    monkeypatch.setattr(
        painting.vl_convert, "vegalite_to_svg", lambda *_, **__: "<svg xmlns='a'/>"
    )
    monkeypatch.setattr(painting.vl_convert, "svg_to_png", lambda *_, **__: b"the same for all")
    assert not painting.has_chinese_font()
    names = [name for name, _ in drawing.drawn_files(reading, chinese_png=False)]
    assert "price.zh.svg" in names
    assert not [name for name in names if name.endswith("zh.png")]
    told_so = page(reading, command="make demo", chinese_png=False)
    assert "没有中文字体" in told_so
    assert ".zh.png" not in told_so


def test_a_report_draws_theory_unasked(answer, tmp_path, monkeypatch):
    """So whatever writes a report has it; an empty list leaves it out."""
    monkeypatch.setattr(writing, "drawn_files", lambda *_, **__: iter(()))
    monkeypatch.setattr(writing, "has_chinese_font", lambda: True)
    for given, drawn in ((None, True), ([], False)):
        paths = write_report(answer, tmp_path, theory_lines=given)
        maps = embedded(paths[0].read_text(encoding="utf-8"))["en"]["map"]
        assert ("demand meets supply" in json.dumps(maps)) == drawn
