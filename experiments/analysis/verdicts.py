"""What a rule chooses, how surely, and whether the rules agree."""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import numpy as np

from experiments.analysis.futures import at_best, resampled, stays

__all__ = ["FLIPS", "Agreement", "Rule", "RuleChoice", "agreement_of", "chosen", "sentences_of"]

# A choice that more than this share of resamples would change cannot be told; assumption.
FLIPS = 0.10

Agreement = Literal["agree", "disagree", "cannot be told"]


class Rule(NamedTuple):
    """A rule and the criterion it reads.

    Attributes
    ----------
    name : "mean", "regret" or "satisficing"
    outcome, direction : str or None
        None for satisficing, which reads all criteria with a threshold.
    """

    name: Literal["mean", "regret", "satisficing"]
    outcome: str | None = None
    direction: str | None = None


class RuleChoice(NamedTuple):
    """What one rule chooses.

    Attributes
    ----------
    rule : "mean", "regret" or "satisficing"
    outcome, direction : str or None
        The criterion read; None for satisficing, which reads all with a threshold.
    options : tuple of str
        The choice; several if they are equally good, none if nothing can be compared.
    value : float or None
        Mean or regret of the choice in the unit of the outcome, or its share of futures.
    stays : float or None
        Share of resampled futures in which the first of `options` is the choice, equals sharing;
        None with fewer than two futures, of which nothing can be resampled.
    told : bool
        One option, and at most 10 % of resamples choose another.
    """

    rule: str
    outcome: str | None
    direction: str | None
    options: tuple[str, ...]
    value: float | None
    stays: float | None
    told: bool


def chosen(
    rule: Rule,
    options: Sequence[str],
    per_future: np.ndarray,
    statistic: Callable[[np.ndarray], np.ndarray],
    *,
    unit: float = 1.0,
    resamples: int = 1000,
    seed: int = 0,
) -> RuleChoice:
    """The choice of a rule, and whether other futures would change it.

    Parameters
    ----------
    rule : Rule
    options : sequence of str
    per_future : float or bool array, shape (options, futures)
    statistic : callable
        Takes shape (options, r, futures), gives (options, r); the highest is chosen.
    unit : float
        What the statistic is multiplied by to be shown.
    resamples : int
    seed : int

    Returns
    -------
    RuleChoice
    """
    if per_future.size == 0:
        return RuleChoice(*rule, (), None, None, False)
    all_futures = statistic(per_future[:, None, :])[:, 0]
    best = np.flatnonzero(at_best(all_futures))
    kept = None
    if per_future.shape[1] > 1:
        kept = stays(resampled(per_future, statistic, resamples, seed), int(best[0]))
    names = tuple(options[index] for index in best)
    told = len(names) == 1 and kept is not None and kept >= 1 - FLIPS
    # Adding 0 turns the negative zero of a regret into a plain one.
    value = unit * float(all_futures[best[0]]) + 0.0
    return RuleChoice(*rule, names, value, kept, told)


def agreement_of(rules: Sequence[RuleChoice]) -> Agreement:
    """Whether the rules that can be told name one option.

    Parameters
    ----------
    rules : sequence of RuleChoice

    Returns
    -------
    "agree", "disagree" or "cannot be told"
        Two choices that differ surely are a disagreement, whatever the others say.
    """
    named = {each.options for each in rules if each.told}
    if len(named) > 1:
        return "disagree"
    return "agree" if rules and all(each.told for each in rules) else "cannot be told"


def sentences_of(rules: Sequence[RuleChoice], agreement: Agreement) -> list[str]:
    """The verdict in plain words.

    Parameters
    ----------
    rules : sequence of RuleChoice
    agreement : "agree", "disagree" or "cannot be told"

    Returns
    -------
    list of str
        A sentence for each rule, then whether they agree.
    """
    sentences = [f"{_label(each)}: {_named(each)}." for each in rules]
    told = [each for each in rules if each.told]
    if agreement == "agree":
        return [*sentences, f"All rules name {told[0].options[0]}."]
    if agreement == "disagree":
        parts = "; ".join(f"{_label(each)} names {each.options[0]}" for each in told)
        return [*sentences, f"The rules disagree: {parts}."]
    return [*sentences, "Whether the rules agree cannot be told."]


def _label(choice: RuleChoice) -> str:
    """The rule and what it reads."""
    if choice.outcome is None:
        return choice.rule
    return f"{choice.rule} of {choice.outcome} ({choice.direction} wanted)"


def _named(choice: RuleChoice) -> str:
    """The choice of a rule, or why there is none."""
    if not choice.options:
        return "cannot be told, no future in which the options can be compared"
    if len(choice.options) > 1:
        return f"cannot be told, {' and '.join(choice.options)} are equally good"
    if choice.stays is None:
        return f"cannot be told, {choice.options[0]} leads in the only future there is"
    share = f"in {100 * choice.stays:.0f} % of resampled futures"
    if choice.told:
        return f"{choice.options[0]}, {share}"
    return f"cannot be told, {choice.options[0]} leads but is chosen only {share}"
