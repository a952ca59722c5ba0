"""Write the report of a study."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands.options import Speech, Workers
from experiments.commands.terminal import processes

__all__ = ["report"]


def report(
    store: Annotated[Path, typer.Argument(help="Folder of a study. 研究的存储目录。")],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Folder of the report; STORE/report. 报告目录。"
        ),
    ] = None,
    number: Workers = 0,
    language: Speech = None,
) -> None:
    """Write what a study found as a page with figures and tables (撰写研究报告)."""
    import shlex

    from experiments.language import chosen_language, say
    from experiments.storing import claim_folder
    from experiments.study.findings import findings_of
    from experiments.study.identity import open_store
    from experiments.study.reading import read_store
    from experiments.study_report import fingerprint_of, write_study_report
    from experiments.tables import console
    from experiments.workers import workers

    spoken = chosen_language(language)
    reading = read_store(open_store(store))
    folder = store / "report" if out is None else out
    words = ["swcmarket", "report", str(store), *([] if out is None else ["--out", str(out)])]
    # A later report of a study takes the place of an earlier one, and of nothing else.
    claim_folder(folder, {"report": fingerprint_of(reading.store)})
    terminal, notes = console(), console(stderr=True)
    with notes.status(say("writing", spoken)), workers(processes(number)) as spread:
        page, *_ = write_study_report(
            findings_of(reading), folder, command=shlex.join(words), spread=spread
        )
    terminal.print(say("report_written", spoken, file=page), style="bold", markup=False)
