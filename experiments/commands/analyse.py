"""Say what a study shows."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands.options import Json, Speech
from experiments.commands.terminal import print_json

__all__ = ["analyse"]


def analyse(
    store: Annotated[Path, typer.Argument(help="Folder of a study. 研究的存储目录。")],
    outcomes: Annotated[
        list[str] | None,
        typer.Option(
            "--outcome", metavar="NAME", help="Instead of the study's; repeatable. 指定指标。"
        ),
    ] = None,
    as_json: Json = False,
    language: Speech = None,
) -> None:
    """Say what a study shows: indices, boxes, choices, fronts (分析研究结果)."""
    from experiments.language import chosen_language
    from experiments.study.definition import OUTCOME_NAMES
    from experiments.study.findings import as_json as ready
    from experiments.study.findings import findings_of
    from experiments.study.identity import open_store
    from experiments.study.reading import read_store
    from experiments.study.tables import findings_shown
    from experiments.tables import console
    from simulation.errors import InputError, close_to

    spoken = chosen_language(language)
    for name in outcomes or []:
        if name not in OUTCOME_NAMES:
            raise InputError(
                f"--outcome {name}: is not an outcome{close_to(name, OUTCOME_NAMES)}. See "
                "docs/reference.md."
            )
    found = findings_of(read_store(open_store(store), outcomes or ()))
    if as_json:
        print_json(ready(found))
        return
    terminal = console()
    for part in findings_shown(found, spoken):
        terminal.print(part)
