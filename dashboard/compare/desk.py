"""The address of what is compared, which the browser shows."""

import solara

__all__ = ["address"]

address = solara.reactive("")
