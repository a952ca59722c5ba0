"""All claims, and those that are known to fail."""

from collections.abc import Callable, Iterable

from experiments.claims import b04, b13, e02
from experiments.claims.claim import Claim, Verdict

__all__ = ["CLAIMS", "KNOWN", "verdicts"]

CLAIMS: tuple[Claim, ...] = (*b04.CLAIMS, *b13.CLAIMS, *e02.CLAIMS)

# Claim to the reason why it misses; a claim that is listed here and holds is an error as well.
KNOWN: dict[str, str] = {}


def verdicts(
    claims: Iterable[Claim] = CLAIMS, advance: Callable[[], None] = lambda: None
) -> list[Verdict]:
    """Measure claims.

    Parameters
    ----------
    claims : iterable of Claim
    advance : callable
        Called after each.

    Returns
    -------
    list of Verdict
    """
    found = []
    for claim in claims:
        found.append(Verdict(claim, claim.measure(), KNOWN.get(claim.id, "")))
        advance()
    return found
