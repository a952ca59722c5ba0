"""B9: while allowances are banked their price rises at the rate of interest (Rubin 1996)."""

import numpy as np
from numpy.typing import ArrayLike

from experiments.claims.allowance_setups import FIRMS, THOUSAND, percent_off, sector, uneven
from experiments.claims.claim import Claim, inside, near, reported
from simulation.allowances import Path, Terms, linear_firms, run_periods
from simulation.theory.abatement import linear_mac
from simulation.theory.banking import banking_path
from simulation.theory.curves import total

__all__ = ["INTEREST", "SECTOR", "agent_claims", "claims", "solver_claims"]

SOURCE = "Rubin (1996), JEEM 31:269; MAC 100 - E, 5 %"

SECTOR = linear_mac(100.0, 1.0)
INTEREST = 0.05
TOLERANCE = 1e-3
HORIZONS = (1, 2, 3, 5, 7, 10)
# Lines that add up to the sector's where all firms emit.
UNLIKE = np.linspace(60.0, 140.0, FIRMS)


def solver_claims() -> list[Claim]:
    """Two periods with a falling and a rising cap, and ten periods."""
    fall = {"cap_t": (60.0, 40.0), "interest_per_period": INTEREST}
    without = banking_path([SECTOR] * 2, **fall, banking=False)
    banked = banking_path([SECTOR] * 2, **fall)
    rising = banking_path([SECTOR] * 2, (40.0, 60.0), interest_per_period=INTEREST)
    long = banking_path([SECTOR] * 10, np.linspace(80.0, 35.0, 10), interest_per_period=INTEREST)
    # 40 + b today and 60 - b tomorrow, 5 % more.
    bank = (60 - 1.05 * 40) / 2.05
    growth = long.price[1:] / long.price[:-1] - 1
    lines = (
        ("none.1", "Price of period 1 without banking, caps 60 and 40", 40.0, without.price[0]),
        ("none.2", "Price of period 2 without banking", 60.0, without.price[1]),
        ("price.1", "Price of period 1 with banking", 40 + bank, banked.price[0]),
        ("price.2", "Price of period 2 with banking", 60 - bank, banked.price[1]),
        ("bank", "Bank, t", bank, banked.bank_t[0]),
        ("rising.bank", "Bank where the cap rises from 40 to 60, t", 0.0, rising.bank_t[0]),
        ("rising.1", "Price of period 1 where the cap rises", 60.0, rising.price[0]),
        ("rising.2", "Price of period 2 where the cap rises", 40.0, rising.price[1]),
        ("ten.first", "Price of period 1, ten caps from 80 to 35", 33.789, long.price[0]),
        ("ten.last", "Price of period 10", 52.419, long.price[-1]),
        ("ten.peak", "Greatest bank, t", 36.708, long.bank_t.max()),
        ("ten.peak_period", "Period of the greatest bank", 5, long.bank_t.argmax() + 1),
        ("ten.end", "Bank after the last period, t", 0.0, long.bank_t[-1]),
        ("ten.growth", "Greatest distance of the growth of the price from 5 %", 0.0,
         np.abs(growth - INTEREST).max()),
    )
    return [
        near(f"B9.solver.{name}", statement, SOURCE, expected, float(measured), TOLERANCE)
        for name, statement, expected, measured in lines
    ]


def _path(
    caps: ArrayLike, horizon: int, *, unlike: bool = False, knows: bool = False,
    banking: bool = True,
) -> Path:
    market = sector(100.0)
    if unlike:
        market = linear_firms(UNLIKE, [FIRMS / THOUSAND] * FIRMS)
    given = np.array([uneven(round(THOUSAND * cap)) for cap in caps])
    return run_periods(
        market, given, Terms(
            horizon=horizon, interest_per_period=INTEREST, knows_curves=knows, banking=banking,
        )
    )


def agent_claims() -> list[Claim]:
    """Ten like firms with unlike allocations, call auctions, horizons from one period to ten."""
    caps = np.linspace(80.0, 35.0, 10)
    paths = [_path(caps, horizon) for horizon in HORIZONS]
    myopic, long = paths[0], paths[-1]
    peaks = np.array([path.bank_t.max() for path in paths]) / THOUSAND
    without = _path((60.0, 40.0), 2, banking=False)
    two, rising = _path((60.0, 40.0), 2), _path((40.0, 60.0), 2)
    growth = 100.0 * (long.price[1:] / long.price[:-1] - 1)[long.bank_t[:-1] > THOUSAND]
    guessing, knowing = (
        _path(caps, HORIZONS[-1], unlike=True, knows=knows) for knows in (False, True)
    )
    by_theory = banking_path(
        [total(*(linear_mac(a, float(FIRMS)) for a in UNLIKE))] * len(caps), caps,
        interest_per_period=INTEREST,
    )
    return [
        near("B9.agent.none.1", "Price of period 1 without banking, caps 60 and 40", SOURCE, 40.0,
             without.price[0], 0.1),
        near("B9.agent.none.2", "Price of period 2 without banking", SOURCE, 60.0,
             without.price[1], 0.1),
        near("B9.agent.price.1", "Price of period 1, caps 60 and 40", SOURCE, 48.780,
             two.price[0], 0.5),
        near("B9.agent.bank", "Bank, thousand t", SOURCE, 8.780, two.bank_t[0] / THOUSAND, 0.5),
        near("B9.agent.rising.bank", "Bank where the cap rises from 40 to 60, thousand t", SOURCE,
             0.0, rising.bank_t[0] / THOUSAND, 0.001),
        inside("B9.agent.ten.growth", "Growth of the price while the bank exceeds a thousand "
               "tonnes, greatest distance from 5 %, points; full horizon", SOURCE, -np.inf, 0.5,
               float(np.abs(growth - 100.0 * INTEREST).max())),
        near("B9.agent.ten.first", "Price of period 1, ten caps from 80 to 35, full horizon",
             SOURCE, 33.789, long.price[0], 0.5),
        near("B9.agent.ten.peak", "Greatest bank, full horizon, thousand t", SOURCE, 36.708,
             long.bank_t.max() / THOUSAND, 0.5),
        near("B9.agent.ten.end", "Bank after the last period", SOURCE, 0.0,
             float(long.bank_t[-1]), 0.0),
        near("B9.agent.myopic.bank", "Greatest bank, horizon of one period", SOURCE, 0.0,
             float(myopic.bank_t.max()), 0.0),
        near("B9.agent.myopic.price", "Prices with a horizon of one period, greatest distance from "
             "100 less the cap, yuan/t", SOURCE, 0.0,
             float(np.abs(myopic.price - (100.0 - caps)).max()), 0.05),
        inside("B9.agent.horizon", f"Least gain of the greatest bank from one horizon to the next, "
               f"horizons {', '.join(map(str, HORIZONS))}, thousand t", SOURCE, 0.0, np.inf,
               float(np.diff(peaks).min())),
        reported("B9.agent.unlike.guessing", "Unlike firms that believe others to be like "
                 "themselves, price of period 1, distance from theory in percent", SOURCE, "0",
                 percent_off(guessing.price[0], by_theory.price[0])),
        inside("B9.agent.unlike.knowing", "Unlike firms that know all curves, prices of ten "
               "periods, greatest distance from theory in percent", SOURCE, -np.inf, 1.0,
               percent_off(knowing.price, by_theory.price)),
    ]


def claims() -> list[Claim]:
    """By the solver, then by agents."""
    return solver_claims() + agent_claims()
