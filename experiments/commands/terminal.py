"""What several commands do on the terminal."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = [
    "StudyBar",
    "compile_first",
    "compile_laboratories_first",
    "overrides",
    "print_json",
    "processes",
    "progress",
    "study_progress",
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


def _bar() -> Any:  # noqa: ANN401
    """Bar on stderr with the rate and the time left."""
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
    return Progress(*columns, console=console(stderr=True), transient=False)


@contextmanager
def progress(total: int, text: str) -> Iterator[Callable[..., None]]:
    """A bar on stderr with the rate and the time left; nothing where nobody watches."""
    with _bar() as bar:
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
        from experiments.compiling_beside import from_the_other_end

        with from_the_other_end():
            _compile(steps(), compile_all(), language)


def compile_laboratories_first(language: str, wanted: set[str]) -> None:
    """Compile what "sessions", and "allowances" among firms with curves, need beside the model."""
    from simulation import compiling

    # The desks of the allowance laboratory are traders of sessions.
    if wanted & {"sessions", "allowances"} and not compiling.laboratory_is_compiled():
        _compile(compiling.laboratory_steps(), compiling.compile_laboratory(), language)
    if "allowances" in wanted and not compiling.allowances_are_compiled():
        _compile(compiling.allowances_steps(), compiling.compile_allowances(), language)


class StudyBar:
    """A bar that says how many runs have ended, how fast, how long it takes, and what failed.

    Parameters
    ----------
    bar : rich.progress.Progress
    language : {"en", "zh"}
    """

    def __init__(self, bar: Any, language: Any) -> None:  # noqa: ANN401
        self.bar, self.language = bar, language
        self.task: Any = None
        self.ended = self.total = self.failed = 0

    def begun(self, total: int, done: int) -> None:
        """Show how many runs there are, and how many the store holds already."""
        from experiments.language import say

        self.total, self.ended = total, done
        self.bar.start()
        if done:
            self.bar.console.print(say("study_goes_on", self.language, done=done, total=total))
        # What is there already would look like a rate of its own: the bar counts what is missing.
        self.task = self.bar.add_task(say("running", self.language), total=total - done)

    def told(self, ended: int, failed: int) -> None:
        """Count runs that have ended."""
        from experiments.language import say

        self.ended, self.failed = self.ended + ended, self.failed + failed
        text = say("running", self.language)
        if self.failed:
            text = say("running_failed", self.language, n=self.failed)
        self.bar.update(self.task, advance=ended, description=text)

    def stopped(self, folder: Any) -> None:  # noqa: ANN401
        """Say what is kept after an interrupt, and how to go on."""
        from experiments.language import say

        self.bar.console.print(say(
            "study_stopped", self.language, done=self.ended, total=self.total, folder=folder
        ))


@contextmanager
def study_progress(language: Any) -> Iterator[StudyBar]:  # noqa: ANN401
    """A bar for a study on stderr; nothing moves where nobody watches."""
    bar = _bar()
    try:
        yield StudyBar(bar, language)
    finally:
        # A bar that was never begun leaves no line behind.
        if bar.tasks:
            bar.stop()
