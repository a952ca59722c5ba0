"""Made-up runs that take no time, and studies small enough to count by hand."""

import math
import os

import numpy as np

from experiments.study.files import study_from
from experiments.study.jobs import Record
from simulation.outcomes import OUTCOMES

# Three parameters that stand for the three inputs of a made-up function.
KEYS = (
    "voluntary.demand_scale", "voluntary.willingness_scale", "verification.fixed_cost_yuan",
)
TABLE = {
    "name": "made", "scenario": "tiny", "set": {"months": 12}, "replicates": 2,
    "design": {"kind": "grid"},
    "factors": [
        {"key": KEYS[0], "values": [0.5, 1.0, 2.0]},
        {"key": "market.mechanism", "values": ["listing", "call_auction"]},
    ],
}


def study(tmp_path, **changes):
    """The small study with some entries changed."""
    return study_from({**TABLE, **changes}, tmp_path, "made.toml")


def record(value, series=()):
    """Every outcome the same number."""
    return Record(
        {outcome.name: value for outcome in OUTCOMES},
        {name: np.array([value, 2 * value]) for name in series},
    )


def scaled(scenario, seed, series=()):
    """The seed's last digits and the demand: who ran what can be told from it."""
    return record(1000.0 * scenario.voluntary.demand_scale + seed % 997, series)


def sometimes_wrong(scenario, seed, series=()):
    """Raises where demand is 1."""
    if scenario.voluntary.demand_scale == 1.0:
        raise ZeroDivisionError("no demand of one")
    return scaled(scenario, seed, series)


def deadly(scenario, seed, series=()):
    """Ends the process where demand is 1 and the seed is even."""
    if scenario.voluntary.demand_scale == 1.0 and scenario.market.mechanism == "listing":
        os._exit(9)
    return scaled(scenario, seed, series)


def inputs(scenario):
    """Three numbers from -pi to pi: the ranges of `ISHIGAMI` are as wide."""
    return (
        scenario.voluntary.demand_scale * 2 * math.pi - math.pi,
        scenario.voluntary.willingness_scale * 2 * math.pi - math.pi,
        scenario.verification.fixed_cost_yuan * 2 * math.pi - math.pi,
    )


def ishigami(scenario, seed, series=()):
    """Ishigami and Homma (1990) with a = 7 and b = 0.1."""
    x, y, z = inputs(scenario)
    return record(math.sin(x) + 7.0 * math.sin(y) ** 2 + 0.1 * z**4 * math.sin(x))


def noisy_ishigami(scenario, seed, series=()):
    """The same with as much noise as there is signal: its variance is 13.84."""
    point = np.array([*inputs(scenario), scenario.quote.anchor_weight])
    noise = np.random.default_rng([seed, *np.abs(point * 1e9).astype(np.int64)])
    return record(ishigami(scenario, seed).outcomes["volume_t"] + 13.8446**0.5 * noise.normal())


def boxed(scenario, seed, series=()):
    """1 in a box of two inputs, 0 elsewhere; the third has no effect."""
    x, y, _ = inputs(scenario)
    return record(float(x > 0.5 and y < 0.0))
