"""Write the report of a study: the page, its figures and its tables."""

import json
from pathlib import Path

from experiments.report.painting import has_chinese_font, painted_files
from experiments.report.writing import write_files
from experiments.study.findings import Findings
from experiments.study.store import Store
from experiments.study_report.page import all_tables, page, plans, sections_of
from experiments.study_report.parts import as_csv
from experiments.study_report.subject import Subject
from experiments.workers import Workers

__all__ = ["fingerprint_of", "write_study_report"]


def fingerprint_of(store: Store) -> str:
    """Fingerprint of the study that a store holds."""
    kept = json.loads((store.folder / "study.json").read_text(encoding="utf-8"))
    return str(kept["fingerprint"])


def write_study_report(
    findings: Findings, folder: Path, *, command: str, spread: Workers | None = None
) -> list[Path]:
    """Write what a study found as a page with figures and tables beside it.

    Parameters
    ----------
    findings : Findings
        Of `experiments.study.findings.findings_of`.
    folder : Path
        Made where it is missing.
    command : str
        What makes the report again, shown on the page.
    spread : callable, optional
        Processes of `experiments.workers.workers` that draw the files; this one where not given.

    Returns
    -------
    list of Path
        Files written, the page first.

    Notes
    -----
    Without a Chinese font on this machine the Chinese figures are written as SVG only, and the page
    says so: a PNG would hold boxes.
    """
    subject = Subject(findings)
    sections = sections_of(subject)
    chinese_png = has_chinese_font()
    text = page(
        subject, sections, command=command, fingerprint=fingerprint_of(findings.reading.store),
        chinese_png=chinese_png,
    )
    content = {"index.html": text.encode()}
    for name, table in all_tables(subject, sections).items():
        content[f"tables/{name}.csv"] = as_csv(table).encode()
    drawings = painted_files(plans(sections), chinese_png=chinese_png, spread=spread)
    for name, drawing in drawings:
        content[f"figures/{name}"] = drawing
    return write_files(folder, content)
