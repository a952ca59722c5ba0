"""Laboratory markets: induced values, simple traders, and what is known about them."""

from simulation.laboratory.outcomes import LaboratoryRun, simulate_laboratory
from simulation.laboratory.rules import SessionRules
from simulation.laboratory.scenario import (
    LaboratoryScenario,
    load_laboratory,
    schedule,
    schedule_names,
)
from simulation.laboratory.schedules import Schedule
from simulation.laboratory.session import Outcome, run_session

__all__ = [
    "LaboratoryRun",
    "LaboratoryScenario",
    "Outcome",
    "Schedule",
    "SessionRules",
    "load_laboratory",
    "run_session",
    "schedule",
    "schedule_names",
    "simulate_laboratory",
]
