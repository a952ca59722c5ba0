"""Texts of the page Live for the parts that are drawn in the browser."""

from functools import lru_cache

from dashboard.live.texts import SAY
from dashboard.parts.chart import packed
from dashboard.texts import COMMON
from experiments.language import Language

__all__ = ["future_names", "packed_words"]


@lru_cache(maxsize=4)
def packed_words(language: Language) -> str:
    """Texts without fields, packed once.

    Parameters
    ----------
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    return packed({**SAY.all_in(language), "share_title": COMMON("share", language)})


def future_names(language: Language) -> tuple[str, str]:
    """What the two futures of a fork are called.

    Parameters
    ----------
    language : {"en", "zh"}

    Returns
    -------
    (str, str)
    """
    return SAY("future_a", language), SAY("future_b", language)
