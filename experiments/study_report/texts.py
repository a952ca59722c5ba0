"""What the report of a study says, in English and Chinese; gaps are filled with HTML."""

from experiments.language import LANGUAGES, Language
from experiments.report.texts import in_both
from experiments.study_report.answer_phrases import ANSWERS
from experiments.study_report.phrases import PAGE
from experiments.study_report.section_phrases import SECTIONS

__all__ = ["TEXTS", "Told", "both", "said", "tell"]

TEXTS: dict[str, tuple[str, str]] = {**PAGE, **ANSWERS, **SECTIONS}


def tell(key: str, language: Language, **values: object) -> str:
    """A text in one language."""
    return TEXTS[key][LANGUAGES.index(language)].format(**values)


def both(key: str, **values: object) -> str:
    """A text in both languages, as HTML."""
    return in_both(*(tell(key, language, **values) for language in LANGUAGES))


class Told:
    """A text that waits for its language."""

    def __init__(self, key: str, **values: object) -> None:
        self.key, self.values = key, values

    def __call__(self, language: Language) -> str:
        """The text in one language."""
        return tell(self.key, language, **self.values)


def said(key: str, **values: object) -> Told:
    """A text by language, its gaps filled with what is the same in both."""
    return Told(key, **values)
