"""What is compiled ahead: nothing is left for the first claim to wait for."""

import importlib
import pkgutil
import subprocess
import sys

import simulation.allowances
from agents.compiled import ROOT

COUNT = """
from simulation import compiling
for _ in compiling.compile_laboratory():
    pass
for _ in compiling.compile_allowances():
    pass
import tests.unit.simulation.test_compiling as here
before = here.compiled_signatures()
from experiments.claims import b06, b09
b06.claims()
b09.claims()
after = here.compiled_signatures()
print(sorted(name for name in after if after[name] != before.get(name, 0)))
"""


def compiled_signatures():
    """Number of compiled signatures of each kernel of the allowance laboratory."""
    found = {}
    for module in pkgutil.iter_modules(simulation.allowances.__path__):
        loaded = importlib.import_module(f"simulation.allowances.{module.name}")
        for name, value in vars(loaded).items():
            if hasattr(value, "signatures") and value.py_func.__module__ == loaded.__name__:
                found[f"{module.name}.{name}"] = len(value.signatures)
    return found


def test_the_allowance_laboratory_is_compiled_ahead():
    """After `compile_allowances` claims with rounds, banks and desks compile no kernel any more."""
    said = subprocess.run(
        [sys.executable, "-c", COUNT], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert said.stdout.strip().splitlines()[-1] == "[]"
