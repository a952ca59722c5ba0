"""B10: a price collar binds when it should, and a finite reserve can run out."""

import numpy as np

from experiments.claims.allowance_setups import THOUSAND, period, sector
from experiments.claims.claim import Claim, inside, near
from simulation.allowances import Compliance, Rounds, Supply, supply_of
from simulation.theory.abatement import linear_mac
from simulation.theory.collar import collar_market

__all__ = ["CAP_T", "CEILING", "FLOOR", "agent_claims", "claims", "solver_claims"]

SOURCE = "worked from MAC 100 + shock - E, cap 60, floor 30, ceiling 50"

LABORATORY = (
    "signs of Perkis, Cason and Tyner (2016), Environmental and Resource Economics 63:785, and of "
    "Holt and Shobe (2016), JEEM 80:69"
)

CAP_T, FLOOR, CEILING = 60.0, 30.0, 50.0
RESERVE_T = 5.0
# Damage of a tonne: the price at the mean cost, so that the cap is right on average.
DAMAGE, SHOCK_SD, WORLDS = 40.0, 15.0, 100
# Shock, price, emissions, withheld, sold beyond the cap.
CASES = ((-20, 30.0, 50.0, 10.0, 0.0), (0, 40.0, 60.0, 0.0, 0.0), (20, 50.0, 70.0, 0.0, 10.0))


def solver_claims() -> list[Claim]:
    """Three shocks under a hard ceiling, one under a reserve of 5 t."""
    found = []
    for shock, *expected in CASES:
        solved = collar_market(linear_mac(100.0 + shock, 1.0), CAP_T, floor=FLOOR, ceiling=CEILING)
        measured = (
            solved.price, float(solved.emissions_t.sum()), solved.withheld_t, solved.sold_extra_t
        )
        names = ("price", "emissions", "withheld", "sold_extra")
        words = ("Price, yuan/t", "Emissions, t", "Withheld, t", "Sold beyond the cap, t")
        found += [
            near(f"B10.solver.{name}.{shock}", f"{word}, shock {shock}", SOURCE, wanted, number,
                 1e-6)
            for name, word, wanted, number in zip(names, words, expected, measured, strict=True)
        ]
    soft = collar_market(linear_mac(120.0, 1.0), CAP_T, floor=FLOOR, tiers=[(CEILING, 5.0)])
    found.append(near(
        "B10.solver.soft", "Price with a reserve of 5 t at the ceiling, shock 20, yuan/t", SOURCE,
        55.0, soft.price, 1e-6,
    ))
    return found


def _supply(kind: str) -> Supply:
    cap = round(CAP_T * THOUSAND)
    if kind == "none":
        return supply_of(cap)
    if kind == "soft":
        return supply_of(cap, floor=FLOOR, tiers=[(CEILING, round(RESERVE_T * THOUSAND))])
    return supply_of(cap, floor=FLOOR, ceiling=CEILING, most_t=1000.0 * THOUSAND)


def _period(kind: str, shock: float) -> tuple[Rounds, Compliance]:
    return period(sector(100.0 + shock), supply=_supply(kind))


def _surplus(runs: list[tuple[Rounds, Compliance]]) -> float:
    # Per run: what abatement costs and emissions damage, with the sign of a gain; million yuan.
    return -float(np.mean([
        ended.firms.cost_yuan.sum() + DAMAGE * ended.emissions_t for _, ended in runs
    ])) / 1e6


def agent_claims() -> list[Claim]:
    """Ten firms that buy an auctioned cap: three shocks, then a hundred drawn ones."""
    found = []
    for shock, *expected in CASES:
        traded, ended = _period("hard", shock)
        measured = (
            traded.price, ended.emissions_t / THOUSAND,
            CAP_T - (traded.sold_t - traded.sold_extra_t) / THOUSAND,
            traded.sold_extra_t / THOUSAND,
        )
        names = ("price", "emissions", "withheld", "sold_extra")
        words = ("Price, yuan/t", "Emissions, thousand t", "Withheld, thousand t",
                 "Sold beyond the cap, thousand t")
        found += [
            near(f"B10.agent.{name}.{shock}", f"{word}, shock {shock}", SOURCE, wanted, number, 0.1)
            for name, word, wanted, number in zip(names, words, expected, measured, strict=True)
        ]
    found.append(near(
        "B10.agent.soft", "Price with a reserve of 5 at the ceiling, shock 20, yuan/t", SOURCE,
        55.0, _period("soft", 20.0)[0].price, 0.1,
    ))
    shocks = SHOCK_SD * np.random.default_rng(1).standard_normal(WORLDS)
    runs = {
        kind: [_period(kind, float(shock)) for shock in shocks]
        for kind in ("none", "soft", "hard")
    }
    highest = max(traded.highest_price for traded, _ in runs["hard"])
    mean = {kind: np.mean([traded.price for traded, _ in own]) for kind, own in runs.items()}
    drawn = f"{WORLDS} drawn shocks of deviation {SHOCK_SD:g}"
    found += [
        inside("B10.agent.never_above", f"Highest price of a deal under a hard ceiling, {drawn}, "
               "yuan/t", SOURCE, 0.0, CEILING, highest),
        _above("B10.agent.soft_above_hard", f"Mean price, soft less hard ceiling, {drawn}, yuan/t",
               float(mean["soft"] - mean["hard"])),
        _above("B10.agent.surplus", f"Gain in surplus by the collar, damage {DAMAGE:g} yuan/t, "
               f"{drawn}, million yuan", _surplus(runs["hard"]) - _surplus(runs["none"])),
    ]
    return found


def _above(identity: str, statement: str, measured: float) -> Claim:
    return Claim(identity, statement, LABORATORY, "above 0", measured, "above 0", measured > 0)


def claims() -> list[Claim]:
    """By the solver, then by agents."""
    return solver_claims() + agent_claims()
