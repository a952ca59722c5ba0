"""The command line: `swcmarket`."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from simulation.errors import InputError, InvariantError

__all__ = ["app", "main"]

app = typer.Typer(
    name="swcmarket",
    help="A market laboratory for soil-and-water conservation credits. 水土保持碳汇市场实验室。",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

SHORT_RUNS = 200
INTERRUPTED = 130
STOPPED = "stopped; nothing that was written is lost. Run the same command again."
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Change a parameter; repeatable. 修改参数。"),
]
Json = Annotated[
    bool, typer.Option("--json", help="Print one JSON object on stdout, nothing else. 只输出JSON。")
]
Folder = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Write results to a folder. 输出目录。")
]
Speech = Annotated[
    str | None,
    typer.Option("--language", "-l", metavar="en|zh", help="Language of tables. 表格语言。"),
]


Workers = Annotated[
    int,
    typer.Option(
        "--workers", min=0, max=1024, metavar="N",
        help="Processes; 0 for one a processor. 进程数，0为每个处理器一个。",
    ),
]


def _processes(number: int) -> int:
    from experiments.workers import available_workers

    return number or available_workers()


def _print_json(content: object) -> None:
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def _overrides(settings: list[str] | None) -> dict[str, Any]:
    from simulation.scenario_files import parse_override

    return dict(parse_override(text) for text in settings or [])


@contextmanager
def _progress(total: int, text: str) -> Iterator[Callable[..., None]]:
    """A bar on stderr with the rate and the time left; nothing where nobody watches."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    from experiments.tables import console

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f}/s" if task.speed else "")

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(),
        TimeElapsedColumn(), TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=console(stderr=True), transient=False) as bar:
        task = bar.add_task(text, total=total)

        def advance(what: str = "") -> None:
            bar.update(task, advance=1, description=f"{text}: {what}" if what else text)

        yield advance


def _tell_notes(scenarios: list[Any], language: Any) -> None:  # noqa: ANN401
    from experiments.describing import notes

    lines = [line for scenario in scenarios for line in notes(scenario, language)]
    for line in dict.fromkeys(lines):
        sys.stderr.write(f"swcmarket: {line}\n")


def _prepare(language: str) -> None:
    from experiments.language import say
    from simulation.compiling import compile_all, is_compiled, steps

    if is_compiled():
        return
    with _progress(steps(), say("compiling", language)) as advance:
        for what in compile_all():
            advance(what)


@app.command()
def run(
    scenario: Annotated[str, typer.Argument(help="Name, or path of a .toml file. 情景名或文件。")],
    settings: Settings = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes. 随机种子。")] = 1,
    out: Folder = None,
    as_json: Json = False,
    language: Speech = None,
) -> None:
    """Run a scenario once (运行一次情景)."""
    from experiments.language import chosen_language, say
    from experiments.storing import claim_folder, write_run
    from experiments.tables import console, outcomes_table
    from simulation.results import Run
    from simulation.scenario import load
    from simulation.world import World

    spoken = chosen_language(language)
    loaded = load(scenario, _overrides(settings))
    _tell_notes([loaded], spoken)
    if out is not None:
        identity = {"scenario": loaded.name, "hash": loaded.fingerprint, "seed": seed}
        claim_folder(out, identity)
    _prepare(spoken)
    world = World(loaded, seed)
    world.run()
    world.check_books()
    result = Run(world)
    if out is not None:
        write_run(result, out)
        console(stderr=True).print(say("written", spoken, folder=out))
    if as_json:
        _print_json(result.summary())
    else:
        console().print(outcomes_table(result, spoken))


@app.command()
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
        typer.Option(metavar="NAME,NAME", help="Cross with these pricing rules. 定价机制。"),
    ] = None,
    settings: Settings = None,
    seed: Annotated[int, typer.Option(help="Base seed of the replicates. 基础随机种子。")] = 1,
    number: Workers = 0,
    out: Folder = None,
    as_json: Json = False,
    language: Speech = None,
) -> None:
    """Compare scenarios with common luck (按相同随机种子比较情景)."""
    from experiments.comparing import compare as compare_scenarios
    from experiments.language import chosen_language, say
    from experiments.storing import claim_folder, write_comparison
    from experiments.tables import comparison_table, console, interval_note
    from experiments.workers import workers
    from simulation.scenario import load

    spoken = chosen_language(language)
    overrides = _overrides(settings)
    variants = [
        load(name, {**overrides, **mechanism})
        for mechanism in _mechanisms(mechanisms)
        for name in scenarios
    ]
    repeated = [v.name for place, v in enumerate(variants) if v in variants[:place]]
    if repeated:
        raise InputError(f"{repeated[0]} stands twice, with nothing different. Take one out.")
    _tell_notes(variants, spoken)
    if len(variants) < 2:
        raise InputError("compare needs two scenarios or more. Name another, or add --mechanisms.")
    if out is not None:
        hashes = [variant.fingerprint for variant in variants]
        claim_folder(out, {"compared": hashes, "replicates": replicates, "seed": seed})
    _prepare(spoken)
    # Processes take two seconds to start: a short comparison has ended by then.
    processes = _processes(number) if number or len(variants) * replicates > SHORT_RUNS else 1
    bar = _progress(len(variants) * replicates, say("running", spoken))
    with workers(processes) as spread, bar as advance:
        found = compare_scenarios(
            variants, replicates=replicates, base_seed=seed, advance=advance, spread=spread
        )
    if out is not None:
        write_comparison(found, out)
        console(stderr=True).print(say("written", spoken, folder=out))
    if as_json:
        _print_json(found.summary())
    else:
        terminal = console()
        # A table for each variant: side by side they would not fit a terminal.
        for variant in found.variants[1:]:
            terminal.print(comparison_table(found, variant, found.variants[0], spoken))
        terminal.print(interval_note(found, spoken))


def _mechanisms(names: str | None) -> list[dict[str, str]]:
    from agents.vocabulary import Mechanism
    from simulation.errors import close_to

    known = [mechanism.name.lower() for mechanism in Mechanism]
    if names is None:
        return [{}]
    found = [name.strip() for name in names.split(",")]
    for name in found:
        if name not in known:
            raise InputError(
                f"--mechanisms: {name!r} is unknown{close_to(name, known)}. Give some of "
                f"{', '.join(known)}, with commas between."
            )
    return [{"market.mechanism": name} for name in found]


@app.command()
def scenarios(
    name: Annotated[
        str | None, typer.Argument(help="Show this one, resolved. 显示该情景。")
    ] = None,
    settings: Settings = None,
    as_json: Json = False,
    language: Speech = None,
) -> None:
    """List scenarios, or show one with units and sources (列出或查看情景)."""
    from experiments.describing import listed, resolved
    from experiments.language import chosen_language
    from experiments.tables import console, parameters_table, scenarios_table
    from simulation.scenario import load

    spoken = chosen_language(language)
    if name is None:
        rows = listed()
        if as_json:
            _print_json({"scenarios": rows})
        else:
            console().print(scenarios_table(rows, spoken))
        return
    loaded = load(name, _overrides(settings))
    rows = resolved(loaded)
    if as_json:
        _print_json({"scenario": loaded.name, "hash": loaded.fingerprint, "parameters": rows})
    else:
        console().print(parameters_table(loaded, rows, spoken))


@app.command()
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
    _prepare(spoken)
    bar = _progress(runs(replicates), say("running", spoken))
    with workers(_processes(number)) as spread, bar as advance:
        found = demonstrate(replicates, advance, spread)
    terminal, notes = console(), console(stderr=True)
    for part in shown(found, spoken):
        terminal.print(part)
    with notes.status(say("writing", spoken)):
        page, *_ = write_report(found.answer, out, command=f"swcmarket demo -n {replicates}")
    terminal.print(say("report_written", spoken, file=page), style="bold")


@app.command()
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
    for name in names or []:
        if name not in known:
            raise InputError(
                f"claims: {name!r} is unknown{close_to(name, known)}. Give some of "
                f"{', '.join(known)}, or none for all."
            )
    chosen = [known[name] for name in dict.fromkeys(names or known)]
    _prepare(spoken)
    with _progress(len(chosen), say("measuring", spoken)) as advance:
        verdicts = list(measured(chosen, advance))
    if as_json:
        rows = [
            {**verdict.claim._asdict(), "verdict": verdict.word, "reason": verdict.reason}
            for verdict in verdicts
        ]
        _print_json({"claims": rows})
    else:
        for table in claims_table(verdicts, spoken):
            console().print(table)
    if any(verdict.word == "fails" for verdict in verdicts):
        raise SystemExit(1)


@app.callback(invoke_without_command=True)
def about(
    version: Annotated[bool, typer.Option("--version", help="Version. 版本。")] = False,
) -> None:
    """A market laboratory for soil-and-water conservation credits (水土保持碳汇市场实验室)."""
    if version:
        from importlib.metadata import version as installed

        sys.stdout.write(f"swcmarket {installed('swcmarket')}\n")
        raise typer.Exit


@app.command()
def prepare(language: Speech = None) -> None:
    """Compile the model ahead of use (预先编译模型)."""
    from experiments.language import chosen_language

    _prepare(chosen_language(language))


def main(arguments: list[str] | None = None) -> None:
    """Entry point: errors become one line on stderr and exit status 2.

    Parameters
    ----------
    arguments : list of str, optional
        Words after the command name; those of the process where not given.
    """
    words = sys.argv[1:] if arguments is None else arguments
    try:
        status = app(args=words or ["--help"], prog_name="swcmarket", standalone_mode=False)
    except InputError as error:
        _fail(str(error), 2)
    except InvariantError as error:
        _fail(str(error), 3)
    except KeyboardInterrupt:
        _fail(STOPPED, INTERRUPTED)
    except OSError as error:
        _fail(f"{error.filename or 'system'}: {error.strerror or error}.", 2)
    except Exception as error:
        # Typer's own complaints about the words of the command know how to put themselves.
        tell = getattr(error, "format_message", None)
        if tell is None:
            raise
        said = tell()
        said = said if said.endswith("?") else f"{said.rstrip('.')}."
        _fail(f"{said} See `swcmarket --help`.", 2)
    else:
        if status == INTERRUPTED:
            _fail(STOPPED, INTERRUPTED)
        if isinstance(status, int) and status:
            raise SystemExit(status)


def _fail(message: str, status: int) -> None:
    line = " ".join(message.split())
    sys.stderr.write(f"swcmarket: {line}\n")
    raise SystemExit(status)


if __name__ == "__main__":
    main()
