"""What several commands do on the terminal."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = [
    "compile_first",
    "compile_laboratories_first",
    "overrides",
    "print_json",
    "processes",
    "progress",
    "tell_notes",
]


def processes(number: int) -> int:
    """Processes to use: so many, or one a processor where it says 0."""
    from experiments.workers import available_workers

    return number or available_workers()


def print_json(content: object) -> None:
    """Print one JSON object and nothing else."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def overrides(settings: list[str] | None) -> dict[str, Any]:
    """Dotted key to value, from ``KEY=VALUE`` texts; the last one of a key counts."""
    from simulation.scenario_files import parse_override

    return dict(parse_override(text) for text in settings or [])


@contextmanager
def progress(total: int, text: str) -> Iterator[Callable[..., None]]:
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


def tell_notes(scenarios: list[Any], language: Any) -> None:  # noqa: ANN401
    """Say on stderr what is allowed in these scenarios and may yet be a slip of the pen."""
    from experiments.describing import notes

    lines = [line for scenario in scenarios for line in notes(scenario, language)]
    for line in dict.fromkeys(lines):
        sys.stderr.write(f"swcmarket: {line}\n")


def _compile(steps: int, work: Iterator[str], language: str) -> None:
    from experiments.language import say

    with progress(steps, say("compiling", language)) as advance:
        for what in work:
            advance(what)


def compile_first(language: str) -> None:
    """Compile the model where these sources have not been compiled yet."""
    from simulation.compiling import compile_all, is_compiled, steps

    if not is_compiled():
        _compile(steps(), compile_all(), language)


def compile_laboratories_first(language: str, wanted: set[str]) -> None:
    """Compile what "sessions", and "allowances" among firms with curves, need beside the model."""
    from simulation import compiling

    # The desks of the allowance laboratory are traders of sessions.
    if wanted & {"sessions", "allowances"} and not compiling.laboratory_is_compiled():
        _compile(compiling.laboratory_steps(), compiling.compile_laboratory(), language)
    if "allowances" in wanted and not compiling.allowances_are_compiled():
        _compile(compiling.allowances_steps(), compiling.compile_allowances(), language)
