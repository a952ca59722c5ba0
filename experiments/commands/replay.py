"""Run one run of a study again."""

from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.commands.options import Folder, Json, Speech
from experiments.commands.terminal import compile_first, print_json

__all__ = ["replay"]


def replay(
    store: Annotated[Path, typer.Argument(help="Folder of a study. 研究的存储目录。")],
    row: Annotated[int, typer.Argument(help="Number of the run. 运行编号。")],
    out: Folder = None,
    as_json: Json = False,
    language: Speech = None,
) -> None:
    """Run one run of a study again, and hold it against what was recorded (重放一次运行)."""
    import sys

    from experiments.language import chosen_language
    from experiments.study.identity import open_store
    from experiments.study.replaying import replay as run_again
    from experiments.study.words import tell
    from experiments.tables import console

    spoken = chosen_language(language)
    kept = open_store(store)
    compile_first(spoken)
    found = run_again(kept, row)
    if not found.same_program:
        sys.stderr.write(f"swcmarket: {tell('other_program', spoken, version=kept.version)}\n")
    if out is not None and not found.error_found:
        _write(found, out)
        console(stderr=True).print(tell("written_to", spoken, folder=out))
    if as_json:
        print_json({
            "store": str(store), "run": found.run, "point": found.point,
            "replicate": found.replicate, "seed": found.seed, "levels": found.levels,
            "scenario_hash": found.scenario.fingerprint, "recorded": found.recorded,
            "found": found.found, "error_recorded": found.error_recorded,
            "error_found": found.error_found, "reproduced": found.reproduced,
            "differing": found.differing,
        })
    else:
        _tell(found, kept, spoken)
    if not found.reproduced:
        raise typer.Exit(1)


def _write(found: Any, out: Path) -> None:  # noqa: ANN401
    from experiments.storing import claim_folder, write_run
    from simulation.results import simulate

    identity = {
        "scenario": found.scenario.name, "hash": found.scenario.fingerprint, "seed": found.seed,
    }
    claim_folder(out, identity)
    write_run(simulate(found.scenario, found.seed), out)


def _tell(found: Any, kept: Any, spoken: Any) -> None:  # noqa: ANN401
    from experiments.study.told import replay_lines, replay_table
    from experiments.tables import console

    terminal = console()
    for line in replay_lines(found, kept, spoken):
        terminal.print(line)
    if found.recorded:
        terminal.print(replay_table(found, kept, spoken))
    if found.trace:
        terminal.print(found.trace, markup=False)
