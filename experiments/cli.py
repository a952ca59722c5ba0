"""The command line: `swcmarket`."""

import multiprocessing
import os
import sys
import threading
from typing import Annotated

import typer

from experiments.commands.analyse import analyse
from experiments.commands.announcement import announcement
from experiments.commands.claims import claims
from experiments.commands.compare import compare
from experiments.commands.dashboard import dashboard
from experiments.commands.demo import demo
from experiments.commands.export import export
from experiments.commands.ledger import ledger
from experiments.commands.prepare import prepare
from experiments.commands.replay import replay
from experiments.commands.report import report
from experiments.commands.run import run
from experiments.commands.scenarios import scenarios
from experiments.commands.scheme import scheme
from experiments.commands.study import study
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

INTERRUPTED = 130
# So long an interrupted command waits for processes of its own.
PATIENCE_SECONDS = 20.0
STOPPED = "stopped; nothing that was written is lost. Run the same command again."

for command in (
    run, compare, study, analyse, report, replay, export, announcement, scheme, ledger, scenarios,
    demo, claims, dashboard, prepare,
):
    app.command()(command)


@app.callback(invoke_without_command=True)
def about(
    version: Annotated[bool, typer.Option("--version", help="Version. 版本。")] = False,
) -> None:
    """A market laboratory for soil-and-water conservation credits (水土保持碳汇市场实验室)."""
    if version:
        from importlib.metadata import version as installed

        sys.stdout.write(f"swcmarket {installed('swcmarket')}\n")
        raise typer.Exit


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
        _stop(arguments)
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
            _stop(arguments)
        if isinstance(status, int) and status:
            raise SystemExit(status)


def _stop(arguments: list[str] | None) -> None:
    # Worker processes that were interrupted in the midst of starting may never answer, and Python
    # would wait for them for ever.
    def leave() -> None:
        for process in multiprocessing.active_children():
            process.kill()
        os._exit(INTERRUPTED)

    if arguments is None:
        timer = threading.Timer(PATIENCE_SECONDS, leave)
        timer.daemon = True
        timer.start()
    _fail(STOPPED, INTERRUPTED)


def _fail(message: str, status: int) -> None:
    line = " ".join(message.split())
    sys.stderr.write(f"swcmarket: {line}\n")
    raise SystemExit(status)


if __name__ == "__main__":
    main()
