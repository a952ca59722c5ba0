"""The patterns by which the model is judged, as a table with verdicts."""

from experiments.language import LANGUAGES, Language
from experiments.patterns import Judged
from experiments.report.numerals import Measure, figure, framed
from experiments.report.reading import Reading
from experiments.report.texts import both, in_both, tell

__all__ = ["judgement_rows", "judgement_words"]


def _measure(found: Judged, language: Language) -> Measure:
    name = found.pattern.name
    if name.endswith("_share"):
        return Measure(0.01, "%", 0, " " if language == "en" else "")
    unit = tell("per_tonne" if name.endswith("yuan_per_t") else "tonne", language)
    return Measure(1.0, unit, 1)


def _real(found: Judged, language: Language) -> str:
    measure = _measure(found, language)

    def said(value: float) -> str:
        return figure(value / measure.divisor, 0)

    parts = [tell("most", language) if found.real is None else said(found.real) + measure.suffix]
    if found.real is None and found.pattern.name != "local_share":
        parts = []
    band = f"{said(found.low)}–{said(found.high)}{measure.suffix}"
    parts.append(f"<small>{tell('counts_as_met', language, band=band)}</small>")
    return "".join(parts)


def _simulated(found: Judged, language: Language) -> str:
    measure = _measure(found, language)
    told = framed(found.found, measure) + measure.suffix
    inside = tell("runs_inside", language, share=figure(100 * found.inside, 0))
    return f"{told}<small>{inside}</small>"


def judgement_rows(reading: Reading) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the table: pattern, real, simulated, verdict.

    Parameters
    ----------
    reading : Reading

    Returns
    -------
    heads, rows : list of str, list of list of str
        HTML.
    """
    heads = [both(key) for key in ("pattern", "in_the_record", "in_the_model", "verdict_head")]
    rows = []
    for found in reading.patterns:
        name = found.pattern.name
        label = in_both(*(
            f"{tell(f'pattern_{name}', language)}<small>{tell(f'rests_{name}', language)}</small>"
            for language in LANGUAGES
        ))
        verdict = "fitted" if found.pattern.fitted and found.verdict == "met" else found.verdict
        rows.append([
            label, in_both(*(_real(found, language) for language in LANGUAGES)),
            in_both(*(_simulated(found, language) for language in LANGUAGES)),
            f'<b class="verdict {found.verdict}">{both(f"verdict_{verdict}_word")}</b>',
        ])
    return heads, rows


def judgement_words(reading: Reading, language: Language) -> str:
    """How many patterns are met, and by which rule.

    Parameters
    ----------
    reading : Reading
    language : {"en", "zh"}

    Returns
    -------
    str
        HTML.
    """
    tested = [found for found in reading.patterns if not found.pattern.fitted]
    counts = {
        verdict: sum(found.verdict == verdict for found in tested)
        for verdict in ("met", "partly", "missed")
    }
    return tell(
        "patterns_words", language, n=len(tested), replicates=reading.answer.comparison.replicates,
        **counts,
    )
