"""Claims that can fail: what theory or a laboratory found, and what is measured here."""

from experiments.claims.claim import Check, Claim, Verdict, between, near
from experiments.claims.listed import CLAIMS, KNOWN, verdicts

__all__ = ["CLAIMS", "KNOWN", "Check", "Claim", "Verdict", "between", "near", "verdicts"]
