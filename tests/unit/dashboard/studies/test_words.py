"""Both languages say the same; HTML of the report becomes plain text."""

import re
import string

from dashboard.studies.tables import paragraphs, plain_words, shown_table
from dashboard.studies.texts import TEXTS
from experiments.study_report.parts import Column, Named, Table, share


def test_both_languages_have_the_same_fields():
    for key, pair in TEXTS.texts.items():
        fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name}
                  for text in pair]
        assert fields[0] == fields[1], key


def test_chinese_is_chinese():
    for key, (_, chinese) in TEXTS.texts.items():
        if key not in ("between", "ended_of"):
            assert re.search("[\u4e00-\u9fff]", chinese), key


def test_the_answer_becomes_lines():
    answer = "<strong>Price: <data value='1'>1</data>.</strong> More &lt;b&gt;.<br>Volume: 2."
    assert paragraphs(answer) == [("Price: 1.", "More <b>."), ("", "Volume: 2.")]


def test_escaped_names_are_read_back_and_marks_are_gone():
    assert plain_words("<b>a</b> &lt;i&gt; &amp; 1 < 2") == "a <i> & 1 < 2"


def test_a_table_is_shown_in_one_language():
    table = Table("t", lambda each: each, [
        Column("a", lambda each: f"head {each}"), Column("b", lambda each: "B", share),
        Column("c", lambda each: "C"),
    ], [{"a": Named("k", "one", "一"), "b": 0.5, "c": True}, {"a": "x", "b": float("nan"),
                                                            "c": 1200}])
    shown = shown_table(table, "zh", most=1)
    assert (shown.title, shown.heads[0], shown.total) == ("zh", "head zh", 2)
    assert shown.rows == [["一", "50%", "是"]]
    assert shown_table(table, "en").rows[1] == ["x", "–", "1,200"]
