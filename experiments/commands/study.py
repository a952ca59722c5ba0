"""Run a study, or go on with one."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.commands.options import Json, Speech, Workers
from experiments.commands.terminal import compile_first, print_json, processes, study_progress

__all__ = ["study"]

SHORT_RUNS = 200


@contextmanager
def _ended_like_ctrl_c() -> Iterator[None]:
    # Batch queues ask a job to end with SIGTERM: what is in flight is given up, the rest is kept.
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def study(
    file: Annotated[str, typer.Argument(help="Name, or path of a .toml file. 研究名或文件。")],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="STORE", help="Folder of the runs. 存储目录。"),
    ] = None,
    number: Workers = 0,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS|local", help="Work on a Dask cluster. 使用Dask集群。",
        ),
    ] = None,
    shard: Annotated[
        str, typer.Option(metavar="I/N", help="Only this part of the runs. 只运行其中一份。")
    ] = "1/1",
    resume: Annotated[
        bool, typer.Option("--resume", help="Only go on; a new store is an error. 仅续跑。")
    ] = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="Try runs that raised again. 重试失败的运行。")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Say what it would take, and write nothing. 只估算。"),
    ] = False,
    as_json: Json = False,
    language: Speech = None,
) -> None:
    """Run a study, or go on with one (运行或续跑研究)."""
    from experiments.language import chosen_language
    from experiments.study.files import load_study
    from experiments.study.locks import parse_shard
    from experiments.study.pools import pool_for
    from experiments.study.session import run_study, total_runs
    from simulation.errors import InputError

    spoken = chosen_language(language)
    part = parse_shard(shard)
    found = load_study(file)
    folder = out or Path("results") / found.study.name
    compile_first(spoken)
    # Processes take two seconds to start: a short study has ended by then.
    short = not number and total_runs(found) <= SHORT_RUNS
    size = 1 if short else processes(number)
    if dry_run:
        _tell_estimate(found, size, spoken, as_json)
        return
    if resume and not (folder / "study.json").exists():
        raise InputError(
            f"{folder}: holds no study to go on with. Give its folder with --out, or leave "
            "--resume out."
        )
    with _ended_like_ctrl_c(), study_progress(spoken) as bar:
        pool = pool_for(size if cluster is None else processes(number), cluster)
        try:
            store, account = run_study(
                found, folder, pool, shard=part, retry=retry, begun=bar.begun, told=bar.told
            )
        except KeyboardInterrupt:
            bar.stopped(folder)
            raise
        finally:
            pool.close()
    _tell(store, account, spoken, as_json)


def _tell_estimate(found: Any, workers: int, spoken: Any, as_json: bool) -> None:  # noqa: ANN401
    from experiments.study.session import estimate
    from experiments.study.told import estimate_table
    from experiments.tables import console

    guess = estimate(found)
    if as_json:
        print_json({
            "study": found.study.name, "fingerprint": found.fingerprint, "points": guess.points,
            "replicates": found.study.replicates, "runs": guess.runs, "workers": workers,
            "seconds": guess.seconds(workers), "megabytes": guess.megabytes,
            "tried": guess.tried, "tried_failed": guess.failed,
        })
    else:
        console().print(estimate_table(found, guess, workers, spoken))


def _tell(store: Any, account: Any, spoken: Any, as_json: bool) -> None:  # noqa: ANN401
    from experiments.study.told import account_lines
    from experiments.tables import console

    if as_json:
        print_json({
            "store": str(store.folder), "study": store.study.name,
            **account._asdict(), "overhead_share": account.overhead_share,
            "kept": len(store.done()), "failures": len(store.failures()),
        })
        return
    terminal = console()
    for line in account_lines(store, account, spoken):
        terminal.print(line)
