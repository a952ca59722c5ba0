"""An allowance market among firms that own marginal abatement cost curves.

Firms trade through the project's own pricing rules. Nothing here calls the solvers of
`simulation.theory`, by which the firms are judged.
"""

from simulation.allowances.authority import Supply, supply_of
from simulation.allowances.complying import Compliance, comply
from simulation.allowances.market import (
    AllowanceMarket,
    allocate,
    linear_firms,
    permits_held,
    stepped_firms,
)
from simulation.allowances.periods import Path, run_periods
from simulation.allowances.rounds import Rounds, trade_in_rounds
from simulation.allowances.terms import RoundRules, Terms

__all__ = [
    "AllowanceMarket",
    "Compliance",
    "Path",
    "RoundRules",
    "Rounds",
    "Supply",
    "Terms",
    "allocate",
    "comply",
    "linear_firms",
    "permits_held",
    "run_periods",
    "stepped_firms",
    "supply_of",
    "trade_in_rounds",
]
