"""E4: conservation laws, in all named worlds and under all rules."""

import math
from collections.abc import Iterator

from agents.vocabulary import Mechanism
from experiments.claims.claim import Claim, inside, near
from experiments.conservation import Checked, run_checked
from experiments.workers import workers
from simulation.results import fingerprint
from simulation.scenario import load
from simulation.scenario_files import scenario_names
from simulation.world import World

__all__ = ["claims", "design", "same_again"]

SOURCE = "conservation of tonnes and money, budget limits and addressed draws: laws of the model"

SEEDS = (1, 2)
# Every pricing rule under every regime, among counties whose credits count for compliance from
# the fourth of these five years; with a tax on trade, a reserve levied in kind, banks, half of the
# audits, fines and missing tonnes made good, so that tonnes and money flow wherever they can.
RULES_WORLD = "ccer-eligible"
REGIMES = ("cap", "absolute", "tax", "neutralisation", "none")
RULES = {
    "months": 60, "transaction_tax.share": 0.03, "reserve.levy_share": 0.05,
    "reserve.soft_ceiling_yuan_per_t": 60.0, "voluntary.subsidy_yuan_per_t": 2.0,
    "voluntary.green_reserve_weight": 1.0, "banking.rule": "national", "penalty.make_good": True,
    "enforcement.audit_probability": 0.5,
}

Case = tuple[str, dict[str, object], int]


def design() -> Iterator[Case]:
    """Worlds that are looked at.

    Yields
    ------
    tuple of str, dict, int
        Scenario, what is set in it, and seed.
    """
    for name in scenario_names():
        for seed in SEEDS:
            yield name, {}, seed
    for mechanism in Mechanism:
        for regime in REGIMES:
            rules = {
                **RULES, "market.mechanism": mechanism.name.lower(), "regime.kind": regime,
            }
            yield RULES_WORLD, rules, SEEDS[0]


def _print_of(name: str, rules: dict[str, object], seed: int) -> str:
    # In one compiled loop, where the checked run stops every month.
    world = World(load(name, rules), seed)
    world.run()
    return fingerprint(world)


def same_again(cases: list[Case], prints: list[str], number: int) -> int:
    """Worlds that come out differently when they are run again.

    Parameters
    ----------
    cases : list of scenario, what is set in it, and seed
    prints : list of str
        Fingerprints of the first runs.
    number : int
        Processes to run them on.

    Returns
    -------
    int
    """
    with workers(number) as spread:
        again = spread(_print_of, cases, lambda: None)
    return sum(one != two for one, two in zip(prints, again, strict=True))


def claims() -> list[Claim]:
    """Laws, month by month and deal by deal; then all worlds again."""
    cases = list(design())
    named = sum(not rules for _, rules, _ in cases)
    found, prints = Checked(), []
    for name, rules, seed in cases:
        world = World(load(name, rules), seed)
        found = found.plus(run_checked(world))
        prints.append(fingerprint(world))
    looked_at = (
        ("worlds", "Worlds looked at", 60, len(cases)),
        ("months", "Months looked at", 5_000, found.months),
        ("deals", "Deals looked at", 50_000, found.deals),
        ("entries", "Entries of journals looked at", 500_000, found.entries),
    )
    broken = (
        ("tonnes", "Months in which credits issued are not held + escrow + pledged + buffer + "
         "retired + cancelled", found.tonnes),
        ("cash", "Months in which money does not add up to zero", found.cash),
        ("serials", "Months in which a serial number is in two blocks", found.serials),
        ("retired", "Months in which a credit has been retired or cancelled twice", found.retired),
        ("buyers", "Deals above the buyer's limit, tax included", found.buyers),
        ("sellers", "Deals below the seller's limit", found.sellers),
        ("rerun", "Worlds that differ by a byte when run again", same_again(cases, prints, 1)),
        ("workers", "Named worlds that differ by a byte when run on two processes",
         same_again(cases[:named], prints[:named], 2)),
    )
    return [
        inside(f"E4.{name}", statement, SOURCE, least, math.inf, measured)
        for name, statement, least, measured in looked_at
    ] + [near(f"E4.{name}", statement, SOURCE, 0, measured, 0) for name, statement, measured
         in broken]
