"""The dashboard's front door, which ``make dashboard`` and ``solara run app.py`` open."""

from dashboard.frame import Layout, routes

__all__ = ["Layout", "routes"]
