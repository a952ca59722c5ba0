"""The live run of one visitor."""

import solara

__all__ = ["address"]

address = solara.reactive("")
