"""What is reported of options over futures, and the same as flat rows."""

from typing import Any, NamedTuple

from experiments.analysis.verdicts import Agreement, RuleChoice, sentences_of

__all__ = ["Choice", "OptionOutcome", "OptionShare", "OutcomeSeen", "Share"]


class Share(NamedTuple):
    """A share of all futures and its interval, 0 to 1."""

    share: float
    low: float
    high: float


class OptionOutcome(NamedTuple):
    """One option by one criterion, in the unit of the outcome; None where it has no number.

    Attributes
    ----------
    option, outcome, direction : str
    mean, bad_side, worst : float or None
        Over futures: mean, 5th percentile from the bad side, the worst.
    regret_mean, regret_90, regret_maximum : float or None
        Mean, 90th percentile and maximum of what is forgone against the best option of a future.
    domain : float or None
        Share of futures in which the option is the best; equals share a future.
    met : Share or None
        Futures in which this threshold is met; None without one.
    missing : float
        Share of the option's runs without a value.
    """

    option: str
    outcome: str
    direction: str
    mean: float | None
    bad_side: float | None
    worst: float | None
    regret_mean: float | None
    regret_90: float | None
    regret_maximum: float | None
    domain: float | None
    met: Share | None
    missing: float


class OptionShare(NamedTuple):
    """One option by all criteria.

    Attributes
    ----------
    option : str
    satisficing : Share or None
        Futures in which all thresholds are met; None if there are none.
    nondominated : bool
        No option is at least as good by every criterion and better by one.
    """

    option: str
    satisficing: Share | None
    nondominated: bool


class OutcomeSeen(NamedTuple):
    """What the numbers of one criterion rest on.

    Attributes
    ----------
    outcome, direction : str
    futures, futures_used : int
        All, and those in which every option that has values at all has one.
    missing : float
        Share of all runs without a value.
    set_aside : tuple of str
        Options without a value in any future.
    regret_optimism : float or None
        How much too high every mean regret is, since the best of noisy means is partly luck.
    """

    outcome: str
    direction: str
    futures: int
    futures_used: int
    missing: float
    set_aside: tuple[str, ...]
    regret_optimism: float | None


class Choice(NamedTuple):
    """Options over futures, and what the rules choose.

    Attributes
    ----------
    by_outcome : tuple of OptionOutcome
        Every option by the first criterion, then by the next.
    by_option : tuple of OptionShare
    seen : tuple of OutcomeSeen
    rules : tuple of RuleChoice
    agreement : "agree", "disagree" or "cannot be told"
    """

    by_outcome: tuple[OptionOutcome, ...]
    by_option: tuple[OptionShare, ...]
    seen: tuple[OutcomeSeen, ...]
    rules: tuple[RuleChoice, ...]
    agreement: Agreement

    @property
    def sentences(self) -> list[str]:
        """The verdict in plain words: a sentence for each rule, then whether they agree."""
        return sentences_of(self.rules, self.agreement)

    def rows(self) -> list[dict[str, Any]]:
        """One flat row for each option and criterion, for tables and JSON.

        Returns
        -------
        list of dict
            None where there is no number.
        """
        options = {each.option: each for each in self.by_option}
        rows = []
        for each in self.by_outcome:
            row = each._asdict()
            row |= _flat("met", row.pop("met"))
            row |= _flat("satisficing", options[each.option].satisficing)
            rows.append(row | {"nondominated": options[each.option].nondominated})
        return rows

    def seen_rows(self) -> list[dict[str, Any]]:
        """One flat row for each criterion: what its numbers rest on."""
        return [each._asdict() | {"set_aside": list(each.set_aside)} for each in self.seen]

    def rule_rows(self) -> list[dict[str, Any]]:
        """One flat row for each rule: what it chooses and how surely."""
        return [each._asdict() | {"options": list(each.options)} for each in self.rules]


def _flat(name: str, share: Share | None) -> dict[str, float | None]:
    """A share and its interval as three columns."""
    found = share or (None, None, None)
    return dict(zip((name, f"{name}_low", f"{name}_high"), found, strict=True))
