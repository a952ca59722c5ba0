"""Imports point one way: app, dashboard, experiments, simulation, agents."""

import ast
from pathlib import Path

import pytest

from agents.compiled import ROOT

LAYERS = ("agents", "simulation", "experiments", "dashboard", "app")
OUTSIDE = ("tests", "benchmarks")


def _imported(path: Path) -> set[str]:
    """First names of everything a file imports, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides where it points"
            found.add((node.module or "").split(".")[0])
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            texts = [item for item in node.args if isinstance(item, ast.Constant)]
            found |= {str(text.value).split(".")[0] for text in texts}
    return found


def _sources(root: Path) -> list[Path]:
    found = [root / "app.py"] if (root / "app.py").exists() else []
    for layer in LAYERS:
        found += sorted((root / layer).rglob("*.py"))
    return found


def wrong_imports(root: Path) -> list[str]:
    """Each import that points up, or to tests and benchmarks."""
    wrong = []
    for path in _sources(root):
        place = path.relative_to(root)
        level = LAYERS.index(place.parts[0].removesuffix(".py"))
        for name in sorted(_imported(path)):
            if name in OUTSIDE or (name in LAYERS and LAYERS.index(name) > level):
                wrong.append(f"{place.as_posix()} imports {name}")
    return wrong


def test_imports_point_one_way():
    """An agent that knew its world could not be moved to another."""
    assert len(_sources(ROOT)) > 30
    assert wrong_imports(ROOT) == []


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("agents/x.py", "import simulation\n"),
        ("agents/x.py", "def late():\n    from simulation.world import World\n"),
        ("agents/deep/x.py", "import numpy, experiments.cli\n"),
        ("simulation/x.py", "from experiments import cli\n"),
        ("simulation/x.py", "import tests.helpers\n"),
        ("experiments/x.py", "from benchmarks import month\n"),
        ("experiments/x.py", "import importlib\nimportlib.import_module('dashboard.pages')\n"),
        ("dashboard/x.py", "import app\n"),
        ("app.py", "import tests\n"),
    ],
)
def test_an_import_that_points_up_is_found(tmp_path, place, text):
    """Also inside a function, among others, and by name."""
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    assert len(wrong_imports(tmp_path)) == 1


def test_an_import_that_points_down_is_fine(tmp_path):
    """Every layer may know those below it."""
    (tmp_path / "simulation").mkdir()
    (tmp_path / "simulation" / "x.py").write_text("import agents\nimport simulation.world\n")
    (tmp_path / "app.py").write_text("import dashboard, experiments, simulation, agents\n")
    assert wrong_imports(tmp_path) == []
