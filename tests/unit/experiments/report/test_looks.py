"""What is written or drawn can be told from the paper, light and dark."""

import pytest

from experiments.report.looks import PALETTE, colours

WORDS = ("ink", "muted", "rule-1", "rule-2-text", "rule-3-text", "rule-4", "higher", "lower")
SHAPES = ("edge", "rule-2", "rule-3", "voluntary", "compliance", "quota")


def luminance(colour):
    """Relative luminance of WCAG 2.1."""
    parts = [int(colour[place:place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Contrast of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("dark", [False, True])
def test_words_and_shapes_stand_out_from_the_paper(dark):
    paint = colours(dark)
    for name in WORDS:
        assert contrast(paint[name], paint["paper"]) >= 4.5, name
    for name in SHAPES:
        assert contrast(paint[name], paint["paper"]) >= 3, name
    # The map of regimes is written on in ink; paper and faint lines are what they are.
    for name in set(PALETTE) - set(WORDS) - set(SHAPES) - {"paper", "faint"}:
        assert contrast(paint[name], paint["ink"]) >= 4.5, name
