"""A scheme year by year, beside what theory says."""

from typing import Annotated

import typer

from experiments.commands.options import Json, Settings, Speech
from experiments.commands.terminal import compile_first, overrides, print_json, tell_notes

__all__ = ["scheme"]


def scheme(
    scenario: Annotated[str, typer.Argument(help="Name, or path of a .toml file. 情景名或文件。")],
    settings: Settings = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes. 随机种子。")] = 1,
    as_json: Json = False,
    language: Speech = None,
) -> None:
    """Judge firms that trade allowances by theory, year by year (逐年对照配额市场与理论)."""
    from experiments.language import chosen_language
    from experiments.scheme import scheme_years, summary
    from experiments.scheme_table import scheme_table
    from experiments.tables import console
    from simulation.scenario import load

    spoken = chosen_language(language)
    loaded = load(scenario, overrides(settings))
    tell_notes([loaded], spoken)
    compile_first(spoken)
    years = scheme_years(loaded, seed)
    if as_json:
        print_json({
            "scenario": loaded.name, "scenario_hash": loaded.fingerprint, "seed": seed,
            "currency": loaded.currency, "years": summary(years),
        })
        return
    for part in scheme_table(loaded, years, seed, spoken):
        console().print(part)
