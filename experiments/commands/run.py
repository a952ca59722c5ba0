"""Run a scenario once."""

from typing import Annotated

import typer

from experiments.commands.options import Folder, Json, Settings, Speech
from experiments.commands.terminal import compile_first, overrides, print_json, tell_notes

__all__ = ["run"]


def run(
    scenario: Annotated[str, typer.Argument(help="Name, or path of a .toml file. 情景名或文件。")],
    settings: Settings = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes. 随机种子。")] = 1,
    out: Folder = None,
    journal_parquet: Annotated[
        bool, typer.Option(
            "--journal-parquet",
            help="Keep the journal in Parquet, part by part, and not in memory; with --out. "
            "账簿分批存为Parquet。",
        )
    ] = False,
    as_json: Json = False,
    language: Speech = None,
) -> None:
    """Run a scenario once (运行一次情景)."""
    from experiments.commands.laboratory import run_market
    from experiments.language import chosen_language, say
    from experiments.storing import JOURNAL_FOLDER, claim_folder, write_run
    from experiments.tables import console, outcomes_table
    from simulation.errors import InputError
    from simulation.laboratory.scenario import is_laboratory
    from simulation.results import Run
    from simulation.scenario import load
    from simulation.world import World

    spoken = chosen_language(language)
    if journal_parquet and (out is None or is_laboratory(scenario)):
        raise InputError(
            "--journal-parquet: needs a folder for the journal of a world. Give --out DIR, and a "
            "scenario that has a registry."
        )
    if is_laboratory(scenario):
        run_market(scenario, overrides(settings), seed, spoken, out=out, as_json=as_json)
        return
    loaded = load(scenario, overrides(settings))
    tell_notes([loaded], spoken)
    if out is not None:
        identity = {"scenario": loaded.name, "hash": loaded.fingerprint, "seed": seed}
        if journal_parquet:
            # A folder has one form of the journal, or the other.
            identity["journal"] = "parquet"
        claim_folder(out, identity)
    compile_first(spoken)
    world = World(
        loaded, seed, journal_folder=out / JOURNAL_FOLDER if out and journal_parquet else None
    )
    world.run()
    world.check_books()
    result = Run(world)
    if out is not None:
        write_run(result, out)
        console(stderr=True).print(say("written", spoken, folder=out))
    if as_json:
        print_json(result.summary())
    else:
        console().print(outcomes_table(result, spoken))
