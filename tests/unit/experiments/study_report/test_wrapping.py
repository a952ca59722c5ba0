"""Names in figures: folded without losing a letter, placed where they cover no other."""

from hypothesis import given
from hypothesis import strategies as st

from experiments.study_report.wrapping import band_for, folded, free_places, width_of


@given(st.lists(st.text("abcdefg碳汇", min_size=1, max_size=12), min_size=1, max_size=8))
def test_a_folded_name_keeps_every_letter(words):
    text = " ".join(words)
    lines = folded(text, 20.0, 99).split("\n")
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line) <= 20.0 for line in lines)


def test_short_words_stay_apart():
    """One letter is a word too."""
    assert folded("eligible, two credits a tonne, audited", 26) == (
        "eligible, two credits a\ntonne, audited"
    )
    assert folded("x = 4, and so on and on", 10, 9).startswith("x = 4, and")


def test_what_does_not_fit_is_cut_where_one_sees_it():
    assert folded("one two three four five", 9, 2) == "one two\nthree…"


def test_a_row_is_as_high_as_its_name():
    assert band_for(["a", "b\nc\nd"]) > band_for(["a"]) == 30


def test_names_of_points_cover_neither_points_nor_each_other():
    points = [(100.0, 100.0), (102.0, 100.0), (104.0, 101.0), (300.0, 100.0)]
    places = free_places(points, ["alpha", "beta", "gamma", "delta"], (400.0, 200.0))
    boxes = []
    for (x, y), place, name in zip(
        points, places, ["alpha", "beta", "gamma", "delta"], strict=True
    ):
        if place is None:
            continue
        dx, dy, align = place
        left = x + dx - (0 if align == "left" else 6.6 * len(name))
        boxes.append((left, y + dy - 7, left + 6.6 * len(name), y + dy + 7))
    assert len(boxes) >= 3
    for at, a in enumerate(boxes):
        for b in boxes[at + 1:]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        for x, y in points:
            assert not (a[0] < x < a[2] and a[1] < y < a[3])
