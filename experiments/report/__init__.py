"""The report: one page that answers the main question, its figures and its tables."""

from experiments.report.writing import write_report
from experiments.theory_lines import Polyline

__all__ = ["Polyline", "write_report"]
