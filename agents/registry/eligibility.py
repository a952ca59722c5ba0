"""Which credits count for compliance: by class, province and vintage, and how many from elsewhere.

That credits count at all, and from when, is `compliance.eligible`.
"""

import math
from typing import Annotated

from pydantic import Field

from agents.compiled import rule
from agents.parameters import Parameters, param
from agents.quantities import LAST_BITS

__all__ = ["EligibilityParameters", "elsewhere_room", "usable_credits", "vintage_counts"]

Names = Annotated[tuple[str, ...], Field(strict=False)]


class EligibilityParameters(Parameters):
    """Credits that count for compliance, once any do."""

    credit_classes: Names = param(
        (), unit="name", role="lever", source="the scenario; without a list every class counts",
        label="Classes of credits that count (empty: all)",
        label_zh="可用于履约的碳信用类别（空为全部）",
    )
    provinces: Names = param(
        (), unit="name", role="lever", source="the scenario; without a list every province counts",
        label="Provinces whose credits count (empty: all)",
        label_zh="可用于履约的项目省份（空为全部）",
    )
    first_vintage_year: int = param(
        0, unit="year, 0 for none", low=0, high=2299, role="lever",
        source="the scenario; assumption A50",
        label="First vintage that counts", label_zh="可用于履约的最早年份",
    )
    last_vintage_year: int = param(
        0, unit="year, 0 for none", low=0, high=2299, role="lever",
        source="the scenario; assumption A50",
        label="Last vintage that counts", label_zh="可用于履约的最晚年份",
    )
    local_share: float = param(
        0.0, unit="1", low=0, high=1, role="lever",
        source="California from 2026: half of the limit needs an in-state benefit (facts, "
        "section 2); assumption A53",
        label="Share of the offset limit that only local credits can fill",
        label_zh="抵销额度中仅限本地碳信用的比例",
    )


@rule
def vintage_counts(start, end, first_year, last_year):
    """Whether the vintage of a block of credits counts.

    Parameters
    ----------
    start, end : first and last month of its monitoring period
    first_year, last_year : window, 0 for no end

    Returns
    -------
    bool

    Notes
    -----
    The whole monitoring period must lie within the window, as nothing says which tonne of a period
    grew when: assumption A50.
    """
    if first_year > 0 and start < first_year * 12:
        return False
    return last_year <= 0 or end < (last_year + 1) * 12


@rule
def elsewhere_room(room, local_share):
    """Credits from other provinces that a firm may surrender.

    Parameters
    ----------
    room : t of credits that its offset limit allows
    local_share : of the limit that only local credits can fill, 0 to 1

    Returns
    -------
    t, rounded down

    Notes
    -----
    A limit on what comes from elsewhere, not a least share of what is surrendered, so a firm that
    finds no local credits can still use the rest: assumption A53.
    """
    return math.floor(room * (1.0 - local_share) * LAST_BITS)


@rule
def usable_credits(local, elsewhere, most_elsewhere):
    """Credits that a firm holds and can surrender under the local share.

    Parameters
    ----------
    local, elsewhere : t of credits that count, by where they come from
    most_elsewhere : t, see `elsewhere_room`

    Returns
    -------
    t
    """
    return local + min(elsewhere, most_elsewhere)
