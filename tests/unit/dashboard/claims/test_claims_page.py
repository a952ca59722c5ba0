"""The page of claims: what it shows is what was recorded, in both languages, on one scale."""

import json
import math
import re
import string

import pytest

from dashboard.claims.charts import LIMIT, group_chart, overview_chart, pattern_chart, unscaled
from dashboard.claims.groups import chosen_patterns, counts_in_words, groups, last_record
from dashboard.claims.symbols import SYMBOLS, symbols_of
from dashboard.claims.tables import claim_rows, moved, pattern_rows
from dashboard.claims.texts import TEXTS, number, said
from experiments.claims.distance import distance_of, pattern_distance
from experiments.claims.measuring import told
from experiments.claims.page import PAGE, VERDICTS
from experiments.claims.record import (
    Line,
    PatternLine,
    read_record,
    record_text,
    source_print,
)


@pytest.fixture(scope="module")
def record():
    return last_record()


def line(low, high, measured, verdict="holds"):
    return Line("X.1", "B1", "it", "here", 0.0, measured, "", low, high, verdict, "")


@pytest.mark.parametrize(
    ("low", "high", "measured", "distance"),
    [(-1.0, 3.0, 1.0, 0.0), (-1.0, 3.0, 3.0, 1.0), (-1.0, 3.0, -3.0, -2.0), (2.0, 2.0, 2.0, 0.0),
     (2.0, 2.0, 1.0, -math.inf), (None, 5.0, 5.0, 1.0), (None, 5.0, 10.0, 2.0),
     (None, 5.0, -40.0, 0.0), (4.0, None, 4.0, -1.0), (4.0, None, 2.0, -1.5),
     (4.0, None, 9.0, 0.0), (0.0, None, 3.0, None), (None, None, 3.0, None),
     (0.0, 1.0, None, None)],
)
def test_distances_are_in_tolerances(low, high, measured, distance):
    """0 as expected, 1 and -1 at the ends, nothing where there is no scale."""
    assert distance_of(line(low, high, measured)) == distance


def test_what_holds_lies_in_the_band_and_what_misses_outside(record):
    """The scale says of every claim what its verdict says."""
    scaled = [(one, gone) for one in record.lines if (gone := distance_of(one)) is not None]
    assert len(scaled) > 300
    for one, gone in scaled:
        assert (abs(gone) <= 1.0 + 1e-9) == (one.verdict == "holds"), one
    for pattern in record.patterns:
        gone = pattern_distance(pattern, pattern.mean)
        assert (abs(gone) <= 1.0) == (pattern.verdict == "met"), pattern


def test_every_judged_claim_is_drawn_or_counted_as_left_out(record):
    """Nothing gets lost between table and chart; what is far out is drawn at the edge."""
    shown = groups(record.lines)
    dots = overview_chart(shown, False, "en")["series"][0]["data"]
    judged = [one for one in record.lines if one.verdict != "reported"]
    assert len(dots) + unscaled(record.lines) == len(judged)
    assert all(abs(dot["value"][1]) <= LIMIT for dot in dots)
    missing = {dot["id"] for dot in dots if dot["symbol"] != "circle"}
    assert missing == {one.id for one in judged if one.verdict != "holds"}
    assert any(dot["symbol"] == "triangle" and dot["label"]["formatter"] == "4.8" for dot in dots)


def test_new_numbers_stand_beside_the_old(record):
    """The old dot is hollow, the new one filled; the table has both and marks what moved."""
    (group,) = groups(record.lines, search="B3.zip")
    old = group.lines[0]
    new = old._replace(measured=99.0, verdict="fails")
    option = group_chart(group.lines, {old.id: new}, False, "en", named=True)
    last, now = (series["data"] for series in option["series"])
    assert last[0]["itemStyle"]["color"] == "transparent"
    assert [dot["id"] for dot in now] == [old.id]
    assert now[0]["symbol"] == "triangle"
    row = claim_rows(group.lines, {old.id: new}, "en")[0]
    assert (row["measured"], row["now"]) == (number(old.measured), "99")
    assert row["verdict"] == "fails"
    assert row["classes"] == {"verdict": "bad", "now": "moved"}
    assert not moved(old, old._replace(measured=old.measured * (1 + 1e-9)))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_of_patterns_does_not_contradict_its_chart(record, language):
    """A mean outside its range is written with as many digits as tell it from the end."""
    for row, pattern in zip(
        pattern_rows(record.patterns, {}, language), record.patterns, strict=True
    ):
        def figures(text):
            return [float(part.replace(",", "")) for part in re.findall(r"\d[\d,.]*", text)]

        (low, high), (mean,) = figures(row["range"]), figures(row["in_model"])
        assert (low <= mean <= high) == (pattern.low <= pattern.mean <= pattern.high), row


@pytest.mark.parametrize("language", ["en", "zh"])
def test_symbols_are_told_where_they_are_used(record, language):
    told = {group.benchmark.id: dict(symbols_of(group.lines, language))
            for group in groups(record.lines)}
    assert {"V", "L", "A"} <= set(told["B13"])
    assert "B" in told["B14"]
    assert "ZIP" in told["B2"]
    assert "solver" in told["B12"]
    # A letter means something only where it stands.
    assert "V" not in told["B12"]
    assert told["E4"] == {}


@pytest.mark.parametrize("place", range(len(SYMBOLS)))
def test_every_symbol_is_used_and_told_in_both_languages(record, place):
    symbol = SYMBOLS[place]
    lines = [one for one in record.lines
             if not symbol.benchmarks or one.benchmark in symbol.benchmarks]
    for language in ("en", "zh"):
        assert dict(symbols_of(lines, language))[
            symbol.sign if language == "en" else symbol.sign_zh]


def test_filter_and_search_choose_claims_and_patterns(record):
    """Words in either language, in claims, titles and sources; all of them must occur."""
    def ids(*choice):
        return {one.id for group in groups(record.lines, *choice) for one in group.lines}

    def having(*verdicts):
        return {one.id for one in record.lines if one.verdict in verdicts}

    assert ids() == {one.id for one in record.lines}
    assert ids("misses") == having("fails", "known miss")
    assert ids("reported") == having("reported")
    assert {group.benchmark.id for group in groups(record.lines, "all", "集合竞价 均衡")} == {"B4"}
    assert ids("all", "zip excess-demand") < ids("all", "ZIP")
    assert groups(record.lines, "all", "no such thing") == []
    assert {one.name for one in chosen_patterns(record.patterns, "all", "占比")}
    assert all(one.verdict != "met" for one in chosen_patterns(record.patterns, "misses"))
    assert len(groups([])) == len(groups(record.lines))


def test_a_record_survives_its_file(record, tmp_path):
    """Read again it is the same; something else is refused in one line."""
    path = tmp_path / "claims.json"
    path.write_text(record_text(record), encoding="utf-8")
    assert read_record(path) == record
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"claims\.json is not a record"):
        read_record(path)


def test_the_record_is_that_of_the_page_in_docs(record):
    """The same claims with the same verdicts; a test of theory holds the page to the code."""
    rows = [row.strip("| ").split(" | ") for row in PAGE.read_text(encoding="utf-8").splitlines()
            if row.startswith("| ")][1:]
    verdicts = {row[0]: row[-1] for row in rows if row[0] != "claim 编号"}
    assert verdicts == {one.id: VERDICTS[one.verdict] for one in record.lines}


def test_sources_are_known_by_their_text(tmp_path):
    """A changed line is another print; how lines end is not."""
    for part in ("agents", "data"):
        (tmp_path / part).mkdir()
    (tmp_path / "agents" / "x.py").write_bytes(b"a = 1\n")
    (tmp_path / "data" / "x.md").write_text("not a source")
    first = source_print(tmp_path)
    (tmp_path / "agents" / "x.py").write_bytes(b"a = 1\r\n")
    assert source_print(tmp_path) == first
    (tmp_path / "agents" / "x.py").write_bytes(b"a = 2\n")
    assert source_print(tmp_path) != first


def test_one_benchmark_tells_what_the_record_has(record):
    """Measured by itself it gives the same lines, after saying that it begins."""
    heard = list(told("B4"))
    assert {"measuring": True} in heard
    lines = [Line(**one["line"]) for one in heard if "line" in one]
    before = [one for one in record.lines if one.benchmark == "B4"]
    assert [one.id for one in lines] == [one.id for one in before]
    assert not any(map(moved, before, lines))
    assert "seconds" in heard[-1]
    with pytest.raises(ValueError, match="no benchmark"):
        list(told("B99"))


def _fields(text):
    return sorted(field for _, field, *_ in string.Formatter().parse(text) if field is not None)


@pytest.mark.parametrize("key", TEXTS.texts)
def test_both_languages_say_the_same(key):
    """The same fields, and something in each."""
    english, chinese = TEXTS.texts[key]
    assert english
    assert chinese
    assert _fields(english) == _fields(chinese)


def test_tolerances_are_said_in_chinese(record):
    """None is left in English."""
    for one in record.lines:
        for part in (one.expected, one.tolerance):
            text = said(part, "zh")
            assert text.isascii() is False or not any(letter.isalpha() and letter != "e"
                                                      for letter in text), (one.id, text)
    assert said("within 1e-06", "en") == "within 10⁻⁶"
    assert said("from -1.0 to 5.0", "en") == "from −1 to 5"
    assert said("at least 0.0", "zh") == "不低于 0"
    assert said("above 5 % of the allowance price", "zh") == "高于配额价格的5%"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "–"), (0.0, "0"), (-0.51, "−0.51"), (1836734.7, "1,836,735"), (1e-9, "10⁻⁹"),
     (-1.7e-5, "−1.7×10⁻⁵"), (2758.62, "2,758.6"),
     (99.8911, "99.891")],
)
def test_numbers_have_the_digits_one_compares(value, text):
    assert number(value) == text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_patterns_are_drawn_and_told(record, language):
    """All of them, as JSON; the record is hollow, what misses is no circle."""
    option = pattern_chart(record.patterns, True, language)
    json.dumps(option)
    met, missed = option["series"][1]["data"], option["series"][2]["data"]
    assert len(met) + len(missed) == len(record.patterns)
    assert len(option["series"][1]["markLine"]["data"]) == len(record.patterns)
    assert all(dot["symbol"] != "circle" for dot in missed)
    rows = pattern_rows(record.patterns, {}, language)
    assert [row["key"] for row in rows] == [one.name for one in record.patterns]
    nobody = PatternLine("local_share", None, 0.5, 1.0, None, None, None, 0.0, "none", False)
    (row,) = pattern_rows([nobody], {}, language)
    assert (row["real"], row["in_model"]) == ("–", "–")
    assert not pattern_chart([nobody], True, language)["series"][1]["data"]
    once = nobody._replace(mean=0.6, verdict="met")
    series = pattern_chart([once], True, language)["series"][1]
    assert len(series["data"]) == 1
    assert not series["markLine"]["data"]


def test_counts_are_said_in_words(record):
    """What there is none of is not said."""
    lines = [line(0, 1, 0.5), line(0, 1, 0.6), line(0, 1, 2.0, "known miss")]
    assert counts_in_words(lines, "en") == "2 hold, 1 known miss"
    assert counts_in_words(lines, "zh") == "成立2条，已知不符1条"
