"""Answer the main question and write a report."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands.options import Speech, Workers
from experiments.commands.terminal import compile_first, processes, progress

__all__ = ["demo"]


def demo(
    replicates: Annotated[
        int,
        typer.Option("--replicates", "-n", min=2, max=100_000, help="Runs of each. 重复次数。"),
    ] = 30,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Folder of the report. 报告目录。")
    ] = Path("results/demo"),
    number: Workers = 0,
    language: Speech = None,
) -> None:
    """Answer the main question and write a report (演示)."""
    from experiments.demonstration import demonstrate, runs, shown
    from experiments.language import chosen_language, say
    from experiments.report import write_report
    from experiments.storing import claim_folder
    from experiments.tables import console
    from experiments.workers import workers

    spoken = chosen_language(language)
    # A later demonstration takes the place of an earlier one, and of nothing else.
    claim_folder(out, {"demo": "swcmarket"})
    compile_first(spoken)
    bar = progress(runs(replicates), say("running", spoken))
    terminal, notes = console(), console(stderr=True)
    with workers(processes(number)) as spread:
        with bar as advance:
            found = demonstrate(replicates, advance, spread)
        for part in shown(found, spoken):
            terminal.print(part)
        with notes.status(say("writing", spoken)):
            page, *_ = write_report(
                found.answer, out, command=f"swcmarket demo -n {replicates}", spread=spread
            )
    terminal.print(say("report_written", spoken, file=page), style="bold")
