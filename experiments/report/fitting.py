"""Which theory of sellers' prices fits, in words chosen by the distances that were measured."""

from collections import Counter
from collections.abc import Callable

import numpy as np

from experiments.intervals import paired_difference
from experiments.language import Language
from experiments.price_theories import (
    Measured,
    kolmogorov_distance,
    record,
    usual_price,
    wasserstein_distance,
)
from experiments.report.numerals import figure, framed, listed
from experiments.report.reading import Kind, Reading, kind_of
from experiments.report.sellers import measure_of
from experiments.report.texts import rule_name, tell
from simulation.reference_data import priced_trades

__all__ = ["closest", "sellers_words", "steadiness"]

GAP, AREA, SHAPE = (
    "kolmogorov_distance_share", "wasserstein_distance_yuan_per_t", "shape_distance_yuan_per_t",
)
MIDDLE = (0.05, 0.95)


def closest(cases: list[Measured], name: str) -> list[Measured]:
    """The case with the smallest mean distance, then those that cannot be told from it.

    Parameters
    ----------
    cases : list of Measured
        Run with the same seeds.
    name : str
        Of a distance in `experiments.price_theories.MEASURES`.

    Returns
    -------
    list of Measured
        Empty where nothing was sold. A case that has no replicate with a deal in common with the
        closest cannot be compared and is left out.
    """
    known = [case for case in cases if case.interval(name).mean is not None]
    if not known:
        return []
    best = min(known, key=lambda case: case.interval(name).mean)
    alike = [
        case for case in known if case is not best and _gap(case, best, name) not in ("up", "none")
    ]
    return [best, *alike]


def _gap(case: Measured, best: Measured, name: str) -> Kind:
    """Whether a case is further than another, in the replicates that both have."""
    return kind_of(paired_difference(case.values[name], best.values[name]))


def steadiness(cases: list[Measured], of: Callable[..., float]) -> tuple[str, int]:
    """The closest theory with all deals together, and how often it stays so without one real price.

    Parameters
    ----------
    cases : list of Measured
    of : callable
        Simulated and real prices to their distance.

    Returns
    -------
    theory, times : str, int
        Times out of as many as there are real prices.
    """
    real = record().price_yuan_per_t
    known = [case.case for case in cases if len(case.case.prices)]

    def first(prices: np.ndarray) -> str:
        return min(known, key=lambda case: of(case.prices, prices)).theory

    theory = first(real)
    return theory, sum(first(np.delete(real, row)) == theory for row in range(len(real)))


def _named(cases: list[Measured], language: Language) -> str:
    return listed([tell(f"theory_{case.case.theory}", language) for case in cases], language)


def _said(case: Measured, name: str, language: Language) -> str:
    measure = measure_of(name, language)
    return framed(case.interval(name), measure) + measure.suffix


def _fit(cases: list[Measured], rule: str, language: Language) -> tuple[str, Measured | None]:
    """Which theory is closest by each distance, and which cannot be told from it."""
    by_gap, by_area = closest(cases, GAP), closest(cases, AREA)
    if not by_gap or not by_area:
        return tell("fits_nothing", language, rule=rule), None
    n = len(record().tonnes)
    first, other = by_gap[0], by_area[0]
    names = [_named([case], language) for case in (first, other)]
    said = [tell(
        "fits_one" if first is other else "fits_disagree", language, rule=rule, n=n,
        names=names[0], by_gap=names[0], by_area=names[1],
        kolmogorov=_said(first, GAP, language), wasserstein=_said(other, AREA, language),
    )]
    alike = [by_gap[1:], by_area[1:]]
    if first is other and {id(case) for case in alike[0]} == {id(case) for case in alike[1]}:
        if alike[0]:
            said.append(tell("alike_by_both", language, names=_named(alike[0], language)))
        return tell("join", language).join(said), first
    for key, cannot, best in zip(("alike_by_gap", "alike_by_area"), alike, names, strict=True):
        if cannot:
            said.append(tell(key, language, names=_named(cannot, language), best=best))
    return tell("join", language).join(said), first


def _level(cases: list[Measured], rule: str, language: Language) -> str:
    found = closest(cases, SHAPE)
    key = "level_is_fitted" if len(found) == 1 else "level_is_fitted_several"
    means = [mean for case in cases if (mean := case.interval(SHAPE).mean) is not None]
    return tell(
        key, language, rule=rule, names=_named(found, language), first=_named(found[:1], language),
        others=_named(found[1:], language), near=figure(min(means), 1), far=figure(max(means), 1),
    )


def _missing(cases: list[Measured], best: Measured, rule: str, language: Language) -> str:
    """The focal point that no theory gives, and the real prices that the best leaves out."""
    real = record().price_yuan_per_t
    name, n = "exact_price_share", len(real)
    known = [case for case in cases if case.interval(name).mean is not None]
    most = max(known, key=lambda case: case.interval(name).mean)
    share = float((real == usual_price()).mean())
    found = most.interval(name).mean
    key = "exact_share_none" if found == 0 else "exact_share"
    if found >= 0.5 * share:
        key = "exact_share_met"
    said = [tell(
        key, language, n=n, rule=rule,
        same=int((real == usual_price()).sum()), price=figure(usual_price(), 0),
        most=_said(most, name, language), name=_named([most], language),
    )]
    low, high = np.quantile(best.case.prices, MIDDLE)
    outside = sorted(real[(real < low) | (real > high)])
    key = ("inside_real", "outside_real_one", "outside_real")[min(len(outside), 2)]
    said.append(tell(
        key, language, n=n, outside=len(outside),
        name=_named([best], language),
        prices=listed([figure(price, 0 if price == int(price) else 1) for price in outside],
                      language),
    ))
    return tell("join", language).join(said)


def _elsewhere(
    others: list[Measured], best: Measured, rule: str, language: Language
) -> str:
    """Whether any theory comes as close under the other pricing rule, by the largest gap."""
    kinds = [(case, _gap(case, best, GAP)) for case in others]
    known = [(case, kind) for case, kind in kinds if kind != "none"]
    if not known:
        return ""
    closer = [case for case, kind in known if kind == "down"]
    unsure = [case for case, kind in known if kind != "up"]
    key = "closer" if closer else "unsure" if unsure else "further"
    return tell(
        f"other_rule_{key}", language, rule=rule,
        other=rule_name(known[0][0].case.mechanism, language), name=_named([best], language),
        names=_named(closer or unsure, language),
    )


def sellers_words(reading: Reading, language: Language) -> list[str]:
    """Which theory fits, what was fitted, what none gives, and how little the record says.

    Parameters
    ----------
    reading : Reading

    Returns
    -------
    list of str
        HTML of each paragraph.
    """
    mechanism = reading.theories[0].case.mechanism
    cases = [case for case in reading.theories if case.case.mechanism == mechanism]
    others = [case for case in reading.theories if case.case.mechanism != mechanism]
    rule, join = rule_name(mechanism, language), tell("join", language)
    told, best = _fit(cases, rule, language)
    if best is None:
        return [told]
    gap, area = (steadiness(cases, of) for of in (kolmogorov_distance, wasserstein_distance))
    few = tell(
        "few_prices_alike" if gap[0] == area[0] else "few_prices", language, rule=rule,
        n=len(record().tonnes),
        gap_name=tell(f"theory_{gap[0]}", language), gap_same=gap[1],
        area_name=tell(f"theory_{area[0]}", language), area_same=area[1],
        repeated=max(Counter(trade.project for trade in priced_trades()).values()),
    )
    elsewhere = _elsewhere(others, best, rule, language)
    missing = _missing(cases, best, rule, language)
    first = [told, _level(cases, rule, language)]
    if any(case.case.theory == "truthful" for case in cases):
        first.append(tell("reference_row", language))
    return [
        join.join(first),
        join.join([missing, elsewhere] if elsewhere else [missing]), few,
    ]
