"""The reference page says what the code says."""

from experiments.reference import PAGE, page


def test_reference_page_is_current():
    """`python -m experiments.reference` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page()
