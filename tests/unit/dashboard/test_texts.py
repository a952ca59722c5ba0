"""Both languages say the same, everywhere on the pages."""

import importlib
import pkgutil
import string

import pytest

import dashboard
from dashboard.desk import preferred_language
from dashboard.texts import Words, with_minus

MODULES = sorted(
    module.name for module in pkgutil.walk_packages(dashboard.__path__, "dashboard.")
    if module.name.endswith("texts")
)


def fields(text):
    """Names in braces."""
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


@pytest.mark.parametrize("name", MODULES)
def test_every_text_has_two_languages_and_the_same_gaps(name):
    module = importlib.import_module(name)
    found = [item for item in vars(module).values() if isinstance(item, Words)]
    assert found, name
    for words in found:
        for key, (english, chinese) in words.texts.items():
            assert english, (name, key)
            assert chinese, (name, key)
            assert fields(english) == fields(chinese), (name, key)
            # English words are not left standing as Chinese ones.
            assert english != chinese or not english.isascii() or len(english) < 4, (name, key)


@pytest.mark.parametrize(("cookies", "accepted", "language"), [
    ({}, "", "en"),
    ({}, "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
    ({}, "de-DE,de;q=0.9,en-GB;q=0.7,zh;q=0.5", "en"),
    ({}, "fr,ja", "en"),
    ({"swcmarket_language": "zh"}, "en-US", "zh"),
    ({"swcmarket_language": "<b>"}, "zh-TW", "zh"),
])
def test_the_language_is_the_one_chosen_last_or_the_browsers(cookies, accepted, language):
    assert preferred_language(cookies, accepted) == language


@pytest.mark.parametrize(("text", "shown"), [
    ("-8.53 ± 6.37", "−8.53 ± 6.37"), ("[-1,024, -3]", "[−1,024, −3]"),
    ("2027-01", "2027-01"), ("1e-05", "1e-05"), ("–", "–"), ("-0.4 m", "−0.4 m"),
])
def test_negative_numbers_have_a_true_minus(text, shown):
    """And nothing else that a hyphen stands for."""
    assert with_minus(text) == shown
