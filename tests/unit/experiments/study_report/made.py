"""Reports of studies whose runs take no time, one for each design."""

import json
import math

from experiments.study.findings import as_json, findings_of
from experiments.study.pools import Here
from experiments.study.reading import read_store
from experiments.study.session import run_study
from experiments.study_report import writing
from experiments.study_report.page import sections_of
from experiments.study_report.subject import Subject
from simulation.outcomes import OUTCOMES
from tests.unit.experiments.study.made import KEYS, record, study

HOSTILE = "<script>alert('x')</script> & \"quoted\""
RANGES = [
    {"key": KEYS[0], "low": 0.1, "high": 1.0, "scale": "log"},
    {"key": KEYS[1], "low": 0.1, "high": 1.0},
    {"key": "market.mechanism", "role": "uncertainty", "values": ["listing", "call_auction"]},
]
OPTIONS = {
    "name": "levers", "role": "lever", "label": "Levers", "label_zh": "政策",
    "options": {HOSTILE: {}, "cheaper": {"verification.fixed_cost_yuan": 10.0}},
}
LISTED = f"{KEYS[0]},market.mechanism\n0.5,listing\n1.0,call_auction\n2.0,listing\n"
CASE = {"outcome": "volume_t", "above": 60.0}
CRITERIA = [
    {"outcome": "volume_t", "better": "high", "threshold": 60.0},
    {"outcome": "price_yuan_per_t", "better": "low"},
]


def responding(scenario, seed, series=()):
    """Volume rises with demand and with cheap verification, price with both wishes; some luck."""
    demand, wish = scenario.voluntary.demand_scale, scenario.voluntary.willingness_scale
    luck = (seed % 101) / 101
    found = record(0.5).outcomes
    cheap = 20.0 if scenario.verification.fixed_cost_yuan < 100.0 else 0.0
    volume = 100.0 * demand + 5.0 * wish + cheap + luck
    # Below a little demand nothing is sold, and there is no price.
    price = None if demand < 0.12 else 20.0 + 10.0 * demand * wish + luck
    outcomes = {**found, "volume_t": volume, "price_yuan_per_t": price}
    return record(0.5)._replace(outcomes=outcomes)


def boxed(scenario, seed, series=()):
    """Much is sold where demand is high and wishes are low, and only there."""
    demand, wish = scenario.voluntary.demand_scale, scenario.voluntary.willingness_scale
    return record(100.0 if demand > 0.5 and wish < 0.5 else 10.0)


def constant(scenario, seed, series=()):
    """The same everywhere."""
    return record(7.0)


def noise(scenario, seed, series=()):
    """Luck and nothing else."""
    return record(float(math.sin(seed * 12.9898) * 43758.5453 % 1.0))


def never(scenario, seed, series=()):
    """Nothing is ever sold."""
    return record(0.5)._replace(outcomes={outcome.name: None for outcome in OUTCOMES})


DESIGNS = {
    "sobol": {"design": {"kind": "sobol", "points": 32, "second_order": True}, "factors": RANGES,
              "replicates": 3},
    "morris": {"design": {"kind": "morris", "points": 12}, "factors": RANGES, "replicates": 3},
    "latin_hypercube": {"design": {"kind": "latin_hypercube", "points": 40}, "factors": RANGES},
    "discovery": {"design": {"kind": "latin_hypercube", "points": 200}, "factors": RANGES,
                  "discovery": CASE, "replicates": 1},
    "grid": {"design": {"kind": "grid"}, "factors": [
        {"key": KEYS[0], "values": [0.5, 1.0, 2.0]},
        {"key": "market.mechanism", "values": ["listing", "call_auction"]}], "replicates": 6},
    "line": {"design": {"kind": "grid"}, "factors": [
        {"key": KEYS[0], "low": 0.1, "high": 1.0, "scale": "log", "steps": 5}], "replicates": 6},
    "list": {"design": {"kind": "list", "file": "points.csv"}, "factors": [], "replicates": 6},
    "crossed": {"design": {"kind": "crossed", "points": 24}, "factors": [OPTIONS, *RANGES],
                "criteria": CRITERIA},
    "search": {"design": {"kind": "search", "points": 8, "generations": 3}, "factors": RANGES[:2],
               "criteria": CRITERIA},
}
MEASURES = {"discovery": boxed}


def findings(kind, folder, measure=None, **changes):
    """What a study of a kind found."""
    table = {"outcomes": ["price_yuan_per_t", "volume_t"], "title": "A title", "title_zh": "标题",
             **DESIGNS[kind], **changes}
    (folder / "points.csv").write_text(LISTED, encoding="utf-8")
    store, _ = run_study(
        study(folder, **table), folder / "store", Here(),
        measure=measure or MEASURES.get(kind, responding),
    )
    return findings_of(read_store(store), resamples=100)


class Made:
    """A report that was written, without its drawings, and what it was written from."""

    def __init__(self, found, folder):
        self.found, self.subject = found, Subject(found)
        self.sections = sections_of(self.subject)
        self.folder = folder / "report"
        self.paths = writing.write_study_report(found, self.folder, command="swcmarket report x")
        self.text = self.paths[0].read_text(encoding="utf-8")
        self.json = json.loads(json.dumps(as_json(found)))

    def look_up(self, address):
        """Value of an address in the findings."""
        place = self.json
        if address.split("/")[0] == "discovery":
            place = {"discovery": self.json["discovery"]}
        for part in address.split("/"):
            if part == "#":
                return len(place)
            if isinstance(place, list):
                # The ends of a front are its first and its last.
                place = place[-1 if address.startswith("front/1/") else int(part)]
            else:
                place = place[part]
        return place
