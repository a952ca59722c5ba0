"""Phases of a month: thin compiled loops that walk rows and call the agents' rules."""
