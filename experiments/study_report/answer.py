"""The answer of a study in a paragraph, made from its findings."""

from experiments.analysis.verdicts import FLIPS
from experiments.intervals import CONFIDENCE
from experiments.language import Language
from experiments.report.numerals import listed
from experiments.report.texts import plain
from experiments.study_report.choice import choice_answer
from experiments.study_report.compared import compared_answer
from experiments.study_report.discovery import discovery_answer
from experiments.study_report.morris import morris_answer
from experiments.study_report.parts import share
from experiments.study_report.sampled import sampled_answer
from experiments.study_report.search import search_answer
from experiments.study_report.sobol import sobol_answer
from experiments.study_report.subject import Subject
from experiments.study_report.texts import tell

__all__ = ["answer_note", "answer_paragraph"]


def _by_outcome(subject: Subject, language: Language) -> list[tuple[str, str]]:
    """What is said of each outcome, or by each rule, on a line of its own."""
    return [
        *sobol_answer(subject, language), *morris_answer(subject, language),
        *((line, "") for line in choice_answer(subject, language)),
        *((line, "") for line in compared_answer(subject, language)),
    ]


def _silent(subject: Subject, language: Language) -> str:
    names = [plain(subject.label(name, language)) for name in subject.found.silent
             if name in subject.study.outcomes]
    return tell("not_analysed", language, names=listed(names, language)) if names else ""


def answer_paragraph(subject: Subject, language: Language) -> str:
    """What the study answers; every number carries its address in the findings.

    Parameters
    ----------
    subject : Subject
    language : {"en", "zh"}

    Returns
    -------
    str
        HTML.
    """
    told = [*discovery_answer(subject, language), *search_answer(subject, language)]
    lines = _by_outcome(subject, language)
    silent = _silent(subject, language)
    if not told and not lines:
        told = sampled_answer(subject, language) if not silent else [silent]
        silent = ""
    first_asked = subject.study.outcomes[0]
    if silent and first_asked in subject.found.silent:
        # Who asked for this first should read first that there is no answer.
        told, silent = [silent, *told], ""
    gap = " " if language == "en" else ""
    parts = []
    if told:
        parts = [f"<strong>{told[0]}</strong>{gap.join(told[1:])}"]
    for head, tail in lines:
        parts.append(f"{head}{tail}" if parts else f"<strong>{head}</strong>{tail.strip()}")
    # After the headline, which is a block, the first line needs no break.
    first, *rest = [*parts, *([silent] if silent else [])]
    joint = "" if first.endswith("</strong>") else "<br>"
    return first + (joint + "<br>".join(rest) if rest else "")


def answer_note(subject: Subject, language: Language) -> str:
    """What the numbers of the answer are."""
    found = subject.found
    for key, there in (
        ("sobol", found.sobol), ("morris", found.morris), ("discovery", found.discovery),
        ("choice", found.choice), ("front", found.front), ("paired", found.paired),
    ):
        if there:
            return tell(
                f"note_{key}", language, kept=share(1.0 - FLIPS, language),
                percent=share(CONFIDENCE, language),
            )
    return tell("note_spread", language)
