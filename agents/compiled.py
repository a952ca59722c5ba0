"""Compile rules and kernels, and keep Numba's disk cache honest.

A *rule* is a small pure function of scalars; a *kernel* is a thin loop that walks the rows of a
population and calls rules. Both are compiled with the same settings: no ``fastmath`` and no
vectorised maths library, because both change the last bits of a result.

Numba's disk cache notices when the file of a function changes, but not when a function that it
*calls* changes in another file. So the cache lives in a folder named by a hash of every source
that can be compiled, and of the versions that compile it: an edited rule means a new folder.
"""

import hashlib
import os
import platform
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

__all__ = ["allocating_kernel", "cache_folder", "kernel", "rule", "source_fingerprint"]

ROOT = Path(__file__).resolve().parent.parent
COMPILED_PACKAGES = ("agents", "simulation")
_PREFIX = "swcmarket-"


def source_fingerprint(root: Path = ROOT) -> str:
    """Hash of every source file that may hold compiled code, and of what compiles it.

    Parameters
    ----------
    root : Path
        Folder that holds the packages ``agents`` and ``simulation``.

    Returns
    -------
    str
        Sixteen hexadecimal digits.
    """
    digest = hashlib.sha256()
    for part in (version("numba"), version("numpy"), platform.python_version()):
        digest.update(part.encode() + b"\0")
    for package in COMPILED_PACKAGES:
        for source in sorted((root / package).rglob("*.py")):
            digest.update(source.relative_to(root).as_posix().encode() + b"\0")
            digest.update(source.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Folder for the compiled kernels of exactly these sources.

    It lies in ``.cache/numba`` of the checkout, or below ``NUMBA_CACHE_DIR`` where the user has
    set that.

    Returns
    -------
    Path
        A folder that need not exist yet.
    """
    parent = Path(os.environ.get("NUMBA_CACHE_DIR") or ROOT / ".cache" / "numba")
    # A child process inherits the folder that its parent chose: step out of it again.
    if parent.name.startswith(_PREFIX):
        parent = parent.parent
    return parent / f"{_PREFIX}{source_fingerprint()}"


os.environ["NUMBA_CACHE_DIR"] = str(cache_folder())

import numba  # noqa: E402  (the cache folder must be known before Numba is imported)

# Where somebody imported Numba before us, it has read the environment already.
numba.config.CACHE_DIR = os.environ["NUMBA_CACHE_DIR"]


def rule[F: Callable[..., Any]](function: F) -> F:
    """Compile a decision: a pure function of scalars.

    The text stays reachable as ``function.py_func`` for tests and for the object version.

    Parameters
    ----------
    function : callable
        State and draws in, choice out; no loop, no object, no generator inside.

    Returns
    -------
    callable
        The compiled function.
    """
    return numba.njit(cache=True)(function)


def kernel[F: Callable[..., Any]](function: F) -> F:
    """Compile a thin loop over rows.

    Parameters
    ----------
    function : callable
        Takes structured arrays and parameter records, calls rules, writes columns in place.

    Returns
    -------
    callable
        The compiled function.

    Notes
    -----
    Counts no references, which took a third of a month: the arrays are the caller's and outlive
    the call. So a kernel makes no array (Numba refuses to compile that) and calls nothing that
    returns one (that would never be freed; a test looks for it). See `allocating_kernel`. While
    it runs, other threads of Python go on: a page answers while a month is worked out.
    """
    return numba.njit(cache=True, _nrt=False, nogil=True)(function)


def allocating_kernel[F: Callable[..., Any]](function: F) -> F:
    """Compile a loop over rows that makes arrays, or calls a kernel that returns one.

    Parameters
    ----------
    function : callable
        As for `kernel`.

    Returns
    -------
    callable
        The compiled function.
    """
    return numba.njit(cache=True, _nrt=True, nogil=True)(function)
