"""Laboratory markets: induced values, simple traders, and what is known about them."""

from simulation.laboratory.rules import SessionRules
from simulation.laboratory.schedules import Schedule, schedule, schedule_names
from simulation.laboratory.session import Outcome, run_session

__all__ = ["Outcome", "Schedule", "SessionRules", "run_session", "schedule", "schedule_names"]
