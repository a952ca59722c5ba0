"""The address of the live run, which the browser shows."""

import solara

__all__ = ["address"]

address = solara.reactive("")
