"""B9: while allowances are banked their price rises at the rate of interest (Rubin 1996)."""

import numpy as np

from experiments.claims.claim import Claim, near
from simulation.theory.abatement import linear_mac
from simulation.theory.banking import banking_path

__all__ = ["INTEREST", "SECTOR", "claims", "solver_claims"]

SOURCE = "Rubin (1996), JEEM 31:269; MAC 100 - E, 5 %"

SECTOR = linear_mac(100.0, 1.0)
INTEREST = 0.05
TOLERANCE = 1e-3


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


def claims() -> list[Claim]:
    """By the solver."""
    return solver_claims()
