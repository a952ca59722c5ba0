"""What a report rests on: how much was run, the factors, and how to make it again."""

from collections.abc import Mapping
from typing import Any

from experiments.language import LANGUAGES, Language, pick
from experiments.report.numerals import figure
from experiments.report.texts import in_both, plain
from experiments.study.declaring import declaration_of
from experiments.study.factors import Factor
from experiments.study.words import tell as study_word
from experiments.study_report.parts import Column, Named, Table, as_html, capital, in_languages
from experiments.study_report.subject import Subject
from experiments.study_report.texts import both, said, tell

__all__ = ["account", "account_tables", "again", "factor_table"]

MOST_FAILURES = 10


def _counts(subject: Subject) -> Mapping[str, int]:
    reading = subject.reading
    ended, failed = int(reading.ended.sum()), len(reading.store.failures())
    return {
        "points": reading.points, "replicates": subject.study.replicates,
        "expected": reading.expected, "ended": ended, "failed": failed,
        "missing": max(reading.expected - ended - failed, 0),
    }


def _failures(subject: Subject) -> Table:
    rows = [
        {"run": int(row.run), "point": int(row.point), "replicate": int(row.replicate),
         "error": str(row.error), "message": str(row.message)}
        for row in subject.reading.store.failures().itertuples()
    ]
    return Table("failures", said("table_failures"), [
        Column("run", said("column_run")), Column("point", said("column_point")),
        Column("replicate", said("column_replicate")), Column("error", said("column_error")),
        Column("message", said("column_message")),
    ], rows)


def _silent(subject: Subject) -> str:
    items = []
    for name, reason in subject.found.silent.items():
        def words(language: Language, name: str = name, reason: str = reason) -> str:
            known = name in subject.study.outcomes
            label = subject.label(name, language) if known else tell("discovery", language)
            return tell("left_out", language, label=plain(label), reason=plain(reason))

        items.append(f"<li>{in_languages(words)}</li>")
    return f"<p>{both('silent')}</p><ul>{''.join(items)}</ul>" if items else ""


def account(subject: Subject) -> str:
    """How much was run, what failed, what has no analysis, and what intervals mean."""
    counts = _counts(subject)
    terms = "".join(
        f'<dt>{both(f"count_{key}")}</dt><dd><data value="{value}">{figure(value, 0)}</data></dd>'
        for key, value in counts.items()
    )
    kind = subject.study.design.kind
    design = in_both(*(plain(capital(study_word(kind, each))) for each in LANGUAGES))
    body = f"<dl><dt>{both('design')}</dt><dd>{design}</dd>{terms}</dl>"
    if counts["missing"]:
        body += f"<p>{both('some_missing', n=figure(counts['missing'], 0))}</p>"
    failures = _failures(subject)
    if failures.rows:
        first = failures._replace(rows=failures.rows[:MOST_FAILURES])
        body += f"<p>{both('some_failed', n=figure(len(failures.rows), 0))}</p>"
        body += as_html(first)
    key = "luck_own" if subject.study.independent else "luck_shared"
    once = "" if subject.study.replicates > 1 else f"<p>{both('once')}</p>"
    return f"{body}{_silent(subject)}{once}<p>{both('intervals_mean')} {both(key)}</p>"


def account_tables(subject: Subject) -> list[Table]:
    """Tables of the account that are files too."""
    failures = _failures(subject)
    return [factor_table(subject), *([failures] if failures.rows else [])]


def _range(subject: Subject, factor: Factor, language: Language) -> str:
    if factor.low is not None and factor.high is not None:
        low, high = factor.low, factor.high
        if factor.whole:
            low, high = int(low), int(high)
        return tell("full_range", language, low=subject.level(factor.called, low, language),
                    high=subject.level(factor.called, high, language))
    # Names of options may hold commas.
    return tell("between_levels", language).join(
        subject.level(factor.called, level, language) for level in factor.levels
    )


def factor_table(subject: Subject) -> Table:
    """Every factor: key, label, unit, range, scale, role, and what its declaration says."""
    rows: list[dict[str, Any]] = []
    for name, factor in subject.factors.items():
        declared = declaration_of(factor.key) if factor.key else None
        scale = factor.scale if factor.low is not None else "listed"
        if factor.times:
            scale = "times"
        units = (subject.unit(factor, each) for each in LANGUAGES)
        rows.append({
            "label": subject.factor_named(name)._replace(key=factor.title("en")),
            "key": name, "unit": Named(factor.unit, *units),
            "values": Named(
                _range(subject, factor, "en"),
                *(_range(subject, factor, each) for each in LANGUAGES)
            ),
            "scale": subject.verdict(f"scale_{scale}")._replace(key=scale),
            "role": subject.role(factor), "source": declared.source if declared else "",
        })
    return Table("factors", said("table_factors"), [
        Column("label", said("factor")), Column("key", said("column_key")),
        Column("unit", said("unit")), Column("values", said("column_values")),
        Column("scale", said("column_scale")), Column("role", said("column_role")),
        Column("source", said("column_source")),
    ], rows)


def again(subject: Subject, command: str, fingerprint: str, chinese_png: bool) -> str:
    """Version, scenario, seeds and command: what makes the same numbers again."""
    store, study = subject.reading.store, subject.study
    base = store.base
    titles = in_both(*(
        plain(f"{pick(base.title, base.title_zh, each) or base.name} ({base.name})")
        for each in LANGUAGES
    ))
    facts = [
        ("version", plain(store.version)), ("code", f"<code>{plain(store.code)}</code>"),
        ("scenario", titles), ("scenario_hash", f"<code>{plain(base.fingerprint)}</code>"),
        ("fingerprint", f"<code>{plain(fingerprint)}</code>"),
        ("base_seed", f"{study.base_seed}"), ("design_seed", f"{study.design.seed}"),
        ("command", f"<code>{plain(command)}</code>"),
    ]
    terms = "".join(f"<dt>{both(f'fact_{key}')}</dt><dd>{value}</dd>" for key, value in facts)
    note = "" if chinese_png else f"<p>{both('no_font')}</p>"
    return f"<dl>{terms}</dl><p>{both('again_note')}</p>{note}"
