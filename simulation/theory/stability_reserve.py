"""The market stability reserve of the European Union, to the allowance.

Many allowances in circulation at the end of a year lower the auctions that follow and fill the
reserve, few of them empty it. Whole allowances throughout: the rule is arithmetic.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from simulation.errors import InputError

__all__ = ["ReservePath", "ReserveRule", "reserve_path", "transfer_t"]


@dataclass(frozen=True, kw_only=True)
class ReserveRule:
    """Thresholds and amounts, in allowances.

    The defaults are those of Decision (EU) 2015/1814 as amended by Directive (EU) 2023/959.

    Attributes
    ----------
    upper, middle, lower : int
        Above `upper` a share of circulation goes to the reserve; between `middle` and `upper` what
        exceeds `middle`; below `lower` a fixed amount comes back.
    intake_share : Fraction
        Of circulation; 24 % to 2030. Floats are taken as the decimal that they show.
    release : int
        At most, a year.
    invalid_above : int
        What the reserve holds above this at the end of a year is cancelled.
    """

    upper: int = 1_096_000_000
    middle: int = 833_000_000
    lower: int = 400_000_000
    intake_share: Fraction | float = Fraction(24, 100)
    release: int = 100_000_000
    invalid_above: int = 400_000_000

    def __post_init__(self) -> None:
        for name in ("upper", "middle", "lower", "release", "invalid_above"):
            _whole(name, getattr(self, name))
        if not self.lower <= self.middle <= self.upper:
            raise InputError(
                f"reserve rule: {self.lower}, {self.middle}, {self.upper} are not in order. Give "
                "lower, middle and upper threshold, rising."
            )
        if not 0 <= self.intake_share <= 1:
            raise InputError(f"intake_share = {self.intake_share} is not from 0 to 1.")


class ReservePath(NamedTuple):
    """Reserve and circulation at the end of each year, and what was done in it.

    Attributes
    ----------
    circulation, reserve : tuple of int, one a year
        Allowances.
    transfer : tuple of int
        Into the reserve, negative out of it, by the circulation of the year before.
    cancelled : tuple of int
        Out of the reserve for good.
    """

    circulation: tuple[int, ...]
    reserve: tuple[int, ...]
    transfer: tuple[int, ...]
    cancelled: tuple[int, ...]


def _whole(name: str, value: int) -> int:
    if isinstance(value, bool) or value != int(value) or value < 0:
        raise InputError(f"{name} = {value}: give a whole number of allowances, 0 or more.")
    return int(value)


def transfer_t(circulation: int, reserve: int = 0, rule: ReserveRule | None = None) -> int:
    """Allowances that go to the reserve after a year, negative where they leave it.

    Parameters
    ----------
    circulation : int
        Allowances in circulation at the end of the year.
    reserve : int
        In the reserve; no more than these can leave it.
    rule : ReserveRule, optional

    Returns
    -------
    int
        Rounded to the nearest allowance, halves up.

    Raises
    ------
    InputError
        When a number is negative or not whole.
    """
    rule = ReserveRule() if rule is None else rule
    count, held = _whole("circulation", circulation), _whole("reserve", reserve)
    if count > rule.upper:
        share = rule.intake_share
        # A float stands for the decimal that it shows, 0.24 for 24 in a hundred.
        exact = share if isinstance(share, Fraction) else Fraction(repr(share))
        return math.floor(exact * count + Fraction(1, 2))
    if count >= rule.middle:
        return count - rule.middle
    return -min(rule.release, held) if count < rule.lower else 0


def reserve_path(
    cap: Sequence[int],
    emissions: Sequence[int],
    *,
    opening_circulation: int,
    opening_reserve: int = 0,
    rule: ReserveRule | None = None,
) -> ReservePath:
    """Reserve and circulation over years, for given emissions.

    Parameters
    ----------
    cap, emissions : sequence of int, one a year
        Allowances that would be issued without the reserve, and surrendered.
    opening_circulation, opening_reserve : int
    rule : ReserveRule, optional

    Returns
    -------
    ReservePath

    Raises
    ------
    InputError
        When a number is not usable, or emissions exceed all allowances there are.

    Notes
    -----
    A year's transfer follows from the circulation at the end of the year before and is made within
    the year (simplification: in fact from September to August); it cannot exceed the cap.
    """
    rule = ReserveRule() if rule is None else rule
    if len(cap) != len(emissions):
        raise InputError(f"{len(cap)} caps for {len(emissions)} years of emissions. Give both.")
    count, held = (
        _whole("opening_circulation", opening_circulation),
        _whole("opening_reserve", opening_reserve),
    )
    years: list[tuple[int, int, int, int]] = []
    for year, (issued, surrendered) in enumerate(zip(cap, emissions, strict=True)):
        moved = min(transfer_t(count, held, rule), _whole(f"cap[{year}]", issued))
        count += int(issued) - moved - _whole(f"emissions[{year}]", surrendered)
        if count < 0:
            raise InputError(
                f"emissions[{year}] = {surrendered}: {-count} more than there are allowances. Give "
                "emissions that can be covered."
            )
        held += moved
        cancelled = max(held - rule.invalid_above, 0)
        held -= cancelled
        years.append((count, held, moved, cancelled))
    return ReservePath(*zip(*years, strict=True)) if years else ReservePath((), (), (), ())
