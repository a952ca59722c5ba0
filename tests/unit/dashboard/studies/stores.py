"""Stores of made-up studies of every design, in no time."""

from experiments.study.pools import Here
from experiments.study.session import run_study
from tests.unit.experiments.study import made
from tests.unit.experiments.study.made import KEYS, study

INPUTS = [{"key": key, "low": 0.0, "high": 1.0} for key in KEYS]
ONE_YEAR = {"set": {"months": 1}}
LEVER = {"key": "market.mechanism", "role": "lever", "values": ["listing", "call_auction"],
         "levels_zh": {"listing": "挂牌", "call_auction": "集合竞价"}}
# Kind to measure and what is changed of the small study.
DESIGNS = {
    "grid": (made.scaled, {}),
    "line": (made.scaled, {"factors": [{"key": KEYS[0], "values": [0.5, 1.0, 2.0]}]}),
    "sobol": (made.ishigami, {
        "design": {"kind": "sobol", "points": 128}, "factors": INPUTS, "replicates": 3}),
    "morris": (made.ishigami, {
        "design": {"kind": "morris", "points": 8}, "factors": INPUTS, "replicates": 3}),
    "boxes": (made.boxed, {
        "design": {"kind": "latin_hypercube", "points": 200}, "factors": [*INPUTS, LEVER],
        "replicates": 1,
        "discovery": {"outcome": "volume_t", "above": 0.5, "label": "<b>much</b> & more",
                      "label_zh": "多"}}),
    "crossed": (made.scaled, {
        "design": {"kind": "crossed", "points": 6}, "factors": [
            LEVER, {"key": KEYS[0], "role": "uncertainty", "low": 0.5, "high": 2.0}],
        "criteria": [{"outcome": "volume_t", "better": "high", "threshold": 1000.0}]}),
    "search": (made.ishigami, {
        "design": {"kind": "search", "points": 8, "generations": 3}, "factors": [
            {**each, "role": "lever"} for each in INPUTS], "replicates": 1,
        "criteria": [{"outcome": "volume_t", "better": "high"},
                     {"outcome": "price_yuan_per_t", "better": "low"}]}),
    "failing": (made.sometimes_wrong, {}),
}


def store_of(root, kind, name=""):
    """A store of a kind below a folder of results."""
    measure, changes = DESIGNS[kind]
    changes = {"name": kind, "outcomes": ["volume_t"], **ONE_YEAR, **changes}
    folder = root / (name or kind)
    folder.parent.mkdir(parents=True, exist_ok=True)
    run_study(study(root, **changes), folder, Here(), measure=measure)
    return folder
