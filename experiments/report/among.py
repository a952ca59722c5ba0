"""All pricing rules, read side by side: levels, and paired differences against a reference."""

from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from experiments.comparing import Variant
from experiments.intervals import Interval, interval_of, paired_difference
from experiments.report.reading import REPORTED, Fact, Reading, Values
from simulation.outcomes import Outcome

__all__ = ["AmongRules", "Extreme", "among_rules"]

# In the order of the page; one that this version of the model does not know is left out.
SHOWN = (
    "price_yuan_per_t", "volume_t", "proceeds_yuan", "efficiency_share",
    "voluntary_price_deviation_yuan_per_t", "compliance_price_deviation_yuan_per_t",
    "months_to_sale", "months_with_trade_share",
)


class Extreme(NamedTuple):
    """Where an outcome is highest or lowest.

    Attributes
    ----------
    rule : str
        With the highest, or lowest, mean.
    alike : tuple of str
        Rules that it cannot be told from, pair by pair; itself first.
    among : int
        Rules that can be compared, itself included.
    """

    rule: str
    alike: tuple[str, ...]
    among: int

    @property
    def is_told(self) -> bool:
        """Whether at least one rule is told from this end."""
        return len(self.alike) < self.among


class AmongRules:
    """Every pricing rule under the first regimes.

    Parameters
    ----------
    reading : Reading
        With `Answer.rules`.

    Attributes
    ----------
    usual : str
        The rule that the others are held against: the one the base scenario ships with.
    regimes : tuple of str
    """

    def __init__(self, reading: Reading) -> None:
        self._case = reading.answer.rules
        self.usual = reading.leading
        self.regimes = tuple(self._case.regimes)

    @cached_property
    def rules(self) -> tuple[str, ...]:
        """Rules, the highest price of the first regime first; those without a price come last."""
        def mean(rule: str) -> float:
            found = self.level("price_yuan_per_t", rule, self.regimes[0]).found.mean
            return float("-inf") if found is None else found

        return tuple(sorted(self._case.mechanisms, key=mean, reverse=True))

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What is shown: outcomes that are known and have a value somewhere."""
        known = {outcome.name: outcome for outcome in REPORTED}
        return tuple(
            known[name] for name in SHOWN
            if name in known and any(self.has(name, regime) for regime in self.regimes)
        )

    def has(self, name: str, regime: str) -> bool:
        """Whether an outcome has a value in a regime, under any rule."""
        return any(
            value is not None for rule in self._case.mechanisms
            for value in self.values(name, rule, regime)
        )

    def variant(self, rule: str, regime: str) -> Variant:
        """One scenario."""
        row = self._case.mechanisms.index(rule) * len(self.regimes) + self.regimes.index(regime)
        return self._case.comparison.variants[row]

    def values(self, name: str, rule: str, regime: str) -> Values:
        """Values of an outcome, one a replicate."""
        return self.variant(rule, regime).values[name]

    def level(self, name: str, rule: str, regime: str) -> Fact:
        """Mean of an outcome."""
        return self._fact(interval_of(self.values(name, rule, regime)), name)

    def change(self, name: str, rule: str, regime: str, against: str | None = None) -> Fact:
        """Paired difference against another rule of the same regime, by default the reference."""
        other = self.values(name, against or self.usual, regime)
        return self._fact(paired_difference(self.values(name, rule, regime), other), name)

    def any_told_apart(self, name: str, regime: str) -> bool:
        """Whether at least two rules differ, pair by pair."""
        return any(
            self.change(name, rule, regime, other).kind in ("up", "down")
            for rule, other in combinations(self.rules, 2)
        )

    def idle(self, regime: str) -> tuple[str, ...]:
        """Rules under which nothing is traded, in any replicate."""
        return tuple(
            rule for rule in self.rules if not any(self.values("volume_t", rule, regime))
        )

    def extreme(
        self, name: str, regime: str, *, highest: bool, without: tuple[str, ...] = ()
    ) -> Extreme | None:
        """The rule under which an outcome is highest or lowest, and those not to be told from it.

        Parameters
        ----------
        name : str
        regime : str
        highest : bool
        without : tuple of str
            Rules that are left out.

        Returns
        -------
        Extreme or None
            None where no rule has a value. A rule that has no replicate with a value in common
            with the end cannot be compared and is left out.
        """
        means = {
            rule: self.level(name, rule, regime).found.mean
            for rule in self.rules if rule not in without
        }
        known = {rule: mean for rule, mean in means.items() if mean is not None}
        if not known:
            return None
        rule = (max if highest else min)(known, key=known.__getitem__)
        apart = "up" if highest else "down"
        kinds = {
            other: self.change(name, rule, regime, other).kind for other in known if other != rule
        }
        alike = (other for other, kind in kinds.items() if kind not in (apart, "none"))
        comparable = sum(kind != "none" for kind in kinds.values())
        return Extreme(rule, (rule, *alike), 1 + comparable)

    def _fact(self, found: Interval, name: str) -> Fact:
        return Fact(found, next(o for o in REPORTED if o.name == name), "")


def among_rules(reading: Reading) -> AmongRules | None:
    """The pricing rules of an answer, where it has compared them.

    Parameters
    ----------
    reading : Reading

    Returns
    -------
    AmongRules or None
    """
    return AmongRules(reading) if reading.answer.rules else None
