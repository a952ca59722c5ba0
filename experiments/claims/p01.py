"""P1: compliance purchases bunch before the deadline because of the pace, where firms decide.

The county world in which the credit counts for compliance from 2027, over all whole years since
then. Room for half of what is issued in a year, so that firms and not supply decide when credits
are bought; the call auction, because agreements have a smallest size and make firms save up orders.
Room, rule and bounds were chosen after a first look at all of them (report, "When compliance buyers
buy"): under bilateral agreements and with the whole room the pace does not show like this.
"""

import numpy as np

from experiments.bunching import EVEN, PaceCase, bunching, intended, last_share
from experiments.claims.claim import Claim, inside, near, reported
from experiments.mapping import scales_of
from experiments.seeds import replicate_seed
from simulation.scenario import load

__all__ = ["claims"]

WORLD = "ccer-eligible"
ROOM = 0.5
REPLICATES = 10
SOURCE = (
    "trade bunches before the deadline (data/allowance_volume.csv); the share is that of the pace, "
    "1 - (9/12)^pace"
)


def _share(case: PaceCase) -> float:
    return float(np.mean([share for share in last_share(case) if share is not None]))


def claims() -> list[Claim]:
    """Share of a year's purchases in the last three months, default and even pace."""
    scenario = load(WORLD)
    scales = scales_of(scenario, replicate_seed(1, 0))
    whole = scales.room_t / scales.issuance_t
    places = [("call_auction", ROOM), ("bilateral", ROOM), ("call_auction", whole)]
    cases = bunching(scenario, places, whole, replicates=REPLICATES)
    default, even, agreed, agreed_even, roomy, roomy_even = (_share(case) for case in cases)
    wanted = intended(cases[0].pace)
    return [
        inside("P1.default", "Share of compliance purchases in the last three months, default pace",
               SOURCE, 0.35, np.inf, default),
        near("P1.default.wanted", "The same, against the share that firms want", SOURCE, wanted,
             default, 0.05),
        near("P1.even", "Share in the last three months, even pace", SOURCE, intended(EVEN), even,
             0.03),
        reported("P1.bilateral.default", "Default pace under bilateral agreement", SOURCE, wanted,
                 agreed),
        reported("P1.bilateral.even", "Even pace under bilateral agreement", SOURCE,
                 intended(EVEN), agreed_even),
        reported("P1.whole.default", "Default pace with the whole room, where supply decides",
                 SOURCE, wanted, roomy),
        reported("P1.whole.even", "Even pace with the whole room, where supply decides", SOURCE,
                 intended(EVEN), roomy_even),
    ]
