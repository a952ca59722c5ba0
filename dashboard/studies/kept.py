"""What is known of stores, worked out once for all visitors, read only."""

import logging
import os
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import pandas

from dashboard.studies.finding import Place, places, roots
from experiments.study.findings import findings_of
from experiments.study.identity import open_store
from experiments.study.reading import Reading, flat_table, read_store
from experiments.study.replaying import Replay, replay
from experiments.study.store import Store
from experiments.study_report.page import sections_of
from experiments.study_report.parts import Section
from experiments.study_report.subject import Subject
from simulation.errors import InputError

__all__ = ["Analysis", "Listed", "analysis_of", "listing", "listing_later", "replay_of", "state_of"]

LOG = logging.getLogger("swcmarket.dashboard")
# Analyses are kept while they are among the last so many looked at.
MOST_KEPT = 8
_WORKERS = ThreadPoolExecutor(2, thread_name_prefix="studies")
_LOCK = Lock()
_KEPT: OrderedDict[Hashable, Future] = OrderedDict()


class Listed(NamedTuple):
    """A store in the list.

    Attributes
    ----------
    name : str
    title, title_zh, design : str
        Empty where it cannot be read.
    ended, expected : int
    fault : str
        Why it cannot be read, in one line.
    """

    name: str
    title: str
    title_zh: str
    design: str
    ended: int
    expected: int
    fault: str


class Analysis:
    """A store and all that is found in it.

    Parameters
    ----------
    place : Place

    Attributes
    ----------
    subject : Subject
        Findings with their names.
    sections : list of Section
        What the report of the study shows, in its order.

    Raises
    ------
    InputError
        In one line, without the path of the store.
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        self.reading: Reading = _readable(place, lambda: read_store(open_store(place.folder)))
        self.subject: Subject = _readable(place, lambda: Subject(findings_of(self.reading)))
        self.sections: list[Section] = _readable(place, lambda: sections_of(self.subject))
        self.counts: dict[str, int] = _readable(place, self._counts)
        # Drawn by several threads, so worked out before any of them asks.
        _readable(place, lambda: (self.subject.means, self.table))

    @property
    def store(self) -> Store:
        """The store itself."""
        return self.reading.store

    def _counts(self) -> dict[str, int]:
        ended, failed = int(self.reading.ended.sum()), len(self.store.failures())
        expected = self.reading.expected
        return {"points": self.reading.points, "replicates": self.reading.study.replicates,
                "expected": expected, "ended": ended, "failed": failed,
                "missing": max(expected - ended - failed, 0)}

    @cached_property
    def table(self) -> pandas.DataFrame:
        """Every run, failed ones included, with its message."""
        flat = flat_table(self.reading)
        failures = self.store.failures()
        if len(failures):
            told = dict(zip(failures["run"], failures["message"], strict=True))
            flat["message"] = flat["run"].map(told)
        return flat


def state_of(folder: Path) -> tuple[Any, ...]:
    """What changes when a run is added to a store, or its study is edited."""
    found: list[Any] = []
    for here, folders, files in os.walk(folder):
        # Neither locks nor reports change what was run.
        folders[:] = [name for name in folders if name in ("runs", "failures", "scenarios")]
        for name in files:
            try:
                seen = os.stat(os.path.join(here, name))
            except OSError:
                continue
            found.append((os.path.join(here, name), seen.st_mtime_ns, seen.st_size))
    return tuple(sorted(found))


def listing(below: Sequence[Path] | None = None) -> list[Listed]:
    """Every store that may be read, with how far it has come.

    Parameters
    ----------
    below : sequence of Path, optional
        Folders of results; those of `roots` where not given.

    Returns
    -------
    list of Listed
    """
    return [_listed(place) for place in places(roots() if below is None else below)]


def listing_later() -> "Future[list[Listed]]":
    """The list, worked out beside the pages."""
    return _WORKERS.submit(listing)


def _listed(place: Place) -> Listed:
    return _shared(("listed", place.folder, state_of(place.folder)),
                   lambda: _counted(place), at_once=True).result()


def _counted(place: Place) -> Listed:
    def look() -> Listed:
        store = open_store(place.folder)
        study = store.study
        points = study.point_count
        if not points and (place.folder / "points.parquet").exists():
            points = store.points().num_rows
        ended = len(store.done(also_failed=False))
        return Listed(place.name, study.title or study.name, study.title_zh, study.design.kind,
                      ended, points * study.replicates, "")

    try:
        return _readable(place, look)
    except InputError as error:
        return Listed(place.name, "", "", "", 0, 0, str(error))


def analysis_of(place: Place) -> "Future[Analysis]":
    """Analysis of a store as it is now; many who ask share one.

    Parameters
    ----------
    place : Place

    Returns
    -------
    Future of Analysis
        Raises `InputError` where the store cannot be analysed.
    """
    return _shared(("analysis", place.folder, state_of(place.folder)), lambda: Analysis(place))


def replay_of(analysis: Analysis, run: int) -> "Future[Replay]":
    """Run a run of a store again, beside the pages.

    Parameters
    ----------
    analysis : Analysis
    run : int

    Returns
    -------
    Future of Replay
    """
    return _WORKERS.submit(
        _readable, analysis.place, lambda: replay(analysis.store, run)
    )


def _shared(key: Hashable, make: Callable[[], Any], *, at_once: bool = False) -> Future:
    with _LOCK:
        future = _KEPT.get(key)
        if future is None:
            future = Future() if at_once else _WORKERS.submit(make)
            _KEPT[key] = future
            fresh = at_once
        else:
            fresh = False
        _KEPT.move_to_end(key)
        kind = key[0] if isinstance(key, tuple) else None
        of_kind = [each for each in _KEPT if isinstance(each, tuple) and each[0] == kind]
        most = MOST_KEPT if kind == "analysis" else 50 * MOST_KEPT
        for old in of_kind[: max(len(of_kind) - most, 0)]:
            del _KEPT[old]
    if fresh:
        try:
            future.set_result(make())
        except Exception as error:
            future.set_exception(error)
    return future


def _readable[Found](place: Place, look: Callable[[], Found]) -> Found:
    """Whatever is wrong with a store becomes one line that names it as visitors know it."""
    try:
        return look()
    except InputError as error:
        text = str(error).replace(str(place.folder), place.name)
        raise InputError(" ".join(text.split())) from None
    except (MemoryError, RecursionError, Exception) as error:
        LOG.warning("store %s cannot be read", place.name, exc_info=error)
        what = " ".join(str(error).split())[:120]
        raise InputError(
            f"{place.name}: cannot be read ({type(error).__name__}: {what}). It is damaged, or was "
            "written by another version. See the log of the server."
        ) from None
