"""Studies that ship, for visitors who have run none: what each asks, and what it found."""

from functools import cache
from typing import Any

from dashboard.studies.recorded import recorded_tables
from dashboard.studies.texts import TEXTS
from experiments.language import LANGUAGES, Language, pick
from experiments.studies_remarks import QUESTIONS, REMARKS
from experiments.study.files import load_study, study_names
from experiments.study.words import tell
from experiments.study_report.parts import capital

__all__ = ["shipped"]


@cache
def shipped(language: Language) -> list[dict[str, Any]]:
    """Every study that ships and has been run for the page on studies.

    Parameters
    ----------
    language : {"en", "zh"}

    Returns
    -------
    list of dict
        Keys: name, title, question, how, found, a list of sentences, tables, and command. What
        was found is what docs/studies.md records; a test compares.
    """
    known, place = study_names(), LANGUAGES.index(language)
    found = []
    for name, question in QUESTIONS.items():
        if name not in known:
            continue
        study, base, *_ = load_study(name)
        title = pick(study.title, study.title_zh, language)
        found.append({
            "name": name, "title": title, "tables": recorded_tables(title, language),
            "question": question[place],
            "how": TEXTS(
                "shipped_how", language, design=capital(tell(study.design.kind, language)),
                base=pick(base.title, base.title_zh, language), factors=len(study.factors),
                points=f"{study.point_count:,}", n=study.replicates,
                runs=f"{study.point_count * study.replicates:,}",
            ),
            "found": [pick(remark.english, remark.chinese, language) for remark in REMARKS[name]],
            "command": f"swcmarket study {name} --out results/{name}",
        })
    return found
