"""Compare scenarios with common luck."""

import itertools
from typing import Annotated

import typer

from experiments.commands.options import Folder, Json, Settings, Speech, Workers
from experiments.commands.terminal import (
    compile_first,
    overrides,
    print_json,
    processes,
    progress,
    tell_notes,
)
from simulation.errors import InputError

__all__ = ["compare"]

SHORT_RUNS = 200


def compare(
    scenarios: Annotated[
        list[str], typer.Argument(help="Two or more; the first is the base. 第一个为基准。")
    ],
    replicates: Annotated[
        int,
        typer.Option("--replicates", "-n", min=1, max=1_000_000, help="Runs of each. 重复次数。"),
    ] = 30,
    mechanisms: Annotated[
        str | None,
        typer.Option(
            metavar="NAME,NAME", help="Cross with these pricing rules, or all. 定价机制。"
        ),
    ] = None,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY=V1,V2", help="Cross with values of a parameter; repeatable. 参数取多个值。"
        ),
    ] = None,
    details: Annotated[
        bool, typer.Option("--details", help="Every outcome of every pair. 显示全部指标。")
    ] = False,
    strategies: Annotated[
        str | None,
        typer.Option(metavar="NAME,NAME", help="Laboratory: cross with strategies. 交易策略。"),
    ] = None,
    institutions: Annotated[
        str | None,
        typer.Option(metavar="NAME,NAME", help="Laboratory: with institutions. 市场制度。"),
    ] = None,
    settings: Settings = None,
    seed: Annotated[int, typer.Option(help="Base seed of the replicates. 基础随机种子。")] = 1,
    number: Workers = 0,
    out: Folder = None,
    as_json: Json = False,
    language: Speech = None,
) -> None:
    """Compare scenarios with common luck (按相同随机种子比较情景)."""
    from experiments.commands.laboratory import all_laboratory, compare_markets
    from experiments.comparing import compare as compare_scenarios
    from experiments.language import chosen_language, say
    from experiments.overview import overview_note, overview_tables
    from experiments.storing import claim_folder, write_comparison
    from experiments.tables import comparison_table, console, interval_note
    from experiments.workers import workers
    from simulation.scenario import load
    from simulation.scenario_files import parse_override

    spoken = chosen_language(language)
    changes = overrides(settings)
    if all_laboratory(scenarios):
        if vary:
            raise InputError(
                "--vary belongs to worlds of projects and firms. In a laboratory market cross with "
                "--strategies or --institutions."
            )
        if mechanisms is not None:
            raise InputError(
                "--mechanisms belongs to worlds of projects and firms. In a laboratory market "
                "cross with --institutions, such as standing_book,call_auction,listing."
            )
        compare_markets(
            scenarios, changes, spoken, strategies=strategies, institutions=institutions,
            replicates=replicates, seed=seed, number=number, out=out, as_json=as_json,
        )
        return
    for option, given in (("--strategies", strategies), ("--institutions", institutions)):
        if given is not None:
            raise InputError(
                f"{option} belongs to laboratory markets. Take it out, or compare smith-1962 and "
                "its like."
            )
    crossed = [
        (load(name, {**changes, **mechanism, **dict(map(parse_override, point))}), point)
        for mechanism in _mechanisms(mechanisms)
        for point in _points(vary or [])
        for name in scenarios
    ]
    variants = [variant for variant, _ in crossed]
    varied = [tuple(part.partition("=")[::2] for part in point) for _, point in crossed]
    repeated = [v.name for place, v in enumerate(variants) if v in variants[:place]]
    if repeated:
        raise InputError(f"{repeated[0]} stands twice, with nothing different. Take one out.")
    tell_notes(variants, spoken)
    if len(variants) < 2:
        raise InputError(
            "compare needs two scenarios or more. Name another, or add --mechanisms or --vary."
        )
    if out is not None:
        hashes = [variant.fingerprint for variant in variants]
        claim_folder(out, {"compared": hashes, "replicates": replicates, "seed": seed})
    compile_first(spoken)
    # Processes take two seconds to start: a short comparison has ended by then.
    spread_over = processes(number) if number or len(variants) * replicates > SHORT_RUNS else 1
    bar = progress(len(variants) * replicates, say("running", spoken))
    with workers(spread_over) as spread, bar as advance:
        found = compare_scenarios(
            variants, replicates=replicates, base_seed=seed, advance=advance, spread=spread,
            varied=varied,
        )
    if out is not None:
        write_comparison(found, out)
        console(stderr=True).print(say("written", spoken, folder=out))
    if as_json:
        print_json(found.summary())
    else:
        terminal = console()
        if details:
            # A table for each variant: side by side they would not fit a terminal.
            for variant in found.variants[1:]:
                terminal.print(comparison_table(found, variant, found.variants[0], spoken))
            terminal.print(interval_note(found, spoken))
            return
        for table in overview_tables(found, spoken):
            terminal.print(table)
        terminal.print(overview_note(found, spoken))


def _points(vary: list[str]) -> list[tuple[str, ...]]:
    axes = []
    for text in vary:
        key, sign, values = text.partition("=")
        each = [value.strip() for value in values.split(",")]
        if not sign or not all(each):
            raise InputError(
                f"--vary: {text!r} is not KEY=V1,V2. Give a parameter and its values, such as "
                "quote.strategy=focal,storage."
            )
        axes.append([f"{key.strip()}={value}" for value in each])
    repeated = [axis[0].partition("=")[0] for axis in axes]
    for key in repeated:
        if repeated.count(key) > 1:
            raise InputError(f"--vary: {key} stands twice. Give all its values at once.")
    return list(itertools.product(*axes))


def _mechanisms(names: str | None) -> list[dict[str, str]]:
    from agents.vocabulary import Mechanism
    from simulation.errors import close_to

    known = [mechanism.name.lower() for mechanism in Mechanism]
    if names is None:
        return [{}]
    found = known if names.strip() == "all" else [name.strip() for name in names.split(",")]
    for name in found:
        if name not in known:
            raise InputError(
                f"--mechanisms: {name!r} is unknown{close_to(name, known)}. Give some of "
                f"{', '.join(known)}, with commas between, or all."
            )
    return [{"market.mechanism": name} for name in found]
