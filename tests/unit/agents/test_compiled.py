"""The cache of compiled kernels: an edited source means another folder."""

import ast

import numba
import pytest

from agents.compiled import ROOT, cache_folder, source_fingerprint
from tests.helpers import both

RULE_FOLDERS = ("agents", "simulation")


@pytest.fixture
def sources(tmp_path):
    """A checkout with one file in each package."""
    for package in ("agents", "simulation"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "rule.py").write_text("x = 1\n")
    return tmp_path


def test_the_same_sources_have_the_same_fingerprint(sources):
    """Or nothing would ever be found again."""
    assert source_fingerprint(sources) == source_fingerprint(sources)


@pytest.mark.parametrize("package", ["agents", "simulation"])
def test_an_edited_rule_has_another_fingerprint(sources, package):
    """A kernel that calls it must be compiled again, although its own file is the same."""
    before = source_fingerprint(sources)
    (sources / package / "rule.py").write_text("x = 2\n")
    assert source_fingerprint(sources) != before


def test_a_renamed_source_has_another_fingerprint(sources):
    """The content alone does not say who is meant."""
    before = source_fingerprint(sources)
    (sources / "agents" / "rule.py").rename(sources / "agents" / "other.py")
    assert source_fingerprint(sources) != before


def test_the_cache_lies_where_the_user_wants_it(monkeypatch, tmp_path):
    """Also in a child process, which inherits the folder that its parent chose."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    folder = cache_folder()
    assert folder.parent == tmp_path
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(folder))
    assert cache_folder() == folder
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    assert cache_folder().parent == ROOT / ".cache" / "numba"


def test_numba_uses_that_folder():
    """Set before Numba is imported, or else Numba would keep its own."""
    assert numba.config.CACHE_DIR.endswith(source_fingerprint())


def _rules():
    for folder in RULE_FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                marks = getattr(node, "decorator_list", [])
                if any(isinstance(mark, ast.Name) and mark.id == "rule" for mark in marks):
                    yield node.name


def _worked():
    for path in sorted((ROOT / "tests" / "unit").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == both.__name__:
                yield getattr(node.args[0], "id", "")


def test_every_rule_has_a_worked_example():
    """Compiled and not: each rule is called by `both` in some unit test."""
    rules = set(_rules())
    assert len(rules) > 25
    assert rules - set(_worked()) == set()
