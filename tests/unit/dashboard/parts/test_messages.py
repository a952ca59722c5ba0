"""What a browser sends may be anything that JSON can say; what is read of it is not."""

from hypothesis import given
from hypothesis import strategies as st

from dashboard.parts.messages import entry, known_key, page_goer, text, whole_number

SAID = st.recursive(
    st.none() | st.booleans() | st.integers() | st.integers(10**300, 10**310) | st.floats()
    | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside), max_leaves=6,
)


@given(SAID)
def test_nothing_that_is_said_raises_or_comes_out_as_something_else(said):
    number = whole_number(said, 0, 10)
    assert number is None or (type(number) is int and 0 <= number <= 10 and number == said)
    assert isinstance(text(said, 5), str)
    assert len(text(said, 5)) <= 5
    assert known_key(said, {"a": 1}) in ("", "a")
    entry(said, "a")


def test_whole_numbers_may_come_as_fractions_but_not_as_words_or_truth():
    assert [whole_number(said, 0, 3) for said in (0, 3, 3.0, 4, -1, 2.5, True, "3")] == [
        0, 3, 3, None, None, None, None, None,
    ]


def test_texts_keys_and_entries():
    assert (text("abc", 3), text("abcd", 3)) == ("abc", "")
    assert (known_key("a", ["a"]), known_key(["a"], {"a"}), known_key("b", "b")) == ("a", "", "b")
    assert (entry({"a": 1}, "a"), entry({"a": 1}, "b"), entry([1], "a")) == (1, None, None)


def test_only_pages_of_ours_are_gone_to():
    gone = []
    go = page_goer(gone.append)
    for said in ("/compare?live=rule", "/", "//elsewhere", "https://elsewhere", None, 7, ["/"],
                 "/" + "a" * 3000):
        go(said)
    assert gone == ["/compare?live=rule", "/"]
