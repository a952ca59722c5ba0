"""Claims from theory and laboratory, each with what was expected and what is measured."""

from experiments.claims.claim import Claim

__all__ = ["Claim"]
