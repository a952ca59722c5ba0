"""What `run`, `compare` and `scenarios` do with a laboratory market."""

import itertools
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from experiments.commands.terminal import (
    compile_laboratories_first,
    print_json,
    processes,
    progress,
)
from experiments.language import Language, say
from simulation.errors import InputError, close_to

if TYPE_CHECKING:
    from simulation.laboratory import LaboratoryScenario

__all__ = ["all_laboratory", "compare_markets", "compile_kernels", "run_market", "show_market"]

# A session takes milliseconds; processes take two seconds to start.
SHORT_SESSIONS = 400


def all_laboratory(sources: Sequence[str]) -> bool:
    """Whether these scenarios are laboratory markets; all of them are or none.

    Parameters
    ----------
    sources : sequence of str

    Raises
    ------
    InputError
        When some are and some are not.
    """
    from simulation.laboratory.scenario import is_laboratory

    kinds = [is_laboratory(source) for source in sources]
    if len(set(kinds)) > 1:
        market, world = sources[kinds.index(True)], sources[kinds.index(False)]
        raise InputError(
            f"{market} is a laboratory market and {world} a world of projects and firms: they have "
            "no outcome in common. Compare each with its own kind."
        )
    return kinds[0]


def compile_kernels(language: Language) -> None:
    """Compile what sessions need where these sources have not been compiled yet."""
    compile_laboratories_first(language, {"sessions"})


def run_market(
    source: str, changes: dict[str, Any], seed: int, language: Language, *, out: Path | None,
    as_json: bool,
) -> None:
    """Run a session, print it, and write it where asked."""
    from experiments.session_tables import daily_table, session_table
    from experiments.storing import claim_folder, write_session
    from experiments.tables import console
    from simulation.laboratory import load_laboratory, simulate_laboratory

    loaded = load_laboratory(source, changes)
    if out is not None:
        identity = {"scenario": loaded.name, "hash": loaded.fingerprint, "seed": seed}
        claim_folder(out, identity)
    compile_kernels(language)
    result = simulate_laboratory(loaded, seed)
    if out is not None:
        write_session(result, out)
        console(stderr=True).print(say("written", language, folder=out))
    if as_json:
        print_json(result.summary())
        return
    console().print(session_table(result, language))
    console().print(daily_table(result, language))


def _crossed(option: str, names: str | None, field: str) -> list[str | None]:
    """Names that an option gives; those of both sides of a market may differ, as zip/zi_c."""
    from simulation.laboratory import SessionRules

    if names is None:
        return [None]
    known = get_args(SessionRules.model_fields[field].annotation)
    if names.strip() == "all":
        return list(known)
    found = [name.strip() for name in names.split(",")]
    for name in found:
        sides = name.split("/") if field == "buyers" else [name]
        wrong = [side for side in sides if side not in known]
        if wrong or len(sides) > 2:
            pairs = ", pairs of buyers and sellers such as zip/zi_c" if field == "buyers" else ""
            hint = close_to(wrong[0], known) if wrong else ""
            raise InputError(
                f"{option}: {name!r} is unknown{hint}. Give some of {', '.join(known)}{pairs}, "
                "with commas between, or all."
            )
    return list(found)


def _changes(strategy: str | None, institution: str | None) -> dict[str, str]:
    found = {} if institution is None else {"laboratory.institution": institution}
    if strategy is not None:
        buyers, _, sellers = strategy.partition("/")
        found |= {"laboratory.buyers": buyers, "laboratory.sellers": sellers or buyers}
    return found


def _cells(
    sources: Sequence[str], changes: dict[str, Any], language: Language, *,
    strategies: str | None, institutions: str | None,
) -> "list[LaboratoryScenario]":
    """Markets crossed with institutions and strategies; what has no meaning is left out aloud."""
    from simulation.laboratory import load_laboratory
    from simulation.laboratory.crowd import NoMeaningError

    for option, given, fields in (
        ("--strategies", strategies, ("buyers", "sellers")),
        ("--institutions", institutions, ("institution",)),
    ):
        both = [f"laboratory.{field}" for field in fields if f"laboratory.{field}" in changes]
        if given is not None and both:
            raise InputError(f"{option} and --set {both[0]} say both who trades how. Give one.")
    found, left_out = [], None
    for source, institution, strategy in itertools.product(
        sources, _crossed("--institutions", institutions, "institution"),
        _crossed("--strategies", strategies, "buyers"),
    ):
        try:
            found.append(
                load_laboratory(source, {**changes, **_changes(strategy, institution)})
            )
        except NoMeaningError as error:
            if institution is None and strategy is None:
                raise
            left_out = error
            cell = ", ".join(filter(None, (source, strategy, institution)))
            sys.stderr.write(f"swcmarket: {say(f'left_out_{error.kind}', language, cell=cell)}\n")
    if not found and left_out is not None:
        raise left_out
    return found


def compare_markets(
    sources: Sequence[str], changes: dict[str, Any], language: Language, *,
    strategies: str | None, institutions: str | None, replicates: int, seed: int, number: int,
    out: Path | None, as_json: bool,
) -> None:
    """Compare sessions of laboratory markets, crossed with strategies and institutions."""
    from experiments.session_tables import session_comparison_note, session_comparison_table
    from experiments.sessions import compare_sessions
    from experiments.storing import claim_folder, write_session_comparison
    from experiments.tables import console
    from experiments.workers import workers

    variants = _cells(
        sources, changes, language, strategies=strategies, institutions=institutions,
    )
    repeated = [v.name for place, v in enumerate(variants) if v in variants[:place]]
    if repeated:
        raise InputError(f"{repeated[0]} stands twice, with nothing different. Take one out.")
    if len(variants) < 2:
        raise InputError(
            "compare needs two scenarios or more. Name another, or add --strategies or "
            "--institutions."
        )
    if out is not None:
        hashes = [variant.fingerprint for variant in variants]
        claim_folder(out, {"compared": hashes, "replicates": replicates, "seed": seed})
    compile_kernels(language)
    sessions = len(variants) * replicates
    spread_over = processes(number) if number or sessions > SHORT_SESSIONS else 1
    with workers(spread_over) as spread, progress(sessions, say("running", language)) as advance:
        found = compare_sessions(
            variants, replicates=replicates, base_seed=seed, advance=advance, spread=spread
        )
    if out is not None:
        write_session_comparison(found, out)
        console(stderr=True).print(say("written", language, folder=out))
    if as_json:
        print_json(found.summary())
        return
    console().print(session_comparison_table(found, language))
    console().print(session_comparison_note(found, language))


def show_market(
    source: str, changes: dict[str, Any], language: Language, *, prefix: str | None = None,
    as_json: bool,
) -> None:
    """Show a laboratory market: values, costs, equilibrium, source, and its parameters."""
    from experiments.describing import beginning, market_row, resolved
    from experiments.session_tables import equilibrium_note, schedule_table
    from experiments.tables import console, parameters_table
    from simulation.laboratory import load_laboratory

    loaded = load_laboratory(source, changes)
    row, parameters = market_row(loaded), beginning(resolved(loaded), prefix)
    if as_json:
        print_json({
            "scenario": loaded.name, "hash": loaded.fingerprint,
            "market": {**row, "values": loaded.schedule.buyers, "costs": loaded.schedule.sellers},
            "parameters": parameters,
        })
        return
    terminal = console()
    if prefix is not None:
        terminal.print(parameters_table(loaded, parameters, language))
        return
    terminal.print(schedule_table(loaded, language))
    terminal.print(equilibrium_note(row, language))
    # Values and costs stand above.
    shown = [item for item in parameters if item["key"].startswith("laboratory.")]
    terminal.print(parameters_table(loaded, shown, language))
