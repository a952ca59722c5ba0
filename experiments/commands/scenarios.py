"""List scenarios, or show one."""

from typing import Annotated

import typer

from experiments.commands.options import Json, Settings, Speech
from experiments.commands.terminal import overrides, print_json

__all__ = ["scenarios"]


def scenarios(
    name: Annotated[
        str | None, typer.Argument(help="Show this one, resolved. 显示该情景。")
    ] = None,
    prefix: Annotated[
        str | None,
        typer.Argument(help="Only keys that begin so, such as quote. 只显示以此开头的参数。"),
    ] = None,
    settings: Settings = None,
    as_json: Json = False,
    language: Speech = None,
) -> None:
    """List scenarios, or show one with units and sources (列出或查看情景)."""
    from experiments.commands.laboratory import show_market
    from experiments.describing import beginning, listed, listed_markets, resolved
    from experiments.language import chosen_language
    from experiments.session_tables import markets_table
    from experiments.tables import console, parameters_table, scenarios_table
    from simulation.laboratory.scenario import is_laboratory
    from simulation.scenario import load

    spoken = chosen_language(language)
    if name is None:
        rows, markets = listed(), listed_markets()
        if as_json:
            print_json({"scenarios": rows, "laboratory": markets})
        else:
            console().print(scenarios_table(rows, spoken))
            console().print(markets_table(markets, spoken))
        return
    if is_laboratory(name):
        show_market(name, overrides(settings), spoken, prefix=prefix, as_json=as_json)
        return
    loaded = load(name, overrides(settings))
    rows = beginning(resolved(loaded), prefix)
    if as_json:
        print_json({"scenario": loaded.name, "hash": loaded.fingerprint, "parameters": rows})
    else:
        console().print(parameters_table(loaded, rows, spoken))
