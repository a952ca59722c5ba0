"""What is compared, as an address: variants, replicates and base seed."""

import urllib.parse
from collections.abc import Mapping
from typing import NamedTuple

from dashboard.compare.choices import FIRST_CHOICES, MOST_VARIANTS, Choice, Choices, check_choice
from dashboard.compare.futures import Future, pairs_of
from dashboard.compare.texts import TEXTS
from experiments.language import Language
from simulation.errors import InputError

__all__ = ["Asked", "address_of", "asked_of"]

PAGE = "/compare"
LIVE = ("fork", "levers", "rule")
LONGEST = 24


class Asked(NamedTuple):
    """What an address asks for.

    Attributes
    ----------
    choices : Choices or None
        None where it asks for nothing that could be chosen.
    start : bool
        Whether to run at once: only futures of the visitor's own run.
    trouble : str
        What of it could not be used; empty if nothing.
    """

    choices: Choices | None = None
    start: bool = False
    trouble: str = ""


def asked_of(
    search: str | None, futures: Mapping[str, Future], seed: int, language: Language
) -> Asked:
    """Read an address.

    Parameters
    ----------
    search : str or None
        What stands behind the question mark.
    futures : dict
        Of the visitor's live run.
    seed : int
        Of the live run, from which its futures are compared.
    language : {"en", "zh"}
        Of what is said of trouble.

    Returns
    -------
    Asked
    """
    try:
        parts = urllib.parse.parse_qs(search or "", max_num_fields=100)
    except ValueError:
        return Asked()
    known = {key: parts[key][-1][:LONGEST] for key in ("replicates", "seed") if key in parts}
    live = parts.get("live", [""])[-1]
    if live:
        pair = pairs_of(dict(futures)).get(live)
        if pair is None:
            key = f"no_{live}" if live in LIVE else "unknown_choice"
            return Asked(trouble=TEXTS(key, language, what=f"live={live[:LONGEST]}"))
        variants = tuple(Choice(value) for value in pair)
        return Asked(Choices(variants, **{"seed": str(seed), **known}), start=True)
    given = parts.get("variant", [])
    if not given:
        return Asked(FIRST_CHOICES._replace(**known)) if known else Asked()
    if len(given) > MOST_VARIANTS:
        trouble = TEXTS("too_wide", language, given=len(given), most=MOST_VARIANTS)
        return Asked(trouble=trouble)
    variants = tuple(
        Choice(scenario, mechanism)
        for scenario, _, mechanism in (text.partition(":") for text in given)
    )
    try:
        for choice in variants:
            check_choice(choice, futures, language)
    except InputError as error:
        return Asked(trouble=str(error))
    return Asked(Choices(variants, **known))


def address_of(choices: Choices, futures: Mapping[str, Future]) -> str:
    """Where choices can be found again.

    Parameters
    ----------
    choices : Choices
    futures : dict
        Of the visitor's live run; they are found again only in the tab they belong to.

    Returns
    -------
    str
    """
    if choices == FIRST_CHOICES:
        return PAGE
    values = tuple(choice.scenario for choice in choices.variants)
    live = next((name for name, pair in pairs_of(dict(futures)).items() if pair == values), "")
    parts = [("live", live)] if live else [
        ("variant", ":".join(part for part in choice if part)) for choice in choices.variants
    ]
    parts += [("replicates", choices.replicates), ("seed", choices.seed)]
    return f"{PAGE}?{urllib.parse.urlencode(parts, safe=':')}"
