"""Numba's cache does not see that a callee in another file was edited; the guard does."""

import os
import shutil
import subprocess
import sys

import pytest

from agents.compiled import ROOT

CALLER = '''
from agents.compiled import kernel
from agents.answer import answer


@kernel
def ask():
    return answer()
'''
ANSWER = '''
from agents.compiled import rule


@rule
def answer():
    return {value}
'''


@pytest.fixture
def checkout(tmp_path):
    """A kernel in one package that calls a rule in another file."""
    for package in ("agents", "simulation"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    shutil.copy(ROOT / "agents" / "compiled.py", tmp_path / "agents")
    (tmp_path / "simulation" / "caller.py").write_text(CALLER)
    (tmp_path / "agents" / "answer.py").write_text(ANSWER.format(value=41))
    return tmp_path


def _asked(checkout, **environment):
    code = (
        "from simulation.caller import ask\n"
        "found = ask()\n"
        "print(found, sum(ask.stats.cache_hits.values()))"
    )
    surroundings = {k: v for k, v in os.environ.items() if k != "NUMBA_CACHE_DIR"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=checkout, check=True, capture_output=True, text=True,
        env={**surroundings, "PYTHONPATH": str(checkout), **environment},
    )
    value, hits = done.stdout.split()
    return int(value), int(hits)


def test_an_edited_rule_is_seen_by_a_cached_kernel(checkout):
    assert _asked(checkout) == (41, 0)
    assert _asked(checkout) == (41, 1), "the second process should have used the cache"
    (checkout / "agents" / "answer.py").write_text(ANSWER.format(value=42))
    assert _asked(checkout) == (42, 0)


def test_without_the_guard_the_edit_would_be_missed(checkout):
    """Why the guard is there: with one folder for all sources Numba keeps the stale kernel.

    The day this fails, Numba has mended it and the guard may go.
    """
    compiled = checkout / "agents" / "compiled.py"
    text = compiled.read_text(encoding="utf-8")
    compiled.write_text(text.replace("{source_fingerprint()}", "fixed"), encoding="utf-8")
    assert _asked(checkout) == (41, 0)
    (checkout / "agents" / "answer.py").write_text(ANSWER.format(value=42))
    assert _asked(checkout) == (41, 1)
