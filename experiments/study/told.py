"""What the terminal says of a study: what it would take, and what became of it."""

from collections.abc import Iterator

from rich.markup import escape
from rich.table import Table

from experiments.language import Language, pick
from experiments.study.files import StudyFile
from experiments.study.replaying import Replay
from experiments.study.runner import Account
from experiments.study.session import Estimate
from experiments.study.store import Store
from experiments.study.words import tell
from experiments.tables import number
from simulation.outcomes import OUTCOMES

__all__ = ["account_lines", "duration", "estimate_table", "replay_lines", "replay_table"]


def duration(seconds: float, language: Language) -> str:
    """A time as people say it."""
    if seconds < 90.0:
        return tell("seconds", language, n=f"{seconds:.0f}" if seconds >= 10 else f"{seconds:.1f}")
    if seconds < 90.0 * 60:
        return tell("minutes", language, n=f"{seconds / 60:.0f}")
    return tell("hours", language, n=f"{seconds / 3600:.1f}")


def estimate_table(
    found: StudyFile, guess: Estimate, workers: int, language: Language
) -> Table:
    """What a study would take.

    Parameters
    ----------
    found : StudyFile
    guess : Estimate
    workers : int
    language : {"en", "zh"}

    Returns
    -------
    rich.table.Table
    """
    study = found.study
    table = Table(title=pick(study.title or study.name, study.title_zh, language),
                  show_header=False)
    table.add_column()
    table.add_column(justify="right")
    rows = [
        ("design", tell(study.design.kind, language)),
        ("factors", f"{len(study.factors) or len(found.listed[0])}"),
        ("points", f"{guess.points:,}"), ("replicates", f"{study.replicates:,}"),
        ("runs", f"{guess.runs:,}"),
        ("time", tell("with_workers", language, time=duration(guess.seconds(workers), language),
                      n=workers)),
        ("disk", f"{guess.megabytes:,.1f} MB"),
    ]
    for name, text in rows:
        table.add_row(tell(name, language), text)
    said = tell("tried", language, n=guess.tried, a=f"{1000 * guess.seconds_a_run:.0f}")
    if guess.failed:
        said += tell("tried_failed", language, n=guess.failed)
    table.caption = said
    return table


def account_lines(store: Store, account: Account, language: Language) -> Iterator[str]:
    """What became of a study, a line each.

    Parameters
    ----------
    store : Store
    account : Account
    language : {"en", "zh"}

    Yields
    ------
    str
    """
    ended = account.done + account.failed
    if ended:
        yield tell(
            "ran", language, n=f"{ended:,}", time=duration(account.seconds, language),
            rate=f"{ended / account.seconds:,.1f}", workers=account.workers,
            share=f"{account.overhead_share:.0%}",
        )
    else:
        yield tell("nothing_missing", language)
    if account.losses:
        yield tell("losses", language, n=account.losses)
    failed = len(store.failures())
    if failed:
        yield tell("failures", language, n=f"{failed:,}", folder=escape(str(store.folder)))
    yield tell("store_is", language, folder=escape(str(store.folder)))


def replay_lines(found: Replay, store: Store, language: Language) -> Iterator[str]:
    """What was run again, and whether it came out the same.

    Parameters
    ----------
    found : Replay
    store : Store
    language : {"en", "zh"}

    Yields
    ------
    str
    """
    yield tell(
        "replay_of", language, run=found.run, study=store.study.name, point=found.point,
        replicate=found.replicate, seed=found.seed,
    )
    factors = {factor.called: factor for factor in store.study.factors}
    for name, level in found.levels.items():
        label = factors[name].title(language) if name in factors else name
        shown = f"{level:.6g}" if isinstance(level, float) else f"{level}"
        yield f"  {label} [{name}] = {shown}".replace("[", r"\[")
    if found.error_recorded:
        yield tell("error_was", language, error=found.error_recorded).replace("[", r"\[")
        key = "error_again" if found.reproduced else "error_differs"
        yield tell(key, language, error=found.error_found or tell("none", language))
    elif found.reproduced:
        yield tell("same_numbers", language, n=len(found.found))
    else:
        yield tell("other_numbers", language, n=len(found.differing), of=len(found.found))


def replay_table(found: Replay, store: Store, language: Language) -> Table:
    """Recorded and found numbers: those of the study's outcomes, and all that differ."""
    table = Table()
    for key in ("outcome", "recorded", "found_now"):
        table.add_column(tell(key, language), justify="left" if key == "outcome" else "right")
    known = {outcome.name: outcome for outcome in OUTCOMES}
    for name in dict.fromkeys([*store.study.outcomes, *found.differing]):
        label = pick(known[name].label, known[name].label_zh, language)
        numbers = (found.recorded.get(name), found.found.get(name))
        table.add_row(label, *(number(value, language) for value in numbers))
    return table
