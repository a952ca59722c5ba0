"""The report: one page that answers the main question, its figures and its tables."""

from experiments.report.maps import Polyline
from experiments.report.writing import write_report

__all__ = ["Polyline", "write_report"]
