"""The report of a study: one page that answers its question, its figures and its tables."""

from experiments.study_report.writing import fingerprint_of, write_study_report

__all__ = ["fingerprint_of", "write_study_report"]
