"""What an announcement does, and what the rule does once it is in force."""

from typing import Annotated

import typer

from experiments.commands.options import Json, Settings, Speech, Workers
from experiments.commands.terminal import (
    compile_first,
    overrides,
    print_json,
    processes,
    progress,
    tell_notes,
)

__all__ = ["announcement"]

SHORT_RUNS = 70


def announcement(
    scenario: Annotated[str, typer.Argument(help="Name, or path of a .toml file. 情景名或文件。")],
    replicates: Annotated[
        int,
        typer.Option("--replicates", "-n", min=1, max=1_000_000, help="Runs of each. 重复次数。"),
    ] = 30,
    settings: Settings = None,
    seed: Annotated[int, typer.Option(help="Base seed of the replicates. 基础随机种子。")] = 1,
    number: Workers = 0,
    as_json: Json = False,
    language: Speech = None,
) -> None:
    """Tell an announcement from the rule that it announces (区分公布效应与生效效应)."""
    from experiments.announcement import announcements_of, summary, windows_of
    from experiments.announcement_table import announcement_tables
    from experiments.language import chosen_language, say
    from experiments.tables import console
    from experiments.workers import workers
    from simulation.scenario import load

    spoken = chosen_language(language)
    loaded = load(scenario, overrides(settings))
    tell_notes([loaded], spoken)
    windows_of(loaded)
    compile_first(spoken)
    spread_over = processes(number) if number or replicates > SHORT_RUNS else 1
    with workers(spread_over) as spread, progress(replicates, say("running", spoken)) as advance:
        found = announcements_of(
            loaded, replicates=replicates, base_seed=seed, advance=advance, spread=spread
        )
    if as_json:
        print_json(summary(found))
        return
    for part in announcement_tables(found, spoken):
        console().print(part)
