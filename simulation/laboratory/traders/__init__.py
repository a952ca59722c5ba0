"""Traders of the laboratory: one strategy a file, each a rule of scalars."""

__all__ = ["SILENT"]

# A quote that is not made.
SILENT = -1
