"""Measure what theory and laboratories claim."""

from typing import Annotated

import typer

from experiments.commands.options import Json, Speech
from experiments.commands.terminal import (
    compile_first,
    compile_laboratories_first,
    print_json,
    progress,
)
from simulation.errors import InputError

__all__ = ["claims"]


def claims(
    names: Annotated[
        list[str] | None, typer.Argument(help="Benchmarks, such as B4; all if none. 基准编号。")
    ] = None,
    as_json: Json = False,
    language: Speech = None,
) -> None:
    """Measure what theory and laboratories claim (检验理论与实验结论)."""
    from experiments.claims.listed import BENCHMARKS, measured
    from experiments.language import chosen_language, say
    from experiments.tables import claims_table, console
    from simulation.errors import close_to

    spoken = chosen_language(language)
    known = {benchmark.id: benchmark for benchmark in BENCHMARKS}
    names = [name.upper() for name in names or []]
    for name in names:
        if name not in known:
            raise InputError(
                f"claims: {name!r} is unknown{close_to(name, known)}. Give some of "
                f"{', '.join(known)}, or none for all."
            )
    chosen = [known[name] for name in dict.fromkeys(names or known)]
    compile_first(spoken)
    compile_laboratories_first(spoken, {benchmark.kernels for benchmark in chosen})
    with progress(len(chosen), say("measuring", spoken)) as advance:
        verdicts = list(measured(chosen, advance))
    if as_json:
        rows = [
            {**verdict.claim._asdict(), "verdict": verdict.word, "reason": verdict.reason}
            for verdict in verdicts
        ]
        print_json({"claims": rows})
    else:
        for table in claims_table(verdicts, spoken):
            console().print(table)
    if any(verdict.word == "fails" for verdict in verdicts):
        raise SystemExit(1)
