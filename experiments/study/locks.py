"""One process writes a run of a store at a time; a lock ends with the process that holds it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from simulation.errors import InputError

__all__ = ["Shard", "held_alone", "parse_shard"]

# Of all runs, those from start to stop, as shares.
Shard = tuple[int, int]
WHOLE: Shard = (1, 1)


def parse_shard(text: str) -> Shard:
    """Shard from ``i/n``.

    Parameters
    ----------
    text : str

    Returns
    -------
    tuple of int and int
        i from 1 to n.

    Raises
    ------
    InputError
        When it is something else.
    """
    number, sign, of = text.partition("/")
    if not (sign and number.isascii() and number.isdigit() and of.isascii() and of.isdigit()):
        raise InputError(f"--shard {text}: is not I/N. Give for example --shard 1/4.")
    if not 1 <= int(number) <= int(of) <= 100_000:
        raise InputError(f"--shard {text}: give a part from 1 to {of}, of at most 100,000 parts.")
    return int(number), int(of)


def _overlap(one: Shard, other: Shard) -> bool:
    # Parts [i-1, i) of n, brought to a common measure.
    (i, n), (j, m) = one, other
    return (i - 1) * m < j * n and (j - 1) * n < i * m


def _shard_of(path: Path) -> Shard | None:
    parts = path.stem.split("-")
    return (int(parts[1]), int(parts[3])) if len(parts) == 4 else None


@contextmanager
def held_alone(folder: Path, shard: Shard = WHOLE) -> Iterator[None]:
    """Keep a shard of a store to this process.

    Parameters
    ----------
    folder : Path
        Of the store; must exist.
    shard : tuple of int and int

    Yields
    ------
    None

    Raises
    ------
    InputError
        When another process is writing runs of this shard.
    """
    with ExitStack() as stack:
        _take(stack, folder, shard)
        yield


def _take(stack: ExitStack, folder: Path, shard: Shard) -> None:
    place = folder / "locks"
    mine = place / f"shard-{shard[0]}-of-{shard[1]}.lock"
    try:
        place.mkdir(exist_ok=True)
        # Nobody else may look at the locks between our look and our taking one.
        with FileLock(place / "door.lock", timeout=10):
            for path in sorted({*place.glob("shard-*.lock"), mine}):
                other = _shard_of(path)
                if other is None or not _overlap(shard, other):
                    continue
                lock = FileLock(path, timeout=0)
                if path == mine:
                    stack.enter_context(lock)
                else:
                    with lock:
                        pass
    except Timeout:
        raise InputError(
            f"{folder}: another process is writing this study. Wait until it has ended, or give "
            "another folder with --out."
        ) from None
    except OSError as error:
        raise InputError(
            f"{place}: cannot be written ({error.strerror}). Give a folder you may write to."
        ) from None
