"""What the report says, in English and Chinese."""

import html
from collections.abc import Iterable

from experiments.language import LANGUAGES, Language
from experiments.report.captions import PAGE, SURPRISES
from experiments.report.compliance_texts import BUNCHING, KINDS, SIGNATURE
from experiments.report.evidence import PATTERN_WORDS, TREATMENT
from experiments.report.integrity_texts import INTEGRITY
from experiments.report.phrases import PARAGRAPH, VERDICT
from experiments.report.pricing import RULES, SELLERS
from experiments.report.reading import scenario_has_quota, scenario_is_eligible
from experiments.report.sections import REGIMES, THEORY
from experiments.terms import RULE_NAMES
from simulation.scenario import Scenario

__all__ = [
    "both", "in_both", "plain", "pointed_at", "regime_name", "rule_label", "rule_name", "tell",
]

_TEXTS: dict[str, tuple[str, str]] = {
    **VERDICT, **PARAGRAPH, **PAGE, **SURPRISES, **REGIMES, **THEORY, **TREATMENT,
    **PATTERN_WORDS, **RULES, **SELLERS, **SIGNATURE, **KINDS, **BUNCHING, **INTEGRITY,
}


def tell(key: str, language: Language, **values: object) -> str:
    """A text in one language; its gaps are filled with HTML."""
    return _TEXTS[key][LANGUAGES.index(language)].format(**values)


def in_both(english: str, chinese: str) -> str:
    """HTML of which the page shows the language that is chosen."""
    return f'<span lang="en">{english}</span><span lang="zh-CN">{chinese}</span>'


def both(key: str, **values: object) -> str:
    """A text in both languages, as HTML."""
    return in_both(*(tell(key, language, **values) for language in LANGUAGES))


def rule_name(rule: str, language: Language, *, title: bool = False) -> str:
    """Name of a pricing rule."""
    name = RULE_NAMES.get(rule, (rule.replace("_", " "),) * 2)[LANGUAGES.index(language)]
    return name[:1].upper() + name[1:] if title else name


def rule_label(rule: str, language: Language) -> str:
    """Short name of a pricing rule, for axes."""
    key = f"short_{rule}"
    return tell(key, language) if key in _TEXTS else rule_name(rule, language, title=True)


def regime_name(scenario: Scenario, language: Language) -> str:
    """Short name of a regime: which demand there is besides the voluntary one."""
    names = {
        (False, False): "not_eligible", (True, False): "eligible", (False, True): "quota_only",
        (True, True): "quota_and_eligible",
    }
    asked = (scenario_is_eligible(scenario), scenario_has_quota(scenario))
    return tell(names[asked], language)


def pointed_at(names: Iterable[str], words: str, language: Language) -> str:
    """What is shown of a mark that is pointed at: its names, and its number in words."""
    comma = ", " if language == "en" else "，"
    label = comma.join(name for name in names if name)
    return tell("colon", language, label=label, text=words)


def plain(text: str) -> str:
    """Text that may hold anything, ready for HTML."""
    return html.escape(text)
