"""The market stability reserve: allowances held back from auctions, or given to them."""

import math

from agents.compiled import rule

__all__ = ["reserve_transfer"]


@rule
def reserve_transfer(circulation, held, upper, middle, lower, share, release):
    """Allowances that go from a year's auctions to the reserve; negative where they leave it.

    Parameters
    ----------
    circulation : t that firms hold after the deadline
    held : t in the reserve
    upper, middle, lower : thresholds of circulation, t
    share : of circulation, above the upper threshold
    release : most that leaves the reserve in a year, t

    Returns
    -------
    t, whole; halves up

    References
    ----------
    Decision (EU) 2015/1814 as amended by Directive (EU) 2023/959: a share of circulation above the
    upper threshold, what exceeds the middle one between the two, a release below the lower one.
    """
    if circulation > upper:
        return math.floor(share * circulation + 0.5)
    if circulation >= middle:
        return math.floor(circulation - middle + 0.5)
    if circulation < lower:
        return -min(math.floor(release), held)
    return 0
