"""Write the golden figures anew: `python -m tests.golden.refresh`."""

import json
from pathlib import Path

from simulation import load, simulate

FIGURES = Path(__file__).with_name("figures.json")
CASES = ("ziyang", "tiny/listing", "tiny-eligible/listing", "tiny-eligible/call_auction")


def measured(case):
    """Outcomes of one case, seed 1."""
    name, _, mechanism = case.partition("/")
    overrides = {"market.mechanism": mechanism} if mechanism else {}
    return simulate(load(name, overrides), seed=1).outcomes


def main():
    found = {case: measured(case) for case in CASES}
    FIGURES.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(f"{FIGURES.name}: {len(found)} cases written")


if __name__ == "__main__":
    main()
